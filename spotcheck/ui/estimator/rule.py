"""The 7,700 kcal rule against the model: when they part, and where the weight comes to rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

import numpy as np
import pandas as pd
import streamlit as st

from spotcheck.charts import contrast as charts
from spotcheck.energy.balance import DAYS
from spotcheck.energy.contrast import SMALLEST_CHANGE_KG, Contrast, contrast
from spotcheck.energy.projection import Projection, project
from spotcheck.energy.safety import days_shown, picture_stops
from spotcheck.energy.training import DAYS_PER_WEEK, Plan
from spotcheck.ui import layout
from spotcheck.ui.estimator.scene import HALL, Scene
from spotcheck.wording import METRIC, NBSP, Units, date, duration, span

RULE = f"7,700{NBSP}kcal rule"
WISHNOFSKY = "[Wishnofsky 1958](https://doi.org/10.1093/ajcn/6.5.542)"


def draw(scene: Scene) -> None:
    """Draw the view."""
    decade = project(scene.person, scene.plan, scene.assumptions, DAYS[1])
    weight, rule = decade.body.weight_kg, decade.static_weight_kg
    found = contrast(scene.person, weight, rule, *in_the_end(decade))
    height_m = float(np.asarray(scene.person.height_m))
    rests = charts.days_to_rest(weight, found.plateau_weight_kg)
    last = min(days_shown(weight, height_m), rests)
    layout.finding(
        title(found, scene.plan, scene.date, last, units=scene.units),
        "Body weight with every unknown in its middle. The rule counts each 7,700 kcal of food and "
        "running as one kilogram, for ever, and knows of nothing that is made up elsewhere.",
    )
    if last < 1:
        st.warning(picture_stops(height_m, scene.units), icon=":material/health_and_safety:")
        return
    layout.chart(
        charts.contrast_curve(
            weight,
            rule,
            found,
            scene.colours,
            narrow=scene.narrow,
            days=last,
            units=scene.units,
        ),
        name="rule",
        alt=(
            f"Two lines of body weight from {scene.units.mass(weight[0])} today: after "
            f"{span(last)} the model is at {scene.units.mass(weight[last])}, and the "
            f"7,700 kcal rule at {scene.units.mass(rule[last])}."
        ),
        source=f"Sources: model of {HALL}; rule of {WISHNOFSKY}.",
        table=lambda: (
            decade.frame().loc[:last, ["day", "weight_kg", "weight_by_7700_rule_kg"]].round(3)
        ),
    )
    st.table(
        key_figures(found, decade, scene.date, last, units=scene.units),
        border="horizontal",
        width="content",
        hide_index=True,
    )
    st.markdown(why(found, decade, units=scene.units), width=660)
    if last < rests:
        st.warning(picture_stops(height_m, scene.units), icon=":material/health_and_safety:")


def in_the_end(projection: Projection) -> tuple[float, float]:
    """Change of food, and exercise that counts, once everything that ends has ended [kcal/day]."""
    plan = projection.plan
    return (
        0.0 if plan.food_ends_after_days is not None else projection.intake_change_kcal_per_day,
        0.0
        if plan.training_ends_after_days is not None
        else projection.counted_kcal_per_week / DAYS_PER_WEEK,
    )


def title(
    found: Contrast,
    plan: Plan,
    on: Callable[[float], Date],
    last_day: int,
    *,
    units: Units = METRIC,
) -> str:
    """Finding of the view.

    Parameters
    ----------
    found : Contrast
        The two compared.
    plan : Plan
        The plan.
    on : callable
        Date of a day of the plan.
    last_day : int
        Last day that may be shown.
    units : Units, optional
        Units that the reader sees.
    """
    day, off = found.day_rule_is_off, charts.one_kilogram(units)
    if plan.changes_nothing:
        return "Nothing changes, so the rule and the model agree"
    if day is None:
        return f"The {RULE} stays within {off} of the model for ten years"
    if day > last_day:
        return f"The picture stops before the {RULE} is {off} off"
    return f"The {RULE} is {off} off after {span(day)}, on {date(on(day))}"


def key_figures(
    found: Contrast,
    projection: Projection,
    on: Callable[[float], Date],
    last_day: int,
    *,
    units: Units = METRIC,
) -> pd.DataFrame:
    """Short table of the dates and weights that the picture marks; only what may be shown.

    Parameters
    ----------
    found : Contrast
        The two compared.
    projection : Projection
        Both lines.
    on : callable
        Date of a day of the plan.
    last_day : int
        Last day that may be shown.
    units : Units, optional
        Units that the reader sees.
    """
    weight, rule = projection.body.weight_kg, projection.static_weight_kg
    year = min(last_day, 365)
    rows = [
        (
            f"After {duration(year)}",
            f"{units.mass(weight[year])} by the model, {units.mass(rule[year])} by the rule",
        )
    ]
    side = "low" if found.rule_is_too_low else "high"
    for what, day, more in (
        (f"{charts.one_kilogram(units)} apart", found.day_rule_is_off, f", the rule too {side}"),
        ("Half of the way to rest", found.half_day, ""),
    ):
        if day is not None and day <= last_day:
            rows.append((what, f"{date(on(day))}, after {span(day)}{more}"))
    if ends(projection.plan) and found.furthest_day <= last_day:
        day = found.furthest_day
        rows.append(
            ("Furthest from today", f"{units.mass(weight[day])}, on {date(on(day))}"),
        )
    if last_day >= charts.days_to_rest(weight, found.plateau_weight_kg):
        rows.append(("The weight comes to rest at", units.mass(found.plateau_weight_kg)))
    rows.append(("Time constant, for small changes", span(found.time_constant_days)))
    return pd.DataFrame(rows, columns=["What", "When or how much"])


def why(found: Contrast, projection: Projection, *, units: Units = METRIC) -> str:
    """Sentence that says what the rule leaves out, for a loss, a gain, or a plan that ends."""
    plan = projection.plan
    start = projection.body.weight_kg[0]
    change = found.plateau_weight_kg - start
    if plan.changes_nothing:
        return "With the same food and no running there is nothing for either of them to add up."
    if ends(plan) and abs(change) < SMALLEST_CHANGE_KG:
        return (
            f"Once the plan ends, the model brings the weight back to {units.mass(start)}. The "
            f"rule leaves it at {units.mass(projection.static_weight_kg[-1])} for ever."
        )
    heavier, more = ("heavier", "more") if change > 0 else ("lighter", "less")
    made_up = (
        " A part of the running is also made up elsewhere, which the rule does not know."
        if plan.trains
        else ""
    )
    return (
        f"A {heavier} body spends {more}, so the change slows down until food and movement "
        f"balance again.{made_up} The rule goes on in a straight line."
    )


def ends(plan: Plan) -> bool:
    """Whether some part of the plan is given up again."""
    return not (plan.training_ends_after_days is None and plan.food_ends_after_days is None)
