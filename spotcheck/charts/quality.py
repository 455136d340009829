"""Picture of a reporting checklist: how far each item is met, article by article."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import readable_ink
from spotcheck.charts.theme import Text, Theme, draw, mixed, text_trace

_KEYS = {
    "letters": "M met, N not met",
    "marks": "Marks from 1 to 5",
    "points": "M met, P partly, N not; points of the most",
}
_LABEL_AT = 1.5
_HEAD_PX, _LINE_PX, _GAP_PX = 30, 17, 4


def checklist_grid(
    scored: pd.DataFrame, theme: Theme, *, scale: str, narrow: bool, chosen: int
) -> go.Figure:
    """Items by articles: a letter or a number in each cell, darker the further the item is met.

    Parameters
    ----------
    scored : DataFrame
        Rows of :func:`spotcheck.articles.quality.scored_items`.
    theme : Theme
        Colours.
    scale : {'letters', 'marks', 'points'}
        How the items are scored.
    narrow : bool
        Lay it out for a phone.
    chosen : int
        Number of the item whose row is marked.

    Returns
    -------
    Figure
        Every cell has its item's number as its ``customdata``.
    """
    articles = sorted(scored["article_id"].unique())
    first_cell = 46 if narrow else 52
    cell_width = (100 - first_cell) / len(articles)
    items = scored.drop_duplicates("item_no")[["item_no", "item"]]
    labels = [
        "<br>".join(textwrap.wrap(f"{row.item_no}  {_plain(row.item)}", 21 if narrow else 44))
        for row in items.itertuples()
    ]
    row_px = max(32, _LINE_PX * max(label.count("<br>") + 1 for label in labels) + 8)
    middles = {
        number: _HEAD_PX + (place + 0.5) * row_px for place, number in enumerate(items["item_no"])
    }
    starts = {article: first_cell + place * cell_width for place, article in enumerate(articles)}
    height = _HEAD_PX + row_px * len(items)
    texts = [
        Text(starts[article] + cell_width / 2, _HEAD_PX / 2, f"<b>{article}</b>", colour,
             "middle center", 14)
        for article, colour in theme.article.items()
        if article in starts
    ] + [
        Text(_LABEL_AT, middle, f"<b>{label}</b>" if number == chosen else label, theme.ink,
             "middle right", 12 if narrow else 13)
        for label, (number, middle) in zip(labels, middles.items(), strict=True)
    ]  # fmt: skip
    return draw(
        [_cells(scored, theme, middles, starts, cell_width, row_px), text_trace(texts)],
        theme,
        height=38 + 8 + height,
        unit=_unit(scored, scale),
        xaxis={"visible": False, "range": [0, 100], "automargin": False},
        yaxis={"visible": False, "range": [height, 0], "automargin": False},
        shapes=_mark(middles[chosen], row_px, theme) if chosen in middles else [],
        margin={"l": 0, "r": 0, "b": 8},
        hovermode="closest",
        barmode="overlay",
        clickable=True,
    )


def _unit(scored: pd.DataFrame, scale: str) -> str:
    """What the letters mean; the dash only where it stands."""
    missing = "" if scored["is_applicable"].all() else ", – does not apply"
    return _KEYS[scale] + missing


def cell_colour(met: float, theme: Theme) -> str:
    """Shade of a cell: the panel's where nothing is met, the accent where all is.

    Examples
    --------
    >>> from spotcheck.charts.theme import LIGHT
    >>> cell_colour(0.0, LIGHT) == LIGHT.panel, cell_colour(1.0, LIGHT) == LIGHT.accent
    (True, True)
    """
    return mixed(theme.panel, theme.accent, met)


def _cells(
    scored: pd.DataFrame,
    theme: Theme,
    middles: dict[int, float],
    starts: dict[str, float],
    width: float,
    row_px: int,
) -> dict[str, Any]:
    """Cells as bars, as these can be clicked anywhere."""
    records = scored.to_dict("records")
    fills = [
        cell_colour(row["met"], theme) if row["is_applicable"] else theme.paper for row in records
    ]
    inks = [
        readable_ink(fill) if row["is_applicable"] else theme.muted
        for fill, row in zip(fills, records, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [middles[row["item_no"]] for row in records],
        "base": [starts[row["article_id"]] + 0.4 for row in records],
        "x": [width - 0.8] * len(records),
        "width": row_px - _GAP_PX,
        "marker": {"color": fills, "line": {"width": 1, "color": theme.hairline}},
        "text": [f"<b>{row['cell']}</b>" for row in records],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 13, "color": inks},
        "constraintext": "none",
        "customdata": [row["item_no"] for row in records],
        "hovertext": [_hover(row) for row in records],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _hover(row: dict[Any, Any]) -> str:
    reason = "<br>".join(textwrap.wrap(_plain(row["reason"]), 44))
    return f"<b>Article {row['article_id']}: {row['said']}</b><br>{_plain(row['item'])}<br>{reason}"


def _mark(middle: float, row_px: int, theme: Theme) -> list[dict[str, Any]]:
    """Panel and bar at the left of the chosen row."""
    return [
        {
            "type": "rect",
            "x0": 0,
            "x1": end,
            "y0": middle - row_px / 2,
            "y1": middle + row_px / 2,
            "fillcolor": colour,
            "line": {"width": 0},
            "layer": "below",
        }
        for end, colour in ((100, theme.panel), (0.5, theme.accent))
    ]


def _plain(text: str) -> str:
    """Words of a table, safe against Plotly's own markup."""
    return str(text).replace("&", "&amp;").replace("<", "&lt;").replace("%{", "% {")
