"""Body weight of simulated people over time, the main picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from spotcheck.charts import energy as charts
from spotcheck.charts.theme import themed
from spotcheck.energy.projection import Projection
from spotcheck.energy.safety import lowest_body_mass_index, outside_envelope, picture_stops
from spotcheck.energy.story import since_last_change
from spotcheck.energy.training import DAYS_PER_WEEK
from spotcheck.energy.uncertainty import fan
from spotcheck.ui import layout
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import Units, date


def _title(scene: Scene) -> str:
    plan, days = scene.plan, scene.days
    if scene.stops_early:
        limit = lowest_body_mass_index()
        return f"This plan reaches a body mass index of {limit} on {date(scene.date(days))}"
    ends = [plan.training_ends_after_days if plan.trains else None, plan.food_ends_after_days]
    if any(end is not None and end < days for end in ends):
        return "Once a change ends, the weight goes back towards where it was"
    return "The change slows down, and the simple rule does not know it"


def draw(scene: Scene) -> None:
    """Draw the view."""
    projection, units = scene.projection, scene.units
    before = scene.controls.before_last_change(projection)
    reason = outside_envelope(
        scene.person,
        projection.intake_change_kcal_per_day,
        projection.counted_kcal_per_week / DAYS_PER_WEEK,
    )
    moved = (
        since_last_change(before.weight_change_kg, projection.weight_change_kg, units)
        if before
        else ""
    )
    layout.finding(
        _title(scene),
        "Body weight. The dark band holds half of 1,000 simulated people, the light band 9 in 10. "
        + moved,
    )
    layout.chart(
        picture(
            projection,
            before if moved else None,
            scene.colours.name,
            units,
            narrow=scene.narrow,
            greyed=reason is not None,
        ),
        name="weight",
        alt=(
            f"Line chart of body weight: {units.mass(projection.body.weight_kg[0])} today, "
            f"{units.mass(projection.body.weight_kg[-1])} after {projection.days} days, between "
            "bands of simulated people."
        ),
        source=f"Source: model of {HALL}, constant sodium; running as a change of activity.",
        table=lambda: charts.weight_table(projection.frame(), scene.fan),
    )
    if reason:
        st.warning(f"The picture is greyed. {reason}", icon=":material/error:")
    if scene.stops_early:
        st.warning(
            picture_stops(scene.controls["height"] / 100, units),
            icon=":material/health_and_safety:",
        )


@lru_cache(maxsize=128)
def picture(
    projection: Projection,
    before: Projection | None,
    theme_name: str,
    units: Units,
    *,
    narrow: bool,
    greyed: bool,
) -> Any:
    """Body weight with its bands, and how it was before the last change."""
    return charts.weight_curve(
        projection.frame(),
        fan(projection.person, projection.plan, projection.assumptions, projection.days),
        themed(theme_name),
        narrow=narrow,
        units=units,
        before=None if before is None else before.frame()[["day", "weight_kg"]],
        greyed=greyed,
    )
