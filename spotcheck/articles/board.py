"""The evidence board: what each study says of each topic, how large it is and of which design."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from spotcheck.articles.evidence import DIRECTIONS
from spotcheck.articles.story import DIRECTION_WORDS, studies_counted
from spotcheck.wording import NBSP, counted, doi_url

FAMILY_WORDS = {
    "systematic": "Meta-analysis or systematic review",
    "trial": "Randomised or controlled trial",
    "cohort": "Cohort or registry",
    "before_after": "Before-after or cross-sectional",
    "laboratory": "Laboratory, animals or model",
    "review": "Other review or guideline",
}
_STRONG = {"systematic": "Meta-analyses and systematic reviews", "trial": "Trials"}
FAMILIES: tuple[str, ...] = tuple(FAMILY_WORDS)
STATUS_WORDS = {
    "verified": "seen by us",
    "second_hand": "second-hand",
    "from_memory": "not verified",
}


def board_rows(
    evidence_links: pd.DataFrame,
    studies: pd.DataFrame,
    study_designs: pd.DataFrame,
    topics: pd.DataFrame,
) -> pd.DataFrame:
    """What every study says of every one of these topics.

    A study that speaks to three topics has three rows, for it can be for one and against another.

    Parameters
    ----------
    evidence_links : pandas.DataFrame
        Table of links.
    studies : pandas.DataFrame
        The bibliography.
    study_designs : pandas.DataFrame
        Family of each design; a design that is not in it counts as ``review``, the last family.
    topics : pandas.DataFrame
        Table of topics, or those of its rows that a reader wants to see.

    Returns
    -------
    pandas.DataFrame
        ``topic_id``, ``short_label``, ``study_id``, ``direction``, ``family`` and the columns of
        the study, in the order of the links.

    Raises
    ------
    ValueError
        If a linked study is not in `studies`.

    Examples
    --------
    >>> links = pd.DataFrame({"topic_id": ["T01"], "study_id": ["a_1999"],
    ...                       "direction": ["mixed"]})
    >>> studies = pd.DataFrame({"study_id": ["a_1999"], "design": ["cohort"]})
    >>> designs = pd.DataFrame({"design": ["cohort"], "family": ["cohort"]})
    >>> topics = pd.DataFrame({"topic_id": ["T01"], "short_label": ["Heart"]})
    >>> board_rows(links, studies, designs, topics)[["short_label", "family"]].iloc[0].tolist()
    ['Heart', 'cohort']
    """
    links = evidence_links[evidence_links["topic_id"].isin(topics["topic_id"])]
    absent = sorted(set(links["study_id"]) - set(studies["study_id"]))
    if absent:
        raise ValueError(f"study_id not in the bibliography: {', '.join(absent)}")
    rows = links[["topic_id", "study_id", "direction"]].merge(studies, on="study_id")
    rows = rows.merge(topics[["topic_id", "short_label"]], on="topic_id")
    family = dict(zip(study_designs["design"], study_designs["family"], strict=True))
    return rows.assign(family=[family.get(design, FAMILIES[-1]) for design in rows["design"]])


def direction_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Number of rows of the board by direction, and of all.

    Examples
    --------
    >>> direction_counts(pd.DataFrame({"direction": ["mixed", "supports", "mixed"]}))
    {'supports': 1, 'contradicts': 0, 'mixed': 2, 'total': 3}
    """
    counts = rows["direction"].value_counts()
    return {one: int(counts.get(one, 0)) for one in DIRECTIONS} | {"total": len(rows)}


def finding(rows: pd.DataFrame) -> str:
    r"""Title of the board: how many studies are for, against and mixed.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of `board_rows`, for one topic or for several.

    Examples
    --------
    >>> finding(pd.DataFrame({"topic_id": ["T01", "T02", "T02"], "study_id": ["a", "a", "b"],
    ...                       "direction": ["mixed", "supports", "supports"]}))
    '2\xa0studies, 3\xa0findings: 2\xa0for, 1\xa0mixed'
    """
    if len(rows["topic_id"].drop_duplicates()) <= 1:
        return studies_counted(direction_counts(rows))
    n_studies = rows["study_id"].nunique()
    noun = "study" if n_studies == 1 else "studies"
    return f"{n_studies}{NBSP}{noun}, {len(rows)}{NBSP}findings: {_directions(rows)}"


def strongest_sentence(rows: pd.DataFrame) -> str:
    r"""What is left of the counts when only the strong designs are taken.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of `board_rows`.

    Examples
    --------
    >>> strongest_sentence(pd.DataFrame({"family": ["trial", "cohort", "trial"],
    ...                                  "direction": ["mixed", "supports", "supports"]}))
    'Trials alone: 1\xa0for, 1\xa0mixed.'
    """
    parts = [
        f"{noun} alone: {_directions(some)}."
        for family, noun in _STRONG.items()
        for some in [rows[rows["family"].eq(family)]]
        if not some.empty
    ]
    return " ".join(parts) or "None is a trial, a meta-analysis or a systematic review."


def _directions(rows: pd.DataFrame) -> str:
    counts = direction_counts(rows)
    return ", ".join(
        f"{counts[one]}{NBSP}{DIRECTION_WORDS[one]}" for one in DIRECTIONS if counts[one]
    )


def unseen_sentence(rows: pd.DataFrame) -> str:
    """How many studies were not seen by us in any text, which the board draws hollow.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of `board_rows`.

    Examples
    --------
    >>> unseen_sentence(pd.DataFrame({"study_id": ["a", "a", "b"],
    ...                               "status": ["from_memory", "from_memory", "verified"]}))
    'One study is hollow: we have it second-hand or from memory.'
    """
    n = rows.loc[rows["status"].ne("verified"), "study_id"].nunique()
    if not n:
        return "We have seen an abstract or a record of every study here."
    text = counted(n)
    return (
        f"{text[0].upper()}{text[1:]} {'study is' if n == 1 else 'studies are'} hollow: we have "
        f"{'it' if n == 1 else 'them'} second-hand or from memory."
    )


def board_table(rows: pd.DataFrame, directions: Sequence[str] = DIRECTIONS) -> pd.DataFrame:
    """Rows of the board in words, with links: for, against, mixed, the largest first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of `board_rows`.
    directions : sequence of str, optional
        Order of the directions.
    """
    order = rows["direction"].map({one: at for at, one in enumerate(directions)})
    ordered = rows.assign(_at=order, _n=-rows["n"].astype(float)).sort_values(
        ["_at", "_n", "study_id"], na_position="last", kind="stable"
    )
    return pd.DataFrame(
        {
            "study": ordered["citation"],
            "link": [
                doi_url(row.doi) if row.doi_status == "seen" else row.url
                for row in ordered.itertuples()
            ],
            "direction": ordered["direction"].map(DIRECTION_WORDS),
            "topic": ordered["short_label"],
            "finding": ordered["finding"],
            "n": ordered["n"],
            "n_note": ordered["n_note"],
            "design": ordered["design"],
            "family": ordered["family"].map(FAMILY_WORDS),
            "seen": ordered["status"].map(STATUS_WORDS),
        }
    )
