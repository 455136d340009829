"""Pictures of the home page."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import GRADE_SIGNS, GRADE_SYMBOLS
from spotcheck.charts.theme import Text, Theme, draw, room_for, text_trace
from spotcheck.muscles.estimate_words import MODEL_NONE
from spotcheck.muscles.estimates import BANDS, band_limits
from spotcheck.muscles.evidence import PHYSICS
from spotcheck.muscles.story import GRADE_LABELS
from spotcheck.wording import METRIC, NBSP, Units

REGION_LABELS = {"legs": "Legs", "elsewhere": "Everywhere else"}

_TOP_PERCENT = 128
_ROW_PX = {False: 34, True: 52}
_LETTERS = {False: 90, True: 34}


def stimulus(moves: pd.DataFrame, theme: Theme, *, unit: str, narrow: bool) -> go.Figure:
    """Activity of a muscle in a few moves: measured, modelled, or in words.

    Parameters
    ----------
    moves : DataFrame
        Result of :func:`spotcheck.toning.moves`.
    theme : Theme
        Colours.
    unit : str
        Muscle and scale, printed at the top.
    narrow : bool
        Lay it out for a phone.
    """
    rows = moves.assign(place=range(len(moves)))
    measured = rows[rows["measured"].notna()]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": measured["measured"].to_numpy(),
        "y": measured["place"].to_numpy(),
        "marker": {
            "symbol": [GRADE_SYMBOLS[grade] for grade in measured["grade"]],
            "size": 12,
            "color": theme.ink,
            "line": {"width": 2, "color": theme.ink},
        },
        "text": measured["citation"].tolist(),
        "hovertemplate": "%{x:.0f} % of a maximal effort<br>%{text}<extra></extra>",
    }
    return draw(
        [_band_bars(rows, theme), dots, text_trace(_move_words(rows, theme, narrow=narrow))],
        theme,
        height=38 + _ROW_PX[narrow] * len(rows) + 36,
        unit=unit,
        xaxis={
            "range": [0, _TOP_PERCENT],
            "tickvals": [0, *(band_limits(band)[0] for band in BANDS[1:]), 100],
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": rows["place"].tolist(),
            "ticktext": rows["short_name"].tolist(),
            "showgrid": False,
            "tickfont": {"size": 13, "color": theme.ink},
            "ticklabelstandoff": 8,
        },
        margin={"l": room_for(rows["short_name"].tolist(), 13)},
    )


def stimulus_table(moves: pd.DataFrame) -> pd.DataFrame:
    """Rows of :func:`stimulus` for readers."""
    columns = {
        "exercise": "Move", "measured": "% of a maximal effort", "grade": "Evidence",
        "model_band": "Leg model (physics)", "words": "In words", "citation": "Sources",
    }  # fmt: skip
    rows = moves.assign(grade=moves["grade"].map(GRADE_LABELS))
    return rows[list(columns)].rename(columns=columns)


def _band_bars(rows: pd.DataFrame, theme: Theme) -> dict[str, Any]:
    """Band of the model as a bar from its lowest to its highest activity; the last has no end."""
    own = rows[rows["model_band"].notna()]
    limits = [band_limits(band) for band in own["model_band"]]
    ends = [_TOP_PERCENT if high is None else high for _, high in limits]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [low for low, _ in limits],
        "x": [end - low for end, (low, _) in zip(ends, limits, strict=True)],
        "y": own["place"].to_numpy(),
        "width": 0.56,
        "marker": {"color": theme.half_band, "line": {"width": 1, "color": theme.accent}},
        "text": own["model_band"].tolist(),
        "textposition": "none",
        "hovertemplate": "Leg model (physics): %{text}<extra></extra>",
    }


def _move_words(rows: pd.DataFrame, theme: Theme, *, narrow: bool) -> list[Text]:
    """What stands beside the marks, and in place of them."""
    texts = []
    for row in rows.to_dict("records"):
        place, band = row["place"], row["model_band"]
        if pd.notna(row["measured"]):
            # The spaces keep the number off its mark, which is as wide on every screen.
            number = f"<b>{row['measured']:.0f}</b>" + 4 * NBSP
            texts.append(Text(row["measured"], place, number, theme.ink, "middle left", 14))
            continue
        start, said = 1.0, row["words"]
        if pd.notna(band):
            _, end = band_limits(band)
            start = (end or 0) + 2
            model = MODEL_NONE if band == BANDS[0] else f"model: {band}"
            said = f"{GRADE_SIGNS[PHYSICS]} {model}; {said}"
        wrapped = "<br>".join(textwrap.wrap(said, _LETTERS[narrow]))
        texts.append(Text(start, place, wrapped, theme.muted, "middle right", 12))
    return texts


def fat_by_region(regions: pd.DataFrame, theme: Theme, units: Units = METRIC) -> go.Figure:
    """Fat that leaves the legs, beside the fat that leaves the rest of the body.

    Parameters
    ----------
    regions : DataFrame
        ``region`` and ``fat_change_kg``, as :func:`spotcheck.answers.fat_by_region` gives.
    theme : Theme
        Colours.
    units : Units, optional
        Units that the reader sees.
    """
    colours = [
        theme.accent if region == "legs" else theme.neutral_bar for region in regions["region"]
    ]
    names = regions["region"].map(REGION_LABELS).tolist()
    return _fat_bars(names, regions["fat_change_kg"].tolist(), colours, theme, units)


def fat_by_plan(plans: pd.DataFrame, theme: Theme, units: Units = METRIC) -> go.Figure:
    """Fat that running takes off, beside what running and some exercises take off.

    Parameters
    ----------
    plans : DataFrame
        ``plan`` (its name) and ``fat_change_kg``.
    theme : Theme
        Colours.
    units : Units, optional
        Units that the reader sees.
    """
    colours = [theme.neutral_bar, theme.accent]
    fat = plans["fat_change_kg"].tolist()
    return _fat_bars(plans["plan"].tolist(), fat, colours, theme, units)


def _fat_bars(
    names: list[str], fat_change_kg: list[float], colours: list[str], theme: Theme, units: Units
) -> go.Figure:
    """Bars of lost fat, each with its amount; nothing for fat that is gained."""
    lost_kg = [max(-change, 0.0) for change in fat_change_kg]
    lost = [units.mass_factor * one for one in lost_kg]
    bars = {
        "type": "bar",
        "x": lost,
        "y": names,
        "orientation": "h",
        "width": 0.62,
        "marker": {"color": colours},
        "hovertemplate": f"%{{y}}: about %{{x:.1f}} {units.mass_unit} of fat<extra></extra>",
    }
    labels = [
        {
            "x": place,
            "y": name,
            "text": f"<b>{units.mass_amount(kilograms)}</b>",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 6,
            "font": {"size": 14, "color": theme.ink},
        }
        for name, place, kilograms in zip(names, lost, lost_kg, strict=True)
    ]
    return draw(
        [bars],
        theme,
        height=170,
        unit="Kilograms of fat" if units is METRIC else "Pounds of fat",
        xaxis={"visible": False, "range": [0, max(*lost, 0.1) * 1.4]},
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickfont": {"size": 14, "color": theme.ink},
            "ticklabelstandoff": 8,
        },
        annotations=labels,
        margin={"l": room_for(names, 14), "b": 8},
    )
