"""Picture of what muscles did after weeks of training."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Theme, draw

_LINE_PX, _DOT_PX, _GAP_PX = 19, 24, 14


def outcome_dots(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Outcomes of one scale, a row each: dot, interval, and who was studied.

    A row without a printed number says in words what its study found; it has no dot, for it is not
    a zero.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`spotcheck.muscles.growth.outcome_rows` with one ``outcome``.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    records = rows.to_dict("records")
    traces: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    down = 0
    for row in records:
        left, right, n_lines = _words(row, narrow=narrow)
        labels += [_text(0, -down, left, theme, "left"), _text(1, -down, right, theme, "right")]
        down += _LINE_PX * n_lines
        if pd.notna(row["value"]):
            traces += _mark(row, -down - _DOT_PX / 2, theme)
            down += _DOT_PX
        down += _GAP_PX
    traces = traces or [{"mode": "markers", "x": [None], "y": [None], "hoverinfo": "skip"}]
    return draw(
        [{"type": "scatter", **trace} for trace in traces],
        theme,
        height=38 + 40 + down,
        unit=f"{records[0]['scale']}, {records[0]['unit']}",
        xaxis={"range": _axis(rows), "nticks": 6 if narrow else 10, "automargin": False},
        # One unit up is one pixel, so that rows can be as high as what stands in them.
        yaxis={"range": [-down, 0], "visible": False, "automargin": False},
        shapes=[_zero(theme)],
        annotations=labels,
        margin={"l": 12, "r": 12, "b": 40},
    )


def _axis(rows: pd.DataFrame) -> tuple[float, float]:
    """Range that holds zero, every dot and every interval."""
    ends = pd.concat([rows["value"], rows["low"], rows["high"]]).dropna()
    if ends.empty:
        return -1.0, 1.0
    low, high = min(0.0, ends.min()), max(0.0, ends.max())
    room = 0.06 * (high - low)
    return math.floor(2 * (low - room)) / 2, math.ceil(2 * (high + room)) / 2


def _mark(row: dict[Any, Any], at: float, theme: Theme) -> list[dict[str, Any]]:
    interval = {
        "mode": "lines",
        "x": [row["low"], row["high"]],
        "y": [at, at],
        "line": {"color": theme.muted, "width": 2},
        "hoverinfo": "skip",
    }
    dot = {
        "mode": "markers",
        "x": [row["value"]],
        "y": [at],
        "marker": {"size": 12, "color": theme.accent},
        "hovertemplate": "<br>".join(
            [
                f"<b>{_plain(row['figure'])}</b>, {_plain(row['spread'])}",
                _plain(row["label"]),
                _plain(row["people"]),
                _plain(row["citation"]),
            ]
        )
        + "<extra></extra>",
    }
    return [interval, dot] if pd.notna(row["low"]) else [dot]


def _words(row: dict[Any, Any], *, narrow: bool) -> tuple[str, str, int]:
    """What stands at the left and at the right of a row, and how many lines that takes."""
    name, people = _plain(row["label"]), _plain(row["people"])
    figure, spread = _plain(row["figure"]), _plain(row["spread"])
    if pd.isna(row["value"]):
        said = f"{figure}, {spread}"
        return (
            (f"{name}<br>{people}<br>{said}", "", 3) if narrow else (f"{name} · {people}", said, 1)
        )
    if narrow:
        return f"{name}<br>{people}, {spread}", f"<b>{figure}</b>", 2
    return f"{name} · {people}", f"<b>{figure}</b>, {spread}", 1


def _zero(theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.axis, "width": 1},
        "layer": "below",
    }


def _text(x: float, y: float, text: str, theme: Theme, side: str) -> dict[str, Any]:
    return {
        "x": x,
        "xref": "paper",
        "y": y,
        "text": text,
        "showarrow": False,
        "borderpad": 0,
        "bgcolor": theme.paper,
        "align": side,
        "xanchor": side,
        "yanchor": "top",
        "font": {"size": 13, "color": theme.ink},
    }


def _plain(text: str) -> str:
    """Words of a table, safe against Plotly's own markup."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")
