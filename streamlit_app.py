"""Short answers to the three questions, and the way into the tools: ``/``."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spotcheck.answers import Answer, answers
from spotcheck.charts.theme import Theme
from spotcheck.energy.projection import Projection
from spotcheck.energy.safety import Stop
from spotcheck.ui import layout, plans, regions, toning
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.ui.controls import Controls, mass_scale
from spotcheck.ui.terms import words

RUNNER = ("sessions", "minutes", "sex", "weight")
WAYS_IN = {
    "A": ("pages/calorie_deficit.py", "Estimate your own →"),
    "B": ("pages/muscle_matrix.py", "Compare the exercises →"),
    "C": ("pages/articles.py", "See the evidence →"),
}


def main(colours: Theme) -> None:
    """Draw the page: the runner's sliders draw only the parts that show the runner."""
    controls = plans.controls("home")
    layout.headline(
        "Running takes fat off you. It does not choose your thighs.",
        "Three popular articles promise slimmer thighs, toned inner thighs and less cellulite. "
        "Spotcheck puts your own numbers and the published trials next to what they say.",
        controls,
    )
    if not layout.is_narrow():
        st.sidebar.markdown(
            "**Your runner**  \n:small[:gray[What is said of fat changes with these numbers.]]"
        )
    drawer, stop = st.container(), st.container()
    first = draw_answers(controls)
    fat = toning.draw(controls, colours)
    origin = st.container()
    words("spot_reduction", "toning", "cellulite", "leg_fat_share", "compensation")

    def draw() -> None:
        with drawer:
            draw_controls(controls)
        with layout.outside(stop):
            draw_stop(controls)
        with first:
            draw_answer(answers_for(controls)[0])
        with fat:
            toning.draw_fat(controls, colours)
        with layout.outside(origin):
            draw_regions(controls, colours)

    layout.part(controls, "runner", (*RUNNER, *toning.OWN), draw)


def draw_controls(controls: Controls) -> None:
    """Runner of the answers; the same as on the calorie-deficit page."""
    with layout.left_column("Change the runner"):
        controls.slider("sessions", "Sessions a week", step=1)
        controls.slider("minutes", "Minutes a session", step=5)
        controls.segments("sex", "Sex", {"female": "Female", "male": "Male"})
        units = plans.units(controls)
        controls.slider(
            "weight", f"Weight, {units.mass_unit}", step=1, format="%.0f", scale=mass_scale(units)
        )


def draw_stop(controls: Controls) -> None:
    """Why no plan of this runner is projected, if none is."""
    outcome = plans.outcome(controls)
    if isinstance(outcome, Stop):
        st.warning(
            f"**{outcome.headline}** {outcome.explanation}", icon=":material/health_and_safety:"
        )


def draw_answers(controls: Controls) -> DeltaGenerator:
    """One card an article: its question, our answer, and the tool behind it.

    Gives the place of the first answer, the only one that depends on who the runner is.
    """
    columns = st.columns(3, gap="medium")
    for column, one in zip(columns, answers_for(controls), strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            if one.article_id == "A":
                first = st.container()
            else:
                draw_answer(one)
            path, label = WAYS_IN[one.article_id]
            st.page_link(path, label=label)
    return first


def answers_for(controls: Controls) -> tuple[Answer, Answer, Answer]:
    """Answers for the runner; only the first depends on who that is."""
    return answers(projection_of(controls), plans.units(controls))


def projection_of(controls: Controls) -> Projection | None:
    """What becomes of the runner's plan, where that is projected."""
    outcome = plans.outcome(controls)
    return None if isinstance(outcome, Stop) else outcome


def draw_answer(one: Answer) -> None:
    """Question and answer of an article."""
    st.markdown(
        f"{ARTICLE_BADGES[one.article_id]} :gray[{one.question}]\n\n## {one.answer}\n\n{one.body}",
        anchors=False,
    )


def draw_regions(controls: Controls, colours: Theme) -> None:
    """Where the fat comes from, if any is projected."""
    projection = projection_of(controls)
    if projection is not None:
        regions.draw(projection, colours, plans.units(controls))


layout.page("Home", main)
