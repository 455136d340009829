"""The leg in three dimensions: its bones, its muscles as tubes, and what it says of one exercise.

Bones come from the tables ``leg_bone_vertices`` and ``leg_bone_faces``, muscles from
``leg_muscle_paths``: centrelines of 40 bundles with an elliptic cross-section. It is a right leg in
the neutral pose; up is +z, forward is -y, the subject's right is -x.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from spotcheck import tables
from spotcheck.muscles.story import GRADE_LABELS

UNITS_PER_MM: Final = 10
"""Coordinates are whole tenths of a millimetre: rounder ones would dent thin tendons."""

ALONG_TOP: Final = 250
"""Largest ``along`` of a mesh; the belly lies between :data:`BELLY`."""

BELLY: Final = (25, 225)
"""Where the belly begins and ends on the scale of ``along``; tendon is on both sides."""

DETAILS: Final = {"fine": (8, 20), "coarse": (6, 14)}
"""Corners around a tube and points along it, for one leg and for two."""

PROVENANCE: Final = (
    "Bones and muscle paths from MyoFullBody (musclemimic-models 1.0.6, Apache-2.0; leg after "
    "Rajagopal 2016, MIT; bones from OpenSim, CC BY 3.0), thinned out, smoothed and thickened by "
    "us; the shapes are a picture, not a measurement."
)
"""Source line of the leg."""

_OTHERS_DETAIL = (6, 12)
_DEEP = ("gluteus_minimus",)


@dataclass(frozen=True)
class Mesh:
    """Triangles of a surface.

    Attributes
    ----------
    points : ndarray of int16, shape (n, 3)
        Corners [0.1 mm]: to the subject's left, to the rear, up.
    faces : ndarray of uint8 or uint16, shape (m, 3)
        Places of their corners in ``points``.
    along : ndarray of uint8, shape (n,)
        Place along the muscle, 0 to :data:`ALONG_TOP`; empty for bones.
    """

    points: np.ndarray
    faces: np.ndarray
    along: np.ndarray


@cache
def leg_muscles() -> tuple[str, ...]:
    """Codes of the muscles that the leg shows and the matrix has, in the order of the table.

    Examples
    --------
    >>> len(leg_muscles()), leg_muscles()[0]
    (21, 'adductor_longus')
    """
    named = set(tables.load("leg_muscle_shapes")["muscle_id"].dropna())
    return tuple(str(code) for code in tables.load("muscles")["muscle_id"] if code in named)


@cache
def bones() -> Mesh:
    """All bones as one mesh.

    Examples
    --------
    >>> bones().points.dtype, bones().faces.shape[1]
    (dtype('int16'), 3)
    """
    vertices, faces = tables.load("leg_bone_vertices"), tables.load("leg_bone_faces")
    n_vertices = vertices.groupby("bone", sort=False).size()
    first = n_vertices.cumsum() - n_vertices
    corners = faces[["first", "second", "third"]].to_numpy()
    corners = corners + first.loc[faces["bone"]].to_numpy()[:, None]
    points = vertices[["x_mm", "y_mm", "z_mm"]].to_numpy() * UNITS_PER_MM
    return Mesh(points.round().astype(np.int16), _small(corners), np.empty(0, np.uint8))


@cache
def muscles(detail: str) -> dict[str, Mesh]:
    """Tubes of every muscle, by its code; those that the matrix does not have under ``""``.

    Parameters
    ----------
    detail : str
        One of :data:`DETAILS`.

    Raises
    ------
    ValueError
        If ``detail`` is not one of the allowed names.

    Examples
    --------
    >>> len(muscles("fine")), muscles("fine")["gracilis"].points.shape
    (22, (162, 3))
    """
    if detail not in DETAILS:
        raise ValueError(f"detail is {detail!r}; allowed are {', '.join(DETAILS)}.")
    shapes = tables.load("leg_muscle_shapes").sort_values("sequence")
    paths = dict(list(tables.load("leg_muscle_paths").groupby("bundle_id")))
    tubes: dict[str, list[Mesh]] = {code: [] for code in (*leg_muscles(), "")}
    for bundle, muscle in zip(shapes["bundle_id"], shapes["muscle_id"].fillna(""), strict=True):
        is_coarse = not muscle or muscle in _DEEP
        sides, points = _OTHERS_DETAIL if is_coarse else DETAILS[detail]
        tubes[muscle].append(tube(paths[bundle], sides, points))
    return {code: _joined(own) for code, own in tubes.items()}


def tube(path: pd.DataFrame, sides: int, n_points: int) -> Mesh:
    """Closed tube around a centreline, its cross-sections ellipses.

    Parameters
    ----------
    path : DataFrame
        Rows of ``leg_muscle_paths`` of one bundle, in order.
    sides : int
        Corners of each cross-section.
    n_points : int
        Number of cross-sections.

    Returns
    -------
    Mesh
        ``n_points * sides + 2`` points and ``2 * n_points * sides`` faces.
    """
    columns = [
        "x_mm", "y_mm", "z_mm", "outward_x", "outward_y", "outward_z",
        "half_width_mm", "half_thickness_mm", "along_belly",
    ]  # fmt: skip
    rows = path[columns].to_numpy(float)
    at = np.linspace(0, len(rows) - 1, n_points)
    rows = np.column_stack([np.interp(at, range(len(rows)), column) for column in rows.T])
    centre, outward, width, thickness = rows[:, :3], rows[:, 3:6], rows[:, 6], rows[:, 7]
    tangent = _unit(np.gradient(centre, axis=0))
    outward = _unit(outward - (outward * tangent).sum(1, keepdims=True) * tangent)
    across = np.cross(tangent, outward)
    turn = 2 * np.pi * np.arange(sides) / sides
    ring = (
        centre[:, None]
        + np.cos(turn)[None, :, None] * (thickness[:, None] * outward)[:, None]
        + np.sin(turn)[None, :, None] * (width[:, None] * across)[:, None]
    )
    points = np.vstack([ring.reshape(-1, 3), centre[:1], centre[-1:]])
    along = BELLY[0] + rows[:, 8] * (BELLY[1] - BELLY[0])
    along = np.r_[np.repeat(along, sides), along[0], along[-1]].clip(0, ALONG_TOP)
    return Mesh(
        (points * UNITS_PER_MM).round().astype(np.int16),
        _tube_faces(sides, n_points),
        along.round().astype(np.uint8),
    )


def leg_cells(
    cells: pd.DataFrame,
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    exercise_id: str,
    *,
    lens: str,
) -> pd.DataFrame:
    """What the leg says of one exercise: the cells of the matrix, muscle by muscle.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix` for one lens, with ``brief``, what they say in
        short (:func:`spotcheck.muscles.story.brief_texts`).
    exercises, muscles : DataFrame
        The tables of these names.
    exercise_id : str
        The exercise.
    lens : str
        The lens; beside ``role``, a muscle without a number is said to be not measured.

    Returns
    -------
    DataFrame
        One row a muscle of :func:`leg_muscles`, in their order, with the columns of ``cells`` and
        the names ``muscle``, ``exercise`` and ``short_name``; ``text`` has the names of the
        exercise and of the muscle, what the cell says, and how good the evidence is.

    Raises
    ------
    ValueError
        If the exercise has no cells.
    """
    own = cells[cells["exercise_id"].eq(exercise_id) & cells["muscle_id"].isin(leg_muscles())]
    if own.empty:
        raise ValueError(f"exercise is {exercise_id!r}; allowed are those of the table exercises.")
    exercise = exercises.set_index("exercise_id").loc[exercise_id]
    rows = own.set_index("muscle_id").loc[list(leg_muscles())].reset_index()
    names = rows["muscle_id"].map(muscles.set_index("muscle_id")["name"])
    number = ("<br>Number: " + rows["grade"].map(GRADE_LABELS)).where(
        ~rows["no_data"], "" if lens == "role" else "<br>Not measured, which is not zero"
    )
    role = "<br>Role: expert role" if lens == "role" else ""
    heading = f"<b>{exercise['name']}</b><br><b>" + names + "</b><br>"
    text = heading + rows["brief"] + role + number
    return rows.assign(
        muscle=names, exercise=exercise["name"], short_name=exercise["short_name"], text=text
    )


@cache
def _tube_faces(sides: int, n_points: int) -> np.ndarray:
    """Faces of a tube whose rings lie one after the other, the two ends last."""
    ring, side = np.divmod(np.arange((n_points - 1) * sides), sides)
    here, beside = ring * sides + side, ring * sides + (side + 1) % sides
    walls = np.column_stack([here, here + sides, beside, beside, here + sides, beside + sides])
    start, end = n_points * sides, n_points * sides + 1
    edge = np.arange(sides)
    after = (edge + 1) % sides
    last = (n_points - 1) * sides
    caps = [
        np.column_stack([np.full(sides, start), edge, after]),
        np.column_stack([np.full(sides, end), last + after, last + edge]),
    ]
    return np.vstack([walls.reshape(-1, 3), *caps])[:, ::-1]


def _joined(meshes: list[Mesh]) -> Mesh:
    """Meshes as one."""
    first = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    return Mesh(
        np.vstack([mesh.points for mesh in meshes]),
        _small(np.vstack([mesh.faces + start for mesh, start in zip(meshes, first, strict=True)])),
        np.concatenate([mesh.along for mesh in meshes]),
    )


def _small(places: np.ndarray) -> np.ndarray:
    """Places in the smallest type that holds them."""
    return places.astype(np.min_scalar_type(int(places.max())))


def _unit(vectors: np.ndarray) -> np.ndarray:
    unit: np.ndarray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
