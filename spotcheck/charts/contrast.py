"""The 7,700 kcal rule and the dynamic model in one picture."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from spotcheck.charts.energy import lines_over_time
from spotcheck.charts.theme import Theme
from spotcheck.energy.contrast import Contrast
from spotcheck.energy.metabolism import FloatArray
from spotcheck.wording import METRIC, NBSP, Units, number, span

DAYS_PER_YEAR = 365
# How far below the model's lowest point the rule is followed, in spans of the model.
_RULE_SPANS = 1.75
_MOST_TICKS = 7
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_POINTS = 120
# Least width of the plot, on a wide screen and on a phone, and that of a letter of a label.
_PLOT_PX = {False: 600, True: 290}
_PX_PER_LETTER = 7


def days_to_rest(weight_kg: FloatArray, plateau_weight_kg: float) -> int:
    """Whole years until all but a twentieth of the change is done, as days, within those given.

    Parameters
    ----------
    weight_kg : numpy.ndarray, shape (days + 1,)
        Simulated body weight, day 0 first [kg].
    plateau_weight_kg : float
        Weight that it comes to rest at [kg].

    Examples
    --------
    >>> weight = 70 - 5 * (1 - np.exp(-np.arange(3651) / 300))
    >>> days_to_rest(weight, 65.0)
    1095
    """
    left = np.abs(weight_kg - plateau_weight_kg)
    moving = np.flatnonzero(left > 0.05 * np.abs(weight_kg - weight_kg[0]).max())
    last = int(moving[-1]) + 1 if moving.size else 1
    return min(DAYS_PER_YEAR * math.ceil(last / DAYS_PER_YEAR), len(weight_kg) - 1)


def contrast_curve(
    weight_kg: FloatArray,
    static_weight_kg: FloatArray,
    found: Contrast,
    theme: Theme,
    *,
    narrow: bool,
    days: int | None = None,
    units: Units = METRIC,
) -> go.Figure:
    """Weight by the model and by the rule, with the day they part, the half way and the rest.

    Parameters
    ----------
    weight_kg, static_weight_kg : numpy.ndarray, shape (days + 1,)
        Body weight by the model and by the static rule, day 0 first [kg].
    found : Contrast
        What is marked.
    theme : Theme
        Colours.
    narrow : bool
        Whether the picture is as narrow as a phone.
    days : int, optional
        Last day shown; :func:`days_to_rest` when not given.
    units : Units, optional
        Units of the axis and the labels.
    """
    rests = days_to_rest(weight_kg, found.plateau_weight_kg)
    days = days or rests
    model = weight_kg[: days + 1] * units.mass_factor
    rule = static_weight_kg[: days + 1] * units.mass_factor
    plateau = found.plateau_weight_kg * units.mass_factor
    low, high = _limits(model, rule, units.mass_factor)
    marks = {
        day: text
        for day, text in (
            (found.day_rule_is_off, f"<b>{one_kilogram(units)} apart after "),
            (found.half_day, "half way after "),
        )
        if day is not None and day <= days
    }
    day = _shown_days(days, *map(round, marks), found.furthest_day)
    unit = units.mass_unit
    traces: list[dict[str, Any]] = [
        {
            "x": day,
            "y": rule[day],
            "line": {"color": theme.muted, "width": 1.5, "dash": "5px,4px"},
            "hovertemplate": f"Day %{{x}}: the 7,700 kcal rule says %{{y:.1f}} {unit}"
            "<extra></extra>",
        },
        {
            "x": day,
            "y": model[day],
            "line": {"color": theme.accent, "width": 2.5},
            "hovertemplate": f"Day %{{x}}: the model says %{{y:.1f}} {unit}<extra></extra>",
        },
    ]
    falls = bool(rule[-1] <= rule[0])
    labels = [_rule_label(rule, (low, high), falls=falls, colour=theme.muted)]
    if days == rests and found.day_rule_is_off is not None:
        traces.insert(0, _level([0, days], plateau, theme))
        labels.append(
            label(
                days,
                plateau,
                f"comes to rest at {units.mass(found.plateau_weight_kg)}",
                theme.accent,
                right=True,
                above=bool(model[-1] <= plateau),
            )
        )
    if found.day_rule_is_off in marks:
        traces.append(_gap(found.day_rule_is_off, model, rule, theme))
    if found.half_day in marks:
        traces.append(_dot(found.half_day, model, theme))
    for at, words in marks.items():
        text = f"{words}{span(at)}" + ("</b>" if "<b>" in words else "")
        # Beside the model's line, on its empty side; left of it where the page ends too soon.
        fits = (1 - at / days) * _PLOT_PX[narrow] > _PX_PER_LETTER * len(text)
        labels.append(
            label(
                at,
                _at(at, model if fits else rule),
                text,
                theme.ink if "<b>" in words else theme.accent,
                right=not fits,
                above=falls == fits,
            )
        )
    return lines_over_time(
        traces,
        theme,
        days,
        f"Body weight, {unit}",
        yaxis={"range": [low, high], "dtick": tick_step(low, high), "tickformat": ".0f"},
        annotations=labels,
        margin={"l": 34, "r": 26},
        narrow=narrow,
    )


def one_kilogram(units: Units) -> str:
    r"""A kilogram in the reader's units, without a decimal that says nothing.

    Examples
    --------
    >>> one_kilogram(METRIC)
    '1\xa0kg'
    """
    return number(1) + NBSP + units.mass_unit if units == METRIC else units.mass(1)


def tick_step(low: float, high: float) -> int:
    """Distance of the ticks of a weight axis, in whole units of mass.

    Examples
    --------
    >>> tick_step(60, 69), tick_step(130, 171)
    (2, 10)
    """
    return next(size for size in _STEPS if (high - low) / size <= _MOST_TICKS)


def _limits(model: FloatArray, rule: FloatArray, mass_factor: float) -> tuple[float, float]:
    """Axis that holds the whole model, and of the rule what does not flatten it."""
    start = float(model[0])
    widest = max(float(np.abs(model - start).max()), mass_factor)
    reach = _RULE_SPANS * widest
    low = min(float(model.min()), max(float(rule.min()), start - reach))
    high = max(float(model.max()), min(float(rule.max()), start + reach))
    room = 0.14 * max(high - low, 2 * mass_factor)
    return low - room, high + room


def _shown_days(days: int, *marked: int) -> np.ndarray:
    """Days enough for a smooth line, dense at the start; the marked ones always among them."""
    even = np.linspace(0, 1, _POINTS) ** 1.5 * days
    return np.unique([*even.round().astype(int), *(day for day in marked if day <= days)])


def _at(day: float, series: FloatArray) -> float:
    return float(np.interp(day, np.arange(len(series)), series))


def _level(days: list[float], height: float, theme: Theme) -> dict[str, Any]:
    return {
        "x": days,
        "y": [height, height],
        "line": {"color": theme.axis, "width": 1.5, "dash": "2px,3px"},
        "hoverinfo": "skip",
    }


def _gap(day: float, model: FloatArray, rule: FloatArray, theme: Theme) -> dict[str, Any]:
    """Upright line between model and rule."""
    return {
        "mode": "lines+markers",
        "x": [day, day],
        "y": [_at(day, model), _at(day, rule)],
        "line": {"color": theme.ink, "width": 2},
        "marker": {"color": theme.ink, "size": 12, "symbol": "line-ew-open"},
        "hoverinfo": "skip",
    }


def _dot(day: float, model: FloatArray, theme: Theme) -> dict[str, Any]:
    return {
        "mode": "markers",
        "x": [day],
        "y": [_at(day, model)],
        "marker": {"color": theme.accent, "size": 9, "line": {"color": theme.paper, "width": 1.5}},
        "hoverinfo": "skip",
    }


def _rule_label(
    rule: FloatArray, limits: tuple[float, float], *, falls: bool, colour: str
) -> dict[str, Any]:
    """Name of the rule's line where it leaves the picture, or at its end."""
    last = int(np.flatnonzero((rule >= limits[0]) & (rule <= limits[1]))[-1])
    leaves = last < 0.6 * (len(rule) - 1)
    return label(
        last,
        float(rule[last]),
        "the 7,700 kcal rule",
        colour,
        right=not leaves,
        above=falls == leaves,
    )


def label(
    day: float, value: float, text: str, colour: str, *, right: bool = True, above: bool
) -> dict[str, Any]:
    """Label at a point, ending there (``right``) or starting there."""
    return {
        "x": day,
        "y": value,
        "text": text,
        "showarrow": False,
        "xanchor": "right" if right else "left",
        "yanchor": "bottom" if above else "top",
        "xshift": -3 if right else 4,
        "yshift": 3 if above else -3,
        "font": {"size": 13, "color": colour},
    }
