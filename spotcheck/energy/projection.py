"""Where a plan leads in the middle: every unknown at its mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from spotcheck.energy.assumptions import LEG_UNKNOWNS, UNKNOWNS, Assumptions
from spotcheck.energy.balance import (
    STATIC_RULE_KCAL_PER_KG,
    Person,
    Trajectory,
    simulate,
)
from spotcheck.energy.metabolism import FloatArray
from spotcheck.energy.training import DAYS_PER_WEEK, Plan, WeekEnergy
from spotcheck.energy.uncertainty import Draws, simulated_people


@dataclass(frozen=True, eq=False)
class Projection:
    """A plan's energy and body weight from today on, for one person, in the middle.

    One that comes out of the cache is the same object, so that it is itself a key of caches.

    Attributes
    ----------
    person, plan, assumptions : Person, Plan, Assumptions
        What was asked.
    week : WeekEnergy
        Energy of the full week's sessions at today's weight.
    counted_kcal_per_week : float
        What of the sessions' energy is done and not made up elsewhere [kcal/week].
    intake_change_kcal_per_day : float
        Change of food with its error and slips [kcal/day].
    body : Trajectory
        Arrays of shape (days + 1,).
    static_weight_kg : numpy.ndarray
        Body weight by the 7,700 kcal rule, from the plan as written and nothing made up [kg].
    """

    person: Person
    plan: Plan
    assumptions: Assumptions
    week: WeekEnergy
    counted_kcal_per_week: float
    intake_change_kcal_per_day: float
    body: Trajectory
    static_weight_kg: FloatArray

    @property
    def days(self) -> int:
        """Length of the projection [days]."""
        return len(self.static_weight_kg) - 1

    @property
    def deficit_kcal_per_week(self) -> float:
        """Deficit of a full week; negative for a surplus [kcal/week]."""
        return self.counted_kcal_per_week - DAYS_PER_WEEK * self.intake_change_kcal_per_day

    @property
    def weight_change_kg(self) -> float:
        """Change of body weight at the end [kg]."""
        return float(self.body.weight_kg[-1] - self.body.weight_kg[0])

    @property
    def fat_change_kg(self) -> float:
        """Change of body fat at the end [kg]."""
        return float(self.body.fat_kg[-1] - self.body.fat_kg[0])

    @property
    def leg_fat_change_kg(self) -> float:
        """Change of the fat of both legs at the end [kg]."""
        share, joining = (
            self.assumptions[name].mean for name in ("leg_fat_share", "leg_fat_proportionality")
        )
        return self.fat_change_kg * share * joining

    def frame(self) -> pd.DataFrame:
        """Table of the projection, one row a day."""
        return pd.DataFrame(
            {
                "day": np.arange(self.days + 1),
                "weight_kg": self.body.weight_kg,
                "weight_by_7700_rule_kg": self.static_weight_kg,
                "fat_kg": self.body.fat_kg,
                "lean_kg": self.body.lean_kg,
                "glycogen_kg": self.body.glycogen_kg,
                "extracellular_fluid_kg": self.body.extracellular_fluid_kg,
            }
        )


@lru_cache(maxsize=128)
def project(person: Person, plan: Plan, assumptions: Assumptions, days: int = 365) -> Projection:
    """Follow one person through a plan with every unknown at its mean.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    plan : Plan
        The plan, from tomorrow on.
    assumptions : Assumptions
        From :func:`~spotcheck.energy.assumptions.assumptions`.
    days : int, optional
        Length, 1 to 3650 [days].

    Returns
    -------
    Projection

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    Exercise enters Hall's model as its average over the week. The static rule gets what a reader
    of a watch would give it: the sessions' extra energy and the change of food, nothing made up.

    Examples
    --------
    >>> from spotcheck.energy.assumptions import assumptions
    >>> from spotcheck.energy.training import Session
    >>> person, plan = Person("female", 35, 1.68, 68), Plan((Session("steady", 3, 40, 9),))
    >>> year = project(person, plan, assumptions(person, plan))
    >>> round(year.weight_change_kg, 1)
    -3.2
    """
    weight = float(np.asarray(person.weight_kg))
    week = plan.energy(weight, float(person.resting_metabolic_rate_kcal_per_day))
    counted = assumptions.training_share * week.extra_kcal_per_week
    intake = assumptions.intake_change(plan.intake_change_kcal_per_day)
    intake_schedule, exercise_schedule = plan.schedules(days)
    means = {name: np.asarray(assumptions[name].mean) for name in (*UNKNOWNS, *LEG_UNKNOWNS)}
    in_the_middle, _, _ = simulated_people(person, plan, Draws(**means))
    return Projection(
        person=person,
        plan=plan,
        assumptions=assumptions,
        week=week,
        counted_kcal_per_week=counted,
        intake_change_kcal_per_day=intake,
        body=simulate(
            in_the_middle,
            intake,
            counted / DAYS_PER_WEEK,
            days,
            intake_schedule=intake_schedule,
            exercise_schedule=exercise_schedule,
        ),
        static_weight_kg=_by_static_rule(weight, week, plan, days),
    )


def _by_static_rule(weight_kg: float, week: WeekEnergy, plan: Plan, days: int) -> FloatArray:
    """Weight by the 7,700 kcal rule, day by day, as the plan grows and ends [kg]."""
    intake, exercise = (
        np.ones(days) if schedule is None else schedule for schedule in plan.schedules(days)
    )
    deficit = (
        exercise * week.extra_kcal_per_week / DAYS_PER_WEEK
        - intake * plan.intake_change_kcal_per_day
    )
    return weight_kg - np.concatenate([[0.0], np.cumsum(deficit)]) / STATIC_RULE_KCAL_PER_KG
