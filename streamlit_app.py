"""Short answers to the three questions, and the way into the tools: ``/``."""

from __future__ import annotations

import streamlit as st

from spotcheck.answers import Answer, answers
from spotcheck.charts.theme import Theme
from spotcheck.energy.safety import Stop
from spotcheck.ui import layout, plans, regions, toning
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.ui.controls import Controls, mass_scale
from spotcheck.ui.terms import words

WAYS_IN = {
    "A": ("pages/calorie_deficit.py", "Estimate your own →"),
    "B": ("pages/muscle_matrix.py", "Compare the exercises →"),
    "C": ("pages/articles.py", "See the evidence →"),
}


def main(colours: Theme) -> None:
    """Draw the page."""
    controls = plans.controls("home")
    outcome = plans.outcome(controls)
    layout.headline(
        "Running takes fat off you. It does not choose your thighs.",
        "Three popular articles promise slimmer thighs, toned inner thighs and less cellulite. "
        "Spotcheck puts your own numbers and the published trials next to what they say.",
        controls,
    )
    draw_controls(controls)
    if isinstance(outcome, Stop):
        st.warning(
            f"**{outcome.headline}** {outcome.explanation}", icon=":material/health_and_safety:"
        )
        projection = None
    else:
        projection = outcome
    units = plans.units(controls)
    draw_answers(answers(projection, units))
    toning.draw(controls, outcome, colours)
    if projection is not None:
        regions.draw(projection, colours, units)
    words("spot_reduction", "toning", "cellulite", "leg_fat_share", "compensation")


def draw_controls(controls: Controls) -> None:
    """Runner of the answers; the same as on the calorie-deficit page."""
    with layout.left_column("Change the runner"):
        st.markdown("**Your runner**")
        controls.slider("sessions", "Sessions a week", step=1)
        controls.slider("minutes", "Minutes a session", step=5)
        controls.segments("sex", "Sex", {"female": "Female", "male": "Male"})
        units = plans.units(controls)
        controls.slider(
            "weight", f"Weight, {units.mass_unit}", step=1, format="%.0f", scale=mass_scale(units)
        )
        layout.note("The first answer changes with these numbers.")


def draw_answers(given: tuple[Answer, ...]) -> None:
    """One card an article: its question, our answer, and the tool behind it."""
    for column, one in zip(st.columns(3, gap="medium"), given, strict=True):
        with column.container(border=True, height="stretch", vertical_alignment="distribute"):
            st.markdown(
                f"{ARTICLE_BADGES[one.article_id]} :gray[{one.question}]\n\n## {one.answer}\n\n"
                f"{one.body}",
                anchors=False,
            )
            path, label = WAYS_IN[one.article_id]
            st.page_link(path, label=label)


with layout.page("Home") as theme:
    main(theme)
