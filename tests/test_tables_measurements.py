"""The measurement tables keep what their descriptions promise beyond types and keys."""

import pytest

from spotcheck.tables import load


@pytest.fixture(scope="module")
def measurements():
    return load("engagement_measurements")


@pytest.fixture(scope="module")
def with_forms(measurements):
    return measurements.merge(load("exercise_variants"), on="variant_id")


def test_every_measurement_has_a_value_or_a_range(measurements):
    ends = measurements[["value_low", "value_high"]].notna()
    assert (ends["value_low"] == ends["value_high"]).all()
    assert (measurements["value"].notna() | ends["value_low"]).all()
    assert (measurements["interval"].notna() == ends["value_low"]).all()


def test_ends_of_intervals_are_in_order_and_hold_the_value(measurements):
    ranges = measurements[measurements["value_low"].notna()]
    assert (ranges["value_low"] < ranges["value_high"]).all()
    inside = ranges["value"].between(ranges["value_low"], ranges["value_high"])
    assert inside[ranges["value"].notna()].all()


def test_values_above_a_hundred_are_not_clipped(measurements):
    assert measurements["value"].max() > 400


def test_no_number_stands_twice(with_forms):
    key = ["variant_id", "portion_id", "metric", "study_id", "value", "value_low", "value_high"]
    assert not with_forms.duplicated(key).any()


def test_women_and_men_add_up(measurements):
    known = measurements[measurements[["n", "n_female", "n_male"]].notna().all(axis=1)]
    assert (known["n_female"] + known["n_male"] == known["n"]).all()
    one_sex = measurements["sex"].isin(["female", "male"]) & measurements["n"].notna()
    other = measurements["n_male"].where(measurements["sex"].eq("female"), measurements["n_female"])
    assert other[one_sex].isna().all()


def test_the_single_person_set_is_exactly_one_source_of_one(measurements):
    assert (measurements["is_single_person"] == measurements["n"].eq(1).fillna(False)).all()
    alone = measurements[measurements["is_single_person"]]
    assert alone["study_id"].unique().tolist() == ["contreras_2010"]
    assert not alone["is_pooled"].any()


def test_a_restated_number_names_an_equal_one(measurements):
    restated = measurements[measurements["repeats_measurement_id"].notna()]
    originals = measurements.set_index("measurement_id").loc[restated["repeats_measurement_id"]]
    assert len(restated) > 0
    assert abs(restated["value"].to_numpy() - originals["value"].to_numpy()).max() < 0.5
    assert (restated["portion_id"].to_numpy() == originals["portion_id"].to_numpy()).all()
    assert originals["repeats_measurement_id"].isna().all()


def test_pooled_values_are_verified_reviews(measurements):
    pooled = measurements[measurements["is_pooled"]]
    assert set(pooled["status"]) == {"verified"}
    assert set(pooled["study_id"]) == {"neto_2020"}


def test_a_number_from_memory_never_claims_a_better_source(measurements):
    studies = load("studies").set_index("study_id")["status"]
    seen = measurements["study_id"].map(studies)
    best = {"verified": 0, "second_hand": 1, "from_memory": 2}
    verified = measurements["status"].eq("verified")
    assert (seen[verified].map(best) == 0).all()


def test_scales_and_outcomes_keep_apart(measurements):
    lens = load("metrics").set_index("metric")["lens"]
    assert not measurements["metric"].map(lens).eq("training_outcome").any()
    outcomes = load("training_outcomes")
    assert outcomes["outcome"].map(lens).eq("training_outcome").all()
    units = load("metrics").set_index("metric")["unit"]
    assert (outcomes["outcome"].map(units) == outcomes["unit"]).all()


def test_means_and_peaks_are_percent_of_a_maximal_effort():
    metrics = load("metrics")
    activity = metrics["lens"].isin(["activity_mean", "activity_peak"])
    assert metrics.loc[activity, "is_percent_of_mvic"].all()


def test_outcomes_without_a_number_say_so():
    outcomes = load("training_outcomes")
    assert outcomes.loc[outcomes["value"].isna(), "note"].str.contains("no ", case=False).all()


def test_whole_muscles_are_their_own_portion():
    members = load("muscle_portion_members")
    own = members[members["portion_id"].eq(members["muscle_id"])]
    assert set(own["muscle_id"]) == set(load("muscles")["muscle_id"])


def test_kinds_of_portions_match_their_members():
    portions = load("muscle_portions")
    size = load("muscle_portion_members").groupby("portion_id").size()
    portions["size"] = portions["portion_id"].map(size).fillna(0)
    assert (portions.loc[portions["kind"].eq("part"), "size"] == 1).all()
    assert (portions.loc[portions["kind"].eq("group"), "size"] != 1).all()
    without = portions.loc[portions["size"].eq(0), "portion_id"]
    assert set(without) == {"piriformis", "lower_extremity"}
    assert portions.loc[portions["size"].eq(0), "note"].str.contains("no members").all()


def test_every_form_and_every_portion_part_is_used(measurements):
    assert set(load("exercise_variants")["variant_id"]) == set(measurements["variant_id"])
    used = set(measurements["portion_id"]) | set(load("training_outcomes")["portion_id"])
    portions = load("muscle_portions")
    assert set(portions.loc[portions["kind"].ne("whole"), "portion_id"]) <= used


def test_default_forms_are_not_another_limb():
    variants = load("exercise_variants")
    assert not (variants["is_default"] & variants["limb"].eq("other")).any()
    both = variants[["load_value", "load_unit"]].notna()
    assert (both["load_value"] == both["load_unit"]).all()


def test_every_measured_exercise_has_a_plain_form(with_forms):
    missing = set(with_forms["exercise_id"]) - set(
        with_forms.loc[with_forms["is_default"], "exercise_id"]
    )
    # One person's plate squat is all that was measured of a goblet squat.
    assert missing == {"goblet_squat"}
