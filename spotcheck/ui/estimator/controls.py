"""Controls of the calorie-deficit page: a quick plan, the reader, and the rest behind a tap."""

from __future__ import annotations

import streamlit as st

from spotcheck.ui import layout, plans, settings
from spotcheck.ui.controls import Controls, mass_scale, whole_inches
from spotcheck.ui.estimator import week
from spotcheck.ui.terms import hint
from spotcheck.wording import METRIC


def draw(controls: Controls) -> None:
    """Sliders: in the left column, or the first of them and a drawer on a phone."""
    if layout.is_narrow():
        # Without a slider its place stays taken: the drawer would move up, be a new one, and close.
        with st.container():
            if not controls["week"]:
                draw_first_slider(controls)
    with layout.left_column("Change the numbers"):
        draw_presets(controls)
        st.markdown("**Your training**")
        if not controls["week"]:
            controls.slider("sessions", "Sessions a week", step=1)
            if not layout.is_narrow():
                draw_first_slider(controls)
            week.draw_speed(controls, controls, controls["session"])
        week.draw(controls)
        draw_reader(controls)
        more = st.expander("More", key="more", on_change="rerun")
        if more.open:
            with more:
                draw_more(controls)


def draw_first_slider(controls: Controls) -> None:
    """Control that a reader on a phone meets first."""
    controls.slider("minutes", "Minutes a session", step=5)


def draw_reader(controls: Controls) -> None:
    """Who runs; the link and the model stay metric whatever the units are."""
    units = plans.units(controls)
    st.markdown("**You**")
    controls.segments("sex", "Sex", {"female": "Female", "male": "Male"})
    controls.slider(
        "weight",
        f"Weight, {units.mass_unit}",
        step=1,
        format="%.0f",
        scale=mass_scale(units),
    )
    if units == METRIC:
        controls.slider(
            "height",
            "Height, cm",
            step=1,
            format="%.0f",
        )
    else:
        controls.stops(
            "height",
            "Height, feet and inches",
            whole_inches(*settings.limits("height")),
            units.height,
            unit="in",
        )
    controls.slider("age", "Age, years", step=1)


def draw_more(controls: Controls) -> None:
    """Settings that most readers leave alone."""
    if not controls["week"]:
        controls.select(
            "session", "Kind of session", settings.labels("session_types", "session_type")
        )
        controls.slider(
            "grade",
            "Slope, %",
            step=1,
            limits=settings.grade_limits(controls["session"]),
            help=hint("grade"),
        )
    controls.toggle("outdoors", "Outdoors, with air to push aside")
    controls.slider("intake", "Food change, kcal a day", step=50)
    controls.slider("compensation", "Made up elsewhere, %", step=5, help=hint("compensation"))
    controls.slider(
        "activity",
        "Activity apart from the training",
        step=0.05,
        format="%.2f",
        help=hint("physical_activity_level"),
    )
    controls.number(
        "body_fat",
        "Body fat, %, if you know it",
        step=1,
        help=hint("body_fat_percentage"),
    )
    controls.slider("days", "Days to look ahead", step=1)
    controls.slider("build_up", "Build up over, weeks", step=1)
    controls.slider("stop", "Stop training after, months (0: never)", step=1)
    controls.slider("food_stop", "Eat as today after, months (0: never)", step=1)
    controls.segments("units", "Units", settings.UNITS)


def draw_presets(controls: Controls) -> None:
    """Ready plans; the list names the one that the settings are at."""
    presets = settings.presets()
    now = [
        code
        for code, given in presets.items()
        if all(controls[name] == value for name, value in given.items())
    ]
    shown = now[0] if now else None
    memory = st.session_state.setdefault("presets", {"version": 0, "start": None, "shown": None})
    # Where the plan leaves the list, a new list takes its place. Set from code, the old one would
    # tell of its plan once more with the next change, if that came before the answer to this one,
    # and take both changes back.
    if memory["shown"] != shown or f"preset/{memory['version']}" not in st.session_state:
        memory.update(version=memory["version"] + 1, start=shown, shown=shown)
    version, start = memory["version"], memory["start"]
    key = f"preset/{version}"

    def take_over() -> None:
        chosen = st.session_state[key]
        if chosen not in (None, memory["shown"]) and version == memory["version"]:
            memory["shown"] = chosen
            controls.set(**presets[chosen])

    names = settings.labels("presets", "preset")
    st.selectbox(
        "Start from a plan",
        list(names),
        index=None if start is None else list(names).index(start),
        format_func=lambda code: names[code],
        placeholder="Your own plan",
        key=key,
        on_change=take_over,
    )
