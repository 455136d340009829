"""Where the fat comes from that the reader's plan takes off."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from spotcheck.answers import fat_by_region
from spotcheck.charts import home as charts
from spotcheck.charts.theme import Theme, themed
from spotcheck.energy.projection import Projection
from spotcheck.energy.story import uncertainty
from spotcheck.energy.uncertainty import fan
from spotcheck.ui import cite, layout
from spotcheck.wording import Units


class Regions(NamedTuple):
    """Fat off the legs and off the rest of the body [kg, negative for a loss], in words and drawn.

    ``sure`` says how sure the projection is.
    """

    rows: pd.DataFrame
    legs_kg: float
    legs: str
    elsewhere: str
    sure: str
    picture: go.Figure


@lru_cache(maxsize=128)
def regions_of(projection: Projection, theme_name: str, units: Units) -> Regions:
    """Where the fat comes from that a plan takes off."""
    rows = fat_by_region(projection)
    legs_kg, elsewhere_kg = rows["fat_change_kg"]
    people = fan(projection.person, projection.plan, projection.assumptions, projection.days)
    return Regions(
        rows,
        legs_kg,
        units.mass_amount(legs_kg),
        units.mass_amount(elsewhere_kg),
        uncertainty(projection, people, units),
        charts.fat_by_region(rows, themed(theme_name), units),
    )


def draw(projection: Projection, colours: Theme, units: Units) -> None:
    """Draw the picture, if the plan takes any fat off the legs."""
    shown = regions_of(projection, colours.name, units)
    if shown.legs_kg >= 0:
        return
    layout.finding(
        f"{shown.legs} of the fat comes from the legs, {shown.elsewhere} from everywhere else",
        "Middle estimate. Legs are both legs from hip to foot; the share was measured in other "
        "people, and yours may differ.",
    )
    layout.chart(
        shown.picture,
        name="regions",
        alt=f"Bars: legs {shown.legs}, everywhere else {shown.elsewhere}.",
        source=(
            f"Source: {cite.ours('our estimate')}; leg shares from {cite.name('visaria_2022')}, "
            "second-hand."
        ),
        notes=[shown.sure],
        table=lambda: shown.rows.assign(
            region=shown.rows["region"].map(charts.REGION_LABELS)
        ).round(3),
    )
