"""Where cellulite comes from, what running is said to do to it, and what trials found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from spotcheck.articles.evidence import GRADES
from spotcheck.articles.story import GRADE_WORDS
from spotcheck.wording import counted

LOOK = "dimples"
EFFECT_GLYPHS = {"raises": "↑", "lowers": "↓", "mixed": "◆", "unknown": "?", "not_seen": "–"}
EFFECT_WORDS = {
    "raises": "more",
    "lowers": "less",
    "mixed": "mixed",
    "unknown": "unknown",
    "not_seen": "not seen",
}
_EFFECT_SENTENCES = {
    "raises": "The studies say: more",
    "lowers": "The studies say: less",
    "mixed": "The studies are mixed",
    "unknown": "Nobody has tested it, as far as we know",
    "not_seen": "The studies speak against it",
}
UNCLEAR = ("mixed", "unknown")
ROLES: tuple[str, ...] = ("improved", "worsened", "before", "after")


class People(NamedTuple):
    """How the people of a trial fared.

    Attributes
    ----------
    improved, worsened : int
        As the source counts them.
    rest : int
        All others, by arithmetic.
    """

    improved: int
    worsened: int
    rest: int


def effect_of(claimed: str, evidence_direction: str) -> str:
    """What the studies say that one thing does to another.

    Parameters
    ----------
    claimed : {'raises', 'lowers'}
        What it is said to do.
    evidence_direction : {'supports', 'contradicts', 'mixed', 'unknown'}
        What the studies of the arrow's topic say of the claim.

    Returns
    -------
    {'raises', 'lowers', 'mixed', 'unknown', 'not_seen'}

    Raises
    ------
    ValueError
        If a word is none of these.

    Examples
    --------
    >>> effect_of("lowers", "supports"), effect_of("lowers", "mixed")
    ('lowers', 'mixed')
    """
    if claimed not in ("raises", "lowers"):
        raise ValueError(f"claimed is {claimed!r}; allowed are raises, lowers")
    says = {"supports": claimed, "contradicts": "not_seen", "mixed": "mixed", "unknown": "unknown"}
    if evidence_direction not in says:
        allowed = ", ".join(says)
        raise ValueError(f"evidence_direction is {evidence_direction!r}; allowed are {allowed}")
    return says[evidence_direction]


def graded_links(
    links: pd.DataFrame, nodes: pd.DataFrame, topics: pd.DataFrame, link_studies: pd.DataFrame
) -> pd.DataFrame:
    """Arrows of the diagram with the direction and the grade of their topics.

    Parameters
    ----------
    links : pandas.DataFrame
        Table of arrows with ``link_id``, ``lane``, ``from_node``, ``to_node``, ``topic_id`` and
        ``claimed_effect``.
    nodes : pandas.DataFrame
        Table of what the arrows join.
    topics : pandas.DataFrame
        Table of topics of a coding; a reader's grade reaches the arrows through it.
    link_studies : pandas.DataFrame
        Table of the studies behind the arrows.

    Returns
    -------
    pandas.DataFrame
        Rows of `links`, lane by lane and each from left to right, with ``from_label``,
        ``to_label``, ``from_stage``, ``effect``, ``grade`` and ``n_studies``.

    Raises
    ------
    ValueError
        If an arrow names a node or a topic that is not in its table.

    Examples
    --------
    >>> links = pd.DataFrame({"link_id": ["a"], "lane": [1], "from_node": ["fat"],
    ...     "to_node": ["dimples"], "topic_id": ["T18"], "claimed_effect": ["raises"]})
    >>> nodes = pd.DataFrame({"node_id": ["fat", "dimples"], "label": ["Fat", "Dimples"],
    ...                       "stage": ["tissue", "look"]})
    >>> topics = pd.DataFrame({"topic_id": ["T18"], "evidence_direction": ["supports"],
    ...                        "grade": ["low"]})
    >>> studies = pd.DataFrame({"link_id": ["a"], "study_id": ["x_1999"]})
    >>> row = graded_links(links, nodes, topics, studies).iloc[0]
    >>> row["effect"], row["grade"], int(row["n_studies"])
    ('raises', 'low', 1)
    """
    known = nodes.set_index("node_id")
    graded = topics.set_index("topic_id")
    strange = (set(links["from_node"]) | set(links["to_node"])) - set(known.index)
    strange |= set(links["topic_id"]) - set(graded.index)
    if strange:
        raise ValueError(f"arrows name {sorted(strange)}; allowed are nodes and topics")
    directions = links["topic_id"].map(graded["evidence_direction"])
    rows = links.assign(
        from_label=links["from_node"].map(known["label"]),
        to_label=links["to_node"].map(known["label"]),
        from_stage=links["from_node"].map(known["stage"]),
        grade=links["topic_id"].map(graded["grade"]),
        effect=[
            effect_of(claimed, direction)
            for claimed, direction in zip(links["claimed_effect"], directions, strict=True)
        ],
        n_studies=links["link_id"]
        .map(link_studies["link_id"].value_counts())
        .fillna(0)
        .astype(int),
    )
    is_last = rows["to_node"].eq(LOOK)
    order = rows.assign(is_last=is_last).sort_values(["lane", "is_last"], kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def finding(links: pd.DataFrame) -> str:
    """Title of the diagram: how sure the last step from running to fewer dimples is.

    Parameters
    ----------
    links : pandas.DataFrame
        Result of `graded_links`.

    Examples
    --------
    >>> finding(pd.DataFrame({"section": ["running"] * 2, "to_node": ["dimples"] * 2,
    ...                       "effect": ["mixed", "unknown"], "grade": ["very_low"] * 2}))
    'All two steps from running to fewer dimples are unclear, and their certainty is very low'
    """
    last = links[links["section"].eq("running") & links["to_node"].eq(LOOK)]
    n_unclear = int(last["effect"].isin(UNCLEAR).sum())
    if n_unclear == len(last):
        share, verb = f"All {counted(len(last))} steps", "are"
    else:
        share = f"{counted(n_unclear).capitalize()} of {counted(len(last))} steps"
        verb = "is" if n_unclear == 1 else "are"
    grades = [grade for grade in GRADES if last["grade"].eq(grade).any()]
    best, worst = GRADE_WORDS[grades[0]], GRADE_WORDS[grades[-1]]
    certainty = best if best == worst else f"{worst} to {best}"
    return (
        f"{share} from running to fewer dimples {verb} unclear, and their certainty is {certainty}"
    )


def link_words(link: Mapping[str, object]) -> str:
    """What an arrow says, as one sentence.

    Parameters
    ----------
    link : mapping
        Row of `graded_links`.

    Examples
    --------
    >>> link_words({"effect": "unknown", "grade": "very_low", "n_studies": 0})
    'Nobody has tested it, as far as we know. Certainty: very low; no study found.'
    """
    n = int(str(link["n_studies"]))
    found = f"{counted(n)} {'study' if n == 1 else 'studies'}" if n else "no study found"
    return (
        f"{_EFFECT_SENTENCES[str(link['effect'])]}. "
        f"Certainty: {GRADE_WORDS[str(link['grade'])]}; {found}."
    )


def trial_figures(figures: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    """Numbers of the trials with their values and status.

    Parameters
    ----------
    figures : pandas.DataFrame
        Table with ``study_id``, ``arm``, ``role`` and ``effect_id``.
    effects : pandas.DataFrame
        Table of effects.

    Returns
    -------
    pandas.DataFrame
        Rows of `figures` with ``value`` and ``status``.

    Raises
    ------
    ValueError
        If a role or an effect is unknown.

    Examples
    --------
    >>> figures = pd.DataFrame({"study_id": ["a"], "arm": ["Diet"], "role": ["improved"],
    ...                         "effect_id": ["a_e01"]})
    >>> effects = pd.DataFrame({"effect_id": ["a_e01"], "estimate": [17.0],
    ...                         "status": ["second_hand"]})
    >>> trial_figures(figures, effects)["value"].tolist()
    [17.0]
    """
    unknown = sorted(set(figures["role"]) - set(ROLES))
    if unknown:
        raise ValueError(f"role is {unknown}; allowed are {', '.join(ROLES)}")
    values = effects[["effect_id", "estimate", "status"]].rename(columns={"estimate": "value"})
    rows = figures.merge(values, on="effect_id", how="left")
    bad = rows.loc[rows["value"].isna(), "effect_id"].tolist()
    if bad:
        raise ValueError(f"effect_id is {bad}; allowed are effects with one number")
    return rows


def people(figures: pd.DataFrame, n: int) -> People:
    """How many improved, how many worsened, and the rest.

    Parameters
    ----------
    figures : pandas.DataFrame
        Rows of `trial_figures` of one trial.
    n : int
        People in it.

    Raises
    ------
    ValueError
        If more fared in some way than there were.

    Examples
    --------
    >>> people(pd.DataFrame({"role": ["improved", "worsened"], "value": [17.0, 9.0]}), 29)
    People(improved=17, worsened=9, rest=3)
    """
    counts = figures.set_index("role")["value"]
    improved, worsened = int(counts["improved"]), int(counts["worsened"])
    rest = n - improved - worsened
    if rest < 0:
        raise ValueError(f"n is {n}; allowed is {improved + worsened} or more")
    return People(improved, worsened, rest)


def severity_changes(figures: pd.DataFrame) -> pd.DataFrame:
    """Cellulite score of each group before and after.

    Parameters
    ----------
    figures : pandas.DataFrame
        Rows of `trial_figures` of one trial.

    Returns
    -------
    pandas.DataFrame
        One row a group in the order of the table: ``arm``, ``before``, ``after``.

    Examples
    --------
    >>> severity_changes(pd.DataFrame({"arm": ["Sham"] * 2, "role": ["before", "after"],
    ...                                "value": [10.0, 10.1]})).to_numpy().tolist()
    [['Sham', 10.0, 10.1]]
    """
    wide = figures.pivot(index="arm", columns="role", values="value")
    arms = figures["arm"].drop_duplicates()
    return wide.loc[arms, ["before", "after"]].reset_index().rename_axis(columns=None)
