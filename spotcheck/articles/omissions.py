"""What the articles leave out, and the number that a reader would have needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from spotcheck.wording import NBSP, counted, number

PRESENCES: tuple[str, ...] = ("present", "partly", "absent", "not_applicable")
PRESENCE_WORDS = {
    "present": "says it",
    "partly": "partly",
    "absent": "left out",
    "not_applicable": "not its subject",
}
_PRESENCE_SENTENCES = {
    "present": "says it",
    "partly": "says part of it",
    "absent": "leaves it out",
    "not_applicable": "has another subject",
}


class Source(NamedTuple):
    """A study, and what it says of an omission.

    Attributes
    ----------
    study_id, citation, status : str
        Out of the bibliography; ``status`` is the least sure of the study's and its numbers'.
    numbers : tuple of (str, str)
        Figure, and its words with braces where the figure goes; empty where we read no number.
    finding : str
        What the study found, in our words.
    """

    study_id: str
    citation: str
    status: str
    numbers: tuple[tuple[str, str], ...]
    finding: str


def presence_matrix(omissions: pd.DataFrame, omission_articles: pd.DataFrame) -> pd.DataFrame:
    """Omissions by articles, each cell a word for how much the article says.

    Parameters
    ----------
    omissions : pandas.DataFrame
        Table of omissions; ``omission_id`` gives the rows and their order.
    omission_articles : pandas.DataFrame
        Table with ``omission_id``, ``article_id`` and ``presence``.

    Returns
    -------
    pandas.DataFrame
        Index ``omission_id``, one column an article in alphabetical order.

    Raises
    ------
    ValueError
        If a presence is unknown or an omission lacks an article.

    Examples
    --------
    >>> omissions = pd.DataFrame({"omission_id": ["dose"]})
    >>> coded = pd.DataFrame({"omission_id": ["dose", "dose"], "article_id": ["A", "B"],
    ...                       "presence": ["absent", "partly"]})
    >>> presence_matrix(omissions, coded).loc["dose"].tolist()
    ['absent', 'partly']
    """
    unknown = sorted(set(omission_articles["presence"]) - set(PRESENCES))
    if unknown:
        raise ValueError(f"presence is {unknown}; allowed are {', '.join(PRESENCES)}")
    wide = omission_articles.pivot(index="omission_id", columns="article_id", values="presence")
    wide = wide.sort_index(axis=1).reindex(omissions["omission_id"])
    if wide.isna().to_numpy().any():
        missing = wide.index[wide.isna().any(axis=1)].tolist()
        raise ValueError(f"omission_id without a presence in every article: {', '.join(missing)}")
    return wide.rename_axis(columns=None).astype(object)


def left_out_by_all(presence: pd.DataFrame) -> list[str]:
    """Things that no article says anything of, though it is the subject of at least one.

    Parameters
    ----------
    presence : pandas.DataFrame
        Result of `presence_matrix`.

    Examples
    --------
    >>> presence = pd.DataFrame({"A": ["absent", "absent"], "B": ["partly", "not_applicable"]},
    ...                         index=["dose", "load"])
    >>> left_out_by_all(presence)
    ['load']
    """
    is_unsaid = presence.isin(["absent", "not_applicable"]).all(axis=1)
    return presence.index[is_unsaid & presence.eq("absent").any(axis=1)].tolist()


def finding(presence: pd.DataFrame) -> str:
    """Title of the picture: how many of the things no article says.

    Parameters
    ----------
    presence : pandas.DataFrame
        Result of `presence_matrix`.

    Examples
    --------
    >>> finding(pd.DataFrame({"A": ["absent", "absent"], "B": ["partly", "absent"]}))
    'One of two things that a reader needs stands in none of the articles'
    """
    n = len(left_out_by_all(presence))
    what = f"{counted(n).capitalize()} of {counted(len(presence))} things that a reader needs"
    return f"{what} {'stands' if n == 1 else 'stand'} in none of the articles"


def presence_sentence(article_id: str, presence: str, note: str = "") -> str:
    """What an article says of a thing, as a sentence.

    Examples
    --------
    >>> presence_sentence("B", "partly", "Genes only")
    'Article B says part of it: genes only.'
    >>> presence_sentence("A", "absent")
    'Article A leaves it out.'
    """
    more = f": {note[0].lower()}{note[1:]}" if note else ""
    return f"Article {article_id} {_PRESENCE_SENTENCES[presence]}{more}."


def figure_text(estimate: float) -> str:
    """Size of a number as its study prints it; the words beside it say which way it goes.

    Examples
    --------
    >>> figure_text(-0.52), figure_text(71.0), figure_text(-1170), figure_text(0)
    ('0.52', '71', '1,170', '0')
    """
    size = abs(float(estimate))
    decimals = len(f"{size:.6f}".rstrip("0").partition(".")[2])
    return number(size, decimals)


def sentence(figure: str, wording: str) -> str:
    r"""Words of a number with its figure in them, which no line break parts from its unit.

    Examples
    --------
    >>> sentence("28", "{} % is saved elsewhere")
    '28\xa0% is saved elsewhere'
    """
    return wording.replace("{} ", "{}" + NBSP, 1).format(figure)


def numbers(omission_effects: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    """The numbers that a reader needed, as their studies report them.

    Parameters
    ----------
    omission_effects : pandas.DataFrame
        Table with ``omission_id``, ``sequence``, ``effect_id`` and ``wording``.
    effects : pandas.DataFrame
        Table of effects.

    Returns
    -------
    pandas.DataFrame
        Rows of `omission_effects` in the order of their sequence, with ``figure``, ``study_id``
        and ``status``.

    Raises
    ------
    ValueError
        If an effect is unknown or gives a range in the place of one number.

    Examples
    --------
    >>> links = pd.DataFrame({"omission_id": ["dose"], "sequence": [1], "effect_id": ["a_e01"],
    ...                       "wording": ["{} kg lighter"]})
    >>> effects = pd.DataFrame({"effect_id": ["a_e01"], "study_id": ["a"], "estimate": [-2.79],
    ...                         "status": ["verified"]})
    >>> numbers(links, effects)[["figure", "study_id"]].to_numpy().tolist()
    [['2.79', 'a']]
    """
    columns = ["effect_id", "study_id", "estimate", "status"]
    rows = omission_effects.merge(effects[columns], on="effect_id", how="left")
    bad = rows.loc[rows["estimate"].isna(), "effect_id"].tolist()
    if bad:
        raise ValueError(f"effect_id is {bad}; allowed are effects with one number")
    rows = rows.sort_values(["omission_id", "sequence"], ignore_index=True)
    return rows.assign(figure=rows["estimate"].map(figure_text)).drop(columns="estimate")


def text_counts(omissions: pd.DataFrame, text_statistics: pd.DataFrame) -> dict[str, int]:
    """What was counted in the three texts together, for omissions that no study has to show.

    Parameters
    ----------
    omissions : pandas.DataFrame
        Table of omissions with ``metric``, empty where studies show why it matters.
    text_statistics : pandas.DataFrame
        Table of measures of the texts.

    Returns
    -------
    dict of str to int
        Sum over the articles, by omission.

    Examples
    --------
    >>> omissions = pd.DataFrame({"omission_id": ["dose", "numbers"], "metric": [None, "digits"]})
    >>> statistics = pd.DataFrame({"article_id": ["A", "B"], "metric": ["digits"] * 2,
    ...                            "value": [0.0, 2.0]})
    >>> text_counts(omissions, statistics)
    {'numbers': 2}
    """
    sums = text_statistics.groupby("metric")["value"].sum()
    counted_ones = omissions[omissions["metric"].notna()]
    return {
        str(row.omission_id): int(sums[row.metric])
        for row in counted_ones[["omission_id", "metric"]].itertuples()
    }


def sources(
    omission_studies: pd.DataFrame, needed: pd.DataFrame, studies: pd.DataFrame
) -> dict[str, list[Source]]:
    """The studies behind each omission, with their numbers.

    Parameters
    ----------
    omission_studies : pandas.DataFrame
        Table with ``omission_id`` and ``study_id``.
    needed : pandas.DataFrame
        Result of `numbers`.
    studies : pandas.DataFrame
        The bibliography.

    Returns
    -------
    dict of str to list of Source
        By omission; studies in the order of their first number, those without one last.

    Raises
    ------
    ValueError
        If a number comes from a study that is not linked to its omission.

    Examples
    --------
    >>> links = pd.DataFrame({"omission_id": ["dose"], "study_id": ["a"]})
    >>> needed = pd.DataFrame({"omission_id": ["dose"], "study_id": ["a"], "figure": ["2.79"],
    ...                        "wording": ["{} kg lighter"], "status": ["second_hand"]})
    >>> studies = pd.DataFrame({"study_id": ["a"], "citation": ["A 1999"],
    ...                         "status": ["verified"], "finding": ["Lighter."]})
    >>> sources(links, needed, studies)["dose"][0].status
    'second_hand'
    """
    linked = set(zip(omission_studies["omission_id"], omission_studies["study_id"], strict=True))
    used = list(dict.fromkeys(zip(needed["omission_id"], needed["study_id"], strict=True)))
    strange = [pair for pair in used if pair not in linked]
    if strange:
        raise ValueError(f"study_id is {strange[0][1]!r}; allowed are those of {strange[0][0]!r}")
    known = studies.set_index("study_id").to_dict("index")
    rows = dict(list(needed.groupby(["omission_id", "study_id"])))
    found: dict[str, list[Source]] = {}
    for omission_id, study_id in [*used, *sorted(linked - set(used))]:
        study, own = known[study_id], rows.get((omission_id, study_id))
        found.setdefault(omission_id, []).append(
            Source(
                study_id,
                study["citation"],
                _least_sure([study["status"], *([] if own is None else own["status"])]),
                () if own is None else tuple(zip(own["figure"], own["wording"], strict=True)),
                study["finding"],
            )
        )
    return found


def _least_sure(statuses: Sequence[str]) -> str:
    return max(statuses, key=("verified", "second_hand", "from_memory").index)
