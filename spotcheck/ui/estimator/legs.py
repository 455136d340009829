"""Where the fat comes from: the legs' part, which no exercise chooses."""

from __future__ import annotations

from functools import cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from spotcheck import tables
from spotcheck.charts import legs as charts
from spotcheck.charts.theme import themed
from spotcheck.energy.regional import (
    bands_table,
    finding,
    is_no_change_plausible,
    is_seen,
    regional_bands,
    trials,
)
from spotcheck.ui import cite, layout
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.estimator.scene import Scene
from spotcheck.wording import NBSP, escaped, number, percent

_VERDICTS = {
    "in_proportion": "Legs lost in proportion",
    "less": "Legs lost less",
    "more": "Legs lost more",
    "no_effect": "Training a limb did not take fat off that limb",
}
_KNOWN = {
    "verified": "verified",
    "second_hand": "second-hand",
    "from_memory": "not verified",
    "assumption": "our choice",
}


def draw(scene: Scene) -> None:
    """Draw the view."""
    draw_expected(scene)
    st.space("small")
    draw_trials(scene)


def draw_expected(scene: Scene) -> None:
    """Fat expected to leave or join the legs under the plan."""
    projection, fan, units = scene.projection, scene.fan, scene.units
    bands = regional_bands(
        projection.fat_change_kg,
        projection.leg_fat_change_kg,
        fan.fat_change_kg,
        fan.leg_fat_change_kg,
    )
    legs = bands["legs"]
    meaning = "Legs are both legs from hip to foot, as a DXA scan divides the body."
    if not is_seen(bands):
        layout.finding(finding(legs, units), meaning)
        st.markdown(
            "No exercise chooses the place. Fat moves with the whole balance of food and movement, "
            "and this plan leaves that balance as it is."
        )
        return
    open_end = " No change is also plausible." if is_no_change_plausible(legs) else ""
    layout.finding(
        finding(legs, units),
        f"{meaning} The dot is the middle, the line holds 9 in 10 of our simulated people."
        f"{open_end}",
    )
    balance = "comes from the whole deficit" if legs.middle_kg < 0 else "goes with the surplus"
    st.markdown(
        f"No exercise chooses the place. This fat {balance}, whichever muscle did the work."
    )
    rows = bands_table(bands)
    layout.chart(
        charts.fat_bands(rows, scene.colours, units=units),
        name="legs",
        alt="Change of fat at the end: "
        + ", ".join(
            f"{charts.REGION_LABELS[region].lower()} {units.mass(band.middle_kg)}, 9 in 10 "
            f"between {units.mass(band.low_kg)} and {units.mass(band.high_kg)}"
            for region, band in bands.items()
        )
        + ".",
        source=_basis(scene),
        table=lambda: rows.round(3),
    )


def draw_trials(scene: Scene) -> None:
    """What trials found on the legs, those that speak against us included."""
    rows = trials()
    layout.finding(
        "In the two largest trials legs lost in proportion; smaller ones went both ways",
        "Change of fat since the start of each trial: the dot is the legs, the diamonds are other "
        "parts of the body. Only trials whose figures we have seen are drawn.",
    )
    layout.chart(
        trials_picture(scene.colours.name),
        name="regional_trials",
        alt=trials_alt(),
        source=(
            "Source: the trials named below; "
            f"{cite.ours('the table', 'regional_trials')} has all of them."
        ),
        table=lambda: rows.drop(columns=["comparison_id", "sequence"]),
    )
    for line in verdict_lines():
        st.markdown(line)
    layout.note(note_on_place())


@cache
def trials_picture(theme_name: str) -> go.Figure:
    """Picture of the trials, which no setting changes."""
    return charts.regional_trials(trials(), themed(theme_name))


@cache
def trials_alt() -> str:
    """The same picture in a sentence."""
    drawn = trials().dropna(subset="change_percent").drop_duplicates(["study_id", "label"])
    changes = "; ".join(
        f"{row.label}, legs {number(row.change_percent, 1)} %" for row in drawn.itertuples()
    )
    return f"Change of leg fat against other regions: {changes}."


@cache
def verdict_lines() -> tuple[str, ...]:
    """Trials by what happened to the legs, in Markdown."""
    rows = trials()
    lines = []
    for verdict, title in _VERDICTS.items():
        own = rows[rows["legs"] == verdict].drop_duplicates(["study_id", "label"])
        lines.append(f"**{title}.** " + "; ".join(_trial(row) for _, row in own.iterrows()) + ".")
    return tuple(lines)


@cache
def note_on_place() -> str:
    """Who speaks for an effect of place, and who against it."""
    rows = trials()
    pooled = rows[rows["comparison_id"] == "ramirez_campillo_2022_limb"].iloc[0]
    small = rows[rows["study_id"] == "scotto_di_palumbo_2017"].iloc[0]
    return (
        f"One trial of {small['n']} women speaks for an effect of place, the pooled trials of "
        f"{cite.name(pooled['study_id'])} against it. All figures are means of "
        "groups, read in abstracts unless a badge says otherwise; single people differ."
    )


def _trial(row: pd.Series) -> str:
    people = "" if pd.isna(row["n"]) else f", {number(row['n'])}{NBSP}people"
    badge = "" if row["status"] == "verified" else " " + STATUS_BADGES[row["status"]]
    return f"{escaped(row['label'])} ({cite.name(row['study_id'])}{people}){badge}"


def _basis(scene: Scene) -> str:
    """Line that names the two assumptions behind the legs' part, and how they are known."""
    status = tables.load("priors").set_index("parameter")["status"]
    share, joining = (
        percent(scene.assumptions[name].mean)
        for name in ("leg_fat_share", "leg_fat_proportionality")
    )
    share_known = _KNOWN[status[f"leg_fat_share_{scene.controls['sex']}"]]
    return (
        f"Assumed: {share} of body fat is in the legs ({share_known}), and {joining} of that "
        f"share joins in ({_KNOWN[status['leg_fat_proportionality']]})."
    )
