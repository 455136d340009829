"""Sentences of a text that look like claims on known topics, and exercises and muscles it names.

Rules ask for words out of groups that were written down in tables, so what matched can always be
shown. Likeness to our own wording of a topic puts the sentences in order. Neither tells which side
a sentence takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from spotcheck.articles.language import LONGEST_SENTENCE, Prose, words_of

MEASURED: Final = ("found_and_coded", "found_only", "coded_only", "precision", "recall", "f1")
"""Figures of `agreement`."""

_FEWEST_WORDS = 3
_IN_TEXT = "text"
_STAR = "*"


class Hit(NamedTuple):
    """Term found in a row of words.

    Attributes
    ----------
    start, end : int
        First word, and the one after the last.
    key : str
        What the term stands for.
    """

    start: int
    end: int
    key: str


class Touch(NamedTuple):
    """Sentence that looks like a claim on a topic.

    Attributes
    ----------
    topic_id, sentence : str
        The topic, and the sentence as it stands in the text; not safe as Markdown.
    words : tuple of str
        Words that matched, in lower case and the order of the sentence.
    likeness : float
        Cosine with our nearest wording of the topic, 0 to 1.
    """

    topic_id: str
    sentence: str
    words: tuple[str, ...]
    likeness: float


class Named(NamedTuple):
    """Exercise, muscle or group of muscles that a text names.

    Attributes
    ----------
    kind : str
        ``exercise``, ``muscle`` or ``group``: the setting of the matrix that chooses it.
    code : str
        Its code.
    times : int
        How often it is named.
    words : tuple of str
        Words that named it, in lower case, each once.
    """

    kind: str
    code: str
    times: int
    words: tuple[str, ...]


class Lexicon:
    """Terms, ready to be looked for.

    Parameters
    ----------
    terms : iterable of (str, str)
        Term in lower case and what it stands for. A term is one or more words; each may end in a
        star, which stands for any ending.

    Examples
    --------
    >>> lexicon = Lexicon([("lose weight", "fat"), ("thigh*", "leg")])
    >>> lexicon.find("lose weight on your thighs".split())
    [Hit(start=0, end=2, key='fat'), Hit(start=4, end=5, key='leg')]
    """

    def __init__(self, terms: Iterable[tuple[str, str]]) -> None:
        self._whole: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self._beginnings: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for term, key in terms:
            first, *others = term.split()
            starts = self._beginnings if first.endswith(_STAR) else self._whole
            starts[first.rstrip(_STAR)].append((others, key))
        self._lengths = sorted({len(word) for word in self._beginnings})

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every place where a term stands; terms may overlap."""
        hits = []
        for start, word in enumerate(words):
            candidates = [*self._whole.get(word, ())]
            for length in self._lengths:
                if length <= len(word):
                    candidates += self._beginnings.get(word[:length], ())
            for others, key in candidates:
                end = start + 1 + len(others)
                if end <= len(words) and all(map(_fits, others, words[start + 1 : end])):
                    hits.append(Hit(start, end, key))
        return hits


class TopicRules:
    """Rules that say which words make a sentence touch a topic.

    Parameters
    ----------
    word_groups : DataFrame
        Table with ``word_group`` and ``term``.
    topic_rules : DataFrame
        Table with ``topic_id``, ``rule``, ``word_group`` and ``scope``.

    Examples
    --------
    >>> groups = pd.DataFrame({"word_group": ["run", "fat"], "term": ["run*", "fat"]})
    >>> rules = pd.DataFrame({"topic_id": ["T02"] * 2, "rule": [1, 1],
    ...                       "word_group": ["run", "fat"], "scope": ["sentence"] * 2})
    >>> prose = Prose(("Running burns fat.", "Fat is fuel.", "Does running burn fat?"))
    >>> [touch.words for touch in TopicRules(groups, rules).touches(prose)]
    [('running', 'fat')]
    """

    def __init__(self, word_groups: pd.DataFrame, topic_rules: pd.DataFrame) -> None:
        self._lexicon = Lexicon(zip(word_groups["term"], word_groups["word_group"], strict=True))
        self._rules = [
            (
                str(topic),
                frozenset(rows["word_group"]),
                frozenset(rows.loc[rows["scope"].eq(_IN_TEXT), "word_group"]),
            )
            for (topic, _), rows in topic_rules.groupby(["topic_id", "rule"])
        ]

    def touches(self, prose: Prose) -> list[Touch]:
        """Sentences that touch a topic, each once, by topic and then in the order of the text.

        Questions, sentences of one or two words and stretches that are too long for a sentence
        are left out. The likeness is 0.
        """
        lines = [*prose.headings, *prose.sentences]
        found = [(line, words := split_words(line), self._lexicon.find(words)) for line in lines]
        in_text = {hit.key for _, _, hits in found for hit in hits}
        can_claim = set(claimable(prose))
        touches = []
        for sentence, words, hits in found[len(prose.headings) :]:
            if sentence not in can_claim:
                continue
            here = {hit.key for hit in hits}
            by_topic: dict[str, set[str]] = defaultdict(set)
            for topic, groups, anywhere in self._rules:
                if groups - anywhere <= here and anywhere <= in_text:
                    by_topic[topic] |= groups
            touches += [
                Touch(topic, sentence, _phrases(words, hits, groups), 0.0)
                for topic, groups in by_topic.items()
            ]
        return sorted(dict.fromkeys(touches), key=lambda touch: touch.topic_id)


class Likeness:
    """TF-IDF cosine between sentences and our wording of the topics.

    Parameters
    ----------
    wordings : DataFrame
        ``topic_id`` and ``text``, one row a wording; a topic may have several.

    Notes
    -----
    tf = 1 + ln(count), idf = ln((1 + n) / (1 + df)) + 1 over the wordings, common English words
    left out; by scikit-learn.
    """

    def __init__(self, wordings: pd.DataFrame) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        ordered = wordings.sort_values("topic_id", kind="stable")
        self._vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
        self._wordings = self._vectorizer.fit_transform(ordered["text"])
        self.topic_ids, self._starts = np.unique(
            ordered["topic_id"].to_numpy(str), return_index=True
        )

    def to_topics(self, sentences: Sequence[str]) -> np.ndarray:
        """Cosine with the nearest wording of each topic.

        Returns
        -------
        ndarray of shape (n_sentences, n_topics)
            0 to 1, columns in the order of ``topic_ids``.
        """
        if not sentences:
            return np.zeros((0, len(self.topic_ids)))
        cosines = self._vectorizer.transform(sentences) @ self._wordings.T
        return np.maximum.reduceat(cosines.toarray(), self._starts, axis=1)

    def rated(self, touches: Sequence[Touch]) -> list[Touch]:
        """The same touches with their likeness; within a topic the most alike first."""
        sentences = list(dict.fromkeys(touch.sentence for touch in touches))
        cosines = self.to_topics(sentences)
        row = {sentence: i for i, sentence in enumerate(sentences)}
        column = {topic: i for i, topic in enumerate(self.topic_ids)}
        rated = [
            touch._replace(likeness=float(cosines[row[touch.sentence], column[touch.topic_id]]))
            for touch in touches
        ]
        return sorted(rated, key=lambda touch: (touch.topic_id, -touch.likeness))


class Names:
    """Names of exercises, muscles and groups of muscles.

    Parameters
    ----------
    exercises, muscles : DataFrame
        The two tables; their names and short names count.
    everyday_names : DataFrame
        Table with ``term`` and one of ``exercise_id``, ``muscle_id`` and ``muscle_group``.
    """

    def __init__(
        self, exercises: pd.DataFrame, muscles: pd.DataFrame, everyday_names: pd.DataFrame
    ) -> None:
        terms = {
            " ".join(split_words(name)) + _STAR: f"{kind}:{code}"
            for kind, table in (("exercise", exercises), ("muscle", muscles))
            for column in ("name", "short_name")
            for code, name in zip(table[f"{kind}_id"], table[column], strict=True)
        }
        for kind, column in (
            ("exercise", "exercise_id"),
            ("muscle", "muscle_id"),
            ("group", "muscle_group"),
        ):
            rows = everyday_names[everyday_names[column].notna()]
            terms |= {
                term: f"{kind}:{code}"
                for term, code in zip(rows["term"], rows[column], strict=True)
            }
        self._lexicon = Lexicon(terms.items())

    def named(self, prose: Prose) -> list[Named]:
        """What the text names, exercises first, then the most often named.

        Where names overlap the longest counts: "hill sprints" are no sprints on the flat.
        """
        found: dict[str, list[str]] = defaultdict(list)
        for line in (*prose.headings, *prose.sentences):
            words = split_words(line)
            for hit in _longest(self._lexicon.find(words)):
                found[hit.key].append(" ".join(words[hit.start : hit.end]))
        named = []
        for key, places in found.items():
            kind, _, code = key.partition(":")
            named.append(Named(kind, code, len(places), tuple(dict.fromkeys(places))))
        return sorted(named, key=lambda one: (one.kind != "exercise", -one.times))


def claimable(prose: Prose) -> list[str]:
    """Sentences that can hold a claim: no questions, no scraps, no stretch without a full stop.

    Examples
    --------
    >>> claimable(Prose(("Does it work?", "Yes.", "It works quite well.")))
    ['It works quite well.']
    """
    return [
        sentence
        for sentence in prose.sentences
        if not sentence.endswith("?")
        and _FEWEST_WORDS <= len(words_of(sentence)) <= LONGEST_SENTENCE
    ]


def split_words(sentence: str) -> list[str]:
    """Words of a sentence in lower case, hyphenated ones taken apart.

    Examples
    --------
    >>> split_words("Side-to-side moves")
    ['side', 'to', 'side', 'moves']
    """
    return [part for word in words_of(sentence) for part in word.split("-")]


def wordings(topics: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Our wording of each topic: its statement and the claims that are filed under it.

    Parameters
    ----------
    topics, claims : DataFrame
        The two tables.

    Returns
    -------
    DataFrame
        ``topic_id`` and ``text``.
    """
    parts = (
        topics[["topic_id", "proposition"]].set_axis(["topic_id", "text"], axis=1),
        claims[["topic_id", "claim"]].set_axis(["topic_id", "text"], axis=1),
    )
    return pd.concat(parts, ignore_index=True)


def coded_topics(article_id: str, stances: pd.DataFrame, claims: pd.DataFrame) -> set[str]:
    """Topics on which an article has a stance or a claim, as we coded it.

    Parameters
    ----------
    article_id : str
        Article, such as "A".
    stances, claims : DataFrame
        The two tables.
    """
    speaks = stances["article_id"].eq(article_id) & stances["stance"].ne("silent")
    claimed = claims["article_id"].eq(article_id)
    return set(stances.loc[speaks, "topic_id"]) | set(claims.loc[claimed, "topic_id"])


def agreement(both: int, found_only: int, coded_only: int) -> dict[str, float]:
    """Precision and recall of what was found against what was coded.

    Parameters
    ----------
    both, found_only, coded_only : int
        Topics that were found and coded, only found, only coded.

    Returns
    -------
    dict of str to float
        The figures of `MEASURED`; a share of nothing is 0.

    Examples
    --------
    >>> figures = agreement(8, 2, 8)
    >>> figures["precision"], figures["recall"], round(figures["f1"], 3)
    (0.8, 0.5, 0.615)
    """
    found, coded = both + found_only, both + coded_only
    shares = (
        both / found if found else 0.0,
        both / coded if coded else 0.0,
        2 * both / (found + coded) if found + coded else 0.0,
    )
    return dict(zip(MEASURED, (both, found_only, coded_only, *shares), strict=True))


def _fits(pattern: str, word: str) -> bool:
    if pattern.endswith(_STAR):
        return word.startswith(pattern[:-1])
    return word == pattern


def _phrases(words: Sequence[str], hits: Iterable[Hit], groups: set[str]) -> tuple[str, ...]:
    """Words of the hits in these groups, each once and none inside another."""
    wanted = [hit for hit in hits if hit.key in groups]
    return tuple(dict.fromkeys(" ".join(words[hit.start : hit.end]) for hit in _longest(wanted)))


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that do not overlap, from the left, the longer first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
