"""How body weight answers to a lasting change of food or exercise: Hall's 2011 adult model.

The model splits the body into fat, lean tissue, glycogen with its water, and extracellular fluid,
and follows the energy that goes in and out of each. All sizes here are written as changes since
today, so a person who changes nothing stays exactly as they are.

References
----------
Hall et al. 2011, Quantification of the effect of energy imbalance on bodyweight, Lancet
378:826-837 and its web appendix, https://doi.org/10.1016/S0140-6736(11)60812-X
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spotcheck.energy.metabolism import (
    AGE_YEARS,
    HEIGHT_M,
    WEIGHT_KG,
    FloatArray,
    check_range,
    extracellular_fluid_kg,
    is_female,
    jackson_body_fat_kg,
    resting_metabolic_rate,
)

PHYSICAL_ACTIVITY_LEVEL = (1.1, 3.0)
BODY_FAT_FRACTION = (0.03, 0.70)
RESTING_METABOLIC_RATE_FACTOR = (0.5, 1.5)
RESTING_KCAL_PER_DAY = (150.0, 10_000.0)
DAYS = (1, 3650)
HIGHEST_INTAKE_KCAL_PER_DAY = 20_000.0
HIGHEST_EXERCISE_KCAL_PER_DAY = 10_000.0

# Hall's constants in kcal, as the public implementations of the model round them.
FAT_KCAL_PER_KG = 9440.727
LEAN_KCAL_PER_KG = 1816.444
GLYCOGEN_KCAL_PER_KG = 4206.501
FAT_BUILDING_KCAL_PER_KG = 179.2543
LEAN_BUILDING_KCAL_PER_KG = 229.4455
FAT_UPKEEP_KCAL_PER_KG_PER_DAY = 3.107075
LEAN_UPKEEP_KCAL_PER_KG_PER_DAY = 21.98853
FORBES_KG = 10.4

THERMIC_EFFECT_OF_FOOD = 0.1
ADAPTIVE_THERMOGENESIS = 0.14
ADAPTIVE_THERMOGENESIS_DAYS = 14.0

INITIAL_GLYCOGEN_KG = 0.5
WATER_KG_PER_KG_GLYCOGEN = 2.7
CARBOHYDRATE_SHARE_OF_INTAKE = 0.5

SODIUM_MG_PER_L = 3220.0
SODIUM_EXCRETION_MG_PER_L_PER_DAY = 3000.0
CARBOHYDRATE_SODIUM_MG_PER_DAY = 4000.0

STATIC_RULE_KCAL_PER_KG = 7700.0

# Runge-Kutta steps of one day stay stable up to a rate of 2.78 a day.
FASTEST_GLYCOGEN_RATE_PER_DAY = 2.7
SETTLED_KG = 1e-4
LONGEST_STEP_DAYS = 14


@dataclass(frozen=True)
class Person:
    """An adult, or many, whose weight is steady today.

    Parameters
    ----------
    sex : {"female", "male"} or array_like of these, shape (n,)
        Sex.
    age_years : float or array_like, shape (n,)
        Age, 18 to 100 [years]; it does not advance during a simulation.
    height_m : float or array_like, shape (n,)
        Height, 1.2 to 2.3 [m].
    weight_kg : float or array_like, shape (n,)
        Body weight today, 30 to 300 [kg].
    physical_activity_level : float or array_like, shape (n,), optional
        Daily energy expenditure over resting metabolic rate today, 1.1 to 3.0 [1].
    body_fat_fraction : float or array_like, shape (n,), optional
        Fat as a share of body weight, 0.03 to 0.70 [1]; estimated by
        :func:`~spotcheck.energy.metabolism.jackson_body_fat_kg` when not given.
    resting_metabolic_rate_factor : float or array_like, shape (n,), optional
        This person's resting metabolic rate over what
        :func:`~spotcheck.energy.metabolism.resting_metabolic_rate` gives, 0.5 to 1.5 [1].

    Raises
    ------
    ValueError
        If a field is outside its range, if the fat leaves no room for lean tissue, or if the
        fields have lengths that do not go together.

    Examples
    --------
    >>> person = Person("female", 35, 1.68, 75)
    >>> round(float(person.energy_intake_kcal_per_day))
    2199
    """

    sex: ArrayLike
    age_years: ArrayLike
    height_m: ArrayLike
    weight_kg: ArrayLike
    physical_activity_level: ArrayLike = 1.5
    body_fat_fraction: ArrayLike | None = None
    resting_metabolic_rate_factor: ArrayLike = 1.0

    def __post_init__(self) -> None:
        fields: dict[str, Any] = {
            "sex": is_female(self.sex),
            "age_years": check_range("age_years", self.age_years, *AGE_YEARS, "years"),
            "height_m": check_range("height_m", self.height_m, *HEIGHT_M, "m"),
            "weight_kg": check_range("weight_kg", self.weight_kg, *WEIGHT_KG, "kg"),
            "physical_activity_level": check_range(
                "physical_activity_level", self.physical_activity_level, *PHYSICAL_ACTIVITY_LEVEL
            ),
            "resting_metabolic_rate_factor": check_range(
                "resting_metabolic_rate_factor",
                self.resting_metabolic_rate_factor,
                *RESTING_METABOLIC_RATE_FACTOR,
            ),
        }
        if self.body_fat_fraction is not None:
            fields["body_fat_fraction"] = check_range(
                "body_fat_fraction", self.body_fat_fraction, *BODY_FAT_FRACTION
            )
        _common_length({name: values.shape for name, values in fields.items()})
        if self.body_fat_fraction is not None:
            room_for_fat = 1.0 - np.divide(self._fluid_and_glycogen_kg, fields["weight_kg"])
            check_range(
                "body_fat_fraction",
                self.body_fat_fraction,
                BODY_FAT_FRACTION[0],
                np.minimum(BODY_FAT_FRACTION[1], np.floor(room_for_fat * 100.0) / 100.0),
                "(the rest of this body is fluid and lean tissue)",
            )

    @property
    def resting_metabolic_rate_kcal_per_day(self) -> FloatArray:
        """Resting metabolic rate today [kcal/day]."""
        expected = resting_metabolic_rate(self.sex, self.age_years, self.height_m, self.weight_kg)
        return np.multiply(np.asarray(self.resting_metabolic_rate_factor, dtype=float), expected)

    @property
    def energy_intake_kcal_per_day(self) -> FloatArray:
        """Energy eaten, and spent, a day at today's steady weight [kcal/day]."""
        level = np.asarray(self.physical_activity_level, dtype=float)
        return np.multiply(self.resting_metabolic_rate_kcal_per_day, level)

    @property
    def fat_kg(self) -> FloatArray:
        """Body fat today [kg]."""
        if self.body_fat_fraction is None:
            return jackson_body_fat_kg(self.sex, self.age_years, self.height_m, self.weight_kg)
        fraction = np.asarray(self.body_fat_fraction, dtype=float)
        return np.multiply(fraction, np.asarray(self.weight_kg, dtype=float))

    @property
    def lean_kg(self) -> FloatArray:
        """Lean tissue today without extracellular fluid, glycogen and its water [kg]."""
        weight = np.asarray(self.weight_kg, dtype=float)
        return np.subtract(weight - self.fat_kg, self._fluid_and_glycogen_kg)

    @property
    def _fluid_and_glycogen_kg(self) -> FloatArray:
        fluid = extracellular_fluid_kg(self.sex, self.age_years, self.height_m, self.weight_kg)
        return fluid + (1.0 + WATER_KG_PER_KG_GLYCOGEN) * INITIAL_GLYCOGEN_KG


@dataclass(frozen=True)
class Trajectory:
    """Body weight and its parts, day by day.

    Every array has the shape (days + 1,) when all inputs were scalars, else (n, days + 1);
    index 0 is today.

    Attributes
    ----------
    weight_kg : numpy.ndarray
        Body weight [kg]: fat, lean tissue, extracellular fluid, and glycogen with its water.
    fat_kg : numpy.ndarray
        Body fat [kg].
    lean_kg : numpy.ndarray
        Lean tissue [kg], in Hall's sense: without extracellular fluid, glycogen and its water.
        It is therefore smaller than fat-free mass, which is ``weight_kg - fat_kg``.
    glycogen_kg : numpy.ndarray
        Glycogen without its water [kg].
    extracellular_fluid_kg : numpy.ndarray
        Extracellular fluid [kg].
    adaptive_thermogenesis_kcal_per_day : numpy.ndarray
        Change of energy expenditure by adaptation to more or less food [kcal/day].
    """

    weight_kg: FloatArray
    fat_kg: FloatArray
    lean_kg: FloatArray
    glycogen_kg: FloatArray
    extracellular_fluid_kg: FloatArray
    adaptive_thermogenesis_kcal_per_day: FloatArray


def activity_parameter(
    resting_kcal_per_day: ArrayLike, physical_activity_level: ArrayLike, weight_kg: ArrayLike
) -> FloatArray:
    """Energy cost of all movement in a day for each kilogram of body weight, Hall's equation 8.

    Parameters
    ----------
    resting_kcal_per_day : float or array_like
        Resting metabolic rate, 150 to 10,000 [kcal/day].
    physical_activity_level : float or array_like
        Daily energy expenditure over resting metabolic rate, 1.1 to 3.0 [1].
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].

    Returns
    -------
    float or numpy.ndarray
        Activity parameter delta [kcal/kg/day].

    Raises
    ------
    ValueError
        If an input is outside its range.

    References
    ----------
    Hall et al. 2011, web appendix equation 8, https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> round(float(activity_parameter(1466, 1.5, 75)), 2)
    6.84
    """
    resting = check_range(
        "resting_kcal_per_day", resting_kcal_per_day, *RESTING_KCAL_PER_DAY, "kcal/day"
    )
    level = check_range(
        "physical_activity_level", physical_activity_level, *PHYSICAL_ACTIVITY_LEVEL
    )
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    return np.divide(((1.0 - THERMIC_EFFECT_OF_FOOD) * level - 1.0) * resting, weight)


def static_rule_weight_kg(
    weight_kg: ArrayLike, deficit_kcal_per_day: ArrayLike, days: ArrayLike
) -> FloatArray:
    """Weight by the old rule that every 7,700 kcal is one kilogram, for ever.

    Parameters
    ----------
    weight_kg : float or array_like
        Body weight today, 30 to 300 [kg].
    deficit_kcal_per_day : float or array_like
        Energy missing a day, -20,000 to 20,000 [kcal/day]; negative for a surplus.
    days : float or array_like
        Time since today, 0 to 3650 [days].

    Returns
    -------
    float or numpy.ndarray
        Body weight [kg]. The rule is a straight line and knows no floor.

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    Wishnofsky put it as 3,500 kcal a pound, which is 7,716 kcal/kg; 7,700 is the usual rounding.

    References
    ----------
    Wishnofsky 1958, Caloric equivalents of gained or lost weight, Am J Clin Nutr 6:542-546,
    https://doi.org/10.1093/ajcn/6.5.542

    Examples
    --------
    >>> round(float(static_rule_weight_kg(90, 450, 365)), 1)
    68.7
    """
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    deficit = check_range(
        "deficit_kcal_per_day",
        deficit_kcal_per_day,
        -HIGHEST_INTAKE_KCAL_PER_DAY,
        HIGHEST_INTAKE_KCAL_PER_DAY,
        "kcal/day",
    )
    elapsed = check_range("days", days, 0.0, float(DAYS[1]), "days")
    return np.subtract(weight, deficit * elapsed / STATIC_RULE_KCAL_PER_KG)


def steady_state_weight_change_kg(
    person: Person,
    intake_change_kcal_per_day: ArrayLike = 0.0,
    exercise_kcal_per_day: ArrayLike = 0.0,
) -> FloatArray:
    """Change of fat and lean tissue once a lasting change has run its course, Hall's equation 17.

    Parameters
    ----------
    person : Person
        Who; scalar or (n,).
    intake_change_kcal_per_day : float or array_like, shape (n,)
        Lasting change of energy intake [kcal/day].
    exercise_kcal_per_day : float or array_like, shape (n,)
        Net cost of the added exercise at today's weight [kcal/day].

    Returns
    -------
    float or numpy.ndarray
        Weight change in the end [kg], without the shift of fluid and glycogen.

    Raises
    ------
    ValueError
        As :func:`simulate`.

    Notes
    -----
    Equation 17 holds the fat share of the change, which itself depends on the change. Here it is
    taken along the Forbes curve, by Newton's method on the lean change. A change that would
    use up all lean tissue ends at its loss.

    References
    ----------
    Hall et al. 2011, web appendix equation 17, https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> person = Person("female", 35, 1.68, 75)
    >>> round(float(steady_state_weight_change_kg(person, -100)), 1)
    -4.8
    """
    body = _Body.of(
        person,
        _Change.of("intake_change_kcal_per_day", intake_change_kcal_per_day, days=1),
        _Change.of("exercise_kcal_per_day", exercise_kcal_per_day, days=1),
    )
    adaptation = THERMIC_EFFECT_OF_FOOD + ADAPTIVE_THERMOGENESIS
    push = (1.0 - adaptation) * body.intake_change[0] - body.added_activity[0] * body.weight
    lean_upkeep = body.activity[0] + LEAN_UPKEEP_KCAL_PER_KG_PER_DAY
    fat_upkeep = body.activity[0] + FAT_UPKEEP_KCAL_PER_KG_PER_DAY
    change = np.zeros_like(push)
    for _ in range(100):
        fat = body.fat_at(change)
        miss = push - lean_upkeep * change - fat_upkeep * (fat - body.fat)
        correction = miss / (lean_upkeep + fat_upkeep * fat / FORBES_KG)
        change = change + correction
        if np.abs(correction).max() < 1e-12:
            break
    change = np.maximum(change, -body.lean)
    total = change + body.fat_at(change) - body.fat
    return total[0] if body.scalar else total


def time_constant_days(person: Person, exercise_kcal_per_day: ArrayLike = 0.0) -> FloatArray:
    """Time in which fat and lean tissue go 63 % of the way to their new level, Hall's equation 15.

    Parameters
    ----------
    person : Person
        Who; scalar or (n,).
    exercise_kcal_per_day : float or array_like, shape (n,)
        Net cost of the added exercise at today's weight [kcal/day]; more activity is faster.

    Returns
    -------
    float or numpy.ndarray
        Time constant [days]. Half of the way takes ``log(2)``, 0.69, of it.

    Raises
    ------
    ValueError
        As :func:`simulate`.

    Notes
    -----
    It holds for small changes, as fat's share of a change is taken at today's fat.

    References
    ----------
    Hall et al. 2011, web appendix equation 15, https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> round(float(time_constant_days(Person("female", 35, 1.68, 75))))
    481
    """
    body = _Body.of(
        person,
        _Change.of("intake_change_kcal_per_day", 0.0, days=1),
        _Change.of("exercise_kcal_per_day", exercise_kcal_per_day, days=1),
    )
    lean_per_fat = FORBES_KG / body.fat
    energy = (
        FAT_KCAL_PER_KG
        + FAT_BUILDING_KCAL_PER_KG
        + lean_per_fat * (LEAN_KCAL_PER_KG + LEAN_BUILDING_KCAL_PER_KG)
    )
    upkeep = (
        FAT_UPKEEP_KCAL_PER_KG_PER_DAY
        + body.activity[0]
        + lean_per_fat * (LEAN_UPKEEP_KCAL_PER_KG_PER_DAY + body.activity[0])
    )
    days = np.divide(energy, upkeep)
    return days[0] if body.scalar else days


def simulate(
    person: Person,
    intake_change_kcal_per_day: ArrayLike = 0.0,
    exercise_kcal_per_day: ArrayLike = 0.0,
    days: int = 365,
    *,
    intake_schedule: ArrayLike | None = None,
    exercise_schedule: ArrayLike | None = None,
    on_days: ArrayLike | None = None,
) -> Trajectory:
    """Follow body weight, fat and lean tissue from today on, with Hall's model.

    Parameters
    ----------
    person : Person
        Who; scalar or (n,).
    intake_change_kcal_per_day : float or array_like, shape (n,) or (n, days)
        Change of energy intake against today's [kcal/day]; what remains must be from 0 to 20,000.
        For one person a daily series has the shape (1, days). Sodium intake stays as it is.
    exercise_kcal_per_day : float or array_like, shape (n,) or (n, days)
        Net cost of the added exercise at today's weight, before any compensation [kcal/day], up
        to 10,000. It changes the activity parameter, so the cost falls as weight falls. It may be
        negative, down to all activity the person has today.
    days : int, optional
        Length, 1 to 3650 [days].
    intake_schedule, exercise_schedule : array_like, shape (days,), optional
        Share of the change that is in force on each day, 0 to 1 [1], the same for everyone. The
        change is then a scalar or (n,), and in its range as a whole. When not given, it is in
        force from the first day on for ever.
    on_days : array_like of int, shape (k,), optional
        Days to give, rising, from 0 to ``days``; every day when not given. A few days of many
        people take a fraction of the memory.

    Returns
    -------
    Trajectory
        Arrays of shape (days + 1,) if everything was scalar, else (n, days + 1); with ``on_days``
        (k,) and (n, k).

    Raises
    ------
    ValueError
        If an input is outside its range or shapes do not go together.

    Notes
    -----
    Days of equal input are stepped by days until glycogen and fluid have settled, then by up to
    two weeks at a time with a cubic curve between, up to the day before the next change of input.
    The daily step is the fourth-order Runge-Kutta step of the public implementations, so that
    results agree: its last sixth already reads the next day's values. Above about 5,700 kcal/day
    such a step is too long for glycogen, and the public implementations drift without bound;
    here glycogen is slowed to stay stable. Lean tissue stops at zero; long before that the model
    no longer describes a living person.

    References
    ----------
    Hall et al. 2011, web appendix equations 1 to 9 and 17,
    https://doi.org/10.1016/S0140-6736(11)60812-X

    Chow & Hall 2008, PLoS Comput Biol 4:e1000045,
    https://doi.org/10.1371/journal.pcbi.1000045

    Examples
    --------
    >>> year = simulate(Person("female", 35, 1.68, 75), intake_change_kcal_per_day=-200)
    >>> year.weight_kg.shape
    (366,)
    >>> round(float(year.weight_kg[-1] - year.weight_kg[0]), 1)
    -5.5
    """
    days = _whole_days(days)
    body = _Body.of(
        person,
        _Change.of(
            "intake_change_kcal_per_day",
            intake_change_kcal_per_day,
            days,
            "intake_schedule",
            intake_schedule,
        ),
        _Change.of(
            "exercise_kcal_per_day",
            exercise_kcal_per_day,
            days,
            "exercise_schedule",
            exercise_schedule,
        ),
    )
    state = _State.today(body, _days_to_keep(on_days, days))
    day = 0
    # A step reads the input of the day after too, so a stretch's last day is a step of its own.
    last_days = (*(body.first_days[1:] - 1).tolist(), days)
    for row, last in enumerate(last_days):
        while day < last and not state.has_settled(body, row):
            state.step_one_day(body, day, row, row)
            day += 1
        if day < last:
            state.step_far(body, day, last, row)
            day = last
        if day < days:
            state.step_one_day(body, day, row, row + 1)
            day += 1
    return state.trajectory(body)


@dataclass(frozen=True)
class _Change:
    """A change of food or of exercise over time, people along the last axis.

    The share is one value, or one for each day in a column. The change has one row for each day
    or, if that does not vary, a single row.
    """

    field: str
    people: tuple[int, ...]
    kcal_per_day: FloatArray
    share: FloatArray

    @classmethod
    def of(
        cls,
        field: str,
        value: ArrayLike,
        days: int,
        schedule_field: str = "",
        schedule: ArrayLike | None = None,
    ) -> _Change:
        limit = HIGHEST_INTAKE_KCAL_PER_DAY
        change = check_range(field, value, -limit, limit, "kcal/day")
        if change.ndim > 2 or (change.ndim == 2 and change.shape[1] != days):
            raise ValueError(
                f"{field} has the shape {change.shape}; allowed: a scalar, (n,) or (n, {days})"
            )
        share = np.ones(1)
        if schedule is not None:
            share = check_range(schedule_field, schedule, 0.0, 1.0)
            if share.shape != (days,):
                raise ValueError(
                    f"{schedule_field} has the shape {share.shape}; allowed: ({days},)"
                )
            if change.ndim == 2:
                raise ValueError(
                    f"{field} has the shape {change.shape}; "
                    f"allowed together with {schedule_field}: a scalar or (n,)"
                )
        return cls(field, change.shape[:1], np.atleast_2d(change.T), share[:, np.newaxis])

    def first_days(self) -> set[int]:
        """Days on which the change is not what it was the day before, today included."""
        moves = [
            np.flatnonzero((values[1:] != values[:-1]).any(axis=1)) + 1
            for values in (self.kcal_per_day, self.share)
        ]
        return {0}.union(*(found.tolist() for found in moves))

    def on(self, days: NDArray[np.intp]) -> FloatArray:
        """What is in force on these days [kcal/day], one row for each."""
        change, share = (
            values if len(values) == 1 else values[days]
            for values in (self.kcal_per_day, self.share)
        )
        return np.multiply(share, change)


@dataclass(frozen=True)
class _Body:
    """What is known of a simulation beforehand; people along the last axis.

    The changes have one row for each stretch of days on which they are the same; ``first_days``
    says where these begin.
    """

    weight: FloatArray
    fat: FloatArray
    lean: FloatArray
    fluid: FloatArray
    intake: FloatArray
    intake_change: FloatArray
    added_activity: FloatArray
    activity: FloatArray
    glycogen_pace: FloatArray
    first_days: NDArray[np.intp]
    scalar: bool

    @classmethod
    def of(cls, person: Person, food: _Change, exercise: _Change) -> _Body:
        shapes = {"person": _person_shape(person)}
        shapes |= {change.field: change.people for change in (food, exercise)}
        n = _common_length(shapes)
        weight, fat, lean, intake, resting, level, fluid = (
            np.broadcast_to(np.asarray(values, dtype=float), n)
            for values in (
                person.weight_kg,
                person.fat_kg,
                person.lean_kg,
                person.energy_intake_kcal_per_day,
                person.resting_metabolic_rate_kcal_per_day,
                person.physical_activity_level,
                extracellular_fluid_kg(
                    person.sex, person.age_years, person.height_m, person.weight_kg
                ),
            )
        )
        activity = activity_parameter(resting, level, weight)
        check_range(
            food.field,
            food.kcal_per_day,
            -intake,
            HIGHEST_INTAKE_KCAL_PER_DAY - intake,
            f"kcal/day (this person eats {intake[0]:.0f} today)" if n == 1 else "kcal/day",
        )
        check_range(
            exercise.field,
            exercise.kcal_per_day,
            -np.maximum(activity * weight, 0.0),
            HIGHEST_EXERCISE_KCAL_PER_DAY,
            "kcal/day",
        )
        first_days = np.array(sorted(food.first_days() | exercise.first_days()))
        intake_change = np.broadcast_to(food.on(first_days), (len(first_days), n))
        added_activity = np.broadcast_to(exercise.on(first_days), intake_change.shape) / weight
        highest = np.maximum(intake, intake + intake_change.max(axis=0))
        carbohydrate = CARBOHYDRATE_SHARE_OF_INTAKE * np.sqrt(intake * highest)
        rate = 2.0 * carbohydrate / (INITIAL_GLYCOGEN_KG * GLYCOGEN_KCAL_PER_KG)
        return cls(
            weight=weight,
            fat=fat,
            lean=lean,
            fluid=fluid,
            intake=intake,
            intake_change=intake_change,
            added_activity=added_activity,
            activity=activity + added_activity,
            glycogen_pace=np.minimum(1.0, FASTEST_GLYCOGEN_RATE_PER_DAY / rate),
            first_days=first_days,
            scalar=not any(shapes.values()),
        )

    def fat_at(self, lean_change: FloatArray) -> FloatArray:
        """Fat along the Forbes curve [kg]."""
        return self.fat * np.exp(lean_change / FORBES_KG)

    def glycogen_rate(self, change: FloatArray, intake_change: FloatArray) -> FloatArray:
        """Equation 1 [kg/day]."""
        baseline = CARBOHYDRATE_SHARE_OF_INTAKE * self.intake
        used = baseline * change * (change + 2.0 * INITIAL_GLYCOGEN_KG) / INITIAL_GLYCOGEN_KG**2
        surplus = CARBOHYDRATE_SHARE_OF_INTAKE * intake_change - used
        return self.glycogen_pace * surplus / GLYCOGEN_KCAL_PER_KG

    def fluid_rate(self, change: FloatArray, intake_change: FloatArray) -> FloatArray:
        """Equation 2 with constant sodium [kg/day]."""
        kept = CARBOHYDRATE_SODIUM_MG_PER_DAY * intake_change / self.intake
        return (kept - SODIUM_EXCRETION_MG_PER_L_PER_DAY * change) / SODIUM_MG_PER_L

    def thermogenesis_rate(
        self, thermogenesis: FloatArray, intake_change: FloatArray
    ) -> FloatArray:
        """Equation 7 [kcal/day/day]."""
        goal = ADAPTIVE_THERMOGENESIS * intake_change
        return (goal - thermogenesis) / ADAPTIVE_THERMOGENESIS_DAYS

    def settled(self, row: int) -> tuple[FloatArray, FloatArray]:
        """Changes of glycogen and fluid at which equations 1 and 2 come to rest [kg]."""
        share = self.intake_change[row] / self.intake
        glycogen = INITIAL_GLYCOGEN_KG * (np.sqrt(np.maximum(1.0 + share, 0.0)) - 1.0)
        fluid = CARBOHYDRATE_SODIUM_MG_PER_DAY / SODIUM_EXCRETION_MG_PER_L_PER_DAY * share
        return glycogen, fluid

    def push(
        self,
        row: int,
        parts: tuple[FloatArray, ...],
        glycogen_rate: FloatArray | float,
    ) -> tuple[FloatArray, FloatArray]:
        """Energy surplus apart from tissue changes [kcal/day], and the activity parameter."""
        thermogenesis, fluid_change, glycogen_change = parts
        activity = self.activity[row]
        water = fluid_change + (1.0 + WATER_KG_PER_KG_GLYCOGEN) * glycogen_change
        surplus = (
            (1.0 - THERMIC_EFFECT_OF_FOOD) * self.intake_change[row]
            - thermogenesis
            - GLYCOGEN_KCAL_PER_KG * glycogen_rate
            - self.added_activity[row] * self.weight
            - activity * water
        )
        return surplus, activity

    def lean_rate(self, lean_change: FloatArray, push: tuple[FloatArray, FloatArray]) -> FloatArray:
        """Equations 3, 5 and 9 along the Forbes curve [kg/day].

        Each kilogram of lean tissue takes ``fat / 10.4 kg`` of fat along, so the surplus is
        shared by dividing it by the energy of both, their building cost included.
        """
        surplus, activity = push
        fat = self.fat_at(lean_change)
        imbalance = (
            surplus
            - (activity + LEAN_UPKEEP_KCAL_PER_KG_PER_DAY) * lean_change
            - (activity + FAT_UPKEEP_KCAL_PER_KG_PER_DAY) * (fat - self.fat)
        )
        lean_energy = LEAN_KCAL_PER_KG + LEAN_BUILDING_KCAL_PER_KG
        fat_energy = FAT_KCAL_PER_KG + FAT_BUILDING_KCAL_PER_KG
        return imbalance / (lean_energy + fat_energy / FORBES_KG * fat)


@dataclass
class _State:
    """The four states as changes since today, people along the last axis.

    ``now`` has one row a state: lean tissue, fluid, glycogen, adaptive thermogenesis. ``kept`` has
    such rows for each of ``days``, by day; ``place`` says where a day is kept, -1 for nowhere.
    """

    now: FloatArray
    kept: FloatArray
    days: NDArray[np.intp]
    place: NDArray[np.intp]

    @classmethod
    def today(cls, body: _Body, days: NDArray[np.intp]) -> _State:
        place = np.full(days[-1] + 2, -1)
        place[days] = np.arange(len(days))
        now = np.zeros((4, body.weight.size))
        state = cls(now, np.empty((4, len(days), body.weight.size)), days, place)
        state._keep(0)
        return state

    def _keep(self, day: int) -> None:
        place = self.place[min(day, len(self.place) - 1)]
        if place >= 0:
            self.kept[:, place] = self.now

    def has_settled(self, body: _Body, row: int) -> bool:
        """Tell whether glycogen and fluid are where this input leaves them."""
        glycogen, fluid = body.settled(row)
        away = np.abs(self.now[2] - glycogen) + np.abs(self.now[1] - fluid)
        return bool(away.max() < SETTLED_KG)

    def step_one_day(self, body: _Body, day: int, today: int, tomorrow: int) -> None:
        drives = body.intake_change[today], body.intake_change[today], body.intake_change[tomorrow]
        lean, *others = self.now
        rates = (body.fluid_rate, body.glycogen_rate, body.thermogenesis_rate)
        fluid, glycogen, thermogenesis = (
            _runge_kutta(rate, value, 1.0, *drives)
            for rate, value in zip(rates, others, strict=True)
        )
        before = others[2], others[0], others[1]
        after = thermogenesis, fluid, glycogen
        middle = tuple(0.5 * (old + new) for old, new in zip(before, after, strict=True))
        pushes = (
            body.push(row, parts, body.glycogen_rate(parts[-1], body.intake_change[row]))
            for row, parts in ((today, before), (today, middle), (tomorrow, after))
        )
        lean = _runge_kutta(body.lean_rate, lean, 1.0, *pushes)
        self.now = np.stack((np.maximum(lean, -body.lean), fluid, glycogen, thermogenesis))
        self._keep(day + 1)

    def step_far(self, body: _Body, day: int, last: int, row: int) -> None:
        """Go on to the last day of this input in long steps, glycogen and fluid being settled."""
        glycogen, fluid = body.settled(row)
        goal = ADAPTIVE_THERMOGENESIS * body.intake_change[row]
        left = self.now[3] - goal

        def push(elapsed: float) -> tuple[FloatArray, FloatArray]:
            thermogenesis = goal + left * np.exp(-elapsed / ADAPTIVE_THERMOGENESIS_DAYS)
            return body.push(row, (thermogenesis, fluid, glycogen), 0.0)

        lean, here = self.now[0], push(0.0)
        step = min(_step_days(*here), last - day)
        steps = -(-(last - day) // step)
        knots = np.empty((steps + 1, 2, body.weight.size))
        knots[0] = lean, step * body.lean_rate(lean, here)
        for k in range(steps):
            there = push((k + 1.0) * step)
            lean = _runge_kutta(
                body.lean_rate, lean, float(step), here, push((k + 0.5) * step), there
            )
            lean, here = np.maximum(lean, -body.lean), there
            knots[k + 1] = lean, step * body.lean_rate(lean, here)

        first, end = np.searchsorted(self.days, (day + 1, last + 1))
        # The last day is where the next stretch goes on from, whether it is kept or not.
        later = np.append(self.days[first:end], last) - day
        changes = np.empty((4, len(later), body.weight.size))
        np.maximum(_cubic_hermite(knots, step, later), -body.lean, out=changes[0])
        changes[1], changes[2] = fluid, glycogen
        fading = np.exp(-later / ADAPTIVE_THERMOGENESIS_DAYS)[:, np.newaxis]
        np.multiply(left, fading, out=changes[3])
        changes[3] += goal
        self.kept[:, first:end] = changes[:, :-1]
        self.now = changes[:, -1]

    def trajectory(self, body: _Body) -> Trajectory:
        """Turn the changes into amounts, in place, as fresh memory costs more than the sums."""
        lean, fluid, glycogen, thermogenesis = self.kept
        fat = body.fat_at(lean)
        weight = fat - body.fat
        weight += lean
        weight += fluid
        weight += (1.0 + WATER_KG_PER_KG_GLYCOGEN) * glycogen
        weight += body.weight
        lean += body.lean
        glycogen += INITIAL_GLYCOGEN_KG
        fluid += body.fluid
        columns = (weight, fat, lean, glycogen, fluid, thermogenesis)
        return Trajectory(*(values[:, 0] if body.scalar else values.T for values in columns))


def _days_to_keep(on_days: ArrayLike | None, days: int) -> NDArray[np.intp]:
    """Days that the trajectory gives, checked."""
    if on_days is None:
        return np.arange(days + 1)
    kept = np.asarray(on_days)
    whole = kept.ndim == 1 and kept.size > 0 and np.issubdtype(kept.dtype, np.integer)
    if not (whole and kept[0] >= 0 and kept[-1] <= days and (np.diff(kept) > 0).all()):
        raise ValueError(f"on_days is {on_days!r}; allowed: rising whole numbers from 0 to {days}")
    return kept.astype(np.intp)


def _step_days(surplus: FloatArray, activity: FloatArray) -> int:
    """Longest whole-day step that is short against the fastest change of lean tissue and fat.

    Lean tissue comes to rest at its upkeep's pace, and fat shrinks by a factor e for each
    10.4 kg of it; both are fastest with no fat left, when lean tissue meets the whole surplus.
    """
    lean_energy = LEAN_KCAL_PER_KG + LEAN_BUILDING_KCAL_PER_KG
    upkeep = activity + LEAN_UPKEEP_KCAL_PER_KG_PER_DAY
    pace_per_day = (upkeep + np.abs(surplus) / FORBES_KG) / lean_energy
    return int(np.clip(0.5 / pace_per_day.max(), 1, LONGEST_STEP_DAYS))


def _runge_kutta(
    rate: Callable[[FloatArray, Any], FloatArray],
    value: FloatArray,
    days: float,
    start: Any,
    middle: Any,
    end: Any,
) -> FloatArray:
    """One fourth-order Runge-Kutta step; ``rate`` gets what drives it at each of three times."""
    first = rate(value, start)
    second = rate(value + 0.5 * days * first, middle)
    third = rate(value + 0.5 * days * second, middle)
    fourth = rate(value + days * third, end)
    return value + days / 6.0 * (first + 2.0 * (second + third) + fourth)


def _cubic_hermite(knots: FloatArray, step: int, later: NDArray[np.intp]) -> FloatArray:
    """Values some days after the first knot, from values and slopes (per step) at the knots."""
    before = np.minimum((later - 1) // step, len(knots) - 2)
    at = (later / step - before)[:, np.newaxis]
    # Four sums beat one matrix product: most of its matrix would be zeros.
    values = knots[before, 0] * ((1.0 + 2.0 * at) * (1.0 - at) ** 2)
    values += knots[before, 1] * (at * (1.0 - at) ** 2)
    values += knots[before + 1, 0] * (at**2 * (3.0 - 2.0 * at))
    values += knots[before + 1, 1] * (at**2 * (at - 1.0))
    return values


def _person_shape(person: Person) -> tuple[int, ...]:
    """Shape of the people in a :class:`Person`: () for one given by scalars, else (n,)."""
    given = (values for values in vars(person).values() if values is not None)
    return np.broadcast_shapes(*(np.shape(values) for values in given))


def _whole_days(days: int) -> int:
    try:
        number = operator.index(days)
    except TypeError:
        number = 0
    if isinstance(days, bool) or not DAYS[0] <= number <= DAYS[1]:
        raise ValueError(f"days is {days!r}; allowed: a whole number from {DAYS[0]} to {DAYS[1]}")
    return number


def _common_length(shapes: dict[str, tuple[int, ...]]) -> int:
    """Number of people that inputs of these shapes stand for; one row for each day is last."""
    for name, shape in shapes.items():
        if len(shape) > 1 or 0 in shape:
            raise ValueError(f"{name} has the shape {shape}; allowed: a scalar or (n,)")
    try:
        return (*np.broadcast_shapes(*shapes.values()), 1)[0]
    except ValueError:
        named = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ValueError(f"lengths differ: {named}; allowed: scalars or the same (n,)") from None
