"""The static rule against the dynamic model: when they part, and where the weight comes to rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from spotcheck.energy.balance import (
    ADAPTIVE_THERMOGENESIS,
    CARBOHYDRATE_SODIUM_MG_PER_DAY,
    INITIAL_GLYCOGEN_KG,
    SODIUM_EXCRETION_MG_PER_L_PER_DAY,
    THERMIC_EFFECT_OF_FOOD,
    WATER_KG_PER_KG_GLYCOGEN,
    Person,
    activity_parameter,
    steady_state_weight_change_kg,
    time_constant_days,
)
from spotcheck.energy.metabolism import FloatArray, check_range

RULE_IS_OFF_KG = 1.0
# Below this no scale could tell that anything changed, so "half of it" means nothing.
SMALLEST_CHANGE_KG = 0.05


@dataclass(frozen=True)
class Contrast:
    """How the 7,700 kcal rule and the dynamic model part, for one person and one plan.

    Attributes
    ----------
    day_rule_is_off : float or None
        First day on which the two are 1 kg apart [days]; None if that never happens within the
        days given.
    rule_is_too_low : bool
        Whether the rule is below the model on that day; on the way down it then promises more.
    plateau_weight_kg : float
        Weight that the model comes to rest at [kg].
    half_day : float or None
        First day with half of that change done [days]; None if there is next to no change, or
        if the plan ends before.
    time_constant_days : float
        Time in which fat and lean tissue go 63 % of the way, for small changes [days].
    furthest_day : int
        Day on which the weight is furthest from today's [days].
    """

    day_rule_is_off: float | None
    rule_is_too_low: bool
    plateau_weight_kg: float
    half_day: float | None
    time_constant_days: float
    furthest_day: int


def contrast(
    person: Person,
    weight_kg: FloatArray,
    static_weight_kg: FloatArray,
    intake_change_kcal_per_day: float = 0.0,
    exercise_kcal_per_day: float = 0.0,
) -> Contrast:
    """Compare a simulated weight with the static rule's, for one person.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    weight_kg : numpy.ndarray, shape (days + 1,)
        Simulated body weight, day 0 first [kg].
    static_weight_kg : numpy.ndarray, shape (days + 1,)
        Body weight by the static rule [kg].
    intake_change_kcal_per_day, exercise_kcal_per_day : float, optional
        What is in force in the end, and from then on for ever, as :func:`simulate` takes it
        [kcal/day]; 0 for a part of the plan that ends.

    Returns
    -------
    Contrast

    Raises
    ------
    ValueError
        If the weights differ in length, or an input is outside its range.

    Examples
    --------
    >>> from spotcheck.energy import simulate, static_rule_weight_kg
    >>> person = Person("female", 35, 1.68, 75)
    >>> weight = simulate(person, -200, days=3650).weight_kg
    >>> rule = static_rule_weight_kg(75, 200, np.arange(3651))
    >>> found = contrast(person, weight, rule, intake_change_kcal_per_day=-200)
    >>> round(found.day_rule_is_off), round(found.plateau_weight_kg, 1), round(found.half_day)
    (147, 65.4, 302)
    """
    if np.shape(weight_kg) != np.shape(static_weight_kg):
        raise ValueError(
            f"static_weight_kg has the shape {np.shape(static_weight_kg)}; "
            f"allowed: that of weight_kg, {np.shape(weight_kg)}"
        )
    start = weight_kg[0]
    apart = weight_kg - static_weight_kg
    off = first_day_at(np.abs(apart), RULE_IS_OFF_KG)
    change = plateau_weight_change_kg(person, intake_change_kcal_per_day, exercise_kcal_per_day)
    toward = float(np.sign(change))
    return Contrast(
        day_rule_is_off=off,
        rule_is_too_low=off is not None and bool(apart[int(np.ceil(off))] > 0),
        plateau_weight_kg=float(start + change),
        half_day=(
            first_day_at(toward * (weight_kg - start), abs(float(change)) / 2)
            if abs(change) >= SMALLEST_CHANGE_KG
            else None
        ),
        time_constant_days=float(time_constant_days(person, exercise_kcal_per_day)),
        furthest_day=int(np.argmax(np.abs(weight_kg - start))),
    )


def first_day_at(values: ArrayLike, threshold: float) -> float | None:
    """First day on which a daily series reaches a threshold from below, between days if need be.

    Parameters
    ----------
    values : array_like, shape (days + 1,)
        One value a day, day 0 first.
    threshold : float
        What is to be reached.

    Returns
    -------
    float or None
        Day, by a straight line between neighbours; None if the threshold is never reached.

    Examples
    --------
    >>> first_day_at([0.0, 0.5, 1.5], 1.0)
    1.5
    >>> first_day_at([0.0, 0.5], 1.0) is None
    True
    """
    series = np.asarray(values, dtype=float)
    reached = series >= threshold
    if not reached.any():
        return None
    day = int(np.argmax(reached))
    if day == 0:
        return 0.0
    return float(day - (series[day] - threshold) / (series[day] - series[day - 1]))


def plateau_weight_change_kg(
    person: Person,
    intake_change_kcal_per_day: ArrayLike = 0.0,
    exercise_kcal_per_day: ArrayLike = 0.0,
) -> FloatArray:
    """Change of body weight once a lasting change has run its course, fluid and glycogen included.

    Parameters
    ----------
    person : Person
        Who; scalar or (n,).
    intake_change_kcal_per_day : float or array_like, shape (n,), optional
        Lasting change of energy intake [kcal/day].
    exercise_kcal_per_day : float or array_like, shape (n,), optional
        Net cost of the added exercise at today's weight [kcal/day].

    Returns
    -------
    float or numpy.ndarray
        Weight change that :func:`~spotcheck.energy.balance.simulate` comes to rest at [kg].

    Raises
    ------
    ValueError
        As :func:`~spotcheck.energy.balance.simulate`.

    Notes
    -----
    :func:`~spotcheck.energy.balance.steady_state_weight_change_kg` with one thing more: the
    fluid and glycogen that are gone need no energy to be moved about, as equation 5 has the whole
    body weight in it. That energy acts like food, which only the factor ``1 - beta`` discounts.

    References
    ----------
    Hall et al. 2011, web appendix equations 1, 2, 5 and 17,
    https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> person = Person("female", 35, 1.68, 75)
    >>> round(float(plateau_weight_change_kg(person, -100)), 1)
    -4.9
    """
    intake = np.asarray(intake_change_kcal_per_day, dtype=float)
    water = settled_water_change_kg(person, intake)
    activity = activity_parameter(
        person.resting_metabolic_rate_kcal_per_day,
        person.physical_activity_level,
        person.weight_kg,
    ) + np.divide(exercise_kcal_per_day, person.weight_kg)
    kept = 1.0 - THERMIC_EFFECT_OF_FOOD - ADAPTIVE_THERMOGENESIS
    tissue = steady_state_weight_change_kg(
        person, intake - activity * water / kept, exercise_kcal_per_day
    )
    return np.add(tissue, water)


def settled_water_change_kg(person: Person, intake_change_kcal_per_day: ArrayLike) -> FloatArray:
    """Change of extracellular fluid, glycogen and its water that a lasting food change leaves.

    Parameters
    ----------
    person : Person
        Who; scalar or (n,).
    intake_change_kcal_per_day : float or array_like, shape (n,)
        Lasting change of energy intake; what remains must not be negative [kcal/day].

    Returns
    -------
    float or numpy.ndarray
        Weight change [kg], reached within weeks.

    Raises
    ------
    ValueError
        If more is taken away than is eaten today.

    References
    ----------
    Hall et al. 2011, web appendix equations 1 and 2 at rest, with constant sodium,
    https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> person = Person("female", 35, 1.68, 75)
    >>> round(float(settled_water_change_kg(person, -500)), 2)
    -0.53
    """
    today = person.energy_intake_kcal_per_day
    change = check_range(
        "intake_change_kcal_per_day", intake_change_kcal_per_day, -today, np.inf, "kcal/day"
    )
    share = np.divide(change, today)
    glycogen = INITIAL_GLYCOGEN_KG * (np.sqrt(np.maximum(1.0 + share, 0.0)) - 1.0)
    fluid = CARBOHYDRATE_SODIUM_MG_PER_DAY / SODIUM_EXCRETION_MG_PER_L_PER_DAY * share
    return np.add((1.0 + WATER_KG_PER_KG_GLYCOGEN) * glycogen, fluid)
