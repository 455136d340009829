"""Resting metabolism and body composition from sex, age, height and weight.

Every function is one published equation. Scalars and numpy arrays both work and broadcast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

AGE_YEARS = (18.0, 100.0)
HEIGHT_M = (1.2, 2.3)
WEIGHT_KG = (30.0, 300.0)

ESTIMATED_BODY_FAT_FRACTION = (0.01, 0.70)


def check_range(
    field: str, value: ArrayLike, low: ArrayLike, high: ArrayLike, unit: str = ""
) -> FloatArray:
    """Give ``value`` back as floats, or say what is wrong with it.

    Parameters
    ----------
    field : str
        Name of the input, as the caller knows it.
    value : float or array_like
        What was given.
    low, high : float or array_like
        Smallest and largest allowed value, both allowed themselves.
    unit : str, optional
        Unit of the limits, for the message.

    Returns
    -------
    numpy.ndarray
        ``value`` as float64; 0-dimensional for a scalar.

    Raises
    ------
    ValueError
        If a value is not a finite number from ``low`` to ``high``. The message names the
        field, the first offending value and what is allowed.

    Examples
    --------
    >>> check_range("age_years", 15, 18, 100, "years")
    Traceback (most recent call last):
    ...
    ValueError: age_years is 15; allowed: a number from 18 to 100 years
    """
    try:
        numbers = np.asarray(value, dtype=float)
        # Every equation asks this of every input, so nothing is broadcast that need not be.
        inside = np.asarray((numbers >= low) & (numbers <= high))
    except (TypeError, ValueError):
        raise ValueError(
            f"{field} is {value!r}; allowed: a number or an array of numbers"
        ) from None
    if numbers.shape != inside.shape:
        numbers = np.broadcast_to(numbers, inside.shape)
    if not inside.all():
        first = np.argmin(inside)
        lows, highs = (np.broadcast_to(one, inside.shape) for one in (low, high))
        raise ValueError(
            f"{field} is {numbers.flat[first]:g}; allowed: a number from "
            f"{lows.flat[first]:g} to {highs.flat[first]:g} {unit}".rstrip()
        )
    return numbers


def is_female(sex: ArrayLike) -> NDArray[np.bool_]:
    """Tell which of the given sexes are female.

    Parameters
    ----------
    sex : {"female", "male"} or array_like of these
        Sex.

    Returns
    -------
    numpy.ndarray of bool

    Raises
    ------
    ValueError
        If a value is neither ``"female"`` nor ``"male"``.

    Examples
    --------
    >>> is_female(["female", "male"]).tolist()
    [True, False]
    """
    given = np.asarray(sex, dtype=object)
    female = np.asarray(given == "female", dtype=bool)
    unknown = ~(female | np.asarray(given == "male", dtype=bool))
    if np.any(unknown):
        value = given.flat[np.argmax(unknown)]
        raise ValueError(f"sex is {value!r}; allowed: 'female' or 'male'")
    return female


def body_mass_index(weight_kg: ArrayLike, height_m: ArrayLike) -> FloatArray:
    """Body mass index: weight over height squared.

    Parameters
    ----------
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].
    height_m : float or array_like
        Height, 1.2 to 2.3 [m].

    Returns
    -------
    float or numpy.ndarray
        Body mass index [kg/m2].

    Raises
    ------
    ValueError
        If an input is outside its range.

    Examples
    --------
    >>> round(float(body_mass_index(70, 1.75)), 1)
    22.9
    """
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    height = check_range("height_m", height_m, *HEIGHT_M, "m")
    return np.divide(weight, height**2)


def resting_metabolic_rate(
    sex: ArrayLike, age_years: ArrayLike, height_m: ArrayLike, weight_kg: ArrayLike
) -> FloatArray:
    """Resting metabolic rate by Mifflin and St Jeor, with the unrounded coefficients.

    Parameters
    ----------
    sex : {"female", "male"} or array_like of these
        Sex.
    age_years : float or array_like
        Age, 18 to 100 [years]. The equation was fitted on 498 healthy people of 19 to 78.
    height_m : float or array_like
        Height, 1.2 to 2.3 [m].
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].

    Returns
    -------
    float or numpy.ndarray
        Resting metabolic rate [kcal/day].

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    The paper prints one equation with 166 kcal/day between the sexes and a constant of -161,
    and a rounded pair (10, 6.25, 5). Implementations of Hall's model use the former.

    References
    ----------
    Mifflin et al. 1990, Am J Clin Nutr 51:241-247, https://doi.org/10.1093/ajcn/51.2.241

    Examples
    --------
    >>> round(float(resting_metabolic_rate("female", 35, 1.68, 75)))
    1466
    """
    age = check_range("age_years", age_years, *AGE_YEARS, "years")
    height = check_range("height_m", height_m, *HEIGHT_M, "m")
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    sex_term = np.where(is_female(sex), -161.0, 5.0)
    return np.add(9.99 * weight + 625.0 * height - 4.92 * age, sex_term)


def jackson_body_fat_kg(
    sex: ArrayLike, age_years: ArrayLike, height_m: ArrayLike, weight_kg: ArrayLike
) -> FloatArray:
    """Body fat from the body mass index and age, Hall's equation 4 after Jackson.

    Parameters
    ----------
    sex : {"female", "male"} or array_like of these
        Sex.
    age_years : float or array_like
        Age, 18 to 100 [years]. The data came from people of 17 to 65.
    height_m : float or array_like
        Height, 1.2 to 2.3 [m].
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].

    Returns
    -------
    float or numpy.ndarray
        Body fat [kg], kept from 1 to 70 % of body weight.

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    The regression turns negative in very thin men (body mass index below about 15) and passes
    100 % at the other end, so its result is clipped. Between the limits it is left as it is.

    References
    ----------
    Jackson et al. 2002, Int J Obes 26:789-796, https://doi.org/10.1038/sj.ijo.0802006

    Hall et al. 2011, Lancet 378:826-837, web appendix equation 4,
    https://doi.org/10.1016/S0140-6736(11)60812-X

    Examples
    --------
    >>> round(float(jackson_body_fat_kg("female", 35, 1.68, 75)), 1)
    25.5
    """
    age = check_range("age_years", age_years, *AGE_YEARS, "years")
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    log_bmi = np.log(body_mass_index(weight, height_m))
    percent = np.where(
        is_female(sex),
        0.14 * age + 39.96 * log_bmi - 102.01,
        0.14 * age + 37.31 * log_bmi - 103.94,
    )
    return np.multiply(weight, np.clip(percent / 100.0, *ESTIMATED_BODY_FAT_FRACTION))


def extracellular_fluid_kg(
    sex: ArrayLike, age_years: ArrayLike, height_m: ArrayLike, weight_kg: ArrayLike
) -> FloatArray:
    """Extracellular fluid of a healthy adult, after Silva; one litre is taken as one kilogram.

    Parameters
    ----------
    sex : {"female", "male"} or array_like of these
        Sex.
    age_years : float or array_like
        Age, 18 to 100 [years]; it counts in men only.
    height_m : float or array_like
        Height, 1.2 to 2.3 [m].
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].

    Returns
    -------
    float or numpy.ndarray
        Extracellular fluid [kg].

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    The coefficients are those of the public implementations of Hall's model; the paper itself
    was not opened.

    References
    ----------
    Silva et al. 2007, Physiol Meas 28:489-502, https://doi.org/10.1088/0967-3334/28/5/004

    Examples
    --------
    >>> round(float(extracellular_fluid_kg("male", 36, 1.80, 90)), 1)
    22.9
    """
    age = check_range("age_years", age_years, *AGE_YEARS, "years")
    height = check_range("height_m", height_m, *HEIGHT_M, "m")
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    return np.where(
        is_female(sex),
        5.98 * height + 0.167 * weight - 4.0,
        0.025 * age + 9.57 * height + 0.191 * weight - 12.4,
    )
