"""Claims: by topic, by verdict, with and without framing."""

import pandas as pd
import pytest

from spotcheck.articles.claims import VERDICTS, claim_counts, claims_by_topic, upheld_counts

CLAIMS = pd.DataFrame(
    [
        ("A02", "A", 2, "effect", "T01", "overstated", "assertive"),
        ("A01", "A", 1, "mechanism", "T01", "supported", "hedged"),
        ("A03", "A", 3, "rhetoric", "T02", "not_checkable", "assertive"),
        ("B01", "B", 1, "effect", "T02", "partly_supported", "hedged"),
    ],
    columns=[
        "claim_id",
        "article_id",
        "sequence",
        "claim_type",
        "topic_id",
        "verdict",
        "wording_certainty",
    ],
)


def ids(by_article):
    return {article: rows["claim_id"].tolist() for article, rows in by_article.items()}


def test_claims_stand_by_article_in_their_order():
    assert ids(claims_by_topic(CLAIMS, "T01")) == {"A": ["A01", "A02"], "B": []}


def test_claims_behind_a_stance_are_added_once():
    basis = pd.DataFrame(
        {"topic_id": ["T01", "T01"], "article_id": ["B", "A"], "claim_id": ["B01", "A01"]}
    )
    assert ids(claims_by_topic(CLAIMS, "T01", basis)) == {"A": ["A01", "A02"], "B": ["B01"]}


def test_a_topic_nobody_speaks_to_is_empty():
    assert ids(claims_by_topic(CLAIMS, "T99")) == {"A": [], "B": []}


def test_counts_by_verdict_hold_every_verdict():
    counts = claim_counts(CLAIMS)
    assert tuple(counts.columns) == VERDICTS
    assert counts.loc["A"].sum() == 2
    assert claim_counts(CLAIMS, include_rhetoric=True).loc["A"].sum() == 3


def test_an_article_of_framing_alone_counts_zero():
    only = CLAIMS[CLAIMS["claim_id"].isin(["A03", "B01"])]
    assert claim_counts(only).loc["A"].tolist() == [0] * len(VERDICTS)


def test_counts_by_wording():
    counts = claim_counts(CLAIMS, by="wording_certainty")
    assert counts.loc["A"].to_dict() == {"assertive": 1, "hedged": 1}


def test_counts_by_an_unknown_column_are_refused():
    with pytest.raises(ValueError, match="'claim'; allowed are verdict"):
        claim_counts(CLAIMS, by="claim")


def test_upheld_claims():
    assert upheld_counts(CLAIMS).to_numpy().tolist() == [[1, 2], [1, 1]]
