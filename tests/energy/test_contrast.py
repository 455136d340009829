"""The rule against the model: the dates and weights are those of the simulation itself."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.energy import Person, simulate, static_rule_weight_kg, steady_state_weight_change_kg
from spotcheck.energy.balance import WATER_KG_PER_KG_GLYCOGEN
from spotcheck.energy.contrast import (
    contrast,
    first_day_at,
    plateau_weight_change_kg,
    settled_water_change_kg,
)

WOMAN = Person("female", 35, 1.68, 75)
CROWD = Person(
    ["female", "male", "female", "male", "female", "male", "male"],
    [35, 50, 22, 30, 64, 40, 26],
    [1.68, 1.75, 1.63, 1.80, 1.60, 1.85, 1.90],
    [75, 140, 58, 80, 90, 75, 120],
    [1.5, 1.4, 1.6, 1.8, 1.4, 1.7, 1.5],
)
INTAKE = np.array([-300.0, -800.0, -150.0, 250.0, 0.0, -200.0, 100.0])
EXERCISE = np.array([0.0, 100.0, 150.0, 0.0, 200.0, -150.0, -100.0])
DECADE = 3650


def compared(intake=0.0, exercise=0.0, days=DECADE, person=WOMAN):
    weight = simulate(person, intake, exercise, days=days).weight_kg
    rule = static_rule_weight_kg(weight[0], exercise - intake, np.arange(days + 1))
    return weight, rule, contrast(person, weight, rule, intake, exercise)


def test_the_plateau_is_what_the_simulation_comes_to_rest_at():
    start = np.asarray(CROWD.weight_kg)
    reached = simulate(CROWD, INTAKE, EXERCISE, days=DECADE).weight_kg[:, -1] - start
    plateau = plateau_weight_change_kg(CROWD, INTAKE, EXERCISE)
    # Ten years leave a few thousandths of the way, more in the heavy and the growing.
    assert np.all(np.abs(plateau - reached) < 0.01 * np.abs(plateau))
    assert np.all(np.abs(plateau) >= np.abs(reached) - 1e-3)


def test_exercise_alone_moves_no_water_and_food_alone_settles_where_the_simulation_does():
    dose = np.array([-150.0, 0.0, 120.0, 300.0])
    np.testing.assert_allclose(
        plateau_weight_change_kg(WOMAN, 0.0, dose), steady_state_weight_change_kg(WOMAN, 0.0, dose)
    )
    settled = simulate(CROWD, INTAKE, days=120)
    glycogen, fluid = settled.glycogen_kg, settled.extracellular_fluid_kg
    moved = (1 + WATER_KG_PER_KG_GLYCOGEN) * (glycogen[:, -1] - glycogen[:, 0])
    moved += fluid[:, -1] - fluid[:, 0]
    np.testing.assert_allclose(settled_water_change_kg(CROWD, INTAKE), moved, atol=2e-4)


@pytest.mark.parametrize(("intake", "exercise"), [(-300, 0), (0, 250), (300, 0), (-400, 200)])
def test_the_two_are_one_kilogram_apart_on_the_day_and_never_before(intake, exercise):
    weight, rule, found = compared(intake, exercise)
    apart = np.abs(weight - rule)
    day = found.day_rule_is_off
    assert np.interp(day, np.arange(DECADE + 1), apart) == pytest.approx(1.0)
    assert apart[: math.ceil(day)].max() < 1.0
    assert found.rule_is_too_low == (exercise - intake > 0)


@pytest.mark.parametrize(("intake", "exercise"), [(-300, 0), (0, 250), (300, 0)])
def test_half_of_the_way_is_done_on_the_half_day(intake, exercise):
    weight, _, found = compared(intake, exercise)
    half = (found.plateau_weight_kg - weight[0]) / 2
    there = np.interp(found.half_day, np.arange(DECADE + 1), weight)
    assert there - weight[0] == pytest.approx(half)


def test_small_changes_halve_with_the_time_constant_and_take_about_a_year():
    _, _, found = compared(exercise=20)
    assert found.half_day == pytest.approx(math.log(2) * found.time_constant_days, rel=0.05)
    # Hall 2011, doi 10.1016/S0140-6736(11)60812-X: half times of about one year.
    assert 180 < found.half_day < 550


def test_no_change_never_parts_and_has_no_half():
    weight, _, found = compared()
    assert found.day_rule_is_off is None
    assert found.half_day is None
    assert found.plateau_weight_kg == weight[0]


def test_a_plan_that_ends_goes_back_and_leaves_the_rule_behind():
    share = (np.arange(DECADE) < 180).astype(float)
    weight = simulate(WOMAN, 0.0, 250.0, days=DECADE, exercise_schedule=share).weight_kg
    rule = 75 - 250 / 7700 * np.minimum(np.arange(DECADE + 1), 180)
    found = contrast(WOMAN, weight, rule)
    assert found.plateau_weight_kg == 75
    assert found.half_day is None
    assert found.furthest_day in (180, 181)
    assert found.rule_is_too_low
    assert weight[-1] == pytest.approx(75, abs=0.02)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(0, 10, allow_nan=False), min_size=2, max_size=30),
    st.floats(0.01, 9),
)
def test_the_first_day_is_on_the_broken_line(values, threshold):
    day = first_day_at(values, threshold)
    if day is None:
        assert max(values) < threshold
        return
    before = [value for at, value in enumerate(values) if at < day - 1e-9]
    assert all(value < threshold for value in before)
    assert np.interp(day, range(len(values)), values) == pytest.approx(threshold) or day == 0


def test_bad_input_is_named():
    weight = simulate(WOMAN, -300, days=30).weight_kg
    with pytest.raises(ValueError, match=r"static_weight_kg has the shape \(30,\)"):
        contrast(WOMAN, weight, weight[1:])
    with pytest.raises(ValueError, match="intake_change_kcal_per_day is -9999"):
        settled_water_change_kg(WOMAN, -9999)
    with pytest.raises(ValueError, match="exercise_kcal_per_day is -9999"):
        plateau_weight_change_kg(WOMAN, 0.0, -9999)
