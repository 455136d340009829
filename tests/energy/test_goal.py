"""Goals backwards: an answer leads there when simulated, and stays within the limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.energy import Person, activity_parameter, simulate
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.balance import (
    ADAPTIVE_THERMOGENESIS,
    FAT_UPKEEP_KCAL_PER_KG_PER_DAY,
    LEAN_UPKEEP_KCAL_PER_KG_PER_DAY,
    THERMIC_EFFECT_OF_FOOD,
)
from spotcheck.energy.contrast import settled_water_change_kg
from spotcheck.energy.goal import (
    YEARS,
    held_off,
    keeping,
    limits_of,
    maintenance_intake_kcal_per_day,
    most_running_minutes_per_week,
    root,
    running_minutes_per_week,
    solve,
    with_running_minutes,
)
from spotcheck.energy.projection import project
from spotcheck.energy.safety import binding, lowest_weight_kg
from spotcheck.energy.training import Plan, Session

WOMAN = Person("female", 34, 1.68, 68)
RUN = Plan((Session("steady", 3, 40, 9),))


def goal(target, days=182, by="food", plan=RUN, person=WOMAN, **edits):
    return solve(person, plan, assumptions(person, plan, edits), target, days, by)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["female", "male"]),
    st.floats(65, 120),
    st.floats(-0.06, 0.05),
    st.integers(16, 120),
)
def test_the_food_leads_there_when_simulated(sex, weight, share, weeks):
    person = Person(sex, 40, 1.70, weight)
    target = max((1 + share) * weight, lowest_weight_kg(1.70))
    found = goal(target, 7 * weeks, person=person).exact
    week = RUN.energy(weight, float(person.resting_metabolic_rate_kcal_per_day))
    counted = (1 - 0.45) * week.extra_kcal_per_week / 7
    again = simulate(person, found.value, counted, days=7 * weeks)
    assert again.weight_kg[-1] == pytest.approx(target, abs=0.01)


@pytest.mark.parametrize("target", [62.5, 66.0, 67.5])
def test_the_minutes_lead_there_when_simulated(target):
    found = goal(target, 364, "minutes")
    assert found.is_possible
    minutes = found.exact.value
    session = Session("steady", 3, minutes / 3, 9)
    resting = float(WOMAN.resting_metabolic_rate_kcal_per_day)
    week = Plan((session,)).energy(68, resting)
    again = simulate(WOMAN, 0.0, (1 - 0.45) * week.extra_kcal_per_week / 7, days=364)
    assert again.weight_kg[-1] == pytest.approx(target, abs=0.01)
    assert running_minutes_per_week(found.exact.plan) == pytest.approx(minutes)


@pytest.mark.parametrize(
    "plan",
    [
        replace(RUN, build_up_weeks=8),
        replace(RUN, training_ends_after_days=90),
        replace(RUN, food_ends_after_days=120, intake_change_kcal_per_day=-50),
    ],
)
def test_plans_that_grow_and_end_are_solved_too(plan):
    found = goal(66.0, 182, "food", plan)
    again = project(WOMAN, found.exact.plan, assumptions(WOMAN, plan), 182)
    assert again.body.weight_kg[-1] == pytest.approx(66.0, abs=0.01)


def test_a_lower_weight_takes_less_food_or_more_running_and_time_makes_it_easier():
    food = [goal(target, 364).exact.value for target in (63, 65, 67, 69, 71)]
    assert np.all(np.diff(food) > 0)
    minutes = [goal(target, 364, "minutes").exact.value for target in (63, 65, 67)]
    assert np.all(np.diff(minutes) < 0)
    weeks = [goal(64, 7 * n).exact.value for n in (26, 52, 104)]
    assert np.all(np.diff(weeks) > 0)


def test_todays_weight_without_a_plan_takes_no_change():
    assert goal(68.0, plan=Plan()).exact.value == pytest.approx(0, abs=1e-6)


def test_a_gain_is_a_goal_like_any_other():
    found = goal(71.0, 364)
    assert found.is_possible
    assert found.exact.value > 0
    assert found.exact.weight_kg == pytest.approx(71.0, abs=0.01)


def test_a_goal_beyond_a_limit_names_it_and_what_comes_nearest():
    found = goal(60.0, 84)
    assert found.obstacle == "limit"
    assert found.exact.binding.code == "energy_availability"
    assert found.exact.weight_kg == pytest.approx(60.0, abs=0.01)

    nearest = found.nearest
    assert nearest.binding is None
    assert 60.0 < nearest.weight_kg < 68.0
    known = assumptions(WOMAN, RUN)
    further = replace(RUN, intake_change_kcal_per_day=nearest.value - 2)
    assert binding(limits_of(project(WOMAN, further, known, 84))) is not None

    soonest = found.soonest
    assert soonest.binding is None
    assert soonest.weight_kg == pytest.approx(60.0, abs=0.01)
    assert soonest.days % 7 == 0
    assert goal(60.0, soonest.days).is_possible
    assert goal(60.0, soonest.days - 7).obstacle == "limit"


def test_more_running_than_a_week_holds_is_said():
    found = goal(58.0, 84, "minutes")
    assert (found.obstacle, found.exact) == ("too_much_running", None)
    assert found.nearest.value <= most_running_minutes_per_week(RUN) == 540
    assert found.nearest.weight_kg > 58
    assert found.soonest.weight_kg == pytest.approx(58.0, abs=0.01)


@pytest.mark.parametrize(
    ("arguments", "obstacle"),
    [
        ({"target": lowest_weight_kg(1.68) - 0.1}, "underweight"),
        ({"target": 69.0, "by": "minutes"}, "less_than_none"),
        ({"target": 66.0, "by": "minutes", "plan": Plan()}, "no_running"),
        (
            {"target": 66.0, "by": "minutes", "compensation_fraction": (1.0, 0.1)},
            "nothing_counts",
        ),
        ({"target": 90.0, "days": 84}, "too_much_food"),
        (
            {"target": 60.0, "days": 84, "person": Person("male", 30, 1.80, 78)},
            "limit",
        ),
    ],
)
def test_what_cannot_be_is_said_with_its_reason(arguments, obstacle):
    found = goal(**arguments)
    assert found.obstacle == obstacle
    assert not found.is_possible


def test_where_the_model_is_not_to_be_trusted_no_goal_is_offered():
    busy = Person("female", 34, 1.72, 70, 2.0)
    found = goal(68.4, 28, plan=Plan(food_ends_after_days=12), person=busy)
    assert found.obstacle == "untrusted"
    assert found.exact.binding is None
    assert "54\u00a0% of what you eat today" in found.exact.doubt
    assert found.nearest.doubt is None


def test_a_plan_that_is_unsafe_before_any_change_has_nothing_nearer():
    much = Plan((Session("steady", 14, 60, 12),))
    found = goal(60.0, 84, "food", much)
    assert found.obstacle
    assert found.nearest is None


def test_only_what_is_on_foot_gets_longer_and_repeats_set_the_least():
    intervals = Session("intervals", 2, 40, 12, 0, repeats=6, work_seconds=120, recovery_seconds=60)
    plan = Plan((Session("steady", 2, 30, 9), Session("back_squat_full", 2, 20), intervals))
    assert running_minutes_per_week(plan) == 140
    longer = with_running_minutes(plan, 210)
    assert [one.minutes for one in longer.sessions] == [45, 20, 60]
    shorter = with_running_minutes(plan, 14)
    assert [one.minutes for one in shorter.sessions] == [3, 20, 18]
    assert most_running_minutes_per_week(plan) == 630
    with pytest.raises(ValueError, match="0 minutes of running"):
        with_running_minutes(Plan(), 100)


@pytest.mark.parametrize("exercise", [0.0, 150.0])
@pytest.mark.parametrize("weight", [60.0, 68.0, 75.0])
def test_at_the_kept_weight_as_much_is_spent_as_eaten(weight, exercise):
    eaten = maintenance_intake_kcal_per_day(WOMAN, weight, exercise)
    usual = float(WOMAN.energy_intake_kcal_per_day)
    settled = simulate(WOMAN, eaten - usual, exercise, days=3650)
    assert settled.weight_kg[-1] == pytest.approx(weight, abs=0.1)

    # Hall's equation 5 at rest, with the constant K from today.
    activity = float(activity_parameter(WOMAN.resting_metabolic_rate_kcal_per_day, 1.5, 68))

    def tissues(day):
        fat, lean = settled.fat_kg[day], settled.lean_kg[day]
        return FAT_UPKEEP_KCAL_PER_KG_PER_DAY * fat + LEAN_UPKEEP_KCAL_PER_KG_PER_DAY * lean

    constant = usual - tissues(0) - activity * 68
    adapted = (THERMIC_EFFECT_OF_FOOD + ADAPTIVE_THERMOGENESIS) * (eaten - usual)
    moving = (activity + exercise / 68) * settled.weight_kg[-1]
    assert constant + tissues(-1) + moving + adapted == pytest.approx(eaten, abs=2)


@pytest.mark.parametrize(("target", "by"), [(64.0, "food"), (65.0, "minutes"), (71.0, "food")])
def test_a_goal_is_kept_for_ten_years(target, by):
    answer = goal(target, 364, by).exact
    path = keeping(answer, 3650 - 364).weight_kg
    usual = float(WOMAN.energy_intake_kcal_per_day)
    counted = answer.projection.counted_kcal_per_week / 7
    kept = maintenance_intake_kcal_per_day(WOMAN, target, counted) - usual
    water = settled_water_change_kg(WOMAN, [kept, answer.plan.intake_change_kcal_per_day])
    assert path[0] == 68
    assert path[364] == pytest.approx(target, abs=0.05)
    # Apart from the water that comes back with the food, the weight stays.
    assert np.abs(path[364:] - target).max() < 0.1 + abs(water[0] - water[1])
    assert path[-1] == pytest.approx(target, abs=0.02)


def test_todays_food_keeps_todays_weight():
    usual = float(WOMAN.energy_intake_kcal_per_day)
    assert maintenance_intake_kcal_per_day(WOMAN, 68.0) == pytest.approx(usual)
    assert maintenance_intake_kcal_per_day(WOMAN, 68.0, 100.0) > usual


def runner(counted_kcal_per_day, person=WOMAN):
    """The same person whose food and movement balance with so much training."""
    resting = float(person.resting_metabolic_rate_kcal_per_day)
    level = person.physical_activity_level + counted_kcal_per_day / (0.9 * resting)
    return replace(person, physical_activity_level=level)


def test_what_running_holds_off_is_the_weight_without_it():
    known = assumptions(WOMAN, RUN)
    held = held_off(WOMAN, RUN, known)
    week = RUN.energy(68, float(WOMAN.resting_metabolic_rate_kcal_per_day)).extra_kcal_per_week
    for share, path in (
        (0.45, held.weight_kg),
        (float(known["compensation_fraction"].quantile(0.95)), held.lightest_kg),
        (float(known["compensation_fraction"].quantile(0.05)), held.heaviest_kg),
    ):
        counted = (1 - share) * week / 7
        alone = simulate(runner(counted), 0.0, -counted, days=3650).weight_kg
        np.testing.assert_allclose(path, alone, atol=2e-3)
    rows = held.frame()
    assert rows["years"].tolist() == list(YEARS)
    assert rows["held_off_kg"].is_monotonic_increasing
    assert rows["least_kg"].lt(rows["held_off_kg"]).all()
    assert rows["held_off_kg"].lt(rows["most_kg"]).all()
    assert (rows["weight_without_kg"] - rows["held_off_kg"]).eq(68).all()
    assert not held.is_capped


def test_less_food_instead_of_the_running_keeps_the_weight():
    held = held_off(WOMAN, RUN, assumptions(WOMAN, RUN))
    counted = held.counted_kcal_per_day
    change = held.intake_instead_kcal_per_day
    weight = simulate(runner(counted), change, -counted, days=3650).weight_kg
    assert weight[-1] == pytest.approx(68, abs=0.05)


def test_training_beyond_the_models_activity_levels_is_not_counted():
    plan = Plan((Session("steady", 14, 180, 12),))
    held = held_off(WOMAN, plan, assumptions(WOMAN, plan))
    assert held.is_capped
    room = held.room_kcal_per_day
    assert runner(room).physical_activity_level == pytest.approx(3.0)
    most = simulate(runner(room - 1e-9), 0.0, -room + 1e-9, days=3650).weight_kg
    np.testing.assert_allclose(held.weight_kg, most, atol=2e-3)


def test_no_running_holds_off_nothing():
    held = held_off(WOMAN, Plan(), assumptions(WOMAN, Plan()))
    assert np.all(held.weight_kg == 68)
    assert held.intake_instead_kcal_per_day == pytest.approx(0, abs=1e-3)


@settings(max_examples=50, deadline=None)
@given(st.floats(-50, 50), st.floats(0.1, 80), st.floats(0.1, 80), st.floats(0, 3))
def test_the_zero_is_found(zero, below, above, bend):
    def cubic(x):
        return (x - zero) + bend * (x - zero) ** 3

    low, high = zero - below, zero + above
    assert root(cubic, low, high) == pytest.approx(zero, abs=1e-6)
    assert root(cubic, high, low) == pytest.approx(zero, abs=1e-6)


def test_a_jump_is_found_as_well():
    assert root(lambda x: -1.0 if x < 0.3 else 2.0, 0.0, 1.0) == pytest.approx(0.3, abs=1e-6)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="by is 'prayer'; allowed: 'food', 'minutes'"):
        goal(66.0, by="prayer")
    with pytest.raises(ValueError, match="target_weight_kg is 20; allowed"):
        goal(20.0)
    with pytest.raises(ValueError, match="days is 0; allowed"):
        goal(66.0, days=0)
    with pytest.raises(ValueError, match="weight_kg is 10; allowed"):
        maintenance_intake_kcal_per_day(WOMAN, 10.0)
    with pytest.raises(ValueError, match="allowed: a change of sign"):
        root(lambda x: x + 10, 0.0, 1.0)
