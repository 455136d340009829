"""Gaps: how many studies stand behind each cell, and how to mend one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from spotcheck import repository, tables
from spotcheck.charts import gaps as charts
from spotcheck.muscles import gaps, measurements_for
from spotcheck.ui import cite, layout
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import heatmap
from spotcheck.ui.matrix.controls import draw_choice
from spotcheck.ui.matrix.data import names_of
from spotcheck.ui.matrix.scene import Scene

_STEPS = """\
1. **The study.** A row in `data/studies.csv`: citation, DOI, design, people, and how you saw it \
(`verified`, `second_hand` or `from_memory`).
2. **The form.** A row in `data/exercise_variants.csv`: the study's own words, the exercise that \
they belong to, load, limb and phase.
3. **The number.** A row in `data/engagement_measurements.csv`: form, muscle, scale, value, \
spread, people, study, status, and where you saw it.
4. **The check.** `make test` names table, row and column of anything that does not fit. Then send \
the change to the repository."""


def draw(scene: Scene) -> None:
    """Draw the view."""
    if scene.shown.exercises.empty:
        heatmap.draw_way_out(scene.controls)
        return
    exercises = scene.shown.exercises.sort_values("sequence")
    muscles = scene.shown.muscles
    known = known_rows()
    cells = gaps.gap_map(known, exercises, muscles)
    draw_families(scene, known, exercises, cells)
    draw_every_exercise(scene, exercises, cells)
    st.markdown(gaps.muscles_sentence(cells, muscles))
    names = tables.load("exercises").set_index("exercise_id")["name"]
    st.markdown(gaps.exercises_sentence(cells, names))
    draw_downloads()
    st.space("small")
    draw_report(scene)


def draw_families(
    scene: Scene, known: pd.DataFrame, exercises: pd.DataFrame, cells: pd.DataFrame
) -> None:
    """Map by families of exercises, with the share that nobody measured as its title."""
    families = exercises.drop_duplicates("family")
    labels = families.set_index("family")["family_label"]
    grid = gaps.gap_map(known, exercises, scene.shown.muscles, by="family")
    layout.finding(
        gaps.finding(cells),
        f"{gaps.counts_sentence(cells)} Every form, limb and scale counts; a study of a whole "
        "group of muscles counts for each of them.",
    )
    rows = pd.DataFrame(
        {
            "code": families["family"],
            "label": families["family_label"].str.split(":").str[0],
            "group": families["category"],
            "group_label": families["category"].str.capitalize(),
        }
    )
    across = muscle_axis(scene.shown.muscles)
    names = names_of("muscle")
    shown = grid.rename(columns={"family": "row", "muscle_id": "column"})
    shown["text"] = [
        charts.hover_text(labels[cell["row"]], names[cell["column"]], cell)
        for cell in shown.to_dict("records")
    ]
    if scene.narrow:
        # A phone has room for twelve families across, not for 26 muscles.
        rows, across = across, rows
        shown = shown.rename(columns={"row": "column", "column": "row"})
    n_zero = int(grid["n_studies"].eq(0).sum())
    layout.chart(
        charts.gap_map(shown, rows, across, scene.colours, narrow=scene.narrow),
        name="gaps",
        alt=(
            f"Map of {len(families)} families of exercises and {len(scene.shown.muscles)} muscles; "
            f"{n_zero} of its {len(grid)} cells have no study of more than one person."
        ),
        source=(
            "Number: studies of more than one person in any exercise of the family. Sources: in "
            f"{cite.ours('all measurements', 'engagement_measurements')}."
        ),
        table=lambda: table_of(grid.assign(family=grid["family"].map(labels)), "family"),
    )


def draw_every_exercise(scene: Scene, exercises: pd.DataFrame, cells: pd.DataFrame) -> None:
    """Map of every exercise, built when its drawer is opened."""
    drawer = st.expander(
        f"Every exercise: {len(exercises)} rows",
        icon=":material/grid_on:",
        key="gaps/every",
        on_change="rerun",
    )
    if not drawer.open:
        return
    names, muscle_names = names_of("exercise"), names_of("muscle")
    shown = cells.rename(columns={"exercise_id": "row", "muscle_id": "column"})
    shown["text"] = [
        charts.hover_text(names[cell["row"]], muscle_names[cell["column"]], cell)
        for cell in shown.to_dict("records")
    ]
    rows = pd.DataFrame(
        {
            "code": exercises["exercise_id"],
            "label": exercises["short_name"],
            "group": exercises["family"],
            "group_label": exercises["family_label"],
        }
    )
    with drawer:
        layout.chart(
            charts.gap_map(
                shown, rows, muscle_axis(scene.shown.muscles), scene.colours, narrow=scene.narrow
            ),
            name="gaps_every",
            alt=(
                f"Map of {len(exercises)} exercises and {len(scene.shown.muscles)} muscles; "
                f"{int(cells['kind'].eq('studied').sum())} of its {len(cells)} cells have a study "
                "of more than one person."
            ),
            source="△\u00a0one person only · ?\u00a0from memory only",
            table=lambda: table_of(
                cells.assign(exercise_id=cells["exercise_id"].map(names)), "exercise_id"
            ),
        )


def draw_downloads() -> None:
    """Whole tables, whatever the filters."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        layout.note("Whole tables, without filters:", width="content")
        layout.csv_download(
            "measurements",
            lambda: gaps.whole_table(
                *map(
                    tables.load,
                    ("engagement_measurements", "exercise_variants", "muscle_portions", "studies"),
                )
            ),
            "Measurements",
        )
        layout.csv_download("roles", lambda: tables.load("engagement_roles"), "Roles")


def draw_report(scene: Scene) -> None:
    """Text that reports a wrong cell, and how to add a measurement."""
    layout.finding(
        "Is a cell wrong, or do you know of a study?",
        "Choose the cell, open the report, and fill in its last lines."
        if repository.page()
        else "Choose the cell, copy the text, fill in its last lines, and send it to whoever gave "
        "you the address of this app.",
    )
    controls = scene.controls
    with st.container(horizontal=True, gap="medium"):
        for name, label in (("exercise", "Exercise"), ("muscle", "Muscle")):
            with st.container(width=296 if scene.narrow else 360):
                draw_choice(controls, name, label, key=f"gaps-{name}")
    if controls["exercise"] and controls["muscle"]:
        if link := report_link(controls):
            st.link_button("Report this cell", link, icon=":material/flag:")
        st.code(report_of(controls), language=None, wrap_lines=True)
    else:
        layout.note("The text appears when both are chosen.")
    drawer = st.expander(
        "How to add a measurement, in four steps",
        icon=":material/add_notes:",
        key="gaps/add",
        on_change="rerun",
    )
    if drawer.open:
        drawer.markdown(_STEPS)


def report_link(controls: Controls) -> str | None:
    """Address of a form that holds the report, where the repository is public."""
    if (page := repository.page()) is None:
        return None
    report = report_of(controls)
    return repository.report_address(page, report.partition("\n")[0], report)


def report_of(controls: Controls) -> str:
    """Report of the chosen cell, the first of several, as it stands."""
    exercise, muscle = controls["exercise"][0], controls["muscle"][0]
    roles = tables.load("engagement_roles").set_index(["exercise_id", "muscle_id"])
    descriptor = tables.package().descriptor
    return gaps.report_text(
        str(names_of("exercise")[exercise]),
        str(names_of("muscle")[muscle]),
        roles.loc[(exercise, muscle)],
        measurements_for(
            exercise,
            muscle,
            measurements=tables.load("engagement_measurements"),
            variants=tables.load("exercise_variants"),
            portion_members=tables.load("muscle_portion_members"),
            portions=tables.load("muscle_portions"),
            metrics=tables.load("metrics"),
            studies=tables.load("studies"),
        ),
        address=controls.link(with_personal=False),
        data_version=f"{descriptor['version']} of {descriptor['created'][:10]}",
    )


@st.cache_resource(show_spinner=False)
def known_rows() -> pd.DataFrame:
    """Measurements with the exercises and muscles that they stand for."""
    return gaps.known_rows(
        tables.load("engagement_measurements"),
        tables.load("exercise_variants"),
        tables.load("muscle_portion_members"),
    )


def muscle_axis(muscles: pd.DataFrame) -> pd.DataFrame:
    """Muscles as rows or columns of a map."""
    return pd.DataFrame(
        {
            "code": muscles["muscle_id"],
            "label": muscles["short_name"],
            "group": muscles["muscle_group"],
            "group_label": muscles["muscle_group_label"],
        }
    )


def table_of(grid: pd.DataFrame, by: str) -> pd.DataFrame:
    """Cells of a map in words; the column ``by`` already holds names."""
    columns = {
        by: "Family" if by == "family" else "Exercise", "muscle_id": "Muscle",
        "n_studies": "Studies", "n_measurements": "Numbers", "n_exercises": "Exercises",
        "n_exercises_studied": "Exercises studied", "n_single_person": "Numbers of one person",
        "n_from_memory": "Numbers from memory",
    }  # fmt: skip
    table = grid.assign(muscle_id=grid["muscle_id"].map(names_of("muscle")))
    return table[list(columns)].rename(columns=columns)
