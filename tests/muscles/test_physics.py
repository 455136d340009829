"""The live solver finds the optimum, and its settings move the answer the way bodies do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from spotcheck.muscles import physics
from spotcheck.tables import DATA_DIR, Package

SCALE = np.array([1.0, 1.0, 20.0, 1.0, 1.0, 10.0])


@pytest.fixture(scope="module")
def package():
    return Package(DATA_DIR)


@pytest.fixture(scope="module")
def poses(package):
    return physics.poses(
        package.load("leg_model_phases"),
        package.load("leg_model_torques"),
        package.load("leg_model_strengths"),
    )


def reference(torque, strength, upper, scale):
    """The same optimum by scipy's bounded least squares."""
    rows = np.vstack([np.eye(strength.shape[1]), strength / scale[:, None]])
    goal = np.concatenate([np.zeros(strength.shape[1]), torque / scale])
    return lsq_linear(rows, goal, bounds=(0, upper), method="bvls", tol=1e-14, max_iter=5000).x


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000), size=st.sampled_from([1, 30, 300]), upper=st.sampled_from([1, 2])
)
def test_solver_finds_the_optimum_of_bounded_least_squares(seed, size, upper):
    draw = np.random.default_rng(seed)
    strength = draw.normal(size=(6, 40)) * draw.choice([0, 1, 20], size=(6, 40))
    torque = draw.normal(size=6) * size
    shares = physics.solve(torque, strength, upper, SCALE)
    np.testing.assert_allclose(
        shares.activation, reference(torque, strength, upper, SCALE), atol=1e-8
    )
    np.testing.assert_allclose(strength @ shares.activation + shares.reserve, torque, atol=1e-6)


def test_solver_agrees_on_every_pose_of_the_tables(poses):
    for key, pose in poses.items():
        torque = physics.required_torque(pose)
        expected = reference(torque, pose.strength, pose.limit, pose.reserve_scale)
        np.testing.assert_allclose(
            physics.activation(pose).activation, expected, atol=1e-7, err_msg=str(key)
        )


def test_axes_that_a_seat_holds_are_left_out(poses):
    assert len(poses["bodyweight_squat", "half"].body) == len(physics.AXES)
    assert len(poses["leg_extension", "mid"].body) == len(physics.AXES) - 3


def test_torque_follows_the_settings(poses):
    squat = poses["back_squat_parallel", "parallel"]
    bare = physics.required_torque(squat, load=0)
    np.testing.assert_allclose(bare, squat.body - squat.passive)
    twice = physics.required_torque(squat, body_weight_kg=150)
    np.testing.assert_allclose(twice + squat.passive, 2 * (squat.body + squat.load))
    machine = poses["seated_adductor_machine", "mid"]
    stronger = physics.required_torque(machine, strength=1.5)
    np.testing.assert_allclose(stronger - physics.required_torque(machine), 0.5 * machine.load)


def test_more_load_and_less_strength_ask_for_more(poses):
    squat = poses["back_squat_parallel", "half"]
    efforts = [
        (physics.activation(squat, **setting).activation ** 2).sum()
        for setting in ({"load": 0}, {}, {"load": 1.2}, {"load": 1.2, "strength": 0.7})
    ]
    assert efforts == sorted(efforts)
    assert efforts[0] < efforts[-1]


@pytest.mark.parametrize(("name", "asked", "got"), [("load", -1, 0), ("strength", 9, 2)])
def test_settings_outside_the_range_are_clipped(poses, name, asked, got):
    pose = poses["back_squat_parallel", "half"]
    assert physics.within(name, asked) == got
    far, near = physics.activation(pose, **{name: asked}), physics.activation(pose, **{name: got})
    np.testing.assert_array_equal(far.activation, near.activation)


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match="allowed are load, body_weight_kg, strength"):
        physics.within("speed", 1)


def test_estimates_are_what_the_solver_gives(package, poses):
    stored = package.load("leg_model_estimates")
    solved = physics.estimates(
        poses, package.load("leg_model_phases"), package.load("leg_model_muscles")
    )
    both = stored.merge(solved, on=["exercise_id", "muscle_id"], how="outer", suffixes=("", "_new"))
    for column in ("mean_percent", "peak_percent"):
        np.testing.assert_allclose(both[column], both[f"{column}_new"], atol=0.051)


def test_a_muscle_is_the_mean_of_its_bundles_by_force(package, poses):
    muscles = package.load("leg_model_muscles")
    pose = poses["single_leg_squat", "half"]
    shares = physics.activation(pose)
    active = dict(zip(pose.bundles, shares.activation, strict=True))
    own = muscles[muscles["muscle_id"].eq("gluteus_medius")]
    expected = sum(row.peak_force_n * active[row.bundle_id] for row in own.itertuples())
    weights = physics.bundle_weights(pose.bundles, muscles)
    percent = dict(zip(weights.index, physics.muscle_percent(shares, weights), strict=True))
    assert percent["gluteus_medius"] == pytest.approx(100 * expected / own["peak_force_n"].sum())
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert set(weights.index) == set(muscles["muscle_id"].dropna())


def test_some_phases_are_solved_as_among_all(package, poses):
    phases, torques, strengths = map(
        package.load, ("leg_model_phases", "leg_model_torques", "leg_model_strengths")
    )
    some = physics.poses(phases.iloc[3:5], torques, strengths)
    assert list(some) == list(poses)[3:5]
    for key, pose in some.items():
        np.testing.assert_array_equal(pose.body, poses[key].body)
        shared = [pose.bundles.index(name) for name in pose.bundles]
        every = [poses[key].bundles.index(name) for name in pose.bundles]
        np.testing.assert_array_equal(pose.strength[:, shared], poses[key].strength[:, every])
