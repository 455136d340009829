"""The settings of every page: name, limits and start of each, once, for widgets and links.

Codes and defaults come from the tables. A setting that is added later takes its default for old
links, so its default must be what the page did before.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from spotcheck import tables
from spotcheck.articles.coding import ALLOWED, Coding, Edit, kind_of, recoded
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import stance_matrix
from spotcheck.energy.assumptions import UNKNOWNS, table_priors
from spotcheck.energy.running import MOST_REPEATS
from spotcheck.energy.training import MOST_SESSIONS, TIMES_PER_WEEK, strength_mets
from spotcheck.muscles.demand import direction_of
from spotcheck.muscles.order import START_GROUPS
from spotcheck.muscles.physics import AXES, BODY_WEIGHT_KG, LIMITS
from spotcheck.toning import MUSCLE
from spotcheck.ui.links import (
    Choice,
    Field,
    Flag,
    Nested,
    Number,
    Records,
    Several,
    Text,
    Values,
)
from spotcheck.wording import NBSP, Units, number
from spotcheck.wording import UNITS as UNITS_BY_CODE

# Each is a module of ``spotcheck.ui.estimator``, imported when it is open.
ESTIMATOR_VIEWS = {
    "weight": "Weight",
    "session": "Sessions",
    "body": "Fat and water",
    "legs": "Legs",
    "unknowns": "Unknowns",
    "rule": "The old rule",
    "goal": "A goal",
    "plans": "Compare plans",
    "limits": "Limits",
    "weigh_ins": "Weigh-ins",
    "check": "Check us",
}
SPEED_UNITS = {"km_h": "Speed", "min_km": "Pace"}
UNITS = {"metric": "kg, km", "imperial": "lb, miles"}
AIMS = {"keep": "Keep my weight", "reach": "Reach a weight"}
GOAL_WAYS = {"food": "By food", "minutes": "By running"}
# The first two are the heatmap; each other is a module of ``spotcheck.ui.matrix``.
MATRIX_VIEWS = {
    "start": "Running and the articles",
    "all": "All exercises",
    "compare": "Compare",
    "leg": "3-D leg",
    "substitutes": "Substitutes",
    "session": "Session",
    "running": "Is running enough?",
    "growth": "Growth",
    "physics": "Physics",
    "gaps": "Gaps",
}
# Each is a module of ``spotcheck.ui.matrix``, after "physics_".
PHYSICS_PARTS = {"torques": "Joint torque", "live": "Live", "check": "Checked by EMG"}
HEATMAP_VIEWS = ("start", "all")
# A session is chosen from all exercises, and the leg shows those that are chosen there.
UNFILTERED_VIEWS = ("session", "leg")
MATRIX_LENSES = {
    "role": "Role of the muscle",
    "activity_mean": "Mean activity (EMG)",
    "activity_peak": "Peak activity (EMG)",
    "mri_t2": "MRI after exercise",
    "muscle_force": "Muscle force (model)",
    "other_scale": "Other scales",
    "model": "Model estimate (physics)",
}
MATRIX_ORDERS = {
    "group": "By family",
    "similarity": "By likeness",
    "name": "By name",
    "muscle": "By one muscle",
}
KINDS = {"any": "All", "running": "Running", "strength": "Strength", "other": "Other"}
SIDES = {"bilateral": "Both legs", "unilateral": "One leg", "alternating": "In turns"}
BODY_LAYERS = {"surface": "Surface", "deep": "Deep"}
SUBSTITUTE_WISHES = {
    "plane": "Same direction",
    "no_equipment": "No equipment",
    "impact": "Lower impact",
    "easier": "Easier",
}
LEG_SIDES = ("front", "back", "inner", "outer")
COVER_LEVELS = {"prime_mover": "Leads", "synergist": "Leads or helps"}
PLANES = {
    "sagittal": "Forwards (sagittal)",
    "frontal": "Sideways (frontal)",
    "transverse": "Turning (transverse)",
}
# Each is a module of ``spotcheck.ui.articles``, and so is each part of the last one.
ARTICLE_VIEWS = {
    "topics": "Topic by topic",
    "clashes": "Clashes",
    "numbers": "With your numbers",
    "wording": "Too sure, too shy",
    "studies": "Studies",
    "missing": "Left out",
    "cellulite": "Cellulite",
    "added": "Add an article",
    "expert": "Expert",
}
EXPERT_PARTS = {
    "reporting": "Reporting",
    "language": "Language",
    "coding": "Your own coding",
    "exports": "Files",
}
ARTICLE_ORDERS = {"theme": "By theme", "disagreement": "By disagreement"}
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

MOST_TONING = 4

# Four lines and their bands can still be told apart.
MOST_PINS = 4


@cache
def codes(table: str, column: str) -> tuple[str, ...]:
    """Codes of a table's column in the table's order, each once."""
    return tuple(tables.load(table)[column].dropna().drop_duplicates())


@cache
def session_kinds() -> dict[str, str]:
    """Names of every kind of session: the types of running and walking, and strength exercises."""
    names = labels("exercises", "exercise_id", "name")
    return labels("session_types", "session_type") | {code: names[code] for code in strength_mets()}


@cache
def _training() -> tuple[Field, ...]:
    """Settings of a plan: the quick session, the week that can take its place, and food."""
    start = default_preset()
    sessions = Number(
        "sessions", "a number of sessions", *TIMES_PER_WEEK, int(start["sessions_per_week"])
    )
    minutes = Number("minutes", "a duration", 5, 180, int(start["minutes"]), unit="min")
    speed = Number("speed", "a speed", 3, 22, float(start["speed_km_h"]), 0.01, "km/h")
    grade = Number("grade", "a slope", -20, 30, round(100 * start["grade"]), unit="%")
    return (
        sessions,
        minutes,
        speed,
        grade,
        Choice(
            "session",
            "a session type",
            codes("session_types", "session_type"),
            str(start["session_type"]),
        ),
        Records(
            "week",
            "a session",
            (
                Choice("kind", "a kind", tuple(session_kinds()), str(start["session_type"])),
                Number("times", "a number of times", 1, TIMES_PER_WEEK[1], 1),
                minutes,
                speed,
                grade,
                Number("repeats", "a number of repeats", 0, MOST_REPEATS, 0),
                Number("work", "a length of the fast part", 0, 1800, 0, unit="s"),
                Number("recovery", "a length of the recovery", 0, 1800, 0, unit="s"),
            ),
            most=MOST_SESSIONS,
        ),
        Flag("outdoors", "the switch for running outdoors", True),
        Number("intake", "a food change", -1000, 1000, 0, 10, "kcal/day"),
        Number("build_up", "a build-up", 0, 26, 0, unit="weeks"),
        Number("stop", "an end of the training", 0, 36, 0, unit="months"),
        Number("food_stop", "an end of the food change", 0, 36, 0, unit="months"),
    )


@cache
def estimator() -> tuple[Field, ...]:
    """Settings of the calorie-deficit page; home shares them."""
    unknowns = tuple(name for name in UNKNOWNS if name != "intake_slip_kcal_per_day")
    return (
        Choice("view", "a view", tuple(ESTIMATOR_VIEWS), "weight"),
        *_training(),
        Number("compensation", "a compensation", 0, 100, 45, unit="%"),
        Number("days", "a number of days", 28, 1095, 365),
        Choice("pace", "a way of giving the speed", tuple(SPEED_UNITS), "km_h"),
        Choice("units", "a system of units", tuple(UNITS), "metric"),
        Records(
            "prior",
            "an assumption",
            (
                Choice("parameter", "an unknown", unknowns, unknowns[0]),
                Number("mean", "a middle", -10, 10, 0, 0.001),
                Number("sd", "a spread", 0, 2, 0, 0.001),
            ),
            most=len(unknowns),
        ),
        Flag("slips", "the switch for eating more than planned", False),
        Nested("pin", "a plan", (Text("name", "a name", longest=40), *_training()), most=MOST_PINS),
        Choice("aim", "an aim", tuple(AIMS), "keep"),
        Number("target_weeks", "a time", 4, 156, 26, unit="weeks"),
        Choice("target_by", "a way to the goal", tuple(GOAL_WAYS), "food"),
        Number("target", "a target weight", 35, 200, None, 0.1, "kg", personal=True, optional=True),
        Choice("sex", "a sex", ("female", "male"), "female", personal=True),
        Number("age", "an age", 10, 90, 34, unit="years", personal=True),
        Number("height", "a height", 130, 215, 168, 0.1, unit="cm", personal=True),
        Number("weight", "a weight", 35, 200, 68, 0.1, unit="kg", personal=True),
        Number("activity", "an activity level", 1.2, 2.4, 1.5, resolution=0.05, personal=True),
        Number("body_fat", "a body fat", 5, 60, None, 0.5, unit="%", personal=True, optional=True),
    )


@cache
def home() -> tuple[Field, ...]:
    """Settings of the home page: the plan, and the muscle and exercises of toning."""
    return (
        *estimator(),
        Choice("tone", "a muscle", tuple(leg_muscles()), MUSCLE),
        Several("tone_with", "an exercise", tuple(strength_mets()), most=MOST_TONING),
        Number("tone_minutes", "a time", 10, 120, 20, 10, "min"),
    )


@cache
def leg_parts() -> dict[str, dict[str, str]]:
    """Names of the muscles of thighs, buttocks and calves, by code, within the group of each."""
    groups = tables.load("muscles").groupby("muscle_group")
    return {
        group: dict(zip(own["muscle_id"], own["name"], strict=True))
        for group, own in ((group, groups.get_group(group)) for group in START_GROUPS)
    }


@cache
def leg_muscles() -> dict[str, str]:
    """Names of the muscles of :func:`leg_parts`, by code."""
    return {code: name for own in leg_parts().values() for code, name in own.items()}


def limits(name: str) -> tuple[float, float]:
    """Lowest and highest value of a number on the calorie-deficit page."""
    field = next(one for one in estimator() if one.name == name)
    if not isinstance(field, Number):
        raise ValueError(f"name is {name!r}; allowed: the name of a number")
    return field.low, field.high


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
            "week": (),
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


def speeds_of_paces(limits: tuple[float, float], units: Units) -> list[float]:
    """Speeds [km/h] of the whole paces of a slider, slowest first.

    The grid is 5 s for a kilometre or mile, and 15 s where that takes longer than 10 minutes.
    """
    slowest, fastest = (3600 * units.km_per_distance_unit / speed for speed in limits)
    grid = [*range(int(slowest) // 15 * 15, 600, -15), *range(600, 0, -5)]
    return [
        3600 * units.km_per_distance_unit / seconds
        for seconds in grid
        if fastest <= seconds <= slowest
    ]


def fit_estimator(values: Values) -> tuple[Values, tuple[str, ...]]:
    """Settings that go together: each session within what its kind can be, priors in their range.

    Returns
    -------
    changes : dict
        Settings that had to move, with their new values.
    notices : tuple of str
        Why, in plain sentences.
    """
    units = UNITS_BY_CODE[values["units"]]
    changes, notices = _fit_training(values, units)
    pins = []
    for pin in values["pin"]:
        fitted, said = _fit_training(pin, units)
        pins.append(pin | fitted)
        notices += tuple(one for one in said if one not in notices)
    if tuple(pins) != values["pin"]:
        changes["pin"] = tuple(pins)
    priors, said = _fit_priors(values["prior"], knows_fat=values["body_fat"] is not None)
    if priors != values["prior"]:
        changes["prior"] = priors
        notices += said
    return changes, notices


def _fit_training(values: Values, units: Units) -> tuple[Values, tuple[str, ...]]:
    """Quick session and week, of the page or of a pinned plan, within what their kinds can be."""
    quick = {name: values[name] for name in ("speed", "grade")}
    changes, notices = _fit_to_kind(values["session"], quick, units)
    week = []
    for row in values["week"]:
        fitted, said = _fit_row(row, units)
        week.append(fitted)
        notices += tuple(one for one in said if one not in notices)
    if tuple(week) != values["week"]:
        changes["week"] = tuple(week)
    return changes, notices


def _fit_to_kind(kind: str, given: Values, units: Units) -> tuple[Values, tuple[str, ...]]:
    """Speed and slope within what a session type can be."""
    label = labels("session_types", "session_type")[kind].lower()
    slowest, fastest = (units.speed_value(limit) for limit in speed_limits(kind))
    flattest, steepest = grade_limits(kind)
    known = {
        "speed": (
            speed_limits(kind),
            f"speeds of {_short(slowest)} to {_short(fastest)}{NBSP}{units.speed_unit}",
            lambda speed: _short(units.speed_value(speed)) + NBSP + units.speed_unit,
        ),
        "grade": (
            grade_limits(kind),
            f"slopes of {number(flattest)} to {number(steepest)}{NBSP}%",
            lambda slope: number(slope) + NBSP + "%",
        ),
    }
    changes: Values = {}
    notices = []
    for name, (limits, words, shown) in known.items():
        value = min(max(given[name], limits[0]), limits[1])
        if value != given[name]:
            changes[name] = value
            notices.append(f"For “{label}” this page knows {words}. We use {shown(value)}.")
    return changes, tuple(notices)


def _short(value: float) -> str:
    """Number with a decimal only where it needs one."""
    return number(value, 0 if value == round(value) else 1)


def _fit_row(row: tuple[Any, ...], units: Units) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Row of the week that its kind can be, with repeats that fit into its minutes."""
    kind, times, minutes, speed, grade, repeats, work, recovery = row
    if kind in strength_mets():
        return row, ()
    changes, notices = _fit_to_kind(kind, {"speed": speed, "grade": grade}, units)
    most = math.floor(60 * minutes / (work + recovery)) if work + recovery else 0
    if repeats > most:
        repeats = most
        notices += (
            f"The repeats of a session do not fit into its {number(minutes)} minutes. "
            f"We use {number(most)}.",
        )
    speed, grade = changes.get("speed", speed), changes.get("grade", grade)
    return (kind, times, minutes, speed, grade, repeats, work, recovery), notices


def _fit_priors(
    rows: tuple[tuple[str, float, float], ...], *, knows_fat: bool
) -> tuple[tuple[tuple[str, float, float], ...], tuple[str, ...]]:
    """Assumptions within the limits of their prior, each once."""
    table = dict(table_priors())
    if knows_fat:
        table["body_fat_fraction"] = table["measured_body_fat_fraction"]
    fitted = {
        name: (min(max(mean, table[name].low), table[name].high), min(sd, table[name].most_sd))
        for name, mean, sd in rows
    }
    kept = tuple((name, *pair) for name, pair in fitted.items())
    return kept, ("An assumption was outside its limits or given twice. We use the nearest.",)


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
        Several("pattern", "a pattern", codes("exercises", "pattern")),
        Several("chain", "a chain", codes("exercises", "chain")),
        Several("legs", "a side", tuple(SIDES)),
        Choice("kind", "a kind", tuple(KINDS), "any"),
        Several("article", "an article", codes("articles", "article_id")),
        Flag("whole", "the switch for the whole body", False),
        Choice("layer", "a layer", tuple(BODY_LAYERS), "surface"),
        Several("wish", "a wish", tuple(SUBSTITUTE_WISHES)),
        Several("train", "a muscle", codes("muscles", "muscle_id")),
        Number("time", "a time", 5, 120, 30, unit="min"),
        Choice("cover", "a level", tuple(COVER_LEVELS), "prime_mover"),
        Choice("turn", "a side of the leg", LEG_SIDES, "inner"),
        Flag("pair", "the switch for two legs", False),
        Choice("on_leg", "an exercise", codes("exercises", "exercise_id"), None, optional=True),
        *_physics(),
    )


@cache
def _physics() -> tuple[Field, ...]:
    """Settings of the leg model; load and strength in percent of what it starts from."""
    (least, most), (weakest, strongest) = LIMITS["load"], LIMITS["strength"]
    lightest, heaviest = map(round, LIMITS["body_weight_kg"])
    axes = tuple(axis for axis in AXES if direction_of(axis, 1))
    return (
        Choice("part", "a part", tuple(PHYSICS_PARTS), "torques"),
        Choice("live", "an exercise", codes("exercises", "exercise_id"), None, optional=True),
        Number("load", "a load", round(100 * least), round(100 * most), 100, unit="%"),
        Number(
            "model_weight", "a body weight", lightest, heaviest, round(BODY_WEIGHT_KG), unit="kg"
        ),
        Number(
            "strength", "a strength", round(100 * weakest), round(100 * strongest), 100, unit="%"
        ),
        Choice("phase", "a position", codes("leg_model_phases", "phase"), None, optional=True),
        Choice("axis", "a joint", axes, None, optional=True),
    )


@cache
def articles() -> tuple[Field, ...]:
    """Settings of the articles page."""
    keys = tuple(our_coding().values().index)
    values = tuple(dict.fromkeys(value for allowed in ALLOWED.values() for value in allowed))
    return (
        Choice("view", "a view", tuple(ARTICLE_VIEWS), "topics"),
        Choice("part", "a part", tuple(EXPERT_PARTS), "reporting"),
        Choice("topic", "a topic", codes("topics", "topic_id"), "T01"),
        Several("theme", "a theme", codes("topics", "theme")),
        Choice("show", "a filter", tuple(ARTICLE_SHOWS), "spoken"),
        Choice("order", "an order", tuple(ARTICLE_ORDERS), "theme"),
        Choice("certainty", "a certainty", tuple(CERTAINTY_LABELS), "any"),
        Flag("implied", "the switch for implied stances", True),
        Several("article", "an article", codes("articles", "article_id")),
        Several("about", "a topic", codes("topics", "topic_id")),
        Flag("rhetoric", "the switch for rhetoric", False),
        Choice("tool", "a checklist", codes("quality_tools", "tool"), "jama"),
        Records(
            "code",
            "a code",
            (
                Choice("key", "a coded place", keys, None, optional=True),
                Choice("value", "a code", values, None, optional=True),
            ),
            most=len(keys),
        ),
    )


def fit_articles(values: Values) -> tuple[Values, tuple[str, ...]]:
    """Settings that go together: codes that fit their place, a theme that has something to show.

    Returns
    -------
    changes : dict
        Settings that had to move, with their new values.
    notices : tuple of str
        Why, in plain sentences.
    """
    kept = _fitting_codes(values["code"])
    changes: Values = {} if kept == values["code"] else {"code": kept}
    if values["show"] != "spoken" or not values["theme"]:
        return changes, ()
    topics, matrix = coding_of(kept).topics, coded_matrix(kept, implied=values["implied"])

    def is_empty(show: str) -> bool:
        return select_topics(
            topics, matrix, show=show, themes=values["theme"], certainty=values["certainty"]
        ).empty

    if not is_empty("spoken") or is_empty("all"):
        return changes, ()
    return {**changes, "show": "all"}, (
        "No two articles speak on the same topic here, so we show every topic of the theme.",
    )


def _fitting_codes(edits: tuple[tuple[Any, ...], ...]) -> tuple[tuple[str, str], ...]:
    """Codes of the reader that are allowed at their place and differ from ours; later ones win."""
    ours = _our_values()
    kept = {key: value for key, value in edits if key and value and value in ALLOWED[kind_of(key)]}
    return tuple((key, value) for key, value in kept.items() if value != ours[key])


@cache
def our_coding() -> Coding:
    """Coding of the tables, by one rater."""
    return Coding(*map(tables.load, ("topics", "stances", "claims")))


@cache
def _our_values() -> dict[str, str]:
    return our_coding().values().to_dict()


@lru_cache(maxsize=64)
def coding_of(edits: tuple[tuple[str, str], ...]) -> Coding:
    """Our coding with the reader's values."""
    return recoded(our_coding(), [Edit(*edit) for edit in edits]) if edits else our_coding()


@lru_cache(maxsize=64)
def coded_matrix(edits: tuple[tuple[str, str], ...], *, implied: bool) -> pd.DataFrame:
    """Topics by articles under a coding, each cell a stance word."""
    coding = coding_of(edits)
    return stance_matrix(coding.topics, coding.stances, lenient=implied)


@cache
def methods() -> tuple[Field, ...]:
    """Settings of the methods page."""
    return (
        Choice("view", "a view", tuple(METHODS_VIEWS), "tables"),
        Choice("table", "a table", tables.package().names, "studies"),
    )
