"""The rule that turns coded joint demands into the role of every muscle in every exercise.

A role says what a muscle is there for, not how hard it works: how hard is a matter of measurement.
Two tables go in. ``exercise_demands`` says which joint actions the trained leg and the trunk must
produce or hold in the loaded phase of an exercise. ``muscle_actions`` says which joint actions a
muscle can produce, and whether it is among the movers with the largest moment arms.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

ROLE_OF_REASON = {
    "main_action_largest": "prime_mover",
    "main_action_two_joint_conflict": "synergist",
    "main_action_contributes": "synergist",
    "secondary_action": "synergist",
    "stabilizing_action": "stabilizer",
    "opposes_main_action": "antagonist",
    "crosses_loaded_joint": "stabilizer",
    "no_loaded_joint": "none",
}
"""Role that each reason gives, in order of precedence: the first reason that applies decides."""

OPPOSED_ACTIONS = {
    "hip_flexion": ("hip_extension", "hip_extension_from_flexion"),
    "hip_extension": ("hip_flexion",),
    "hip_extension_from_flexion": ("hip_flexion",),
    "hip_abduction": ("hip_adduction",),
    "hip_adduction": ("hip_abduction",),
    "hip_internal_rotation": ("hip_external_rotation",),
    "hip_external_rotation": ("hip_internal_rotation",),
    "knee_extension": ("knee_flexion",),
    "knee_flexion": ("knee_extension",),
    "ankle_plantarflexion": ("ankle_dorsiflexion",),
    "ankle_plantarflexion_bent_knee": ("ankle_dorsiflexion",),
    "ankle_dorsiflexion": ("ankle_plantarflexion", "ankle_plantarflexion_bent_knee"),
    "trunk_flexion": ("trunk_extension",),
    "trunk_extension": ("trunk_flexion",),
}
"""Joint actions that the muscles of an action resist. Side bending, turning and bracing stand here
with none: both halves of the trunk muscles do them, each to its own side."""

CODED_BY = "rule; demands coded by one rater"

_DEMANDS = ("main", "secondary", "stabilize")
_CONTRIBUTIONS = ("largest", "contributes")
_CELL = ["exercise_id", "muscle_id"]


def derive_roles(exercise_demands: pd.DataFrame, muscle_actions: pd.DataFrame) -> pd.DataFrame:
    """Role of every muscle in every exercise, with the reason for it.

    The first reason that applies, in the order of :data:`ROLE_OF_REASON`, decides:

    1. ``main_action_largest``: among the largest movers of a main action. Prime mover.
    2. ``main_action_two_joint_conflict``: the same, but at another joint the muscle is also among
       the largest movers against a main action, so that its force helps at one joint and hinders
       at the other (hamstrings and rectus femoris in the squat). Synergist.
    3. ``main_action_contributes``: helps a main action. Synergist.
    4. ``secondary_action``: helps a secondary action, even if it also opposes a main one.
       Synergist.
    5. ``stabilizing_action``: produces an action that must be held against the load, even if it
       also opposes a main one. Stabilizer.
    6. ``opposes_main_action``: lengthens under, or acts against, a main action. Antagonist.
    7. ``crosses_loaded_joint``: crosses a joint that carries any demand. Stabilizer.
    8. ``no_loaded_joint``: crosses none. None.

    Parameters
    ----------
    exercise_demands : DataFrame
        One row a demand: ``exercise_id``, ``joint_action``, ``demand`` (main, secondary,
        stabilize). Where several demands give the same reason, the first row is named.
    muscle_actions : DataFrame
        One row an action of a muscle: ``muscle_id``, ``joint``, ``joint_action``,
        ``contribution`` (largest, contributes).

    Returns
    -------
    DataFrame
        One row a cell: ``exercise_id``, ``muscle_id``, ``role``, ``reason``, ``joint_action``
        (the demand that decided; missing for the last two reasons) and ``coded_by``. Exercises
        and muscles keep the order in which they first stand in the two tables.

    Raises
    ------
    ValueError
        When a demand or contribution is not one of those above, when a demanded action has no
        muscle, or when an exercise has no main demand.

    Notes
    -----
    A muscle that pulls at two joints at once, in opposite senses, is Lombard's paradox. The rule
    takes the conflict between different joints only: hip flexion and hip extension that are both
    main, as in sprinting, belong to different phases of the stride. The iliotibial band is not
    counted as crossing the knee.

    The rule is ours; it orders the usual definitions of prime mover, synergist, stabilizer and
    antagonist. The actions of the hip muscles follow [1]_.

    References
    ----------
    .. [1] Neumann DA (2010). Kinesiology of the hip: a focus on muscular actions. J Orthop Sports
       Phys Ther 40(2):82-94. https://doi.org/10.2519/jospt.2010.3025

    Examples
    --------
    >>> demands = pd.DataFrame(
    ...     [("leg_extension", "knee_extension", "main")],
    ...     columns=["exercise_id", "joint_action", "demand"],
    ... )
    >>> actions = pd.DataFrame(
    ...     [
    ...         ("vastus_lateralis", "knee", "knee_extension", "largest"),
    ...         ("semitendinosus", "knee", "knee_flexion", "largest"),
    ...         ("soleus", "ankle", "ankle_plantarflexion", "largest"),
    ...     ],
    ...     columns=["muscle_id", "joint", "joint_action", "contribution"],
    ... )
    >>> derive_roles(demands, actions)["role"].tolist()
    ['prime_mover', 'antagonist', 'none']
    """
    _check(exercise_demands, muscle_actions)
    demands = exercise_demands[["exercise_id", "joint_action", "demand"]].assign(
        order=np.arange(len(exercise_demands))
    )
    actions = muscle_actions[["muscle_id", "joint", "joint_action", "contribution"]]

    helping = demands.merge(actions, on="joint_action")
    opposing = _opposing(demands[demands["demand"] == "main"], actions)
    helping["reason"] = np.select(
        [
            _is_largest_main(helping) & ~_in_two_joint_conflict(helping, opposing),
            _is_largest_main(helping),
            helping["demand"] == "main",
            helping["demand"] == "secondary",
        ],
        list(ROLE_OF_REASON)[:4],
        default="stabilizing_action",
    )
    opposing["reason"] = "opposes_main_action"
    crossing = _crossing(demands, actions)
    every = _every_cell(demands, actions)

    found = pd.concat([helping, opposing, crossing, every], ignore_index=True)
    precedence = {reason: rank for rank, reason in enumerate(ROLE_OF_REASON)}
    decided = (
        found.assign(rank=found["reason"].map(precedence))
        .sort_values(["rank", "order"], kind="stable")
        .drop_duplicates(_CELL)
    )
    roles = every[_CELL].merge(decided, on=_CELL, how="left", validate="one_to_one")
    roles["role"] = roles["reason"].map(ROLE_OF_REASON)
    roles["coded_by"] = CODED_BY
    return roles[[*_CELL, "role", "reason", "joint_action", "coded_by"]]


def _opposing(main_demands: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    """Muscles that can act against a main demand; ``joint`` is the joint of both actions."""
    pairs = pd.DataFrame(
        [(own, opposed) for own, several in OPPOSED_ACTIONS.items() for opposed in several],
        columns=["own_action", "joint_action"],
    )
    own = actions.rename(columns={"joint_action": "own_action"})
    return main_demands.merge(pairs, on="joint_action").merge(own, on="own_action")


def _is_largest_main(helping: pd.DataFrame) -> pd.Series:
    return (helping["demand"] == "main") & (helping["contribution"] == "largest")


def _in_two_joint_conflict(helping: pd.DataFrame, opposing: pd.DataFrame) -> pd.Series:
    """Whether the muscle of each helping row is a largest opposer of a main action elsewhere."""
    strong = opposing.loc[opposing["contribution"] == "largest", [*_CELL, "joint"]]
    pairs = helping[[*_CELL, "joint"]].reset_index().merge(strong, on=_CELL)
    elsewhere = pairs.loc[pairs["joint_x"] != pairs["joint_y"], "index"]
    return pd.Series(helping.index.isin(elsewhere), index=helping.index)


def _crossing(demands: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    """Cells whose muscle crosses a joint with any demand."""
    joint_of_action = actions[["joint_action", "joint"]].drop_duplicates()
    loaded = demands[["exercise_id", "joint_action"]].merge(joint_of_action, on="joint_action")
    crossed = actions[["muscle_id", "joint"]].drop_duplicates()
    cells = loaded[["exercise_id", "joint"]].drop_duplicates().merge(crossed, on="joint")
    return cells[_CELL].assign(reason="crosses_loaded_joint")


def _every_cell(demands: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    cells = (
        demands[["exercise_id"]]
        .drop_duplicates()
        .merge(actions[["muscle_id"]].drop_duplicates(), how="cross")
    )
    return cells.assign(reason="no_loaded_joint")


def _check(exercise_demands: pd.DataFrame, muscle_actions: pd.DataFrame) -> None:
    for frame, column, allowed in (
        (exercise_demands, "demand", _DEMANDS),
        (muscle_actions, "contribution", _CONTRIBUTIONS),
    ):
        unknown = frame.loc[~frame[column].isin(allowed), column]
        if len(unknown):
            raise ValueError(f"{column} is {unknown.iloc[0]!r}; allowed are {', '.join(allowed)}.")
    wanted = exercise_demands["joint_action"]
    without = wanted[~wanted.isin(muscle_actions["joint_action"])]
    if len(without):
        raise ValueError(
            f"joint_action is {without.iloc[0]!r}, which no muscle produces; allowed are "
            f"{', '.join(muscle_actions['joint_action'].unique())}."
        )
    exercises = exercise_demands["exercise_id"]
    idle = exercises[~exercises.isin(exercises[exercise_demands["demand"] == "main"])]
    if len(idle):
        raise ValueError(f"exercise_id {idle.iloc[0]!r} has no main demand; one is needed.")
