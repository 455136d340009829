"""How the articles are written, each figure with the error that a text of 400 words carries.

The counts are those of the tables; the texts themselves are not part of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist
from typing import Any, Final

import pandas as pd

from spotcheck.articles.added import Added
from spotcheck.wording import counted, joined

RATES: Final = ("hedges_strict", "hedges_broad", "boosters", "first_person", "second_person")
"""Counts that are shown as rates per 100 words."""

FORMULAS: Final = {
    "flesch_kincaid_grade_cmu": ("F", "dictionary"),
    "flesch_kincaid_grade_rule": ("F", "rule"),
    "automated_readability_index": ("R", "none"),
    "coleman_liau": ("L", "none"),
    "smog_cmu": ("S", "dictionary"),
    "gunning_fog_cmu": ("G", "dictionary"),
    "gunning_fog_rule": ("G", "rule"),
}
"""Measures that give a school grade: letter of the formula, and how syllables are counted."""

MAIN_FORMULA: Final = "flesch_kincaid_grade_cmu"
YOURS: Final = "yours"
"""Where a text that the reader added stands beside ``A``, ``B`` and ``C``."""

FEWEST: Final = 5
"""Below this count a word says little about a text."""

_CLEAR_BELOW = 0.05
_Z95 = NormalDist().inv_cdf(0.975)


def rate_interval(count: float, words: float, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of a Poisson count, as a rate per 100 words.

    Parameters
    ----------
    count : int
        How often something stands in the text.
    words : int
        Length of the text [words].
    level : float, default 0.95
        Share of intervals that hold the true rate, at least.

    Raises
    ------
    ValueError
        If the count is negative or there are no words.

    References
    ----------
    Garwood F. Fiducial limits for the Poisson distribution. Biometrika 1936.

    Examples
    --------
    >>> low, high = rate_interval(14, 406)
    >>> round(low, 2), round(high, 2)
    (1.89, 5.79)
    """
    from scipy.special import gammaincinv

    if count < 0:
        raise ValueError(f"count is {count!r}; allowed is zero or more")
    if words <= 0:
        raise ValueError(f"words is {words!r}; allowed is more than zero")
    tail = (1 - level) / 2
    low = gammaincinv(count, tail) if count else 0.0
    return float(100 * low / words), float(100 * gammaincinv(count + 1, 1 - tail) / words)


def rates(
    statistics: pd.DataFrame, metrics: pd.DataFrame, yours: Added | None = None
) -> pd.DataFrame:
    """Hedges, boosters and words of address per 100 words, with their 95 % intervals.

    Parameters
    ----------
    statistics, metrics : DataFrame
        Tables ``text_statistics`` and ``text_metrics``.
    yours : Added, optional
        A text of the reader, which gets rows of its own.

    Returns
    -------
    DataFrame
        One row a measure and article: ``metric``, ``label``, ``article_id``, ``count``, ``words``,
        ``rate``, ``low`` and ``high`` [per 100 words].
    """
    values = _wide(statistics)
    labels = _labels(metrics)
    rows = []
    for metric in RATES:
        cells = [
            (str(article), int(row[metric]), int(row["words"]))
            for article, row in values[["words", metric]].iterrows()
        ]
        if yours is not None and yours.words and metric in yours.counts:
            cells.append((YOURS, yours.counts[metric], yours.words))
        rows += [
            (*one, 100 * count / words, *rate_interval(count, words))
            for article, count, words in cells
            for one in [(metric, labels[metric], article, count, words)]
        ]
    columns = ["metric", "label", "article_id", "count", "words", "rate", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def differences(rows: pd.DataFrame, including: str = "") -> pd.DataFrame:
    """Every pair of texts by every rate: how likely such a difference is by chance.

    Given how many words of a kind two texts hold together, chance shares them out by the texts'
    lengths: an exact binomial test. Holm's correction allows for the number of pairs looked at.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`rates`.
    including : str, optional
        Only pairs with this text; all pairs without it.

    Returns
    -------
    DataFrame
        One row a measure and pair: ``metric``, ``label``, ``first``, ``second``, their counts and
        lengths, ``p``, ``p_corrected`` and ``is_clear``.

    Examples
    --------
    >>> rows = pd.DataFrame({"metric": "h", "label": "Hedges", "article_id": ["A", "B", "C"],
    ...     "count": [1, 3, 14], "words": [459, 502, 406]})
    >>> differences(rows)[["first", "second", "is_clear"]].to_numpy().tolist()
    [['A', 'B', False], ['A', 'C', True], ['B', 'C', True]]
    """
    found = [
        {
            "metric": metric,
            "label": one["label"],
            "first": one["article_id"],
            "second": other["article_id"],
            "first_count": one["count"],
            "second_count": other["count"],
            "first_words": one["words"],
            "second_words": other["words"],
        }
        for metric, cells in rows.groupby("metric", sort=False)
        for one, other in combinations(cells.to_dict("records"), 2)
        if not including or including in (one["article_id"], other["article_id"])
    ]
    pairs = pd.DataFrame(found)
    pairs["p"] = [
        chance_of_difference(
            row["first_count"], row["second_count"], row["first_words"], row["second_words"]
        )
        for row in found
    ]
    pairs["p_corrected"] = _holm(pairs["p"])
    pairs["is_clear"] = pairs["p_corrected"] < _CLEAR_BELOW
    return pairs


def chance_of_difference(
    first_count: int, second_count: int, first_words: int, second_words: int
) -> float:
    """Probability of a difference of two rates at least as unlikely as this one, by chance.

    Examples
    --------
    >>> round(chance_of_difference(1, 14, 459, 406), 4)
    0.0003
    >>> round(chance_of_difference(1, 3, 459, 502), 2)
    0.63
    """
    from scipy.stats import binomtest

    together = int(first_count + second_count)
    if not together:
        return 1.0
    share = first_words / (first_words + second_words)
    return float(binomtest(int(first_count), together, share).pvalue)


def _holm(p: pd.Series) -> pd.Series:
    """Probabilities corrected by Holm for how many there are."""
    ordered = p.sort_values()
    left = pd.Series(range(len(ordered), 0, -1), index=ordered.index)
    return (ordered * left).cummax().clip(upper=1.0).reindex(p.index)


def rates_finding(pairs: pd.DataFrame) -> str:
    """How many of the differences are clear, as a title.

    Parameters
    ----------
    pairs : DataFrame
        Rows of :func:`differences`.
    """
    n_clear = int(pairs["is_clear"].sum())
    words = counted(n_clear).capitalize()
    return f"{words} of {counted(len(pairs))} differences in word use are clear"


def rate_sentences(pairs: pd.DataFrame) -> list[tuple[str, str]]:
    """What is clear about each rate: its label, and who has more than whom.

    Parameters
    ----------
    pairs : DataFrame
        Rows of :func:`differences`.

    Examples
    --------
    >>> pairs = pd.DataFrame({"label": "Hedges", "first": ["A", "A", "B"],
    ...     "second": ["B", "C", "C"], "first_count": [1, 1, 3], "second_count": [3, 14, 14],
    ...     "first_words": [459, 459, 502], "second_words": [502, 406, 406],
    ...     "is_clear": [False, True, True]})
    >>> rate_sentences(pairs)
    [('Hedges', 'C has more than A and B. Could be chance: A v B.')]
    """
    return [
        (str(label), _rate_sentence(cells)) for label, cells in pairs.groupby("label", sort=False)
    ]


def _rate_sentence(pairs: pd.DataFrame) -> str:
    more: dict[str, list[str]] = {}
    apart: list[str] = []
    for row in pairs.to_dict("records"):
        if not row["is_clear"]:
            apart.append(f"{row['first']} v {row['second']}")
            continue
        first_rate = row["first_count"] / row["first_words"]
        is_first = first_rate > row["second_count"] / row["second_words"]
        high, low = ("first", "second") if is_first else ("second", "first")
        more.setdefault(row[high], []).append(row[low])
    if not more:
        return "No difference is clear."
    said = [f"{high} has more than {joined(lows)}." for high, lows in more.items()]
    if apart:
        said.append(f"Could be chance: {', '.join(apart)}.")
    return " ".join(said)


def reading_grades(
    statistics: pd.DataFrame, metrics: pd.DataFrame, yours: Added | None = None
) -> pd.DataFrame:
    """School grade of each article by five formulas and two ways to count syllables.

    Parameters
    ----------
    statistics, metrics : DataFrame
        Tables ``text_statistics`` and ``text_metrics``.
    yours : Added, optional
        A text of the reader, which gets a row where its grade is known.

    Returns
    -------
    DataFrame
        One row an article and measure: ``article_id``, ``metric``, ``label``, ``letter`` of the
        formula, ``syllables`` (dictionary, rule or none) and ``grade`` [school grade].
    """
    values = _wide(statistics)
    labels = _labels(metrics)
    rows = [
        (str(article), metric, labels[metric], letter, syllables, float(row[metric]))
        for article, row in values[list(FORMULAS)].iterrows()
        for metric, (letter, syllables) in FORMULAS.items()
    ]
    if yours is not None and yours.reading_grade is not None:
        main = (MAIN_FORMULA, labels[MAIN_FORMULA], *FORMULAS[MAIN_FORMULA])
        rows.append((YOURS, *main, float(yours.reading_grade)))
    columns = ["article_id", "metric", "label", "letter", "syllables", "grade"]
    return pd.DataFrame(rows, columns=columns)


def grade_ranges(grades: pd.DataFrame) -> pd.DataFrame:
    """Lowest, highest and main grade of each text.

    Parameters
    ----------
    grades : DataFrame
        Rows of :func:`reading_grades`.

    Returns
    -------
    DataFrame
        Index ``article_id``; ``low``, ``high`` and ``main`` [school grade].
    """
    by_text = grades.groupby("article_id", sort=False)["grade"]
    main = grades[grades["metric"].eq(MAIN_FORMULA)].set_index("article_id")["grade"]
    return pd.DataFrame({"low": by_text.min(), "high": by_text.max(), "main": main})


def syllable_gap(grades: pd.DataFrame) -> float:
    """Most that a grade moves when syllables are counted in the other way [school grades].

    Examples
    --------
    >>> syllable_gap(pd.DataFrame({"article_id": "A", "letter": "F",
    ...     "syllables": ["dictionary", "rule"], "grade": [11.25, 10.75]}))
    0.5
    """
    both = grades[grades["syllables"].ne("none")]
    by_formula = both.groupby(["article_id", "letter"])["grade"]
    return round(float((by_formula.max() - by_formula.min()).max()), 6)


def grade_differences(grades: pd.DataFrame) -> pd.DataFrame:
    """Each pair of texts compared formula by formula.

    Parameters
    ----------
    grades : DataFrame
        Rows of :func:`reading_grades`; only formulas that both texts have are compared.

    Returns
    -------
    DataFrame
        One row a pair: ``easier``, ``harder`` (by the main formula), ``least`` and ``most``, the
        differences over the formulas [school grades], and ``is_clear``: whether even the least
        difference is larger than what the count of syllables alone makes.
    """
    wide = grades.pivot(index="metric", columns="article_id", values="grade")
    ours = [article for article in wide.columns if article != YOURS]
    gap = syllable_gap(grades)
    rows = []
    for first, second in combinations(ours, 2):
        is_first_easier = wide.loc[MAIN_FORMULA, first] <= wide.loc[MAIN_FORMULA, second]
        easier, harder = (first, second) if is_first_easier else (second, first)
        steps = (wide[harder] - wide[easier]).round(6)
        rows.append((easier, harder, steps.min(), steps.max(), bool(steps.min() > gap)))
    return pd.DataFrame(rows, columns=["easier", "harder", "least", "most", "is_clear"])


def grades_finding(pairs: pd.DataFrame) -> str:
    """Which articles read easier whatever the formula, as a title.

    Parameters
    ----------
    pairs : DataFrame
        Rows of :func:`grade_differences`.

    Examples
    --------
    >>> grades_finding(pd.DataFrame({"easier": ["A", "B"], "harder": ["B", "C"],
    ...     "is_clear": [True, False]}))
    'A reads easier than B by every formula; B and C are too close to call'
    """
    clear = pairs[pairs["is_clear"]]
    apart = [f"{row.easier} and {row.harder}" for row in pairs[~pairs["is_clear"]].itertuples()]
    if clear.empty:
        return "The three articles read about equally hard"
    said = [
        f"{easier} reads easier than {joined(list(cells['harder']))} by every formula"
        for easier, cells in clear.groupby("easier", sort=False)
    ]
    if apart:
        said.append(f"{', '.join(apart)} are too close to call")
    return "; ".join(said)


def n_words_compared(statistics: pd.DataFrame) -> int:
    """Number of different words of the three articles, at most: those shared count once each.

    Examples
    --------
    >>> n_words_compared(pd.DataFrame({"article_id": ["A", "A"],
    ...     "metric": ["words", "type_token_ratio"], "value": [459, 0.477]}))
    219
    """
    values = _wide(statistics)
    return int((values["words"] * values["type_token_ratio"]).round().sum())


def chance_threshold(n_compared: int, level: float = _CLEAR_BELOW) -> float:
    """Log-likelihood that chance exceeds for none of ``n_compared`` words, but for ``level``.

    Parameters
    ----------
    n_compared : int
        Number of words looked at.
    level : float, default 0.05
        Probability that chance exceeds it at all (Bonferroni).

    Raises
    ------
    ValueError
        If no word is looked at.

    Examples
    --------
    >>> round(chance_threshold(1), 2), round(chance_threshold(662), 1)
    (3.84, 15.7)
    """
    if n_compared < 1:
        raise ValueError(f"n_compared is {n_compared!r}; allowed is 1 or more")
    # A chi-square of one degree of freedom is the square of a normal variable.
    return NormalDist().inv_cdf(1 - level / n_compared / 2) ** 2


def marking_terms(terms: pd.DataFrame, statistics: pd.DataFrame) -> pd.DataFrame:
    """Words that mark an article, with what their counts can carry.

    Parameters
    ----------
    terms, statistics : DataFrame
        Tables ``key_terms`` and ``text_statistics``.

    Returns
    -------
    DataFrame
        ``key_terms``, strongest first within each article, with ``is_rare`` (a count below
        `FEWEST`) and ``is_clear`` (beyond chance for all words looked at).
    """
    threshold = chance_threshold(n_words_compared(statistics))
    rows = terms.sort_values(
        ["article_id", "log_likelihood"], ascending=[True, False], kind="stable"
    )
    return rows.assign(
        is_rare=rows["count_in"].lt(FEWEST), is_clear=rows["log_likelihood"].gt(threshold)
    ).reset_index(drop=True)


def terms_finding(terms: pd.DataFrame) -> str:
    """Words that stand out beyond chance, as a title.

    Parameters
    ----------
    terms : DataFrame
        Rows of :func:`marking_terms`.

    Examples
    --------
    >>> terms_finding(pd.DataFrame({"article_id": ["A", "C"], "term": ["weight", "skin"],
    ...     "is_clear": [True, False]}))
    'Clear marks: “weight” in A'
    """
    clear = terms[terms["is_clear"]]
    if clear.empty:
        return "No word marks an article beyond chance"
    named = [
        f"{joined([f'“{term}”' for term in cells['term']])} in {article}"
        for article, cells in clear.groupby("article_id")
    ]
    return f"Clear marks: {joined(named)}"


def likeness(pairs: pd.DataFrame, metrics: pd.DataFrame) -> pd.DataFrame:
    """Likeness of each pair of articles by each measure, and which pair is nearest by it.

    Parameters
    ----------
    pairs, metrics : DataFrame
        Tables ``text_pairs`` and ``text_metrics``.

    Returns
    -------
    DataFrame
        One row a measure and pair: ``metric``, ``label``, ``pair`` ("A and B"), ``value``,
        ``low`` and ``high`` (95 % interval, only of the share of content words) and
        ``is_nearest``.
    """
    labels = _labels(metrics)
    wide = pairs.pivot(index=["article_a", "article_b"], columns="metric", values="value")
    metric_order = pairs["metric"].drop_duplicates()
    best = wide.max()
    rows: list[tuple[Any, ...]] = []
    for metric in metric_order:
        for (first, second), row in wide.iterrows():
            low, high = float("nan"), float("nan")
            if metric == "jaccard_content_words":
                low, high = share_interval(row[metric], row["shared_content_words"])
            is_nearest = bool(row[metric] == best[metric])
            cell = (metric, labels[metric], f"{first} and {second}")
            rows.append((*cell, float(row[metric]), low, high, is_nearest))
    columns = ["metric", "label", "pair", "value", "low", "high", "is_nearest"]
    return pd.DataFrame(rows, columns=columns)


def share_interval(share: float, count: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, from the share itself and the count above its line.

    Examples
    --------
    >>> low, high = share_interval(0.118, 41)
    >>> round(low, 2), round(high, 2)
    (0.09, 0.16)
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is {share!r}; allowed is more than 0 and up to 1")
    n = count / share
    middle = (share + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
    half = _Z95 / (1 + _Z95**2 / n) * (share * (1 - share) / n + _Z95**2 / (4 * n**2)) ** 0.5
    return middle - half, middle + half


def likeness_finding(rows: pd.DataFrame) -> str:
    """Which pair is nearest, or that the measures do not agree, as a title.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`likeness`.

    Examples
    --------
    >>> likeness_finding(pd.DataFrame({"metric": ["x", "x", "y", "y"],
    ...     "pair": ["A and B", "A and C"] * 2, "is_nearest": [True, False, False, True]}))
    'No pair is clearly nearest: the measures disagree'
    """
    nearest = rows[rows["is_nearest"]].groupby("metric")["pair"].agg(frozenset)
    common = frozenset.intersection(*nearest)
    if len(common) == 1:
        return f"{next(iter(common))} are the nearest pair by every measure"
    return "No pair is clearly nearest: the measures disagree"


def methods(metrics: pd.DataFrame, names: Sequence[str]) -> list[tuple[str, str]]:
    """Label and method of each measure, in the order of ``names``.

    Examples
    --------
    >>> methods(pd.DataFrame({"metric": ["x"], "label": ["Hedges"], "method": ["By list"]}), ["x"])
    [('Hedges', 'By list')]
    """
    table = metrics.set_index("metric")[["label", "method"]]
    return list(table.loc[list(names)].itertuples(index=False, name=None))


def _wide(statistics: pd.DataFrame) -> pd.DataFrame:
    """Articles by measures."""
    return statistics.pivot(index="article_id", columns="metric", values="value")


def _labels(metrics: pd.DataFrame) -> dict[Any, str]:
    return metrics.set_index("metric")["label"].to_dict()
