"""Files to take away: valid, complete, and with the figures of the tables."""

import datetime as dt
import json
from collections import Counter
from html.parser import HTMLParser

import pytest

from spotcheck import tables
from spotcheck.articles.claims import VERDICTS, claim_counts
from spotcheck.articles.coding import Coding, Edit, differences, recoded
from spotcheck.articles.evidence import evidence_counts
from spotcheck.articles.exports import (
    COLUMNS,
    RATINGS,
    claim_reviews,
    comparison_table,
    json_text,
)
from spotcheck.articles.report import MARKS, html_report
from spotcheck.articles.stances import headline_counts, stance_matrix
from spotcheck.articles.story import GRADE_WORDS, VERDICT_WORDS, headline

OURS = Coding(*map(tables.load, ("topics", "stances", "claims")))
EDITS = {
    **{"T01.A": "qualifies", "T20.B": "contradicts", "T01": "low"},
    **{"A05": "not_checkable", "A10": "overstated", "A22": "supported"},
}
THEIRS = recoded(OURS, [Edit(key, value) for key, value in EDITS.items()])
CODINGS = pytest.mark.parametrize("coding", [OURS, THEIRS], ids=["ours", "theirs"])
PAGE = "https://example.org/articles"
# Properties of schema.org that each of these types has, of its own or inherited.
THING = {"@type", "@id", "name", "alternateName", "description", "url"}
WORK = THING | {
    *("author", "creator", "datePublished", "inLanguage", "isPartOf", "license", "text"),
    "version",
}
VOCABULARY = {
    "Dataset": WORK,
    "ClaimReview": WORK | {"claimReviewed", "itemReviewed", "reviewRating"},
    "Claim": WORK | {"appearance"},
    "CreativeWork": WORK,
    "Rating": THING | {"ratingValue", "bestRating", "worstRating", "ratingExplanation"},
    "Organization": THING,
    "Person": THING,
}


def reviews_of(coding, page=PAGE):
    text = json_text(
        claim_reviews(
            coding,
            tables.load("articles"),
            page=page,
            address=lambda topic, is_yours: f"{page}?topic={topic}{'&mine' if is_yours else ''}",
            version="1.2.3",
            published="2026-11-22",
        )
    )
    return json.loads(text)


def typed(node):
    """Every object of the document that has a type."""
    if isinstance(node, list):
        for one in node:
            yield from typed(one)
    elif isinstance(node, dict):
        if "@type" in node:
            yield node
        for one in node.values():
            yield from typed(one)


@CODINGS
@pytest.mark.parametrize("page", [PAGE, ""])
def test_the_fact_checks_use_the_vocabulary_of_schema_org(coding, page):
    document = reviews_of(coding, page)
    assert document["@context"] == "https://schema.org"
    for node in typed(document["@graph"]):
        assert set(node) <= VOCABULARY[node["@type"]], node
        assert all(value not in ("", None) for value in node.values())
    ids = [node["@id"] for node in typed(document["@graph"]) if "@id" in node]
    assert len(ids) == len(set(ids))


@CODINGS
def test_every_claim_but_rhetoric_has_one_fact_check_with_its_verdict(coding):
    data, *reviews = reviews_of(coding)["@graph"]
    claims = coding.claims[coding.claims["claim_type"].ne("rhetoric")].fillna("")
    titles = tables.load("articles").set_index("article_id")["title"]
    assert data["datePublished"] == "2026-11-22"
    assert len(reviews) == len(claims)
    for review, claim in zip(reviews, claims.itertuples(), strict=True):
        assert review["claimReviewed"] == review["itemReviewed"]["text"] == claim.claim
        assert review["itemReviewed"]["appearance"]["name"] == titles[claim.article_id]
        assert f"topic={claim.topic_id}" in review["url"]
        rating = review["reviewRating"]
        assert rating["alternateName"] == VERDICT_WORDS[claim.verdict]
        assert rating.get("ratingValue") == RATINGS.get(claim.verdict)
        if "ratingValue" in rating:
            assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
            assert f"{rating['ratingValue']} {rating['alternateName']}" in data["description"]


def test_a_verdict_of_the_reader_is_not_signed_by_us():
    mine = set(differences(OURS, THEIRS)["claim_id"].dropna())
    assert len(mine) == 3
    for review in reviews_of(THEIRS)["@graph"][1:]:
        is_mine = review["@id"].rpartition("-")[2] in mine
        assert (review["author"]["name"] == "Spotcheck") is not is_mine
        assert ("datePublished" in review) is not is_mine
        assert ("&mine" in review["url"]) is is_mine
        assert not (is_mine and "ratingExplanation" in review["reviewRating"])


def test_no_text_can_end_a_script_element():
    claims = OURS.claims.assign(claim='</script><b> "quoted" \\ \u2028')
    document = claim_reviews(
        Coding(OURS.topics, OURS.stances, claims),
        tables.load("articles"),
        page="",
        address=lambda topic, is_yours: topic,
        version="1",
        published="2026-11-22",
    )
    text = json_text(document)
    assert "<" not in text
    assert json.loads(text) == document


@CODINGS
def test_the_table_holds_the_whole_comparison(coding):
    rows = comparison_table(
        OURS, coding, *map(tables.load, ("evidence_links", "studies", "stance_claims"))
    )
    assert tuple(rows.columns) == COLUMNS
    assert Counter(rows["record"]) == {
        "topic": len(coding.topics),
        "stance": len(coding.stances),
        "claim": len(coding.claims),
        "study": len(tables.load("evidence_links")),
        "basis": len(tables.load("stance_claims")),
    }
    coded = rows[rows["record"].isin(["stance", "claim", "topic"])]
    values = coding.values()
    order = {"stance": 0, "claim": 1, "topic": 2}
    coded = coded.sort_values("record", key=lambda column: column.map(order), kind="stable")
    assert coded["value"].tolist() == values.tolist()
    assert coded["ours"].tolist() == OURS.values().tolist()
    assert int(coded["is_yours"].sum()) == len(differences(OURS, coding))
    topics = rows[rows["record"].eq("topic")].set_index("topic_id")
    counts = evidence_counts(tables.load("evidence_links"), coding.topics)
    for ours, theirs in (("for", "supports"), ("against", "contradicts"), ("mixed", "mixed")):
        assert topics[f"studies_{ours}"].tolist() == counts[theirs].tolist()
    studies = rows[rows["record"].eq("study")]
    known = tables.load("studies").set_index("study_id").loc[studies["study_id"]]
    for column in ("doi", "status", "design"):
        assert studies[column].fillna("").tolist() == known[column].fillna("").tolist()
    assert rows["theme"].notna().all()


class Page(HTMLParser):
    """Tags, attributes, texts and rows of a page; every opened tag has to be closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows, self._open = [], [], []
        self.feed(text)
        assert self._open == []
        self.rows = [[cell.strip() for cell in row] for row in self.rows]

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "br", "rect"):
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data


def report_of(coding, *, lenient=True):
    return html_report(
        OURS,
        coding,
        tables.load("articles"),
        tables.load("evidence_links"),
        lenient=lenient,
        version="1.2.3",
        today=dt.date(2026, 11, 22),
    )


@CODINGS
@pytest.mark.parametrize("lenient", [True, False])
def test_the_page_to_print_holds_every_topic_as_it_is_coded(coding, lenient):
    text = report_of(coding, lenient=lenient)
    rows = {row[0]: row[1:] for row in Page(text).rows if len(row) == 6}
    matrix = stance_matrix(coding.topics, coding.stances, lenient=lenient)
    counts = evidence_counts(tables.load("evidence_links"), coding.topics)
    assert len(rows) == 1 + len(coding.topics)
    for topic in coding.topics.itertuples():
        *stances, studies, grade = rows[topic.proposition]
        assert [one.rstrip("*") for one in stances] == [
            MARKS[stance] for stance in matrix.loc[topic.topic_id]
        ]
        assert grade.rstrip("*") == GRADE_WORDS[topic.grade]
        numbers = sum(int(part) for part in studies.replace("(", " ").split() if part.isdigit())
        assert numbers == counts.loc[topic.topic_id, "total"]
    answer = headline(headline_counts(coding.topics, coding.stances, lenient))
    assert f"<h1>{answer.replace(':primary[', '').replace(']', '')}</h1>" in text
    assert "22\u00a0Nov\u00a02026" in text
    assert "1.2.3" in text


@CODINGS
def test_the_page_to_print_counts_the_verdicts(coding):
    rows = {row[0]: row[1:] for row in Page(report_of(coding)).rows if len(row) == 4}
    counts = claim_counts(coding.claims)
    for verdict in VERDICTS:
        found = rows.get(VERDICT_WORDS[verdict], ["0"] * len(counts))
        assert found == [str(n) for n in counts[verdict]]
    assert rows["All claims"] == [str(n) for n in counts.sum(axis=1)]


def test_codes_of_the_reader_are_marked_and_listed():
    edits = differences(OURS, THEIRS)
    rows = Page(report_of(THEIRS)).rows
    listed = {row[0]: row for row in rows if len(row) == 5 and row[0] in set(edits["key"])}
    assert list(listed) == edits["key"].tolist()
    assert listed["A10"][3:] == ["Overstated", "Contradicted"]
    marked = sum(cell.endswith("*") for row in rows for cell in row)
    assert marked == edits["kind"].ne("verdict").sum()
    assert f"{len(edits)} of {len(OURS.values())} codes differ" in report_of(THEIRS)
    assert "*" not in report_of(OURS).partition("</style>")[2]


@CODINGS
def test_the_page_to_print_fetches_and_runs_nothing(coding):
    text = report_of(coding)
    page = Page(text)
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name in ("src", "href") for name in attributes)
    assert not any(word in text for word in ("url(", "@import", "http"))


def test_texts_are_escaped():
    topics = OURS.topics.assign(proposition="<script>alert(1)</script> & more")
    text = report_of(Coding(topics, OURS.stances, OURS.claims))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text
