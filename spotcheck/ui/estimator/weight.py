"""Body weight of simulated people over time, the main picture."""

from __future__ import annotations

import streamlit as st

from spotcheck.charts import energy as charts
from spotcheck.energy.safety import lowest_body_mass_index, outside_envelope, picture_stops
from spotcheck.energy.story import since_last_change
from spotcheck.energy.training import DAYS_PER_WEEK
from spotcheck.ui import layout
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import date


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
    rows = projection.frame()
    before = scene.controls.before_last_change(
        (projection.weight_change_kg, rows[["day", "weight_kg"]])
    )
    reason = outside_envelope(
        scene.person,
        projection.intake_change_kcal_per_day,
        projection.counted_kcal_per_week / DAYS_PER_WEEK,
    )
    moved = since_last_change(before[0], projection.weight_change_kg, units) if before else ""
    layout.finding(
        _title(scene),
        "Body weight. The dark band holds half of 1,000 simulated people, the light band 9 in 10. "
        + moved,
    )
    layout.chart(
        charts.weight_curve(
            rows,
            scene.fan,
            scene.colours,
            narrow=scene.narrow,
            units=units,
            before=before[1] if moved else None,
            greyed=reason is not None,
        ),
        name="weight",
        alt=(
            f"Line chart of body weight: {units.mass(rows['weight_kg'].iloc[0])} today, "
            f"{units.mass(rows['weight_kg'].iloc[-1])} after {projection.days} days, between "
            "bands of simulated people."
        ),
        source=f"Source: model of {HALL}, constant sodium; running as a change of activity.",
        table=lambda: charts.weight_table(rows, scene.fan),
    )
    if reason:
        st.warning(f"The picture is greyed. {reason}", icon=":material/error:")
    if scene.stops_early:
        st.warning(
            picture_stops(scene.controls["height"] / 100, units),
            icon=":material/health_and_safety:",
        )
