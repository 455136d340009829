"""Which topics of the comparison are on show, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from spotcheck.articles.evidence import GRADES, grade_rank
from spotcheck.articles.stances import (
    SILENT,
    clash_topics,
    order_by_disagreement,
    shared_topics,
)

SHOWS: tuple[str, ...] = ("spoken", "clashes", "shared", "nobody", "all")
CERTAINTIES: tuple[str, ...] = ("any", "very_low", "low", "moderate", "high")
ORDERS: tuple[str, ...] = ("theme", "disagreement")


def select_topics(
    topics: pd.DataFrame,
    matrix: pd.DataFrame,
    *,
    show: str = "all",
    themes: Sequence[str] = (),
    certainty: str = "any",
    order: str = "theme",
) -> pd.DataFrame:
    """Topics that pass the filters, in order.

    Parameters
    ----------
    topics : pandas.DataFrame
        Table of topics with ``topic_id``, ``theme`` and ``grade``.
    matrix : pandas.DataFrame
        Result of `stance_matrix` with these topics.
    show : {'spoken', 'clashes', 'shared', 'nobody', 'all'}
        Topics on which two or more articles speak, on which they contradict each other, on which
        all speak, on which none speaks, or all topics.
    themes : sequence of str
        Themes to keep; empty keeps all.
    certainty : {'any', 'very_low', 'low', 'moderate', 'high'}
        Lowest grade to keep; "any" keeps topics without a grade too.
    order : {'theme', 'disagreement'}
        Theme by theme, or as `order_by_disagreement` has it.

    Returns
    -------
    pandas.DataFrame
        Rows of `topics`. Themes stand in the order in which they first appear there, and so do
        topics on which the articles disagree alike.

    Raises
    ------
    ValueError
        If `show`, `certainty` or `order` is none of these.

    Examples
    --------
    >>> topics = pd.DataFrame({"topic_id": ["T01", "T02", "T03"],
    ...                        "theme": ["fat", "skin", "fat"], "grade": ["low", "high", "high"]})
    >>> matrix = pd.DataFrame({"A": ["supports", "silent", "supports"],
    ...                        "B": ["contradicts", "silent", "silent"]},
    ...                       index=["T01", "T02", "T03"])
    >>> select_topics(topics, matrix)["topic_id"].tolist()
    ['T01', 'T03', 'T02']
    >>> select_topics(topics, matrix, show="clashes")["topic_id"].tolist()
    ['T01']
    >>> select_topics(topics, matrix, certainty="high", themes=["fat"])["topic_id"].tolist()
    ['T03']
    >>> select_topics(topics, matrix, order="disagreement")["topic_id"].tolist()
    ['T01', 'T03', 'T02']
    """
    if certainty not in CERTAINTIES:
        raise ValueError(f"certainty is {certainty!r}; allowed are {', '.join(CERTAINTIES)}")
    if order not in ORDERS:
        raise ValueError(f"order is {order!r}; allowed are {', '.join(ORDERS)}")
    kept = topics["topic_id"].isin(_shown(matrix, show))
    if themes:
        kept &= topics["theme"].isin(list(themes))
    if certainty != "any":
        kept &= grade_rank(topics["grade"]).le(GRADES.index(certainty))
    # Places of the themes as they first appear: sorting by them keeps topics of a theme together.
    place = pd.Series(pd.factorize(topics["theme"])[0], topics.index)[kept]
    rows = topics.loc[place.sort_values(kind="stable").index].reset_index(drop=True)
    if order == "theme":
        return rows
    by_distance = order_by_disagreement(matrix.loc[rows["topic_id"]]).index
    return rows.set_index("topic_id").loc[by_distance].reset_index()[list(topics.columns)]


def _shown(matrix: pd.DataFrame, show: str) -> list[str]:
    voices = matrix.ne(SILENT).sum(axis=1)
    if show == "spoken":
        return matrix.index[voices.ge(2)].tolist()
    if show == "clashes":
        return clash_topics(matrix)
    if show == "shared":
        return shared_topics(matrix)
    if show == "nobody":
        return matrix.index[voices.eq(0)].tolist()
    if show == "all":
        return matrix.index.tolist()
    raise ValueError(f"show is {show!r}; allowed are {', '.join(SHOWS)}")
