"""Picture of what each article leaves out, beside the number that a reader needed."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from typing import Any

import plotly.graph_objects as go

from spotcheck.articles.omissions import PRESENCE_WORDS
from spotcheck.charts.theme import Text, Theme, draw, text_trace

PRESENCE_LETTERS = {"present": "Y", "partly": "P", "absent": "N", "not_applicable": "–"}
_SYMBOLS = {
    "present": ("circle", 22),
    "partly": ("diamond-open", 22),
    "absent": ("square-open", 19),
    "not_applicable": ("circle", 0),
}
_HEADING_PX = 30
_HOVER_LETTERS = 44


@dataclass(frozen=True)
class _Plan:
    """Heights in pixels, places along the width in per cent of it."""

    row_px: int
    label_letters: int
    label_px: int
    article_at: tuple[float, float, float]
    number_at: float | None


_WIDE = _Plan(38, 40, 13, (30.5, 40, 49.5), 60)
_NARROW = _Plan(46, 24, 12, (61, 77, 93), None)


def omission_grid(rows: list[dict[str, Any]], theme: Theme, *, narrow: bool) -> go.Figure:
    """Things by articles: whether each says it, and the first number behind it.

    Parameters
    ----------
    rows : list of dict
        What is left out, in order: ``label``; ``cells``, for each article in alphabetical order
        its letter, presence and the sentence of the hover; ``figure`` and ``words``, the number
        that a reader needed, both empty where we have none.
    theme : Theme
        Colours.
    narrow : bool
        Whether it is drawn for a phone, with labels wrapped and without words beside the marks.
    """
    plan = _NARROW if narrow else _WIDE
    bottom = _HEADING_PX + plan.row_px * len(rows)
    middles = [_HEADING_PX + plan.row_px * (at + 0.5) for at in range(len(rows))]
    rules = " ".join(
        f"M0,{_HEADING_PX + plan.row_px * at}L100,{_HEADING_PX + plan.row_px * at}"
        for at in range(len(rows))
    )
    texts = _headings(rows, theme, plan)
    for row, y in zip(rows, middles, strict=True):
        texts += _row_texts(row, y, theme, plan)
    return draw(
        [_marks(rows, middles, theme, plan), text_trace(texts)],
        theme,
        height=bottom + 46,
        unit=_key(narrow),
        xaxis={"visible": False, "range": [0, 100], "automargin": False},
        yaxis={"visible": False, "range": [bottom, 0], "automargin": False},
        shapes=[
            {
                "type": "path",
                "path": rules,
                "layer": "below",
                "line": {"width": 1, "color": theme.grid},
            }
        ],
        margin={"l": 0, "r": 0, "b": 8},
    )


def _key(narrow: bool) -> str:
    letters = {letter: PRESENCE_WORDS[one] for one, letter in PRESENCE_LETTERS.items()}
    if narrow:
        return "Y yes, P partly, N left out, – other subject"
    return ",  ".join(f"{letter} {words}" for letter, words in letters.items())


def _marks(
    rows: list[dict[str, Any]], middles: list[float], theme: Theme, plan: _Plan
) -> dict[str, Any]:
    """One trace of all marks; the letter stands on the shape."""
    cells = [
        (x, y, *cell)
        for row, y in zip(rows, middles, strict=True)
        for x, cell in zip(plan.article_at, row["cells"], strict=True)
    ]
    inks = [
        theme.on_mark
        if presence == "present"
        else theme.muted
        if presence == "not_applicable"
        else theme.article[article]
        for _, _, article, presence, _ in cells
    ]
    colours = [theme.article[article] for _, _, article, _, _ in cells]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x for x, *_ in cells],
        "y": [y for _, y, *_ in cells],
        "text": [f"<b>{PRESENCE_LETTERS[presence]}</b>" for *_, presence, _ in cells],
        "textposition": "middle center",
        "textfont": {"size": 11, "color": inks},
        "marker": {
            "symbol": [_SYMBOLS[presence][0] for *_, presence, _ in cells],
            "size": [_SYMBOLS[presence][1] for *_, presence, _ in cells],
            "color": colours,
            "line": {"width": 1.75, "color": colours},
        },
        "hovertext": [_wrapped(sentence, _HOVER_LETTERS) for *_, sentence in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _headings(rows: list[dict[str, Any]], theme: Theme, plan: _Plan) -> list[Text]:
    y = _HEADING_PX / 2
    articles = [article for article, _, _ in rows[0]["cells"]]
    texts = [
        Text(x, y, f"<b>{article}</b>", theme.article[article], "middle center", 14)
        for x, article in zip(plan.article_at, articles, strict=True)
    ]
    if plan.number_at is not None:
        words = "A number that was needed"
        texts.append(Text(plan.number_at, y, words, theme.muted, "middle right", 12))
    return texts


def _row_texts(row: dict[str, Any], y: float, theme: Theme, plan: _Plan) -> list[Text]:
    label = _wrapped(row["label"], plan.label_letters)
    texts = [Text(0, y, label, theme.ink, "middle right", plan.label_px)]
    if plan.number_at is None:
        return texts
    texts += [
        Text(x + 1.7, y, PRESENCE_WORDS[presence], theme.muted, "middle right", 12)
        for x, (_, presence, _) in zip(plan.article_at, row["cells"], strict=True)
        if presence != "not_applicable"
    ]
    if row["figure"]:
        words = escape(row["words"], quote=False).replace("{}", f"<b>{row['figure']}</b>")
        texts.append(Text(plan.number_at, y, words, theme.ink, "middle right", 13))
    else:
        words = "no number that we have read"
        texts.append(Text(plan.number_at, y, words, theme.muted, "middle right", 13))
    return texts


def _wrapped(text: str, letters: int) -> str:
    return "<br>".join(textwrap.wrap(escape(text, quote=False), letters, break_long_words=False))
