"""Reporting checklists: what each item gives an article, and what stands behind a total.

A total alone hides more than it says: two texts can reach the same one for opposite reasons. So
every total comes out of the items, and the sentence that names it also says why.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations
from typing import Any, Final, Literal

import pandas as pd

from spotcheck.wording import NBSP, counted, joined, number

Scale = Literal["letters", "marks", "points"]

MET_WORDS: Final = {
    "M": "fully met",
    "P": "partly met",
    "N": "not met",
    "–": "does not apply here",
}
"""Letters of a grid and what they mean."""

_MOST_GAPS = 2


def scored_items(items: pd.DataFrame, scores: pd.DataFrame, tool: str) -> pd.DataFrame:
    """Every item of a checklist for every article, with how far it is met.

    Parameters
    ----------
    items, scores : DataFrame
        Tables ``quality_items`` and ``quality_scores``.
    tool : str
        Code of a checklist.

    Returns
    -------
    DataFrame
        One row an item and article, in this order: the columns of both tables, ``met`` (share of
        the way from the lowest to the highest score, missing where the item does not apply),
        ``letter`` (a key of `MET_WORDS`), ``cell`` (what the grid shows) and ``said`` (the same in
        words).

    Raises
    ------
    ValueError
        If there is no such checklist.

    Examples
    --------
    >>> items = pd.DataFrame({"tool": "t", "item_no": [1], "item": ["Tone"], "raw_min": [0],
    ...     "raw_max": [2], "weight": [3], "max_score": [6]})
    >>> scores = pd.DataFrame({"tool": "t", "item_no": 1, "article_id": ["A", "B"],
    ...     "is_applicable": True, "score": [0, 3], "reason": ["Firm", "Mixed"]})
    >>> scored_items(items, scores, "t")[["met", "cell", "said"]].to_numpy().tolist()
    [[0.0, 'N 0/6', 'not met, 0 of 6 points'], [0.5, 'P 3/6', 'partly met, 3 of 6 points']]
    """
    chosen = items[items["tool"].eq(tool)]
    if chosen.empty:
        allowed = ", ".join(items["tool"].drop_duplicates())
        raise ValueError(f"tool is {tool!r}; allowed are {allowed}")
    rows = chosen.merge(scores, on=["tool", "item_no"]).sort_values(["item_no", "article_id"])
    lowest = rows["raw_min"] * rows["weight"]
    rows["met"] = (rows["score"] - lowest).astype(float) / (rows["max_score"] - lowest)
    records, scale = rows.to_dict("records"), scale_of(chosen)
    rows["letter"] = [_letter(row) for row in records]
    records = rows.to_dict("records")
    rows["cell"] = [_cell(row, scale) for row in records]
    rows["said"] = [_said(row, scale) for row in records]
    return rows.reset_index(drop=True)


def scale_of(items: pd.DataFrame) -> Scale:
    """How the items of one checklist are scored: met or not, marks from 1, or weighted points.

    Examples
    --------
    >>> scale_of(pd.DataFrame({"raw_min": [1], "max_score": [5]}))
    'marks'
    """
    if items["raw_min"].gt(0).all():
        return "marks"
    return "letters" if items["max_score"].eq(1).all() else "points"


def _letter(row: dict[Hashable, Any]) -> str:
    if not row["is_applicable"]:
        return "–"
    return "M" if row["met"] == 1 else "P" if row["met"] > 0 else "N"


def _cell(row: dict[Hashable, Any], scale: Scale) -> str:
    if not row["is_applicable"] or scale == "letters":
        return str(row["letter"])
    if scale == "marks":
        return number(row["score"])
    return f"{row['letter']} {number(row['score'])}/{row['max_score']}"


def _said(row: dict[Hashable, Any], scale: Scale) -> str:
    words = MET_WORDS[row["letter"]]
    if not row["is_applicable"] or scale == "letters":
        return words
    score = f"{number(row['score'])} of {row['max_score']}"
    return score if scale == "marks" else f"{words}, {score} points"


def totals(scored: pd.DataFrame) -> pd.DataFrame:
    """Sum of each article over the items that apply to it, and the most that it could reach.

    Parameters
    ----------
    scored : DataFrame
        Rows of :func:`scored_items`.

    Returns
    -------
    DataFrame
        Index ``article_id``; ``total``, ``max_total`` [points] and ``n_items``.

    Examples
    --------
    >>> totals(pd.DataFrame({"article_id": ["A", "A"], "is_applicable": [True, False],
    ...     "score": [1, None], "max_score": [1, 1]})).loc["A"].tolist()
    [1, 1, 1]
    """
    judged = scored[scored["is_applicable"]]
    sums = judged.groupby("article_id").agg(
        total=("score", "sum"), max_total=("max_score", "sum"), n_items=("score", "size")
    )
    return sums.astype(int)


def widest_item(scored: pd.DataFrame) -> int:
    """Number of the item on which the articles differ most; the first one where they tie.

    Examples
    --------
    >>> widest_item(pd.DataFrame({"item_no": [1, 1, 2, 2], "met": [0.0, 0.5, 0.0, 1.0]}))
    2
    """
    return int(_spread(scored).idxmax())


def _spread(scored: pd.DataFrame) -> pd.Series:
    """Distance between the articles that meet an item most and least, by item number."""
    met = scored.groupby("item_no")["met"]
    return (met.max() - met.min()).fillna(0.0)


def finding(scored: pd.DataFrame) -> str:
    """What the grid shows, as a title: what all texts lack, and on how much they differ.

    Examples
    --------
    >>> finding(pd.DataFrame({"item_no": [1, 1, 2, 2], "is_applicable": True, "raw_min": 0,
    ...     "met": [0.0, 0.0, 0.0, 1.0], "score": [0, 0, 0, 1]}))
    'As supplied, no text meets one of the two items; they differ on one'
    """
    judged = scored[scored["is_applicable"]]
    met = judged.groupby("item_no")["met"]
    n_items, n_none = met.ngroups, int(met.max().eq(0).sum())
    n_differ = int(_spread(judged).gt(0).sum())
    applies = "" if n_items == scored["item_no"].nunique() else " that apply"
    are_marks = judged["raw_min"].gt(0).all()
    if n_none == n_items and not are_marks:
        return f"As supplied, no text meets any of the {counted(n_items)} items{applies}"
    lack = "all texts get the lowest mark on" if are_marks else "no text meets"
    return (
        f"As supplied, {lack} {counted(n_none)} of the {counted(n_items)} items{applies}; "
        f"they differ on {counted(n_differ)}"
    )


def totals_sentence(scored: pd.DataFrame, unit: str) -> str:
    """Totals of the articles out of what they could reach, in the checklist's own unit.

    Parameters
    ----------
    scored : DataFrame
        Rows of :func:`scored_items`.
    unit : str
        What a point is, as ``quality_tools.unit`` says it.

    Examples
    --------
    >>> totals_sentence(pd.DataFrame({"item_no": [1, 2], "article_id": "A", "raw_min": 0,
    ...     "weight": 1, "is_applicable": [True, False], "score": [1, None], "max_score": 1}),
    ...     "criteria met")
    'A 1 of 1 (criteria met; 1 of 2 apply to these texts).'
    """
    sums = totals(scored)
    most = int(scored.drop_duplicates("item_no")["max_score"].sum())
    words = [f"{article} {row.total} of {row.max_total}" for article, row in sums.iterrows()]
    notes = [unit]
    if (sums["max_total"] < most).any():
        notes.append(f"{sums['max_total'].max()} of {most} apply to these texts")
    first = scored.drop_duplicates("item_no")
    lowest = int((first["raw_min"] * first["weight"]).sum())
    if lowest:
        notes.append(f"the lowest possible is {lowest}")
    return f"{joined(words)} ({'; '.join(notes)})."


def why(scored: pd.DataFrame) -> str:
    """Sentences that say what stands behind equal totals, or where unequal ones part.

    Parameters
    ----------
    scored : DataFrame
        Rows of :func:`scored_items`.

    Examples
    --------
    >>> why(pd.DataFrame({"item_no": [1, 1, 2, 2], "item": ["Sources"] * 2 + ["Tone"] * 2,
    ...     "article_id": ["B", "C"] * 2, "is_applicable": True, "score": [3, 0, 3, 6],
    ...     "max_score": 6, "met": [0.5, 0.0, 0.5, 1.0]}))
    'B and C tie for different reasons: B has more on “Sources” (3 v 0), C on “Tone” (6 v 3).'
    """
    scores = scored.pivot(index="item_no", columns="article_id", values="score").astype(float)
    labels = scored.drop_duplicates("item_no").set_index("item_no")["item"].to_dict()
    sums = totals(scored)["total"]
    if scores.fillna(-1).nunique(axis=1).eq(1).all():
        return f"{joined(list(sums.index))} have the same score on every item."
    said = [
        _tie(scores[[first, second]], labels)
        for first, second in combinations(sums.index, 2)
        if sums[first] == sums[second]
    ]
    if not any("different reasons" in sentence for sentence in said):
        said.append(_widest(scored, scores, labels))
    return " ".join(said)


def _tie(pair: pd.DataFrame, labels: dict[Hashable, str]) -> str:
    """Why two articles have the same total."""
    first, second = pair.columns
    ahead = {
        article: _ahead(pair[article], pair[other], labels)
        for article, other in ((first, second), (second, first))
    }
    if not ahead[first]:
        return f"{first} and {second} tie, with the same score on every item."
    return (
        f"{first} and {second} tie for different reasons: {first} has more on "
        f"{joined(ahead[first])}, {second} on {joined(ahead[second])}."
    )


def _ahead(own: pd.Series, other: pd.Series, labels: dict[Hashable, str]) -> list[str]:
    """Items on which one article has more than another, with both scores."""
    more = own > other
    return [
        f"“{labels[item]}” ({number(own[item])} v {number(other[item])})"
        for item in own.index[more]
    ]


def _widest(scored: pd.DataFrame, scores: pd.DataFrame, labels: dict[Hashable, str]) -> str:
    """Items on which the articles are furthest apart."""
    spread = _spread(scored)
    widest = spread[spread.eq(spread.max())].index[:_MOST_GAPS]
    named = [
        f"“{labels[item]}” ("
        + ", ".join(
            f"{article}{NBSP}{number(score)}" for article, score in scores.loc[item].items()
        )
        + ")"
        for item in widest
    ]
    return f"They are furthest apart on {joined(named)}."


def checklist_table(scored: pd.DataFrame) -> pd.DataFrame:
    """Figures and reasons behind the grid, one row an item and article.

    Parameters
    ----------
    scored : DataFrame
        Rows of :func:`scored_items`.
    """
    columns = {
        "item_no": "number", "item": "item", "article_id": "article", "letter": "met",
        "score": "score", "max_score": "most", "weight": "weight",
        "weight_status": "weight_seen", "reason": "reason", "coded_by": "scored_by",
    }  # fmt: skip
    return scored[list(columns)].rename(columns=columns)
