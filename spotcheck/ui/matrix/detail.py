"""Everything the tables hold on the chosen exercises and muscles."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import muscles as charts
from spotcheck.charts.theme import Theme
from spotcheck.muscles import estimate_words, measurements_for, story
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix.controls import draw_choice
from spotcheck.ui.matrix.data import (
    model_drives,
    model_labels,
    model_settings,
    model_states,
    names_of,
)
from spotcheck.ui.matrix.gaps import report_link
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import escaped

HOW = (
    "Tap a mark in the picture, or choose by name: an exercise opens its row, a muscle its column, "
    "both the cell. Every form, scale and source of the tables is listed."
)
_MOST_OPEN_SOURCES = 6
_CHOICES_KEY = "matrix/choices"


def draw(scene: Scene) -> None:
    """Draw the two lists that choose, and the detail of what they choose."""
    controls, colours = scene.controls, scene.colours
    exercises, muscles = controls["exercise"], controls["muscle"]
    if is_open(controls):
        layout.finding("An exercise, a muscle, or both", HOW)
    draw_choices(scene)
    if len(exercises) > 1 or len(muscles) > 1:
        draw_several(controls)
    if exercises and muscles:
        draw_measurements(exercises, muscles, controls["single"], colours)
        draw_ways(controls)
        for exercise in exercises:
            draw_exercise(exercise, muscles)
        return
    for exercise in exercises:
        draw_exercise(exercise, muscles)
        draw_strips(scene, exercise=exercise)
    for muscle in muscles:
        draw_muscle(muscle)
        draw_strips(scene, muscle=muscle)


def is_open(controls: Controls) -> bool:
    """Whether an exercise or a muscle is chosen."""
    return bool(controls["exercise"] or controls["muscle"])


def in_short(controls: Controls) -> tuple[str, ...]:
    """What is open, and what a single cell says, in a line; empty where nothing is."""
    exercises, muscles = controls["exercise"], controls["muscle"]
    if len(exercises) == len(muscles) == 1:
        pair = exercises[0], muscles[0]
        said = story.measured_sentence(measured_in(*pair), single=controls["single"])
        return (f"{role_sentence(*pair)} {said} More below.",)
    chosen = [names_of(one)[code] for one in ("muscle", "exercise") for code in controls[one]]
    return (f"**{escaped(', '.join(chosen))}**: below.",) if chosen else ()


@lru_cache(maxsize=256)
def role_sentence(exercise: str, muscle: str) -> str:
    """Role of a muscle in an exercise, and the reason for it."""
    role = tables.load("engagement_roles").set_index(["exercise_id", "muscle_id"])
    reasons = tables.load("role_reasons").set_index("reason")
    row = role.loc[(exercise, muscle)]
    return story.role_sentence(
        names_of("exercise")[exercise],
        names_of("muscle")[muscle],
        row["role"],
        reasons.loc[row["reason"]],
    )


def draw_choices(scene: Scene) -> None:
    """Lists of all exercises and muscles, from the first choice or the button on."""
    controls = scene.controls
    if is_open(controls):
        st.session_state[_CHOICES_KEY] = True
    if not layout.is_by_name(_CHOICES_KEY):
        return
    with st.container(horizontal=True, gap="medium"):
        for name, label in (("exercise", "Exercise"), ("muscle", "Muscle")):
            width = 296 if scene.narrow else 360
            draw_choice(controls, name, label, key=f"detail-{name}", width=width)


def draw_several(controls: Controls) -> None:
    """Chosen exercises and muscles, each of which can be taken away."""
    with st.container(horizontal=True, gap="small"):
        for name in ("exercise", "muscle"):
            names = names_of(name)
            for code in controls[name] if len(controls[name]) > 1 else ():
                st.button(
                    names[code],
                    icon=":material/close:",
                    key=f"remove/{code}",
                    help="Take it away",
                    on_click=lambda name=name, code=code: controls.set(
                        **{name: tuple(one for one in controls[name] if one != code)}
                    ),
                )


def draw_measurements(
    exercises: tuple[str, ...], muscles: tuple[str, ...], single: bool, colours: Theme
) -> None:
    """Role, numbers and sources of every chosen pair."""
    pairs = [(exercise, muscle) for exercise in exercises for muscle in muscles]
    found = {pair: measured_in(*pair) for pair in pairs}
    for pair in pairs:
        measured = story.measured_sentence(found[pair], single=single)
        model = model_sentence(*pair, single=single)
        st.markdown(f"{role_sentence(*pair)} {measured}\n\n{model}")
    rows = pd.concat(found.values(), ignore_index=True)
    plotted = story.dots_of(rows, single=single)
    if len(plotted):
        layout.chart(
            charts.measurement_dots(plotted, colours, narrow=layout.is_narrow()),
            name="measurements",
            alt=f"Dots of {len(plotted)} published numbers, each scale on its own axis.",
            source="Lines: standard deviation or range, as the source gives it.",
            table=lambda: with_model(rows),
        )
    draw_sources(rows, single=single)


def model_sentence(exercise: str, muscle: str, *, single: bool) -> str:
    """What the leg model says of a cell, with its grade."""
    drives = estimate_words.drive_rows(model_drives())
    states = model_states().set_index(["exercise_id", "muscle_id"])
    rows = measured_in(exercise, muscle)
    shown = (
        rows["is_percent_of_mvic"].eq(True) & rows["is_default"] & rows["grade"].ne("not_verified")
    )
    if not single:
        shown &= ~rows["is_single_person"]
    return estimate_words.cell_sentence(
        states.loc[(exercise, muscle)],
        drives.get((exercise, muscle)),
        model_settings().get(exercise, estimate_words.Setting()),
        measured=bool(shown.any()),
    )


def with_model(rows: pd.DataFrame) -> pd.DataFrame:
    """Measurements of cells as a table for readers, each with what the leg model says of it."""
    pairs = pd.MultiIndex.from_frame(rows[["exercise_id", "muscle_id"]])
    table = story.measurement_table(rows)
    return table.assign(
        **{"Model estimate (physics)": model_labels()["label"].reindex(pairs).to_numpy()}
    )


def draw_ways(controls: Controls) -> None:
    """Ways on: to the torques behind the estimates, and to a report of the cell."""
    modelled = set(tables.load("leg_model_phases")["exercise_id"])
    with st.container(horizontal=True, gap="medium"):
        if modelled.intersection(controls["exercise"]):
            st.button(
                "The torques behind the model",
                icon=":material/arrow_forward:",
                type="tertiary",
                key="detail/physics",
                on_click=lambda: controls.set(view="physics"),
            )
        if len(controls["exercise"]) > 1 or len(controls["muscle"]) > 1:
            return
        label, icon = "Report a wrong cell", ":material/flag:"
        if link := report_link(controls):
            st.link_button(label, link, icon=icon, type="tertiary")
        else:
            st.button(
                label,
                icon=icon,
                type="tertiary",
                key="detail/report",
                on_click=lambda: controls.set(view="gaps"),
            )


@st.cache_resource(show_spinner=False, max_entries=64)
def measured_in(exercise: str | None, muscle: str | None) -> pd.DataFrame:
    """Everything the tables hold on a cell, a row or a column, with its names."""
    rows = measurements_for(
        exercise,
        muscle,
        measurements=tables.load("engagement_measurements"),
        variants=tables.load("exercise_variants"),
        portion_members=tables.load("muscle_portion_members"),
        portions=tables.load("muscle_portions"),
        metrics=tables.load("metrics"),
        studies=tables.load("studies"),
    )
    return rows.assign(
        exercise=rows["exercise_id"].map(names_of("exercise")),
        muscle=rows["muscle_id"].map(names_of("muscle")),
        is_percent_of_mvic=rows["metric"].map(
            tables.load("metrics").set_index("metric")["is_percent_of_mvic"]
        ),
    )


def draw_strips(scene: Scene, *, exercise: str | None = None, muscle: str | None = None) -> None:
    """Numbers and sources of a whole row or column."""
    by, across = ("exercise", "muscle") if exercise else ("muscle", "exercise")
    code = exercise or muscle or ""
    single = scene.controls["single"]
    rows = measured_in(exercise, muscle)
    st.markdown(story.row_sentence(rows, names_of(by)[code], single=single))
    strips = story.strips_of(rows, tables.load("engagement_roles"), by=across, single=single)
    more = ""
    if muscle and len(strips):
        strips, more = in_one_lens(strips, scene.controls["lens"])
    if len(strips):
        layout.chart(
            charts.measurement_strips(strips, scene.colours, narrow=scene.narrow),
            name=f"row-{code}",
            alt=f"Dots of {len(strips)} published numbers, each scale on its own axis.",
            source=(
                "Dots: the plain exercise, trained limb; every other form is in the table. "
                f"Lines: standard deviation or range, as the source gives it.{more}"
            ),
            table=lambda: story.measurement_table(rows),
        )
    draw_sources(rows, single=single)


def in_one_lens(strips: pd.DataFrame, lens: str) -> tuple[pd.DataFrame, str]:
    """Lines of the open lens, else of the one that holds most numbers; and what is left out."""
    lenses = strips["lens"].value_counts()
    shown = lens if lens in lenses else lenses.index[0]
    left = len(strips) - lenses[shown]
    own = strips[strips["lens"].eq(shown)]
    return own, f" {left} more numbers on other scales: change the lens." if left else ""


def draw_sources(rows: pd.DataFrame, *, single: bool) -> None:
    """Each source once, with its link and how its numbers were seen; many are in a drawer."""
    listed = rows if single else rows[~rows["is_single_person"]]
    listed = listed.drop_duplicates(["study_id", "status"])
    if listed.empty:
        return
    lines = [
        f"- {cite.name(row['study_id'])} {STATUS_BADGES[row['status']]}"
        for row in listed.sort_values("citation").to_dict("records")
    ]
    if len(lines) <= _MOST_OPEN_SOURCES:
        st.markdown("\n".join(lines))
        return
    drawer = st.expander(
        "All sources",
        icon=":material/library_books:",
        key=f"sources/{rows['exercise_id'].iloc[0]}/{rows['muscle_id'].iloc[0]}/{len(lines)}",
        on_change="rerun",
    )
    if drawer.open:
        drawer.markdown("\n".join(lines))


def draw_exercise(exercise: str, muscles: tuple[str, ...]) -> None:
    """What else the tables and the articles say about an exercise."""
    row = tables.load("exercises").set_index("exercise_id").loc[exercise]
    roles = tables.load("engagement_roles")
    muscle_names = tables.load("muscles").set_index("muscle_id")["name"]
    st.markdown(
        f"**{escaped(row['name'])}**. {escaped(row['caution'])}\n\n"
        + story.roles_list(roles[roles["exercise_id"].eq(exercise)], muscle_names)
    )
    claims = story.closest_claims(
        tables.load("claim_mentions"),
        tables.load("claims"),
        exercise_id=exercise,
        muscle_ids=muscles,
    )
    draw_claims(claims, "exercise")
    if exercise in story.SESSION_OF_RUN:
        st.page_link(
            "pages/calorie_deficit.py",
            label="What such a run costs in energy",
            icon=":material/arrow_forward:",
            query_params={"session": story.SESSION_OF_RUN[exercise]},
        )


def draw_muscle(muscle: str) -> None:
    """Role of a muscle in every exercise, and what the articles say about it."""
    roles = tables.load("engagement_roles")
    exercise_names = tables.load("exercises").set_index("exercise_id")["short_name"]
    st.markdown(
        f"**{escaped(names_of('muscle')[muscle])}**\n\n"
        + story.roles_list(roles[roles["muscle_id"].eq(muscle)], exercise_names)
    )
    claims = story.closest_claims(
        tables.load("claim_mentions"), tables.load("claims"), muscle_ids=[muscle]
    )
    draw_claims(claims, "muscle")


def draw_claims(claims: pd.DataFrame, thing: str) -> None:
    """What each article says, in our words, with the way to its topic."""
    if claims.empty:
        layout.note(f"None of the three articles names this {thing}.")
        return
    st.markdown(
        "\n".join(f"- {story.claim_sentence(row, thing)}" for row in claims.to_dict("records"))
    )
    topics = settings.labels("topics", "topic_id", "short_label")
    with st.container(horizontal=True, gap="medium"):
        for topic in claims["topic_id"].dropna().drop_duplicates():
            st.page_link(
                "pages/articles.py",
                label=f"The articles on: {topics[topic].lower()}",
                icon=":material/arrow_forward:",
                query_params={"view": "topic", "topic": topic},
            )
