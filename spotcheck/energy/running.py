"""Energy cost of running and walking: published equations, and one session made of them.

Speeds are in km/h, grades are rise over run (0.05 is 5 %). Scalars and numpy arrays both work.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from spotcheck.energy.metabolism import WEIGHT_KG, FloatArray, check_range

RUNNING_SPEED_KM_H = (5.0, 25.0)
WALKING_SPEED_KM_H = (3.0, 8.0)
SLOWEST_RUN_KM_H = 7.0
ACSM_GRADE = (0.0, 0.30)
MINETTI_GRADE = (-0.45, 0.45)
SESSION_MINUTES = (0.0, 1440.0)
MOST_REPEATS = 60
PACE_MIN_PER_KM = (2.0, 60.0)

# Weir's 3.94 kcal/L of oxygen + 1.11 kcal/L of carbon dioxide gives 4.88 and 4.94 at exchange
# ratios of 0.85 and 0.90 (Weir 1949, https://doi.org/10.1113/jphysiol.1949.sp004363); that
# steady running lies there is our assumption.
OXYGEN_KCAL_PER_L = 4.9
# The conventional MET of the Compendium.
MET_ML_PER_KG_PER_MINUTE = 3.5
JOULES_PER_KCAL = 4184.0

# Byrne et al. 2005, 769 adults: 0.84 +- 0.16 kcal/kg/h, not the conventional 1
# (https://doi.org/10.1152/japplphysiol.00023.2004).
RESTING_KCAL_PER_KG_PER_DAY = 0.84 * 24.0
RESTING_KCAL_PER_KG_PER_DAY_RANGE = (5.0, 80.0)

# Our choice, not a measured value; see gradient_factor.
DOWNHILL_SAVING_SHARE = 0.6

# Our rounding up of the largest mean in Panissa et al. 2021, 289 kJ after long intervals
# (https://doi.org/10.1111/obr.13099).
HIGHEST_EPOC_KCAL = 70.0
EPOC_FRACTION = (0.0, 0.15)


def pace_min_per_km(speed_km_h: ArrayLike) -> FloatArray:
    """Minutes for a kilometre.

    Parameters
    ----------
    speed_km_h : float or array_like
        Speed, 1 to 30 [km/h].

    Returns
    -------
    float or numpy.ndarray
        Pace [min/km].

    Raises
    ------
    ValueError
        If the speed is outside its range.

    Examples
    --------
    >>> float(pace_min_per_km(10))
    6.0
    """
    low, high = (60.0 / pace for pace in reversed(PACE_MIN_PER_KM))
    return np.divide(60.0, check_range("speed_km_h", speed_km_h, low, high, "km/h"))


def speed_from_pace(pace_min_per_km: ArrayLike) -> FloatArray:
    """Speed that gives a pace, the inverse of :func:`pace_min_per_km`.

    Parameters
    ----------
    pace_min_per_km : float or array_like
        Pace, 2 to 60 [min/km].

    Returns
    -------
    float or numpy.ndarray
        Speed [km/h].

    Raises
    ------
    ValueError
        If the pace is outside its range.

    Examples
    --------
    >>> float(speed_from_pace(6))
    10.0
    """
    pace = check_range("pace_min_per_km", pace_min_per_km, *PACE_MIN_PER_KM, "min/km")
    return np.divide(60.0, pace)


def acsm_running_oxygen_uptake(speed_km_h: ArrayLike, grade: ArrayLike = 0.0) -> FloatArray:
    """Oxygen uptake of running by the equation of the American College of Sports Medicine.

    Parameters
    ----------
    speed_km_h : float or array_like
        Speed, 5 to 25 [km/h]. Meant for 8 km/h and above; below that for real running only.
    grade : float or array_like, optional
        Uphill grade, 0 to 0.30 [1]. The equation must not be used downhill.

    Returns
    -------
    float or numpy.ndarray
        Oxygen uptake, rest included [ml/kg/min].

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    For comparison only; sessions use :func:`leger_mercier_oxygen_uptake`, as this equation runs
    4 to 14 % above the 2024 Compendium on the flat. The limit of the grade is ours.

    References
    ----------
    ACSM's Guidelines for Exercise Testing and Prescription, as printed by Bushman 2020, ACSM's
    Health & Fitness Journal 24(4):5-8, https://doi.org/10.1249/FIT.0000000000000577

    Examples
    --------
    >>> float(acsm_running_oxygen_uptake(7.35))
    28.0
    """
    speed = check_range("speed_km_h", speed_km_h, *RUNNING_SPEED_KM_H, "km/h") / 0.06
    slope = check_range("grade", grade, *ACSM_GRADE)
    return np.add(3.5, 0.2 * speed + 0.9 * speed * slope)


def acsm_walking_oxygen_uptake(speed_km_h: ArrayLike, grade: ArrayLike = 0.0) -> FloatArray:
    """Oxygen uptake of walking by the equation of the American College of Sports Medicine.

    Parameters
    ----------
    speed_km_h : float or array_like
        Speed, 3 to 8 [km/h]. Meant for 3 to 6 km/h; above that for real walking only.
    grade : float or array_like, optional
        Uphill grade, 0 to 0.30 [1].

    Returns
    -------
    float or numpy.ndarray
        Oxygen uptake, rest included [ml/kg/min].

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    For comparison only; sessions use :func:`minetti_walking_cost`, which also holds downhill.

    References
    ----------
    ACSM's Guidelines for Exercise Testing and Prescription, as printed by Bushman 2020, ACSM's
    Health & Fitness Journal 24(4):5-8, https://doi.org/10.1249/FIT.0000000000000577

    Examples
    --------
    >>> round(float(acsm_walking_oxygen_uptake(5.628, 0.10)), 1)
    29.8
    """
    speed = check_range("speed_km_h", speed_km_h, *WALKING_SPEED_KM_H, "km/h") / 0.06
    slope = check_range("grade", grade, *ACSM_GRADE)
    return np.add(3.5, 0.1 * speed + 1.8 * speed * slope)


def leger_mercier_oxygen_uptake(speed_km_h: ArrayLike) -> FloatArray:
    """Oxygen uptake of level treadmill running by Léger and Mercier.

    Parameters
    ----------
    speed_km_h : float or array_like
        Speed, 5 to 25 [km/h].

    Returns
    -------
    float or numpy.ndarray
        Oxygen uptake, rest included [ml/kg/min].

    Raises
    ------
    ValueError
        If the speed is outside its range.

    Notes
    -----
    A weighted mean of 10 treadmill studies, 130 people. The paper speaks of 8 to 25 km/h; from 5
    to 8 km/h the same line is carried on, which stays within 8 % of the 2024 Compendium's jogs
    at 6.6 and 7.3 km/h.

    References
    ----------
    Léger & Mercier 1984, Sports Med 1:270-277, PMID 6390604

    Examples
    --------
    >>> round(float(leger_mercier_oxygen_uptake(10)), 2)
    33.84
    """
    speed = check_range("speed_km_h", speed_km_h, *RUNNING_SPEED_KM_H, "km/h")
    return np.add(2.209, 3.163 * speed)


def pugh_air_resistance_oxygen_uptake(speed_km_h: ArrayLike) -> FloatArray:
    """Oxygen uptake that still air adds to running outdoors.

    Parameters
    ----------
    speed_km_h : float or array_like
        Speed, 0 to 25 [km/h].

    Returns
    -------
    float or numpy.ndarray
        Added oxygen uptake [ml/kg/min].

    Raises
    ------
    ValueError
        If the speed is outside its range.

    References
    ----------
    Pugh 1971, J Physiol 213:255-276, https://doi.org/10.1113/jphysiol.1971.sp009381

    The coefficient for an average adult is from Léger & Mercier 1984, Sports Med 1:270-277,
    PMID 6390604

    Examples
    --------
    >>> round(float(pugh_air_resistance_oxygen_uptake(16)), 1)
    2.2
    """
    speed = check_range("speed_km_h", speed_km_h, 0.0, RUNNING_SPEED_KM_H[1], "km/h")
    return np.multiply(0.000525542, speed**3)


def minetti_running_cost(grade: ArrayLike) -> FloatArray:
    """Energy cost of running a metre uphill or downhill, by Minetti.

    Parameters
    ----------
    grade : float or array_like
        Grade, -0.45 to 0.45 [1].

    Returns
    -------
    float or numpy.ndarray
        Cost above rest [J/kg/m]; it does not depend on speed.

    Raises
    ------
    ValueError
        If the grade is outside its range.

    Notes
    -----
    Ten elite mountain runners on a treadmill. On the flat the fit gives 3.6 where the mean was
    3.40 +- 0.24 J/kg/m. That rest is already taken off is common reading, which we have not
    seen printed.

    References
    ----------
    Minetti et al. 2002, J Appl Physiol 93:1039-1046,
    https://doi.org/10.1152/japplphysiol.01177.2001

    Examples
    --------
    >>> minetti_running_cost([-0.2, 0, 0.15]).round(2).tolist()
    [1.8, 3.6, 7.42]
    """
    i = check_range("grade", grade, *MINETTI_GRADE)
    return np.asarray(np.polyval([155.4, -30.4, -43.3, 46.3, 19.5, 3.6], i), dtype=float)


def minetti_walking_cost(grade: ArrayLike) -> FloatArray:
    """Energy cost of walking a metre uphill or downhill, by Minetti.

    Parameters
    ----------
    grade : float or array_like
        Grade, -0.45 to 0.45 [1].

    Returns
    -------
    float or numpy.ndarray
        Cost above rest [J/kg/m].

    Raises
    ------
    ValueError
        If the grade is outside its range.

    Notes
    -----
    Ten elite mountain runners on a treadmill. In truth the cost also depends on speed: at the
    cheapest pace on the flat, 1.0 m/s, it was 1.64 +- 0.50 J/kg/m, where the fit gives 2.5.

    References
    ----------
    Minetti et al. 2002, J Appl Physiol 93:1039-1046,
    https://doi.org/10.1152/japplphysiol.01177.2001

    Examples
    --------
    >>> minetti_walking_cost([-0.1, 0, 0.1]).round(2).tolist()
    [1.13, 2.5, 4.9]
    """
    i = check_range("grade", grade, *MINETTI_GRADE)
    return np.asarray(np.polyval([280.5, -58.7, -76.8, 51.9, 19.6, 2.5], i), dtype=float)


def gradient_factor(grade: ArrayLike) -> FloatArray:
    """How many times the level cost above rest a metre of running costs on a slope.

    Parameters
    ----------
    grade : float or array_like
        Grade, -0.45 to 0.45 [1].

    Returns
    -------
    float or numpy.ndarray
        Factor [1]; 1 on the flat.

    Raises
    ------
    ValueError
        If the grade is outside its range.

    Notes
    -----
    Uphill it is Minetti's ratio. Downhill only 0.6 of Minetti's saving is granted: his elite
    runners needed some 40 % less downhill than reported for sedentary people, and with 0.6 the
    2024 Compendium's measured downhill runs are met within 15 %. The rule and its number are our
    choice, not a published fit.

    References
    ----------
    Minetti et al. 2002, J Appl Physiol 93:1039-1046,
    https://doi.org/10.1152/japplphysiol.01177.2001

    Herrmann et al. 2024, J Sport Health Sci, https://doi.org/10.1016/j.jshs.2023.10.010

    Examples
    --------
    >>> gradient_factor([-0.1, 0, 0.1]).round(2).tolist()
    [0.76, 1.0, 1.66]
    """
    change = minetti_running_cost(grade) / minetti_running_cost(0.0) - 1.0
    return np.add(1.0, np.where(change < 0.0, DOWNHILL_SAVING_SHARE, 1.0) * change)


def excess_post_exercise_energy(net_kcal: ArrayLike, epoc_fraction: ArrayLike) -> FloatArray:
    """Energy spent above rest after a session (EPOC): a share of its net energy, with a cap.

    Parameters
    ----------
    net_kcal : float or array_like
        Net energy of the session, 0 or more [kcal].
    epoc_fraction : float or array_like
        Share of it, 0 to 0.15 [1].

    Returns
    -------
    float or numpy.ndarray
        Energy spent above rest after the session [kcal], at most 70.

    Raises
    ------
    ValueError
        If an input is outside its range.

    Notes
    -----
    LaForgia's 6 to 15 % holds for long or very hard sessions. Panissa's means were 24 to 38 kcal
    after steady exercise and 32 to 69 kcal after intervals, from which the cap is taken.

    References
    ----------
    LaForgia et al. 2006, J Sports Sci, https://doi.org/10.1080/02640410600552064

    Panissa et al. 2021, Obes Rev, https://doi.org/10.1111/obr.13099

    Examples
    --------
    >>> excess_post_exercise_energy([400, 2000], 0.06).tolist()
    [24.0, 70.0]
    """
    net = check_range("net_kcal", net_kcal, 0.0, np.inf, "kcal")
    fraction = check_range("epoc_fraction", epoc_fraction, *EPOC_FRACTION)
    return np.minimum(fraction * net, HIGHEST_EPOC_KCAL)


@dataclass(frozen=True)
class SessionEnergy:
    """Energy of one session [kcal]; scalars or arrays.

    Attributes
    ----------
    gross_kcal : float or numpy.ndarray
        All energy spent during the session.
    resting_kcal : float or numpy.ndarray
        What the same minutes would have cost at rest.
    net_kcal : float or numpy.ndarray
        What the session adds: gross less resting.
    epoc_kcal : float or numpy.ndarray
        Energy spent above rest afterwards; not part of the other three.
    """

    gross_kcal: FloatArray
    resting_kcal: FloatArray
    net_kcal: FloatArray
    epoc_kcal: FloatArray


@dataclass(frozen=True)
class _SessionType:
    gait: str
    work_share: float
    recovery_speed_km_h: float
    recovery_grade_factor: float
    speed_km_h: tuple[float, float]
    grade: tuple[float, float]
    epoc_fraction: float


@cache
def _session_types() -> dict[str, _SessionType]:
    from spotcheck.tables import load

    return {
        row["session_type"]: _SessionType(
            gait=row["gait"],
            work_share=row["work_share"],
            recovery_speed_km_h=row["recovery_speed_km_h"],
            recovery_grade_factor=row["recovery_grade_factor"],
            speed_km_h=(row["speed_low_km_h"], row["speed_high_km_h"]),
            grade=(row["grade_low"], row["grade_high"]),
            epoc_fraction=row["epoc_fraction"],
        )
        for row in load("session_types").to_dict("records")
    }


@dataclass(frozen=True)
class Leg:
    """A part of a session at one speed and grade.

    Attributes
    ----------
    part : {"work", "recovery", "easy"}
        Work, the recoveries between, or what is left for warm-up and cool-down.
    minutes : float or numpy.ndarray
        Time spent in all legs of this part [min].
    speed_km_h, grade : float or numpy.ndarray
        Speed [km/h] and grade [1].
    gait : {"run", "walk"}
        Whether it is run or walked.
    """

    part: str
    minutes: FloatArray
    speed_km_h: FloatArray
    grade: FloatArray
    gait: str


def session_legs(
    session_type: str,
    minutes: ArrayLike,
    speed_km_h: ArrayLike,
    grade: ArrayLike = 0.0,
    *,
    repeats: int = 0,
    work_seconds: float = 0.0,
    recovery_seconds: float = 0.0,
) -> tuple[Leg, ...]:
    """Legs that a session is made of.

    Parameters
    ----------
    session_type : str
        A ``session_type`` of the table ``session_types``.
    minutes : float or array_like
        Length of the session, 0 to 1440 [min].
    speed_km_h, grade : float or array_like
        Speed [km/h] and grade [1] of the working parts.
    repeats : int, optional
        Number of working parts, 0 to 60; 0 takes the type's usual share of the minutes.
    work_seconds, recovery_seconds : float, optional
        Length of each working part and of the recovery after it, 0 to 3600 [s].

    Returns
    -------
    tuple of Leg
        Their minutes add up to the session's. Recoveries are taken at the type's own speed and
        grade; what the repeats leave over is warm-up and cool-down on the level at that speed.

    Raises
    ------
    ValueError
        If the type is unknown, an input is outside its range, or the repeats do not fit into the
        minutes.

    Examples
    --------
    >>> legs = session_legs("intervals", 40, 14, repeats=6, work_seconds=120, recovery_seconds=90)
    >>> [(leg.part, float(leg.minutes)) for leg in legs]
    [('work', 12.0), ('recovery', 9.0), ('easy', 19.0)]
    """
    types = _session_types()
    if session_type not in types:
        raise ValueError(f"session_type is {session_type!r}; allowed: {', '.join(types)}")
    kind = types[session_type]
    duration = check_range("minutes", minutes, *SESSION_MINUTES, "min")
    speed = check_range("speed_km_h", speed_km_h, *kind.speed_km_h, "km/h")
    slope = check_range("grade", grade, *kind.grade)
    count = check_range("repeats", repeats, 0, MOST_REPEATS)
    if kind.work_share == 1.0:
        return (Leg("work", duration, speed, slope, kind.gait),)
    easy_speed = np.asarray(kind.recovery_speed_km_h)
    back = np.multiply(kind.recovery_grade_factor, slope)
    gait = "run" if kind.recovery_speed_km_h >= SLOWEST_RUN_KM_H else "walk"
    if count == 0:
        return (
            Leg("work", kind.work_share * duration, speed, slope, kind.gait),
            Leg("recovery", (1.0 - kind.work_share) * duration, easy_speed, back, gait),
        )
    work = count * check_range("work_seconds", work_seconds, 0.0, 3600.0, "s") / 60.0
    rest = count * check_range("recovery_seconds", recovery_seconds, 0.0, 3600.0, "s") / 60.0
    left = duration - work - rest
    if np.any(left < -1e-9):
        raise ValueError(
            f"repeats is {count:g}; allowed: as many as fit into the session "
            f"(they take {float(work + rest):g} min of {float(np.min(duration)):g} min)"
        )
    return (
        Leg("work", work, speed, slope, kind.gait),
        Leg("recovery", rest, easy_speed, back, gait),
        Leg("easy", np.maximum(left, 0.0), easy_speed, np.zeros_like(back), gait),
    )


def session_energy(
    session_type: str,
    weight_kg: ArrayLike,
    minutes: ArrayLike,
    speed_km_h: ArrayLike,
    grade: ArrayLike = 0.0,
    *,
    repeats: int = 0,
    work_seconds: float = 0.0,
    recovery_seconds: float = 0.0,
    resting_kcal_per_day: ArrayLike | None = None,
    outdoors: bool = True,
) -> SessionEnergy:
    """Energy of one running or walking session: gross, at rest, net and afterwards.

    Parameters
    ----------
    session_type : str
        A ``session_type`` of the table ``session_types``, such as ``"steady"``. The table says
        which share of the minutes is run at the given speed and grade, how the rest is spent,
        and which speeds and grades the type allows.
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].
    minutes : float or array_like
        Length of the session, 0 to 1440 [min].
    speed_km_h : float or array_like
        Speed of the working parts [km/h].
    grade : float or array_like, optional
        Grade of the working parts [1].
    repeats, work_seconds, recovery_seconds : int and float, optional
        As in :func:`session_legs`.
    resting_kcal_per_day : float or array_like, optional
        The person's resting metabolic rate, 5 to 80 kcal/kg [kcal/day]; by default 0.84 kcal/kg/h.
    outdoors : bool, optional
        Whether running has to push still air aside, unlike on a treadmill.

    Returns
    -------
    SessionEnergy
        Scalars or arrays of the broadcast shape.

    Raises
    ------
    ValueError
        If the type is unknown or an input is outside its range.

    Notes
    -----
    Energy is the sum over the legs of :func:`session_legs`. Running costs Léger
    and Mercier's level oxygen uptake (with Pugh's air outdoors) less rest, times
    :func:`gradient_factor`; a litre of oxygen gives 4.9 kcal. Walking, and recovery below 7 km/h,
    costs Minetti's energy a metre, without the downhill rule for running. Starts, turns and the
    anaerobic part of sprints are not in the equations, so sprints are the least certain.

    References
    ----------
    See the functions named above; rest by default from Byrne et al. 2005, J Appl Physiol
    99:1112-1119, https://doi.org/10.1152/japplphysiol.00023.2004

    Examples
    --------
    >>> run = session_energy("steady", weight_kg=75, minutes=40, speed_km_h=9)
    >>> round(float(run.gross_kcal)), round(float(run.net_kcal)), round(float(run.epoc_kcal))
    (457, 415, 25)
    """
    legs = session_legs(
        session_type,
        minutes,
        speed_km_h,
        grade,
        repeats=repeats,
        work_seconds=work_seconds,
        recovery_seconds=recovery_seconds,
    )
    weight, resting_per_minute = _weight_and_rest(weight_kg, resting_kcal_per_day)
    net: FloatArray = np.zeros(())
    for leg in legs:
        if leg.gait == "run":
            per_kg = _running_kcal_per_kg_per_minute(
                leg.speed_km_h, leg.grade, resting_per_minute / weight, outdoors
            )
        else:
            per_kg = _walking_kcal_per_kg_per_minute(leg.speed_km_h, leg.grade)
        net = np.add(net, leg.minutes * weight * per_kg)
    at_rest = np.multiply(resting_per_minute, np.asarray(minutes, dtype=float)) + np.zeros_like(net)
    return SessionEnergy(
        gross_kcal=net + at_rest,
        resting_kcal=at_rest,
        net_kcal=net,
        epoc_kcal=excess_post_exercise_energy(net, _session_types()[session_type].epoc_fraction),
    )


def met_energy(
    met: ArrayLike,
    weight_kg: ArrayLike,
    minutes: ArrayLike,
    *,
    resting_kcal_per_day: ArrayLike | None = None,
) -> SessionEnergy:
    """Energy of minutes at a known intensity in MET, as for strength exercises.

    Parameters
    ----------
    met : float or array_like
        Intensity, 1 to 25 [MET]; one MET is an oxygen uptake of 3.5 ml/kg/min.
    weight_kg : float or array_like
        Body weight, 30 to 300 [kg].
    minutes : float or array_like
        Length, rests between sets included, 0 to 1440 [min].
    resting_kcal_per_day : float or array_like, optional
        The person's resting metabolic rate [kcal/day]; by default 0.84 kcal/kg/h.

    Returns
    -------
    SessionEnergy
        Nothing is added for the hours after it.

    Raises
    ------
    ValueError
        If an input is outside its range.

    References
    ----------
    Herrmann et al. 2024, 2024 Adult Compendium of Physical Activities, J Sport Health Sci
    13:6-12, https://doi.org/10.1016/j.jshs.2023.10.010

    Examples
    --------
    >>> squats = met_energy(5, weight_kg=70, minutes=30)
    >>> round(float(squats.gross_kcal)), round(float(squats.net_kcal))
    (180, 151)
    """
    intensity = check_range("met", met, 1.0, 25.0, "MET")
    duration = check_range("minutes", minutes, *SESSION_MINUTES, "min")
    weight, resting_per_minute = _weight_and_rest(weight_kg, resting_kcal_per_day)
    oxygen = MET_ML_PER_KG_PER_MINUTE * intensity
    gross = OXYGEN_KCAL_PER_L / 1000.0 * oxygen * weight * duration
    # A rest above one MET would otherwise make light work give energy back.
    at_rest = np.minimum(np.multiply(resting_per_minute, duration), gross)
    return SessionEnergy(
        gross_kcal=gross,
        resting_kcal=at_rest,
        net_kcal=gross - at_rest,
        epoc_kcal=np.zeros_like(gross),
    )


def _weight_and_rest(
    weight_kg: ArrayLike, resting_kcal_per_day: ArrayLike | None
) -> tuple[FloatArray, FloatArray]:
    """Checked body weight [kg], and energy at rest [kcal/min]."""
    weight = check_range("weight_kg", weight_kg, *WEIGHT_KG, "kg")
    if resting_kcal_per_day is None:
        resting = RESTING_KCAL_PER_KG_PER_DAY * weight
    else:
        low, high = RESTING_KCAL_PER_KG_PER_DAY_RANGE
        resting = check_range(
            "resting_kcal_per_day", resting_kcal_per_day, low * weight, high * weight, "kcal/day"
        )
    return weight, np.divide(resting, 24.0 * 60.0)


def _running_kcal_per_kg_per_minute(
    speed_km_h: ArrayLike, grade: ArrayLike, resting: FloatArray, outdoors: bool
) -> FloatArray:
    """Energy above rest of running on a slope [kcal/kg/min]."""
    oxygen = leger_mercier_oxygen_uptake(speed_km_h)
    if outdoors:
        oxygen = oxygen + pugh_air_resistance_oxygen_uptake(speed_km_h)
    level = OXYGEN_KCAL_PER_L / 1000.0 * oxygen - resting
    return np.multiply(level, gradient_factor(grade))


def _walking_kcal_per_kg_per_minute(speed_km_h: ArrayLike, grade: ArrayLike) -> FloatArray:
    """Energy above rest of walking on a slope [kcal/kg/min]."""
    metres_per_minute = np.asarray(speed_km_h, dtype=float) / 0.06
    return np.multiply(metres_per_minute, minetti_walking_cost(grade)) / JOULES_PER_KCAL
