"""Static balance of a pose: what the joints must hold, and how muscles could share it.

All Jacobians are of the independent joints (the chain rule over coupled joints is applied). A leg
has six axes; positive is flexion, adduction, internal rotation, knee flexion, dorsiflexion and
inversion. Torques are in newton metres, forces in newtons, activations are shares of strength.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import mujoco
import numpy as np
from scipy.optimize import lsq_linear

from scripts.musculoskeletal.model import BODY_WEIGHT_KG, BUNDLES, GRAVITY, Body, place

AXES = (
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_flexion",
    "ankle_dorsiflexion",
    "subtalar_inversion",
)
JOINTS = (
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_angle",
    "ankle_angle",
    "subtalar_angle",
)
LUMBAR_AXES = {
    "lumbar_extension": "flex_extension",
    "lumbar_lateral": "lat_bending",
    "lumbar_rotation": "axial_rotation",
}
SIDES = ("r", "l")

_NORMALS = {
    "up": np.array([0.0, 0.0, 1.0]),
    "down": np.array([0.0, 0.0, -1.0]),
    "forward": np.array([0.0, -1.0, 0.0]),
    "backward": np.array([0.0, 1.0, 0.0]),
}

# The model's internal rotators are too weak and its subtalar muscles partly absent: these two axes
# have a softer reserve, or the glutei would be switched off to spare the rotators.
RESERVE_SCALE_NM = np.array([1.0, 1.0, 20.0, 1.0, 1.0, 10.0])

HEIGHT_M = 1.76
PASSIVE_SHARE = 0.5
CALIBRATION_LIMITS = (0.15, 1.2)
CONTACT_COST = 0.5
ROOT_WEIGHT = 10.0
LIMIT_CONTACT = 2.0
LIMIT_OPEN = 1.0


@dataclass(frozen=True)
class Reference:
    """Strongest torque of a direction: Anderson, Madigan and Nussbaum 2007, or a constant.

    Attributes
    ----------
    axis, sign
        Row of `AXES` and direction there.
    peak
        Share of body weight times height for a curve, newton metres for a constant.
    width, centre
        Of the cosine over the joint angle in radians; a width of zero is a constant.
    """

    axis: int
    sign: int
    peak: float
    width: float = 0.0
    centre: float = 0.0

    def torque(self, angle: float) -> float:
        """Torque in newton metres at a joint angle in radians."""
        if not self.width:
            return self.peak
        scale = BODY_WEIGHT_KG * GRAVITY * HEIGHT_M * self.peak
        return scale * max(0.25, float(np.cos(self.width * (angle - self.centre))))


# The sign of the plantarflexion centre differs from the public code file the digits were read in:
# with it the ankle is strongest in dorsiflexion, as people are.
REFERENCES = {
    "hip_extension": Reference(0, -1, 0.161, 0.958, 0.932),
    "hip_flexion": Reference(0, 1, 0.113, 0.738, -0.214),
    "hip_abduction": Reference(1, -1, 150.0),
    "hip_adduction": Reference(1, 1, 165.0),
    "knee_extension": Reference(3, -1, 0.163, 1.258, 1.135),
    "knee_flexion": Reference(3, 1, 0.087, 0.869, 0.522),
    "plantarflexion": Reference(4, -1, 0.095, 1.391, 0.408),
    "dorsiflexion": Reference(4, 1, 0.033, 1.510, -0.187),
}
_MAIN_ACTIONS = {
    "hip_extension": "glmax1 glmax2 glmax3 bflh semiten semimem",
    "hip_flexion": "psoas iliacus sart",
    "hip_abduction": "glmed1 glmed2 glmed3 glmin1 glmin2 glmin3 tfl piri",
    "hip_adduction": "addlong addbrev addmagProx addmagMid addmagDist addmagIsch grac",
    "knee_extension": "recfem vaslat vasmed vasint",
    "knee_flexion": "bfsh",
    "plantarflexion": "gasmed gaslat soleus tibpost fdl fhl perlong perbrev",
    "dorsiflexion": "tibant edl ehl",
}
_GROUP = {bundle: group for group, names in _MAIN_ACTIONS.items() for bundle in names.split()}


@dataclass(frozen=True)
class Load:
    """An outside force on an anchor, in newtons (or a share of strength for `relative`)."""

    anchor: str
    force: tuple[float, float, float]
    frame: str = "world"
    relative_axis: str = ""


@dataclass(frozen=True)
class Support:
    """A contact that pushes: the floor up, a strap down, a pad forward or backward."""

    anchor: str
    friction: float
    direction: str = "up"


@dataclass(frozen=True)
class Task:
    """A pose with what rests on it and what it rests on.

    Without supports the pelvis is held by a seat, a bench or the hands: only the leg is solved.
    """

    angles: Mapping[str, float]
    loads: Sequence[Load] = ()
    supports: Sequence[Support] = ()
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Leg:
    """Muscles of one leg at a pose.

    Attributes
    ----------
    arms : numpy.ndarray, shape (6, 40)
        Moment arms in metres.
    active, passive : numpy.ndarray, shape (40,)
        Forces at full activation before calibration, and of stretch alone.
    calibration : numpy.ndarray, shape (40,)
        Factor of the active force.
    angles : numpy.ndarray, shape (6,)
        Joint angles in radians.
    """

    arms: np.ndarray
    active: np.ndarray
    passive: np.ndarray
    calibration: np.ndarray
    angles: np.ndarray

    @property
    def strength(self) -> np.ndarray:
        """Torque of each bundle at full activation, shape (6, 40)."""
        return self.arms * (self.active * self.calibration)

    @property
    def stretch(self) -> np.ndarray:
        """Torque of the passive forces, shape (6,)."""
        return PASSIVE_SHARE * (self.arms @ self.passive)

    def capacity(self, axis: int, sign: int) -> float:
        """Most the leg can give about an axis, in newton metres."""
        return float(np.clip(sign * self.strength[axis], 0, None).sum())


@dataclass(frozen=True)
class Solution:
    """Balance of a task; legs are right then left.

    Attributes
    ----------
    legs
        Muscles of the two legs.
    need : numpy.ndarray, shape (2, 6)
        Torque that muscles, stretch and reserves give together.
    activation : numpy.ndarray, shape (2, 40)
    reserve : numpy.ndarray, shape (2, 6)
    lumbar : numpy.ndarray, shape (3,)
        Torque at the lowest lumbar joint.
    root : numpy.ndarray, shape (6,)
        Force and torque that remain unbalanced.
    contact : numpy.ndarray, shape (supports, 3)
        Support forces.
    limit
        Upper bound of the activations.
    """

    legs: tuple[Leg, Leg]
    need: np.ndarray
    activation: np.ndarray
    reserve: np.ndarray
    lumbar: np.ndarray
    root: np.ndarray
    contact: np.ndarray
    limit: float


@dataclass(frozen=True)
class Bench:
    """The body with everything that is measured once in its neutral pose.

    Attributes
    ----------
    body
        The model.
    anchors
        Body index, local coordinates and the segment's neutral orientation by anchor. The frame
        "segment" of a load has the world's axes in the neutral pose and turns with the segment.
    neutral_capacity
        Uncalibrated torque of hip abduction and adduction by side.
    """

    body: Body
    anchors: Mapping[str, tuple[int, np.ndarray, np.ndarray]]
    neutral_capacity: Mapping[tuple[str, str], float]


def prepare(body: Body, anchors: Mapping[str, tuple[str, Sequence[float]]]) -> Bench:
    """Measure the neutral pose.

    Parameters
    ----------
    body
        From `model.load`.
    anchors
        Body's name and world coordinates in the neutral pose by anchor.

    Returns
    -------
    Bench
    """
    place(body, {})
    local = {}
    for name, (part, place_of) in anchors.items():
        index = body.model.body(part).id
        turn = body.data.xmat[index].reshape(3, 3)
        offset = np.asarray(place_of) - body.data.xpos[index]
        local[name] = index, turn.T @ offset, turn.copy()
    capacity = {}
    for side in SIDES:
        arms, active, _ = muscles(body, side)
        for group in ("hip_abduction", "hip_adduction"):
            capacity[side, group] = _capacity(arms, active, REFERENCES[group])
    return Bench(body, local, capacity)


def muscles(body: Body, side: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Moment arms and forces of one leg's bundles at the present pose.

    Parameters
    ----------
    body
        Placed by `model.place`.
    side
        "r" or "l".

    Returns
    -------
    tuple of numpy.ndarray, shapes (6, 40), (40,), (40,)
        Arms in metres, active and passive forces in newtons.
    """
    model, data = body.model, body.data
    columns = body.chain[:, _dofs(body, side)]
    arms, active, passive = np.zeros((6, len(BUNDLES))), np.zeros(40), np.zeros(40)
    for index, bundle in enumerate(BUNDLES):
        actuator = model.actuator(f"{bundle}_{side}").id
        line = model.actuator_trnid[actuator, 0]
        first, count = model.ten_J_rowadr[line], model.ten_J_rownnz[line]
        entries = slice(first, first + count)
        arms[:, index] = -data.ten_J[entries] @ columns[model.ten_J_colind[entries]]
        length = data.ten_length[line]
        reach = model.actuator_lengthrange[actuator], model.actuator_acc0[actuator]
        active[index] = -mujoco.mju_muscleGain(
            length, 0.0, *reach, model.actuator_gainprm[actuator][:9]
        )
        passive[index] = -mujoco.mju_muscleBias(
            length, *reach, model.actuator_biasprm[actuator][:9]
        )
    return arms, active, passive


def leg(bench: Bench, side: str) -> Leg:
    """Calibrated muscles of one leg at the present pose.

    The model is about twice as strong as people: each bundle's force is scaled so that its group
    gives the reference torque at this pose. Abduction and adduction have no reference over the
    angle, so their factor is that of the neutral pose.
    """
    arms, active, passive = muscles(bench.body, side)
    angles = np.array(
        [bench.body.data.joint(f"{name}_{side}").qpos[0] for name in JOINTS], dtype=float
    )
    factor = {}
    for group, reference in REFERENCES.items():
        most = bench.neutral_capacity.get((side, group)) or _capacity(arms, active, reference)
        ratio = reference.torque(angles[reference.axis]) / max(most, 1e-9)
        factor[group] = np.clip(ratio, *CALIBRATION_LIMITS)
    calibration = np.array([factor[_GROUP[bundle]] for bundle in BUNDLES])
    return Leg(arms, active, passive, calibration, angles)


def point(bench: Bench, anchor: str) -> np.ndarray:
    """World coordinates of an anchor at the present pose, shape (3,)."""
    index, local, _ = bench.anchors[anchor]
    return bench.body.data.xpos[index] + bench.body.data.xmat[index].reshape(3, 3) @ local


def solve(bench: Bench, task: Task) -> Solution:
    """Balance a task: supports, muscles and reserves in one quadratic programme.

    Minimised is the sum of squared activations, of reserves over their scales and of a small cost
    of support forces, subject to the balance of the whole body and of every leg joint.

    Raises
    ------
    ValueError
        If the programme did not reach its optimum.
    """
    place(bench.body, task.angles)
    legs = leg(bench, "r"), leg(bench, "l")
    outside = _gravity(bench.body) + sum(
        (_push(bench, load, legs[0]) for load in task.loads), np.zeros(bench.body.model.nv)
    )
    if task.supports:
        return _with_contact(bench, task, legs, outside)
    return _open_chain(bench, task, legs, outside)


def _with_contact(bench: Bench, task: Task, legs: tuple[Leg, Leg], outside: np.ndarray) -> Solution:
    edges = _edges(bench, task.supports)
    chained = bench.body.chain.T @ edges
    outside_chained = bench.body.chain.T @ outside
    dofs = [dof for side in SIDES for dof in _dofs(bench.body, side)]
    count, forces = 2 * len(BUNDLES), edges.shape[1]
    strength = np.zeros((12, count))
    strength[:6, :40], strength[6:, 40:] = legs[0].strength, legs[1].strength
    scale = np.concatenate([_scale(task, side) for side in SIDES])
    stretch = np.concatenate([part.stretch for part in legs])
    weight = BODY_WEIGHT_KG * GRAVITY
    rows = np.block(
        [
            [np.eye(count), np.zeros((count, forces))],
            [strength / scale[:, None], chained[dofs] / scale[:, None]],
            [np.zeros((forces, count)), np.eye(forces) * CONTACT_COST / weight],
            [np.zeros((6, count)), chained[:6] * ROOT_WEIGHT],
        ]
    )
    goal = np.concatenate(
        [
            np.zeros(count),
            -(outside_chained[dofs] + stretch) / scale,
            np.zeros(forces),
            -outside_chained[:6] * ROOT_WEIGHT,
        ]
    )
    most = np.concatenate([np.full(count, LIMIT_CONTACT), np.full(forces, np.inf)])
    found = _least_squares(rows, goal, most)
    total = outside + edges @ found[count:]
    need = -(bench.body.chain.T @ total)[dofs]
    activation = found[:count]
    reserve = need - stretch - strength @ activation
    return Solution(
        legs,
        need.reshape(2, 6),
        activation.reshape(2, 40),
        reserve.reshape(2, 6),
        _lumbar(bench.body, total),
        (bench.body.chain.T @ total)[:6],
        _forces(task.supports, found[count:]),
        LIMIT_CONTACT,
    )


def _open_chain(bench: Bench, task: Task, legs: tuple[Leg, Leg], outside: np.ndarray) -> Solution:
    need, activation, reserve = np.zeros((2, 6)), np.zeros((2, 40)), np.zeros((2, 6))
    for row, (side, part) in enumerate(zip(SIDES, legs, strict=True)):
        need[row] = -(bench.body.chain.T @ outside)[_dofs(bench.body, side)]
        scale = _scale(task, side)
        rows = np.vstack([np.eye(40), part.strength / scale[:, None]])
        goal = np.concatenate([np.zeros(40), (need[row] - part.stretch) / scale])
        activation[row] = _least_squares(rows, goal, np.full(40, LIMIT_OPEN))
        reserve[row] = need[row] - part.stretch - part.strength @ activation[row]
    nothing = np.zeros((0, 3))
    lumbar = _lumbar(bench.body, outside)
    return Solution(legs, need, activation, reserve, lumbar, np.zeros(6), nothing, LIMIT_OPEN)


def _least_squares(rows: np.ndarray, goal: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Bounded least squares from zero up, with its optimality checked."""
    bounds = np.zeros(len(most)), most
    found = lsq_linear(rows, goal, bounds=bounds, method="bvls", tol=1e-12, max_iter=5000).x
    slope = rows.T @ (rows @ found - goal)
    inside = (found > 1e-9) & (found < most - 1e-9)
    wrong = np.where(inside, np.abs(slope), np.where(found <= 1e-9, -slope, slope))
    if wrong.max() > 1e-5 * (1 + np.abs(rows.T @ goal).max()):
        raise ValueError(f"optimality is {wrong.max():.2g}; allowed is almost zero")
    return found


def _edges(bench: Bench, supports: Sequence[Support]) -> np.ndarray:
    """Generalised force of the four edges of every friction pyramid, shape (nv, 4 n)."""
    columns = []
    for support in supports:
        jacobian = _jacobian(bench, support.anchor)
        columns.extend(jacobian.T @ edge for edge in _pyramid(support))
    return np.array(columns).T


def _pyramid(support: Support) -> np.ndarray:
    """Edges of the friction pyramid, shape (4, 3)."""
    normal = _NORMALS[support.direction]
    sides = [side for side in np.eye(3) if not side @ np.abs(normal)]
    return np.array(
        [normal + sign * support.friction * side for side in sides for sign in (1.0, -1.0)]
    )


def _forces(supports: Sequence[Support], shares: np.ndarray) -> np.ndarray:
    parts = shares.reshape(-1, 4)
    return np.array(
        [part @ _pyramid(support) for part, support in zip(parts, supports, strict=True)]
    )


def _push(bench: Bench, load: Load, right: Leg) -> np.ndarray:
    """Generalised force of a load; a relative one is a share of the right leg's capacity."""
    jacobian = _jacobian(bench, load.anchor)
    force = np.asarray(load.force, dtype=float)
    if load.frame == "segment":
        index, _, neutral = bench.anchors[load.anchor]
        force = bench.body.data.xmat[index].reshape(3, 3) @ (neutral.T @ force)
    push = jacobian.T @ force
    if not load.relative_axis:
        return push
    axis = AXES.index(load.relative_axis)
    torque = (bench.body.chain.T @ push)[_dofs(bench.body, "r")[axis]]
    share = float(np.linalg.norm(load.force))
    return push * (share * right.capacity(axis, -int(np.sign(torque))) / abs(torque))


def _gravity(body: Body) -> np.ndarray:
    force, jacobian = np.zeros(body.model.nv), np.zeros((3, body.model.nv))
    for index in np.flatnonzero(body.model.body_mass):
        mujoco.mj_jac(body.model, body.data, jacobian, None, body.data.xipos[index], index)
        force -= GRAVITY * body.model.body_mass[index] * jacobian[2]
    return force


def _jacobian(bench: Bench, anchor: str) -> np.ndarray:
    index = bench.anchors[anchor][0]
    jacobian = np.zeros((3, bench.body.model.nv))
    mujoco.mj_jac(bench.body.model, bench.body.data, jacobian, None, point(bench, anchor), index)
    return jacobian


def _lumbar(body: Body, force: np.ndarray) -> np.ndarray:
    """Torque at the lowest lumbar joint alone, so without the chain rule over the spine."""
    return np.array([-force[body.model.joint(name).dofadr[0]] for name in LUMBAR_AXES.values()])


def _dofs(body: Body, side: str) -> list[int]:
    return [int(body.model.joint(f"{name}_{side}").dofadr[0]) for name in JOINTS]


def _scale(task: Task, side: str) -> np.ndarray:
    held = task.held.get(side, frozenset())
    return np.where([axis in held for axis in AXES], 1e6, RESERVE_SCALE_NM)


def _capacity(arms: np.ndarray, active: np.ndarray, reference: Reference) -> float:
    return float((np.clip(reference.sign * arms[reference.axis], 0, None) * active).sum())
