"""Picture of what each article says of each topic."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.story import DIRECTION_GLYPHS, DIRECTION_WORDS
from spotcheck.charts.theme import TOP_PX, Text, Theme, draw, drawing, text_trace

YOURS = "yours"
"""Column of an article that the reader added."""

STANCE_LETTERS = {
    "supports": "S",
    "qualifies": "Q",
    "contradicts": "X",
    "silent": "",
    "found": "",
}
_STANCE_SYMBOLS = {
    "supports": ("circle", 22),
    "qualifies": ("diamond-open", 21),
    "contradicts": ("square", 20),
    "silent": ("circle", 5),
    "found": ("circle-open", 18),
}
# Number of bars that are filled for each grade.
_FILLED_BARS = {"high": 4, "moderate": 3, "low": 2, "very_low": 1, "not_graded": 0}
_CLEAR = "rgba(0,0,0,0)"
_UNFADED: dict[str, Any] = {
    state: {"marker": {"opacity": 1}} for state in ("selected", "unselected")
}
"""What keeps marks as they are when another one is clicked."""


@dataclass(frozen=True)
class _Layout:
    """Heights in pixels, places along the width in per cent of it."""

    row_px: int
    label_letters: int
    label_px: int
    column_at: dict[str, float]
    direction_at: float
    bars_at: float
    bars_end: float
    corner: float
    label_at: float = 1.5
    heading_px: int = 30
    group_px: int = 28


_WIDE = _Layout(38, 40, 13, {"A": 47, "B": 55, "C": 63}, 70, 88, 95, 2.1)
_WIDE_ADDED = _Layout(38, 40, 13, {"A": 42.5, "B": 49.5, "C": 56.5, YOURS: 64.5}, 71, 88, 95, 2.1)
_NARROW = _Layout(46, 19, 12, {"A": 43.5, "B": 53.5, "C": 63.5}, 69.5, 90, 98.5, 3.4)
_NARROW_ADDED = _Layout(
    46, 19, 12, {"A": 39.5, "B": 47.5, "C": 55.5, YOURS: 64.5}, 72.5, 90.5, 98.5, 3.4
)


def stance_matrix(
    topics: pd.DataFrame, marks: pd.DataFrame, theme: Theme, *, narrow: bool
) -> go.Figure:
    """Topics by articles: what each says, what the studies say, and how certain that is.

    Parameters
    ----------
    topics : DataFrame
        Rows in order, those of a heading together: ``topic_id``, ``heading``, ``short_label``,
        ``evidence_direction``, ``grade``, ``evidence``, the sentence shown on hover, and
        ``is_recoded``, whether the reader coded the grade.
    marks : DataFrame
        One row a topic and article, in any order: ``topic_id``, ``article_id``, ``stance``,
        ``sentence``, shown on hover, and ``is_recoded``. The article ``yours`` has a column of its
        own, with the stances ``found`` and ``silent``.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels are wrapped and rows are higher, for a phone.

    Returns
    -------
    Figure
        Every mark that can be hovered over has the topic as its ``customdata``. No row is marked:
        see :func:`row_place`.
    """
    has_added = YOURS in set(marks["article_id"])
    if narrow:
        plan = _NARROW_ADDED if has_added else _NARROW
    else:
        plan = _WIDE_ADDED if has_added else _WIDE
    rows, tops = _placed(topics.to_dict("records"), plan)
    height_px = rows[-1]["y"] + plan.row_px / 2
    by_topic = {row["topic_id"]: row for row in rows}
    cells = [
        {**mark, "row": by_topic[mark["topic_id"]], "x": plan.column_at[mark["article_id"]]}
        for mark in marks.to_dict("records")
        if mark["topic_id"] in by_topic
    ]
    return draw(
        [
            _row_bars(rows, plan),
            _marks(cells, theme),
            *_recoded(rows, cells, theme, plan),
            # A text that can be selected is one that Plotly does not fade when another mark is.
            {
                **text_trace(_words(rows, tops, theme, plan)),
                "name": "words",
                "selected": {"textfont": {"color": theme.ink}},
            },
        ],
        theme,
        height=round(height_px) + TOP_PX + 8,
        unit=_key(narrow),
        clickable=True,
        xaxis={"visible": False, "range": [0, 100], "automargin": False},
        yaxis={"visible": False, "range": [height_px, 0], "automargin": False},
        shapes=[
            _rules(tops, theme),
            *_grade_bars(rows, theme, plan),
        ],
        images=_letters(cells, height_px, theme),
        margin={"l": 0, "r": 0, "b": 8},
        hovermode="closest",
        barcornerradius=0,
    )


def row_place(topics: pd.DataFrame, topic: str, *, narrow: bool) -> tuple[float, float] | None:
    """Top and height of a topic's row in its picture [px]; none where it has no row.

    A browser takes twice as long to draw the picture again as for all else that changes with the
    open topic, so the page marks the row over the picture.

    Parameters
    ----------
    topics : DataFrame
        Rows as they were drawn.
    topic : str
        Topic to mark.
    narrow : bool
        Whether they were drawn for a phone.
    """
    plan = _NARROW if narrow else _WIDE
    for row in _placed(topics.to_dict("records"), plan)[0]:
        if row["topic_id"] == topic:
            return TOP_PX + row["y"] - plan.row_px / 2, plan.row_px
    return None


def _placed(
    rows: list[dict[Any, Any]], plan: _Layout
) -> tuple[list[dict[Any, Any]], list[tuple[float, str]]]:
    """Rows with their place ``y``, and the place and words of each heading over them."""
    tops: list[tuple[float, str]] = []
    placed = []
    down: float = plan.heading_px
    for row in rows:
        if not tops or tops[-1][1] != row["heading"]:
            tops.append((down, row["heading"]))
            down += plan.group_px
        placed.append({**row, "y": down + plan.row_px / 2})
        down += plan.row_px
    return placed, tops


def _key(narrow: bool) -> str:
    if narrow:
        return "S yes, Q with limits, X no, · silent"
    return "S says so,  Q agrees with limits,  X says the opposite,  · says nothing"


def _row_bars(rows: Sequence[Mapping[Any, Any]], plan: _Layout) -> dict[str, Any]:
    """Rows that can be clicked anywhere."""
    return {
        "type": "bar",
        "name": "row",
        "orientation": "h",
        "x": [100] * len(rows),
        "y": [row["y"] for row in rows],
        "width": plan.row_px,
        "marker": {"color": _CLEAR, "line": {"width": 0}},
        "customdata": [row["topic_id"] for row in rows],
        "hovertext": [_hover(row["short_label"], row["evidence"]) for row in rows],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **_UNFADED,
    }


def _grade_bars(
    rows: Sequence[Mapping[Any, Any]], theme: Theme, plan: _Layout
) -> list[dict[str, Any]]:
    """Four rising bars a row, filled as far as the grade goes; all of one colour are one path."""
    pitch = (plan.bars_end - plan.bars_at) / 4
    paths: dict[str, list[str]] = {theme.ink: [], theme.neutral_bar: []}
    for row in rows:
        foot = row["y"] + 9
        for step in range(4):
            left = plan.bars_at + (step + 0.14) * pitch
            right, head = left + 0.72 * pitch, foot - 5 - 4 * step
            is_filled = step < _FILLED_BARS[row["grade"]]
            paths[theme.ink if is_filled else theme.neutral_bar].append(
                f"M{left:g},{foot:g}V{head:g}H{right:g}V{foot:g}Z"
            )
    return [
        {
            "type": "path",
            "name": "grade",
            "path": " ".join(bars),
            "fillcolor": colour,
            "line": {"width": 0},
        }
        for colour, bars in paths.items()
        if bars
    ]


def _marks(cells: Sequence[Mapping[str, Any]], theme: Theme) -> dict[str, Any]:
    """Shape of each stance in its article's colour; its letter is one of the words."""
    colours = [
        theme.hairline
        if cell["stance"] == "silent"
        else theme.article.get(cell["article_id"], theme.ink)
        for cell in cells
    ]
    symbols = [_STANCE_SYMBOLS[cell["stance"]] for cell in cells]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "stances",
        "x": [cell["x"] for cell in cells],
        "y": [cell["row"]["y"] for cell in cells],
        "marker": {
            "symbol": [symbol for symbol, _ in symbols],
            "size": [size for _, size in symbols],
            # With sizes of their own, Plotly would let marks shine through.
            "opacity": 1,
            "color": colours,
            "line": {
                "width": [1.75 if symbol.endswith("open") else 0 for symbol, _ in symbols],
                "color": colours,
            },
        },
        "customdata": [cell["topic_id"] for cell in cells],
        "hovertext": [_hover(cell["row"]["short_label"], cell["sentence"]) for cell in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **_UNFADED,
    }


def _letters(
    cells: Sequence[Mapping[str, Any]], height_px: float, theme: Theme
) -> list[dict[str, Any]]:
    """Letter in each shape; those of an article are one drawing."""
    columns: dict[float, list[str]] = {}
    for cell in cells:
        letter = STANCE_LETTERS[cell["stance"]]
        if letter:
            is_open = cell["stance"] == "qualifies"
            colour = theme.article[cell["article_id"]] if is_open else theme.on_mark
            columns.setdefault(cell["x"], []).append(
                f"<text x='8' y='{cell['row']['y'] + 4:g}' fill='{colour}'>{letter}</text>"
            )
    return [
        drawing(
            "<g font-family='sans-serif' font-weight='700' font-size='11' text-anchor='middle'>"
            f"{''.join(letters)}</g>",
            16,
            height_px,
            keeps_shape=True,
            x=x,
            xanchor="center",
            # Wider than 16 px on any screen, so that the height alone sets the size.
            sizex=8,
            y=0,
            sizey=height_px,
            layer="above",
        )
        for x, letters in columns.items()
    ]


def _recoded(
    rows: Sequence[Mapping[Any, Any]],
    cells: Sequence[Mapping[str, Any]],
    theme: Theme,
    plan: _Layout,
) -> list[dict[str, Any]]:
    """Small corner at what the reader coded, where there is any."""
    corners = [(cell["x"], cell["row"]["y"]) for cell in cells if cell["is_recoded"]]
    # A point beyond the axis would not be drawn.
    at_bars = min(plan.bars_end, 99 - plan.corner)
    corners += [(at_bars, row["y"]) for row in rows if row["is_recoded"]]
    if not corners:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": "recoded",
            "x": [x + plan.corner for x, _ in corners],
            "y": [y - 11 for _, y in corners],
            "marker": {"symbol": "triangle-ne", "size": 8, "color": theme.accent},
            "hoverinfo": "skip",
            **_UNFADED,
        }
    ]


def _words(
    rows: Sequence[Mapping[Any, Any]],
    tops: Sequence[tuple[float, str]],
    theme: Theme,
    plan: _Layout,
) -> list[Text]:
    """Every word of the picture: column heads, headings, labels and directions."""
    right, left = "middle right", "middle left"
    texts = [_head(article, x, theme, plan) for article, x in plan.column_at.items()]
    y = plan.heading_px / 2
    texts += [
        Text(plan.direction_at, y, "Studies", theme.muted, right, 12),
        Text(plan.bars_end, y, "GRADE", theme.muted, left, 12),
    ]
    for top, words in tops:
        middle = top + plan.group_px / 2 + 3
        texts.append(Text(plan.label_at, middle, words, theme.muted, right, 12))
    for row in rows:
        label = _wrapped(row["short_label"], plan.label_letters)
        direction = row["evidence_direction"]
        shown = f"{DIRECTION_GLYPHS[direction]} {DIRECTION_WORDS[direction]}"
        texts += [
            Text(plan.label_at, row["y"], label, theme.ink, right, plan.label_px),
            Text(plan.direction_at, row["y"], shown, theme.ink, right, 12),
        ]
    return texts


def _head(article: str, x: float, theme: Theme, plan: _Layout) -> Text:
    y = plan.heading_px / 2
    if article == YOURS:
        return Text(x, y, "Yours*", theme.ink, "middle center", 12)
    return Text(x, y, f"<b>{article}</b>", theme.article[article], "middle center", 14)


def _rules(tops: Sequence[tuple[float, str]], theme: Theme) -> dict[str, Any]:
    """Thin rule over each heading."""
    return {
        "type": "path",
        "path": " ".join(f"M0,{top:g}L100,{top:g}" for top, _ in tops),
        "line": {"color": theme.grid, "width": 1},
        "layer": "below",
    }


def _hover(label: str, sentence: str) -> str:
    return f"<b>{label}</b><br>{_wrapped(sentence, 44)}"


@lru_cache(maxsize=2048)
def _wrapped(text: str, letters: int) -> str:
    return "<br>".join(textwrap.wrap(text, letters, break_long_words=False))
