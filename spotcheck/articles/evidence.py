"""The studies behind the topics, and how certain their direction is."""

from __future__ import annotations

import pandas as pd

from spotcheck.articles.stances import SILENT, stance_matrix

DIRECTIONS: tuple[str, ...] = ("supports", "contradicts", "mixed")
GRADES: tuple[str, ...] = ("high", "moderate", "low", "very_low", "not_graded")
MATCHES: tuple[str, ...] = ("same", "partial", "opposite")


def studies_for_topic(
    evidence_links: pd.DataFrame, studies: pd.DataFrame, topic_id: str
) -> pd.DataFrame:
    """The studies that speak to a topic: for, against, mixed.

    Parameters
    ----------
    evidence_links : pandas.DataFrame
        Table of links with ``topic_id``, ``study_id`` and ``direction``.
    studies : pandas.DataFrame
        The bibliography.
    topic_id : str
        Topic, such as "T01".

    Returns
    -------
    pandas.DataFrame
        The rows of `studies` with the columns of the link, supporting
        studies first, then contradicting, then mixed; within each the newest
        first. Empty where no study was found.

    Raises
    ------
    ValueError
        If a direction is unknown or a linked study is not in `studies`.

    Examples
    --------
    >>> links = pd.DataFrame({
    ...     "topic_id": ["T01"] * 3, "study_id": ["a_1999", "b_2001", "c_2020"],
    ...     "direction": ["mixed", "supports", "contradicts"]})
    >>> studies = pd.DataFrame({"study_id": ["a_1999", "b_2001", "c_2020"],
    ...                         "year": [1999, 2001, 2020]})
    >>> studies_for_topic(links, studies, "T01")["study_id"].tolist()
    ['b_2001', 'c_2020', 'a_1999']
    """
    links = evidence_links[evidence_links["topic_id"].eq(topic_id)]
    absent = sorted(set(links["study_id"]) - set(studies["study_id"]))
    if absent:
        raise ValueError(f"study_id not in the bibliography: {', '.join(absent)}")
    rows = links.merge(studies, on="study_id", how="left", validate="one_to_one")
    rows = rows.assign(direction=_ordered(rows["direction"], DIRECTIONS, "direction"))
    rows = rows.sort_values(
        ["direction", "year", "study_id"], ascending=[True, False, True], ignore_index=True
    )
    return rows.assign(direction=rows["direction"].astype(str))


def evidence_counts(
    evidence_links: pd.DataFrame, topics: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Number of studies for, against and mixed on each topic.

    Parameters
    ----------
    evidence_links : pandas.DataFrame
        Table of links.
    topics : pandas.DataFrame, optional
        Table of topics; if given, its topics and their order make the rows,
        those without a study with zeros.

    Returns
    -------
    pandas.DataFrame
        Index ``topic_id``; columns ``supports``, ``contradicts``, ``mixed``
        and ``total``, in studies. The counts are not a vote: size and design
        belong beside them.

    Raises
    ------
    ValueError
        If a direction is unknown.

    Examples
    --------
    >>> links = pd.DataFrame({"topic_id": ["T01", "T01"], "study_id": ["a_1999", "b_2001"],
    ...                       "direction": ["supports", "contradicts"]})
    >>> evidence_counts(links, pd.DataFrame({"topic_id": ["T01", "T02"]})).to_numpy().tolist()
    [[1, 1, 0, 2], [0, 0, 0, 0]]
    """
    directions = _ordered(evidence_links["direction"], DIRECTIONS, "direction").astype(str)
    counts = pd.crosstab(evidence_links["topic_id"], directions)
    rows = counts.index if topics is None else topics["topic_id"]
    wide = counts.reindex(index=rows, columns=list(DIRECTIONS), fill_value=0)
    return wide.assign(total=wide.sum(axis=1)).rename_axis(index="topic_id", columns=None)


def grade_rank(grades: pd.Series) -> pd.Series:
    """Place of each grade of certainty, the surest first.

    Parameters
    ----------
    grades : pandas.Series
        Grade codes: high, moderate, low, very_low or not_graded.

    Returns
    -------
    pandas.Series
        0 (high) to 3 (very_low), 4 for not_graded; same index.

    Raises
    ------
    ValueError
        If a grade is unknown.

    Notes
    -----
    The words are those of GRADE, certainty that the direction is right; it
    says nothing of the size of an effect.

    Examples
    --------
    >>> grade_rank(pd.Series(["low", "high"])).tolist()
    [2, 0]
    """
    codes = _ordered(grades, GRADES, "grade").cat.codes
    return codes.astype(int).rename("grade_rank")


def sort_by_grade(topics: pd.DataFrame) -> pd.DataFrame:
    """The topics with the surest evidence first; ties keep their order.

    Parameters
    ----------
    topics : pandas.DataFrame
        Table of topics with ``grade``.

    Returns
    -------
    pandas.DataFrame
        The same rows in the new order.

    Raises
    ------
    ValueError
        If a grade is unknown.

    Examples
    --------
    >>> topics = pd.DataFrame({"topic_id": ["T01", "T02"], "grade": ["low", "high"]})
    >>> sort_by_grade(topics)["topic_id"].tolist()
    ['T02', 'T01']
    """
    return topics.loc[grade_rank(topics["grade"]).sort_values(kind="stable").index]


def stance_match(
    topics: pd.DataFrame, stances: pd.DataFrame, *, lenient: bool = True
) -> pd.DataFrame:
    """How often each article's stance matches the direction of the evidence.

    Parameters
    ----------
    topics : pandas.DataFrame
        Table of topics with ``evidence_direction`` and ``is_empirical``.
    stances : pandas.DataFrame
        Table of stances.
    lenient : bool, default True
        Whether implied stances count.

    Returns
    -------
    pandas.DataFrame
        Index ``article_id``; ``same`` (stance equals direction, or it
        qualifies and the evidence is mixed), ``opposite`` (one supports, the
        other contradicts), ``partial`` (any other), in topics. Topics that
        are not empirical or on which the article is silent are left out.

    Raises
    ------
    ValueError
        As `stance_matrix`.

    Examples
    --------
    >>> topics = pd.DataFrame({"topic_id": ["T01", "T02"], "is_empirical": [True, True],
    ...                        "evidence_direction": ["contradicts", "mixed"]})
    >>> stances = pd.DataFrame({"topic_id": ["T01", "T02"], "article_id": ["A", "A"],
    ...                         "stance": ["supports", "qualifies"],
    ...                         "qualifier": ["explicit", "explicit"]})
    >>> stance_match(topics, stances).loc["A"].tolist()
    [1, 0, 1]
    """
    empirical = topics[topics["is_empirical"].astype(bool)]
    matrix = stance_matrix(empirical, stances, lenient=lenient)
    directions = empirical["evidence_direction"].tolist()
    counts = {
        article: pd.Series(
            [_match(stance, d) for stance, d in zip(matrix[article], directions, strict=True)],
            dtype=object,
        ).value_counts()
        for article in matrix.columns
    }
    wide = pd.DataFrame(counts).T.reindex(columns=list(MATCHES))
    return wide.fillna(0).astype(int).rename_axis(index="article_id", columns=None)


def _match(stance: str, direction: str) -> str | None:
    if stance == SILENT:
        return None
    if stance == direction or (stance, direction) == ("qualifies", "mixed"):
        return "same"
    return "opposite" if {stance, direction} == {"supports", "contradicts"} else "partial"


def _ordered(codes: pd.Series, allowed: tuple[str, ...], name: str) -> pd.Series:
    unknown = sorted(set(codes) - set(allowed))
    if unknown:
        raise ValueError(f"{name} is {unknown}; allowed are {', '.join(allowed)}")
    return codes.astype(pd.CategoricalDtype(list(allowed), ordered=True))
