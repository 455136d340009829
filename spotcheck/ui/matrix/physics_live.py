"""Live leg model: move load, body weight and strength, and see what holds the torque."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import torque_balance as charts
from spotcheck.muscles import demand, physics
from spotcheck.muscles.demand import Setting
from spotcheck.muscles.estimate_words import NO_CO_CONTRACTION
from spotcheck.muscles.physics import Pose
from spotcheck.ui import layout
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix.compare import STORY
from spotcheck.ui.matrix.data import model_settings, names_of
from spotcheck.ui.matrix.physics_torques import draw_not_modelled, modelled
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import NBSP, escaped, number

OWN = ("live", "load", "model_weight", "strength", "phase", "axis")
"""Settings that nothing outside this part shows."""

_START = STORY[1]
_LEFT_PX, _RIGHT_PX = 450, 490


class Live(NamedTuple):
    """An exercise of the model, ready to solve; ``axes`` are those of each pose."""

    exercise_id: str
    titles: dict[str, str]
    poses: dict[str, Pose]
    axes: dict[str, tuple[str, ...]]
    load: str
    fit: dict[str, bool]


def draw(scene: Scene) -> None:
    """Draw the part; a slider draws nothing else anew."""
    layout.part(scene.controls, "live", OWN, lambda: draw_live(scene))


def draw_live(scene: Scene) -> None:
    """List of exercises, sliders, and the two pictures."""
    controls = scene.controls
    code = exercise_of(controls)
    with st.container(width="stretch" if scene.narrow else _LEFT_PX):
        draw_exercise(controls, code)
    if code not in modelled():
        draw_not_modelled(controls, code)
        return
    live = live_exercise(code)
    draw_sliders(controls, live, narrow=scene.narrow)
    setting = setting_of(controls)
    with st.container(horizontal=not scene.narrow, gap="medium"):
        with st.container(width="stretch" if scene.narrow else _LEFT_PX):
            draw_bands(scene, live, setting)
        with st.container(width="stretch" if scene.narrow else _RIGHT_PX):
            draw_balance(scene, live, setting)
    layout.note(
        f"{NO_CO_CONTRACTION} The balance takes the smallest sum of squared efforts, as no "
        "measurement can tell how a person shares them. Between the positions nothing moves: "
        "speed, bounce and tiredness are not in it."
    )


def exercise_of(controls: Controls) -> str:
    """Exercise of this part: its own choice, else the first chosen on the page, else a start."""
    return controls["live"] or (*controls["exercise"], _START)[0]


def draw_exercise(controls: Controls, code: str) -> None:
    """List of all exercises; the modelled ones first."""
    names, key = names_of("exercise"), "physics/live"
    ordered = sorted(names, key=lambda one: one not in modelled())
    if st.session_state.get(key) != code:
        st.session_state[key] = code
    st.selectbox(
        "Exercise",
        ordered,
        format_func=lambda one: names[one] if one in modelled() else f"{names[one]} (not modelled)",
        key=key,
        on_change=lambda: controls.set(live=st.session_state[key], phase=None, axis=None),
    )


def draw_sliders(controls: Controls, live: Live, *, narrow: bool) -> None:
    """Sliders of the setting, and the position."""
    has_load = any(pose.load_unit != "none" for pose in live.poses.values())
    with st.container(horizontal=not narrow, gap="medium"):
        if has_load:
            with st.container(width="stretch" if narrow else 300):
                controls.slider("load", "Load", step=5, format="%d %%")
        with st.container(width="stretch" if narrow else 300):
            controls.slider("model_weight", "Body weight", step=1, format="%d kg")
        with st.container(width="stretch" if narrow else 300):
            controls.slider("strength", "Strength", step=5, format="%d %%")
    load = (
        f"Load: 100{NBSP}% is {escaped(live.load)}; beyond 120{NBSP}% the model would be guessing."
        if has_load
        else "This exercise has no load beside the body."
    )
    layout.note(
        f"{load} Strength: 100{NBSP}% is the reference, young men of "
        f"{number(physics.BODY_WEIGHT_KG)}{NBSP}kg."
    )
    if len(live.poses) > 1:
        whole = {"": "All, on average"}
        draw_position(controls, whole | live.titles)


def draw_position(controls: Controls, titles: dict[str, str]) -> None:
    """Position to look at, or all of them."""
    key = "physics/phase"
    shown = controls["phase"] if controls["phase"] in titles else ""
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.segmented_control(
        "Position",
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        required=True,
        on_change=lambda: controls.set(phase=st.session_state[key] or None),
    )


def setting_of(controls: Controls) -> Setting:
    """Where the sliders stand."""
    return Setting(
        controls["load"] / 100, float(controls["model_weight"]), controls["strength"] / 100
    )


def draw_bands(scene: Scene, live: Live, setting: Setting) -> None:
    """Every muscle in its band, before and now."""
    phase = scene.controls["phase"]
    poses = [live.poses[phase]] if phase in live.poses else list(live.poses.values())
    bands = demand.muscle_bands(poses, tables.load("leg_model_muscles"), live.fit, setting)
    muscles = scene.shown.muscles
    muscles = muscles[muscles["muscle_id"].isin(bands["muscle_id"])]
    if muscles.empty:
        layout.note("The leg model has none of the muscles that your filters leave.")
        return
    own = bands[bands["muscle_id"].isin(muscles["muscle_id"])]
    names = names_of("muscle")
    layout.finding(
        escaped(demand.bands_finding(own, names)),
        f"{escaped(demand.bands_change(own, names))} Bands of a maximal effort end at 10, 40 and "
        f"80{NBSP}%; a place within a band is only a hint. “Not needed” is said of balance alone: "
        "the muscle may still work.",
    )
    layout.chart(
        charts.band_dots(bands, muscles, scene.colours, narrow=scene.narrow),
        name="live_bands",
        alt=f"Bands of {len(muscles)} muscles, before and after the sliders moved. "
        f"{demand.bands_finding(own, names)}.",
        source="Grade: physics, below any measurement",
        table=lambda: bands_table(own, names),
    )


def draw_balance(scene: Scene, live: Live, setting: Setting) -> None:
    """Why: what asks for a torque and what holds it, in one position about one axis."""
    controls = scene.controls
    phase, axis = place_of(controls, live, setting)
    pose, axes = live.poses[phase], live.axes[phase]
    rows = demand.balance(pose, axes, axis, tables.load("leg_model_muscles"), setting)
    asked = float(rows.loc[rows["kind"].eq("asks"), "torque_nm"].sum())
    names = axis_names(pose, axes, setting)
    layout.finding(
        escaped(demand.balance_finding(rows, names[axis])),
        f"Position: {escaped(live.titles[phase])}. What asks for the torque, and what holds it: "
        "both reach the dotted line. A bar that runs back works against the others.",
    )
    draw_axis(controls, names, axis)
    layout.chart(
        charts.balance_bars(rows, scene.colours, narrow=scene.narrow),
        name="live_balance",
        alt=f"Bars that balance {number(asked)} N m of {names[axis].lower()}. "
        f"{demand.balance_finding(rows, names[axis])}.",
        source=support_words(live.exercise_id),
        table=lambda: balance_table(rows),
    )
    left = demand.left_over(rows, axis)
    if left:
        layout.note(
            f"No muscle of the model could give {number(left)}{NBSP}N{NBSP}m of it: take the bands "
            "with care."
        )


def place_of(controls: Controls, live: Live, setting: Setting) -> tuple[str, str]:
    """Position and axis of the balance.

    Those chosen; else the position that asks most about the axis, and the axis of which it asks
    the largest share of the reference.
    """
    phases = [controls["phase"]] if controls["phase"] in live.poses else list(live.poses)
    sizes = pd.concat(
        [
            pd.Series(abs(demand.needs(live.poses[phase], setting)), index=live.axes[phase])
            for phase in phases
        ],
        keys=phases,
    )
    sizes = sizes[[demand.direction_of(axis, 1) is not None for _, axis in sizes.index]]
    own = sizes[sizes.index.get_level_values(1) == controls["axis"]]
    if len(own):
        return own.idxmax()
    torques = tables.load("leg_model_torques")
    torques = torques[torques["exercise_id"].eq(live.exercise_id)]
    shares = sizes / torques.set_index(["phase", "axis"])["reference_nm"].reindex(sizes.index)
    return (shares if shares.notna().any() else sizes).idxmax()


def axis_names(pose: Pose, axes: tuple[str, ...], setting: Setting) -> dict[str, str]:
    """What each axis is asked for, in words; the joint under the ankle is left out."""
    needed = zip(axes, demand.needs(pose, setting), strict=True)
    directions = {axis: demand.direction_of(axis, need or 1.0) for axis, need in needed}
    return {
        axis: demand.DIRECTIONS[code].name for axis, code in directions.items() if code is not None
    }


def draw_axis(controls: Controls, names: dict[str, str], axis: str) -> None:
    """List of the joint's torques to explain."""
    key = "physics/axis"
    if st.session_state.get(key) != axis:
        st.session_state[key] = axis
    st.selectbox(
        "Torque to explain",
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=lambda: controls.set(axis=st.session_state[key]),
    )


def support_words(code: str) -> str:
    """Where the body is held up, and what may be wrong with the poses."""
    own = model_settings()[code]
    parts = [f"Held up: {own.held}"] if own.held else []
    parts += [f"Flags: {'; '.join(own.flags)}"] if own.flags else []
    return escaped(" · ".join(parts) or "Nothing holds the leg but its muscles")


@st.cache_resource(show_spinner=False, max_entries=64)
def live_exercise(code: str) -> Live:
    """Poses of one exercise."""
    own = {
        name: rows[rows["exercise_id"].eq(code)]
        for name, rows in (
            (name, tables.load(f"leg_model_{name}")) for name in ("phases", "torques", "strengths")
        )
    }
    estimates = tables.load("leg_model_estimates")
    estimates = estimates[estimates["exercise_id"].eq(code)]
    solved = physics.poses(own["phases"], own["torques"], own["strengths"])
    heaviest = own["phases"].nlargest(1, "nominal_load").iloc[0]
    titles = dict(zip(own["phases"]["phase"], own["phases"]["title"], strict=True))
    return Live(
        code,
        titles,
        {phase: pose for (_, phase), pose in solved.items()},
        {phase: demand.pose_axes(own["torques"], code, phase) for phase in titles},
        demand.load_words(heaviest["load_unit"], heaviest["nominal_load"]),
        dict(zip(estimates["muscle_id"], estimates["is_fit"], strict=True)),
    )


def bands_table(bands: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Bands of the muscles in words."""
    return pd.DataFrame(
        {
            "Muscle": bands["muscle_id"].map(names),
            "Nominal": bands["band_before"].map(charts.BAND_WORDS),
            "Now": bands["band_now"].map(charts.BAND_WORDS),
            "Model is fit for it": bands["is_fit"].map({True: "yes", False: "only possible"}),
        }
    )


def balance_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Torques of a balance."""
    return pd.DataFrame(
        {
            "Side": ["Asks" if kind == "asks" else "Holds" for kind in rows["kind"]],
            "What": rows["name"],
            "N m": rows["torque_nm"].round(1),
        }
    )
