"""Pictures of a goal: the way to a weight and what keeps it, and what running holds off."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from spotcheck.charts.contrast import label, tick_step
from spotcheck.charts.energy import lines_over_time
from spotcheck.charts.theme import Theme
from spotcheck.energy.goal import HeldOff
from spotcheck.energy.metabolism import FloatArray
from spotcheck.energy.uncertainty import QUANTILES, Fan
from spotcheck.wording import METRIC, Units

_POINTS = 90


def reach_curve(
    weight_kg: FloatArray,
    goal_day: int,
    fan: Fan,
    theme: Theme,
    *,
    narrow: bool,
    units: Units = METRIC,
) -> go.Figure:
    """Weight on the way to a goal, how far simulated people spread, and the time after it.

    Parameters
    ----------
    weight_kg : numpy.ndarray, shape (days + 1,)
        Body weight in the middle, through the goal and on [kg].
    goal_day : int
        Day of the goal.
    fan : Fan
        Simulated people with the same plan, up to the goal.
    theme : Theme
        Colours.
    narrow : bool
        Whether the picture is as narrow as a phone.
    units : Units, optional
        Units of the axis and the labels.
    """
    weight = weight_kg * units.mass_factor
    days = len(weight) - 1
    low, high = (
        fan.weight_kg[QUANTILES.index(share)] * units.mass_factor
        for share in (QUANTILES[0], QUANTILES[-1])
    )
    unit = units.mass_unit
    before, after = _shown_days(0, goal_day), _shown_days(goal_day, days)
    traces: list[dict[str, Any]] = [
        _band(fan.day, low, high, theme),
        {
            "x": before,
            "y": weight[before],
            "line": {"color": theme.accent, "width": 2.5},
            "hovertemplate": f"Day %{{x}}: about %{{y:.1f}} {unit}<extra></extra>",
        },
        {
            "x": after,
            "y": weight[after],
            "line": {"color": theme.accent, "width": 2.5, "dash": "2px,3px"},
            "hovertemplate": f"Day %{{x}}, kept: about %{{y:.1f}} {unit}<extra></extra>",
        },
        {
            "mode": "markers",
            "x": [goal_day],
            "y": [weight[goal_day]],
            "marker": {
                "color": theme.accent,
                "size": 11,
                "line": {"color": theme.paper, "width": 1.5},
            },
            "hoverinfo": "skip",
        },
    ]
    falls = weight[goal_day] <= weight[0]
    labels = [
        label(
            goal_day,
            weight[goal_day],
            f"<b>{units.mass(weight_kg[goal_day])}</b>",
            theme.accent,
            right=False,
            above=falls,
        )
    ]
    lines = np.concatenate([weight, low, high])
    return _over_days(traces, labels, theme, days, (lines.min(), lines.max()), units, narrow=narrow)


def held_off_curve(
    held: HeldOff, theme: Theme, *, narrow: bool, units: Units = METRIC
) -> go.Figure:
    """Weight with the training going on, and without it, over ten years.

    Parameters
    ----------
    held : HeldOff
        What :func:`spotcheck.energy.goal.held_off` gives.
    theme : Theme
        Colours.
    narrow : bool
        Whether the picture is as narrow as a phone.
    units : Units, optional
        Units of the axis and the labels.
    """
    middle, low, high = (
        path * units.mass_factor for path in (held.weight_kg, held.lightest_kg, held.heaviest_kg)
    )
    days = len(middle) - 1
    day = _shown_days(0, days)
    unit = units.mass_unit
    traces: list[dict[str, Any]] = [
        _band(day, low[day], high[day], theme, less=True),
        {
            "x": [0, days],
            "y": [middle[0], middle[0]],
            "line": {"color": theme.accent, "width": 2.5},
            "hovertemplate": f"With the running: %{{y:.1f}} {unit}<extra></extra>",
        },
        {
            "x": day,
            "y": middle[day],
            "customdata": np.column_stack([low[day], high[day]]),
            "line": {"color": theme.less_loss, "width": 2.5, "dash": "5px,4px"},
            "hovertemplate": (
                f"Day %{{x}} without it: about %{{y:.1f}} {unit},<br>"
                "%{customdata[0]:.1f} to %{customdata[1]:.1f} as compensation goes<extra></extra>"
            ),
        },
    ]
    start, end = held.weight_kg[0], held.weight_kg[-1]
    labels = [
        label(days, middle[0], f"<b>{units.mass(start)}</b> with it", theme.accent, above=False),
        label(days, middle[-1], f"{units.mass(end)} without it", theme.less_loss, above=True),
    ]
    lines = np.concatenate([middle, low, high])
    return _over_days(traces, labels, theme, days, (lines.min(), lines.max()), units, narrow=narrow)


def _over_days(
    traces: list[dict[str, Any]],
    labels: list[dict[str, Any]],
    theme: Theme,
    days: int,
    ends: tuple[float, float],
    units: Units,
    *,
    narrow: bool,
) -> go.Figure:
    room = 0.14 * max(ends[1] - ends[0], 2 * units.mass_factor)
    low, high = ends[0] - room, ends[1] + room
    return lines_over_time(
        traces,
        theme,
        days,
        f"Body weight, {units.mass_unit}",
        yaxis={"range": [low, high], "dtick": tick_step(low, high), "tickformat": ".0f"},
        annotations=labels,
        margin={"l": 34, "r": 28},
        narrow=narrow,
    )


def _shown_days(first: int, last: int) -> np.ndarray:
    """Days enough for a smooth line, dense at the start."""
    shares = np.linspace(0, 1, _POINTS) ** 1.5
    return np.unique((first + shares * (last - first)).round().astype(int))


def _band(
    day: FloatArray, low: FloatArray, high: FloatArray, theme: Theme, *, less: bool = False
) -> dict[str, Any]:
    return {
        "x": np.concatenate([day, day[::-1]]),
        "y": np.concatenate([high, low[::-1]]),
        "fill": "toself",
        "fillcolor": theme.neutral_bar if less else theme.band,
        "opacity": 0.35 if less else 1,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
