"""Picture of the topics on which articles contradict each other."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.story import DIRECTION_GLYPHS, DIRECTION_WORDS
from spotcheck.charts.theme import ARTICLE_SYMBOLS, Text, Theme, draw, text_trace

PLACES = {"contradicts": 0.0, "qualifies": 1.0, "supports": 2.0}
_HEADS = {"contradicts": "Says the opposite", "qualifies": "With limits", "supports": "Says so"}
_STUDIES_AT = {"contradicts": 0.0, "mixed": 1.0, "supports": 2.0}
_LABEL_UP, _STUDIES_DOWN = 0.36, 0.3
_ROW_PX, _HEAD_PX, _TOP_PX = 72, 30, 38


def stands(marks: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Where each article stands on each topic, on a line from the opposite to yes.

    Parameters
    ----------
    marks : DataFrame
        Rows of :func:`spotcheck.articles.clashes.marks`, those of a topic together.
    theme : Theme
        Colours.
    narrow : bool
        Whether marks that share a place stand closer, for a phone.

    Returns
    -------
    Figure
        One trace of marks; the direction of the studies stands under each line in words.
    """
    topics = marks.drop_duplicates("topic_id")
    rows = {topic: row for row, topic in enumerate(topics["topic_id"])}
    spread = marks.assign(
        x=marks["stance"].map(PLACES) + _apart(marks, 0.16 if narrow else 0.07),
        y=marks["topic_id"].map(rows),
    )
    return draw(
        [_lines(spread, theme), _marks(spread, theme), text_trace(_texts(topics, rows, theme))],
        theme,
        height=_TOP_PX + _HEAD_PX + _ROW_PX * len(rows),
        unit="Where each stands, and the studies under it",
        margin={"l": 0, "r": 0, "b": 0},
        xaxis={"visible": False, "range": [-0.42, 2.42]},
        yaxis={"visible": False, "range": [len(rows) - 0.5, -0.5 - _HEAD_PX / _ROW_PX]},
        hovermode="closest",
    )


def _apart(marks: pd.DataFrame, step: float) -> pd.Series:
    """How far marks that share a topic and a stance stand from its middle."""
    same = marks.groupby(["topic_id", "stance"])["article_id"]
    return (same.cumcount() - (same.transform("size") - 1) / 2) * step * 2


def _lines(marks: pd.DataFrame, theme: Theme) -> dict[str, Any]:
    """Line of each topic from its furthest mark to its other furthest."""
    ends = marks.groupby("y")["x"].agg(["min", "max"])
    x: list[float | None] = []
    y: list[float | None] = []
    for row, low, high in ends.itertuples():
        x += [low, high, None]
        y += [row, row, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": theme.axis, "width": 2},
        "hoverinfo": "skip",
    }


def _marks(marks: pd.DataFrame, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": marks["x"].tolist(),
        "y": marks["y"].tolist(),
        "text": [f"<b>{article}</b>" for article in marks["article_id"]],
        "textposition": "middle center",
        "textfont": {"size": 12, "color": theme.on_mark},
        "marker": {
            "symbol": [ARTICLE_SYMBOLS[article] for article in marks["article_id"]],
            "size": [26 if article == "C" else 22 for article in marks["article_id"]],
            "color": [theme.article[article] for article in marks["article_id"]],
            "opacity": 1,
        },
        "hovertext": [
            f"<b>{label}</b><br>Article {article}: {_HEADS[stance].lower()}"
            for label, article, stance in zip(
                marks["short_label"], marks["article_id"], marks["stance"], strict=True
            )
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _texts(topics: pd.DataFrame, rows: dict[str, int], theme: Theme) -> list[Text]:
    texts = [
        Text(PLACES[stance], -0.5 - _HEAD_PX / _ROW_PX / 2, word, theme.muted, "middle center", 12)
        for stance, word in _HEADS.items()
    ]
    for topic in topics.itertuples():
        y, direction = rows[topic.topic_id], topic.evidence_direction
        texts.append(
            Text(-0.4, y - _LABEL_UP, f"<b>{topic.short_label}</b>", theme.ink, "middle right", 13)
        )
        words = f"{DIRECTION_GLYPHS[direction]} studies: {DIRECTION_WORDS[direction]}"
        at = _STUDIES_AT.get(direction, 1.0)
        texts.append(Text(at, y + _STUDIES_DOWN, words, theme.ink, "middle center", 12))
    return texts
