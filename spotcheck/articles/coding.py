"""Codings of the articles: what was coded, by whom, and how two codings differ.

A coding is three tables: the stance of each article on each topic, the verdict on each claim, and
the grade of each topic's evidence. Everything else on the page is counted from them, so a reader
who changes a value sees every count follow.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from spotcheck.articles.claims import VERDICTS
from spotcheck.articles.evidence import GRADES
from spotcheck.articles.stances import SILENT, STANCE_VALUES, STANCES
from spotcheck.articles.story import GRADE_WORDS, VERDICT_WORDS
from spotcheck.wording import NBSP

Kind = Literal["stance", "verdict", "grade"]

READER = "you"
ALLOWED: dict[Kind, tuple[str, ...]] = {"stance": STANCES, "verdict": VERDICTS, "grade": GRADES}
KIND_WORDS: dict[Kind, str] = {"stance": "Stances", "verdict": "Verdicts", "grade": "Grades"}
WORDS: dict[Kind, dict[str, str]] = {
    "stance": {word: word.capitalize() for word in STANCES},
    "verdict": VERDICT_WORDS,
    "grade": {grade: word.capitalize() for grade, word in GRADE_WORDS.items()},
}
MOST_BYTES = 200_000
MOST_LINES = 3_000

_MOST_CHARACTERS_A_LINE = 2_000
_SHOWN_CHARACTERS = 40
# Of a normal distribution: 95 in 100 values lie this many standard errors around the middle.
_Z_95 = 1.959964
_FORMULA = "starts with =, +, - or @, as a formula does"
_NO_PLACE = "no such place; keys look like T01.A, A10 or T01"
_TOO_LONG = f"longer than {_MOST_CHARACTERS_A_LINE:,} characters"
_TOO_SHORT = "ends before the column value"


class Edit(NamedTuple):
    """One value that a reader codes in their own way.

    Attributes
    ----------
    key : str
        What is coded: ``T01.A`` a stance, ``A10`` the verdict on a claim, ``T01`` a grade.
    value : str
        Code that takes the place of ours.
    """

    key: str
    value: str


@dataclass(frozen=True)
class Coding:
    """The three tables that a rater fills.

    Attributes
    ----------
    topics : DataFrame
        Table of topics; ``grade`` is coded.
    stances : DataFrame
        Table of stances; ``stance`` is coded.
    claims : DataFrame
        Table of claims; ``verdict`` is coded.
    """

    topics: pd.DataFrame
    stances: pd.DataFrame
    claims: pd.DataFrame

    def values(self) -> pd.Series:
        """Every coded value by its key: stances, then verdicts, then grades.

        Examples
        --------
        >>> coding = Coding(
        ...     pd.DataFrame({"topic_id": ["T01"], "grade": ["low"]}),
        ...     pd.DataFrame({"topic_id": ["T01"], "article_id": ["A"], "stance": ["silent"]}),
        ...     pd.DataFrame({"claim_id": ["A01"], "verdict": ["supported"]}),
        ... )
        >>> coding.values().to_dict()
        {'T01.A': 'silent', 'A01': 'supported', 'T01': 'low'}
        """
        stance_keys = self.stances["topic_id"] + "." + self.stances["article_id"]
        return pd.concat(
            [
                pd.Series(self.stances["stance"].to_numpy(object), stance_keys),
                pd.Series(self.claims["verdict"].to_numpy(object), self.claims["claim_id"]),
                pd.Series(self.topics["grade"].to_numpy(object), self.topics["topic_id"]),
            ]
        ).rename_axis("key")


def kind_of(key: str) -> Kind:
    """What a key codes.

    Examples
    --------
    >>> kind_of("T01.A"), kind_of("A10"), kind_of("T01")
    ('stance', 'verdict', 'grade')
    """
    if "." in key:
        return "stance"
    return "grade" if key.startswith("T") else "verdict"


def recoded(coding: Coding, edits: Iterable[Edit]) -> Coding:
    """Coding with a reader's values in the place of ours.

    Parameters
    ----------
    coding : Coding
        Where the reader starts.
    edits : iterable of Edit
        Later ones win. An edit that says what is coded already changes nothing.

    Returns
    -------
    Coding
        New tables; ``coded_by`` of a changed row is ``you``, and a stance that the reader gives
        counts as explicit.

    Raises
    ------
    ValueError
        If a key is unknown or a value is not allowed for it.
    """
    ours = coding.values()
    changes: dict[Kind, dict[str, str]] = {"stance": {}, "verdict": {}, "grade": {}}
    for key, value in edits:
        if key not in ours.index:
            raise ValueError(f"key is {key!r}; allowed are a topic, a claim, or TOPIC.ARTICLE")
        kind = kind_of(key)
        if value not in ALLOWED[kind]:
            raise ValueError(f"{key} is {value!r}; allowed are {', '.join(ALLOWED[kind])}")
        changes[kind].pop(key, None)
        if value != ours[key]:
            changes[kind][key] = value
    stances = _changed(
        coding.stances,
        coding.stances["topic_id"] + "." + coding.stances["article_id"],
        "stance",
        changes["stance"],
    )
    if changes["stance"]:
        is_new = stances["coded_by"].eq(READER)
        speaks = is_new & stances["stance"].ne(SILENT)
        stances = stances.assign(
            stance_value=stances["stance_value"].mask(
                is_new, stances["stance"].map(STANCE_VALUES).astype(float)
            ),
            qualifier=stances["qualifier"].mask(is_new, None).mask(speaks, "explicit"),
            note=stances["note"].mask(is_new, None),
        )
    return Coding(
        _changed(coding.topics, coding.topics["topic_id"], "grade", changes["grade"]),
        stances,
        _changed(coding.claims, coding.claims["claim_id"], "verdict", changes["verdict"]),
    )


def _changed(
    table: pd.DataFrame, keys: pd.Series, column: str, changes: dict[str, str]
) -> pd.DataFrame:
    """Table with some values of a column changed, and who changed them."""
    if not changes:
        return table
    values = keys.map(changes)
    is_new = values.notna()
    return table.assign(
        **{
            column: table[column].astype(object).mask(is_new, values),
            "coded_by": table["coded_by"].astype(object).mask(is_new, READER),
        }
    )


def places(coding: Coding) -> pd.DataFrame:
    """Every place that a rater fills, and what it is about.

    Parameters
    ----------
    coding : Coding
        Any coding; all have the same places.

    Returns
    -------
    DataFrame
        In the order of `Coding.values`: ``key``, ``kind``, ``topic_id``, ``article_id`` (missing
        for a grade), ``claim_id`` (missing but for a verdict) and ``text``, in our words: the
        claim, or the statement of the topic.
    """
    topics, stances, claims = coding.topics, coding.stances, coding.claims
    propositions = dict(zip(topics["topic_id"], topics["proposition"], strict=True))
    rows = [
        *(
            (f"{topic}.{article}", "stance", topic, article, None, propositions[topic])
            for topic, article in zip(stances["topic_id"], stances["article_id"], strict=True)
        ),
        *(
            (claim, "verdict", topic, article, claim, text)
            for claim, topic, article, text in zip(
                *(claims[column] for column in ("claim_id", "topic_id", "article_id", "claim")),
                strict=True,
            )
        ),
        *((topic, "grade", topic, None, None, text) for topic, text in propositions.items()),
    ]
    columns = ["key", "kind", "topic_id", "article_id", "claim_id", "text"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def coding_table(ours: Coding, theirs: Coding, *, blank: bool = False) -> pd.DataFrame:
    """Table that another rater can fill, and that `read_coding` reads.

    Parameters
    ----------
    ours, theirs : Coding
        Our coding, and the one to write down.
    blank : bool, default False
        Leave the values empty and our codes out, for a rater who is not to see them.

    Returns
    -------
    DataFrame
        One row a place: ``key``, ``kind``, ``topic_id``, ``article_id``, ``claim_id``, ``ours``
        (not if blank), ``value``, ``text`` and ``allowed``, the values to choose from.
    """
    rows = places(ours)
    values = np.full(len(rows), "", object) if blank else theirs.values().to_numpy(object)
    rows["ours"] = ours.values().to_numpy(object)
    rows["value"] = values
    rows["allowed"] = rows["kind"].map({kind: " / ".join(one) for kind, one in ALLOWED.items()})
    columns = ["key", "kind", "topic_id", "article_id", "claim_id", "ours", "value"]
    wanted = [column for column in columns if not (blank and column == "ours")]
    return rows[[*wanted, "text", "allowed"]]


def differences(ours: Coding, theirs: Coding) -> pd.DataFrame:
    """Places that two raters code in different ways.

    Parameters
    ----------
    ours, theirs : Coding
        The two codings.

    Returns
    -------
    DataFrame
        Columns of `places`, with ``ours`` and ``value``, theirs; in the order of the places.
    """
    rows = places(ours)
    rows["ours"] = ours.values().to_numpy(object)
    rows["value"] = theirs.values().to_numpy(object)
    differ = (rows["ours"] != rows["value"]).to_numpy()
    return rows[differ].reset_index(drop=True)


class Skipped(NamedTuple):
    """Line of a coding file that was not used: at most 40 characters of it, and why."""

    line: int
    shown: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What a coding file says.

    Attributes
    ----------
    codes : dict of str to str
        Code of every place that the file fills, whether it differs from ours or not.
    skipped : tuple of Skipped
        Lines that were not used, in their order.
    n_empty : int
        Places that the file names and leaves empty.
    problem : str
        Why nothing could be read at all; empty when it could.
    """

    codes: dict[str, str] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    n_empty: int = 0
    problem: str = ""

    def edits(self, ours: Coding, kept: Iterable[Edit] = ()) -> tuple[Edit, ...]:
        """Edits that make our coding the file's; places it does not fill stay as in ``kept``."""
        wanted = {**dict(kept), **self.codes}
        return tuple(
            Edit(key, wanted[key])
            for key, value in ours.values().items()
            if wanted.get(key, value) != value
        )


def read_coding(data: str | bytes, ours: Coding) -> Reading:
    r"""Read a coding out of a file or pasted text, line by line.

    Parameters
    ----------
    data : str or bytes
        CSV with the columns ``key`` and ``value`` in any place and among others, or two columns
        without names. Commas, semicolons or tabs; bytes in UTF-8, or UTF-16 with a byte order
        mark; at most 200 kB and 3,000 lines.
    ours : Coding
        Coding whose places there are.

    Returns
    -------
    Reading
        Never raises for what stands in ``data``. The first line of a place counts.

    Examples
    --------
    >>> ours = Coding(
    ...     pd.DataFrame({"topic_id": ["T01"], "grade": ["low"]}),
    ...     pd.DataFrame({"topic_id": ["T01"], "article_id": ["A"], "stance": ["silent"]}),
    ...     pd.DataFrame({"claim_id": ["A01"], "verdict": ["supported"]}),
    ... )
    >>> reading = read_coding("key,value\nT01,Very low\nT99,high\nA01,=1+1", ours)
    >>> reading.codes
    {'T01': 'very_low'}
    >>> [one.line for one in reading.skipped]
    [3, 4]
    """
    text, problem = _decoded(data)
    lines = [(at, line) for at, line in enumerate(re.split("\r\n|\r|\n", text), 1) if line.strip()]
    if not problem and not lines:
        problem = "There is nothing in it. Nothing was changed."
    if not problem and len(lines) > MOST_LINES:
        problem = (
            f"That is {len(lines):,} lines, and this page reads up to {MOST_LINES:,}. "
            "Nothing was changed."
        )
    keys = dict.fromkeys(ours.values().index)
    layout = None if problem else _layout(lines[0][1], keys)
    if layout is None:
        return Reading(
            problem=problem
            or "The first line has to name the columns key and value. Nothing was changed."
        )
    return _read_lines(lines[layout.n_head :], layout, keys)


class _Layout(NamedTuple):
    """Where key and value stand in a line."""

    delimiter: str
    key: int
    value: int
    n_head: int


def _layout(first: str, keys: Mapping[str, object]) -> _Layout | None:
    """Layout that makes sense of the first line; None if none does."""
    for delimiter in (",", ";", "\t"):
        cells = _cells(first[:_MOST_CHARACTERS_A_LINE], delimiter)
        names = [cell.casefold() for cell in cells]
        if "key" in names and "value" in names:
            return _Layout(delimiter, names.index("key"), names.index("value"), 1)
        if len(cells) == 2 and cells[0] in keys:
            return _Layout(delimiter, 0, 1, 0)
    return None


def _read_lines(
    lines: Iterable[tuple[int, str]], layout: _Layout, keys: Mapping[str, object]
) -> Reading:
    codes: dict[str, str] = {}
    seen: dict[str, int] = {}
    skipped = []
    n_empty = 0
    for at, line in lines:
        key, value, reason = _key_and_value(line, layout, keys)
        if not reason and key in seen:
            reason = f"given before, on line {seen[key]}"
        if reason:
            shown = line if reason in (_TOO_LONG, _TOO_SHORT) else f"{key}, {value}"
            skipped.append(Skipped(at, _printable(shown), reason))
        elif value:
            seen[key] = at
            codes[key] = value
        else:
            n_empty += 1
    return Reading(codes, tuple(skipped), n_empty)


def _key_and_value(line: str, layout: _Layout, keys: Mapping[str, object]) -> tuple[str, str, str]:
    """Key and code of a line, and why it cannot be used; an empty code for an empty cell."""
    if len(line) > _MOST_CHARACTERS_A_LINE:
        return "", "", _TOO_LONG
    cells = _cells(line, layout.delimiter)
    if len(cells) <= max(layout.key, layout.value):
        return "", "", _TOO_SHORT
    key, value = cells[layout.key], cells[layout.value]
    if key.startswith(("=", "+", "-", "@")) or value.startswith(("=", "+", "-", "@")):
        return key, value, _FORMULA
    if key not in keys:
        return key, value, _NO_PLACE
    allowed = ALLOWED[kind_of(key)]
    code = re.sub(r"[\s-]+", "_", value.casefold())
    if code and code not in allowed:
        return key, value, f"not a {kind_of(key)}; allowed are {', '.join(allowed)}"
    return key, code, ""


def _cells(line: str, delimiter: str) -> list[str]:
    """Cells of a line; a quote that is never closed ends with the line."""
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _printable(text: str) -> str:
    """Beginning of a text, without what cannot be seen or turns the line."""
    seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    cut = seen[:_SHOWN_CHARACTERS]
    return cut if len(cut) == len(seen) else f"{cut} …"


def _decoded(data: str | bytes) -> tuple[str, str]:
    """Text of what was given, or why there is none."""
    if len(data) > MOST_BYTES:
        return "", (
            f"That is {len(data) / 1000:,.0f}{NBSP}kB, and a coding has less than "
            f"{MOST_BYTES / 1000:.0f}{NBSP}kB. Nothing was changed."
        )
    if isinstance(data, str):
        return data.removeprefix("\ufeff").replace("\0", "\N{REPLACEMENT CHARACTER}"), ""
    if data.startswith(b"PK\x03\x04"):
        return "", "This is a spreadsheet file. Save it as CSV, and load that. Nothing was changed."
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return "", (
            "This file is not text in UTF-8, the encoding that this page reads. Save it as CSV in "
            "UTF-8. Nothing was changed."
        )
    return text, ""


@dataclass(frozen=True)
class Agreement:
    """How far two raters agree.

    Attributes
    ----------
    n, alike : int
        Places that both coded, and those that they coded alike.
    kappa : float or None
        Cohen's kappa [1]; None where it is not defined.
    interval : (float, float) or None
        Its 95 % interval; None where kappa is not defined or its standard error is zero.
    """

    n: int
    alike: int
    kappa: float | None
    interval: tuple[float, float] | None


def cohens_kappa(first: Sequence[str], second: Sequence[str]) -> Agreement:
    r"""Agreement of two raters beyond what chance alone would give.

    Parameters
    ----------
    first, second : sequence of str
        Codes of the two raters, place by place.

    Returns
    -------
    Agreement
        Kappa is not defined where both use one and the same code throughout, or without places.

    Raises
    ------
    ValueError
        If the two are not equally long.

    Notes
    -----
    With :math:`p_{ij}` the share of places that the first rater codes :math:`i` and the second
    :math:`j`, :math:`p_o = \sum_i p_{ii}` and :math:`p_e = \sum_i p_{i.} p_{.i}`,

    .. math:: \kappa = \frac{p_o - p_e}{1 - p_e}

    The interval takes the places for independent draws and many; it is cut at -1 and 1. Its
    variance is Fleiss, Cohen and Everitt's: :math:`(A + B - C) / (n (1 - p_e)^2)` with

    .. math::
        A = \sum_i p_{ii} [1 - (p_{i.} + p_{.i})(1 - \kappa)]^2, \quad
        B = (1 - \kappa)^2 \sum_{i \ne j} p_{ij} (p_{.i} + p_{j.})^2, \quad
        C = [\kappa - p_e (1 - \kappa)]^2

    References
    ----------
    Cohen J. A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 1960;20(1):37-46. https://doi.org/10.1177/001316446002000104

    Fleiss JL, Cohen J, Everitt BS. Large sample standard errors of kappa and weighted kappa.
    Psychological Bulletin 1969;72(5):323-327. https://doi.org/10.1037/h0028106

    Examples
    --------
    >>> found = cohens_kappa(["low", "low", "high", "high"], ["low", "low", "low", "high"])
    >>> found.alike, found.kappa
    (3, 0.5)
    >>> cohens_kappa(["low", "low"], ["low", "low"]).kappa is None
    True
    """
    if len(first) != len(second):
        raise ValueError(f"second has {len(second)} codes; allowed: {len(first)}, as first has")
    n = len(first)
    codes = {code: place for place, code in enumerate(dict.fromkeys([*first, *second]))}
    counts = np.zeros((len(codes), len(codes)))
    for one, other in zip(first, second, strict=True):
        counts[codes[one], codes[other]] += 1
    alike = int(np.trace(counts))
    if len(codes) < 2:
        return Agreement(n, alike, None, None)
    shares = counts / n
    by_first, by_second = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float(np.trace(shares)), float(by_first @ by_second)
    kappa = (observed - expected) / (1 - expected)
    both = np.diag(shares)
    a = float(both @ (1 - (by_first + by_second) * (1 - kappa)) ** 2)
    apart = shares * (by_second[:, None] + by_first[None, :]) ** 2
    b = (1 - kappa) ** 2 * float(apart.sum() - np.trace(apart))
    c = (kappa - expected * (1 - kappa)) ** 2
    variance = (a + b - c) / (n * (1 - expected) ** 2)
    if variance < 1e-12:
        return Agreement(n, alike, kappa, None)
    half = _Z_95 * math.sqrt(variance)
    return Agreement(n, alike, kappa, (max(kappa - half, -1.0), min(kappa + half, 1.0)))


def agreement(
    ours: Coding, theirs: Coding, keys: Iterable[str] | None = None
) -> dict[Kind, Agreement]:
    """Agreement of two codings, for each kind of code.

    Parameters
    ----------
    ours, theirs : Coding
        The two codings.
    keys : iterable of str, optional
        Places that the other rater filled; all of them when not given.

    Returns
    -------
    dict of str to Agreement
        By kind.
    """
    pairs = _pairs(ours, theirs, keys)
    return {kind: cohens_kappa(*_of_kind(pairs, kind)) for kind in ALLOWED}


def confusion(
    ours: Coding, theirs: Coding, kind: Kind, keys: Iterable[str] | None = None
) -> pd.DataFrame:
    """How often each of our codes met each of theirs.

    Parameters
    ----------
    ours, theirs, keys
        As for `agreement`.
    kind : {"stance", "verdict", "grade"}
        What is coded.

    Returns
    -------
    DataFrame
        Rows are our codes, columns theirs, values numbers of places; codes that neither uses are
        left out.
    """
    first, second = _of_kind(_pairs(ours, theirs, keys), kind)
    met = Counter(zip(first, second, strict=True))
    used = [code for code in ALLOWED[kind] if code in {*first, *second}]
    counts = [[met[one, other] for other in used] for one in used]
    return pd.DataFrame(counts, index=used, columns=used, dtype=int).rename_axis(
        index="ours", columns="theirs"
    )


def _pairs(ours: Coding, theirs: Coding, keys: Iterable[str] | None) -> dict[str, tuple[str, str]]:
    """Our code and theirs at every place that counts, by its key."""
    first, second = ours.values(), theirs.values()
    rated = None if keys is None else set(keys)
    return {
        key: (one, other)
        for key, one, other in zip(first.index, first, second, strict=True)
        if rated is None or key in rated
    }


def _of_kind(pairs: Mapping[str, tuple[str, str]], kind: Kind) -> tuple[list[str], list[str]]:
    """Codes of one kind: ours, and theirs."""
    of_kind = [pair for key, pair in pairs.items() if kind_of(key) == kind]
    return [one for one, _ in of_kind], [other for _, other in of_kind]
