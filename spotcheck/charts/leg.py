"""Picture of the leg in three dimensions, which a reader can turn.

``leg([leg_cells(cells, exercises, muscles, "running_easy")], LIGHT, narrow=False)``
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.body_map import colour_key, fill_of
from spotcheck.charts.theme import Theme, draw, mixed
from spotcheck.muscles.estimates import METRIC
from spotcheck.muscles.leg import ALONG_TOP, BELLY, UNITS_PER_MM, Mesh, bones, muscles

SIDES: Final = {"front": "Front", "back": "Back", "inner": "Inner thigh", "outer": "Outer side"}
"""Where the reader looks from."""

HEIGHT_PX: Final = {False: 720, True: 560}
"""Height of the picture, for a wide screen and for a phone."""

# Bearing of the reader around the leg, from the front towards the inner side [degrees]. Two legs
# stand on a line to which all four are oblique, so that neither hides the other.
_BEARINGS = {
    False: {"front": 8, "back": 180, "inner": 78, "outer": 262},
    True: {"front": 20, "back": 200, "inner": 70, "outer": 250},
}
_APART_MM = 300
_SIZE_MM = 1230
_MIDDLE_MM = (-95, 150, 610)
_NAMES_MM = 1225
_DISTANCE = {False: 1.18, True: 1.3}
_LIGHTING = {"ambient": 0.62, "diffuse": 0.55, "specular": 0.12, "roughness": 0.7, "fresnel": 0.05}
_N_STRIPES = 5
_ROW_PX = 36
_MOST_LETTERS = 48
_NO_BUTTONS = [
    *("zoom3d", "pan3d", "orbitRotation", "tableRotation", "hoverClosest3d"),
    *("resetCameraLastSave3d", "resetCameraDefault3d"),
]


def leg(
    exercises: Sequence[pd.DataFrame],
    theme: Theme,
    *,
    side: str = "front",
    pair: bool = False,
    shown: int = 0,
    narrow: bool,
    metric: str | None = None,
    top: float = 100,
) -> go.Figure:
    """Leg whose muscles have the colours of their cells in the matrix.

    With several exercises the figure carries the colours of all of them, and buttons of its own
    that change the leg, or the second of two legs, without a word from the server.

    Parameters
    ----------
    exercises : sequence of DataFrame
        Results of :func:`spotcheck.muscles.leg.leg_cells`.
    theme : Theme
        Colours.
    side : str, default "front"
        One of :data:`SIDES`.
    pair : bool, default False
        Two legs: the first shows the first exercise, the second the chosen one of the others.
    shown : int, default 0
        Place of the exercise on the leg, or on the second of two legs.
    narrow : bool
        Lay it out for a phone.
    metric, top
        As in :func:`spotcheck.charts.body_map.body_map`. Banded muscles were not measured.

    Raises
    ------
    ValueError
        If ``side`` is not one of the allowed names, ``pair`` has one exercise, or ``shown`` is not
        the place of an exercise that the leg can show.
    """
    choices = range(1 if pair else 0, len(exercises))
    if side not in SIDES:
        raise ValueError(f"side is {side!r}; allowed are {', '.join(SIDES)}.")
    if shown not in choices:
        allowed = ", ".join(map(str, choices)) or "none: two legs need two exercises"
        raise ValueError(f"shown is {shown!r}; allowed are {allowed}.")
    looks = [_looks(rows, theme, metric=metric, top=top) for rows in exercises]
    names = [str(rows["short_name"].iloc[0]) for rows in exercises]
    legs = [0, shown] if pair else [shown]
    traces = []
    for place, one in enumerate(legs):
        traces += _leg(looks[one], theme, side=side, pair=pair, place=place)
    n_meshes, n_coloured = len(traces), len(looks[0])
    traces.append(colour_key(theme, metric=metric, top=top))
    has_others = metric is not None and any(
        (rows["metric"].notna() & rows["metric"].ne(metric)).any() for rows in exercises
    )
    buttons = [_side_buttons(pair=pair, meshes=list(range(n_meshes)))]
    if len(choices) > 1:
        labels = exercise_labels(names, narrow=narrow)
        changed = list(range(n_meshes - n_coloured, n_meshes))
        buttons.append(
            [
                {
                    "label": labels[place],
                    **_recoloured(looks[place], names, place, changed, pair=pair),
                }
                for place in choices
            ]
        )
    n_rows = len(buttons)
    return draw(
        traces,
        theme,
        height=HEIGHT_PX[narrow] + _ROW_PX * (n_rows - 1),
        unit="" if pair else names[shown],
        margin={"l": 0, "r": 0, "t": 40 + _ROW_PX * n_rows, "b": 44},
        scene=_scene(theme, side=side, names=_numbered(names, legs) if pair else []),
        updatemenus=[
            _menu(theme, row, below=n_rows - 1 - place) for place, row in enumerate(buttons)
        ],
        annotations=_key_words(theme, metric=metric, has_others=has_others),
        # The colour key needs axes; a corner of the picture is enough for them.
        xaxis={"visible": False, "domain": [0, 0.01]},
        yaxis={"visible": False, "domain": [0, 0.01]},
        modebar={
            "bgcolor": "rgba(0,0,0,0)",
            "color": theme.muted,
            "activecolor": theme.accent,
            "remove": _NO_BUTTONS,
        },
    )


def exercise_labels(names: Sequence[str], *, narrow: bool) -> list[str]:
    """Labels of the figure's buttons for exercises: their numbers, with names where these fit.

    Parameters
    ----------
    names : sequence of str
        Short names, in the order chosen.
    narrow : bool
        Whether the figure is laid out for a phone.

    Examples
    --------
    >>> exercise_labels(["Easy run", "Deadlift"], narrow=False)
    ['1 Easy run', '2 Deadlift']
    >>> exercise_labels(["Easy run", "Deadlift"], narrow=True)
    ['1', '2']
    """
    fits = not narrow and sum(len(name) for name in names) <= _MOST_LETTERS
    return [f"{place} {name}" if fits else str(place) for place, name in enumerate(names, 1)]


def _looks(
    rows: pd.DataFrame, theme: Theme, *, metric: str | None, top: float
) -> list[tuple[list[list[Any]], str]]:
    """Colour scale and hover of each muscle of one exercise."""
    return [
        (
            belly_scale(fill_of(row, theme, metric=metric, top=top), theme),
            row["text"] + "<extra></extra>",
        )
        for row in rows.to_dict("records")
    ]


def belly_scale(fill: str | None, theme: Theme) -> list[list[Any]]:
    """Colour scale along a muscle: tendon, belly, tendon; bands where nothing was measured.

    Parameters
    ----------
    fill : str or None
        Colour of the belly; None for a belly in bands.
    theme : Theme
        Colours.

    Examples
    --------
    >>> from spotcheck.charts.theme import LIGHT
    >>> [colour for _, colour in belly_scale("#C24025", LIGHT)][2:-2]
    ['#C24025', '#C24025']
    """
    start, end = (place / ALONG_TOP for place in BELLY)
    sinew, blend = _sinew(theme), 0.03
    ends = [[0, sinew], [start, sinew]], [[end, sinew], [1, sinew]]
    if fill is not None:
        return [*ends[0], [start + blend, fill], [end - blend, fill], *ends[1]]
    pale, dark = (mixed(theme.panel, theme.hairline, share) for share in (0.1, 0.45))
    step = (end - start - 2 * blend) / (2 * _N_STRIPES)
    bands = [
        [round(start + blend + place * step, 3), dark if place % 2 else pale]
        for place in range(2 * _N_STRIPES + 1)
    ]
    return [*ends[0], *bands, *ends[1]]


def _sinew(theme: Theme) -> str:
    """Colour of tendons and bones."""
    return "#D6CDBB" if theme.name == "light" else "#A39C8E"


def _key_words(theme: Theme, *, metric: str | None, has_others: bool) -> list[dict[str, Any]]:
    """What the colour key cannot show: bands, and grey where a value is on another scale."""
    if metric is None:
        return []
    other = f"<span style='color:{theme.neutral_bar}'>■</span> other scale<br>" * has_others
    return [
        {
            "text": f"{other}▤ {'neither' if metric == METRIC else 'not measured'}",
            "xref": "paper", "yref": "paper", "x": 1, "y": 0, "xanchor": "right", "yanchor": "top",
            "yshift": -6, "align": "left", "showarrow": False,
            "font": {"size": 12, "color": theme.muted},
        }
    ]  # fmt: skip


def _detail(pair: bool) -> str:
    return "coarse" if pair else "fine"


def _leg(
    looks: list[tuple[list[list[Any]], str]],
    theme: Theme,
    *,
    side: str,
    pair: bool,
    place: int,
) -> list[dict[str, Any]]:
    """Bones, muscles that the matrix does not have, then those that it has."""
    common = {
        "type": "mesh3d",
        "lighting": _LIGHTING,
        "lightposition": _light(_BEARINGS[pair][side]),
        "showscale": False,
    }
    meshes = dict(muscles(_detail(pair)))
    others = meshes.pop("")
    along = {"cmin": 0, "cmax": ALONG_TOP}
    quiet = belly_scale(mixed(theme.paper, theme.hairline, 0.35), theme)
    return [
        {**common, **_mesh(bones(), place), "color": _sinew(theme), "hoverinfo": "skip"},
        {
            **common, **_mesh(others, place), **along, "colorscale": quiet, "hovertemplate":
            "<b>Other muscle</b><br>not a column of the matrix<extra></extra>",
        },
        *(
            {**common, **_mesh(mesh, place), **along, "colorscale": scale, "hovertemplate": text}
            for mesh, (scale, text) in zip(meshes.values(), looks, strict=True)
        ),
    ]  # fmt: skip


def _mesh(mesh: Mesh, place: int) -> dict[str, Any]:
    """Triangles as Plotly names them; the second leg stands beside the first."""
    x, y, z = mesh.points.T
    if place:
        step = round(_APART_MM * UNITS_PER_MM / 2**0.5)
        x, y = x + x.dtype.type(step), y + y.dtype.type(step)
    i, j, k = mesh.faces.T
    shape = {"x": x, "y": y, "z": z, "i": i, "j": j, "k": k}
    return {**shape, "intensity": mesh.along} if mesh.along.size else shape


def _numbered(names: list[str], legs: list[int]) -> list[str]:
    return [f"{one + 1} {names[one]}" for one in legs]


def _scene(theme: Theme, *, side: str, names: list[str]) -> dict[str, Any]:
    """Scene around one leg, or around two with their names under them."""
    half, pair = _SIZE_MM / 2, bool(names)
    step = _APART_MM / 2**0.5 / 2 if pair else 0
    middle = (_MIDDLE_MM[0] + step, _MIDDLE_MM[1] + step, _MIDDLE_MM[2])
    axes = {
        f"{name}axis": {
            "visible": False,
            "showspikes": False,
            "autorange": False,
            "range": [UNITS_PER_MM * (at - half), UNITS_PER_MM * (at + half)],
        }
        for name, at in zip("xyz", middle, strict=True)
    }
    return {
        **axes,
        "bgcolor": theme.paper,
        "aspectmode": "cube",
        "dragmode": "turntable",
        "camera": _camera(side, pair=pair),
        "annotations": [_name(text, place, theme) for place, text in enumerate(names)],
        "uirevision": "leg",
    }


def _name(text: str, place: int, theme: Theme) -> dict[str, Any]:
    step = place * _APART_MM / 2**0.5
    return {
        "text": text,
        "x": UNITS_PER_MM * (_MIDDLE_MM[0] + step),
        "y": UNITS_PER_MM * (_MIDDLE_MM[1] + step),
        "z": UNITS_PER_MM * _NAMES_MM,
        "showarrow": False,
        "font": {"size": 12, "color": theme.ink},
    }


def _camera(side: str, *, pair: bool) -> dict[str, Any]:
    x, y = _direction(_BEARINGS[pair][side])
    far = _DISTANCE[pair]
    return {
        "eye": {"x": round(far * x, 4), "y": round(far * y, 4), "z": 0.02},
        "up": {"x": 0, "y": 0, "z": 1},
        "center": {"x": 0, "y": 0, "z": 0},
        "projection": {"type": "perspective"},
    }


def _light(bearing: float) -> dict[str, float]:
    """Lamp over the reader's left shoulder; Plotly's stands still while the reader walks."""
    x, y = _direction(bearing - 35)
    return {"x": round(60_000 * x), "y": round(60_000 * y), "z": 45_000}


def _direction(bearing: float) -> tuple[float, float]:
    """Direction of a bearing: 0 is in front (-y), 90 on the inner side of a right leg (+x).

    Examples
    --------
    >>> [round(abs(one), 6) for one in _direction(90)]
    [1.0, 0.0]
    """
    return sin(radians(bearing)), -cos(radians(bearing))


def _side_buttons(*, pair: bool, meshes: list[int]) -> list[dict[str, Any]]:
    """Where to look from; the lamp moves along."""
    return [
        {
            "label": label,
            "method": "update",
            "args": [
                {f"lightposition.{axis}": at for axis, at in _light(_BEARINGS[pair][code]).items()},
                {"scene.camera": _camera(code, pair=pair)},
                meshes,
            ],
        }
        for code, label in SIDES.items()
    ]


def _recoloured(
    looks: list[tuple[list[list[Any]], str]],
    names: list[str],
    place: int,
    changed: list[int],
    *,
    pair: bool,
) -> dict[str, Any]:
    """What a button changes to show another exercise: colours, hovers and its name."""
    scales, texts = zip(*looks, strict=True)
    name = {"scene.annotations[1].text": _numbered(names, [place])[0]} if pair else {}
    return {
        "method": "update",
        "args": [
            {"colorscale": list(scales), "hovertemplate": list(texts)},
            name or {"title.text": names[place]},
            changed,
        ],
    }


def _menu(theme: Theme, buttons: list[dict[str, Any]], *, below: int) -> dict[str, Any]:
    """Row of buttons over the scene, with ``below`` rows between."""
    return {
        "type": "buttons",
        "direction": "right",
        # Plotly paints the active button near-white in any theme.
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 1,
        "yanchor": "bottom",
        "pad": {"t": 0, "b": 4 + _ROW_PX * below, "l": 0, "r": 0},
        "bgcolor": theme.panel,
        "bordercolor": theme.axis,
        "borderwidth": 1,
        "font": {"size": 13, "color": theme.ink},
        "buttons": buttons,
    }
