"""Picture of how long, how hard to read and how hedged the articles are."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.articles import YOURS
from spotcheck.charts.theme import ARTICLE_SYMBOLS, Text, Theme, draw, text_trace
from spotcheck.wording import number


class _Strip(NamedTuple):
    column: str
    label: str
    decimals: int


_STRIPS = (
    _Strip("words", "Words", 0),
    _Strip("reading_grade", "Reading grade", 0),
    _Strip("hedges_per_100_words", "Hedges / 100 words", 1),
)
_STRIP_PX = 38
_LABEL_DOWN_PX, _LINE_DOWN_PX = 9, 25
# Places along the width in per cent of it.
_LINE_END, _SLOT, _CLOSE = 91, 16.5, 3
_LOWER_PX = 7


def profile_strips(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Three strips from zero, each with a mark an article and the figures above it.

    Parameters
    ----------
    rows : DataFrame
        ``article_id``, ``words``, ``reading_grade`` and ``hedges_per_100_words``; missing where a
        figure cannot be told. The article ``yours`` is one that the reader added: the scales are
        those of the others, and a figure beyond them stands as an arrow at their end.
    theme : Theme
        Colours.

    Returns
    -------
    Figure
        One trace of marks, strip by strip, with the figures as its ``customdata``.
    """
    marks: list[dict[str, Any]] = []
    texts: list[Text] = []
    lines = []
    records = rows.to_dict("records")
    for place, strip in enumerate(_STRIPS):
        label_y = place * _STRIP_PX + _LABEL_DOWN_PX
        line_y = place * _STRIP_PX + _LINE_DOWN_PX
        top = _top(rows.loc[rows["article_id"].ne(YOURS), strip.column])
        lines.append(f"M0,{line_y}L{_LINE_END},{line_y}M0,{line_y - 4}L0,{line_y + 4}")
        lines.append(f"M{_LINE_END},{line_y - 4}L{_LINE_END},{line_y + 4}")
        texts.append(Text(0, label_y, strip.label, theme.muted, "middle right", 12))
        texts.append(Text(100, line_y, f"{top:g}", theme.muted, "middle left", 11))
        own = []
        for slot, row in enumerate(reversed(records)):
            value = row[strip.column]
            printed = "–" if pd.isna(value) else number(value, strip.decimals)
            texts.append(_figure(row["article_id"], printed, 100 - slot * _SLOT, label_y, theme))
            if pd.notna(value):
                own.append(_mark(row["article_id"], float(value), top, line_y, strip, theme))
        marks += _parted(own)
    return draw(
        [_marks(marks), text_trace(texts)],
        theme,
        height=len(_STRIPS) * _STRIP_PX + 38,
        unit="Each on one scale, from 0",
        xaxis={"visible": False, "range": [0, 100], "automargin": False},
        yaxis={"visible": False, "range": [len(_STRIPS) * _STRIP_PX, 0], "automargin": False},
        shapes=[
            {
                "type": "path",
                "path": " ".join(lines),
                "line": {"color": theme.axis, "width": 1},
                "layer": "below",
            }
        ],
        margin={"l": 8, "r": 4, "b": 0},
        hovermode="closest",
    )


def _top(values: pd.Series) -> float:
    """End of a scale: a round number beyond the largest value.

    Examples
    --------
    >>> _top(pd.Series([459, 502])), _top(pd.Series([14.4])), _top(pd.Series([0.2, 3.45]))
    (600.0, 16.0, 4.0)
    """
    largest = 1.05 * float(values.max())
    step = 10.0 ** math.floor(math.log10(largest))
    step = step if largest / step > 2 else step / 5
    return math.ceil(largest / step) * step


def _figure(article: str, printed: str, x: float, y: float, theme: Theme) -> Text:
    """Letter of an article and its figure, right-aligned; an added one has no letter."""
    if article == YOURS:
        return Text(x, y, f"○ {printed}", theme.ink, "middle left", 12)
    return Text(x, y, f"<b>{article}</b> {printed}", theme.article[article], "middle left", 12)


def _mark(
    article: str, value: float, top: float, y: float, strip: _Strip, theme: Theme
) -> dict[str, Any]:
    is_beyond = value > top
    symbol = ARTICLE_SYMBOLS.get(article, "circle-open")
    name = "Your article" if article == YOURS else f"Article {article}"
    printed = number(value, strip.decimals)
    return {
        "x": min(value / top, 1) * _LINE_END,
        "y": y,
        "symbol": "triangle-right-open" if is_beyond else symbol,
        "colour": theme.article.get(article, theme.ink),
        "value": value,
        "hover": f"<b>{name}</b><br>{strip.label}: {printed}"
        f"{', beyond this scale' if is_beyond else ''}",
    }


def _parted(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks from left to right; one that would hide its neighbour stands a little lower."""
    placed: list[dict[str, Any]] = []
    for mark in sorted(marks, key=lambda one: float(one["x"])):
        is_close = bool(placed) and mark["x"] - placed[-1]["x"] < _CLOSE
        is_low = is_close and placed[-1]["y"] <= mark["y"]
        placed.append({**mark, "y": mark["y"] + _LOWER_PX} if is_low else mark)
    return placed


def _marks(marks: list[dict[str, Any]]) -> dict[str, Any]:
    colours = [mark["colour"] for mark in marks]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "articles",
        "x": [mark["x"] for mark in marks],
        "y": [mark["y"] for mark in marks],
        "marker": {
            "symbol": [mark["symbol"] for mark in marks],
            "size": 11,
            "color": colours,
            "opacity": 1,
            "line": {
                "width": [1.75 if mark["symbol"].endswith("open") else 0 for mark in marks],
                "color": colours,
            },
        },
        "cliponaxis": False,
        "customdata": [mark["value"] for mark in marks],
        "hovertext": [mark["hover"] for mark in marks],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
