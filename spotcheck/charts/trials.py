"""Trials against the estimator, one row an arm."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from spotcheck.charts.theme import Theme, draw
from spotcheck.energy.metabolism import FloatArray
from spotcheck.wording import METRIC, Units, number

# One trial of 16 months promises so much by the simple rules that all others would be squeezed.
SHOWN_KG = (-17.5, 4.0)
_ROW_PX = {False: 40, True: 58}
_TICK_STEPS = (5, 10)


def trial_rows(
    arms: pd.DataFrame, theme: Theme, *, narrow: bool, units: Units = METRIC
) -> go.Figure:
    """What each trial arm saw, what we, the bare model and the 7,700 kcal rule say.

    Parameters
    ----------
    arms : DataFrame
        ``TrialCheck.arms``.
    theme : Theme
        Colours.
    narrow : bool
        Whether the names stand over the rows instead of left of them.
    units : Units, optional
        Units of the axis and the labels.
    """
    factor, unit = units.mass_factor, units.mass_unit
    left, right = (end * factor for end in SHOWN_KG)
    row = np.arange(len(arms))
    kg = {name: arms[f"{name}_kg"].to_numpy() * factor for name in _COLUMNS}
    name = (arms["trial"] + ", " + arms["arm"]).tolist()
    marks = {"type": "scatter", "mode": "markers", "y": row, "text": name}
    traces: list[dict[str, Any]] = [
        _bars(row, kg["band_low"], kg["band_high"], theme, left),
        {
            **marks,
            "x": kg["ours"],
            "marker": {
                "symbol": "line-ns-open",
                "size": 15,
                "color": theme.accent,
                "line": {"width": 3, "color": theme.accent},
            },
            "customdata": np.column_stack([kg["band_low"], kg["band_high"]]),
            "hovertemplate": f"%{{text}}: we say %{{x:.1f}} {unit}<br>9 in 10 group means from "
            f"%{{customdata[0]:.1f}} to %{{customdata[1]:.1f}} {unit}<extra></extra>",
        },
        {
            **marks,
            "x": np.maximum(kg["bare"], left),
            "customdata": kg["bare"],
            "marker": {
                "symbol": "circle-open",
                "size": 9,
                "color": theme.muted,
                "line": {"width": 1.5, "color": theme.muted},
            },
            "hovertemplate": f"%{{text}}: %{{customdata:.1f}} {unit} if nothing is made up"
            "<extra></extra>",
        },
        {
            **marks,
            "x": np.maximum(kg["rule_7700"], left),
            "customdata": kg["rule_7700"],
            "marker": {
                "symbol": [
                    "x-thin" if value >= left else "arrow-left" for value in kg["rule_7700"]
                ],
                "size": 8,
                "color": theme.muted,
                "line": {"width": 1.5, "color": theme.muted},
            },
            "hovertemplate": f"%{{text}}: the 7,700 kcal rule says %{{customdata:.1f}} {unit}"
            "<extra></extra>",
        },
        {
            **marks,
            "x": kg["observed"],
            "error_x": {
                "type": "data",
                "symmetric": False,
                "array": np.nan_to_num(kg["observed_high"] - kg["observed"]),
                "arrayminus": np.nan_to_num(kg["observed"] - kg["observed_low"]),
                "color": theme.ink,
                "thickness": 1.5,
                "width": 0,
            },
            "marker": {"symbol": "circle", "size": 9, "color": theme.ink},
            "customdata": _intervals(kg["observed_low"], kg["observed_high"], unit),
            "hovertemplate": f"%{{text}}: seen %{{x:.1f}} {unit}%{{customdata}}<extra></extra>",
        },
    ]
    step = next(size for size in _TICK_STEPS if (right - left) / size <= 6)
    return draw(
        traces,
        theme,
        height=_ROW_PX[narrow] * len(arms) + (96 if narrow else 92),
        unit=f"Mean change of weight, {unit}",
        xaxis={
            "range": [left, right],
            "tickvals": _ticks(left, right, step),
            "ticktext": [number(tick) for tick in _ticks(left, right, step)],
            "automargin": False,
        },
        yaxis={
            "range": [len(arms) - 0.4, -0.95],
            "showgrid": False,
            "tickvals": [] if narrow else row,
            "ticktext": [] if narrow else name,
            "tickfont": {"size": 13, "color": theme.ink},
            "ticklabelstandoff": 10,
            "automargin": False,
        },
        shapes=[_no_change(theme)],
        annotations=[
            *_key(kg, theme),
            *(_names(name, theme) if narrow else []),
            *_off_the_picture(kg["rule_7700"], left, units, theme),
            *_misses(arms["is_held"].to_numpy(), theme, narrow=narrow),
        ],
        margin={"l": 8 if narrow else 302, "r": 8 if narrow else 64},
    )


_COLUMNS = (
    *("observed", "observed_low", "observed_high"),
    *("ours", "band_low", "band_high", "bare", "rule_7700"),
)


def _bars(
    row: NDArray[np.int_], low: FloatArray, high: FloatArray, theme: Theme, left: float
) -> dict[str, Any]:
    """Our bands, as one line with gaps."""
    gap = np.full(len(row), np.nan)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.column_stack([np.maximum(low, left), high, gap]).ravel(),
        "y": np.column_stack([row, row, gap]).ravel(),
        "line": {"color": theme.band, "width": 14},
        "hoverinfo": "skip",
    }


def _intervals(low: FloatArray, high: FloatArray, unit: str) -> list[str]:
    return [
        "" if math.isnan(a) else f", 95 % interval {number(a, 1)} to {number(b, 1)} {unit}"
        for a, b in zip(low, high, strict=True)
    ]


def _ticks(left: float, right: float, step: int) -> list[int]:
    return [step * k for k in range(math.ceil(left / step), math.floor(right / step) + 1)]


def _no_change(theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.grid, "width": 1},
        "layer": "below",
    }


def _text(x: float, y: float, text: str, colour: str, **more: Any) -> dict[str, Any]:
    label = {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "font": {"size": 12, "color": colour},
    }
    return label | more


def _key(kg: dict[str, FloatArray], theme: Theme) -> list[dict[str, Any]]:
    """Names of the marks over those of the first row, no two of them at one place."""
    named = sorted(
        [
            (kg["rule_7700"][0], "7,700 rule", theme.muted),
            (kg["bare"][0], "bare model", theme.muted),
            (kg["ours"][0], "<b>ours</b>", theme.accent),
            (kg["observed"][0], "<b>seen</b>", theme.ink),
        ]
    )
    return [
        _text(x, 0, text, colour, yshift=17 if order % 2 else -17)
        for order, (x, text, colour) in enumerate(named)
    ]


def _names(name: list[str], theme: Theme) -> list[dict[str, Any]]:
    """Names of the arms over their rows."""
    return [
        _text(
            0,
            row,
            text,
            theme.ink,
            xref="paper",
            xanchor="left",
            align="left",
            yshift=38 if row == 0 else 21,
        )
        for row, text in enumerate(name)
    ]


def _off_the_picture(
    rule: FloatArray, left: float, units: Units, theme: Theme
) -> list[dict[str, Any]]:
    """What the rule says where its mark lies beyond the left edge."""
    return [
        _text(
            left,
            row,
            f"{number(value, 1)} {units.mass_unit}",
            theme.muted,
            xanchor="left",
            xshift=8,
            yshift=-14,
        )
        for row, value in enumerate(rule)
        if value < left
    ]


def _misses(is_held: NDArray[np.bool_], theme: Theme, *, narrow: bool) -> list[dict[str, Any]]:
    return [
        _text(
            1,
            row,
            "<b>missed</b>",
            theme.less_loss,
            xref="paper",
            xanchor="right" if narrow else "left",
            xshift=0 if narrow else 6,
            yshift=21 if narrow else 0,
        )
        for row in np.flatnonzero(~is_held).tolist()
    ]
