"""Pictures of a few exercises beside each other, and of how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import ROLE_KEY
from spotcheck.charts.theme import Theme, draw
from spotcheck.muscles.estimate_words import BAND_WORDS, SCALE
from spotcheck.muscles.estimates import BANDS
from spotcheck.muscles.evidence import PHYSICS

MARKS = (("circle", "●"), ("square", "■"), ("diamond", "◆"), ("hexagon", "⬢"))
"""Shape of each exercise in Plotly and in text; its number stands inside."""

_ROW_PX = 26
_SPREAD_ROW_PX = 14
_HEADING_PX = 28
_STEP_SHARE = 0.2
_NARROW_STEP_SHARE = 0.3
_LETTER_PX, _NARROW_LETTER_PX = 6.6, 6.0
_BAR_PX = 34


def role_dots(
    cells: pd.DataFrame,
    muscles: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
    chosen: tuple[str, ...] = (),
) -> go.Figure:
    """Role of every muscle in each exercise, on the five steps from no part to leading.

    Parameters
    ----------
    cells : DataFrame
        One row a cell: ``exercise_id``, ``muscle_id``, ``role`` and ``text``, what the hover says.
    muscles : DataFrame
        Rows of the table ``muscles``, group by group.
    exercises : DataFrame
        Two to four rows of the table ``exercises``, in the order of their numbers.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    chosen : tuple of str
        Muscles whose names stand in bold.
    """
    steps = {role: place for place, role in enumerate(ROLE_KEY)}
    return _step_dots(
        cells.assign(at=cells["role"].map(steps).astype("float64"), is_range=False),
        [word for _, word in ROLE_KEY.values()],
        muscles,
        exercises,
        theme,
        narrow=narrow,
        unit="Role",
        chosen=chosen,
    )


def band_dots(
    cells: pd.DataFrame,
    muscles: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
    chosen: tuple[str, ...] = (),
) -> go.Figure:
    """Band of every muscle in each exercise; an open mark is an estimate of the model.

    Parameters
    ----------
    cells : DataFrame
        One row a cell of the lens of the model that is measured or modelled: ``exercise_id``,
        ``muscle_id``, ``value`` (place of the band), ``grade`` and ``text``.
    muscles : DataFrame
        Rows of the table ``muscles`` that have a band, group by group.
    exercises, theme, narrow, chosen
        As in :func:`role_dots`.
    """
    return _step_dots(
        cells.assign(at=cells["value"].astype("float64"), is_range=cells["grade"].eq(PHYSICS)),
        list(BANDS if narrow else BAND_WORDS.values()),
        muscles,
        exercises,
        theme,
        narrow=narrow,
        unit=SCALE,
        chosen=chosen,
    )


def _step_dots(
    rows: pd.DataFrame,
    words: list[str],
    muscles: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
    unit: str,
    chosen: tuple[str, ...],
) -> go.Figure:
    """Dots on a few steps; ``at`` is the place of each among ``words``."""
    same = rows.groupby(["muscle_id", "at"])["exercise_id"]
    # Exercises with the same step stand side by side, in the order of their numbers.
    place, size = same.cumcount(), same.transform("size")
    share = _NARROW_STEP_SHARE if narrow else _STEP_SHARE
    heights = _heights(muscles, _ROW_PX)
    rows = rows.assign(
        at=rows["at"] + (place - (size - 1) / 2) * share, height=rows["muscle_id"].map(heights)
    )
    reach = rows.groupby("muscle_id")["at"].agg(["min", "max"])
    lines = {
        "mode": "lines",
        "x": _broken(reach["min"], reach["max"]),
        "y": _broken(*[reach.index.map(heights)] * 2),
        "line": {"color": theme.axis, "width": 1.5},
        "hoverinfo": "skip",
    }
    return _dot_plot(
        [lines],
        rows,
        muscles,
        exercises,
        theme,
        narrow=narrow,
        unit=unit,
        row_px=_ROW_PX,
        axis={
            "range": [-0.5, len(words) - 0.5],
            "tickvals": list(range(len(words))),
            "ticktext": words,
        },
        chosen=chosen,
    )


def value_dots(
    numbers: pd.DataFrame,
    muscles: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
    unit: str,
    least_top: float = 0,
    chosen: tuple[str, ...] = (),
) -> go.Figure:
    """Every published number of each exercise on one scale, with its spread.

    Parameters
    ----------
    numbers : DataFrame
        One row a number: ``exercise_id``, ``muscle_id``, ``value`` (missing where only a range is
        published), ``low``, ``high`` (missing without a spread) and ``text`` for the hover.
    muscles : DataFrame
        Rows of the table ``muscles`` that have a number, group by group.
    exercises, theme, narrow, chosen
        As in :func:`role_dots`.
    unit : str
        The scale.
    least_top : float
        The axis reaches at least this value.
    """
    order = list(exercises["exercise_id"])
    measured = [code for code in order if code in set(numbers["exercise_id"])]
    row_px = _ROW_PX + _SPREAD_ROW_PX * (len(measured) - 1)
    heights = _heights(muscles, row_px)
    at = numbers["value"].fillna((numbers["low"] + numbers["high"]) / 2)
    # Every measured exercise has a line of its own in the row: no spread hides another.
    line = numbers["exercise_id"].map(measured.index) - (len(measured) - 1) / 2
    rows = numbers.assign(
        at=at,
        height=numbers["muscle_id"].map(heights) + line * _SPREAD_ROW_PX / row_px,
        is_range=numbers["value"].isna(),
    )
    spreads = []
    for code, colour in zip(order, inks(theme), strict=False):
        own = rows[rows["exercise_id"].eq(code) & rows["low"].notna()]
        if len(own):
            spreads.append(
                {
                    "mode": "lines",
                    "x": _broken(own["low"], own["high"]),
                    "y": _broken(own["height"], own["height"]),
                    "line": {"color": colour, "width": 2},
                    "opacity": 0.55,
                    "hoverinfo": "skip",
                }
            )
    top = max(least_top, float(np.nanmax(rows[["at", "high"]].to_numpy("float64"))))
    axis = {"range": [-0.03 * top, 1.06 * top], "nticks": 5 if narrow else 8}
    return _dot_plot(
        spreads,
        rows,
        muscles,
        exercises,
        theme,
        narrow=narrow,
        unit=unit,
        row_px=row_px,
        axis=axis,
        chosen=chosen,
    )


def likeness_bars(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Exercises with a bar of how alike they are to another one.

    Parameters
    ----------
    rows : DataFrame
        The most alike first: ``name``, ``similarity`` (0 to 1) and ``text`` for the hover.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    places = np.arange(len(rows))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": rows["similarity"].to_numpy(),
        "y": places + 0.22,
        "width": 0.3,
        "marker": {"color": theme.accent},
        "customdata": rows["text"].tolist(),
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    labels = []
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        name = {
            "x": 0, "xanchor": "left", "y": place - 0.2, "text": f"{place + 1}. {row['name']}",
            "showarrow": False, "xshift": -3, "font": {"size": 13.5},
        }  # fmt: skip
        value = {
            "x": row["similarity"], "xanchor": "left", "y": place + 0.22, "xshift": 6,
            "text": f"{row['similarity']:.2f}", "showarrow": False,
        }  # fmt: skip
        labels += [name, value]
    return draw(
        [bars],
        theme,
        height=38 + (_BAR_PX + 8) * len(rows) + 36,
        unit="Likeness, 0 to 1",
        xaxis={"range": [0, 1.16 if narrow else 1.08], "tickvals": [0, 0.25, 0.5, 0.75, 1]},
        yaxis={"range": [len(rows) - 0.5, -0.5], "visible": False},
        annotations=labels,
        margin={"l": 4, "r": 4},
    )


def inks(theme: Theme) -> tuple[str, ...]:
    """Colour of each exercise; none is that of an article."""
    return theme.accent, theme.ink, theme.less_loss, theme.muted


def _heights(muscles: pd.DataFrame, row_px: int) -> dict[str, float]:
    """Middle of each muscle's row, counted in rows from the top; a group's name stands over it."""
    is_first = muscles["muscle_group"].ne(muscles["muscle_group"].shift())
    rows = np.arange(len(muscles)) + 0.5 + _HEADING_PX / row_px * is_first.cumsum().to_numpy()
    return dict(zip(muscles["muscle_id"], rows.tolist(), strict=True))


def _broken(starts: Sequence[float], ends: Sequence[float]) -> list[float | None]:
    """Ends of separate lines, as one trace takes them."""
    return [one for pair in zip(starts, ends, strict=True) for one in (*pair, None)]


def _dot_plot(
    under: list[dict[str, Any]],
    rows: pd.DataFrame,
    muscles: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
    unit: str,
    row_px: int,
    axis: dict[str, Any],
    chosen: tuple[str, ...],
) -> go.Figure:
    heights = _heights(muscles, row_px)
    n_rows = max(heights.values()) + 0.5
    names = muscles["short_name" if narrow else "name"]
    shown = [
        f"<b>{name}</b>" if code in chosen else name
        for code, name in zip(muscles["muscle_id"], names, strict=True)
    ]
    left = 22 + round(names.str.len().max() * (_NARROW_LETTER_PX if narrow else _LETTER_PX))
    key = exercise_key(exercises, theme, narrow=narrow)
    key_px = 20 * (key.count("<br>") + 1)
    top = 38 + key_px + 26
    marks = [
        _marks(rows[rows["exercise_id"].eq(code)], muscles, exercises, theme, place, narrow=narrow)
        for place, code in enumerate(exercises["exercise_id"])
    ]
    words = [key_annotation(key, theme, left, key_px + 24)]
    words += _group_names(muscles, heights, left, row_px)
    return draw(
        [*under, *marks],
        theme,
        clickable=True,
        height=top + round(n_rows * row_px) + 12,
        unit=unit,
        xaxis={
            **axis,
            "side": "top",
            "showgrid": True,
            "gridcolor": theme.grid,
            "showline": False,
            "ticks": "",
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
        },
        yaxis={
            "range": [n_rows, 0],
            "tickvals": list(heights.values()),
            "ticktext": shown,
            "ticklabelstandoff": 12,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "automargin": False,
        },
        annotations=words,
        shapes=_group_strips(muscles, heights, theme),
        margin={"l": left, "r": 8, "t": top, "b": 12},
        # Reaches about 24 px across, with the mark's own radius.
        hoverdistance=10,
    )


def _marks(
    own: pd.DataFrame,
    muscles: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    place: int,
    *,
    narrow: bool,
) -> dict[str, Any]:
    """Marks of one exercise: filled with its number, or open where only a range is published."""
    colour = inks(theme)[place]
    exercise = exercises.iloc[place]
    sequence = muscles.set_index("muscle_id")["sequence"]
    names = muscles.set_index("muscle_id")["name"]
    ink = [colour if is_range else theme.paper for is_range in own["is_range"]]
    return {
        "mode": "markers+text",
        "x": own["at"].tolist(),
        "y": own["height"].tolist(),
        "text": [str(place + 1)] * len(own),
        "textfont": {"size": 10 if narrow else 11, "color": ink},
        "marker": {
            "symbol": MARKS[place][0],
            "size": 13 if narrow else 17,
            "color": [theme.paper if is_range else colour for is_range in own["is_range"]],
            # An edge in the colour of the paper parts marks that overlap.
            "line": {
                "width": 1.5,
                "color": [colour if is_range else theme.paper for is_range in own["is_range"]],
            },
            "opacity": 1,
        },
        "customdata": [
            [int(exercise["sequence"]), int(sequence[code])] for code in own["muscle_id"]
        ],
        "hovertext": [
            f"<b>{exercise['name']}</b><br><b>{names[code]}</b><br>{text}"
            for code, text in zip(own["muscle_id"], own["text"], strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        # Else Plotly dims all other marks after a click.
        "selected": {"marker": {"opacity": 1}, "textfont": {"color": theme.paper}},
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }


def exercise_key(exercises: pd.DataFrame, theme: Theme, *, narrow: bool) -> str:
    """Mark, number and name of each exercise, in as few lines as the width allows."""
    column = "short_name" if narrow else "name"
    words = [
        f'<span style="color:{ink}">{glyph}</span> {place} {name}'
        for place, ((_, glyph), ink, name) in enumerate(
            zip(MARKS, inks(theme), exercises[column], strict=False), 1
        )
    ]
    per_line = 2 if narrow else 4 if exercises[column].str.len().sum() < 90 else 2
    lines = [words[start : start + per_line] for start in range(0, len(words), per_line)]
    return "<br>".join("     ".join(line) for line in lines)


def key_annotation(key: str, theme: Theme, left: int, above: int) -> dict[str, Any]:
    """Key at the left edge of the picture, ``above`` px over its axes."""
    return {
        "text": key,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left,
        "y": 1,
        "yref": "paper",
        "yanchor": "top",
        "yshift": above,
        "align": "left",
        "showarrow": False,
        "font": {"size": 13, "color": theme.ink},
    }


def _group_names(
    muscles: pd.DataFrame, heights: dict[str, float], left: int, row_px: int
) -> list[dict[str, Any]]:
    firsts = muscles.drop_duplicates("muscle_group")
    return [
        {
            "text": f"<b>{row['muscle_group_label']}</b>",
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "xshift": -left,
            "y": heights[row["muscle_id"]] - 0.5 - 0.4 * _HEADING_PX / row_px,
            "showarrow": False,
        }
        for row in firsts.to_dict("records")
    ]


def _group_strips(
    muscles: pd.DataFrame, heights: dict[str, float], theme: Theme
) -> list[dict[str, Any]]:
    """Strip in the colour of each group, between the names and the marks."""
    strips = []
    for group, own in muscles.groupby("muscle_group", sort=False):
        rows = [heights[code] for code in own["muscle_id"]]
        strips.append(
            {
                "type": "rect",
                "xref": "paper",
                "xsizemode": "pixel",
                "xanchor": 0,
                "x0": -8,
                "x1": -4,
                "y0": min(rows) - 0.42,
                "y1": max(rows) + 0.42,
                "line": {"width": 0},
                "fillcolor": theme.muscle_group[str(group)],
            }
        )
    return strips
