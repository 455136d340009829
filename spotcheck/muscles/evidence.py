"""What has been measured of an exercise and a muscle, how good it is, and what a cell may show.

The tables meet here: ``engagement_measurements`` (one published number a row),
``exercise_variants`` (the wording of a study: load, limb, phase), ``muscle_portion_members`` (which
muscles a measured portion stands for) and ``metrics`` (the scales). Everything takes and gives
DataFrames; nothing here reads a file.

Rules of a cell of the matrix, all applied in :func:`cell_measurements` and :func:`cell_evidence`:

1. A number that nobody has seen in print (``from_memory``) never enters a cell.
2. One person never changes what groups of people show: a single-person value fills a cell only when
   it is asked for and nothing else is there.
3. A muscle's own value, or that of its parts, comes before the value of a group it belongs to.
4. One cell holds one scale: percentages of different things are never mixed.
5. Sources that disagree are shown as a range. They are not averaged into a new number.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pandas as pd

GRADES: Final = ("pooled", "group_study", "small_or_second_hand", "single_person", "not_verified")
"""Grades of a measurement, best first; ``not_verified`` is never shown as measured."""

PHYSICS: Final = "physics"
"""Grade of a cell that only the leg model fills: below any measurement, above a coded role."""

EXPERT_ROLE: Final = "expert_role"
"""Grade of a cell without a measurement: only the coded role is known."""

CELL_GRADES: Final = (*GRADES[:-1], PHYSICS, EXPERT_ROLE)
"""Grades that a cell of the matrix may have, best first."""

LENSES: Final = ("activity_mean", "activity_peak", "mri_t2", "muscle_force", "other_scale")
"""Ways to look at the matrix; the scales of one lens never mix with those of another."""

LIMBS: Final = ("trained", "support", "other", "any")
"""Limbs a cell can show; ``trained`` is the plain form of the exercise on the working limb."""

SMALLEST_GROUP_PEOPLE: Final = 10
"""Fewest participants of a study that counts as a group study."""

# A peak over a whole stride or repetition is the largest of the peaks of its phases.
_LENSES_OF_PEAKS = ("activity_peak", "muscle_force")
_PHASES_OF_A_WHOLE = ("stance", "swing", "concentric", "eccentric")

_CELL = ["exercise_id", "muscle_id"]
_LENS_CELL = ["lens", *_CELL]
# What a cell needs of a measurement; every merge copies all columns that it is given.
_MEASURED = [
    *("measurement_id", "variant_id", "portion_id", "metric", "value", "value_low", "value_high"),
    *("n", "study_id", "status", "is_pooled", "is_single_person", "repeats_measurement_id"),
]


@dataclass(frozen=True)
class MeasurementCounts:
    """How many measurements there are; the single-person rows are counted apart.

    Attributes
    ----------
    n_measurements : int
        Measurements of more than one person, whatever their status.
    n_verified, n_second_hand, n_from_memory : int
        The same, by how the number was seen; they add up to ``n_measurements``.
    n_studies : int
        Sources behind them.
    n_exercises : int
        Exercises they cover.
    n_single_person_left_out : int
        Rows of the single-person set, in none of the other counts.
    """

    n_measurements: int
    n_verified: int
    n_second_hand: int
    n_from_memory: int
    n_studies: int
    n_exercises: int
    n_single_person_left_out: int


def grade_measurement(measurements: pd.DataFrame) -> pd.Series:
    """Grade of each measurement, from how it was made and how its number was seen.

    Parameters
    ----------
    measurements : DataFrame
        Columns ``status`` (verified, second_hand, from_memory), ``n`` [people], ``is_pooled`` and
        ``is_single_person``.

    Returns
    -------
    Series
        Ordered categorical out of :data:`GRADES`, best first, with the index of ``measurements``.
        ``group_study`` needs at least 10 participants; an unknown number does not count as 10.

    Examples
    --------
    >>> rows = pd.DataFrame({
    ...     "status": ["verified", "verified", "second_hand", "verified", "from_memory"],
    ...     "n": [156, 40, 26, 1, 30],
    ...     "is_pooled": [True, False, False, False, False],
    ...     "is_single_person": [False, False, False, True, False],
    ... })
    >>> grade_measurement(rows).tolist()
    ['pooled', 'group_study', 'small_or_second_hand', 'single_person', 'not_verified']
    """
    verified = measurements["status"].eq("verified")
    enough_people = measurements["n"].ge(SMALLEST_GROUP_PEOPLE).fillna(False).astype(bool)
    grade = pd.Series("small_or_second_hand", index=measurements.index, dtype="object")
    grade[verified & enough_people] = "group_study"
    grade[verified & measurements["is_pooled"]] = "pooled"
    grade[measurements["is_single_person"]] = "single_person"
    grade[measurements["status"].eq("from_memory")] = "not_verified"
    return grade.astype(pd.CategoricalDtype(list(GRADES), ordered=True)).rename("grade")


def cell_measurements(
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    portion_members: pd.DataFrame,
    metrics: pd.DataFrame,
    *,
    lenses: Collection[str] = LENSES,
    include_single_person: bool = False,
    limb: str = "trained",
) -> pd.DataFrame:
    """Measurements behind each cell of the matrix: what a hover or a click names.

    Parameters
    ----------
    measurements, variants, portion_members, metrics : DataFrame
        The tables ``engagement_measurements``, ``exercise_variants``, ``muscle_portion_members``
        and ``metrics``.
    lenses : collection of str, optional
        Some of :data:`LENSES`; each has cells of its own.
    include_single_person : bool, default False
        Let the single-person set fill cells that would else be empty.
    limb : str, default "trained"
        One of :data:`LIMBS`. ``trained`` takes the plain forms only (``is_default``), ``any`` every
        form and limb.

    Returns
    -------
    DataFrame
        One row a lens, measurement and muscle: ``lens``, ``exercise_id``, ``muscle_id``,
        ``measurement_id``, ``study_id``, ``metric``, ``unit``, ``low``, ``high`` (equal for a
        single number, both in ``unit``), ``grade``, ``is_pooled``, ``is_group_value`` (measured on
        a group of muscles) and ``is_restated`` (repeats a number of another row of the cell).

    Raises
    ------
    ValueError
        If a lens or ``limb`` is not one of the allowed names.
    """
    for lens in lenses:
        _check_choice("lens", lens, LENSES)
    _check_choice("limb", limb, LIMBS)
    scales = metrics.loc[metrics["lens"].isin(lenses), ["metric", "unit", "sequence", "lens"]]
    forms = variants[["variant_id", "exercise_id", "limb", "phase", "is_default"]]
    if limb == "trained":
        forms = forms[forms["is_default"]]
    elif limb != "any":
        forms = forms[forms["limb"].eq(limb)]
    rows = measurements[measurements["metric"].isin(scales["metric"])]
    rows = rows[_MEASURED].assign(grade=grade_measurement(rows))
    rows = rows[rows["grade"].ne("not_verified")]
    if not include_single_person:
        rows = rows[~rows["is_single_person"]]
    rows = rows.merge(scales, on="metric").merge(forms, on="variant_id")
    rows = rows.merge(_members_with_group_flag(portion_members), on="portion_id")
    rows["low"] = rows["value"].fillna(rows["value_low"])
    rows["high"] = rows["value"].fillna(rows["value_high"])
    rows = _one_source_of_rank(_largest_phase_only(rows))
    rows["is_restated"] = _repeats_a_row_of_its_cell(rows)
    columns = [
        *_LENS_CELL, "measurement_id", "study_id", "metric", "unit", "low", "high", "grade",
        "is_pooled", "is_group_value", "is_restated",
    ]  # fmt: skip
    rows = rows.sort_values([*_LENS_CELL, "grade", "measurement_id"])
    return rows[columns].reset_index(drop=True)


def cell_evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """What each measured cell of the matrix shows: a value or a range, and its best grade.

    Parameters
    ----------
    rows : DataFrame
        Result of :func:`cell_measurements`.

    Returns
    -------
    DataFrame
        One row a lens and a cell that has a measurement in it:

        ``value_low``, ``value_high``
            Smallest and largest number over the sources, in ``unit``; equal when there is one.
            Where a source prints only an interval, its ends are used.
        ``value``
            For colour only: the pooled estimate of a review if the cell has exactly one, else the
            middle of ``value_low`` and ``value_high``. It is a place on the colour scale, not a
            finding; a reader is shown ``label``.
        ``is_range``
            True when the two ends differ.
        ``label``
            The number or "low to high", rounded for reading.
        ``metric``, ``unit``
            The one scale of the cell.
        ``n_studies``, ``n_measurements``
            Sources and rows behind it, without restated numbers. A review and a study it covers
            count as two sources.
        ``grade``
            Best grade among the rows.
        ``is_group_value``
            True when only the group the muscle belongs to was measured.
    """
    cells = rows.groupby(_LENS_CELL, sort=False)
    found = cells.agg(
        metric=("metric", "first"),
        unit=("unit", "first"),
        value_low=("low", "min"),
        value_high=("high", "max"),
        grade=("grade", "min"),
        is_group_value=("is_group_value", "first"),
    )
    found["is_range"] = found["value_low"] < found["value_high"]
    middle = (found["value_low"] + found["value_high"]) / 2
    pooled = rows[rows["is_pooled"] & rows["low"].eq(rows["high"])].groupby(_LENS_CELL)["low"]
    found["value"] = pooled.first()[pooled.size() == 1].reindex(found.index).fillna(middle)
    counted = rows[~rows["is_restated"]].groupby(_LENS_CELL)
    found["n_studies"] = counted["study_id"].nunique().reindex(found.index)
    found["n_measurements"] = counted["measurement_id"].nunique().reindex(found.index)
    found["label"] = [
        value_label(low, high)
        for low, high in zip(found["value_low"], found["value_high"], strict=True)
    ]
    columns = [
        "metric", "unit", "value", "value_low", "value_high", "is_range", "label",
        "n_studies", "n_measurements", "grade", "is_group_value",
    ]  # fmt: skip
    return found.reset_index()[[*_LENS_CELL, *columns]]


def matrix(
    exercises: pd.DataFrame, muscles: pd.DataFrame, roles: pd.DataFrame, cells: pd.DataFrame
) -> pd.DataFrame:
    """Every exercise with every muscle: the coded role, and the measurement where there is one.

    Parameters
    ----------
    exercises : DataFrame
        Column ``exercise_id``; its order is the order of the result.
    muscles : DataFrame
        Column ``muscle_id``; likewise.
    roles : DataFrame
        Columns ``exercise_id``, ``muscle_id``, ``role`` and ``reason``.
    cells : DataFrame
        Rows of :func:`cell_evidence`, at most one a cell.

    Returns
    -------
    DataFrame
        ``len(exercises) * len(muscles)`` rows: ``exercise_id``, ``muscle_id``, ``role``,
        ``reason``, the columns of ``cells``, and ``no_data``, true where nothing was measured.
        There ``grade`` is ``expert_role`` and the numbers are missing: not measured is not zero.
    """
    every = pd.MultiIndex.from_product([exercises["exercise_id"], muscles["muscle_id"]])
    coded = roles.set_index(_CELL)[["role", "reason"]].reindex(every)
    frame = coded.join(cells.set_index(_CELL).reindex(every)).rename_axis(_CELL).reset_index()
    frame["no_data"] = frame["value"].isna()
    frame["grade"] = frame["grade"].astype("object").fillna(EXPERT_ROLE)
    for flag in ("is_range", "is_group_value"):
        frame[flag] = frame[flag].eq(True)
    for count in ("n_studies", "n_measurements"):
        frame[count] = frame[count].fillna(0).astype("int64")
    return frame


def measurements_for(
    exercise_id: str | None,
    muscle_id: str | None,
    *,
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    portion_members: pd.DataFrame,
    portions: pd.DataFrame,
    metrics: pd.DataFrame,
    studies: pd.DataFrame,
) -> pd.DataFrame:
    """Everything the tables hold on one exercise, one muscle or both, with its sources.

    Unlike a cell it lists every form, limb, scale and status, so that nothing is hidden: a row with
    grade ``not_verified`` is listed with that grade, and the single person too.

    Parameters
    ----------
    exercise_id, muscle_id : str or None
        The cell, or with None in place of one of them its whole column or row; an exercise or
        muscle without measurements gives no rows.
    measurements, variants, portion_members, portions, metrics, studies : DataFrame
        The tables of these names (``portions`` is ``muscle_portions``).

    Returns
    -------
    DataFrame
        One row a measurement and cell, best grade first: the columns of ``measurements``, and
        ``exercise_id``, ``muscle_id``, ``grade``, ``wording``, ``load``, ``limb``, ``phase``,
        ``is_default``, ``portion`` (name), ``is_group_value``, ``metric_label``, ``unit``,
        ``lens``, ``citation`` and ``doi``.
    """
    members = _members_with_group_flag(portion_members)
    if muscle_id is not None:
        members = members[members["muscle_id"].eq(muscle_id)]
    forms = variants if exercise_id is None else variants[variants["exercise_id"].eq(exercise_id)]
    rows = measurements.assign(grade=grade_measurement(measurements))
    rows = rows.merge(
        forms[["variant_id", "exercise_id", "wording", "load", "limb", "phase", "is_default"]],
        on="variant_id",
    )
    rows = rows.merge(members[["portion_id", "muscle_id", "is_group_value"]], on="portion_id")
    rows = rows.merge(
        portions[["portion_id", "name"]].rename(columns={"name": "portion"}), on="portion_id"
    )
    scales = metrics[["metric", "label", "unit", "lens", "sequence"]]
    rows = rows.merge(scales.rename(columns={"label": "metric_label"}), on="metric")
    rows = rows.merge(studies[["study_id", "citation", "doi"]], on="study_id")
    rows = rows.sort_values(["grade", "sequence", "measurement_id"])
    return rows.drop(columns="sequence").reset_index(drop=True)


def count_measurements(measurements: pd.DataFrame, variants: pd.DataFrame) -> MeasurementCounts:
    """Counts for readers; the single-person set is left out and counted apart.

    Parameters
    ----------
    measurements, variants : DataFrame
        The tables ``engagement_measurements`` and ``exercise_variants``.

    Returns
    -------
    MeasurementCounts
    """
    people = measurements[~measurements["is_single_person"]]
    status = people["status"].value_counts()
    forms = variants[variants["variant_id"].isin(people["variant_id"])]
    return MeasurementCounts(
        n_measurements=len(people),
        n_verified=int(status.get("verified", 0)),
        n_second_hand=int(status.get("second_hand", 0)),
        n_from_memory=int(status.get("from_memory", 0)),
        n_studies=int(people["study_id"].nunique()),
        n_exercises=int(forms["exercise_id"].nunique()),
        n_single_person_left_out=int(measurements["is_single_person"].sum()),
    )


def value_label(low: float, high: float) -> str:
    """A number, or a range, rounded to what is known.

    Parameters
    ----------
    low, high : float
        Ends of the range, in one unit; equal for a single number.

    Returns
    -------
    str
        Whole numbers from 10 upwards, else two significant figures.

    Examples
    --------
    >>> value_label(108.0, 108.0), value_label(36.6, 99.9), value_label(0.162, 0.369)
    ('108', '37 to 100', '0.16 to 0.37')
    """
    ends = [f"{end:.0f}" if end >= 9.95 else f"{end:.2g}" for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _members_with_group_flag(portion_members: pd.DataFrame) -> pd.DataFrame:
    size = portion_members.groupby("portion_id")["muscle_id"].transform("size")
    return portion_members[["portion_id", "muscle_id"]].assign(is_group_value=size > 1)


def _largest_phase_only(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows without those phases of a whole that another phase of the same source exceeds."""
    source = [*_LENS_CELL, "portion_id", "study_id", "metric"]
    in_phases = rows["lens"].isin(_LENSES_OF_PEAKS) & rows["phase"].isin(_PHASES_OF_A_WHOLE)
    phases = rows[in_phases]
    largest = phases.groupby(source)["high"].transform("max")
    return rows.drop(index=phases.index[phases["high"] < largest])


def _one_source_of_rank(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the best kind of source of each cell, and of one scale."""
    # A group of muscles stands after the muscle itself, one person after both.
    kind = rows["is_group_value"].astype("int64") + 2 * rows["is_single_person"].astype("int64")
    rows = rows[kind == kind.groupby([rows[key] for key in _LENS_CELL]).transform("min")]
    # A better graded scale first; among equals the one that stands first in the table of metrics.
    order = rows["grade"].cat.codes.astype("int64") * 1000 + rows["sequence"]
    best = order.groupby([rows[key] for key in [*_LENS_CELL, "metric"]]).transform("min")
    return rows[best == best.groupby([rows[key] for key in _LENS_CELL]).transform("min")].copy()


def _repeats_a_row_of_its_cell(rows: pd.DataFrame) -> pd.Series:
    present = pd.MultiIndex.from_frame(rows[[*_LENS_CELL, "measurement_id"]])
    repeated = pd.MultiIndex.from_frame(rows[[*_LENS_CELL, "repeats_measurement_id"]])
    return pd.Series(repeated.isin(present), index=rows.index)


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}; allowed are {', '.join(allowed)}.")
