"""Goals backwards: what reaches a weight by a day, what keeps it, and what running holds off."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from spotcheck.energy.assumptions import Assumptions
from spotcheck.energy.balance import (
    HIGHEST_INTAKE_KCAL_PER_DAY,
    PHYSICAL_ACTIVITY_LEVEL,
    STATIC_RULE_KCAL_PER_KG,
    THERMIC_EFFECT_OF_FOOD,
    Person,
    Trajectory,
    simulate,
)
from spotcheck.energy.contrast import plateau_weight_change_kg
from spotcheck.energy.metabolism import WEIGHT_KG, FloatArray, check_range
from spotcheck.energy.projection import Projection, project
from spotcheck.energy.safety import (
    Limit,
    assess,
    binding,
    lowest_weight_kg,
    outside_envelope,
)
from spotcheck.energy.training import DAYS_PER_WEEK, Plan, Session
from spotcheck.energy.uncertainty import QUANTILES
from spotcheck.wording import METRIC, Units

BY = ("food", "minutes")
WEEKS = (4, 156)
# What the page's own controls can hold, and what a week can.
MOST_FOOD_CHANGE_KCAL_PER_DAY = 1000.0
MOST_MINUTES_PER_WEEK = 14 * 60.0
LONGEST_SESSION_MINUTES = 180.0
DAYS_PER_YEAR = 365
YEARS = (1, 2, 3, 4, 5, 10)
# The largest safe change is found to this: a kilocalorie a day, half a minute a week.
_RESOLUTION = {"food": 1.0, "minutes": 0.5}
_EXACT = 1e-9


@dataclass(frozen=True)
class Answer:
    """A plan that leads to a weight, and how it stands against the limits.

    Attributes
    ----------
    by : {"food", "minutes"}
        What was solved for.
    value : float
        Change of food [kcal/day], or running a week [min].
    projection : Projection
        The plan with that value, followed to the day of the goal.
    binding : Limit or None
        Safety limit that forbids the plan.
    doubt : str or None
        Why the model cannot be trusted with it.
    """

    by: str
    value: float
    projection: Projection
    binding: Limit | None
    doubt: str | None

    @property
    def plan(self) -> Plan:
        """Plan with the value in it."""
        return self.projection.plan

    @property
    def days(self) -> int:
        """Days until the goal."""
        return self.projection.days

    @property
    def weight_kg(self) -> float:
        """Body weight on that day [kg]."""
        return float(self.projection.body.weight_kg[-1])

    @property
    def obstacle(self) -> str:
        """What stands in the way of this plan, as in :class:`Solution`; empty if nothing does."""
        if self.binding is not None:
            return "limit"
        if self.doubt is not None:
            return "untrusted"
        if self.by == "food" and abs(self.value) > MOST_FOOD_CHANGE_KCAL_PER_DAY:
            return "too_much_food"
        return ""


@dataclass(frozen=True)
class Solution:
    """What reaches a weight by a day, or why nothing does and what comes nearest.

    Attributes
    ----------
    target_weight_kg : float
        Weight that was asked for [kg].
    days : int
        Days until then.
    by : {"food", "minutes"}
        What may change.
    obstacle : str
        Empty if the goal can be reached; else a code:

        ``underweight``
            The target is below a body mass index of 18.5.
        ``limit``
            A safety limit forbids it: ``exact.binding``.
        ``untrusted``
            The model was seen to fail with such changes: ``exact.doubt``.
        ``no_running``
            The plan has no running whose minutes could change.
        ``nothing_counts``
            All of the running is assumed to be made up elsewhere.
        ``too_much_running``
            It takes more than 14 hours a week, or more than three hours a session.
        ``less_than_none``
            Even without any running the weight ends below the target.
        ``too_much_food``
            It takes a larger change of food than this page offers.
    exact : Answer or None
        What reaches the target; None if nothing does.
    nearest : Answer or None
        The largest safe change, by the same day; None if the goal can be reached or if nothing
        leads towards it.
    soonest : Answer or None
        What reaches the target safely on the first week's end that allows it; None if the goal
        can be reached or none of the weeks up to 156 does.
    """

    target_weight_kg: float
    days: int
    by: str
    obstacle: str
    exact: Answer | None = None
    nearest: Answer | None = None
    soonest: Answer | None = None

    @property
    def is_possible(self) -> bool:
        """Whether the goal can be reached within the limits."""
        return not self.obstacle


@lru_cache(maxsize=16)
def solve(
    person: Person,
    plan: Plan,
    assumptions: Assumptions,
    target_weight_kg: float,
    days: int,
    by: str,
) -> Solution:
    """Find the change of food, or the running, that reaches a weight on a day in the middle run.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    plan : Plan
        What stays as it is: the sessions and how they are run, or the food.
    assumptions : Assumptions
        From :func:`~spotcheck.energy.assumptions.assumptions`.
    target_weight_kg : float
        Weight to reach, 30 to 300 [kg]; it may lie above today's.
    days : int
        Days until then, 1 to 3650.
    by : {"food", "minutes"}
        What may change: food [kcal/day], or the minutes of running a week, all sessions on foot
        in proportion, with their number, kind and speed unchanged.

    Returns
    -------
    Solution

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    The weight at the end rises with the food and falls with the minutes, so there is one answer;
    it is bracketed and solved for, not looked up on a grid.

    Examples
    --------
    >>> from spotcheck.energy.assumptions import assumptions
    >>> person, plan = Person("female", 34, 1.68, 68), Plan((Session("steady", 3, 40, 9),))
    >>> goal = solve(person, plan, assumptions(person, plan), 63.0, 365, "food")
    >>> goal.is_possible, round(goal.exact.value), round(goal.exact.weight_kg, 3)
    (True, -69, 63.0)
    """
    check_range("target_weight_kg", target_weight_kg, *WEIGHT_KG, "kg")
    if by not in BY:
        raise ValueError(f"by is {by!r}; allowed: {', '.join(map(repr, BY))}")
    if target_weight_kg < lowest_weight_kg(float(np.asarray(person.height_m))):
        return Solution(target_weight_kg, days, by, "underweight")
    if by == "minutes" and running_minutes_per_week(plan) == 0:
        return Solution(target_weight_kg, days, by, "no_running")
    if by == "minutes" and assumptions.training_share <= 0:
        return Solution(target_weight_kg, days, by, "nothing_counts")
    asked = _Search(person, plan, assumptions, target_weight_kg, by)
    obstacle, exact = asked.attempt(days)
    if obstacle in ("", "less_than_none"):
        return Solution(target_weight_kg, days, by, obstacle, exact)
    return Solution(
        target_weight_kg,
        days,
        by,
        obstacle,
        exact,
        nearest=asked.nearest(days, exact),
        soonest=asked.soonest(days),
    )


@dataclass(frozen=True)
class _Search:
    """One target and one thing that may change; the day is still open."""

    person: Person
    plan: Plan
    assumptions: Assumptions
    target_weight_kg: float
    by: str

    @property
    def limits(self) -> tuple[float, float]:
        """Lowest and highest value that is looked at."""
        if self.by == "food":
            eaten = float(self.person.energy_intake_kcal_per_day)
            slip, error = (
                self.assumptions[name].mean
                for name in ("intake_slip_kcal_per_day", "intake_error_fraction")
            )
            # As little as nothing, so that the limit in the way can be named.
            return -(eaten + slip) / (1 + error), MOST_FOOD_CHANGE_KCAL_PER_DAY
        return 0.0, most_running_minutes_per_week(self.plan)

    def project(self, value: float, days: int) -> Projection:
        plan = (
            replace(self.plan, intake_change_kcal_per_day=value)
            if self.by == "food"
            else with_running_minutes(self.plan, value)
        )
        return project(self.person, plan, self.assumptions, days)

    def answer(self, value: float, days: int) -> Answer:
        projection = self.project(value, days)
        doubt = outside_envelope(
            self.person,
            projection.intake_change_kcal_per_day,
            projection.counted_kcal_per_week / DAYS_PER_WEEK,
        )
        return Answer(self.by, value, projection, binding(limits_of(projection)), doubt)

    def attempt(self, days: int, guess: float | None = None) -> tuple[str, Answer | None]:
        """Exact answer for a day, and what stands in its way."""

        @cache
        def miss(value: float) -> float:
            return float(self.project(value, days).body.weight_kg[-1]) - self.target_weight_kg

        ends = self.enclose(miss, days, guess)
        if ends is None:
            if self.by == "food":
                return "too_much_food", None
            return "less_than_none" if miss(0.0) < 0 else "too_much_running", None
        exact = self.answer(root(miss, *ends), days)
        return exact.obstacle, exact

    def enclose(
        self, miss: Callable[[float], float], days: int, guess: float | None
    ) -> tuple[float, float] | None:
        """Two values with the answer between them, near the guess; None if there is none.

        Far ends are avoided: next to no food makes the simulation slow.
        """
        low, high = self.limits
        if guess is not None:
            here, step = guess, 0.1 * abs(guess) + 1.0
        elif self.by == "food":
            # The static rule promises too much, so its change of food is too small.
            here, step = 0.0, 1.2 * abs(miss(0.0)) * STATIC_RULE_KCAL_PER_KG / days + 1.0
        else:
            here = running_minutes_per_week(self.plan)
            step = 0.5 * here
        here = min(max(here, low), high)
        rises = 1 if self.by == "food" else -1
        while True:
            there = min(max(here - rises * math.copysign(step, miss(here)), low), high)
            if miss(here) * miss(there) <= 0:
                return here, there
            if there in (low, high):
                return None
            here, step = there, 2 * step

    def nearest(self, days: int, exact: Answer | None) -> Answer | None:
        """Largest safe step from no change towards the answer, by bisection."""
        if exact is not None:
            wanted = exact.value
        else:
            loses = self.target_weight_kg < float(np.asarray(self.person.weight_kg))
            wanted = self.limits[1 if loses == (self.by == "minutes") else 0]
        if self.by == "food":
            most = MOST_FOOD_CHANGE_KCAL_PER_DAY
            wanted = min(max(wanted, -most), most)
        best = self.answer(0.0, days)
        if best.obstacle:
            return None
        furthest = self.answer(wanted, days)
        if not furthest.obstacle:
            return furthest
        while abs(wanted - best.value) > _RESOLUTION[self.by]:
            middle = self.answer((best.value + wanted) / 2, days)
            if middle.obstacle:
                wanted = middle.value
            else:
                best = middle
        return best

    def soonest(self, days: int) -> Answer | None:
        """First week's end after ``days`` on which nothing stands in the way, by bisection."""
        low, high = days // DAYS_PER_WEEK, WEEKS[1]
        if low >= high:
            return None
        obstacle, best = self.attempt(high * DAYS_PER_WEEK)
        if obstacle:
            return None
        while best is not None and high - low > 1:
            middle = (low + high) // 2
            obstacle, answer = self.attempt(middle * DAYS_PER_WEEK, guess=best.value)
            if obstacle:
                low = middle
            else:
                high, best = middle, answer
        return best


def limits_of(projection: Projection, units: Units = METRIC) -> tuple[Limit, ...]:
    """Safety limits of a plan as it was projected; see :func:`~spotcheck.energy.safety.assess`."""
    usual = float(projection.person.energy_intake_kcal_per_day)
    return assess(
        projection.person,
        usual + projection.intake_change_kcal_per_day,
        projection.week.extra_kcal_per_week / DAYS_PER_WEEK,
        projection.body,
        units=units,
    )


def running_minutes_per_week(plan: Plan) -> float:
    """Time on foot, run or walked, in a week [min].

    Examples
    --------
    >>> running_minutes_per_week(Plan((Session("steady", 3, 40, 9),)))
    120.0
    """
    return float(sum(one.times_per_week * one.minutes for one in plan.sessions if _runs(one)))


def most_running_minutes_per_week(plan: Plan) -> float:
    """Most minutes on foot that a plan's sessions can hold: 14 hours a week, 3 hours a session.

    Examples
    --------
    >>> most_running_minutes_per_week(Plan((Session("steady", 3, 40, 9),)))
    540.0
    """
    now = running_minutes_per_week(plan)
    longest = max((one.minutes for one in plan.sessions if _runs(one)), default=0.0)
    if now == 0:
        return 0.0
    return min(MOST_MINUTES_PER_WEEK, max(now, now * LONGEST_SESSION_MINUTES / longest))


def with_running_minutes(plan: Plan, minutes_per_week: float) -> Plan:
    """Plan with all its sessions on foot longer or shorter by the same factor.

    Parameters
    ----------
    plan : Plan
        Strength sessions in it stay as they are.
    minutes_per_week : float
        New time on foot in a week [min].

    Returns
    -------
    Plan
        A session with a fixed number of repeats gets no shorter than these.

    Raises
    ------
    ValueError
        If there is no running whose length could change.

    Examples
    --------
    >>> plan = Plan((Session("steady", 3, 40, 9), Session("walk", 2, 30, 5)))
    >>> [one.minutes for one in with_running_minutes(plan, 90).sessions]
    [20.0, 15.0]
    """
    now = running_minutes_per_week(plan)
    if now == 0:
        raise ValueError("plan has 0 minutes of running; allowed: at least one session on foot")
    return replace(
        plan,
        sessions=tuple(
            replace(one, minutes=max(one.minutes * minutes_per_week / now, _shortest(one)))
            if _runs(one)
            else one
            for one in plan.sessions
        ),
    )


def _runs(session: Session) -> bool:
    return not session.is_strength and session.times_per_week > 0


def _shortest(session: Session) -> float:
    return session.repeats * (session.work_seconds + session.recovery_seconds) / 60


def maintenance_intake_kcal_per_day(
    person: Person, weight_kg: float, exercise_kcal_per_day: float = 0.0
) -> float:
    """Energy to eat a day so that body weight comes to rest at a given weight.

    Parameters
    ----------
    person : Person
        The reader as they are today (scalar fields).
    weight_kg : float
        Weight to keep, 30 to 300 [kg].
    exercise_kcal_per_day : float, optional
        Net cost of the exercise that goes on, at today's weight and after compensation, against
        today's life [kcal/day].

    Returns
    -------
    float
        Energy intake [kcal/day] that equals energy expenditure at that weight, with the fat and
        lean tissue that the Forbes curve gives it and with fluid and glycogen settled.

    Raises
    ------
    ValueError
        If an input is outside its range or no intake from 0 to 20,000 kcal/day keeps the weight.

    References
    ----------
    Hall et al. 2011, web appendix equations 5 and 17 at rest,
    https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> person = Person("female", 34, 1.68, 68)
    >>> round(maintenance_intake_kcal_per_day(person, 68.0))
    2102
    >>> round(maintenance_intake_kcal_per_day(person, 63.0))
    1991
    """
    check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    change = weight_kg - float(np.asarray(person.weight_kg))
    eaten = float(person.energy_intake_kcal_per_day)

    def miss(intake_change: float) -> float:
        reached = plateau_weight_change_kg(person, intake_change, exercise_kcal_per_day)
        return float(reached) - change

    return eaten + root(miss, -eaten, HIGHEST_INTAKE_KCAL_PER_DAY - eaten)


def keeping(answer: Answer, days: int) -> Trajectory:
    """Follow the weight on after a goal, with the food that keeps it and the training going on.

    Parameters
    ----------
    answer : Answer
        The goal's plan.
    days : int
        Length of the time after the goal, 1 or more [days].

    Returns
    -------
    Trajectory
        From today on, arrays of shape (answer.days + days + 1,).

    Raises
    ------
    ValueError
        If both together are more than 3650 days.
    """
    made = answer.projection
    counted = made.counted_kcal_per_week / DAYS_PER_WEEK
    kept = maintenance_intake_kcal_per_day(made.person, answer.weight_kg, counted)
    shares = (
        np.ones(answer.days) if share is None else share
        for share in made.plan.schedules(answer.days)
    )
    later = (kept - float(made.person.energy_intake_kcal_per_day), counted)
    planned = (made.intake_change_kcal_per_day, counted)
    intake, exercise = (
        np.concatenate([change * share, np.full(days, after)])[np.newaxis]
        for change, share, after in zip(planned, shares, later, strict=True)
    )
    both = simulate(made.person, intake, exercise, answer.days + days)
    return Trajectory(*(getattr(both, name)[0] for name in Trajectory.__dataclass_fields__))


@dataclass(frozen=True)
class HeldOff:
    """What training that is part of today's life holds off, at unchanged eating.

    Attributes
    ----------
    counted_kcal_per_day : float
        What would fall away with it, after compensation, in the middle [kcal/day].
    room_kcal_per_day : float
        Most training that fits into the model's activity levels on top of the rest [kcal/day].
    weight_kg, lightest_kg, heaviest_kg : numpy.ndarray, shape (days + 1,)
        Body weight from the day on which the training stops [kg]: in the middle, and at the 95th
        and the 5th percentile of compensation.
    intake_instead_kcal_per_day : float
        Change of food that would keep today's weight without the training [kcal/day].
    """

    counted_kcal_per_day: float
    room_kcal_per_day: float
    weight_kg: FloatArray
    lightest_kg: FloatArray
    heaviest_kg: FloatArray
    intake_instead_kcal_per_day: float

    @property
    def is_capped(self) -> bool:
        """Whether the training is more than the model's activity levels have room for."""
        return self.counted_kcal_per_day > self.room_kcal_per_day

    def held_off_kg(self, years: int) -> tuple[float, float, float]:
        """Weight that the training has held off after so many years: middle, least, most [kg]."""
        day = years * DAYS_PER_YEAR
        middle, least, most = (
            float(path[day] - path[0])
            for path in (self.weight_kg, self.lightest_kg, self.heaviest_kg)
        )
        return middle, least, most

    def frame(self) -> pd.DataFrame:
        """Table of ``YEARS``, one row each."""
        rows = [(years, *self.held_off_kg(years)) for years in YEARS]
        held = pd.DataFrame(rows, columns=["years", "held_off_kg", "least_kg", "most_kg"])
        held.insert(1, "weight_without_kg", self.weight_kg[0] + held["held_off_kg"])
        return held


@lru_cache(maxsize=16)
def held_off(person: Person, plan: Plan, assumptions: Assumptions) -> HeldOff:
    """Follow the weight for ten years from the day on which today's training would stop.

    Parameters
    ----------
    person : Person
        One adult (scalar fields) whose weight is steady with the training; the activity level is
        the one apart from it.
    plan : Plan
        Its sessions are what stops; its food change and its dates are left out.
    assumptions : Assumptions
        From :func:`~spotcheck.energy.assumptions.assumptions`. What is made up elsewhere ends
        with the training and is not counted.

    Returns
    -------
    HeldOff
        Shared between callers; do not write into it.

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    The training is added to the activity level (Hall's equation 8 the other way round), so that
    food and movement balance today; stopping takes it away from the activity parameter.

    Examples
    --------
    >>> from spotcheck.energy.assumptions import assumptions
    >>> person, plan = Person("female", 34, 1.68, 68), Plan((Session("steady", 3, 40, 9),))
    >>> [round(kg, 1) for kg in held_off(person, plan, assumptions(person, plan)).held_off_kg(5)]
    [5.6, 0.7, 11.0]
    """
    weight = float(np.asarray(person.weight_kg))
    resting = float(person.resting_metabolic_rate_kcal_per_day)
    level = float(np.asarray(person.physical_activity_level))
    # A day's cost of activity, and with it of exercise, that one more activity level stands for.
    kcal_per_level = (1 - THERMIC_EFFECT_OF_FOOD) * resting
    room = (PHYSICAL_ACTIVITY_LEVEL[1] - level) * kcal_per_level
    week = plan.energy(weight, resting)
    made_up = assumptions["compensation_fraction"]
    done = assumptions["adherence_fraction"].mean * assumptions["running_cost_factor"].mean
    shares = np.array([made_up.mean, *made_up.quantile([QUANTILES[-1], QUANTILES[0]])])
    counted = done * (1 - shares) * week.extra_kcal_per_week / DAYS_PER_WEEK
    kept = np.minimum(counted, room)
    levels = np.maximum(level + kept / kcal_per_level, PHYSICAL_ACTIVITY_LEVEL[0])
    runners = replace(person, physical_activity_level=levels)
    paths = simulate(runners, 0.0, -kept, YEARS[-1] * DAYS_PER_YEAR).weight_kg
    runner = replace(person, physical_activity_level=float(levels[0]))
    instead = maintenance_intake_kcal_per_day(runner, weight, -float(kept[0]))
    return HeldOff(
        counted_kcal_per_day=float(counted[0]),
        room_kcal_per_day=room,
        weight_kg=paths[0],
        lightest_kg=paths[1],
        heaviest_kg=paths[2],
        intake_instead_kcal_per_day=instead - float(runner.energy_intake_kcal_per_day),
    )


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Zero of a function between two points, by Chandrupatla's method.

    Parameters
    ----------
    function : callable
        Takes and gives a float.
    low, high : float
        Two points that enclose a zero.

    Returns
    -------
    float
        To a billionth of the bracket.

    Raises
    ------
    ValueError
        If the function has the same sign at both points.

    References
    ----------
    Bisection, with inverse quadratic interpolation where that is safe; described at
    https://www.tensorflow.org/probability/api_docs/python/tfp/math/find_root_chandrupatla

    Examples
    --------
    >>> round(root(lambda x: x**3 - 2, 0.0, 2.0), 6)
    1.259921
    """
    a, b = high, low
    at_a, at_b = function(a), function(b)
    if at_a * at_b > 0:
        raise ValueError(
            f"function is {at_b:g} at {low:g} and {at_a:g} at {high:g}; "
            "allowed: a change of sign between them"
        )
    exact = _EXACT * abs(high - low)
    share = 0.5
    while True:
        best = a if abs(at_a) < abs(at_b) else b
        if at_a == 0 or at_b == 0 or abs(b - a) <= exact:
            return best
        x = a + share * (b - a)
        at_x = function(x)
        if at_x * at_a > 0:
            c, at_c = a, at_a
        else:
            c, at_c = b, at_b
            b, at_b = a, at_a
        a, at_a = x, at_x
        # The zero lies between a and b; c is the point that was given up last.
        share = 0.5
        along, up = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
        if up**2 < along and (1 - up) ** 2 < 1 - along:
            share = at_a / (at_b - at_a) * at_c / (at_b - at_c) + (c - a) / (b - a) * at_a / (
                at_c - at_a
            ) * at_b / (at_c - at_b)
        least = 0.4 * exact / abs(b - a) if b != a else 0.5
        share = min(max(share, least), 1 - least)
