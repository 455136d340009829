"""Which muscles each exercise engages, and how that is known: ``/muscle_matrix``."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import muscles as charts
from spotcheck.charts.theme import Theme, themed
from spotcheck.muscles import count_measurements, matrix, measurements_for, story
from spotcheck.muscles import order as orders
from spotcheck.ui import layout, settings
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.terms import hint, words
from spotcheck.wording import doi_link, escaped

EVIDENCE_TABLES = (
    "engagement_measurements",
    "exercise_variants",
    "muscle_portion_members",
    "metrics",
)
TABLE_COLUMNS = {
    "exercise": "Exercise",
    "muscle": "Muscle",
    "role_label": "Role",
    "label": "Value",
    "unit": "Unit",
    "metric_label": "Scale",
    "grade_label": "Evidence",
    "n_studies": "Studies",
    "sources": "Sources",
}


@dataclass(frozen=True)
class Shown:
    """What the picture shows: its rows and columns, and the scale that its colours compare."""

    exercises: pd.DataFrame
    muscles: pd.DataFrame
    cells: pd.DataFrame
    metric: str | None
    top: float


def main(colours: Theme) -> None:
    """Draw the page."""
    controls = Controls("muscle_matrix", settings.matrix())
    shown = shown_by(
        controls["view"],
        controls["lens"],
        controls["order"],
        controls["group"],
        controls["equipment"],
        controls["plane"],
        controls["single"],
        controls["muscle"][:1],
    )
    layout.opening(
        *answer(controls, shown),
        controls,
        draw_controls=lambda: draw_controls(controls),
        draw_figures=lambda: None,
        draw_picture=lambda: draw_picture(controls, shown, colours),
    )
    draw_detail(controls, colours)
    words(
        *("prime_mover", "synergist", "stabilizer", "antagonist", "expert_role"),
        *("emg", "mvic", "mri_t2", "pooled_evidence", "group_study", "small_study"),
        *("single_person", "no_data"),
    )


@st.cache_resource(show_spinner=False)
def all_cells(lens: str, single: bool) -> pd.DataFrame:
    """Every exercise with every muscle, and what the picture's hover says of it."""
    measurements, variants, members, metrics = map(tables.load, EVIDENCE_TABLES)
    evidence = orders.evidence_of(
        lens, measurements, variants, members, metrics, include_single_person=single
    )
    sources = story.sources_of(
        evidence,
        measurements,
        variants,
        members,
        metrics,
        tables.load("studies"),
        include_single_person=single,
    )
    cells = matrix(
        tables.load("exercises"), tables.load("muscles"), tables.load("engagement_roles"), evidence
    )
    texts = story.hover_texts(cells, sources, tables.load("role_reasons"), metrics)
    cited = sources.groupby(["exercise_id", "muscle_id"])["citation"].agg(
        lambda names: "; ".join(dict.fromkeys(names))
    )
    cells = cells.assign(
        text=texts, brief=story.brief_texts(cells, tables.load("role_reasons"), metrics)
    )
    return cells.merge(cited.rename("sources").reset_index(), how="left")


@st.cache_resource(show_spinner=False, max_entries=64)
def shown_by(
    view: str,
    lens: str,
    order: str,
    groups: tuple[str, ...],
    equipment: tuple[str, ...],
    planes: tuple[str, ...],
    single: bool,
    muscle: tuple[str, ...],
) -> Shown:
    """Rows, columns and cells of these settings."""
    exercises = orders.filtered(*rows_of(view), equipment=equipment, planes=planes)
    muscles = tables.load("muscles")
    start = orders.START_GROUPS if view == "start" else tuple(muscles["muscle_group"].unique())
    muscles = orders.muscles_of(muscles, groups or start)
    every = all_cells(lens, single)
    cells = every[every["muscle_id"].isin(muscles["muscle_id"])]
    here = cells[cells["exercise_id"].isin(exercises["exercise_id"])]
    metric = None if lens == "role" else orders.main_metric(here, tables.load("metrics"))
    if order == "muscle":
        of_muscle = every[every["muscle_id"].eq(ordering_muscle(muscle, muscles))]
        exercises = orders.ordered(exercises, order, cells=of_muscle, metric=metric)
    else:
        exercises = orders.ordered(exercises, order)
    cells = exercises[["exercise_id"]].merge(muscles[["muscle_id"]], how="cross").merge(cells)
    top = orders.scale_top(metric, every, tables.load("metrics")) if metric else 1.0
    return Shown(exercises, muscles, cells, metric, top)


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(
    _shown: Shown,
    lens: str,
    theme_name: str,
    narrow: bool,
    chosen: tuple[tuple[str, str], ...],
    marked_muscle: str | None,
    settings_key: tuple[Any, ...],
) -> Any:
    """Picture of these settings, which ``settings_key`` names."""
    metrics = tables.load("metrics").set_index("metric")
    scale = metrics["label"][_shown.metric] if _shown.metric else ""
    return charts.muscle_matrix(
        _shown.cells,
        _shown.exercises,
        _shown.muscles,
        themed(theme_name),
        narrow=narrow,
        metric=None if lens == "role" else _shown.metric or "",
        top=_shown.top,
        scale=scale,
        chosen=chosen,
        marked_muscle=marked_muscle,
    )


def rows_of(view: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Exercises of a view, and the tables that filter them."""
    exercises = tables.load("exercises")
    if view == "start":
        exercises = orders.start_exercises(exercises, tables.load("claim_mentions"))
    return exercises, tables.load("exercise_equipment"), tables.load("exercise_planes")


def ordering_muscle(chosen: tuple[str, ...], muscles: pd.DataFrame) -> str:
    """Muscle that orders the rows: the chosen one, else the first of the picture."""
    return chosen[0] if chosen else str(muscles["muscle_id"].iloc[0])


def answer(controls: Controls, shown: Shown) -> tuple[str, str]:
    """Headline, and how sure it is."""
    if shown.exercises.empty:
        return (
            "No exercise fits all these filters.",
            "An exercise must pass them all: your equipment, and the direction of movement.",
        )
    muscles = tables.load("muscles")
    group = orders.group_in_focus(shown.cells, muscles, controls["group"], shown.metric)
    codes = orders.muscles_of(muscles, [group])["muscle_id"]
    cells = shown.cells[shown.cells["muscle_id"].isin(codes)]
    if controls["lens"] == "role":
        roles = tables.load("engagement_roles")
        headline = story.role_headline(cells, roles[roles["muscle_id"].isin(codes)], group)
    else:
        names = tables.load("exercises").set_index("exercise_id")["name"]
        headline = story.measured_headline(cells, tables.load("metrics"), names, group)
    every = all_cells(controls["lens"], controls["single"])
    return headline, story.uncertainty(
        shown.cells,
        controls["lens"],
        n_measured_elsewhere=int((~every["no_data"]).sum() - (~shown.cells["no_data"]).sum()),
        include_single_person=controls["single"],
    )


def draw_controls(controls: Controls) -> None:
    """Lens, filters and order: in the left column, or the lens and a drawer on a phone."""
    if layout.is_narrow():
        draw_lens(controls)
    with layout.left_column("Filter and order"):
        if not layout.is_narrow():
            draw_lens(controls)
        groups = tables.load("muscles").drop_duplicates("muscle_group")
        controls.pills(
            "group",
            "Muscles",
            dict(zip(groups["muscle_group"], groups["muscle_group_label"], strict=True)),
            help="With none chosen, the first view shows thighs, buttocks and calves.",
        )
        controls.pills(
            "equipment",
            "Equipment at hand",
            {
                code: "No equipment" if code == "none" else code.capitalize()
                for code in settings.codes("exercise_equipment", "equipment")
            },
            help="Shows what you can do with these and nothing else.",
        )
        controls.pills("plane", "Direction of movement", settings.PLANES)
        controls.select("order", "Order of the exercises", settings.MATRIX_ORDERS)
        if controls["order"] == "muscle":
            draw_choice(controls, "muscle", "Order by", key="order-muscle")
        controls.toggle("single", "Single-person studies", help=hint("single_person"))


def draw_lens(controls: Controls) -> None:
    """What the cells show."""
    controls.select("lens", "What the cells show", settings.MATRIX_LENSES)


def draw_picture(controls: Controls, shown: Shown, colours: Theme) -> None:
    """Heatmap of the open view, with its key, its table and what stands behind it."""
    controls.views(settings.MATRIX_VIEWS)
    if shown.exercises.empty:
        draw_way_out(controls)
        return
    n_exercises, n_muscles = len(shown.exercises), len(shown.muscles)
    by_muscle = controls["order"] == "muscle"
    figure = picture(
        shown,
        controls["lens"],
        colours.name,
        layout.is_narrow(),
        tuple((one, two) for one in controls["exercise"] for two in controls["muscle"]),
        ordering_muscle(controls["muscle"], shown.muscles) if by_muscle else None,
        tuple(controls[name] for name in controls.fields),
    )
    counts = count_measurements(
        tables.load("engagement_measurements"), tables.load("exercise_variants")
    )
    definition = definition_of(controls["lens"], shown.metric)
    if not layout.is_narrow():
        layout.finding(
            f"{n_exercises} {'exercise' if n_exercises == 1 else 'exercises'}, "
            f"{n_muscles} {'muscle' if n_muscles == 1 else 'muscles'}",
            definition,
        )
    layout.chart(
        figure,
        name="matrix",
        alt=(
            f"Heatmap of {n_exercises} exercises and {n_muscles} muscles; "
            f"{(~shown.cells['no_data']).sum()} cells are measured. The table holds every cell."
        ),
        source=legend_of(controls["lens"], single=controls["single"]),
        table=lambda: table_of(shown),
        on_select=lambda: take_over_click(controls),
    )
    if layout.is_narrow():
        layout.note(definition)
    layout.note(story.counts_sentence(counts))


def definition_of(lens: str, metric: str | None) -> str:
    """What the colours mean."""
    if lens == "role":
        return (
            "What each muscle is there for: L leads (prime mover), H helps (synergist), S steadies "
            "(stabilizer), A works against (antagonist). A mark says that it was also measured."
        )
    if metric is None:
        return "Nothing here has been measured this way."
    row = tables.load("metrics").set_index("metric").loc[metric]
    return escaped(row["description"])


def legend_of(lens: str, *, single: bool) -> str:
    """Marks of the picture in words."""
    marks = ["◆ pooled", "● group of 10 or more", "○ small or second-hand"]
    if single:
        marks.append("△ single person")
    marks.append("– no mark: expert role only" if lens == "role" else "\\/ not measured")
    return " · ".join(mark.replace(" ", "\u00a0") for mark in marks)


def draw_way_out(controls: Controls) -> None:
    """Say which filter to take away, with a button that does it."""
    filters = {"equipment": controls["equipment"], "planes": controls["plane"]}
    names, n_exercises = orders.way_out(*rows_of(controls["view"]), **filters)
    labels = {"equipment": "the equipment", "plane": "the direction"}
    which = " and ".join(labels[name] for name in names)
    filter_word = "filter" if len(names) == 1 else "filters"
    layout.empty_state(
        "One step back",
        f"Without {which} {filter_word} there {'is' if n_exercises == 1 else 'are'} "
        f"{n_exercises} to see.",
        f"Remove {which} {filter_word}",
        lambda: controls.set(**dict.fromkeys(names, ())),
    )


def table_of(shown: Shown) -> pd.DataFrame:
    """Every cell of the picture, in words."""
    cells = shown.cells.assign(
        exercise=shown.cells["exercise_id"].map(shown.exercises.set_index("exercise_id")["name"]),
        muscle=shown.cells["muscle_id"].map(shown.muscles.set_index("muscle_id")["name"]),
        role_label=shown.cells["role"].map(story.ROLE_LABELS),
        grade_label=shown.cells["grade"].map(story.GRADE_LABELS),
        metric_label=shown.cells["metric"].map(tables.load("metrics").set_index("metric")["label"]),
    )
    return cells[list(TABLE_COLUMNS)].rename(columns=TABLE_COLUMNS)


def take_over_click(controls: Controls) -> None:
    """Choose the cell of a tapped mark."""
    points = st.session_state["chart/matrix"]["selection"]["points"]
    if not points or "customdata" not in points[0]:
        return
    exercise, muscle = map(int, points[0]["customdata"])
    exercises, muscles = tables.load("exercises"), tables.load("muscles")
    controls.set(
        exercise=tuple(exercises.loc[exercises["sequence"].eq(exercise), "exercise_id"]),
        muscle=tuple(muscles.loc[muscles["sequence"].eq(muscle), "muscle_id"]),
    )


def draw_choice(controls: Controls, name: str, label: str, *, key: str) -> None:
    """List that chooses one exercise or muscle, in place of those chosen before."""
    names = names_of(name)
    chosen = controls[name]
    st.session_state[key] = chosen[0] if chosen else None

    def take_over() -> None:
        code = st.session_state[key]
        controls.set(**{name: (code,) if code else ()})

    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose one",
        key=key,
        on_change=take_over,
    )


def names_of(name: str) -> dict[Hashable, str]:
    """Names of all exercises or muscles, by code."""
    return tables.load(f"{name}s").set_index(f"{name}_id")["name"].to_dict()


def draw_detail(controls: Controls, colours: Theme) -> None:
    """Everything the tables hold on the chosen exercises and muscles."""
    layout.finding(
        "One exercise, one muscle",
        "Tap a mark in the picture, or choose here. "
        "Every form, scale and source of the tables is listed.",
    )
    with st.container(horizontal=True, gap="medium"):
        for name, label in (("exercise", "Exercise"), ("muscle", "Muscle")):
            with st.container(width=296 if layout.is_narrow() else 360):
                draw_choice(controls, name, label, key=f"detail-{name}")
    exercises, muscles = controls["exercise"], controls["muscle"]
    if len(exercises) > 1 or len(muscles) > 1:
        draw_several(controls)
    if exercises and muscles:
        draw_measurements(exercises, muscles, controls["single"], colours)
    for exercise in exercises:
        draw_exercise(exercise, muscles)


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
    exercise_names, muscle_names = names_of("exercise"), names_of("muscle")
    roles = tables.load("engagement_roles").set_index(["exercise_id", "muscle_id"])
    reasons = tables.load("role_reasons").set_index("reason")
    pairs = [(exercise, muscle) for exercise in exercises for muscle in muscles]
    found = {pair: measured_in(*pair) for pair in pairs}
    for pair in pairs:
        role, rows = roles.loc[pair], found[pair]
        st.markdown(
            story.role_sentence(
                exercise_names[pair[0]],
                muscle_names[pair[1]],
                role["role"],
                reasons.loc[role["reason"]],
            )
            + " "
            + story.measured_sentence(rows, single=single)
        )
    rows = pd.concat(found.values(), ignore_index=True)
    plotted = story.dots_of(rows, single=single)
    if len(plotted):
        layout.chart(
            charts.measurement_dots(plotted, colours, narrow=layout.is_narrow()),
            name="measurements",
            alt=f"Dots of {len(plotted)} published numbers, each scale on its own axis.",
            source="Lines: standard deviation or range, as the source gives it.",
            table=lambda: story.measurement_table(rows),
        )
    draw_sources(rows, single=single)


def measured_in(exercise: str, muscle: str) -> pd.DataFrame:
    """Everything the tables hold on a pair, with its names."""
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
        exercise=names_of("exercise")[exercise],
        muscle=names_of("muscle")[muscle],
        is_percent_of_mvic=rows["metric"].map(
            tables.load("metrics").set_index("metric")["is_percent_of_mvic"]
        ),
    )


def draw_sources(rows: pd.DataFrame, *, single: bool) -> None:
    """Each source once, with its link and how its numbers were seen."""
    listed = rows if single else rows[~rows["is_single_person"]]
    if listed.empty:
        return
    lines = [
        f"- {doi_link(row['doi'], row['citation']) if row['doi'] else escaped(row['citation'])} "
        + STATUS_BADGES[row["status"]]
        for row in listed.fillna({"doi": ""})
        .drop_duplicates(["study_id", "status"])
        .to_dict("records")
    ]
    st.markdown("\n".join(lines))


def draw_exercise(exercise: str, muscles: tuple[str, ...]) -> None:
    """What else the tables and the articles say about an exercise."""
    row = tables.load("exercises").set_index("exercise_id").loc[exercise]
    roles = tables.load("engagement_roles")
    muscle_names = tables.load("muscles").set_index("muscle_id")["name"]
    st.markdown(
        f"**{escaped(row['name'])}**. "
        f"{story.roles_sentence(roles[roles['exercise_id'].eq(exercise)], muscle_names)} "
        f"{escaped(row['caution'])}"
    )
    about = story.claim_about(
        exercise, muscles, tables.load("claim_mentions"), tables.load("claims")
    )
    if about is None:
        layout.note("None of the three articles names this exercise.")
    else:
        claim, n_claims = about
        st.markdown(story.claim_sentence(claim, n_claims))
    with st.container(horizontal=True, gap="medium"):
        if about is not None:
            st.page_link(
                "pages/articles.py",
                label="What the articles say on this topic",
                icon=":material/arrow_forward:",
                query_params={"view": "topic", "topic": about[0]["topic_id"]},
            )
        if exercise in story.SESSION_OF_RUN:
            st.page_link(
                "pages/calorie_deficit.py",
                label="What such a run costs in energy",
                icon=":material/arrow_forward:",
                query_params={"session": story.SESSION_OF_RUN[exercise]},
            )


with layout.page("Muscle matrix") as theme:
    main(theme)
