"""A goal: what reaches a weight by a day and keeps it, or what running holds off."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date as Date
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from spotcheck.charts import goal as charts
from spotcheck.energy.contrast import settled_water_change_kg
from spotcheck.energy.goal import (
    LONGEST_SESSION_MINUTES,
    MOST_FOOD_CHANGE_KCAL_PER_DAY,
    MOST_MINUTES_PER_WEEK,
    Answer,
    HeldOff,
    Solution,
    held_off,
    keeping,
    limits_of,
    maintenance_intake_kcal_per_day,
    most_running_minutes_per_week,
    solve,
)
from spotcheck.energy.safety import Limit, lowest_body_mass_index, lowest_weight_kg, nearest
from spotcheck.energy.training import DAYS_PER_WEEK, Plan
from spotcheck.energy.uncertainty import fan
from spotcheck.ui import layout, settings
from spotcheck.ui.controls import Controls, mass_scale
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import METRIC, NBSP, Units, date, kcal, number, percent, round_kcal, span

LONGEST_KEPT_DAYS = 364
HELD_OFF_YEARS = 5


def draw(scene: Scene) -> None:
    """Draw the view."""
    scene.controls.segments("aim", "What for", settings.AIMS)
    if scene.controls["aim"] == "keep":
        draw_keep(scene)
    else:
        draw_reach(scene)


def draw_keep(scene: Scene) -> None:
    """Weight that the running holds off, if it is part of today's life."""
    units = scene.units
    if not scene.plan.trains:
        layout.empty_state(
            "There is no running in this plan",
            "This picture shows what the running of your life today holds off.",
            "Put three sessions a week into the plan",
            lambda: scene.controls.set(sessions=3),
        )
        return
    held = held_off(scene.person, scene.plan, scene.assumptions)
    layout.finding(
        keep_title(held, scene.plan, units),
        "Body weight if the sessions of your plan were part of your life and you stopped them "
        "today, eating as you do now. The band runs over nine tenths of the assumed compensation.",
    )
    if held.is_capped:
        st.info(capped(held), icon=":material/info:")
    layout.chart(
        charts.held_off_curve(held, scene.colours, narrow=scene.narrow, units=units),
        name="keep",
        alt=(
            f"Two lines over ten years: {units.mass(held.weight_kg[0])} with the running, and up "
            f"to {units.mass(held.weight_kg[-1])} without it, inside a band."
        ),
        source=f"Source: model of {HALL}; running as a change of activity.",
        table=lambda: held.frame().round(3),
    )
    st.table(years_table(held, units), border="horizontal", width="content", hide_index=True)
    st.markdown(instead(held, units), width=660)
    made_up = percent(scene.assumptions["compensation_fraction"].mean)
    layout.note(
        "Here your weight is steady today with the running, which comes on top of your other "
        f"activity. {made_up} of it is made up elsewhere; "
        "that part ends with it and holds off nothing."
    )


def keep_title(held: HeldOff, plan: Plan, units: Units = METRIC) -> str:
    """Finding: what the sessions hold off in five years, with the range."""
    middle, least, most = held.held_off_kg(HELD_OFF_YEARS)
    doing = "walking" if walks(plan) else "running"
    if abs(middle) < 0.05:
        return f"This {doing} holds off next to nothing"
    ends = f"{number(units.mass_value(least), 1)} to {units.mass(most)}"
    if middle < 0:
        return f"All of this {doing} is made up elsewhere: it holds off nothing ({ends})"
    return f"This {doing} holds off about {units.mass_amount(middle)} in five years ({ends})"


def capped(held: HeldOff) -> str:
    """Why not all of the running is counted."""
    return (
        f"This running counts for {kcal(held.counted_kcal_per_day)} a day. The model has been made "
        f"for at most {kcal(held.room_kcal_per_day)} on top of your other activity, so we count "
        "no more."
    )


def years_table(held: HeldOff, units: Units = METRIC) -> pd.DataFrame:
    """Weight without the running, year by year, as words."""
    return pd.DataFrame(
        [
            (
                span(365 * row.years) if row.years > 1 else f"1{NBSP}year",
                units.mass(row.weight_without_kg),
                f"{units.mass(row.held_off_kg)} ({number(units.mass_value(row.least_kg), 1)} to "
                f"{number(units.mass_value(row.most_kg), 1)})",
            )
            for row in held.frame().itertuples()
        ],
        columns=["After", "Without it", "Held off"],
    )


def instead(held: HeldOff, units: Units = METRIC) -> str:
    """What food would have to do without the running."""
    change = held.intake_instead_kcal_per_day
    if abs(round_kcal(change)) < 5:
        return ""
    less = "less" if change < 0 else "more"
    return (
        f"Without it, about {kcal(abs(change))} a day {less} food than today would keep you at "
        f"{units.mass(held.weight_kg[0])}."
    )


def draw_reach(scene: Scene) -> None:
    """What reaches a weight by a day, and what keeps it."""
    controls, units = scene.controls, scene.units
    with st.container(horizontal=True):
        with st.container(width=220):
            controls.number(
                "target",
                f"Weight to reach, {units.mass_unit}",
                step=0.5,
                format="%.1f",
                scale=mass_scale(units, 0.1),
            )
        with st.container(width=320):
            controls.slider("target_weeks", "Weeks from today", step=1)
        with st.container(width=240):
            controls.segments("target_by", "How", settings.GOAL_WAYS)
    days = DAYS_PER_WEEK * controls["target_weeks"]
    if controls["target"] is None:
        layout.finding(
            "No weight is set",
            f"This page suggests none. Today’s is {units.mass(controls['weight'])}.",
        )
        draw_upkeep(scene, controls["weight"], scene.projection.intake_change_kcal_per_day)
        return
    solution = solve(
        scene.person,
        scene.plan,
        scene.assumptions,
        float(controls["target"]),
        days,
        controls["target_by"],
    )
    layout.finding(
        reach_title(solution, scene.date, units),
        f"{'The training' if solution.by == 'food' else 'The food'} stays as it is in the plan, "
        "and every unknown is in its middle."
        + (
            " The band holds 9 in 10 of 1,000 simulated people; after the goal comes the food "
            "that keeps the weight."
            if solution.is_possible
            else ""
        ),
    )
    if solution.is_possible and solution.exact is not None:
        draw_answer(scene, solution.exact)
    else:
        draw_obstacle(scene, solution)


def reach_title(solution: Solution, on: Callable[[float], Date], units: Units = METRIC) -> str:
    """Finding: what reaches the goal, or what stands in its way."""
    target, when = units.mass(solution.target_weight_kg), date(on(solution.days))
    if solution.is_possible and solution.exact is not None:
        return f"{change_words(solution.exact)} reaches {target} by {when}"
    food = solution.by == "food"
    return {
        "underweight": f"This page makes no plan for {target}",
        "limit": "This goal needs eating less than is safe"
        if food
        else "This goal needs more running than is safe",
        "untrusted": "This goal needs a change that the model cannot be trusted with",
        "no_running": "This plan has no running that could change",
        "nothing_counts": "Minutes of running change nothing here",
        "too_much_running": f"More running alone does not reach {target} by {when}",
        "less_than_none": f"Less running alone does not reach {target} by {when}",
        "too_much_food": f"No change of food that this page offers reaches {target} by {when}",
    }[solution.obstacle]


def change_words(answer: Answer) -> str:
    """What an answer asks for, as the subject of a sentence."""
    if answer.by == "minutes":
        doing = "Walking" if walks(answer.plan) else "Running"
        return f"{doing} about {minutes(answer.value)} a week"
    if abs(round_kcal(answer.value)) < 5:
        return "Eating as you do today"
    more = "more" if answer.value > 0 else "less"
    return f"Eating about {kcal(abs(answer.value))} a day {more}"


def minutes(value: float) -> str:
    r"""Time a week, in steps of five from a hundred minutes on.

    Examples
    --------
    >>> minutes(43.4), minutes(478.8)
    ('43\xa0minutes', '480\xa0minutes')
    """
    shown = 5 * round(value / 5) if value >= 100 else round(value)
    return f"{number(shown)}{NBSP}minutes"


def obstacle_words(solution: Solution, scene: Scene) -> str:
    """Why a goal is not offered, with the figure that decides."""
    units, exact = scene.units, solution.exact
    if solution.obstacle == "underweight":
        height_m = float(np.asarray(scene.person.height_m))
        return (
            f"It is below {units.mass(lowest_weight_kg(height_m))}, a body mass index of "
            f"{number(lowest_body_mass_index(), 1)}. Below that, losing weight is a matter for a "
            "doctor, not for a slider."
        )
    if solution.obstacle == "limit" and exact is not None and exact.binding is not None:
        limit = in_units(exact.binding, exact, units)
        return (
            f"It would take {lower(change_words(exact))}. The limit that binds is "
            f"{lower(limit.label)}: {edge(limit)}. {limit.explanation}"
        )
    if solution.obstacle == "untrusted" and exact is not None and exact.doubt is not None:
        return f"It would take {lower(change_words(exact))}. {exact.doubt}"
    return {
        "no_running": "Put a session of running or walking into the plan first, or change the "
        "food instead.",
        "nothing_counts": "All of it is assumed to be made up elsewhere, so more of it leads "
        "nowhere.",
        "too_much_running": f"We stop at {number(MOST_MINUTES_PER_WEEK / 60)} hours a week and "
        f"{number(LONGEST_SESSION_MINUTES / 60)} hours a session, which for these sessions is "
        f"{minutes(most_running_minutes_per_week(scene.plan))} a week.",
        "less_than_none": "Even without any running, and with the food of the plan, the weight "
        "ends below it.",
        "too_much_food": f"We stop at {kcal(MOST_FOOD_CHANGE_KCAL_PER_DAY)} a day.",
    }[solution.obstacle]


def draw_obstacle(scene: Scene, solution: Solution) -> None:
    """Why a goal is not offered, and what comes nearest to it."""
    st.warning(obstacle_words(solution, scene), icon=":material/health_and_safety:")
    units = scene.units
    nearer, later = solution.nearest, solution.soonest
    if nearer is not None:
        weight = within(nearer.weight_kg, scene)
        offer(
            scene,
            f"**By {date(scene.date(nearer.days))}:** {lower(change_words(nearer))} leads to "
            f"{units.mass(weight)}, the nearest within the limits.",
            f"Aim for {units.mass(weight)}",
            "goal/nearer",
            target=weight,
        )
    if later is not None:
        weeks = later.days // DAYS_PER_WEEK
        offer(
            scene,
            f"**{units.mass(solution.target_weight_kg)}:** the first day within the limits is "
            f"{date(scene.date(later.days))}, by {lower(change_words(later))}.",
            f"Take {weeks} weeks",
            "goal/later",
            target_weeks=weeks,
        )
    elif solution.obstacle in ("limit", "untrusted", "too_much_running", "too_much_food"):
        layout.note("Within three years, no week allows this goal in this way.")


def offer(scene: Scene, words: str, action: str, key: str, **values: Any) -> None:
    """One way out: a sentence, and the button that takes it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words, width=560)
        st.button(
            action,
            key=key,
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=lambda: scene.controls.set(**values),
        )


def draw_answer(scene: Scene, answer: Answer) -> None:
    """Way to the goal, the plan's button, and what keeps the weight."""
    units = scene.units
    spread = fan(scene.person, answer.plan, scene.assumptions, answer.days)
    path = keeping(answer, min(answer.days, LONGEST_KEPT_DAYS)).weight_kg
    layout.chart(
        charts.reach_curve(
            path, answer.days, spread, scene.colours, narrow=scene.narrow, units=units
        ),
        name="goal",
        alt=(
            f"Line of body weight from {units.mass(path[0])} today to "
            f"{units.mass(answer.weight_kg)} after {span(answer.days)}, and level from then on."
        ),
        source=f"Source: model of {HALL}; running as a change of activity.",
        table=lambda: pd.DataFrame({"day": np.arange(len(path)), "weight_kg": path}).round(3),
    )
    low, high = (scene.projection.body.weight_kg[0] + end for end in spread.nine_in_ten())
    near = nearest(limits_of(answer.projection, units))
    careful = (
        f" No limit is crossed, but {lower(near.label)} is near: {edge(near)}." if near else ""
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"Under these assumptions, 9 in 10 of our simulated people end between "
            f"{number(units.mass_value(low), 1)} and {units.mass(high)} with it.{careful}",
            width=560,
        )
        taken = plan_settings(scene.controls, answer)
        st.button(
            "Use this plan",
            key="goal/use",
            type="tertiary",
            icon=":material/check:",
            on_click=lambda: scene.controls.set(**taken),
            disabled=all(scene.controls[name] == value for name, value in taken.items()),
        )
    draw_upkeep(scene, answer.weight_kg, answer.projection.intake_change_kcal_per_day, answer)


def draw_upkeep(
    scene: Scene, weight_kg: float, intake_change_kcal_per_day: float, answer: Answer | None = None
) -> None:
    """Food that keeps a weight, with the training of the plan and without."""
    units = scene.units
    projection = answer.projection if answer else scene.projection
    usual = float(scene.person.energy_intake_kcal_per_day)
    ways = {"None": 0.0}
    if projection.plan.trains:
        ways = {"Goes on": projection.counted_kcal_per_week / DAYS_PER_WEEK, **ways}
    kept = {
        way: maintenance_intake_kcal_per_day(scene.person, weight_kg, exercise)
        for way, exercise in ways.items()
    }
    st.subheader(f"What keeps {units.mass(weight_kg)}", anchor=False)
    st.table(
        pd.DataFrame(
            [(way, kcal(eaten), against(eaten - usual)) for way, eaten in kept.items()],
            columns=["Training", "Food a day", f"Against today’s {kcal(usual)}"],
        ),
        border="horizontal",
        width="content",
        hide_index=True,
    )
    water = water_words(
        float(settled_water_change_kg(scene.person, next(iter(kept.values())) - usual))
        - float(settled_water_change_kg(scene.person, intake_change_kcal_per_day)),
        units,
    )
    layout.note(
        "Food and movement balance there, once water has settled. What is eaten back after runs "
        f"is already taken off the running and not part of the food.{water if answer else ''}"
    )


def water_words(change_kg: float, units: Units = METRIC) -> str:
    """What the change from the goal's food to the keeping one does to water; empty if nothing."""
    if round(abs(units.mass_value(change_kg)), 1) < 0.1:
        return ""
    verb = "comes back" if change_kg > 0 else "goes"
    return (
        f" When the food changes, about {units.mass_amount(change_kg)} of water {verb} in the "
        "first weeks; that is not fat."
    )


def against(change_kcal: float) -> str:
    """Change of food a day in words."""
    if abs(round_kcal(change_kcal)) < 5:
        return "the same"
    return f"{kcal(abs(change_kcal))} {'more' if change_kcal > 0 else 'less'}"


def plan_settings(controls: Controls, answer: Answer) -> dict[str, Any]:
    """Settings of the page that an answer means, on the grid of its controls."""
    field = controls.fields
    taken: dict[str, Any] = {"days": field["days"].clean(answer.days)}
    if answer.by == "food":
        return taken | {"intake": field["intake"].clean(answer.value)}
    by_row = [round(one.minutes) for one in answer.plan.sessions]
    if not controls["week"]:
        return taken | {"minutes": field["minutes"].clean(by_row[0])}
    rows = iter(by_row)
    week = tuple(
        (kind, times, next(rows), *rest) if times else (kind, times, minutes, *rest)
        for kind, times, minutes, *rest in controls["week"]
    )
    return taken | {"week": field["week"].clean(week)}


def within(weight_kg: float, scene: Scene) -> float:
    """Weight on the grid of the target, rounded to the side of today's."""
    loses = weight_kg < float(np.asarray(scene.person.weight_kg))
    return (math.ceil if loses else math.floor)(round(10 * weight_kg, 6)) / 10


def in_units(limit: Limit, answer: Answer, units: Units) -> Limit:
    """Same limit with its sentences in the reader's units."""
    return next(one for one in limits_of(answer.projection, units) if one.code == limit.code)


def edge(limit: Limit) -> str:
    """Figure at which a limit lies."""
    value = limit.amber if math.isnan(limit.red) else limit.red
    decimals = 0 if float(value).is_integer() else 1
    return f"{number(value, decimals)}{NBSP}{limit.unit}"


def lower(words: str) -> str:
    """Words with a small first letter, for the middle of a sentence."""
    return words[0].lower() + words[1:]


def walks(plan: Plan) -> bool:
    """Whether all that is on foot in a plan is walked."""
    return {one.kind for one in plan.sessions if not one.is_strength} == {"walk"}
