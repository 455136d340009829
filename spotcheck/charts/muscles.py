"""Pictures of the muscle matrix."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import (
    Text,
    Theme,
    draw,
    drawing,
    engagement_scale,
    flat_colour_key,
    readable_on,
    text_trace,
)
from spotcheck.muscles.estimate_words import BAND_WORDS, NO_CO_CONTRACTION
from spotcheck.muscles.estimates import BANDS, METRIC
from spotcheck.muscles.evidence import PHYSICS, value_label

ROLE_KEY = {
    "none": ("", "No part"),
    "antagonist": ("A", "Against"),
    "stabilizer": ("S", "Steadies"),
    "synergist": ("H", "Helps"),
    "prime_mover": ("L", "Leads"),
}
"""Letter and word of each role, weakest first: the order of the colour key."""

GRADE_SYMBOLS = {
    "pooled": "diamond",
    "group_study": "circle",
    "small_or_second_hand": "circle-open",
    "single_person": "triangle-up-open",
    PHYSICS: "square-open",
}

GRADE_SIGNS = {
    "pooled": "◆",
    "group_study": "●",
    "small_or_second_hand": "○",
    "single_person": "△",
    PHYSICS: "□",
}
"""The same symbols as letters."""

MOST_COLUMNS = 18
"""Beyond this many columns a cell has room for a mark only; on a phone, for no letter."""

_MOST_ROWS = 40
_MOST_COLUMNS_SIDE_BY_SIDE = 14
_MOST_LEVEL_COLUMNS = 9
# Each letter is an element of the page: beyond so many cells, all letters are one drawing.
_MOST_CELLS_WITH_LETTERS = 250
# Beyond so many cells the hovers have the brief words.
_MOST_CELLS_WITH_TEXTS = 600
_OTHER_SCALE = -0.25
# About how wide the cells of a picture are together; only the browser knows it exactly.
_WIDE_PX, _NARROW_PX = 880, 220
# With the mark's own radius this makes a target of about 24 px.
_TAP_REACH_PX = 8
# Room under the cells for the names of the groups of muscles.
_FOOT_PX = 42
# Room over each panel of dots but the first, for the ticks of the one above and its own name.
_HEAD_PX = 64


def muscle_matrix(
    cells: pd.DataFrame,
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
    metric: str | None = None,
    top: float = 100,
    scale: str = "",
    chosen: tuple[tuple[str, str], ...] = (),
    marked_muscle: str | None = None,
) -> go.Figure:
    """Exercises against muscles: roles by colour and letter, or values by colour and number.

    In the lens of the model a cell has the colour of its band. A square says that only the model
    fills it: the fuller, the higher the band, and crossed where the load was set by the model.

    Parameters
    ----------
    cells : DataFrame
        One row a cell, exercise by exercise in the order of ``exercises`` and within it in that of
        ``muscles``: ``role``, ``value``, ``label``, ``metric``, ``grade``, ``no_data``, and what
        the hover says: ``text``, and ``brief`` for the cells of a large picture. In the lens of
        the model also ``is_set_by_load``.
    exercises : DataFrame
        Rows: ``exercise_id``, ``sequence``, ``name``, ``short_name``, ``family``.
    muscles : DataFrame
        Columns: ``muscle_id``, ``sequence``, ``name``, ``short_name``, ``muscle_group``,
        ``muscle_group_label``.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone: marks only.
    metric : str, optional
        The scale that colour compares; without it the picture shows roles. Values on other scales
        are grey.
    top : float
        Value of the strongest colour [unit of ``metric``].
    scale : str
        Name of the scale with its unit, printed at the top.
    chosen : tuple of pairs of str
        Cells to outline, as codes of exercise and muscle.
    marked_muscle : str, optional
        Muscle whose name stands in bold: the rows are ordered by it.
    """
    n_rows, n_columns = len(exercises), len(muscles)
    is_role, is_band = metric is None, metric == METRIC
    is_roomy = n_columns <= _MOST_COLUMNS_SIDE_BY_SIDE
    has_numbers = (
        not (is_role or is_band)
        and not narrow
        and (is_roomy or (n_columns <= MOST_COLUMNS and n_rows <= _MOST_ROWS))
    )
    has_letters = is_role and (not narrow or n_columns <= MOST_COLUMNS)
    is_stacked = (has_numbers and not is_roomy) or (has_letters and narrow)
    row_px = _row_px(n_rows, is_stacked=is_stacked, narrow=narrow)
    x, y = np.tile(np.arange(n_columns), n_rows), np.repeat(np.arange(n_rows), n_columns)
    is_large = len(cells) > _MOST_CELLS_WITH_TEXTS
    said = cells["brief" if is_large else "text"].tolist()
    # What most cells say is sent once. Plotly falls back to it where there is no list to look into;
    # a text that is missing it would print as "null".
    ((commonest, _),) = Counter(said).most_common(1)
    words = [0 if text == commonest else [text] for text in said]
    hover = {
        "hovertemplate": "<b>%{y}</b><br><b>%{x}</b><br>%{customdata[0]}<extra></extra>",
        "hovertemplatefallback": commonest,
    }
    roles = cells["role"].to_numpy(object)
    z = _places(roles) if is_role else _shares(cells, metric, top)
    has_others = not is_role and bool(np.nanmin(z, initial=0) < 0)
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": z.reshape(n_rows, n_columns).astype("int8" if is_role else "float32"),
            "customdata": [
                words[start : start + n_columns] for start in range(0, len(words), n_columns)
            ],
            "zmin": -0.5 if is_role else _OTHER_SCALE if has_others else 0,
            "zmax": len(ROLE_KEY) - 0.5 if is_role else 1,
            "colorscale": (
                step_scale([theme.role[role] for role in ROLE_KEY])
                if is_role
                else step_scale(theme.engagement)
                if is_band
                else _value_scale(theme, has_others=has_others)
            ),
            "hoverongaps": True,
            "showscale": is_role or metric != "",
            "colorbar": _colour_key(theme, metric=metric, top=top, has_others=has_others),
            **hover,
        }
    ]
    if is_band and is_large:
        # The words of its cells are too few to say it, and it is the same for all.
        note = f"<br>{NO_CO_CONTRACTION}<extra></extra>"
        traces[0]["hovertemplate"] = hover["hovertemplate"].replace("<extra></extra>", note)
    measured = (~cells["no_data"] & cells["grade"].ne(PHYSICS)).to_numpy(bool)
    # A mark stands beside the letter of its cell, or below it or its number.
    aside = 0.2 if (has_letters or has_numbers) and not is_stacked else 0.0
    below = 8 / row_px if is_stacked else 0.0
    images = []
    look: dict[str, Any] = {"row_px": row_px, "stacked": is_stacked, "narrow": narrow}
    if has_letters and len(cells) > _MOST_CELLS_WITH_LETTERS:
        grid = (n_rows, n_columns)
        images.append(_letter_drawing(roles.reshape(grid), measured.reshape(grid), theme, **look))
    elif has_letters:
        traces.append(_letters(roles, measured, x, y, theme, **look))
    if not is_role:
        images.append(_slashes(n_rows, n_columns, theme, row_px=row_px, narrow=narrow))
    if is_band:
        images.append(_gauges(cells, (n_rows, n_columns), theme, row_px=row_px, narrow=narrow))
    if measured.any():
        traces.append(
            _marks(
                cells[measured],
                x[measured],
                y[measured],
                _role_inks(roles[measured], theme) if is_role else _inks(z[measured], theme),
                exercises,
                muscles,
                numbers=has_numbers,
                aside=aside,
                below=below,
                narrow=narrow,
                chosen=chosen,
                hover=hover,
            )
        )
    # An axis is drawn only where a trace stands on it: the names stand on the second pair.
    traces.append({"type": "scatter", "x": [None], "y": [None], "xaxis": "x2", "yaxis": "y2"})
    has_group_names = not narrow or n_columns <= MOST_COLUMNS
    bars, names = (
        _group_names(muscles, theme, n_rows - 0.5, row_px=row_px, narrow=narrow)
        if has_group_names
        else ([], [])
    )
    if names:
        traces.append(text_trace(names))
    return draw(
        traces,
        theme,
        clickable=True,
        unit=scale,
        shapes=[
            _grid(n_rows, n_columns, theme),
            *_gaps(exercises["family"], "y", n_columns, theme, 2 if narrow else 4),
            *_gaps(muscles["muscle_group"], "x", n_rows, theme, 2 if narrow else 6),
            *bars,
            *_outline(chosen, exercises, muscles, theme),
        ],
        images=images,
        **_layout(
            exercises,
            muscles,
            theme,
            row_px=row_px,
            narrow=narrow,
            scale=scale,
            marked_muscle=marked_muscle,
            has_group_names=has_group_names,
            aside=aside,
            below=below,
        ),
    )


def measurement_dots(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Published numbers with their spread, each scale on an axis of its own.

    Parameters
    ----------
    rows : DataFrame
        One row a measurement, scale by scale: ``label``, ``metric``, ``metric_label``,
        ``is_percent_of_mvic``, ``value``, ``low``, ``high`` (missing without a spread), ``grade``
        and ``text``, what the hover says.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    letters = 20 if narrow else 48
    rows = rows.assign(row=[_wrapped(label, letters) for label in rows["label"]])
    n_lines = int(rows["row"].str.count("<br>").max()) + 1
    return _panels(rows, theme, row_px=max(34, 16 * n_lines + 10), narrow=narrow)


def measurement_strips(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Published numbers of a whole row or column of the matrix, each scale on an axis of its own.

    Parameters
    ----------
    rows : DataFrame
        As for :func:`measurement_dots`; measurements with one ``row`` share a line of the picture.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    rows = rows.assign(row=[_wrapped(label, 20 if narrow else 48) for label in rows["row"]])
    n_lines = int(rows["row"].str.count("<br>").max()) + 1
    return _panels(rows, theme, row_px=max(26, 16 * n_lines + 8), narrow=narrow)


def _panels(rows: pd.DataFrame, theme: Theme, *, row_px: int, narrow: bool) -> go.Figure:
    """Panel of dots for each scale, one under the other; a line for each ``row``."""
    scales = [one for _, one in rows.groupby("metric", sort=False)]
    heights = [row_px * one["row"].nunique() for one in scales]
    inner = sum(heights) + _HEAD_PX * (len(scales) - 1)
    traces: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    heads: list[dict[str, Any]] = []
    above = 0
    for place, (own, height) in enumerate(zip(scales, heights, strict=True), start=1):
        end = "" if place == 1 else str(place)
        names = own["row"].drop_duplicates().tolist()
        top = 1 - above / inner
        above += height + _HEAD_PX
        traces.append({**_dots(own, names, theme), "xaxis": f"x{end}", "yaxis": f"y{end}"})
        axes |= {
            f"xaxis{end}": {**_across(own, theme, narrow=narrow), "anchor": f"y{end}"},
            f"yaxis{end}": {
                "range": [len(names) - 0.5, -0.5],
                "tickvals": list(range(len(names))),
                "ticktext": names,
                "tickfont": {"size": 12, "color": theme.ink},
                "fixedrange": True,
                "automargin": True,
                "zeroline": False,
                "ticklabeloverflow": "allow",
                "ticks": "",
                "showgrid": len(names) < len(own),
                "gridcolor": theme.grid,
                "domain": [max(top - height / inner, 0), top],
                "anchor": f"x{end}",
            },
        }
        if place > 1:
            heads.append(
                {
                    "text": _head(own, narrow=narrow),
                    "x": 0,
                    "xref": "paper",
                    "xanchor": "left",
                    "y": top,
                    "yref": "paper",
                    "yanchor": "bottom",
                    "yshift": 4,
                    "align": "left",
                    "showarrow": False,
                    "font": {"size": 13, "color": theme.muted},
                }
            )
    return draw(
        traces,
        theme,
        height=inner + 38 + 36,
        unit=_head(scales[0], narrow=narrow),
        annotations=heads,
        **axes,
    )


def _dots(own: pd.DataFrame, names: list[str], theme: Theme) -> dict[str, Any]:
    """Dots of one scale with their published spread; a range without a middle is a line."""
    point = own["value"].fillna((own["low"] + own["high"]) / 2)
    return {
        "type": "scatter",
        "x": point.to_numpy(),
        "y": [names.index(name) for name in own["row"]],
        "mode": "markers",
        "marker": {
            "symbol": [
                GRADE_SYMBOLS[grade] if is_point else "line-ns-open"
                for grade, is_point in zip(own["grade"], own["value"].notna(), strict=True)
            ],
            "size": 11,
            "color": theme.accent,
            "line": {"width": 2, "color": theme.accent},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": (own["high"] - point).to_numpy(),
            "arrayminus": (point - own["low"]).to_numpy(),
            "color": theme.muted,
            "thickness": 1.5,
            "width": 4,
        },
        "text": own["text"].tolist(),
        "hovertemplate": "%{text}<extra></extra>",
    }


def _across(own: pd.DataFrame, theme: Theme, *, narrow: bool) -> dict[str, Any]:
    """Axis of one scale: from zero to past the largest number, or a maximal effort."""
    highest = float(np.nanmax(own[["value", "high"]].to_numpy(float)))
    if own["is_percent_of_mvic"].iloc[0]:
        highest = max(highest, 100)
    return {
        "range": [0, 1.06 * highest],
        "rangemode": "tozero",
        "showline": True,
        "linecolor": theme.axis,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.axis,
        "showgrid": True,
        "gridcolor": theme.grid,
        "nticks": 5 if narrow else 8,
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
        "ticklabeloverflow": "allow",
        "tickfont": {"size": 12, "color": theme.muted},
    }


def _head(own: pd.DataFrame, *, narrow: bool) -> str:
    """Name of a scale with its unit, in lines."""
    return _wrapped(own["metric_label"].iloc[0], 38 if narrow else 90)


def readable_ink(fill: str) -> str:
    """Black or white, whichever reads better on a colour.

    Examples
    --------
    >>> readable_ink("#FBE3C8"), readable_ink("#8E1F1B")
    ('#000000', '#FFFFFF')
    """
    channels = [int(fill[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#FFFFFF"


def _row_px(n_rows: int, *, is_stacked: bool, narrow: bool) -> int:
    if is_stacked:
        return 30 if narrow else 36
    return 18 if narrow else 22 if n_rows > _MOST_ROWS else 28


def _places(roles: np.ndarray) -> np.ndarray:
    """Place of each role in the colour key."""
    place = {role: place for place, role in enumerate(ROLE_KEY)}
    return np.array([place[role] for role in roles])


def _role_inks(roles: np.ndarray, theme: Theme) -> list[str]:
    """Ink that reads on the colour of each role."""
    ink = {role: readable_ink(theme.role[role]) for role in ROLE_KEY}
    return [ink[role] for role in roles]


def _shares(cells: pd.DataFrame, metric: str | None, top: float) -> np.ndarray:
    """Share of the strongest colour, clamped; below zero for a value on another scale."""
    values = cells["value"].to_numpy("float64")
    is_other = ~np.isnan(values) & (cells["metric"].to_numpy(object) != metric)
    return np.where(is_other, _OTHER_SCALE / 2, np.clip(values / top, 0, 1))


def _inks(shares: np.ndarray, theme: Theme) -> list[str]:
    """Ink that reads on the colour of each share."""
    other = readable_ink(theme.neutral_bar)
    return [other if one < 0 else readable_on(theme, 100 * one) for one in shares.tolist()]


def step_scale(colours: Sequence[str]) -> list[list[Any]]:
    """Plotly colour scale of as many equal steps as there are colours.

    Examples
    --------
    >>> step_scale(["#000000", "#FFFFFF"])
    [[0.0, '#000000'], [0.5, '#000000'], [0.5, '#FFFFFF'], [1.0, '#FFFFFF']]
    """
    step = 1 / len(colours)
    return [
        [round(edge * step, 6), colour]
        for place, colour in enumerate(colours)
        for edge in (place, place + 1)
    ]


def _value_scale(theme: Theme, *, has_others: bool) -> list[list[Any]]:
    colours = engagement_scale(theme)
    if not has_others:
        return colours
    zero = -_OTHER_SCALE / (1 - _OTHER_SCALE)
    return [
        [0, theme.neutral_bar],
        [zero, theme.neutral_bar],
        *([zero + (1 - zero) * share, colour] for share, colour in colours),
    ]


def _colour_key(
    theme: Theme, *, metric: str | None, top: float, has_others: bool
) -> dict[str, Any]:
    places: list[float]
    if metric in (None, METRIC):
        words = step_words(metric)
        # Words stand in the middle of their steps: the scale of roles counts them, that of bands
        # goes from 0 to 1.
        middles = range(len(words))
        places = list(middles) if metric is None else [(at + 0.5) / len(words) for at in middles]
    else:
        is_effort = top == 100
        places, words = [0, 1], ["0", "100 or more" if is_effort else value_label(top, top)]
        if has_others:
            places, words = [_OTHER_SCALE / 2, *places], ["other", *words]
    has_steps = metric in (None, METRIC)
    return flat_colour_key(theme, places, words, length_px=310 if has_steps else 260)


def step_words(metric: str | None) -> list[str]:
    """Words of a colour key of steps: of roles, or of the bands of the model's lens.

    Examples
    --------
    >>> step_words(None)[1:3]
    ['A Against', 'S Steadies']
    """
    if metric == METRIC:
        return list(BAND_WORDS.values())
    return [f"{letter} {word}".strip() for letter, word in ROLE_KEY.values()]


def _letters(
    roles: np.ndarray,
    measured: np.ndarray,
    x: np.ndarray,
    y: np.ndarray,
    theme: Theme,
    *,
    row_px: int,
    stacked: bool,
    narrow: bool,
) -> dict[str, Any]:
    """Letter of the role in each cell."""
    is_shown = roles != "none"
    has_mark = measured[is_shown]
    return {
        "type": "scatter",
        "x": (x[is_shown] - (0 if stacked else 0.18) * has_mark).astype("float32"),
        "y": (y[is_shown] - (6 / row_px if stacked else 0) * has_mark).astype("float32"),
        "mode": "text",
        "text": [ROLE_KEY[role][0] for role in roles[is_shown]],
        "textfont": {
            "size": 10 if narrow else 12,
            "color": _role_inks(roles[is_shown], theme),
        },
        "hoverinfo": "skip",
        # A colour for selected text keeps Plotly from dimming all other text after a click.
        "selected": {"textfont": {"color": theme.ink}},
    }


def _slashes(
    n_rows: int, n_columns: int, theme: Theme, *, row_px: int, narrow: bool
) -> dict[str, Any]:
    """Slash in every cell, under the coloured ones: one tiled drawing for all of them.

    A mark each would slow the page down. The drawing is stretched to the picture, whose width only
    the browser knows; a tile of about the right shape keeps the slant.
    """
    width, height = round((_NARROW_PX if narrow else _WIDE_PX) / n_columns), row_px
    x, y = width / 2, height / 2
    run = min(4.0, width / 4)
    return _drawing(
        f"<pattern id='s' width='{width}' height='{height}' patternUnits='userSpaceOnUse'>"
        f"<path d='M{x - run:g} {y + 5:g}L{x + run:g} {y - 5:g}' "
        f"stroke='{theme.hairline}' stroke-width='1.1'/></pattern>"
        "<rect width='100%' height='100%' fill='url(#s)'/>",
        (n_rows, n_columns),
        (width, height),
        layer="below",
    )


def _gauges(
    cells: pd.DataFrame, shape: tuple[int, int], theme: Theme, *, row_px: int, narrow: bool
) -> dict[str, Any]:
    """Square in each cell that only the model fills, as one drawing over the coloured cells.

    The square fills with the band, so that colour is not alone in saying it; a crossed one says
    nothing but that the load was set as a share of the model's own strength.
    """
    n_columns = shape[1]
    width = round((_NARROW_PX if narrow else _WIDE_PX) / n_columns)
    side = min(6, width // 2) if narrow else 9
    is_shown = cells["grade"].eq(PHYSICS).to_numpy()
    places = np.flatnonzero(is_shown)
    bands = cells["value"].to_numpy("float64")[places].astype(int)
    crossed = cells["is_set_by_load"].to_numpy(bool)[places]
    rows, columns = np.divmod(places, n_columns)
    lefts = np.rint(width * (columns + 0.5) - side / 2).astype(int)
    tops = np.rint(row_px * (rows + 0.5) - side / 2).astype(int)
    parts: dict[str, list[str]] = {}
    most = len(BANDS) - 1
    for x, y, band, is_crossed in zip(
        lefts.tolist(), tops.tolist(), bands.tolist(), crossed.tolist(), strict=True
    ):
        ink = readable_on(theme, 100 * band / most)
        cross = f"l{side} {side}m0-{side}l-{side} {side}" if is_crossed else ""
        parts.setdefault(f"fill='none' stroke='{ink}'", []).append(
            f"M{x} {y}v{side}h{side}v-{side}z{cross}"
        )
        full = 0 if is_crossed else side * band // most
        if full:
            parts.setdefault(f"fill='{ink}'", []).append(
                f"M{x} {y + side - full}h{side}v{full}h-{side}z"
            )
    drawn = "".join(f"<path {look} d='{''.join(lines)}'/>" for look, lines in parts.items())
    return _drawing(drawn, shape, (width, row_px), layer="above")


def _letter_drawing(
    roles: np.ndarray,
    measured: np.ndarray,
    theme: Theme,
    *,
    row_px: int,
    stacked: bool,
    narrow: bool,
) -> dict[str, Any]:
    """Letter of the role in each cell, as one drawing over the coloured cells."""
    n_rows, n_columns = roles.shape
    width = round((_NARROW_PX if narrow else _WIDE_PX) / n_columns)
    # A letter stands in the middle of its cell, or beside or over the mark.
    aside, over = (0, 6) if stacked else (0.18 * width, 0)
    xs = np.rint(width * (np.arange(n_columns) + 0.5) - aside * measured).astype(int)
    ys = np.rint(row_px * (np.arange(n_rows)[:, None] + 0.5) + 4 - over * measured).astype(int)
    inks = {role: readable_ink(theme.role[role]) for role in ROLE_KEY if role != "none"}
    parts = []
    for ink in dict.fromkeys(inks.values()):
        letter_of = {role: ROLE_KEY[role][0] for role in inks if inks[role] == ink}
        parts.append(f"<g fill='{ink}'>")
        for own, across, down in zip(roles.tolist(), xs.tolist(), ys.tolist(), strict=True):
            shown = [
                (letter_of[role], x, y)
                for role, x, y in zip(own, across, down, strict=True)
                if role in letter_of
            ]
            if shown:
                letters, x, y = zip(*shown, strict=True)
                heights = dict.fromkeys(y) if len(set(y)) == 1 else y
                parts.append(
                    f"<text y='{' '.join(map(str, heights))}' x='{' '.join(map(str, x))}'>"
                    f"{''.join(letters)}</text>"
                )
        parts.append("</g>")
    return _drawing(
        f"<g font-family='sans-serif' font-size='{10 if narrow else 11}' text-anchor='middle'>"
        + "".join(parts)
        + "</g>",
        (n_rows, n_columns),
        (width, row_px),
        layer="above",
    )


def _drawing(
    content: str, shape: tuple[int, int], cell_px: tuple[int, int], *, layer: str
) -> dict[str, Any]:
    """Drawing that is stretched over all cells of the picture; ``shape`` is rows and columns."""
    (n_rows, n_columns), (width, height) = shape, cell_px
    return drawing(
        content,
        width * n_columns,
        height * n_rows,
        x=-0.5,
        y=-0.5,
        sizex=n_columns,
        sizey=n_rows,
        layer=layer,
    )


def _marks(
    marks: pd.DataFrame,
    x: np.ndarray,
    y: np.ndarray,
    inks: list[str],
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    *,
    numbers: bool,
    aside: float,
    below: float,
    narrow: bool,
    chosen: tuple[tuple[str, str], ...],
    hover: dict[str, str],
) -> dict[str, Any]:
    """One layer that carries evidence and click."""
    sequence = np.column_stack(
        [exercises["sequence"].to_numpy("int16")[y], muscles["sequence"].to_numpy("int16")[x]]
    )
    size = 5 if narrow else 8
    codes = zip(marks["exercise_id"], marks["muscle_id"], strict=True)
    chosen_ink = next((one for one, code in zip(inks, codes, strict=True) if code in chosen), "")
    symbols = [GRADE_SYMBOLS[grade] for grade in marks["grade"]]
    is_open = np.array([symbol.endswith("open") for symbol in symbols])
    words: dict[str, Any] = {"mode": "markers"}
    if numbers:
        space = "\u00a0" * bool(aside)
        words = {
            "mode": "markers+text",
            "text": [label.replace(" to ", "–") + space for label in marks["label"]],
            "textposition": "middle left" if aside else "top center",
            "textfont": {"size": 12 if aside else 11, "color": inks},
        }
    return {
        "type": "scatter",
        **words,
        "x": (x + aside).astype("float32"),
        "y": (y + below).astype("float32"),
        "marker": {
            "symbol": symbols,
            "size": size,
            "color": inks,
            "line": {"width": (1 if narrow else 1.5) * is_open.astype("float32")},
            "opacity": 1,
        },
        # A typed array would come back from a click as an object, a list comes back as it is.
        "customdata": sequence.tolist(),
        "hovertext": marks["text"].tolist(),
        "hovertemplate": hover["hovertemplate"].replace("%{customdata[0]}", "%{hovertext}"),
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": chosen_ink or inks[0]}},
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }


def _layout(
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    theme: Theme,
    *,
    row_px: int,
    narrow: bool,
    scale: str,
    marked_muscle: str | None,
    has_group_names: bool,
    aside: float,
    below: float,
) -> dict[str, Any]:
    """Size of the picture, and its two pairs of axes.

    The hover takes the names in full from the axes of the cells, for a cell and for its mark; the
    short ones that a reader sees stand on a second pair of axes over them.
    """
    n_rows, n_columns = len(exercises), len(muscles)
    is_level = not narrow and n_columns <= _MOST_LEVEL_COLUMNS
    names, places = _column_names(muscles, marked_muscle, by_group=not has_group_names)
    letters = max(len(name.removeprefix("<b>").removesuffix("</b>")) for name in names)
    top = (38 if narrow or scale else 16) + (
        20 if is_level else round(letters * (5.6 if narrow else 6.2))
    )
    foot_px = _FOOT_PX if has_group_names else 0
    bottom = 44 if has_group_names else 56
    left = 12 + round(max(exercises["short_name"].str.len()) * (5.4 if narrow else 6.2))
    plain = {
        "showline": False,
        "ticks": "",
        "showgrid": False,
        "automargin": False,
        "fixedrange": True,
        "zeroline": False,
        "ticklabeloverflow": "allow",
    }
    columns = {**plain, "range": [-0.5, n_columns - 0.5]}
    rows = {**plain, "range": [n_rows - 0.5 + foot_px / row_px, -0.5]}
    tickfont = {"size": 11 if narrow else 12, "color": theme.ink}
    return {
        "height": top + n_rows * row_px + foot_px + bottom,
        "margin": {"l": left, "r": 2, "t": top, "b": bottom},
        "hoverdistance": _TAP_REACH_PX,
        "xaxis": {**columns, "showticklabels": False, **_names(muscles["name"], aside)},
        "yaxis": {**rows, "showticklabels": False, **_names(exercises["name"], below)},
        "xaxis2": {
            **columns,
            "tickvals": places,
            "ticktext": names,
            "ticklabelstandoff": 3,
            "tickangle": 0 if is_level else -90,
            "tickfont": tickfont,
            "overlaying": "x",
            "side": "top",
        },
        "yaxis2": {
            **rows,
            "tickvals": list(range(n_rows)),
            "ticktext": exercises["short_name"].tolist(),
            "ticklabelstandoff": 4,
            "tickfont": tickfont,
            "overlaying": "y",
        },
    }


def _column_names(
    muscles: pd.DataFrame, marked_muscle: str | None, *, by_group: bool
) -> tuple[list[str], list[float]]:
    """Names over the columns with their places: muscles, or groups where these are too many."""
    if by_group:
        places = pd.Series(range(len(muscles)), index=muscles["muscle_group_label"])
        middles = places.groupby(level=0, sort=False).mean()
        return middles.index.tolist(), middles.tolist()
    names = [
        f"<b>{name}</b>" if code == marked_muscle else name
        for code, name in zip(muscles["muscle_id"], muscles["short_name"], strict=True)
    ]
    return names, list(map(float, range(len(names))))


def _names(names: pd.Series, offset: float) -> dict[str, Any]:
    """Ticks that name each place, and the place at an offset from it."""
    offsets = (0.0, offset) if offset else (0.0,)
    places = [place + extra for extra in offsets for place in range(len(names))]
    return {"tickvals": places, "ticktext": names.tolist() * len(offsets)}


def _grid(n_rows: int, n_columns: int, theme: Theme) -> dict[str, Any]:
    """Thin lines between all cells, as one path.

    Gaps of the heatmap itself would make Plotly paint and encode it at full size; without them it
    paints one pixel a cell, which the browser enlarges.
    """
    right, bottom = n_columns - 0.5, n_rows - 0.5
    lines = [f"M-0.5,{row - 0.5:g}L{right:g},{row - 0.5:g}" for row in range(1, n_rows)]
    lines += [f"M{one - 0.5:g},-0.5L{one - 0.5:g},{bottom:g}" for one in range(1, n_columns)]
    return {
        "type": "path",
        "path": "".join(lines) or "M-0.5,-0.5L-0.5,-0.5",
        "line": {"width": 1, "color": theme.paper},
    }


def _gaps(
    groups: pd.Series, axis: str, n_across: int, theme: Theme, width: int
) -> list[dict[str, Any]]:
    """Lines in the colour of the paper between groups, as one path, if the groups are together."""
    starts = np.flatnonzero((groups != groups.shift()).to_numpy())
    if len(starts) != groups.nunique() or len(starts) < 2:
        return []
    end = n_across - 0.5
    lines = [
        f"M-0.5,{start:g}L{end:g},{start:g}"
        if axis == "y"
        else f"M{start:g},-0.5L{start:g},{end:g}"
        for start in starts[1:] - 0.5
    ]
    return [
        {"type": "path", "path": "".join(lines), "line": {"width": width, "color": theme.paper}}
    ]


def _group_names(
    muscles: pd.DataFrame, theme: Theme, end: float, *, row_px: int, narrow: bool
) -> tuple[list[dict[str, Any]], list[Text]]:
    """Bar under the columns of each group, and its name; ``end`` is where the cells end."""
    groups = muscles["muscle_group"].to_numpy()
    bars, names = [], []
    for code in dict.fromkeys(groups):
        columns = np.flatnonzero(groups == code).tolist()
        first, last = columns[0] - 0.46, columns[-1] + 0.46
        bars.append(
            {
                "type": "rect",
                "x0": first,
                "x1": last,
                "y0": end + 4 / row_px,
                "y1": end + 8 / row_px,
                "line": {"width": 0},
                "fillcolor": theme.muscle_group[code],
            }
        )
        label = muscles["muscle_group_label"].iloc[columns[0]]
        is_tight = narrow or len(columns) < 3
        text = _wrapped(label, 8) if is_tight else label
        size = 10 if narrow else 12
        y = end + 9 / row_px
        names.append(Text((first + last) / 2, y, text, theme.ink, "bottom center", size))
    return bars, names


def _outline(
    chosen: tuple[tuple[str, str], ...],
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    theme: Theme,
) -> list[dict[str, Any]]:
    """Frames around the chosen cells that the picture shows."""
    row_of = {code: row for row, code in enumerate(exercises["exercise_id"])}
    column_of = {code: column for column, code in enumerate(muscles["muscle_id"])}
    return [
        {
            "type": "rect",
            "x0": column_of[muscle] - 0.5,
            "x1": column_of[muscle] + 0.5,
            "y0": row_of[exercise] - 0.5,
            "y1": row_of[exercise] + 0.5,
            "line": {"width": 2.5, "color": theme.accent},
        }
        for exercise, muscle in chosen
        if exercise in row_of and muscle in column_of
    ]


def _wrapped(text: str, letters: int) -> str:
    """Text in lines of so many letters; a line break in the text stays one."""
    return "<br>".join(
        part
        for line in text.split("\n")
        for part in textwrap.wrap(line, letters, break_long_words=False)
    )
