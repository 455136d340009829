"""When this app offers no deficit, where it stops the picture, and how near a plan comes to that.

The figures stand in the table ``safety_limits``, each with how it is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from spotcheck import tables
from spotcheck.energy.balance import (
    FAT_KCAL_PER_KG,
    GLYCOGEN_KCAL_PER_KG,
    LEAN_KCAL_PER_KG,
    Person,
    Trajectory,
)
from spotcheck.energy.metabolism import FloatArray, body_mass_index, check_range
from spotcheck.wording import METRIC, NBSP, Units, counted, kcal, number, percent, round_kcal

ADULT_AGE_YEARS = 18
# Weight of the first two weeks is water as much as tissue.
WATER_DAYS = 14
DAYS_PER_WEEK = 7
# Our choice: so much that every simulated person, those included who do more than planned, stays
# within what the model takes.
HIGHEST_TRAINING_KCAL_PER_DAY = 4000.0
# Where the model was seen to fail, the men were lean; above this index it has not been.
LEAN_BODY_MASS_INDEX = 25.0
KG_PER_WEEK = "kg a week"
KCAL_PER_DAY = "kcal a day"
# Changes smaller than this are the arithmetic's, not the plan's.
_NO_CHANGE = 1e-6

Level = Literal["fine", "careful", "stop", "unknown"]
_SEVERITY: dict[str, int] = {"unknown": 0, "fine": 0, "careful": 1, "stop": 2}


@dataclass(frozen=True)
class Stop:
    """Why no deficit is offered: a stable code and the sentences to show."""

    reason: str
    headline: str
    explanation: str


@dataclass(frozen=True)
class Threshold:
    """One row of the table ``safety_limits``; ``careful`` or ``stop`` is nan where there is none.

    Attributes
    ----------
    careful, stop : float
        Where the app asks for care, and where it stops, in the unit of the row.
    careful_status, stop_status : str
        How each figure is known; empty where there is none.
    careful_study_id, stop_study_id : str
        Source of each; empty where there is none.
    """

    careful: float
    careful_status: str
    careful_study_id: str
    stop: float
    stop_status: str
    stop_study_id: str


@dataclass(frozen=True)
class Limit:
    """One limit, and where a plan stands against it.

    Attributes
    ----------
    code : str
        Code of the table ``safety_limits``.
    label : str
        Name.
    value : float
        The plan's worst figure, in ``unit``; nan where it cannot be told.
    today : float
        The same figure without the plan.
    unit : str
        Unit of all figures.
    trouble : {"above", "below"}
        Side of the figures on which the trouble lies.
    amber, red : float
        From where care is asked for, and the limit itself; nan where there is none.
    level : {"fine", "careful", "stop", "unknown"}
        "fine" also where the plan leaves the figure as it is or makes it better.
    explanation : str
        One or two sentences with the figures.
    amber_status, red_status : str
        How the two figures are known: verified, second_hand, from_memory or assumption.
    study_ids : tuple of str
        Their sources in the table ``studies``.
    """

    code: str
    label: str
    value: float
    today: float
    unit: str
    trouble: str
    amber: float
    red: float
    level: Level
    explanation: str
    amber_status: str
    red_status: str
    study_ids: tuple[str, ...]

    @property
    def closeness(self) -> float:
        """How near the limit is: 1 at it, less before it, more beyond it; nan if unknown."""
        end = self.amber if math.isnan(self.red) else self.red
        if self.trouble == "above":
            return self.value / end
        return end / self.value if self.value > 0 else math.inf

    def figure(self, value: float, units: Units = METRIC) -> str:
        """``value`` of this limit without its unit, rounded to what is known of it."""
        if math.isnan(value):
            return "not known"
        if self.unit == KG_PER_WEEK:
            return number(units.mass_value(value), 1)
        if self.unit == KCAL_PER_DAY:
            return number(round_kcal(value))
        return number(value, 1 if self.code == "body_mass_index" else 0)

    def amount(self, value: float, units: Units = METRIC) -> str:
        """``value`` of this limit with its unit."""
        if math.isnan(value):
            return self.figure(value)
        unit = f"{units.mass_unit} a week" if self.unit == KG_PER_WEEK else self.unit
        return self.figure(value, units) + NBSP + unit


@cache
def thresholds(sex: str) -> dict[str, Threshold]:
    """Figures of the table ``safety_limits`` for one sex, by limit.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.

    Examples
    --------
    >>> thresholds("female")["energy_availability"].stop
    30.0
    """
    rows = tables.load("safety_limits")
    own = rows[rows["sex"].isin([sex, "both"])]
    texts = ["careful_status", "careful_study_id", "stop_status", "stop_study_id"]
    known = own.fillna(dict.fromkeys(texts, ""))
    return {
        row.limit: Threshold(
            row.careful,
            row.careful_status,
            row.careful_study_id,
            row.stop,
            row.stop_status,
            row.stop_study_id,
        )
        for row in known.itertuples()
    }


def lowest_body_mass_index() -> float:
    """Lower end of the World Health Organization's normal range for adults [kg/m2]."""
    return thresholds("female")["body_mass_index"].stop


def lowest_intake_kcal_per_day(sex: str) -> float:
    """Least food that guidelines prescribe without medical care [kcal/day].

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.

    Examples
    --------
    >>> lowest_intake_kcal_per_day("male")
    1500.0
    """
    return thresholds(sex)["intake_floor"].stop


def reason_to_stop(
    sex: str,
    age_years: float,
    height_m: float,
    weight_kg: float,
) -> Stop | None:
    """Say whether the reader's body or age is a reason to offer no weight goal at all.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.
    age_years : float
        Age [years].
    height_m : float
        Height [m].
    weight_kg : float
        Body weight [kg].

    Returns
    -------
    Stop or None
        None for adults with a body mass index of at least 18.5.

    Examples
    --------
    >>> reason_to_stop("female", 15, 1.6, 55).reason
    'under_18'
    >>> reason_to_stop("male", 40, 1.8, 80) is None
    True
    """
    if age_years < ADULT_AGE_YEARS:
        return Stop(
            "under_18",
            "This page makes no weight estimates for people under 18.",
            "A body that is still growing needs energy for more than running, and the equations "
            "here were made for adults. What a run costs is shown below; for questions about "
            "weight, a doctor or a school nurse is the right person.",
        )
    if body_mass_index(weight_kg, height_m) < lowest_body_mass_index():
        return Stop(
            "underweight",
            "At this weight, this page offers no deficit.",
            f"The body mass index is below {lowest_body_mass_index()}. Losing weight from here is "
            "a matter for a doctor, not for a slider. What a run costs is shown below.",
        )
    return None


def intake_stop(sex: str, intake_kcal_per_day: float) -> Stop | None:
    """Say whether a plan means eating less than the usual lower limits.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.
    intake_kcal_per_day : float
        Energy eaten a day under the plan [kcal/day].

    Returns
    -------
    Stop or None
        None from 1,200 kcal/day for women and 1,500 kcal/day for men upwards.

    Examples
    --------
    >>> intake_stop("female", 1100).reason
    'intake_floor'
    >>> intake_stop("female", 1300) is None
    True
    """
    lowest = lowest_intake_kcal_per_day(sex)
    if intake_kcal_per_day >= lowest:
        return None
    return Stop(
        "intake_floor",
        "This food change goes below what is usually safe.",
        f"It would leave about {kcal(intake_kcal_per_day)} a day. Guidelines do not go below "
        f"{kcal(lowest)} a day without medical care, so no weight is projected here.",
    )


def training_stop(extra_kcal_per_week: float) -> Stop | None:
    """Say whether a week holds more training than can be projected.

    Parameters
    ----------
    extra_kcal_per_week : float
        Net energy and after-burn of the full week [kcal/week].

    Returns
    -------
    Stop or None
        None up to 4,000 kcal/day.

    Examples
    --------
    >>> training_stop(70_000).reason
    'training_limit'
    >>> training_stop(3_000) is None
    True
    """
    per_day = extra_kcal_per_week / DAYS_PER_WEEK
    if per_day <= HIGHEST_TRAINING_KCAL_PER_DAY:
        return None
    return Stop(
        "training_limit",
        "This is more training than this page can follow.",
        f"The week takes about {kcal(per_day)} a day on top of resting. Above "
        f"{kcal(HIGHEST_TRAINING_KCAL_PER_DAY)} a day, which is our choice, no weight is "
        "projected here. Fewer or shorter sessions bring the picture back.",
    )


def lowest_weight_kg(height_m: float) -> float:
    """Weight at a body mass index of 18.5.

    Parameters
    ----------
    height_m : float
        Height [m].

    Returns
    -------
    float
        Body weight [kg].

    Examples
    --------
    >>> round(lowest_weight_kg(1.62), 1)
    48.6
    """
    return lowest_body_mass_index() * height_m**2


def days_shown(weight_kg: FloatArray, height_m: float) -> int:
    """Days of a projection that may be shown before it falls below a body mass index of 18.5.

    Parameters
    ----------
    weight_kg : numpy.ndarray, shape (days + 1,)
        Projected body weight [kg], day 0 first.
    height_m : float
        Height [m].

    Returns
    -------
    int
        Last day that may be shown; ``days`` when the limit is never reached.
    """
    below = weight_kg < lowest_weight_kg(height_m)
    return int(np.argmax(below)) - 1 if below.any() else len(weight_kg) - 1


def picture_stops(height_m: float, units: Units = METRIC) -> str:
    """Sentence that says why a curve ends early."""
    return (
        f"We stop the picture at {units.mass(lowest_weight_kg(height_m))}, a body mass index of "
        f"{lowest_body_mass_index()}. Below that, losing weight is a matter for a doctor, not for "
        "a slider."
    )


def energy_availability_kcal_per_kg(
    intake_kcal_per_day: ArrayLike, exercise_kcal_per_day: ArrayLike, fat_free_mass_kg: ArrayLike
) -> FloatArray:
    """Energy left for the body once exercise is paid for, for each kilogram of fat-free mass.

    Parameters
    ----------
    intake_kcal_per_day : float or array_like
        Energy eaten, 0 to 20,000 [kcal/day].
    exercise_kcal_per_day : float or array_like
        Energy of exercise above rest, 0 to 10,000 [kcal/day].
    fat_free_mass_kg : float or array_like
        Body weight without fat, 5 to 250 [kg].

    Returns
    -------
    float or numpy.ndarray
        Energy availability [kcal/kg/day].

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    About 45 kcal/kg/day is seen as healthy. Below about 30 the hormones of women were disturbed in
    laboratory studies; that threshold is debated, and in men it is unknown. There is no one way to
    count the exercise; here it is the planned sessions above rest, in full.

    References
    ----------
    Areta et al. 2021, Eur J Appl Physiol, https://doi.org/10.1007/s00421-020-04516-0

    Examples
    --------
    >>> round(float(energy_availability_kcal_per_kg(2100, 200, 48)), 1)
    39.6
    """
    intake = check_range("intake_kcal_per_day", intake_kcal_per_day, 0.0, 20_000.0, "kcal/day")
    exercise = check_range(
        "exercise_kcal_per_day", exercise_kcal_per_day, 0.0, 10_000.0, "kcal/day"
    )
    lean = check_range("fat_free_mass_kg", fat_free_mass_kg, 5.0, 250.0, "kg")
    return np.divide(intake - exercise, lean)


def weekly_loss_kg(weight_kg: ArrayLike) -> FloatArray:
    """Weight lost in each seven days, from day 14 on.

    Parameters
    ----------
    weight_kg : array_like, shape (days + 1,)
        Body weight, day 0 first [kg].

    Returns
    -------
    numpy.ndarray, shape (days - 20,)
        Loss of the week that starts on day 14, 15 and so on; negative for a gain [kg]. Empty for
        fewer than 21 days.

    Notes
    -----
    The first two weeks are left out because glycogen and its water go then.

    Examples
    --------
    >>> weekly_loss_kg(80 - 0.05 * np.arange(23)).round(2).tolist()
    [0.35, 0.35]
    """
    weight = np.asarray(weight_kg, dtype=float)
    return weight[WATER_DAYS:-DAYS_PER_WEEK] - weight[WATER_DAYS + DAYS_PER_WEEK :]


def fat_supply_kcal_per_day(fat_kg: ArrayLike) -> FloatArray:
    """Most energy that the fat store can give in a day, after Alpert.

    Parameters
    ----------
    fat_kg : float or array_like
        Body fat, 0 to 250 [kg].

    Returns
    -------
    float or numpy.ndarray
        Energy [kcal/day], 69 kcal for each kilogram of fat.

    Raises
    ------
    ValueError
        If the input is outside its range.

    Notes
    -----
    The figure, 290 kJ/kg/day, was seen quoted and not in the paper (Alpert 2005, J Theor Biol).

    Examples
    --------
    >>> float(fat_supply_kcal_per_day(20))
    1380.0
    """
    fat = check_range("fat_kg", fat_kg, 0.0, 250.0, "kg")
    return np.multiply(thresholds("female")["fat_supply"].stop, fat)


def energy_drawn_kcal_per_day(body: Trajectory) -> FloatArray:
    """Energy that the body gives out of its stores on each day.

    Parameters
    ----------
    body : Trajectory
        One person, arrays of shape (days + 1,).

    Returns
    -------
    numpy.ndarray, shape (days,)
        Deficit of the day; negative for a surplus [kcal/day].
    """
    stored = (
        FAT_KCAL_PER_KG * body.fat_kg
        + LEAN_KCAL_PER_KG * body.lean_kg
        + GLYCOGEN_KCAL_PER_KG * body.glycogen_kg
    )
    return -np.diff(stored)


def outside_envelope(
    person: Person, intake_change_kcal_per_day: float = 0.0, exercise_kcal_per_day: float = 0.0
) -> str | None:
    """Say why the model cannot be trusted with a change, if it cannot.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    intake_change_kcal_per_day : float, optional
        Lasting change of energy intake [kcal/day].
    exercise_kcal_per_day : float, optional
        Net cost of the added exercise, as :func:`~spotcheck.energy.balance.simulate` takes it
        [kcal/day].

    Returns
    -------
    str or None
        One or two sentences; None inside the envelope.

    Notes
    -----
    The rule is ours. The model fits two years of eating 10 to 25 % less (CALERIE, Ravussin 2015).
    In lean men on about half of their usual food (Minnesota, Keys 1950) it gives twice the loss
    that was seen, because the men moved far less. So a change is outside when its deficit is more
    than the fat store can give (:func:`fat_supply_kcal_per_day`), or when somebody with a body mass
    index below 25 eats less than 60 % of today's food.

    Examples
    --------
    >>> outside_envelope(Person("male", 25, 1.78, 69.3, 2.07), -1922) is None
    False
    >>> outside_envelope(Person("male", 38, 1.69, 72, 1.6), -500) is None
    True
    """
    deficit = exercise_kcal_per_day - intake_change_kcal_per_day
    supply = float(fat_supply_kcal_per_day(person.fat_kg))
    if deficit > supply:
        return (
            f"This plan asks the body for about {kcal(deficit)} a day, and its fat can give about "
            f"{kcal(supply)}. There the model was seen to fail: it promises far more loss than "
            "people had."
        )
    usual = float(person.energy_intake_kcal_per_day)
    eaten_share = (usual + intake_change_kcal_per_day) / usual
    trusted_share = thresholds("female")["intake_share"].stop
    is_lean = float(body_mass_index(person.weight_kg, person.height_m)) < LEAN_BODY_MASS_INDEX
    if is_lean and eaten_share < trusted_share:
        return (
            f"This plan means eating {percent(eaten_share)} of what you eat today. Lean men on "
            "about half of their usual food lost half as much as this model says, because they "
            "moved far less. We do not trust it below "
            f"{percent(trusted_share)} at this body mass index."
        )
    return None


def assess(
    person: Person,
    intake_kcal_per_day: float,
    exercise_kcal_per_day: float,
    trajectory: Trajectory,
    *,
    units: Units = METRIC,
) -> tuple[Limit, ...]:
    """Set a plan against every limit of the table ``safety_limits``.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    intake_kcal_per_day : float
        Energy eaten a day under the plan [kcal/day].
    exercise_kcal_per_day : float
        Energy of the planned sessions above rest, done in full and nothing made up [kcal/day].
    trajectory : Trajectory
        Where the plan leads, arrays of shape (days + 1,).
    units : Units, optional
        Units of the sentences; the figures stay metric.

    Returns
    -------
    tuple of Limit
        In the table's order. A limit that the plan does not move towards is "fine": it is about
        the plan, not about the reader.

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    Energy availability takes the food as planned: what a runner eats on top after runs is not
    counted, which errs on the careful side.

    Examples
    --------
    >>> from spotcheck.energy import simulate
    >>> person = Person("female", 35, 1.68, 68)
    >>> usual = float(person.energy_intake_kcal_per_day)
    >>> year = simulate(person, -300, 100)
    >>> [limit.level for limit in assess(person, usual - 300, 180, year)]
    ['careful', 'fine', 'fine', 'fine', 'fine', 'fine', 'fine']
    """
    sex = str(np.asarray(person.sex))
    known = thresholds(sex)
    usual = float(person.energy_intake_kcal_per_day)
    return (
        _availability(person, known, sex, usual, intake_kcal_per_day, exercise_kcal_per_day),
        _pace_of_loss(known, trajectory, units),
        _least_food(known, sex, usual, intake_kcal_per_day),
        _food_at_rest(person, known, usual, intake_kcal_per_day),
        _body_fat(person, known, sex, trajectory),
        _fat_supply(known, trajectory),
        _body_mass_index(person, known, trajectory),
    )


def nearest(limits: Sequence[Limit]) -> Limit | None:
    """Limit that a plan crosses furthest, or else comes nearest to; None if all are fine."""
    touched = [limit for limit in limits if _SEVERITY[limit.level]]
    return max(touched, key=lambda limit: (_SEVERITY[limit.level], limit.closeness), default=None)


def binding(limits: Sequence[Limit]) -> Limit | None:
    """Limit that stops a plan, the one crossed furthest; None if none is crossed."""
    worst = nearest(limits)
    return worst if worst is not None and worst.level == "stop" else None


def finding(limits: Sequence[Limit]) -> str:
    """One sentence that says how a plan stands with the limits.

    Parameters
    ----------
    limits : sequence of Limit
        From :func:`assess`.
    """
    worst = nearest(limits)
    if worst is None:
        return "Nothing here comes near a limit"
    name = worst.label[0].lower() + worst.label[1:]
    n_stops = sum(limit.level == "stop" for limit in limits)
    if n_stops > 1:
        return f"This plan crosses {counted(n_stops)} limits, {name} first"
    if n_stops == 1:
        return f"This plan crosses one limit: {name}"
    n_careful = sum(limit.level == "careful" for limit in limits)
    if n_careful > 1:
        return f"No limit is crossed, but {counted(n_careful)} are near, {name} first"
    return f"No limit is crossed, but one is near: {name}"


def limits_table(limits: Sequence[Limit]) -> pd.DataFrame:
    """Table of the limits, one row each, without their sentences."""
    columns = [
        *("code", "label", "value", "today", "unit", "trouble"),
        *("amber", "amber_status", "red", "red_status", "level"),
    ]
    rows = [{name: getattr(limit, name) for name in columns} for limit in limits]
    return pd.DataFrame(rows, columns=columns)


def _availability(
    person: Person,
    known: dict[str, Threshold],
    sex: str,
    usual_kcal: float,
    intake_kcal: float,
    exercise_kcal: float,
) -> Limit:
    lean = np.subtract(person.weight_kg, person.fat_kg)
    value = float(energy_availability_kcal_per_kg(intake_kcal, exercise_kcal, lean))
    edge = known["energy_availability"]
    whose = (
        f"below {number(edge.stop)} the hormones of women were disturbed in laboratory studies"
        if sex == "female"
        else f"the threshold in men is unknown, so the women's {number(edge.stop)} stand here"
    )
    return _limit(
        "energy_availability",
        edge,
        value,
        float(energy_availability_kcal_per_kg(usual_kcal, 0.0, lean)),
        "kcal/kg a day",
        "below",
        f"Once the sessions are paid for, {number(value)}{NBSP}kcal a day are left for each "
        f"kilogram of you that is not fat. About 45 is seen as healthy; {whose}.",
    )


def _pace_of_loss(known: dict[str, Threshold], body: Trajectory, units: Units) -> Limit:
    share, most = known["loss_rate"], known["loss_rate_kg"]
    losses = weekly_loss_kg(body.weight_kg)
    if not losses.size:
        return _limit(
            "loss_rate",
            share,
            math.nan,
            0.0,
            KG_PER_WEEK,
            "above",
            "The plan is too short to tell a pace: the first two weeks are water as much as "
            "tissue.",
        )
    weights = body.weight_kg[WATER_DAYS : WATER_DAYS + losses.size]
    ends = np.minimum(share.stop / 100 * weights, most.stop)
    week = int(np.argmax(losses / ends))
    loss, weight, end = float(losses[week]), float(weights[week]), float(ends[week])
    takes_kg = end == most.stop
    edge = Threshold(
        min(share.careful / 100 * weight, end),
        share.careful_status,
        share.careful_study_id,
        end,
        most.stop_status if takes_kg else share.stop_status,
        most.stop_study_id if takes_kg else share.stop_study_id,
    )
    why = (
        f"Guidelines end at {units.mass(most.stop)} a week."
        if takes_kg
        else f"We stop at {number(share.stop)}{NBSP}%; athletes who lost "
        f"{number(share.careful, 1)}{NBSP}% a week kept their muscle better than faster ones."
    )
    return _limit(
        "loss_rate",
        edge,
        loss,
        0.0,
        KG_PER_WEEK,
        "above",
        f"After the first two weeks the fastest week takes off {units.mass_amount(loss)}, "
        f"{number(100 * loss / weight, 1)}{NBSP}% of your weight. {why}"
        if loss > _NO_CHANGE
        else "After the first two weeks, no week takes weight off.",
    )


def _least_food(
    known: dict[str, Threshold], sex: str, usual_kcal: float, intake_kcal: float
) -> Limit:
    edge = known["intake_floor"]
    who = "women" if sex == "female" else "men"
    return _limit(
        "intake_floor",
        edge,
        intake_kcal,
        usual_kcal,
        KCAL_PER_DAY,
        "below",
        f"You would eat about {kcal(intake_kcal)} a day. Guidelines do not go below "
        f"{kcal(edge.stop)} for {who} without medical care.",
    )


def _food_at_rest(
    person: Person, known: dict[str, Threshold], usual_kcal: float, intake_kcal: float
) -> Limit:
    resting = float(person.resting_metabolic_rate_kcal_per_day)
    share = known["resting_rate"]
    edge = Threshold(
        share.careful * resting, share.careful_status, share.careful_study_id, math.nan, "", ""
    )
    return _limit(
        "resting_rate",
        edge,
        intake_kcal,
        usual_kcal,
        KCAL_PER_DAY,
        "below",
        f"Your body spends about {kcal(resting)} a day at rest. That eating less than this asks "
        "for care is a rule of ours, without a study behind it.",
    )


def _body_fat(person: Person, known: dict[str, Threshold], sex: str, body: Trajectory) -> Limit:
    edge = known["body_fat"]
    shares = 100 * body.fat_kg / body.weight_kg
    # Water that comes and goes moves the share too; only days with less fat count.
    has_less = body.fat_kg < body.fat_kg[0]
    today = float(shares[0])
    lowest = min(today, float(shares[has_less].min())) if has_less.any() else today
    who = "women" if sex == "female" else "men"
    doubt = (
        "; a figure from height and weight is off by 4 to 5 points"
        if person.body_fat_fraction is None
        else ""
    )
    return _limit(
        "body_fat",
        edge,
        lowest,
        today,
        "%",
        "below",
        f"Body fat would be {number(lowest)}{NBSP}% at its lowest, from {number(today)}{NBSP}% "
        f"today{doubt}. {number(edge.stop)}{NBSP}% is the least that rules of wrestling in the US "
        f"allow {who}.",
    )


def _fat_supply(known: dict[str, Threshold], body: Trajectory) -> Limit:
    edge = known["fat_supply"]
    drawn = float(np.max(energy_drawn_kcal_per_day(body) / body.fat_kg[:-1]))
    return _limit(
        "fat_supply",
        edge,
        drawn,
        0.0,
        "kcal/kg a day",
        "above",
        f"At its largest, the deficit takes {number(drawn)}{NBSP}kcal a day for each kilogram of "
        f"fat. Beyond about {number(edge.stop)}, says one analysis, lean tissue has to pay the "
        "rest."
        if drawn > _NO_CHANGE
        else "There is no deficit for the fat to cover.",
    )


def _body_mass_index(person: Person, known: dict[str, Threshold], body: Trajectory) -> Limit:
    edge = known["body_mass_index"]
    # Not through body_mass_index(): a plan may lead below the weights that it takes.
    indices = np.divide(body.weight_kg, np.square(float(np.asarray(person.height_m))))
    lowest = float(indices.min())
    return _limit(
        "body_mass_index",
        edge,
        lowest,
        float(indices[0]),
        "kg/m²",
        "below",
        f"The body mass index would be {number(lowest, 1)} at its lowest. At "
        f"{number(edge.stop, 1)} we stop the picture.",
    )


def _limit(
    code: str,
    edge: Threshold,
    value: float,
    today: float,
    unit: str,
    trouble: str,
    explanation: str,
) -> Limit:
    studies = (edge.careful_study_id, edge.stop_study_id)
    return Limit(
        code=code,
        label=_labels()[code],
        value=value,
        today=today,
        unit=unit,
        trouble=trouble,
        amber=edge.careful,
        red=edge.stop,
        level=_level(value, today, edge, trouble),
        explanation=explanation,
        amber_status=edge.careful_status,
        red_status=edge.stop_status,
        study_ids=tuple(dict.fromkeys(study for study in studies if study)),
    )


def _level(value: float, today: float, edge: Threshold, trouble: str) -> Level:
    if math.isnan(value):
        return "unknown"
    sign = 1 if trouble == "above" else -1
    if sign * (value - today) <= _NO_CHANGE:
        return "fine"
    if sign * value > sign * edge.stop:
        return "stop"
    return "careful" if sign * value > sign * edge.careful else "fine"


@cache
def _labels() -> dict[str, str]:
    rows = tables.load("safety_limits")
    return dict(zip(rows["limit"], rows["label"], strict=True))
