import pandas as pd
import pytest

from spotcheck.muscles import (
    cell_evidence,
    cell_measurements,
    count_measurements,
    grade_measurement,
    matrix,
    measurements_for,
)
from spotcheck.muscles.evidence import EXPERT_ROLE, GRADES, LENSES, value_label
from spotcheck.tables import load

METRICS = pd.DataFrame(
    {
        "metric": ["mean", "peak", "force", "odd_1", "odd_2"],
        "label": ["Mean", "Peak", "Force", "Odd one", "Odd two"],
        "unit": ["% of MVIC", "% of MVIC", "body weights", "%", "%"],
        "lens": ["activity_mean", "activity_peak", "muscle_force", "other_scale", "other_scale"],
        "sequence": [1, 2, 3, 4, 5],
    }
)
VARIANTS = pd.DataFrame(
    [
        ("squat", "squat", "trained", "whole", True),
        ("squat_box", "squat", "trained", "whole", False),
        ("squat_other_leg", "squat", "support", "whole", False),
        ("run_stance", "run", "trained", "stance", True),
        ("run_swing", "run", "trained", "swing", True),
    ],
    columns=["variant_id", "exercise_id", "limb", "phase", "is_default"],
).assign(wording="as worded", load="")
MEMBERS = pd.DataFrame(
    [
        ("glute", "glute"),
        ("glute_upper", "glute"),
        ("ham", "ham"),
        ("back", "glute"),
        ("back", "ham"),
    ],
    columns=["portion_id", "muscle_id"],
)


def measured(*rows, **shared):
    """Measurements from (variant, portion, metric, value, study) and what differs from the rest."""
    columns = ["variant_id", "portion_id", "metric", "value", "study_id"]
    plain = {
        "value_low": float("nan"),
        "value_high": float("nan"),
        "n": 20,
        "status": "verified",
        "is_pooled": False,
        "is_single_person": False,
        "repeats_measurement_id": None,
    }
    frame = pd.DataFrame([{**plain, **shared, **dict(zip(columns, row[:5], strict=True)),
                           **(row[5] if len(row) > 5 else {})} for row in rows])  # fmt: skip
    frame["measurement_id"] = [f"m{number:04d}" for number in range(1, len(frame) + 1)]
    frame["repeats_measurement_id"] = frame["repeats_measurement_id"].astype("str")
    return frame


def cell(frame, muscle="glute", lens="activity_mean", exercise="squat", **options):
    found = cell_evidence(
        cell_measurements(frame, VARIANTS, MEMBERS, METRICS, lenses=[lens], **options)
    )
    found = found[found["exercise_id"].eq(exercise) & found["muscle_id"].eq(muscle)]
    assert len(found) <= 1
    return None if found.empty else found.iloc[0]


class TestGrade:
    @pytest.mark.parametrize(
        ("changes", "grade"),
        [
            ({}, "group_study"),
            ({"n": 10}, "group_study"),
            ({"n": 9}, "small_or_second_hand"),
            ({"n": None}, "small_or_second_hand"),
            ({"status": "second_hand"}, "small_or_second_hand"),
            ({"is_pooled": True, "n": None}, "pooled"),
            ({"is_pooled": True, "status": "second_hand"}, "small_or_second_hand"),
            ({"is_single_person": True, "n": 1}, "single_person"),
            ({"status": "from_memory"}, "not_verified"),
            ({"status": "from_memory", "is_pooled": True}, "not_verified"),
            ({"status": "from_memory", "is_single_person": True}, "not_verified"),
        ],
    )
    def test_rule(self, changes, grade):
        frame = measured(("squat", "glute", "mean", 50.0, "a_2001", changes))
        assert grade_measurement(frame).tolist() == [grade]

    def test_grades_are_ordered_best_first(self):
        grade = grade_measurement(load("engagement_measurements"))
        assert tuple(grade.cat.categories) == GRADES
        assert grade.cat.ordered


class TestCell:
    def test_one_study_gives_its_value(self):
        shown = cell(measured(("squat", "glute", "mean", 53.0, "a_2001")))
        assert (shown["value"], shown["label"], shown["is_range"]) == (53.0, "53", False)
        assert (shown["n_studies"], shown["grade"]) == (1, "group_study")

    def test_studies_that_disagree_give_a_range_and_not_a_mean(self):
        rows = [("squat", "glute", "mean", v, f"{v}") for v in (20.0, 30.0, 100.0)]
        shown = cell(measured(*rows))
        assert (shown["value_low"], shown["value_high"], shown["label"]) == (20, 100, "20 to 100")
        assert shown["is_range"]
        assert shown["value"] == 60.0
        assert (shown["n_studies"], shown["n_measurements"]) == (3, 3)

    def test_the_one_pooled_estimate_sets_the_colour_and_the_range_stays(self):
        frame = measured(
            ("squat", "glute", "mean", 53.0, "review_2020", {"is_pooled": True}),
            ("squat", "glute", "mean", 29.0, "a_2001"),
        )
        shown = cell(frame)
        assert (shown["value"], shown["label"], shown["grade"]) == (53.0, "29 to 53", "pooled")

    def test_a_printed_interval_stands_for_a_missing_value(self):
        ends = {"value_low": 495.0, "value_high": 688.0}
        shown = cell(measured(("squat", "glute", "mean", float("nan"), "a_2001", ends)))
        assert (shown["value_low"], shown["value_high"], shown["value"]) == (495, 688, 591.5)

    def test_an_interval_around_a_value_is_not_a_range_of_sources(self):
        ends = {"value_low": 10.0, "value_high": 90.0}
        shown = cell(measured(("squat", "glute", "mean", 50.0, "a_2001", ends)))
        assert shown["label"] == "50"

    def test_from_memory_is_never_shown(self):
        assert (
            cell(measured(("squat", "glute", "mean", 53.0, "a", {"status": "from_memory"}))) is None
        )

    def test_one_person_only_fills_an_empty_cell_when_asked(self):
        one = {"is_single_person": True, "n": 1}
        frame = measured(
            ("squat", "glute", "mean", 50.0, "a_2001"),
            ("squat", "glute", "mean", 90.0, "one_2010", one),
            ("squat", "ham", "mean", 20.0, "one_2010", one),
        )
        assert cell(frame, "ham") is None
        assert cell(frame, "ham", include_single_person=True)["grade"] == "single_person"
        assert cell(frame, include_single_person=True)["label"] == "50"

    def test_the_muscle_itself_comes_before_its_group(self):
        frame = measured(
            ("squat", "back", "mean", 80.0, "a_2001"),
            ("squat", "glute_upper", "mean", 40.0, "b_2002"),
        )
        assert cell(frame)["label"] == "40"
        assert not cell(frame)["is_group_value"]
        assert cell(frame, "ham")["label"] == "80"
        assert cell(frame, "ham")["is_group_value"]

    def test_a_portion_without_members_enters_no_cell(self):
        frame = measured(("squat", "piriformis", "mean", 50.0, "a_2001"))
        assert cell_evidence(
            cell_measurements(frame, VARIANTS, MEMBERS, METRICS, lenses=["activity_mean"])
        ).empty

    def test_a_cell_holds_one_scale_the_better_graded_one(self):
        frame = measured(
            ("squat", "glute", "odd_1", 10.0, "a_2001", {"n": 5}),
            ("squat", "glute", "odd_2", 90.0, "b_2002"),
        )
        assert cell(frame, lens="other_scale")["metric"] == "odd_2"
        alike = frame.assign(n=20)
        assert cell(alike, lens="other_scale")["metric"] == "odd_1"
        assert cell(alike, lens="other_scale")["label"] == "10"

    def test_a_peak_over_a_stride_is_the_largest_of_its_phases(self):
        frame = measured(
            ("run_stance", "glute", "force", 1.6, "a_2014"),
            ("run_swing", "glute", "force", 0.6, "a_2014"),
        )
        assert cell(frame, lens="muscle_force", exercise="run")["label"] == "1.6"
        means = frame.assign(metric="mean")
        assert cell(means, lens="activity_mean", exercise="run")["label"] == "0.6 to 1.6"

    def test_other_limbs_and_twists_are_seen_only_when_asked(self):
        frame = measured(
            ("squat", "glute", "mean", 50.0, "a_2001"),
            ("squat_box", "glute", "mean", 60.0, "a_2001"),
            ("squat_other_leg", "glute", "mean", 10.0, "a_2001"),
        )
        assert cell(frame)["label"] == "50"
        assert cell(frame, limb="support")["label"] == "10"
        assert cell(frame, limb="any")["label"] == "10 to 60"

    def test_a_restated_number_is_not_a_further_source(self):
        frame = measured(
            ("squat", "glute", "mean", 56.0, "a_2001"),
            ("squat", "glute", "mean", 56.0, "review_2014", {"repeats_measurement_id": "m0001"}),
        )
        shown = cell(frame)
        assert (shown["n_studies"], shown["n_measurements"]) == (1, 1)
        assert cell(frame.iloc[1:])["n_studies"] == 1

    @pytest.mark.parametrize(
        ("option", "named"),
        [({"lenses": ["emg"]}, "lens is 'emg'"), ({"limb": "left"}, "limb is 'left'")],
    )
    def test_unknown_choice_is_named(self, option, named):
        frame = measured(("squat", "glute", "mean", 50.0, "a_2001"))
        with pytest.raises(ValueError, match=f"{named}; allowed are "):
            cell_measurements(frame, VARIANTS, MEMBERS, METRICS, **option)


def tables():
    return {
        "measurements": load("engagement_measurements"),
        "variants": load("exercise_variants"),
        "portion_members": load("muscle_portion_members"),
        "metrics": load("metrics"),
    }


def shown(exercise, muscle, lens, **options):
    cells = cell_evidence(cell_measurements(**tables(), lenses=[lens], **options))
    return cells.set_index(["exercise_id", "muscle_id"]).loc[(exercise, muscle)]


class TestPublishedOrder:
    """Orders the sources print; a slip in a table or a rule would turn them round."""

    def test_copenhagen_above_side_lying_above_supine_adduction(self):
        values = [
            shown(exercise, "adductor_longus", "activity_peak")["value"]
            for exercise in (
                "copenhagen_adductor_plank",
                "side_lying_adduction",
                "supine_hip_adduction",
            )
        ]
        assert values == [108, 64, 14]

    def test_hip_thrust_above_squat_in_the_lower_gluteus_maximus(self):
        rows = tables()["measurements"].query(
            "study_id == 'contreras_2015a' and portion_id == 'gluteus_maximus_lower'"
        )
        values = rows.set_index(["metric", "variant_id"])["value"]
        for metric in ("mvic_percent_mean", "mvic_percent_peak"):
            thrust = values[metric, "barbell_hip_thrust_10rm"]
            assert thrust > values[metric, "barbell_back_squat_10rm"]

    def test_side_lying_abduction_above_clamshell_in_the_gluteus_medius(self):
        rows = tables()["measurements"].query(
            "study_id == 'distefano_2009' and portion_id == 'gluteus_medius'"
        )
        values = rows.set_index("variant_id")["value"]
        clams = values[["hip_clam_30deg_hip_flexion", "hip_clam_60deg_hip_flexion"]]
        assert values["side_lying_hip_abduction_bodyweight"] > clams.max()

    def test_running_forces_medius_above_maximus_above_adductors(self):
        forces = cell_evidence(cell_measurements(**tables(), lenses=["muscle_force"])).query(
            "exercise_id=='running_easy'"
        )
        forces = forces.set_index("muscle_id")["value"]
        adductors = forces[["adductor_longus", "adductor_magnus", "adductor_brevis_pectineus"]]
        assert forces["gluteus_medius"] > forces["gluteus_maximus"] > adductors.max()
        assert forces["gluteus_medius"] == pytest.approx(3.268)

    def test_gluteus_maximus_share_grows_with_squat_depth(self):
        shares = tables()["measurements"].query("metric == 'share_of_summed_emg_percent'")
        shares = shares.set_index("variant_id")["value"]
        assert (
            shares["partial_back_squat"]
            < shares["parallel_back_squat"]
            < shares["full_depth_back_squat"]
        )


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("limb", ["trained", "any"])
def test_real_cells_are_whole(lens, limb):
    cells = cell_evidence(
        cell_measurements(**tables(), lenses=[lens], limb=limb, include_single_person=True)
    )
    assert not cells.duplicated(["exercise_id", "muscle_id"]).any()
    assert not cells.isna().any(axis=None)
    assert (cells["value_low"] <= cells["value"]).all()
    assert (cells["value"] <= cells["value_high"]).all()
    assert (cells["grade"] != "not_verified").all()
    assert (cells["n_studies"] >= 1).all()
    behind = cell_measurements(**tables(), lenses=[lens], limb=limb, include_single_person=True)
    assert behind.groupby(["exercise_id", "muscle_id"])["metric"].nunique().eq(1).all()


def test_no_number_from_memory_counts_as_measured():
    rows = load("engagement_measurements")
    grade = grade_measurement(rows)
    assert (grade[rows["status"].eq("from_memory")] == "not_verified").all()
    assert rows["status"].eq("from_memory").any()


def test_matrix_has_every_cell_and_says_where_nothing_was_measured():
    roles = load("engagement_roles")
    cells = cell_evidence(cell_measurements(**tables(), lenses=["activity_mean"]))
    whole = matrix(load("exercises"), load("muscles"), roles, cells)
    assert len(whole) == len(load("exercises")) * len(load("muscles"))
    assert whole["role"].notna().all()
    assert (~whole["no_data"]).sum() == len(cells)
    empty = whole[whole["no_data"]]
    assert (empty["grade"] == EXPERT_ROLE).all()
    assert empty["value"].isna().all()
    assert (empty["n_studies"] == 0).all()
    assert not empty[["is_range", "is_group_value"]].any(axis=None)


def test_detail_lists_what_the_cell_leaves_out():
    detail = measurements_for(
        "side_lying_abduction",
        "gluteus_medius",
        **tables(),
        portions=load("muscle_portions"),
        studies=load("studies"),
    )
    grades = detail["grade"].tolist()
    assert grades == sorted(grades, key=GRADES.index)
    assert "not_verified" in grades
    assert detail["citation"].notna().all()
    assert {"Distefano et al. 2009", "Ekstrom et al. 2007"} <= set(detail["citation"])
    assert {81.0, 99.9, 36.6} <= set(detail["value"])
    assert detail["measurement_id"].is_unique


def test_detail_of_a_cell_without_measurements_is_empty():
    detail = measurements_for(
        "cossack_squat",
        "gracilis",
        **tables(),
        portions=load("muscle_portions"),
        studies=load("studies"),
    )
    assert detail.empty


def test_counts_leave_the_single_person_out():
    rows, variants = load("engagement_measurements"), load("exercise_variants")
    counts = count_measurements(rows, variants)
    assert counts.n_measurements == (~rows["is_single_person"]).sum()
    assert counts.n_single_person_left_out == rows["is_single_person"].sum() > 0
    assert counts.n_measurements == (
        counts.n_verified + counts.n_second_hand + counts.n_from_memory
    )
    without = count_measurements(rows[~rows["is_single_person"]], variants)
    assert without.n_exercises == counts.n_exercises
    assert without.n_studies == counts.n_studies


@pytest.mark.parametrize(
    ("low", "high", "label"),
    [
        (5, 5, "5"),
        (9.94, 9.94, "9.9"),
        (9.96, 9.96, "10"),
        (0, 0.04, "0 to 0.04"),
        (53.1, 53.4, "53"),
    ],
)
def test_value_label(low, high, label):
    assert value_label(low, high) == label
