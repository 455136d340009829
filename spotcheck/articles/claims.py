"""The claims of the articles: by topic, by wording and by verdict."""

from __future__ import annotations

import pandas as pd

RHETORIC = "rhetoric"
VERDICTS: tuple[str, ...] = (
    "supported",
    "partly_supported",
    "overstated",
    "contested",
    "contradicted",
    "unsupported",
    "not_checkable",
    "not_applicable",
)
COUNTABLE: tuple[str, ...] = ("verdict", "wording_certainty", "claim_type", "topic_id")


def claims_by_topic(
    claims: pd.DataFrame, topic_id: str, stance_claims: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """The claims that speak to a topic, article by article.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of claims.
    topic_id : str
        Topic, such as "T01".
    stance_claims : pandas.DataFrame, optional
        Table of the claims behind the stances. If given, claims are added
        that are filed under another topic but on which the article's stance
        on this one rests.

    Returns
    -------
    dict of str to pandas.DataFrame
        One entry for every article of the table, in alphabetical order, with
        its rows in the order of the article; empty where it says nothing.

    Examples
    --------
    >>> claims = pd.DataFrame({
    ...     "claim_id": ["A01", "B01", "B02"], "article_id": ["A", "B", "B"],
    ...     "sequence": [1, 1, 2], "topic_id": ["T01", "T01", "T02"]})
    >>> {a: rows["claim_id"].tolist() for a, rows in claims_by_topic(claims, "T02").items()}
    {'A': [], 'B': ['B02']}
    >>> basis = pd.DataFrame({"topic_id": ["T02"], "article_id": ["A"], "claim_id": ["A01"]})
    >>> claims_by_topic(claims, "T02", basis)["A"]["claim_id"].tolist()
    ['A01']
    """
    chosen = claims["topic_id"].eq(topic_id)
    if stance_claims is not None:
        basis = stance_claims.loc[stance_claims["topic_id"].eq(topic_id), "claim_id"]
        chosen |= claims["claim_id"].isin(basis)
    rows = claims[chosen].sort_values(["article_id", "sequence"])
    return {
        str(article): rows[rows["article_id"].eq(article)].reset_index(drop=True)
        for article in sorted(claims["article_id"].unique())
    }


def claim_counts(
    claims: pd.DataFrame, by: str = "verdict", *, include_rhetoric: bool = False
) -> pd.DataFrame:
    """Number of claims of each article by verdict, wording, type or topic.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of claims.
    by : {'verdict', 'wording_certainty', 'claim_type', 'topic_id'}
        Column that makes the groups.
    include_rhetoric : bool, default False
        Whether framing and promises count too.

    Returns
    -------
    pandas.DataFrame
        Index ``article_id``, one column a group, values in claims. Verdicts
        come in the order of `VERDICTS`, absent ones as 0; other groups in
        alphabetical order.

    Raises
    ------
    ValueError
        If `by` is not one of the four columns.

    Examples
    --------
    >>> claims = pd.DataFrame({
    ...     "article_id": ["A", "A", "B"], "claim_type": ["effect", "rhetoric", "effect"],
    ...     "verdict": ["supported", "overstated", "overstated"]})
    >>> claim_counts(claims)[["supported", "overstated"]].to_numpy().tolist()
    [[1, 0], [0, 1]]
    """
    if by not in COUNTABLE:
        raise ValueError(f"by is {by!r}; allowed are {', '.join(COUNTABLE)}")
    counted = claims if include_rhetoric else _without_rhetoric(claims)
    table = pd.crosstab(counted["article_id"], counted[by])
    columns = list(VERDICTS) if by == "verdict" else sorted(table.columns)
    articles = sorted(claims["article_id"].unique())
    wide = table.reindex(index=articles, columns=columns, fill_value=0)
    return wide.rename_axis(index="article_id", columns=None)


def upheld_counts(claims: pd.DataFrame) -> pd.DataFrame:
    """How many claims of each article the evidence upholds, wholly or in part.

    Parameters
    ----------
    claims : pandas.DataFrame
        Table of claims; framing and promises are left out.

    Returns
    -------
    pandas.DataFrame
        Index ``article_id``; ``upheld`` (supported or partly supported) and
        ``claims`` (all that are not rhetoric).

    Examples
    --------
    >>> claims = pd.DataFrame({
    ...     "article_id": ["A", "A", "A"], "claim_type": ["effect", "rhetoric", "caveat"],
    ...     "verdict": ["partly_supported", "supported", "overstated"]})
    >>> upheld_counts(claims).loc["A"].tolist()
    [1, 2]
    """
    counts = claim_counts(claims)
    return pd.DataFrame(
        {
            "upheld": counts["supported"] + counts["partly_supported"],
            "claims": counts.sum(axis=1),
        }
    )


def _without_rhetoric(claims: pd.DataFrame) -> pd.DataFrame:
    return claims[claims["claim_type"].ne(RHETORIC)]
