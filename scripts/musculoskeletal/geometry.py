"""The leg to look at: bones of the model as small meshes, muscles as centrelines with thickness.

Muscles keep the model's path, unless ``leg_muscle_guides`` draws its centreline by hand: the model
needs only the right moment arms, so some of its straight lines run through bone, and the vasti
start at mid-shaft. Thickness comes from the volumes in ``leg_muscle_shapes``. All of it is for
the eye; the statics use the model's own paths.

Lengths are in millimetres; up is +z, forward is -y, the subject's right is -x.
"""

from __future__ import annotations

from pathlib import Path

import fast_simplification
import mujoco
import numpy as np
import pandas as pd
import trimesh
import trimesh.smoothing
from scipy.integrate import trapezoid
from scipy.interpolate import PchipInterpolator

from scripts.musculoskeletal.model import Body, tendon_path

DATA = Path(__file__).resolve().parents[2] / "data"

# Mesh of the package and number of faces to keep. Nothing of the arms and hands is taken; the
# other half of the pelvis is left out, because it would hide the inner thigh.
BONES = {
    "lumbar_3": ("lumbar3_geom_1_lumbar3", 230),
    "lumbar_4": ("lumbar4_geom_1_lumbar4", 230),
    "lumbar_5": ("lumbar5_geom_1_lumbar5", 230),
    "sacrum": ("sacrum_geom_1_sacrum", 330),
    "pelvis": ("r_pelvis", 700),
    "femur": ("r_femur", 800),
    "patella": ("r_patella", 130),
    "tibia": ("r_tibia", 440),
    "fibula": ("r_fibula", 240),
    "talus": ("r_talus", 170),
    "foot": ("r_foot", 680),
    "toes": ("r_bofoot", 520),
}
# These have few vertices: they are rounded on a finer mesh, which is then thinned out again.
SMOOTHED = {"pelvis", "femur", "patella", "tibia", "fibula", "sacrum"}

_MOST_MOVED_MM = 5.0

N_POINTS = 22
_ROUNDNESS = 0.62
_FINE = 400
_LIMB_AXIS = np.array(
    [(-102, 156, 921), (-128, 141, 740), (-112, 138, 600), (-101, 152, 510), (-108, 164, 300),
     (-101, 160, 117), (-100, 100, 60)],
    dtype=float,
)  # fmt: skip


def write(body: Body, folder: Path) -> None:
    """Write the tables of bones and of muscle paths.

    Parameters
    ----------
    body
        In the neutral pose.
    folder
        Where the tables go.
    """
    vertices, faces = bone_tables(body)
    paths = muscle_paths(
        body,
        pd.read_csv(DATA / "leg_muscle_shapes.csv"),
        pd.read_csv(DATA / "leg_muscle_guides.csv"),
    )
    for name, table in (
        ("leg_bone_vertices", vertices),
        ("leg_bone_faces", faces),
        ("leg_muscle_paths", paths),
    ):
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def bone_tables(body: Body) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Vertices and faces of every bone, numbered from 0 within the bone.

    Returns
    -------
    vertices : DataFrame
        ``bone``, ``vertex``, ``x_mm``, ``y_mm``, ``z_mm``.
    faces : DataFrame
        ``bone``, ``face`` and its corners ``first``, ``second``, ``third``, outside in front.
    """
    vertices, faces = [], []
    for bone, (name, n_faces) in BONES.items():
        mesh = _mesh(body, name)
        if bone in SMOOTHED:
            mesh = _rounded(mesh)
        points, corners = fast_simplification.simplify(
            mesh.vertices.astype(np.float32),
            mesh.faces.astype(np.int32),
            target_reduction=max(0.0, 1 - n_faces / len(mesh.faces)),
        )
        vertices.append(
            pd.DataFrame(points.round().astype(int), columns=["x_mm", "y_mm", "z_mm"]).assign(
                bone=bone, vertex=range(len(points))
            )
        )
        faces.append(
            pd.DataFrame(corners, columns=["first", "second", "third"]).assign(
                bone=bone, face=range(len(corners))
            )
        )
    return (
        pd.concat(vertices)[["bone", "vertex", "x_mm", "y_mm", "z_mm"]],
        pd.concat(faces)[["bone", "face", "first", "second", "third"]],
    )


def _rounded(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Mesh with four faces for each, its corners rounded off by a few millimetres at most."""
    fine = mesh.subdivide()
    smooth = trimesh.smoothing.filter_taubin(fine.copy(), iterations=10)
    # Two of the meshes have open edges, where this filter runs away.
    moved = smooth.vertices - fine.vertices
    far = np.linalg.norm(moved, axis=1, keepdims=True)
    kept = np.where(far > _MOST_MOVED_MM, 0.0, moved)
    return trimesh.Trimesh(fine.vertices + kept, fine.faces, process=False)


def muscle_paths(body: Body, shapes: pd.DataFrame, guides: pd.DataFrame) -> pd.DataFrame:
    """Centreline, thickness and outward direction of every bundle.

    Parameters
    ----------
    body
        In the neutral pose.
    shapes, guides
        The tables ``leg_muscle_shapes`` and ``leg_muscle_guides``.

    Returns
    -------
    DataFrame
        One row a bundle and point, evenly spaced from origin to insertion: ``x_mm``, ``y_mm``,
        ``z_mm``; ``half_width_mm`` along the surface of the limb and ``half_thickness_mm`` across
        it; the unit vector ``outward_x``, ``outward_y``, ``outward_z`` across it; ``along_belly``,
        0 where the belly begins and 1 where it ends.
    """
    drawn = {
        bundle: rows.sort_values("point")[["x_mm", "y_mm", "z_mm"]].to_numpy(float)
        for bundle, rows in guides.groupby("bundle_id")
    }
    tables = []
    for shape in shapes.sort_values("sequence").itertuples():
        line = drawn.get(shape.bundle_id)
        if line is None:
            line = 1000 * tendon_path(body, f"{shape.bundle_id}_r")
        tables.append(_path(shape, line))
    return pd.concat(tables)


def _path(shape: tuple, line: np.ndarray) -> pd.DataFrame:
    """Rows of one bundle."""
    curve, length_mm = _even(line, _FINE)
    at = np.linspace(0, 1, _FINE)
    along = (at - shape.belly_start) / (shape.belly_end - shape.belly_start)
    profile = _profile(along, shape.thickest_at)
    filled = trapezoid(profile**2, at) * length_mm
    most = np.sqrt(1000 * shape.volume_cm3 / (np.pi * filled))
    radius = shape.tendon_mm + np.clip(most - shape.tendon_mm, 0, None) * profile
    places = _places(shape, length_mm)
    outward = _outward(shape, curve)
    columns = {
        "x_mm": curve[:, 0],
        "y_mm": curve[:, 1],
        "z_mm": curve[:, 2],
        "half_width_mm": radius * np.sqrt(shape.flatness),
        "half_thickness_mm": radius / np.sqrt(shape.flatness),
        "outward_x": outward[:, 0],
        "outward_y": outward[:, 1],
        "outward_z": outward[:, 2],
        "along_belly": along,
    }
    sampled = pd.DataFrame(
        {
            name: np.interp(places, at, values).round(1 if name.endswith("mm") else 3)
            for name, values in columns.items()
        }
    )
    sampled.insert(0, "point", range(1, len(sampled) + 1))
    sampled.insert(0, "bundle_id", shape.bundle_id)
    return sampled


def _places(shape: tuple, length_mm: float) -> np.ndarray:
    """Shares of the length where points stand: more of them in the belly than in the tendon."""
    at = np.linspace(0, 1, _FINE)
    is_belly = (at > shape.belly_start) & (at < shape.belly_end)
    passed = np.cumsum(np.where(is_belly, 1.6, 1.0))
    return np.interp(np.linspace(passed[0], passed[-1], N_POINTS), passed, at)


def _profile(along: np.ndarray, thickest_at: float) -> np.ndarray:
    """Thickness along the belly as a share of its greatest, 0 in the tendons."""
    skew = np.log(0.5) / np.log(thickest_at)
    return np.sin(np.pi * np.clip(along, 0, 1) ** skew).clip(0) ** _ROUNDNESS


def _even(line: np.ndarray, n_points: int) -> tuple[np.ndarray, float]:
    """Smooth curve through points at even steps of length, and its length."""
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    line, steps = line[np.r_[True, steps > 0.5]], steps[steps > 0.5]
    at = np.r_[0, np.cumsum(steps)]
    fine = PchipInterpolator(at, line)(np.linspace(0, at[-1], 4 * n_points))
    passed = np.r_[0, np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))]
    even = np.linspace(0, passed[-1], n_points)
    return np.column_stack([np.interp(even, passed, one) for one in fine.T]), passed[-1]


def _outward(shape: tuple, curve: np.ndarray) -> np.ndarray:
    """Unit vectors across the muscle: as the table says, else away from the axis of the limb."""
    tangent = np.gradient(curve, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    if np.isnan(shape.outward_x):
        axis = _LIMB_AXIS[::-1]
        centre = np.column_stack(
            [np.interp(curve[:, 2], axis[:, 2], axis[:, column]) for column in (0, 1)]
        )
        outward = np.column_stack([curve[:, :2] - centre, np.zeros(len(curve))])
    else:
        outward = np.tile([shape.outward_x, shape.outward_y, shape.outward_z], (len(curve), 1))
    outward -= (outward * tangent).sum(1, keepdims=True) * tangent
    return outward / np.linalg.norm(outward, axis=1, keepdims=True)


def _mesh(body: Body, name: str) -> trimesh.Trimesh:
    """Mesh of the model in the world [mm]."""
    model, data = body.model, body.data
    mesh = model.mesh(name).id
    is_geom = (model.geom_type == mujoco.mjtGeom.mjGEOM_MESH) & (model.geom_dataid == mesh)
    geom = int(np.flatnonzero(is_geom)[0])
    start, count = model.mesh_vertadr[mesh], model.mesh_vertnum[mesh]
    points = model.mesh_vert[start : start + count] @ data.geom_xmat[geom].reshape(3, 3).T
    first, n_faces = model.mesh_faceadr[mesh], model.mesh_facenum[mesh]
    return trimesh.Trimesh(
        1000 * (points + data.geom_xpos[geom]),
        model.mesh_face[first : first + n_faces],
        process=True,
    )
