"""Heatmap of exercises and muscles, with its key, its table and what stands behind it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import muscles as charts
from spotcheck.charts.theme import themed
from spotcheck.muscles import checks, count_measurements, estimate_words, estimates, story
from spotcheck.muscles import order as orders
from spotcheck.muscles.evidence import PHYSICS
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import controls as inputs
from spotcheck.ui.matrix import detail
from spotcheck.ui.matrix.data import (
    Shown,
    filters_of,
    links,
    model_labels,
    ordering_muscle,
    rows_of,
)
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import escaped, joined

FILTER_WORDS = {
    "equipment": "equipment",
    "plane": "direction",
    "pattern": "movement",
    "chain": "chain",
    "legs": "legs",
    "kind": "kind",
    "article": "article",
}
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
    "model": "Model estimate (physics)",
}
BAND_COLUMNS = {
    "exercise": "Exercise",
    "muscle": "Muscle",
    "label": "Band",
    "grade_label": "Evidence",
    "measured": "Measured",
    "measured_unit": "Unit",
    "metric_label": "Scale",
    "model": "Model estimate (physics)",
    "flags": "Flags of the model",
    "sources": "Sources",
}


def draw(scene: Scene) -> None:
    """Draw the view, and under it the detail of what was chosen in it."""
    is_empty = scene.shown.exercises.empty
    try:
        if is_empty:
            draw_way_out(scene.controls)
        else:
            draw_picture(scene)
    finally:
        # A picture that fails must not take away the filters that lead out.
        if not scene.narrow:
            if inputs.follows_picture(scene.controls):
                inputs.draw_lens_column(scene.controls)
            inputs.draw_filters(scene.controls)
    if not is_empty:
        detail.draw(scene)


def draw_picture(scene: Scene) -> None:
    """Heatmap of the open view, with its key, its table and what stands behind it."""
    controls, shown = scene.controls, scene.shown
    n_exercises, n_muscles = len(shown.exercises), len(shown.muscles)
    figure = picture_of(scene)
    counts = (
        f"{n_exercises} {'exercise' if n_exercises == 1 else 'exercises'}, "
        f"{n_muscles} {'muscle' if n_muscles == 1 else 'muscles'}"
    )
    definition = definition_of(controls["lens"], shown.metric)
    # What opens the detail stands with it once something is chosen.
    how = () if detail.is_open(controls) else (detail.HOW,)
    # Whoever taps a cell on a phone does not see what opens a screen further down.
    opened = detail.in_short(controls) if scene.narrow else ()
    layout.chart(
        figure,
        name="matrix",
        alt=(
            f"Heatmap of {counts}; "
            f"{(~shown.cells['no_data']).sum()} cells are {filled_by(shown)}. "
            "The table holds every cell."
        ),
        source=legend_of(controls["lens"], single=controls["single"]),
        notes=(*opened, f"**{counts}.** {definition}", what_stands_behind(), *how),
        table=lambda: table_of(shown),
        on_select=lambda: take_over_click(controls),
    )


def picture_of(scene: Scene) -> Any:
    """Picture of the open view; asked for again, it comes out of the cache."""
    controls, muscles = scene.controls, scene.shown.muscles
    by_muscle = controls["order"] == "muscle"
    return picture(
        scene.shown,
        controls["lens"],
        scene.colours.name,
        scene.narrow,
        tuple((one, two) for one in controls["exercise"] for two in controls["muscle"]),
        ordering_muscle(controls["muscle"], muscles) if by_muscle else None,
    )


@cache
def what_stands_behind() -> str:
    """How many measurements there are, and how the roles were coded and checked."""
    counts = count_measurements(
        tables.load("engagement_measurements"), tables.load("exercise_variants")
    )
    checked = checks.sentence(tables.load("role_checks"))
    numbers = cite.ours("Every measurement", "engagement_measurements")
    roles = cite.ours("every role with its reason", "engagement_roles")
    return f"{story.counts_sentence(counts)} {story.ROLES_CODED} {checked} {numbers}, {roles}."


@lru_cache(maxsize=64)
def picture(
    shown: Shown,
    lens: str,
    theme_name: str,
    narrow: bool,
    chosen: tuple[tuple[str, str], ...],
    marked_muscle: str | None,
) -> Any:
    """Picture of these settings."""
    labels = settings.labels("metrics", "metric") | {estimates.METRIC: estimate_words.SCALE}
    scale = labels[shown.metric] if shown.metric else ""
    return charts.muscle_matrix(
        shown.cells,
        shown.exercises,
        shown.muscles,
        themed(theme_name),
        narrow=narrow,
        metric=None if lens == "role" else shown.metric or "",
        top=shown.top,
        scale=scale,
        chosen=chosen,
        marked_muscle=marked_muscle,
    )


def definition_of(lens: str, metric: str | None) -> str:
    """What the colours mean."""
    if lens == "role":
        return (
            "What each muscle is there for: L leads (prime mover), H helps (synergist), S steadies "
            "(stabilizer), A works against (antagonist). A mark says that it was also measured."
        )
    if lens == estimates.LENS:
        return estimate_words.DEFINITION
    if metric is None:
        return "Nothing here has been measured this way."
    return escaped(settings.labels("metrics", "metric", "description")[metric])


def legend_of(lens: str, *, single: bool) -> str:
    """Marks of the picture in words."""
    signs = charts.GRADE_SIGNS
    marks = [
        f"{signs['pooled']} pooled",
        f"{signs['group_study']} group of 10 or more",
        f"{signs['small_or_second_hand']} small or second-hand",
    ]
    if single:
        marks.append(f"{signs['single_person']} single person")
    if lens == estimates.LENS:
        marks += [f"{signs[PHYSICS]} model only, fuller is higher", "⊠ set by the load"]
    last = {"role": "– no mark: expert role only", estimates.LENS: "\\/ neither"}
    marks.append(last.get(lens, "\\/ not measured"))
    return " · ".join(mark.replace(" ", "\u00a0") for mark in marks)


def filled_by(shown: Shown) -> str:
    """What fills the cells of the picture."""
    return "measured or modelled" if shown.metric == estimates.METRIC else "measured"


def draw_way_out(controls: Controls) -> None:
    """Say which filters to take away, with a button that does it."""
    names, n_exercises = orders.way_out(rows_of(controls["view"]), links(), filters_of(controls))
    which = joined([f"the {FILTER_WORDS[name]}" for name in names])
    filter_word = "filter" if len(names) == 1 else "filters"
    layout.empty_state(
        "One step back",
        f"Without {which} {filter_word} there {'is' if n_exercises == 1 else 'are'} "
        f"{n_exercises} to see.",
        f"Remove {which} {filter_word}",
        lambda: controls.set(**{name: controls.fields[name].default for name in names}),
    )


def table_of(shown: Shown) -> pd.DataFrame:
    """Every cell of the picture, in words."""
    is_band = shown.metric == estimates.METRIC
    labels = model_labels()
    pairs = pd.MultiIndex.from_frame(shown.cells[["exercise_id", "muscle_id"]])
    scale = shown.cells["measured_metric" if is_band else "metric"]
    cells = shown.cells.assign(
        exercise=shown.cells["exercise_id"].map(shown.exercises.set_index("exercise_id")["name"]),
        muscle=shown.cells["muscle_id"].map(shown.muscles.set_index("muscle_id")["name"]),
        role_label=shown.cells["role"].map(story.ROLE_LABELS),
        grade_label=shown.cells["grade"].map(story.GRADE_LABELS),
        metric_label=scale.map(tables.load("metrics").set_index("metric")["label"]),
        model=labels["label"].reindex(pairs).to_numpy(),
        flags=labels["flags"].reindex(pairs).to_numpy(),
    )
    if is_band:
        filled = cells["label"].notna()
        cells.loc[filled, "label"] = [
            estimate_words.shown_label(*pair)
            for pair in zip(cells["label"][filled], cells["grade"][filled], strict=True)
        ]
    columns = BAND_COLUMNS if is_band else TABLE_COLUMNS
    return cells[list(columns)].rename(columns=columns)


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
