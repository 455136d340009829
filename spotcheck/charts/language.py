"""Pictures of how the articles are written, each figure with its error."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.text_profile import MAIN_FORMULA, YOURS
from spotcheck.charts.theme import ARTICLE_SYMBOLS, Text, Theme, draw, text_trace
from spotcheck.wording import NBSP, number

MOST_TERMS_NARROW: Final = 8
"""Words an article on a phone; the rest are in the table."""

_HEAD_PX, _ROW_PX, _GAP_PX = 24, 21, 12
_GRADE_PX, _TERM_PX = 56, 23
_WORD_SHARE, _COUNT_SHARE, _LABEL_SHARE, _BAR_SHARE = 0.29, 0.38, 0.4, 0.54
_MEASURE_PX = 46


def colour_of(article: str, theme: Theme) -> str:
    """Colour of an article; the reader's own text is in ink.

    Examples
    --------
    >>> from spotcheck.charts.theme import LIGHT
    >>> colour_of("yours", LIGHT) == LIGHT.ink
    True
    """
    return theme.article.get(article, theme.ink)


def symbol_of(article: str) -> str:
    """Mark of an article; the reader's own text is a star.

    Examples
    --------
    >>> symbol_of("B"), symbol_of("yours")
    ('square', 'star')
    """
    return ARTICLE_SYMBOLS.get(article, "star")


def rate_strips(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Rates per 100 words on one scale: a mark and its interval for each text, measure by measure.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`spotcheck.articles.text_profile.rates`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    places, heads, down = [], [], 0.0
    end = 1.04 * float(rows["high"].max())
    for label, cells in rows.groupby("label", sort=False):
        heads.append((str(label), down + _HEAD_PX / 2))
        down += _HEAD_PX
        for row in cells.to_dict("records"):
            places.append((row, down + _ROW_PX / 2))
            down += _ROW_PX
        down += _GAP_PX
    records = [row for row, _ in places]
    at = [place for _, place in places]
    room = end * (0.34 if narrow else 0.2)
    texts = [
        Text(end + room, place, f"{row['count']} in {row['words']:,}", theme.muted, "middle left",
             12)
        for row, place in places
    ]  # fmt: skip
    start = _left(end, records, narrow=narrow)
    texts += [
        Text(start, place, f"<b>{label}</b>", theme.ink, "middle right") for label, place in heads
    ]
    texts += _names(records, at, start, theme, narrow=narrow)
    lines = _segments([(row["low"], row["high"]) for row in records], at, theme, 2)
    hover = [
        f"<b>{_name(row)}: {number(row['rate'], 1)} per 100 words</b><br>"
        f"{_plain(row['label'])}: {row['count']} in {row['words']:,} words<br>"
        f"95{NBSP}% interval {number(row['low'], 1)} to {number(row['high'], 1)}"
        for row in records
    ]
    marks = _marks(records, [row["rate"] for row in records], at, hover, theme, 11)
    return draw(
        [lines, marks, text_trace(texts)],
        theme,
        height=round(down) + 38 + 36,
        unit="Per 100 words; at the right the count",
        xaxis={
            "range": [start, end + room],
            "tickvals": _even_ticks(0, end),
            "automargin": False,
        },
        yaxis={"range": [down, 0], "visible": False, "automargin": False},
        shapes=[_zero(at, theme)],
        margin={"l": 0, "r": 4},
        hovermode="closest",
    )


def _left(end: float, records: Sequence[dict[Any, Any]], *, narrow: bool) -> float:
    """Start of an axis that leaves room for the names of the texts."""
    has_yours = any(row["article_id"] == YOURS for row in records)
    share = 0.1 if narrow else 0.05
    return -end * share * (2 if has_yours else 1)


def _names(
    records: Sequence[dict[Any, Any]],
    at: Sequence[float],
    start: float,
    theme: Theme,
    *,
    narrow: bool,
) -> list[Text]:
    """Letter of each text at the left edge, clear of marks that stand at zero."""
    return [
        Text(start, place, f"<b>{_short(row['article_id'])}</b>",
             colour_of(row["article_id"], theme), "middle right", 12 if narrow else 13)
        for row, place in zip(records, at, strict=True)
    ]  # fmt: skip


def _short(article: str) -> str:
    return "Yours" if article == YOURS else article


def _name(row: dict[Any, Any]) -> str:
    return "Yours" if row["article_id"] == YOURS else f"Article {row['article_id']}"


def _even_ticks(low: float, high: float) -> list[int]:
    """Even numbers from below ``low`` up to ``high``, few enough for a phone.

    Examples
    --------
    >>> _even_ticks(10.8, 20.2), len(_even_ticks(0, 560))
    ([10, 12, 14, 16, 18, 20], 9)
    """
    step = 2 * math.ceil((high - low) / 18)
    return list(range(2 * math.floor(low / 2), math.floor(high) + 1, step))


def _zero(at: Sequence[float], theme: Theme) -> dict[str, Any]:
    """Line at zero beside every row, and not through the headings; all of it one path."""
    half = _ROW_PX / 2
    return {
        "type": "path",
        "path": "".join(f"M0,{place - half}V{place + half}" for place in at),
        "line": {"color": theme.axis, "width": 1},
        "layer": "below",
    }


def _segments(
    ends: Sequence[tuple[float, float]], at: Sequence[float], theme: Theme, width: int
) -> dict[str, Any]:
    """Level lines as one trace; a point of none keeps them apart."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for low, high in ends for x in (low, high, None)],
        "y": [y for place in at for y in (place, place, None)],
        "line": {"color": theme.hairline, "width": width},
        "hoverinfo": "skip",
    }


def _marks(
    records: Sequence[dict[Any, Any]],
    x: Sequence[float],
    at: Sequence[float],
    hover: Sequence[str],
    theme: Theme,
    size: int,
) -> dict[str, Any]:
    """One mark a row in its text's colour and shape."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(at),
        "marker": {
            "symbol": [symbol_of(row["article_id"]) for row in records],
            "color": [colour_of(row["article_id"], theme) for row in records],
            "size": size,
        },
        "cliponaxis": False,
        "hovertext": list(hover),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def grade_strips(grades: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """School grade of each text by every formula; the line is what the formulas span.

    Parameters
    ----------
    grades : DataFrame
        Rows of :func:`spotcheck.articles.text_profile.reading_grades`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    texts_of = list(dict.fromkeys(grades["article_id"]))
    height = {article: (place + 0.5) * _GRADE_PX for place, article in enumerate(texts_of)}
    low, high = float(grades["grade"].min()), float(grades["grade"].max())
    start, end = low - 1.0 - (high - low) * (0.16 if narrow else 0.06), high + 0.8
    is_main = grades["metric"].eq(MAIN_FORMULA)
    mains, others = grades[is_main].to_dict("records"), grades[~is_main].to_dict("records")
    spans = grades.groupby("article_id", sort=False)["grade"].agg(["min", "max"])
    ends = list(zip(spans["min"], spans["max"], strict=True))
    named = [row for row in others if row["syllables"] != "rule"]
    texts = [
        Text(row["grade"], height[row["article_id"]] + 9, row["letter"], theme.muted,
             "bottom center", 12)
        for row in [*named, *mains]
    ] + [
        Text(start, height[article], f"<b>{_short(article)}</b>", colour_of(article, theme),
             "middle right", 14)
        for article in texts_of
    ] + [
        Text(row["grade"], height[row["article_id"]] - 8, f"<b>{number(row['grade'])}</b>",
             theme.ink, "top center")
        for row in mains
    ]  # fmt: skip
    small = {
        "type": "scatter",
        "mode": "markers",
        "x": [row["grade"] for row in others],
        "y": [height[row["article_id"]] for row in others],
        "marker": {
            "symbol": "circle",
            "size": 9,
            "color": [
                theme.paper if row["syllables"] == "rule" else colour_of(row["article_id"], theme)
                for row in others
            ],
            "line": {
                "width": 1.5,
                "color": [colour_of(row["article_id"], theme) for row in others],
            },
        },
        "hovertext": [_grade_hover(row) for row in others],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    marks = _marks(
        mains,
        [row["grade"] for row in mains],
        [height[row["article_id"]] for row in mains],
        [_grade_hover(row) for row in mains],
        theme,
        14,
    )
    down = _GRADE_PX * len(texts_of)
    return draw(
        [_segments(ends, list(height.values()), theme, 2), small, marks, text_trace(texts)],
        theme,
        height=down + 38 + 36,
        unit="School grade",
        xaxis={
            "range": [start, end],
            "tickvals": _even_ticks(low, high + 1),
            "automargin": False,
        },
        yaxis={"range": [down, 0], "visible": False, "automargin": False},
        margin={"l": 4, "r": 12},
        hovermode="closest",
    )


_SYLLABLES = {
    "dictionary": ", syllables by a dictionary",
    "rule": ", syllables by our rule",
    "none": "",
}


def _grade_hover(row: dict[Any, Any]) -> str:
    label = _plain(row["label"].removesuffix(" (rule)"))
    head = f"<b>{_name(row)}: grade {number(row['grade'])}</b>"
    return f"{head}<br>{label}{_SYLLABLES[row['syllables']]}"


class _Panel(NamedTuple):
    """Where the words of one article stand."""

    article: str
    left: float
    top: float
    terms: pd.DataFrame


def term_bars(terms: pd.DataFrame, threshold: float, theme: Theme, *, narrow: bool) -> go.Figure:
    """Words that mark each article, strongest first, all on one scale.

    A hollow bar is a word too rare to trust; the line is what chance alone can reach.

    Parameters
    ----------
    terms : DataFrame
        Rows of :func:`spotcheck.articles.text_profile.marking_terms`.
    threshold : float
        Log-likelihood of the line.
    theme : Theme
        Colours.
    narrow : bool
        Articles below each other, with the strongest words only.
    """
    most = MOST_TERMS_NARROW if narrow else int(terms.groupby("article_id").size().max())
    panel_px = 30 + _TERM_PX * most
    panels = [
        _Panel(
            str(article),
            0.0 if narrow else float(place),
            float(place * (panel_px + 10)) if narrow else 0.0,
            cells.head(most),
        )
        for place, (article, cells) in enumerate(terms.groupby("article_id", sort=True))
    ]
    scale = _BAR_SHARE / float(terms["log_likelihood"].max())
    down = max(panel.top for panel in panels) + panel_px
    texts = [text for panel in panels for text in _term_texts(panel, theme)]
    return draw(
        [*(_term_trace(panel, scale, theme) for panel in panels), text_trace(texts)],
        theme,
        height=round(down) + 38 + 8,
        unit="Times here : in the others; log-likelihood",
        xaxis={"visible": False, "range": [0, 1 if narrow else len(panels)], "automargin": False},
        yaxis={"visible": False, "range": [down, 0], "automargin": False},
        shapes=[_threshold(panels, panel_px, scale * threshold, theme)],
        margin={"l": 0, "r": 0, "b": 8},
        barmode="overlay",
        hovermode="closest",
    )


def _term_at(panel: _Panel) -> list[float]:
    return [panel.top + 30 + (place + 0.5) * _TERM_PX for place in range(len(panel.terms))]


def _term_trace(panel: _Panel, scale: float, theme: Theme) -> dict[str, Any]:
    colour = theme.article[panel.article]
    rows = panel.terms.to_dict("records")
    return {
        "type": "bar",
        "orientation": "h",
        "name": panel.article,
        "base": [panel.left + _LABEL_SHARE] * len(rows),
        "x": [scale * row["log_likelihood"] for row in rows],
        "y": _term_at(panel),
        "width": 0.62 * _TERM_PX,
        "marker": {
            "color": [theme.paper if row["is_rare"] else colour for row in rows],
            "line": {"color": colour, "width": 1.5},
        },
        "hovertext": [
            f"<b>{_plain(row['term'])}</b><br>{row['count_in']} times in {panel.article}, "
            f"{row['count_others']} in the other two<br>"
            f"log-likelihood {number(row['log_likelihood'], 1)}, "
            f"log ratio {number(row['log_ratio'], 1)}"
            + ("<br>too rare to trust" if row["is_rare"] else "")
            for row in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _term_texts(panel: _Panel, theme: Theme) -> list[Text]:
    """Heading of a panel, its words and their counts."""
    start = panel.left + _LABEL_SHARE
    colour = theme.article[panel.article]
    texts = [Text(start, panel.top + 14, f"<b>{panel.article}</b>", colour, "middle right", 14)]
    for row, place in zip(panel.terms.to_dict("records"), _term_at(panel), strict=True):
        texts += [
            Text(panel.left + _WORD_SHARE, place, _plain(row["term"]), theme.ink, "middle left"),
            Text(
                panel.left + _COUNT_SHARE,
                place,
                f"{row['count_in']} : {row['count_others']}",
                theme.muted,
                "middle left",
                12,
            ),
        ]
    return texts


def _threshold(
    panels: Sequence[_Panel], panel_px: float, along: float, theme: Theme
) -> dict[str, Any]:
    """Line in every panel, all of them one path."""
    path = "".join(
        f"M{panel.left + _LABEL_SHARE + along},{panel.top + 26}V{panel.top + panel_px}"
        for panel in panels
    )
    return {
        "type": "path",
        "path": path,
        "line": {"color": theme.muted, "width": 1.5, "dash": "5px,4px"},
        "layer": "above",
    }


def likeness_grid(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Measures by pairs of articles: a number, and a bar on a scale from 0 to 1 beneath it.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`spotcheck.articles.text_profile.likeness`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    measures = list(dict.fromkeys(rows["label"]))
    pairs = list(dict.fromkeys(rows["pair"]))
    first = 34.0 if narrow else 30.0
    width = (100 - first) / len(pairs)
    left = {pair: first + place * width for place, pair in enumerate(pairs)}
    middle = {label: 30 + (place + 0.5) * _MEASURE_PX for place, label in enumerate(measures)}
    records = rows.to_dict("records")
    # A count has no scale from 0 to 1.
    shares = [row for row in records if row["value"] <= 1]
    size = 12 if narrow else 13
    texts = [
        Text(left[pair], 14, f"<b>{pair.replace(' and ', f'{NBSP}·{NBSP}')}</b>", theme.ink,
             "middle right", 13)
        for pair in pairs
    ] + [
        Text(0, middle[label], "<br>".join(textwrap.wrap(label, 15 if narrow else 30)), theme.ink,
             "middle right", size)
        for label in measures
    ] + [
        Text(left[row["pair"]], middle[row["label"]] - 6, _likeness_text(row, narrow=narrow),
             theme.ink, "middle right", size)
        for row in records
    ]  # fmt: skip
    down = 30 + _MEASURE_PX * len(measures)
    tracks = [
        _bar(shares, left, middle, [0.88 * width] * len(shares), theme.panel, ""),
        _bar(
            shares,
            left,
            middle,
            [0.88 * width * row["value"] for row in shares],
            theme.muted,
            "value",
        ),
    ]
    return draw(
        [*tracks, text_trace(texts)],
        theme,
        height=down + 38 + 8,
        unit="Bars from 0, nothing shared, to 1, the same",
        xaxis={"visible": False, "range": [0, 100], "automargin": False},
        yaxis={"visible": False, "range": [down, 0], "automargin": False},
        margin={"l": 0, "r": 0, "b": 8},
        barmode="overlay",
        hovermode="closest",
    )


def _bar(
    shares: Sequence[dict[Any, Any]],
    left: dict[str, float],
    middle: dict[str, float],
    lengths: Sequence[float],
    colour: str,
    name: str,
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "base": [left[row["pair"]] for row in shares],
        "x": list(lengths),
        "y": [middle[row["label"]] + 9 for row in shares],
        "width": 6,
        "marker": {"color": colour},
        "hovertext": [
            f"<b>{row['pair']}</b><br>{_plain(row['label'])}: {_figure(row)}" for row in shares
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _likeness_text(row: dict[Any, Any], *, narrow: bool) -> str:
    """Number of a cell, bold for the nearest pair, with its interval where there is one."""
    figure = f"<b>{_figure(row)}</b>" if row["is_nearest"] else _figure(row)
    if pd.isna(row["low"]) or narrow:
        return figure
    return f"{figure} ({number(row['low'], 2)} to {number(row['high'], 2)})"


def _figure(row: dict[Any, Any]) -> str:
    """Value as it is printed: counts whole, small shares with the digits that tell them apart."""
    return number(row["value"], 0 if row["value"] > 1 else 2 if row["value"] >= 0.05 else 3)


def _plain(text: str) -> str:
    """Words of a table, safe against Plotly's own markup."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")
