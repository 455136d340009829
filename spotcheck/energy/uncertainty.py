"""A thousand people who differ in what nobody knows beforehand, and the same plan for all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from spotcheck.energy.assumptions import LEG_UNKNOWNS, UNKNOWNS, Assumptions
from spotcheck.energy.balance import (
    BODY_FAT_FRACTION,
    INITIAL_GLYCOGEN_KG,
    PHYSICAL_ACTIVITY_LEVEL,
    WATER_KG_PER_KG_GLYCOGEN,
    Person,
    activity_parameter,
    simulate,
)
from spotcheck.energy.metabolism import FloatArray, extracellular_fluid_kg
from spotcheck.energy.training import DAYS_PER_WEEK, Plan

N_DRAWS = 1000
# Fixed, so that a link gives everybody the same picture.
SEED = 20261122
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
# Enough for a smooth band; quantiles of every day would cost more than the simulation.
POINTS = 60
# Room that the model needs for lean tissue beside fat, fluid and glycogen.
_LEAST_LEAN_SHARE = 0.02


@dataclass(frozen=True)
class Draws:
    """Unknowns of a number of people; every array has the shape (n,).

    The names are the parameters of the table ``priors``.
    """

    resting_metabolic_rate_factor: FloatArray
    physical_activity_level: FloatArray
    body_fat_fraction: FloatArray
    running_cost_factor: FloatArray
    compensation_fraction: FloatArray
    adherence_fraction: FloatArray
    intake_error_fraction: FloatArray
    intake_slip_kcal_per_day: FloatArray
    leg_fat_share: FloatArray
    leg_fat_proportionality: FloatArray

    @property
    def training_share(self) -> FloatArray:
        """Share of the planned training that counts: done, and not made up [1]."""
        kept = 1 - self.compensation_fraction
        return self.adherence_fraction * self.running_cost_factor * kept

    def intake_change(self, planned_kcal_per_day: float) -> FloatArray:
        """Change of food that a planned change means for each [kcal/day]."""
        return planned_kcal_per_day * (1 + self.intake_error_fraction) + (
            self.intake_slip_kcal_per_day
        )


@lru_cache(maxsize=4)
def _shares(n: int, seed: int) -> dict[str, FloatArray]:
    """Latin hypercube: for each unknown, n evenly spread shares in a random order."""
    rng = np.random.default_rng(seed)
    even = (np.arange(n) + 0.5) / n
    return {name: rng.permutation(even) for name in (*UNKNOWNS, *LEG_UNKNOWNS)}


def draw(assumptions: Assumptions, n: int = N_DRAWS, seed: int = SEED) -> Draws:
    """Draw people from the assumptions; the unknowns are independent of each other.

    Parameters
    ----------
    assumptions : Assumptions
        Distributions.
    n : int, optional
        Number of people.
    seed : int, optional
        The same seed gives the same people.

    Returns
    -------
    Draws

    References
    ----------
    Latin hypercube sampling: McKay et al. 1979, Technometrics 21:239-245,
    https://doi.org/10.2307/1268522
    """
    shares = _shares(n, seed)
    return Draws(**{name: assumptions[name].quantile(shares[name]) for name in shares})


def most_body_fat_fraction(sex: str, age_years: float, height_m: float, weight_kg: float) -> float:
    """Largest share of fat that leaves a body room for its fluid and some lean tissue.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.
    age_years, height_m, weight_kg : float
        Age [years], height [m] and body weight [kg].

    Returns
    -------
    float
        Share of body weight [1].

    Examples
    --------
    >>> round(most_body_fat_fraction("male", 60, 1.9, 60), 2)
    0.64
    """
    fluid = float(extracellular_fluid_kg(sex, age_years, height_m, weight_kg))
    wet = fluid + (1 + WATER_KG_PER_KG_GLYCOGEN) * INITIAL_GLYCOGEN_KG
    return min(BODY_FAT_FRACTION[1], 1 - wet / weight_kg - _LEAST_LEAN_SHARE)


def simulated_people(
    person: Person, plan: Plan, draws: Draws
) -> tuple[Person, FloatArray, FloatArray]:
    """People who resemble the reader, and what the plan means for each of them.

    Parameters
    ----------
    person : Person
        The reader.
    plan : Plan
        The plan.
    draws : Draws
        From :func:`draw`.

    Returns
    -------
    people : Person
        Fields of shape (n,).
    intake_change_kcal_per_day, exercise_kcal_per_day : numpy.ndarray, shape (n,)
        As :func:`~spotcheck.energy.balance.simulate` takes them.
    """
    weight = float(np.asarray(person.weight_kg))
    age, height = (float(np.asarray(value)) for value in (person.age_years, person.height_m))
    most_fat = most_body_fat_fraction(str(person.sex), age, height, weight)
    fat = float(person.fat_kg) / weight + draws.body_fat_fraction
    people = replace(
        person,
        physical_activity_level=np.clip(draws.physical_activity_level, *PHYSICAL_ACTIVITY_LEVEL),
        body_fat_fraction=np.clip(fat, BODY_FAT_FRACTION[0], most_fat),
        resting_metabolic_rate_factor=draws.resting_metabolic_rate_factor,
    )
    week = plan.energy(weight, float(person.resting_metabolic_rate_kcal_per_day))
    exercise = draws.training_share * week.extra_kcal_per_week / DAYS_PER_WEEK
    # Who makes up more than everything by moving less cannot move less than not at all.
    moved = weight * activity_parameter(
        people.resting_metabolic_rate_kcal_per_day, people.physical_activity_level, weight
    )
    exercise = np.maximum(exercise, -np.maximum(moved, 0.0))
    return people, draws.intake_change(plan.intake_change_kcal_per_day), exercise


@dataclass(frozen=True)
class Fan:
    """How far simulated people spread over time.

    Attributes
    ----------
    day : numpy.ndarray, shape (p,)
        Days of the quantiles, today first and the last day last.
    weight_kg, fat_kg : numpy.ndarray, shape (5, p)
        The ``QUANTILES`` of body weight and body fat on these days [kg].
    weight_change_kg, fat_change_kg, leg_fat_change_kg : numpy.ndarray, shape (n,)
        Change of each simulated person at the end [kg].
    """

    day: FloatArray
    weight_kg: FloatArray
    fat_kg: FloatArray
    weight_change_kg: FloatArray
    fat_change_kg: FloatArray
    leg_fat_change_kg: FloatArray

    def nine_in_ten(self, what: str = "weight_change_kg") -> tuple[float, float]:
        """Lower and upper end of the middle nine tenths of a change at the end [kg]."""
        low, high = np.quantile(getattr(self, what), [QUANTILES[0], QUANTILES[-1]])
        return float(low), float(high)

    def frame(self) -> pd.DataFrame:
        """Table of the weight's bands, one row a day that is drawn."""
        names = [f"weight_kg_quantile_{share:.2f}" for share in QUANTILES]
        bands = pd.DataFrame(self.weight_kg.T, columns=names)
        bands.insert(0, "day", self.day)
        return bands


@lru_cache(maxsize=256)
def fan(person: Person, plan: Plan, assumptions: Assumptions, days: int = 365) -> Fan:
    """Simulate ``N_DRAWS`` people and keep what a picture needs.

    Parameters
    ----------
    person, plan, assumptions : Person, Plan, Assumptions
        One adult, the plan and the distributions.
    days : int, optional
        Length, 1 to 3650 [days].

    Returns
    -------
    Fan
        Shared between callers; do not write into it.

    Raises
    ------
    ValueError
        If an input is outside its range.

    Examples
    --------
    >>> from spotcheck.energy.assumptions import assumptions
    >>> from spotcheck.energy.training import Session
    >>> person, plan = Person("female", 35, 1.68, 68), Plan((Session("steady", 3, 40, 9),))
    >>> year = fan(person, plan, assumptions(person, plan))
    >>> low, high = year.nine_in_ten()
    >>> low < -3.2 < high
    True
    """
    draws = draw(assumptions)
    people, intake, exercise = simulated_people(person, plan, draws)
    intake_schedule, exercise_schedule = plan.schedules(days)
    day = np.unique(np.linspace(0, days, POINTS).round().astype(int))
    bodies = simulate(
        people,
        intake,
        exercise,
        days,
        intake_schedule=intake_schedule,
        exercise_schedule=exercise_schedule,
        on_days=day,
    )
    fat_change = bodies.fat_kg[:, -1] - bodies.fat_kg[:, 0]
    return Fan(
        day=day,
        weight_kg=_quantiles(bodies.weight_kg),
        fat_kg=_quantiles(bodies.fat_kg),
        weight_change_kg=bodies.weight_kg[:, -1] - bodies.weight_kg[:, 0],
        fat_change_kg=fat_change,
        leg_fat_change_kg=fat_change * draws.leg_fat_share * draws.leg_fat_proportionality,
    )


def _quantiles(values: FloatArray) -> FloatArray:
    """``QUANTILES`` of each column, between neighbours as ``numpy.quantile`` takes them.

    Sorting whole rows of contiguous memory takes a tenth of the time of ``numpy.quantile``.
    """
    in_order = np.sort(values.T, axis=1)
    place = np.asarray(QUANTILES) * (in_order.shape[1] - 1)
    below = place.astype(int)
    lower, upper = in_order[:, below], in_order[:, np.minimum(below + 1, in_order.shape[1] - 1)]
    return (lower + (place - below) * (upper - lower)).T


@lru_cache(maxsize=64)
def tornado(person: Person, plan: Plan, assumptions: Assumptions, days: int = 365) -> pd.DataFrame:
    """How much each unknown alone moves the weight at the end.

    Parameters
    ----------
    person, plan, assumptions : Person, Plan, Assumptions
        One adult, the plan and the distributions.
    days : int, optional
        Length, 1 to 3650 [days].

    Returns
    -------
    DataFrame
        A row for each of ``UNKNOWNS``, widest swing first: ``parameter``, ``low`` and ``high``
        (its 5th and 95th percentile, in its own unit), ``change_at_low_kg`` and
        ``change_at_high_kg`` (change of weight with all else at the mean) and ``swing_kg``.

    Raises
    ------
    ValueError
        If an input is outside its range.
    """
    ends = {name: assumptions[name].quantile([QUANTILES[0], QUANTILES[-1]]) for name in UNKNOWNS}
    middle = {name: np.full(2 * len(ends), assumptions[name].mean) for name in ends}
    for row, (name, (low, high)) in enumerate(ends.items()):
        middle[name][2 * row : 2 * row + 2] = low, high
    legs = {name: np.full(2 * len(ends), assumptions[name].mean) for name in LEG_UNKNOWNS}
    people, intake, exercise = simulated_people(person, plan, Draws(**middle, **legs))
    intake_schedule, exercise_schedule = plan.schedules(days)
    bodies = simulate(
        people,
        intake,
        exercise,
        days,
        intake_schedule=intake_schedule,
        exercise_schedule=exercise_schedule,
        on_days=[0, days],
    )
    change = (bodies.weight_kg[:, -1] - bodies.weight_kg[:, 0]).reshape(-1, 2)
    table = pd.DataFrame(
        {
            "parameter": list(ends),
            "low": [low for low, _ in ends.values()],
            "high": [high for _, high in ends.values()],
            "change_at_low_kg": change[:, 0],
            "change_at_high_kg": change[:, 1],
            "swing_kg": np.abs(change[:, 1] - change[:, 0]),
        }
    )
    return table.sort_values("swing_kg", ascending=False, kind="stable", ignore_index=True)
