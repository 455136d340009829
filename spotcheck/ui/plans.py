"""The reader's plan, as home and the calorie-deficit page share it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from spotcheck.energy import Person
from spotcheck.energy.assumptions import Assumptions, assumptions, table_priors
from spotcheck.energy.projection import Projection, project
from spotcheck.energy.safety import Stop, days_shown, intake_stop, reason_to_stop, training_stop
from spotcheck.energy.training import Plan, Session, strength_mets
from spotcheck.ui import settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.links import Values
from spotcheck.wording import IMPERIAL, METRIC, Units

DAYS_PER_MONTH = 365 / 12
# Settings that a projection depends on.
_MATTERING = (
    *("sex", "age", "height", "weight", "activity", "body_fat"),
    *("session", "sessions", "minutes", "speed", "grade", "outdoors", "week"),
    *("intake", "build_up", "stop", "food_stop", "days", "compensation", "prior", "slips"),
)


def controls(page: str) -> Controls:
    """Settings of the plan; both pages use the same ones."""
    fields = settings.home() if page == "home" else settings.estimator()
    return Controls(page, fields, settings.fit_estimator, store="plan")


def units(chosen: Controls) -> Units:
    """Units that the reader sees."""
    return IMPERIAL if chosen["units"] == "imperial" else METRIC


def person(chosen: Controls | Values) -> Person:
    """Reader of the settings."""
    fat = chosen["body_fat"]
    return Person(
        chosen["sex"],
        chosen["age"],
        chosen["height"] / 100,
        chosen["weight"],
        chosen["activity"],
        None if fat is None else fat / 100,
    )


def week(values: Values) -> tuple[Session, ...]:
    """Training week: the list of sessions where there is one, else the quick session."""
    rows = values["week"] or [
        (
            values["session"],
            values["sessions"],
            *(values[name] for name in ("minutes", "speed", "grade")),
            *(0, 0, 0),
        )
    ]
    return tuple(_session(row, outdoors=values["outdoors"]) for row in rows if row[1] > 0)


def _session(row: tuple[str, int, int, float, int, int, int, int], *, outdoors: bool) -> Session:
    kind, times, minutes, speed, grade, repeats, work, recovery = row
    if kind in strength_mets():
        return Session(kind, times, minutes)
    return Session(kind, times, minutes, speed, grade / 100, repeats, work, recovery, outdoors)


def plan(values: Values) -> Plan:
    """Plan of the settings, or of a pinned plan."""
    return Plan(
        week(values),
        values["intake"],
        values["build_up"],
        _days(values["stop"]),
        _days(values["food_stop"]),
    )


def _days(months: int) -> int | None:
    """Day on which something ends; a setting of 0 months means never."""
    return round(months * DAYS_PER_MONTH) or None


def known(chosen: Controls | Values, reader: Person, training: Plan) -> Assumptions:
    """Assumptions about the reader, with what they changed."""
    table = table_priors()
    edits = {name: (mean, sd) for name, mean, sd in chosen["prior"]}
    # These two have a control of their own for their middle.
    for name, mean in (
        ("compensation_fraction", chosen["compensation"] / 100),
        ("physical_activity_level", chosen["activity"]),
    ):
        edits[name] = mean, edits[name][1] if name in edits else table[name].sd
    return assumptions(reader, training, edits, slips=chosen["slips"])


def outcome(chosen: Controls | Values, other: Plan | None = None) -> Projection | Stop:
    """Projection of the settings' plan, or of another plan of the reader; or why none is made."""
    return _outcome(tuple((name, chosen[name]) for name in _MATTERING), other)


@lru_cache(maxsize=256)
def _outcome(settings_: tuple[tuple[str, Any], ...], other: Plan | None) -> Projection | Stop:
    values = dict(settings_)
    height_m = values["height"] / 100
    stop = reason_to_stop(values["sex"], values["age"], height_m, values["weight"])
    if stop is not None:
        return stop
    reader, training = person(values), other or plan(values)
    stop = _stop_of(reader, training)
    return stop or _shown(reader, training, known(values, reader, training), values["days"])


@lru_cache(maxsize=128)
def _stop_of(reader: Person, training: Plan) -> Stop | None:
    """Why this plan gets no projection."""
    spent = training.energy(
        float(np.asarray(reader.weight_kg)), float(reader.resting_metabolic_rate_kcal_per_day)
    )
    if (stop := training_stop(spent.extra_kcal_per_week)) is not None:
        return stop
    change = training.intake_change_kcal_per_day
    eaten = float(reader.energy_intake_kcal_per_day) + change
    return intake_stop(str(reader.sex), eaten) if change < 0 else None


@lru_cache(maxsize=128)
def _shown(reader: Person, training: Plan, assumed: Assumptions, days: int) -> Projection:
    """Projection up to a body mass index of 18.5, below which no picture of this app goes."""
    projection = project(reader, training, assumed, days)
    last = max(days_shown(projection.body.weight_kg, float(np.asarray(reader.height_m))), 1)
    return projection if last == days else project(reader, training, assumed, last)
