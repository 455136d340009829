"""Too sure, too shy: the rule case by case, and the counts against a recount by hand."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.articles.certainty import (
    FIT_WORDS,
    FITS,
    REASON_WORDS,
    WORDINGS,
    certainty_table,
    explained,
    finding,
    fit_counts,
    judge,
    judged_claims,
    most_telling,
)
from spotcheck.articles.claims import VERDICTS
from spotcheck.articles.evidence import GRADES
from spotcheck.tables import load

CLAIMS, TOPICS = load("claims"), load("topics")
JUDGED = judged_claims(CLAIMS, TOPICS)
AS_TOLD = {"stance": "supports", "direction": "supports"}

claims = st.fixed_dictionaries(
    {
        "wording": st.sampled_from(WORDINGS),
        "grade": st.sampled_from(GRADES),
        "verdict": st.sampled_from(VERDICTS),
        "claim_type": st.sampled_from(sorted(set(CLAIMS["claim_type"]))),
        "stance": st.sampled_from(sorted(set(CLAIMS["stance_to_topic"]))),
        "direction": st.sampled_from(sorted(set(TOPICS["evidence_direction"]))),
    }
)


@given(claims)
def test_the_rule_as_it_is_told_to_readers(claim):
    fit = judge(**claim).fit
    is_firm, is_careful = claim["wording"] == "assertive", claim["wording"] == "hedged"
    can_be_judged = claim["grade"] != "not_graded" and not claim["verdict"].startswith("not_")
    assert (fit == "not_judged") == (not can_be_judged)
    if not can_be_judged:
        return
    if claim["verdict"] == "contradicted":
        assert fit == ("about_right" if is_careful else "too_sure")
    if is_careful:
        assert fit != "too_sure"
    else:
        assert fit != "too_shy"
    if is_firm and claim["grade"] in ("low", "very_low") and claim["claim_type"] != "definition":
        assert fit == "too_sure"
    if claim["grade"] in ("low", "very_low"):
        assert fit != "too_shy"


@given(claims)
def test_careful_words_are_never_surer_than_firm_ones(claim):
    order = {"too_shy": 0, "about_right": 1, "too_sure": 2}
    fits = [judge(**{**claim, "wording": one}).fit for one in ("hedged", "attributed", "assertive")]
    if "not_judged" in fits:
        assert set(fits) == {"not_judged"}
    else:
        assert [order[fit] for fit in fits] == sorted(order[fit] for fit in fits)


def test_the_verdict_on_the_claim_goes_before_the_direction_of_its_topic():
    opposite = {"stance": "supports", "direction": "contradicts"}
    assert judge("assertive", "moderate", "supported", **opposite).fit == "about_right"
    assert judge("assertive", "moderate", "overstated", **opposite).reason == "beyond"
    assert judge("assertive", "moderate", "contested", **opposite).reason == "against"
    assert judge("assertive", "moderate", "contested", **AS_TOLD).reason == "beyond"
    assert judge("hedged", "moderate", "supported", **opposite).fit == "about_right"


def test_a_definition_that_holds_needs_no_trial():
    assert judge("assertive", "low", "supported", claim_type="definition").fit == "about_right"
    assert judge("assertive", "low", "overstated", claim_type="definition").fit == "too_sure"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("shouted", "low", "supported"), "wording is 'shouted'"),
        (("hedged", "great", "supported"), "grade is 'great'"),
        (("hedged", "low", "true"), "verdict is 'true'"),
    ],
)
def test_an_unknown_code_is_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        judge(*arguments)


def test_every_reason_and_fit_has_words():
    seen = {
        judge(wording, grade, verdict, claim_type=kind, direction=direction)
        for wording, grade, verdict, kind, direction in product(
            WORDINGS, GRADES, VERDICTS, ("effect", "definition"), ("supports", "contradicts")
        )
    }
    assert {one.fit for one in seen} == set(FITS) == set(FIT_WORDS)
    assert {one.reason for one in seen} == set(REASON_WORDS)


def test_counts_are_those_of_the_tables():
    """A recount that follows the rule's words, without its code."""
    grade = dict(zip(TOPICS["topic_id"], TOPICS["grade"], strict=True))
    counted = {}
    for row in CLAIMS[CLAIMS["claim_type"] != "rhetoric"].to_dict("records"):
        certainty = grade[row["topic_id"]]
        firm, careful = (
            row["wording_certainty"] == "assertive",
            row["wording_certainty"] == "hedged",
        )
        poor = row["verdict"] in ("contradicted", "overstated", "contested", "unsupported")
        holds = row["claim_type"] == "definition" and row["verdict"] == "supported"
        if row["verdict"].startswith("not_"):
            fit = "not_judged"
        elif firm and (poor or (certainty in ("low", "very_low") and not holds)):
            fit = "too_sure"
        elif (
            careful
            and certainty in ("moderate", "high")
            and row["verdict"] == "supported"
            and not (row["topic_id"] == "T09" and row["stance_to_topic"] == "supports")
        ):
            fit = "too_shy"
        else:
            fit = "about_right"
        counted[row["article_id"], fit] = counted.get((row["article_id"], fit), 0) + 1
    counts = fit_counts(JUDGED)
    for article, fit in product("ABC", FITS):
        assert counts.loc[article, fit] == counted.get((article, fit), 0), (article, fit)
    assert (counts[list(FITS)].sum(axis=1) - counts["not_judged"]).tolist() == counts[
        "judged"
    ].tolist()


def test_contradicted_claims_said_firmly_are_all_too_sure():
    rows = JUDGED[JUDGED["verdict"].eq("contradicted")]
    assert set(rows["claim_id"]) == {"A10", "B16"}
    assert set(rows["fit"]) == {"too_sure"}


def test_filters_only_take_claims_away():
    some = judged_claims(CLAIMS, TOPICS[TOPICS["theme"].eq("fat")], articles=("A", "B"))
    assert set(some["article_id"]) == {"A", "B"}
    expected = JUDGED[JUDGED["claim_id"].isin(some["claim_id"])]
    assert some["fit"].tolist() == expected["fit"].tolist()
    with_rhetoric = judged_claims(CLAIMS, TOPICS, rhetoric=True)
    assert len(with_rhetoric) == len(CLAIMS) > len(JUDGED)


def test_the_title_has_the_counts():
    counts = fit_counts(JUDGED)
    title = finding(counts)
    for article in "ABC":
        sure, judged = counts.loc[article, ["too_sure", "judged"]]
        assert f"{article} in {sure} of" in title or f"{article} in {sure} claims" in title
        assert str(judged) in title
    assert finding(counts.iloc[:0]) == "No claim here can be judged"
    only_shy = fit_counts(JUDGED[JUDGED["fit"].eq("too_shy")])
    assert finding(only_shy).startswith("Too sure: A in 0 of 2 claims and C in 0 of 5")


def test_what_is_too_sure_is_told_in_one_of_four_ways():
    reasons = JUDGED["reason"].value_counts()
    text = explained(JUDGED)
    assert f"the {reasons['thin'] + reasons['against'] + reasons['beyond']} too sure" in text
    assert f"other {reasons['thin']} may well be right" in text
    assert explained(JUDGED[JUDGED["reason"].eq("thin")]).startswith("Every claim")
    assert explained(JUDGED[JUDGED["reason"].eq("beyond")]).endswith("beyond the studies.")
    assert explained(JUDGED[JUDGED["fit"].eq("too_shy")]) == "No claim here is too sure."


def test_the_most_telling_are_a_few_of_each_article():
    rows = most_telling(JUDGED, "too_sure", 2)
    assert rows["article_id"].tolist() == ["A", "A", "B", "B", "C", "C"]
    assert rows["claim_id"].tolist()[:3] == ["A10", "A22", "B16"]
    assert most_telling(JUDGED, "too_shy", 1)["fit"].tolist() == ["too_shy", "too_shy"]


def test_where_no_claim_is_too_sure_none_is_telling():
    assert most_telling(JUDGED[JUDGED["fit"].ne("too_sure")], "too_sure", 2).empty


def test_the_table_has_every_claim_in_words():
    table = certainty_table(JUDGED)
    assert table["claim_id"].tolist() == JUDGED["claim_id"].tolist()
    assert table.notna().all(axis=None)
