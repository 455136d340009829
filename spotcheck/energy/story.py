"""The sentences of the calorie-deficit page, from the same figures as its table."""

from __future__ import annotations

from spotcheck.energy.regional import leg_fat_change_kg
from spotcheck.energy.training import Projection
from spotcheck.wording import NBSP, duration, kg, kg_amount, number

TOO_SMALL_KG = 0.5


def plan_words(projection: Projection) -> str:
    """Plan in a few words, as the subject of a sentence."""
    plan = projection.plan
    run = "Walking" if plan.session_type == "walk" else "Running"
    sessions = f"{run} {plan.sessions_per_week}{NBSP}×{NBSP}{number(plan.minutes)} minutes a week"
    if plan.intake_change_kcal_per_day == 0:
        return sessions
    size = number(abs(plan.intake_change_kcal_per_day))
    more = "more" if plan.intake_change_kcal_per_day > 0 else "less"
    food = f"eating {size}{NBSP}kcal a day {more}"
    if plan.sessions_per_week == 0:
        return food[0].upper() + food[1:]
    return f"{sessions} and {food}"


def headline(projection: Projection) -> str:
    """Answer of the page in one sentence, with the figures in the theme's accent colour."""
    plan = projection.plan
    when = f"in {duration(projection.days)}"
    change = projection.weight_change_kg
    if plan.sessions_per_week == 0 and plan.intake_change_kcal_per_day == 0:
        return "Nothing changes: no running and the same food keep the weight where it is."
    if abs(change) < 0.05:
        return "Nothing changes: your running and your food balance out."
    amount = f":primary[{_about(change)}]"
    if change > 0:
        return f"{plan_words(projection)} adds {amount} {when}."
    legs = leg_fat_change_kg(
        projection.fat_change_kg, projection.person.sex, projection.person.age_years
    )
    return (
        f"{plan_words(projection)} takes {amount} off you {when}, "
        f":primary[{kg_amount(float(legs))}] of it from your legs."
    )


def uncertainty(projection: Projection) -> str:
    """How far the answer depends on what nobody knows beforehand, and what the old rule says."""
    start = projection.body.weight_kg[0]
    rule = float(projection.static_weight_kg[-1] - start)
    ruled = (
        f"The 7,700{NBSP}kcal rule would promise {kg_amount(rule)}."
        if rule < -0.05
        else f"The 7,700{NBSP}kcal rule would add {kg_amount(rule)}."
        if rule > 0.05
        else ""
    )
    if projection.plan.sessions_per_week == 0:
        return ruled
    ends = [
        float(weight[-1] - start)
        for weight in (
            projection.weight_if_most_made_up_kg,
            projection.weight_if_none_made_up_kg,
        )
    ]
    band = (
        f"Trials differ in how much of a run is made up elsewhere: from {_signed(ends[0])} if nine "
        f"tenths are, to {_signed(ends[1])} if nothing is."
    )
    small = (
        " We cannot tell a change this small from the normal ups and downs of the scale."
        if abs(projection.weight_change_kg) < TOO_SMALL_KG
        else " No change is also plausible."
        if min(ends) < 0 < max(ends)
        else ""
    )
    return f"{band}{small} {ruled}".strip()


def since_last_change(before_kg: float, now_kg: float) -> str:
    r"""What the last move of a control did to the change of weight at the end; empty if nothing.

    Parameters
    ----------
    before_kg, now_kg : float
        Change of body weight at the end, before and after the move [kg].

    Examples
    --------
    >>> since_last_change(-2.0, -2.5)
    'Your last change: 0.5\xa0kg more off.'
    """
    difference = now_kg - before_kg
    if round(abs(difference), 1) < 0.1:
        return ""
    return f"Your last change: {kg(abs(difference))} {'more' if difference < 0 else 'less'} off."


def _about(change_kg: float) -> str:
    amount = kg_amount(change_kg)
    return amount if amount.startswith("less") else f"about {amount}"


def _signed(change_kg: float) -> str:
    amount = kg_amount(change_kg)
    if amount.startswith("less"):
        return "no change to see"
    return ("+" if change_kg > 0 else "\u2212") + amount
