"""Answer over the muscle matrix, and how sure it is."""

from __future__ import annotations

from functools import lru_cache

from spotcheck.muscles import estimate_words, estimates, story
from spotcheck.muscles import order as orders
from spotcheck.ui import settings
from spotcheck.ui.matrix.data import Shown, all_cells, model_agreement, names_of, plain_table
from spotcheck.ui.matrix.scene import Scene

_COLUMNS = ["exercise_id", "role", "metric", "value_high", "label"]
_MODEL_COLUMNS = ["exercise_id", "label", "is_measured", "is_set_by_load", "no_data"]


def answer(scene: Scene) -> tuple[str, str]:
    """Headline, and how sure it is."""
    lens, groups, single = (scene.controls[name] for name in ("lens", "group", "single"))
    if scene.controls["view"] in settings.UNFILTERED_VIEWS:
        groups = ()
    headline = headline_of(scene.shown, lens, groups)
    if scene.shown.exercises.empty:
        return headline, "An exercise must pass every filter that is set."
    if scene.controls["view"] in settings.HEATMAP_VIEWS:
        return headline, uncertainty_of(scene.shown, lens, single)
    return headline, (
        "Roles come from a written rule of ours, numbers from studies and estimates from a leg "
        "model; every picture says which it shows."
    )


@lru_cache(maxsize=64)
def headline_of(shown: Shown, lens: str, groups: tuple[str, ...]) -> str:
    """What the picture shows of the muscles in focus."""
    if shown.exercises.empty:
        return "No exercise fits all these filters."
    muscles = plain_table("muscles")
    is_model = lens == estimates.LENS
    # Many muscles share the highest band, so that it cannot choose the group.
    metric = None if is_model else shown.metric
    group = orders.group_in_focus(shown.cells, muscles, groups, metric)
    codes = orders.muscles_of(muscles, [group])["muscle_id"]
    columns = _MODEL_COLUMNS if is_model else _COLUMNS
    cells = shown.cells[columns][shown.cells["muscle_id"].isin(codes)]
    if is_model:
        return estimate_words.headline(cells, group)
    if lens == "role":
        roles = plain_table("engagement_roles")
        return story.role_headline(cells, roles[roles["muscle_id"].isin(codes)], group)
    return story.measured_headline(cells, plain_table("metrics"), names_of("exercise"), group)


@lru_cache(maxsize=64)
def uncertainty_of(shown: Shown, lens: str, single: bool) -> str:
    """How much of the heatmap is measured, and what it may be compared with."""
    if lens == estimates.LENS:
        return estimate_words.uncertainty(shown.cells, model_agreement())
    every = all_cells(lens, single)
    return story.uncertainty(
        shown.cells,
        lens,
        n_measured_elsewhere=int((~every["no_data"]).sum() - (~shown.cells["no_data"]).sum()),
        include_single_person=single,
    )
