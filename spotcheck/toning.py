"""Toning as its two ingredients: less fat over a muscle, and more work for the muscle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

import pandas as pd

from spotcheck import measured, tables
from spotcheck.energy.training import Plan, Session, strength_mets
from spotcheck.muscles.estimates import band_of
from spotcheck.wording import NBSP, escaped, number, percent

MUSCLE = "adductor_longus"
"""Muscle that the articles are about, and that a reader is shown first."""

RUNS = ("running_easy", "running_uphill")
"""Forms of running that stand beside the exercises."""

TIMES_PER_WEEK = 2
"""How often the exercises are done; our choice, as the minutes are the reader's."""

LENSES = {"activity_peak": "peak", "activity_mean": "mean"}
"""Scales on which a muscle is shown; the one that more exercises were measured on."""

_ARROWS = {"more": "▲", "less": "▼", "unknown": "?"}
_N_SUGGESTED, _N_OFFERED = 3, 8
# Two that were measured, and one that the leg model alone knows.
_INNER_THIGH = ("copenhagen_adductor_plank", "seated_adductor_machine", "lateral_lunge")


def running_alone(plan: Plan) -> Plan:
    """Plan without its strength exercises."""
    return replace(plan, sessions=tuple(one for one in plan.sessions if not one.is_strength))


def with_exercises(plan: Plan, exercises: Sequence[str], minutes: float) -> Plan:
    """Plan whose strength exercises are these, in equal parts of ``minutes`` a week.

    Examples
    --------
    >>> plan = with_exercises(Plan((Session("steady", 3, 40, 9),)), ["lateral_lunge"], 20)
    >>> [(one.kind, one.times_per_week, one.minutes) for one in plan.sessions]
    [('steady', 3, 40), ('lateral_lunge', 2, 10.0)]
    """
    each = minutes / TIMES_PER_WEEK / max(len(exercises), 1)
    more = tuple(Session(code, TIMES_PER_WEEK, each) for code in exercises)
    return replace(plan, sessions=running_alone(plan).sessions + more)


@cache
def lens_of(muscle_id: str) -> str:
    """Scale on which most exercises were measured in a muscle: one of :data:`LENSES`."""
    return max(LENSES, key=lambda lens: len(_of_muscle(muscle_id, lens)))


@cache
def suggested(muscle_id: str) -> tuple[str, ...]:
    """Exercises that stand for a muscle until a reader chooses."""
    return offered(muscle_id)[:_N_SUGGESTED]


@cache
def offered(muscle_id: str) -> tuple[str, ...]:
    """Exercises to choose from: those that ask most of a muscle, measured ones first.

    Where neither a study nor the leg model knows any, those that the muscle leads. Only exercises
    whose energy the estimator can count.
    """
    measured = _of_muscle(muscle_id, lens_of(muscle_id))["value"].sort_values(ascending=False)
    modelled = _modelled(muscle_id).sort_values(ascending=False)
    roles = tables.load("engagement_roles")
    led = roles[roles["muscle_id"].eq(muscle_id) & roles["role"].eq("prime_mover")]["exercise_id"]
    first = _INNER_THIGH if muscle_id == MUSCLE else ()
    ranked = dict.fromkeys((*first, *measured.index, *modelled.index, *led))
    return tuple(code for code in ranked if code in strength_mets())[:_N_OFFERED]


@lru_cache(maxsize=64)
def moves(muscle_id: str, exercises: tuple[str, ...]) -> pd.DataFrame:
    """What is known of a muscle in running, and in some exercises.

    Parameters
    ----------
    muscle_id : str
        Key of ``muscles``.
    exercises : tuple of str
        Keys of ``exercises``.

    Returns
    -------
    DataFrame
        One row for each of :data:`RUNS` and each exercise: ``exercise_id``, ``exercise``,
        ``short_name``, ``measured`` (activity on the scale of :func:`lens_of` [% of a maximal
        effort], missing where nobody measured it), its ``grade``, ``citation`` (of this number, or
        of those in the words), ``model_band`` (of the leg model; missing where there is none, or
        where the model sets the load itself), and ``words``: what stands in place of a number,
        empty where there is one.
    """
    names = tables.load("exercises").set_index("exercise_id")
    lens = lens_of(muscle_id)
    measured, forces = _of_muscle(muscle_id, lens), _of_muscle(muscle_id, "muscle_force")
    sources = _sources(muscle_id, "muscle_force") | _slope_sources() | _sources(muscle_id, lens)
    modelled = _modelled(muscle_id)
    rows = []
    for code in (*RUNS, *exercises):
        value, percentage = measured["value"].get(code), modelled.get(code)
        rows.append(
            {
                "exercise_id": code,
                "exercise": names.loc[code, "name"],
                "short_name": names.loc[code, "short_name"],
                "measured": value,
                "grade": measured["grade"].get(code),
                "citation": sources.get(code),
                "model_band": None if percentage is None else band_of(percentage),
                "words": "" if value is not None else _instead(code, forces["value"].get(code)),
            }
        )
    return pd.DataFrame(rows).astype({"measured": "float64", "grade": object, "citation": object})


def stimulus_finding(shown: pd.DataFrame, muscle: str) -> str:
    """Which of these ways asks most of a muscle, as far as it was measured.

    Parameters
    ----------
    shown : DataFrame
        Result of :func:`moves`.
    muscle : str
        Name of the muscle.
    """
    is_run = shown["exercise_id"].isin(RUNS)
    if shown["measured"].isna().all():
        return f"Nobody has measured the {escaped(muscle.lower())} in any of these"
    best = shown.loc[shown["measured"].idxmax()]
    runs = shown[is_run & shown["measured"].notna()]
    if runs.empty:
        beside = "; for running we know of no such number"
    elif best["exercise_id"] in RUNS:
        beside = ", more than the exercises that were measured"
    else:
        run = runs.loc[runs["measured"].idxmax()]
        name = run["short_name"].lower()
        beside = f"; {escaped(name)} to {percent(run['measured'] / 100)}"
    name = best["short_name"] if best["exercise_id"] not in RUNS else best["exercise"]
    return (
        f"{escaped(name)} takes the {escaped(muscle.lower())} to "
        f"{percent(best['measured'] / 100)} of a maximal effort{beside}"
    )


def _instead(code: str, force: float | None) -> str:
    """What is known of a move in place of a measured activity."""
    slope = tables.load("running_slope_effects")
    own = slope[slope["exercise_id"].eq(code)]
    if len(own):
        arrows = zip(own["direction"], own["part"], strict=True)
        # An arrow and a short name stay on one line.
        return " · ".join(
            f"{_ARROWS[direction]}{NBSP}{part.replace(' thigh', NBSP + 'thigh')}"
            for direction, part in arrows
        )
    if force is None:
        return "not measured"
    return f"not measured; a running model gives it {number(force, 2)} times body weight"


def _of_muscle(muscle_id: str, lens: str) -> pd.DataFrame:
    """Measured cells of a muscle, by exercise."""
    cells = measured.in_lens(lens)
    return cells[cells["muscle_id"].eq(muscle_id)].set_index("exercise_id")


def _modelled(muscle_id: str) -> pd.Series:
    """Activation of a muscle in the leg model [%] on its scale, by exercise, where it is fit."""
    rows = tables.load("leg_model_estimates")
    own = rows[rows["muscle_id"].eq(muscle_id) & rows["is_fit"] & ~rows["is_set_by_load"]]
    return own.set_index("exercise_id")[f"{LENSES[lens_of(muscle_id)]}_percent"]


def _sources(muscle_id: str, lens: str) -> dict[str, str]:
    """Citations behind what was measured in a muscle, by exercise."""
    rows = measured.rows()
    return _cited(rows[rows["lens"].eq(lens) & rows["muscle_id"].eq(muscle_id)])


def _slope_sources() -> dict[str, str]:
    """Citations behind the arrows of running on a slope, by exercise, without unseen ones."""
    slope = tables.load("running_slope_effects")
    return _cited(slope[slope["direction"].ne("unknown")])


def _cited(rows: pd.DataFrame) -> dict[str, str]:
    rows = rows.merge(tables.load("studies")[["study_id", "citation"]], on="study_id")
    cited = rows.groupby("exercise_id")["citation"].agg(lambda own: "; ".join(own.unique()))
    return {str(code): str(names) for code, names in cited.items()}
