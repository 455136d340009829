"""The comparison with trials: its arithmetic, its independence, and its published misses."""

import dataclasses

import hallmodel
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.energy import simulate
from spotcheck.energy.assumptions import table_priors
from spotcheck.energy.trials import (
    Arms,
    arm_person,
    check,
    daily_share,
    implied_compensation,
    leave_one_trial_out,
    reason_left_out,
    reference_differences,
)

# 95th percentiles of Student's t, as printed in any table of it.
STUDENT_T_95 = {7: 1.895, 8: 1.860, 9: 1.833}


@pytest.fixture(scope="module")
def found():
    return check()


@pytest.fixture(scope="module")
def arms(found):
    trials = tables.load("trials")
    return Arms.of(trials[trials["trial_arm"].isin(found.arms["trial_arm"])])


def arm(name):
    return tables.load("trials").set_index("trial_arm", drop=False).loc[name]


def result(found, name):
    return found.arms.set_index("trial_arm").loc[name]


def test_our_engine_is_the_public_one_on_every_reference_case():
    cases = reference_differences()
    assert len(cases) == len(tables.load("reference_cases"))
    assert cases["difference_kg"].abs().max() < 0.001
    lasting = cases["intake_change_kcal_per_day"] != 0
    moved = (cases["reference_weight_kg"] - cases["weight_kg"]).abs()
    assert (moved[lasting] > 0.5).all()


def test_cases_from_the_kernel_are_what_the_installed_one_gives():
    cases = tables.load("reference_cases")
    kernel = cases[cases["source"] == "hallmodel_kernel"]
    for _, rows in kernel.groupby("reference_case"):
        one, days = rows.iloc[0], int(rows["day"].max()) + 1
        known_fat = {} if pd.isna(one.body_fat_fraction) else {"fat": one.body_fat_fraction}
        run = hallmodel.adult_weight(
            bw=one.weight_kg,
            ht=one.height_m,
            age=one.age_years,
            sex=one.sex,
            EIchange=np.full((1, days), float(one.intake_change_kcal_per_day)),
            NAchange=np.zeros((1, days)),
            PAL=one.physical_activity_level,
            days=days,
            dt=1.0,
            **{name: share * one.weight_kg for name, share in known_fat.items()},
        )
        theirs = np.asarray(run["Body_Weight"])[0][rows["day"]]
        np.testing.assert_allclose(theirs, rows["reference_weight_kg"], atol=1e-6)


def test_the_implied_compensation_gives_the_observed_mean_back(found, arms):
    implied = found.arms["implied_compensation_fraction"].to_numpy()
    np.testing.assert_allclose(arms.change_kg(implied), found.arms["observed_kg"], atol=1e-5)


@settings(max_examples=3)
@given(fraction=st.floats(-0.5, 0.95))
def test_a_compensation_that_made_the_data_is_found_again(arms, fraction):
    given_fraction = np.full(len(arms), fraction)
    found_again = implied_compensation(arms, arms.change_kg(given_fraction))
    np.testing.assert_allclose(found_again, given_fraction, atol=1e-6)


def test_more_made_up_is_less_lost_and_all_made_up_is_nothing_lost(arms):
    steps = np.tile([-0.5, 0.0, 0.5, 1.0], (len(arms), 1))
    change = arms.change_kg(steps)
    assert (np.diff(change, axis=1) > 0).all()
    assert (change[:, -1] == 0).all()


def test_stored_model_figures_are_what_the_code_gives(found, arms):
    table = arms.table.set_index("trial_arm")
    dose = arms.table["done_kcal_per_week"].fillna(arms.table["dose_kcal_per_week"])
    from_day_one = dataclasses.replace(
        arms,
        exercise_kcal_per_day=np.repeat(
            dose.to_numpy()[:, np.newaxis] / 7, arms.exercise_kcal_per_day.shape[1], axis=1
        ),
    )
    observed, none = table["weight_change_kg"].to_numpy(), np.zeros(len(arms))
    has_phases = table.index.isin(tables.load("trial_phases")["trial_arm"])
    for kind, run, stored in (
        ("step", from_day_one, np.full(len(arms), True)),
        ("ramp", arms, has_phases),
    ):
        column = {"step": "hall_change_kg", "ramp": "hall_change_ramp_kg"}[kind]
        np.testing.assert_allclose(run.change_kg(none)[stored], table[column][stored], atol=0.051)
        np.testing.assert_allclose(
            implied_compensation(run, observed)[stored],
            table[f"implied_compensation_fraction_{kind}"][stored],
            atol=0.0051,
        )
        assert table[column][~stored].isna().all()
    rule = found.arms["rule_7700_kg"]
    np.testing.assert_allclose(rule, table["static_rule_change_kg"], atol=0.051)


def test_the_compensation_table_holds_the_same_figures():
    values = tables.load("compensation_values").dropna(subset="trial_arm").set_index("trial_arm")
    trials = tables.load("trials").set_index("trial_arm")
    ramp, step = (trials[f"implied_compensation_fraction_{kind}"] for kind in ("ramp", "step"))
    best = ramp.fillna(step).dropna()
    assert set(values.index) == set(best.index)
    np.testing.assert_allclose(values["fraction"], best[values.index])


def test_a_mixed_arm_is_its_women_and_its_men(arms):
    row = arm("met2_400")
    shares = daily_share(row, 301)
    change = {}
    for sex in ("female", "male"):
        body = simulate(
            arm_person(row, sex), exercise_kcal_per_day=2000 / 7, days=301, exercise_schedule=shares
        )
        change[sex] = body.weight_kg[-1] - body.weight_kg[0]
    expected = 0.514 * change["female"] + 0.486 * change["male"]
    number = arms.table.index[arms.table["trial_arm"] == "met2_400"][0]
    # The end of the arm is not the end of the run, and a step reads the next day's exercise.
    assert arms.change_kg(np.zeros(len(arms)))[number] == pytest.approx(expected, abs=1e-3)
    assert abs(change["female"] - change["male"]) > 0.1


@given(
    values=st.lists(st.floats(-1, 1), min_size=6, max_size=6),
    changed=st.floats(-1, 1),
)
def test_a_trial_is_predicted_without_itself(values, changed):
    trial = np.array(["a", "a", "b", "c", "c", "d"], dtype=object)
    before = np.array(values)
    after = np.where(trial == "c", changed, before)
    left_out = trial == "c"
    pd.testing.assert_frame_equal(
        leave_one_trial_out(before, trial)[left_out], leave_one_trial_out(after, trial)[left_out]
    )
    row = leave_one_trial_out(before, trial).iloc[3]
    others = before[~left_out]
    assert row["mean"] == pytest.approx(others.mean(), abs=1e-12)
    assert row["sd"] == pytest.approx(np.sqrt(((others - others.mean()) ** 2).sum() / 3), abs=1e-9)


def test_too_few_trials_to_leave_one_out_is_refused():
    with pytest.raises(ValueError, match="arms of other trials is 1"):
        leave_one_trial_out(np.array([0.1, 0.2, 0.3]), np.array(["a", "a", "b"]))


def test_our_middle_and_band_follow_from_the_other_trials_alone(found, arms):
    rows = found.arms
    np.testing.assert_allclose(
        arms.change_kg(rows["others_compensation_fraction"].to_numpy()), rows["ours_kg"]
    )
    reach = (
        rows["others_arms"].sub(1).map(STUDENT_T_95)
        * rows["others_sd_fraction"]
        * np.sqrt(1 + 1 / rows["others_arms"])
    )
    without_n = rows["n"].isna().to_numpy()
    assert without_n.sum() >= 3
    drawn_error = 0.015 * (rows["band_high_kg"] - rows["band_low_kg"]).to_numpy()
    for sign, end in ((-1, "band_low_kg"), (1, "band_high_kg")):
        fraction = rows["others_compensation_fraction"] + sign * reach
        direct = arms.change_kg(fraction.to_numpy())
        further = sign * (rows[end].to_numpy() - direct)
        assert (np.abs(further) <= drawn_error)[without_n].all()
        assert (further >= -drawn_error)[~without_n].all()


def test_hits_and_misses_are_published_as_they_are(found):
    rows = found.arms
    held = rows["observed_kg"].between(rows["band_low_kg"], rows["band_high_kg"])
    assert (rows["is_held"] == held).all()
    assert found.n_held == held.sum() == len(rows) - len(found.missed)
    assert found.missed["trial_arm"].tolist() == ["drew_4_kkw", "drew_8_kkw"]


def test_errors_are_means_over_the_arms(found):
    for row in found.errors.itertuples():
        miss = found.arms[f"{row.rule}_kg"] - found.arms["observed_kg"]
        assert row.mean_error_kg == pytest.approx(np.mean(miss))
        assert row.mean_absolute_error_kg == found.error_kg(row.rule)
        assert found.error_kg(row.rule) == pytest.approx(np.mean(np.abs(miss)))
    assert found.error_kg("ours") < found.error_kg("bare") < found.error_kg("rule_7700")
    ratio = found.arms["rule_6000_kg"] / found.arms["rule_7700_kg"]
    np.testing.assert_allclose(ratio, 7700 / 6000)


def test_the_rule_takes_the_exercise_that_was_done(found):
    expected = -2004 * 13 / 7700
    assert result(found, "rosenkilde_300")["rule_7700_kg"] == pytest.approx(expected)


def test_every_arm_of_exercise_is_run_or_says_what_it_lacks(found):
    trials = tables.load("trials")
    exercise = trials.loc[trials["kind"] == "exercise", "trial_arm"]
    assert sorted([*found.arms["trial_arm"], *found.left_out["trial_arm"]]) == sorted(exercise)
    assert (found.left_out["reason"] != "").all()
    whole = arm("met2_400")
    assert reason_left_out(whole) == ""
    for column in ("weight_change_kg", "dose_kcal_per_week", "weight_kg"):
        assert reason_left_out(whole.where(whole.index != column)) != ""
    assert "memory" in reason_left_out(whole.replace({"verified": "from_memory"}))


def test_observed_intervals_are_printed_or_follow_from_spread_and_size(found):
    met2 = result(found, "met2_400")
    half = 1.96 * 4.9 / np.sqrt(37)
    assert met2["observed_low_kg"] == pytest.approx(-3.9 - half)
    assert met2["observed_high_kg"] == pytest.approx(-3.9 + half)
    drew = result(found, "drew_8_kkw")
    assert (drew["observed_low_kg"], drew["observed_high_kg"]) == (-2.9, -1.4)
    assert drew["observed_sd_kg"] == pytest.approx(1.5 / 3.92 * np.sqrt(85))
    assert np.isnan(result(found, "rosenkilde_300")["observed_low_kg"])
    assert np.isnan(result(found, "strride_low_vigorous")["observed_high_kg"])


def test_shares_follow_the_phases_and_go_on_after_the_end():
    met2 = daily_share(arm("met2_400"), 400)
    assert (met2[0], met2[60], met2[300], met2[399]) == (0.406, 0.719, 1.0, 1.0)
    drew = daily_share(arm("drew_12_kkw"), 182)
    assert drew[0] == pytest.approx(1 / 3, abs=0.01)
    np.testing.assert_allclose(np.diff(drew[:56], 2), 0, atol=1e-12)
    assert (drew[56:] == 1).all()
    assert (daily_share(arm("rosenkilde_600"), 91) == 1).all()


def test_a_seen_intake_sets_the_activity_of_a_person():
    person = arm_person(arm("minnesota"), "male")
    assert float(person.energy_intake_kcal_per_day) == pytest.approx(3200)


def test_body_mass_index_gives_the_height_where_none_was_seen():
    person = arm_person(arm("met2_600"), "female")
    assert float(person.height_m) == pytest.approx(np.sqrt(91.2 / 31.0))


def test_the_status_of_a_run_is_the_worst_of_what_it_rests_on(found):
    met2, drew = result(found, "met2_400"), result(found, "drew_4_kkw")
    assert (met2["least_certain"], met2["least_certain_of"]) == ("derived", "start weight")
    assert (drew["least_certain"], drew["least_certain_of"]) == (
        "from_memory",
        "start weight, energy",
    )


def test_diets_hold_and_starvation_fails(found):
    diets = found.diets.set_index("trial_arm")
    calerie, minnesota = diets.loc["calerie_diet"], diets.loc["minnesota"]
    assert calerie["model_kg"] == pytest.approx(-7.5, abs=1.5)
    assert calerie["constant_kg"] < calerie["model_kg"]
    assert calerie["rule_7700_kg"] < -20
    assert minnesota["model_kg"] < minnesota["observed_kg"] - 10


def test_simulated_people_differ_by_their_compensation_above_all(found):
    simulated = found.arms["simulated_sd_kg"].to_numpy()
    assert (simulated > 0).all()
    spread = table_priors()["compensation_fraction"].sd
    by_compensation = spread * np.abs(found.arms["bare_kg"])
    np.testing.assert_allclose(simulated, by_compensation, rtol=0.15)


def test_that_people_differ_more_than_ours_is_seen(found):
    known = found.arms.dropna(subset="observed_sd_kg").set_index("trial_arm")
    narrow = known["simulated_sd_kg"] < known["observed_sd_kg"]
    assert narrow["met2_400"]
    assert narrow["met2_600"]
    assert narrow.mean() > 0.5
