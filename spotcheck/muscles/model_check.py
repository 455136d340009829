"""The leg model's estimates against published measurements: how far they can be trusted.

Two sets are kept apart. The exercises that served while the model was made say how well it could
be made to fit. The held-out ones had their poses frozen before anyone compared them, and all their
measurements that one rule finds count, whatever they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from spotcheck.muscles.demand import bundle_weights, mean_percent
from spotcheck.muscles.physics import Pose

SETS: Final = {
    "bodyweight": "Body weight",
    "barbell": "Barbell",
    "band": "Band",
    "set_by_load": "Set by the load",
    "other_load": "Another load",
    "share_of_sum": "Share of four muscles",
}
"""Kinds of comparison, in words."""

COUNTED: Final = ("bodyweight", "barbell", "band")
"""Kinds that count in the figures; in the others the load, not the model, gives the answer."""

FACTOR: Final = 2.0
"""Estimates count as near within this factor."""

N_RESAMPLES: Final = 2000

_SEED = 20261122
_LEAST_PAIRS = 4
_CLEARLY_MORE = 1.25
_METRIC, _PEAK_METRIC = "mvic_percent_mean", "mvic_percent_peak"
_STATUSES = ("verified", "second_hand")
_OWN_WEIGHT_CLASSES = ("bodyweight", "not_stated")
_FOUR_MUSCLES = ("gluteus_maximus", "biceps_femoris", "vastus_medialis", "vastus_lateralis")


class Figures(NamedTuple):
    """Agreement of estimates with measurements; missing where there are too few pairs.

    Attributes
    ----------
    n, n_cells
        Pairs, and different exercises and muscles among them.
    rho, rho_low, rho_high
        Spearman's rank correlation and the 95 % interval of its bootstrap.
    within
        Share of pairs within `FACTOR`.
    median_ratio
        Median of estimate over measurement.
    """

    n: int
    n_cells: int
    rho: float
    rho_low: float
    rho_high: float
    within: float
    median_ratio: float


def rows_by_rule(
    exercise_ids: set[str],
    phases: pd.DataFrame,
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    portions: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of ``leg_model_comparisons`` that the rule finds for exercises.

    The rule: every mean EMG in % of MVIC, of more than one person, seen or second-hand, of the
    trained leg or of both, in a muscle that the model covers, that does not restate another row.
    Its set follows from the load: one that is a share of the model's strength decides the answer;
    the body's weight is compared with the body's weight, and a barbell with a weight or machine;
    what is left has another load than the model.

    Parameters
    ----------
    exercise_ids
        Exercises, for instance those that are held out.
    phases, measurements, variants, portions : pandas.DataFrame
        Tables ``leg_model_phases``, ``engagement_measurements``, ``exercise_variants`` and
        ``leg_model_portions``.

    Returns
    -------
    pandas.DataFrame
        `measurement_id`, `set` and `is_held_out`, in the order of the measurements.
    """
    model = phases.groupby("exercise_id", sort=False).agg(
        load_unit=("load_unit", "first"),
        is_set_by_load=("is_set_by_load", "all"),
        is_held_out=("is_held_out", "all"),
    )
    form = variants[["variant_id", "exercise_id", "load_class", "limb"]]
    rows = measurements.merge(form, on="variant_id", how="left")
    rows = rows[
        rows["exercise_id"].isin(exercise_ids)
        & rows["exercise_id"].isin(model.index)
        & rows["metric"].eq(_METRIC)
        & ~rows["is_single_person"]
        & rows["status"].isin(_STATUSES)
        & rows["limb"].isin(["trained", "both", "not_stated"])
        & rows["portion_id"].isin(portions["portion_id"])
        & rows["repeats_measurement_id"].isna()
    ]
    rows = rows.merge(model, left_on="exercise_id", right_index=True)
    kinds = [
        _set_of(*each)
        for each in zip(rows["load_unit"], rows["is_set_by_load"], rows["load_class"], strict=True)
    ]
    return rows.assign(set=kinds)[["measurement_id", "set", "is_held_out"]].reset_index(drop=True)


def model_values(
    poses: Mapping[tuple[str, str], Pose], portions: pd.DataFrame, muscles: pd.DataFrame
) -> pd.DataFrame:
    """Estimate of every portion in every exercise, over its phases.

    Parameters
    ----------
    poses
        From `physics.poses`.
    portions, muscles : pandas.DataFrame
        Tables ``leg_model_portions`` and ``leg_model_muscles``.

    Returns
    -------
    pandas.DataFrame
        Rows `exercise_id`, `portion_id`, `model_mean` and `model_peak` [%].
    """
    weights = bundle_weights(portions[["portion_id", "bundle_id"]], muscles)
    by_exercise = pd.DataFrame([mean_percent(pose, weights) for pose in poses.values()]).groupby(
        [exercise for exercise, _ in poses], sort=False
    )
    mean, peak = by_exercise.mean(), by_exercise.max()
    return pd.DataFrame(
        {
            "exercise_id": np.repeat(mean.index.to_numpy(), len(weights)),
            "portion_id": np.tile(weights.index.to_numpy(), len(mean)),
            "model_mean": mean.to_numpy().ravel(),
            "model_peak": peak.to_numpy().ravel(),
        }
    )


def pairs(
    comparisons: pd.DataFrame,
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    values: pd.DataFrame,
) -> pd.DataFrame:
    """Each measurement beside the model's estimate of the same.

    A peak is set against the highest phase, everything else against the mean of the phases; of a
    range its middle counts. Rows that the model does not have are left out.

    Parameters
    ----------
    comparisons, measurements, variants : pandas.DataFrame
        Tables ``leg_model_comparisons``, ``engagement_measurements`` and ``exercise_variants``.
    values : pandas.DataFrame
        From `model_values`.

    Returns
    -------
    pandas.DataFrame
        Rows `measurement_id`, `set`, `is_held_out`, `exercise_id`, `portion_id`, `is_peak`,
        `measured` and `model` [% of MVIC], `ratio`, `study_id`, `status`.
    """
    columns = ["measurement_id", "variant_id", "portion_id", "metric", "value", "value_low",
               "value_high", "study_id", "status"]  # fmt: skip
    rows = comparisons.merge(measurements[columns], on="measurement_id")
    rows = rows.merge(variants[["variant_id", "exercise_id"]], on="variant_id")
    rows = rows.merge(values, on=["exercise_id", "portion_id"])
    is_peak = rows["metric"].eq(_PEAK_METRIC)
    rows = rows.assign(
        is_peak=is_peak,
        measured=rows["value"].fillna((rows["value_low"] + rows["value_high"]) / 2),
        model=rows["model_peak"].where(is_peak, rows["model_mean"]),
    )
    rows["ratio"] = rows["model"] / rows["measured"]
    shown = ["measurement_id", "set", "is_held_out", "exercise_id", "portion_id", "is_peak",
             "measured", "model", "ratio", "study_id", "status"]  # fmt: skip
    return rows[shown]


def figures(rows: pd.DataFrame) -> Figures:
    """Agreement of some pairs.

    Resampled are cells, an exercise with a muscle, and not numbers: two studies of the same cell
    meet the same estimate.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `pairs`.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"exercise_id": list("abcde"), "portion_id": "soleus",
    ...      "measured": [10.0, 20, 30, 40, 50], "model": [10.0, 15, 20, 30, 20]})
    >>> found = figures(rows.assign(ratio=rows["model"] / rows["measured"]))
    >>> found.n, round(found.rho, 2), found.within, found.median_ratio
    (5, 0.82, 0.8, 0.75)
    """
    n, cells = len(rows), rows.groupby(["exercise_id", "portion_id"]).ngroup().to_numpy()
    n_cells = len(np.unique(cells))
    if n == 0:
        return Figures(0, 0, *[float("nan")] * 5)
    ratio = rows["ratio"]
    within = float(ratio.between(1 / FACTOR, FACTOR).mean())
    rho = low = high = float("nan")
    if n >= _LEAST_PAIRS:
        measured, model = rows["measured"].to_numpy(), rows["model"].to_numpy()
        rho = float(_rank_correlation(measured, model, np.ones((1, n)))[0])
        draws = np.random.default_rng(_SEED).multinomial(
            n_cells, np.full(n_cells, 1 / n_cells), N_RESAMPLES
        )
        resampled = _rank_correlation(measured, model, draws[:, cells].astype(float))
        spread = resampled[~np.isnan(resampled)]
        if len(spread):
            low, high = np.percentile(spread, [2.5, 97.5]).tolist()
    return Figures(n, n_cells, rho, low, high, within, float(ratio.median()))


def by_set(rows: pd.DataFrame) -> dict[str, Figures]:
    """Agreement of all counted pairs, of each set among them, and of what was verified.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `pairs`.

    Returns
    -------
    dict
        Figures by the set, ``all`` and ``verified``; sets without a pair are left out.
    """
    counted = rows[rows["set"].isin(COUNTED)]
    groups = {
        "all": counted,
        **{code: counted[counted["set"].eq(code)] for code in COUNTED},
        "verified": counted[counted["status"].eq("verified")],
    }
    return {name: figures(own) for name, own in groups.items() if len(own)}


def by_portion(rows: pd.DataFrame) -> dict[str, Figures]:
    """Agreement within each muscle or part that has enough counted pairs to rank.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `pairs`.

    Returns
    -------
    dict
        Figures by `portion_id`, the most pairs first.
    """
    counted = rows[rows["set"].isin(COUNTED)]
    found = {str(name): figures(own) for name, own in counted.groupby("portion_id", sort=False)}
    ranked = {name: one for name, one in found.items() if one.n >= _LEAST_PAIRS}
    return dict(sorted(ranked.items(), key=lambda item: -item[1].n))


def far_off(rows: pd.DataFrame) -> pd.DataFrame:
    """Counted pairs beyond `FACTOR`, the farthest first.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `pairs`.
    """
    counted = rows[rows["set"].isin(COUNTED)]
    beyond = counted[~counted["ratio"].between(1 / FACTOR, FACTOR)]
    distance = np.log(beyond["ratio"].clip(lower=1e-3)).abs()
    return beyond.loc[distance.sort_values(ascending=False, kind="stable").index]


def reversals(rows: pd.DataFrame) -> pd.DataFrame:
    """Two exercises that one study ranks clearly, and the model the other way round.

    Clearly is a quarter more; the model reverses them when it gives the lower one a quarter more.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `pairs`.

    Returns
    -------
    pandas.DataFrame
        Rows `study_id`, `portion_id`, `more`, `less` (exercises as measured), and what each was
        measured and modelled at.
    """
    counted = rows[rows["set"].isin(COUNTED)]
    found = []
    for (study, portion, _), same in counted.groupby(
        ["study_id", "portion_id", "is_peak"], sort=False
    ):
        for one, two in combinations(same.to_dict("records"), 2):
            more, less = (one, two) if one["measured"] > two["measured"] else (two, one)
            if (
                more["measured"] >= _CLEARLY_MORE * less["measured"]
                and less["model"] >= _CLEARLY_MORE * more["model"]
            ):
                found.append(
                    (
                        *(study, portion, more["exercise_id"], less["exercise_id"]),
                        *(more["measured"], less["measured"], more["model"], less["model"]),
                    )
                )
    columns = ["study_id", "portion_id", "more", "less", "more_measured", "less_measured",
               "more_model", "less_model"]  # fmt: skip
    return pd.DataFrame(found, columns=columns)


def shares_of_sum(rows: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    """Share of a muscle in the summed activity of four, as measured and as modelled.

    Parameters
    ----------
    rows, values : pandas.DataFrame
        From `pairs` and `model_values`.

    Returns
    -------
    pandas.DataFrame
        Rows of the set ``share_of_sum``, with `model` and `ratio` made of shares [%].
    """
    wide = values.pivot(index="exercise_id", columns="portion_id", values="model_mean")
    own = rows[rows["set"].eq("share_of_sum")]
    total = wide[list(_FOUR_MUSCLES)].sum(axis=1)
    share = 100 * own["model"] / own["exercise_id"].map(total)
    return own.assign(model=share, ratio=share / own["measured"])


def _set_of(load_unit: str, is_set_by_load: bool, load_class: str) -> str:
    """Kind of comparison of a model's load with a study's."""
    if is_set_by_load:
        return "set_by_load"
    has_own_weight = load_class in _OWN_WEIGHT_CLASSES
    if load_unit == "none":
        return "bodyweight" if has_own_weight else "other_load"
    if load_unit == "newton":
        return "band" if load_class == "band" else "other_load"
    return "barbell" if load_class not in ("bodyweight", "band") else "other_load"


def _rank_correlation(one: np.ndarray, two: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Spearman's rank correlation with every pair counted as often as each row of counts says.

    Missing where a resample has no spread.
    """
    # A pair's rank: what stands below it, and half of what stands level with it.
    ranks = [counts @ ((each[:, None] < each) + (each[:, None] == each) / 2) for each in (one, two)]
    n = counts.sum(axis=1, keepdims=True)
    away = [rank - (counts * rank).sum(axis=1, keepdims=True) / n for rank in ranks]
    spread = np.sqrt((counts * away[0] ** 2).sum(axis=1) * (counts * away[1] ** 2).sum(axis=1))
    together = (counts * away[0] * away[1]).sum(axis=1)
    result: np.ndarray = np.divide(
        together, spread, out=np.full(len(counts), np.nan), where=spread > 1e-9
    )
    return result
