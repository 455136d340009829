"""Find the free angles of a pose, and measure how well a pose meets its conditions.

A condition speaks of anchors, of the point midway between two of them (`heels`, `balls` of the feet
or `hands`), or of the centre of mass of body and loads. `share`: its
place along the horizontal line from one anchor to another, in percent. `height`: how far it lies
above an anchor, `left`: how far to the subject's left of it, in millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from scripts.musculoskeletal.model import BODY_WEIGHT_KG, GRAVITY, place
from scripts.musculoskeletal.statics import SIDES, Bench, Load, point

CENTRE_OF_MASS = "centre_of_mass"
MIDPOINTS = {"heels": "heel", "balls": "mtp1", "hands": "grip"}

# A settled angle may leave its start if a condition needs it, and otherwise stays: this many
# degrees away cost as much as one millimetre or percent.
_STIFFNESS_DEGREES = 200.0


@dataclass(frozen=True)
class Condition:
    """What a settled pose must meet; see the module."""

    kind: str
    subject: str
    first: str
    second: str
    target: float


def settle(
    bench: Bench,
    angles: Mapping[str, float],
    free: Sequence[str],
    conditions: Sequence[Condition],
    loads: Sequence[Load] = (),
    mirrored: bool = False,
) -> dict[str, float]:
    """Angles with the free ones moved as little as the conditions allow.

    Parameters
    ----------
    bench
        From `statics.prepare`.
    angles
        Degrees; the start for the free ones (zero if missing).
    free
        Joints, or pelvis_pitch, pelvis_roll, pelvis_yaw.
    conditions
        What to meet.
    loads
        Weights that count for the centre of mass.
    mirrored
        Whether free joints of the left follow those of the right.

    Returns
    -------
    dict of str to float
        All angles, the free ones to a tenth of a degree.
    """
    names = [name for name in free if not (mirrored and name.endswith("_l"))]
    start = np.array([angles.get(name, 0.0) for name in names])

    def posed(values: np.ndarray) -> dict[str, float]:
        found = dict(zip(names, values, strict=True))
        others = {f"{name[:-2]}_l": value for name, value in found.items() if name.endswith("_r")}
        return {**angles, **(others if mirrored else {}), **found}

    def misses(values: np.ndarray) -> np.ndarray:
        place(bench.body, posed(values))
        away = [miss(bench, condition, loads) for condition in conditions]
        return np.concatenate([away, (values - start) / _STIFFNESS_DEGREES])

    return posed(np.round(least_squares(misses, start, x_scale=10.0).x, 1))


def miss(bench: Bench, condition: Condition, loads: Sequence[Load] = ()) -> float:
    """How far the present pose is from a condition, in its own unit.

    Raises
    ------
    ValueError
        If the kind is unknown.
    """
    subject, first = _point(bench, condition.subject, loads), _point(bench, condition.first, loads)
    if condition.kind == "left":
        return float(1000 * (subject - first)[0] - condition.target)
    if condition.kind == "height":
        return float(1000 * (subject - first)[2] - condition.target)
    if condition.kind == "share":
        line = (_point(bench, condition.second, loads) - first)[:2]
        return float(100 * (subject - first)[:2] @ line / (line @ line) - condition.target)
    raise ValueError(f"kind is {condition.kind!r}; allowed are height, left and share")


def centre_of_mass(bench: Bench, loads: Sequence[Load] = ()) -> np.ndarray:
    """Centre of body and hanging weights at the present pose, shape (3,)."""
    mass = bench.body.model.body_mass
    total = mass @ bench.body.data.xipos
    weight = BODY_WEIGHT_KG
    for load in loads:
        if load.frame == "world" and not load.relative_axis and load.force[2] < 0:
            kilograms = -load.force[2] / GRAVITY
            total = total + kilograms * point(bench, load.anchor)
            weight += kilograms
    return total / weight


def _point(bench: Bench, name: str, loads: Sequence[Load]) -> np.ndarray:
    if name == CENTRE_OF_MASS:
        return centre_of_mass(bench, loads)
    if name in MIDPOINTS:
        return np.mean([point(bench, f"{MIDPOINTS[name]}_{side}") for side in SIDES], axis=0)
    return point(bench, name)
