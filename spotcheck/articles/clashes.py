"""Where articles clash with each other or with themselves, and where one helps another.

Whether a clash is there is read off the stances in force, so a reader's own coding makes and
unmakes cards; what stands on a card of ours comes from the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from spotcheck.articles.claims import claims_by_topic
from spotcheck.articles.coding import READER, Coding
from spotcheck.articles.evidence import studies_for_topic
from spotcheck.articles.stances import SILENT, relation_of
from spotcheck.wording import counted

CONTRADICTS, TENSION, TRANSFERS = "contradicts", "internal_tension", "transfers"
MOST_STUDIES = 3
_TIMES = {1: "once", 2: "twice"}


class Clash(NamedTuple):
    """Key of a card.

    Attributes
    ----------
    kind : {"contradicts", "internal_tension", "transfers"}
        Two articles against each other, one against itself, or one that serves another.
    topic_id : str
        Topic on which they meet.
    article_a, article_b : str
        The articles; in transfers the first one's advice serves the second one's aim.
    """

    kind: str
    topic_id: str
    article_a: str
    article_b: str


@dataclass(frozen=True)
class Card:
    """What stands on a card.

    Attributes
    ----------
    clash : Clash
        Its key.
    claims : tuple of tuple of str
        Ids of the claims of each side, the first article's first; empty where it has none.
    so_what : str
        What follows for a reader; the reason for the topic's grade where nobody wrote one.
    note : str
        How the claims relate, for tensions and transfers.
    study_ids : tuple of str
        Telling studies of the topic.
    is_yours : bool
        Whether a stance behind it is the reader's own.
    """

    clash: Clash
    claims: tuple[tuple[str, ...], tuple[str, ...]]
    so_what: str
    note: str
    study_ids: tuple[str, ...]
    is_yours: bool


@dataclass(frozen=True)
class CardTables:
    """Tables out of which cards are made.

    Attributes
    ----------
    relations, stance_claims, evidence_links, studies : DataFrame
        ``claim_relations``, and the tables of these names.
    cards, card_studies : DataFrame
        ``clash_cards`` and ``clash_studies``.
    """

    relations: pd.DataFrame
    stance_claims: pd.DataFrame
    evidence_links: pd.DataFrame
    studies: pd.DataFrame
    cards: pd.DataFrame
    card_studies: pd.DataFrame


def contradictions(matrix: pd.DataFrame) -> list[Clash]:
    """Every topic and pair of articles that contradict each other on it.

    Parameters
    ----------
    matrix : DataFrame
        Topics by articles, each cell a stance word.

    Returns
    -------
    list of Clash
        Topics in the order of the matrix, pairs in alphabetical order.

    Raises
    ------
    ValueError
        If a word is not a stance.

    Examples
    --------
    >>> matrix = pd.DataFrame({"A": ["supports"], "B": ["contradicts"], "C": ["qualifies"]},
    ...                       index=["T01"])
    >>> [(one.article_a, one.article_b) for one in contradictions(matrix)]
    [('A', 'B'), ('B', 'C')]
    """
    articles = sorted(matrix.columns)
    stances = {article: matrix[article].tolist() for article in articles}
    return [
        Clash(CONTRADICTS, str(topic_id), one, other)
        for place, topic_id in enumerate(matrix.index)
        for one, other in combinations(articles, 2)
        if relation_of(stances[one][place], stances[other][place]) == "contradict"
    ]


def tensions(matrix: pd.DataFrame, claims: pd.DataFrame, relations: pd.DataFrame) -> list[Clash]:
    """Topics on which an article is in tension with itself.

    Parameters
    ----------
    matrix : DataFrame
        Topics by articles, each cell a stance word.
    claims, relations : DataFrame
        The tables ``claims`` and ``claim_relations``.

    Returns
    -------
    list of Clash
        One a topic and article, as long as the coding gives the article the stance that its claim
        on the topic takes: without it the tension is gone.
    """
    known = claims.set_index("claim_id")
    found = []
    for row in _of_kind(relations, TENSION).itertuples():
        if row.topic_id not in matrix.index:
            continue
        article = known["article_id"][row.claim_a]
        own = [one for one in (row.claim_a, row.claim_b) if known["topic_id"][one] == row.topic_id]
        stance = str(matrix[article][row.topic_id])
        said = {relation_of(stance, known["stance_to_topic"][one]) for one in own}
        if said & {"agree", "partly"}:
            found.append(Clash(TENSION, row.topic_id, article, article))
    return list(dict.fromkeys(found))


def transfers(topic_ids: pd.Index, claims: pd.DataFrame, relations: pd.DataFrame) -> list[Clash]:
    """Topics on which one article's advice serves what another wants.

    Parameters
    ----------
    topic_ids : Index
        Topics on show.
    claims, relations : DataFrame
        The tables ``claims`` and ``claim_relations``.

    Returns
    -------
    list of Clash
    """
    article = claims.set_index("claim_id")["article_id"]
    rows = _of_kind(relations, TRANSFERS)
    rows = rows[rows["topic_id"].isin(topic_ids)]
    found = [
        Clash(TRANSFERS, row.topic_id, article[row.claim_a], article[row.claim_b])
        for row in rows.itertuples()
    ]
    return list(dict.fromkeys(found))


def cards(coding: Coding, matrix: pd.DataFrame, made_of: CardTables) -> list[Card]:
    """Every card of a coding.

    Parameters
    ----------
    coding : Coding
        Coding in force.
    matrix : DataFrame
        Its stances, limited to the topics on show.
    made_of : CardTables
        The tables.

    Returns
    -------
    list of Card
        Contradictions, then tensions, then transfers, each in the order of the matrix.
    """
    found = [
        *contradictions(matrix),
        *tensions(matrix, coding.claims, made_of.relations),
        *transfers(matrix.index, coding.claims, made_of.relations),
    ]
    return [_card(clash, coding, made_of) for clash in found]


def finding(clashes: list[Clash]) -> str:
    """How often articles contradict each other, as a heading.

    Parameters
    ----------
    clashes : list of Clash
        Result of :func:`contradictions`.

    Examples
    --------
    >>> finding([Clash("contradicts", "T01", "A", "B"), Clash("contradicts", "T06", "A", "B")])
    'Two articles contradict each other twice, on two topics'
    >>> finding([Clash("contradicts", "T01", "A", "B")])
    'Two articles contradict each other once, on one topic'
    """
    n, topics = len(clashes), len({one.topic_id for one in clashes})
    times = _TIMES.get(n, f"{counted(n)} times")
    return (
        f"Two articles contradict each other {times}, "
        f"on {counted(topics)} topic{'' if topics == 1 else 's'}"
    )


def strictness(matrices: dict[bool, pd.DataFrame], lenient: bool) -> str:
    """What the other way of counting implied stances would give.

    Parameters
    ----------
    matrices : dict of bool to DataFrame
        Stances with what is only implied (True) and without it (False).
    lenient : bool
        Which of them is in force.

    Examples
    --------
    >>> with_it = pd.DataFrame({"A": ["supports"], "B": ["contradicts"]}, index=["T01"])
    >>> without = pd.DataFrame({"A": ["silent"], "B": ["contradicts"]}, index=["T01"])
    >>> strictness({True: with_it, False: without}, True)
    'Counted with what an article only implies; without it: none.'
    """
    other = counted(len(contradictions(matrices[not lenient])))
    if lenient:
        return f"Counted with what an article only implies; without it: {other}."
    return f"Counted without what an article only implies; with it: {other}."


def marks(matrix: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Where each article stands on the topics of the matrix, for a picture.

    Parameters
    ----------
    matrix : DataFrame
        Topics by articles, each cell a stance word.
    topics : DataFrame
        Table of topics.

    Returns
    -------
    DataFrame
        One row a topic and article that speaks: ``topic_id``, ``short_label``,
        ``evidence_direction``, ``article_id`` and ``stance``; topics in the order of the matrix.
    """
    words = topics.set_index("topic_id")[["short_label", "evidence_direction"]]
    rows = [
        (str(topic_id), *words.loc[topic_id], article, stance)
        for topic_id, stances in zip(matrix.index, matrix.to_dict("records"), strict=True)
        for article, stance in stances.items()
        if stance != SILENT
    ]
    columns = ["topic_id", "short_label", "evidence_direction", "article_id", "stance"]
    return pd.DataFrame(rows, columns=columns)


def _card(clash: Clash, coding: Coding, made_of: CardTables) -> Card:
    ours = _rows(made_of.cards, clash)
    studies = _rows(made_of.card_studies, clash).sort_values("sequence")["study_id"]
    if ours.empty:
        topic = coding.topics.set_index("topic_id").loc[clash.topic_id]
        so_what, study_ids = str(topic["grade_reason"]), _telling(clash.topic_id, made_of)
    else:
        so_what, study_ids = str(ours["so_what"].iloc[0]), tuple(studies)
    related = list(_related(clash, coding.claims, made_of.relations))
    return Card(
        clash,
        _sides(clash, related, coding, made_of.stance_claims),
        so_what,
        "" if clash.kind == CONTRADICTS else " ".join(f"{note}." for _, _, note in related),
        study_ids,
        _is_yours(clash, coding.stances),
    )


def _related(
    clash: Clash, claims: pd.DataFrame, relations: pd.DataFrame
) -> Iterator[tuple[str, str, str]]:
    """Claims of each side that the table relates on this card, and its note."""
    article = claims.set_index("claim_id")["article_id"]
    rows = _of_kind(relations, clash.kind)
    for row in rows[rows["topic_id"].eq(clash.topic_id)].itertuples():
        pair = (article[row.claim_a], article[row.claim_b])
        if pair == (clash.article_a, clash.article_b):
            yield row.claim_a, row.claim_b, row.note
        elif clash.kind == CONTRADICTS and pair == (clash.article_b, clash.article_a):
            yield row.claim_b, row.claim_a, row.note


def _sides(
    clash: Clash,
    related: list[tuple[str, str, str]],
    coding: Coding,
    stance_claims: pd.DataFrame,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Claims of both sides: those related to each other, else all on the topic."""
    if related:
        one, other = (tuple(sorted({row[side] for row in related})) for side in (0, 1))
        return one, other
    on_topic = claims_by_topic(coding.claims, clash.topic_id, stance_claims)
    one, other = (
        tuple(on_topic[article]["claim_id"]) for article in (clash.article_a, clash.article_b)
    )
    return one, other


def _telling(topic_id: str, made_of: CardTables) -> tuple[str, ...]:
    """Studies of a topic by rule: the largest seen one of each direction, then the next largest."""
    rows = studies_for_topic(made_of.evidence_links, made_of.studies, topic_id)
    rows = rows.assign(unseen=rows["status"].ne("verified"), size=rows["n"].astype(float).fillna(0))
    rows = rows.sort_values(["unseen", "size"], ascending=[True, False], kind="stable")
    first = rows.drop_duplicates("direction")
    rest = rows[~rows["study_id"].isin(first["study_id"])]
    return tuple(pd.concat([first, rest])["study_id"][:MOST_STUDIES])


def _is_yours(clash: Clash, stances: pd.DataFrame) -> bool:
    behind = stances["topic_id"].eq(clash.topic_id) & stances["article_id"].isin(
        [clash.article_a, clash.article_b]
    )
    return clash.kind != TRANSFERS and bool(stances.loc[behind, "coded_by"].eq(READER).any())


def _rows(table: pd.DataFrame, clash: Clash) -> pd.DataFrame:
    is_own = pd.Series(True, index=table.index)
    for name, value in clash._asdict().items():
        is_own &= table[name].eq(value)
    return table[is_own]


def _of_kind(relations: pd.DataFrame, kind: str) -> pd.DataFrame:
    return relations[relations["relation"].eq(kind)]
