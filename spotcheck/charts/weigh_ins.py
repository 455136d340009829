"""Pictures of a reader's own weigh-ins."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.energy import over_time
from spotcheck.charts.theme import Theme, draw
from spotcheck.energy.energy_gap import (
    ADHERENCE_FRACTION,
    COMPENSATION_FRACTION,
    EnergyGap,
    EqualPairs,
    Forecast,
)
from spotcheck.energy.weigh_ins import WeighIns
from spotcheck.wording import METRIC, NBSP, Units, date, number, percent

_AXIS_STEP_KG = 2


def weigh_in_curve(
    weigh_ins: WeighIns,
    gap: EnergyGap,
    ahead: Forecast,
    theme: Theme,
    *,
    narrow: bool,
    units: Units = METRIC,
    last_day: int | None = None,
) -> go.Figure:
    """Weigh-ins with the curve through them, and the forecast inside the plan's own band.

    Parameters
    ----------
    weigh_ins : WeighIns
        All of them; what lies before ``gap.first_date`` is not drawn.
    gap : EnergyGap
        What was fitted to them.
    ahead : Forecast
        From the last weigh-in on.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels must stand inside the picture.
    units : Units, optional
        Units that the reader sees.
    last_day : int, optional
        Day since the first weigh-in on which the picture has to stop.
    """
    unit, factor = units.mass_unit, units.mass_factor
    last = int(ahead.day[-1]) if last_day is None else min(int(ahead.day[-1]), last_day)
    day, (low, _, middle, _, high) = _until(last, ahead.day, ahead.weight_kg * factor)
    plan_day, (plan_low, _, plan_middle, _, plan_high) = _until(
        last, ahead.plan_day, ahead.plan_weight_kg * factor
    )
    fitted = gap.curve()
    fitted_weight = fitted["weight_kg"].to_numpy() * factor
    rows = point_table(weigh_ins, gap)
    points = rows["weight_kg"].to_numpy() * factor
    values = np.concatenate([low, high, plan_low, plan_high, points, fitted_weight])
    step = _AXIS_STEP_KG * (1 if unit == "kg" else 2)
    axis = [
        step * math.floor((values.min() - 0.3) / step),
        step * math.ceil((values.max() + 0.3) / step),
    ]
    between = f"9 in 10 between %{{customdata[1]:.1f}} and %{{customdata[2]:.1f}} {unit}"
    traces: list[dict[str, Any]] = [
        _band(plan_day, plan_low, plan_high, theme.neutral_band),
        {
            "x": plan_day,
            "y": plan_middle,
            "line": {"color": theme.muted, "width": 1.5, "dash": "5px,4px"},
            "customdata": _customdata(gap, plan_day, plan_low, plan_high),
            "hovertemplate": (
                f"%{{customdata[0]}}: the plan alone says about %{{y:.1f}} {unit}<br>"
                f"{between}<extra></extra>"
            ),
        },
        _band(day, low, high, theme.band),
        {
            "x": day,
            "y": middle,
            "line": {"color": theme.accent, "width": 2.5, "dash": "2px,3px"},
            "customdata": _customdata(gap, day, low, high),
            "hovertemplate": (
                f"%{{customdata[0]}}: about %{{y:.1f}} {unit}<br>{between}<extra></extra>"
            ),
        },
        {
            "x": rows["day"].to_numpy(),
            "y": points,
            "mode": "markers",
            "marker": {
                "size": 5,
                "color": theme.ink,
                "symbol": np.where(rows["used"], "circle", "circle-open").tolist(),
            },
            "customdata": _dates(gap, rows["day"]),
            "hovertemplate": f"%{{customdata}}: %{{y:.1f}} {unit} on the scale<extra></extra>",
        },
        {
            "x": fitted["day"].to_numpy(),
            "y": fitted_weight,
            "line": {"color": theme.accent, "width": 2.5},
            "customdata": _dates(gap, fitted["day"]),
            "hovertemplate": f"%{{customdata}}: %{{y:.1f}} {unit} on the curve<extra></extra>",
        },
    ]
    ends = [
        (middle[-1], f"<b>{number(middle[-1], 1)}{NBSP}{unit}</b>", theme.accent),
        (plan_middle[-1], f"{number(plan_middle[-1], 1)}{NBSP}{unit}, plan alone", theme.muted),
    ]
    if not narrow:
        ends += [
            (high[-1], f"{number(high[-1], 1)}{NBSP}{unit}, upper end", theme.accent),
            (low[-1], f"{number(low[-1], 1)}{NBSP}{unit}, lower end", theme.accent),
        ]
    figure = over_time(traces, theme, axis, ends, last, f"Body weight, {unit}", narrow=narrow)
    ticks = _date_ticks(gap.first_date, last, 3 if narrow else 6)
    figure.layout.xaxis.tickvals = [day for day, _ in ticks]
    figure.layout.xaxis.ticktext = [text for _, text in ticks]
    figure.layout.margin.b = 44
    return figure


def point_table(weigh_ins: WeighIns, gap: EnergyGap) -> pd.DataFrame:
    """Weigh-ins from the first day on, and whether the fit used them."""
    rows = weigh_ins.since(gap.first_date).frame()
    days = pd.to_datetime(rows["date"]) - pd.Timestamp(gap.first_date)
    rows.insert(1, "day", days.dt.days)
    rows["used"] = rows["day"].isin(gap.day)
    return rows


def weigh_in_table(weigh_ins: WeighIns, gap: EnergyGap, ahead: Forecast) -> pd.DataFrame:
    """Figures behind :func:`weigh_in_curve`, a row for each day that has any [kg]."""
    points = point_table(weigh_ins, gap)
    fitted = gap.curve().rename(columns={"weight_kg": "fitted_weight_kg"})
    points = points.merge(fitted, on="day")
    rows = points.merge(ahead.frame(), on="day", how="outer")
    rows["date"] = [str(gap.first_date + dt.timedelta(days=day)) for day in rows["day"].tolist()]
    return rows.round(3)


def equal_pairs(
    pairs: EqualPairs,
    theme: Theme,
    *,
    narrow: bool,
    assumed: tuple[float, float] | None = None,
) -> go.Figure:
    """Pairs of adherence and compensation that explain the weigh-ins equally well.

    Parameters
    ----------
    pairs : EqualPairs
        The pairs.
    theme : Theme
        Colours.
    narrow : bool
        Whether the page is laid out for a phone.
    assumed : (float, float), optional
        Adherence and compensation that the plan alone assumes.
    """
    rows = pairs.frame() * 100
    band = rows.dropna(subset="lowest_compensation_fraction")
    line = rows.dropna(subset="compensation_fraction")
    traces: list[dict[str, Any]] = [
        _band(
            band["adherence_fraction"].to_numpy(),
            band["lowest_compensation_fraction"].to_numpy(),
            band["highest_compensation_fraction"].to_numpy(),
            theme.band,
        ),
        {
            "x": line["adherence_fraction"].to_numpy(),
            "y": line["compensation_fraction"].to_numpy(),
            "line": {"color": theme.accent, "width": 2.5},
            "customdata": line[
                ["lowest_compensation_fraction", "highest_compensation_fraction"]
            ].to_numpy(),
            "hovertemplate": (
                f"%{{x:.0f}}{NBSP}% of the sessions done goes with %{{y:.0f}}{NBSP}% made up<br>"
                f"between %{{customdata[0]:.0f}} and %{{customdata[1]:.0f}}{NBSP}%<extra></extra>"
            ),
        },
    ]
    labels: list[dict[str, Any]] = []
    if assumed is not None:
        done, made_up = (100 * share for share in assumed)
        traces.append(
            {
                "x": [done],
                "y": [made_up],
                "mode": "markers",
                "marker": {"size": 10, "color": theme.ink, "symbol": "diamond-open"},
                "hovertemplate": (
                    f"Assumed without weigh-ins: %{{x:.0f}}{NBSP}% done, %{{y:.0f}}{NBSP}% made up"
                    "<extra></extra>"
                ),
            }
        )
        # Down to the left of the mark, away from a curve that rises to the right.
        labels.append(
            _label(done, made_up, "assumed before", theme.ink, "right", -10) | {"yshift": -10}
        )
    if len(line):
        end = line.iloc[-1]
        made_up = end["compensation_fraction"]
        text = f"<b>{percent(made_up / 100)} made up</b>"
        labels.append(
            _label(end["adherence_fraction"], made_up, text, theme.accent, "right", 0)
            | {"yshift": 14}
            if narrow
            else _label(end["adherence_fraction"], made_up, text, theme.accent, "left", 12)
        )
    return draw(
        [{"type": "scatter", "mode": "lines", **trace} for trace in traces],
        theme,
        height=320,
        unit="Made up elsewhere; across: sessions done",
        xaxis={
            "range": [100 * ADHERENCE_FRACTION[0] - 1, 100 * ADHERENCE_FRACTION[1] + 2],
            "ticksuffix": f"{NBSP}%",
            "dtick": 10 if not narrow else 20,
            "automargin": False,
        },
        yaxis={
            "range": [100 * COMPENSATION_FRACTION[0] - 5, 100 * COMPENSATION_FRACTION[1] + 5],
            "tickvals": [-50, 0, 50, 100],
            "ticktext": [percent(tick / 100) for tick in (-50, 0, 50, 100)],
            "automargin": False,
        },
        annotations=labels,
        margin={"l": 48, "r": 14 if narrow else 108},
    )


def _until(last: int, days: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Days and values up to ``last``, where every line ends."""
    day = np.append(days[days < last], last)
    return day, np.array([np.interp(day, days, row) for row in rows])


def _band(x: np.ndarray, lower: np.ndarray, upper: np.ndarray, colour: str) -> dict[str, Any]:
    return {
        "x": np.concatenate([x, x[::-1]]),
        "y": np.concatenate([upper, lower[::-1]]),
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _label(x: float, y: float, text: str, colour: str, anchor: str, shift: int) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": anchor,
        "xshift": shift,
        "font": {"size": 13, "color": colour},
    }


def _dates(gap: EnergyGap, days: Any) -> list[str]:
    return [date(gap.first_date + dt.timedelta(days=int(day))) for day in days]


def _customdata(
    gap: EnergyGap, days: np.ndarray, low: np.ndarray, high: np.ndarray
) -> list[list[Any]]:
    dates = _dates(gap, days)
    return [list(row) for row in zip(dates, low.tolist(), high.tolist(), strict=True)]


def _date_ticks(first: dt.date, days: int, most: int) -> list[tuple[int, str]]:
    """First days of months, at most ``most`` of them, as days since ``first``; the year once."""
    months = [
        dt.date(first.year + (first.month + step - 1) // 12, (first.month + step - 1) % 12 + 1, 1)
        for step in range(1, days // 28 + 2)
    ]
    inside = [month for month in months if (month - first).days <= days]
    every = math.ceil(len(inside) / most)
    ticks = []
    year = 0
    for month in inside[::every] if every else []:
        named = f"1{NBSP}{month:%b}" + (f"<br>{month.year}" if month.year != year else "")
        ticks.append(((month - first).days, named))
        year = month.year
    return ticks
