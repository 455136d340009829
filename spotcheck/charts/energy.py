"""Pictures of the calorie-deficit page."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Theme, draw
from spotcheck.wording import kcal, kg

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
    theme: Theme,
    *,
    narrow: bool,
    before: pd.DataFrame | None = None,
) -> go.Figure:
    """Body weight over time, between nothing and most of it made up, against the 7,700 kcal rule.

    Parameters
    ----------
    projection : DataFrame
        ``Projection.frame()``, cut where the picture has to stop.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels must stand inside the picture.
    before : DataFrame, optional
        ``day`` and ``weight_kg`` before the last change of a control.
    """
    shown = _thinned(projection)
    day = shown["day"].to_numpy()
    high, low = shown["weight_if_most_made_up_kg"], shown["weight_if_none_made_up_kg"]
    weight, rule = shown["weight_kg"], shown["weight_by_7700_rule_kg"]
    traces: list[dict[str, Any]] = [
        {
            "x": np.concatenate([day, day[::-1]]),
            "y": np.concatenate([high, low[::-1]]),
            "fill": "toself",
            "fillcolor": theme.band,
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        {
            "x": day,
            "y": rule.to_numpy(),
            "line": {"color": theme.muted, "width": 1.5, "dash": "5px,4px"},
            "hovertemplate": "Day %{x}: the 7,700 kcal rule says %{y:.1f} kg<extra></extra>",
        },
        {
            "x": day,
            "y": weight.to_numpy(),
            "line": {"color": theme.accent, "width": 2.5},
            "customdata": np.column_stack([low, high]),
            "hovertemplate": (
                "Day %{x}: about %{y:.1f} kg<br>"
                "%{customdata[0]:.1f} kg if nothing is made up, "
                "%{customdata[1]:.1f} kg if nine tenths are<extra></extra>"
            ),
        },
    ]
    if before is not None:
        earlier = _thinned(before)
        traces.insert(
            1,
            {
                "x": earlier["day"].to_numpy(),
                "y": earlier["weight_kg"].to_numpy(),
                "line": {"color": theme.axis, "width": 1.5},
                "hovertemplate": "Before your last change, day %{x}: %{y:.1f} kg<extra></extra>",
            },
        )
    lines = [weight, high, low, rule]
    axis = [
        _AXIS_STEP_KG * math.floor((min(map(min, lines)) - 0.5) / _AXIS_STEP_KG),
        _AXIS_STEP_KG * math.ceil((max(map(max, lines)) + 0.5) / _AXIS_STEP_KG),
    ]
    ends = [
        (weight.iloc[-1], f"<b>{kg(weight.iloc[-1])}</b>", theme.accent),
        (rule.iloc[-1], f"{kg(rule.iloc[-1])}, 7,700 rule", theme.muted),
    ]
    if not narrow:
        ends += [
            (high.iloc[-1], f"{kg(high.iloc[-1])}, most made up", theme.muted),
            (low.iloc[-1], f"{kg(low.iloc[-1])}, nothing made up", theme.muted),
        ]
    return _over_time(traces, theme, axis, ends, int(day[-1]), "Body weight, kg", narrow=narrow)


def session_receipt(receipt: pd.DataFrame, theme: Theme) -> go.Figure:
    """Waterfall of one session, from what a watch shows to what counts.

    Parameters
    ----------
    receipt : DataFrame
        What :func:`spotcheck.energy.training.receipt` gives.
    theme : Theme
        Colours.
    """
    colours = {
        "gross": theme.neutral_bar,
        "resting": theme.less_loss,
        "epoc": theme.more_loss,
        "compensation": theme.less_loss,
        "counts": theme.accent,
    }
    bars = {
        "type": "bar",
        "y": receipt["step"].map(STEP_LABELS).tolist(),
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
        text = ("+" if row.step == "epoc" else "") + kcal(row.kcal)
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
        xaxis={"visible": False, "range": [0, max(widest, 1) * 1.3]},
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickfont": {"size": 13, "color": theme.ink},
            "ticklabelstandoff": 8,
        },
        annotations=labels,
        margin={"b": 10},
    )


def tissue_changes(projection: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Change of fat, lean tissue and water (with glycogen) since today.

    Parameters
    ----------
    projection : DataFrame
        ``Projection.frame()``, cut where the picture has to stop.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels must stand inside the picture.
    """
    shown = _thinned(projection)
    day = shown["day"].to_numpy()
    changes = tissue_table(shown)
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
            "hovertemplate": f"Day %{{x}}: {label} %{{y:+.1f}} kg<extra></extra>",
        }
        for column, (label, colour, dash, width) in styles.items()
    ]
    ends = [
        (changes[column].iloc[-1], f"{label} {kg(changes[column].iloc[-1])}", colour)
        for column, (label, colour, _, _) in styles.items()
    ]
    values = changes.drop(columns="day").to_numpy()
    axis = [math.floor(values.min() - 0.5), math.ceil(values.max() + 0.5)]
    return _over_time(
        traces, theme, axis, ends, int(day[-1]), "Change since today, kg", narrow=narrow
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


def _time_ticks(days: int, *, narrow: bool) -> tuple[list[float], list[str]]:
    """Ticks of a time axis: weeks for a season, months for a year, years beyond."""
    year, month = ("yr", "mo") if narrow else ("year", "month")
    if days <= 120:
        unit, size, step = ("wk" if narrow else "week"), 7.0, 4 if days > 56 else 2
    elif days <= 730:
        unit, size, step = month, 365 / 12, 3 if days <= 400 else 6
    else:
        unit, size, step = year, 365.0, 1
    counts = range(step, int(days / size + 1e-6) + 1, step)
    labels = []
    for count in counts:
        whole_years, rest = divmod(count, 12)
        named = (whole_years, year) if unit == month and rest == 0 else (count, unit)
        plural = "s" if named[0] > 1 and not narrow else ""
        labels.append(f"{named[0]} {named[1]}{plural}")
    return [0.0, *(count * size for count in counts)], ["today", *labels]


def _over_time(
    traces: list[dict[str, Any]],
    theme: Theme,
    axis: list[int],
    ends: list[tuple[float, str, str]],
    days: int,
    unit: str,
    *,
    narrow: bool,
) -> go.Figure:
    """Lines over the days to come, labelled at their ends instead of by a legend."""
    height = 360 if narrow else 420
    ticks, labels = _time_ticks(days, narrow=narrow)
    return draw(
        [{"type": "scatter", "mode": "lines", **trace} for trace in traces],
        theme,
        height=height,
        unit=unit,
        # Known label widths: working out margins costs the browser a second drawing.
        xaxis={"range": [0, days], "tickvals": ticks, "ticktext": labels, "automargin": False},
        yaxis={"range": axis, "tickformat": ".0f", "automargin": False},
        annotations=_end_labels(ends, axis, days, height, inside=narrow),
        margin={"l": 30, "r": 18 if narrow else 176},
    )


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
