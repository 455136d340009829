"""When this app offers no deficit, and where it stops the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spotcheck.energy.metabolism import FloatArray, body_mass_index
from spotcheck.wording import kcal, kg

ADULT_AGE_YEARS = 18
# WHO's lower limit of the normal range of the body mass index of adults.
LOWEST_BODY_MASS_INDEX = 18.5
# Lower ends of the intakes in the 2013 AHA/ACC/TOS guideline on overweight, seen second-hand.
LOWEST_INTAKE_KCAL_PER_DAY = {"female": 1200.0, "male": 1500.0}


@dataclass(frozen=True)
class Stop:
    """Why no deficit is offered: a stable code and the sentences to show."""

    reason: str
    headline: str
    explanation: str


def reason_to_stop(
    sex: str,
    age_years: float,
    height_m: float,
    weight_kg: float,
) -> Stop | None:
    """Say whether the reader's body or age is a reason to offer no weight goal at all.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.
    age_years : float
        Age [years].
    height_m : float
        Height [m].
    weight_kg : float
        Body weight [kg].

    Returns
    -------
    Stop or None
        None for adults with a body mass index of at least 18.5.

    Examples
    --------
    >>> reason_to_stop("female", 15, 1.6, 55).reason
    'under_18'
    >>> reason_to_stop("male", 40, 1.8, 80) is None
    True
    """
    if age_years < ADULT_AGE_YEARS:
        return Stop(
            "under_18",
            "This page makes no weight estimates for people under 18.",
            "A body that is still growing needs energy for more than running, and the equations "
            "here were made for adults. What a run costs is shown below; for questions about "
            "weight, a doctor or a school nurse is the right person.",
        )
    if body_mass_index(weight_kg, height_m) < LOWEST_BODY_MASS_INDEX:
        return Stop(
            "underweight",
            "At this weight, this page offers no deficit.",
            f"The body mass index is below {LOWEST_BODY_MASS_INDEX}. Losing weight from here is "
            "a matter for a doctor, not for a slider. What a run costs is shown below.",
        )
    return None


def intake_stop(sex: str, intake_kcal_per_day: float) -> Stop | None:
    """Say whether a plan means eating less than the usual lower limits.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.
    intake_kcal_per_day : float
        Energy eaten a day under the plan [kcal/day].

    Returns
    -------
    Stop or None
        None from 1,200 kcal/day for women and 1,500 kcal/day for men upwards.

    Examples
    --------
    >>> intake_stop("female", 1100).reason
    'intake_floor'
    >>> intake_stop("female", 1300) is None
    True
    """
    lowest = LOWEST_INTAKE_KCAL_PER_DAY[sex]
    if intake_kcal_per_day >= lowest:
        return None
    return Stop(
        "intake_floor",
        "This food change goes below what is usually safe.",
        f"It would leave about {kcal(intake_kcal_per_day)} a day. Guidelines do not go below "
        f"{kcal(lowest)} a day without medical care, so no weight is projected here.",
    )


def lowest_weight_kg(height_m: float) -> float:
    """Weight at a body mass index of 18.5.

    Parameters
    ----------
    height_m : float
        Height [m].

    Returns
    -------
    float
        Body weight [kg].

    Examples
    --------
    >>> round(lowest_weight_kg(1.62), 1)
    48.6
    """
    return LOWEST_BODY_MASS_INDEX * height_m**2


def days_shown(weight_kg: FloatArray, height_m: float) -> int:
    """Days of a projection that may be shown before it falls below a body mass index of 18.5.

    Parameters
    ----------
    weight_kg : numpy.ndarray, shape (days + 1,)
        Projected body weight [kg], day 0 first.
    height_m : float
        Height [m].

    Returns
    -------
    int
        Last day that may be shown; ``days`` when the limit is never reached.
    """
    below = weight_kg < lowest_weight_kg(height_m)
    return int(np.argmax(below)) - 1 if below.any() else len(weight_kg) - 1


def picture_stops(height_m: float) -> str:
    """Sentence that says why a curve ends early."""
    return (
        f"We stop the picture at {kg(lowest_weight_kg(height_m))}, a body mass index of "
        f"{LOWEST_BODY_MASS_INDEX}. Below that, losing weight is a matter for a doctor, not for "
        "a slider."
    )
