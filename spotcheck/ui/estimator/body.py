"""Fat, lean tissue and water apart, over the whole time and in the first weeks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from spotcheck.charts import energy as charts
from spotcheck.ui import layout
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import Units

FIRST_DAYS = 28
SPANS = {"whole": "The whole time", "first": "The first four weeks"}
_SEEN_KG = 0.05


def draw(scene: Scene) -> None:
    """Draw the whole time, or the first weeks: one picture at a time keeps the sliders quick."""
    rows = scene.projection.frame()
    table = charts.tissue_table(rows)
    if scene.days > FIRST_DAYS:
        st.segmented_control(
            "Time",
            list(SPANS),
            format_func=SPANS.__getitem__,
            default="whole",
            key="body/span",
            required=True,
            label_visibility="collapsed",
        )
    if scene.days > FIRST_DAYS and st.session_state["body/span"] == "first":
        draw_picture(scene, rows.iloc[: FIRST_DAYS + 1], table.iloc[: FIRST_DAYS + 1], first=True)
    else:
        draw_picture(scene, rows, table, first=False)


def draw_picture(scene: Scene, rows: pd.DataFrame, table: pd.DataFrame, *, first: bool) -> None:
    """Fat, lean tissue and water of some days, under what they show."""
    units, end = scene.units, table.iloc[-1]
    if first:
        layout.finding(
            _early_title(float(end["water_change_kg"]), units),
            "Change in the first 28 days. A scale swings by about "
            f"{units.mass(0.8)} from day to day (usual figure, not verified), so what it shows "
            "early says little about fat.",
        )
    else:
        layout.finding(
            _title(scene.projection.weight_change_kg, float(end["fat_change_kg"]), units),
            "Change since today. Water moves with glycogen and salt, and comes and goes in days.",
        )
    layout.chart(
        charts.tissue_changes(rows, scene.colours, narrow=scene.narrow, units=units),
        name="first_weeks" if first else "body",
        alt=(
            f"Lines of change over {len(rows) - 1} days: fat {units.mass(end['fat_change_kg'])}, "
            f"lean tissue {units.mass(end['lean_change_kg'])}, water and glycogen "
            f"{units.mass(end['water_change_kg'])}."
        ),
        source=f"Source: model of {HALL}.",
        table=lambda: table.round(3),
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
