"""The reader's own weigh-ins: what gap they speak for, and where that leads.

What a reader gives stays in ``st.session_state``, in memory. It is no part of ``Controls``, so no
link holds it, and no function that caches, logs or writes may be called with it: the cached
``fan`` and ``project`` are therefore not used here with a weight that was fitted.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

import numpy as np
import streamlit as st

from spotcheck.charts import weigh_ins as charts
from spotcheck.energy.energy_gap import (
    WATER_DAYS,
    EnergyGap,
    EqualPairs,
    Forecast,
    NotYet,
    equal_pairs,
    finding,
    fit_energy_gap,
    forecast,
)
from spotcheck.energy.safety import (
    Stop,
    days_shown,
    intake_stop,
    picture_stops,
    reason_to_stop,
    thresholds,
    weekly_loss_kg,
)
from spotcheck.energy.training import DAYS_PER_WEEK
from spotcheck.energy.uncertainty import draw as draw_people
from spotcheck.energy.uncertainty import simulated_people
from spotcheck.energy.weigh_ins import WeighIns, read, sample
from spotcheck.ui import layout
from spotcheck.ui.clock import today
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import NBSP, Units, counted, date, kcal, number, percent

STORE = "weigh_ins"
MOST_LISTED = 50
MOST_SHOWN_AT_ONCE = 10
# Streamlit's server keeps an upload in memory up to 1 MiB and would put a larger one on disk.
MOST_UPLOADED_MB = 1
_UNITS = {"kg": "kg", "lb": "lb"}
_EXAMPLE = "2026-11-20, 68.4\n2026-11-21, 68.1\n2026-11-22, 68.3"


def draw(scene: Scene) -> None:
    """Draw the view."""
    given = _given()
    if given is None:
        layout.finding(
            "What your own scale says", "Weigh-ins of a few weeks, fitted with the same model."
        )
    st.markdown(
        "**Only in memory.** Your weigh-ins are worked on in this session's memory. They are "
        "never written to a disk, logged, cached or put into a link, and they are gone when the "
        "session ends."
    )
    draw_inputs(scene)
    if given is None:
        layout.empty_state(
            "No weigh-ins yet",
            "With about five weeks of them, this page says what energy gap your scale speaks "
            "for, and narrows the forecast to it.",
            "Try it with a sample",
            lambda: _load_sample(scene),
        )
        return
    if _store()["is_sample"]:
        st.info(
            "This is a sample: weigh-ins of a simulated person with your settings and plan, not "
            "yours. Clear it to use your own.",
            icon=":material/info:",
        )
    weigh_ins = read(given, _store()["unit"] or scene.units.mass_unit, today())
    draw_reading(weigh_ins)
    if len(weigh_ins):
        try:
            draw_result(scene, weigh_ins)
        except ValueError:
            # The page's own net would log the message, and that can hold a weight.
            st.info(
                "Your settings and these weigh-ins together are outside what the model can "
                "simulate. Check sex, height and age, or choose a smaller plan.",
                icon=":material/info:",
            )


def draw_inputs(scene: Scene) -> None:
    """Where weigh-ins come in: pasted or uploaded; and how to see a sample or clear all."""
    store = _store()
    width: Literal["stretch"] | int = "stretch" if scene.narrow else 460
    with st.container(horizontal=not scene.narrow, gap="medium"):
        with st.container(width=width):
            st.session_state.setdefault(_TEXT, store["text"])
            st.text_area(
                "Paste a date and a weight on each line",
                height=150,
                placeholder=_EXAMPLE,
                key=_TEXT,
                on_change=_take_text,
            )
        with st.container(width=width):
            st.file_uploader(
                "Or upload them as CSV",
                type=["csv", "txt"],
                max_upload_size=MOST_UPLOADED_MB,
                key=_file_key(),
                on_change=_take_file,
            )
            st.session_state[_UNIT] = store["unit"] or scene.units.mass_unit
            st.segmented_control(
                "Unit of weights that name none",
                list(_UNITS),
                required=True,
                key=_UNIT,
                on_change=_take_unit,
            )
    if store["file"] is not None:
        layout.note("The uploaded file is used; what stands in the box is kept beside it.")
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Sample file",
            lambda: _sample(scene).encode(),
            "spotcheck-sample-weigh-ins.csv",
            "text/csv",
            type="tertiary",
            icon=":material/download:",
            key=f"{STORE}/sample",
            on_click="ignore",
        )
        if _given() is not None:
            st.button(
                "Clear",
                type="tertiary",
                icon=":material/delete:",
                key=f"{STORE}/clear",
                on_click=_clear,
            )


def draw_reading(weigh_ins: WeighIns) -> None:
    """What was read, what was decided on the way, and which rows were skipped."""
    if weigh_ins.problem:
        st.warning(weigh_ins.problem, icon=":material/info:")
        return
    n, skipped = len(weigh_ins), weigh_ins.skipped
    said = (
        f"{number(n)} {'day' if n == 1 else 'days'} with a weigh-in, {date(_day(weigh_ins, 0))} "
        f"to {date(_day(weigh_ins, -1))}."
        if n
        else "No line has both a date and a weight that we can read."
    )
    layout.note(" ".join([said, *weigh_ins.notices]))
    layout.skipped_lines(
        skipped,
        "skipped",
        key=f"{STORE}/skipped",
        most=MOST_LISTED,
        expanded=len(skipped) <= MOST_SHOWN_AT_ONCE or not n,
    )


def draw_result(scene: Scene, weigh_ins: WeighIns) -> None:
    """Gap, forecast and pairs; or why there is none yet."""
    gap = fit_energy_gap(scene.person, weigh_ins, draw_first_day(weigh_ins))
    if isinstance(gap, NotYet):
        st.info(gap.explanation, icon=":material/hourglass_empty:")
        return
    stop = _reason_to_stop(scene, gap)
    if stop is not None:
        st.warning(f"{stop.headline} {stop.explanation}", icon=":material/health_and_safety:")
        return
    people, intake, exercise = simulated_people(
        gap.person, scene.plan, draw_people(scene.assumptions)
    )
    intakes, exercises = scene.plan.schedules(gap.last_day + scene.days)
    ahead = forecast(
        gap,
        people,
        intake,
        exercise,
        scene.days,
        intake_schedule=intakes,
        exercise_schedule=exercises,
    )
    draw_gap(scene, weigh_ins, gap, ahead)
    st.space("small")
    draw_pairs(scene, gap)


def draw_first_day(weigh_ins: WeighIns) -> dt.date:
    """Day from which the gap is taken to have held; the first weigh-in unless moved."""
    first, last = _day(weigh_ins, 0), _day(weigh_ins, -1)
    store = _store()
    since = min(max(store["since"] or first, first), last)
    st.session_state[_SINCE] = since
    st.date_input(
        "Count from the day your plan began",
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key=_SINCE,
        on_change=_take_since,
        width=300,
    )
    return since


def draw_gap(scene: Scene, weigh_ins: WeighIns, gap: EnergyGap, ahead: Forecast) -> None:
    """Weigh-ins, the curve through them, and the forecast inside the plan's own band."""
    units = scene.units
    open_end = " No gap at all is also plausible." if gap.spans_zero else ""
    layout.finding(
        finding(gap),
        f"Since {date(gap.first_date)}, as the lasting change of food that would show the same on "
        f"the scale; the range holds it with 90{NBSP}% probability.{open_end}",
    )
    height_m = scene.controls["height"] / 100
    last = gap.last_day + days_shown(_daily_middle(gap, ahead), height_m)
    end = min(last, int(ahead.day[-1]))
    low, middle, high = (float(np.interp(end, ahead.day, ahead.weight_kg[q])) for q in (0, 2, 4))
    plan_low, plan_high = (
        float(np.interp(end, ahead.plan_day, ahead.plan_weight_kg[q])) for q in (0, 4)
    )
    likely = _range(low, high, units)
    when = date(gap.first_date + dt.timedelta(days=end))
    st.markdown(
        f"If it goes on like this, about **{units.mass(middle)}** on {when} ({likely}). Without "
        f"your weigh-ins, the plan alone says {_range(plan_low, plan_high, units)}."
    )
    layout.chart(
        charts.weigh_in_curve(
            weigh_ins,
            gap,
            ahead,
            scene.colours,
            narrow=scene.narrow,
            units=units,
            last_day=last,
        ),
        name="weigh_ins",
        alt=(
            f"{number(len(weigh_ins.since(gap.first_date)))} weigh-ins with the curve fitted to "
            f"them, and a forecast: about {units.mass(middle)} on {when}, 9 in 10 of our "
            f"simulated people from {likely}."
        ),
        source=(
            f"Source: your weigh-ins; model of {HALL}. Bands: 9 in 10 of our simulated people, "
            "grey without and coloured with your weigh-ins."
        ),
        table=lambda: charts.weigh_in_table(weigh_ins, gap, ahead),
    )
    _note_basis(scene, gap, ahead)
    if (pace := _too_fast(scene, gap)) is not None:
        st.warning(pace, icon=":material/health_and_safety:")
    if last < int(ahead.day[-1]):
        st.warning(picture_stops(height_m, scene.units), icon=":material/health_and_safety:")


def draw_pairs(scene: Scene, gap: EnergyGap) -> None:
    """Pairs of sessions done and made up between which a scale cannot tell."""
    plan, known = scene.plan, scene.assumptions
    week = plan.energy(
        float(np.asarray(gap.person.weight_kg)),
        float(gap.person.resting_metabolic_rate_kcal_per_day),
    )
    exercise = known["running_cost_factor"].mean * week.extra_kcal_per_week / DAYS_PER_WEEK
    if exercise < 1:
        layout.note("Your plan has no sessions, so the whole gap is food and other movement.")
        return
    intakes, exercises = plan.schedules(gap.last_day)
    pairs = equal_pairs(
        gap,
        exercise,
        known.intake_change(plan.intake_change_kcal_per_day),
        intake_schedule=intakes,
        exercise_schedule=exercises,
    )
    if not pairs.fits:
        layout.finding("Your plan alone does not explain this gap", _no_pair(gap, pairs))
        return
    layout.finding(
        "A scale cannot tell a run left out from a run made up elsewhere",
        f"Every pair on the line explains your weigh-ins equally well; the band holds the pairs "
        f"for the whole range of the gap. All done and nothing made up would show as "
        f"{kcal(pairs.plan_gap_kcal_per_day)} a day.",
    )
    st.markdown(_pairs_in_words(pairs))
    assumed = known["adherence_fraction"].mean, known["compensation_fraction"].mean
    rows = pairs.frame()
    layout.chart(
        charts.equal_pairs(pairs, scene.colours, narrow=scene.narrow, assumed=assumed),
        name="equal_pairs",
        alt=f"Line of equally good pairs of sessions done and made up. {_pairs_in_words(pairs)}",
        source="Made up elsewhere: eating more, or moving and resting differently. "
        "Diamond: what the plan assumes without weigh-ins.",
        table=lambda: rows.round(3),
    )


def _pairs_in_words(pairs: EqualPairs) -> str:
    """Two pairs at the ends of the curve, as a sentence."""
    drawn = pairs.frame().dropna(subset="compensation_fraction")
    if drawn.empty:
        return (
            "Only the edge of the gap's range fits a pair, its middle fits none: eating may have "
            "changed too."
        )
    made_up = drawn["compensation_fraction"]
    if made_up.iloc[-1] < 0:
        return (
            "With all sessions done, your scale still shows "
            f"{percent(-made_up.iloc[-1])} more than they cost."
        )
    done = drawn["adherence_fraction"].iloc[0]
    other = (
        f"{percent(pairs.counted_fraction)} of them done and nothing made up"
        if made_up.iloc[0] < 0
        else f"{percent(done)} of them done and {percent(made_up.iloc[0])} made up"
    )
    return (
        f"It could be all sessions done and {percent(made_up.iloc[-1])} made up elsewhere, or "
        f"{other}, or anything between on the line."
    )


def _no_pair(gap: EnergyGap, pairs: EqualPairs) -> str:
    if gap.kcal_per_day < pairs.plan_gap_kcal_per_day:
        return (
            f"All sessions done and nothing made up would show as "
            f"{kcal(pairs.plan_gap_kcal_per_day)} a day, and your scale says more. Then eating, "
            "or moving apart from the plan, has changed too."
        )
    return (
        "Even if none of the running counted, the scale would show less weight than it does. "
        "Then eating, or moving apart from the plan, has changed too."
    )


def _note_basis(scene: Scene, gap: EnergyGap, ahead: Forecast) -> None:
    """What was used, left out and assumed."""
    units = scene.units
    follows = (
        "The forecast weighs 1,000 simulated people with your plan by how well they fit your "
        f"weigh-ins, which leaves the worth of {number(ahead.effective_draws)}."
        if ahead.follows_plan
        else "Your plan changes nothing, so the forecast goes on with the gap itself."
        if scene.plan.changes_nothing
        else "Hardly any simulated person with your plan has such weigh-ins, so the forecast goes "
        "on with the gap itself, whatever its cause."
    )
    layout.note(
        f"{number(len(gap.day))} weigh-ins are fitted; {counted(gap.left_out)} of the first "
        f"{WATER_DAYS} days are left out, because water hides the rest then (open circles). They "
        f"scatter by {units.mass_amount(gap.noise_kg)} and hang together from day to day, which "
        f"makes them worth {number(gap.effective_weigh_ins)} independent ones. Sex, age, height "
        f"and activity come from your settings, the weight from your weigh-ins. {follows}"
    )


def _reason_to_stop(scene: Scene, gap: EnergyGap) -> Stop | None:
    """The page's own limits once more, at the weight that the weigh-ins show."""
    controls, change = scene.controls, scene.plan.intake_change_kcal_per_day
    now_kg = float(gap.curve()["weight_kg"].iloc[-1])
    stop = reason_to_stop(controls["sex"], controls["age"], controls["height"] / 100, now_kg)
    if stop is not None or change >= 0:
        return stop
    return intake_stop(controls["sex"], float(gap.person.energy_intake_kcal_per_day) + change)


def _too_fast(scene: Scene, gap: EnergyGap) -> str | None:
    """What to say when the weigh-ins fall faster than the page would let a plan do."""
    units, known = scene.units, thresholds(scene.controls["sex"])
    weight = gap.curve()["weight_kg"].to_numpy()
    losses = weekly_loss_kg(weight)
    most = min(known["loss_rate"].stop / 100 * float(weight[-1]), known["loss_rate_kg"].stop)
    if not losses.size or losses[-1] <= most:
        return None
    return (
        f"Your weigh-ins fall by about {units.mass_amount(float(losses[-1]))} a week. For a plan "
        f"this page stops at {units.mass(most)} a week at your weight; faster than that is a "
        "matter to talk over with a doctor."
    )


def _range(low_kg: float, high_kg: float, units: Units) -> str:
    return f"{number(units.mass_value(low_kg), 1)} to {units.mass(high_kg)}"


def _daily_middle(gap: EnergyGap, ahead: Forecast) -> np.ndarray:
    """Middle of the forecast, one value a day from the last weigh-in on [kg]."""
    return np.interp(np.arange(gap.last_day, ahead.day[-1] + 1), ahead.day, ahead.weight_kg[2])


_TEXT = f"{STORE}/text"
_UNIT = f"{STORE}/unit"
_SINCE = f"{STORE}/since"


def _store() -> dict[str, Any]:
    """All that a reader gave; it outlives the widgets, which go with the view."""
    return st.session_state.setdefault(
        STORE,
        {"text": "", "file": None, "unit": "", "since": None, "is_sample": False, "uploads": 0},
    )


def _file_key() -> str:
    # An uploader cannot be emptied from code; one with another key is empty.
    return f"{STORE}/file/{_store()['uploads']}"


def _given() -> str | bytes | None:
    """What is to be read: the file, else the text; None if there is neither."""
    store = _store()
    if store["file"] is not None:
        return store["file"]
    return store["text"] if store["text"].strip() else None


def _take_text() -> None:
    _store().update(text=st.session_state[_TEXT], is_sample=False)


def _take_file() -> None:
    upload = st.session_state[_file_key()]
    _store().update(file=None if upload is None else upload.getvalue(), is_sample=False)


def _take_unit() -> None:
    _store()["unit"] = st.session_state[_UNIT]


def _take_since() -> None:
    _store()["since"] = st.session_state[_SINCE]


def _clear() -> None:
    store = _store()
    store.update(text="", file=None, since=None, is_sample=False, uploads=store["uploads"] + 1)
    st.session_state[_TEXT] = ""


def _load_sample(scene: Scene) -> None:
    _store().update(text=_sample(scene), file=None, since=None, is_sample=True)
    st.session_state[_TEXT] = _store()["text"]


def _sample(scene: Scene) -> str:
    """Weigh-ins of a simulated person whom the plan does what it does in the middle."""
    projection = scene.projection
    return sample(
        scene.person,
        projection.intake_change_kcal_per_day,
        projection.counted_kcal_per_week / DAYS_PER_WEEK,
        today(),
    )


def _day(weigh_ins: WeighIns, at: int) -> dt.date:
    return weigh_ins.date[at].astype(dt.date)
