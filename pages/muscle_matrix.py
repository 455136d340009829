"""Which muscles each exercise engages, and how that is known: ``/muscle_matrix``."""

from __future__ import annotations

from importlib import import_module

from spotcheck.charts.theme import Theme
from spotcheck.ui import layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import controls as inputs
from spotcheck.ui.matrix import heatmap
from spotcheck.ui.matrix.data import prepare_lenses, shown
from spotcheck.ui.matrix.headline import answer
from spotcheck.ui.matrix.scene import Scene
from spotcheck.ui.terms import words


def prepare(colours: Theme) -> None:
    """Make the picture, which waits in its cache until its place in the page is reached."""
    scene = scene_of(colours)
    if scene.controls["view"] in settings.HEATMAP_VIEWS and len(scene.shown.exercises):
        heatmap.picture_of(scene)


def main(colours: Theme) -> None:
    """Draw the page."""
    scene = scene_of(colours)
    layout.opening(
        *answer(scene),
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


def prepare_next() -> None:
    """Compute what the next choice of a lens needs."""
    controls = Controls("muscle_matrix", settings.matrix())
    if controls["view"] in settings.HEATMAP_VIEWS:
        prepare_lenses(controls["single"])


def scene_of(colours: Theme) -> Scene:
    """What the page is drawn from."""
    controls = Controls("muscle_matrix", settings.matrix())
    return Scene(controls, shown(controls), colours, layout.is_narrow())


def draw_view(scene: Scene) -> None:
    """Row of views, and the open one, the only one that is imported and built."""
    view = scene.controls.views(settings.MATRIX_VIEWS, narrow=scene.narrow)
    module = "heatmap" if view in settings.HEATMAP_VIEWS else view
    import_module(f"spotcheck.ui.matrix.{module}").draw(scene)


layout.page("Muscle matrix", main, prepare, prepare_next)
