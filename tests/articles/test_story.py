"""Sentences of the articles page."""

import pytest

from spotcheck import tables
from spotcheck.articles import story
from spotcheck.articles.evidence import DIRECTIONS, GRADES, evidence_counts
from spotcheck.articles.profiles import profiles
from spotcheck.articles.selection import SHOWS
from spotcheck.articles.stances import (
    CLOSENESS,
    HeadlineCounts,
    headline_counts,
    implied_effect,
    pairwise_agreement,
    stance_matrix,
)
from spotcheck.ui.badges import STATUS_BADGES


@pytest.fixture(scope="module")
def topics():
    return tables.load("topics")


@pytest.mark.parametrize("lenient", [True, False])
def test_the_headline_is_the_tables_count(topics, lenient):
    counts = headline_counts(topics, tables.load("stances"), lenient)
    words = {1: "one", 3: "three"}
    assert story.headline(counts) == (
        f"The three articles agree on :primary[{words[counts.agreed_by_all]}] of "
        f"{counts.topics}\u00a0topics, and contradict each other on "
        f":primary[{words[counts.contradicted]}]."
    )


def test_the_headline_names_what_it_is_limited_to():
    counts = HeadlineCounts(1, 0, 0, 0, 0)
    assert story.headline(counts, ["Fat", "Skin"], "low") == (
        "Fat and Skin, certainty low or better: the three articles agree on :primary[none] of "
        "1\u00a0topic, and contradict each other on :primary[none]."
    )
    assert story.headline(counts, [], "high").startswith("Certainty high: the three")


def test_the_overlap_is_left_out_where_there_is_no_topic():
    assert story.uncertainty(HeadlineCounts(38, 4, 3, 1, 3), lenient=True) == (
        "All three speak on four of these topics, and none speaks on three. What an article only "
        "implies is counted. One rater coded the texts; a second might count a little differently."
    )
    assert story.uncertainty(HeadlineCounts(8, 0, 0, 0, 0), lenient=True).startswith(
        "All three speak on none of these topics. What"
    )
    assert story.uncertainty(HeadlineCounts(0, 0, 0, 0, 0), lenient=False).startswith(
        "What an article only implies is left out."
    )


@pytest.mark.parametrize("show", SHOWS)
def test_every_filter_has_a_title(topics, show):
    backed = int(topics["evidence_direction"].eq("supports").sum())
    assert story.finding(show, topics).endswith(f"studies back {backed}")
    one = "1\u00a0topic," if show == "all" else "one topic "
    assert one in story.finding(show, topics[:1])


def test_every_code_of_the_tables_has_words(topics):
    assert set(topics["evidence_direction"]) <= set(story.DIRECTION_WORDS)
    assert set(story.DIRECTION_WORDS) == set(story.DIRECTION_GLYPHS)
    assert set(story.GRADE_WORDS) == set(GRADES)
    claims = tables.load("claims")
    assert set(claims["wording_certainty"]) <= set(story.WORDING_WORDS)
    assert set(claims["verdict"]) <= set(story.VERDICT_WORDS)
    assert set(tables.load("studies")["status"]) <= set(STATUS_BADGES)
    assert set(story.CLOSENESS_WORDS) == set(CLOSENESS)
    assert set(tables.load("articles")["voice"]) <= set(story.VOICE_WORDS)
    for row in tables.load("stances").itertuples():
        assert story.stance_words(row.stance, row.qualifier)


def test_an_implied_stance_says_that_it_does_not_count():
    assert story.stance_words("contradicts", "implicit") == "implies the opposite"
    assert story.stance_words("contradicts", "implicit", lenient=False) == (
        "only implies the opposite, which is left out here"
    )
    assert story.stance_words("silent", None, has_claims=True) == "takes no side"


def test_one_line_says_who_takes_which_side():
    assert story.sides(dict.fromkeys("ABC", "silent")) == "All three are silent"
    assert story.sides({"A": "qualifies", "B": "qualifies", "C": "contradicts"}) == (
        "A and B agree with limits, C says no"
    )


def test_the_note_on_implied_stances_holds_both_counts():
    stances = tables.load("stances")
    topics = tables.load("topics")
    matrices = [stance_matrix(topics, stances, lenient=one) for one in (True, False)]
    note = story.implied_words(implied_effect(*matrices))
    lenient, strict = (
        pairwise_agreement(stances, one).set_index("pair")["contradict"] for one in (True, False)
    )
    words = {0: "none", 1: "one", 3: "three"}
    assert f"A and B contradict each other on {words[lenient['A-B']]} topics" in note
    assert f"A and C on {words[lenient['A-C']]}" in note
    assert note.endswith(f"without them, on {words[strict['A-B']]} and {words[strict['A-C']]}.")
    assert "changes no count" in story.implied_words(implied_effect(matrices[0], matrices[0]))


def test_figures_that_print_alike_are_not_told_apart():
    rows = profiles(tables.load("text_statistics"))
    assert story.style(rows) == "C hedges most, A reads easiest"
    assert story.style(rows.assign(reading_grade=[14.2, 14.1, 14.4])) == "C hedges most"
    assert story.style(rows.assign(reading_grade=11.0, hedges_per_100_words=1.0)) == (
        "The articles read alike"
    )


def test_evidence_sentences_hold_the_counts(topics):
    counts = evidence_counts(tables.load("evidence_links"), topics)
    for topic in topics.itertuples():
        studies = counts.loc[topic.topic_id]
        words = story.evidence_words(topic.evidence_direction, topic.grade, studies)
        assert words.endswith(f"Certainty: {story.GRADE_WORDS[topic.grade]}.")
        assert (f"({studies['total']}\u00a0stud" in words) == (studies["total"] > 0)
        for direction in DIRECTIONS:
            part = f"{studies[direction]}\u00a0{story.DIRECTION_WORDS[direction]}"
            assert (part in story.studies_counted(studies)) == (studies[direction] > 0)


def test_sizes_of_studies():
    assert story.study_details("3-D model", 1, "") == "3-D model, 1\u00a0person"
    assert story.study_details("cohort", None, "number of people not seen") == (
        "Cohort, number of people not seen"
    )


def test_codes_of_the_reader_are_told():
    assert story.uncertainty(HeadlineCounts(8, 0, 0, 0, 0), lenient=True, n_yours=3).endswith(
        "One rater coded the texts; three values are yours."
    )
