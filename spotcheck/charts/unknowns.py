"""Pictures of what nobody knows beforehand: which unknown matters most, and what is made up."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck import tables
from spotcheck.charts.theme import Text, Theme, draw, text_trace
from spotcheck.energy.assumptions import Assumptions, Prior
from spotcheck.energy.metabolism import FloatArray
from spotcheck.energy.regional import LEAST_SEEN_KG
from spotcheck.energy.uncertainty import QUANTILES
from spotcheck.wording import METRIC, NBSP, Units, number, percent

STATUS_WORDS = {
    "verified": "seen in a paper's own text",
    "second_hand": "seen only in somebody else's text",
    "from_memory": "from memory, not verified",
    "computed": "computed by us from what a trial's people lost",
}
BASIS_WORDS = {
    "energy_expenditure": "energy spent at rest",
    "body_stores": "energy stored in the body",
    "weight_against_expected": "weight against the expected",
    "model_implied": "what the Hall model implies",
}
# Sign of a mark in Plotly, and the same in text.
_MARKS = {
    "verified": ("circle", "●"),
    "second_hand": ("triangle-up-open", "△"),
    "from_memory": ("x-thin-open", "×"),
    "computed": ("diamond-open", "◇"),
}
_CURVE_BINS = 85
_CURVE_PX = 150
_LANE_PX = 15
_HEADING_PX = 24
# Marks that are nearer to each other than this go into different lanes.
_MARK_FRACTION = 0.045
# Plotly breaks no lines, and a phone has room for about as many.
_HOVER_LETTERS = 44


def value_words(value: float, unit: str) -> str:
    r"""Value of an unknown, in the words of its unit in the table ``priors``.

    Examples
    --------
    >>> value_words(0.45, "fraction of the training"), value_words(1.5, "ratio")
    ('45\xa0%', '1.50')
    >>> value_words(50, "kcal/day")
    '50\xa0kcal a day'
    """
    if unit.startswith("fraction"):
        return percent(value)
    return number(value) + f"{NBSP}kcal a day" if unit == "kcal/day" else number(value, 2)


def range_words(low: float, high: float, unit: str) -> str:
    r"""Two ends of an unknown and what they are of.

    Examples
    --------
    >>> range_words(-0.06, 0.93, "fraction of the training").replace(NBSP, " ")
    '−6 % and 93 % of the training'
    >>> range_words(5, 95, "kcal/day").replace(NBSP, " ")
    '5 and 95 kcal a day'
    """
    first = number(low) if unit == "kcal/day" else value_words(low, unit)
    named = unit.startswith("fraction") or unit == "times rest"
    of_what = f" {unit.removeprefix('fraction ')}" if named else ""
    return f"{first} and {value_words(high, unit)}{of_what}"


def change_words(kg: float, units: Units = METRIC) -> str:
    r"""Change of weight with its sign.

    Examples
    --------
    >>> change_words(1.04), change_words(-2.3), change_words(0.01)
    ('+1.0\xa0kg', '−2.3\xa0kg', '0.0\xa0kg')
    """
    plus = "+" if round(units.mass_value(kg), 1) > 0 else ""
    return plus + units.mass(kg)


def named(tornado: pd.DataFrame, *, knows_fat: bool = False) -> pd.DataFrame:
    """Rows of a tornado with the words for each unknown.

    Parameters
    ----------
    tornado : DataFrame
        What :func:`spotcheck.energy.uncertainty.tornado` gives.
    knows_fat : bool, optional
        Whether the reader's body fat is measured, and only the measurement is unsure.

    Returns
    -------
    DataFrame
        The same rows and columns, and ``short_label`` and ``unit`` of the table ``priors``.
    """
    words = tables.load("priors").set_index("parameter")[["short_label", "unit"]]
    rows = tornado["parameter"]
    if knows_fat:
        rows = rows.replace("body_fat_fraction", "measured_body_fat_fraction")
    return tornado.join(words.loc[rows].reset_index(drop=True))


def tornado_bars(
    rows: pd.DataFrame,
    middle_kg: float,
    theme: Theme,
    *,
    narrow: bool,
    units: Units = METRIC,
) -> go.Figure:
    """Bars from the middle to the change of weight at both ends of each unknown.

    Parameters
    ----------
    rows : DataFrame
        What :func:`named` gives; unknowns that cannot be seen to move anything are left out.
    middle_kg : float
        Change of weight with every unknown at its mean [kg].
    theme : Theme
        Colours.
    narrow : bool
        Whether the picture is as narrow as a phone.
    units : Units, optional
        Units that the reader sees.
    """
    rows = rows[rows["swing_kg"] >= LEAST_SEEN_KG].reset_index(drop=True)
    ends = rows[["change_at_low_kg", "change_at_high_kg"]].to_numpy().ravel() * units.mass_factor
    values = rows[["low", "high"]].to_numpy().ravel()
    at = np.repeat(np.arange(len(rows)), 2)
    middle = middle_kg * units.mass_factor
    row_px, bar, label = (74, 0.26, -0.2) if narrow else (58, 0.34, -0.24)
    below = 0.25 if narrow else 0.2
    hover = [
        f"{rows['short_label'][row]}: at {value_words(value, rows['unit'][row])},<br>"
        f"{change_words(end / units.mass_factor, units)} at the end"
        for row, value, end in zip(at, values, ends, strict=True)
    ]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": at + below,
        "x": ends - middle,
        "base": np.full(len(ends), middle),
        "width": bar,
        "marker": {
            "color": [theme.more_loss if end < middle else theme.less_loss for end in ends],
            "pattern": {
                "shape": ["" if end < middle else "/" for end in ends],
                "size": 5,
                "solidity": 0.3,
                "fgcolor": theme.paper,
                "fgopacity": 0.45,
                "fillmode": "overlay",
            },
        },
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    marks = [
        {
            "type": "line",
            "x0": middle,
            "x1": middle,
            "y0": row + below - 0.75 * bar,
            "y1": row + below + 0.75 * bar,
            "line": {"color": theme.ink, "width": 2},
        }
        for row in rows.index
    ]
    axis, step = _axis([*ends, middle], room=0.3 if narrow else 0.16)
    labels = [
        _row_label(row, axis[0], row.Index + label, theme, narrow) for row in rows.itertuples()
    ]
    for row, pair in enumerate(ends.reshape(-1, 2)):
        labels += _end_labels(pair, middle, row + below, theme, units)
    return draw(
        [bars, text_trace(labels)],
        theme,
        height=72 + row_px * max(len(rows), 1),
        unit=f"Change of weight at the end, {units.mass_unit}",
        xaxis={"range": axis, "dtick": step, "tickformat": "~g", "automargin": False},
        yaxis={"range": [len(rows) - 0.45, -0.5], "visible": False},
        barmode="overlay",
        shapes=marks,
        margin={"l": 4, "r": 4, "b": 34},
    )


def _row_label(row: Any, left: float, height: float, theme: Theme, narrow: bool) -> Text:
    """Name of an unknown over its bar, and how far it is thought to reach."""
    reach = f"9 in 10 between {range_words(row.low, row.high, row.unit)}"
    text = (
        f"{row.short_label}{'<br>' if narrow else '  '}"
        f'<span style="color:{theme.muted};font-size:12px">{reach}</span>'
    )
    return Text(left, height, text, theme.ink, "middle right", 13.5)


def _end_labels(
    pair: FloatArray, middle: float, height: float, theme: Theme, units: Units
) -> list[Text]:
    """Change at both ends of a bar; where both lie on one side, only at the farther one."""
    low, high = sorted(pair)
    if low >= middle or high <= middle:
        low = high = high if low >= middle else low
    return [
        Text(
            end,
            height,
            f"{NBSP}{change_words(end / units.mass_factor, units)}{NBSP}",
            theme.ink,
            "middle left" if end < middle else "middle right",
        )
        for end in dict.fromkeys((low, high))
        if end != middle
    ]


def _axis(values: list[float], *, room: float) -> tuple[list[float], float]:
    """Range that stays while its values move a little, with room for words at both ends."""
    reach = max(values) - min(values)
    step = next(size for size in (0.5, 1, 2, 5, 10, 20, 50) if reach <= 5 * size or size == 50)
    low, high = step * math.floor(min(values) / step), step * math.ceil(max(values) / step)
    return [low - room * (high - low), high + room * (high - low)], step


def compensation_curve(prior: Prior, values: pd.DataFrame, theme: Theme) -> go.Figure:
    """What is assumed of compensation as a curve, over the values that studies came to.

    Parameters
    ----------
    prior : Prior
        Distribution of the compensation.
    values : DataFrame
        Rows of the table ``compensation_values``.
    theme : Theme
        Colours.
    """
    traces = [] if prior.is_fixed else _curve(prior, theme)
    labels: list[dict[str, Any]] = []
    depth = 0.0
    for status in STATUS_WORDS:
        rows = values[values["status"] == status]
        if rows.empty:
            continue
        labels.append(_lane_heading(status, len(rows), depth - _HEADING_PX / 2 - 2, theme))
        lanes = _lanes(rows)
        heights = depth - _HEADING_PX - _LANE_PX * (lanes + 0.5)
        traces += _rug(rows, heights, status, theme)
        depth -= _HEADING_PX + _LANE_PX * (lanes.max() + 1)
    middle = {
        "type": "line",
        "x0": prior.mean,
        "x1": prior.mean,
        "y0": depth,
        "y1": _CURVE_PX,
        "line": {"color": theme.accent, "width": 2},
    }
    right = prior.mean < 0.6
    labels.append(
        {
            "x": prior.mean,
            "y": _CURVE_PX,
            "text": f"<b>your middle, {percent(prior.mean)}</b>",
            "showarrow": False,
            "xanchor": "left" if right else "right",
            "xshift": 5 if right else -5,
            "yanchor": "top",
            "font": {"color": theme.accent},
        }
    )
    known = values[["fraction", "low", "high"]].to_numpy(float)
    axis = [
        min(prior.low, float(np.nanmin(known))) - 0.1,
        max(prior.high, float(np.nanmax(known))) + 0.1,
    ]
    ticks = np.arange(math.ceil(2 * axis[0]) / 2, axis[1], 0.5)
    words = {0.0: "<br>nothing", 1.0: "<br>everything"}
    return draw(
        traces,
        theme,
        height=round(38 + _CURVE_PX - depth + 48),
        unit="Share of the training's energy that is made up",
        xaxis={
            "range": axis,
            "tickvals": ticks,
            "ticktext": [percent(tick) + words.get(tick, "") for tick in ticks],
            "automargin": False,
        },
        yaxis={"range": [depth, _CURVE_PX + 4], "visible": False},
        annotations=labels,
        shapes=[middle],
        margin={"l": 4, "r": 4, "b": 48},
    )


def density(prior: Prior) -> tuple[FloatArray, FloatArray]:
    """Values of a prior, and how densely it lies around each [share per unit].

    Examples
    --------
    >>> at, height = density(Prior("share", "uniform", 0.5, 0.29, 0.0, 1.0))
    >>> bool(np.allclose(height, 1))
    True
    """
    # Close together at both ends, where the tails are thin.
    shares = np.sin(np.linspace(0.0, np.pi / 2, 2001)) ** 2
    edges = np.linspace(prior.low, prior.high, _CURVE_BINS + 1)
    below = np.interp(edges, prior.quantile(shares), shares)
    return (edges[:-1] + edges[1:]) / 2, np.diff(below) / np.diff(edges)


def _curve(prior: Prior, theme: Theme) -> list[dict[str, Any]]:
    """Filled curve: nine tenths light, half of it darker, as in the picture of the weight."""
    at, height = density(prior)
    height = height / height.max() * (_CURVE_PX - 22)
    ends = prior.quantile(QUANTILES)
    filled = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": inside,
            "y": np.interp(inside, at, height),
            "fill": "tozeroy",
            "fillcolor": colour,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
        for low, high, colour in (
            (ends[0], ends[-1], theme.band),
            (ends[1], ends[-2], theme.half_band),
        )
        for inside in [np.unique([low, *at[(at > low) & (at < high)], high])]
    ]
    outline = {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([[prior.low], at, [prior.high]]),
        "y": np.concatenate([[0.0], height, [0.0]]),
        "line": {"color": theme.accent, "width": 1.5},
        "hoverinfo": "skip",
    }
    return [*filled, outline]


def _lane_heading(status: str, count: int, height: float, theme: Theme) -> dict[str, Any]:
    sign = _MARKS[status][1]
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": height,
        "text": f"{sign} {count} {'value' if count == 1 else 'values'} {STATUS_WORDS[status]}",
        "showarrow": False,
        "bgcolor": theme.paper,
        "font": {"size": 12, "color": theme.muted},
    }


def _lanes(rows: pd.DataFrame) -> FloatArray:
    """Lane of each value, so that neither marks nor intervals run into each other."""
    first = rows[["fraction", "low"]].min(axis=1).to_numpy() - _MARK_FRACTION
    last = rows[["fraction", "high"]].max(axis=1).to_numpy() + _MARK_FRACTION
    lanes = np.zeros(len(rows))
    taken: list[float] = []
    for row in np.argsort(first, kind="stable"):
        free = [lane for lane, end in enumerate(taken) if end <= first[row]]
        lane = free[0] if free else len(taken)
        taken[lane : lane + 1] = [last[row]]
        lanes[row] = lane
    return lanes


def _rug(
    rows: pd.DataFrame, heights: FloatArray, status: str, theme: Theme
) -> list[dict[str, Any]]:
    """Values of one status with their intervals; an interval without a value has ends only."""
    colour = theme.ink if status == "verified" else theme.muted
    known = rows.reset_index(drop=True).assign(height=heights, hover=list(map(_hover, _each(rows))))
    spread = known.dropna(subset=["low", "high"])
    points = known.dropna(subset=["fraction"])
    ends_only = known[known["fraction"].isna()]
    line: dict[str, list[Any]] = {"x": [], "y": []}
    for row in _each(spread):
        line["x"] += [row.low, row.high, None]
        line["y"] += [row.height, row.height, None]
    marked = [
        (points["fraction"].tolist(), points, _MARKS[status][0], 9),
        (ends_only["low"].tolist(), ends_only, "line-ns-open", 9),
        (ends_only["high"].tolist(), ends_only, "line-ns-open", 9),
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            **line,
            "line": {"color": colour, "width": 1.5},
            "hoverinfo": "skip",
        },
        *(
            {
                "type": "scatter",
                "mode": "markers",
                "x": at,
                "y": each["height"].tolist(),
                "customdata": each["hover"].tolist(),
                "marker": {
                    "symbol": symbol,
                    "size": size,
                    "color": colour,
                    "line": {"width": 1.5, "color": colour},
                },
                "hovertemplate": "%{customdata}<extra></extra>",
            }
            for at, each, symbol, size in marked
            if at
        ),
    ]


def _each(rows: pd.DataFrame) -> list[Any]:
    return list(rows.itertuples())


def _hover(row: Any) -> str:
    """One published value in words."""
    parts = [f"{row.label}: {percent(row.fraction)}" if row.fraction == row.fraction else row.label]
    if row.low == row.low:
        kind = "95 % interval" if row.interval_kind == "ci95" else "over the studies"
        parts.append(f"{kind.replace(' %', NBSP + '%')} {percent(row.low)} to {percent(row.high)}")
    if row.sd == row.sd:
        parts.append(f"standard deviation {percent(row.sd)}")
    lines = [", ".join(parts), f"measured as {BASIS_WORDS[row.basis]}"]
    if row.note == row.note:
        lines += wrap(row.note, _HOVER_LETTERS)
    return "<br>".join(lines)


def compensation_table(values: pd.DataFrame) -> pd.DataFrame:
    """Figures behind the marks of :func:`compensation_curve`, with their sources."""
    citations = tables.load("studies").set_index("study_id")["citation"]
    table = values.assign(
        source=values["study_id"].map(citations),
        measured_as=values["basis"].map(BASIS_WORDS),
        seen=values["status"].map(STATUS_WORDS),
    )
    return table[
        [
            *("label", "source", "measured_as", "fraction", "low", "high", "interval_kind", "sd"),
            *("n", "weeks", "seen", "note"),
        ]
    ]


def assumptions_table(used: Assumptions, ours: Assumptions) -> pd.DataFrame:
    """Every distribution in use beside the one that we would have taken.

    Parameters
    ----------
    used, ours : Assumptions
        With and without the reader's changes.
    """
    ends = [prior.quantile([QUANTILES[0], QUANTILES[-1]]) for prior in used.priors]
    return pd.DataFrame(
        {
            "parameter": [prior.parameter for prior in used.priors],
            "distribution": [prior.distribution for prior in used.priors],
            "mean": [prior.mean for prior in used.priors],
            "sd": [prior.sd for prior in used.priors],
            "low": [prior.low for prior in used.priors],
            "high": [prior.high for prior in used.priors],
            "quantile_0.05": [low for low, _ in ends],
            "quantile_0.95": [high for _, high in ends],
            "our_mean": [prior.mean for prior in ours.priors],
            "our_sd": [prior.sd for prior in ours.priors],
        }
    )
