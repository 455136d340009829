"""Pictures of cellulite: what is said to act on it, and how people fared in trials."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.cellulite import EFFECT_GLYPHS, EFFECT_WORDS, UNCLEAR, People
from spotcheck.articles.story import GRADE_WORDS
from spotcheck.charts.theme import Text, Theme, draw, text_trace
from spotcheck.wording import number

SECTION_WORDS = {
    "factors": "Where it comes from",
    "running": "What running is said to do",
}
PEOPLE_WORDS = {"improved": "improved", "worsened": "got worse", "rest": "the rest"}
_PEOPLE_SYMBOLS = {"improved": "circle", "worsened": "square", "rest": "circle-open"}
# Width and dash of an arrow by its grade, and how many of its four bars are filled.
_STROKES = {
    "high": (4.5, "solid", 4),
    "moderate": (3.0, "solid", 3),
    "low": (1.75, "solid", 2),
    "very_low": (1.5, "5px,4px", 1),
    "not_graded": (1.0, "1px,3px", 0),
}
_HEADING_PX = 24
_SECTION_PX = 34
_HOVER_LETTERS = 44
_SCORE_LIMITS = (0, 15)


@dataclass(frozen=True)
class _Plan:
    """Heights in pixels, places along the width in per cent of it."""

    lane_px: int
    box_px: int
    cause: tuple[float, float]
    tissue: tuple[float, float]
    look: tuple[float, float]
    letters: int
    look_letters: int
    text_px: int
    bar_width: float
    label_name: str


_WIDE = _Plan(46, 32, (0, 18), (38, 58), (84, 100), 24, 14, 13, 0.32, "label")
_NARROW = _Plan(60, 44, (0, 22), (41, 63.5), (83, 100), 11, 8, 11, 1.1, "short_label")


class _Arrow(NamedTuple):
    """An arrow with its place in the picture."""

    start: float
    end: float
    y: float
    row: dict[str, Any]


class _Box(NamedTuple):
    """A node with its place in the picture."""

    left: float
    right: float
    top: float
    bottom: float
    text: str


def link_diagram(
    links: pd.DataFrame, nodes: pd.DataFrame, theme: Theme, *, narrow: bool, chosen: str
) -> go.Figure:
    """Causes, what lies in the skin, and what is seen, joined by arrows that show their grade.

    Parameters
    ----------
    links : DataFrame
        What :func:`spotcheck.articles.cellulite.graded_links` gives, with ``sentence``, shown on
        hover.
    nodes : DataFrame
        Table of the nodes.
    theme : Theme
        Colours.
    narrow : bool
        Whether it is drawn for a phone, with short names.
    chosen : str
        Topic whose arrows are marked.

    Returns
    -------
    Figure
        Every arrow has its topic as ``customdata``.
    """
    plan = _NARROW if narrow else _WIDE
    rows = links.to_dict("records")
    lanes, heads, bottom = _lane_places(rows, plan)
    names = dict(zip(nodes["node_id"], nodes[plan.label_name], strict=True))
    stages = dict(zip(nodes["node_id"], nodes["stage"], strict=True))
    arrows = [_arrow(row, stages, lanes[row["lane"]], plan) for row in rows]
    boxes = _boxes(rows, names, stages, lanes, plan)
    texts = [
        *_headings(theme, plan),
        *(Text(0, y, f"<b>{word}</b>", theme.muted, "middle right", 13) for word, y in heads),
        *_box_texts(boxes, theme, plan),
        *_arrow_texts(arrows, theme, plan, narrow=narrow, chosen=chosen),
    ]
    return draw(
        [
            _targets(arrows, plan),
            _arrow_heads(arrows, theme, chosen),
            # A text that can be selected is one that Plotly does not fade when another mark is.
            {**text_trace(texts), "selected": {"textfont": {"color": theme.ink}}},
        ],
        theme,
        height=round(bottom) + 46,
        unit="Choose an arrow to see its studies" if not narrow else "Tap an arrow for its studies",
        clickable=True,
        xaxis={"visible": False, "range": [0, 100], "automargin": False},
        yaxis={"visible": False, "range": [bottom, 0], "automargin": False},
        shapes=[
            _box_shape(boxes, theme),
            *_lines(arrows, theme, chosen),
            *_bars(arrows, theme, plan, narrow=narrow),
        ],
        margin={"l": 1, "r": 1, "b": 8},
        hovermode="closest",
        barmode="overlay",
    )


def _lane_places(
    rows: list[dict[str, Any]], plan: _Plan
) -> tuple[dict[int, float], list[tuple[str, float]], float]:
    """Middle of each lane, words and place of each section's heading, and the bottom."""
    top = float(_HEADING_PX)
    lanes: dict[int, float] = {}
    heads: list[tuple[str, float]] = []
    section = ""
    for row in rows:
        if row["section"] != section:
            section = row["section"]
            heads.append((SECTION_WORDS[section], top + _SECTION_PX / 2 + 2))
            top += _SECTION_PX
        if row["lane"] not in lanes:
            lanes[row["lane"]] = top + plan.lane_px / 2
            top += plan.lane_px
    return lanes, heads, top


def _arrow(row: dict[str, Any], stages: dict[str, str], y: float, plan: _Plan) -> _Arrow:
    places = {"cause": plan.cause, "tissue": plan.tissue, "look": plan.look}
    start = places[stages[row["from_node"]]][1]
    end = places[stages[row["to_node"]]][0]
    return _Arrow(start, end, y, row)


def _boxes(
    rows: list[dict[str, Any]],
    names: dict[str, str],
    stages: dict[str, str],
    lanes: dict[int, float],
    plan: _Plan,
) -> list[_Box]:
    """Boxes of the nodes; a cause or a look of several lanes in a row is one tall box."""
    places = {"cause": plan.cause, "tissue": plan.tissue, "look": plan.look}
    seen: dict[tuple[str, ...], list[float]] = {}
    for row in rows:
        for node in (row["from_node"], row["to_node"]):
            is_tall = stages[node] != "tissue"
            key = (node, row["section"], "" if is_tall else str(row["lane"]))
            seen.setdefault(key, []).append(lanes[row["lane"]])
    half = plan.box_px / 2
    return [
        _Box(*places[stages[node]], min(ys) - half, max(ys) + half, names[node])
        for (node, *_), ys in seen.items()
    ]


def _box_shape(boxes: list[_Box], theme: Theme) -> dict[str, Any]:
    path = " ".join(
        f"M{box.left},{box.top}L{box.right},{box.top}L{box.right},{box.bottom}"
        f"L{box.left},{box.bottom}Z"
        for box in boxes
    )
    return {
        "type": "path",
        "path": path,
        "fillcolor": theme.panel,
        "line": {"width": 1, "color": theme.axis},
        "layer": "below",
    }


def _headings(theme: Theme, plan: _Plan) -> list[Text]:
    words = {"Cause": plan.cause, "In the skin": plan.tissue, "Seen": plan.look}
    return [
        Text((left + right) / 2, _HEADING_PX / 2, word, theme.muted, "middle center", 12)
        for word, (left, right) in words.items()
    ]


def _box_texts(boxes: list[_Box], theme: Theme, plan: _Plan) -> list[Text]:
    return [
        Text(
            (box.left + box.right) / 2,
            (box.top + box.bottom) / 2,
            _wrapped(box.text, plan.look_letters if box.left == plan.look[0] else plan.letters),
            theme.ink,
            "middle center",
            plan.text_px,
        )
        for box in boxes
    ]


def _arrow_texts(
    arrows: list[_Arrow], theme: Theme, plan: _Plan, *, narrow: bool, chosen: str
) -> list[Text]:
    """Over each arrow what it does; the word of its grade over its end, or under it on a phone."""
    texts = []
    for arrow in arrows:
        effect, grade = arrow.row["effect"], GRADE_WORDS[arrow.row["grade"]]
        colour = theme.accent if arrow.row["topic_id"] == chosen else theme.ink
        words = f"<b>{EFFECT_GLYPHS[effect]}</b>"
        if not narrow:
            words += f" {EFFECT_WORDS[effect]}"
        inset = 1.0 if narrow else 0.6
        above = arrow.y - 11
        texts.append(Text(arrow.start + inset, above, words, colour, "middle right", 13))
        if narrow:
            middle = (arrow.start + arrow.end) / 2
            texts.append(Text(middle, arrow.y + 13, grade, theme.muted, "middle center", 11))
        else:
            left = arrow.end - 1.2 - 4 * plan.bar_width
            texts.append(Text(left, above, grade, theme.muted, "middle left", 12))
    return texts


def _lines(arrows: list[_Arrow], theme: Theme, chosen: str) -> list[dict[str, Any]]:
    """Lines of the arrows, those of one grade as one path."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for arrow in arrows:
        key = (arrow.row["grade"], arrow.row["topic_id"] == chosen)
        groups.setdefault(key, []).append(f"M{arrow.start},{arrow.y}L{arrow.end - 0.6},{arrow.y}")
    shapes = []
    for (grade, is_chosen), paths in groups.items():
        width, dash, _ = _STROKES[grade]
        colour = theme.accent if is_chosen else theme.hairline
        line = {"width": width, "dash": dash, "color": colour}
        shapes.append({"type": "path", "path": " ".join(paths), "line": line, "layer": "below"})
    return shapes


def _arrow_heads(arrows: list[_Arrow], theme: Theme, chosen: str) -> dict[str, Any]:
    """Heads of the arrows; open where the studies do not say which way it goes."""
    colours = [
        theme.accent if arrow.row["topic_id"] == chosen else theme.hairline for arrow in arrows
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [arrow.end - 0.5 for arrow in arrows],
        "y": [arrow.y for arrow in arrows],
        "marker": {
            "symbol": "triangle-right",
            "size": 11,
            "color": [
                theme.paper if arrow.row["effect"] in UNCLEAR else colour
                for arrow, colour in zip(arrows, colours, strict=True)
            ],
            "line": {"width": 1.5, "color": colours},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _bars(arrows: list[_Arrow], theme: Theme, plan: _Plan, *, narrow: bool) -> list[dict[str, Any]]:
    """Four rising bars at each arrow, filled as far as its grade goes."""
    paths: dict[bool, list[str]] = {True: [], False: []}
    for arrow in arrows:
        filled = _STROKES[arrow.row["grade"]][2]
        right = arrow.end - (2.6 if narrow else 0.8)
        base = arrow.y - 5
        for step in range(4):
            left = right - (4 - step) * plan.bar_width
            end, top = left + 0.7 * plan.bar_width, base - 4 - 2.5 * step
            paths[step < filled].append(f"M{left},{base}L{left},{top}L{end},{top}L{end},{base}Z")
    colours = {True: theme.ink, False: theme.neutral_bar}
    return [
        {
            "type": "path",
            "path": " ".join(paths[is_filled]),
            "fillcolor": colours[is_filled],
            "line": {"width": 0},
        }
        for is_filled in (True, False)
        if paths[is_filled]
    ]


def _targets(arrows: list[_Arrow], plan: _Plan) -> dict[str, Any]:
    """What can be hovered over and clicked: the whole lane between two boxes."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [arrow.end - arrow.start for arrow in arrows],
        "base": [arrow.start for arrow in arrows],
        "y": [arrow.y for arrow in arrows],
        "width": plan.lane_px,
        "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        "customdata": [arrow.row["topic_id"] for arrow in arrows],
        "hovertext": [
            f"<b>{escape(arrow.row['from_label'])} → {escape(arrow.row['to_label'])}</b><br>"
            f"{_wrapped(arrow.row['sentence'], _HOVER_LETTERS)}"
            for arrow in arrows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def people_marks(people: People, theme: Theme, *, narrow: bool) -> go.Figure:
    """One mark a person: who improved, who got worse, and the rest.

    Parameters
    ----------
    people : People
        Counts.
    theme : Theme
        Colours.
    narrow : bool
        Whether it is drawn for a phone, with the words over the marks.
    """
    counts = people._asdict()
    colours = {"improved": theme.more_loss, "worsened": theme.less_loss, "rest": theme.muted}
    row_px, left = (46, 0.5) if narrow else (30, 5.5)
    across = max(counts.values()) + left
    places = [
        (left + place, at, group)
        for at, (group, n) in enumerate(counts.items())
        for place in range(n)
    ]
    texts = [
        Text(
            -0.1 if narrow else 0,
            at - (0.36 if narrow else 0),
            f"<b>{n}</b> {PEOPLE_WORDS[group]}",
            theme.ink,
            "middle right",
            13,
        )
        for at, (group, n) in enumerate(counts.items())
    ]
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in places],
        "y": [y + (0.12 if narrow else 0) for _, y, _ in places],
        "marker": {
            "symbol": [_PEOPLE_SYMBOLS[group] for _, _, group in places],
            "size": 13,
            "color": [colours[group] for _, _, group in places],
            "line": {
                "width": [1.75 if group == "rest" else 0 for _, _, group in places],
                "color": theme.muted,
            },
        },
        "hovertext": [f"One of {counts[group]}: {PEOPLE_WORDS[group]}" for _, _, group in places],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    return draw(
        [marks, text_trace(texts)],
        theme,
        height=38 + row_px * len(counts) + 12,
        unit="One mark, one woman",
        xaxis={"visible": False, "range": [-0.1, across], "automargin": False},
        yaxis={"visible": False, "range": [len(counts) - 0.5, -0.5], "automargin": False},
        margin={"l": 0, "r": 4, "b": 8},
    )


def severity_arrows(changes: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Cellulite score of each group before and after, joined by a line.

    Parameters
    ----------
    changes : DataFrame
        What :func:`spotcheck.articles.cellulite.severity_changes` gives.
    theme : Theme
        Colours.
    narrow : bool
        Whether it is drawn for a phone.
    """
    row_px = 64 if narrow else 56
    rows = list(changes.itertuples())
    texts = []
    for at, row in enumerate(rows):
        texts.append(Text(0, at - 0.3, row.arm, theme.ink, "middle right", 13))
        words = f"<b>{number(row.before, 1)} → {number(row.after, 1)}</b>"
        right = max(row.before, row.after) + 0.25
        texts.append(Text(right, at + 0.12, words, theme.ink, "middle right", 13))
    path = " ".join(
        f"M{row.before},{at + 0.12}L{row.after},{at + 0.12}" for at, row in enumerate(rows)
    )
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [value for row in rows for value in (row.before, row.after)],
        "y": [at + 0.12 for at in range(len(rows)) for _ in range(2)],
        "marker": {
            "symbol": ["circle-open", "circle"] * len(rows),
            "size": [13, 11] * len(rows),
            "color": [theme.muted, theme.accent] * len(rows),
            "line": {"width": 1.75},
        },
        "hovertext": [
            f"{row.arm}: {number(value, 1)} {when}"
            for row in rows
            for value, when in ((row.before, "before"), (row.after, "after"))
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return draw(
        [dots, text_trace(texts)],
        theme,
        height=72 + row_px * len(rows),
        unit="Cellulite score (more is worse), ○ before, ● after",
        xaxis={"range": list(_SCORE_LIMITS), "dtick": 5, "automargin": False},
        yaxis={"visible": False, "range": [len(rows) - 0.4, -0.6], "automargin": False},
        shapes=[
            {
                "type": "path",
                "path": path,
                "line": {"width": 2, "color": theme.accent},
                "layer": "below",
            }
        ],
        margin={"l": 4, "r": 8, "b": 34},
    )


def _wrapped(text: str, letters: int) -> str:
    return "<br>".join(textwrap.wrap(escape(text, quote=False), letters, break_long_words=False))
