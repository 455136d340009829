"""The sentences of the articles page, from the same figures as its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from spotcheck.articles.evidence import DIRECTIONS
from spotcheck.articles.stances import SILENT, HeadlineCounts
from spotcheck.wording import NBSP, counted, joined, number

DIRECTION_WORDS = {
    "supports": "for",
    "contradicts": "against",
    "mixed": "mixed",
    "unknown": "unknown",
    "not_applicable": "no test",
}
DIRECTION_GLYPHS = {
    "supports": "▲",
    "contradicts": "▼",
    "mixed": "◆",
    "unknown": "?",
    "not_applicable": "–",
}
GRADE_WORDS = {
    "high": "high",
    "moderate": "moderate",
    "low": "low",
    "very_low": "very low",
    "not_graded": "not graded",
}
WORDING_WORDS = {
    "assertive": "Said firmly",
    "hedged": "Said with may or could",
    "attributed": "Credited to others",
}
VERDICT_WORDS = {
    "supported": "Supported",
    "partly_supported": "Partly supported",
    "overstated": "Overstated",
    "contested": "Contested",
    "contradicted": "Contradicted",
    "unsupported": "Unsupported",
    "not_checkable": "Cannot be checked",
    "not_applicable": "Not for studies to say",
}
CLOSENESS_WORDS = {
    "contradict": "They contradict each other",
    "partly": "They differ in degree",
    "agree": "All that speak say the same",
    "one": "One article speaks",
    "none": "No article speaks",
}
VOICE_WORDS = {"first_person": "First person", "impersonal": "Impersonal"}
RECODED = "Yours: you coded this."
FOUND = "Your article: words of this topic found. Matched by words, not read by a person."
NOT_FOUND = "Your article: no words of this topic found. Matched by words, not read by a person."
# One article, and several.
_SIDES = {
    "supports": ("says yes", "say yes"),
    "qualifies": ("agrees with limits", "agree with limits"),
    "contradicts": ("says no", "say no"),
    SILENT: ("is silent", "are silent"),
}
_RELATION_WORDS = {
    "contradict": "contradict each other",
    "partly": "agree in part",
    "agree": "agree",
}
_SAYS = {
    ("supports", "explicit"): "says so",
    ("supports", "implicit"): "implies it, without saying so",
    ("supports", "hedged"): "says that it may be so",
    ("qualifies", "explicit"): "agrees, with limits",
    ("qualifies", "implicit"): "implies it, with limits",
    ("qualifies", "hedged"): "says that it may be so, with limits",
    ("contradicts", "explicit"): "says the opposite",
    ("contradicts", "implicit"): "implies the opposite",
    ("contradicts", "hedged"): "says that it may not be so",
}
_DIRECTION_SENTENCES = {
    "supports": "The studies speak for it",
    "contradicts": "The studies speak against it",
    "mixed": "The studies are mixed",
    "unknown": "The studies do not settle it",
    "not_applicable": "Studies cannot settle it",
}
_SHOWN = {
    "spoken": "On {n} two or more articles speak",
    "clashes": "On {n} the articles contradict each other",
    "shared": "On {n} all three articles speak",
    "nobody": "On {n} no article takes a side",
}


def headline(counts: HeadlineCounts, theme_labels: Sequence[str] = (), certainty: str = "") -> str:
    """Answer of the page in one sentence, with the figures in the theme's accent colour.

    Parameters
    ----------
    counts : HeadlineCounts
        Of the topics that the filters leave.
    theme_labels : sequence of str
        Themes the counts are limited to; empty for all.
    certainty : str
        Word of the lowest grade the counts are limited to; empty for any.

    Examples
    --------
    >>> headline(HeadlineCounts(0, 0, 0, 0, 0), ["Skin"], "high")
    'Skin, certainty high: no topic here.'
    """
    limits = [joined(list(theme_labels))] if theme_labels else []
    if certainty:
        words = "high" if certainty == "high" else f"{certainty} or better"
        limits.append(f"certainty {words}" if limits else f"Certainty {words}")
    where = f"{', '.join(limits)}: the" if limits else "The"
    if counts.topics == 0:
        return f"{', '.join(limits)}: no topic here."
    return (
        f"{where} three articles agree on :primary[{counted(counts.agreed_by_all)}] of "
        f"{topics_counted(counts.topics)}, and contradict each other on "
        f":primary[{counted(counts.contradicted)}]."
    )


def uncertainty(counts: HeadlineCounts, *, lenient: bool, n_yours: int = 0) -> str:
    """How much the articles overlap, what was counted, and that one person did the coding.

    Parameters
    ----------
    counts : HeadlineCounts
        Of the topics that the filters leave.
    lenient : bool
        Whether implied stances are counted.
    n_yours : int, optional
        Number of values that the reader codes in another way.
    """
    overlap = ""
    if counts.topics:
        overlap = f"All three speak on {counted(counts.addressed_by_all)} of these topics"
        if counts.addressed_by_none:
            overlap += f", and none speaks on {counted(counts.addressed_by_none)}"
        overlap += ". "
    return (
        f"{overlap}What an article only implies is {'counted' if lenient else 'left out'}. "
        f"{_raters(n_yours)}"
    )


def _raters(n_yours: int) -> str:
    if n_yours:
        values = "value is" if n_yours == 1 else "values are"
        return f"One rater coded the texts; {counted(n_yours)} {values} yours."
    return "One rater coded the texts; a second might count a little differently."


def finding(show: str, shown: pd.DataFrame) -> str:
    """Title of the matrix: how many topics it has, and how many of them the studies back.

    Parameters
    ----------
    show : str
        Code of the filter, one of `spotcheck.articles.selection.SHOWS`.
    shown : pandas.DataFrame
        Topics on show, with ``evidence_direction``.

    Examples
    --------
    >>> finding("clashes", pd.DataFrame({"evidence_direction": ["mixed", "supports"]}))
    'On two topics the articles contradict each other; the studies back one'
    """
    backed = counted(int(shown["evidence_direction"].eq("supports").sum()))
    n = len(shown)
    if show == "all":
        return f"Of {topics_counted(n)}, the studies back {backed}"
    return f"{_SHOWN[show].format(n=_topics_in_words(n))}; the studies back {backed}"


def stance_words(
    stance: str, qualifier: str | None, *, lenient: bool = True, has_claims: bool = False
) -> str:
    """What an article says of a topic, as the predicate of a sentence.

    Parameters
    ----------
    stance, qualifier : str
        As coded; an article that is silent has no qualifier.
    lenient : bool, default True
        Whether an implied stance counts.
    has_claims : bool, default False
        Whether an article without a stance does touch the topic.

    Examples
    --------
    >>> stance_words("supports", "explicit"), stance_words("silent", None)
    ('says so', 'says nothing about it')
    >>> stance_words("supports", "implicit", lenient=False)
    'only implies it, which is left out here'
    """
    if stance == SILENT:
        return "takes no side" if has_claims else "says nothing about it"
    if qualifier == "implicit" and not lenient:
        what = "the opposite" if stance == "contradicts" else "it"
        return f"only implies {what}, which is left out here"
    return _SAYS[stance, qualifier or "explicit"]


def sides(stances: Mapping[str, str]) -> str:
    """Who says what on a topic, in one line.

    Parameters
    ----------
    stances : mapping of str to str
        Stance word by article, as in a row of the stance matrix.

    Examples
    --------
    >>> sides({"A": "supports", "B": "contradicts", "C": "silent"})
    'A says yes, B says no, C is silent'
    >>> sides({"A": "supports", "B": "supports", "C": "supports"})
    'All three say yes'
    """
    parts = []
    for stance, (one, several) in _SIDES.items():
        articles = [article for article, word in stances.items() if word == stance]
        if len(articles) == len(stances):
            return f"All {counted(len(articles))} {several}"
        if articles:
            parts.append(f"{joined(articles)} {one if len(articles) == 1 else several}")
    return ", ".join(parts)


def implied_words(effect: pd.DataFrame) -> str:
    """Which counts the implied stances change, and how.

    Parameters
    ----------
    effect : pandas.DataFrame
        Result of `spotcheck.articles.stances.implied_effect`.

    Examples
    --------
    >>> implied_words(pd.DataFrame([("A", "B", "contradict", 3, 1)], columns=[
    ...     "article_a", "article_b", "relation", "lenient", "strict"]))
    'With implied stances, A and B contradict each other on three topics; without them, on one.'
    """
    if effect.empty:
        return "Here it changes no count of what the articles agree on or contradict."
    sentences = []
    for relation, rows in effect.groupby("relation", sort=False):
        pairs = rows.to_dict("records")
        words = [
            f"{row['article_a']} and {row['article_b']} "
            f"{'on' if place else f'{_RELATION_WORDS[str(relation)]} on'} "
            f"{_topics_in_words(row['lenient']) if place == 0 else counted(row['lenient'])}"
            for place, row in enumerate(pairs)
        ]
        without = joined([counted(row["strict"]) for row in pairs])
        sentences.append(f"With implied stances, {joined(words)}; without them, on {without}.")
    return " ".join(sentences)


def style(profiles: pd.DataFrame) -> str:
    """Which article hedges most and which is the easiest to read, as far as one does.

    Parameters
    ----------
    profiles : pandas.DataFrame
        Result of `spotcheck.articles.profiles.profiles`.

    Examples
    --------
    >>> style(pd.DataFrame({"article_id": ["A", "B"], "words": [459, 502],
    ...                     "reading_grade": [11.2, 14.2], "hedges_per_100_words": [0.2, 3.4]}))
    'B hedges most, A reads easiest'
    """
    hedges = [number(value, 1) for value in profiles["hedges_per_100_words"]]
    grades = [number(value) for value in profiles["reading_grade"]]
    parts = []
    for printed, values, what, best in (
        (hedges, profiles["hedges_per_100_words"], "hedges most", "idxmax"),
        (grades, profiles["reading_grade"], "reads easiest", "idxmin"),
    ):
        row = profiles.index.get_loc(getattr(values, best)())
        # Figures that print alike are not told apart in words either.
        if printed.count(printed[row]) == 1:
            parts.append(f"{profiles['article_id'].iloc[row]} {what}")
    return ", ".join(parts) or "The articles read alike"


def evidence_words(direction: str, grade: str, studies: Mapping[str, int]) -> str:
    r"""What the studies of a topic say together and how sure that is, in plain words.

    Parameters
    ----------
    direction, grade : str
        As coded for the topic.
    studies : mapping of str to int
        Number of studies by direction, as in a row of `evidence_counts`.

    Examples
    --------
    >>> evidence_words("contradicts", "moderate",
    ...                {"supports": 4, "contradicts": 6, "mixed": 0, "total": 10})
    'The studies speak against it (10\xa0studies: 4\xa0for, 6\xa0against). Certainty: moderate.'
    """
    sentence = _DIRECTION_SENTENCES[direction]
    if studies["total"]:
        sentence += f" ({studies_counted(studies)})"
    return f"{sentence}. Certainty: {GRADE_WORDS[grade]}."


def studies_counted(studies: Mapping[str, int]) -> str:
    r"""Number of studies, and of those for, against and mixed where there are any.

    Parameters
    ----------
    studies : mapping of str to int
        Number of studies by direction, as in a row of `evidence_counts`.

    Examples
    --------
    >>> studies_counted({"supports": 4, "contradicts": 6, "mixed": 0, "total": 10})
    '10\xa0studies: 4\xa0for, 6\xa0against'
    >>> studies_counted({"supports": 0, "contradicts": 0, "mixed": 0, "total": 0})
    'No study found'
    """
    total = studies["total"]
    if not total:
        return "No study found"
    parts = ", ".join(
        f"{studies[direction]}{NBSP}{DIRECTION_WORDS[direction]}"
        for direction in DIRECTIONS
        if studies[direction]
    )
    return f"{total}{NBSP}stud{'y' if total == 1 else 'ies'}: {parts}"


def study_details(design: str, n: int | None, n_note: str) -> str:
    r"""Design and size of a study in one line.

    Examples
    --------
    >>> study_details("randomised trial", 1754, "two arms")
    'Randomised trial, 1,754\xa0people (two arms)'
    >>> study_details("narrative review", None, "narrative review")
    'Narrative review'
    """
    note = "" if n_note == design else n_note
    size = "" if n is None else f"{n:,}{NBSP}{'person' if n == 1 else 'people'}"
    size = f"{size} ({note})" if size and note else size or note
    return ", ".join(part for part in (design[:1].upper() + design[1:], size) if part)


def topics_counted(n: int) -> str:
    r"""Number of topics with its noun.

    Examples
    --------
    >>> topics_counted(1), topics_counted(38)
    ('1\xa0topic', '38\xa0topics')
    """
    return f"{n}{NBSP}topic{'' if n == 1 else 's'}"


def _topics_in_words(n: int) -> str:
    return f"{counted(n)} topic{'' if n == 1 else 's'}"
