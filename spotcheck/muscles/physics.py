"""How muscles could share the torques of a still pose: the live solver of the leg model.

The tables ``leg_model_*`` hold, for each exercise and phase, the torque that every axis of the
right leg must hold and the torque that every muscle bundle gives there at full activation. Among
all ways to hold the pose, the solver takes the one with the smallest sum of squared activations.

An activation is a share of the bundle's strength in people, so that 100 times it reads like a
percentage of a maximal effort. It holds what balance needs and no more: muscles that stiffen a
joint by working against each other do not show, so that a small value never means "inactive".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

AXES: Final = (
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_flexion",
    "ankle_dorsiflexion",
    "subtalar_inversion",
)
"""Axes of a leg; positive is the movement in the name, and internal rotation."""

BODY_WEIGHT_KG: Final = 75.0
"""Body weight for which the tables are written."""

LIMITS: Final = {"load": (0.0, 1.2), "body_weight_kg": (40.0, 150.0), "strength": (0.5, 2.0)}
"""Smallest and largest setting of the live solver; more load than this is not linear any more."""

_TOLERANCE_NM = 1e-9
_STEPS = 100


class Shares(NamedTuple):
    """Answer of `solve`: activations of the bundles and torques that no muscle could give."""

    activation: np.ndarray
    reserve: np.ndarray


@dataclass(frozen=True)
class Pose:
    """One phase of an exercise, ready to solve.

    Attributes
    ----------
    body, load, passive : numpy.ndarray, shape (n_axes,)
        Torque that the body's weight needs at 75 kg, what the nominal load adds, and what stretched
        tissue gives, in newton metres.
    reserve_scale : numpy.ndarray, shape (n_axes,)
        How soft each axis is.
    strength : numpy.ndarray, shape (n_axes, n_bundles)
        Torque at full activation.
    bundles
        Bundles by column.
    load_unit
        none, body_weight, newton or relative.
    limit
        Largest activation.
    """

    body: np.ndarray
    load: np.ndarray
    passive: np.ndarray
    reserve_scale: np.ndarray
    strength: np.ndarray
    bundles: tuple[str, ...]
    load_unit: str
    limit: float


def poses(
    phases: pd.DataFrame, torques: pd.DataFrame, strengths: pd.DataFrame
) -> dict[tuple[str, str], Pose]:
    """Every pose of the tables; axes held by a seat or the floor are left out.

    Parameters
    ----------
    phases, torques, strengths : pandas.DataFrame
        Tables ``leg_model_phases``, ``leg_model_torques`` and ``leg_model_strengths``; phases may
        be some of them.

    Returns
    -------
    dict
        Pose by exercise and phase, in the order of the phases.
    """
    keys = ["exercise_id", "phase"]
    rows = pd.MultiIndex.from_frame(phases[keys])
    bundles = tuple(strengths["bundle_id"].unique())
    torques, strengths = (
        one[pd.MultiIndex.from_frame(one[keys]).isin(rows)] for one in (torques, strengths)
    )
    strength = np.zeros((len(rows), len(AXES), len(bundles)))
    strength[
        rows.get_indexer(pd.MultiIndex.from_frame(strengths[keys])),
        pd.Index(AXES).get_indexer(strengths["axis"]),
        pd.Index(bundles).get_indexer(strengths["bundle_id"]),
    ] = strengths["torque_nm"]
    leg = torques[torques["axis"].isin(AXES)]
    place = (
        rows.get_indexer(pd.MultiIndex.from_frame(leg[keys])),
        pd.Index(AXES).get_indexer(leg["axis"]),
    )
    free = np.zeros(strength.shape[:2], dtype=bool)
    free[place] = ~leg["is_held"]
    numbers = np.zeros((4, *free.shape))
    for index, column in enumerate(["body_nm", "load_nm", "passive_nm", "reserve_scale_nm"]):
        numbers[index][place] = leg[column]
    return {
        key: Pose(
            body=numbers[0, row, free[row]],
            load=numbers[1, row, free[row]],
            passive=numbers[2, row, free[row]],
            reserve_scale=numbers[3, row, free[row]],
            strength=strength[row, free[row]],
            bundles=bundles,
            load_unit=unit,
            limit=float(most),
        )
        for row, (key, unit, most) in enumerate(
            zip(rows, phases["load_unit"], phases["activation_limit"], strict=True)
        )
    }


def within(name: str, value: float) -> float:
    """The value, clipped to what the live solver holds for.

    Parameters
    ----------
    name
        A key of `LIMITS`.
    value
        What was asked for.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the name is unknown.

    Examples
    --------
    >>> within("load", 3)
    1.2
    """
    if name not in LIMITS:
        raise ValueError(f"name is {name!r}; allowed are {', '.join(LIMITS)}")
    low, high = LIMITS[name]
    return float(min(max(value, low), high))


def required_torque(
    pose: Pose,
    load: float = 1.0,
    body_weight_kg: float = BODY_WEIGHT_KG,
    strength: float = 1.0,
) -> np.ndarray:
    """Torque that the muscles must give beyond stretched tissue, in newton metres.

    Parameters
    ----------
    pose
        From `poses`.
    load
        Multiple of the nominal load.
    body_weight_kg
        Moves the body's part, and a load that is counted in body weights.
    strength
        Multiple of the reference strength; moves a load that is a share of it.

    Returns
    -------
    numpy.ndarray, shape (n_axes,)
    """
    heavier = body_weight_kg / BODY_WEIGHT_KG
    grows_with = {"body_weight": heavier, "relative": strength}.get(pose.load_unit, 1.0)
    return heavier * pose.body + load * grows_with * pose.load - pose.passive


def activation(
    pose: Pose,
    load: float = 1.0,
    body_weight_kg: float = BODY_WEIGHT_KG,
    strength: float = 1.0,
) -> Shares:
    """Activations of the bundles in a pose, from settings clipped to `LIMITS`.

    Parameters
    ----------
    pose
        From `poses`.
    load, body_weight_kg, strength
        See `required_torque`.

    Returns
    -------
    Shares
        Activations in the order of ``pose.bundles``, reserves in that of the axes.
    """
    load, strength = within("load", load), within("strength", strength)
    torque = required_torque(pose, load, within("body_weight_kg", body_weight_kg), strength)
    return solve(torque, strength * pose.strength, pose.limit, pose.reserve_scale)


def solve(
    torque: np.ndarray, strength: np.ndarray, upper: float, reserve_scale: np.ndarray
) -> Shares:
    """Share torques among muscles with the smallest sum of squared activations.

    Minimises ``sum(a ** 2) + sum((r / s) ** 2)`` subject to ``strength @ a + r = torque`` and
    ``0 <= a <= upper``, by Newton's method on the dual: one multiplier for each axis.

    Parameters
    ----------
    torque : numpy.ndarray, shape (n_axes,)
        To be held.
    strength : numpy.ndarray, shape (n_axes, n_bundles)
        Torque of each bundle at full activation.
    upper
        Largest activation.
    reserve_scale : numpy.ndarray, shape (n_axes,)
        Torque of a reserve that costs as much as one full activation.

    Returns
    -------
    Shares

    Raises
    ------
    ValueError
        If the method does not reach the optimum.

    Examples
    --------
    >>> shares = solve(np.array([10.0]), np.array([[30.0, 60.0]]), 1.0, np.array([0.1]))
    >>> shares.activation.round(3).tolist()
    [0.067, 0.133]
    """
    softness = reserve_scale**2 / 2
    multipliers = np.zeros(len(torque))
    gap, value, inside = _dual(multipliers, torque, strength, upper, softness)
    for _ in range(_STEPS):
        if np.abs(gap).max() <= _TOLERANCE_NM * (1 + np.abs(torque).max()):
            return Shares(np.clip(strength.T @ multipliers / 2, 0, upper), softness * multipliers)
        active = strength[:, inside]
        step = np.linalg.solve(active @ active.T / 2 + np.diag(softness), gap)
        length, slope = 1.0, gap @ step
        while True:
            trial = multipliers + length * step
            trial_gap, trial_value, trial_inside = _dual(trial, torque, strength, upper, softness)
            if trial_value >= value + 1e-4 * length * slope or length < 1e-6:
                break
            length /= 2
        multipliers, gap, value, inside = trial, trial_gap, trial_value, trial_inside
    raise ValueError(f"torque is {torque.tolist()}; allowed is one the solver can share")


def bundle_weights(bundles: Sequence[str], muscles: pd.DataFrame) -> pd.DataFrame:
    """How much each bundle counts in its muscle: by its share of the muscle's force.

    Parameters
    ----------
    bundles
        Bundles of a pose; every pose of one call of `poses` has the same.
    muscles : pandas.DataFrame
        Table ``leg_model_muscles``.

    Returns
    -------
    pandas.DataFrame
        Rows `muscle_id` in the order of the table, a column for each bundle; a row sums to one
        unless the pose lacks a bundle that gives no torque anywhere.
    """
    own = muscles.dropna(subset="muscle_id")
    table = own.set_index(["muscle_id", "bundle_id"])["peak_force_n"].unstack(fill_value=0.0)
    shares = table.div(table.sum(axis=1), axis=0)
    return shares.reindex(index=own["muscle_id"].unique(), columns=list(bundles), fill_value=0.0)


def muscle_percent(shares: Shares, weights: pd.DataFrame) -> np.ndarray:
    """Activation of each muscle in percent.

    Parameters
    ----------
    shares
        From `activation`.
    weights : pandas.DataFrame
        From `bundle_weights`.

    Returns
    -------
    numpy.ndarray, shape (n_muscles,)
        In the order of the weights' rows.
    """
    return 100 * (weights.to_numpy() @ shares.activation)


def estimates(
    solved: Mapping[tuple[str, str], Pose], phases: pd.DataFrame, muscles: pd.DataFrame
) -> pd.DataFrame:
    """Mean and peak of every muscle over an exercise's phases, at the nominal load and 75 kg.

    Parameters
    ----------
    solved
        From `poses`.
    phases, muscles : pandas.DataFrame
        Tables ``leg_model_phases`` and ``leg_model_muscles``.

    Returns
    -------
    pandas.DataFrame
        Rows `exercise_id`, `muscle_id`, `mean_percent`, `peak_percent`.
    """
    weights = bundle_weights(next(iter(solved.values())).bundles, muscles)
    keys = pd.MultiIndex.from_frame(phases[["exercise_id", "phase"]])
    rows = [muscle_percent(activation(solved[key]), weights) for key in keys]
    table = pd.DataFrame(rows, index=keys, columns=weights.index)
    by_exercise = table.groupby(level=0, sort=False)
    return (
        by_exercise.mean()
        .rename_axis("exercise_id")
        .reset_index()
        .melt("exercise_id", var_name="muscle_id", value_name="mean_percent")
        .assign(peak_percent=by_exercise.max().melt()["value"])
        .sort_values("exercise_id", kind="stable", key=_place_in(table.index.unique(0)))
        .reset_index(drop=True)
    )


def _place_in(order: pd.Index) -> Callable[[pd.Series], pd.Series]:
    """Sort key: the place of a value in an order."""
    return lambda values: values.map({value: place for place, value in enumerate(order)})


def _dual(
    multipliers: np.ndarray,
    torque: np.ndarray,
    strength: np.ndarray,
    upper: float,
    softness: np.ndarray,
) -> tuple[np.ndarray, float, np.ndarray]:
    """Slope and value of the dual, and the bundles between their bounds."""
    wish = strength.T @ multipliers / 2
    share = np.clip(wish, 0, upper)
    gap = torque - strength @ share - softness * multipliers
    value = multipliers @ torque - (2 * wish - share) @ share - multipliers**2 @ softness / 2
    return gap, float(value), (wish > 0) & (wish < upper)
