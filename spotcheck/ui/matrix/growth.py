"""View of growth: what muscles did after weeks of training, beside what EMG shows of them."""

from __future__ import annotations

from functools import cache

import pandas as pd
import streamlit as st

from spotcheck import measured, tables
from spotcheck.charts import growth as charts
from spotcheck.muscles import growth
from spotcheck.muscles import order as orders
from spotcheck.ui import cite, layout
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import counted, escaped

SENTENCE_STUDY = "vigotsky_2022"
_SPREADS = {
    "muscle_volume_change": "Line: one standard deviation between people to each side.",
    "thickness_change": "The texts that we saw print no spread.",
    "csa_difference": "Line: 95\u00a0% interval of the difference between the two groups.",
}


def draw(scene: Scene) -> None:
    """Draw the view."""
    rows = shown_rows(scene)
    if rows.empty:
        draw_way_out(scene.controls)
        return
    cells = activity(scene.controls["single"])
    draw_opening(rows, cells)
    for scale, same in rows.groupby("outcome", sort=False):
        draw_scale(str(scale), same, cells, scene)
    draw_sources(rows)


def shown_rows(scene: Scene) -> pd.DataFrame:
    """Outcomes of the exercises and muscle groups that the filters leave."""
    rows = all_rows()
    return rows[
        rows["exercise_id"].isin(scene.shown.exercises["exercise_id"])
        & rows["muscle_group"].isin(scene.shown.muscles["muscle_group"])
    ]


@st.cache_resource(show_spinner=False)
def all_rows() -> pd.DataFrame:
    """Every outcome of a training study, in words."""
    return growth.outcome_rows(
        *map(
            tables.load,
            (
                *("training_outcomes", "exercises", "muscles", "muscle_portions"),
                *("muscle_portion_members", "metrics", "studies"),
            ),
        )
    )


@cache
def activity(single: bool) -> pd.DataFrame:
    """Measured cells of the lenses of activity, each with its ``lens``."""
    evidence = measured.cells(single=single)
    return evidence[evidence["lens"].isin(growth.EMG_LENSES)].reset_index(drop=True)


def draw_opening(rows: pd.DataFrame, cells: pd.DataFrame) -> None:
    """The point of the view: activity is not growth, with an example where both are known."""
    example = growth.contrast(rows, cells[cells["lens"].eq("activity_mean")])
    title = "EMG is not growth" if example is None else example[0]
    n_studies = rows["study_id"].nunique()
    layout.finding(
        title,
        f"Change of a muscle over weeks of training, in {counted(n_studies)} "
        f"training {'study' if n_studies == 1 else 'studies'}. Each kind of measurement has a "
        "picture and a scale of its own.",
    )
    sentence = (
        "How active a muscle is during an exercise does not tell how much it will grow: "
        "activation is not a proven predictor of growth "
        f"({cite.name(SENTENCE_STUDY)})."
    )
    st.markdown(sentence if example is None else f"{sentence} {example[1]}")


def draw_scale(scale: str, rows: pd.DataFrame, cells: pd.DataFrame, scene: Scene) -> None:
    """Picture of one kind of outcome, and beside each row its role and activity in words."""
    metric = tables.load("metrics").set_index("metric").loc[scale]
    layout.finding(
        escaped(growth.finding(rows)),
        f"{escaped(metric['description'])} {_SPREADS[scale]}",
        level=3,
    )
    n_numbers = int(rows["value"].notna().sum())
    layout.chart(
        charts.outcome_dots(rows, scene.colours, narrow=scene.narrow),
        name=f"growth_{scale}",
        alt=(
            f"{metric['label']}: {n_numbers} numbers as dots; {len(rows) - n_numbers} rows without "
            "a number say in words what their study found."
        ),
        source="Sources: "
        + "; ".join(cite.name(study_id) for study_id, _, _ in growth.source_lines(rows)),
        table=lambda: growth.outcome_table(rows),
    )
    draw_beside(rows, cells)


def draw_beside(rows: pd.DataFrame, cells: pd.DataFrame) -> None:
    """Role and activity of each muscle and exercise of the picture."""
    names = ("engagement_roles", "muscle_portion_members", "muscles", "metrics")
    roles, members, muscles, metrics = map(tables.load, names)
    layout.note("The same muscles by role and by EMG, each on its own scale:")
    lines = growth.beside_lines(rows, roles, cells, members, muscles, metrics)
    st.markdown("\n".join(f"- {line}" for line in lines))


def draw_sources(rows: pd.DataFrame) -> None:
    """Each study once: its link, who was in it, and how its numbers were seen."""
    st.markdown(
        "\n".join(
            f"- {cite.name(study_id)}: {people} {STATUS_BADGES[status]}"
            for study_id, status, people in growth.source_lines(rows)
        )
    )


def draw_way_out(controls: Controls) -> None:
    """Say that no training study fits the filters, with a button that takes them away."""
    layout.empty_state(
        "No training study fits these filters",
        "Few exercises have been studied over weeks. Without the filters there are some to see.",
        "Remove the filters",
        lambda: controls.set(group=(), kind="any", **_no_filters()),
    )


def _no_filters() -> dict[str, tuple[str, ...]]:
    return {name: () for name in orders.FILTERS if name != "kind"}
