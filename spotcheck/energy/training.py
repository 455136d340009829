"""A training week and a change of food, as a plan, and what its sessions cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from spotcheck import tables
from spotcheck.energy.metabolism import FloatArray, check_range
from spotcheck.energy.running import (
    ACSM_GRADE,
    OXYGEN_KCAL_PER_L,
    RUNNING_SPEED_KM_H,
    WALKING_SPEED_KM_H,
    SessionEnergy,
    acsm_running_oxygen_uptake,
    acsm_walking_oxygen_uptake,
    met_energy,
    session_energy,
)

DAYS_PER_WEEK = 7
TIMES_PER_WEEK = (0, 14)
BUILD_UP_WEEKS = (0, 52)
MOST_SESSIONS = 8
# A line of the Compendium serves for speeds and grades this near to it; our choice.
_SAME_SPEED_KM_H = 0.5
_SAME_GRADE = 0.005


@dataclass(frozen=True)
class Session:
    """A session that is done a number of times every week.

    Parameters
    ----------
    kind : str
        A key of the table ``session_types``, or the ``exercise_id`` of a strength exercise that
        has a code in the Compendium.
    times_per_week : int
        0 to 14.
    minutes : float
        Length [min].
    speed_km_h, grade : float, optional
        Speed [km/h] and grade [1] of the working parts; strength exercises have neither.
    repeats, work_seconds, recovery_seconds : int, optional
        Working parts and recoveries; 0 repeats take the type's usual share.
    outdoors : bool, optional
        Whether running has to push still air aside, unlike on a treadmill.

    Raises
    ------
    ValueError
        If the kind is unknown or the number of times is out of range; the rest is checked where
        it is used.
    """

    kind: str
    times_per_week: int
    minutes: float
    speed_km_h: float = 0.0
    grade: float = 0.0
    repeats: int = 0
    work_seconds: int = 0
    recovery_seconds: int = 0
    outdoors: bool = True

    def __post_init__(self) -> None:
        check_range("times_per_week", self.times_per_week, *TIMES_PER_WEEK)
        if not self.is_strength and self.kind not in session_types():
            raise ValueError(
                f"kind is {self.kind!r}; allowed: {', '.join(session_types())}, or a strength "
                "exercise with a Compendium code"
            )

    @property
    def is_strength(self) -> bool:
        """Whether this is a strength exercise, known by its MET."""
        return self.kind in strength_mets()

    @property
    def cost_sd_fraction(self) -> float:
        """Spread between people of what such a session costs, as a share of it."""
        if self.is_strength:
            return float(session_types()["walk"]["cost_sd_fraction"])
        return float(session_types()[self.kind]["cost_sd_fraction"])

    def energy(self, weight_kg: ArrayLike, resting_kcal_per_day: ArrayLike | None) -> SessionEnergy:
        """Energy of one such session; see :func:`~spotcheck.energy.running.session_energy`."""
        if self.is_strength:
            return met_energy(
                strength_mets()[self.kind],
                weight_kg,
                self.minutes,
                resting_kcal_per_day=resting_kcal_per_day,
            )
        return session_energy(
            self.kind,
            weight_kg,
            self.minutes,
            self.speed_km_h,
            self.grade,
            repeats=self.repeats,
            work_seconds=self.work_seconds,
            recovery_seconds=self.recovery_seconds,
            resting_kcal_per_day=resting_kcal_per_day,
            outdoors=self.outdoors,
        )


@cache
def session_types() -> dict[str, dict[str, Any]]:
    """Rows of the table ``session_types`` by their key."""
    rows = tables.load("session_types").to_dict("records")
    return {row["session_type"]: {str(key): row[key] for key in row} for row in rows}


@cache
def strength_mets() -> dict[str, float]:
    """MET of every strength exercise that has a usable Compendium code, by ``exercise_id``."""
    exercises = tables.load("exercises")
    strength = exercises[exercises["category"] == "strength"]
    met = tables.load("activities").set_index("activity_code")["met"]
    coded = strength.dropna(subset="activity_code").set_index("exercise_id")["activity_code"]
    return {str(name): float(met[code]) for name, code in coded.items()}


@dataclass(frozen=True)
class WeekEnergy:
    """Energy of a week of sessions, one by one and together.

    Attributes
    ----------
    sessions : tuple of SessionEnergy
        Energy of one session of each kind [kcal].
    extra_kcal_per_week : float
        Net energy and after-burn of all sessions of a week [kcal/week].
    cost_sd_fraction : float
        Spread between people of that energy, as a share of it.
    """

    sessions: tuple[SessionEnergy, ...]
    extra_kcal_per_week: float
    cost_sd_fraction: float


@dataclass(frozen=True)
class Plan:
    """A training week that repeats, and a lasting change of food.

    Parameters
    ----------
    sessions : tuple of Session
        The week; may be empty.
    intake_change_kcal_per_day : float, optional
        Change of food [kcal/day].
    build_up_weeks : int, optional
        Weeks over which the sessions grow from nothing to the full week, in equal weekly steps,
        0 to 52.
    training_ends_after_days, food_ends_after_days : int, optional
        Day from which the sessions, or the change of food, are given up again; None for never.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> Plan((Session("steady", 3, 40, 9),)).minutes_per_week
    120.0
    """

    sessions: tuple[Session, ...] = ()
    intake_change_kcal_per_day: float = 0.0
    build_up_weeks: int = 0
    training_ends_after_days: int | None = None
    food_ends_after_days: int | None = None

    def __post_init__(self) -> None:
        check_range("build_up_weeks", self.build_up_weeks, *BUILD_UP_WEEKS, "weeks")
        for field in ("training_ends_after_days", "food_ends_after_days"):
            if getattr(self, field) is not None:
                check_range(field, getattr(self, field), 0, math.inf, "days")

    @property
    def trains(self) -> bool:
        """Whether there is any session at all."""
        return any(one.times_per_week for one in self.sessions)

    @property
    def minutes_per_week(self) -> float:
        """Time that the sessions take [min/week]."""
        return float(sum(one.times_per_week * one.minutes for one in self.sessions))

    @property
    def changes_nothing(self) -> bool:
        """Whether food and training stay as they are today."""
        return not self.trains and self.intake_change_kcal_per_day == 0

    @property
    def lasts(self) -> bool:
        """Whether the same holds from the first day on for ever."""
        ends = (self.training_ends_after_days, self.food_ends_after_days)
        return self.build_up_weeks == 0 and ends == (None, None)

    def schedules(self, days: int) -> tuple[FloatArray | None, FloatArray | None]:
        """Shares of the food change and of the training in force on each day.

        Parameters
        ----------
        days : int
            Length [days].

        Returns
        -------
        intake, exercise : numpy.ndarray of shape (days,), or None
            As :func:`~spotcheck.energy.balance.simulate` takes them; None for always all.

        Examples
        --------
        >>> plan = Plan(build_up_weeks=2, training_ends_after_days=15)
        >>> plan.schedules(18)[1].tolist()[5:]
        [0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]
        """
        day = np.arange(days)
        intake = exercise = None
        if self.food_ends_after_days is not None:
            intake = np.where(day < self.food_ends_after_days, 1.0, 0.0)
        if self.build_up_weeks or self.training_ends_after_days is not None:
            built = np.minimum((day // DAYS_PER_WEEK + 1) / max(self.build_up_weeks, 1), 1.0)
            ends = self.training_ends_after_days
            exercise = built if ends is None else np.where(day < ends, built, 0.0)
        return intake, exercise

    def energy(self, weight_kg: float, resting_kcal_per_day: float | None = None) -> WeekEnergy:
        """Energy of the full week at a body weight.

        Parameters
        ----------
        weight_kg : float
            Body weight [kg].
        resting_kcal_per_day : float, optional
            Resting metabolic rate [kcal/day].

        Returns
        -------
        WeekEnergy

        Raises
        ------
        ValueError
            If a session is outside the range of its equations.

        Examples
        --------
        >>> week = Plan((Session("steady", 3, 40, 9), Session("walk", 2, 30, 5.5))).energy(68)
        >>> round(week.extra_kcal_per_week)
        1419
        """
        each = tuple(one.energy(weight_kg, resting_kcal_per_day) for one in self.sessions)
        extra = [
            one.times_per_week * float(energy.net_kcal + energy.epoc_kcal)
            for one, energy in zip(self.sessions, each, strict=True)
        ]
        total = sum(extra)
        spread = sum(
            kcal * one.cost_sd_fraction for kcal, one in zip(extra, self.sessions, strict=True)
        )
        return WeekEnergy(each, total, spread / total if total else 0.0)


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


def cross_check(
    session: Session, weight_kg: float, resting_kcal_per_day: float | None = None
) -> pd.DataFrame:
    """Gross energy of one session by our equations and by two others, with their disagreement.

    Parameters
    ----------
    session : Session
        The session.
    weight_kg : float
        Body weight [kg].
    resting_kcal_per_day : float, optional
        Resting metabolic rate, for our own figure [kcal/day].

    Returns
    -------
    DataFrame
        ``method`` (ours, acsm, compendium), ``gross_kcal``, ``against_ours`` (share by which it
        differs from ours), ``entry`` (what the Compendium's line says) and ``why_not``: a code
        where a method has no number (``acsm_speed``, ``acsm_grade``, ``not_even``,
        ``no_entry``, ``strength``).

    Raises
    ------
    ValueError
        If the session is outside the range of our own equations.

    References
    ----------
    ACSM: see :func:`~spotcheck.energy.running.acsm_running_oxygen_uptake`. Compendium: Herrmann
    et al. 2024, https://doi.org/10.1016/j.jshs.2023.10.010

    Examples
    --------
    >>> check = cross_check(Session("steady", 1, 40, 9), 75).set_index("method")
    >>> check["gross_kcal"].round().tolist()
    [457.0, 492.0, 450.0]
    """
    ours = float(session.energy(weight_kg, resting_kcal_per_day).gross_kcal)
    litres_per_ml = weight_kg * session.minutes / 1000.0
    acsm, acsm_why = _acsm_oxygen_uptake(session)
    met, entry, met_why = _compendium_met(session)
    rows = [
        ("ours", ours, "", ""),
        ("acsm", acsm * litres_per_ml * OXYGEN_KCAL_PER_L, "", acsm_why),
        # The Compendium's own convention: one MET is 1 kcal for each kilogram and hour.
        ("compendium", met * weight_kg * session.minutes / 60.0, entry, met_why),
    ]
    table = pd.DataFrame(rows, columns=["method", "gross_kcal", "entry", "why_not"])
    table.insert(2, "against_ours", table["gross_kcal"] / ours - 1.0 if ours else math.nan)
    return table


def _acsm_oxygen_uptake(session: Session) -> tuple[float, str]:
    """Oxygen uptake by the equations of the ACSM [ml/kg/min], or NaN and why not."""
    if session.is_strength:
        return math.nan, "strength"
    if session.kind in ("intervals", "hill_sprints"):
        return math.nan, "not_even"
    if not ACSM_GRADE[0] <= session.grade <= ACSM_GRADE[1]:
        return math.nan, "acsm_grade"
    walks = session.kind == "walk"
    low, high = WALKING_SPEED_KM_H if walks else RUNNING_SPEED_KM_H
    if not low <= session.speed_km_h <= high:
        return math.nan, "acsm_speed"
    uptake = acsm_walking_oxygen_uptake if walks else acsm_running_oxygen_uptake
    return float(uptake(session.speed_km_h, session.grade)), ""


def _compendium_met(session: Session) -> tuple[float, str, str]:
    """MET of the Compendium's nearest line, its words, and why there is none."""
    if session.is_strength:
        return math.nan, "", "strength"
    if session.kind in ("intervals", "hill_sprints"):
        return math.nan, "", "not_even"
    lines = _compendium_lines(session.kind)
    steepness = (lines["grade_low"] - _SAME_GRADE, lines["grade_high"] + _SAME_GRADE)
    lines = lines[(session.grade >= steepness[0]) & (session.grade <= steepness[1])]
    away_km_h = np.maximum(
        lines["speed_low_km_h"] - session.speed_km_h, session.speed_km_h - lines["speed_high_km_h"]
    ).clip(lower=0)
    if lines.empty or away_km_h.min() > _SAME_SPEED_KM_H:
        return math.nan, "", "no_entry"
    nearest = lines.loc[away_km_h.idxmin()]
    return float(nearest["met"]), str(nearest["description"]), ""


@cache
def _compendium_lines(kind: str) -> pd.DataFrame:
    """Compendium lines of a session type; a line that names no slope is on the level."""
    pairs = tables.load("session_activities")
    lines = pairs[pairs["session_type"] == kind].merge(tables.load("activities"))
    return lines.fillna({"grade_low": 0.0, "grade_high": 0.0})
