"""An article that a reader pasted: all that can be found in it without a person reading it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from spotcheck.articles.language import Language, Prose, analyse, parse
from spotcheck.articles.matching import Likeness, Named, Names, TopicRules, Touch, wordings

TABLES: Final = (
    *("counted_words", "word_groups", "topic_rules", "topics", "claims"),
    *("exercises", "muscles", "everyday_names"),
)
"""Tables that a `Reader` reads with."""

LONGEST_NAME: Final = 40
_NAME_SIGNS = frozenset("'\u2019,&!?()\u2013-")


@dataclass(frozen=True)
class Added:
    """What is known of a pasted article, all of it found automatically.

    Attributes
    ----------
    name : str
        What the reader calls it, as `clean_name` leaves it.
    words : int
        Words of running text and list items.
    reading_grade : float or None
        Flesch-Kincaid grade [school grade], none where the text cannot be graded.
    hedges_per_100_words : float or None
        Rate of strict hedges, none where it cannot be judged.
    topics : mapping of str to tuple of str
        Sentences that look like a claim on a topic, by topic id; only topics with a sentence.
        They are the reader's text as it stands; not safe as Markdown.
    counts : mapping of str to int
        Counts by their names in the table ``text_metrics``, as far as they can be judged.
    """

    name: str
    words: int
    reading_grade: float | None
    hedges_per_100_words: float | None
    topics: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Analysis:
    """All that was found in a pasted article.

    Attributes
    ----------
    added : Added
        What the other views show of it.
    prose : Prose
        The text as sentences.
    language : Language
        How it is written.
    touches : tuple of Touch
        Sentences that look like claims, by topic, the most like our wording first.
    named : tuple of Named
        Exercises, muscles and groups of muscles.
    """

    added: Added
    prose: Prose
    language: Language
    touches: tuple[Touch, ...]
    named: tuple[Named, ...]


class Reader:
    """Reads pasted articles. It holds our tables only, so that it can be kept and shared.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables that `TABLES` names.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._counted_words = tables["counted_words"]
        self._rules = TopicRules(tables["word_groups"], tables["topic_rules"])
        self._likeness = Likeness(wordings(tables["topics"], tables["claims"]))
        self._names = Names(tables["exercises"], tables["muscles"], tables["everyday_names"])

    def read(self, name: str, text: str) -> Analysis:
        """Everything that can be found in a text."""
        prose = parse(text)
        language = analyse(prose, self._counted_words)
        touches: list[Touch] = []
        named: list[Named] = []
        if language.is_english:
            touches = self._likeness.rated(self._rules.touches(prose))
            named = self._names.named(prose)
        by_topic: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for touch in touches:
            by_topic[touch.topic_id] += (touch.sentence,)
        hedges = language.counts.get("hedges_strict")
        added = Added(
            name,
            language.words,
            language.grade,
            None if hedges is None else 100 * hedges / language.words,
            dict(by_topic),
            language.counts,
        )
        return Analysis(added, prose, language, tuple(touches), tuple(named))


def clean_name(text: str) -> str:
    """Name of at most `LONGEST_NAME` signs that cannot pass for an address or for markup.

    Examples
    --------
    >>> clean_name("  <b>www.run.example</b>  "), clean_name("***")
    ('b www run example b', '')
    """
    kept = (
        sign if unicodedata.category(sign)[0] in "LMN" or sign in _NAME_SIGNS else " "
        for sign in text
    )
    return " ".join("".join(kept).split())[:LONGEST_NAME].strip()
