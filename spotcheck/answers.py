"""The short answers to the three articles' questions, with figures out of the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from spotcheck import measured, tables
from spotcheck.articles.evidence import studies_for_topic
from spotcheck.energy.projection import Projection
from spotcheck.wording import METRIC, NBSP, Units, duration, number, percent

SPOT_REDUCTION, CELLULITE = "T01", "T21"
SIDEWAYS_EXERCISE = "copenhagen_adductor_plank"


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


@lru_cache(maxsize=128)
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


def _cells(lens: str, exercise_id: str) -> pd.DataFrame:
    cells = measured.in_lens(lens)
    return cells[cells["exercise_id"] == exercise_id].set_index("muscle_id")
