"""Toning for the reader's own plan: its two ingredients, by running alone and with exercises."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spotcheck import toning
from spotcheck.charts import home as charts
from spotcheck.charts.theme import Theme, themed
from spotcheck.energy.projection import Projection
from spotcheck.energy.safety import Stop
from spotcheck.ui import cite, layout, plans, settings
from spotcheck.ui.controls import Controls
from spotcheck.wording import Units, counted, duration, escaped, joined

_SLIDER_WIDTH_PX = 300
OWN = ("tone", "tone_with", "tone_minutes")


def draw(controls: Controls, colours: Theme) -> DeltaGenerator:
    """Draw what toning is, its settings, and the picture of the work of the muscle.

    Parameters
    ----------
    controls : Controls
        Settings of the page.
    colours : Theme
        Colours to draw with.

    Returns
    -------
    DeltaGenerator
        Place of the other picture, which :func:`draw_fat` draws: fat depends on the runner too.
    """
    layout.finding(
        "Toning is less fat over a muscle, and more work for the muscle",
        "The word has no fixed meaning; these are the two things that can change. Both for your "
        "plan, by running alone and with exercises beside it.",
    )
    layout.part(controls, "toning", OWN, lambda: draw_inputs(controls))
    with st.container(horizontal=not layout.is_narrow(), gap="large"):
        fat = st.container()
        with st.container():
            layout.part(controls, "stimulus", OWN, lambda: draw_stimulus(controls, colours))
    return fat


def exercises_of(controls: Controls) -> tuple[str, ...]:
    """Exercises that the reader chose, else those that we suggest for the muscle."""
    return controls["tone_with"] or toning.suggested(controls["tone"])


def draw_inputs(controls: Controls) -> None:
    """Muscle, exercises to choose from, and their minutes."""
    draw_muscle(controls)
    names = settings.labels("exercises", "exercise_id", "short_name")
    # One that was chosen for another muscle stays, at the end.
    offered = (*toning.offered(controls["tone"]), *controls["tone_with"])
    controls.pills(
        "tone_with",
        "Exercises beside the running; with none chosen, the first three",
        {code: names[code] for code in dict.fromkeys(offered)},
    )
    with st.container(width=_SLIDER_WIDTH_PX):
        controls.slider("tone_minutes", "Exercises, minutes a week", step=10)


def draw_muscle(controls: Controls) -> None:
    """Part of the leg, which chooses its first muscle, and the muscles of that part.

    Hardly anybody looks for a muscle by its name, and a list of all of them is slow to draw.
    """
    parts, muscle = settings.leg_parts(), controls["tone"]
    own = next(part for part, muscles in parts.items() if muscle in muscles)
    names = settings.labels("muscles", "muscle_group", "muscle_group_label")
    first = {part: next(iter(muscles)) for part, muscles in parts.items()}
    controls.pill(
        "tone",
        "Part of the leg",
        {first[part]: names[part] for part in parts},
        shown=first[own],
        unit="part",
    )
    controls.pill("tone", "Muscle", parts[own], unit=own)


def draw_fat(controls: Controls, colours: Theme) -> None:
    """First ingredient: fat, by running alone and with the exercises."""
    units, exercises = plans.units(controls), exercises_of(controls)
    own = plans.plan(controls.values)
    both = {
        "Running alone": toning.running_alone(own),
        "With exercises": toning.with_exercises(own, exercises, controls["tone_minutes"]),
    }
    found: dict[str, Projection] = {}
    for name, one in both.items():
        projected = plans.outcome(controls, one)
        if isinstance(projected, Stop):
            layout.finding("Fat: no figure for this plan", escaped(projected.headline), level=3)
            return
        found[name] = projected
    rows, days, (alone, more), figure = fat_of(tuple(found.items()), colours.name, units)
    names = settings.labels("exercises", "exercise_id", "short_name")
    listed = joined([escaped(names[code]) for code in exercises])
    times = counted(toning.TIMES_PER_WEEK)
    layout.finding(
        f"Fat: {alone} off by running alone, {more} with exercises",
        f"Middle estimate, after {duration(days)}. {listed}: {controls['tone_minutes']} minutes a "
        f"week in {times} sessions. Nothing in it chooses where the fat goes.",
        level=3,
    )
    layout.chart(
        figure,
        name="toning-fat",
        alt=f"Bars: {alone} of fat by running alone, {more} with exercises.",
        source=(
            f"Source: {cite.ours('our estimate')}; exercises by their "
            f"{cite.ours('Compendium MET', 'activities')}, rests included."
        ),
        table=lambda: rows,
    )


@lru_cache(maxsize=128)
def fat_of(
    plans_: tuple[tuple[str, Projection], ...], theme_name: str, units: Units
) -> tuple[pd.DataFrame, int, list[str], go.Figure]:
    """Fat that each plan takes off, after how many days, in words, and its picture."""
    # A plan that ends early, at the lowest weight that we show, ends the other one too.
    days = min(one.days for _, one in plans_)
    changes = [float(one.body.fat_kg[days] - one.body.fat_kg[0]) for _, one in plans_]
    rows = pd.DataFrame({"plan": [name for name, _ in plans_], "fat_change_kg": changes})
    words = [units.mass_amount(min(one, 0.0)) for one in changes]
    return rows, days, words, charts.fat_by_plan(rows, themed(theme_name), units)


def draw_stimulus(controls: Controls, colours: Theme) -> None:
    """Second ingredient: how hard the muscle works in running and in the exercises."""
    muscle, exercises = controls["tone"], exercises_of(controls)
    finding, alt, source = words_of(muscle, exercises)
    lunge = ", of the lunge the bent leg" * ("lateral_lunge" in exercises)
    layout.finding(
        finding,
        f"Dot: measured. Bar: the band of a leg model that holds still poses{lunge}; it leaves out "
        "muscles that tense against each other. Arrows: more ▲ or less ▼ than on the level, as "
        "studies say; ? not known. How hard is not yet how much it grows.",
        level=3,
    )
    layout.chart(
        picture(muscle, exercises, colours.name, layout.is_narrow()),
        name="toning-stimulus",
        alt=alt,
        source=source,
        table=lambda: charts.stimulus_table(toning.moves(muscle, exercises)),
    )
    draw_ways(controls)


@lru_cache(maxsize=64)
def words_of(muscle: str, exercises: tuple[str, ...]) -> tuple[str, str, str]:
    """Finding of the second picture, its text for screen readers, and its sources."""
    shown = toning.moves(muscle, exercises)
    said = (
        f"{row['exercise']}: {row['measured']:.0f} measured"
        if pd.notna(row["measured"])
        else f"{row['exercise']}: {row['words']}"
        for row in shown.to_dict("records")
    )
    names = dict.fromkeys("; ".join(shown["citation"].dropna()).split("; "))
    model = cite.ours("our leg model", "leg_model_estimates")
    cited = "; ".join(cite.by_citation()[one] for one in names if one)
    return (
        toning.stimulus_finding(shown, settings.leg_muscles()[muscle]),
        f"{'. '.join(said)}.",
        f"Sources: {cited}; {model}." if cited else f"Source: {model}.",
    )


@lru_cache(maxsize=64)
def picture(muscle: str, exercises: tuple[str, ...], theme_name: str, narrow: bool) -> Any:
    """Picture of the second ingredient."""
    scale = toning.LENSES[toning.lens_of(muscle)]
    return charts.stimulus(
        toning.moves(muscle, exercises),
        themed(theme_name),
        unit=f"{settings.leg_muscles()[muscle]}, {scale}, % of a maximal effort",
        narrow=narrow,
    )


def draw_ways(controls: Controls) -> None:
    """Ways to the leg, to all exercises, to trials of growth, and to the plan itself."""
    groups = settings.labels("muscles", "muscle_id", "muscle_group")
    exercises = exercises_of(controls)
    with st.container(horizontal=True, gap="medium"):
        st.page_link(
            "pages/muscle_matrix.py",
            label="Turn the leg in 3-D →",
            query_params={"view": "leg", "exercise": [*exercises[:3], toning.RUNS[0]]},
        )
        st.page_link(
            "pages/muscle_matrix.py",
            label="All exercises for this part →",
            query_params={"view": "all", "lens": "model", "group": groups[controls["tone"]]},
        )
        st.page_link(
            "pages/muscle_matrix.py",
            label="Does it grow? →",
            query_params={"view": "growth"},
        )
