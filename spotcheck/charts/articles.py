"""Pictures of the articles page."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.story import DIRECTION_GLYPHS, DIRECTION_WORDS
from spotcheck.charts.theme import Clickable, Theme, frame

STANCE_LETTERS = {"supports": "S", "qualifies": "Q", "contradicts": "X", "silent": ""}
_STANCE_SYMBOLS = {
    "supports": ("circle", 22),
    "qualifies": ("diamond-open", 21),
    "contradicts": ("square", 20),
    "silent": ("circle", 5),
}
# Number of bars that are filled for each grade.
_FILLED_BARS = {"high": 4, "moderate": 3, "low": 2, "very_low": 1, "not_graded": 0}
_CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class _Layout:
    """Heights in pixels, places along the width in per cent of it."""

    row_px: int
    label_letters: int
    label_px: int
    label_at: float
    article_at: dict[str, float]
    direction_at: float
    bars_at: float
    bars_end: float
    heading_px: int = 30
    theme_px: int = 28


_WIDE = _Layout(38, 40, 13, 1.5, {"A": 47, "B": 55, "C": 63}, 70, 88, 95)
_NARROW = _Layout(46, 19, 12, 1.5, {"A": 43.5, "B": 53.5, "C": 63.5}, 69.5, 90, 98.5)


def stance_matrix(
    topics: pd.DataFrame, marks: pd.DataFrame, theme: Theme, *, narrow: bool, chosen: str
) -> go.Figure:
    """Topics by articles: what each says, what the studies say, and how certain that is.

    Parameters
    ----------
    topics : DataFrame
        Rows in order, those of a theme together: ``topic_id``, ``theme_label``, ``short_label``,
        ``evidence_direction``, ``grade`` and ``evidence``, the sentence shown on hover.
    marks : DataFrame
        One row a topic and article: ``topic_id``, ``article_id``, ``stance`` and ``sentence``,
        shown on hover.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels are wrapped and rows are higher, for a phone.
    chosen : str
        Topic whose row is marked; it need not be among the rows.

    Returns
    -------
    Figure
        Every mark that can be hovered over has the topic as its ``customdata``.
    """
    plan = _NARROW if narrow else _WIDE
    rows = topics.reset_index(drop=True)
    is_first = rows["theme_label"].ne(rows["theme_label"].shift())
    above_px = is_first.cumsum() * plan.theme_px
    rows["y"] = plan.heading_px + above_px + (rows.index + 0.5) * plan.row_px
    height_px = float(rows["y"].iloc[-1]) + plan.row_px / 2

    figure = Clickable()
    frame(figure, theme, height=round(height_px) + 38 + 8, unit=_key(narrow))
    figure.update_layout(
        margin={"l": 0, "r": 0, "b": 8}, hovermode="closest", barmode="overlay", barcornerradius=1
    )
    figure.update_xaxes(visible=False, range=[0, 100])
    figure.update_yaxes(visible=False, range=[height_px, 0])

    _rows(figure, rows, theme, plan, chosen)
    _themes(figure, rows[is_first], theme, plan)
    _headings(figure, theme, plan)
    _labels(figure, rows, theme, plan, chosen)
    _bars(figure, rows, theme, plan)
    placed = marks.merge(rows[["topic_id", "short_label", "y"]], on="topic_id")
    for (article, stance), cells in placed.groupby(["article_id", "stance"], sort=True):
        _marks(figure, cells, str(article), str(stance), theme, plan)
    return figure


def _key(narrow: bool) -> str:
    if narrow:
        return "S yes, Q with limits, X no, · silent"
    return "S says so,  Q agrees with limits,  X says the opposite,  · says nothing"


def _rows(figure: go.Figure, rows: pd.DataFrame, theme: Theme, plan: _Layout, chosen: str) -> None:
    """Rows that can be clicked anywhere, the chosen one on a panel with a bar at its left."""
    for y in rows.loc[rows["topic_id"].eq(chosen), "y"]:
        top, bottom = y - plan.row_px / 2, y + plan.row_px / 2
        for end, colour in ((100, theme.panel), (0.5, theme.accent)):
            figure.add_shape(
                type="rect",
                x0=0,
                x1=end,
                y0=top,
                y1=bottom,
                fillcolor=colour,
                line_width=0,
                layer="below",
            )
    split = plan.direction_at - 2
    for start, end in ((0, split), (split, 100)):
        figure.add_bar(
            y=rows["y"],
            x=[end - start] * len(rows),
            base=start,
            width=plan.row_px,
            orientation="h",
            marker={"color": _CLEAR, "line": {"width": 0}},
            customdata=rows["topic_id"],
            hovertext=_hover(rows["short_label"], rows["evidence"]),
            hovertemplate="%{hovertext}<extra></extra>",
            **_unfaded(),
        )


def _themes(figure: go.Figure, first: pd.DataFrame, theme: Theme, plan: _Layout) -> None:
    """Name of each theme over its rows, and a thin rule between themes."""
    tops = first["y"] - plan.row_px / 2 - plan.theme_px
    for top in tops:
        figure.add_shape(
            type="line", x0=0, x1=100, y0=top, y1=top, line={"color": theme.grid, "width": 1}
        )
    _text(
        figure,
        [plan.label_at] * len(first),
        tops + plan.theme_px / 2 + 3,
        first["theme_label"],
        theme.muted,
        size=12,
    )


def _headings(figure: go.Figure, theme: Theme, plan: _Layout) -> None:
    y = plan.heading_px / 2
    for article, x in plan.article_at.items():
        colour = theme.article[article]
        _text(figure, [x], [y], [f"<b>{article}</b>"], colour, size=14, side="center")
    _text(figure, [plan.direction_at], [y], ["Studies"], theme.muted, size=12)
    _text(figure, [plan.bars_end], [y], ["GRADE"], theme.muted, size=12, side="left")


def _labels(
    figure: go.Figure, rows: pd.DataFrame, theme: Theme, plan: _Layout, chosen: str
) -> None:
    wrapped = [_wrapped(label, plan.label_letters) for label in rows["short_label"]]
    texts = [
        f"<b>{text}</b>" if topic == chosen else text
        for text, topic in zip(wrapped, rows["topic_id"], strict=True)
    ]
    _text(figure, [plan.label_at] * len(rows), rows["y"], texts, theme.ink, size=plan.label_px)
    directions = [
        f"{DIRECTION_GLYPHS[one]} {DIRECTION_WORDS[one]}" for one in rows["evidence_direction"]
    ]
    _text(figure, [plan.direction_at] * len(rows), rows["y"], directions, theme.ink, size=12)


def _bars(figure: go.Figure, rows: pd.DataFrame, theme: Theme, plan: _Layout) -> None:
    """Four rising bars a row, filled as far as the grade goes."""
    pitch = (plan.bars_end - plan.bars_at) / 4
    cells = [
        (plan.bars_at + (step + 0.5) * pitch, row.y + 9, -(5 + 4 * step), step < filled)
        for row in rows.itertuples()
        for filled in [_FILLED_BARS[row.grade]]
        for step in range(4)
    ]
    figure.add_bar(
        x=[x for x, *_ in cells],
        base=[base for _, base, *_ in cells],
        y=[height for *_, height, _ in cells],
        width=0.72 * pitch,
        marker={
            "color": [theme.ink if is_filled else theme.neutral_bar for *_, is_filled in cells],
            "line": {"width": 0},
        },
        hoverinfo="skip",
        name="grade",
        **_unfaded(),
    )


def _marks(
    figure: go.Figure,
    cells: pd.DataFrame,
    article: str,
    stance: str,
    theme: Theme,
    plan: _Layout,
) -> None:
    """One article's marks of one stance; the letter stands on the shape."""
    symbol, size = _STANCE_SYMBOLS[stance]
    colour = theme.article[article]
    ink = colour if stance == "qualifies" else theme.on_mark
    figure.add_scatter(
        x=[plan.article_at[article]] * len(cells),
        y=cells["y"],
        mode="markers+text",
        text=[f"<b>{STANCE_LETTERS[stance]}</b>"] * len(cells),
        textposition="middle center",
        textfont={"size": 11, "color": ink},
        marker={
            "symbol": symbol,
            "size": size,
            "color": theme.hairline if stance == "silent" else colour,
            "line": {"width": 1.75 if stance == "qualifies" else 0, "color": colour},
        },
        customdata=cells["topic_id"],
        hovertext=_hover(cells["short_label"], cells["sentence"]),
        hovertemplate="%{hovertext}<extra></extra>",
        name=f"{article} {stance}",
        **_unfaded(ink),
    )


def _text(
    figure: go.Figure,
    x: list[float],
    y: Any,
    texts: Any,
    colour: str,
    *,
    size: int,
    side: str = "right",
) -> None:
    """Words at the right of their place, at its left, or centred on it."""
    figure.add_scatter(
        x=x,
        y=y,
        mode="text",
        text=texts,
        textposition=f"middle {side}",
        textfont={"size": size, "color": colour},
        hoverinfo="skip",
        cliponaxis=False,
        **_unfaded(colour),
    )


def _unfaded(text_colour: str = "") -> dict[str, Any]:
    """What keeps marks as they are when another one is clicked."""
    state: dict[str, Any] = {"marker": {"opacity": 1}}
    if text_colour:
        state["textfont"] = {"color": text_colour}
    return {"selected": state, "unselected": state}


def _hover(labels: pd.Series, sentences: pd.Series) -> list[str]:
    return [
        f"<b>{label}</b><br>{_wrapped(sentence, 44)}"
        for label, sentence in zip(labels, sentences, strict=True)
    ]


def _wrapped(text: str, letters: int) -> str:
    return "<br>".join(textwrap.wrap(text, letters, break_long_words=False))
