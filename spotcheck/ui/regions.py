"""Where the fat comes from that the reader's plan takes off."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from spotcheck.answers import fat_by_region
from spotcheck.charts import home as charts
from spotcheck.charts.theme import Theme, themed
from spotcheck.energy.projection import Projection
from spotcheck.energy.story import uncertainty
from spotcheck.energy.uncertainty import fan
from spotcheck.ui import layout
from spotcheck.wording import Units


@lru_cache(maxsize=128)
def regions_of(projection: Projection, theme_name: str, units: Units) -> tuple[pd.DataFrame, Any]:
    """Fat that leaves the legs and the rest of the body, and its picture."""
    regions = fat_by_region(projection)
    return regions, charts.fat_by_region(regions, themed(theme_name), units)


def draw(projection: Projection, colours: Theme, units: Units) -> None:
    """Draw the picture, if the plan takes any fat off the legs."""
    regions, picture = regions_of(projection, colours.name, units)
    legs, elsewhere = regions["fat_change_kg"]
    if legs >= 0:
        return
    people = fan(projection.person, projection.plan, projection.assumptions, projection.days)
    layout.finding(
        f"{units.mass_amount(legs)} of the fat comes from the legs, "
        f"{units.mass_amount(elsewhere)} from everywhere else",
        "Middle estimate. Legs are both legs from hip to foot; the share was measured in other "
        "people, and yours may differ.",
    )
    layout.chart(
        picture,
        name="regions",
        alt=(
            f"Bars: legs {units.mass_amount(legs)}, everywhere else {units.mass_amount(elsewhere)}."
        ),
        source="Source: our estimate; leg shares from Visaria et al. 2022, second-hand.",
        notes=[uncertainty(projection, people, units)],
        table=lambda: regions.assign(region=regions["region"].map(charts.REGION_LABELS)).round(3),
    )
