"""Up to four pinned plans beside the page's own, in one picture and one table."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from spotcheck.charts import plans as charts
from spotcheck.energy.comparison import ComparedPlan, comparison_table
from spotcheck.energy.projection import Projection
from spotcheck.energy.story import plan_words
from spotcheck.ui import layout, plans, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import Units, counted, escaped, for_spreadsheet, round_kcal

OWN = "The plan above"


def draw(scene: Scene) -> None:
    """Draw the view."""
    controls, units = scene.controls, scene.units
    compared, refused = [ComparedPlan(OWN, scene.projection)], []
    for pin in controls["pin"]:
        outcome = plans.outcome(controls, plans.plan(pin))
        if isinstance(outcome, Projection):
            compared.append(ComparedPlan(pin["name"], outcome))
        else:
            refused.append((pin["name"], outcome))
    layout.finding(_title(compared), _definition(compared))
    draw_buttons(controls, scene)
    table = comparison_table(compared)
    layout.chart(
        charts.weight_lines(compared, scene.colours, narrow=scene.narrow, units=units),
        name="plans",
        alt="Lines of body weight, one a plan: "
        + "; ".join(
            f"{one.name} ends at {units.mass(one.projection.body.weight_kg[-1])}"
            for one in compared
        )
        + ".",
        source=f"Source: model of {HALL}; the bars before the end hold 9 in 10 simulated people.",
        # Streamlit's own export of a table takes names as they are.
        table=lambda: table.assign(plan=table["plan"].map(for_spreadsheet)).round(2),
    )
    draw_table(table, units)
    for name, stop in refused:
        st.warning(
            f"**{escaped(name)}.** {stop.headline} {stop.explanation}",
            icon=":material/health_and_safety:",
        )
    draw_pins(controls, scene)


def draw_table(table: pd.DataFrame, units: Units) -> None:
    """Figures of the plans, in the reader's units."""
    mass = units.mass_factor
    shown = pd.DataFrame(
        {
            "Plan": [f"{rank}: {name}" for rank, name in enumerate(table["plan"], 1)],
            f"Weight, {units.mass_unit}": table["weight_kg"] * mass,
            "9 in 10, from": table["low_kg"] * mass,
            "to": table["high_kg"] * mass,
            f"Fat, {units.mass_unit}": table["fat_change_kg"] * mass,
            "Hours a week": table["hours_per_week"],
            "Net kcal a week": table["net_kcal_per_week"].map(round_kcal),
            "What counts": table["counted_kcal_per_week"].map(round_kcal),
            "Food, kcal a day": table["intake_change_kcal_per_day"],
            "Energy availability": table["energy_availability_kcal_per_kg_per_day"],
        }
    )
    one_decimal = {column: "%.1f" for column in shown.columns[1:6]}
    whole = {column: "%.0f" for column in shown.columns[6:]}
    st.dataframe(
        shown,
        hide_index=True,
        alt="Table of the plans",
        column_config={
            name: st.column_config.NumberColumn(format=printed)
            for name, printed in (one_decimal | whole).items()
        },
    )
    layout.note(
        "Weight and fat at the end; energy availability in kcal for each kg of fat-free mass a "
        "day, with the full week and nothing made up."
    )


def draw_pins(controls: Controls, scene: Scene) -> None:
    """Drawer to rename, use and remove pinned plans."""
    if not controls["pin"]:
        return
    drawer = st.expander(
        "Rename, use or remove a pinned plan",
        icon=":material/edit:",
        key="plans/manage",
        on_change="rerun",
    )
    if drawer.open:
        with drawer:
            for place, pin in enumerate(controls["pin"]):
                layout.note(escaped(plan_words(plans.plan(pin), scene.days)))
                draw_actions(controls, place)


def _title(compared: list[ComparedPlan]) -> str:
    if len(compared) == 1:
        return "Pin this plan, change it, and see both beside each other"
    least, most = (
        pick(compared, key=lambda one: one.projection.weight_change_kg) for pick in (max, min)
    )
    if least.projection.weight_change_kg - most.projection.weight_change_kg < 0.1:
        return "These plans end at the same weight"
    return f"“{escaped(most.name)}” ends lowest, “{escaped(least.name)}” highest"


def _definition(compared: list[ComparedPlan]) -> str:
    overlap = (
        " Where the bars overlap, nobody can tell the plans apart beforehand."
        if len(compared) > 1
        else ""
    )
    return f"Body weight of up to {counted(settings.MOST_PINS)} pinned plans.{overlap}"


def draw_buttons(controls: Controls, scene: Scene) -> None:
    """Pin, and take the last removal back."""
    full = len(controls["pin"]) >= settings.MOST_PINS
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Pin the plan above",
            icon=":material/keep:",
            key="plans/pin",
            disabled=full,
            on_click=lambda: pin(controls, plan_words(scene.plan, scene.days)),
        )
        if "plans/removed" in st.session_state:
            st.button(
                "Bring the removed plan back",
                icon=":material/undo:",
                type="tertiary",
                key="plans/undo",
                disabled=full,
                on_click=lambda: put_back(controls),
            )
    if full:
        layout.note(f"{settings.MOST_PINS} plans are pinned; remove one to pin another.")


def pin(controls: Controls, name: str) -> None:
    """Keep a copy of the page's plan."""
    fields = _fields(controls)
    taken = {"name": name} | {field: controls[field] for field in fields if field != "name"}
    controls.set(pin=(*controls["pin"], taken))


def put_back(controls: Controls) -> None:
    """Bring back the plan that was removed last."""
    place, removed = st.session_state.pop("plans/removed")
    pins = list(controls["pin"])
    pins.insert(place, removed)
    controls.set(pin=tuple(pins))


def remove(controls: Controls, place: int) -> None:
    """Take a plan out, and remember it."""
    pins = list(controls["pin"])
    st.session_state["plans/removed"] = place, pins.pop(place)
    controls.set(pin=tuple(pins))


def rename(controls: Controls, place: int, name: str) -> None:
    """Give a plan another name; an empty one keeps the old."""
    pins = list(controls["pin"])
    pins[place] = pins[place] | {"name": name.strip() or pins[place]["name"]}
    controls.set(pin=tuple(pins))


def use(controls: Controls, place: int) -> None:
    """Make a pinned plan the page's own."""
    controls.set(
        **{name: value for name, value in controls["pin"][place].items() if name != "name"}
    )


def _fields(controls: Controls) -> list[str]:
    field = controls.fields["pin"]
    return [one.name for one in getattr(field, "fields", ())]


def draw_actions(controls: Controls, place: int) -> None:
    """Rename, use and remove a pinned plan."""
    name_key = f"plans/name/{place}/{controls['pin'][place]['name']}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Name",
            controls["pin"][place]["name"],
            max_chars=40,
            key=name_key,
            width=260,
            on_change=lambda: rename(controls, place, st.session_state[name_key]),
        )
        actions: list[tuple[str, str, Callable[[Controls, int], None]]] = [
            ("Use it above", ":material/north:", use),
            ("Remove", ":material/close:", remove),
        ]
        for label, icon, action in actions:
            st.button(
                label,
                icon=icon,
                type="tertiary",
                key=f"plans/{label}/{place}",
                on_click=lambda action=action: action(controls, place),
            )
