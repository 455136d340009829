import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.energy.running import (
    HIGHEST_EPOC_KCAL,
    MOST_REPEATS,
    OXYGEN_KCAL_PER_L,
    acsm_running_oxygen_uptake,
    acsm_walking_oxygen_uptake,
    excess_post_exercise_energy,
    gradient_factor,
    leger_mercier_oxygen_uptake,
    met_energy,
    minetti_running_cost,
    minetti_walking_cost,
    pace_min_per_km,
    pugh_air_resistance_oxygen_uptake,
    session_energy,
    session_legs,
    speed_from_pace,
)
from spotcheck.tables import load

KM_H_PER_MPH = 1.609344
MET_ML_PER_KG_PER_MIN = 3.5
TYPES = load("session_types").set_index("session_type")


def test_acsm_worked_examples():
    assert acsm_running_oxygen_uptake(122.5 * 0.06) == pytest.approx(28.0)
    assert acsm_running_oxygen_uptake(12, 0.05) == pytest.approx(3.5 + 40 + 9)
    assert acsm_walking_oxygen_uptake(93.8 * 0.06, 0.10) == pytest.approx(29.76, abs=0.01)


def test_leger_mercier_is_near_its_own_rule_of_thumb():
    """On a track from 8 to 25 km/h, one MET for each km/h, within 7 %."""
    speed = np.arange(8.0, 25.5, 0.5)
    track = leger_mercier_oxygen_uptake(speed) + pugh_air_resistance_oxygen_uptake(speed)
    np.testing.assert_allclose(track / MET_ML_PER_KG_PER_MIN, speed, rtol=0.07)


@pytest.mark.parametrize(("speed", "oxygen"), [(12, 0.9), (16, 2.2)])
def test_air_resistance(speed, oxygen):
    assert pugh_air_resistance_oxygen_uptake(speed) == pytest.approx(oxygen, abs=0.05)


@pytest.mark.parametrize(
    ("grade", "run", "walk"),
    [
        (-0.20, 1.80, 1.09),
        (-0.10, 2.15, 1.13),
        (-0.05, 2.75, 1.66),
        (0.00, 3.60, 2.50),
        (0.05, 4.69, 3.60),
        (0.10, 5.97, 4.90),
        (0.15, 7.42, 6.34),
        (0.20, 9.01, 7.88),
        (0.30, 12.58, 11.18),
    ],
)
def test_minetti_fit(grade, run, walk):
    assert minetti_running_cost(grade) == pytest.approx(run, abs=0.006)
    assert minetti_walking_cost(grade) == pytest.approx(walk, abs=0.006)


@pytest.mark.parametrize(
    ("grade", "mean", "sd"),
    [(0.0, 3.40, 0.24), (0.45, 18.93, 1.74), (-0.20, 1.73, 0.36), (-0.45, 3.92, 0.81)],
)
def test_minetti_running_fit_meets_the_printed_means_within_one_sd(grade, mean, sd):
    assert abs(minetti_running_cost(grade) - mean) < sd


@pytest.mark.parametrize(
    ("grade", "mean", "sd"), [(0.45, 17.33, 1.11), (-0.10, 0.81, 0.37), (-0.45, 3.46, 0.95)]
)
def test_minetti_walking_fit_meets_the_printed_means_within_one_sd(grade, mean, sd):
    assert abs(minetti_walking_cost(grade) - mean) < sd


def test_costs_are_positive_over_the_whole_range():
    grade = np.linspace(-0.45, 0.45, 181)
    for cost in (minetti_running_cost, minetti_walking_cost, gradient_factor):
        assert (cost(grade) > 0).all()


def test_gradient_factor_is_minetti_uphill_and_saves_less_downhill():
    assert gradient_factor(0) == 1
    assert gradient_factor(0.15) == pytest.approx(7.42 / 3.6, abs=1e-3)
    plain = minetti_running_cost(-0.10) / minetti_running_cost(0)
    assert gradient_factor(-0.10) == pytest.approx(1 - 0.6 * (1 - plain))


COMPENDIUM_LEVEL = {
    "12030": (5.0, 5.2, 8.5),
    "12050": (6.0, 6.3, 9.3),
    "12070": (7.0, 7.0, 11.0),
    "12090": (8.0, 8.0, 12.0),
}
COMPENDIUM_SLOW = {"12028": (4.0, 4.2, 6.5), "12029": (4.3, 4.8, 7.8)}
COMPENDIUM_DOWNHILL = {
    "12352": (5.0, 5.9, -0.125, 5.8),
    "12355": (7.0, 8.9, -0.125, 9.0),
    "12358": (6.0, 7.9, -0.06, 9.3),
    "12361": (8.0, 10.5, -0.06, 13.8),
}


def met_of_session(session_type, speed_km_h, grade=0.0):
    energy = session_energy(session_type, 70, 60, speed_km_h, grade)
    return energy.gross_kcal / 70 / (MET_ML_PER_KG_PER_MIN * 60 * OXYGEN_KCAL_PER_L / 1000)


@pytest.mark.parametrize("code", COMPENDIUM_LEVEL)
def test_level_running_is_within_6_percent_of_the_compendium(code):
    slow, fast, met = COMPENDIUM_LEVEL[code]
    speed = (slow + fast) / 2 * KM_H_PER_MPH
    assert met_of_session("steady", speed) == pytest.approx(met, rel=0.06)


@pytest.mark.parametrize("code", COMPENDIUM_SLOW)
def test_jogging_is_within_8_percent_of_the_compendium(code):
    slow, fast, met = COMPENDIUM_SLOW[code]
    speed = (slow + fast) / 2 * KM_H_PER_MPH
    assert leger_mercier_oxygen_uptake(speed) / 3.5 == pytest.approx(met, rel=0.08)


@pytest.mark.parametrize("code", COMPENDIUM_DOWNHILL)
def test_downhill_running_is_within_15_percent_of_the_compendium(code):
    slow, fast, grade, met = COMPENDIUM_DOWNHILL[code]
    speed = (slow + fast) / 2 * KM_H_PER_MPH
    assert met_of_session("downhill", speed, grade) == pytest.approx(met, rel=0.15)


@pytest.mark.parametrize("code", sorted(COMPENDIUM_LEVEL | COMPENDIUM_SLOW | COMPENDIUM_DOWNHILL))
def test_compendium_numbers_are_those_of_the_table(code):
    activities = load("activities").set_index("activity_code")
    met = (COMPENDIUM_LEVEL | COMPENDIUM_SLOW | COMPENDIUM_DOWNHILL)[code][-1]
    assert activities.loc[code, "met"] == met


def test_ten_sprints_of_12_seconds_at_15_percent_cost_about_74_kcal():
    metres = 10 * 12 * 5
    assert 70 * metres * minetti_running_cost(0.15) / 4184 == pytest.approx(74, abs=1)


def test_hill_sprints_session_is_small():
    """Ten 12 s sprints at 15 % and 18 km/h within 20 minutes: sprints about 80 kcal of the net."""
    share = TYPES.loc["hill_sprints", "work_share"]
    minutes = 10 * 12 / 60 / share
    energy = session_energy("hill_sprints", 70, minutes, 18, 0.15)
    walk_metres = TYPES.loc["hill_sprints", "recovery_speed_km_h"] / 0.06 * minutes * (1 - share)
    walk_grade = TYPES.loc["hill_sprints", "recovery_grade_factor"] * 0.15
    walk = 70 * walk_metres * minetti_walking_cost(walk_grade) / 4184
    assert energy.net_kcal - walk == pytest.approx(80, abs=4)
    assert energy.net_kcal < 140


def test_steady_session_by_hand():
    energy = session_energy("steady", 75, 40, 10, resting_kcal_per_day=1440, outdoors=False)
    oxygen = 2.209 + 3.163 * 10
    assert energy.gross_kcal == pytest.approx(75 * 40 * oxygen * 4.9 / 1000)
    assert energy.resting_kcal == pytest.approx(40)
    assert energy.net_kcal == pytest.approx(energy.gross_kcal - 40)
    assert energy.epoc_kcal == pytest.approx(0.06 * energy.net_kcal)


def test_walk_by_hand():
    energy = session_energy("walk", 80, 30, 5)
    assert energy.net_kcal == pytest.approx(80 * 2500 * 2.5 / 4184)
    assert energy.resting_kcal == pytest.approx(0.84 * 80 * 0.5)


def test_intervals_are_the_time_weighted_sum_of_their_legs():
    row = TYPES.loc["intervals"]
    energy = session_energy("intervals", 70, 40, 14)
    fast = session_energy("steady", 70, 40 * row.work_share, 14)
    easy = session_energy("steady", 70, 40 * (1 - row.work_share), row.recovery_speed_km_h)
    assert energy.net_kcal == pytest.approx(fast.net_kcal + easy.net_kcal)
    assert energy.epoc_kcal == pytest.approx(0.10 * energy.net_kcal)


@given(
    st.sampled_from(["intervals", "hill_sprints"]),
    st.integers(1, MOST_REPEATS),
    st.integers(0, 600),
    st.integers(0, 600),
    st.floats(0, 60),
)
def test_legs_fill_the_session(kind, repeats, work, recovery, spare_minutes):
    row = TYPES.loc[kind]
    minutes = repeats * (work + recovery) / 60 + spare_minutes
    legs = session_legs(
        kind, minutes, 12, row.grade_default,
        repeats=repeats, work_seconds=work, recovery_seconds=recovery,
    )  # fmt: skip
    assert [leg.part for leg in legs] == ["work", "recovery", "easy"]
    taken = [repeats * work / 60, repeats * recovery / 60, spare_minutes]
    np.testing.assert_allclose([leg.minutes for leg in legs], taken, atol=1e-9)
    assert legs[0].speed_km_h == 12
    assert [leg.speed_km_h for leg in legs[1:]] == [row.recovery_speed_km_h] * 2
    steepness = [row.grade_default, row.recovery_grade_factor * row.grade_default, 0]
    np.testing.assert_allclose([leg.grade for leg in legs], steepness)


def test_without_repeats_the_legs_are_the_types_usual_share():
    work, recovery = session_legs("intervals", 40, 12)
    share = TYPES.loc["intervals", "work_share"]
    assert (work.minutes, recovery.minutes) == pytest.approx((40 * share, 40 * (1 - share)))
    assert [leg.part for leg in session_legs("steady", 40, 9)] == ["work"]


def test_slow_recoveries_are_walked():
    assert {leg.gait for leg in session_legs("intervals", 40, 12)} == {"run"}
    assert [leg.gait for leg in session_legs("hill_sprints", 20, 15, 0.1)] == ["run", "walk"]


def test_repeats_that_are_the_usual_share_cost_the_same():
    """Ten sprints of 12 s in every 2 minutes, and four times four minutes in forty."""
    for kind, speed, grade, minutes, repeats in (
        ("hill_sprints", 15, 0.1, 20, (10, 12, 108)),
        ("intervals", 12, 0.0, 40, (4, 240, 180)),
    ):
        usual = session_energy(kind, 70, minutes, speed, grade)
        names = ("repeats", "work_seconds", "recovery_seconds")
        counted = session_energy(
            kind, 70, minutes, speed, grade, **dict(zip(names, repeats, strict=True))
        )
        assert counted.net_kcal == pytest.approx(usual.net_kcal)


def test_more_repeats_cost_more():
    costs = [
        session_energy(
            "intervals", 70, 60, 15, repeats=repeats, work_seconds=180, recovery_seconds=90
        ).net_kcal
        for repeats in (0, 4, 8, 13)
    ]
    assert costs[1] < costs[2] < costs[3]


def test_repeats_mean_nothing_to_an_even_pace():
    plain = session_energy("steady", 70, 40, 9)
    assert session_energy("steady", 70, 40, 9, repeats=6, work_seconds=120) == plain


def test_met_energy_by_hand():
    """A MET is 3.5 ml/kg/min, of 4.9 kcal a litre; rest is the person's own."""
    energy = met_energy(5, 80, 45, resting_kcal_per_day=1600)
    assert energy.gross_kcal == pytest.approx(5 * 3.5 * 80 * 45 * 4.9 / 1000)
    assert energy.resting_kcal == pytest.approx(1600 * 45 / 1440)
    assert energy.net_kcal == pytest.approx(energy.gross_kcal - energy.resting_kcal)
    assert energy.epoc_kcal == 0


@given(st.floats(1, 25), st.floats(30, 300), st.floats(0, 1440), st.floats(5, 80))
def test_met_energy_never_gives_energy_back(met, weight, minutes, resting_per_kg):
    energy = met_energy(met, weight, minutes, resting_kcal_per_day=resting_per_kg * weight)
    assert 0 <= energy.resting_kcal <= energy.gross_kcal
    assert energy.net_kcal == pytest.approx(energy.gross_kcal - energy.resting_kcal)


def test_uphill_costs_more_and_downhill_less_than_level():
    up, level, down = (
        session_energy(kind, 70, 30, 10, grade).net_kcal
        for kind, grade in (("steady", 0.05), ("steady", 0.0), ("downhill", -0.05))
    )
    assert down < level < up


def test_air_counts_outdoors_only():
    outside, inside = (
        session_energy("steady", 70, 60, 12, outdoors=outdoors).gross_kcal
        for outdoors in (True, False)
    )
    assert outside - inside == pytest.approx(70 * 60 * 0.000525542 * 12**3 * 4.9 / 1000)


def test_epoc_is_capped():
    assert excess_post_exercise_energy(5000, 0.06) == HIGHEST_EPOC_KCAL
    assert session_energy("steady", 90, 240, 12).epoc_kcal == HIGHEST_EPOC_KCAL


@pytest.mark.parametrize("kind", TYPES.index)
def test_every_type_works_over_its_whole_range_and_adds_up(kind):
    row = TYPES.loc[kind]
    weight, speed, grade = np.meshgrid(
        [30, 75, 300],
        np.linspace(row.speed_low_km_h, row.speed_high_km_h, 7),
        np.linspace(row.grade_low, row.grade_high, 7),
    )
    for resting in (None, 5 * weight, 80 * weight):
        energy = session_energy(kind, weight, 45, speed, grade, resting_kcal_per_day=resting)
        for part in (energy.gross_kcal, energy.resting_kcal, energy.net_kcal, energy.epoc_kcal):
            assert part.shape == weight.shape
            assert np.isfinite(part).all()
            assert (part >= 0).all()
        np.testing.assert_allclose(energy.gross_kcal, energy.resting_kcal + energy.net_kcal)
        assert (energy.epoc_kcal <= HIGHEST_EPOC_KCAL).all()


@pytest.mark.parametrize("kind", TYPES.index)
def test_the_defaults_of_the_table_work(kind):
    row = TYPES.loc[kind]
    energy = session_energy(kind, 70, 30, row.speed_default_km_h, row.grade_default)
    assert 50 < energy.net_kcal < 500


def test_no_minutes_no_energy():
    energy = session_energy("steady", 70, 0, 10)
    assert energy.gross_kcal == energy.net_kcal == energy.resting_kcal == energy.epoc_kcal == 0


def test_arrays_equal_scalars():
    weight, minutes, speed = [60, 70, 80], [20, 30, 40], [8, 10, 12]
    together = session_energy("steady", weight, minutes, speed)
    for k in range(3):
        alone = session_energy("steady", weight[k], minutes[k], speed[k])
        for part in ("gross_kcal", "resting_kcal", "net_kcal", "epoc_kcal"):
            assert getattr(together, part)[k] == pytest.approx(getattr(alone, part), rel=1e-12)


def test_pace_and_speed_are_inverse():
    speed = np.linspace(1, 30, 59)
    np.testing.assert_allclose(speed_from_pace(pace_min_per_km(speed)), speed)


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (pace_min_per_km, (0,), r"speed_km_h is 0; allowed: a number from 1 to 30 km/h"),
        (speed_from_pace, (1,), r"pace_min_per_km is 1; allowed: a number from 2 to 60 min/km"),
        (acsm_running_oxygen_uptake, (4,), r"speed_km_h is 4; allowed.* 5 to 25 km/h"),
        (acsm_running_oxygen_uptake, (10, -0.05), r"grade is -0.05; allowed.* 0 to 0.3"),
        (acsm_walking_oxygen_uptake, (9,), r"speed_km_h is 9; allowed.* 3 to 8 km/h"),
        (acsm_walking_oxygen_uptake, (5, 0.4), r"grade is 0.4; allowed"),
        (leger_mercier_oxygen_uptake, (26,), r"speed_km_h is 26; allowed.* 5 to 25 km/h"),
        (leger_mercier_oxygen_uptake, (np.nan,), r"speed_km_h is nan; allowed"),
        (pugh_air_resistance_oxygen_uptake, (-1,), r"speed_km_h is -1; allowed.* 0 to 25 km/h"),
        (minetti_running_cost, (0.5,), r"grade is 0.5; allowed: a number from -0.45 to 0.45"),
        (minetti_walking_cost, (-0.5,), r"grade is -0.5; allowed"),
        (gradient_factor, (10,), r"grade is 10; allowed"),
        (excess_post_exercise_energy, (-1, 0.06), r"net_kcal is -1; allowed"),
        (excess_post_exercise_energy, (100, 0.5), r"epoc_fraction is 0.5; allowed.* 0 to 0.15"),
    ],
)
def test_equations_name_bad_input(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"session_type": "swim"}, r"session_type is 'swim'; allowed: steady, intervals"),
        ({"weight_kg": 20}, r"weight_kg is 20; allowed: a number from 30 to 300 kg"),
        ({"minutes": -1}, r"minutes is -1; allowed: a number from 0 to 1440 min"),
        ({"minutes": np.inf}, r"minutes is inf; allowed"),
        ({"speed_km_h": 4}, r"speed_km_h is 4; allowed: a number from 5 to 20 km/h"),
        ({"grade": 0.5}, r"grade is 0.5; allowed: a number from -0.02 to 0.15"),
        ({"session_type": "downhill"}, r"grade is 0; allowed: a number from -0.2 to -0.02"),
        ({"session_type": "walk", "speed_km_h": 9}, r"speed_km_h is 9; allowed.* 3 to 8 km/h"),
        ({"resting_kcal_per_day": 60}, r"resting_kcal_per_day is 60; allowed.* 350 to 5600"),
    ],
)
def test_session_names_bad_input(changes, message):
    arguments = {"session_type": "steady", "weight_kg": 70, "minutes": 30, "speed_km_h": 10}
    with pytest.raises(ValueError, match=message):
        session_energy(**arguments | changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"repeats": 61}, r"repeats is 61; allowed: a number from 0 to 60"),
        ({"repeats": 7}, r"repeats is 7; allowed: as many as fit .*take 42 min of 40 min"),
        ({"work_seconds": 3601}, r"work_seconds is 3601; allowed: a number from 0 to 3600 s"),
        ({"recovery_seconds": -1}, r"recovery_seconds is -1; allowed"),
        ({"session_type": "swim"}, r"session_type is 'swim'; allowed"),
    ],
)
def test_legs_name_bad_input(changes, message):
    arguments = {
        "session_type": "intervals",
        "minutes": 40,
        "speed_km_h": 12,
        "repeats": 4,
        "work_seconds": 240,
        "recovery_seconds": 120,
    }
    with pytest.raises(ValueError, match=message):
        session_legs(**arguments | changes)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.5, 70, 30), r"met is 0.5; allowed: a number from 1 to 25 MET"),
        ((5, 20, 30), r"weight_kg is 20; allowed"),
        ((5, 70, -1), r"minutes is -1; allowed"),
    ],
)
def test_met_energy_names_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        met_energy(*arguments)
