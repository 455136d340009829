"""Pictures of where lost fat comes from."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Theme, draw
from spotcheck.wording import METRIC, Units, number

REGION_LABELS = {"all": "All body fat", "legs": "Both legs", "elsewhere": "Everywhere else"}
COMPARISON_LABELS = {
    "trunk": "trunk",
    "arms": "arms",
    "waist_and_hip": "waist and hip",
    "untrained_limb": "the other limb",
}
_AXIS_STEP_KG = 2
_BAND_ROW_PX = 62
_TRIAL_ROW_PX = 80
# Labels this near to an end of the axis would leave the picture.
_NEAR_END = 0.12


def fat_bands(bands: pd.DataFrame, theme: Theme, *, units: Units = METRIC) -> go.Figure:
    """Change of fat of the legs, of the rest and of both, each with its nine in ten.

    Parameters
    ----------
    bands : DataFrame
        :func:`spotcheck.energy.regional.bands_table`.
    theme : Theme
        Colours.
    units : Units, optional
        Units of the axis and the labels.
    """
    rows = [
        (
            row.region,
            row.fat_change_kg * units.mass_factor,
            row.fat_change_low_kg * units.mass_factor,
            row.fat_change_high_kg * units.mass_factor,
        )
        for row in bands.itertuples()
    ]
    step = _AXIS_STEP_KG * (1 if units.mass_factor == 1 else 2)
    axis = [
        step * math.floor((min(0.0, *(low for _, _, low, _ in rows)) - 0.3) / step),
        step * math.ceil((max(0.0, *(high for _, _, _, high in rows)) + 0.3) / step),
    ]
    traces: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for place, (region, middle, low, high) in enumerate(rows):
        at = len(rows) - 1 - place
        colour = theme.accent if region == "legs" else theme.hairline
        name = REGION_LABELS[region]
        figures = f"{number(middle, 1)} {units.mass_unit} ({number(low, 1)} to {number(high, 1)})"
        traces += [
            {
                "mode": "lines",
                "x": [low, high],
                "y": [at, at],
                "line": {
                    "color": theme.half_band if region == "legs" else theme.neutral_band,
                    "width": 12,
                },
                "hoverinfo": "skip",
            },
            {
                "mode": "markers",
                "x": [middle],
                "y": [at],
                "marker": {"size": 12, "color": colour},
                "hovertemplate": f"{name}: {figures}<extra></extra>",
            },
        ]
        labels.append(
            {
                "xref": "paper",
                "x": 0,
                "y": at + 0.26,
                "text": f"<b>{name}</b>  {figures}" if region == "legs" else f"{name}  {figures}",
                "bgcolor": theme.paper,
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "borderpad": 0,
                "font": {"size": 14 if region == "legs" else 13, "color": theme.ink},
            }
        )
    return draw(
        [{"type": "scatter", **trace} for trace in traces],
        theme,
        height=38 + 36 + _BAND_ROW_PX * len(rows),
        unit=f"Change of fat, {units.mass_unit}",
        xaxis={
            "range": axis,
            "ticks": "outside",
            "nticks": 7,
            "tickformat": "~g",
            "automargin": False,
        },
        yaxis={"range": [-0.4, len(rows) - 0.3], "visible": False, "automargin": False},
        shapes=[_level(0, theme)],
        annotations=labels,
        margin={"l": 12, "r": 12},
    )


def regional_trials(trials: pd.DataFrame, theme: Theme) -> go.Figure:
    """Change of fat of the legs against other regions, in the trials whose figures were seen.

    Parameters
    ----------
    trials : DataFrame
        :func:`spotcheck.energy.regional.trials`; rows without a figure for the legs are left out.
    theme : Theme
        Colours.
    """
    shown = trials.dropna(subset="change_percent")
    groups = list(shown.groupby(["study_id", "label"], sort=False))
    ends = pd.concat([shown["change_percent"], shown["comparison_change_percent"]]).dropna()
    axis = (5 * math.floor(ends.min() / 5) - 2, 4)
    traces: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for place, ((_, label), rows) in enumerate(groups):
        at = len(groups) - 1 - place
        first = rows.iloc[0]
        people = "" if pd.isna(first["n"]) else f", {first['n']} people"
        legs = float(first["change_percent"])
        others = rows.dropna(subset="comparison_change_percent")
        regions = [COMPARISON_LABELS[region] for region in others["comparison_region"]]
        changes = others["comparison_change_percent"].tolist()
        decimals = 0 if all(change.is_integer() for change in [legs, *changes]) else 1
        traces += [
            {
                "mode": "lines",
                "x": [legs, *changes],
                "y": [at] * (1 + len(changes)),
                "line": {"color": theme.axis, "width": 2},
                "hoverinfo": "skip",
            },
            {
                "mode": "markers",
                "x": changes,
                "y": [at] * len(changes),
                "marker": {
                    "symbol": "diamond",
                    "size": 11,
                    "color": theme.paper,
                    "line": {"color": theme.hairline, "width": 2},
                },
                "customdata": regions,
                "hovertemplate": f"{first['citation']}: %{{customdata}} %{{x}} %<extra></extra>",
            },
            {
                "mode": "markers",
                "x": [legs],
                "y": [at],
                "marker": {"size": 12, "color": theme.accent},
                "hovertemplate": f"{first['citation']}: legs %{{x}} %<extra></extra>",
            },
        ]
        labels += [
            {
                **_plain(theme.ink),
                "bgcolor": theme.paper,
                "xref": "paper",
                "x": 0,
                "y": at + 0.36,
                "text": f"{label}{people}",
                "xanchor": "left",
                "yanchor": "bottom",
            },
            _beside(
                legs,
                at,
                f"<b>{_leg_name(first)} {number(legs, decimals)}</b>",
                axis,
                theme.accent,
                9,
            ),
            *(
                _beside(change, at, f"{region} {number(change, decimals)}", axis, theme.muted, -9)
                for region, change in zip(regions, changes, strict=True)
            ),
        ]
    return draw(
        [{"type": "scatter", **trace} for trace in traces],
        theme,
        height=38 + 36 + _TRIAL_ROW_PX * len(groups),
        unit="Change of fat there, %",
        xaxis={"range": axis, "nticks": 8, "automargin": False},
        yaxis={"range": [-0.5, len(groups) - 0.35], "visible": False, "automargin": False},
        shapes=[_level(0, theme)],
        annotations=labels,
        margin={"l": 12, "r": 12},
    )


def _leg_name(row: pd.Series) -> str:
    return "trained thigh" if row["region"] == "trained_leg" else "legs"


def _beside(
    x: float, at: float, text: str, axis: tuple[float, float], colour: str, shift: int
) -> dict[str, Any]:
    """Label above or below a mark, kept inside the picture."""
    share = (x - axis[0]) / (axis[1] - axis[0])
    return {
        **_plain(colour),
        "x": x,
        "y": at,
        "text": text,
        "xanchor": "left" if share < _NEAR_END else "right" if share > 1 - _NEAR_END else "center",
        "yanchor": "bottom" if shift > 0 else "top",
        "yshift": shift,
    }


def _plain(colour: str) -> dict[str, Any]:
    return {"showarrow": False, "borderpad": 0, "font": {"size": 13, "color": colour}}


def _level(x: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.axis, "width": 1},
        "layer": "below",
    }
