"""Clashes: every contradiction has a card, and a coding makes and unmakes them."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from spotcheck import tables
from spotcheck.articles.clashes import (
    CONTRADICTS,
    TENSION,
    TRANSFERS,
    CardTables,
    Clash,
    cards,
    contradictions,
    finding,
    marks,
    strictness,
)
from spotcheck.articles.coding import Coding, Edit, recoded
from spotcheck.articles.stances import STANCES, pairwise_agreement, stance_matrix

OURS = Coding(*map(tables.load, ("topics", "stances", "claims")))
TABLES = CardTables(
    *map(
        tables.load,
        (
            *("claim_relations", "stance_claims", "evidence_links", "studies"),
            *("clash_cards", "clash_studies"),
        ),
    )
)


def made(coding=OURS, *, lenient=True):
    matrix = stance_matrix(coding.topics, coding.stances, lenient=lenient)
    return cards(coding, matrix, TABLES)


def keys(found, kind):
    return [one.clash[1:] for one in found if one.clash.kind == kind]


def test_our_coding_makes_these_cards():
    found = made()
    assert keys(found, CONTRADICTS) == [
        *(("T01", "A", "B"), ("T06", "A", "B"), ("T06", "A", "C")),
        *(("T11", "A", "B"), ("T11", "B", "C")),
    ]
    assert keys(found, TENSION) == [("T01", "A", "A")]
    assert set(keys(found, TRANSFERS)) == {("T16", "B", "A"), ("T17", "C", "B")}


@pytest.mark.parametrize("lenient", [True, False])
def test_cards_are_as_many_as_the_pairs_that_contradict(lenient):
    pairs = pairwise_agreement(OURS.stances, lenient).set_index("pair")["contradict"]
    found = [f"{a}-{b}" for _, a, b in keys(made(lenient=lenient), CONTRADICTS)]
    assert {pair: found.count(pair) for pair in pairs.index} == pairs.to_dict()


@given(some.lists(some.tuples(*[some.sampled_from(STANCES)] * 3), min_size=1, max_size=12))
def test_a_contradiction_is_one_for_and_one_against(rows):
    matrix = pd.DataFrame(rows, columns=list("ABC"), index=[f"T{n:02}" for n in range(len(rows))])
    expected = [
        (topic, one, other)
        for topic, row in matrix.iterrows()
        for one, other in combinations("ABC", 2)
        if (row[one] == "contradicts") != (row[other] == "contradicts")
        and "silent" not in (row[one], row[other])
    ]
    assert [one[1:] for one in contradictions(matrix)] == expected


def test_our_cards_have_a_sentence_and_studies_of_their_topic():
    links = set(map(tuple, tables.load("evidence_links")[["topic_id", "study_id"]].to_numpy()))
    written = set(map(tuple, TABLES.cards[["kind", "topic_id", "article_a", "article_b"]].values))
    found = made()
    assert {tuple(one.clash) for one in found} == written
    for card in found:
        assert 1 < len(card.study_ids) <= 3
        assert {(card.clash.topic_id, study) for study in card.study_ids} <= links
        assert card.so_what.endswith(".")
        assert all(card.claims)
        assert not card.is_yours


def test_counter_evidence_is_on_every_card_of_ours_that_has_any():
    links = tables.load("evidence_links").set_index(["topic_id", "study_id"])["direction"]
    for card in made():
        known = set(links[card.clash.topic_id]) - {"mixed"}
        shown = {links[card.clash.topic_id, study] for study in card.study_ids}
        assert known <= shown, card.clash


def test_claims_stand_on_the_side_of_their_article():
    article = OURS.claims.set_index("claim_id")["article_id"]
    for card in made():
        for side, claims in zip(card.clash[2:], card.claims, strict=True):
            assert set(article[list(claims)]) == {side}


def test_a_readers_clash_gets_a_card_by_rule():
    coding = recoded(OURS, [Edit("T02.B", "contradicts")])
    found = [one for one in made(coding) if one.is_yours]
    assert [one.clash for one in found] == [
        Clash(CONTRADICTS, "T02", "A", "B"),
        Clash(CONTRADICTS, "T02", "B", "C"),
    ]
    reason = OURS.topics.set_index("topic_id")["grade_reason"]["T02"]
    assert found[0].so_what == reason
    assert set(found[0].study_ids) == {"jayedi_2024", "hespanhol_junior_2015"}
    assert found[0].claims == (("A05",), ("B02", "B12"))


def test_both_directions_come_before_a_second_study_of_one():
    coding = recoded(OURS, [Edit("T30.B", "contradicts")])
    card = next(one for one in made(coding) if one.is_yours)
    links = tables.load("evidence_links").set_index(["topic_id", "study_id"])["direction"]
    assert {links["T30", one] for one in card.study_ids} == {"supports", "contradicts", "mixed"}
    assert card.claims[1] == ()


@pytest.mark.parametrize("stance", ["silent", "contradicts"])
def test_a_card_goes_with_the_stance_it_rests_on(stance):
    found = made(recoded(OURS, [Edit("T01.A", stance)]))
    assert "T01" not in {one.clash.topic_id for one in found}


def test_without_what_is_implied_the_tension_goes_too():
    assert keys(made(lenient=False), TENSION) == []


def test_the_other_way_of_counting_is_told():
    both = {
        lenient: stance_matrix(OURS.topics, OURS.stances, lenient=lenient)
        for lenient in (True, False)
    }
    assert strictness(both, lenient=True).endswith("without it: two.")
    assert strictness(both, lenient=False).endswith("with it: five.")
    found = contradictions(both[True])
    assert finding(found) == "Two articles contradict each other five times, on three topics"


def test_marks_are_the_stances_of_those_who_speak():
    matrix = stance_matrix(OURS.topics, OURS.stances).loc[["T01", "T11"]]
    rows = marks(matrix, OURS.topics)
    assert rows[["topic_id", "article_id", "stance"]].to_numpy().tolist() == [
        ["T01", "A", "supports"],
        ["T01", "B", "contradicts"],
        *(["T11", "A", "supports"], ["T11", "B", "contradicts"], ["T11", "C", "qualifies"]),
    ]
