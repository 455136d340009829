"""The rule for roles, on small tables and on the committed ones."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.muscles.roles import OPPOSED_ACTIONS, ROLE_OF_REASON, derive_roles

DATA = Path(__file__).resolve().parents[2] / "data"
ADDUCTORS = ["adductor_longus", "adductor_magnus", "adductor_brevis_pectineus", "gracilis"]
VASTI = ["vastus_lateralis", "vastus_medialis", "vastus_intermedius"]
HAMSTRINGS = ["biceps_femoris_lh", "biceps_femoris_sh", "semitendinosus", "semimembranosus"]
TWO_JOINT_HAMSTRINGS = ["biceps_femoris_lh", "semitendinosus", "semimembranosus"]


def read(name):
    return pd.read_csv(DATA / f"{name}.csv")


@pytest.fixture(scope="module")
def demands():
    return read("exercise_demands")


@pytest.fixture(scope="module")
def actions():
    return read("muscle_actions")


@pytest.fixture(scope="module")
def roles():
    return read("engagement_roles").set_index(["exercise_id", "muscle_id"])


def demand_table(*rows):
    return pd.DataFrame(
        [("exercise", *row) for row in rows], columns=["exercise_id", "joint_action", "demand"]
    )


def action_table(*rows):
    return pd.DataFrame(rows, columns=["muscle_id", "joint", "joint_action", "contribution"])


THIGH = action_table(
    ("vastus", "knee", "knee_extension", "largest"),
    ("rectus", "knee", "knee_extension", "largest"),
    ("rectus", "hip", "hip_flexion", "largest"),
    ("hamstring", "hip", "hip_extension", "largest"),
    ("hamstring", "knee", "knee_flexion", "largest"),
    ("gastrocnemius", "knee", "knee_flexion", "contributes"),
    ("gastrocnemius", "ankle", "ankle_plantarflexion", "largest"),
    ("tensor", "hip", "hip_flexion", "contributes"),
    ("tensor", "hip", "hip_abduction", "contributes"),
    ("gluteus", "hip", "hip_extension", "largest"),
    ("soleus", "ankle", "ankle_plantarflexion", "largest"),
)


def reasons(*demand_rows):
    derived = derive_roles(demand_table(*demand_rows), THIGH)
    return derived.set_index("muscle_id")["reason"].to_dict()


def test_committed_roles_are_what_the_rule_gives(demands, actions):
    pd.testing.assert_frame_equal(derive_roles(demands, actions), read("engagement_roles"))


def test_one_joint_exercise():
    assert reasons(("knee_extension", "main")) == {
        "vastus": "main_action_largest",
        "rectus": "main_action_largest",
        "hamstring": "opposes_main_action",
        "gastrocnemius": "opposes_main_action",
        "tensor": "no_loaded_joint",
        "gluteus": "no_loaded_joint",
        "soleus": "no_loaded_joint",
    }


def test_two_joint_muscles_in_a_squat():
    found = reasons(("knee_extension", "main"), ("hip_extension", "main"))
    assert found["vastus"] == found["gluteus"] == "main_action_largest"
    assert found["rectus"] == found["hamstring"] == "main_action_two_joint_conflict"
    assert found["gastrocnemius"] == "opposes_main_action"


def test_opposite_main_actions_of_one_joint_are_phases_not_a_conflict():
    found = reasons(("hip_extension", "main"), ("hip_flexion", "main"))
    assert found["hamstring"] == found["rectus"] == "main_action_largest"


def test_a_small_opposing_pull_is_no_conflict():
    found = reasons(("knee_extension", "main"), ("ankle_plantarflexion", "main"))
    assert found["gastrocnemius"] == "main_action_largest"


def test_helping_a_secondary_action_wins_over_opposing_the_main_one():
    found = reasons(("hip_extension", "main"), ("knee_extension", "secondary"))
    assert found["rectus"] == "secondary_action"


def test_holding_wins_over_opposing_the_main_action():
    found = reasons(("hip_extension", "main"), ("hip_abduction", "stabilize"))
    assert found["tensor"] == "stabilizing_action"


def test_the_demand_that_decided_is_named():
    derived = derive_roles(
        demand_table(("hip_extension", "main"), ("knee_extension", "secondary")), THIGH
    ).set_index("muscle_id")["joint_action"]
    assert derived["rectus"] == "knee_extension"
    assert derived["tensor"] == "hip_extension"
    assert pd.isna(derived["soleus"])


def test_muscles_at_a_loaded_joint_without_a_demand_of_their_own_steady_it():
    assert reasons(("hip_abduction", "main"))["gluteus"] == "crosses_loaded_joint"


@pytest.mark.parametrize(
    ("demand_row", "action_row", "message"),
    [
        (("knee_extension", "most"), THIGH, "demand is 'most'; allowed are main"),
        (("knee_rotation", "main"), THIGH, "joint_action is 'knee_rotation'"),
        (("knee_extension", "secondary"), THIGH, "'exercise' has no main demand"),
        (
            ("knee_extension", "main"),
            action_table(("vastus", "knee", "knee_extension", "huge")),
            "contribution is 'huge'; allowed are largest",
        ),
    ],
)
def test_errors_name_the_value(demand_row, action_row, message):
    with pytest.raises(ValueError, match=message):
        derive_roles(demand_table(demand_row), action_row)


@given(
    levels=st.dictionaries(
        st.sampled_from(sorted(set(THIGH["joint_action"]))),
        st.sampled_from(["main", "secondary", "stabilize"]),
        min_size=1,
    ).filter(lambda levels: "main" in levels.values())
)
def test_every_cell_gets_one_role_that_fits_its_reason(levels):
    derived = derive_roles(demand_table(*levels.items()), THIGH)
    assert derived["muscle_id"].tolist() == THIGH["muscle_id"].unique().tolist()
    assert (derived["reason"].map(ROLE_OF_REASON) == derived["role"]).all()
    joint = THIGH.drop_duplicates("joint_action").set_index("joint_action")["joint"]
    loaded = {joint[action] for action in levels}
    crossed = THIGH.groupby("muscle_id")["joint"].agg(set)
    idle = set(crossed.index[crossed.map(lambda joints: not joints & loaded)])
    assert set(derived.loc[derived["role"] == "none", "muscle_id"]) == idle


def test_opposition_is_mutual_and_stays_in_one_joint():
    for action, opposed in OPPOSED_ACTIONS.items():
        for other in opposed:
            assert action in OPPOSED_ACTIONS[other]
            assert action.split("_")[0] == other.split("_")[0]


def test_every_exercise_has_a_prime_mover_and_every_muscle_is_one_somewhere(roles):
    prime = roles[roles["role"] == "prime_mover"].reset_index()
    assert set(prime["exercise_id"]) == set(read("exercises")["exercise_id"])
    # Some muscles only ever help: that is a finding of the table, so it is spelled out.
    assert set(read("muscles")["muscle_id"]) - set(prime["muscle_id"]) == {
        "tensor_fasciae_latae",
        "sartorius",
        "tibialis_anterior",
        "transversus_abdominis",
        "multifidus",
    }


def test_none_means_that_no_loaded_joint_is_crossed(roles, demands, actions):
    joint = actions.drop_duplicates("joint_action").set_index("joint_action")["joint"]
    loaded = demands.assign(joint=demands["joint_action"].map(joint))
    loaded = loaded.groupby("exercise_id")["joint"].agg(set)
    crossed = actions.groupby("muscle_id")["joint"].agg(set)
    for (exercise, muscle), role in roles["role"].items():
        assert (role == "none") == (not loaded[exercise] & crossed[muscle]), (exercise, muscle)


PRIME, SYNERGIST, STABILIZER, ANTAGONIST = "prime_mover", "synergist", "stabilizer", "antagonist"


@pytest.mark.parametrize(
    ("exercise", "muscles", "allowed"),
    [
        ("leg_extension", [*VASTI, "rectus_femoris"], {PRIME}),
        ("leg_extension", HAMSTRINGS, {ANTAGONIST}),
        ("leg_extension", ["adductor_longus", "gluteus_maximus", "soleus"], {"none"}),
        ("leg_curl", HAMSTRINGS, {PRIME}),
        ("nordic_hamstring_curl", HAMSTRINGS, {PRIME}),
        ("copenhagen_adductor_plank", ADDUCTORS, {PRIME}),
        ("copenhagen_adductor_plank", ["obliques"], {SYNERGIST}),
        ("seated_adductor_machine", ADDUCTORS, {PRIME}),
        ("side_lying_abduction", ["gluteus_medius"], {PRIME}),
        ("side_lying_abduction", ADDUCTORS, {ANTAGONIST}),
        ("clamshell", ["gluteus_medius", "gluteus_maximus"], {PRIME}),
        ("standing_calf_raise", ["gastrocnemius", "soleus"], {PRIME}),
        ("standing_calf_raise", ["tibialis_anterior"], {ANTAGONIST}),
        ("seated_calf_raise", ["soleus"], {PRIME}),
        ("seated_calf_raise", ["gastrocnemius"], {SYNERGIST}),
        ("back_squat_parallel", [*VASTI, "gluteus_maximus"], {PRIME}),
        ("back_squat_parallel", ["adductor_magnus"], {PRIME, SYNERGIST}),
        ("back_squat_full", [*TWO_JOINT_HAMSTRINGS, "rectus_femoris"], {SYNERGIST}),
        ("single_leg_squat", ["gluteus_medius"], {STABILIZER}),
        ("lateral_lunge", ADDUCTORS, {PRIME, SYNERGIST}),
        ("romanian_deadlift", [*TWO_JOINT_HAMSTRINGS, "gluteus_maximus"], {PRIME}),
        ("hip_thrust", ["gluteus_maximus"], {PRIME}),
        ("hip_thrust", ["iliopsoas"], {ANTAGONIST}),
        ("front_plank", ["rectus_abdominis"], {PRIME}),
        ("side_plank", ["obliques", "gluteus_medius"], {PRIME}),
        ("hanging_leg_raise", ["iliopsoas", "rectus_abdominis"], {PRIME}),
        ("running_easy", ADDUCTORS, {SYNERGIST, STABILIZER}),
        ("running_easy", ["gluteus_medius"], {STABILIZER}),
        ("running_easy", ["soleus", "gastrocnemius", *VASTI], {PRIME}),
        ("sprint_flat", ["gluteus_maximus", "iliopsoas", *TWO_JOINT_HAMSTRINGS], {PRIME}),
        ("running_uphill", ["gluteus_maximus"], {PRIME}),
        ("running_downhill", VASTI, {PRIME}),
    ],
)
def test_known_anatomy(roles, exercise, muscles, allowed):
    found = {muscle: roles.loc[(exercise, muscle), "role"] for muscle in muscles}
    assert set(found.values()) <= allowed, found
