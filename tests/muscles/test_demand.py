"""Joint torques, flags, bands and balances, against the tables themselves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.muscles import demand, physics
from spotcheck.muscles.demand import DIRECTIONS, Setting
from spotcheck.muscles.estimates import FLAGS, band_of
from spotcheck.tables import load

PHASES, TORQUES, STRENGTHS, MUSCLES = (
    load(f"leg_model_{name}") for name in ("phases", "torques", "strengths", "muscles")
)
DEMAND = demand.phase_demand(PHASES, TORQUES)
PEAKS = demand.peak_demand(DEMAND).set_index(["exercise_id", "direction"])
NAMES = load("exercises").set_index("exercise_id")["name"].to_dict()
FEW = ("copenhagen_adductor_plank", "back_squat_parallel", "forward_lunge", "leg_extension")


def poses_of(*codes):
    rows = (table[table["exercise_id"].isin(codes)] for table in (PHASES, TORQUES, STRENGTHS))
    return physics.poses(*rows)


POSES = poses_of(*FEW)
KEYS = sorted(POSES)
TORQUES_OF_FEW = TORQUES[TORQUES["exercise_id"].isin(FEW)]
AXES_OF = {key: demand.pose_axes(TORQUES_OF_FEW, *key) for key in KEYS}
TORQUE_ROWS = {
    (row["exercise_id"], row["phase"], row["axis"]): row
    for row in TORQUES_OF_FEW.to_dict("records")
}


@pytest.mark.parametrize(
    ("exercise", "direction", "expected"),
    [
        ("copenhagen_adductor_plank", "hip_adduction", 117),
        ("side_lying_adduction", "hip_adduction", 42),
        ("side_lying_abduction", "hip_abduction", 42),
        ("back_squat_parallel", "hip_extension", 134),
        ("back_squat_parallel", "knee_extension", 119),
        ("forward_lunge", "hip_extension", 75),
        ("forward_lunge", "knee_extension", 100),
    ],
)
def test_peaks_are_the_numbers_that_the_method_must_give(exercise, direction, expected):
    assert PEAKS.loc[(exercise, direction), "torque_nm"] == pytest.approx(expected, rel=0.02)


def test_every_free_torque_stands_once_in_its_direction():
    free = TORQUES[~TORQUES["is_held"] & TORQUES["axis"].ne("subtalar_inversion")]
    need = free["body_nm"] + free["load_nm"]
    assert DEMAND["torque_nm"].sum() == pytest.approx(need.abs().sum())
    assert len(DEMAND) == need.ne(0).sum()
    by_axis = free.assign(need=need).groupby("axis")["need"]
    for axis, (back, forth) in {
        "hip_flexion": ("hip_extension", "hip_flexion"),
        "hip_adduction": ("hip_abduction", "hip_adduction"),
        "knee_flexion": ("knee_extension", "knee_flexion"),
        "ankle_dorsiflexion": ("plantarflexion", "dorsiflexion"),
    }.items():
        own = by_axis.get_group(axis)
        total = DEMAND.groupby("direction")["torque_nm"].sum()
        assert total[back] == pytest.approx(-own[own < 0].sum())
        assert total[forth] == pytest.approx(own[own > 0].sum())


def test_the_peak_is_the_largest_phase_and_its_share_is_of_that_phase():
    for (exercise, direction), row in PEAKS.sample(60, random_state=1).iterrows():
        own = DEMAND[DEMAND["exercise_id"].eq(exercise) & DEMAND["direction"].eq(direction)]
        assert row["torque_nm"] == own["torque_nm"].max()
        if pd.notna(row["share"]):
            assert row["share"] == pytest.approx(row["torque_nm"] / row["reference_nm"])


def test_what_a_seat_holds_is_nobody_s_demand():
    held = TORQUES[TORQUES["is_held"] & TORQUES["axis"].eq("hip_flexion")].iloc[0]
    own = DEMAND[DEMAND["exercise_id"].eq(held["exercise_id"]) & DEMAND["phase"].eq(held["phase"])]
    assert not own["direction"].isin(["hip_flexion", "hip_extension"]).any()


def test_the_low_back_and_turning_have_no_share():
    without = DEMAND[DEMAND["direction"].isin(["lumbar", "hip_rotation"])]
    assert without["share"].isna().all()
    assert without["side"].ne("").all()
    assert DEMAND.drop(without.index)["share"].notna().all()


def test_flags_are_those_of_any_phase():
    letters = demand.flags_of(PHASES)
    for flag in FLAGS:
        flagged = set(PHASES.loc[PHASES[flag], "exercise_id"])
        assert {code for code in letters.index if demand.FLAG_LETTERS[flag] in letters[code]} == (
            flagged
        )


def test_the_finding_names_the_largest_torque():
    peaks = PEAKS.reset_index()
    own = peaks[peaks["direction"].eq("hip_abduction")].nlargest(1, "torque_nm").iloc[0]
    text = demand.finding(peaks, "hip_abduction", NAMES)
    assert NAMES[own["exercise_id"]] in text
    assert demand.amount(own["torque_nm"], own["share"]) in text
    nothing = demand.finding(peaks.iloc[:0], "hip_abduction", NAMES)
    assert nothing == "Hip abduction: no weight asks for it in these exercises"


def test_the_table_has_every_torque_with_its_load_and_cautions():
    planes = dict.fromkeys(NAMES, "sagittal")
    table = demand.demand_table(DEMAND, PHASES, NAMES, planes)
    assert len(table) == len(DEMAND)
    assert table["N m"].to_numpy() == pytest.approx(DEMAND["torque_nm"].round(1))
    flagged = set(PHASES.loc[PHASES[list(FLAGS)].any(axis=1), "exercise_id"].map(NAMES))
    assert set(table.loc[table["Caution"].ne(""), "Exercise"]) == flagged
    squat = table[table["Exercise"].eq(NAMES["back_squat_parallel"])]
    assert set(squat["Load"]) == {"a load of 1 body weight"}


def test_an_unknown_load_is_refused():
    with pytest.raises(ValueError, match="unit is 'stone'; allowed are none"):
        demand.load_words("stone", 3)


def test_every_direction_of_every_text_has_every_phase():
    texts = demand.hover_texts(
        DEMAND, demand.flags_of(PHASES), NAMES, dict.fromkeys(NAMES, "frontal")
    )
    assert len(texts) == len(PEAKS)
    text = texts[("back_squat_full", "knee_extension")]
    own = PHASES[PHASES["exercise_id"].eq("back_squat_full")]
    assert all(title in text for title in own["title"])
    assert "Flag: " in text


def test_bands_at_the_start_are_the_estimates():
    estimates = load("leg_model_estimates")
    for code in FEW:
        own = [POSES[key] for key in KEYS if key[0] == code]
        table = estimates[estimates["exercise_id"].eq(code)].set_index("muscle_id")
        bands = demand.muscle_bands(own, MUSCLES, table["is_fit"]).set_index("muscle_id")
        assert bands["before"].to_dict() == pytest.approx(table["mean_percent"].to_dict(), abs=0.06)
        assert bands["is_fit"].to_dict() == table["is_fit"].to_dict()
        assert (bands["now"] == bands["before"]).all()
        assert bands["band_now"].tolist() == [band_of(one) for one in bands["now"]]


SETTINGS = st.builds(Setting, st.floats(0, 1.2), st.floats(40, 150), st.floats(0.5, 2))


@given(st.sampled_from(KEYS), SETTINGS, st.integers(0, 5))
def test_what_asks_is_what_holds(key, setting, place):
    axes = AXES_OF[key]
    axis = axes[place % len(axes)]
    rows = demand.balance(POSES[key], axes, axis, MUSCLES, setting)
    asks = rows["kind"].eq("asks")
    asked = rows.loc[asks, "torque_nm"].sum()
    assert asked >= 0
    # Bundles of less than a twentieth of a newton metre have no row.
    assert rows.loc[~asks, "torque_nm"].sum() == pytest.approx(asked, abs=0.05 * 40)
    row = TORQUE_ROWS[(*key, axis)]
    if POSES[key].load_unit == "body_weight":
        need = setting.body_weight_kg / 75 * (row["body_nm"] + setting.load * row["load_nm"])
        assert asked == pytest.approx(abs(need))


@given(st.sampled_from(KEYS), st.floats(0.5, 2), st.floats(0.5, 2))
def test_stronger_legs_need_no_more_of_themselves(key, one, two):
    weaker, stronger = sorted((one, two))
    pose = POSES[key]
    efforts = [
        np.square(physics.activation(pose, 0.5, 75.0, strength).activation).sum()
        for strength in (weaker, stronger)
    ]
    if pose.load_unit != "relative":
        assert efforts[1] <= efforts[0] + 1e-6


def test_a_balance_of_an_axis_that_is_held_is_refused():
    key = next(key for key in KEYS if key[0] == "leg_extension")
    axes = AXES_OF[key]
    held = next(axis for axis in physics.AXES if axis not in axes)
    with pytest.raises(ValueError, match=f"axis is '{held}'; allowed are"):
        demand.balance(POSES[key], axes, held, MUSCLES)


def test_the_balance_names_the_largest_muscle():
    key = ("copenhagen_adductor_plank", "top")
    rows = demand.balance(POSES[key], AXES_OF[key], "hip_adduction", MUSCLES)
    assert demand.balance_finding(rows, "Hip adduction").startswith("Hip adduction, 118")
    assert "adductor longus gives the largest part" in demand.balance_finding(rows, "x")
    assert demand.left_over(rows, "hip_adduction") == 0
    short = rows.assign(torque_nm=rows["torque_nm"].where(rows["kind"].ne("reserve"), 3.0))
    assert demand.left_over(short, "hip_adduction") == 3
    assert demand.left_over(short, "hip_rotation") == 0


def test_words_of_the_bands():
    names = {"a": "Soleus", "b": "Sartorius", "c": "Gracilis"}
    bands = pd.DataFrame(
        {
            "muscle_id": list("abc"),
            "before": [5.0, 50.0, 45.0],
            "now": [20.0, 90.0, 30.0],
            "band_before": ["none", "moderate", "moderate"],
            "band_now": ["low", "high", "low"],
            "is_fit": [True, False, True],
        }
    )
    assert demand.bands_finding(bands, names) == "Low: gracilis, soleus"
    changed = demand.bands_change(bands, names)
    assert changed == "Up a band: soleus, sartorius. Down a band: gracilis."
    still = bands.assign(now=bands["before"], band_now=bands["band_before"])
    assert demand.bands_change(still, names) == "As at the start."
    assert demand.bands_finding(bands.assign(band_now="none"), names) == (
        "Balance needs little of any muscle here"
    )


def test_directions_of_an_axis_come_back():
    for code, direction in DIRECTIONS.items():
        for axis, sign in direction.turns:
            assert demand.direction_of(axis, sign or 1) == code
    assert demand.direction_of("subtalar_inversion", 1) is None
