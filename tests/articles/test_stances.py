"""Stances: what agrees, what clashes, and what an implied stance changes."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.articles.stances import (
    RELATIONS,
    STANCES,
    agreed_topics,
    clash_topics,
    closeness,
    counts_of,
    disagreement_score,
    headline_counts,
    implied_effect,
    order_by_disagreement,
    pairwise_agreement,
    relation_of,
    shared_topics,
    stance_matrix,
)

ROWS = {
    "T01": ("supports/implicit", "contradicts", "silent"),
    "T02": ("supports", "supports", "supports"),
    "T03": ("supports", "qualifies", "silent"),
    "T04": ("supports", "contradicts", "qualifies"),
    "T05": ("silent", "silent", "silent"),
}


def tables(rows=None):
    rows = ROWS if rows is None else rows
    records = []
    for topic_id, words in rows.items():
        for article_id, word in zip("ABC", words, strict=False):
            stance, _, qualifier = word.partition("/")
            silent = stance == "silent"
            records.append((topic_id, article_id, stance, None if silent else qualifier or "said"))
    stances = pd.DataFrame(records, columns=["topic_id", "article_id", "stance", "qualifier"])
    return pd.DataFrame({"topic_id": list(rows)}), stances


def matrix(**kwargs):
    return stance_matrix(*tables(), **kwargs)


def test_matrix_has_a_row_a_topic_and_a_column_an_article():
    assert matrix().index.tolist() == list(ROWS)
    assert matrix().columns.tolist() == ["A", "B", "C"]
    assert matrix().loc["T04"].tolist() == ["supports", "contradicts", "qualifies"]


def test_an_implied_stance_is_silent_when_not_lenient():
    assert matrix().loc["T01", "A"] == "supports"
    assert matrix(lenient=False).loc["T01", "A"] == "silent"


def test_matrix_keeps_the_order_of_the_topics():
    topics, stances = tables()
    assert stance_matrix(topics.iloc[::-1], stances).index.tolist() == list(ROWS)[::-1]


def test_matrix_leaves_its_input_alone():
    topics, stances = tables()
    before = stances.copy()
    stance_matrix(topics, stances, lenient=False)
    pd.testing.assert_frame_equal(stances, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.assign(stance=s["stance"].replace("qualifies", "maybe")), "maybe"),
        (lambda s: s[s["topic_id"].ne("T02") | s["article_id"].ne("B")], "T02"),
        (lambda s: pd.concat([s, s.tail(1)]), "T05"),
    ],
)
def test_bad_tables_are_refused_by_name(change, message):
    topics, stances = tables()
    with pytest.raises(ValueError, match=message):
        stance_matrix(topics, change(stances))


def test_pairs_are_counted():
    pairs = pairwise_agreement(tables()[1]).set_index("pair")
    columns = ["both_speak", "agree", "partly", "contradict"]
    assert pairs.loc["A-B", columns].tolist() == [4, 1, 1, 2]
    assert pairs.loc["A-C", columns].tolist() == [2, 1, 1, 0]
    assert pairs.loc["B-C", columns].tolist() == [2, 1, 0, 1]
    strict = pairwise_agreement(tables()[1], lenient=False).set_index("pair")
    assert strict.loc["A-B", columns].tolist() == [3, 1, 1, 1]


def test_shared_agreed_and_clash_topics():
    assert shared_topics(matrix()) == ["T02", "T04"]
    assert agreed_topics(matrix()) == ["T02"]
    assert clash_topics(matrix()) == ["T01", "T04"]
    assert clash_topics(matrix(lenient=False)) == ["T04"]


def test_headline_counts():
    counts = headline_counts(*tables())
    assert (counts.topics, counts.addressed_by_all, counts.addressed_by_none) == (5, 2, 1)
    assert (counts.agreed_by_all, counts.contradicted) == (1, 2)
    assert headline_counts(*tables(), lenient=False).contradicted == 1
    assert counts_of(matrix().loc[["T02", "T05"]]).agreed_by_all == 1


def test_disagreement_runs_from_0_to_2_and_orders_the_topics():
    assert disagreement_score(matrix()).tolist() == [2.0, 0.0, 0.5, 2.0, 0.0]
    assert order_by_disagreement(matrix()).index.tolist() == ["T04", "T01", "T03", "T02", "T05"]


def test_closeness_says_in_a_word_where_the_articles_stand():
    words = closeness(matrix())
    assert words.to_dict() == {
        "T01": "contradict",
        "T02": "agree",
        "T03": "partly",
        "T04": "contradict",
        "T05": "none",
    }
    assert closeness(matrix(lenient=False))["T01"] == "one"


def test_implied_stances_change_the_counts_that_the_pairs_differ_in():
    effect = implied_effect(matrix(), matrix(lenient=False))
    assert effect.to_numpy().tolist() == [["A", "B", "contradict", 2, 1]]
    assert implied_effect(matrix(), matrix()).empty


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(*[st.sampled_from(["supports/implicit", *STANCES])] * 3), min_size=1, max_size=5
    )
)
def test_the_effect_of_implied_stances_is_what_two_counts_differ_by(words):
    topics, stances = tables({f"T{i:02d}": row for i, row in enumerate(words, 1)})
    matrices = [stance_matrix(topics, stances, lenient=lenient) for lenient in (True, False)]
    lenient, strict = (
        pairwise_agreement(stances, lenient).set_index(["article_a", "article_b"])
        for lenient in (True, False)
    )
    effect = implied_effect(*matrices).set_index(["article_a", "article_b", "relation"])
    for pair in lenient.index:
        for relation in RELATIONS:
            counts = [lenient.loc[pair, relation], strict.loc[pair, relation]]
            if counts[0] == counts[1]:
                assert (*pair, relation) not in effect.index
            else:
                assert effect.loc[(*pair, relation)].tolist() == counts


def test_unknown_word_has_no_relation():
    with pytest.raises(ValueError, match="'perhaps'"):
        relation_of("perhaps", "supports")


@pytest.mark.parametrize(("stance", "other"), list(product(STANCES, STANCES)))
def test_relation_is_symmetric(stance, other):
    assert relation_of(stance, other) == relation_of(other, stance)
    assert (relation_of(stance, other) is None) == ("silent" in (stance, other))


@given(
    st.lists(st.tuples(*[st.sampled_from(STANCES)] * 3), min_size=1, max_size=12),
)
def test_counts_hold_together_for_any_coding(words):
    topics, stances = tables({f"T{i:02d}": row for i, row in enumerate(words, 1)})
    wide = stance_matrix(topics, stances)
    pairs = pairwise_agreement(stances)
    parts = pairs[["agree", "partly", "contradict"]].sum(axis=1)
    assert parts.tolist() == pairs["both_speak"].tolist()
    assert set(agreed_topics(wide)) <= set(shared_topics(wide))
    assert not set(agreed_topics(wide)) & set(clash_topics(wide))
    assert (disagreement_score(wide).gt(1) == wide.index.isin(clash_topics(wide))).all()
    assert pairs["contradict"].sum() >= len(clash_topics(wide))
