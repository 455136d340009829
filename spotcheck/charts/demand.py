"""Pictures of the torque that exercises ask of the joints."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.compare import MARKS, exercise_key, inks, key_annotation
from spotcheck.charts.theme import (
    Text,
    Theme,
    draw,
    engagement_scale,
    flat_colour_key,
    readable_on,
    text_trace,
)
from spotcheck.muscles.demand import DIRECTIONS, amount
from spotcheck.wording import NBSP

LEAST_NM: Final = 5.0
"""Torques below this leave their cell empty."""

_PLANES: Final = {
    "sagittal": ("Forwards and back (sagittal)", "Sagittal"),
    "frontal": ("Sideways (frontal)", "Frontal"),
    "transverse": ("", ""),
    "trunk": ("", ""),
}
_TOP_SHARE = 1.0
_STRIP_PX, _PLANE_PX = 38, 20
_LETTER_PX, _NARROW_LETTER_PX = 6.2, 5.5


def demand_map(
    peaks: pd.DataFrame,
    exercises: pd.DataFrame,
    flags: pd.Series,
    texts: pd.Series,
    theme: Theme,
    *,
    narrow: bool,
    chosen: tuple[str, ...] = (),
) -> go.Figure:
    """Largest torque of each exercise in each direction: number in N m, colour by its share.

    Parameters
    ----------
    peaks : pandas.DataFrame
        From :func:`spotcheck.muscles.demand.peak_demand`.
    exercises : pandas.DataFrame
        Rows of the table ``exercises``, in order.
    flags : pandas.Series
        Letters of the flags by `exercise_id`.
    texts : pandas.Series
        What the hover says, by `exercise_id` and `direction`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    chosen : tuple of str
        Exercises whose names stand in bold.
    """
    codes, directions = list(exercises["exercise_id"]), list(DIRECTIONS)
    torque = _grid(peaks, "torque_nm", codes, directions)
    share = _grid(peaks, "share", codes, directions)
    is_shown = torque >= LEAST_NM
    hover = texts.unstack().reindex(index=codes, columns=directions).fillna("").to_numpy()
    n_rows, n_columns = torque.shape
    row_px, size = (21, 10) if narrow else (24, 12)
    labels = _row_labels(exercises, chosen, narrow=narrow)
    letter_px = _NARROW_LETTER_PX if narrow else _LETTER_PX
    column = "short_name" if narrow else "name"
    left = 12 + round(min(exercises[column].str.len().max(), 34) * letter_px)
    heads = [one.short_name if narrow else one.name for one in DIRECTIONS.values()] + ["Caution"]
    top = _STRIP_PX + _PLANE_PX + round(max(map(len, heads)) * letter_px)
    heat = {
        "type": "heatmap",
        "z": np.where(is_shown, np.minimum(share, _TOP_SHARE), np.nan),
        "zmin": 0,
        "zmax": _TOP_SHARE,
        "colorscale": engagement_scale(theme),
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "hoverinfo": "skip",
        "colorbar": flat_colour_key(
            theme,
            [0.06 if narrow else 0.03, 0.5, 0.93 if narrow else 0.95],
            ["0", "50", "100 % or more"],
            length_px=180 if narrow else 240,
        ),
    }
    return draw(
        [
            heat,
            *_numbers(torque, share, is_shown, hover, theme, size),
            _letters(flags, codes, theme),
        ],
        theme,
        height=top + n_rows * row_px + 54,
        unit="N m at 75 kg; colour: % of reference",
        xaxis={
            "side": "top",
            "range": [-0.5, n_columns + (1.2 if narrow else 0.5)],
            "tickvals": list(range(n_columns + 1)),
            "ticktext": heads,
            "tickangle": -90,
            "ticklabelstandoff": 3,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "showline": False,
            "ticks": "",
            "automargin": False,
        },
        yaxis={
            "range": [n_rows - 0.5, -0.5],
            "tickvals": list(range(n_rows)),
            "ticktext": labels,
            "ticklabelstandoff": 4,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "showgrid": False,
            "automargin": False,
        },
        shapes=_partings(exercises, theme, n_columns),
        annotations=_plane_names(theme, top, narrow=narrow),
        margin={"l": left, "r": 4, "t": top, "b": 54},
        hoverdistance=12,
    )


def demand_dots(
    peaks: pd.DataFrame,
    exercises: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
) -> go.Figure:
    """One to four exercises by direction: dots by share, and torques without one in words.

    Parameters
    ----------
    peaks : pandas.DataFrame
        From :func:`spotcheck.muscles.demand.peak_demand`, of these exercises.
    exercises : pandas.DataFrame
        Rows of the table ``exercises``, in the order of their numbers.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    is_shown = peaks["torque_nm"].ge(LEAST_NM)
    shown = [code for code in DIRECTIONS if peaks.loc[is_shown, "direction"].eq(code).any()]
    heights = {code: place for place, code in enumerate(shown)}
    rows = peaks[is_shown].assign(height=peaks["direction"].map(heights).astype("float64"))
    numbers = {code: place for place, code in enumerate(exercises["exercise_id"])}
    own_row = rows["exercise_id"].map(numbers).astype("float64")
    rows["height"] += (own_row - (len(exercises) - 1) / 2) * 0.6 / len(exercises)
    top_share = 1.04 * max([1.0, *rows["share"].dropna()])
    key = exercise_key(exercises, theme, narrow=narrow)
    key_px = 20 * (key.count("<br>") + 1)
    names = [DIRECTIONS[code].short_name if narrow else DIRECTIONS[code].name for code in shown]
    left = 16 + round(max(map(len, names), default=0) * (6.0 if narrow else 6.6))
    top = _STRIP_PX + key_px + 26
    traces = []
    for place, exercise in enumerate(exercises.to_dict("records")):
        own = rows[rows["exercise_id"].eq(exercise["exercise_id"])]
        traces += _dots_of(own, exercise, place, theme, narrow=narrow)
    row_px = 18 + 16 * len(exercises)
    return draw(
        traces,
        theme,
        height=top + row_px * len(shown) + 12,
        unit="Torque, % of the reference",
        xaxis={
            "range": [-0.04 * top_share, (1.3 if narrow else 1.1) * top_share],
            "tickvals": [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5],
            "ticktext": ["0", "25", "50", "75", "100", "125", "150"],
            "side": "top",
            "showgrid": True,
            "gridcolor": theme.grid,
            "showline": False,
            "ticks": "",
        },
        yaxis={
            "range": [len(shown) - 0.5, -0.5],
            "tickvals": list(range(len(shown))),
            "ticktext": names,
            "showgrid": False,
            "ticklabelstandoff": 6,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "automargin": False,
        },
        annotations=[key_annotation(key, theme, left, key_px + 24)],
        shapes=[_row_lines(len(shown), theme)],
        margin={"l": left, "r": 8, "t": top, "b": 12},
        hoverdistance=10,
    )


def _grid(peaks: pd.DataFrame, column: str, codes: list[str], directions: list[str]) -> np.ndarray:
    wide = peaks.pivot(index="exercise_id", columns="direction", values=column)
    grid: np.ndarray = wide.reindex(index=codes, columns=directions).to_numpy(dtype=float)
    return grid


def _row_labels(exercises: pd.DataFrame, chosen: tuple[str, ...], *, narrow: bool) -> list[str]:
    names = exercises["short_name" if narrow else "name"].str.replace("&", "&amp;")
    cut = names.where(names.str.len() <= 34, names.str[:33] + "…")
    return [
        f"<b>{name}</b>" if code in chosen else name
        for code, name in zip(exercises["exercise_id"], cut, strict=True)
    ]


def _numbers(
    torque: np.ndarray,
    share: np.ndarray,
    is_shown: np.ndarray,
    hover: np.ndarray,
    theme: Theme,
    size: int,
) -> list[dict[str, Any]]:
    """Torques in their cells, in an ink that reads on each; they also carry the hover."""
    rows, columns = np.nonzero(is_shown)
    shares = share[rows, columns]
    ink = [
        theme.ink if np.isnan(one) else readable_on(theme, 100 * min(one, _TOP_SHARE))
        for one in shares
    ]
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": columns.tolist(),
            "y": rows.tolist(),
            "text": [f"{one:.0f}" for one in torque[rows, columns]],
            "textfont": {"size": size, "color": ink},
            "hovertext": hover[rows, columns].tolist(),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]


def _letters(flags: pd.Series, codes: list[str], theme: Theme) -> dict[str, Any]:
    """Flags behind the last column."""
    letters = [flags.get(code, "") for code in codes]
    return text_trace(
        [
            Text(len(DIRECTIONS) - 0.4, row, text, theme.ink, "middle right", 11)
            for row, text in enumerate(letters)
            if text
        ]
    )


def _plane_names(theme: Theme, top: int, *, narrow: bool) -> list[dict[str, Any]]:
    planes = pd.Series([one.plane for one in DIRECTIONS.values()])
    return [
        {
            "text": _PLANES[plane][1 if narrow else 0],
            "x": float(np.mean(own.index)),
            "y": 1,
            "yref": "paper",
            "yanchor": "top",
            "yshift": top - _STRIP_PX,
            "showarrow": False,
            "font": {"size": 11 if narrow else 12, "color": theme.muted},
        }
        for plane, own in planes.groupby(planes, sort=False)
        if _PLANES[plane][0]
    ]


def _partings(exercises: pd.DataFrame, theme: Theme, n_columns: int) -> list[dict[str, Any]]:
    """Lines between families of exercises and between planes, as one path."""
    planes = [one.plane for one in DIRECTIONS.values()]
    n_rows = len(exercises)
    across = [place - 0.5 for place in range(1, n_columns) if planes[place] != planes[place - 1]]
    is_new = exercises["family"].ne(exercises["family"].shift()).to_numpy()
    down = [place - 0.5 for place in range(1, n_rows) if is_new[place]]
    # Shuffled rows have no families to part.
    down = down if len(down) < exercises["family"].nunique() else []
    lines = [f"M{x},-0.5L{x},{n_rows - 0.5}" for x in (*across, n_columns - 0.5)]
    lines += [f"M-0.5,{y}L{n_columns + 0.5},{y}" for y in down]
    return [
        {
            "type": "path",
            "path": "".join(lines),
            "line": {"color": theme.axis, "width": 1.5},
        }
    ]


def _row_lines(n_rows: int, theme: Theme) -> dict[str, Any]:
    path = "".join(f"M0,{place - 0.5}L1,{place - 0.5}" for place in range(1, n_rows)) or "M0,0L0,0"
    return {
        "type": "path",
        "xref": "paper",
        "path": path,
        "line": {"color": theme.grid, "width": 1},
        "layer": "below",
    }


def _dots_of(
    own: pd.DataFrame, exercise: dict[Any, Any], place: int, theme: Theme, *, narrow: bool
) -> list[dict[str, Any]]:
    """Marks of one exercise, with the torque beside each."""
    colour = inks(theme)[place]
    has_share = own["share"].notna()
    at = own["share"].fillna(0.0)
    # Shapes are kept for shares: a torque without a reference is not at zero.
    marks = own[has_share]
    hover = [
        f"<b>{exercise['name']}</b><br>{DIRECTIONS[row['direction']].name}<br>"
        f"{amount(row['torque_nm'], row['share'])}<br>{row['title']}"
        for row in marks.to_dict("records")
    ]
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": marks["share"].tolist(),
        "y": marks["height"].tolist(),
        "text": [str(place + 1)] * len(marks),
        "textfont": {"size": 10, "color": theme.paper},
        "marker": {
            "symbol": MARKS[place][0],
            "size": 14 if narrow else 16,
            "color": colour,
            "line": {"width": 1, "color": theme.paper},
        },
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    words = [
        Text(
            x,
            y,
            f"{NBSP * 5}{_mark_of(place, is_marked)}{torque:.0f}{NBSP}N{NBSP}m",
            theme.ink,
            "middle right",
            11,
        )
        for x, y, torque, is_marked in zip(
            at, own["height"], own["torque_nm"], has_share, strict=True
        )
    ]
    return [dots, text_trace(words)]


def _mark_of(place: int, is_marked: bool) -> str:
    return "" if is_marked else f"{MARKS[place][1]} {place + 1}: "
