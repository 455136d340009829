"""Pictures of the calorie-deficit page."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Theme, draw, room_for
from spotcheck.energy.training import Plan, WeekEnergy
from spotcheck.energy.uncertainty import Fan
from spotcheck.wording import METRIC, NBSP, Units, kcal, number

STEP_LABELS = {
    "gross": "On the watch",
    "resting": "At rest anyway",
    "epoc": "Afterburn",
    "compensation": "Made up elsewhere",
    "counts": "What counts",
}
_AXIS_STEP_KG = 5
_POINTS = 60


def weight_curve(
    projection: pd.DataFrame,
    fan: Fan,
    theme: Theme,
    *,
    narrow: bool,
    units: Units = METRIC,
    before: pd.DataFrame | None = None,
    greyed: bool = False,
) -> go.Figure:
    """Body weight of simulated people over time, against the 7,700 kcal rule.

    Parameters
    ----------
    projection : DataFrame
        ``Projection.frame()``, cut where the picture has to stop.
    fan : Fan
        Spread of simulated people; cut with the projection.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels must stand inside the picture.
    units : Units, optional
        Units that the reader sees.
    before : DataFrame, optional
        ``day`` and ``weight_kg`` before the last change of a control.
    greyed : bool, optional
        Whether the picture is outside what the model has been tested for.
    """
    last = int(projection["day"].iloc[-1])
    inside = fan.day <= last
    day = fan.day[inside]
    lowest, low, _, high, highest = fan.weight_kg[:, inside] * units.mass_factor
    at_day = projection.set_index("day").loc[day]
    weight = at_day["weight_kg"].to_numpy() * units.mass_factor
    rule = at_day["weight_by_7700_rule_kg"].to_numpy() * units.mass_factor
    unit = units.mass_unit
    line, outer, inner = (
        (theme.muted, theme.neutral_band, theme.neutral_band)
        if greyed
        else (theme.accent, theme.band, theme.half_band)
    )
    traces: list[dict[str, Any]] = [
        *(
            {
                "x": np.concatenate([day, day[::-1]]),
                "y": np.concatenate([upper, lower[::-1]]),
                "fill": "toself",
                "fillcolor": colour,
                "line": {"width": 0},
                "hoverinfo": "skip",
            }
            for lower, upper, colour in ((lowest, highest, outer), (low, high, inner))
        ),
        {
            "x": day,
            "y": rule,
            "line": {"color": theme.muted, "width": 1.5, "dash": "5px,4px"},
            "hovertemplate": (
                f"Day %{{x}}: the 7,700 kcal rule says %{{y:.1f}} {unit}<extra></extra>"
            ),
        },
        {
            "x": day,
            "y": weight,
            "line": {"color": line, "width": 2.5},
            "customdata": np.column_stack([lowest, highest, low, high]),
            "hovertemplate": (
                f"Day %{{x}}: about %{{y:.1f}} {unit}<br>"
                "9 in 10 between %{customdata[0]:.1f} and %{customdata[1]:.1f}, "
                "half between %{customdata[2]:.1f} and %{customdata[3]:.1f}<extra></extra>"
            ),
        },
    ]
    if before is not None:
        earlier = before[before["day"].isin(day)]
        traces.insert(
            2,
            {
                "x": earlier["day"].to_numpy(),
                "y": earlier["weight_kg"].to_numpy() * units.mass_factor,
                "line": {"color": theme.axis, "width": 1.5},
                "hovertemplate": (
                    f"Before your last change, day %{{x}}: %{{y:.1f}} {unit}<extra></extra>"
                ),
            },
        )
    lines = [weight, lowest, highest, rule]
    step = _AXIS_STEP_KG * (1 if unit == "kg" else 2)
    axis = [
        step * math.floor((min(map(min, lines)) - 0.5) / step),
        step * math.ceil((max(map(max, lines)) + 0.5) / step),
    ]
    ends = [
        (weight[-1], f"<b>{number(weight[-1], 1)}{NBSP}{unit}</b>", line),
        (rule[-1], f"{number(rule[-1], 1)}{NBSP}{unit}, 7,700 rule", theme.muted),
    ]
    if not narrow:
        ends += [
            (highest[-1], f"{number(highest[-1], 1)}{NBSP}{unit}, upper end", theme.muted),
            (lowest[-1], f"{number(lowest[-1], 1)}{NBSP}{unit}, lower end", theme.muted),
        ]
    return over_time(traces, theme, axis, ends, last, f"Body weight, {unit}", narrow=narrow)


def weight_table(projection: pd.DataFrame, fan: Fan) -> pd.DataFrame:
    """Figures behind :func:`weight_curve`, at the days that are drawn [kg]."""
    middle = projection[["day", "weight_kg", "weight_by_7700_rule_kg"]]
    return fan.frame().merge(middle, on="day").round(3)


def session_receipt(receipt: pd.DataFrame, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Waterfall of one session, from what a watch shows to what counts.

    Parameters
    ----------
    receipt : DataFrame
        What :func:`spotcheck.energy.training.receipt` gives.
    theme : Theme
        Colours.
    narrow : bool, optional
        Whether it is drawn for a phone.
    """
    colours = {
        "gross": theme.neutral_bar,
        "resting": theme.less_loss,
        "epoc": theme.more_loss,
        "compensation": theme.less_loss,
        "counts": theme.accent,
    }
    names = receipt["step"].map(STEP_LABELS).tolist()
    bars = {
        "type": "bar",
        "y": names,
        "x": receipt["kcal"].to_numpy(),
        "base": receipt["start_kcal"].to_numpy(),
        "orientation": "h",
        "width": 0.62,
        "marker": {
            "color": receipt["step"].map(colours).tolist(),
            "pattern": {
                "shape": ["/" if kcal < 0 else "" for kcal in receipt["kcal"]],
                "size": 5,
                "solidity": 0.3,
                "fgcolor": theme.paper,
                "fgopacity": 0.45,
                "fillmode": "overlay",
            },
        },
        "hovertemplate": "%{y}: %{x:.0f} kcal<extra></extra>",
    }
    labels = []
    for row in receipt.itertuples():
        text = ("+" if row.step == "epoc" and row.kcal > 0 else "") + kcal(row.kcal)
        labels.append(
            {
                "x": max(row.start_kcal, row.start_kcal + row.kcal),
                "y": STEP_LABELS[row.step],
                "text": f"<b>{text}</b>" if row.step == "counts" else text,
                "showarrow": False,
                "xanchor": "left",
                "xshift": 6,
                "font": {"size": 14},
            }
        )
    widest = float((receipt["start_kcal"] + receipt["kcal"].clip(lower=0)).max())
    return draw(
        [bars],
        theme,
        height=280,
        unit="Kilocalories in one session",
        xaxis=_bars_axis(widest, narrow=narrow),
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickfont": {"size": 13, "color": theme.ink},
            "ticklabelstandoff": 8,
        },
        annotations=labels,
        margin={"l": room_for(names, 13), "b": 10},
    )


def week_table(plan: Plan, week: WeekEnergy, titles: Sequence[str]) -> pd.DataFrame:
    """Figures behind :func:`week_sessions`, one row a session of the plan.

    Parameters
    ----------
    plan : Plan
        The week.
    week : WeekEnergy
        Energy of its sessions.
    titles : sequence of str
        What each is called.
    """
    sessions, each = plan.sessions, week.sessions
    table = pd.DataFrame(
        {
            "session": list(titles),
            "times_per_week": [one.times_per_week for one in sessions],
            "minutes": [one.minutes for one in sessions],
            # A strength exercise has neither speed nor grade.
            "speed_km_h": [math.nan if one.is_strength else one.speed_km_h for one in sessions],
            "grade": [math.nan if one.is_strength else one.grade for one in sessions],
            "net_kcal": [float(one.net_kcal) for one in each],
            "epoc_kcal": [float(one.epoc_kcal) for one in each],
        }
    )
    extra = table["times_per_week"] * (table["net_kcal"] + table["epoc_kcal"])
    return table.assign(extra_kcal_per_week=extra)


def week_sessions(
    table: pd.DataFrame, theme: Theme, *, chosen: int = 0, narrow: bool = False
) -> go.Figure:
    """Energy that each session of a week adds to resting.

    Parameters
    ----------
    table : DataFrame
        From :func:`week_table`.
    theme : Theme
        Colours.
    chosen : int, optional
        Place of the session in the accent colour.
    narrow : bool, optional
        Whether it is drawn for a phone.
    """
    extra = table["extra_kcal_per_week"].to_numpy()
    titles = ["<br>".join(textwrap.wrap(one, 18 if narrow else 40)) for one in table["session"]]
    places = list(range(len(table)))
    bars = {
        "type": "bar",
        "y": places,
        "x": extra,
        "orientation": "h",
        "width": 0.62,
        "marker": {
            "color": [theme.accent if place == chosen else theme.neutral_bar for place in places]
        },
        "customdata": titles,
        "hovertemplate": "%{customdata}<br>%{x:.0f} kcal a week<extra></extra>",
    }
    labels = [
        {
            "x": one,
            "y": place,
            "text": f"<b>{kcal(one)}</b>" if place == chosen else kcal(one),
            "showarrow": False,
            "xanchor": "left",
            "xshift": 6,
            "font": {"size": 14},
        }
        for place, one in zip(places, extra, strict=True)
    ]
    return draw(
        [bars],
        theme,
        height=48 + (46 if narrow else 38) * len(table),
        unit="Kilocalories a week, net and afterburn",
        xaxis=_bars_axis(float(extra.max()), narrow=narrow),
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickvals": places,
            "ticktext": titles,
            "tickfont": {"size": 13, "color": theme.ink},
            "ticklabelstandoff": 8,
        },
        annotations=labels,
        margin={"l": room_for("<br>".join(titles).split("<br>"), 13), "b": 10},
    )


def _bars_axis(widest: float, *, narrow: bool) -> dict[str, Any]:
    """Axis of bars with room for the figure after the longest; labels leave a phone little."""
    return {"visible": False, "range": [0, max(widest, 1) * (1.7 if narrow else 1.3)]}


def tissue_changes(
    projection: pd.DataFrame, theme: Theme, *, narrow: bool, units: Units = METRIC
) -> go.Figure:
    """Change of fat, lean tissue and water (with glycogen) since today.

    Parameters
    ----------
    projection : DataFrame
        ``Projection.frame()``, cut where the picture has to stop.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels must stand inside the picture.
    units : Units, optional
        Units that the reader sees.
    """
    shown = _thinned(projection)
    day = shown["day"].to_numpy()
    changes = tissue_table(shown) * units.mass_factor
    unit = units.mass_unit
    styles = {
        "fat_change_kg": ("fat", theme.accent, "solid", 2.5),
        "lean_change_kg": ("lean tissue", theme.ink, "2px,3px", 2),
        "water_change_kg": ("water and glycogen", theme.muted, "5px,4px", 1.5),
    }
    traces = [
        {
            "x": day,
            "y": changes[column].to_numpy(),
            "line": {"color": colour, "width": width, "dash": dash},
            "hovertemplate": f"Day %{{x}}: {label} %{{y:+.1f}} {unit}<extra></extra>",
        }
        for column, (label, colour, dash, width) in styles.items()
    ]
    ends = [
        (
            changes[column].iloc[-1],
            f"{label} {number(changes[column].iloc[-1], 1)}{NBSP}{unit}",
            colour,
        )
        for column, (label, colour, _, _) in styles.items()
    ]
    values = changes.drop(columns="day").to_numpy()
    axis = [math.floor(values.min() - 0.5), math.ceil(values.max() + 0.5)]
    return over_time(
        traces, theme, axis, ends, int(day[-1]), f"Change since today, {unit}", narrow=narrow
    )


def tissue_table(projection: pd.DataFrame) -> pd.DataFrame:
    """Change of fat, lean tissue, and water with glycogen since the first row [kg]."""
    water = 3.7 * projection["glycogen_kg"] + projection["extracellular_fluid_kg"]
    parts = {
        "fat_change_kg": projection["fat_kg"],
        "lean_change_kg": projection["lean_kg"],
        "water_change_kg": water,
    }
    changes = {name: part - part.iloc[0] for name, part in parts.items()}
    return pd.DataFrame({"day": projection["day"], **changes})


def _thinned(projection: pd.DataFrame) -> pd.DataFrame:
    """Rows enough for a smooth line; the first and the last always among them."""
    rows = np.unique(np.linspace(0, len(projection) - 1, _POINTS).round().astype(int))
    return projection.iloc[rows]


def time_ticks(days: int, *, narrow: bool) -> tuple[list[float], list[str]]:
    """Ticks of a time axis: weeks for a season, months for a year, years beyond."""
    year, month = ("yr", "mo") if narrow else ("year", "month")
    if days <= 120:
        unit, size, step = ("wk" if narrow else "week"), 7.0, 4 if days > 56 else 2
    elif days <= 730:
        unit, size, step = month, 365 / 12, 3 if days <= 400 else 6
    else:
        unit, size, step = year, 365.0, 1 if days <= 5 * 365 else 2
    counts = range(step, int(days / size + 1e-6) + 1, step)
    labels = []
    for count in counts:
        whole_years, rest = divmod(count, 12)
        named = (whole_years, year) if unit == month and rest == 0 else (count, unit)
        plural = "s" if named[0] > 1 and not narrow else ""
        labels.append(f"{named[0]} {named[1]}{plural}")
    return [0.0, *(count * size for count in counts)], ["today", *labels]


def over_time(
    traces: list[dict[str, Any]],
    theme: Theme,
    axis: list[int],
    ends: list[tuple[float, str, str]],
    days: int,
    unit: str,
    *,
    narrow: bool,
    label_px: int = 0,
) -> go.Figure:
    """Lines over the days to come, labelled at their ends instead of by a legend.

    On a phone the labels stand inside the picture unless ``label_px`` makes room beside it.
    """
    beside_px = label_px or (18 if narrow else 176)
    labels = _end_labels(ends, axis, days, height_px(narrow), inside=narrow and not label_px)
    return lines_over_time(
        traces,
        theme,
        days,
        unit,
        yaxis={"range": axis, "tickformat": ".1~f"},
        annotations=labels,
        margin={"l": 30, "r": beside_px},
        narrow=narrow,
    )


def lines_over_time(
    traces: list[dict[str, Any]],
    theme: Theme,
    days: int,
    unit: str,
    *,
    yaxis: dict[str, Any],
    annotations: list[dict[str, Any]],
    margin: dict[str, int],
    narrow: bool,
) -> go.Figure:
    """Lines from today on, with words for their times; labels are the caller's."""
    ticks, names = time_ticks(days, narrow=narrow)
    return draw(
        [{"type": "scatter", "mode": "lines", **trace} for trace in traces],
        theme,
        height=height_px(narrow),
        unit=unit,
        # Known label widths: working out margins costs the browser a second drawing.
        xaxis={"range": [0, days], "tickvals": ticks, "ticktext": names, "automargin": False},
        yaxis={**yaxis, "automargin": False},
        annotations=annotations,
        margin=margin,
    )


def height_px(narrow: bool) -> int:
    """Height of a picture over time [px]."""
    return 360 if narrow else 420


def _end_labels(
    ends: list[tuple[float, str, str]], axis: list[int], days: int, height: int, *, inside: bool
) -> list[dict[str, Any]]:
    """Labels at the right ends of the lines, pushed apart where they would overlap."""
    line = 17 * (axis[1] - axis[0]) / (height - 80)
    labels: list[dict[str, Any]] = []
    last = -math.inf
    for rank, (value, text, colour) in enumerate(sorted(ends)):
        last = max(value, last + line)
        labels.append(
            {
                "x": days,
                "y": last,
                "text": text,
                "showarrow": False,
                "xanchor": "right" if inside else "left",
                "xshift": -4 if inside else 6,
                "yshift": 0 if not inside else 12 if rank else -12,
                "font": {"size": 13, "color": colour},
            }
        )
    return labels
