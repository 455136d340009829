"""Pictures of how sure the articles sound, and of how their claims fare."""

from __future__ import annotations

import math
import textwrap
from html import escape
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.certainty import FIT_WORDS, REASON_WORDS
from spotcheck.articles.evidence import GRADES
from spotcheck.articles.story import GRADE_WORDS, VERDICT_WORDS, WORDING_WORDS
from spotcheck.charts.theme import ARTICLE_SYMBOLS, Text, Theme, draw, text_trace
from spotcheck.wording import NBSP

# From left to right; a topic without a grade stands apart.
_GRADES_ACROSS = tuple(reversed(GRADES))
_APART = "not_graded"
_GAP = 0.12
_SIGNS = {"A": "●", "B": "■", "C": "▲"}
_HOVER_LETTERS = 44
_UNFADED: dict[str, Any] = {
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}
BARS_SHOWN = (
    *("supported", "partly_supported", "overstated", "contested", "contradicted"),
    *("unsupported", "not_checkable"),
)


class _Plan(NamedTuple):
    """Size of the plane: marks in a row of a cell, and pixels."""

    across: int
    pitch_px: float
    size_px: float
    heading_px: float
    text_px: int


_WIDE = _Plan(9, 22, 13, 46, 13)
_NARROW = _Plan(5, 15.5, 11, 42, 12)
# Rows of marks that each band of the plane has room for, so that few changes move it.
_ROWS = {"assertive": (4, 6), "attributed": (1, 1), "hedged": (2, 3)}


def certainty_plane(judged: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Claims by how firmly they are said and how certain the evidence is.

    Claims of one cell stand in rows, article by article; only the cell has a meaning.

    Parameters
    ----------
    judged : DataFrame
        Result of `spotcheck.articles.certainty.judged_claims`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.

    Returns
    -------
    Figure
        One trace of marks, each with its topic as ``customdata``; filled where wording and
        evidence do not fit.
    """
    plan = _NARROW if narrow else _WIDE
    rows = judged.sort_values(["article_id", "claim_id"])
    bands = _bands(rows, plan, narrow=narrow)
    height = bands["hedged"][1]
    has_apart = rows["grade"].eq(_APART).any()
    left = (-1 - _GAP if has_apart else 0.0) - 0.01
    shown = [one for one in _GRADES_ACROSS if has_apart or one != _APART]
    return draw(
        [
            _marks(rows, _places(rows, plan, bands), theme, plan),
            text_trace(_names(bands, theme, plan)),
        ],
        theme,
        height=round(height) + 38 + 36,
        unit="Certainty of the evidence (GRADE) →",
        xaxis={
            "range": [left, 4.01],
            "tickvals": [_cell_middle(one) for one in shown],
            "ticktext": [GRADE_WORDS[one] for one in shown],
            "ticks": "",
            "automargin": False,
        },
        yaxis={"range": [height, 0], "visible": False, "automargin": False},
        shapes=_quadrants(bands, theme),
        margin={"l": 4, "r": 4},
        hovermode="closest",
        clickable=True,
    )


def _bands(rows: pd.DataFrame, plan: _Plan, *, narrow: bool) -> dict[str, tuple[float, float]]:
    """Top and bottom of each band of wording [px], high enough for its fullest cell."""
    counts = rows.groupby(["wording_certainty", "grade"]).size()
    bands, top = {}, 0.0
    for wording, usual in _ROWS.items():
        fullest = counts.get(wording, pd.Series([0])).max()
        n_rows = max(usual[narrow], math.ceil(fullest / plan.across))
        heading = 22.0 if wording == "attributed" else plan.heading_px
        bottom = top + heading + n_rows * plan.pitch_px + 8
        bands[wording] = (top, bottom)
        top = bottom
    return bands


def _cell_middle(grade: str) -> float:
    at = _GRADES_ACROSS.index(grade)
    return -0.5 - _GAP if grade == _APART else at - 0.5


def _places(
    rows: pd.DataFrame, plan: _Plan, bands: dict[str, tuple[float, float]]
) -> tuple[list[float], list[float]]:
    """Where each mark stands: its cell, filled row by row from the top."""
    across, down = [], []
    taken: dict[tuple[str, str], int] = {}
    sizes = rows.groupby(["wording_certainty", "grade"]).size().to_dict()
    for cell in zip(rows["wording_certainty"], rows["grade"], strict=True):
        at = taken.get(cell, 0)
        taken[cell] = at + 1
        row, column = divmod(at, plan.across)
        in_row = min(plan.across, sizes[cell] - row * plan.across)
        across.append(_cell_middle(cell[1]) + (column - (in_row - 1) / 2) * 0.9 / plan.across)
        heading = 22.0 if cell[0] == "attributed" else plan.heading_px
        down.append(bands[cell[0]][0] + heading + (row + 0.5) * plan.pitch_px)
    return across, down


def _marks(
    rows: pd.DataFrame, places: tuple[list[float], list[float]], theme: Theme, plan: _Plan
) -> dict[str, Any]:
    colours = rows["article_id"].map(theme.article).tolist()
    misfits = rows["fit"].isin(["too_sure", "too_shy"])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": places[0],
        "y": places[1],
        "marker": {
            "symbol": [
                ARTICLE_SYMBOLS[article] + ("" if is_misfit else "-open")
                for article, is_misfit in zip(rows["article_id"], misfits, strict=True)
            ],
            "size": [
                plan.size_px * (0.6 if fit == "not_judged" else 0.9 if article == "B" else 1)
                for article, fit in zip(rows["article_id"], rows["fit"], strict=True)
            ],
            "color": colours,
            # Where sizes differ, Plotly would make marks half clear.
            "opacity": 1,
            "line": {"width": 1.75, "color": colours},
        },
        "customdata": rows["topic_id"].tolist(),
        "hovertext": [_hover(row) for row in rows.to_dict("records")],
        "hovertemplate": "%{hovertext}<extra></extra>",
        **_UNFADED,
    }


def _hover(row: dict[Any, Any]) -> str:
    """A claim in words."""
    lines = [
        f"<b>{row['claim_id']}</b>, article {row['article_id']}: "
        f"{WORDING_WORDS[row['wording_certainty']].lower()}",
        *_wrapped(row["claim"] + "."),
        *_wrapped(f"Verdict: {VERDICT_WORDS[row['verdict']].lower()}."),
        *_wrapped(f"Topic: {row['short_label']}; certainty: {GRADE_WORDS[row['grade']]}."),
        *_wrapped(f"{FIT_WORDS[row['fit']]}: {REASON_WORDS[row['reason']]}."),
    ]
    return "<br>".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(escape(text, quote=False), _HOVER_LETTERS, break_long_words=False)


def _names(bands: dict[str, tuple[float, float]], theme: Theme, plan: _Plan) -> list[Text]:
    """Names of the four quadrants, and of the band between them."""
    named = (
        ("assertive", 0, "Too sure", "firm words, thin ground"),
        ("assertive", 2, "About right", "firm words, firm ground"),
        ("hedged", 0, "About right", "careful words, thin ground"),
        ("hedged", 2, "Too shy", "careful words, firm ground"),
    )
    muted = f'<span style="color:{theme.muted};font-size:{plan.text_px - 1}px">'
    texts = [
        Text(
            left + 0.03,
            bands[band][0] + 4,
            f"<b>{name}</b><br>{muted}{meaning}</span>",
            theme.ink,
            "bottom right",
            plan.text_px + 1,
        )
        for band, left, name, meaning in named
    ]
    return [
        *texts,
        Text(
            0.03,
            bands["attributed"][0] + 2,
            "credited to others",
            theme.muted,
            "bottom right",
            plan.text_px - 1,
        ),
    ]


def _quadrants(bands: dict[str, tuple[float, float]], theme: Theme) -> list[dict[str, Any]]:
    """Panels under the two quadrants of claims that do not fit, and the lines between the four."""
    panels = [
        {
            "type": "rect",
            "x0": left,
            "x1": left + 2,
            "y0": bands[band][0],
            "y1": bands[band][1],
            "fillcolor": theme.panel,
            "line": {"width": 0},
            "layer": "below",
        }
        for band, left in (("assertive", 0), ("hedged", 2))
    ]
    bottom = bands["hedged"][1]
    lines = [(2, 0, 2, bottom)] + [
        (0, bands["attributed"][end], 4, bands["attributed"][end]) for end in (0, 1)
    ]
    return [
        *panels,
        {
            "type": "path",
            "path": " ".join(f"M{x0},{y0}L{x1},{y1}" for x0, y0, x1, y1 in lines),
            "line": {"width": 1, "color": theme.axis},
            "layer": "below",
        },
    ]


def verdict_bars(counts: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """How the claims of each article fare, as small bars on one scale.

    Parameters
    ----------
    counts : DataFrame
        Result of `spotcheck.articles.claims.claim_counts` by verdict, with the articles to show.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    verdicts = [one for one in BARS_SHOWN if one != "not_checkable" or int(counts[one].sum()) > 0]
    most = max(int(counts[verdicts].to_numpy().max()), 1)
    # One unit is a claim; each article has a lane of its own, with room for the number.
    lane = most * 1.4
    starts = {article: at * lane for at, article in enumerate(counts.index)}
    label_room = lane * len(starts) * (0.62 if narrow else 0.24)
    cells = [
        (starts[article], row, int(counts.loc[article, verdict]), article)
        for row, verdict in enumerate(verdicts)
        for article in counts.index
    ]
    texts = [
        Text(-label_room, row, VERDICT_WORDS[one], theme.ink, "middle right", 12 if narrow else 13)
        for row, one in enumerate(verdicts)
    ]
    texts += [
        Text(start + n, row, f"{NBSP}{n}", theme.ink if n else theme.muted, "middle right", 12)
        for start, row, n, _ in cells
    ]
    texts += [
        Text(start, -0.95, f"<b>{_SIGNS[article]}{NBSP}{article}</b>", theme.article[article],
             "middle right", 14)
        for article, start in starts.items()
    ]  # fmt: skip
    bars = {
        "type": "bar",
        "orientation": "h",
        "base": [start for start, *_ in cells],
        "y": [row for _, row, *_ in cells],
        "x": [n for *_, n, _ in cells],
        "width": 0.56,
        "marker": {"color": [theme.article[article] for *_, article in cells]},
        "hovertext": [
            f"{VERDICT_WORDS[verdicts[row]]}: {n} {'claim' if n == 1 else 'claims'} of {article}"
            for _, row, n, article in cells
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return draw(
        [bars, text_trace(texts)],
        theme,
        height=38 + 28 * (len(verdicts) + 1) + 8,
        unit="Number of claims",
        xaxis={"range": [-label_room, lane * len(starts)], "visible": False, "automargin": False},
        yaxis={"range": [len(verdicts) - 0.5, -1.5], "visible": False, "automargin": False},
        barmode="overlay",
        margin={"l": 0, "r": 4, "b": 8},
    )
