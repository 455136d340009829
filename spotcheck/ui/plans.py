"""The reader's plan, as home and the calorie-deficit page share it."""

from __future__ import annotations

from spotcheck.energy import Person
from spotcheck.energy.safety import Stop, intake_stop, reason_to_stop
from spotcheck.energy.training import Projection, WeeklyPlan, project
from spotcheck.ui import settings
from spotcheck.ui.controls import Controls


def controls(page: str) -> Controls:
    """Settings of the plan; both pages use the same ones."""
    return Controls(page, settings.estimator(), settings.fit_estimator, store="plan")


def weekly_plan(chosen: Controls) -> WeeklyPlan:
    """Weekly plan of the settings."""
    return WeeklyPlan(
        chosen["session"],
        chosen["sessions"],
        chosen["minutes"],
        chosen["speed"],
        chosen["grade"] / 100,
        chosen["intake"],
        chosen["compensation"] / 100,
    )


def outcome(chosen: Controls) -> Projection | Stop:
    """Projection of the settings, or why none is made."""
    height_m = chosen["height"] / 100
    stop = reason_to_stop(chosen["sex"], chosen["age"], height_m, chosen["weight"])
    if stop is not None:
        return stop
    person = Person(chosen["sex"], chosen["age"], height_m, chosen["weight"], chosen["activity"])
    eaten = float(person.energy_intake_kcal_per_day) + chosen["intake"]
    if chosen["intake"] < 0 and (stop := intake_stop(chosen["sex"], eaten)) is not None:
        return stop
    return project(person, weekly_plan(chosen), chosen["days"])
