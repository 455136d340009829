"""Fat, lean tissue and water apart, over the whole time and in the first weeks."""

from __future__ import annotations

from spotcheck.charts import energy as charts
from spotcheck.ui import layout
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import Units

FIRST_DAYS = 28
_SEEN_KG = 0.05


def draw(scene: Scene) -> None:
    """Draw the view."""
    projection, units = scene.projection, scene.units
    rows = projection.frame()
    table = charts.tissue_table(rows)
    end, early = table.iloc[-1], table.iloc[min(FIRST_DAYS, projection.days)]
    layout.finding(
        _title(projection.weight_change_kg, float(end["fat_change_kg"]), units),
        "Change since today. Water moves with glycogen and salt, and comes and goes in days.",
    )
    layout.chart(
        charts.tissue_changes(rows, scene.colours, narrow=scene.narrow, units=units),
        name="body",
        alt=(
            f"Lines of change: fat {units.mass(end['fat_change_kg'])}, lean tissue "
            f"{units.mass(end['lean_change_kg'])}, water and glycogen "
            f"{units.mass(end['water_change_kg'])}."
        ),
        source=f"Source: model of {HALL}.",
        table=lambda: table.round(3),
    )
    if projection.days <= FIRST_DAYS:
        return
    layout.finding(
        _early_title(float(early["water_change_kg"]), units),
        "The same in the first 28 days. A scale swings by about "
        f"{units.mass(0.8)} from day to day (usual figure, not verified), so what it shows early "
        "says little about fat.",
    )
    layout.chart(
        charts.tissue_changes(
            rows.iloc[: FIRST_DAYS + 1], scene.colours, narrow=scene.narrow, units=units
        ),
        name="first_weeks",
        alt=(
            f"Lines of the first 28 days: fat {units.mass(early['fat_change_kg'])}, lean tissue "
            f"{units.mass(early['lean_change_kg'])}, water and glycogen "
            f"{units.mass(early['water_change_kg'])}."
        ),
        source=f"Source: model of {HALL}.",
        table=lambda: table.iloc[: FIRST_DAYS + 1].round(3),
    )


def _title(weight_change_kg: float, fat_change_kg: float, units: Units) -> str:
    if abs(weight_change_kg) < _SEEN_KG:
        return "Fat, lean tissue and water stay where they are"
    verb = "lost" if weight_change_kg < 0 else "gained"
    weight, fat = (units.mass_amount(change) for change in (weight_change_kg, fat_change_kg))
    return f"Of {weight} {verb}, {fat} is fat"


def _early_title(water_change_kg: float, units: Units) -> str:
    if abs(water_change_kg) < _SEEN_KG:
        return "In the first four weeks this plan moves no water; a change of food would"
    verb = "leave" if water_change_kg < 0 else "join"
    return (
        f"In the first four weeks, {units.mass_amount(water_change_kg)} of water and glycogen "
        f"{verb} first"
    )
