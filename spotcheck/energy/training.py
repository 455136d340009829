"""A weekly plan of running: what it costs, what of it counts, and where body weight goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from spotcheck.energy.balance import Person, Trajectory, simulate, static_rule_weight_kg
from spotcheck.energy.metabolism import FloatArray
from spotcheck.energy.running import SessionEnergy, session_energy

DAYS_PER_WEEK = 7
# From nothing made up to the most that a trial arm implies: 0.89, the 12 miles a week of STRRIDE
# (Slentz et al. 2004, doi 10.1001/archinte.164.1.31), see the table compensation_values.
COMPENSATION_RANGE = (0.0, 0.9)


@dataclass(frozen=True)
class WeeklyPlan:
    """The same sessions every week, and a lasting change of food.

    Parameters
    ----------
    session_type : str
        A key of the table ``session_types``.
    sessions_per_week : int
        Sessions a week, 0 to 14.
    minutes : float
        Length of a session [min].
    speed_km_h : float
        Speed [km/h].
    grade : float
        Slope as a fraction; negative downhill.
    intake_change_kcal_per_day : float, optional
        Lasting change of food [kcal/day].
    compensation_fraction : float, optional
        Share of the sessions' energy that is made up elsewhere, by eating more or moving and
        resting differently.

    Raises
    ------
    ValueError
        If the number of sessions or the compensation is out of range; the rest is checked where
        it is used.
    """

    session_type: str
    sessions_per_week: int
    minutes: float
    speed_km_h: float
    grade: float = 0.0
    intake_change_kcal_per_day: float = 0.0
    compensation_fraction: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.sessions_per_week <= 14:
            raise ValueError(
                f"sessions_per_week is {self.sessions_per_week}; allowed: a number from 0 to 14"
            )
        if not -1 <= self.compensation_fraction <= 1.5:
            raise ValueError(
                f"compensation_fraction is {self.compensation_fraction:g}; "
                "allowed: a number from -1 to 1.5"
            )

    def session(self, weight_kg: float, resting_kcal_per_day: float | None = None) -> SessionEnergy:
        """Energy of one session; see :func:`~spotcheck.energy.running.session_energy`."""
        return session_energy(
            self.session_type,
            weight_kg,
            self.minutes,
            self.speed_km_h,
            self.grade,
            resting_kcal_per_day=resting_kcal_per_day,
        )


def receipt(session: SessionEnergy, compensation_fraction: float) -> pd.DataFrame:
    """Steps from what a watch shows to what counts, for one session.

    Parameters
    ----------
    session : SessionEnergy
        Energy of the session.
    compensation_fraction : float
        Share that is made up elsewhere.

    Returns
    -------
    DataFrame
        ``step`` (gross, resting, epoc, compensation, counts), ``kcal`` (signed; the first four
        add up to the last) and ``start_kcal``, where the step begins.
    """
    extra = float(session.net_kcal + session.epoc_kcal)
    kcal = np.array(
        [
            float(session.gross_kcal),
            -float(session.resting_kcal),
            float(session.epoc_kcal),
            -compensation_fraction * extra,
        ]
    )
    start = np.concatenate([[0.0], np.cumsum(kcal)[:-1], [0.0]])
    return pd.DataFrame(
        {
            "step": ["gross", "resting", "epoc", "compensation", "counts"],
            "kcal": [*kcal, kcal.sum()],
            "start_kcal": start,
        }
    )


@dataclass(frozen=True)
class Projection:
    """A plan's energy and body weight from today on, for one person.

    Attributes
    ----------
    person, plan : Person, WeeklyPlan
        What was asked.
    session : SessionEnergy
        Energy of one session at today's weight [kcal].
    extra_kcal_per_week : float
        Net energy and after-burn of a week's sessions [kcal/week].
    counted_kcal_per_week : float
        What of it is left after compensation [kcal/week].
    deficit_kcal_per_week : float
        The same with the change of food; negative for a surplus [kcal/week].
    body : Trajectory
        With the plan's compensation; arrays of shape (days + 1,).
    weight_if_none_made_up_kg, weight_if_most_made_up_kg : numpy.ndarray
        Body weight at both ends of ``COMPENSATION_RANGE`` [kg].
    static_weight_kg : numpy.ndarray
        Body weight by the 7,700 kcal rule, from the deficit before compensation [kg].
    """

    person: Person
    plan: WeeklyPlan
    session: SessionEnergy
    extra_kcal_per_week: float
    counted_kcal_per_week: float
    deficit_kcal_per_week: float
    body: Trajectory
    weight_if_none_made_up_kg: FloatArray
    weight_if_most_made_up_kg: FloatArray
    static_weight_kg: FloatArray

    @property
    def days(self) -> int:
        """Length of the projection [days]."""
        return len(self.static_weight_kg) - 1

    @property
    def weight_change_kg(self) -> float:
        """Change of body weight at the end [kg]."""
        return float(self.body.weight_kg[-1] - self.body.weight_kg[0])

    @property
    def fat_change_kg(self) -> float:
        """Change of body fat at the end [kg]."""
        return float(self.body.fat_kg[-1] - self.body.fat_kg[0])

    def frame(self) -> pd.DataFrame:
        """Table of the projection, one row a day."""
        return pd.DataFrame(
            {
                "day": np.arange(self.days + 1),
                "weight_kg": self.body.weight_kg,
                "weight_if_none_made_up_kg": self.weight_if_none_made_up_kg,
                "weight_if_most_made_up_kg": self.weight_if_most_made_up_kg,
                "weight_by_7700_rule_kg": self.static_weight_kg,
                "fat_kg": self.body.fat_kg,
                "lean_kg": self.body.lean_kg,
                "glycogen_kg": self.body.glycogen_kg,
                "extracellular_fluid_kg": self.body.extracellular_fluid_kg,
            }
        )


def project(person: Person, plan: WeeklyPlan, days: int = 365) -> Projection:
    """Follow one person through a weekly plan.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    plan : WeeklyPlan
        The plan, the same every week from tomorrow on.
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
    >>> person = Person("female", 35, 1.68, 68)
    >>> plan = WeeklyPlan("steady", 3, 40, 9, compensation_fraction=0.45)
    >>> year = project(person, plan)
    >>> year.weight_change_kg < 0
    True
    """
    weight = float(np.asarray(person.weight_kg))
    session = plan.session(weight, float(person.resting_metabolic_rate_kcal_per_day))
    extra = plan.sessions_per_week * float(session.net_kcal + session.epoc_kcal)
    counted = (1 - plan.compensation_fraction) * extra
    kept = 1 - np.array([plan.compensation_fraction, *COMPENSATION_RANGE])
    bodies = simulate(
        person, plan.intake_change_kcal_per_day, kept * extra / DAYS_PER_WEEK, days=days
    )
    chosen = Trajectory(*(getattr(bodies, name)[0] for name in Trajectory.__dataclass_fields__))
    return Projection(
        person=person,
        plan=plan,
        session=session,
        extra_kcal_per_week=extra,
        counted_kcal_per_week=counted,
        deficit_kcal_per_week=counted - DAYS_PER_WEEK * plan.intake_change_kcal_per_day,
        body=chosen,
        weight_if_none_made_up_kg=bodies.weight_kg[1],
        weight_if_most_made_up_kg=bodies.weight_kg[2],
        static_weight_kg=static_rule_weight_kg(
            weight, extra / DAYS_PER_WEEK - plan.intake_change_kcal_per_day, np.arange(days + 1)
        ),
    )
