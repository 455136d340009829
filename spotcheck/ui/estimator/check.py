"""The estimator against published trials, misses first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck.charts import trials as charts
from spotcheck.energy.assumptions import table_priors
from spotcheck.energy.trials import RULES, TrialCheck, check, reference_differences
from spotcheck.ui import cite, layout
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import NBSP, Units, counted, escaped, joined, number, percent

TEXT_WIDTH_PX = 660
_GRAMS_PER_KG = 1000


@st.cache_data(show_spinner=False, max_entries=1)
def checked() -> TrialCheck:
    """The comparison; nothing of it depends on the reader."""
    return check()


@st.cache_data(show_spinner=False, max_entries=1)
def compared() -> pd.DataFrame:
    """Our engine beside another; nothing of it depends on the reader."""
    return reference_differences()


def draw(scene: Scene) -> None:
    """Draw the view."""
    found, units = checked(), scene.units
    layout.finding(
        title(found, units),
        "Dot: what a trial saw on average, with its 95 % interval where we know it. Line and "
        "band: our middle, and where 9 in 10 groups of that size should land, by the other trials "
        "alone. Ring: the bare model, nothing made up. Cross: 7,700 kcal a kilogram.",
    )
    layout.chart(
        charts.trial_rows(found.arms, scene.colours, narrow=scene.narrow, units=units),
        name="check",
        alt=(
            f"Dots and bands for {len(found.arms)} trial arms: our band holds the observed mean "
            f"of {found.n_held} of them."
        ),
        source=f"Sources: {sources(found)}; model of {HALL}.",
        table=lambda: found.arms.round(2),
    )
    for heading, paragraphs in (
        ("Where we missed", misses(found, units)),
        ("Which rule is nearest", [rules_table(found, units), nearer(found)]),
        ("People differ more than ours do", [spread(found, units)]),
        ("Eating less", diets(found, units)),
        ("The engine itself", [parity(compared())]),
        ("What these figures rest on", grounds(found)),
    ):
        st.subheader(heading, anchor=False)
        for paragraph in paragraphs:
            st.markdown(paragraph, width=TEXT_WIDTH_PX)


def title(found: TrialCheck, units: Units) -> str:
    """The finding in one sentence."""
    return (
        f"Our band holds the mean of {found.n_held} of {len(found.arms)} trial arms; the 7,700 "
        f"kcal rule is off by {units.mass(found.error_kg('rule_7700'))} on average, our middle by "
        f"{units.mass(found.error_kg('ours'))}"
    )


def sources(found: TrialCheck) -> str:
    """The trials in the picture, each with a link to its paper."""
    trials = found.arms.drop_duplicates("study_id")
    return joined([cite.name(row.study_id, row.trial) for row in trials.itertuples()])


def misses(found: TrialCheck, units: Units) -> list[str]:
    """Each arm that our band does not hold, and how little it says that it holds the others."""
    told = [
        f"**{_named(row)}**: {_moved(row.observed_kg, units)}"
        f"{_interval(row.observed_low_kg, row.observed_high_kg, units)}, and our band "
        + (
            f"ends at {_moved(row.band_low_kg, units)}. More came off than the other trials let "
            "us expect."
            if row.observed_kg < row.band_low_kg
            else f"begins at {_moved(row.band_high_kg, units)}. Less came off than the other "
            "trials let us expect."
        )
        for row in found.missed.itertuples()
    ]
    width = (found.arms["band_high_kg"] - found.arms["band_low_kg"]).mean()
    implied = found.arms["implied_compensation_fraction"]
    return [
        *(told or ["No arm lies outside our band."]),
        f"The bands are wide, {units.mass(width)} on average, so a hit says little: trials "
        f"disagree about how much of the exercise is made up, from {percent(implied.min())} to "
        f"{percent(implied.max())} of it. Their mean is {percent(implied.mean())}, their median "
        f"{percent(implied.median())}; the estimator starts from "
        f"{percent(table_priors()['compensation_fraction'].mean)}.",
    ]


def rules_table(found: TrialCheck, units: Units) -> str:
    """Mean misses of each rule as a Markdown table."""
    lines = [
        f"| {row.label} | {units.mass(row.mean_absolute_error_kg)} | "
        f"{units.mass_amount(row.mean_error_kg)} "
        f"{'too much' if row.mean_error_kg < 0 else 'too little'} |"
        for row in found.errors.itertuples()
    ]
    head = "| Rule | Off by, on average | On the whole it promises |\n| :-- | --: | --: |"
    return "\n".join([head, *lines])


def nearer(found: TrialCheck) -> str:
    """Where the 7,700 kcal rule beats our middle."""
    arms = found.arms
    rule = (arms["rule_7700_kg"] - arms["observed_kg"]).abs()
    better = arms[rule < (arms["ours_kg"] - arms["observed_kg"]).abs()]
    if better.empty:
        return "In no arm is the 7,700 kcal rule nearer than our middle."
    return (
        f"The 7,700 kcal rule is nearer than our middle in {counted(len(better))} of "
        f"{len(arms)} arms: {joined([_named(row) for row in better.itertuples()])}. There, little "
        f"or nothing was made up. {RULES['rule_6000']} is what the engine of another planner took."
    )


def spread(found: TrialCheck, units: Units) -> str:
    """How far single people spread, beside our simulated ones."""
    known = found.arms.dropna(subset="observed_sd_kg")
    too_narrow = known["simulated_sd_kg"] < known["observed_sd_kg"]
    ratio = (known["observed_sd_kg"] / known["simulated_sd_kg"]).median()
    controls = [
        f"{units.mass(row.weight_change_sd_kg)} in {round(row.weeks)} weeks ({escaped(row.trial)})"
        for row in found.controls.dropna(subset="weight_change_sd_kg").itertuples()
    ]
    return (
        f"Missed: in {counted(int(too_narrow.sum()))} of {counted(len(known))} arms real people "
        f"differ more than our simulated ones, typically {number(ratio, 1)} times as much. Weight "
        "also drifts without any exercise: in control groups its change had a standard deviation "
        f"of {joined(controls)}. Ours do not drift. So expect more than one person in ten "
        "outside the light band of the first view."
    )


def diets(found: TrialCheck, units: Units) -> list[str]:
    """Trials of eating less, and the one in which the model is known to fail."""
    return [
        _starvation(row, units) if row.kind == "starvation" else _diet(row, units)
        for row in found.diets.itertuples()
    ]


def parity(cases: pd.DataFrame) -> str:
    """Largest difference to the public implementation."""
    grams = _GRAMS_PER_KG * cases["difference_kg"].abs().max()
    shown = "less than 1" if grams < 1 else f"at most {number(grams)}"
    return (
        "Our engine is our own code. Beside [hallmodel](https://github.com/ChocoTonic/hallmodel-py)"
        ", a public implementation of the same equations, it differs by "
        f"{shown}{NBSP}g over {len(cases)} weights of {cases['reference_case'].nunique()} cases, "
        f"up to day {cases['day'].max()}. Sodium is constant in all of them."
    )


def grounds(found: TrialCheck) -> list[str]:
    """What is not sure about the comparison, and which arms it lacks."""
    arms = found.arms
    recalled = arms[arms["least_certain"] == "from_memory"]
    without_n = arms["n"].isna().sum()
    reasons = [
        f"- {escaped(row.trial)}, {escaped(row.arm)}: {row.reason}"
        for row in found.left_out.itertuples()
    ]
    return [
        f"{counted(len(recalled)).capitalize()} of {len(arms)} arms rest in part on figures from "
        "our memory, most often the start weight or how the exercise was built up; the table says "
        f"which. In {counted(int(without_n))} arms we do not know how many people there were, so "
        "their bands leave chance out and are narrower than they should be. Changes are taken as "
        "they are, not against the control group. The energy of the exercise is taken as printed; "
        "where it includes what a body burns at rest, less was made up than we think.",
        f"{counted(len(reasons)).capitalize()} arms lack something that a run needs:",
        "\n".join(reasons),
    ]


def _named(row: Any) -> str:
    return escaped(f"{row.trial}, {row.arm}")


def _moved(kg: float, units: Units) -> str:
    return f"{units.mass_amount(kg)} {'lost' if kg < 0 else 'gained'}"


def _interval(low: float, high: float, units: Units) -> str:
    """Interval of a loss in brackets; empty where it is not known."""
    if pd.isna(low):
        return ""
    ends = [number(-units.mass_value(end), 1) for end in (high, low)]
    return f" ({ends[0]} to {ends[1]})"


def _diet(row: Any, units: Units) -> str:
    within = row.observed_low_kg <= row.model_kg <= row.observed_high_kg
    recalled = " (from our memory)" if row.least_certain == "from_memory" else ""
    return (
        f"**{_named(row)}**: {_moved(row.observed_kg, units)}"
        f"{_interval(row.observed_low_kg, row.observed_high_kg, units)}. Hall's model says "
        f"{units.mass_amount(row.model_kg)}, {'inside' if within else 'outside'} that interval, "
        f"with the schedule of the cut{recalled}; with the same food on average every day it says "
        f"{units.mass_amount(row.constant_kg)}, and the 7,700 kcal rule "
        f"{units.mass_amount(row.rule_7700_kg)}."
    )


def _starvation(row: Any, units: Units) -> str:
    return (
        f"**{_named(row)}**: {_moved(row.observed_kg, units)}. Hall's model says "
        f"{units.mass_amount(row.model_kg)}: a failure that is known. Starving men hardly moved, "
        "and the model keeps activity as it was. We stop a plan long before that."
    )
