"""What the leg model says of each cell of the matrix, in bands, below whatever was measured.

The model (tables ``leg_model_*``) shares the torques of still poses among the muscles of a leg. Its
number is an estimate of one model: here it becomes one of four bands and never a digit. Rules, all
applied in :func:`lens_cells` and :func:`states_of`:

1. A measured share of a maximal effort stands above the model: the cell shows the measured band.
2. The model fills a cell only for muscles that it was found fit for; for others it says what is
   possible, and the cell stays empty.
3. An exercise without poses is not modelled, which differs from "none"; and "none" means that
   balance does not need the muscle, not that it is inactive.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from spotcheck.muscles import physics
from spotcheck.muscles.evidence import PHYSICS, cell_measurements

LENS: Final = "model"
"""Code of the lens of the matrix."""

METRIC: Final = "model_band"
"""The scale that the lens compares: places of :data:`BANDS`."""

BANDS: Final = ("none", "low", "moderate", "high")
"""Bands of activity, lowest first; they end at :data:`BAND_ENDS`."""

BAND_ENDS: Final = (10.0, 40.0, 80.0)
"""Highest value of each band but the last [% of a maximal effort]."""

STATES: Final = ("estimated", "possible", "not_modelled", "not_in_model")
"""What the model holds of a cell: an estimate, one that it is not fit for, an exercise without
poses, a muscle that the leg does not have."""

FLAGS: Final = ("is_outside_range", "is_bound_hit", "is_large_reserve", "is_set_by_load")
"""What may be wrong with a pose; columns of ``leg_model_phases``."""

DIRECTIONS: Final = {
    "hip_flexion": ("hip extension", "hip flexion"),
    "hip_adduction": ("hip abduction", "hip adduction"),
    "hip_rotation": ("outward turning of the thigh", "inward turning of the thigh"),
    "knee_flexion": ("knee extension", "knee flexion"),
    "ankle_dorsiflexion": ("plantarflexion", "dorsiflexion"),
    "subtalar_inversion": ("eversion of the foot", "inversion of the foot"),
}
"""Names of a torque about each axis, for a negative and a positive one."""

LEAST_DRIVE_NM: Final = 5.0
"""Smallest torque that is said to call a muscle [N m]."""

# Of one cell the mean is the closest to what the model gives; the last lens holds percentages of a
# maximal effort whose text does not say if they are means.
_MEASURED_LENSES = ("activity_mean", "activity_peak", "other_scale")
_CELL = ["exercise_id", "muscle_id"]
_EXERCISE = ["is_flagged", "is_set_by_load"]
_DRIVE = ["phase", "direction", "torque_nm", "share", "is_balancing"]


def band_of(percent: float) -> str:
    """Band of an activity [% of a maximal effort].

    Examples
    --------
    >>> band_of(10), band_of(10.1), band_of(80), band_of(145)
    ('none', 'low', 'moderate', 'high')
    """
    return BANDS[int(np.searchsorted(BAND_ENDS, percent))]


def band_limits(band: str) -> tuple[float, float | None]:
    """Lowest and highest activity of a band [% of a maximal effort]; the last has no end.

    Raises
    ------
    ValueError
        If ``band`` is not one of :data:`BANDS`.

    Examples
    --------
    >>> band_limits("low"), band_limits("high")
    ((10.0, 40.0), (80.0, None))
    """
    if band not in BANDS:
        raise ValueError(f"band is {band!r}; allowed are {', '.join(BANDS)}.")
    place = BANDS.index(band)
    return (0.0, *BAND_ENDS)[place], (*BAND_ENDS, None)[place]


def states_of(
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    estimates: pd.DataFrame,
    model_muscles: pd.DataFrame,
) -> pd.DataFrame:
    """What the model holds of every exercise with every muscle.

    Parameters
    ----------
    exercises, muscles : DataFrame
        Columns ``exercise_id`` and ``muscle_id``; their order is the order of the result.
    estimates, model_muscles : DataFrame
        The tables ``leg_model_estimates`` and ``leg_model_muscles``.

    Returns
    -------
    DataFrame
        ``len(exercises) * len(muscles)`` rows: ``exercise_id``, ``muscle_id``, ``state`` (one of
        :data:`STATES`), ``model_band`` and ``model_peak_band`` (band of the mean and of the peak
        over the phases; missing without an estimate), ``is_flagged`` and ``is_set_by_load``.
    """
    frame = exercises[["exercise_id"]].merge(muscles[["muscle_id"]], how="cross")
    frame = frame.merge(estimates, on=_CELL, how="left")
    has_estimate = frame["mean_percent"].notna()
    in_leg = frame["muscle_id"].isin(model_muscles["muscle_id"].dropna())
    fits = frame["is_fit"].eq(True)
    choices = [has_estimate & fits, has_estimate, in_leg]
    frame["state"] = np.select(choices, STATES[:-1], STATES[-1])
    for column, values in (("model_band", "mean_percent"), ("model_peak_band", "peak_percent")):
        bands = np.array(BANDS, object)[np.searchsorted(BAND_ENDS, frame[values].fillna(0))]
        frame[column] = pd.Series(bands, index=frame.index).where(has_estimate)
    for flag in _EXERCISE:
        frame[flag] = frame[flag].eq(True)
    return frame[[*_CELL, "state", "model_band", "model_peak_band", *_EXERCISE]]


def measured_rows(
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    portion_members: pd.DataFrame,
    metrics: pd.DataFrame,
    *,
    include_single_person: bool = False,
) -> pd.DataFrame:
    """Measured shares of a maximal effort, on whatever scale says so.

    Parameters
    ----------
    measurements, variants, portion_members, metrics, include_single_person
        As in :func:`spotcheck.muscles.cell_measurements`.

    Returns
    -------
    DataFrame
        Rows of :func:`spotcheck.muscles.cell_measurements`.
    """
    return cell_measurements(
        measurements,
        variants,
        portion_members,
        metrics[metrics["is_percent_of_mvic"]],
        lenses=_MEASURED_LENSES,
        include_single_person=include_single_person,
    )


def measured_first(evidence: pd.DataFrame) -> pd.DataFrame:
    """What was measured of each cell: its mean, else its peak, else one of the two.

    Parameters
    ----------
    evidence : DataFrame
        Result of :func:`spotcheck.muscles.cell_evidence` for :func:`measured_rows`.

    Returns
    -------
    DataFrame
        At most one of these rows for each cell.
    """
    places = evidence["lens"].map(_MEASURED_LENSES.index)
    in_turn = evidence.iloc[places.argsort(kind="stable")]
    return in_turn.drop_duplicates(_CELL).reset_index(drop=True)


def lens_cells(cells: pd.DataFrame, states: pd.DataFrame) -> pd.DataFrame:
    """Cells of the matrix in the lens of the model: a band each, measured where possible.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix` from :func:`measured_first`.
    states : DataFrame
        Result of :func:`states_of`, in the same order.

    Returns
    -------
    DataFrame
        ``cells`` with ``value`` (place of the band), ``label`` (its name), ``metric``
        (:data:`METRIC`), ``unit`` (empty), ``grade`` (``physics`` where only the model fills the
        cell) and ``no_data`` (true where nothing does), with the columns of ``states``, and what
        was measured: ``is_measured``, ``measured`` (the number), ``measured_unit`` and
        ``measured_metric``.

    Raises
    ------
    ValueError
        If the cells are not those of the states.
    """
    if not (cells[_CELL].to_numpy() == states[_CELL].to_numpy()).all():
        raise ValueError("states are of other cells; allowed are those of the cells, in order.")
    is_measured = ~cells["no_data"].to_numpy(bool)
    is_filled = is_measured | states["state"].eq(STATES[0]).to_numpy()
    measured = np.searchsorted(BAND_ENDS, cells["value"].fillna(0).to_numpy("float64"))
    place_of = {band: place for place, band in enumerate(BANDS)}
    modelled = states["model_band"].map(place_of).to_numpy("float64")
    places = np.where(is_filled, np.where(is_measured, measured, modelled), np.nan)
    names = [None if np.isnan(place) else BANDS[int(place)] for place in places]
    own = states.drop(columns=_CELL).set_axis(cells.index)
    return cells.assign(
        is_measured=is_measured,
        measured=cells["label"].where(is_measured),
        measured_unit=cells["unit"],
        measured_metric=cells["metric"],
        value=places,
        value_low=places,
        value_high=places,
        is_range=False,
        label=pd.Series(names, index=cells.index, dtype=object),
        metric=pd.Series(METRIC, index=cells.index, dtype=object).where(is_filled),
        unit=pd.Series("", index=cells.index, dtype=object).where(is_filled),
        grade=cells["grade"].where(is_measured | ~is_filled, PHYSICS),
        no_data=~is_filled,
        **{name: own[name] for name in own},
    )


def drives_of(
    phases: pd.DataFrame,
    torques: pd.DataFrame,
    strengths: pd.DataFrame,
    model_muscles: pd.DataFrame,
) -> pd.DataFrame:
    """Joint torque that calls each muscle most, in the phase in which the model uses it most.

    Parameters
    ----------
    phases, torques, strengths, model_muscles : DataFrame
        The tables ``leg_model_phases``, ``leg_model_torques``, ``leg_model_strengths`` and
        ``leg_model_muscles``, or the rows of some exercises.

    Returns
    -------
    DataFrame
        One row an exercise and muscle above the band "none": ``exercise_id``, ``muscle_id``,
        ``phase`` (its title), ``direction`` (words), ``torque_nm`` (size of the torque that the
        weight of body and load asks for), ``share`` (of the reference torque in that direction;
        missing without one) and ``is_balancing``: true where that torque is less than
        :data:`LEAST_DRIVE_NM`, so that the muscle works against others at the same joint.
    """
    titles = dict(zip(_keys(phases), phases["title"], strict=True))
    free = torques[~torques["is_held"]]
    references = dict(zip(_keys(free, "axis"), free["reference_nm"], strict=True))
    best: dict[tuple[str, str], dict[str, object]] = {}
    highest: dict[tuple[str, str], float] = {}
    muscles: tuple[str, ...] = ()
    for key, pose in physics.poses(phases, torques, strengths).items():
        if not muscles:
            muscles, is_own, weight = _bundles_of(model_muscles, pose.bundles)
        axes = [axis for axis in physics.AXES if (*key, axis) in references]
        asked, needed = pose.body + pose.load, physics.required_torque(pose)
        active = physics.activation(pose).activation
        gives = (pose.strength * active) @ is_own.T
        best_axis = np.argmax(gives * np.sign(needed)[:, None], axis=0).tolist()
        for muscle, percent, at in zip(muscles, (weight @ active).tolist(), best_axis, strict=True):
            cell = (key[0], muscle)
            if percent <= max(BAND_ENDS[0], highest.get(cell, 0.0)):
                continue
            highest[cell] = percent
            torque_nm = abs(float(asked[at]))
            best[cell] = {
                "phase": titles[key],
                "direction": DIRECTIONS[axes[at]][int(needed[at] > 0)],
                "torque_nm": torque_nm,
                "share": torque_nm / references[*key, axes[at]],
                "is_balancing": torque_nm < LEAST_DRIVE_NM,
            }
    cells = [{"exercise_id": exercise, "muscle_id": muscle} for exercise, muscle in best]
    rows = [{**cell, **row} for cell, row in zip(cells, best.values(), strict=True)]
    return pd.DataFrame(rows, columns=[*_CELL, *_DRIVE])


def _keys(rows: pd.DataFrame, *more: str) -> list[tuple[str, ...]]:
    """Exercise and phase of each row, and what else is asked for."""
    return list(zip(*(rows[name] for name in ("exercise_id", "phase", *more)), strict=True))


def _bundles_of(
    model_muscles: pd.DataFrame, bundles: tuple[str, ...]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Muscles, which bundles are theirs, and what makes a muscle's percentage of its bundles'."""
    named = model_muscles.dropna(subset="muscle_id")
    muscles = tuple(str(code) for code in named["muscle_id"].unique())
    is_own = np.zeros((len(muscles), len(bundles)))
    force = np.zeros_like(is_own)
    for muscle, bundle, newtons in named[["muscle_id", "bundle_id", "peak_force_n"]].itertuples(
        index=False
    ):
        if bundle in bundles:
            place = muscles.index(muscle), bundles.index(bundle)
            is_own[place], force[place] = 1, newtons
    total = named.groupby("muscle_id")["peak_force_n"].sum().loc[list(muscles)].to_numpy()
    return muscles, is_own, 100 * force / total[:, None]
