"""Hostile links, files and texts: each follows from a seed and a number alone.

Most start from something valid and are then damaged, so that they get past the first check of a
parser; the rest is noise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache
from random import Random
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from spotcheck.articles.coding import coding_table
from spotcheck.energy import Person
from spotcheck.energy.weigh_ins import sample
from spotcheck.ui import settings
from spotcheck.ui.links import Field, Flag, Nested, Number, Records, Text

Kind = Literal["link", "coding", "weigh_ins", "article"]

PAGES = {
    "streamlit_app.py": settings.estimator,
    "pages/calorie_deficit.py": settings.estimator,
    "pages/muscle_matrix.py": settings.matrix,
    "pages/articles.py": settings.articles,
    "pages/methods.py": settings.methods,
}
# Of every five cases.
KINDS: tuple[Kind, ...] = ("link", "link", "coding", "weigh_ins", "article")
LAST_DAY = dt.date(2026, 11, 22)
NASTY = (
    *("1e999", "-1e400", "nan", "-nan", "inf", "-0", "0x10", "1_000", "٣", "½", "1,5", "9" * 400),
    *("", " ", "\0", "\t", "\r", "\n", "\u2028", "\x85", "\ufeff", "\u202e", "\u200d", "\ufffe"),
    *("\ud800", "e\u0301" * 20, "\u0f00" * 50, "🏃‍♀️", "İ", "ǅ", "ß", "ﬀ", "%", "%00", "%ff", "%zz"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "<a", "]]>", "&lt;"),
    *("![x](http://evil.example/x.png)", "[x](javascript:alert(1))", "www.evil.example"),
    *("$$x$$", "$\\frac{1}{0}$", ":red[x]", ":material/home:", ":smile:", "`x`", "|a|b|", "# x"),
    *("../../etc/passwd", "C:\\Windows", "file:///etc/passwd", "'; DROP TABLE x; --", "{{7*7}}"),
    *("=1+1", "@SUM(1)", "+1", "-1", '"', '""', '"a', "'", ",", ";", ";;;;", "key", "value"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "31.12.1999", "01/02/2026", "2026-11-22T25:61"),
    *("None", "null", "true", "[]", "()", "__class__", "A", "T01", "T01.A", "steady", "1", "0"),
)
PROSE = (
    "Running may take off some body fat. Nobody can spot reduce the thighs, and 31 women in one "
    "study (Smith et al. 2019) found that out. Does it work? Squats help you, too! Steep hills "
    "make the legs work harder, 3.5 times a week. Cellulite is normal. You always burn 300 kcal."
)


class Case(NamedTuple):
    """One thing to send.

    Attributes
    ----------
    seed, number : int
        What it was made of.
    kind : str
        What it is.
    page : str
        Page that it is sent to.
    data : object
        Parameters of a link; text or bytes of a file; name and text of an article.
    """

    seed: int
    number: int
    kind: Kind
    page: str
    data: Any


def case(seed: int, number: int) -> Case:
    """Case of a number; the same seed and number always give the same one."""
    chance = Random(f"{seed}/{number}")
    kind = KINDS[number % len(KINDS)]
    if kind == "link":
        page = list(PAGES)[number // len(KINDS) % len(PAGES)]
        return Case(seed, number, kind, page, link(chance, PAGES[page]()))
    page = "pages/calorie_deficit.py" if kind == "weigh_ins" else "pages/articles.py"
    made = {"coding": coding_file, "weigh_ins": weigh_in_file, "article": article}[kind]
    return Case(seed, number, kind, page, made(chance))


def link(chance: Random, fields: Sequence[Field]) -> dict[str, list[str]]:
    """Parameters of a link: some of the page's own, most of them allowed, and a few strangers."""
    # What is open decides how much code the rest of the link can reach.
    opens = [one for one in fields if one.name in ("view", "part") and chance.random() < 0.7]
    chosen = [*opens, *chance.sample(fields, chance.randint(0, min(len(fields), 9)))]
    parameters = {one.name: texts(chance, one) for one in chosen}
    if chance.random() < 0.4:
        stranger = chance.choice(["v", "embed", "utm_source", "V", "view ", noise(chance)])
        parameters[stranger] = [noise(chance)]
    return {name: given for name, given in parameters.items() if given}


def texts(chance: Random, field: Field) -> list[str]:
    """What a link says for a field: as many texts as it takes, and sometimes more."""
    most = getattr(field, "most", None)
    usual = 1 if most is None and not hasattr(field, "most") else min(most or 5, 6)
    return [text(chance, field) for _ in range(chance.choice([1, usual, usual + 3]))]


def text(chance: Random, field: Field) -> str:
    """One text for a field: allowed in three of four cases."""
    if chance.random() < 0.25:
        return noise(chance)
    if isinstance(field, Number):
        wide = field.high - field.low
        value = chance.uniform(field.low - 0.1 * wide, field.high + 0.1 * wide)
        return f"{value:.{chance.choice([0, 1, 3, 17])}f}"
    if isinstance(field, Flag):
        return chance.choice(["0", "1"])
    if isinstance(field, Text):
        return noise(chance) + noise(chance)
    if isinstance(field, Records):
        cells = [text(chance, column) for column in field.columns]
        return field.join.join(
            cells[: chance.randint(1, len(cells))] + ["9"] * chance.randint(0, 1)
        )
    if isinstance(field, Nested):
        parts = chance.sample(field.fields, chance.randint(1, len(field.fields)))
        pairs = [(one.name, each) for one in parts for each in texts(chance, one)]
        return urlencode(pairs, errors="replace")
    return chance.choice(field.options)


def noise(chance: Random) -> str:
    """Something nasty, or letters out of all of Unicode."""
    if chance.random() < 0.6:
        return chance.choice(NASTY)
    top = chance.choice([0x7F, 0x2FF, 0xFFFF, 0x10FFFF])
    return "".join(chr(chance.randint(0, top)) for _ in range(chance.randint(1, 12)))


def coding_file(chance: Random) -> str | bytes:
    """Coding of the articles, damaged."""
    lines = chance.sample(codings(), chance.randint(0, 40))
    head = chance.choice(["key,value", "value,key", "Key;VALUE", "key\tvalue", codings_head(), ""])
    delimiter = next((sign for sign in ";\t" if sign in head), ",")
    return damaged(chance, "\n".join([head, *(line.replace(",", delimiter) for line in lines)]))


@cache
def codings() -> list[str]:
    """Lines of our own coding, of its form, and of places alone."""
    table = coding_table(settings.our_coding(), settings.our_coding())
    pairs = [f"{row.key},{row.value}" for row in table.itertuples()]
    return [*pairs, *table.to_csv(index=False).splitlines()[1:], *table["key"]]


@cache
def codings_head() -> str:
    """First line of our own coding."""
    return ",".join(coding_table(settings.our_coding(), settings.our_coding()).columns)


def weigh_in_file(chance: Random) -> str | bytes:
    """Weigh-ins of some weeks, damaged."""
    lines = weigh_ins().splitlines()
    start = chance.randint(0, len(lines) - 1)
    kept = lines[start : start + chance.randint(0, 80)]
    delimiter = chance.choice([",", ";", "\t", " ", " , "])
    head = chance.choice(["date,weight_kg", "day;weight (lb)", "Datum\tGewicht", "", "x,y,z"])
    rows = [line.replace(",", delimiter) for line in kept]
    if chance.random() < 0.3:
        rows = [row.replace("-", chance.choice("/.-")) for row in rows]
    return damaged(chance, "\n".join([head, *rows]))


@cache
def weigh_ins() -> str:
    """Weigh-ins that can be read."""
    return sample(Person("female", 34, 1.68, 68), -200, 100, LAST_DAY)


def article(chance: Random) -> tuple[str, str]:
    """Name and text of an article."""
    known = PROSE.split()
    words = [
        chance.choice(known) if chance.random() < 0.97 else noise(chance)
        for _ in range(chance.choice([0, 3, 60, 300]))
    ]
    whole = damaged(chance, " ".join(words), can_encode=False)
    assert isinstance(whole, str)
    return noise(chance) + noise(chance), whole


def damaged(chance: Random, whole: str, *, can_encode: bool = True) -> str | bytes:
    """Text with a few things done to it, as text or in some encoding."""
    for _ in range(chance.choice([0, 1, 1, 3, 8])):
        whole = chance.choice(DAMAGES)(chance, whole)[:400_000]
    if not can_encode or chance.random() < 0.5:
        return whole
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "utf-7"])
    data = whole.encode(encoding, errors="replace")
    if chance.random() < 0.3:
        at = chance.randint(0, len(data))
        data = data[:at] + chance.randbytes(chance.randint(0, 4)) + data[at + 1 :]
    return data


def _cut(chance: Random, whole: str) -> str:
    start = chance.randint(0, len(whole))
    return whole[:start] + whole[start + chance.randint(0, 30) :]


def _insert(chance: Random, whole: str) -> str:
    at = chance.randint(0, len(whole))
    return whole[:at] + noise(chance) + whole[at:]


def _digit(chance: Random, whole: str) -> str:
    at = chance.randint(0, len(whole))
    return whole[:at] + chance.choice("0123456789.,-") + whole[at + 1 :]


def _shuffle(chance: Random, whole: str) -> str:
    lines = whole.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _repeat(chance: Random, whole: str) -> str:
    at = chance.randint(0, len(whole))
    piece = whole[at : at + chance.randint(1, 40)]
    return whole[:at] + piece * chance.choice([2, 50, 4_000]) + whole[at:]


def _ends(chance: Random, whole: str) -> str:
    return whole.replace("\n", chance.choice(["\r\n", "\r", "\n\n", "\u2028", "\x0b", " "]))


def _swap(chance: Random, whole: str) -> str:
    return whole.replace(
        chance.choice(",;\t .-aeT1"), chance.choice([",", ";", '"', "\0", "", "x"])
    )


def _quote(_: Random, whole: str) -> str:
    return "\n".join(f'"{line}' for line in whole.split("\n"))


def _turn(chance: Random, whole: str) -> str:
    return chance.choice([str.upper, str.swapcase, str.title, lambda all: all[::-1]])(whole)


DAMAGES: tuple[Callable[[Random, str], str], ...] = (
    *(_cut, _insert, _insert, _digit, _digit, _shuffle, _repeat, _ends, _swap, _quote, _turn),
)
