"""The open musculoskeletal model, made ready for static poses.

The model is MyoFullBody of the package musclemimic-models. Its axes: up is +z, forward is -y, the
subject's right is -x. Angles are in degrees, lengths in metres, forces in newtons.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import mujoco
import musclemimic_models
import numpy as np

BODY_WEIGHT_KG = 75.0
GRAVITY = 9.81

BUNDLES = (
    *("addlong", "addbrev", "addmagProx", "addmagMid", "addmagDist", "addmagIsch", "grac"),
    *("recfem", "vaslat", "vasmed", "vasint"),
    *("bflh", "bfsh", "semiten", "semimem"),
    *("glmax1", "glmax2", "glmax3", "glmed1", "glmed2", "glmed3", "glmin1", "glmin2", "glmin3"),
    *("tfl", "piri", "psoas", "iliacus", "sart"),
    *("gasmed", "gaslat", "soleus", "tibpost", "fdl", "fhl", "perlong", "perbrev"),
    *("tibant", "edl", "ehl"),
)

# The model's arms come from a source for non-commercial use only, so their masses are replaced by
# the body fractions of de Leva 1996 for men, and the shoulder bones count as part of the trunk.
ARM_MASS_FRACTIONS = {"humerus": 0.0271, "ulna": 0.0162, "capitate": 0.0061}

_TEXTURE = '<texture name="sky" type="skybox" file="musclemimic_skybox.png"/>'
_ARM_ROOT = "bimanual_attachment"
_JOINT_EQUALITY = mujoco.mjtEq.mjEQ_JOINT


@dataclass(frozen=True)
class Coupling:
    """A joint that follows another by a quartic: position and speed indices, coefficients."""

    dependent: int
    dependent_dof: int
    independent: int
    independent_dof: int
    coefficients: np.ndarray


@dataclass(frozen=True)
class Body:
    """The loaded model with its data, coupled joints and joint names.

    Attributes
    ----------
    model, data
        MuJoCo's compiled model and its working state.
    couplings
        Joints that follow another joint, sources first.
    chain : numpy.ndarray, shape (nv, nv)
        Speed of every joint per speed of an independent joint at the present pose: a Jacobian
        times it is the Jacobian of the independent joints.
    """

    model: mujoco.MjModel
    data: mujoco.MjData
    couplings: tuple[Coupling, ...]
    chain: np.ndarray


def load() -> Body:
    """Load the package's full body at 75 kg, with our arm masses, in the neutral pose.

    Returns
    -------
    Body
        Ready for `place`.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "model"
        shutil.copytree(musclemimic_models.MODELS_DIR, root)
        # MuJoCo looks for this picture in a folder that depends on how the scene is included.
        scene = root / "scene" / "musclemimic_scene.xml"
        scene.write_text(scene.read_text().replace(_TEXTURE, ""))
        model = mujoco.MjModel.from_xml_path(str(root / "body" / "myofullbody.xml"))
    scale_masses(model)
    body = Body(model, mujoco.MjData(model), _couplings(model), np.eye(model.nv))
    place(body, {})
    return body


def scale_masses(model: mujoco.MjModel) -> None:
    """Scale the body to 75 kg and give the arms their own masses; the trunk takes the rest."""
    mass = model.body_mass
    mass *= BODY_WEIGHT_KG / mass.sum()
    mass[_arm_bodies(model)] = 0.0
    for name, fraction in ARM_MASS_FRACTIONS.items():
        for side in "rl":
            mass[model.body(f"{name}_{side}").id] = BODY_WEIGHT_KG * fraction
    mass[model.body("torso").id] += BODY_WEIGHT_KG - mass.sum()


def place(body: Body, angles: Mapping[str, float]) -> None:
    """Put the body in a pose; everything not named is at zero.

    Parameters
    ----------
    body
        From `load`; its data and chain are changed.
    angles
        Degrees by joint name, and pelvis_pitch (+ leans forward), pelvis_roll (+90 lies on the
        right side) and pelvis_yaw (+ turns to the left).

    Raises
    ------
    ValueError
        If a name is not a joint of the model.
    """
    model, data = body.model, body.data
    data.qpos[:] = model.qpos0
    turn = {key: np.radians(angles.get(f"pelvis_{key}", 0.0)) for key in ("pitch", "roll", "yaw")}
    data.qpos[3:7] = _orientation(turn["pitch"], turn["roll"], turn["yaw"])
    for name, angle in angles.items():
        if name.startswith("pelvis_"):
            continue
        joint = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_JOINT, name)
        if joint < 0:
            raise ValueError(f"joint is {name!r}; allowed is a joint of the model")
        data.qpos[model.jnt_qposadr[joint]] = np.radians(angle)
    _follow(body)
    mujoco.mj_kinematics(model, data)
    mujoco.mj_comPos(model, data)
    mujoco.mj_tendon(model, data)


def tendon(body: Body, name: str) -> int:
    """Index of the tendon that carries the muscle bundle `name`, such as "addlong_r"."""
    return int(body.model.actuator(name).trnid[0])


def tendon_path(body: Body, name: str) -> np.ndarray:
    """Points of a muscle's path at the present pose, wrap points included.

    Parameters
    ----------
    body
        Placed by `place`.
    name
        Bundle with its side, such as "addlong_r".

    Returns
    -------
    numpy.ndarray, shape (n, 3)
        World coordinates in metres, origin first.
    """
    index = tendon(body, name)
    first, count = body.data.ten_wrapadr[index], body.data.ten_wrapnum[index]
    return body.data.wrap_xpos.reshape(-1, 3)[first : first + count].copy()


def _couplings(model: mujoco.MjModel) -> tuple[Coupling, ...]:
    """Active joint equalities; none of this model chains two of them."""
    return tuple(
        Coupling(
            int(model.jnt_qposadr[first]),
            int(model.jnt_dofadr[first]),
            int(model.jnt_qposadr[second]) if second >= 0 else -1,
            int(model.jnt_dofadr[second]) if second >= 0 else -1,
            model.eq_data[index, :5].copy(),
        )
        for index, (first, second) in enumerate(zip(model.eq_obj1id, model.eq_obj2id, strict=True))
        if model.eq_type[index] == _JOINT_EQUALITY and model.eq_active0[index]
    )


def _follow(body: Body) -> None:
    """Set the dependent joints, which MuJoCo's kinematics leave alone, and the chain rule."""
    start, position = body.model.qpos0, body.data.qpos
    chain = body.chain
    chain[:] = np.eye(len(chain))
    powers = np.arange(5)
    for link in body.couplings:
        chain[link.dependent_dof] = 0.0
        moved = position[link.independent] - start[link.independent] if link.independent >= 0 else 0
        position[link.dependent] = start[link.dependent] + link.coefficients @ moved**powers
        if link.independent >= 0:
            slope = link.coefficients[1:] @ (powers[1:] * moved ** powers[:4])
            chain[link.dependent_dof, link.independent_dof] = slope


def _orientation(pitch: float, roll: float, yaw: float) -> np.ndarray:
    """Quaternion of pitch about the body's own axis, then roll, then yaw."""
    parts = ((1.0, 0.0, 0.0), pitch), ((0.0, -1.0, 0.0), roll), ((0.0, 0.0, 1.0), yaw)
    result = np.array([1.0, 0.0, 0.0, 0.0])
    for axis, angle in parts:
        turn, product = np.zeros(4), np.zeros(4)
        mujoco.mju_axisAngle2Quat(turn, np.array(axis), angle)
        mujoco.mju_mulQuat(product, turn, result)
        result = product
    return result


def _arm_bodies(model: mujoco.MjModel) -> list[int]:
    """Every body that hangs from the attachment of the arms."""
    root, found = model.body(_ARM_ROOT).id, []
    for index in range(model.nbody):
        above = index
        while above not in (0, root):
            above = model.body_parentid[above]
        if above == root:
            found.append(index)
    return found
