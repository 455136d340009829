"""How alike exercises are: vectors over the muscles, their cosine, neighbours and substitutes.

An exercise is a vector with one number a muscle, the weight of its coded role. Measurements would
be better, but on no scale have two exercises enough muscles in common, and scales are never mixed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from spotcheck.muscles.order import possible_with

ROLE_WEIGHTS: Final = {
    "prime_mover": 1.0,
    "synergist": 0.5,
    "stabilizer": 0.25,
    "antagonist": 0.0,
    "none": 0.0,
}
"""Weight of each role in a vector: each step down halves it. Our choice, not a measurement."""

WISHES: Final = ("plane", "no_equipment", "impact", "easier")
"""What a reader can ask of a substitute."""

IMPACTS: Final = ("none", "low", "moderate", "high")
"""Impact on the joints, lowest first."""

LEVELS: Final = ("beginner", "intermediate", "advanced")
"""Level of an exercise, easiest first."""


def role_vectors(roles: pd.DataFrame) -> pd.DataFrame:
    """Exercises as vectors of the weights of their roles.

    Parameters
    ----------
    roles : DataFrame
        Columns ``exercise_id``, ``muscle_id`` and ``role``, one row a cell.

    Returns
    -------
    DataFrame
        Weights of :data:`ROLE_WEIGHTS`, shape (exercises, muscles), in the order of first mention.

    Raises
    ------
    ValueError
        If a role is not one of :data:`ROLE_WEIGHTS`.

    Examples
    --------
    >>> roles = pd.DataFrame({
    ...     "exercise_id": ["squat", "squat"],
    ...     "muscle_id": ["soleus", "vastus_lateralis"],
    ...     "role": ["stabilizer", "prime_mover"],
    ... })
    >>> role_vectors(roles).loc["squat"].tolist()
    [0.25, 1.0]
    """
    for role in roles["role"].unique():
        _check_choice("role", role, tuple(ROLE_WEIGHTS))
    return _table(roles, roles["role"].map(ROLE_WEIGHTS).astype("float64"))


def cosine_similarity(vectors: pd.DataFrame) -> pd.DataFrame:
    """Cosine of the angle between every two exercises.

    Parameters
    ----------
    vectors : DataFrame of float
        Shape (exercises, muscles), nothing missing or negative.

    Returns
    -------
    DataFrame of float
        Shape (exercises, exercises), symmetric, 0 to 1. An exercise that engages none of the
        muscles is like no exercise (0).

    Raises
    ------
    ValueError
        If a number is missing or negative.

    Examples
    --------
    >>> vectors = pd.DataFrame(
    ...     {"quads": [1.0, 1.0, 0.0], "glutes": [1.0, 0.0, 1.0]}, index=["squat", "knee", "hip"]
    ... )
    >>> cosine_similarity(vectors).round(2).loc["squat"].tolist()
    [1.0, 0.71, 0.71]
    """
    values = vectors.to_numpy("float64")
    wrong = values[~(values >= 0)]
    if wrong.size:
        raise ValueError(f"vectors hold {wrong[0]:g}; allowed are numbers from 0.")
    length = np.linalg.norm(values, axis=1, keepdims=True)
    unit = np.divide(values, length, out=np.zeros_like(values), where=length > 0)
    # Cosines of equal vectors differ in the last digits, which must not order them.
    cosine = np.minimum((unit @ unit.T).round(9), 1.0)
    return pd.DataFrame(cosine, index=vectors.index, columns=vectors.index)


def likeness_order(vectors: pd.DataFrame) -> tuple[str, ...]:
    """Exercises in a row in which neighbours are as alike as can be.

    Average-linkage clustering of the cosine distances; among all orders that keep the clusters
    together, the one with the smallest sum of distances between neighbours [1]_.

    Parameters
    ----------
    vectors : DataFrame of float
        Shape (exercises, muscles), nothing missing or negative. Its order decides between equals,
        and the result starts with the end that is nearer to its first exercise.

    Returns
    -------
    tuple of str
        The index of ``vectors``, reordered; the same for the same input.

    Raises
    ------
    ValueError
        If a number is missing or negative.

    References
    ----------
    .. [1] Z. Bar-Joseph, D. K. Gifford, T. S. Jaakkola, "Fast optimal leaf ordering for
       hierarchical clustering", *Bioinformatics* 17 (suppl. 1), 2001, S22-S29.
       :doi:`10.1093/bioinformatics/17.suppl_1.S22`

    Examples
    --------
    >>> vectors = pd.DataFrame(
    ...     {"quads": [1, 0, 0.9, 0.1], "glutes": [0, 1, 0.1, 0.9]},
    ...     index=["extension", "thrust", "press", "bridge"],
    ... )
    >>> likeness_order(vectors)
    ('extension', 'press', 'bridge', 'thrust')
    """
    names = [str(name) for name in vectors.index]
    distance = 1.0 - cosine_similarity(vectors).to_numpy()
    if len(names) < 3:
        return tuple(names)
    # The import takes longer than the work; only a reader who asks for this order waits for it.
    from scipy.cluster.hierarchy import leaves_list, linkage

    upper = distance[np.triu_indices(len(names), k=1)]
    leaves = leaves_list(linkage(upper, method="average", optimal_ordering=True)).tolist()
    if leaves.index(0) > (len(leaves) - 1) / 2:
        leaves.reverse()
    return tuple(names[leaf] for leaf in leaves)


def fulfilling(
    exercise_id: str,
    wishes: Collection[str],
    exercises: pd.DataFrame,
    exercise_equipment: pd.DataFrame,
    exercise_planes: pd.DataFrame,
) -> pd.DataFrame:
    """Other exercises that fulfil every wish, against one exercise.

    Parameters
    ----------
    exercise_id : str
        The exercise to replace.
    wishes : collection of str
        Out of :data:`WISHES`: ``plane`` (shares a main plane of motion), ``no_equipment`` (can be
        done without any), ``impact`` (lower impact) and ``easier`` (lower level).
    exercises, exercise_equipment, exercise_planes : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        Rows of ``exercises`` in their order, without the exercise itself.

    Raises
    ------
    ValueError
        If the exercise or a wish is not known.
    """
    _check_choice("exercise_id", exercise_id, tuple(exercises["exercise_id"]))
    for wish in wishes:
        _check_choice("wish", wish, WISHES)
    own = exercises.set_index("exercise_id").loc[exercise_id]
    kept = exercises[exercises["exercise_id"].ne(exercise_id)]
    if "plane" in wishes:
        main = exercise_planes[exercise_planes["is_main"]]
        planes = main.loc[main["exercise_id"].eq(exercise_id), "plane"]
        same = main.loc[main["plane"].isin(planes), "exercise_id"]
        kept = kept[kept["exercise_id"].isin(same)]
    if "no_equipment" in wishes:
        kept = kept[kept["exercise_id"].isin(possible_with(exercise_equipment, ()))]
    if "impact" in wishes:
        kept = kept[kept["impact"].isin(IMPACTS[: IMPACTS.index(own["impact"])])]
    if "easier" in wishes:
        kept = kept[kept["level"].isin(LEVELS[: LEVELS.index(own["level"])])]
    return kept


def nearest(
    exercise_id: str,
    wishes: Collection[str],
    vectors: pd.DataFrame,
    exercises: pd.DataFrame,
    exercise_equipment: pd.DataFrame,
    exercise_planes: pd.DataFrame,
) -> pd.DataFrame:
    """Substitutes of an exercise, the most alike first.

    Parameters
    ----------
    exercise_id, wishes, exercises, exercise_equipment, exercise_planes
        As in :func:`fulfilling`.
    vectors : DataFrame of float
        Result of :func:`role_vectors`.

    Returns
    -------
    DataFrame
        Rows of ``exercises`` that fulfil the wishes, with ``similarity`` (0 to 1); equals stand in
        the order of the table.

    Raises
    ------
    ValueError
        If the exercise or a wish is not known.
    """
    rows = fulfilling(exercise_id, wishes, exercises, exercise_equipment, exercise_planes)
    likeness = cosine_similarity(vectors)[exercise_id]
    rows = rows.assign(similarity=rows["exercise_id"].map(likeness))
    rows = rows.sort_values("similarity", ascending=False, kind="stable")
    return rows.reset_index(drop=True)


def wishes_to_drop(
    exercise_id: str,
    wishes: Collection[str],
    exercises: pd.DataFrame,
    exercise_equipment: pd.DataFrame,
    exercise_planes: pd.DataFrame,
) -> tuple[tuple[str, ...], int]:
    """Fewest wishes to drop so that a substitute is left, and how many there are then.

    Parameters
    ----------
    exercise_id, wishes, exercises, exercise_equipment, exercise_planes
        As in :func:`fulfilling`.

    Returns
    -------
    dropped : tuple of str
        Wishes in the order of :data:`WISHES`, empty where the wishes can be fulfilled; of several
        ways the one that brings back most.
    n_exercises : int
        Exercises that fulfil the other wishes.

    Raises
    ------
    ValueError
        If the exercise or a wish is not known.
    """
    tables = exercises, exercise_equipment, exercise_planes
    asked = [wish for wish in WISHES if wish in wishes]

    def n_left(dropped: Collection[str]) -> int:
        return len(fulfilling(exercise_id, set(wishes).difference(dropped), *tables))

    for size in range(len(asked) + 1):
        best = max(combinations(asked, size), key=n_left)
        if n_left(best):
            return best, n_left(best)
    return tuple(asked), 0


@dataclass(frozen=True)
class Changes:
    """What changes for the muscles when one exercise takes the place of another.

    Attributes
    ----------
    also_leads : tuple of str
        Muscles that only the substitute leads.
    also_helps : tuple of str
        Muscles that it helps and the exercise leaves out or works against.
    leads_no_more : tuple of str
        Muscles that the exercise leads and the substitute only helps or steadies.
    does_not_reach : tuple of str
        Muscles that the exercise leads or helps and the substitute leaves out or works against.
    n_same, n_muscles : int
        Muscles that have the same role in both, and all.
    """

    also_leads: tuple[str, ...]
    also_helps: tuple[str, ...]
    leads_no_more: tuple[str, ...]
    does_not_reach: tuple[str, ...]
    n_same: int
    n_muscles: int


def changes(exercise_id: str, substitute_id: str, roles: pd.DataFrame) -> Changes:
    """What is gained and lost when one exercise takes the place of another.

    Parameters
    ----------
    exercise_id, substitute_id : str
        The two exercises.
    roles : DataFrame
        Columns ``exercise_id``, ``muscle_id`` and ``role``, one row a cell.

    Examples
    --------
    >>> roles = pd.DataFrame({
    ...     "exercise_id": ["squat", "squat", "bridge", "bridge"],
    ...     "muscle_id": ["soleus", "gluteus_maximus"] * 2,
    ...     "role": ["synergist", "synergist", "none", "prime_mover"],
    ... })
    >>> found = changes("squat", "bridge", roles)
    >>> found.also_leads, found.does_not_reach, found.n_same
    (('gluteus_maximus',), ('soleus',), 0)
    """
    old = roles[roles["exercise_id"].eq(exercise_id)].set_index("muscle_id")["role"]
    new = roles[roles["exercise_id"].eq(substitute_id)].set_index("muscle_id")["role"]
    new = new.loc[old.index]
    leads, helps = "prime_mover", "synergist"

    def muscles(chosen: pd.Series) -> tuple[str, ...]:
        return tuple(str(code) for code in old.index[chosen])

    old_left_out, new_left_out = (one.map(ROLE_WEIGHTS).eq(0) for one in (old, new))
    return Changes(
        also_leads=muscles(new.eq(leads) & old.ne(leads)),
        also_helps=muscles(new.eq(helps) & old_left_out),
        leads_no_more=muscles(old.eq(leads) & new.ne(leads) & ~new_left_out),
        does_not_reach=muscles(old.isin([leads, helps]) & new_left_out),
        n_same=int(new.eq(old).sum()),
        n_muscles=len(old),
    )


def _table(rows: pd.DataFrame, values: pd.Series) -> pd.DataFrame:
    """Values with the exercises as rows and the muscles as columns."""
    cells = pd.MultiIndex.from_frame(rows[["exercise_id", "muscle_id"]])
    table = pd.Series(values.to_numpy(), index=cells).unstack()
    return table.loc[rows["exercise_id"].unique(), rows["muscle_id"].unique()]


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}; allowed are {', '.join(allowed)}.")
