"""The tables of the leg model fit each other, and keep the laws of statics."""

import ast
import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from spotcheck.tables import DATA_DIR, Package

ROOT = Path(__file__).resolve().parent.parent
KEYS = ["exercise_id", "phase"]
HELD_OUT = {
    "clamshell",
    "bird_dog",
    "deadlift_conventional",
    "deadlift_sumo",
    "front_squat",
    "step_up_lateral",
    "bulgarian_split_squat",
    "nordic_hamstring_curl",
    "front_plank",
    "lateral_band_walk",
}


@pytest.fixture(scope="module")
def tables():
    package = Package(DATA_DIR)
    return {name: package.load(name) for name in package.names if name.startswith("leg_model")}


@pytest.fixture(scope="module")
def need(tables):
    """Torque at the nominal load by exercise, phase and axis."""
    torques = tables["leg_model_torques"].set_index([*KEYS, "axis"])
    return torques["body_nm"] + torques["load_nm"]


def test_every_exercise_is_posed_or_left_out_with_a_reason(tables):
    posed = set(tables["leg_model_phases"]["exercise_id"])
    left = set(tables["leg_model_left_out"]["exercise_id"])
    exercises = pd.read_csv(DATA_DIR / "exercises.csv")
    assert not posed & left
    assert posed | left == set(exercises["exercise_id"])
    assert len(posed) >= 50
    assert exercises.loc[exercises["is_running_form"], "exercise_id"].isin(left).all()


def test_every_exercise_has_one_to_four_phases(tables):
    counts = tables["leg_model_phases"].groupby("exercise_id").size()
    assert counts.between(1, 4).all()


def test_the_held_out_exercises_are_all_posed(tables):
    phases = tables["leg_model_phases"]
    assert set(phases.loc[phases["is_held_out"], "exercise_id"]) == HELD_OUT


def test_inputs_and_results_have_the_same_poses(tables):
    posed = tables["leg_model_phases"].set_index(KEYS).index
    for name in ("poses", "torques", "strengths"):
        assert set(tables[f"leg_model_{name}"].set_index(KEYS).index) == set(posed), name
    for name in ("loads", "supports", "free_axes", "conditions"):
        assert set(tables[f"leg_model_{name}"].set_index(KEYS).index) <= set(posed), name


def test_conditions_speak_of_known_points(tables):
    known = set(tables["leg_model_anchors"]["anchor"])
    known |= {"centre_of_mass", "heels", "balls", "hands"}
    conditions = tables["leg_model_conditions"]
    for column in ("subject", "first", "second"):
        assert set(conditions[column].dropna()) <= known
    assert conditions["second"].notna().eq(conditions["kind"].eq("share")).all()


def test_flags_follow_from_the_numbers(tables):
    phases = tables["leg_model_phases"]
    inside = phases["hip_flexion_deg"].between(-20, 105)
    inside &= phases["knee_flexion_deg"].between(0, 105)
    assert phases["is_outside_range"].eq(~inside).all()
    assert phases["is_set_by_load"].eq(phases["load_unit"].eq("relative")).all()
    assert phases["nominal_load"].eq(0).eq(phases["load_unit"].eq("none")).all()
    flags = ["is_outside_range", "is_bound_hit", "is_large_reserve"]
    flagged = phases.groupby("exercise_id")[flags].any().any(axis=1)
    estimates = tables["leg_model_estimates"]
    assert estimates["is_flagged"].eq(estimates["exercise_id"].map(flagged)).all()


def test_only_the_gluteus_maximus_loses_its_fitness_in_deep_flexion(tables):
    estimates, phases = tables["leg_model_estimates"], tables["leg_model_phases"]
    fit = (
        tables["leg_model_muscles"].dropna(subset="muscle_id").groupby("muscle_id")["is_fit"].all()
    )
    expected = estimates["muscle_id"].map(fit)
    deepest = estimates["exercise_id"].map(phases.groupby("exercise_id")["hip_flexion_deg"].max())
    expected &= ~(estimates["muscle_id"].eq("gluteus_maximus") & deepest.ge(90))
    assert estimates["is_fit"].eq(expected).all()


def test_the_numbers_of_the_prototype_come_out_but_for_its_unsettled_hip_thrust(tables):
    checks = tables["leg_model_checks"]
    away = 100 * (checks["value"] / checks["expected"] - 1).abs()
    assert checks["is_passed"].eq(away <= checks["tolerance_percent"]).all()
    failed = checks[~checks["is_passed"]]
    assert set(failed["check_id"]) == {"thrust_hip", "thrust_knee"}
    assert failed["note"].notna().all()
    assert checks["tolerance_percent"].max() <= 2


def test_checks_are_the_torques_of_the_table(tables, need):
    value = tables["leg_model_checks"].set_index("check_id")["value"]
    assert value["copenhagen_ankle"] == pytest.approx(
        need["copenhagen_adductor_plank", "top", "hip_adduction"], abs=0.01
    )
    assert value["squat_knee"] == pytest.approx(
        -need["back_squat_parallel", "parallel", "knee_flexion"], abs=0.01
    )
    assert value["copenhagen_ankle"] > value["copenhagen_knee"]


def test_a_bar_adds_to_what_the_body_needs(need):
    for phase in ("quarter", "half", "parallel"):
        for axis in ("hip_flexion", "knee_flexion"):
            bare, bar = (
                need["bodyweight_squat", phase, axis],
                need["back_squat_parallel", phase, axis],
            )
            assert bar < bare < 0


def test_torque_adds_up_to_muscles_tissue_and_reserves(tables):
    """No axis needs more than its muscles can give, unless the pose is flagged for it."""
    limit = tables["leg_model_phases"].set_index(KEYS)["activation_limit"]
    strengths = tables["leg_model_strengths"]
    most = strengths["torque_nm"].clip(lower=0).groupby([strengths[key] for key in [*KEYS, "axis"]])
    least = (
        strengths["torque_nm"].clip(upper=0).groupby([strengths[key] for key in [*KEYS, "axis"]])
    )
    torques = tables["leg_model_torques"].query("not is_held").dropna(subset="passive_nm")
    torques = torques.set_index([*KEYS, "axis"])
    active = torques["body_nm"] + torques["load_nm"] - torques["passive_nm"]
    bound = limit.reindex(active.index.droplevel("axis")).to_numpy()
    over = (active - bound * most.sum().reindex(active.index).fillna(0)).clip(lower=0)
    under = (bound * least.sum().reindex(active.index).fillna(0) - active).clip(lower=0)
    short = (over + under)[lambda values: values > 2].index.droplevel("axis")
    flags = tables["leg_model_phases"].set_index(KEYS)[["is_bound_hit", "is_large_reserve"]]
    assert flags.loc[short].any(axis=1).all()


def test_references_stand_in_the_direction_needed(tables, need):
    torques = tables["leg_model_torques"].set_index([*KEYS, "axis"])
    with_reference = torques["reference_nm"].notna()
    axes = with_reference.groupby(level="axis").mean()
    assert set(axes[axes.eq(1)].index) == {
        "hip_flexion",
        "hip_adduction",
        "knee_flexion",
        "ankle_dorsiflexion",
    }
    assert axes[axes.ne(1)].eq(0).all()
    adduction = torques.xs("hip_adduction", level="axis")["reference_nm"]
    expected = np.where(need.xs("hip_adduction", level="axis") >= 0, 165.0, 150.0)
    np.testing.assert_array_equal(adduction, expected)


def test_lumbar_torque_is_only_given_where_supports_are_known(tables):
    torques = tables["leg_model_torques"]
    lumbar = torques[torques["axis"].str.startswith("lumbar")]
    supported = set(tables["leg_model_supports"].set_index(KEYS).index)
    assert set(lumbar.set_index(KEYS).index) == supported


def test_checksums_are_those_of_the_files(tables):
    for row in tables["leg_model_checksums"].itertuples():
        content = (DATA_DIR / f"{row.table}.csv").read_bytes()
        assert hashlib.sha256(content).hexdigest() == row.sha256, row.table


def test_versions_are_the_pinned_ones(tables):
    pins = (ROOT / "scripts" / "requirements-musculoskeletal.txt").read_text().splitlines()
    pinned = dict(line.split("==") for line in pins if "==" in line)
    for row in tables["leg_model_versions"].itertuples():
        assert pinned[row.package] == row.version


def test_licence_and_notice_stand_beside_the_tables():
    folder = DATA_DIR / "licences"
    assert "Apache License" in (folder / "Apache-2.0.txt").read_text()
    notice = (folder / "NOTICE.txt").read_text()
    for words in ("MuscleMimic Models 1.0.6", "Rajagopal", "Bruno", "CC BY 3.0", "de Leva"):
        assert words in notice


def test_the_app_never_imports_the_builders_packages():
    heavy = {"mujoco", "musclemimic_models", "trimesh", "fast_simplification"}
    files = [*(ROOT / "spotcheck").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not heavy & {name.split(".")[0] for name in names}, file
