"""The short answers to the three articles' questions, with figures out of the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from spotcheck import tables
from spotcheck.articles.evidence import studies_for_topic
from spotcheck.energy.projection import Projection
from spotcheck.muscles.estimates import band_of
from spotcheck.muscles.evidence import cell_evidence, cell_measurements
from spotcheck.wording import METRIC, NBSP, Units, duration, number, percent

SPOT_REDUCTION, CELLULITE = "T01", "T21"
SIDEWAYS_EXERCISE = "copenhagen_adductor_plank"
INNER_THIGH_MUSCLE = "adductor_longus"
INNER_THIGH_MOVES = (
    "running_easy",
    "running_uphill",
    SIDEWAYS_EXERCISE,
    "seated_adductor_machine",
    "lateral_lunge",
)
"""Ways to use the inner thigh that the home page puts beside each other."""

_EVIDENCE = (
    "engagement_measurements",
    "exercise_variants",
    "muscle_portion_members",
    "metrics",
)
_ARROWS = {"more": "▲", "less": "▼", "unknown": "?"}


@dataclass(frozen=True)
class Answer:
    """Answer to one article's question.

    Attributes
    ----------
    article_id : str
        Key of ``articles``.
    question, answer : str
        Plain text.
    body : str
        Markdown, with the figures.
    """

    article_id: str
    question: str
    answer: str
    body: str


def fat_by_region(projection: Projection) -> pd.DataFrame:
    """Change of body fat at the end of a projection, in the legs and elsewhere.

    Parameters
    ----------
    projection : Projection
        The plan.

    Returns
    -------
    DataFrame
        Rows ``legs`` and ``elsewhere``; ``fat_change_kg`` [kg].
    """
    fat = projection.fat_change_kg
    legs = projection.leg_fat_change_kg
    return pd.DataFrame({"region": ["legs", "elsewhere"], "fat_change_kg": [legs, fat - legs]})


def answers(projection: Projection | None, units: Units = METRIC) -> tuple[Answer, Answer, Answer]:
    """Answers to the questions of articles A, B and C for one plan.

    Parameters
    ----------
    projection : Projection or None
        The plan; only the first answer depends on it. None where no plan is projected.
    units : Units, optional
        Units that the reader sees.

    Returns
    -------
    tuple of Answer
        For A, B and C, in this order.
    """
    questions = tables.load("articles").set_index("article_id")["question"]
    return (
        Answer("A", questions["A"], *_thighs(projection, units)),
        Answer("B", questions["B"], *_inner_thighs()),
        Answer("C", questions["C"], *_cellulite()),
    )


@cache
def _no_place_is_chosen() -> str:
    studies = studies_for_topic(
        tables.load("evidence_links"), tables.load("studies"), SPOT_REDUCTION
    )
    against = studies[studies["direction"] == "contradicts"]
    supporting = studies[studies["direction"] == "supports"]
    return (
        f"Of {len(studies)} studies on training one part, {len(against)} found that it does not "
        f"choose the place; {len(supporting)}, with at most {supporting['n'].max()} people each, "
        "disagree."
    )


def _thighs(projection: Projection | None, units: Units) -> tuple[str, str]:
    place = _no_place_is_chosen()
    if projection is None:
        return "As part of the whole body", place
    change = fat_by_region(projection).set_index("region")["fat_change_kg"]
    total = change.sum()
    if round(total, 1) >= 0:
        return "Not with this plan", f"This plan takes no fat off you. {place}"
    return "Yes, as part of you", (
        f"With this plan, **about {units.mass_amount(total)}** of fat in "
        f"{duration(projection.days)}, roughly **{units.mass_amount(change['legs'])}** of it from "
        f"the legs. {place}"
    )


@cache
def _inner_thighs() -> tuple[str, str]:
    forces = _cells("muscle_force", "running_easy")
    groups = tables.load("muscles").set_index("muscle_id")["muscle_group"]
    inner = forces[forces.index.map(groups) == "inner_thigh"]["value_high"].max()
    strongest = forces["value_high"].idxmax()
    plank = _cells("activity_peak", SIDEWAYS_EXERCISE)["value_high"].max()
    name = tables.load("muscles").set_index("muscle_id")["name"][strongest].lower()
    return "Only a little", (
        f"In easy running no adductor pulls with more than **{number(inner, 1)} times** body "
        f"weight; the {name} reaches {number(forces['value_high'].max(), 1)}. A side-to-side "
        f"move such as the Copenhagen plank takes an adductor to **{percent(plank / 100)}** of a "
        "maximal effort."
    )


@cache
def _cellulite() -> tuple[str, str]:
    effects = tables.load("effects").set_index(["study_id", "outcome"])["estimate"]["smalls_2006"]
    improved = effects["women whose cellulite improved"]
    worsened = effects["women whose cellulite worsened"]
    women = tables.load("studies").set_index("study_id")["n"]["smalls_2006"]
    grade = tables.load("topics").set_index("topic_id")["grade"][CELLULITE].replace("_", " ")
    return "Nobody has tested it well", (
        "We found **no trial of running**. In one study, losing weight improved cellulite in "
        f"**{improved:.0f} of {women}** women and worsened it in {worsened:.0f} (counts "
        f"second-hand). Certainty: {grade}.{NBSP}Cellulite is normal and harmless."
    )


@cache
def inner_thigh_moves() -> pd.DataFrame:
    """What is known of the adductor longus in a few ways to use the inner thigh.

    Returns
    -------
    DataFrame
        One row for each of :data:`INNER_THIGH_MOVES`: ``exercise_id``, ``exercise``,
        ``short_name``, ``measured`` (peak activity [% of a maximal effort], missing where nobody
        measured it), its ``grade``, ``citation`` (of this number, or of those in the words),
        ``model_band`` (of the leg model's peak; missing where there is none, or where the model
        sets the load itself), and ``words``: what stands in place of a number, empty where there
        is one.
    """
    exercises = tables.load("exercises").set_index("exercise_id")
    measured = _of_muscle("activity_peak")
    forces = _of_muscle("muscle_force")
    sources = _sources("muscle_force") | _slope_sources() | _sources("activity_peak")
    estimates = tables.load("leg_model_estimates")
    estimates = estimates[
        estimates["muscle_id"].eq(INNER_THIGH_MUSCLE)
        & estimates["is_fit"]
        & ~estimates["is_set_by_load"]
    ].set_index("exercise_id")["peak_percent"]
    rows = []
    for code in INNER_THIGH_MOVES:
        value = measured["value"].get(code)
        peak = estimates.get(code)
        rows.append(
            {
                "exercise_id": code,
                "exercise": exercises.loc[code, "name"],
                "short_name": exercises.loc[code, "short_name"],
                "measured": value,
                "grade": measured["grade"].get(code),
                "citation": sources.get(code),
                "model_band": None if peak is None else band_of(peak),
                "words": "" if value is not None else _instead(code, forces["value"].get(code)),
            }
        )
    return pd.DataFrame(rows).astype({"measured": "float64"})


def inner_thigh_finding(moves: pd.DataFrame) -> str:
    """Which of these ways asks most of the inner thigh, as far as it was measured.

    Parameters
    ----------
    moves : DataFrame
        Result of :func:`inner_thigh_moves`.
    """
    best = moves.loc[moves["measured"].idxmax()]
    is_run = moves["exercise_id"].str.startswith("running")
    runs = (
        "; for running we know of no such number"
        if moves.loc[is_run, "measured"].isna().all()
        else ""
    )
    return (
        f"The {best['short_name']} takes the inner thigh to {percent(best['measured'] / 100)} of a "
        f"maximal effort{runs}"
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


def _of_muscle(lens: str) -> pd.DataFrame:
    """Cells of one lens of the muscle of the home page, by exercise."""
    cells = cell_evidence(*map(tables.load, _EVIDENCE), lens=lens)
    return cells[cells["muscle_id"].eq(INNER_THIGH_MUSCLE)].set_index("exercise_id")


def _sources(lens: str) -> dict[str, str]:
    """Citations behind what was measured in the muscle of the home page, by exercise."""
    rows = cell_measurements(*map(tables.load, _EVIDENCE), lens=lens)
    return _cited(rows[rows["muscle_id"].eq(INNER_THIGH_MUSCLE)])


def _slope_sources() -> dict[str, str]:
    """Citations behind the arrows of running on a slope, by exercise, without unseen ones."""
    slope = tables.load("running_slope_effects")
    return _cited(slope[slope["direction"].ne("unknown")])


def _cited(rows: pd.DataFrame) -> dict[str, str]:
    rows = rows.merge(tables.load("studies")[["study_id", "citation"]], on="study_id")
    cited = rows.groupby("exercise_id")["citation"].agg(lambda own: "; ".join(own.unique()))
    return {str(code): str(names) for code, names in cited.items()}


def _cells(lens: str, exercise_id: str) -> pd.DataFrame:
    cells = cell_evidence(*map(tables.load, _EVIDENCE), lens=lens)
    return cells[cells["exercise_id"] == exercise_id].set_index("muscle_id")
