"""Which muscles each exercise engages, and how that is known: ``/muscle_matrix``."""

from __future__ import annotations

from importlib import import_module

from spotcheck.charts.theme import Theme
from spotcheck.muscles import estimate_words, estimates, story
from spotcheck.muscles import order as orders
from spotcheck.ui import layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import controls as inputs
from spotcheck.ui.matrix import heatmap
from spotcheck.ui.matrix.data import (
    Shown,
    all_cells,
    model_agreement,
    names_of,
    plain_table,
    shown,
)
from spotcheck.ui.matrix.scene import Scene
from spotcheck.ui.terms import words

HEADLINE_COLUMNS = ["exercise_id", "role", "metric", "value_high", "label"]
MODEL_COLUMNS = ["exercise_id", "label", "is_measured", "is_set_by_load", "no_data"]


def prepare(colours: Theme) -> None:
    """Make the picture, which waits in its cache until its place in the page is reached."""
    scene = scene_of(colours)
    if scene.controls["view"] in settings.HEATMAP_VIEWS and len(scene.shown.exercises):
        heatmap.picture_of(scene)


def main(colours: Theme) -> None:
    """Draw the page."""
    scene = scene_of(colours)
    layout.opening(
        *answer(scene.controls, scene.shown),
        scene.controls,
        draw_controls=lambda: inputs.draw(scene.controls),
        draw_figures=lambda: None,
        draw_picture=lambda: draw_view(scene),
    )
    words(
        *("prime_mover", "synergist", "stabilizer", "antagonist", "expert_role"),
        *("emg", "mvic", "mri_t2", "pooled_evidence", "group_study", "small_study"),
        *("single_person", "physics_estimate", "no_data"),
    )


def scene_of(colours: Theme) -> Scene:
    """What the page is drawn from."""
    controls = Controls("muscle_matrix", settings.matrix())
    return Scene(controls, shown(controls), colours, layout.is_narrow())


def draw_view(scene: Scene) -> None:
    """Row of views, and the open one, the only one that is imported and built."""
    view = scene.controls.views(settings.MATRIX_VIEWS, narrow=scene.narrow)
    module = "heatmap" if view in settings.HEATMAP_VIEWS else view
    import_module(f"spotcheck.ui.matrix.{module}").draw(scene)


def answer(controls: Controls, shown: Shown) -> tuple[str, str]:
    """Headline, and how sure it is."""
    if shown.exercises.empty:
        return (
            "No exercise fits all these filters.",
            "An exercise must pass every filter that is set.",
        )
    muscles = plain_table("muscles")
    is_model = controls["lens"] == estimates.LENS
    # Many muscles share the highest band, so that it cannot choose the group.
    metric = None if is_model else shown.metric
    group = orders.group_in_focus(shown.cells, muscles, controls["group"], metric)
    codes = orders.muscles_of(muscles, [group])["muscle_id"]
    columns = MODEL_COLUMNS if is_model else HEADLINE_COLUMNS
    cells = shown.cells[columns][shown.cells["muscle_id"].isin(codes)]
    if controls["lens"] == "role":
        roles = plain_table("engagement_roles")
        headline = story.role_headline(cells, roles[roles["muscle_id"].isin(codes)], group)
    elif is_model:
        headline = estimate_words.headline(cells, group)
    else:
        headline = story.measured_headline(
            cells, plain_table("metrics"), names_of("exercise"), group
        )
    if controls["view"] not in settings.HEATMAP_VIEWS:
        return headline, (
            "Roles come from a written rule of ours, numbers from studies and estimates from a leg "
            "model; every picture below says which it shows."
        )
    if is_model:
        return headline, estimate_words.uncertainty(shown.cells, model_agreement())
    every = all_cells(controls["lens"], controls["single"])
    return headline, story.uncertainty(
        shown.cells,
        controls["lens"],
        n_measured_elsewhere=int((~every["no_data"]).sum() - (~shown.cells["no_data"]).sum()),
        include_single_person=controls["single"],
    )


with layout.page("Muscle matrix", prepare) as theme:
    main(theme)
