"""Picture of the body, front and back, that shows what one exercise asks of each muscle.

``body_map(body_cells(cells, exercises, muscles, "running_easy"), LIGHT, narrow=False)``
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import (
    GRADE_SIGNS,
    ROLE_KEY,
    readable_ink,
    step_scale,
    step_words,
)
from spotcheck.charts.theme import Theme, draw, engagement_scale, readable_on
from spotcheck.muscles.body_map import FLOOR, HALF_WIDTH, TOP, Outline, View, views_of
from spotcheck.muscles.estimates import METRIC
from spotcheck.muscles.evidence import value_label

_WIDTH_PX = {False: 296, True: 328}
_HEAD_PX = 46
_KEY_PX = 40
_LETTER_PX = 10
_NUMBER_PX = 9.5
# Width of a digit of the font, in its size.
_DIGIT = 0.53
# A letter may stand over the edges of a thin muscle; at least this share of it is inside.
_LEAST_OF_LETTER = 0.3
# The letter of a muscle this near to the midline that is too thin stands between the legs.
_INNERMOST = 2.0
# A mark is met this far from its middle: a target of 24 px, and no more, because around it the
# fills say which muscle is under the pointer. Plotly counts from the mark's own edge.
_REACH_PX = 12
_MARK_PX = 6
_LINES = {"body": 0.9, "head": 0.9, "bones": 0.5, "context": 0}
_CURVES = {"body": 0.8, "head": 0.8, "bones": 0.5, "context": 0.2, "muscle": 0.8}


def body_map(
    rows: pd.DataFrame,
    theme: Theme,
    *,
    layer: str = "surface",
    whole: bool = False,
    narrow: bool,
    metric: str | None = None,
    top: float = 100,
    title: str = "",
    chosen: tuple[str, ...] = (),
) -> go.Figure:
    """Front and back of the body, each muscle in the colour of its cell in the matrix.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`spotcheck.muscles.body_map.body_cells`.
    theme : Theme
        Colours.
    layer : str, default "surface"
        ``surface``, or ``deep`` for what lies beneath.
    whole : bool, default False
        The whole body; else hips and legs.
    narrow : bool
        Lay it out for a phone.
    metric : str, optional
        The scale that colour compares; without it the picture shows roles. Values on other scales
        are grey. What was not measured is hatched. On the scale of the lens of the model, muscles
        carry the sign of their grade.
    top : float, default 100
        Value of the strongest colour [unit of ``metric``].
    title : str, optional
        Printed at the top left.
    chosen : tuple of str, optional
        Muscles to outline, by code.

    Raises
    ------
    ValueError
        If ``layer`` is not one of the allowed names.
    """
    views = views_of(layer, whole=whole)
    unit_px = _WIDTH_PX[narrow] / 2 / (2 * HALF_WIDTH[whole])
    has_others = bool(rows["metric"].notna().any() and rows["metric"].dropna().ne(metric).any())
    roomiest: dict[str, float] = {}
    for view in views:
        for muscle, anchors in view.anchors.items():
            roomiest[muscle] = max(roomiest.get(muscle, 0), anchors[0].room)
    traces: list[dict[str, Any]] = []
    for view, axes in zip(views, ({}, {"xaxis": "x2", "yaxis": "y2"}), strict=True):
        own = rows[rows["view"].eq(view.name)].to_dict("records")
        own = [row for row in own if row["muscle_id"] in view.muscles]
        fills = [fill_of(row, theme, metric=metric, top=top) for row in own]
        traces += [
            {**trace, **axes}
            for trace in (
                *_surroundings(view, theme),
                *(
                    _muscle(row, view, fill, theme, is_chosen=row["muscle_id"] in chosen)
                    for row, fill in zip(own, fills, strict=True)
                ),
                _labels(
                    own,
                    fills,
                    view,
                    theme,
                    metric=metric,
                    top=top,
                    unit_px=unit_px,
                    roomiest=roomiest,
                ),
                _marks(own, view),
            )
        ]
    traces.append(colour_key(theme, metric=metric, top=top))
    height = round((TOP[whole] - FLOOR) * unit_px)
    return draw(
        traces,
        theme,
        clickable=True,
        height=_HEAD_PX + height + _KEY_PX,
        unit=title,
        margin={"l": 0, "r": 0, "t": _HEAD_PX, "b": _KEY_PX},
        hoverdistance=_REACH_PX - _MARK_PX // 2,
        annotations=[*_heads(theme), *_key_words(theme, metric=metric, has_others=has_others)],
        **_axes(whole=whole),
    )


def fill_of(row: dict[Any, Any], theme: Theme, *, metric: str | None, top: float) -> str | None:
    """Colour of one muscle, as in the matrix; None where nothing was measured.

    Parameters
    ----------
    row : dict
        ``role``, ``value``, ``metric`` and ``no_data`` of its cell.
    theme, metric, top
        As in :func:`body_map`.

    Examples
    --------
    >>> from spotcheck.charts.theme import LIGHT
    >>> cell = {"role": "synergist", "value": 150.0, "metric": "mvic_peak", "no_data": False}
    >>> fill_of(cell, LIGHT, metric="mvic_peak", top=100)
    '#8E1F1B'
    >>> fill_of(cell, LIGHT, metric=None, top=1) == LIGHT.role["synergist"]
    True
    """
    if metric is None:
        return theme.role[row["role"]]
    if row["no_data"]:
        return None
    if row["metric"] != metric:
        return theme.neutral_bar
    return _engagement(theme, min(max(row["value"] / top, 0.0), 1.0))


def _engagement(theme: Theme, share: float) -> str:
    """Colour of the engagement scale at a share of its top."""
    colours = theme.engagement
    place = min(int(share * (len(colours) - 1)), len(colours) - 2)
    part = share * (len(colours) - 1) - place
    mixed = [
        round(
            (1 - part) * int(colours[place][at : at + 2], 16)
            + part * int(colours[place + 1][at : at + 2], 16)
        )
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def _surroundings(view: View, theme: Theme) -> list[dict[str, Any]]:
    """Body, head, bones and muscles that the table does not have."""
    # A bone is pale on either paper.
    bone = theme.axis if theme.name == "dark" else theme.paper
    parts = [
        ("body", view.body, theme.grid, theme.axis),
        ("head", view.head, theme.grid, theme.axis),
        ("bones", view.bones, bone, theme.hairline),
        ("context", view.context, theme.panel, theme.panel),
    ]
    return [
        {
            **_area(outline),
            "fillcolor": fill,
            "line": {**_curve(part), "color": line, "width": _LINES[part]},
            "hoverinfo": "skip",
        }
        for part, outline, fill, line in parts
        if outline[0]
    ]


def _area(outline: Outline) -> dict[str, Any]:
    x, y = outline
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself"}


def _curve(part: str) -> dict[str, Any]:
    """Spline that hides the corners of an outline without more points."""
    return {"shape": "spline", "smoothing": _CURVES[part]}


def _muscle(
    row: dict[Any, Any], view: View, fill: str | None, theme: Theme, *, is_chosen: bool
) -> dict[str, Any]:
    trace = {
        **_area(view.muscles[row["muscle_id"]]),
        "text": row["text"],
        "hoveron": "fills",
        "hoverinfo": "text",
        "fillcolor": fill or theme.panel,
        "line": {
            **_curve("muscle"),
            "color": theme.accent if is_chosen else theme.hairline,
            "width": 2.5 if is_chosen else 0.5,
        },
    }
    if fill is None:
        trace["fillpattern"] = {
            "shape": "/",
            "size": 6,
            "solidity": 0.12,
            "fgcolor": theme.hairline,
            "bgcolor": theme.panel,
        }
    return trace


def _labels(
    rows: list[dict[Any, Any]],
    fills: list[str | None],
    view: View,
    theme: Theme,
    *,
    metric: str | None,
    top: float,
    unit_px: float,
    roomiest: dict[str, float],
) -> dict[str, Any]:
    """Letters of roles, signs of grades, or numbers with room, on the viewer's right alone."""
    x, y, text, ink = [], [], [], []
    is_letter = metric in (None, METRIC)
    size = _LETTER_PX if is_letter else _NUMBER_PX
    for row, fill in zip(rows, fills, strict=True):
        word = _word_of(row, metric) if fill else ""
        if fill is None or not word:
            continue
        anchor = view.anchors[row["muscle_id"]][0]
        share = anchor.room * unit_px / (len(word) * _DIGIT * size)
        is_inside = share >= 1 or (is_letter and share >= _LEAST_OF_LETTER)
        # A sliver needs no letter if the muscle has one in the other view.
        is_better_seen = anchor.room < roomiest[row["muscle_id"]]
        is_beside = is_letter and share < 1 and abs(anchor.x) < _INNERMOST
        if (share < 1 and is_better_seen) or not (is_inside or is_beside):
            continue
        x.append(0 if is_beside else anchor.x)
        y.append(anchor.y)
        text.append(word)
        ink.append(theme.ink if is_beside else _ink(row, fill, theme, metric=metric, top=top))
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textfont": {"size": size, "color": ink},
        "hoverinfo": "skip",
        # A colour for selected text keeps Plotly from dimming all text after a click.
        "selected": {"textfont": {"color": theme.ink}},
    }


def _word_of(row: dict[Any, Any], metric: str | None) -> str:
    """What stands on a muscle: the letter of its role, the sign of its grade, or its number."""
    if metric is None:
        return ROLE_KEY[row["role"]][0]
    return GRADE_SIGNS[row["grade"]] if metric == METRIC else row["label"].replace(" to ", "–")


def _ink(row: dict[Any, Any], fill: str, theme: Theme, *, metric: str | None, top: float) -> str:
    """Colour of a label that reads on its muscle, as in the matrix."""
    if metric is None or row["metric"] != metric:
        return readable_ink(fill)
    return readable_on(theme, 100 * min(row["value"] / top, 1))


def _marks(rows: list[dict[Any, Any]], view: View) -> dict[str, Any]:
    """Unseen marks at the anchors: fills cannot be tapped, marks can."""
    exercise = f"<b>{rows[0]['exercise']}</b><br>" if rows else ""
    places = [(row, anchor) for row in rows for anchor in view.anchors[row["muscle_id"]]]
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [anchor.x for _, anchor in places],
        "y": [anchor.y for _, anchor in places],
        "marker": {"size": _MARK_PX, "opacity": 0},
        "customdata": [[row["exercise_sequence"], row["muscle_sequence"]] for row, _ in places],
        # The exercise is the same for all marks, so it is sent once.
        "text": [row["text"].removeprefix(exercise) for row, _ in places],
        "hovertemplate": exercise + "%{text}<extra></extra>",
        "selected": unseen,
        "unselected": unseen,
    }


def _axes(*, whole: bool) -> dict[str, Any]:
    """Two pairs of axes on one scale, which meet in the middle of the picture."""
    unseen = {"visible": False, "fixedrange": True, "constrain": "domain", "automargin": False}
    across = {"range": [-HALF_WIDTH[whole], HALF_WIDTH[whole]], **unseen}
    up = {"range": [FLOOR, TOP[whole]], "constraintoward": "top", **unseen}
    return {
        "xaxis": {**across, "domain": [0, 0.5], "constraintoward": "right"},
        "yaxis": {**up, "scaleanchor": "x"},
        "xaxis2": {**across, "domain": [0.5, 1], "constraintoward": "left", "anchor": "y2"},
        "yaxis2": {**up, "scaleanchor": "x2", "anchor": "x2"},
    }


def _heads(theme: Theme) -> list[dict[str, Any]]:
    place = {"x": 0.5, "y": 1, "yanchor": "bottom", "yshift": 2}
    return [
        _word(word, theme, xref=f"{axis} domain", **place)
        for word, axis in (("Front", "x"), ("Back", "x2"))
    ]


def _word(text: str, theme: Theme, **place: Any) -> dict[str, Any]:
    font = {"size": 12, "color": theme.muted}
    return {"text": text, "yref": "paper", "showarrow": False, "font": font, **place}


def colour_key(theme: Theme, *, metric: str | None, top: float) -> dict[str, Any]:
    """Trace without points that carries the colour key."""
    has_steps = metric in (None, METRIC)
    if has_steps:
        words = [word.replace(", ", "<br>") for word in step_words(metric)]
        places: list[float] = list(range(len(words)))
        # Beside the bands there is a word for what has none.
        limits, length = (-0.5, len(words) - 0.5), 250 if metric else 290
        steps = theme.engagement if metric else [theme.role[role] for role in ROLE_KEY]
        scale = step_scale(steps)
    else:
        words, places = ["0", f"{value_label(top, top)}{' or more' * (top == 100)}"], [0, top]
        limits, length, scale = (0, top), 130, engagement_scale(theme)
    key = {
        "orientation": "h",
        "thickness": 9,
        "lenmode": "pixels",
        "len": length,
        "x": 0.5 if metric is None else 0,
        "xanchor": "center" if metric is None else "left",
        "xpad": 3,
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "ypad": 2,
        "outlinewidth": 0.5,
        "outlinecolor": theme.axis,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"size": 11, "color": theme.muted},
        "tickvals": places,
        "ticktext": words,
        "ticklabeloverflow": "allow",
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None],
        "y": [None],
        "hoverinfo": "skip",
        "marker": {
            "color": [0],
            "cmin": limits[0],
            "cmax": limits[1],
            "colorscale": scale,
            "showscale": metric != "",
            "colorbar": key,
        },
    }


def _key_words(theme: Theme, *, metric: str | None, has_others: bool) -> list[dict[str, Any]]:
    """What the colour key cannot show: hatching, and grey where a value is on another scale."""
    if metric in (None, METRIC):
        return []
    other = f"<span style='color:{theme.neutral_bar}'>■</span> other scale<br>" * has_others
    return [
        _word(
            f"{other}▨ not measured",
            theme,
            xref="paper", x=1, y=0, xanchor="right", yanchor="top", yshift=-6, align="left",
        )
    ]  # fmt: skip
