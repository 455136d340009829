"""The settings of every page: name, limits and start of each, once, for widgets and links.

Codes and defaults come from the tables. A setting that is added later takes its default for old
links, so its default must be what the page did before.
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from spotcheck import tables
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import stance_matrix
from spotcheck.ui.links import Choice, Field, Flag, Number, Several, Values
from spotcheck.wording import number

ESTIMATOR_VIEWS = {
    "weight": "Weight",
    "session": "One session",
    "body": "Fat and water",
}
SPEED_UNITS = {"km_h": "km/h", "min_km": "min/km"}
MATRIX_VIEWS = {"start": "Running and the articles", "all": "All exercises"}
MATRIX_LENSES = {
    "role": "Role of the muscle",
    "activity_mean": "Mean activity (EMG)",
    "activity_peak": "Peak activity (EMG)",
    "mri_t2": "MRI after exercise",
    "muscle_force": "Muscle force (model)",
    "other_scale": "Other scales",
}
MATRIX_ORDERS = {"group": "By family", "name": "By name", "muscle": "By one muscle"}
PLANES = {
    "sagittal": "Forwards (sagittal)",
    "frontal": "Sideways (frontal)",
    "transverse": "Turning (transverse)",
}
ARTICLE_SHOWS = {
    "spoken": "Two or more speak",
    "clashes": "They contradict each other",
    "shared": "All three speak",
    "nobody": "No article speaks",
    "all": "All topics",
}
CERTAINTY_LABELS = {
    "any": "Any, or not graded",
    "very_low": "Very low",
    "low": "Low",
    "moderate": "Moderate",
    "high": "High",
}
METHODS_VIEWS = {
    "tables": "Tables",
    "words": "Words",
    "sources": "Sources",
    "formulas": "Formulas",
}


def codes(table: str, column: str) -> tuple[str, ...]:
    """Codes of a table's column in the table's order, each once."""
    return tuple(tables.load(table)[column].dropna().drop_duplicates())


@cache
def estimator() -> tuple[Field, ...]:
    """Settings of the calorie-deficit page; home shares them."""
    start = default_preset()
    return (
        Choice("view", "a view", tuple(ESTIMATOR_VIEWS), "weight"),
        Number("sessions", "a number of sessions", 0, 14, int(start["sessions_per_week"])),
        Number("minutes", "a duration", 5, 180, int(start["minutes"]), unit="min"),
        Number("speed", "a speed", 3, 22, float(start["speed_km_h"]), 0.01, "km/h"),
        Number("grade", "a slope", -20, 30, round(100 * start["grade"]), unit="%"),
        Choice(
            "session",
            "a session type",
            codes("session_types", "session_type"),
            str(start["session_type"]),
        ),
        Number("intake", "a food change", -1000, 1000, 0, 10, "kcal/day"),
        Number("compensation", "a compensation", 0, 100, 45, unit="%"),
        Number("days", "a number of days", 28, 1095, 365),
        Choice("pace", "a speed unit", tuple(SPEED_UNITS), "km_h"),
        Choice("sex", "a sex", ("female", "male"), "female", personal=True),
        Number("age", "an age", 10, 90, 34, unit="years", personal=True),
        Number("height", "a height", 130, 215, 168, unit="cm", personal=True),
        Number("weight", "a weight", 35, 200, 68, unit="kg", personal=True),
        Number("activity", "an activity level", 1.2, 2.4, 1.5, resolution=0.05, personal=True),
    )


@cache
def default_preset() -> pd.Series:
    """Row of ``presets`` that the app opens with."""
    presets = tables.load("presets")
    return presets[presets["is_default"]].iloc[0]


@cache
def presets() -> dict[str, Values]:
    """Settings of every ready plan, by its code."""
    return {
        row.preset: {
            "sessions": int(row.sessions_per_week),
            "minutes": int(row.minutes),
            "speed": float(row.speed_km_h),
            "grade": round(100 * row.grade),
            "session": row.session_type,
            "intake": int(row.intake_change_kcal_per_day),
        }
        for row in tables.load("presets").itertuples()
    }


@cache
def labels(table: str, key: str, label: str = "label") -> dict[str, str]:
    """Names of a table's codes."""
    rows = tables.load(table)
    return dict(zip(rows[key], rows[label], strict=True))


@cache
def session_type(code: str) -> pd.Series:
    """Row of ``session_types``."""
    types = tables.load("session_types")
    return types[types["session_type"] == code].iloc[0]


def speed_limits(code: str) -> tuple[float, float]:
    """Lowest and highest speed of a session type [km/h]."""
    kind = session_type(code)
    return float(kind["speed_low_km_h"]), float(kind["speed_high_km_h"])


def grade_limits(code: str) -> tuple[int, int]:
    """Lowest and highest slope of a session type [%]."""
    kind = session_type(code)
    return round(100 * kind["grade_low"]), round(100 * kind["grade_high"])


def paces(limits: tuple[float, float]) -> list[int]:
    """Paces of a pace slider, slowest first [s/km]: in steps of 5 s, of 15 s above 10 min/km."""
    slowest, fastest = (int(3600 // speed) for speed in limits)
    grid = [*range(slowest - slowest % 15, 600, -15), *range(600, 0, -5)]
    return [seconds for seconds in grid if fastest <= seconds <= slowest]


def nearest_pace(speed_km_h: float, grid: list[int]) -> int:
    """Pace of the slider that is nearest to a speed [s/km]."""
    return min(grid, key=lambda seconds: abs(seconds - 3600 / speed_km_h))


def fit_estimator(values: Values) -> tuple[Values, tuple[str, ...]]:
    """Settings that go together: speed and slope within what the session type can be.

    Returns
    -------
    changes : dict
        Settings that had to move, with their new values.
    notices : tuple of str
        Why, in plain sentences.
    """
    label = str(session_type(values["session"])["label"]).lower()
    changes: Values = {}
    notices = []
    for name, what, unit, (low, high) in (
        ("speed", "speeds", "km/h", speed_limits(values["session"])),
        ("grade", "slopes", "%", grade_limits(values["session"])),
    ):
        value = min(max(values[name], low), high)
        if value != values[name]:
            changes[name] = value
            limits = " to ".join(f"{number(limit)}" for limit in (low, high))
            notices.append(
                f"For “{label}” this page knows {what} of {limits}\u00a0{unit}. "
                f"We use {number(value)}\u00a0{unit}."
            )
    return changes, tuple(notices)


@cache
def matrix() -> tuple[Field, ...]:
    """Settings of the muscle matrix."""
    return (
        Choice("view", "a view", tuple(MATRIX_VIEWS), "start"),
        Choice("lens", "a lens", tuple(MATRIX_LENSES), "role"),
        Choice("order", "an order", tuple(MATRIX_ORDERS), "group"),
        Several("group", "a muscle group", codes("muscles", "muscle_group")),
        Several("equipment", "a piece of equipment", codes("exercise_equipment", "equipment")),
        Several("plane", "a plane", codes("exercise_planes", "plane")),
        Several("exercise", "an exercise", codes("exercises", "exercise_id"), most=4),
        Several("muscle", "a muscle", codes("muscles", "muscle_id"), most=4),
        Flag("single", "the switch for single-person studies", False),
    )


@cache
def articles() -> tuple[Field, ...]:
    """Settings of the articles page."""
    return (
        Choice("topic", "a topic", codes("topics", "topic_id"), "T01"),
        Several("theme", "a theme", codes("topics", "theme")),
        Choice("show", "a filter", tuple(ARTICLE_SHOWS), "spoken"),
        Choice("certainty", "a certainty", tuple(CERTAINTY_LABELS), "any"),
        Flag("implied", "the switch for implied stances", True),
    )


def fit_articles(values: Values) -> tuple[Values, tuple[str, ...]]:
    """Settings that go together: a theme that only one article takes up is shown in full.

    Returns
    -------
    changes : dict
        Settings that had to move, with their new values.
    notices : tuple of str
        Why, in plain sentences.
    """
    if values["show"] != "spoken" or not values["theme"]:
        return {}, ()
    topics, stances = tables.load("topics"), tables.load("stances")
    matrix = stance_matrix(topics, stances, lenient=values["implied"])

    def is_empty(show: str) -> bool:
        return select_topics(
            topics, matrix, show=show, themes=values["theme"], certainty=values["certainty"]
        ).empty

    if not is_empty("spoken") or is_empty("all"):
        return {}, ()
    return {"show": "all"}, (
        "No two articles speak on the same topic here, so we show every topic of the theme.",
    )


@cache
def methods() -> tuple[Field, ...]:
    """Settings of the methods page."""
    return (
        Choice("view", "a view", tuple(METHODS_VIEWS), "tables"),
        Choice("table", "a table", tables.package().names, "studies"),
    )
