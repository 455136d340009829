"""The sentences of the calorie-deficit page, from the same figures as its tables."""

from __future__ import annotations

import pandas as pd

from spotcheck.energy.projection import Projection
from spotcheck.energy.running import Leg
from spotcheck.energy.training import Plan
from spotcheck.energy.uncertainty import Fan
from spotcheck.wording import METRIC, NBSP, Units, duration, escaped, kcal, number, percent

TOO_SMALL_KG = 0.5


def plan_words(plan: Plan, days: int) -> str:
    """Plan in a few words, as the subject of a sentence.

    Examples
    --------
    >>> from spotcheck.energy.training import Session
    >>> run = Session("steady", 3, 40, 9)
    >>> plan_words(Plan((run,)), 365).replace(NBSP, " ")
    'Running 3 × 40 minutes a week'
    >>> plan_words(Plan((run, Session("walk", 2, 30, 5)), -200), 365).replace(NBSP, " ")
    'Training 5 times a week, 3 hours in all, and eating 200 kcal a day less'
    """
    parts = []
    if plan.trains:
        parts.append(_training_words(plan) + _until(plan.training_ends_after_days, days))
    if plan.intake_change_kcal_per_day:
        size = number(abs(plan.intake_change_kcal_per_day))
        more = "more" if plan.intake_change_kcal_per_day > 0 else "less"
        food = f"eating {size}{NBSP}kcal a day {more}"
        parts.append(food + _until(plan.food_ends_after_days, days))
    if not parts:
        return "No training and the same food"
    text = (", and " if "," in parts[0] else " and ").join(parts)
    return text[0].upper() + text[1:]


def _training_words(plan: Plan) -> str:
    kinds = {one.kind for one in plan.sessions}
    if len(plan.sessions) == 1:
        one = plan.sessions[0]
        verb = "walking" if kinds == {"walk"} else "training" if one.is_strength else "running"
        return f"{verb} {one.times_per_week}{NBSP}×{NBSP}{number(one.minutes)} minutes a week"
    times = sum(one.times_per_week for one in plan.sessions)
    hours = number(plan.minutes_per_week / 60, 0 if plan.minutes_per_week % 60 == 0 else 1)
    return f"training {times} times a week, {hours} hours in all"


def _until(ends_after_days: int | None, days: int) -> str:
    if ends_after_days is None or ends_after_days >= days:
        return ""
    return f" for {duration(ends_after_days).removeprefix('about ')}"


def headline(projection: Projection, units: Units = METRIC) -> str:
    """Answer of the page in one sentence, with the figures in the theme's accent colour."""
    when = f"in {duration(projection.days)}"
    change = projection.weight_change_kg
    if _changes_nothing(projection):
        return "Nothing changes: no running and the same food keep the weight where it is."
    if abs(change) < 0.05:
        return "Nothing changes: your running and your food balance out."
    slips = projection.plan.changes_nothing
    words = (
        "Eating a little more than planned"
        if slips
        else plan_words(projection.plan, projection.days)
    )
    amount = f":primary[{_about(change, units)}]"
    if change > 0:
        return f"{words} adds {amount} {when}."
    legs = units.mass_amount(projection.leg_fat_change_kg)
    return f"{words} takes {amount} off you {when}, :primary[{legs}] of it from your legs."


def _changes_nothing(projection: Projection) -> bool:
    return projection.plan.changes_nothing and projection.intake_change_kcal_per_day == 0


def uncertainty(projection: Projection, fan: Fan, units: Units = METRIC) -> str:
    """How far simulated people spread, and what the old rule says."""
    if _changes_nothing(projection):
        return ""
    low, high = fan.nine_in_ten()
    band = (
        f"Under these assumptions, 9 in 10 of our simulated people end {between(low, high, units)}."
    )
    small = (
        " We cannot tell a change this small from the normal ups and downs of the scale."
        if abs(projection.weight_change_kg) < TOO_SMALL_KG
        else " No change is also plausible."
        if low < 0 < high
        else ""
    )
    return f"{band}{small} {_rule(projection, units)}".strip()


def between(low_kg: float, high_kg: float, units: Units = METRIC) -> str:
    r"""Range of a change of weight in words: "between 1.4 and 5.6 kg lighter".

    Parameters
    ----------
    low_kg, high_kg : float
        Smallest and largest change [kg].
    units : Units, optional
        Units that the reader sees.

    Examples
    --------
    >>> between(-5.6, -1.4).replace(NBSP, " ")
    'between 1.4 and 5.6 kg lighter'
    >>> between(-3, 0.5).replace(NBSP, " ")
    'between 0.5 kg heavier and 3.0 kg lighter'
    """
    ends = [number(abs(units.mass_value(value)), 1) for value in (low_kg, high_kg)]
    if low_kg >= 0:
        return f"between {ends[0]} and {ends[1]}{NBSP}{units.mass_unit} heavier"
    if high_kg <= 0:
        return f"between {ends[1]} and {ends[0]}{NBSP}{units.mass_unit} lighter"
    return (
        f"between {ends[1]}{NBSP}{units.mass_unit} heavier and "
        f"{ends[0]}{NBSP}{units.mass_unit} lighter"
    )


def _rule(projection: Projection, units: Units) -> str:
    rule = float(projection.static_weight_kg[-1] - projection.static_weight_kg[0])
    if abs(rule) <= 0.05:
        return ""
    verb = "promise" if rule < 0 else "add"
    return f"The 7,700{NBSP}kcal rule would {verb} {units.mass_amount(rule)}."


def since_last_change(before_kg: float, now_kg: float, units: Units = METRIC) -> str:
    r"""What the last move of a control did to the change of weight at the end; empty if nothing.

    Parameters
    ----------
    before_kg, now_kg : float
        Change of body weight at the end, before and after the move [kg].
    units : Units, optional
        Units that the reader sees.

    Examples
    --------
    >>> since_last_change(-2.0, -2.5)
    'Your last change: 0.5\xa0kg more off.'
    """
    difference = now_kg - before_kg
    if round(abs(difference), 1) < 0.1:
        return ""
    more = "more" if difference < 0 else "less"
    return f"Your last change: {units.mass(abs(difference))} {more} off."


def _about(change_kg: float, units: Units) -> str:
    amount = units.mass_amount(change_kg)
    return amount if amount.startswith("less") else f"about {amount}"


def session_title(name: str, times_per_week: int, minutes: float) -> str:
    """Session of a week in a few words.

    Examples
    --------
    >>> session_title("Intervals", 3, 40).replace(NBSP, " ")
    '3 × Intervals, 40 min'
    """
    return f"{times_per_week}{NBSP}×{NBSP}{name}, {number(minutes)}{NBSP}min"


def week_finding(week: pd.DataFrame) -> str:
    """What a week of several sessions costs, and which of them takes most of it.

    Parameters
    ----------
    week : DataFrame
        ``session`` and ``extra_kcal_per_week``, one row a session.

    Examples
    --------
    >>> week = pd.DataFrame({"session": ["Run", "Walk"], "extra_kcal_per_week": [900.0, 300.0]})
    >>> week_finding(week).replace(NBSP, " ")
    'The week takes about 1,200 kcal more than resting, 75 % of it for “Run”'
    """
    total = float(week["extra_kcal_per_week"].sum())
    largest = week.loc[week["extra_kcal_per_week"].idxmax()]
    share = float(largest["extra_kcal_per_week"]) / total if total else 0.0
    return (
        f"The week takes about {kcal(total)} more than resting, {percent(share)} of it for "
        f"“{escaped(largest['session'])}”"
    )


def leg_words(
    legs: tuple[Leg, ...],
    repeats: int = 0,
    work_seconds: int = 0,
    recovery_seconds: int = 0,
    units: Units = METRIC,
) -> list[str]:
    """Parts that a session is made of, each as a line.

    Parameters
    ----------
    legs : tuple of Leg
        From :func:`~spotcheck.energy.running.session_legs`, for a session of known minutes.
    repeats, work_seconds, recovery_seconds : int, optional
        As they were given there.
    units : Units, optional
        Units that the reader sees.

    Examples
    --------
    >>> from spotcheck.energy.running import session_legs
    >>> for line in leg_words(session_legs("hill_sprints", 20, 15, 0.1)):
    ...     print(line.replace(NBSP, " "))
    Fast: 2 min of running at 15.0 km/h (4:00 min/km), 10 % uphill
    Easy: 18 min of walking at 4.0 km/h (15:00 min/km), 4 % downhill
    """
    names = {
        "work": "Throughout" if len(legs) == 1 else "Fast",
        "recovery": "Recovery" if repeats else "Easy",
        "easy": "Warm-up and cool-down",
    }
    seconds = {"work": work_seconds, "recovery": recovery_seconds} if repeats else {}
    lines = []
    for leg in legs:
        minutes = float(leg.minutes)
        if minutes < 0.05:
            continue
        parts = f"{repeats} × {_length(seconds[leg.part])}, " if leg.part in seconds else ""
        gait = "walking" if leg.gait == "walk" else "running"
        speed = float(leg.speed_km_h)
        lines.append(
            f"{names[leg.part]}: {parts}{_short(minutes)}{NBSP}min of {gait} at "
            f"{units.speed(speed)} ({units.pace(speed)}), {_slope(float(leg.grade))}"
        )
    return lines


def _length(seconds: int) -> str:
    return f"{seconds // 60}{NBSP}min" if seconds % 60 == 0 else f"{seconds}{NBSP}s"


def _short(value: float) -> str:
    return number(value, 0 if round(value, 1) % 1 == 0 else 1)


def _slope(grade: float) -> str:
    steep = _short(abs(100 * grade))
    if steep == "0":
        return "on the level"
    return f"{steep}{NBSP}% {'uphill' if grade > 0 else 'downhill'}"


_WHY_NOT = {
    "acsm_speed": "the equation of the ACSM does not hold at this speed",
    "acsm_grade": "the equation of the ACSM does not hold on this slope",
    "no_entry": "the 2024 Compendium has no line at this speed and slope",
}


def cross_check_words(check: pd.DataFrame) -> str:
    """How far the ACSM's equation and the 2024 Compendium are from our gross energy, in words.

    Parameters
    ----------
    check : DataFrame
        What :func:`~spotcheck.energy.training.cross_check` gives.

    Returns
    -------
    str
        One sentence of Markdown.

    Examples
    --------
    >>> from spotcheck.energy.training import Session, cross_check
    >>> words = cross_check_words(cross_check(Session("downhill", 1, 40, 9, -0.06), 75))
    >>> words.replace(NBSP, " ")[:53]
    'The equation of the ACSM does not hold on this slope;'
    """
    rows = check.set_index("method")
    reasons = set(rows["why_not"]) - {""}
    if reasons == {"not_even"}:
        return (
            "Nothing to set against this figure: the equation of the ACSM and the lines of the "
            "2024 Compendium are each for one even pace."
        )
    if reasons == {"strength"}:
        return (
            "Nothing to set against this figure: it is the 2024 Compendium's own, and the "
            "equations of the ACSM are for running and walking."
        )
    line = f"the 2024 Compendium's line “{escaped(rows.loc['compendium', 'entry'])}”"
    said = [
        _WHY_NOT[row.why_not]
        if row.why_not
        else f"{who} gives {kcal(row.gross_kcal)}, {_difference(row.against_ours)}"
        for who, row in (
            ("the equation of the ACSM", rows.loc["acsm"]),
            (line, rows.loc["compendium"]),
        )
    ]
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _difference(share: float) -> str:
    if percent(share) == percent(0):
        return "the same as ours"
    return f"{percent(abs(share))} {'more' if share > 0 else 'less'} than ours"
