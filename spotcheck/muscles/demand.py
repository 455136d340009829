"""Torque that an exercise asks of the joints, and how the leg model's muscles could hold it.

The torque comes before any question of muscles: weights, lever arms and the ground's push set it.
A share of it says how near it comes to the strongest torque of young men in that pose, a torque
of reference. Which muscles hold it is the model's answer, in bands and never in digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from spotcheck.muscles import physics
from spotcheck.muscles.estimate_words import FLAG_WORDS
from spotcheck.muscles.estimates import BANDS, FLAGS, band_of
from spotcheck.muscles.physics import AXES, BODY_WEIGHT_KG, Pose
from spotcheck.wording import NBSP, counted, number, percent


class Direction(NamedTuple):
    """A way in which a torque can act; ``turns`` is axis and sign, both signs where it is 0."""

    name: str
    short_name: str
    plane: str
    turns: tuple[tuple[str, int], ...]
    words: str


DIRECTIONS: Final = {
    "hip_extension": Direction(
        "Hip extension", "Hip back", "sagittal", (("hip_flexion", -1),), "straighten the hip"
    ),
    "hip_flexion": Direction(
        "Hip flexion", "Hip up", "sagittal", (("hip_flexion", 1),), "bend the hip"
    ),
    "knee_extension": Direction(
        "Knee extension",
        "Knee out",
        "sagittal",
        (("knee_flexion", -1),),
        "straighten the knee",
    ),
    "knee_flexion": Direction(
        "Knee flexion", "Knee bent", "sagittal", (("knee_flexion", 1),), "bend the knee"
    ),
    "plantarflexion": Direction(
        "Plantarflexion",
        "Heel up",
        "sagittal",
        (("ankle_dorsiflexion", -1),),
        "press the toes down",
    ),
    "dorsiflexion": Direction(
        "Dorsiflexion", "Toes up", "sagittal", (("ankle_dorsiflexion", 1),), "lift the toes"
    ),
    "hip_adduction": Direction(
        "Hip adduction", "Thigh in", "frontal", (("hip_adduction", 1),), "pull the thigh inwards"
    ),
    "hip_abduction": Direction(
        "Hip abduction", "Thigh out", "frontal", (("hip_adduction", -1),), "push the thigh outwards"
    ),
    "hip_rotation": Direction(
        "Hip rotation", "Thigh turn", "transverse", (("hip_rotation", 0),), "turn the thigh"
    ),
    "lumbar": Direction(
        "Low back",
        "Low back",
        "trunk",
        (("lumbar_extension", 0), ("lumbar_lateral", 0), ("lumbar_rotation", 0)),
        "hold the low back",
    ),
}
"""What a torque can ask for, plane by plane; hip rotation and the low back have no reference."""

FLAG_LETTERS: Final = dict(zip(FLAGS, "OMRL", strict=True))
"""Letter of each flag: outside range, muscle at its limit, reserve, load."""

_FOCUS: Final = {
    "inner_thigh": "hip_adduction",
    "front_thigh": "knee_extension",
    "back_of_thigh": "knee_flexion",
    "buttock": "hip_extension",
    "hip_flexors": "hip_flexion",
    "calf": "plantarflexion",
    "shin": "dorsiflexion",
    "core": "lumbar",
}
_SIDE_WORDS: Final = {
    ("hip_rotation", 1): "inwards",
    ("hip_rotation", -1): "outwards",
    ("lumbar_extension", 1): "to straighten",
    ("lumbar_extension", -1): "to bend",
    ("lumbar_lateral", 1): "to the right",
    ("lumbar_lateral", -1): "to the left",
    ("lumbar_rotation", 1): "turning left",
    ("lumbar_rotation", -1): "turning right",
}
_KEY: Final = ["exercise_id", "phase"]
_LEAST_NM = 0.05
_MOST_NM, _MOST_TURNING_NM = 2.0, 10.0
_MOST_NAMED = 4


def phase_demand(phases: pd.DataFrame, torques: pd.DataFrame) -> pd.DataFrame:
    """What each phase asks of each joint at the nominal load, in the direction that is needed.

    Torque that a seat or the floor holds is left out, and so is the joint under the ankle, for
    which there is no reference.

    Parameters
    ----------
    phases, torques : pandas.DataFrame
        Tables ``leg_model_phases`` and ``leg_model_torques``.

    Returns
    -------
    pandas.DataFrame
        Rows `exercise_id`, `phase`, `sequence`, `title`, `direction`, `side` (words for the way,
        where a direction has two), `torque_nm`, `reference_nm` and `share` (both missing without
        a reference); torques are positive.
    """
    signed = torques[~torques["is_held"]]
    need = signed["body_nm"] + signed["load_nm"]
    sign = np.sign(need).astype(int)
    keys = list(zip(signed["axis"], sign, strict=True))
    rows = signed[[*_KEY]].assign(
        direction=[_by_turn().get(key) for key in keys],
        side=[_SIDE_WORDS.get(key, "") for key in keys],
        torque_nm=need.abs(),
        reference_nm=signed["reference_nm"],
        share=need.abs() / signed["reference_nm"],
    )
    rows = rows[rows["direction"].notna()]
    titles = phases[[*_KEY, "sequence", "title"]]
    return titles.merge(rows, on=_KEY)


def peak_demand(demand: pd.DataFrame) -> pd.DataFrame:
    """Largest torque that any phase of an exercise asks in each direction, and that phase's share.

    Parameters
    ----------
    demand : pandas.DataFrame
        From `phase_demand`.

    Returns
    -------
    pandas.DataFrame
        One row an exercise and direction, with the columns of `phase_demand`.
    """
    by = demand.groupby(["exercise_id", "direction"], sort=False)
    places = by["torque_nm"].idxmax()
    return demand.loc[places].reset_index(drop=True)


def flags_of(phases: pd.DataFrame) -> pd.Series:
    """Letters of the flags that any phase of an exercise has.

    Parameters
    ----------
    phases : pandas.DataFrame
        Table ``leg_model_phases``.

    Returns
    -------
    pandas.Series
        Letters by `exercise_id`, in the order of `FLAG_LETTERS`; empty where nothing is flagged.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"exercise_id": ["squat", "squat"], "is_outside_range": [False, True],
    ...      "is_bound_hit": [True, False], "is_large_reserve": False, "is_set_by_load": False})
    >>> flags_of(rows).to_dict()
    {'squat': 'OM'}
    """
    any_phase = phases.groupby("exercise_id", sort=False)[list(FLAGS)].any()
    letters = [
        "".join(FLAG_LETTERS[flag] for flag in FLAGS if row[flag])
        for row in any_phase.to_dict("records")
    ]
    return pd.Series(letters, index=any_phase.index, dtype=object)


def load_words(unit: str, size: float) -> str:
    r"""Nominal load in words.

    Parameters
    ----------
    unit
        `load_unit` of a phase.
    size
        `nominal_load` of the phase.

    Raises
    ------
    ValueError
        If the unit is unknown.

    Examples
    --------
    >>> load_words("body_weight", 1.0), load_words("newton", 50)
    ('a load of 1 body weight', 'a pull of 50\xa0N')
    """
    amount = f"{size:g}"
    texts = {
        "none": "the body alone",
        "body_weight": f"a load of {amount} body weight",
        "newton": f"a pull of {amount}{NBSP}N",
        "relative": f"a load of {percent(size)} of the model's strength",
    }
    if unit not in texts:
        raise ValueError(f"unit is {unit!r}; allowed are {', '.join(texts)}")
    return texts[unit]


def focus(groups: Sequence[str]) -> str:
    """Direction that a reader of these muscle groups asks for; the inner thigh's without any.

    Examples
    --------
    >>> focus(()), focus(("calf", "shin"))
    ('hip_adduction', 'plantarflexion')
    """
    return next((_FOCUS[group] for group in groups if group in _FOCUS), "hip_adduction")


def amount(torque_nm: float, share: float) -> str:
    r"""Torque in words, with its share where there is a reference.

    Examples
    --------
    >>> amount(117.6, 0.712), amount(33.2, float("nan"))
    ('118\xa0N\xa0m, 71\xa0% of the reference', '33\xa0N\xa0m')
    """
    torque = f"{number(torque_nm)}{NBSP}N{NBSP}m"
    return torque if pd.isna(share) else f"{torque}, {percent(share)} of the reference"


def finding(peaks: pd.DataFrame, direction: str, names: Mapping[str, str]) -> str:
    """Which exercise asks most in a direction, where weight or a band sets the load.

    Parameters
    ----------
    peaks : pandas.DataFrame
        From `peak_demand`, without exercises whose load is only our assumption.
    direction
        A key of `DIRECTIONS`.
    names
        Names of the exercises.
    """
    own = peaks[peaks["direction"].eq(direction)]
    name = DIRECTIONS[direction].name
    if own.empty:
        return f"{name}: no weight asks for it in these exercises"
    row = own.loc[own["torque_nm"].idxmax()]
    return (
        f"{name}: of what weight sets, {names[row['exercise_id']]} asks for most, "
        f"{amount(row['torque_nm'], row['share'])}"
    )


def comparison_finding(
    peaks: pd.DataFrame, exercise_ids: Sequence[str], names: Mapping[str, str]
) -> str:
    """What each of a few exercises asks for most, by the share of the reference.

    Parameters
    ----------
    peaks : pandas.DataFrame
        From `peak_demand`.
    exercise_ids
        Exercises in the order of the sentence.
    names
        Names of the exercises.
    """
    said = []
    for code in exercise_ids:
        own = peaks[peaks["exercise_id"].eq(code) & peaks["share"].notna()]
        row = own.loc[own["share"].idxmax()]
        direction = DIRECTIONS[row["direction"]].name.lower()
        said.append(f"{names[code]} asks most for {direction}")
    return "; ".join(said)


def hover_texts(
    demand: pd.DataFrame,
    flags: pd.Series,
    names: Mapping[str, str],
    planes: Mapping[str, str],
) -> pd.Series:
    """What a picture says of each exercise and direction: every position with its torque.

    Parameters
    ----------
    demand : pandas.DataFrame
        From `phase_demand`.
    flags : pandas.Series
        From `flags_of`.
    names, planes
        Name, and main plane of movement, of each exercise.

    Returns
    -------
    pandas.Series
        Plotly text by `exercise_id` and `direction`.
    """
    meaning = {letter: FLAG_WORDS[flag] for flag, letter in FLAG_LETTERS.items()}
    texts = {}
    for (code, direction), own in demand.groupby(["exercise_id", "direction"], sort=False):
        side = own["side"].where(own["side"].eq(""), ", " + own["side"])
        lines = [
            f"<b>{names[code]}</b>",
            f"<b>{DIRECTIONS[direction].name}</b>, {DIRECTIONS[direction].plane} plane"
            if DIRECTIONS[direction].plane != "trunk"
            else f"<b>{DIRECTIONS[direction].name}</b>",
            *(
                f"{title}: {amount(torque, share)}{way}"
                for title, torque, share, way in zip(
                    own["title"], own["torque_nm"], own["share"], side, strict=True
                )
            ),
            f"The exercise moves in the {planes[code]} plane",
            *(f"Flag: {meaning[letter]}" for letter in flags[code]),
        ]
        texts[code, direction] = "<br>".join(lines)
    return pd.Series(texts).rename_axis(["exercise_id", "direction"])


def demand_table(
    demand: pd.DataFrame,
    phases: pd.DataFrame,
    names: Mapping[str, str],
    planes: Mapping[str, str],
) -> pd.DataFrame:
    """Every torque of every phase, in words and figures.

    Parameters
    ----------
    demand : pandas.DataFrame
        From `phase_demand`.
    phases : pandas.DataFrame
        Table ``leg_model_phases``.
    names, planes
        Name, and main plane of movement, of each exercise.

    Returns
    -------
    pandas.DataFrame
        With the headings that readers see.
    """
    meaning = phases[[*_KEY, "load_unit", "nominal_load", *FLAGS]]
    rows = demand.merge(meaning, on=_KEY)
    flags = [
        "; ".join(FLAG_WORDS[flag] for flag in FLAGS if row[flag])
        for row in rows[list(FLAGS)].to_dict("records")
    ]
    directions = rows["direction"].map(lambda code: DIRECTIONS[code].name)
    return pd.DataFrame(
        {
            "Exercise": rows["exercise_id"].map(names),
            "Moves in": rows["exercise_id"].map(planes),
            "Position": rows["title"],
            "Torque": directions.where(
                rows["side"].eq(""), directions.str.cat(rows["side"], sep=", ")
            ),
            "Plane of the torque": rows["direction"].map(lambda code: DIRECTIONS[code].plane),
            "N m": rows["torque_nm"].round(1),
            "Reference, N m": rows["reference_nm"].round(1),
            "% of reference": (100 * rows["share"]).round(),
            "Load": [
                load_words(unit, size)
                for unit, size in zip(rows["load_unit"], rows["nominal_load"], strict=True)
            ],
            "Caution": flags,
        }
    )


def pose_axes(torques: pd.DataFrame, exercise_id: str, phase: str) -> tuple[str, ...]:
    """Axes of a pose of `physics.poses`, in its order.

    Parameters
    ----------
    torques : pandas.DataFrame
        Table ``leg_model_torques``.
    exercise_id, phase
        The pose.
    """
    own = torques["exercise_id"].eq(exercise_id) & torques["phase"].eq(phase)
    free = set(torques.loc[own & ~torques["is_held"], "axis"])
    return tuple(axis for axis in AXES if axis in free)


class Setting(NamedTuple):
    """Where the sliders stand: multiples of nominal load and of strength, and body weight."""

    load: float = 1.0
    body_weight_kg: float = BODY_WEIGHT_KG
    strength: float = 1.0


def bundle_weights(members: pd.DataFrame, muscles: pd.DataFrame) -> pd.DataFrame:
    """Weight of each bundle in the mean of a muscle or portion: its share of their peak force.

    Parameters
    ----------
    members : pandas.DataFrame
        Two columns: a muscle or portion, and the `bundle_id` of one of its bundles.
    muscles : pandas.DataFrame
        Table ``leg_model_muscles``.

    Returns
    -------
    pandas.DataFrame
        A row a muscle or portion, a column a bundle; rows add up to 1.

    Examples
    --------
    >>> members = pd.DataFrame({"muscle_id": ["glutes"] * 2, "bundle_id": ["upper", "lower"]})
    >>> muscles = pd.DataFrame({"bundle_id": ["upper", "lower"], "peak_force_n": [300.0, 100.0]})
    >>> bundle_weights(members, muscles).to_dict("records")
    [{'upper': 0.75, 'lower': 0.25}]
    """
    whole = members.columns[0]
    force = muscles.set_index("bundle_id")["peak_force_n"]
    table = members.assign(force=members["bundle_id"].map(force)).pivot(
        index=whole, columns="bundle_id", values="force"
    )
    table = table.reindex(index=members[whole].unique(), columns=force.index).fillna(0.0)
    return table.div(table.sum(axis=1), axis=0)


def mean_percent(pose: Pose, weights: pd.DataFrame, setting: Setting | None = None) -> np.ndarray:
    """Activation of muscles or portions in a pose, in percent.

    Parameters
    ----------
    pose
        From `physics.poses`.
    weights : pandas.DataFrame
        From `bundle_weights`.
    setting
        Where the sliders stand; by default at the nominal load.

    Returns
    -------
    numpy.ndarray, shape (n_muscles,)
    """
    active = physics.activation(pose, *(setting or Setting())).activation
    places = weights.columns.get_indexer(list(pose.bundles))
    shares: np.ndarray = 100 * weights.to_numpy()[:, places] @ active
    return shares


def muscle_bands(
    poses: Iterable[Pose],
    muscles: pd.DataFrame,
    fit: Mapping[str, bool],
    setting: Setting | None = None,
) -> pd.DataFrame:
    """How much of each muscle balance needs, before and after the sliders moved.

    Parameters
    ----------
    poses
        Poses to average over; one gives the pose itself.
    muscles : pandas.DataFrame
        Table ``leg_model_muscles``.
    fit
        Whether the model is fit to show a muscle in the exercise, from ``leg_model_estimates``.
    setting
        Where the sliders stand.

    Returns
    -------
    pandas.DataFrame
        Rows `muscle_id`, `before` and `now` [% of strength], `band_before`, `band_now`, `is_fit`.
    """
    every = list(poses)
    named = muscles.dropna(subset="muscle_id")
    weights = bundle_weights(named[["muscle_id", "bundle_id"]], muscles)
    before, now = (
        np.mean([mean_percent(pose, weights, each) for pose in every], axis=0)
        for each in (None, setting)
    )
    return pd.DataFrame(
        {
            "muscle_id": weights.index,
            "before": before,
            "now": now,
            "band_before": [band_of(one) for one in before],
            "band_now": [band_of(one) for one in now],
            "is_fit": [fit[code] for code in weights.index],
        }
    )


def needs(pose: Pose, setting: Setting | None = None) -> np.ndarray:
    """Torque that body weight and load ask of each axis, in newton metres.

    Parameters
    ----------
    pose
        From `physics.poses`.
    setting
        Where the sliders stand.

    Returns
    -------
    numpy.ndarray, shape (n_axes,)
    """
    return physics.required_torque(pose, *(setting or Setting())) + pose.passive


def balance(
    pose: Pose,
    axes: Sequence[str],
    axis: str,
    muscles: pd.DataFrame,
    setting: Setting | None = None,
) -> pd.DataFrame:
    """What asks for torque about an axis, and what holds it.

    Parameters
    ----------
    pose
        From `physics.poses`.
    axes
        Axes of the pose, from `pose_axes`.
    axis
        One of them.
    muscles : pandas.DataFrame
        Table ``leg_model_muscles``.
    setting
        Where the sliders stand.

    Returns
    -------
    pandas.DataFrame
        Rows `kind` (asks, tissue, muscle, reserve), `code` (body, load, tissue, the bundle,
        reserve), `name`, `muscle_id` and `torque_nm`, positive in the direction that is needed:
        what asks adds up to what holds. Bundles that give nothing are left out.

    Raises
    ------
    ValueError
        If the pose does not have the axis, for instance because a seat holds it.
    """
    if axis not in axes:
        raise ValueError(f"axis is {axis!r}; allowed are {', '.join(axes)}")
    setting, at = setting or Setting(), list(axes).index(axis)
    shares = physics.activation(pose, *setting)
    total = float(needs(pose, setting)[at])
    sign = -1.0 if total < 0 else 1.0
    without_load = physics.required_torque(pose, 0.0, *setting[1:]) + pose.passive
    given = setting.strength * pose.strength[at] * shares.activation
    order = np.argsort(-np.abs(given), kind="stable")
    order = order[np.abs(given[order]) >= _LEAST_NM]
    names = muscles.set_index("bundle_id")[["name", "muscle_id"]]
    bundles = [pose.bundles[place] for place in order]
    loads = [("asks", "load", "Load", None, total - without_load[at])]
    rows = [
        ("asks", "body", "Body weight", None, without_load[at]),
        *(loads if pose.load_unit != "none" else []),
        ("tissue", "tissue", "Stretched tissue", None, pose.passive[at]),
        *(
            ("muscle", code, *names.loc[code], given[place])
            for code, place in zip(bundles, order, strict=True)
        ),
        ("reserve", "reserve", "No muscle", None, shares.reserve[at]),
    ]
    table = pd.DataFrame(rows, columns=["kind", "code", "name", "muscle_id", "torque_nm"])
    table["torque_nm"] *= sign
    return table


def balance_finding(rows: pd.DataFrame, direction: str) -> str:
    r"""What is asked about an axis, and which muscle gives the largest part.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `balance`.
    direction
        Name of the direction that is asked for.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"kind": ["asks", "muscle"], "name": ["Body weight", "Soleus"],
    ...      "torque_nm": [42.0, 42.0]})
    >>> balance_finding(rows, "Plantarflexion")
    'Plantarflexion, 42\xa0N\xa0m: soleus gives the largest part'
    """
    asked = float(rows.loc[rows["kind"].eq("asks"), "torque_nm"].sum())
    head = f"{direction}, {amount(asked, float('nan'))}"
    muscles = rows[rows["kind"].eq("muscle") & rows["torque_nm"].gt(0)]
    if muscles.empty:
        return f"{head}: no muscle is needed"
    most = muscles.loc[muscles["torque_nm"].idxmax(), "name"]
    return f"{head}: {most[:1].lower()}{most[1:]} gives the largest part"


def left_over(rows: pd.DataFrame, axis: str) -> float:
    """Torque that no muscle could give, where it is more than a pose may leave [N m]; else 0.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `balance`.
    axis
        The axis of the balance.
    """
    size = float(rows.loc[rows["kind"].eq("reserve"), "torque_nm"].abs().sum())
    return size if size > (_MOST_TURNING_NM if axis == "hip_rotation" else _MOST_NM) else 0.0


def bands_finding(bands: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which muscles balance asks most of; only of those that the model is fit for.

    Parameters
    ----------
    bands : pandas.DataFrame
        From `muscle_bands`.
    names
        Names of the muscles.

    Examples
    --------
    >>> bands = pd.DataFrame({"muscle_id": ["soleus", "gracilis"], "now": [85.0, 20.0],
    ...                       "band_now": ["high", "low"], "is_fit": True})
    >>> bands_finding(bands, {"soleus": "Soleus", "gracilis": "Gracilis"})
    'High: soleus'
    """
    fit = bands[bands["is_fit"]].sort_values("now", ascending=False, kind="stable")
    top = next((one for one in reversed(BANDS[1:]) if fit["band_now"].eq(one).any()), None)
    if top is None:
        return "Balance needs little of any muscle here"
    return f"{top.capitalize()}: {_listed(fit.loc[fit['band_now'].eq(top), 'muscle_id'], names)}"


def bands_change(bands: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which muscles moved to another band since the nominal setting.

    Parameters
    ----------
    bands : pandas.DataFrame
        From `muscle_bands`.
    names
        Names of the muscles.
    """
    moved = bands[bands["band_before"].ne(bands["band_now"])]
    if moved.empty:
        is_same = np.allclose(bands["before"], bands["now"])
        return "As at the start." if is_same else "No muscle changes its band."
    order = {one: place for place, one in enumerate(BANDS)}
    rises = moved["band_now"].map(order) > moved["band_before"].map(order)
    return " ".join(
        f"{verb} a band: {_listed(own['muscle_id'], names)}."
        for verb, own in (("Up", moved[rises]), ("Down", moved[~rises]))
        if len(own)
    )


def _listed(muscle_ids: pd.Series, names: Mapping[str, str]) -> str:
    """First few muscles of a list by name."""
    first = [names[code] for code in muscle_ids[:_MOST_NAMED]]
    named = [one[:1].lower() + one[1:] for one in first]
    more = len(muscle_ids) - len(named)
    # Some names hold an "and" of their own.
    return ", ".join(named) + (f" and {counted(more)} more" if more else "")


def direction_of(axis: str, torque_nm: float) -> str | None:
    """Direction of a signed torque about an axis; None for the joint under the ankle.

    Examples
    --------
    >>> direction_of("knee_flexion", -80), direction_of("hip_rotation", 4)
    ('knee_extension', 'hip_rotation')
    """
    return _by_turn().get((axis, int(np.sign(torque_nm))))


def _by_turn() -> dict[tuple[str, int], str]:
    return {
        (axis, sign): code
        for code, direction in DIRECTIONS.items()
        for axis, own in direction.turns
        for sign in ((own,) if own else (-1, 1))
    }
