"""The body drawing: its outlines, ready to fill, and what it says of one exercise.

The outlines are the tables ``body_regions`` and ``body_region_labels``: our own schematic drawing
in per cent of body height, front and back, each with the muscles on the surface and with those
beneath them. A muscle can be seen in several views; its two sides always say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import pandas as pd

from spotcheck import tables

LAYERS: Final = {"surface": ("front", "back"), "deep": ("front_deep", "back_deep")}
"""Views of each layer, front first."""

HALF_WIDTH: Final = {False: 11.3, True: 19.0}
"""Half of the width shown [% of body height], for hips and legs and for the whole body."""

FLOOR: Final = -0.8
"""Lowest height shown [% of body height]."""

TOP: Final = {False: 60.0, True: 101.5}
"""Greatest height shown [% of body height], for hips and legs and for the whole body."""

SCHEMATIC: Final = (
    "Schematic: shapes drawn by us, both sides alike; proportions checked against the MyoFullBody "
    "model (Apache-2.0)."
)
"""Source line of the drawing."""

Outline = tuple[tuple[float | None, ...], tuple[float | None, ...]]
"""Abscissas and ordinates of closed curves [% of body height], None between two curves."""

_CONTEXT_LAYERS = {"body": 0, "head": 1, "bones": 2, "context": 3}
_MUSCLES = 4
# What lies beyond the picture needs no points; this far beyond, rounded corners stay unseen.
_MARGIN = 3.0
# A label needs its room over most of its own height: so far up and down [% of body height].
_HALF_LINE = 0.35


@dataclass(frozen=True)
class Anchor:
    """Point inside a muscle for its label and for taps.

    Attributes
    ----------
    x, y : float
        Place [% of body height].
    room : float
        Width that a line of text can take there [% of body height].
    """

    x: float
    y: float
    room: float


@dataclass(frozen=True)
class View:
    """One view of the body, cut to what the picture shows.

    Attributes
    ----------
    name : str
        front, back, front_deep or back_deep.
    body, head, bones, context : Outline
        What stands around the muscles; bones are only in the deep views.
    muscles : dict of str to Outline
        Both sides and all parts of each muscle.
    anchors : dict of str to tuple of Anchor
        Of each muscle, first the one at the viewer's right.
    """

    name: str
    body: Outline
    head: Outline
    bones: Outline
    context: Outline
    muscles: dict[str, Outline]
    anchors: dict[str, tuple[Anchor, ...]]


def views_of(layer: str, *, whole: bool) -> tuple[View, View]:
    """Front and back of the body.

    Parameters
    ----------
    layer : str
        One of :data:`LAYERS`.
    whole : bool
        The whole body; else hips and legs.

    Raises
    ------
    ValueError
        If ``layer`` is not one of the allowed names.

    Examples
    --------
    >>> front, back = views_of("surface", whole=False)
    >>> "rectus_femoris" in front.muscles, "rectus_femoris" in back.muscles
    (True, False)
    """
    if layer not in LAYERS:
        raise ValueError(f"layer is {layer!r}; allowed are {', '.join(LAYERS)}.")
    front, back = LAYERS[layer]
    return _view(front, whole), _view(back, whole)


def muscles_seen(layer: str, *, whole: bool) -> tuple[str, ...]:
    """Codes of the muscles that a picture shows, those of the front first.

    Parameters
    ----------
    layer, whole
        As in :func:`views_of`.

    Examples
    --------
    >>> "vastus_intermedius" in muscles_seen("surface", whole=True)
    False
    >>> "vastus_intermedius" in muscles_seen("deep", whole=False)
    True
    """
    names = (muscle for view in views_of(layer, whole=whole) for muscle in view.muscles)
    return tuple(dict.fromkeys(names))


def body_cells(
    cells: pd.DataFrame, exercises: pd.DataFrame, muscles: pd.DataFrame, exercise_id: str
) -> pd.DataFrame:
    """What the drawing says of one exercise: the cells of the matrix, muscle by muscle and view.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix` for one lens, with ``text``, what the hover of the
        matrix says (:func:`spotcheck.muscles.story.hover_texts`).
    exercises, muscles : DataFrame
        The tables of these names.
    exercise_id : str
        The exercise.

    Returns
    -------
    DataFrame
        One row a view and muscle: ``view``, ``muscle_id``, ``muscle``, ``exercise_id``,
        ``exercise``, ``muscle_sequence``, ``exercise_sequence``, ``role``, ``value``, ``label``,
        ``metric``, ``unit``, ``grade``, ``no_data`` (true where nothing was measured in this lens,
        which is not zero) and ``text``, with the names of the exercise and the muscle on top.

    Raises
    ------
    ValueError
        If the exercise has no cells.
    """
    own = cells[cells["exercise_id"].eq(exercise_id)]
    if own.empty:
        raise ValueError(f"exercise is {exercise_id!r}; allowed are those of the table exercises.")
    exercise = exercises.set_index("exercise_id").loc[exercise_id]
    named = muscles[["muscle_id", "name", "sequence"]]
    rows = _muscles_of_views().merge(own, on="muscle_id").merge(named, on="muscle_id")
    rows = rows.rename(columns={"name": "muscle", "sequence": "muscle_sequence"}).assign(
        exercise=exercise["name"], exercise_sequence=int(exercise["sequence"])
    )
    rows["text"] = f"<b>{exercise['name']}</b><br><b>" + rows["muscle"] + "</b><br>" + rows["text"]
    columns = [
        "view", "muscle_id", "muscle", "exercise_id", "exercise", "muscle_sequence",
        "exercise_sequence", "role", "value", "label", "metric", "unit", "grade", "no_data", "text",
    ]  # fmt: skip
    return rows[columns]


@cache
def _muscles_of_views() -> pd.DataFrame:
    drawn = tables.load("body_regions")
    return drawn.loc[drawn["layer"].eq(_MUSCLES), ["view", "muscle_id"]].drop_duplicates()


@cache
def _view(name: str, whole: bool) -> View:
    drawn = tables.load("body_regions")
    drawn = drawn[drawn["view"].eq(name)]
    top = TOP[whole] + _MARGIN
    curves: dict[tuple[int, str | None], list[list[tuple[float, float]]]] = {}
    for (layer, _, _), rows in drawn.groupby(["layer", "region_id", "side"], sort=False):
        points = _below(list(zip(rows["x"].tolist(), rows["y"].tolist(), strict=True)), top)
        if points:
            muscle = rows["muscle_id"].iloc[0] if layer == _MUSCLES else None
            curves.setdefault((layer, muscle), []).append(points)
    anchors = _anchors(name, curves, whole=whole)
    return View(
        name,
        **{part: _joined(curves.get((layer, None), [])) for part, layer in _CONTEXT_LAYERS.items()},
        muscles={muscle: _joined(curves[_MUSCLES, muscle]) for muscle in anchors},
        anchors=anchors,
    )


def _anchors(
    name: str,
    curves: dict[tuple[int, str | None], list[list[tuple[float, float]]]],
    *,
    whole: bool,
) -> dict[str, tuple[Anchor, ...]]:
    """Anchors within the picture; a muscle without one is not shown."""
    rows = tables.load("body_region_labels")
    rows = rows[rows["view"].eq(name) & rows["y"].lt(TOP[whole] - 1)].sort_values(
        "x", ascending=False
    )
    return {
        muscle: tuple(
            Anchor(x, y, _room(curves[_MUSCLES, muscle], x, y))
            for x, y in zip(own["x"].tolist(), own["y"].tolist(), strict=True)
        )
        for muscle, own in rows.groupby("muscle_id", sort=False)
    }


def _below(points: list[tuple[float, float]], top: float) -> list[tuple[float, float]]:
    """Part of a closed curve under a height; nothing when all of it is above.

    Examples
    --------
    >>> _below([(0.0, 0.0), (4.0, 0.0), (4.0, 8.0), (0.0, 8.0)], 4)
    [(0.0, 4.0), (0.0, 0.0), (4.0, 0.0), (4.0, 4.0)]
    """
    kept = []
    for (x0, y0), (x1, y1) in zip([points[-1], *points[:-1]], points, strict=True):
        if (y0 <= top) != (y1 <= top):
            kept.append((round(x0 + (x1 - x0) * (top - y0) / (y1 - y0), 2), float(top)))
        if y1 <= top:
            kept.append((x1, y1))
    return kept


def _joined(curves: Sequence[Sequence[tuple[float, float]]]) -> Outline:
    """Closed curves as one outline."""
    x: list[float | None] = []
    y: list[float | None] = []
    for curve in curves:
        for end_x, end_y in (*curve, curve[0]):
            x.append(end_x)
            y.append(end_y)
        x.append(None)
        y.append(None)
    return tuple(x[:-1]), tuple(y[:-1])


def _room(curves: Sequence[Sequence[tuple[float, float]]], x: float, y: float) -> float:
    """Width that a line of text centred on a point can take inside one of the curves.

    Examples
    --------
    >>> _room([[(0.0, 0.0), (3.0, 0.0), (3.0, 9.0), (0.0, 9.0)]], 1.0, 5.0)
    2.0
    """
    room = 0.0
    for curve in curves:
        chords = [_chord(curve, x, y + step) for step in (-_HALF_LINE, 0.0, _HALF_LINE)]
        room = max(room, 2 * min(min(x - low, high - x) for low, high in chords))
    return room


def _chord(curve: Sequence[tuple[float, float]], x: float, y: float) -> tuple[float, float]:
    """Ends of the horizontal line through a point inside a curve; the point itself if outside."""
    crossings = sorted(
        x0 + (x1 - x0) * (y - y0) / (y1 - y0)
        for (x0, y0), (x1, y1) in pairwise((*curve, curve[0]))
        if (y0 <= y) != (y1 <= y)
    )
    for low, high in zip(crossings[::2], crossings[1::2], strict=True):
        if low <= x <= high:
            return low, high
    return x, x
