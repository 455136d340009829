"""Filters of the topics."""

from itertools import pairwise

import pytest

from spotcheck import tables
from spotcheck.articles.selection import CERTAINTIES, SHOWS, select_topics
from spotcheck.articles.stances import (
    clash_topics,
    disagreement_score,
    headline_counts,
    order_by_disagreement,
    stance_matrix,
)


@pytest.fixture(scope="module")
def topics():
    return tables.load("topics")


@pytest.fixture(scope="module")
def matrix(topics):
    return stance_matrix(topics, tables.load("stances"))


def test_all_topics_are_shown_theme_by_theme(topics, matrix):
    shown = select_topics(topics, matrix)
    assert sorted(shown["topic_id"]) == topics["topic_id"].tolist()
    assert shown["theme"].ne(shown["theme"].shift()).sum() == topics["theme"].nunique()
    for _, rows in shown.groupby("theme"):
        assert rows["topic_id"].is_monotonic_increasing


def test_filters_agree_with_the_headline(topics, matrix):
    counts = headline_counts(topics, tables.load("stances"))
    sizes = {show: len(select_topics(topics, matrix, show=show)) for show in SHOWS}
    assert sizes["all"] == counts.topics
    assert sizes["shared"] == counts.addressed_by_all
    assert sizes["nobody"] == counts.addressed_by_none
    assert sizes["clashes"] == counts.contradicted
    spoken = set(select_topics(topics, matrix, show="spoken")["topic_id"])
    assert spoken >= set(clash_topics(matrix))
    assert all(sum(word != "silent" for word in matrix.loc[topic]) >= 2 for topic in spoken)


def test_a_higher_certainty_keeps_fewer_topics(topics, matrix):
    kept = [set(select_topics(topics, matrix, certainty=c)["topic_id"]) for c in CERTAINTIES]
    for more, fewer in pairwise(kept):
        assert fewer < more
    ungraded = set(topics.loc[topics["grade"].eq("not_graded"), "topic_id"])
    assert kept[0] - kept[1] == ungraded
    assert set(topics.set_index("topic_id").loc[list(kept[-1]), "grade"]) == {"high"}


def test_themes_add_up(topics, matrix):
    both = select_topics(topics, matrix, themes=["skin", "fat"])
    assert both["theme"].unique().tolist() == ["fat", "skin"]


def test_by_disagreement_the_widest_comes_first_and_nothing_is_lost(topics, matrix):
    ordered = select_topics(topics, matrix, order="disagreement")
    scores = disagreement_score(matrix).loc[ordered["topic_id"]]
    assert scores.is_monotonic_decreasing
    assert sorted(ordered["topic_id"]) == topics["topic_id"].tolist()
    assert ordered.columns.tolist() == topics.columns.tolist()
    voices = order_by_disagreement(matrix).loc[scores.index].ne("silent").sum(axis=1)
    for _, same in voices.groupby(scores):
        assert same.is_monotonic_decreasing


def test_a_choice_out_of_a_choice_is_the_choice_of_both(topics, matrix):
    within = select_topics(topics, matrix, themes=["fat", "muscle"], certainty="low")
    for show in SHOWS:
        twice = select_topics(within, matrix, show=show)
        once = select_topics(topics, matrix, show=show, themes=["fat", "muscle"], certainty="low")
        assert twice["topic_id"].tolist() == once["topic_id"].tolist()


@pytest.mark.parametrize(
    ("name", "value"), [("show", "some"), ("certainty", "sure"), ("order", "name")]
)
def test_unknown_codes_are_refused(topics, matrix, name, value):
    with pytest.raises(ValueError, match=f"{name} is '{value}'; allowed are"):
        select_topics(topics, matrix, **{name: value})
