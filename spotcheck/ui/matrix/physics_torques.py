"""Joint torque that exercises ask for: a few beside each other, and all of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import demand as charts
from spotcheck.charts.theme import themed
from spotcheck.muscles import demand
from spotcheck.muscles.estimate_words import FLAG_WORDS
from spotcheck.muscles.estimates import FLAGS
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import heatmap
from spotcheck.ui.matrix.compare import draw_choosing
from spotcheck.ui.matrix.data import model_settings, names_of
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import NBSP, counted, escaped, joined, number

DEFINITION = (
    "Torque is force times lever arm: what the joint of the trained leg must hold in a still "
    f"position, for a person of 75{NBSP}kg. Number: the largest of the positions. Colour: its "
    "share of the strongest torque of young men in that position, a reference and not your own "
    "strength. A machine, ball or partner pulls as hard as we assume (L), so it does not count in "
    "the heading."
)
REFERENCE = (
    "Reference: Anderson, Madigan and Nussbaum 2007, as seen in a public code file; for hip "
    "adduction and abduction an assumption. Turning of the hip and the low back have none, so "
    "they are in N m only."
)


def draw(scene: Scene) -> None:
    """Draw the part."""
    controls = scene.controls
    if scene.shown.exercises.empty:
        heatmap.draw_way_out(controls)
        return
    draw_choosing(controls, narrow=scene.narrow)
    for code in controls["exercise"]:
        if code not in modelled():
            draw_not_modelled(controls, code)
    draw_chosen(scene)
    draw_map(scene)
    draw_left_out(scene)


def draw_not_modelled(controls: Controls, code: str) -> None:
    """Say that an exercise has no poses and why, with a button that opens what was measured."""
    name = escaped(names_of("exercise")[code])
    layout.empty_state(
        f"{name} is not modelled",
        escaped(model_settings()[code].left_out),
        f"See what was measured in {name}",
        lambda: controls.set(view="all", lens="activity_mean", exercise=(code,)),
    )


def draw_chosen(scene: Scene) -> None:
    """Chosen exercises beside each other, if any has poses."""
    every = tables.load("exercises").set_index("exercise_id", drop=False)
    chosen = [code for code in scene.controls["exercise"] if code in modelled()]
    if not chosen:
        return
    exercises = every.loc[chosen].reset_index(drop=True)
    peaks = all_peaks()
    peaks = peaks[peaks["exercise_id"].isin(chosen)]
    names = exercises.set_index("exercise_id")["name"].to_dict()
    layout.finding(
        escaped(demand.comparison_finding(peaks, chosen, names)),
        "Largest torque of each exercise in each direction, as a share of the reference, with the "
        f"torque in N{NBSP}m beside it. Below {number(charts.LEAST_NM)}{NBSP}N{NBSP}m nothing is "
        "shown.",
    )
    layout.chart(
        dots_picture(tuple(chosen), scene.colours.name, scene.narrow),
        name="torques_compared",
        alt=f"Dots of the joint torque in {joined(list(names.values()))}, direction by direction.",
        source=" · ".join(load_sentence(code) for code in chosen),
        table=lambda: torque_table(chosen),
    )


def draw_map(scene: Scene) -> None:
    """Every modelled exercise that the filters leave."""
    exercises = scene.shown.exercises
    exercises = exercises[exercises["exercise_id"].isin(modelled())]
    if exercises.empty:
        layout.note("No exercise that your filters leave is modelled.")
        return
    codes = tuple(exercises["exercise_id"])
    peaks = all_peaks()
    own = peaks[peaks["exercise_id"].isin(set(codes) - set_by_load())]
    direction = demand.focus(scene.controls["group"])
    title = demand.finding(own, direction, names_of("exercise"))
    layout.finding(escaped(title), DEFINITION)
    layout.chart(
        map_picture(codes, scene.colours.name, scene.narrow, scene.controls["exercise"]),
        name="torques",
        alt=f"Table of {len(codes)} exercises and {len(demand.DIRECTIONS)} directions of torque. "
        f"{title}. The table twin holds every position.",
        source=f"Below {number(charts.LEAST_NM)}{NBSP}N{NBSP}m a cell is empty. Caution: "
        f"{flag_key()}. {REFERENCE} Source: {cite.ours('our leg model', 'leg_model_torques')}.",
        table=lambda: torque_table(list(codes)),
    )


def draw_left_out(scene: Scene) -> None:
    """Exercises without poses, each with its reason."""
    shown = scene.shown.exercises["exercise_id"]
    without = [code for code in shown if code not in modelled()]
    if not without:
        return
    n = len(without)
    drawer = st.expander(
        f"{counted(n).capitalize()} {'exercise is' if n == 1 else 'exercises are'} not modelled",
        icon=":material/help:",
        key="physics/left-out",
        on_change="rerun",
    )
    if drawer.open:
        names, own = names_of("exercise"), model_settings()
        by_reason: dict[str, list[str]] = {}
        for code in without:
            by_reason.setdefault(own[code].left_out, []).append(names[code])
        lines = [
            f"- **{escaped(joined(several))}.** {escaped(reason)}"
            for reason, several in by_reason.items()
        ]
        drawer.markdown("\n".join(lines))


@st.cache_resource(show_spinner=False)
def all_demand() -> pd.DataFrame:
    """Torque of every phase of every modelled exercise."""
    return demand.phase_demand(tables.load("leg_model_phases"), tables.load("leg_model_torques"))


@st.cache_resource(show_spinner=False)
def all_peaks() -> pd.DataFrame:
    """Largest torque of every modelled exercise in each direction."""
    return demand.peak_demand(all_demand())


@st.cache_resource(show_spinner=False)
def modelled() -> frozenset[str]:
    """Exercises that have poses."""
    return frozenset(tables.load("leg_model_phases")["exercise_id"])


@st.cache_resource(show_spinner=False)
def set_by_load() -> frozenset[str]:
    """Exercises whose load is our assumption, so that their torque is no finding."""
    phases = tables.load("leg_model_phases")
    return frozenset(phases.loc[phases["is_set_by_load"], "exercise_id"])


@st.cache_resource(show_spinner=False)
def hover_texts() -> pd.Series:
    """What the hover says of every exercise and direction: each position with its torque."""
    phases = tables.load("leg_model_phases")
    flags = demand.flags_of(phases)
    return demand.hover_texts(all_demand(), flags, names_of("exercise"), main_planes())


@st.cache_resource(show_spinner=False)
def main_planes() -> dict[str, str]:
    """Main planes of movement of every exercise."""
    planes = tables.load("exercise_planes")
    own = planes[planes["is_main"]].groupby("exercise_id", sort=False)["plane"]
    return {str(code): joined(list(several)) for code, several in own}


@st.cache_resource(show_spinner=False, max_entries=64)
def map_picture(
    codes: tuple[str, ...], theme_name: str, narrow: bool, chosen: tuple[str, ...]
) -> Any:
    """Map of these exercises, in this order."""
    return charts.demand_map(
        all_peaks(),
        tables.load("exercises").set_index("exercise_id", drop=False).loc[list(codes)],
        demand.flags_of(tables.load("leg_model_phases")),
        hover_texts(),
        themed(theme_name),
        narrow=narrow,
        chosen=chosen,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def dots_picture(codes: tuple[str, ...], theme_name: str, narrow: bool) -> Any:
    """Dots of these exercises, in this order."""
    exercises = tables.load("exercises").set_index("exercise_id", drop=False).loc[list(codes)]
    peaks = all_peaks()
    return charts.demand_dots(
        peaks[peaks["exercise_id"].isin(codes)], exercises, themed(theme_name), narrow=narrow
    )


def torque_table(codes: list[str]) -> pd.DataFrame:
    """Every position of these exercises, in words and figures."""
    rows = all_demand()
    return demand.demand_table(
        rows[rows["exercise_id"].isin(codes)],
        tables.load("leg_model_phases"),
        names_of("exercise"),
        main_planes(),
    )


def flag_key() -> str:
    """Letters of the last column in words."""
    return " · ".join(
        f"**{demand.FLAG_LETTERS[flag]}** {FLAG_WORDS[flag]}".replace(" ", NBSP, 1)
        for flag in FLAGS
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def load_sentence(code: str) -> str:
    """Exercise with the load it is modelled with."""
    phases = tables.load("leg_model_phases")
    heaviest = phases[phases["exercise_id"].eq(code)].nlargest(1, "nominal_load").iloc[0]
    short = settings.labels("exercises", "exercise_id", "short_name")[code]
    words = demand.load_words(heaviest["load_unit"], heaviest["nominal_load"])
    return f"{escaped(short)}: {words}"
