"""What nobody knows about the reader: which unknown matters, and every assumption to change."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache, lru_cache, partial

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from spotcheck import tables
from spotcheck.charts import unknowns as charts
from spotcheck.charts.theme import themed
from spotcheck.energy.assumptions import UNKNOWNS, Prior, assumptions
from spotcheck.energy.regional import LEAST_SEEN_KG
from spotcheck.energy.uncertainty import N_DRAWS, QUANTILES, tornado
from spotcheck.ui import cite, layout
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.ui.links import Values
from spotcheck.ui.terms import explain
from spotcheck.wording import (
    MINUS,
    NBSP,
    Units,
    duration,
    escaped,
    joined,
    kcal,
    number,
    percent,
)

TEXT_WIDTH_PX = 660
# Grid of the reader's own means and spreads.
_GRID = 0.001
# Has only a switch.
SLIP = "intake_slip_kcal_per_day"
EDITABLE = tuple(name for name in UNKNOWNS if name != SLIP)
# The middle of these two is a setting of its own.
OWN_MIDDLE = {
    "compensation_fraction": "Its middle is the slider above.",
    "physical_activity_level": "Its middle is your own activity level, under “More”.",
}
SINGLE = "unknowns/single"
CHOSEN = "prior/chosen"
BADGES = STATUS_BADGES | {"assumption": ":gray-badge[our choice]"}


def draw(scene: Scene) -> None:
    """Draw the view."""
    draw_tornado(scene)
    draw_left_out(scene.units)
    draw_compensation(scene)
    draw_assumptions(scene)


def draw_tornado(scene: Scene) -> None:
    """Which unknown matters most."""
    units = scene.units
    rows = charts.named(
        tornado(scene.person, scene.plan, scene.assumptions, scene.days),
        knows_fat=scene.person.body_fat_fraction is not None,
    )
    is_seen = rows["swing_kg"] >= LEAST_SEEN_KG
    if not is_seen.any():
        layout.finding(
            "No unknown moves the end",
            "Without a change of food or training, everybody stays where they are, whatever we "
            "do not know about them."
            if scene.plan.changes_nothing
            else "The plan is too small, or every value is fixed: no unknown alone moves the end "
            f"by as much as {units.mass(2 * LEAST_SEEN_KG)}.",
        )
        return
    most = rows.iloc[0]
    middle = scene.projection.weight_change_kg
    layout.finding(
        f"{most['short_label']} matters most: it alone moves the end by "
        f"{units.mass(most['swing_kg'])}",
        f"Change of weight in {duration(scene.days)} when one unknown goes from the low to the "
        "high end of what we assume and all others stay in the middle. The upright mark is the "
        f"middle, {charts.change_words(middle, units)}; solid is lighter, hatched is heavier.",
    )
    ends = ", ".join(
        f"{row.short_label.lower()} {units.mass(min(row.change_at_low_kg, row.change_at_high_kg))} "
        f"to {units.mass(max(row.change_at_low_kg, row.change_at_high_kg))}"
        for row in rows[is_seen].itertuples()
    )
    layout.chart(
        charts.tornado_bars(rows, middle, scene.colours, narrow=scene.narrow, units=units),
        name="unknowns",
        alt=f"Bars of the change of weight at both ends of each unknown: {ends}.",
        source=f"Source: model of {HALL}; assumptions below.",
        table=lambda: rows.round(3),
    )
    still = [label[0].lower() + label[1:] for label in rows.loc[~is_seen, "short_label"]]
    if still:
        layout.note(f"Moves nothing that could be seen here: {escaped(joined(still))}.")


def draw_left_out(units: Units) -> None:
    """What no band of ours holds."""
    st.subheader("What the picture leaves out", anchor=False)
    st.markdown(
        f"{drift(units)} None of that is in our bands, nor are illness, medication or pregnancy.",
        width=TEXT_WIDTH_PX,
    )
    st.markdown(
        f"The {number(N_DRAWS)} simulated people are drawn with each unknown independent of the "
        "others, although in life some go together. The draw is always the same, so a link shows "
        "everybody the same picture.",
        width=TEXT_WIDTH_PX,
    )


@cache
def drift(units: Units) -> str:
    """How far people of control groups moved, out of the table ``trials``."""
    trials = tables.load("trials")
    quiet = trials[(trials["kind"] == "control") & (trials["observed_status"] == "verified")]
    quiet = quiet.dropna(subset="weight_change_sd_kg").sort_values("weight_change_sd_kg")
    low, high = quiet["weight_change_sd_kg"].iloc[[0, -1]]
    weeks = quiet["weeks"].agg(["min", "max"])
    sources = joined([cite.name(study_id) for study_id in quiet["study_id"].unique()])
    return (
        "Weight moves without any plan, too. In groups of trials that did not train, single "
        f"people moved by a standard deviation of {number(units.mass_value(low), 1)} to "
        f"{units.mass(high)} in {number(weeks['min'])} to {number(weeks['max'])} weeks "
        f"({sources})."
    )


def draw_compensation(scene: Scene) -> None:
    """What is made up elsewhere: the reader's assumption over what studies came to."""
    controls, prior = scene.controls, scene.assumptions["compensation_fraction"]
    values = published_values()
    published = values.loc[values["status"] != "computed", "fraction"]
    computed = values.loc[values["status"] == "computed", "fraction"]
    layout.finding(
        f"What is made up elsewhere: published values run from {percent(published.min())} to "
        f"{percent(published.max())}",
        f"{explain('compensation')} What we computed from trials starts at "
        f"{percent(computed.min())}: below zero, more was lost than the training explains.",
    )
    # Steps for a thumb, and whatever a link asked for between them.
    steps = sorted({*range(0, 101, 5), controls["compensation"]})
    controls.stops(
        "compensation",
        "Made up elsewhere, %",
        steps,
        lambda value: percent(value / 100),
        unit="view",
    )
    st.session_state[SINGLE] = prior.is_fixed
    st.toggle(
        "A single value instead of a distribution",
        key=SINGLE,
        on_change=lambda: (
            edit(controls, prior, sd=0.0)
            if st.session_state[SINGLE]
            else take_back(controls, prior.parameter)
        ),
    )
    low, high = prior.quantile([QUANTILES[0], QUANTILES[-1]])
    layout.note(
        f"The line is your middle, {percent(prior.mean)}, the same for everybody."
        if prior.is_fixed
        else f"The curve is what we assume, the light part 9 in 10 of our simulated people "
        f"(between {percent(low)} and {percent(high)}), the darker part half of them. Marks are "
        "what studies came to, lines their intervals."
    )
    layout.chart(
        compensation_picture(prior, scene.colours.name),
        name="compensation",
        alt=(
            f"Curve of the assumed compensation around {percent(prior.mean)}, over "
            f"{len(values)} values from studies between {percent(values['fraction'].min())} and "
            f"{percent(values['fraction'].max())}."
        ),
        source=(
            f"Sources: {cite.ours('the table', 'compensation_values')} names each; the values rest "
            "on different measures."
        ),
        table=lambda: charts.compensation_table(values),
    )
    draw_small_plan(scene)


@cache
def published_values() -> pd.DataFrame:
    """Compensation for exercise that studies came to; diet trials are there for comparison."""
    values = tables.load("compensation_values")
    return values[values["is_of_exercise"]]


@lru_cache(maxsize=64)
def compensation_picture(prior: Prior, theme_name: str) -> go.Figure:
    """Picture of the assumption over the published values."""
    return charts.compensation_curve(prior, published_values(), themed(theme_name))


def draw_small_plan(scene: Scene) -> None:
    """The other middle that the table has, for small plans, with how little stands behind it."""
    controls, rows = scene.controls, prior_rows()
    small, usual = rows.loc["compensation_fraction_small_dose"], rows.loc["compensation_fraction"]
    week = kcal(scene.projection.week.extra_kcal_per_week)
    st.markdown(
        f"**Small plans.** {escaped(small['note'])} Your training takes about {week} a week.",
        width=TEXT_WIDTH_PX,
    )
    with st.container(horizontal=True):
        for label, row, key in (
            ("Use the value for small plans", small, "unknowns/small"),
            ("Back to our value", usual, "unknowns/usual"),
        ):
            percentage = round(100 * row["mean"])
            if controls["compensation"] != percentage:
                st.button(
                    f"{label} ({percent(row['mean'])})",
                    type="tertiary",
                    key=key,
                    on_click=partial(controls.set, compensation=percentage),
                )


def draw_assumptions(scene: Scene) -> None:
    """Every assumption with its source, open to change."""
    controls = scene.controls
    ours = assumptions(scene.person, scene.plan, slips=controls["slips"])
    slip = prior_rows().loc[SLIP]
    layout.finding(
        "What we assume, and you can change",
        "A change moves the answer and every picture, and goes into your link.",
    )
    changed = [name for name in EDITABLE if differs(scene.assumptions[name], ours[name])]
    if changed:
        named = [str(row_of(scene, name)["short_label"]) for name in changed]
        st.markdown(
            f":green-badge[yours] {escaped(joined(named))}. All others are ours.",
            width=TEXT_WIDTH_PX,
        )
    chosen = st.pills(
        "See or change",
        EDITABLE,
        format_func=lambda name: str(row_of(scene, name)["short_label"]),
        key=CHOSEN,
    )
    if chosen:
        draw_assumption(scene, scene.assumptions[chosen], ours[chosen])
    controls.toggle(
        "slips", f"Assume eating up to {number(slip['high'])}{NBSP}kcal a day more than planned"
    )
    layout.note(f"{BADGES[slip['status']]} {escaped(slip['note'])}")
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        usual = {name: controls.fields[name].default for name in ("prior", "slips", "compensation")}
        st.button(
            "Back to our values for all",
            icon=":material/undo:",
            type="tertiary",
            key="prior/all",
            on_click=partial(take_all_back, controls, usual),
            disabled=all(controls[name] == value for name, value in usual.items()),
        )
        layout.downloads("assumptions", lambda: charts.assumptions_table(scene.assumptions, ours))


def draw_assumption(scene: Scene, prior: Prior, ours: Prior) -> None:
    """One assumption: in words, in two numbers, and where it comes from."""
    controls, name = scene.controls, prior.parameter
    row = row_of(scene, name)
    unit = row["unit"]
    has_own_middle = name in OWN_MIDDLE
    with st.container(border=True, key="prior"):
        st.markdown(f"**{escaped(row['label'])}.** {shape(prior, unit)}")
        with st.container(horizontal=True):
            if not has_own_middle:
                number_field(
                    "Middle",
                    mean_key(name),
                    prior.mean,
                    (prior.low, prior.high),
                    unit,
                    lambda value: edit(controls, prior, mean=value),
                )
            number_field(
                "Spread (standard deviation)",
                sd_key(name),
                prior.sd,
                (0.0, prior.most_sd),
                unit,
                lambda value: edit(controls, prior, sd=value),
            )
        if has_own_middle:
            layout.note(OWN_MIDDLE[name])
        st.markdown(origin(row))
        layout.note(escaped(row["note"]))
        if differs(prior, ours):
            middle = "" if has_own_middle else f"{precise(ours.mean, unit)}, "
            st.button(
                f"Back to our value ({middle}spread {precise(ours.sd, unit)})",
                icon=":material/undo:",
                type="tertiary",
                key=f"prior/{name}/back",
                on_click=partial(take_back, controls, name),
            )


def number_field(
    label: str,
    key: str,
    value: float,
    limits: tuple[float, float],
    unit: str,
    save: Callable[[float], None],
) -> None:
    """Field for one number of an assumption.

    What cannot be is not taken over, but stays in the field with a sentence beside it; a field
    that is emptied goes back to what is used.
    """
    factor, sign, step = (100, ", %", 1.0) if unit.startswith("fraction") else (1, "", 0.05)
    low, high = (round(factor * limit, 3) for limit in limits)
    shown = round(factor * value, 3)

    def fits(typed: float | None) -> bool:
        return typed is not None and low <= typed <= high

    typed = st.session_state.get(key)
    if typed is None or (fits(typed) and not math.isclose(typed, shown, abs_tol=1e-6)):
        st.session_state[key] = typed = shown

    def take_over() -> None:
        if fits(st.session_state[key]):
            save(st.session_state[key] / factor)

    with st.container(width=260):
        st.number_input(
            f"{label}{sign}",
            value=None,
            key=key,
            step=step,
            format="%0.1f" if factor == 100 else "%0.2f",
            on_change=take_over,
        )
        if not fits(typed):
            st.warning(
                f"{precise(typed / factor, unit)} cannot be: this goes from "
                f"{precise(limits[0], unit)} to {precise(limits[1], unit)}. "
                f"We still use {precise(value, unit)}.",
                icon=":material/info:",
            )


def mean_key(name: str) -> str:
    """Key of the field for the middle of an unknown."""
    return f"prior/{name}/mean"


def sd_key(name: str) -> str:
    """Key of the field for the spread of an unknown."""
    return f"prior/{name}/sd"


def edit(
    controls: Controls, prior: Prior, *, mean: float | None = None, sd: float | None = None
) -> None:
    """Take over a reader's middle or spread."""
    rows = {row[0]: row for row in controls["prior"]}
    rows[prior.parameter] = (
        prior.parameter,
        prior.mean if mean is None else mean,
        prior.sd if sd is None else sd,
    )
    controls.set(prior=tuple(rows.values()))


def take_back(controls: Controls, name: str) -> None:
    """Go back to our value of one unknown, and forget what was typed."""
    controls.set(prior=tuple(row for row in controls["prior"] if row[0] != name))
    for key in (mean_key(name), sd_key(name)):
        st.session_state.pop(key, None)


def take_all_back(controls: Controls, usual: Values) -> None:
    """Go back to our values of all unknowns."""
    for name in UNKNOWNS:
        take_back(controls, name)
    controls.set(**usual)


def differs(prior: Prior, ours: Prior) -> bool:
    """Whether a reader changed what can be changed here."""
    pairs = [(prior.sd, ours.sd)]
    if prior.parameter not in OWN_MIDDLE:
        pairs.append((prior.mean, ours.mean))
    return not all(math.isclose(*pair, abs_tol=_GRID / 2) for pair in pairs)


def shape(prior: Prior, unit: str) -> str:
    """How far a distribution reaches, and its kind, in words."""
    if prior.is_fixed:
        return f"One value for everybody, {precise(prior.mean, unit)}."
    low, high = prior.quantile([QUANTILES[0], QUANTILES[-1]])
    return f"9 in 10 between {charts.range_words(low, high, unit)}. {_curve(prior, unit)}"


def _curve(prior: Prior, unit: str) -> str:
    ends = f"{precise(prior.low, unit)} and {precise(prior.high, unit)}"
    if prior.distribution == "truncated_normal":
        return f"A bell curve, cut off at {ends}."
    return f"A smooth hump between {ends}; a middle near an end draws it in."


def origin(row: pd.Series) -> str:
    """How middle and spread of an assumption are known, and what they are set against."""
    known = f"The middle is {BADGES[row['status']]} and the spread {BADGES[row['sd_status']]}"
    if pd.isna(row["study_id"]):
        return f"{known} without a source."
    return f"{known} set against {cite.name(row['study_id'])}."


def precise(value: float, unit: str) -> str:
    """Number of an assumption with as many decimals as it has."""
    if unit.startswith("fraction"):
        return f"{round(100 * value, 1):g}".replace("-", MINUS) + f"{NBSP}%"
    return number(value, 2)


def row_of(scene: Scene, name: str) -> pd.Series:
    """Row of the table ``priors`` that speaks of an unknown of this reader."""
    measured = name == "body_fat_fraction" and scene.person.body_fat_fraction is not None
    return prior_rows().loc["measured_body_fat_fraction" if measured else name]


@cache
def prior_rows() -> pd.DataFrame:
    """Table ``priors`` by parameter."""
    return tables.load("priors").set_index("parameter")
