"""Length, reading grade and hedging of the articles, side by side."""

from __future__ import annotations

import pandas as pd

METRICS = {
    "words": "words",
    "reading_grade": "flesch_kincaid_grade_cmu",
    "hedges_per_100_words": "hedges_strict_per_100_words",
}
"""Columns of `profiles`, and the metrics of the table ``text_statistics`` that they are."""


def profiles(text_statistics: pd.DataFrame) -> pd.DataFrame:
    """Length, reading grade and hedging rate, an article a row.

    Parameters
    ----------
    text_statistics : pandas.DataFrame
        Table with ``article_id``, ``metric`` and ``value``.

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``words``, ``reading_grade`` [school grade, Flesch-Kincaid with the
        syllables of CMUdict] and ``hedges_per_100_words`` [strict hedges], in the order of the
        articles.

    Raises
    ------
    ValueError
        If an article lacks one of the figures.

    Examples
    --------
    >>> rows = [("A", "words", 459.0), ("A", "flesch_kincaid_grade_cmu", 11.2),
    ...         ("A", "hedges_strict_per_100_words", 0.22)]
    >>> profiles(pd.DataFrame(rows, columns=["article_id", "metric", "value"])).to_numpy().tolist()
    [['A', 459.0, 11.2, 0.22]]
    """
    kept = text_statistics[text_statistics["metric"].isin(METRICS.values())]
    wide = kept.set_index(["article_id", "metric"])["value"].unstack()
    wide = wide.reindex(columns=list(METRICS.values())).set_axis(list(METRICS), axis=1)
    if wide.isna().to_numpy().any():
        article = wide.index[wide.isna().any(axis=1)][0]
        raise ValueError(f"article {article} lacks one of {', '.join(METRICS.values())}")
    return wide.sort_index().reset_index()
