"""Where the app offers no deficit, where it stops a picture, and how near a plan comes to that."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.energy import Person, simulate
from spotcheck.energy.safety import (
    assess,
    binding,
    days_shown,
    energy_availability_kcal_per_kg,
    energy_drawn_kcal_per_day,
    fat_supply_kcal_per_day,
    finding,
    intake_stop,
    limits_table,
    lowest_intake_kcal_per_day,
    lowest_weight_kg,
    nearest,
    outside_envelope,
    picture_stops,
    reason_to_stop,
    thresholds,
    weekly_loss_kg,
)
from spotcheck.wording import IMPERIAL

WOMAN = Person("female", 34, 1.68, 68)
LEVELS = ["fine", "careful", "stop"]


def plan(person, intake_change=0.0, exercise=0.0, days=120):
    """Limits by code for a plan in which everything counts."""
    eaten = float(person.energy_intake_kcal_per_day) + intake_change
    limits = assess(person, eaten, exercise, simulate(person, intake_change, exercise, days))
    return {limit.code: limit for limit in limits}


@pytest.mark.parametrize(
    ("sex", "age", "height", "weight", "reason"),
    [
        ("female", 17, 1.70, 60, "under_18"),
        ("male", 10, 1.40, 30, "under_18"),
        ("female", 18, 1.70, 60, None),
        ("female", 30, 1.70, 53.4, "underweight"),
        ("female", 30, 1.70, 53.5, None),
    ],
)
def test_reason_to_stop(sex, age, height, weight, reason):
    stop = reason_to_stop(sex, age, height, weight)
    assert (stop and stop.reason) == reason


@pytest.mark.parametrize(
    ("sex", "eaten", "stops"),
    [("female", 1199, True), ("female", 1200, False), ("male", 1499, True), ("male", 1500, False)],
)
def test_intake_floor(sex, eaten, stops):
    assert (intake_stop(sex, eaten) is not None) == stops


def test_the_picture_ends_the_day_before_the_limit():
    limit = lowest_weight_kg(1.70)
    weight = np.array([limit + 2, limit + 1, limit, limit - 0.1, limit - 1])
    assert days_shown(weight, 1.70) == 2
    assert days_shown(weight[:3], 1.70) == 2
    assert f"{limit:.1f}" in picture_stops(1.70)


def test_every_figure_of_the_table_says_how_it_is_known():
    rows = tables.load("safety_limits")
    for edge in ("careful", "stop"):
        assert (rows[edge].notna() == rows[f"{edge}_status"].notna()).all()
    for sex in ("female", "male"):
        assert len(thresholds(sex)) == rows["limit"].nunique()
    both = rows.dropna(subset=["careful", "stop"])
    sign = np.where(both["trouble"] == "above", 1, -1)
    assert (sign * (both["stop"] - both["careful"]) > 0).all()


def test_energy_availability_by_hand():
    fat_free = 68 - float(WOMAN.fat_kg)
    eaten = float(WOMAN.energy_intake_kcal_per_day) - 200
    found = plan(WOMAN, -200, 150)["energy_availability"]
    assert found.value == pytest.approx((eaten - 150) / fat_free)
    assert found.today == pytest.approx((eaten + 200) / fat_free)
    with pytest.raises(ValueError, match="fat_free_mass_kg is 0; allowed: a number from 5 to 250"):
        energy_availability_kcal_per_kg(2000, 100, 0)


@pytest.mark.parametrize(
    ("availability", "level"), [(36, "fine"), (34, "careful"), (31, "careful"), (29, "stop")]
)
@pytest.mark.parametrize("sex", ["female", "male"])
def test_energy_availability_levels(sex, availability, level):
    person = Person(sex, 34, 1.75, 75)
    lean = 75 - float(person.fat_kg)
    change = availability * lean - float(person.energy_intake_kcal_per_day)
    found = plan(person, change, days=30)["energy_availability"]
    assert found.level == level
    assert (found.red_status == "verified") == (sex == "female")
    assert ("unknown" in found.explanation) == (sex == "male")


def test_pace_of_loss_leaves_the_first_two_weeks_out():
    weight = np.concatenate([np.linspace(80, 70, 15), np.full(30, 70.0)])
    assert not weekly_loss_kg(weight).any()
    assert weekly_loss_kg(np.full(21, 80.0)).size == 0
    assert weekly_loss_kg([80.0] * 15 + [79.0] * 7).tolist() == [1.0]


@pytest.mark.parametrize(
    ("weight", "per_week", "level"),
    [
        (70, 0.40, "fine"),
        (70, 0.55, "careful"),
        (70, 0.75, "stop"),
        (120, 0.80, "fine"),
        (120, 0.88, "careful"),
        (120, 0.95, "stop"),
        (150, 0.89, "fine"),
        (150, 0.95, "stop"),
    ],
)
def test_pace_of_loss_stops_at_one_per_cent_or_at_nine_tenths_of_a_kilogram(
    weight, per_week, level
):
    person = Person("male", 40, 1.85, weight)
    body = simulate(person, -100, days=42)
    line = weight - per_week / 7 * np.arange(43)
    steady = type(body)(**{**vars(body), "weight_kg": line})
    found = next(limit for limit in assess(person, 2400, 0, steady) if limit.code == "loss_rate")
    assert found.value == pytest.approx(per_week)
    assert found.level == level
    assert min(0.01 * line[-1], 0.9) <= found.red <= min(0.01 * line[14], 0.9)


def test_a_short_plan_has_no_pace():
    found = plan(WOMAN, -300, days=20)["loss_rate"]
    assert found.level == "unknown"
    assert math.isnan(found.value)
    assert found.amount(found.value) == "not known"
    assert nearest([found]) is None


def test_food_below_the_floor_and_below_the_energy_at_rest():
    resting = float(WOMAN.resting_metabolic_rate_kcal_per_day)
    usual = float(WOMAN.energy_intake_kcal_per_day)
    near = plan(WOMAN, resting - usual - 50)
    assert near["resting_rate"].level == "careful"
    assert near["intake_floor"].level == "fine"
    assert near["resting_rate"].amber == pytest.approx(resting)
    below = plan(WOMAN, lowest_intake_kcal_per_day("female") - usual - 50)
    assert below["intake_floor"].level == "stop"
    assert "1,200\u00a0kcal for women" in below["intake_floor"].explanation


def test_body_fat_and_body_mass_index_at_their_lowest():
    man = Person("male", 30, 1.80, 66, body_fat_fraction=0.09)
    body = simulate(man, -500, days=200)
    found = plan(man, -500, days=200)
    assert found["body_fat"].value == pytest.approx(100 * (body.fat_kg / body.weight_kg).min())
    assert found["body_fat"].level == "careful"
    assert found["body_mass_index"].value == pytest.approx(body.weight_kg[-1] / 1.80**2)
    assert found["body_mass_index"].level == "stop"
    assert "off by" not in found["body_fat"].explanation


def test_the_fat_supply_counts_the_energy_that_leaves_the_body():
    body = simulate(WOMAN, -400, days=60)
    drawn = energy_drawn_kcal_per_day(body)
    assert 300 < drawn[0] <= 400
    assert (np.diff(drawn[20:]) < 0).all()
    lean_man = Person("male", 25, 1.78, 69.3, body_fat_fraction=0.10)
    assert plan(lean_man, -800)["fat_supply"].level == "stop"
    assert plan(lean_man, -300)["fat_supply"].level == "fine"
    assert fat_supply_kcal_per_day(20) == pytest.approx(20 * 290 / 4.184, rel=0.01)


@pytest.mark.parametrize(
    "person",
    [
        WOMAN,
        Person("male", 20, 1.85, 64),
        Person("female", 80, 1.50, 45, 1.2),
        Person("female", 25, 1.70, 54, body_fat_fraction=0.11),
    ],
)
@pytest.mark.parametrize("change", [0, 300])
def test_limits_are_about_the_plan_not_about_the_reader(person, change):
    limits = list(plan(person, change).values())
    assert {limit.level for limit in limits} == {"fine"}
    assert nearest(limits) is None
    assert finding(limits) == "Nothing here comes near a limit"


def test_what_is_crossed_furthest_binds():
    limits = list(plan(WOMAN, -950, 100).values())
    stops = [limit for limit in limits if limit.level == "stop"]
    assert len(stops) > 1
    assert binding(limits).closeness == max(limit.closeness for limit in stops)
    assert finding(limits).startswith("This plan crosses ")
    careful = list(plan(WOMAN, -350, 100).values())
    assert binding(careful) is None
    assert nearest(careful).code == "energy_availability"
    assert finding(careful) == "No limit is crossed, but one is near: energy availability"


def test_more_exercise_than_food_is_beyond_every_other_limit():
    found = plan(WOMAN, -800, 2500, days=30)
    assert found["energy_availability"].value < 0
    assert binding(list(found.values())).code == "energy_availability"


def test_the_sentences_hold_the_figures_in_the_readers_units():
    eaten = float(WOMAN.energy_intake_kcal_per_day) - 300
    body = simulate(WOMAN, -300, days=120)
    limits = assess(WOMAN, eaten, 0, body, units=IMPERIAL)
    pace = next(limit for limit in limits if limit.code == "loss_rate")
    assert IMPERIAL.mass_amount(pace.value) in pace.explanation
    assert pace.amount(pace.value, IMPERIAL).endswith("\u00a0lb a week")
    rows = limits_table(limits).set_index("code")
    for limit in limits:
        assert rows.loc[limit.code, "value"] == limit.value
        assert rows.loc[limit.code, "level"] == limit.level


@settings(max_examples=15, deadline=None)
@given(
    sex=st.sampled_from(["female", "male"]),
    weight=st.floats(55, 140),
    intake=st.floats(-900, 0),
    exercise=st.floats(0, 900),
)
def test_a_larger_deficit_is_never_safer(sex, weight, intake, exercise):
    person = Person(sex, 35, 1.70, weight)
    mild = plan(person, intake, exercise, days=60)
    harsh = plan(person, intake - 150, exercise, days=60)
    for code, limit in mild.items():
        assert LEVELS.index(limit.level) <= LEVELS.index(harsh[code].level)


@pytest.mark.parametrize("fat", [None, 0.139])
@pytest.mark.parametrize("usual", [3200, 3492])
def test_minnesotas_men_are_outside_the_envelope(usual, fat):
    resting = float(Person("male", 25, 1.78, 69.3).resting_metabolic_rate_kcal_per_day)
    men = Person("male", 25, 1.78, 69.3, usual / resting, fat)
    assert "fat can give" in outside_envelope(men, 1570 - usual)
    fatter = Person("male", 25, 1.78, 69.3, usual / resting, 0.45)
    assert "half of their usual food" in outside_envelope(fatter, 1570 - usual)


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("index", [22.0, 25.1, 28.0])
@pytest.mark.parametrize("cut", [0.119, 0.25])
def test_people_like_those_of_calerie_are_inside_the_envelope(sex, index, cut):
    person = Person(sex, 37.9, 1.69, index * 1.69**2, 1.7)
    usual = float(person.energy_intake_kcal_per_day)
    assert outside_envelope(person, -cut * usual) is None


def test_a_gain_and_a_usual_run_are_inside_the_envelope():
    assert outside_envelope(WOMAN) is None
    assert outside_envelope(WOMAN, 1000) is None
    assert outside_envelope(WOMAN, 0, 250) is None
