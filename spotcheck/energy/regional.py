"""Where lost fat comes from: the legs' share of it, which no exercise chooses."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from spotcheck import tables
from spotcheck.energy.metabolism import FloatArray, check_range, is_female

SHARE_FALLS_FROM_AGE_YEARS = 35.0


def leg_fat_share(sex: ArrayLike, age_years: ArrayLike) -> FloatArray:
    """Share of body fat that sits in both legs, from hip to foot.

    Parameters
    ----------
    sex : {"female", "male"} or array_like of these
        Sex.
    age_years : float or array_like
        Age, 18 to 100 [years].

    Returns
    -------
    float or numpy.ndarray
        Share of body fat [1]. The values and how well they are known stand in the table
        ``priors`` (``leg_fat_share_female``, ``leg_fat_share_male`` and their change with age).

    Raises
    ------
    ValueError
        If an input is outside its range.

    Examples
    --------
    >>> round(float(leg_fat_share("female", 35)), 2)
    0.39
    """
    prior = _means()
    age = check_range("age_years", age_years, 18.0, 100.0, "years")
    share = np.where(is_female(sex), prior["leg_fat_share_female"], prior["leg_fat_share_male"])
    decades = np.maximum(age - SHARE_FALLS_FROM_AGE_YEARS, 0.0) / 10.0
    return share + prior["leg_fat_share_change_per_decade"] * decades


def leg_fat_change_kg(fat_change_kg: ArrayLike, sex: ArrayLike, age_years: ArrayLike) -> FloatArray:
    """Part of a change of body fat that is expected in the legs.

    Parameters
    ----------
    fat_change_kg : float or array_like
        Change of body fat [kg].
    sex : {"female", "male"} or array_like of these
        Sex.
    age_years : float or array_like
        Age, 18 to 100 [years].

    Returns
    -------
    float or numpy.ndarray
        Change of leg fat [kg]: the legs' share, times how much legs join in when fat is lost
        (``leg_fat_proportionality`` in the table ``priors``).

    Raises
    ------
    ValueError
        If an input is outside its range.

    Examples
    --------
    >>> round(float(leg_fat_change_kg(-3, "female", 35)), 2)
    -1.05
    """
    share = leg_fat_share(sex, age_years)
    return np.asarray(fat_change_kg, dtype=float) * share * _means()["leg_fat_proportionality"]


@cache
def _means() -> dict[str, float]:
    priors = tables.load("priors")
    return dict(zip(priors["parameter"], priors["mean"], strict=True))
