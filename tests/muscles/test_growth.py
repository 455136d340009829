"""Growth in words: every figure of a sentence is one of the table."""

import pytest

from spotcheck import measured
from spotcheck.muscles import growth
from spotcheck.muscles.order import evidence_of
from spotcheck.tables import load
from spotcheck.wording import NBSP

TABLES = (
    *("training_outcomes", "exercises", "muscles", "muscle_portions"),
    *("muscle_portion_members", "metrics", "studies"),
)
OTHERS = [load(name) for name in ("muscle_portion_members", "muscles", "metrics")]
ROLES = load("engagement_roles")


@pytest.fixture(scope="module")
def rows():
    return growth.outcome_rows(*map(load, TABLES))


@pytest.fixture(scope="module")
def cells():
    return {lens: evidence_of(lens, measured.cells()) for lens in growth.EMG_LENSES}


def plain(text):
    return text.replace(NBSP, " ")


def of_scale(rows, scale):
    return rows[rows["outcome"].eq(scale)]


def test_every_outcome_is_there_once_and_scales_stand_together(rows):
    outcomes = load("training_outcomes")
    assert sorted(rows["outcome_id"]) == sorted(outcomes["outcome_id"])
    assert list(rows["outcome"].drop_duplicates()) == list(growth.SCALES)
    assert set(outcomes["outcome"]) == set(growth.SCALES)


def test_ends_are_the_interval_or_one_standard_deviation(rows):
    by_id = rows.set_index("outcome_id")
    assert by_id.loc["t01", ["low", "high"]].tolist() == pytest.approx([3.6, 8.8])
    assert by_id.loc["t14", ["low", "high"]].tolist() == [1.2, 3.9]
    assert by_id.loc[["t04", "t11"], ["low", "high"]].isna().all(axis=None)


def test_a_row_without_a_number_says_what_its_study_says(rows):
    by_id = rows.set_index("outcome_id")
    assert by_id["figure"]["t04"] == "No change reported"
    assert by_id["figure"]["t13"] == "Thickness rose in both groups"
    assert (rows.loc[rows["value"].isna(), "spread"] == "no number").all()
    assert plain(by_id["figure"]["t01"]) == "+6.2 %"
    assert plain(by_id["people"]["t01"]) == "n 8, male, 10 weeks"
    assert "sex not seen" in by_id["people"]["t11"]


def test_findings_are_the_widest_contrast_of_each_scale(rows):
    volume, thickness, difference = (
        plain(growth.finding(of_scale(rows, scale))) for scale in growth.SCALES
    )
    assert volume == (
        "Gluteus maximus grew by 6.7 % with the full back squat, by 2.2 % with the half squat"
    )
    assert thickness == "Copenhagen plank: 17.8 to 18.4 % thicker in one study, " + (
        "no added effect in another"
    )
    assert difference == (
        "Back squat training grew the quadriceps by 3.6 cm² and the adductor group by 2.5 cm² "
        "more than hip thrust training did"
    )


def test_findings_follow_what_is_shown(rows):
    of_thigh = rows[rows["portion_id"].eq("adductor_group")]
    assert plain(growth.finding(of_scale(of_thigh, "muscle_volume_change"))) == (
        "Adductor group grew by 6.2 % with the full back squat, by 2.7 % with the half squat"
    )
    one = rows[rows["outcome_id"].isin(["t01"])]
    assert plain(growth.finding(one)) == "Full back squat: 6.2 % larger in one study"
    silent = rows[rows["outcome_id"].isin(["t04"])]
    assert growth.finding(silent) == "Full back squat: no number was printed"


def test_the_contrast_holds_the_labels_of_the_cells(rows, cells):
    mean = cells["activity_mean"]
    title, sentence = growth.contrast(rows, mean)
    assert title.endswith("yet the buttocks grew alike")
    of_muscle = mean[mean["muscle_id"].eq("gluteus_maximus")].set_index("exercise_id")
    for exercise in ("back_squat_parallel", "hip_thrust"):
        assert f"{of_muscle['label'][exercise]} in the " in sentence


def test_the_contrast_is_dropped_when_it_does_not_hold(rows, cells):
    mean = cells["activity_mean"]
    assert growth.contrast(rows[rows["portion_id"].ne("gluteal_group")], mean) is None
    assert growth.contrast(rows, mean[mean["exercise_id"].ne("hip_thrust")]) is None
    overlapping = mean.assign(value_low=0.0)
    assert growth.contrast(rows, overlapping) is None


def test_role_and_activity_stand_beside_in_words(rows, cells):
    every = cells["activity_mean"]
    row = rows.set_index("outcome_id", drop=False).loc["t15"].to_dict()
    text = growth.beside(row, ROLES, every, *OTHERS)
    assert "leads: vastus lateralis, vastus medialis, vastus intermedius" in text
    assert "helps: rectus femoris" in text
    of_exercise = every[every["exercise_id"].eq("back_squat_parallel")].set_index("muscle_id")
    assert f"vastus lateralis {of_exercise['label']['vastus_lateralis']}" in text


def test_nothing_measured_is_not_zero(rows, cells):
    row = rows.set_index("outcome_id", drop=False).loc["t01"].to_dict()
    text = growth.beside(row, ROLES, cells["activity_mean"], *OTHERS)
    assert text.endswith("EMG: none of the plain exercise that we know of, which is not zero.")


def test_exercises_with_the_same_words_share_a_line(rows, cells):
    lines = growth.beside_lines(
        of_scale(rows, "muscle_volume_change"), ROLES, cells["activity_mean"], *OTHERS
    )
    of_adductors = [line for line in lines if line.startswith("**Adductor group**")]
    assert len(of_adductors) == 1
    assert "full back squat and half squat" in of_adductors[0]


def test_each_study_is_named_once(rows):
    lines = growth.source_lines(rows)
    assert [line[0] for line in lines] == list(rows["study_id"].drop_duplicates())
    assert all(status == "verified" for _, status, _ in lines)


def test_the_table_keeps_the_numbers(rows):
    table = growth.outcome_table(rows)
    assert table["Value"].tolist() == pytest.approx(rows["value"].tolist(), nan_ok=True)
    assert len(table) == len(load("training_outcomes"))
