"""Picture of the studies: what each says of a topic, how large it is and of which design."""

from __future__ import annotations

import math
import textwrap
from html import escape
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from spotcheck.articles.board import FAMILY_WORDS, STATUS_WORDS
from spotcheck.articles.story import DIRECTION_GLYPHS, DIRECTION_WORDS, study_details
from spotcheck.charts.theme import Text, Theme, draw, text_trace

COLUMNS = ("contradicts", "mixed", "supports")
# No shape that means a direction or an article elsewhere on the page.
FAMILY_SYMBOLS = {
    "systematic": ("star", 15),
    "trial": ("circle", 12),
    "cohort": ("square", 11),
    "before_after": ("hourglass", 12),
    "laboratory": ("cross", 12),
    "review": ("triangle-right", 12),
}
_DECADES = 6
_COLUMN = 1.0
_HOVER_LETTERS = 46


class _Plan(NamedTuple):
    """Sizes of the board [px]; ``column_px`` is what a column has at the least."""

    column_px: float
    decade_px: float
    pitch_px: float
    scale: float
    tick_px: int
    key_columns: int


_WIDE = _Plan(270, 58, 15, 1, 12, 3)
_NARROW = _Plan(92, 66, 12, 0.82, 11, 1)
_HEADING_PX, _KEY_PX, _BAND_GAP_PX = 30, 22, 14


def evidence_board(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Studies by direction and number of people; those without a number in a band on top.

    Marks that would touch stand beside each other; within a column only the height has a meaning.

    Parameters
    ----------
    rows : DataFrame
        Result of `spotcheck.articles.board.board_rows`.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.

    Returns
    -------
    Figure
        The first trace has one mark a row, with its topic as ``customdata``; hollow where we have
        not seen the study.
    """
    plan = _NARROW if narrow else _WIDE
    ordered = rows.sort_values(["study_id", "topic_id"])
    band = _band_px(ordered, plan)
    bottom = _HEADING_PX + band + _BAND_GAP_PX + _DECADES * plan.decade_px
    key_rows = math.ceil(len(FAMILY_SYMBOLS) / plan.key_columns)
    end = bottom + 26 + key_rows * _KEY_PX
    left = -0.42 if narrow else -0.2
    texts = [*_headings(ordered, theme), *_ticks(bottom, left, theme, plan)]
    texts.append(Text(left, _HEADING_PX + band / 2, "not<br>given", theme.muted, "middle right",
                      plan.tick_px))  # fmt: skip
    key, words = _key(bottom + 26, left, theme, plan)
    return draw(
        [_marks(ordered, band, bottom, theme, plan), key, text_trace([*texts, *words])],
        theme,
        height=round(end) + 38 + 8,
        unit="Number of people in the study",
        xaxis={"range": [left, len(COLUMNS)], "visible": False, "automargin": False},
        yaxis={"range": [end, 0], "visible": False, "automargin": False},
        shapes=_grid(band, bottom, theme, plan),
        margin={"l": 4, "r": 4, "b": 8},
        hovermode="closest",
        clickable=True,
    )


def spread(heights: list[float], pitch: float) -> list[float]:
    """Places beside a middle line at which marks of these heights do not touch.

    The first mark stands on the line; each next one as near to it as there is room, right before
    left.

    Parameters
    ----------
    heights : list of float
        Where the marks stand along the line, in any order.
    pitch : float
        Least distance between two marks.

    Returns
    -------
    list of float
        Distance of each mark from the line, right of it positive.

    Examples
    --------
    >>> spread([0, 0, 0, 50], 10)
    [0.0, 10.0, -10.0, 0.0]
    """
    placed: list[tuple[float, float]] = []
    for height in heights:
        near = [aside for aside, other in placed if abs(other - height) < pitch]
        step = 0
        while True:
            aside = pitch * ((step + 1) // 2) * (1 if step % 2 else -1)
            if aside not in near:
                break
            step += 1
        placed.append((aside + 0.0, height))
    return [aside for aside, _ in placed]


def _per_row(plan: _Plan) -> int:
    return max(1, int(0.92 * plan.column_px / plan.pitch_px))


def _band_px(rows: pd.DataFrame, plan: _Plan) -> float:
    """Height of the band of studies without a number, for the fullest column [px]."""
    unknown = rows.loc[rows["n"].isna(), "direction"].value_counts()
    fullest = int(unknown.max()) if len(unknown) else 0
    return max(2, math.ceil(fullest / _per_row(plan))) * (plan.pitch_px + 2) + 10


def _places(
    rows: pd.DataFrame, band: float, bottom: float, plan: _Plan
) -> tuple[list[float], list[float]]:
    """Where each row stands: columns across, pixels down."""
    across = pd.Series(0.0, rows.index)
    down = pd.Series(0.0, rows.index)
    for at, direction in enumerate(COLUMNS):
        column = rows[rows["direction"].eq(direction)]
        known = column[column["n"].notna()].sort_values(["n", "study_id"], ascending=False)
        heights = [bottom - plan.decade_px * math.log10(float(n)) for n in known["n"]]
        aside = spread(heights, plan.pitch_px)
        # A crowded column is drawn closer together before it may run into the next.
        reach = max(map(abs, aside), default=0.0)
        squeeze = min(1.0, 0.46 * plan.column_px / reach) if reach else 1.0
        across.loc[known.index] = [
            at + 0.5 * _COLUMN + squeeze * one / plan.column_px for one in aside
        ]
        down.loc[known.index] = heights
        unknown = column[column["n"].isna()].sort_values(["family", "study_id"], key=_by_family)
        per_row = _per_row(plan)
        for place, index in enumerate(unknown.index):
            row, seat = divmod(place, per_row)
            in_row = min(per_row, len(unknown) - row * per_row)
            across[index] = at + 0.5 + (seat - (in_row - 1) / 2) * plan.pitch_px / plan.column_px
            down[index] = _HEADING_PX + 5 + (row + 0.5) * (plan.pitch_px + 2)
    return across.tolist(), down.tolist()


def _by_family(codes: pd.Series) -> pd.Series:
    """What sorts families by the strength of their design, and leaves all else as it is."""
    return codes.map(list(FAMILY_WORDS).index) if codes.name == "family" else codes


def _marks(
    rows: pd.DataFrame, band: float, bottom: float, theme: Theme, plan: _Plan
) -> dict[str, Any]:
    across, down = _places(rows, band, bottom, plan)
    symbols = [FAMILY_SYMBOLS[family] for family in rows["family"]]
    seen = rows["status"].eq("verified")
    return {
        "type": "scatter",
        "mode": "markers",
        "x": across,
        "y": down,
        "marker": {
            "symbol": [
                symbol if is_seen else f"{symbol}-open"
                for (symbol, _), is_seen in zip(symbols, seen, strict=True)
            ],
            "size": [plan.scale * size for _, size in symbols],
            "color": theme.muted,
            # Where sizes differ, Plotly would make marks half clear.
            "opacity": 1,
            "line": {
                "width": [1 if is_seen else 1.75 for is_seen in seen],
                "color": [theme.paper if is_seen else theme.muted for is_seen in seen],
            },
        },
        "customdata": rows["topic_id"].tolist(),
        "hovertext": [_hover(row) for row in rows.to_dict("records")],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _hover(row: dict[Any, Any]) -> str:
    """A study and what it says of the topic, in words."""
    n = None if pd.isna(row["n"]) else int(row["n"])
    details = study_details(row["design"], n, "" if pd.isna(row["n_note"]) else row["n_note"])
    glyph, word = DIRECTION_GLYPHS[row["direction"]], DIRECTION_WORDS[row["direction"]]
    return "<br>".join(
        [
            f"<b>{escape(row['citation'], quote=False)}</b>, {STATUS_WORDS[row['status']]}",
            *_wrapped(f"{glyph} {word}: {row['short_label']}"),
            *_wrapped(row["finding"]),
            *_wrapped(f"{details}."),
        ]
    )


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(escape(text, quote=False), _HOVER_LETTERS, break_long_words=False)


def _headings(rows: pd.DataFrame, theme: Theme) -> list[Text]:
    counts = rows["direction"].value_counts()
    return [
        Text(
            at + 0.5,
            _HEADING_PX / 2 - 2,
            f"<b>{DIRECTION_GLYPHS[one]} {DIRECTION_WORDS[one]}</b>, {counts.get(one, 0)}",
            theme.ink,
            "middle center",
            14,
        )
        for at, one in enumerate(COLUMNS)
    ]


def _ticks(bottom: float, left: float, theme: Theme, plan: _Plan) -> list[Text]:
    return [
        Text(
            left,
            bottom - decade * plan.decade_px,
            f"{10**decade:,}",
            theme.muted,
            "middle right",
            plan.tick_px,
        )
        for decade in range(_DECADES)
    ]


def _grid(band: float, bottom: float, theme: Theme, plan: _Plan) -> list[dict[str, Any]]:
    """Lines of the decades as one path, the band of unknown numbers, and lines between columns."""
    decades = " ".join(
        f"M0,{bottom - decade * plan.decade_px}L{len(COLUMNS)},{bottom - decade * plan.decade_px}"
        for decade in range(_DECADES)
    )
    between = " ".join(f"M{at},{_HEADING_PX}L{at},{bottom + 6}" for at in (1, 2))
    line = {"type": "path", "layer": "below"}
    return [
        {
            "type": "rect",
            "x0": 0,
            "x1": len(COLUMNS),
            "y0": _HEADING_PX,
            "y1": _HEADING_PX + band,
            "fillcolor": theme.panel,
            "line": {"width": 0},
            "layer": "below",
        },
        {**line, "path": decades, "line": {"width": 1, "color": theme.grid}},
        {**line, "path": between, "line": {"width": 1, "color": theme.axis}},
    ]


def _key(top: float, left: float, theme: Theme, plan: _Plan) -> tuple[dict[str, Any], list[Text]]:
    """Shapes of the designs and their names, in columns under the board."""
    width = (len(COLUMNS) - left) / plan.key_columns
    n_rows = math.ceil(len(FAMILY_SYMBOLS) / plan.key_columns)
    shown = [
        (
            left + width * (at // n_rows) + 6 / plan.column_px,
            top + _KEY_PX * (at % n_rows + 0.5),
            family,
            *FAMILY_SYMBOLS[family],
        )
        for at, family in enumerate(FAMILY_WORDS)
    ]
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, *_ in shown],
        "y": [y for _, y, *_ in shown],
        "marker": {
            "symbol": [symbol for *_, symbol, _ in shown],
            "size": [plan.scale * size for *_, size in shown],
            "color": theme.muted,
            "opacity": 1,
        },
        "hoverinfo": "skip",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    words = [
        Text(x + 10 / plan.column_px, y, FAMILY_WORDS[family], theme.ink, "middle right", 12)
        for x, y, family, *_ in shown
    ]
    return marks, words
