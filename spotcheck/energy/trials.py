"""The model against published trials, and against another implementation of itself.

Everything is computed from the tables ``trials``, ``trial_phases`` and ``reference_cases``. What
stands beside a trial never saw it: compensation comes from the arms of all other trials.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spotcheck import tables
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.balance import STATIC_RULE_KCAL_PER_KG, Person, simulate
from spotcheck.energy.metabolism import FloatArray, check_range, resting_metabolic_rate
from spotcheck.energy.training import DAYS_PER_WEEK, Plan
from spotcheck.energy.uncertainty import QUANTILES, SEED, draw, simulated_people

# What an energy engine of a peer, SparkyFitness, took for a kilogram (its issue 2128).
PEER_RULE_KCAL_PER_KG = 6000.0
RULES = {
    "ours": "Our middle, from the other trials",
    "bare": "Hall model, nothing made up",
    "rule_7700": "7,700 kcal a kilogram",
    "rule_6000": "6,000 kcal a kilogram",
}
# Enough for the ends of the widest band to stand still within about 0.1 kg.
_BAND_DRAWS = 40_000
# People of each sex and arm whose spread is set against the observed one.
_PEOPLE = 50
_NORMAL_95 = 1.96
_SETTLED_FRACTION = 1e-7
_MOST_STEPS = 30
_FROM_SURE_TO_UNSURE = ("verified", "derived", "second_hand", "assumption", "from_memory")


@dataclass(frozen=True)
class Arms:
    """Arms of exercise trials, each run as a woman and a man of the arm's averages.

    Attributes
    ----------
    table : DataFrame
        Rows of the table ``trials``, one an arm.
    people : Person
        Fields of shape (m,): one or two people an arm.
    arm : numpy.ndarray of int, shape (m,)
        Row of ``table`` that each of the people stands for.
    share : numpy.ndarray, shape (m,)
        Their share of the arm [1].
    exercise_kcal_per_day : numpy.ndarray, shape (arms, days)
        Energy of the exercise before compensation; after an arm's end its last value goes on.
    days : numpy.ndarray of int, shape (arms,)
        Length of each arm [days].
    """

    table: pd.DataFrame
    people: Person
    arm: NDArray[np.int_]
    share: FloatArray
    exercise_kcal_per_day: FloatArray
    days: NDArray[np.int_]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Arms:
        """Arms of the given rows of ``trials``, which must all be runnable."""
        rows = table.reset_index(drop=True)
        members = [
            (number, share, arm_person(row, sex))
            for number, row in rows.iterrows()
            for sex, share in _sexes(row).items()
        ]
        days = np.array([_days(row) for _, row in rows.iterrows()])
        dose = rows["done_kcal_per_week"].fillna(rows["dose_kcal_per_week"]).to_numpy(float)
        shares = np.array([daily_share(row, int(days.max())) for _, row in rows.iterrows()])
        return cls(
            table=rows,
            people=_together([person for _, _, person in members]),
            arm=np.array([number for number, _, _ in members]),
            share=np.array([share for _, share, _ in members]),
            exercise_kcal_per_day=shares * dose[:, np.newaxis] / DAYS_PER_WEEK,
            days=days,
        )

    def __len__(self) -> int:
        return len(self.table)

    @property
    def energy_kcal(self) -> FloatArray:
        """Energy of each arm's exercise from its first to its last day [kcal]."""
        total = np.cumsum(self.exercise_kcal_per_day, axis=1)
        return np.asarray(total[np.arange(len(self)), self.days - 1])

    def change_kg(self, compensation_fraction: FloatArray) -> FloatArray:
        """Mean change of weight by the Hall model at each arm's end.

        Parameters
        ----------
        compensation_fraction : numpy.ndarray, shape (arms,) or (arms, k)
            Share of the exercise that is made up elsewhere; negative when more is lost than the
            exercise explains [1].

        Returns
        -------
        numpy.ndarray
            Of the same shape [kg].
        """
        given = np.asarray(compensation_fraction, dtype=float)
        kept = 1 - given.reshape(len(self), -1)
        runs = kept.shape[1]
        arm = np.tile(self.arm, runs)
        run = np.repeat(np.arange(runs), len(self.arm))
        bodies = simulate(
            _together([self.people] * runs),
            exercise_kcal_per_day=kept[arm, run, np.newaxis] * self.exercise_kcal_per_day[arm],
            days=int(self.days.max()),
        )
        change = bodies.weight_kg[np.arange(len(arm)), self.days[arm]] - bodies.weight_kg[:, 0]
        weighted = np.tile(self.share, runs) * change
        return _summed(arm * runs + run, weighted).reshape(given.shape)


@dataclass(frozen=True)
class TrialCheck:
    """How the estimator fares against trials.

    Attributes
    ----------
    arms : DataFrame
        A row for each arm of exercise that can be run. Changes of weight in kg, losses negative:
        ``observed_kg`` with ``observed_low_kg`` and ``observed_high_kg`` (95 % interval of the
        mean, missing where no spread or size was seen), ``ours_kg`` with ``band_low_kg`` and
        ``band_high_kg`` (9 in 10 group means of this size), ``bare_kg``, ``rule_7700_kg``,
        ``rule_6000_kg``; ``is_held``: whether the band holds the observed mean;
        ``implied_compensation_fraction`` and ``others_compensation_fraction`` (mean of the arms
        of all other trials) with ``others_sd_fraction`` and ``others_arms``; ``observed_sd_kg``
        and ``simulated_sd_kg`` between people; ``least_certain`` (status) and
        ``least_certain_of`` (what has it).
    diets : DataFrame
        Trials of eating less: ``observed_kg`` with its interval, ``model_kg``, ``constant_kg``
        (the same food on average, but the same every day), ``rule_7700_kg``; ``least_certain``.
    controls : DataFrame
        Rows of the table ``trials`` of groups that changed nothing.
    left_out : DataFrame
        Arms of the table that are not run, with ``reason``.
    errors : DataFrame
        A row for each of ``RULES``: ``mean_error_kg`` (negative: it promises too large a loss)
        and ``mean_absolute_error_kg``, over the arms.
    """

    arms: pd.DataFrame
    diets: pd.DataFrame
    controls: pd.DataFrame
    left_out: pd.DataFrame
    errors: pd.DataFrame

    @property
    def missed(self) -> pd.DataFrame:
        """Arms whose observed mean our band does not hold."""
        return self.arms[~self.arms["is_held"]]

    @property
    def n_held(self) -> int:
        """Number of arms whose observed mean our band holds."""
        return int(self.arms["is_held"].sum())

    def error_kg(self, rule: str) -> float:
        """Mean absolute error of one of ``RULES`` [kg]."""
        return float(self.errors.set_index("rule")["mean_absolute_error_kg"][rule])


def check() -> TrialCheck:
    """Set the estimator against every trial arm of the table that can be run.

    Returns
    -------
    TrialCheck

    Notes
    -----
    The compensation that an arm implies is the one with which the Hall model gives its observed
    mean exactly. For each arm, the mean and the standard deviation of the compensation implied by
    the arms of all other trials predict it: their mean is our middle, and the band adds the
    spread between arms (a t distribution, with one degree of freedom less than there are arms),
    the uncertainty of their mean, and chance among as many people as the arm has. Where the
    number of people is unknown, chance is left out and the band is narrower than it should be.

    Examples
    --------
    >>> result = check()
    >>> len(result.arms), result.error_kg("ours") < result.error_kg("rule_7700")
    (11, True)
    """
    trials = tables.load("trials")
    exercise = trials[trials["kind"] == "exercise"]
    reasons = exercise.apply(reason_left_out, axis=1)
    arms = Arms.of(exercise[reasons == ""])
    rows = _against_the_arms(arms)
    left_out = exercise.loc[reasons != "", ["trial_arm", "study_id", "trial", "arm"]]
    return TrialCheck(
        arms=rows,
        diets=_against_the_diets(trials[trials["kind"].isin(["diet", "starvation"])]),
        controls=trials[trials["kind"] == "control"].reset_index(drop=True),
        left_out=left_out.assign(reason=reasons[reasons != ""]).reset_index(drop=True),
        errors=_errors(rows),
    )


def reason_left_out(row: pd.Series) -> str:
    """What an arm of exercise lacks for a run of the model; empty when nothing.

    Parameters
    ----------
    row : Series
        A row of the table ``trials``.

    Returns
    -------
    str
        Reasons, in words.
    """
    lacks = {
        "no figure of the change was seen": pd.isna(row["weight_change_kg"]),
        "the change is from memory only": (
            pd.notna(row["weight_change_kg"]) and row["observed_status"] == "from_memory"
        ),
        "the energy of the exercise is not stated": pd.isna(row["dose_kcal_per_week"]),
        "the start weight was not seen": pd.isna(row["weight_kg"]),
    }
    return "; ".join(reason for reason, holds in lacks.items() if holds)


def implied_compensation(arms: Arms, change_kg: FloatArray) -> FloatArray:
    """Share of the exercise that must have been made up for the model to give these changes.

    Parameters
    ----------
    arms : Arms
        The arms.
    change_kg : numpy.ndarray, shape (arms,)
        Mean change of weight at each arm's end [kg].

    Returns
    -------
    numpy.ndarray, shape (arms,)
        Compensation [1]: 0 none, 1 all; negative when more was lost than the exercise explains.

    Notes
    -----
    A root of the model for each arm, by the secant method for all arms at once.
    """
    before, change_before = np.ones(len(arms)), np.zeros(len(arms))
    here = np.zeros(len(arms))
    for _ in range(_MOST_STEPS):
        change = arms.change_kg(here)
        step = (change - change_kg) * (here - before)
        slope = change - change_before
        settled = np.abs(step) <= _SETTLED_FRACTION * np.abs(slope)
        if settled.all():
            break
        before, change_before = here, change
        here = here - np.divide(step, slope, out=np.zeros_like(step), where=~settled)
    return here


def leave_one_trial_out(values: FloatArray, trial: NDArray[np.object_]) -> pd.DataFrame:
    """Mean and spread of the values that come from other trials, for each value.

    Parameters
    ----------
    values : numpy.ndarray, shape (n,)
        One value an arm.
    trial : numpy.ndarray, shape (n,)
        Trial that each belongs to; at least two values must come from other trials.

    Returns
    -------
    DataFrame
        ``mean``, ``sd`` (with one degree of freedom less than there are values) and ``arms``.

    Raises
    ------
    ValueError
        If fewer than two values are left.

    Examples
    --------
    >>> leave_one_trial_out(np.array([0.2, 0.4, 0.9]), np.array(["a", "b", "c"])).round(2)
       mean    sd  arms
    0  0.65  0.35     2
    1  0.55  0.49     2
    2  0.30  0.14     2
    """
    others = [values[trial != one] for one in trial]
    check_range("arms of other trials", min(map(len, others)), 2, len(values))
    return pd.DataFrame(
        {
            "mean": [one.mean() for one in others],
            "sd": [one.std(ddof=1) for one in others],
            "arms": [len(one) for one in others],
        }
    )


def reference_differences() -> pd.DataFrame:
    """Our engine on the cases of the public implementation ``hallmodel``.

    Returns
    -------
    DataFrame
        Rows of the table ``reference_cases`` with ``our_weight_kg`` and ``difference_kg`` (ours
        less theirs).

    Examples
    --------
    >>> bool(reference_differences()["difference_kg"].abs().max() < 0.02)
    True
    """
    cases = tables.load("reference_cases")
    once = cases.drop_duplicates("reference_case")
    estimated = Person(once["sex"], once["age_years"], once["height_m"], once["weight_kg"])
    person = Person(
        once["sex"].to_numpy(),
        once["age_years"].to_numpy(),
        once["height_m"].to_numpy(),
        once["weight_kg"].to_numpy(),
        once["physical_activity_level"].to_numpy(),
        once["body_fat_fraction"].fillna(estimated.fat_kg / once["weight_kg"]).to_numpy(),
    )
    bodies = simulate(
        person, once["intake_change_kcal_per_day"].to_numpy(), days=int(cases["day"].max())
    )
    number = cases["reference_case"].map({name: n for n, name in enumerate(once["reference_case"])})
    ours = bodies.weight_kg[number.to_numpy(), cases["day"].to_numpy()]
    return cases.assign(
        our_weight_kg=ours, difference_kg=ours - cases["reference_weight_kg"].to_numpy()
    )


def arm_person(row: pd.Series, sex: str) -> Person:
    """A person of an arm's mean age, height and weight.

    Parameters
    ----------
    row : Series
        A row of the table ``trials`` with an age, a weight, and a height or a body mass index.
    sex : {"female", "male"}
        Sex.

    Returns
    -------
    Person
        With the activity level that explains the intake before, where that was seen.
    """
    height = row["height_m"]
    if pd.isna(height):
        height = np.sqrt(row["weight_kg"] / row["bmi"])
    level = 1.5
    if pd.notna(row["intake_kcal_per_day"]):
        resting = resting_metabolic_rate(sex, row["age_years"], height, row["weight_kg"])
        level = row["intake_kcal_per_day"] / float(resting)
    return Person(sex, row["age_years"], float(height), row["weight_kg"], level)


def daily_share(row: pd.Series, days: int) -> FloatArray:
    """Share of an arm's full change in force on each day.

    Parameters
    ----------
    row : Series
        A row of the table ``trials``.
    days : int
        Length [days]; beyond the arm's own end its last share goes on.

    Returns
    -------
    numpy.ndarray, shape (days,)
        0 to 1 [1].
    """
    phases = tables.load("trial_phases")
    shares = np.ones(days)
    week = (np.arange(days) + 0.5) / DAYS_PER_WEEK
    for phase in phases[phases["trial_arm"] == row["trial_arm"]].itertuples():
        ends = [phase.start_week, phase.end_week]
        line = np.interp(week, ends, [phase.start_share, phase.end_share])
        shares = np.where(week >= phase.start_week, line, shares)
    return shares


def _days(row: pd.Series) -> int:
    return round(row["weeks"] * DAYS_PER_WEEK)


def _sexes(row: pd.Series) -> dict[str, float]:
    """Share of each sex in an arm."""
    if row["sex"] != "mixed":
        return {row["sex"]: 1.0}
    return {"female": row["female_share"], "male": 1 - row["female_share"]}


def _together(people: list[Person]) -> Person:
    """Many people as one :class:`Person`, each given by scalars or arrays."""
    fields: dict[str, list[NDArray[np.generic]]] = {}
    for one in people:
        columns = {
            "sex": np.asarray(one.sex, dtype=object),
            "age_years": np.asarray(one.age_years, dtype=float),
            "height_m": np.asarray(one.height_m, dtype=float),
            "weight_kg": np.asarray(one.weight_kg, dtype=float),
            "physical_activity_level": np.asarray(one.physical_activity_level, dtype=float),
            "body_fat_fraction": np.asarray(one.fat_kg / np.asarray(one.weight_kg, dtype=float)),
            "resting_metabolic_rate_factor": np.asarray(one.resting_metabolic_rate_factor),
        }
        n = np.broadcast_shapes((1,), *(values.shape for values in columns.values()))
        for name, values in columns.items():
            fields.setdefault(name, []).append(np.broadcast_to(values, n))
    return Person(**{name: np.concatenate(parts) for name, parts in fields.items()})


def _against_the_arms(arms: Arms) -> pd.DataFrame:
    table = arms.table
    observed = table["weight_change_kg"].to_numpy(float)
    implied = implied_compensation(arms, observed)
    others = leave_one_trial_out(implied, table["study_id"].to_numpy(object))
    middle = others["mean"].to_numpy()
    more_kg, bare_kg, ours_kg = arms.change_kg(
        np.column_stack([np.full(len(arms), -0.5), np.zeros(len(arms)), middle])
    ).T
    simulated_sd = individual_sd_kg(arms, middle)
    chance = (simulated_sd / np.sqrt(table["n"].astype("Float64"))).fillna(0.0).to_numpy(float)
    # Without exercise nothing changes, so the model is (1 - c) times something nearly constant.
    bend_kg = (bare_kg - more_kg / 1.5) / 0.5
    low, high = _bands_kg(others, bare_kg, bend_kg, chance)
    interval = _mean_intervals_kg(table)
    certainty = [_least_certain(row) for _, row in table.iterrows()]
    return pd.DataFrame(
        {
            "trial_arm": table["trial_arm"],
            "study_id": table["study_id"],
            "trial": table["trial"],
            "arm": table["arm"],
            "n": table["n"],
            "weeks": table["weeks"],
            "kcal_per_week": DAYS_PER_WEEK * arms.energy_kcal / arms.days,
            "observed_kg": observed,
            "observed_low_kg": interval[0],
            "observed_high_kg": interval[1],
            "ours_kg": ours_kg,
            "band_low_kg": low,
            "band_high_kg": high,
            "is_held": (low <= observed) & (observed <= high),
            "bare_kg": bare_kg,
            "rule_7700_kg": -arms.energy_kcal / STATIC_RULE_KCAL_PER_KG,
            "rule_6000_kg": -arms.energy_kcal / PEER_RULE_KCAL_PER_KG,
            "implied_compensation_fraction": implied,
            "others_compensation_fraction": middle,
            "others_sd_fraction": others["sd"],
            "others_arms": others["arms"],
            "observed_sd_kg": _observed_sd_kg(table),
            "simulated_sd_kg": simulated_sd,
            "least_certain": [status for status, _ in certainty],
            "least_certain_of": [what for _, what in certainty],
        }
    )


def individual_sd_kg(arms: Arms, compensation_fraction: FloatArray) -> FloatArray:
    """Standard deviation of the change of weight between our simulated people, for each arm.

    Parameters
    ----------
    arms : Arms
        The arms.
    compensation_fraction : numpy.ndarray, shape (arms,)
        Mean compensation of the people of each arm [1].

    Returns
    -------
    numpy.ndarray, shape (arms,)
        Standard deviation [kg].

    Notes
    -----
    The exercise of a trial is supervised and measured, so its cost and adherence are taken as
    known; resting rate, activity, body fat and compensation differ as the priors say. Weight that
    drifts without any exercise is not in the model.
    """
    people, exercise = [], []
    for row, person_sex in zip(arms.arm, np.asarray(arms.people.sex), strict=True):
        person = arm_person(arms.table.loc[row], str(person_sex))
        priors = assumptions(person, Plan())
        spread = priors["compensation_fraction"]
        mean = float(np.clip(compensation_fraction[row], spread.low, spread.high))
        known = {"adherence_fraction": (1.0, 0.0), "running_cost_factor": (1.0, 0.0)}
        edits = {**known, "compensation_fraction": (mean, spread.sd)}
        draws = draw(assumptions(person, Plan(), edits), _PEOPLE)
        people.append(simulated_people(person, Plan(), draws)[0])
        exercise.append(draws.training_share[:, np.newaxis] * arms.exercise_kcal_per_day[row])
    bodies = simulate(
        _together(people),
        exercise_kcal_per_day=np.concatenate(exercise),
        days=int(arms.days.max()),
    )
    end = np.repeat(arms.days[arms.arm], _PEOPLE)
    change = bodies.weight_kg[np.arange(len(end)), end] - bodies.weight_kg[:, 0]
    arm = np.repeat(arms.arm, _PEOPLE)
    share = np.repeat(arms.share, _PEOPLE) / _PEOPLE
    mean_kg = _summed(arm, share * change)
    return np.sqrt(_summed(arm, share * (change - mean_kg[arm]) ** 2))


def _bands_kg(
    others: pd.DataFrame, bare_kg: FloatArray, bend_kg: FloatArray, chance_kg: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Ends of the middle nine tenths of group means, for each arm [kg]."""
    rng = np.random.default_rng(SEED)
    bands = []
    for other, bare, bend, chance in zip(
        others.itertuples(), bare_kg, bend_kg, chance_kg, strict=True
    ):
        spread = other.sd * np.sqrt(1 + 1 / other.arms)
        made_up = other.mean + spread * rng.standard_t(other.arms - 1, _BAND_DRAWS)
        means = (1 - made_up) * (bare + bend * made_up) + rng.normal(0.0, chance, _BAND_DRAWS)
        bands.append(np.quantile(means, [QUANTILES[0], QUANTILES[-1]]))
    low, high = np.transpose(bands)
    return low, high


def _observed_sd_kg(table: pd.DataFrame) -> pd.Series:
    """Observed standard deviation between people, out of the interval of the mean if need be."""
    width = table["weight_change_high_kg"] - table["weight_change_low_kg"]
    from_interval = width / (2 * _NORMAL_95) * np.sqrt(table["n"].astype("Float64"))
    seen = table["weight_change_sd_kg"].astype("Float64")
    return seen.fillna(from_interval.where(table["interval_kind"] == "ci95")).astype(float)


def _mean_intervals_kg(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """95 % interval of each observed mean, as printed or out of its spread [kg]."""
    error = table["weight_change_se_kg"].astype("Float64")
    error = error.fillna(table["weight_change_sd_kg"] / np.sqrt(table["n"].astype("Float64")))
    printed = table["interval_kind"] == "ci95"
    mean = table["weight_change_kg"]
    low = table["weight_change_low_kg"].where(printed).astype("Float64")
    high = table["weight_change_high_kg"].where(printed).astype("Float64")
    return (
        low.fillna(mean - _NORMAL_95 * error).astype(float),
        high.fillna(mean + _NORMAL_95 * error).astype(float),
    )


def _least_certain(row: pd.Series) -> tuple[str, str]:
    """Worst status among what a run of an arm rests on, and what has it."""
    of_all_arms = tables.load("trial_phases")
    phases = of_all_arms.loc[of_all_arms["trial_arm"] == row["trial_arm"], "status"]
    known = {
        "age": row["age_status"],
        "height": row["bmi_status"] if pd.isna(row["height_m"]) else row["height_status"],
        "start weight": row["weight_status"],
        "energy": row["dose_status"] if pd.isna(row["done_status"]) else row["done_status"],
        "share of women": row["female_share_status"],
        "schedule": max(phases, key=_FROM_SURE_TO_UNSURE.index, default=None),
        "result": row["observed_status"],
    }
    given = {what: status for what, status in known.items() if isinstance(status, str)}
    worst = max(given.values(), key=_FROM_SURE_TO_UNSURE.index)
    return worst, ", ".join(what for what, status in given.items() if status == worst)


def _against_the_diets(table: pd.DataFrame) -> pd.DataFrame:
    rows = table.reset_index(drop=True)
    low, high = _mean_intervals_kg(rows)
    scheduled, constant, rule = _diet_changes_kg(rows)
    certainty = [_least_certain(row) for _, row in rows.iterrows()]
    return pd.DataFrame(
        {
            "trial_arm": rows["trial_arm"],
            "study_id": rows["study_id"],
            "trial": rows["trial"],
            "arm": rows["arm"],
            "kind": rows["kind"],
            "n": rows["n"],
            "weeks": rows["weeks"],
            "observed_kg": rows["weight_change_kg"],
            "observed_low_kg": low,
            "observed_high_kg": high,
            "model_kg": scheduled,
            "constant_kg": constant,
            "rule_7700_kg": rule,
            "least_certain": [status for status, _ in certainty],
            "least_certain_of": [what for _, what in certainty],
        }
    )


def _diet_changes_kg(rows: pd.DataFrame) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Change by the model, by the model with the mean cut every day, and by 7,700 kcal [kg]."""
    longest = max(_days(row) for _, row in rows.iterrows())
    people, cuts, ends, arm, share = [], [], [], [], []
    for number, row in rows.iterrows():
        days = _days(row)
        shares = daily_share(row, longest)
        mean_share = np.full(longest, shares[:days].mean())
        for sex, part in _sexes(row).items():
            person = arm_person(row, sex)
            cut = row["intake_change_kcal_per_day"]
            if pd.isna(cut):
                cut = row["intake_change_fraction"] * float(person.energy_intake_kcal_per_day)
            people += [person, person]
            cuts += [cut * shares, cut * mean_share]
            ends += [days, days]
            arm += [number, number]
            share += [part, part]
    cut_kcal = np.array(cuts)
    at, weights = np.arange(len(people)), np.array(share)
    bodies = simulate(_together(people), cut_kcal, days=longest)
    change = weights * (bodies.weight_kg[at, ends] - bodies.weight_kg[:, 0])
    energy = weights * np.cumsum(cut_kcal, axis=1)[at, np.array(ends) - 1]
    group = np.array(arm)[::2]
    scheduled, constant = _summed(group, change[::2]), _summed(group, change[1::2])
    return scheduled, constant, _summed(group, energy[::2]) / STATIC_RULE_KCAL_PER_KG


def _summed(group: NDArray[np.int_], values: FloatArray) -> FloatArray:
    """Sum of the values of each group, numbered from 0."""
    return np.bincount(group, values).astype(float)


def _errors(rows: pd.DataFrame) -> pd.DataFrame:
    misses = {rule: rows[f"{rule}_kg"] - rows["observed_kg"] for rule in RULES}
    return pd.DataFrame(
        {
            "rule": list(RULES),
            "label": list(RULES.values()),
            "mean_error_kg": [one.mean() for one in misses.values()],
            "mean_absolute_error_kg": [one.abs().mean() for one in misses.values()],
        }
    )
