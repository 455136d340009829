"""Evidence: studies for a topic, their counts, grades, and how stances match them."""

import pandas as pd
import pytest

from spotcheck.articles.evidence import (
    GRADES,
    evidence_counts,
    grade_rank,
    sort_by_grade,
    stance_match,
    studies_for_topic,
)

LINKS = pd.DataFrame(
    [
        ("T01", "old_1990", "mixed"),
        ("T01", "mid_2005", "contradicts"),
        ("T01", "new_2020", "contradicts"),
        ("T01", "pro_2010", "supports"),
        ("T02", "old_1990", "supports"),
    ],
    columns=["topic_id", "study_id", "direction"],
)
STUDIES = pd.DataFrame(
    {
        "study_id": ["old_1990", "mid_2005", "new_2020", "pro_2010"],
        "year": [1990, 2005, 2020, 2010],
    }
)
TOPICS = pd.DataFrame({"topic_id": ["T02", "T01", "T03"], "grade": ["low", "high", "low"]})


def test_studies_stand_for_then_against_then_mixed_newest_first():
    rows = studies_for_topic(LINKS, STUDIES, "T01")
    assert rows["study_id"].tolist() == ["pro_2010", "new_2020", "mid_2005", "old_1990"]
    assert rows["direction"].tolist() == ["supports", "contradicts", "contradicts", "mixed"]


def test_a_topic_without_studies_is_empty():
    assert studies_for_topic(LINKS, STUDIES, "T03").empty


def test_a_study_missing_from_the_bibliography_is_named():
    with pytest.raises(ValueError, match="new_2020"):
        studies_for_topic(LINKS, STUDIES[STUDIES["study_id"].ne("new_2020")], "T01")


def test_counts_by_direction():
    assert evidence_counts(LINKS).loc["T01"].to_dict() == {
        "supports": 1,
        "contradicts": 2,
        "mixed": 1,
        "total": 4,
    }


def test_counts_take_rows_and_order_from_the_topics():
    counts = evidence_counts(LINKS, TOPICS)
    assert counts.index.tolist() == ["T02", "T01", "T03"]
    assert counts["total"].tolist() == [1, 4, 0]


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="neutral"):
        evidence_counts(LINKS.assign(direction="neutral"))


def test_grades_rank_from_high_to_not_graded():
    assert grade_rank(pd.Series(GRADES)).tolist() == [0, 1, 2, 3, 4]
    assert sort_by_grade(TOPICS)["topic_id"].tolist() == ["T01", "T02", "T03"]
    with pytest.raises(ValueError, match="certain"):
        grade_rank(pd.Series(["certain"]))


@pytest.mark.parametrize(
    ("stance", "direction", "match"),
    [
        ("supports", "supports", "same"),
        ("qualifies", "mixed", "same"),
        ("contradicts", "contradicts", "same"),
        ("supports", "contradicts", "opposite"),
        ("contradicts", "supports", "opposite"),
        ("supports", "mixed", "partial"),
        ("qualifies", "supports", "partial"),
        ("supports", "unknown", "partial"),
    ],
)
def test_stance_against_evidence(stance, direction, match):
    topics = pd.DataFrame(
        {
            "topic_id": ["T01", "T02"],
            "evidence_direction": [direction, "not_applicable"],
            "is_empirical": [True, False],
        }
    )
    stances = pd.DataFrame(
        {
            "topic_id": ["T01", "T02", "T01", "T02"],
            "article_id": ["A", "A", "B", "B"],
            "stance": [stance, "supports", "silent", "silent"],
            "qualifier": ["explicit", "explicit", None, None],
        }
    )
    counts = stance_match(topics, stances)
    assert counts.loc["A", match] == 1
    assert counts.sum(axis=1).tolist() == [1, 0]
