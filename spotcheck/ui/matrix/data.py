"""What the matrix shows, cached: every cell with its words, and rows and columns of settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from spotcheck import measured, tables
from spotcheck.muscles import (
    estimate_words,
    estimates,
    matrix,
    model_check,
    physics,
    similarity,
    story,
)
from spotcheck.muscles import order as orders
from spotcheck.ui import settings
from spotcheck.ui.controls import Controls

CELL = ["exercise_id", "muscle_id"]
LEG_TABLES = ("leg_model_phases", "leg_model_torques", "leg_model_strengths", "leg_model_muscles")
SETTING_TABLES = (
    "leg_model_phases",
    "leg_model_supports",
    "leg_model_loads",
    "leg_model_free_axes",
    "leg_model_left_out",
)


@dataclass(frozen=True, eq=False)
class Shown:
    """What the picture shows: its rows and columns, and the scale that its colours compare.

    One that comes out of the cache is the same object, so that it is itself a key of caches.
    """

    exercises: pd.DataFrame
    muscles: pd.DataFrame
    cells: pd.DataFrame
    metric: str | None
    top: float


def shown(controls: Controls) -> Shown:
    """What the settings of the page show."""
    if controls["view"] in settings.UNFILTERED_VIEWS:
        return shown_by("all", controls["lens"], "group", (), (), controls["single"], ())
    return shown_by(
        controls["view"],
        controls["lens"],
        controls["order"],
        controls["group"],
        tuple(filters_of(controls).items()),
        controls["single"],
        controls["muscle"][:1] if controls["order"] == "muscle" else (),
    )


def filters_of(controls: Controls) -> dict[str, tuple[str, ...]]:
    """Filters of exercises that are set, by name."""
    chosen = {name: controls[name] for name in orders.FILTERS}
    chosen["kind"] = () if controls["kind"] == "any" else (controls["kind"],)
    return {name: codes for name, codes in chosen.items() if codes}


@cache
def all_cells(lens: str, single: bool) -> pd.DataFrame:
    """Every exercise with every muscle, and what the picture's hover says of it."""
    is_model = lens == estimates.LENS
    evidence = measured.cells(single=single, shares=is_model)
    found = estimates.measured_first(evidence) if is_model else orders.evidence_of(lens, evidence)
    sources = measured.sources(single=single, shares=is_model).merge(found[["lens", *CELL]])
    reasons, metrics = map(plain_table, ("role_reasons", "metrics"))
    exercises, muscles, roles = map(plain_table, ("exercises", "muscles", "engagement_roles"))
    cells = matrix(exercises, muscles, roles, found)
    cited = sources.groupby(CELL)["citation"].agg(lambda names: "; ".join(dict.fromkeys(names)))
    cells = cells.assign(
        text=story.hover_texts(cells, sources, reasons, metrics),
        brief=story.brief_texts(cells, reasons, metrics),
    )
    if is_model:
        cells = with_model(cells)
    return _plain(cells.merge(cited.rename("sources").reset_index(), how="left"))


@cache
def prepare_lenses(single: bool) -> None:
    """Fill the cache of every lens, so that choosing one does not wait for it."""
    for lens in settings.MATRIX_LENSES:
        all_cells(lens, single)
    model_agreement()


def with_model(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells in the lens of the model: a band each, and what the model says of it."""
    banded = estimates.lens_cells(cells, model_states())
    words, more = estimate_words.hover_texts, (model_drives(), model_settings())
    # A large picture has no room for roles, which have a lens of their own.
    numbers = cells["brief"].where(~cells["no_data"], "")
    return banded.assign(
        text=words(banded, cells["text"], *more, brief=False),
        brief=words(banded, numbers, *more, brief=True),
    )


@cache
def model_states() -> pd.DataFrame:
    """What the leg model holds of every exercise with every muscle."""
    return estimates.states_of(
        *map(plain_table, ("exercises", "muscles", "leg_model_estimates", "leg_model_muscles"))
    )


@cache
def model_drives() -> pd.DataFrame:
    """Joint torque that calls each muscle in the leg model."""
    return estimates.drives_of(*map(tables.load, LEG_TABLES))


@cache
def model_settings() -> dict[str, estimate_words.Setting]:
    """How the leg model does each exercise."""
    return estimate_words.settings_of(*map(plain_table, SETTING_TABLES))


@cache
def model_labels() -> pd.DataFrame:
    """What the leg model says of each cell, and its flags, for tables; by exercise and muscle."""
    states, settings_by = model_states(), model_settings()
    flags = {code: "; ".join(own.flags) for code, own in settings_by.items()}
    labels = map(estimate_words.band_label, states["state"], states["model_band"])
    return (
        states[CELL]
        .assign(label=list(labels), flags=states["exercise_id"].map(flags))
        .set_index(CELL)
    )


@cache
def model_agreement() -> str:
    """How the leg model's estimates rank beside measurements, in a sentence."""
    solved = physics.poses(*map(tables.load, LEG_TABLES[:3]))
    values = model_check.model_values(
        solved, tables.load("leg_model_portions"), tables.load("leg_model_muscles")
    )
    pairs = model_check.pairs(
        tables.load("leg_model_comparisons"),
        tables.load("engagement_measurements"),
        tables.load("exercise_variants"),
        values,
    )
    used, apart = pairs[~pairs["is_held_out"]], pairs[pairs["is_held_out"]]
    own = {name: used[used["set"].eq(name)] for name in ("bodyweight", "barbell")}
    counted = apart[apart["set"].isin(model_check.COUNTED)]
    return estimate_words.agreement(
        {name: rank_correlation(rows) for name, rows in own.items()},
        rank_correlation(counted) if len(counted) else None,
    )


def rank_correlation(pairs: pd.DataFrame) -> float:
    """Rank correlation of estimates with measurements, without the interval, which takes longer."""
    return float(pairs["measured"].rank().corr(pairs["model"].rank()))


def metric_of(lens: str, cells: pd.DataFrame) -> str | None:
    """Scale that colours compare in these cells; None for roles, and where nothing is on one."""
    if lens in (estimates.LENS, "role"):
        return estimates.METRIC if lens == estimates.LENS else None
    return orders.main_metric(cells, plain_table("metrics"))


def top_of(metric: str | None, every: pd.DataFrame) -> float:
    """Value that has the strongest colour."""
    if metric == estimates.METRIC:
        return float(len(estimates.BANDS) - 1)
    return orders.scale_top(metric, every, plain_table("metrics")) if metric else 1.0


@lru_cache(maxsize=64)
def shown_by(
    view: str,
    lens: str,
    order: str,
    groups: tuple[str, ...],
    filters: tuple[tuple[str, tuple[str, ...]], ...],
    single: bool,
    muscle: tuple[str, ...],
) -> Shown:
    """Rows, columns and cells of these settings."""
    exercises = orders.filtered(rows_of(view), links(), dict(filters))
    muscles = plain_table("muscles")
    start = orders.START_GROUPS if view == "start" else tuple(muscles["muscle_group"].unique())
    muscles = orders.muscles_of(muscles, groups or start)
    every = all_cells(lens, single)
    metric = metric_of(lens, every[["metric"]].take(places_of(exercises, muscles)))
    if order == "muscle":
        of_muscle = every[every["muscle_id"].eq(ordering_muscle(muscle, muscles))]
        exercises = orders.ordered(exercises, order, cells=of_muscle, metric=metric)
    else:
        exercises = orders.ordered(
            exercises, order, likeness=likeness() if order == "similarity" else None
        )
    cells = every.take(places_of(exercises, muscles)).reset_index(drop=True)
    return Shown(exercises, muscles, cells, metric, top_of(metric, every))


def places_of(exercises: pd.DataFrame, muscles: pd.DataFrame) -> np.ndarray:
    """Places of their cells in :func:`all_cells`, exercise by exercise.

    Both frames are rows of their tables, whose index counts from zero; so do rows and columns of
    all cells.
    """
    rows, columns = exercises.index.to_numpy(), muscles.index.to_numpy()
    return (rows[:, None] * len(tables.load("muscles")) + columns).ravel()


@cache
def rows_of(view: str) -> pd.DataFrame:
    """Exercises of a view before any filter."""
    exercises = plain_table("exercises")
    if view == "start":
        exercises = orders.start_exercises(exercises, tables.load("claim_mentions"))
    return exercises


@cache
def plain_table(name: str) -> pd.DataFrame:
    """Table whose texts are plain objects."""
    return _plain(tables.load(name))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Frame out of which every change takes rows: of objects in much less time than of Arrow's."""
    return frame.astype({name: object for name in frame.select_dtypes("str")})


@cache
def links() -> orders.Links:
    """Tables that filter exercises by more than their own row."""
    return orders.Links(
        tables.load("exercise_equipment"),
        tables.load("exercise_planes"),
        orders.named_exercises(tables.load("claim_mentions"), tables.load("claims")),
    )


@cache
def likeness() -> tuple[str, ...]:
    """All exercises, like beside like by their roles; a filter never changes this order."""
    vectors = similarity.role_vectors(tables.load("engagement_roles"))
    return similarity.likeness_order(vectors)


def ordering_muscle(chosen: tuple[str, ...], muscles: pd.DataFrame) -> str:
    """Muscle that orders the rows: the chosen one, else the first of the picture."""
    return chosen[0] if chosen else str(muscles["muscle_id"].iloc[0])


def names_of(name: str) -> dict[str, str]:
    """Names of all exercises or muscles, by code."""
    return settings.labels(f"{name}s", f"{name}_id", "name")
