"""What each article says of each topic, and where the articles meet or clash."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import pandas as pd

SILENT = "silent"
STANCE_VALUES: dict[str, float] = {"supports": 1.0, "qualifies": 0.5, "contradicts": -1.0}
STANCES: tuple[str, ...] = (*STANCE_VALUES, SILENT)

_UNANIMOUS = ("none", "one", "agree")

Relation = Literal["agree", "partly", "contradict"]
RELATIONS: tuple[Relation, ...] = ("agree", "partly", "contradict")
CLOSENESS: tuple[str, ...] = ("contradict", "partly", "agree", "one", "none")


@dataclass(frozen=True)
class HeadlineCounts:
    """Numbers of topics for the headline of the comparison.

    Attributes
    ----------
    topics : int
        All topics.
    addressed_by_all : int
        Topics on which every article speaks.
    addressed_by_none : int
        Topics on which every article is silent.
    agreed_by_all : int
        Topics on which every article takes the same stance.
    contradicted : int
        Topics on which at least one article contradicts another.
    """

    topics: int
    addressed_by_all: int
    addressed_by_none: int
    agreed_by_all: int
    contradicted: int


def relation_of(stance: str, other: str) -> Relation | None:
    """How two stances on one topic relate.

    Parameters
    ----------
    stance, other : str
        Stance words: supports, qualifies, contradicts or silent.

    Returns
    -------
    {'agree', 'partly', 'contradict'} or None
        Same word agrees; same sign of the stance value is partly; opposite
        sign contradicts; None when either is silent.

    Raises
    ------
    ValueError
        If a word is not a stance.

    Examples
    --------
    >>> relation_of("supports", "qualifies")
    'partly'
    >>> relation_of("qualifies", "contradicts")
    'contradict'
    >>> relation_of("supports", "silent") is None
    True
    """
    for word in (stance, other):
        if word not in STANCES:
            raise ValueError(f"stance is {word!r}; allowed are {', '.join(STANCES)}")
    if SILENT in (stance, other):
        return None
    if stance == other:
        return "agree"
    return "partly" if STANCE_VALUES[stance] * STANCE_VALUES[other] > 0 else "contradict"


def stance_matrix(
    topics: pd.DataFrame, stances: pd.DataFrame, *, lenient: bool = True
) -> pd.DataFrame:
    """Topics by articles, each cell a stance word.

    Parameters
    ----------
    topics : pandas.DataFrame
        Table of topics; ``topic_id`` gives the rows and their order.
    stances : pandas.DataFrame
        Table of stances with ``topic_id``, ``article_id``, ``stance`` and
        ``qualifier``.
    lenient : bool, default True
        Whether a stance that is only implied counts; if False an implicit
        stance is read as silent.

    Returns
    -------
    pandas.DataFrame
        Index ``topic_id``, one column an article in alphabetical order.

    Raises
    ------
    ValueError
        If a stance word is unknown, a topic has no stance of an article, or
        has two of one article.

    Examples
    --------
    >>> topics = pd.DataFrame({"topic_id": ["T01", "T02"]})
    >>> stances = pd.DataFrame({
    ...     "topic_id": ["T01", "T01", "T02", "T02"],
    ...     "article_id": ["A", "B", "A", "B"],
    ...     "stance": ["supports", "contradicts", "supports", "silent"],
    ...     "qualifier": ["implicit", "explicit", "explicit", None]})
    >>> stance_matrix(topics, stances).loc["T01"].tolist()
    ['supports', 'contradicts']
    >>> stance_matrix(topics, stances, lenient=False).loc["T01"].tolist()
    ['silent', 'contradicts']
    """
    wide = _wide(stances, lenient).reindex(topics["topic_id"])
    if wide.isna().to_numpy().any():
        missing = wide.index[wide.isna().any(axis=1)].tolist()
        raise ValueError(f"topics without a stance of every article: {', '.join(missing)}")
    return wide


def pairwise_agreement(stances: pd.DataFrame, lenient: bool = True) -> pd.DataFrame:
    """Count agreement, part agreement and contradiction for each pair of articles.

    Parameters
    ----------
    stances : pandas.DataFrame
        Table of stances.
    lenient : bool, default True
        Whether implied stances count.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``pair`` ("A-B"), ``article_a``, ``article_b``,
        ``both_speak``, ``agree``, ``partly``, ``contradict`` (numbers of
        topics). With few shared topics these are counts to show, not to
        correlate.

    Raises
    ------
    ValueError
        If a stance word is unknown.

    Examples
    --------
    >>> stances = pd.DataFrame({
    ...     "topic_id": ["T01", "T01", "T02", "T02"],
    ...     "article_id": ["A", "B", "A", "B"],
    ...     "stance": ["supports", "contradicts", "supports", "supports"],
    ...     "qualifier": ["implicit", "explicit", "explicit", "explicit"]})
    >>> counts = ["both_speak", "agree", "partly", "contradict"]
    >>> pairwise_agreement(stances)[counts].to_numpy().tolist()
    [[2, 1, 0, 1]]
    >>> pairwise_agreement(stances, lenient=False)[counts].to_numpy().tolist()
    [[1, 1, 0, 0]]
    """
    return _pairs(_wide(stances, lenient))


def implied_effect(lenient: pd.DataFrame, strict: pd.DataFrame) -> pd.DataFrame:
    """Counts of the pairs of articles that implied stances change.

    Parameters
    ----------
    lenient, strict : pandas.DataFrame
        Results of `stance_matrix` for the same topics, with implied stances and without.

    Returns
    -------
    pandas.DataFrame
        One row a changed count of `pairwise_agreement`, contradictions first: ``article_a``,
        ``article_b``, ``relation`` (contradict, partly or agree), and the numbers of topics
        ``lenient`` and ``strict``.

    Examples
    --------
    >>> lenient = pd.DataFrame({"A": ["supports"], "B": ["contradicts"]}, index=["T01"])
    >>> implied_effect(lenient, lenient.assign(A="silent")).to_numpy().tolist()
    [['A', 'B', 'contradict', 1, 0]]
    """
    with_, without = (_pairs(one).to_dict("records") for one in (lenient, strict))
    rows = [
        (pair["article_a"], pair["article_b"], relation, pair[relation], other[relation])
        for relation in reversed(RELATIONS)
        for pair, other in zip(with_, without, strict=True)
        if pair[relation] != other[relation]
    ]
    return pd.DataFrame(rows, columns=["article_a", "article_b", "relation", "lenient", "strict"])


def shared_topics(matrix: pd.DataFrame) -> list[str]:
    """Topics on which every article speaks.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`.

    Returns
    -------
    list of str
        Topic ids in the order of the matrix.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports", "silent"], "B": ["qualifies", "supports"]},
    ...                       index=["T01", "T02"])
    >>> shared_topics(matrix)
    ['T01']
    """
    return _ids(_speaks(matrix).all(axis=1))


def agreed_topics(matrix: pd.DataFrame) -> list[str]:
    """Topics on which every article takes the same stance.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`.

    Returns
    -------
    list of str
        Topic ids in the order of the matrix.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports", "silent"], "B": ["supports", "silent"]},
    ...                       index=["T01", "T02"])
    >>> agreed_topics(matrix)
    ['T01']
    """
    return _ids(_speaks(matrix).all(axis=1) & matrix.nunique(axis=1).eq(1))


def clash_topics(matrix: pd.DataFrame) -> list[str]:
    """Topics on which at least one article contradicts another.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`.

    Returns
    -------
    list of str
        Topic ids in the order of the matrix.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports", "silent"], "B": ["contradicts"] * 2},
    ...                       index=["T01", "T02"])
    >>> clash_topics(matrix)
    ['T01']
    """
    values = _values(matrix)
    return _ids(values.gt(0).any(axis=1) & values.lt(0).any(axis=1))


def disagreement_score(matrix: pd.DataFrame) -> pd.Series:
    """How far apart the articles stand on each topic.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`.

    Returns
    -------
    pandas.Series
        Largest minus smallest stance value among the articles that speak,
        from 0 (one voice, or fewer than two speak) to 2 (supports against
        contradicts); index ``topic_id``.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports", "silent"], "B": ["qualifies", "supports"]},
    ...                       index=["T01", "T02"])
    >>> disagreement_score(matrix).tolist()
    [0.5, 0.0]
    """
    values = _values(matrix)
    return (values.max(axis=1) - values.min(axis=1)).fillna(0.0).rename("disagreement")


def order_by_disagreement(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix with the widest disagreement first.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`.

    Returns
    -------
    pandas.DataFrame
        Same rows, by disagreement, then by number of articles that speak;
        ties keep their order.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports", "supports"], "B": ["supports", "contradicts"]},
    ...                       index=["T01", "T02"])
    >>> order_by_disagreement(matrix).index.tolist()
    ['T02', 'T01']
    """
    keys = pd.DataFrame(
        {"score": disagreement_score(matrix), "voices": _speaks(matrix).sum(axis=1)}
    )
    return matrix.loc[keys.sort_values(["score", "voices"], ascending=False, kind="stable").index]


def closeness(matrix: pd.DataFrame) -> pd.Series:
    """How close the articles stand on each topic, in one word.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`.

    Returns
    -------
    pandas.Series
        ``contradict`` where at least two stances are opposite, ``partly`` where they differ in
        degree, ``agree`` where all that speak say the same, ``one`` or ``none`` where fewer than
        two speak; index ``topic_id``.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports", "silent"], "B": ["qualifies", "supports"]},
    ...                       index=["T01", "T02"])
    >>> closeness(matrix).tolist()
    ['partly', 'one']
    """
    score, voices = disagreement_score(matrix), _speaks(matrix).sum(axis=1)
    words = [
        "contradict" if apart > 1 else "partly" if apart else _UNANIMOUS[min(n, 2)]
        for apart, n in zip(score, voices, strict=True)
    ]
    return pd.Series(words, matrix.index, name="closeness", dtype=object)


def headline_counts(
    topics: pd.DataFrame, stances: pd.DataFrame, lenient: bool = True
) -> HeadlineCounts:
    """Count the topics that all, none or opposing articles address.

    Parameters
    ----------
    topics, stances : pandas.DataFrame
        The two tables.
    lenient : bool, default True
        Whether implied stances count.

    Returns
    -------
    HeadlineCounts
        Numbers of topics.

    Raises
    ------
    ValueError
        As `stance_matrix`.

    Examples
    --------
    >>> topics = pd.DataFrame({"topic_id": ["T01"]})
    >>> stances = pd.DataFrame({
    ...     "topic_id": ["T01", "T01"], "article_id": ["A", "B"],
    ...     "stance": ["supports", "contradicts"], "qualifier": ["explicit", "explicit"]})
    >>> headline_counts(topics, stances).contradicted
    1
    """
    return counts_of(stance_matrix(topics, stances, lenient=lenient))


def counts_of(matrix: pd.DataFrame) -> HeadlineCounts:
    """Count the topics of a matrix that all, none or opposing articles address.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Result of `stance_matrix`, or some of its rows.

    Returns
    -------
    HeadlineCounts
        Numbers of topics.

    Examples
    --------
    >>> counts = counts_of(pd.DataFrame({"A": ["supports"], "B": ["contradicts"]}, index=["T01"]))
    >>> counts.agreed_by_all, counts.contradicted
    (0, 1)
    """
    return HeadlineCounts(
        topics=len(matrix),
        addressed_by_all=len(shared_topics(matrix)),
        addressed_by_none=int((~_speaks(matrix).any(axis=1)).sum()),
        agreed_by_all=len(agreed_topics(matrix)),
        contradicted=len(clash_topics(matrix)),
    )


def _wide(stances: pd.DataFrame, lenient: bool) -> pd.DataFrame:
    unknown = set(stances["stance"]) - set(STANCES)
    if unknown:
        raise ValueError(f"stance is {sorted(unknown)}; allowed are {', '.join(STANCES)}")
    counted = stances
    if not lenient:
        implied = stances["qualifier"].eq("implicit")
        counted = stances.assign(stance=stances["stance"].mask(implied, SILENT))
    twice = stances.duplicated(["topic_id", "article_id"])
    if twice.any():
        raise ValueError(
            f"topic_id with two stances of one article: {stances.loc[twice, 'topic_id'].iloc[0]}"
        )
    wide = counted.set_index(["topic_id", "article_id"])["stance"].unstack()
    return wide.sort_index(axis=1).rename_axis(columns=None).astype(object)


def _pairs(matrix: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for a, b in combinations(matrix.columns, 2):
        relations = [relation_of(x, y) for x, y in zip(matrix[a], matrix[b], strict=True)]
        counts: dict[str, int] = {name: relations.count(name) for name in RELATIONS}
        rows.append(
            {
                "pair": f"{a}-{b}",
                "article_a": a,
                "article_b": b,
                "both_speak": sum(counts.values()),
                **counts,
            }
        )
    return pd.DataFrame(rows)


def _speaks(matrix: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({article: matrix[article].ne(SILENT) for article in matrix.columns})


def _values(matrix: pd.DataFrame) -> pd.DataFrame:
    values = {
        article: [STANCE_VALUES.get(word, math.nan) for word in matrix[article]]
        for article in matrix.columns
    }
    return pd.DataFrame(values, matrix.index, dtype=float)


def _ids(mask: pd.Series) -> list[str]:
    return [str(topic_id) for topic_id in mask.index[mask]]
