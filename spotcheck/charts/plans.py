"""Picture of several plans beside each other."""

from __future__ import annotations

import math
from typing import Any

import plotly.graph_objects as go

from spotcheck.charts.energy import over_time
from spotcheck.charts.theme import Theme
from spotcheck.energy.comparison import ComparedPlan
from spotcheck.wording import METRIC, NBSP, Units, number

DASHES = ("solid", "9px,4px", "5px,4px", "2px,3px", "9px,3px,2px,3px")
_LONGEST_LABEL = 18


def weight_lines(
    plans: list[ComparedPlan], theme: Theme, *, narrow: bool, units: Units = METRIC
) -> go.Figure:
    """Body weight of each plan, with the spread of simulated people at the end.

    Parameters
    ----------
    plans : list of ComparedPlan
        Up to five, of the same reader and length; the first is the page's own.
    theme : Theme
        Colours.
    narrow : bool
        Whether labels must stand inside the picture.
    units : Units, optional
        Units that the reader sees.
    """
    colours = (theme.accent, theme.ink, theme.less_loss, theme.muted, theme.more_loss)
    days = plans[0].projection.days
    traces: list[dict[str, Any]] = []
    ends = []
    lowest, highest = math.inf, -math.inf
    # The intervals stand side by side before the end, so that none hides another.
    gap = days * (0.045 if narrow else 0.028)
    for rank, (one, colour, dash) in enumerate(zip(plans, colours, DASHES, strict=False)):
        curve = one.fan
        day = curve.day
        weight = one.projection.body.weight_kg[day] * units.mass_factor
        low, high = curve.weight_kg[[0, -1], -1] * units.mass_factor
        lowest, highest = min(lowest, low, weight.min()), max(highest, high, weight.max())
        traces.append(
            {
                "x": day,
                "y": weight,
                "line": {"color": colour, "width": 2.5 if rank == 0 else 2, "dash": dash},
                "hovertemplate": (
                    f"{_plain(one.name)}, day %{{x}}: about %{{y:.1f}} {units.mass_unit}"
                    "<extra></extra>"
                ),
            }
        )
        at = days - gap * (rank + 0.5)
        traces.append(
            {
                "x": [at, at],
                "y": [low, high],
                "line": {"color": colour, "width": 5 if rank == 0 else 4},
                "opacity": 0.45,
                "hovertemplate": (
                    f"{_plain(one.name)}: 9 in 10 end between {low:.1f} and {high:.1f} "
                    f"{units.mass_unit}<extra></extra>"
                ),
            }
        )
        end = f"{rank + 1}: {number(weight[-1], 1)}{NBSP}{units.mass_unit}"
        if not narrow:
            end += f", {_plain(one.name)}"
        ends.append((float(weight[-1]), f"<b>{end}</b>" if rank == 0 else end, colour))
    step = 5 if units is METRIC else 10
    axis = [step * math.floor((lowest - 0.5) / step), step * math.ceil((highest + 0.5) / step)]
    unit = f"Body weight, {units.mass_unit}"
    room = 76 if narrow else 0
    return over_time(traces, theme, axis, ends, days, unit, narrow=narrow, label_px=room)


def _plain(name: str) -> str:
    """Name as Plotly prints it: short, and without anything that it would read as markup."""
    short = name if len(name) <= _LONGEST_LABEL else f"{name[:_LONGEST_LABEL]}…"
    text = short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("%{", "% {")
