"""The coding and the topics of the articles page under its settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from spotcheck import tables
from spotcheck.articles.coding import READER
from spotcheck.articles.evidence import evidence_counts
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import closeness, counts_of, implied_effect
from spotcheck.articles.story import (
    CLOSENESS_WORDS,
    GRADE_WORDS,
    RECODED,
    evidence_words,
    headline,
    implied_words,
    stance_words,
    uncertainty,
)
from spotcheck.ui.controls import Controls
from spotcheck.ui.settings import coded_matrix, coding_of

Edits = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Tables of the page under its settings.

    One that comes out of the cache is the same object, so that it is itself a key of caches.

    Attributes
    ----------
    topics, stances, claims : DataFrame
        The three tables of the coding, whole.
    matrix : DataFrame
        Topics by articles, each cell a stance word.
    studies : DataFrame
        Number of studies by topic and direction.
    within, shown : DataFrame
        Topics of the chosen themes and certainty, and those of them that the matrix shows.
    """

    topics: pd.DataFrame
    stances: pd.DataFrame
    claims: pd.DataFrame
    matrix: pd.DataFrame
    studies: pd.DataFrame
    within: pd.DataFrame
    shown: pd.DataFrame


def compare(controls: Controls) -> Comparison:
    """Tables that the settings ask for."""
    return _compared(*_filters(controls), controls["show"], controls["order"])


def answer(controls: Controls) -> tuple[str, str]:
    """Headline of the page, and how sure it is."""
    return _answered(*_filters(controls))


def implied_note(controls: Controls) -> str:
    """Counts that the implied stances change among the topics that the filters leave."""
    edits, themes, certainty, _ = _filters(controls)
    return _implied_note(edits, themes, certainty)


def _filters(controls: Controls) -> tuple[Edits, tuple[str, ...], str, bool]:
    return controls["code"], controls["theme"], controls["certainty"], controls["implied"]


@lru_cache(maxsize=128)
def _compared(
    edits: Edits, themes: tuple[str, ...], certainty: str, implied: bool, show: str, order: str
) -> Comparison:
    coding = coding_of(edits)
    matrix = coded_matrix(edits, implied=implied)
    within = _within(edits, themes, certainty)
    return Comparison(
        coding.topics,
        coding.stances,
        coding.claims,
        matrix,
        _studies(),
        within,
        select_topics(within, matrix, show=show, order=order),
    )


@lru_cache(maxsize=64)
def _within(edits: Edits, themes: tuple[str, ...], certainty: str) -> pd.DataFrame:
    topics, matrix = coding_of(edits).topics, coded_matrix(edits, implied=True)
    return select_topics(topics, matrix, themes=themes, certainty=certainty)


@lru_cache(maxsize=64)
def topic_records(edits: Edits) -> dict[str, dict[str, Any]]:
    """Rows of the topics by ``topic_id``: a lookup in a dictionary costs a page next to nothing."""
    return {row["topic_id"]: row for row in coding_of(edits).topics.to_dict("records")}


@lru_cache(maxsize=64)
def stances_by_topic(edits: Edits, *, implied: bool) -> dict[str, dict[str, str]]:
    """Stance word of each article on each topic, as it counts."""
    return coded_matrix(edits, implied=implied).to_dict("index")


@cache
def study_counts() -> dict[str, dict[str, int]]:
    """Number of studies of each topic by direction."""
    return _studies().to_dict("index")


@cache
def _studies() -> pd.DataFrame:
    return evidence_counts(tables.load("evidence_links"), tables.load("topics"))


@lru_cache(maxsize=128)
def _answered(
    edits: Edits, themes: tuple[str, ...], certainty: str, implied: bool
) -> tuple[str, str]:
    topics = _within(edits, themes, certainty)["topic_id"]
    counts = counts_of(coded_matrix(edits, implied=implied).loc[topics])
    labels = theme_labels()
    limits = [labels[theme] for theme in themes]
    grade = "" if certainty == "any" else GRADE_WORDS[certainty]
    return (
        headline(counts, limits, grade),
        uncertainty(counts, lenient=implied, n_yours=len(edits)),
    )


@lru_cache(maxsize=64)
def _implied_note(edits: Edits, themes: tuple[str, ...], certainty: str) -> str:
    topics = _within(edits, themes, certainty)["topic_id"]
    matrices = (coded_matrix(edits, implied=implied).loc[topics] for implied in (True, False))
    return implied_words(implied_effect(*matrices))


@lru_cache(maxsize=64)
def matrix_rows(edits: Edits, implied: bool, order: str) -> pd.DataFrame:
    """Topics as the picture of the matrix takes them, by ``topic_id``."""
    topics, studies = coding_of(edits).topics, study_counts()
    apart = closeness(coded_matrix(edits, implied=implied)).map(CLOSENESS_WORDS)
    is_recoded = topics["coded_by"].eq(READER)
    evidence = [
        evidence_words(row["evidence_direction"], row["grade"], studies[row["topic_id"]])
        + (f" {RECODED}" if is_mine else "")
        + f" Theme: {row['theme_label']}."
        for row, is_mine in zip(topic_records(edits).values(), is_recoded, strict=True)
    ]
    rows = topics.assign(
        heading=topics["theme_label"] if order == "theme" else apart.to_numpy(),
        evidence=evidence,
        is_recoded=is_recoded,
    )
    columns = ["heading", "short_label", "evidence_direction", "grade", "evidence", "is_recoded"]
    # As plain objects: a picture reads them row by row.
    return rows.set_index("topic_id", drop=False)[["topic_id", *columns]].astype(object)


@lru_cache(maxsize=64)
def stance_marks(edits: Edits, implied: bool) -> pd.DataFrame:
    """Each article's stance on each topic, with a sentence for the hover."""
    stances = coding_of(edits).stances
    matrix = coded_matrix(edits, implied=implied)
    places = (
        matrix.index.get_indexer(stances["topic_id"]),
        matrix.columns.get_indexer(stances["article_id"]),
    )
    is_recoded = stances["coded_by"].eq(READER)
    sentences = [
        f"Article {row['article_id']} "
        f"{stance_words(row['stance'], row['qualifier'], lenient=implied)}."
        + (f" {RECODED}" if is_mine else "")
        for row, is_mine in zip(stances.to_dict("records"), is_recoded, strict=True)
    ]
    return pd.DataFrame(
        {
            "topic_id": stances["topic_id"],
            "article_id": stances["article_id"],
            "stance": matrix.to_numpy()[places],
            "sentence": sentences,
            "is_recoded": is_recoded,
        },
        dtype=object,
    )


@cache
def theme_labels() -> dict[str, str]:
    """Themes and their names."""
    topics = tables.load("topics").drop_duplicates("theme")
    return dict(zip(topics["theme"], topics["theme_label"], strict=True))


@cache
def topic_labels() -> dict[str, str]:
    """Topics and their short names."""
    topics = tables.load("topics")
    return dict(zip(topics["topic_id"], topics["short_label"], strict=True))
