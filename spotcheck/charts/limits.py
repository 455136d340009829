"""Pictures of how near a plan comes to the limits of safety.

In both, room lies to the right and trouble to the left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from spotcheck.charts.theme import Text, Theme, draw, text_trace
from spotcheck.energy.safety import Limit
from spotcheck.wording import METRIC, Units, number

HEALTHY_AVAILABILITY = 45
_GAUGE = (20, 55)
# Every row has its zones at the same places, so that the eye can run down the figure.
_STOP_ENDS, _CAREFUL_ENDS = 0.2, 0.4
_ROW_PX = 66
_BAR = 0.3


def availability_gauge(limit: Limit, theme: Theme) -> go.Figure:
    """Energy availability on its own scale: today, and under the plan.

    Parameters
    ----------
    limit : Limit
        The limit ``energy_availability``.
    theme : Theme
        Colours.
    """
    low, high = _GAUGE
    zones = [(low, limit.red, "stop"), (limit.red, limit.amber, "careful")]
    today, now = (min(max(value, low), high) for value in (limit.today, limit.value))
    return draw(
        [
            *_marks([limit], [today], [now], [0.0], theme, METRIC),
            text_trace(
                [
                    Text((start + end) / 2, -0.5, name, theme.muted, "top center", 12)
                    for start, end, name in (*zones, (limit.amber, high, "fine"))
                ]
                + [
                    Text(
                        now,
                        0.52,
                        f"<b>{number(limit.value)}</b> with this plan",
                        theme.ink,
                        f"top {_towards_the_middle(now, low, high)}",
                    )
                ]
            ),
        ],
        theme,
        height=150,
        unit="kcal a day for each kilogram of fat-free mass",
        xaxis={
            "range": [low, high],
            "tickvals": [limit.red, limit.amber, HEALTHY_AVAILABILITY],
            "ticktext": [
                number(limit.red),
                number(limit.amber),
                f"{HEALTHY_AVAILABILITY}, seen as healthy",
            ],
            "automargin": False,
        },
        yaxis={"range": [-0.75, 1], "visible": False, "automargin": False},
        shapes=[
            _zone(start, end, (-0.5, 0.5), name, theme)
            for start, end, name in (*zones, (limit.amber, high, "fine"))
        ],
        margin={"l": 12, "r": 12},
    )


def limit_rows(limits: Sequence[Limit], theme: Theme, *, units: Units = METRIC) -> go.Figure:
    """Limits one below the other, each on a scale of its own with the same zones.

    Parameters
    ----------
    limits : sequence of Limit
        From :func:`~spotcheck.energy.safety.assess`; those that cannot be told are left out.
    theme : Theme
        Colours.
    units : Units, optional
        Units of the figures.
    """
    rows = [limit for limit in limits if limit.level != "unknown"]
    heights = [float(len(rows) - 1 - row) for row in range(len(rows))]
    shapes: list[dict[str, Any]] = []
    labels = [
        Text(at, len(rows) - 0.42, name, theme.muted, "middle center", 12)
        for at, name in (
            (_STOP_ENDS / 2, "stop"),
            ((_STOP_ENDS + _CAREFUL_ENDS) / 2, "careful"),
            ((_CAREFUL_ENDS + 1) / 2, "fine"),
        )
    ]
    for limit, height in zip(rows, heights, strict=True):
        for start, end, name, figure in _zones(limit):
            shapes.append(_zone(start, end, (height - _BAR, height), name, theme))
            if not math.isnan(figure):
                text = limit.figure(figure, units)
                labels.append(Text(start, height - _BAR, text, theme.muted, "bottom center", 12))
        labels += [
            Text(0, height + 0.03, limit.label, theme.ink, "top right"),
            Text(
                1,
                height + 0.03,
                f"{limit.amount(limit.value, units)} · <b>{limit.level}</b>",
                theme.ink,
                "top left",
            ),
        ]
    middles = [height - _BAR / 2 for height in heights]
    today = [place(limit, limit.today) for limit in rows]
    now = [place(limit, limit.value) for limit in rows]
    return draw(
        [*_marks(rows, today, now, middles, theme, units), text_trace(labels)],
        theme,
        height=38 + _ROW_PX * len(rows),
        xaxis={"range": [-0.01, 1.02], "visible": False, "automargin": False},
        yaxis={
            "range": [-_BAR - 0.35, len(rows) - 0.2],
            "visible": False,
            "automargin": False,
        },
        shapes=shapes,
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
    )


def place(limit: Limit, value: float) -> float:
    """Place of a figure on the row of its limit: 0 far beyond it, 1 far from it.

    Parameters
    ----------
    limit : Limit
        The limit.
    value : float
        A figure in the limit's unit; what lies beyond the row's ends is put at them.
    """
    sign = -1.0 if limit.trouble == "above" else 1.0
    end = limit.amber if math.isnan(limit.red) else limit.red
    if limit.trouble == "above":
        worst, best = 1.25 * end, 0.0
    elif limit.code == "body_fat":
        worst, best = 0.5 * end, limit.amber + 20
    else:
        worst, best = 0.8 * end, 2 * end
    edges = [(figure, start) for start, _, _, figure in _zones(limit) if not math.isnan(figure)]
    knots = [(sign * figure, at) for figure, at in [(worst, 0.0), *edges, (best, 1.0)]]
    figures, places = zip(*knots, strict=True)
    return float(np.interp(sign * value, figures, places))


def _zones(limit: Limit) -> list[tuple[float, float, str, float]]:
    """Zones of a row: start, end, name, and the limit's figure at the start if it has one."""
    if math.isnan(limit.red):
        return [
            (0.0, _CAREFUL_ENDS, "careful", math.nan),
            (_CAREFUL_ENDS, 1.0, "fine", limit.amber),
        ]
    stop = (0.0, _STOP_ENDS, "stop", math.nan)
    if math.isnan(limit.amber) or limit.amber == limit.red:
        return [stop, (_STOP_ENDS, 1.0, "fine", limit.red)]
    return [
        stop,
        (_STOP_ENDS, _CAREFUL_ENDS, "careful", limit.red),
        (_CAREFUL_ENDS, 1.0, "fine", limit.amber),
    ]


def _marks(
    limits: Sequence[Limit],
    today: list[float],
    now: list[float],
    at: list[float],
    theme: Theme,
    units: Units,
) -> list[dict[str, Any]]:
    """Ring of today, dot of the plan, and the way between them, for each limit."""
    ways = [(x, y) for row in zip(today, now, at, strict=True) for x, y in _way(*row)]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for x, _ in ways],
            "y": [y for _, y in ways],
            "line": {"color": theme.accent, "width": 2},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": today,
            "y": at,
            "marker": {
                "size": 11,
                "color": theme.paper,
                "line": {"color": theme.accent, "width": 2},
            },
            "hovertext": [
                f"{limit.label} without the plan: {limit.amount(limit.today, units)}"
                for limit in limits
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": now,
            "y": at,
            "marker": {"size": 13, "color": theme.accent},
            "hovertext": [
                f"{limit.label} with this plan: {limit.amount(limit.value, units)}, {limit.level}"
                for limit in limits
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
    ]


def _way(today: float, now: float, at: float) -> list[tuple[float | None, float | None]]:
    """Line of one row; the last point of none keeps it apart from the next row's."""
    return [(today, at), (now, at), (None, None)]


def _zone(
    start: float, end: float, bar: tuple[float, float], name: str, theme: Theme
) -> dict[str, Any]:
    colours = {"stop": theme.stop_zone, "careful": theme.careful_zone, "fine": theme.panel}
    return {
        "type": "rect",
        "x0": start,
        "x1": end,
        "y0": bar[0],
        "y1": bar[1],
        "fillcolor": colours[name],
        "line": {"color": theme.axis, "width": 1},
        "layer": "below",
    }


def _towards_the_middle(value: float, low: float, high: float) -> str:
    """Side of a point on which a label stays inside the picture."""
    share = (value - low) / (high - low)
    return "right" if share < 0.25 else "left" if share > 0.75 else "center"
