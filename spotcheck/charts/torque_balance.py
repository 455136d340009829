"""Pictures of the live leg model: how much of each muscle, and what balances a torque."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Text, Theme, draw, text_trace
from spotcheck.muscles.estimates import BAND_ENDS, BANDS
from spotcheck.wording import number

BAND_WORDS: Final = {
    "none": "Not needed",
    "low": "Low",
    "moderate": "Moderate",
    "high": "High",
}
"""Words of the bands; what balance does not need may still work."""

MOST_MUSCLES: Final = 7
"""Muscles with a bar of their own; the rest share one."""

_EDGES = (0.0, *BAND_ENDS, 120.0)
_ROW_PX, _GAP_PX = 22, 10
_BAR_PX = 26


def band_dots(
    bands: pd.DataFrame, muscles: pd.DataFrame, theme: Theme, *, narrow: bool
) -> go.Figure:
    """Each muscle in its band, before and after the sliders moved.

    Parameters
    ----------
    bands : pandas.DataFrame
        From :func:`spotcheck.muscles.demand.muscle_bands`.
    muscles : pandas.DataFrame
        Rows of the table ``muscles`` to show, group by group.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    rows = muscles.merge(bands, on="muscle_id", suffixes=("", "_band"))
    is_new = rows["muscle_group"].ne(rows["muscle_group"].shift())
    heights = np.arange(len(rows)) + _GAP_PX / _ROW_PX * (is_new.cumsum().to_numpy() - 1)
    before, now = place_in_bands(rows["before"]), place_in_bands(rows["now"])
    names = rows["short_name" if narrow else "name"]
    left = 14 + round(min(names.str.len().max(), 30) * (6.0 if narrow else 6.5))
    last = float(heights[-1]) if len(heights) else 0.0
    moved = {
        "type": "scatter",
        "mode": "lines",
        "x": [one for pair in zip(before, now, strict=True) for one in (*pair, None)],
        "y": [one for height in heights for one in (height, height, None)],
        "line": {"color": theme.hairline, "width": 1.5},
        "hoverinfo": "skip",
    }
    was = {
        "type": "scatter",
        "mode": "markers",
        "x": before.tolist(),
        "y": heights.tolist(),
        "marker": {
            "symbol": "circle",
            "size": 13,
            "color": theme.paper,
            "line": {"width": 1.5, "color": theme.hairline},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return draw(
        [moved, was, _now(rows, now, heights, theme)],
        theme,
        height=38 + 26 + round((last + 1) * _ROW_PX) + 12,
        unit=("" if narrow else "Needed for balance: ") + "● now  ○ nominal  ◇ only possible",
        xaxis={
            "range": [-0.1, len(BANDS) + 0.1],
            "tickvals": [place + 0.5 for place in range(len(BANDS))],
            "ticktext": [BAND_WORDS[name] for name in BANDS],
            "side": "top",
            "showline": False,
            "ticks": "",
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
        },
        yaxis={
            "range": [last + 0.5, -0.5],
            "tickvals": heights.tolist(),
            "ticktext": names.tolist(),
            "showgrid": False,
            "ticklabelstandoff": 6,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "automargin": False,
        },
        shapes=[_band_edges(theme)],
        margin={"l": left, "r": 8, "t": 64, "b": 12},
        hoverdistance=10,
    )


def balance_bars(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """What asks for a torque, bar after bar, and what holds it, up to the same line.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`spotcheck.muscles.demand.balance`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    bars = grouped(rows)
    is_asking = bars["kind"].eq("asks")
    size = bars["torque_nm"]
    ends = size.groupby(is_asking).cumsum()
    starts = ends - size
    total = float(size[is_asking].sum())
    places = np.arange(len(bars)) + 0.7 * (~is_asking)
    low, high = min(0.0, ends.min(), starts.min()), max(1.0, ends.max(), starts.max())
    room = (0.30 if narrow else 0.16) * (high - low)
    names = [name.removesuffix(" part").removesuffix(" head") for name in bars["name"]]
    left = 14 + round(max(map(len, names)) * (6.0 if narrow else 6.6))
    bottom = float(places.max())
    trace = {
        "type": "bar",
        "orientation": "h",
        "base": starts.tolist(),
        "x": size.tolist(),
        "y": places.tolist(),
        "width": 0.62,
        "marker": {"color": _colours(bars, theme), "line": {"width": 0}},
        "hovertext": [
            f"<b>{name}</b><br>{number(torque, 1)} N m"
            for name, torque in zip(bars["name"], size, strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    values = text_trace(
        [
            Text(max(start, end), place, f" {number(torque)}", theme.ink, "middle right", 12)
            for start, end, place, torque in zip(starts, ends, places, size, strict=True)
        ]
    )
    return draw(
        [trace, values],
        theme,
        height=38 + 22 + round((bottom + 1) * _BAR_PX) + 32,
        unit="Torque, N m",
        xaxis={
            "range": [low - 0.02 * (high - low), high + room],
            "nticks": 5 if narrow else 7,
            "showgrid": True,
            "gridcolor": theme.grid,
        },
        yaxis={
            "range": [bottom + 0.6, -1.1],
            "tickvals": places.tolist(),
            "ticktext": names,
            "showgrid": False,
            "ticklabelstandoff": 6,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "automargin": False,
        },
        shapes=[_line_at(total, bottom, theme), _line_at(0.0, bottom, theme)],
        annotations=[
            _heading("<b>Asks for it</b>", -0.5, left, theme),
            _heading("<b>Holds it</b>", float(places[is_asking].max()) + 1.15, left, theme),
        ],
        margin={"l": left, "r": 16 if narrow else 8, "t": 38, "b": 32},
    )


def place_in_bands(percent: pd.Series) -> np.ndarray:
    """Place of activations on an axis on which every band is as wide.

    Parameters
    ----------
    percent : pandas.Series
        Activations [%]; beyond 120 they stand at the end.

    Examples
    --------
    >>> place_in_bands(pd.Series([0.0, 10, 25, 80, 150])).tolist()
    [0.0, 1.0, 1.5, 3.0, 4.0]
    """
    places: np.ndarray = np.interp(percent, _EDGES, range(len(_EDGES)))
    return places


def grouped(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a balance with the smaller muscles taken together.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`spotcheck.muscles.demand.balance`.

    Returns
    -------
    pandas.DataFrame
        At most `MOST_MUSCLES` muscles, in the order of the rows; the torques add up to the same.
    """
    muscles = rows[rows["kind"].eq("muscle")]
    if len(muscles) <= MOST_MUSCLES:
        return rows.reset_index(drop=True)
    small = muscles.iloc[MOST_MUSCLES - 1 :]
    rest = {
        "kind": "muscle",
        "code": "others",
        "name": f"{len(small)} other muscles",
        "muscle_id": None,
        "torque_nm": small["torque_nm"].sum(),
    }
    kept = rows.drop(small.index)
    last = kept["kind"].eq("reserve")
    parts = [kept[~last], pd.DataFrame([rest]), kept[last]]
    return pd.concat(parts, ignore_index=True)


def _now(
    rows: pd.DataFrame, places: np.ndarray, heights: np.ndarray, theme: Theme
) -> dict[str, Any]:
    """Marks of the present setting, open where comparison did not find the muscle fit."""
    fit = rows["is_fit"].tolist()
    hover = [
        f"<b>{row['name']}</b><br>{BAND_WORDS[row['band_now']]}"
        + ("" if row["is_fit"] else " (only possible)")
        + (
            "<br>As at the nominal load"
            if row["band_now"] == row["band_before"]
            else f"<br>At the nominal load: {BAND_WORDS[row['band_before']].lower()}"
        )
        for row in rows.to_dict("records")
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places.tolist(),
        "y": heights.tolist(),
        "marker": {
            "symbol": ["circle" if one else "diamond" for one in fit],
            "size": 12,
            "color": [theme.accent if one else theme.paper for one in fit],
            "line": {"width": 1.5, "color": [theme.paper if one else theme.accent for one in fit]},
        },
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _band_edges(theme: Theme) -> dict[str, Any]:
    path = "".join(f"M{place},0L{place},1" for place in range(len(BANDS) + 1))
    return {
        "type": "path",
        "yref": "paper",
        "path": path,
        "line": {"color": theme.grid, "width": 1},
        "layer": "below",
    }


def _colours(bars: pd.DataFrame, theme: Theme) -> list[str]:
    own = {"asks": theme.neutral_bar, "tissue": theme.hairline, "reserve": theme.less_loss}
    return [own.get(kind, theme.accent) for kind in bars["kind"]]


def _line_at(x: float, bottom: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": -0.5,
        "y1": bottom + 0.5,
        "line": {"color": theme.axis, "width": 1, "dash": "dot" if x else "solid"},
        "layer": "below",
    }


def _heading(text: str, y: float, left: int, theme: Theme) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "xshift": -left,
        "y": y,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12, "color": theme.ink},
    }
