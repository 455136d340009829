"""Which exercises and muscles the matrix shows, and in which order.

Everything takes and gives DataFrames, typed as the tables are; nothing here reads a file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import pandas as pd

from spotcheck.muscles.evidence import LENSES

ROLES: Final = ("prime_mover", "synergist", "stabilizer", "antagonist", "none")
"""Roles, from leading the movement to no part in it."""

START_GROUPS: Final = ("inner_thigh", "front_thigh", "back_of_thigh", "buttock", "calf")
"""Muscle groups that the matrix opens with: those that a runner asks about."""

ORDERS: Final = ("group", "similarity", "name", "muscle")
"""Orders of the rows: family by family, as the table; like beside like; by name; by one muscle."""

FILTERS: Final = ("equipment", "plane", "pattern", "chain", "legs", "kind", "article")
"""Filters of exercises; of two that help equally, the one named last is kept."""

_COLUMNS = {"pattern": "pattern", "chain": "chain", "legs": "laterality"}

_CELL = ["exercise_id", "muscle_id"]


def start_exercises(exercises: pd.DataFrame, claim_mentions: pd.DataFrame) -> pd.DataFrame:
    """Exercises that the matrix opens with: the running forms and those the articles name.

    Parameters
    ----------
    exercises, claim_mentions : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        Rows of ``exercises`` in their order.
    """
    is_named = exercises["exercise_id"].isin(claim_mentions["exercise_id"].dropna())
    return exercises[exercises["is_running_form"] | is_named]


def possible_with(exercise_equipment: pd.DataFrame, at_hand: Collection[str]) -> set[str]:
    """Exercises that can be done with the equipment at hand.

    Parameters
    ----------
    exercise_equipment : DataFrame
        Columns ``exercise_id``, ``equipment``, ``requirement`` (required, alternative). All
        required pieces are needed, and one of the alternatives where there are any.
    at_hand : collection of str
        Pieces of equipment; ``none`` is always at hand.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     [
    ...         ("run", "none", "required"),
    ...         ("split_squat", "bench", "required"),
    ...         ("split_squat", "none", "alternative"),
    ...         ("split_squat", "dumbbell", "alternative"),
    ...         ("deadlift", "barbell", "alternative"),
    ...         ("deadlift", "dumbbell", "alternative"),
    ...     ],
    ...     columns=["exercise_id", "equipment", "requirement"],
    ... )
    >>> sorted(possible_with(table, {"none"}))
    ['run']
    >>> sorted(possible_with(table, {"bench"})), sorted(possible_with(table, {"dumbbell"}))
    (['run', 'split_squat'], ['deadlift', 'run'])
    """
    have = exercise_equipment["equipment"].isin({*at_hand, "none"})
    exercise = exercise_equipment["exercise_id"]
    is_required = exercise_equipment["requirement"].eq("required")
    lacking = set(exercise[is_required & ~have])
    choosing = set(exercise[~is_required]) - set(exercise[~is_required & have])
    return set(exercise) - lacking - choosing


def named_exercises(claim_mentions: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Which article names which exercise.

    Parameters
    ----------
    claim_mentions, claims : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        ``exercise_id`` and ``article_id``, each pair once.
    """
    mentions = claim_mentions.loc[
        claim_mentions["exercise_id"].notna(), ["claim_id", "exercise_id"]
    ]
    named = mentions.merge(claims[["claim_id", "article_id"]], on="claim_id")
    return named[["exercise_id", "article_id"]].drop_duplicates(ignore_index=True)


def kinds_of(exercises: pd.DataFrame) -> pd.Series:
    """Kind of each exercise: ``running``, ``strength``, or ``other`` ways of getting along.

    Examples
    --------
    >>> kinds_of(
    ...     pd.DataFrame(
    ...         {
    ...             "is_running_form": [True, False, False],
    ...             "category": ["locomotion", "locomotion", "strength"],
    ...         }
    ...     )
    ... ).tolist()
    ['running', 'other', 'strength']
    """
    kind = (
        exercises["category"]
        .astype("object")
        .where(exercises["category"].ne("locomotion"), "other")
    )
    return kind.mask(exercises["is_running_form"], "running").rename("kind")


@dataclass(frozen=True)
class Links:
    """Tables that say more of an exercise than its own row does.

    Attributes
    ----------
    equipment, planes : DataFrame
        The tables ``exercise_equipment`` and ``exercise_planes``.
    articles : DataFrame
        Result of :func:`named_exercises`.
    """

    equipment: pd.DataFrame
    planes: pd.DataFrame
    articles: pd.DataFrame


def filtered(
    exercises: pd.DataFrame, links: Links, filters: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Exercises that pass every filter; an empty filter lets everything pass.

    Parameters
    ----------
    exercises : DataFrame
        Rows of the table of this name.
    links : Links
        What else is known of them.
    filters : mapping of str to collection of str
        Codes by name of the filter, one of :data:`FILTERS`. ``equipment`` is what is at hand, see
        :func:`possible_with`; of every other filter an exercise needs one of the codes.

    Raises
    ------
    ValueError
        If a filter is not one of the allowed names.
    """
    kept = pd.Series(True, index=exercises.index)
    for name, codes in filters.items():
        if name not in FILTERS:
            raise ValueError(f"filter is {name!r}; allowed are {', '.join(FILTERS)}.")
        if codes:
            kept &= _passes(exercises, links, name, codes)
    return exercises[kept]


def _passes(exercises: pd.DataFrame, links: Links, name: str, codes: Collection[str]) -> pd.Series:
    """Whether each exercise passes one filter."""
    if name == "kind":
        return kinds_of(exercises).isin(codes)
    if name in _COLUMNS:
        return exercises[_COLUMNS[name]].isin(codes)
    if name == "equipment":
        return exercises["exercise_id"].isin(possible_with(links.equipment, codes))
    table, column = {
        "plane": (links.planes, "plane"),
        "article": (links.articles, "article_id"),
    }[name]
    return exercises["exercise_id"].isin(table.loc[table[column].isin(codes), "exercise_id"])


def way_out(
    exercises: pd.DataFrame, links: Links, filters: Mapping[str, Collection[str]]
) -> tuple[tuple[str, ...], int]:
    """Fewest filters to remove when nothing passes them all, and what that brings back.

    Parameters
    ----------
    exercises, links, filters
        As in :func:`filtered`.

    Returns
    -------
    names : tuple of str
        One filter where one is enough, else a pair, and so on; of equally many filters those that
        bring back most, and then those that stand first in :data:`FILTERS`.
    n_exercises : int
        Exercises that pass without these filters.

    Raises
    ------
    ValueError
        If no exercise is left even without filters.
    """
    active = [name for name in FILTERS if filters.get(name)]
    for size in range(1, len(active) + 1):
        choices = [
            (names, len(filtered(exercises, links, {**filters, **dict.fromkeys(names, ())})))
            for names in combinations(active, size)
        ]
        best = max(choices, key=lambda choice: choice[1])
        if best[1]:
            return best
    raise ValueError("exercises has no rows; allowed: at least one exercise.")


def muscles_of(muscles: pd.DataFrame, groups: Collection[str]) -> pd.DataFrame:
    """Muscles of these groups, in the table's order.

    Raises
    ------
    ValueError
        If a group is not one of the table's.
    """
    known = set(muscles["muscle_group"])
    unknown = [group for group in groups if group not in known]
    if unknown:
        allowed = ", ".join(muscles["muscle_group"].unique())
        raise ValueError(f"group is {unknown[0]!r}; allowed are {allowed}.")
    return muscles[muscles["muscle_group"].isin(groups)]


def ordered(
    exercises: pd.DataFrame,
    order: str,
    *,
    cells: pd.DataFrame | None = None,
    metric: str | None = None,
    likeness: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Exercises in the order of the matrix's rows.

    Parameters
    ----------
    exercises : DataFrame
        The exercises to order, in the table's order, which breaks ties.
    order : str
        One of :data:`ORDERS`.
    cells : DataFrame, optional
        For ``muscle``: the rows of :func:`spotcheck.muscles.matrix` of one muscle.
    metric : str, optional
        For ``muscle``: put the highest values of this scale first; without it, the leading roles.
        Exercises without a value on this scale follow by role.
    likeness : sequence of str, optional
        For ``similarity``: codes of all exercises, like beside like, as
        :func:`spotcheck.muscles.similarity.likeness_order` puts them.

    Raises
    ------
    ValueError
        If ``order`` is not one of the allowed names, or lacks its ``cells`` or its ``likeness``.
    """
    if order not in ORDERS:
        raise ValueError(f"order is {order!r}; allowed are {', '.join(ORDERS)}.")
    if order == "group":
        return exercises
    if order == "name":
        return _sorted_by(exercises, exercises["short_name"].str.lower())
    if order == "similarity":
        if likeness is None:
            raise ValueError("likeness is None; the order 'similarity' needs codes in this order.")
        return _sorted_by(exercises, map(likeness.index, exercises["exercise_id"]))
    if cells is None:
        raise ValueError("cells is None; the order 'muscle' needs the cells of one muscle.")
    values = cells["value"].where(cells["metric"].eq(metric or "")).fillna(-math.inf)
    key = {
        code: (-value, ROLES.index(role))
        for code, value, role in zip(cells["exercise_id"], values, cells["role"], strict=True)
    }
    return _sorted_by(exercises, (key[code] for code in exercises["exercise_id"]))


def _sorted_by(exercises: pd.DataFrame, keys: Iterable[Any]) -> pd.DataFrame:
    """Rows in the order of their keys; of equal ones, as they were."""
    by_key = list(keys)
    return exercises.iloc[sorted(range(len(by_key)), key=by_key.__getitem__)]


def evidence_of(lens: str, evidence: pd.DataFrame) -> pd.DataFrame:
    """Measured cells of one lens; for the lens ``role``, the best graded of all lenses.

    Parameters
    ----------
    lens : str
        ``role`` or one of :data:`spotcheck.muscles.evidence.LENSES`.
    evidence : DataFrame
        Result of :func:`spotcheck.muscles.cell_evidence`.

    Returns
    -------
    DataFrame
        At most one of these rows for each cell.
    """
    if lens != "role":
        return evidence[evidence["lens"].eq(lens)].reset_index(drop=True)
    places = evidence["lens"].map(LENSES.index)
    best_first = evidence.iloc[np.lexsort([places, evidence["grade"].cat.codes])]
    return best_first.drop_duplicates(_CELL).reset_index(drop=True)


def main_metric(cells: pd.DataFrame, metrics: pd.DataFrame) -> str | None:
    """Scale that most of the measured cells are on: the one that colours may compare.

    Parameters
    ----------
    cells : DataFrame
        Column ``metric``, missing where nothing was measured.
    metrics : DataFrame
        Columns ``metric`` and ``sequence``, which decides between equals.

    Returns
    -------
    str or None
        None when nothing was measured.
    """
    counts = Counter(cells["metric"].dropna())
    first = dict(zip(metrics["metric"], metrics["sequence"], strict=True))
    return min(counts, key=lambda metric: (-counts[metric], first[metric]), default=None)


def group_in_focus(
    cells: pd.DataFrame, muscles: pd.DataFrame, groups: Collection[str], metric: str | None
) -> str:
    """Muscle group that the answer is about.

    The first group chosen; without a choice the one with the highest value on the scale that
    colours compare, if possible among those of :data:`START_GROUPS`; without a value the inner
    thigh, which is what the articles are about.

    Parameters
    ----------
    cells : DataFrame
        Cells shown: ``muscle_id``, ``metric``, ``value_high``.
    muscles : DataFrame
        The table of this name.
    groups : collection of str
        Groups that the reader chose.
    metric : str or None
        Result of :func:`main_metric`; None for roles.
    """
    group_of = dict(zip(muscles["muscle_id"], muscles["muscle_group"], strict=True))
    chosen = next((group for group in group_of.values() if group in groups), None)
    if chosen is not None:
        return chosen
    if metric is None:
        return START_GROUPS[0]
    columns = (cells[name] for name in ("metric", "muscle_id", "value_high"))
    highs = [
        (high, group_of[muscle])
        for scale, muscle, high in zip(*columns, strict=True)
        if scale == metric
    ]
    asked_about = [(high, group) for high, group in highs if group in START_GROUPS]
    return max(asked_about or highs, key=lambda one: one[0])[1]


def scale_top(metric: str, measured: pd.DataFrame, metrics: pd.DataFrame) -> float:
    """Value that has the strongest colour [unit of the metric].

    A maximal effort (100) for percentages of it, so that stronger ones share its colour; else the
    largest value of all that was measured, so that a filter never changes a colour.

    Parameters
    ----------
    metric : str
        The scale.
    measured : DataFrame
        All measured cells: ``metric`` and ``value_high``.
    metrics : DataFrame
        Columns ``metric`` and ``is_percent_of_mvic``.
    """
    if metrics.loc[metrics["metric"].eq(metric), "is_percent_of_mvic"].item():
        return 100.0
    return float(measured.loc[measured["metric"].eq(metric), "value_high"].max())


def strongest_role(roles: Iterable[str]) -> str:
    """Role of a group of muscles: the one that leads most.

    Examples
    --------
    >>> strongest_role(["stabilizer", "synergist", "antagonist"])
    'synergist'
    """
    return min(roles, key=ROLES.index)
