"""The fitted gap is the one that made the weigh-ins, as often as its interval says."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from spotcheck.energy import Person, simulate
from spotcheck.energy.energy_gap import (
    COMPENSATION_FRACTION,
    EnergyGap,
    NotYet,
    equal_pairs,
    finding,
    fit_energy_gap,
    forecast,
)
from spotcheck.energy.uncertainty import QUANTILES
from spotcheck.energy.weigh_ins import WeighIns, autocorrelated_noise_kg

WOMAN = Person("female", 34, 1.68, 68)
FIRST = dt.date(2026, 1, 5)


def weigh_ins(weight_kg, days=None, decimals=1):
    days = np.arange(len(weight_kg)) if days is None else np.asarray(days)
    return WeighIns(np.datetime64(FIRST) + days, np.round(weight_kg, decimals))


def weighed(seed, intake=0.0, exercise=0.0, days=80, sd_kg=0.8, memory=0.4, share=0.7, fresh_kg=0):
    chance = np.random.default_rng(seed)
    noise = autocorrelated_noise_kg(chance, days + 1, sd_kg, memory)
    weight = simulate(WOMAN, intake, exercise, days).weight_kg + noise
    weight += chance.normal(0, fresh_kg, days + 1)
    kept = chance.random(days + 1) < share
    kept[[0, -1]] = True
    return weigh_ins(weight[kept], np.flatnonzero(kept))


def exactly(intake=0.0, exercise=0.0, days=80, step=1):
    kept = np.arange(0, days + 1, step)
    return weigh_ins(simulate(WOMAN, intake, exercise, days).weight_kg[kept], kept, decimals=6)


def holds(gap, kcal_per_day):
    return gap.low_kcal_per_day <= kcal_per_day <= gap.high_kcal_per_day


def width(gap):
    return gap.high_kcal_per_day - gap.low_kcal_per_day


def test_nine_in_ten_intervals_hold_the_gap_that_made_the_weigh_ins():
    gaps = [fit_energy_gap(WOMAN, weighed(seed, intake=-300)) for seed in range(24)]
    assert sum(holds(gap, -300) for gap in gaps) >= 21
    middles = [gap.kcal_per_day for gap in gaps]
    assert np.mean(middles) == pytest.approx(-300, abs=40)
    # Honest, but not by being so wide that they say nothing.
    assert np.mean([width(gap) for gap in gaps]) < 6 * np.std(middles)


def test_intervals_hold_when_water_wanders_for_weeks():
    gaps = [
        fit_energy_gap(
            WOMAN, weighed(seed, -200, days=250, sd_kg=0.4, memory=0.9, fresh_kg=0.5, share=0.4)
        )
        for seed in range(10)
    ]
    assert sum(holds(gap, -200) for gap in gaps) >= 8


@pytest.mark.parametrize("kcal_per_day", [-800, -150, 0, 250])
@pytest.mark.parametrize("step", [1, 3])
def test_weigh_ins_without_noise_give_the_gap_back(kcal_per_day, step):
    gap = fit_energy_gap(WOMAN, exactly(kcal_per_day, step=step))
    assert gap.kcal_per_day == pytest.approx(kcal_per_day, abs=4)
    assert float(np.asarray(gap.person.weight_kg)) == pytest.approx(68, abs=0.1)


def test_the_middle_is_the_best_fit_of_a_plain_search():
    given = weighed(3, intake=-250, memory=0.0)
    gap = fit_energy_gap(WOMAN, given)
    gaps = np.arange(-600.0, 100.0)
    bodies = simulate(gap.person, gaps, days=gap.last_day).weight_kg[:, gap.day]
    misses = gap.weight_kg - bodies
    squares = np.sum((misses - misses.mean(axis=1, keepdims=True)) ** 2, axis=1)
    assert gap.kcal_per_day == pytest.approx(gaps[np.argmin(squares)], abs=15)


@pytest.mark.parametrize("n", [8, 60])
def test_constant_weight_is_no_gap_and_never_certain(n):
    days = np.concatenate([[0], np.linspace(10, 90, n).round().astype(int)])
    gap = fit_energy_gap(WOMAN, weigh_ins(np.full(n + 1, 68.0), days))
    assert gap.kcal_per_day == pytest.approx(0, abs=5)
    assert gap.spans_zero
    assert width(gap) > 20


def test_more_weigh_ins_narrow_the_interval():
    widths = [width(fit_energy_gap(WOMAN, weighed(1, -200, days=days))) for days in (45, 90, 180)]
    assert widths[0] > 1.5 * widths[1] > 2 * widths[2]


def test_the_first_ten_days_are_left_out():
    given = weighed(5, intake=-250)
    heavy = np.where(given.date < given.date[0] + 10, given.weight_kg + 2, given.weight_kg)
    plain, moved = (fit_energy_gap(WOMAN, one) for one in (given, replace(given, weight_kg=heavy)))
    assert moved.kcal_per_day == pytest.approx(plain.kcal_per_day, abs=2)
    assert plain.left_out == np.sum(given.date < given.date[0] + 10)
    assert plain.day[0] >= 10


def test_a_later_first_day_forgets_what_was_before():
    year = exactly(0, days=100)
    loss = simulate(WOMAN, -400, days=80).weight_kg
    both = weigh_ins(np.concatenate([year.weight_kg, loss[1:]]), decimals=6)
    gap = fit_energy_gap(WOMAN, both, since=FIRST + dt.timedelta(days=100))
    assert gap.kcal_per_day == pytest.approx(-400, abs=6)
    assert gap.first_date == FIRST + dt.timedelta(days=100)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "eight more weigh-ins and 31 more days"),
        ([0, 3], "eight more weigh-ins and 28 more days"),
        ([0, *range(10, 17), 31], None),
        ([0, *range(10, 16), 31], "one more weigh-in."),
        ([0, *range(10, 18)], "14 more days."),
        ([0, *range(10, 17), 30], "one more day."),
    ],
)
def test_at_least_eight_weigh_ins_over_three_weeks_after_the_first_ten_days(days, said):
    gap = fit_energy_gap(WOMAN, weigh_ins(np.full(len(days), 68.0), np.array(days, dtype=int)))
    if said is None:
        assert isinstance(gap, EnergyGap)
    else:
        assert (gap.reason, f"at least {said}" in f"{gap.explanation}") == ("too_few", True)


def test_what_the_model_cannot_describe_is_said():
    many_years = weigh_ins(np.full(12, 68.0), np.arange(12) * 120)
    assert fit_energy_gap(WOMAN, many_years).reason == "too_long"
    two_people = weigh_ins(np.linspace(60, 150, 60))
    gap = fit_energy_gap(WOMAN, two_people)
    assert isinstance(gap, NotYet)
    assert gap.reason == "beyond_the_model"


@pytest.mark.parametrize("seed", range(12))
def test_any_weigh_ins_give_a_gap_or_a_reason(seed):
    chance = np.random.default_rng(seed)
    n = int(chance.integers(1, 60))
    days = np.sort(chance.choice(400, n, replace=False))
    weights = chance.choice([chance.uniform(30, 300, n), np.full(n, chance.uniform(30, 300))])
    person = Person(
        *(str(chance.choice(["female", "male"])), chance.uniform(18, 90), chance.uniform(1.3, 2.1)),
        *(chance.uniform(40, 200), chance.uniform(1.2, 2.4)),
    )
    gap = fit_energy_gap(person, weigh_ins(weights, days))
    if isinstance(gap, NotYet):
        assert gap.explanation.endswith(".")
    else:
        assert gap.low_kcal_per_day <= gap.kcal_per_day <= gap.high_kcal_per_day
        assert np.isfinite([gap.noise_kg, gap.effective_weigh_ins]).all()


def test_a_known_body_fat_that_does_not_go_with_the_weigh_ins_is_estimated():
    person = Person("female", 34, 1.68, 200, body_fat_fraction=0.68)
    gap = fit_energy_gap(person, weigh_ins(np.full(40, 45.0)))
    assert gap.person.body_fat_fraction is None
    assert gap.spans_zero


def test_a_simulated_curve_implies_its_own_gap_and_exercise_counts_for_more_than_food():
    gap = fit_energy_gap(WOMAN, exactly(-200))
    bodies = simulate(gap.person, [-500, -100, 300, 0], [0, 0, 0, 200], days=gap.last_day)
    implied = gap.implied_by(bodies.weight_kg[:, gap.day])
    np.testing.assert_allclose(implied[:3], [-500, -100, 300], atol=3)
    assert -290 < implied[3] < -230


def test_the_finding_has_the_gap_and_its_range():
    gap = replace(
        fit_energy_gap(WOMAN, exactly(-200)),
        kcal_per_day=-312.0,
        low_kcal_per_day=-418.0,
        high_kcal_per_day=24.0,
    )
    assert finding(gap) == "Your scale says a gap of about −310\u00a0kcal a day (−420 to +25)"


@pytest.mark.parametrize("counted", [0.3, 0.7, 1.1])
@pytest.mark.parametrize("food", [0, -150])
def test_every_pair_is_the_share_that_made_the_weigh_ins(counted, food):
    gap = fit_energy_gap(WOMAN, exactly(food, counted * 300, days=150))
    pairs = equal_pairs(gap, 300, food)
    assert pairs.counted_fraction == pytest.approx(counted, abs=0.03)
    rows = pairs.frame().dropna()
    assert len(rows) > 5
    product = rows["adherence_fraction"] * (1 - rows["compensation_fraction"])
    np.testing.assert_allclose(product, pairs.counted_fraction)
    assert (rows["lowest_compensation_fraction"] <= rows["compensation_fraction"]).all()
    assert (rows["compensation_fraction"] <= rows["highest_compensation_fraction"]).all()
    assert rows["lowest_compensation_fraction"].min() >= COMPENSATION_FRACTION[0]
    assert rows["highest_compensation_fraction"].max() <= COMPENSATION_FRACTION[1]


@pytest.mark.parametrize("food", [300, -900])
def test_no_pair_fits_when_eating_has_changed_too(food):
    pairs = equal_pairs(fit_energy_gap(WOMAN, exactly(food, days=200)), 100)
    assert not pairs.fits
    assert pairs.frame().drop(columns="adherence_fraction").isna().all(axis=None)


def test_pairs_need_a_plan_with_exercise():
    with pytest.raises(ValueError, match="exercise_kcal_per_day is 0"):
        equal_pairs(fit_energy_gap(WOMAN, exactly(-200)), 0)


def crowd(gap, n=400):
    """People with the gap's weight whose exercise counts for very different shares."""
    exercise = np.random.default_rng(0).permutation(np.linspace(-20, 320, n))
    level = np.random.default_rng(1).normal(1.5, 0.1, n)
    return replace(gap.person, physical_activity_level=level), np.zeros(n), exercise


def test_the_forecast_is_narrower_than_the_plan_and_holds_the_truth():
    gap = fit_energy_gap(WOMAN, weighed(2, exercise=120, days=150, sd_kg=0.6))
    ahead = forecast(gap, *crowd(gap), 300)
    assert ahead.follows_plan
    assert ahead.effective_draws > 50
    assert (ahead.day[0], ahead.day[-1]) == (150, 450)
    truth = simulate(WOMAN, 0, 120, days=450).weight_kg[ahead.day]
    assert ((ahead.weight_kg[0] < truth) & (truth < ahead.weight_kg[-1])).all()
    narrow = ahead.weight_kg[-1, -1] - ahead.weight_kg[0, -1]
    wide = ahead.plan_weight_kg[-1, -1] - ahead.plan_weight_kg[0, -1]
    assert narrow < 0.7 * wide
    assert (np.diff(ahead.weight_kg, axis=0) > 0).all()


def test_the_forecast_starts_where_the_weigh_ins_end():
    gap = fit_energy_gap(WOMAN, weighed(2, exercise=120, days=150))
    ahead = forecast(gap, *crowd(gap), 60)
    assert ahead.weight_kg[2, 0] == pytest.approx(gap.curve()["weight_kg"].iloc[-1], abs=0.15)


def test_a_gap_that_no_simulated_person_has_goes_on_as_it_is():
    gap = fit_energy_gap(WOMAN, weighed(4, intake=-700, days=150, sd_kg=0.4))
    ahead = forecast(gap, *crowd(gap), 200)
    assert not ahead.follows_plan
    assert ahead.effective_draws < 50
    truth = simulate(WOMAN, -700, days=350).weight_kg[-1]
    assert ahead.weight_kg[0, -1] < truth < ahead.weight_kg[-1, -1]


def test_people_who_all_miss_the_gap_alike_are_not_believed():
    gap = fit_energy_gap(WOMAN, weighed(4, intake=-500, days=150))
    people, none, exercise = crowd(gap)
    ahead = forecast(gap, people, none, exercise / 100, 200)
    assert ahead.effective_draws > 50
    assert not ahead.follows_plan


def test_a_plan_that_changes_nothing_explains_nothing():
    gap = fit_energy_gap(WOMAN, weighed(6, intake=0))
    people, none, _ = crowd(gap)
    ahead = forecast(gap, people, none, none, 200)
    assert not ahead.follows_plan
    np.testing.assert_allclose(np.ptp(ahead.plan_weight_kg, axis=0), 0, atol=1e-9)
    assert ahead.weight_kg[-1, -1] - ahead.weight_kg[0, -1] > 1


def test_an_end_of_the_plan_reaches_the_forecast():
    gap = fit_energy_gap(WOMAN, weighed(2, exercise=120, days=100))
    until = np.where(np.arange(400) < 120, 1.0, 0.0)
    goes_on = forecast(gap, *crowd(gap), 300)
    ends = forecast(gap, *crowd(gap), 300, exercise_schedule=until)
    assert ends.weight_kg[2, -1] > goes_on.weight_kg[2, -1] + 1


def test_the_table_of_the_forecast_has_every_quantile():
    gap = fit_energy_gap(WOMAN, weighed(2, exercise=120, days=100))
    ahead = forecast(gap, *crowd(gap), 90)
    rows = ahead.frame()
    assert len(rows.columns) == 1 + 2 * len(QUANTILES)
    assert rows["weight_kg_q50"].tolist() == ahead.weight_kg[2].tolist()
    assert rows["plan_weight_kg_q95"].iloc[-1] == ahead.plan_weight_kg[-1, -1]
