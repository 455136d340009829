"""Where lost fat comes from: the legs' share of it, which no exercise chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from spotcheck import tables
from spotcheck.energy.metabolism import FloatArray, check_range, is_female
from spotcheck.wording import METRIC, Units, number

SHARE_FALLS_FROM_AGE_YEARS = 35.0
REGIONS = ("all", "legs", "elsewhere")
NINE_IN_TEN = (0.05, 0.95)
# Half of what one decimal of a kilogram shows.
LEAST_SEEN_KG = 0.05


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


@dataclass(frozen=True)
class Band:
    """Change of fat of one region at the end of a plan.

    Attributes
    ----------
    middle_kg : float
        In the middle run [kg].
    low_kg, high_kg : float
        Ends of the middle nine tenths of the simulated people [kg].
    """

    middle_kg: float
    low_kg: float
    high_kg: float


def regional_bands(
    fat_change_kg: float,
    leg_fat_change_kg: float,
    fat_changes_kg: ArrayLike,
    leg_fat_changes_kg: ArrayLike,
) -> dict[str, Band]:
    """Change of fat of each of ``REGIONS``: in the middle, and how far people spread.

    Parameters
    ----------
    fat_change_kg, leg_fat_change_kg : float
        Change of all body fat and of the legs' in the middle run [kg].
    fat_changes_kg, leg_fat_changes_kg : array_like, shape (n,)
        The same for each simulated person [kg].

    Returns
    -------
    dict of str to Band
        By region; the middles of legs and elsewhere add up to that of all, their ends do not.

    Examples
    --------
    >>> regional_bands(-3.0, -1.0, [-2.0, -4.0], [-0.5, -1.5])["all"]
    Band(middle_kg=-3.0, low_kg=-3.9, high_kg=-2.1)
    """
    all_fat, legs = np.asarray(fat_changes_kg, float), np.asarray(leg_fat_changes_kg, float)
    elsewhere = fat_change_kg - leg_fat_change_kg
    middles = (fat_change_kg, leg_fat_change_kg, elsewhere)
    people = (all_fat, legs, all_fat - legs)
    return {
        region: Band(middle, *map(float, np.quantile(changes, NINE_IN_TEN)))
        for region, middle, changes in zip(REGIONS, middles, people, strict=True)
    }


def bands_table(bands: Mapping[str, Band]) -> pd.DataFrame:
    """Table of :func:`regional_bands`, one row for each region."""
    return pd.DataFrame(
        {
            "region": list(bands),
            "fat_change_kg": [band.middle_kg for band in bands.values()],
            "fat_change_low_kg": [band.low_kg for band in bands.values()],
            "fat_change_high_kg": [band.high_kg for band in bands.values()],
        }
    )


def finding(legs: Band, units: Units = METRIC) -> str:
    r"""Sentence that says how much fat leaves or joins the legs, with its band.

    Parameters
    ----------
    legs : Band
        Change of leg fat.
    units : Units, optional
        Units of the sentence.

    Examples
    --------
    >>> finding(Band(-1.0, -1.9, -0.3))
    'About 1.0\xa0kg of the fat that you lose comes from your legs (0.3 to 1.9\xa0kg)'
    >>> finding(Band(0.4, 0.1, 0.7))
    'About 0.4\xa0kg of the fat that you gain goes to your legs (0.1 to 0.7\xa0kg)'
    """
    if abs(legs.middle_kg) < LEAST_SEEN_KG:
        return "Your legs keep the fat that they have"
    amount = units.mass_amount(legs.middle_kg)
    about = amount[0].upper() + amount[1:] if amount.startswith("less") else f"About {amount}"
    lost = legs.middle_kg < 0
    ends = sorted([-legs.low_kg, -legs.high_kg] if lost else [legs.low_kg, legs.high_kg])
    band = f"{number(units.mass_value(ends[0]), 1)} to {units.mass(ends[1])}"
    where = "lose comes from your legs" if lost else "gain goes to your legs"
    return f"{about} of the fat that you {where} ({band})"


def is_no_change_plausible(legs: Band) -> bool:
    """Whether a band holds zero though the middle run changes."""
    return abs(legs.middle_kg) >= LEAST_SEEN_KG and legs.low_kg < 0 < legs.high_kg


def is_seen(bands: Mapping[str, Band]) -> bool:
    """Whether any region changes by so much that a figure with one decimal shows it."""
    return any(
        max(abs(band.low_kg), abs(band.middle_kg), abs(band.high_kg)) >= LEAST_SEEN_KG
        for band in bands.values()
    )


@cache
def trials() -> pd.DataFrame:
    """Table ``regional_trials`` with the citation and DOI of each study, in its order."""
    studies = tables.load("studies")[["study_id", "citation", "doi"]]
    rows = tables.load("regional_trials").merge(studies, on="study_id", how="left")
    return rows.sort_values("sequence", ignore_index=True)


@cache
def _means() -> dict[str, float]:
    priors = tables.load("priors")
    return dict(zip(priors["parameter"], priors["mean"], strict=True))
