"""Picture of the home page."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Theme, draw
from spotcheck.wording import METRIC, Units

REGION_LABELS = {"legs": "Legs", "elsewhere": "Everywhere else"}


def fat_by_region(regions: pd.DataFrame, theme: Theme, units: Units = METRIC) -> go.Figure:
    """Fat that leaves the legs, beside the fat that leaves the rest of the body.

    Parameters
    ----------
    regions : DataFrame
        ``region`` and ``fat_change_kg``, as :func:`spotcheck.answers.fat_by_region` gives.
    theme : Theme
        Colours.
    units : Units, optional
        Units that the reader sees.
    """
    lost_kg = (-regions["fat_change_kg"]).clip(lower=0)
    lost = lost_kg * units.mass_factor
    bars = {
        "type": "bar",
        "x": lost.to_numpy(),
        "y": regions["region"].map(REGION_LABELS).tolist(),
        "orientation": "h",
        "width": 0.62,
        "marker": {
            "color": [
                theme.accent if region == "legs" else theme.neutral_bar
                for region in regions["region"]
            ]
        },
        "hovertemplate": f"%{{y}}: about %{{x:.1f}} {units.mass_unit} of fat<extra></extra>",
    }
    labels = [
        {
            "x": kilograms * units.mass_factor,
            "y": REGION_LABELS[region],
            "text": f"<b>{units.mass_amount(kilograms)}</b>",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 6,
            "font": {"size": 14, "color": theme.ink},
        }
        for region, kilograms in zip(regions["region"], lost_kg, strict=True)
    ]
    return draw(
        [bars],
        theme,
        height=170,
        unit="Kilograms of fat" if units is METRIC else "Pounds of fat",
        xaxis={"visible": False, "range": [0, max(float(lost.max()), 0.1) * 1.4]},
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickfont": {"size": 14, "color": theme.ink},
            "ticklabelstandoff": 8,
        },
        annotations=labels,
        margin={"b": 8},
    )
