"""Files that a reader can take away: fact checks for machines, and the comparison as one table."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from spotcheck.articles.claims import RHETORIC
from spotcheck.articles.coding import READER, Coding
from spotcheck.articles.evidence import evidence_counts
from spotcheck.articles.story import VERDICT_WORDS

RATINGS: dict[str, int] = {
    "supported": 5,
    "partly_supported": 4,
    "contested": 3,
    "overstated": 2,
    "contradicted": 1,
}
"""Verdicts as numbers; those that no study speaks for or against have none."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = (
    *("record", "topic_id", "theme", "article_id", "claim_id", "study_id", "text"),
    *("ours", "value", "is_yours", "coded_by", "direction", "qualifier", "wording_certainty"),
    *("claim_type", "design", "n", "doi", "status"),
    *("studies_for", "studies_against", "studies_mixed", "note"),
)


def rating_scale() -> str:
    """Scale of the ratings as one sentence.

    Examples
    --------
    >>> rating_scale()[:40]
    'Ratings: 5 Supported, 4 Partly supported'
    """
    steps = ", ".join(f"{value} {VERDICT_WORDS[verdict]}" for verdict, value in RATINGS.items())
    return f"Ratings: {steps}; other verdicts have no number."


def claim_reviews(
    coding: Coding,
    articles: pd.DataFrame,
    *,
    page: str,
    address: Callable[[str, bool], str],
    version: str,
    published: str,
) -> dict[str, Any]:
    """Fact checks of all claims in the vocabulary of schema.org, without rhetoric.

    Parameters
    ----------
    coding : Coding
        Verdicts to write down.
    articles : DataFrame
        Table of articles with ``title``.
    page : str
        Address of the articles page without parameters; empty where it is not known.
    address : callable
        Gives the address of a topic from its id, and whether a reader coded the claim.
    version, published : str
        Version of the data, and its day as YYYY-MM-DD.

    Returns
    -------
    dict
        JSON-LD document: a ``Dataset`` that says how it was made, and a ``ClaimReview`` a claim.

    Notes
    -----
    The claims are in our words. The articles name no author and no address, so none is given. A
    verdict that the reader changed is the reader's review, without our reason and our date.
    """
    data = {
        "@type": "Dataset",
        "@id": f"{page}#claims",
        "name": "Three articles on running and thighs, claim by claim",
        "description": "Claims of three popular articles in our words, each with a verdict by one "
        f"rater; rhetoric is left out. {rating_scale()}",
        "version": version,
        "datePublished": published,
        "license": LICENCE,
        "creator": _organization(page),
    }
    titles = articles.set_index("article_id")["title"].to_dict()
    rows = coding.claims[coding.claims["claim_type"].ne(RHETORIC)]
    reviews = [
        _review(claim, titles[claim["article_id"]], page, address, version, published)
        for claim in rows.fillna({"verdict_note": ""}).to_dict("records")
    ]
    return {"@context": "https://schema.org", "@graph": [data, *reviews]}


def _review(
    claim: dict[Any, Any],
    title: str,
    page: str,
    address: Callable[[str, bool], str],
    version: str,
    published: str,
) -> dict[str, Any]:
    """One ``ClaimReview``."""
    is_yours = claim["coded_by"] == READER
    verdict = claim["verdict"]
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": VERDICT_WORDS[verdict]}
    if verdict in RATINGS:
        rating |= {
            "ratingValue": RATINGS[verdict],
            "bestRating": max(RATINGS.values()),
            "worstRating": min(RATINGS.values()),
        }
    if claim["verdict_note"] and not is_yours:
        rating["ratingExplanation"] = claim["verdict_note"]
    reader = {"@type": "Person", "name": "A reader of Spotcheck"}
    review = {
        "@type": "ClaimReview",
        "@id": f"{page}#{'your-review' if is_yours else 'review'}-{claim['claim_id']}",
        "url": address(claim["topic_id"], is_yours),
        "claimReviewed": claim["claim"],
        "reviewRating": rating,
        "author": reader if is_yours else _organization(page),
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{page}#claim-{claim['claim_id']}",
            "text": claim["claim"],
            "appearance": {"@type": "CreativeWork", "name": title},
        },
        "inLanguage": "en",
        "license": LICENCE,
        "version": version,
        "isPartOf": {"@id": f"{page}#claims"},
    }
    return review if is_yours else review | {"datePublished": published}


def _organization(page: str) -> dict[str, str]:
    named = {"@type": "Organization", "name": "Spotcheck"}
    return named | {"url": page} if page else named


def json_text(document: dict[str, Any]) -> str:
    r"""JSON that also holds inside a web page: no text in it can end a script element.

    Examples
    --------
    >>> print(json_text({"name": "</script>"}))
    {
     "name": "\u003c/script>"
    }
    """
    return json.dumps(document, indent=1, ensure_ascii=False).replace("<", "\\u003c")


def comparison_table(
    ours: Coding,
    coding: Coding,
    evidence_links: pd.DataFrame,
    studies: pd.DataFrame,
    stance_claims: pd.DataFrame,
) -> pd.DataFrame:
    """The whole comparison as one table, one record a row.

    Parameters
    ----------
    ours, coding : Coding
        Our coding, and the one that counts.
    evidence_links, studies, stance_claims : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, empty where they do not apply. ``record`` says what a row is: ``topic``
        (``value`` is its grade), ``stance``, ``claim`` (``value`` is its verdict), ``study`` of a
        topic, and ``basis``, a claim on which a stance rests. ``ours`` is our code where ``value``
        is the one that counts; ``is_yours`` is true where they differ. ``note`` is the reason of
        our code, or what a study found.
    """
    counts = evidence_counts(evidence_links, coding.topics).add_prefix("studies_")
    counts = counts.rename(
        columns={"studies_supports": "studies_for", "studies_contradicts": "studies_against"}
    )
    topics = coding.topics.join(counts, on="topic_id").rename(
        columns={
            "proposition": "text",
            "grade": "value",
            "evidence_direction": "direction",
            "grade_reason": "note",
        }
    )
    stances = coding.stances.rename(columns={"stance": "value"})
    claims = coding.claims.rename(
        columns={"claim": "text", "verdict": "value", "verdict_note": "note"}
    )
    linked = evidence_links.merge(studies, on="study_id", how="left", validate="many_to_one")
    linked = linked.rename(columns={"citation": "text", "finding": "note"})
    records = {
        "topic": topics.assign(ours=ours.topics["grade"].to_numpy(object)),
        "stance": stances.assign(ours=ours.stances["stance"].to_numpy(object)),
        "claim": claims.assign(ours=ours.claims["verdict"].to_numpy(object)),
        "study": linked,
        "basis": stance_claims,
    }
    rows = pd.concat(
        [
            part.reindex(columns=list(COLUMNS)).assign(record=name).astype(object)
            for name, part in records.items()
        ],
        ignore_index=True,
    )
    themes = coding.topics.set_index("topic_id")["theme"]
    is_coded = rows["record"].isin(["topic", "stance", "claim"])
    return rows.assign(
        theme=rows["topic_id"].map(themes),
        is_yours=rows["ours"].ne(rows["value"]).where(is_coded).astype(object),
    )
