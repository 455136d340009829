"""The tables of muscles, exercises and roles hold together."""

from pathlib import Path

import pandas as pd
import pytest

from spotcheck.muscles.roles import CODED_BY, ROLE_OF_REASON

DATA = Path(__file__).resolve().parent.parent / "data"
GROUPS = [
    "inner_thigh",
    "front_thigh",
    "back_of_thigh",
    "buttock",
    "hip_flexors",
    "calf",
    "shin",
    "core",
]


def read(name):
    return pd.read_csv(DATA / f"{name}.csv", dtype={"activity_code": "str"})


@pytest.fixture(scope="module")
def muscles():
    return read("muscles")


@pytest.fixture(scope="module")
def exercises():
    return read("exercises")


def test_sizes(muscles, exercises):
    assert len(muscles) == 26
    assert len(exercises) >= 64
    assert len(read("engagement_roles")) == len(muscles) * len(exercises)


def test_sequences_count_up_and_keep_groups_and_families_together(muscles, exercises):
    for table, group in ((muscles, "muscle_group"), (exercises, "family")):
        assert table["sequence"].tolist() == list(range(1, len(table) + 1))
        changes = (table[group] != table[group].shift()).sum()
        assert changes == table[group].nunique()
        assert not table[[group, f"{group}_label"]].drop_duplicates()[group].duplicated().any()
    assert muscles["muscle_group"].unique().tolist() == GROUPS


def test_short_names_fit_their_axes(muscles, exercises):
    assert muscles["short_name"].str.len().max() <= 12
    assert exercises["short_name"].str.len().max() <= 24


def test_running_forms(exercises):
    assert exercises.loc[exercises["is_running_form"], "exercise_id"].tolist() == [
        "running_easy",
        "running_tempo",
        "sprint_flat",
        "running_uphill",
        "running_downhill",
        "running_intervals",
    ]


def test_every_exercise_has_its_link_rows(exercises):
    for name in ("exercise_planes", "exercise_equipment", "exercise_demands"):
        assert set(read(name)["exercise_id"]) == set(exercises["exercise_id"])
    planes = read("exercise_planes")
    assert (planes.groupby("exercise_id")["is_main"].sum() == 1).all()


def test_required_none_stands_alone(exercises):
    equipment = read("exercise_equipment")
    bare = equipment.query("equipment == 'none' and requirement == 'required'")["exercise_id"]
    count = equipment.groupby("exercise_id").size()
    assert (count[bare] == 1).all()
    alternatives = equipment[equipment["requirement"] == "alternative"]
    assert (alternatives.groupby("exercise_id").size() >= 2).all()


def test_easier_exercises_lead_to_an_end(exercises):
    easier = exercises.set_index("exercise_id")["easier_exercise_id"].dropna().to_dict()
    for start in easier:
        seen = [start]
        while seen[-1] in easier:
            assert easier[seen[-1]] not in seen, seen
            seen.append(easier[seen[-1]])


def test_minutes_follow_the_stated_rule(exercises):
    equipment = read("exercise_equipment")
    barbell = equipment.query("equipment == 'barbell' and requirement == 'required'")["exercise_id"]
    sides = exercises["laterality"].map({"bilateral": 1, "unilateral": 2, "alternating": 2})
    work = exercises["contraction"].map(lambda kind: 0.5 if kind == "isometric" else 0.75) * sides
    rest = exercises["exercise_id"].isin(barbell).map({True: 2.0, False: 1.0})
    expected = (work + rest).where(exercises["category"] == "strength", 20.0)
    assert (exercises["minutes_per_set"] == expected).all()


def test_activity_code_and_match_come_together(exercises):
    assert (exercises["activity_code"].isna() == exercises["met_match"].isna()).all()
    known = read("activities")["activity_code"]
    assert set(exercises["activity_code"].dropna()) <= set(known)


def test_muscle_actions_agree_on_joint_and_plane():
    actions = read("muscle_actions")
    facts = actions[["joint_action", "joint", "plane"]].drop_duplicates()
    assert not facts["joint_action"].duplicated().any()
    assert (actions["study_id"].isna() == actions["status"].isna()).all()


def test_cited_studies_exist():
    known = set(read("studies")["study_id"])
    for name in ("muscle_actions", "exercise_demands"):
        assert set(read(name)["study_id"].dropna()) <= known


def test_reasons_are_those_of_the_rule():
    reasons = read("role_reasons")
    assert dict(zip(reasons["reason"], reasons["role"], strict=True)) == ROLE_OF_REASON
    assert reasons["reason"].tolist() == list(ROLE_OF_REASON)
    assert reasons["precedence"].tolist() == list(range(1, len(ROLE_OF_REASON) + 1))


def test_roles_say_who_coded_them():
    assert set(read("engagement_roles")["coded_by"]) == {CODED_BY}


def test_drawing_shows_every_muscle_on_both_sides_with_a_label(muscles):
    drawn, labels = read("body_regions"), read("body_region_labels")
    shown = set(drawn.loc[drawn["layer"] == 4, "muscle_id"])
    assert shown == set(labels["muscle_id"]) == set(muscles["muscle_id"])
    assert drawn.loc[drawn["layer"] < 4, "muscle_id"].isna().all()
    columns = ["view", "muscle_id", "side"]
    drawn_keys = drawn.loc[drawn["layer"] == 4, columns].drop_duplicates()
    assert len(drawn_keys.merge(labels, on=columns)) == len(drawn_keys) == len(labels)


def test_outlines_are_closed_in_order():
    outlines = read("body_regions").groupby(["view", "region_id", "side"])["point_index"]
    assert outlines.apply(lambda index: index.tolist() == list(range(len(index)))).all()
