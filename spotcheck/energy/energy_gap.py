"""The lasting energy gap that weigh-ins speak for, and what it says about the time to come.

Weight alone shows one number: the energy that is missing, or too much, a day. It cannot tell a
session that was left out from one that was eaten back; :func:`equal_pairs` says so.

References
----------
Hall et al. 2011, Quantification of the effect of energy imbalance on bodyweight, Lancet
378:826-837 and its web appendix, https://doi.org/10.1016/S0140-6736(11)60812-X
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from spotcheck.energy.balance import Person, simulate
from spotcheck.energy.metabolism import WEIGHT_KG, FloatArray, check_range
from spotcheck.energy.uncertainty import POINTS, QUANTILES, SEED
from spotcheck.energy.weigh_ins import WeighIns
from spotcheck.wording import NBSP, counted, number, round_kcal

WATER_DAYS = 10
FEWEST_WEIGH_INS = 8
FEWEST_DAYS = 21
MOST_DAYS = 1095
# Assumption: before any weigh-in is seen, the scale scatters by 0.8 kg, and this counts as much
# as two weigh-ins. It keeps the interval honest for few, or suspiciously smooth, weigh-ins.
SCALE_NOISE_KG = 0.8
SCALE_NOISE_WEIGHT = 2.0
# Ways in which the scatter may hang together, all equally likely beforehand: the share of its
# variance that wanders, and how much of that is still there on the next day.
WANDERING = (
    (0.0, 0.0),
    *((share, kept) for share in (1 / 3, 2 / 3, 1.0) for kept in (0.3, 0.6, 0.8, 0.9)),
)
SHARE_IN_INTERVAL = 0.9

FEWEST_EFFECTIVE_DRAWS = 50
FEWEST_NEAR_DRAWS = 25
# From the least adherence that the table priors allows; what is made up reaches from about the
# lowest value that a trial arm implies, half as much again lost, to all of it.
ADHERENCE_FRACTION = (0.3, 1.0)
COMPENSATION_FRACTION = (-0.5, 1.0)

_AT_ONCE = 250
_BEYOND_THE_MODEL = (
    "No lasting change of food explains these weigh-ins: weight moves faster than this model can "
    "follow. A unit mixed up, or two people on one scale, look like this."
)


@dataclass(frozen=True)
class NotYet:
    """Why no energy gap is given: a stable code and the sentences to show."""

    reason: str
    explanation: str


@dataclass(frozen=True)
class EnergyGap:
    """The lasting energy gap that the weigh-ins speak for.

    Attributes
    ----------
    kcal_per_day, low_kcal_per_day, high_kcal_per_day : float
        Middle and ends of the interval that holds it with 90 % probability [kcal/day]; negative
        for a deficit, expressed as a lasting change of food.
    sd_kcal_per_day : float
        Half the width of the interval over 1.645 [kcal/day].
    person : Person
        With the fitted weight on the first day.
    first_date : date
        Day 0.
    day : numpy.ndarray
        Days of the weigh-ins that were used.
    weight_kg : numpy.ndarray
        Their weights [kg].
    left_out : int
        Weigh-ins of the first 10 days.
    noise_kg : float
        Scatter of a weigh-in around the curve [kg].
    effective_weigh_ins : float
        Independent weigh-ins that would place the curve as well.
    """

    kcal_per_day: float
    low_kcal_per_day: float
    high_kcal_per_day: float
    person: Person = field(repr=False)
    first_date: dt.date = field(repr=False)
    day: NDArray[np.int64] = field(repr=False)
    weight_kg: FloatArray = field(repr=False)
    left_out: int
    noise_kg: float
    effective_weigh_ins: float
    _mean: FloatArray = field(repr=False)
    _contrast: FloatArray = field(repr=False)
    _known_gaps: FloatArray = field(repr=False)
    _known_contrasts: FloatArray = field(repr=False)

    @property
    def sd_kcal_per_day(self) -> float:
        """Standard deviation of a normal distribution with the same interval [kcal/day]."""
        return (self.high_kcal_per_day - self.low_kcal_per_day) / (2 * 1.6448536)

    @property
    def last_day(self) -> int:
        """Day of the last weigh-in."""
        return int(self.day[-1])

    @property
    def spans_zero(self) -> bool:
        """Whether no gap at all lies within the interval."""
        return self.low_kcal_per_day < 0 < self.high_kcal_per_day

    def curve(self) -> pd.DataFrame:
        """Fitted body weight, one row a day up to the last weigh-in."""
        body = simulate(self.person, self.kcal_per_day, days=self.last_day).weight_kg
        level = self._mean @ (self.weight_kg - body[self.day])
        return pd.DataFrame({"day": np.arange(self.last_day + 1), "weight_kg": level + body})

    def implied_by(self, weight_kg: FloatArray) -> FloatArray:
        """Energy gap that would be fitted to noiseless weigh-ins on these days.

        Parameters
        ----------
        weight_kg : numpy.ndarray, shape (n, len(day))
            Body weight on ``day``, one row a person [kg].

        Returns
        -------
        numpy.ndarray, shape (n,)
            Energy gap [kcal/day].
        """
        return np.interp(weight_kg @ self._contrast, self._known_contrasts, self._known_gaps)


def fit_energy_gap(
    person: Person, weigh_ins: WeighIns, since: dt.date | None = None
) -> EnergyGap | NotYet:
    """Energy gap that has held since the first weigh-in, with its 90 % interval.

    Parameters
    ----------
    person : Person
        One adult (scalar fields); the weight is replaced by the weigh-ins' own.
    weigh_ins : WeighIns
        What :func:`read` gives.
    since : date, optional
        Day on which the change of life began; the first weigh-in when not given.

    Returns
    -------
    EnergyGap or NotYet
        The latter while there are fewer than 8 weigh-ins over 21 days after the first 10 days,
        when they reach over more than 3 years, or when no lasting change of food explains them.

    Notes
    -----
    Model: weight = level + change by Hall's model under a lasting change of food + scatter. Part
    of the scatter is fresh every day, part wanders (a first-order autoregression), as water does.
    Level and gap have flat priors, the scatter's size a weak one around 0.8 kg, and the ways to
    wander are those of ``WANDERING``. Level and size are integrated out exactly, the ways by a
    sum, and the gap's posterior is summed on a grid of simulated gaps that closes in on it. The
    interval is for this noise only: body
    composition and resting rate stay as given, which matters little (a tenth more resting
    rate changes a year's loss by about 1.5 %).

    A kilocalorie of exercise moves weight more than one of food in this model, since eating less
    also spares some of the energy spent on digestion and adaptation. Compare plans with the gap
    through :meth:`EnergyGap.implied_by` only.

    References
    ----------
    Hall et al. 2011, Lancet 378:826-837, https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> from spotcheck.energy.weigh_ins import read, sample
    >>> person = Person("female", 34, 1.68, 68)
    >>> gap = fit_energy_gap(person, read(sample(person, intake_change_kcal_per_day=-300)))
    >>> gap.low_kcal_per_day < -300 < gap.high_kcal_per_day
    True
    """
    if since is not None:
        weigh_ins = weigh_ins.since(since)
    if not len(weigh_ins):
        return NotYet("too_few", _what_is_missing(FEWEST_WEIGH_INS, WATER_DAYS + FEWEST_DAYS))
    first = weigh_ins.date[0] if since is None else np.datetime64(since, "D")
    day = (weigh_ins.date - first).astype(int)
    used = day >= WATER_DAYS
    missing = max(FEWEST_WEIGH_INS - int(used.sum()), 0)
    begins = int(day[used][0]) if used.any() else WATER_DAYS
    missing_days = begins + FEWEST_DAYS - int(day[-1])
    if missing or missing_days > 0:
        return NotYet("too_few", _what_is_missing(missing, missing_days))
    if day[-1] > MOST_DAYS:
        return NotYet(
            "too_long",
            f"These weigh-ins reach over {number(day[-1] / 365, 1)} years. One steady gap cannot "
            "be assumed for more than three; choose a later first day.",
        )
    return _fit(
        _with_weight(person, float(np.median(weigh_ins.weight_kg[:5]))),
        day[used],
        weigh_ins.weight_kg[used],
        first_date=first.astype(dt.date),
        left_out=int(np.sum(~used)),
    )


def finding(gap: EnergyGap) -> str:
    r"""Energy gap as the sentence that heads its picture.

    Examples
    --------
    >>> from spotcheck.energy.weigh_ins import read, sample
    >>> person = Person("female", 34, 1.68, 68)
    >>> finding(fit_energy_gap(person, read(sample(person, -400))))
    'Your scale says a gap of about −370\xa0kcal a day (−450 to −290)'
    """
    low, middle, high = (
        _signed(round_kcal(value))
        for value in (gap.low_kcal_per_day, gap.kcal_per_day, gap.high_kcal_per_day)
    )
    return f"Your scale says a gap of about {middle}{NBSP}kcal a day ({low} to {high})"


@dataclass(frozen=True)
class EqualPairs:
    """Pairs of adherence and compensation that explain the same weigh-ins equally well.

    Attributes
    ----------
    adherence_fraction : numpy.ndarray
        Share of the sessions that were done [1].
    compensation_fraction, lowest_compensation_fraction, highest_compensation_fraction :
        numpy.ndarray
        Share made up elsewhere that goes with it, and the ends of its band [1]; NaN where none
        between -0.5 and 1 does.
    counted_fraction : float
        Share of the plan's exercise that shows on the scale, at the fitted gap [1].
    plan_gap_kcal_per_day : float
        Gap with every session done and nothing made up [kcal/day].
    """

    adherence_fraction: FloatArray
    compensation_fraction: FloatArray
    lowest_compensation_fraction: FloatArray
    highest_compensation_fraction: FloatArray
    counted_fraction: float
    plan_gap_kcal_per_day: float

    @property
    def fits(self) -> bool:
        """Whether any pair explains the weigh-ins; if none does, eating has changed too."""
        return bool(np.isfinite(self.lowest_compensation_fraction).any())

    def frame(self) -> pd.DataFrame:
        """Table of the pairs."""
        return pd.DataFrame(
            {
                "adherence_fraction": self.adherence_fraction,
                "compensation_fraction": self.compensation_fraction,
                "lowest_compensation_fraction": self.lowest_compensation_fraction,
                "highest_compensation_fraction": self.highest_compensation_fraction,
            }
        )


def equal_pairs(
    gap: EnergyGap,
    exercise_kcal_per_day: float,
    intake_change_kcal_per_day: float = 0.0,
    *,
    intake_schedule: ArrayLike | None = None,
    exercise_schedule: ArrayLike | None = None,
) -> EqualPairs:
    """Pairs of adherence and compensation between which the weigh-ins cannot tell.

    Parameters
    ----------
    gap : EnergyGap
        What :func:`fit_energy_gap` gives.
    exercise_kcal_per_day : float
        Energy of the plan's sessions if all are done, before compensation, 1 to 6,600 [kcal/day].
    intake_change_kcal_per_day : float, optional
        Lasting change of food in the plan, taken as followed [kcal/day].
    intake_schedule, exercise_schedule : array_like, shape (gap.last_day,), optional
        As in :func:`~spotcheck.energy.balance.simulate`.

    Returns
    -------
    EqualPairs

    Raises
    ------
    ValueError
        If there is no exercise in the plan, or as :func:`~spotcheck.energy.balance.simulate`.

    Notes
    -----
    Only the product ``adherence * (1 - compensation)`` moves weight, so the pairs are the curve
    ``compensation = 1 - counted / adherence``. The share that counts comes from simulating shares
    of the plan and fitting each as if it were weigh-ins.

    Examples
    --------
    >>> from spotcheck.energy.weigh_ins import read, sample
    >>> person = Person("female", 34, 1.68, 68)
    >>> gap = fit_energy_gap(person, read(sample(person, exercise_kcal_per_day=200)))
    >>> pairs = equal_pairs(gap, 400)
    >>> pairs.fits, 0.2 < pairs.counted_fraction < 0.8
    (True, True)
    """
    exercise = float(check_range("exercise_kcal_per_day", exercise_kcal_per_day, 1.0, 6_600.0))
    most = ADHERENCE_FRACTION[1] * (1 - COMPENSATION_FRACTION[0])
    shares = np.linspace(0.0, most, 31)
    bodies = simulate(
        gap.person,
        intake_change_kcal_per_day,
        shares * exercise,
        days=gap.last_day,
        intake_schedule=intake_schedule,
        exercise_schedule=exercise_schedule,
    )
    gaps = gap.implied_by(bodies.weight_kg[:, gap.day])
    ends = [gap.kcal_per_day, gap.low_kcal_per_day, gap.high_kcal_per_day]
    # A deeper gap is a larger share; NaN where no share of the plan reaches it.
    middle, largest, smallest = np.interp(ends, gaps[::-1], shares[::-1])
    reached = gaps[-1] <= gap.kcal_per_day <= gaps[0]
    overlaps = gaps[-1] <= gap.high_kcal_per_day and gap.low_kcal_per_day <= gaps[0]
    adherence = np.linspace(*ADHERENCE_FRACTION, 36)
    lowest, highest = (1 - share / adherence for share in (largest, smallest))
    overlaps_here = overlaps & (highest >= COMPENSATION_FRACTION[0])
    curve = 1 - middle / adherence
    return EqualPairs(
        adherence_fraction=adherence,
        compensation_fraction=np.where(
            reached & (curve >= COMPENSATION_FRACTION[0]), curve, np.nan
        ),
        lowest_compensation_fraction=np.where(
            overlaps_here, np.maximum(lowest, COMPENSATION_FRACTION[0]), np.nan
        ),
        highest_compensation_fraction=np.where(overlaps_here, highest, np.nan),
        counted_fraction=float(middle),
        plan_gap_kcal_per_day=float(np.interp(1.0, shares, gaps)),
    )


@dataclass(frozen=True)
class Forecast:
    """Body weight from the last weigh-in on, beside what the plan alone would say.

    Attributes
    ----------
    day : numpy.ndarray
        Days since the first weigh-in, from the last weigh-in on.
    weight_kg : numpy.ndarray, shape (5, len(day))
        Quantiles of body weight, as in ``QUANTILES`` [kg].
    plan_day : numpy.ndarray
        Days from the first weigh-in on.
    plan_weight_kg : numpy.ndarray, shape (5, len(plan_day))
        The same without the weigh-ins, apart from the weight on the first day [kg].
    effective_draws : float
        Draws that the weigh-ins leave, of those that were made.
    follows_plan : bool
        Whether the plan's draws were weighed by the weigh-ins. If they left fewer than 50, if
        hardly any came near the gap, or if the plan changes nothing, the forecast goes on with
        the fitted gap instead, whatever its cause.
    """

    day: NDArray[np.int64]
    weight_kg: FloatArray
    plan_day: NDArray[np.int64]
    plan_weight_kg: FloatArray
    effective_draws: float
    follows_plan: bool

    def frame(self) -> pd.DataFrame:
        """Table of the forecast and of the plan's own band on the same days."""
        columns: dict[str, FloatArray] = {"day": self.day.astype(float)}
        for rank, quantile in enumerate(QUANTILES):
            columns[f"weight_kg_q{100 * quantile:02.0f}"] = self.weight_kg[rank]
        for rank, quantile in enumerate(QUANTILES):
            columns[f"plan_weight_kg_q{100 * quantile:02.0f}"] = np.interp(
                self.day, self.plan_day, self.plan_weight_kg[rank]
            )
        return pd.DataFrame(columns).astype({"day": int})


def forecast(
    gap: EnergyGap,
    people: Person,
    intake_change_kcal_per_day: ArrayLike,
    exercise_kcal_per_day: ArrayLike,
    days: int = 365,
    *,
    intake_schedule: ArrayLike | None = None,
    exercise_schedule: ArrayLike | None = None,
) -> Forecast:
    """Narrow the plan's simulated people down to those whom the weigh-ins allow.

    Parameters
    ----------
    gap : EnergyGap
        What :func:`fit_energy_gap` gives.
    people : Person
        Simulated people (n,) with the weight of ``gap.person``.
    intake_change_kcal_per_day, exercise_kcal_per_day : array_like, shape (n,)
        What each of them eats and runs [kcal/day].
    days : int, optional
        How far to look past the last weigh-in [days].
    intake_schedule, exercise_schedule : array_like, shape (gap.last_day + days,), optional
        As in :func:`~spotcheck.energy.balance.simulate`.

    Returns
    -------
    Forecast

    Raises
    ------
    ValueError
        As :func:`~spotcheck.energy.balance.simulate`.

    Notes
    -----
    Each simulated person is weighted by the normal likelihood of the gap that weigh-ins of theirs
    would have shown. Their curves are moved to the level of the real weigh-ins, which is known to
    the scatter over the root of the effective number of weigh-ins.
    """
    total = gap.last_day + days
    chance = np.random.default_rng(SEED)
    plan_day = _about(0, total)
    later = _about(gap.last_day, total)
    columns = np.concatenate([plan_day, later, gap.day])
    bodies = _weights(
        people,
        intake_change_kcal_per_day,
        exercise_kcal_per_day,
        total,
        columns,
        intake_schedule=intake_schedule,
        exercise_schedule=exercise_schedule,
    )
    plan, ahead, weighed = np.split(bodies, [len(plan_day), len(plan_day) + len(later)], axis=1)
    implied = gap.implied_by(weighed)
    weight = np.exp(-0.5 * ((implied - gap.kcal_per_day) / gap.sd_kcal_per_day) ** 2)
    effective = float(weight.sum() ** 2 / max(np.sum(weight**2), np.finfo(float).tiny))
    # People who all miss the gap alike would count as equally good; and people who all show the
    # same gap, as under a plan that changes nothing, explain none.
    are_near = weight.sum() >= FEWEST_NEAR_DRAWS and np.ptp(implied) > 1.0
    follows_plan = effective >= FEWEST_EFFECTIVE_DRAWS and are_near
    if not follows_plan:
        gaps = chance.normal(gap.kcal_per_day, gap.sd_kcal_per_day, len(bodies))
        gaps = np.clip(gaps, *_allowed_gaps(gap.person))
        columns = np.concatenate([later, gap.day])
        bodies = _weights(gap.person, gaps, np.zeros(len(gaps)), total, columns)
        ahead, weighed = np.split(bodies, [len(later)], axis=1)
        weight = np.ones(len(bodies))
    level = gap.weight_kg @ gap._mean - weighed @ gap._mean
    level += chance.normal(0.0, gap.noise_kg / np.sqrt(gap.effective_weigh_ins), len(level))
    return Forecast(
        day=later,
        weight_kg=_weighted_quantiles(ahead + level[:, np.newaxis], weight),
        plan_day=plan_day,
        plan_weight_kg=_weighted_quantiles(plan, np.ones(len(plan))),
        effective_draws=effective,
        follows_plan=bool(follows_plan),
    )


def _what_is_missing(weigh_ins: int, days: int) -> str:
    needs = []
    if weigh_ins > 0:
        needs.append(f"{counted(weigh_ins)} more weigh-in{'s' if weigh_ins > 1 else ''}")
    if days > 0:
        needs.append(f"{counted(days)} more day{'s' if days > 1 else ''}")
    return (
        f"An estimate needs at least {' and '.join(needs)}. The first {WATER_DAYS} days are left "
        f"out, because water hides the rest; after them it takes {counted(FEWEST_WEIGH_INS)} "
        f"weigh-ins over {FEWEST_DAYS} days."
    )


def _with_weight(person: Person, weight_kg: float) -> Person:
    """The person at another weight; a given body fat that does not go with it is estimated."""
    weight = float(np.clip(weight_kg, *WEIGHT_KG))
    try:
        return replace(person, weight_kg=weight)
    except ValueError:
        return replace(person, weight_kg=weight, body_fat_fraction=None)


def _allowed_gaps(person: Person) -> tuple[float, float]:
    """Gaps within which a fit is looked for [kcal/day]; a person eats at least a tenth."""
    eaten = float(person.energy_intake_kcal_per_day)
    return -0.9 * eaten, 2.0 * eaten


def _fit(
    person: Person,
    day: NDArray[np.int64],
    weight_kg: FloatArray,
    *,
    first_date: dt.date,
    left_out: int,
) -> EnergyGap | NotYet:
    """Posterior of the gap, on a grid that closes in on it."""
    low, high = -np.inf, np.inf
    for size in (33, 33, 49):
        lowest, highest = _allowed_gaps(person)
        gaps = np.linspace(max(low, lowest), min(high, highest), size)
        bodies = simulate(person, gaps, days=int(day[-1])).weight_kg
        scatter = weight_kg - bodies[:, day]
        log_density, level = _log_density(scatter, day)
        joint = np.logaddexp.reduce(log_density, axis=0)
        best = int(np.argmax(joint))
        if gaps[best] in (lowest, highest):
            return NotYet("beyond_the_model", _BEYOND_THE_MODEL)
        likely = np.flatnonzero(joint > joint.max() - 12.0)
        low, high = gaps[max(likely[0] - 1, 0)], gaps[min(likely[-1] + 1, size - 1)]
        way = int(np.argmax(np.logaddexp.reduce(log_density, axis=1)))
        simulated = person
        # The curve starts where the weigh-ins put it, and the person weighs as much there.
        person = _with_weight(person, float(level[way, best] + bodies[best, 0]))
    density = np.exp(joint - joint.max())
    cumulative = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) * np.diff(gaps))])
    tail = (1 - SHARE_IN_INTERVAL) / 2
    low, middle, high = np.interp(
        np.array([tail, 0.5, 1 - tail]) * cumulative[-1], cumulative, gaps
    )
    known = np.linspace(*_allowed_gaps(simulated), 61)
    curves = simulate(simulated, known, days=int(day[-1])).weight_kg[:, day]
    share, kept = WANDERING[way]
    apart = np.abs(day[:, np.newaxis] - day)
    correlation = np.where(apart == 0, 1.0, share * kept**apart)
    rest = scatter[best] - level[way, best]
    slope = bodies[-1, day] - bodies[0, day]
    ones, rests, slopes = np.linalg.solve(
        correlation, np.array([np.ones(len(day)), rest, slope]).T
    ).T
    effective = float(ones.sum())
    mean = ones / effective
    contrast = slopes - ones * (mean @ slope)
    squares = SCALE_NOISE_WEIGHT * SCALE_NOISE_KG**2 + rest @ rests
    return EnergyGap(
        kcal_per_day=float(middle),
        low_kcal_per_day=float(low),
        high_kcal_per_day=float(high),
        person=simulated,
        first_date=first_date,
        day=day,
        weight_kg=weight_kg,
        left_out=left_out,
        noise_kg=float(np.sqrt(squares / (SCALE_NOISE_WEIGHT + len(day) - 2))),
        effective_weigh_ins=effective,
        _mean=mean,
        _contrast=contrast,
        _known_gaps=known,
        _known_contrasts=curves @ contrast,
    )


def _log_density(scatter: FloatArray, day: NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
    """Log posterior of each way to wander (rows) and gap (columns), and the level that goes along.

    ``scatter`` has a row for each gap. Level and size of the scatter are integrated out. A Kalman
    filter takes from each weigh-in what the earlier ones say of it, for the scatter and for a
    column of ones beside it.
    """
    share, kept = np.array(WANDERING).T[..., np.newaxis]
    columns = np.vstack([np.ones(len(day)), scatter])
    expected = np.zeros((len(share), len(columns)))
    variance = share
    log_determinant, ones_ones = np.zeros_like(share), np.zeros_like(share)
    ones_rest, rest_rest = np.zeros((2, len(share), len(scatter)))
    for at, step in enumerate(np.diff(day, prepend=day[0])):
        fading = kept**step
        expected *= fading
        variance = fading**2 * variance + share * (1.0 - fading**2)
        total = variance + 1.0 - share
        news = columns[:, at] - expected
        expected += variance / total * news
        variance = variance * (1.0 - share) / total
        log_determinant += np.log(total)
        ones_ones += news[:, :1] ** 2 / total
        ones_rest += news[:, :1] * news[:, 1:] / total
        rest_rest += news[:, 1:] ** 2 / total
    squares = rest_rest - ones_rest**2 / ones_ones
    freedom = SCALE_NOISE_WEIGHT + len(day) - 1
    size = np.log(SCALE_NOISE_WEIGHT * SCALE_NOISE_KG**2 + squares)
    density = -0.5 * (log_determinant + np.log(ones_ones) + freedom * size)
    return density, ones_rest / ones_ones


def _about(first: int, last: int) -> NDArray[np.int64]:
    """About 60 whole days, both ends among them."""
    return np.unique(np.linspace(first, last, POINTS).round().astype(int))


def _weights(
    people: Person,
    intake: ArrayLike,
    exercise: ArrayLike,
    days: int,
    columns: NDArray[np.int64],
    **schedules: ArrayLike | None,
) -> FloatArray:
    """Body weight on some days (n, columns); some people at a time, which needs little memory."""
    intakes, exercises = np.broadcast_arrays(np.asarray(intake, float), np.asarray(exercise, float))
    return np.concatenate(
        [
            simulate(some, intakes[part], exercises[part], days, **schedules).weight_kg[:, columns]
            for some, part in _parts(people, len(intakes))
        ]
    )


def _parts(people: Person, n: int) -> Iterator[tuple[Person, slice]]:
    for start in range(0, n, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        some = {
            name: np.asarray(value)[part]
            for name, value in vars(people).items()
            if value is not None and np.ndim(value)
        }
        yield replace(people, **some), part


def _weighted_quantiles(values: FloatArray, weight: FloatArray) -> FloatArray:
    """Quantiles of each column, rows counting by their weight."""
    order = np.argsort(values, axis=0)
    ranked = np.take_along_axis(values, order, axis=0)
    upto = np.cumsum(weight[order], axis=0)
    middle = (upto - 0.5 * weight[order]) / upto[-1]
    return np.array(
        [
            [np.interp(quantile, middle[:, at], ranked[:, at]) for at in range(values.shape[1])]
            for quantile in QUANTILES
        ]
    )


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
