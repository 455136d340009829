"""Build the tables of the leg model from its input tables and an open musculoskeletal model.

Needs its own environment, because the app never imports MuJoCo::

    make leg-model                  # writes data/leg_*.csv
    make leg-model OPTIONS=--check  # builds again, and compares with data/
    make leg-model OPTIONS=--settle # finds the free angles of new poses, and writes

Inputs are ``leg_model_anchors``, ``_poses``, ``_loads``, ``_supports``, ``_free_axes``,
``_conditions`` and the shapes and guides of the muscles. ``--check`` allows numbers to differ by
`TOLERANCE` from machine to machine; text must be the same.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.musculoskeletal import geometry, pose, statics  # noqa: E402
from scripts.musculoskeletal.model import (  # noqa: E402
    BODY_WEIGHT_KG,
    BUNDLES,
    GRAVITY,
    Body,
    load,
    place,
    tendon,
)
from spotcheck.muscles import physics  # noqa: E402

DATA = ROOT / "data"
PHASE = ["exercise_id", "phase"]

# Absolute and relative difference that --check allows between two machines.
TOLERANCE = {"atol": 0.05, "rtol": 0.005}

RESULTS = [
    "leg_model_muscles",
    "leg_model_phases",
    "leg_model_torques",
    "leg_model_strengths",
    "leg_model_estimates",
    "leg_model_checks",
    "leg_bone_vertices",
    "leg_bone_faces",
    "leg_muscle_paths",
]

# Posed from anatomy alone, and compared with measurements only after their poses were frozen.
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

# Muscles for which the model's share is worth showing; the others are only "possible".
FIT_MUSCLES = {
    "adductor_longus",
    "adductor_magnus",
    "adductor_brevis_pectineus",
    "gracilis",
    "gluteus_medius",
    "gluteus_minimus",
    "tensor_fasciae_latae",
    "vastus_lateralis",
    "vastus_medialis",
    "vastus_intermedius",
    "gastrocnemius",
    "soleus",
    "gluteus_maximus",
}
GLUTEUS_MAXIMUS_BELOW_HIP_FLEXION = 90.0

VALID_RANGE_DEG = {"hip_flexion_r": (-20.0, 105.0), "knee_angle_r": (0.0, 105.0)}
MOST_RESERVE_NM = {"hip_flexion": 2.0, "hip_adduction": 2.0, "hip_rotation": 10.0}
MOST_RESERVE_NM |= {"knee_flexion": 2.0, "ankle_dorsiflexion": 2.0}
MOST_MISSED = 2.5
LEAST_TORQUE_NM = 0.05
MOST_ARM_ERROR_MM = 0.001

CHECKS = [
    ("copenhagen_ankle", "Copenhagen plank held at the ankle, hip adduction", 117, 2),
    ("copenhagen_knee", "The same held at the knee", 56, 2),
    ("copenhagen_lower", "The lower leg of the same plank, hip adduction", 42, 2),
    ("side_lying_adduction", "Side-lying adduction, hip adduction", 42, 2),
    ("side_lying_abduction", "Side-lying abduction, hip abduction", 42, 2),
    ("squat_hip", "Parallel squat with body weight on the bar, hip extension", 134, 2),
    ("squat_knee", "The same, knee extension", 119, 2),
    ("lunge_hip", "Forward lunge at the bottom, hip extension", 75, 2),
    ("lunge_knee", "The same, knee extension", 100, 2),
    ("thrust_hip", "Hip thrust at the top, hip extension", 41, 2),
    ("thrust_knee", "The same, knee extension", 88, 2),
    ("squat_support", "Support under both feet in the parallel squat, body weights", 2, 0.1),
    ("mirrored", "The lunge with left and right exchanged, knee extension", 100, 2),
]
# Check, exercise, phase, axis, sign, and 0 for the right or 1 for the left leg.
CHECKED_TORQUES = [
    ("copenhagen_ankle", "copenhagen_adductor_plank", "top", "hip_adduction", 1, 0),
    ("copenhagen_lower", "copenhagen_adductor_plank", "top", "hip_adduction", 1, 1),
    ("side_lying_adduction", "side_lying_adduction", "start", "hip_adduction", 1, 0),
    ("side_lying_abduction", "side_lying_abduction", "start", "hip_adduction", -1, 0),
    ("squat_hip", "back_squat_parallel", "parallel", "hip_flexion", -1, 0),
    ("squat_knee", "back_squat_parallel", "parallel", "knee_flexion", -1, 0),
    ("lunge_hip", "forward_lunge", "bottom", "hip_flexion", -1, 0),
    ("lunge_knee", "forward_lunge", "bottom", "knee_flexion", -1, 0),
    ("thrust_hip", "hip_thrust", "top", "hip_flexion", -1, 0),
    ("thrust_knee", "hip_thrust", "top", "knee_flexion", -1, 0),
]
_NOT_SETTLED = (
    "The prototype's two legs differ in this symmetric lift, so its solver had stopped early; ours "
    "is checked to be the optimum."
)
CHECK_NOTES = {"thrust_hip": _NOT_SETTLED, "thrust_knee": _NOT_SETTLED}

VERSIONS = [
    (
        "musclemimic-models",
        "Apache-2.0",
        "Leg and spine: joints, muscle paths, strengths, masses, bones. Nothing of arms or hands.",
    ),
    ("mujoco", "Apache-2.0", "Kinematics, moment arms and force-length curves."),
    ("numpy", "BSD-3-Clause", "Arithmetic."),
    ("scipy", "BSD-3-Clause", "Bounded least squares, settling of poses."),
    ("pandas", "BSD-3-Clause", "Tables."),
    ("trimesh", "MIT", "Rounding of the bones."),
    ("fast_simplification", "MIT", "Thinning of the bones."),
]

Tasks = dict[tuple[str, str], statics.Task]


def main() -> None:
    """Write, check or settle, as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare with data/, write nothing")
    parser.add_argument("--settle", action="store_true", help="find the free angles of poses again")
    asked = parser.parse_args()
    body = load()
    bench = statics.prepare(body, _anchors())
    if asked.settle:
        _settle(bench).to_csv(
            DATA / "leg_model_poses.csv", index=False, lineterminator="\n", float_format="%g"
        )
    if not asked.check:
        build(body, bench, DATA)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(body, bench, Path(folder))
        differences = [line for name in RESULTS for line in compare(name, Path(folder))]
    print("\n".join(differences) or "The tables are what the inputs give.")
    sys.exit(bool(differences))


def build(body: Body, bench: statics.Bench, folder: Path) -> None:
    """Write every result table into a folder."""
    tasks = read_tasks()
    _check_conditions(bench, tasks)
    _check_arms(bench, tasks["back_squat_parallel", "half"])
    solved = {key: _solve(bench, key, task) for key, task in tasks.items()}
    tables = {"leg_model_muscles": muscle_table(body)}
    tables["leg_model_phases"] = phase_table(tasks, solved)
    tables["leg_model_torques"] = torque_table(tasks, solved)
    tables["leg_model_strengths"] = strength_table(solved)
    tables["leg_model_checks"] = check_table(bench, tasks, solved)
    tables["leg_model_estimates"] = estimate_table(tables, tasks)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    place(body, {})
    geometry.write(body, folder)
    _write_provenance(folder)


def read_tasks() -> Tasks:
    """Every pose of the input tables with its loads, supports and held axes."""
    loads, supports = _by_phase("leg_model_loads"), _by_phase("leg_model_supports")
    held = _by_phase("leg_model_free_axes")
    nothing = pd.DataFrame()
    return {
        key: statics.Task(
            dict(zip(rows["joint"], rows["angle_deg"], strict=True)),
            [_load(row) for row in loads.get(key, nothing).itertuples()],
            [
                statics.Support(row.anchor, row.friction, row.direction)
                for row in supports.get(key, nothing).itertuples()
            ],
            {side: frozenset(held[key]["axis"]) for side in statics.SIDES} if key in held else {},
        )
        for key, rows in _by_phase("leg_model_poses").items()
    }


def muscle_table(body: Body) -> pd.DataFrame:
    """Forty bundles of the right leg with the muscle they belong to and their peak force."""
    shapes = pd.read_csv(DATA / "leg_muscle_shapes.csv").set_index("bundle_id")
    table = pd.DataFrame({"bundle_id": BUNDLES, "sequence": range(1, len(BUNDLES) + 1)})
    table["muscle_id"] = shapes["muscle_id"].reindex(BUNDLES).to_numpy()
    table["name"] = shapes["name"].loc[list(BUNDLES)].to_numpy()
    table["peak_force_n"] = [
        round(float(body.model.actuator(f"{bundle}_r").gainprm[2]), 1) for bundle in BUNDLES
    ]
    table["is_fit"] = _truth(table["muscle_id"].isin(FIT_MUSCLES))
    return table


def phase_table(tasks: Tasks, solved: dict) -> pd.DataFrame:
    """One row for each pose: its load, how well it balances, and its flags."""
    loads = pd.read_csv(DATA / "leg_model_loads.csv")
    size = np.sqrt((loads[["force_x", "force_y", "force_z"]] ** 2).sum(axis=1))
    paired = loads["unit"].eq("newton") & loads["sequence"].gt(1)
    nominal = size.mask(paired, 0.0).groupby([loads[key] for key in PHASE]).sum()
    unit = loads.groupby(PHASE)["unit"].first()
    order: dict[str, int] = {}
    rows = []
    for key, task in tasks.items():
        at_load = solved[key][1]
        exercise, phase = key
        order[exercise] = order.get(exercise, 0) + 1
        reserve = dict(zip(statics.AXES, np.abs(at_load.reserve[0]), strict=True))
        held = task.held.get("r", frozenset())
        rows.append(
            {
                "exercise_id": exercise,
                "phase": phase,
                "sequence": order[exercise],
                "title": phase.replace("_", " ").capitalize(),
                "load_unit": unit.get(key, "none"),
                "nominal_load": round(nominal.get(key, 0.0), 3),
                "activation_limit": at_load.limit,
                "root_residual_n": round(float(np.abs(at_load.root).max()), 2),
                "hip_flexion_deg": task.angles.get("hip_flexion_r", 0.0),
                "knee_flexion_deg": task.angles.get("knee_angle_r", 0.0),
                "is_outside_range": _is_outside(task),
                "is_bound_hit": bool((at_load.activation[0] >= at_load.limit - 1e-6).any()),
                "is_large_reserve": any(
                    reserve[axis] > most
                    for axis, most in MOST_RESERVE_NM.items()
                    if axis not in held
                ),
                "is_set_by_load": any(item.relative_axis for item in task.loads),
                "is_held_out": exercise in HELD_OUT,
            }
        )
    table = pd.DataFrame(rows)
    flags = [column for column in table if column.startswith("is_")]
    table[flags] = table[flags].apply(_truth)
    return table


def torque_table(tasks: Tasks, solved: dict) -> pd.DataFrame:
    """Torque of every axis of the right leg, and of the lowest lumbar joint where it is known."""
    rows = []
    for key, task in tasks.items():
        bare, loaded = solved[key]
        leg = loaded.legs[0]
        held = task.held.get("r", frozenset())
        for index, axis in enumerate(statics.AXES):
            rows.append(
                {
                    **dict(zip(PHASE, key, strict=True)),
                    "axis": axis,
                    "body_nm": bare.need[0, index],
                    "load_nm": loaded.need[0, index] - bare.need[0, index],
                    "passive_nm": leg.stretch[index],
                    "reference_nm": _reference(leg, index, loaded.need[0, index]),
                    "reserve_scale_nm": statics.RESERVE_SCALE_NM[index],
                    "is_held": axis in held,
                }
            )
        # Without supports, what holds the trunk is not known.
        for axis, body, full in zip(statics.LUMBAR_AXES, bare.lumbar, loaded.lumbar, strict=True):
            if task.supports:
                part = {"axis": axis, "body_nm": body, "load_nm": full - body, "is_held": False}
                rows.append({**dict(zip(PHASE, key, strict=True)), **part})
    table = pd.DataFrame(rows)
    numbers = ["body_nm", "load_nm", "passive_nm", "reference_nm"]
    table[numbers] = table[numbers].round(3) + 0.0
    table["is_held"] = _truth(table["is_held"])
    return table


def strength_table(solved: dict) -> pd.DataFrame:
    """Torque of every bundle about every axis at full activation; tiny ones are left out."""
    rows = [
        (*key, axis, bundle, float(f"{torque:.4g}"))
        for key, (_, at_load) in solved.items()
        for axis, torques in zip(statics.AXES, at_load.legs[0].strength, strict=True)
        for bundle, torque in zip(BUNDLES, torques, strict=True)
        if abs(torque) >= LEAST_TORQUE_NM
    ]
    return pd.DataFrame(rows, columns=[*PHASE, "axis", "bundle_id", "torque_nm"])


def estimate_table(tables: dict[str, pd.DataFrame], tasks: Tasks) -> pd.DataFrame:
    """Shares of the muscles as the app's own solver gives them from the other tables."""
    phases, muscles = tables["leg_model_phases"], tables["leg_model_muscles"]
    ready = tables["leg_model_torques"].assign(
        is_held=tables["leg_model_torques"]["is_held"].eq("true")
    )
    poses = physics.poses(phases, ready, tables["leg_model_strengths"])
    table = physics.estimates(poses, phases, muscles)
    table[["mean_percent", "peak_percent"]] = table[["mean_percent", "peak_percent"]].round(1) + 0.0
    fit = table["muscle_id"].isin(FIT_MUSCLES)
    bent = {
        exercise
        for (exercise, _), task in tasks.items()
        if task.angles.get("hip_flexion_r", 0.0) >= GLUTEUS_MAXIMUS_BELOW_HIP_FLEXION
    }
    too_bent = table["muscle_id"].eq("gluteus_maximus") & table["exercise_id"].isin(bent)
    table["is_fit"] = _truth(fit & ~too_bent)
    flags = phases.set_index("exercise_id")[
        ["is_outside_range", "is_bound_hit", "is_large_reserve"]
    ].eq("true")
    flagged = flags.any(axis=1).groupby(level=0).any()
    by_load = phases.groupby("exercise_id")["is_set_by_load"].first()
    table["is_flagged"] = _truth(table["exercise_id"].map(flagged))
    table["is_set_by_load"] = table["exercise_id"].map(by_load)
    return table


def check_table(bench: statics.Bench, tasks: Tasks, solved: dict) -> pd.DataFrame:
    """The prototype's test numbers, and laws that any statics must keep."""
    values = {
        code: sign * solved[exercise, phase][1].need[leg, statics.AXES.index(axis)]
        for code, exercise, phase, axis, sign, leg in CHECKED_TORQUES
    }
    plank = tasks["copenhagen_adductor_plank", "top"]
    at_knee = [
        statics.Support(item.anchor.replace("ankle_med", "knee_med"), item.friction, item.direction)
        for item in plank.supports
    ]
    held = statics.solve(bench, statics.Task(plank.angles, supports=at_knee))
    values["copenhagen_knee"] = held.need[0, statics.AXES.index("hip_adduction")]
    under_feet = solved["back_squat_parallel", "parallel"][1].contact[:, 2].sum()
    values["squat_support"] = under_feet / (BODY_WEIGHT_KG * GRAVITY)
    exchanged = statics.solve(bench, _mirrored(tasks["forward_lunge", "bottom"]))
    values["mirrored"] = -exchanged.need[1, statics.AXES.index("knee_flexion")]
    table = pd.DataFrame(CHECKS, columns=["check_id", "title", "expected", "tolerance_percent"])
    table["value"] = table["check_id"].map(values).round(2)
    table.insert(1, "sequence", range(1, len(table) + 1))
    away = 100 * (table["value"] / table["expected"] - 1).abs()
    table["is_passed"] = _truth(away <= table["tolerance_percent"])
    table["note"] = table["check_id"].map(CHECK_NOTES)
    return table


def compare(name: str, folder: Path) -> list[str]:
    """What differs between a new table and the one in ``data``, in words."""
    old = pd.read_csv(DATA / f"{name}.csv", keep_default_na=False)
    new = pd.read_csv(folder / f"{name}.csv", keep_default_na=False)
    if list(old) != list(new) or len(old) != len(new):
        return [f"{name}: {len(old)} rows are {len(new)}, or columns differ"]
    lines = []
    for column in old:
        ours, theirs = (pd.to_numeric(table[column], errors="coerce") for table in (old, new))
        same = np.isclose(ours, theirs, **TOLERANCE) | old[column].astype(str).eq(
            new[column].astype(str)
        )
        if not same.all():
            lines.append(f"{name}.{column}: {int((~same).sum())} cells differ")
    return lines


def _solve(
    bench: statics.Bench, key: tuple[str, str], task: statics.Task
) -> tuple[statics.Solution, statics.Solution]:
    """Balance without and with the nominal load."""
    try:
        loaded = statics.solve(bench, task)
        bare = statics.Task(task.angles, (), task.supports, task.held)
        return (statics.solve(bench, bare) if task.loads else loaded), loaded
    except ValueError as error:
        raise ValueError(f"phase is {key}; {error}") from error


def _check_conditions(bench: statics.Bench, tasks: Tasks) -> None:
    for key, rows in _conditions().items():
        place(bench.body, tasks[key].angles)
        for condition in rows:
            away = pose.miss(bench, condition, tasks[key].loads)
            if abs(away) > MOST_MISSED:
                raise ValueError(f"pose {key} misses {condition} by {away:.1f}; run --settle")


def _check_arms(bench: statics.Bench, task: statics.Task, step_deg: float = 0.01) -> None:
    """Moment arms must be what lengths change by when a joint moves, coupled joints included."""
    place(bench.body, task.angles)
    arms = statics.muscles(bench.body, "r")[0]
    lines = [tendon(bench.body, f"{bundle}_r") for bundle in BUNDLES]
    for axis, joint in enumerate(statics.JOINTS):
        lengths = []
        for sign in (1, -1):
            angle = task.angles.get(f"{joint}_r", 0.0) + sign * step_deg
            place(bench.body, {**task.angles, f"{joint}_r": angle})
            lengths.append(bench.body.data.ten_length[lines].copy())
        slope = -(lengths[0] - lengths[1]) / (2 * np.radians(step_deg))
        error = 1000 * np.abs(slope - arms[axis]).max()
        if error > MOST_ARM_ERROR_MM:
            raise ValueError(f"{joint} arms differ by {error:.2g} mm from finite differences")


def _settle(bench: statics.Bench) -> pd.DataFrame:
    """The table of poses with the angles found again that are not given."""
    table = pd.read_csv(DATA / "leg_model_poses.csv")
    tasks, found = read_tasks(), {}
    for key, conditions in _conditions().items():
        own = table[(table["exercise_id"] == key[0]) & (table["phase"] == key[1])]
        free = own.loc[own["how"] != "given", "joint"].tolist()
        mirrored = any({item.first, item.second} == {"heels", "balls"} for item in conditions)
        task = tasks[key]
        angles = pose.settle(bench, task.angles, free, conditions, task.loads, mirrored)
        found.update({(*key, joint): angle for joint, angle in angles.items()})
    keys = zip(table["exercise_id"], table["phase"], table["joint"], strict=True)
    new = [found.get(key, old) for key, old in zip(keys, table["angle_deg"], strict=True)]
    return table.assign(angle_deg=new)


def _write_provenance(folder: Path) -> None:
    versions = pd.DataFrame(
        [(name, version(name), licence, taken) for name, licence, taken in VERSIONS],
        columns=["package", "version", "licence", "taken"],
    )
    versions.to_csv(folder / "leg_model_versions.csv", index=False, lineterminator="\n")
    sums = [(name, hashlib.sha256((folder / f"{name}.csv").read_bytes()).hexdigest())
            for name in RESULTS]  # fmt: skip
    pd.DataFrame(sums, columns=["table", "sha256"]).to_csv(
        folder / "leg_model_checksums.csv", index=False, lineterminator="\n"
    )


def _anchors() -> dict[str, tuple[str, tuple[float, float, float]]]:
    table = pd.read_csv(DATA / "leg_model_anchors.csv")
    return {row.anchor: (row.body, (row.x, row.y, row.z)) for row in table.itertuples()}


def _by_phase(name: str) -> dict[tuple[str, str], pd.DataFrame]:
    table = pd.read_csv(DATA / f"{name}.csv", dtype={"relative_axis": "str"})
    return dict(iter(table.fillna("").groupby(PHASE, sort=False)))


def _conditions() -> dict[tuple[str, str], list[pose.Condition]]:
    return {
        key: [
            pose.Condition(row.kind, row.subject, row.first, row.second, row.target)
            for row in rows.itertuples()
        ]
        for key, rows in _by_phase("leg_model_conditions").items()
    }


def _load(row: tuple) -> statics.Load:
    force = np.array([row.force_x, row.force_y, row.force_z], dtype=float)
    if row.unit == "body_weight":
        force *= BODY_WEIGHT_KG * GRAVITY
    return statics.Load(row.anchor, tuple(force), row.frame, row.relative_axis)


def _is_outside(task: statics.Task) -> bool:
    return any(
        not low <= task.angles.get(joint, 0.0) <= high
        for joint, (low, high) in VALID_RANGE_DEG.items()
    )


def _reference(leg: statics.Leg, axis: int, need: float) -> float:
    """Reference torque in the direction needed; not a number where there is none."""
    for reference in statics.REFERENCES.values():
        if reference.axis == axis and reference.sign == (1 if need >= 0 else -1):
            return reference.torque(leg.angles[axis])
    return float("nan")


def _mirrored(task: statics.Task) -> statics.Task:
    """A pose without loads, with left and right exchanged."""
    other = {"r": "l", "l": "r"}

    def swap(name: str) -> str:
        return f"{name[:-1]}{other[name[-1]]}" if name[-2:] in ("_r", "_l") else name

    supports = [
        statics.Support(swap(item.anchor), item.friction, item.direction) for item in task.supports
    ]
    angles = {
        swap(name): -angle if name in ("pelvis_roll", "pelvis_yaw") else angle
        for name, angle in task.angles.items()
    }
    return statics.Task(angles, supports=supports)


def _truth(values: pd.Series) -> pd.Series:
    return values.map({True: "true", False: "false"})


if __name__ == "__main__":
    main()
