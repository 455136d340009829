"""Picture of the leg model's estimates against published measurements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.theme import Text, Theme, draw, text_trace
from spotcheck.muscles.model_check import FACTOR, SETS
from spotcheck.wording import NBSP, number

SYMBOLS: Final = {
    "bodyweight": ("circle", "●"),
    "barbell": ("square", "■"),
    "band": ("hexagon", "⬢"),
    "set_by_load": ("cross", "✚"),
    "other_load": ("star", "★"),
}
"""Shape of each set in Plotly and in text; open where the number was not verified."""

_MOST_LABELS = 6
# How many letters fit across the picture, and lines up.
_LETTERS_ACROSS, _LINES_UP = 105, 26


def estimate_scatter(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    short_names: Mapping[str, str],
    portions: Mapping[str, str],
    theme: Theme,
    *,
    narrow: bool,
) -> go.Figure:
    """Measured against estimated, with the wedge in which they agree within a factor of two.

    Parameters
    ----------
    rows : pandas.DataFrame
        From :func:`spotcheck.muscles.model_check.pairs`, without shares of a sum.
    names, short_names, portions
        Names of exercises and of muscles or parts.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    top = 10 * float(-(-max(100.0, rows[["measured", "model"]].max().max()) // 10)) + 5
    traces = [
        _marks(own, str(kind), names, portions, theme)
        for kind, own in rows.groupby("set", sort=False)
    ]
    labels = [] if narrow else _labels(rows, short_names, portions, top, theme)
    height = 340 if narrow else 460
    return draw(
        [*traces, text_trace(labels)],
        theme,
        height=height,
        unit="Estimate of the model, % of MVIC",
        xaxis={
            "range": [-2, top],
            "tickvals": list(range(0, int(top) + 1, 25)),
            "title": {"text": "Measured, % of MVIC", "font": {"size": 12}, "standoff": 6},
        },
        yaxis={"range": [-4, top], "tickvals": list(range(0, int(top) + 1, 25))},
        shapes=_wedge(top, theme),
        margin={"l": 34, "r": 10, "t": 38, "b": 50},
        hoverdistance=12,
    )


def _marks(
    own: pd.DataFrame,
    kind: str,
    names: Mapping[str, str],
    portions: Mapping[str, str],
    theme: Theme,
) -> dict[str, Any]:
    is_verified = own["status"].eq("verified").tolist()
    hover = [
        f"<b>{names[row['exercise_id']]}</b><br><b>{portions[row['portion_id']]}</b><br>"
        f"Measured {number(row['measured'])}{', peak' if row['is_peak'] else ''}<br>"
        f"Estimated {number(row['model'])}<br>{SETS[kind]}"
        for row in own.to_dict("records")
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": own["measured"].tolist(),
        "y": own["model"].tolist(),
        "marker": {
            "symbol": SYMBOLS[kind][0],
            "size": 10,
            "color": [theme.accent if one else theme.paper for one in is_verified],
            "line": {
                "width": 1.5,
                "color": [theme.paper if one else theme.accent for one in is_verified],
            },
        },
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _labels(
    rows: pd.DataFrame,
    short_names: Mapping[str, str],
    portions: Mapping[str, str],
    top: float,
    theme: Theme,
) -> list[Text]:
    """Names of the marks that lie farthest from the line, where there is room for them."""
    away = (rows["model"] - rows["measured"]).abs().sort_values(ascending=False, kind="stable")
    taken = rows[["measured", "model"]].to_numpy().tolist()
    labels: list[Text] = []
    for row in rows.loc[away.index].to_dict("records"):
        x, y = row["measured"], row["model"]
        name = f"{short_names[row['exercise_id']]}, {portions[row['portion_id']].lower()}"
        reach = top * len(name) / _LETTERS_ACROSS
        for side, start in (("right", x), ("left", x - reach)):
            if len(labels) < _MOST_LABELS and _is_free(start, start + reach, y, x, taken, top):
                text = f"{NBSP * 3}{name}" if start == x else f"{name}{NBSP * 3}"
                labels.append(Text(x, y, text, theme.muted, f"middle {side}", 12))
                taken += [[start + share * reach, y] for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
                break
    return labels


def _is_free(
    start: float, end: float, y: float, own: float, taken: list[list[float]], top: float
) -> bool:
    """Whether a label fits between two ends beside its own mark without meeting anything."""
    return (
        start >= 0
        and end <= top
        and not any(
            start <= x <= end and abs(other - y) < top / _LINES_UP and (x, other) != (own, y)
            for x, other in taken
        )
    )


def _wedge(top: float, theme: Theme) -> list[dict[str, Any]]:
    """Area within the factor, and the line on which estimate and measurement are the same."""
    edge = top / FACTOR
    return [
        {
            "type": "path",
            "path": f"M0,0L{edge},{top}L{top},{top}L{top},{edge}Z",
            "fillcolor": theme.neutral_band,
            "line": {"width": 0},
            "layer": "below",
        },
        {
            "type": "line",
            "x0": 0,
            "y0": 0,
            "x1": top,
            "y1": top,
            "line": {"color": theme.axis, "width": 1},
            "layer": "below",
        },
    ]
