"""The codec between a page's settings and the parameters of its link.

Links carry stable codes and metric units, never labels. ``write`` puts every value into the link,
so that an old link keeps its meaning when a default changes. ``read`` never raises: a value that
cannot be used is clipped or left out, and a plain sentence says which and why. Nothing of what the
link said is repeated in these sentences except a finite number, so nothing can be smuggled into
the page.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlencode

from spotcheck.wording import joined

VERSION = "1"

Values = dict[str, Any]

_MOST_NOTICES = 5
# Controls, marks that turn the direction of a line, halves of characters. Two of the marks belong
# to words of some languages and to emoji.
_UNSEEN = {"Cc", "Cf", "Cs"}
_JOINERS = "\u200c\u200d"


class Field(Protocol):
    """One setting of a page, the parameter of the same name, and its limits."""

    @property
    def name(self) -> str:
        """Parameter name, also the name of the setting."""

    @property
    def what(self) -> str:
        """How a notice names the setting, with its article: "a weight"."""

    @property
    def default(self) -> Any:
        """Value of a page that nobody has touched."""

    @property
    def personal(self) -> bool:
        """Whether the value describes the reader rather than the plan."""

    def parse(self, texts: Sequence[str]) -> tuple[Any, str]:
        """Usable value and the notices to show, one a line, empty when the link was fine."""

    def format(self, value: Any) -> list[str]:
        """Texts that ``parse`` turns back into ``value``."""

    def clean(self, value: Any) -> Any:
        """``value`` if it is allowed, else the nearest allowed one or the default."""


@dataclass(frozen=True)
class Number:
    """A number between ``low`` and ``high`` on the grid of ``resolution``.

    ``what`` completes "The link asked for ...", as in "a weight"; ``unit`` is printed after it.
    ``optional`` allows no number at all (``None``, written empty).
    """

    name: str
    what: str
    low: float
    high: float
    default: float | None
    resolution: float = 1
    unit: str = ""
    personal: bool = False
    optional: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[float | None, str]:
        """Clip to the range and round to the grid; anything but a finite number is refused."""
        if self.optional and texts[0] == "":
            return None, ""
        asked = _number(texts[0])
        if not math.isfinite(asked):
            instead = (
                "We left it out."
                if self.default is None
                else f"We use {self._shown(self.default)}."
            )
            return self.default, f"The link did not give {self.what} as a number. {instead}"
        value = self._nearest(asked)
        if asked < self.low or asked > self.high:
            edge = "least" if asked < self.low else "most"
            return value, (
                f"The link asked for {self.what} of {self._shown(asked)}. "
                f"We use {self._shown(value)}, the {edge} this page can handle."
            )
        if not math.isclose(asked, value, abs_tol=1e-9):
            return value, (
                f"The link asked for {self.what} of {self._shown(asked)}. "
                f"We use {self._shown(value)}, the nearest step."
            )
        return value, ""

    def format(self, value: Any) -> list[str]:
        """Shortest text of the number; empty for none."""
        return ["" if value is None else f"{value:.10g}"]

    def clean(self, value: Any) -> float | None:
        """Nearest allowed value, the default for what is not a number.

        Whole numbers are ``int``, as Streamlit's sliders need.
        """
        if value is None and self.optional:
            return None
        value = _number(value)
        return self.default if math.isnan(value) else self._nearest(value)

    def _nearest(self, value: float) -> float:
        value = min(max(value, self.low), self.high)
        value = round(value / self.resolution) * self.resolution
        return round(value) if float(self.resolution).is_integer() else round(value, 6)

    def _shown(self, value: float) -> str:
        text = f"{value:,.10g}" if abs(value) < 1e15 else f"{value:.3g}"
        return (f"{text}\u00a0{self.unit}" if self.unit else text).replace("-", "\u2212")


@dataclass(frozen=True)
class Choice:
    """One code out of ``options``; ``optional`` allows none at all (``None``, written empty)."""

    name: str
    what: str
    options: tuple[str, ...]
    default: str | None
    optional: bool = False
    personal: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[str | None, str]:
        """Return the code, or the default with a notice."""
        if texts[0] in self.options or (self.optional and texts[0] == ""):
            return texts[0] or None, ""
        return self.default, (
            f"The link named {self.what} that we do not know. We use the usual one."
            if self.default
            else f"The link named {self.what} that we do not know. We left it out."
        )

    def format(self, value: Any) -> list[str]:
        """Code itself; empty for none."""
        return [value or ""]

    def clean(self, value: Any) -> str | None:
        """``value`` if it is one of the options, else the default."""
        if value is None and self.optional:
            return None
        return value if value in self.options else self.default


@dataclass(frozen=True)
class Several:
    """Any number of codes out of ``options``, up to ``most``; written as repeated parameters."""

    name: str
    what: str
    options: tuple[str, ...]
    default: tuple[str, ...] = ()
    most: int | None = None
    personal: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[tuple[str, ...], str]:
        """Known codes in the link's order, each once; unknown ones are left out with a notice."""
        given = [text for text in dict.fromkeys(texts) if text]
        known = [text for text in given if text in self.options]
        kept = tuple(known[: self.most])
        notices = []
        if len(known) < len(given):
            notices.append(f"The link named {self.what} that we do not know. We left it out.")
        if len(kept) < len(known):
            notices.append(f"The link named {len(known)}; we use the first {self.most}.")
        return kept, " ".join(notices)

    def format(self, value: Any) -> list[str]:
        """Codes one by one; one empty text for none, so that a link can say "none"."""
        return list(value) or [""]

    def clean(self, value: Any) -> tuple[str, ...]:
        """Allowed codes of ``value``, each once."""
        return tuple(dict.fromkeys(one for one in value or () if one in self.options))[: self.most]


@dataclass(frozen=True)
class Flag:
    """Yes or no, written ``1`` or ``0``."""

    name: str
    what: str
    default: bool
    personal: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[bool, str]:
        """Return the flag, or the default with a notice."""
        if texts[0] in ("0", "1"):
            return texts[0] == "1", ""
        return self.default, f"The link gave {self.what} as neither 1 nor 0. We use the usual one."

    def format(self, value: Any) -> list[str]:
        """``1`` or ``0``."""
        return ["1" if value else "0"]

    def clean(self, value: Any) -> bool:
        """Truth of ``value``."""
        return bool(value)


@dataclass(frozen=True)
class Text:
    """A few words of the reader's own, at most ``longest`` characters.

    They are anybody's words as soon as they come out of a link: show them only through
    :func:`spotcheck.wording.escaped`.
    """

    name: str
    what: str
    default: str = ""
    longest: int = 40
    personal: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[str, str]:
        """Return the words that can be seen, cut where they get too long."""
        seen = _seen(texts[0])
        if len(seen) <= self.longest:
            return self.clean(seen), ""
        return self.clean(seen), (
            f"The link gave {self.what} of more than {self.longest} characters. "
            "We use its beginning."
        )

    def format(self, value: Any) -> list[str]:
        """Words themselves."""
        return [value]

    def clean(self, value: Any) -> str:
        """Words in one line, without characters that cannot be seen or that turn the line."""
        return _seen(value)[: self.longest].rstrip() if isinstance(value, str) else self.default


@dataclass(frozen=True)
class Records:
    """Rows of the same ``columns``, up to ``most`` of them, as a tuple of tuples.

    A row is one text of the repeated parameter, its cells separated by ``join`` and in the order
    of the columns; columns that are added later come last, so that old links stay readable.

    Parameters
    ----------
    name : str
        Parameter name, also the name of the setting.
    what : str
        One row with its article and a plural in s: "a session".
    columns : tuple of Field
        Fields that are written as one text each; at least two, so that no row is an empty text.
    most : int
        Largest number of rows.
    default : tuple of tuple, optional
        Rows of a page that nobody has touched.
    personal : bool, optional
        Whether the rows describe the reader rather than the plan.
    join : str, optional
        Sign between the cells; where a cell holds it, it is percent-encoded.

    Examples
    --------
    >>> week = Records(
    ...     "week",
    ...     "a session",
    ...     (
    ...         Choice("kind", "a kind", ("steady", "walk"), "walk"),
    ...         Number("times", "a number", 1, 7, 3),
    ...     ),
    ...     most=10,
    ... )
    >>> week.format((("steady", 3), ("walk", 2)))
    ['steady,3', 'walk,2']
    >>> week.parse(["steady,9", "walk"])[0]
    (('steady', 7), ('walk', 3))
    """

    name: str
    what: str
    columns: tuple[Field, ...]
    most: int
    default: tuple[tuple[Any, ...], ...] = ()
    personal: bool = False
    join: str = ","

    def parse(self, texts: Sequence[str]) -> tuple[tuple[tuple[Any, ...], ...], str]:
        """Rows in the link's order; cells that are missing at the end take their defaults."""
        given = [text for text in texts if text]
        rows, notices = [], []
        for text in given[: self.most]:
            cells = text.split(self.join)
            kept = cells[: len(self.columns)]
            parsed = [
                column.parse([unquote(cell)])
                for column, cell in zip(self.columns, kept, strict=False)
            ]
            values = tuple(value for value, _ in parsed)
            rows.append(values + tuple(one.default for one in self.columns[len(kept) :]))
            notices.append([notice for _, notice in parsed if notice])
            if len(cells) > len(kept):
                notices[-1].append("The link gave more values than we know. We left them out.")
        return tuple(rows), _of_rows(self.what, notices, len(given), self.most)

    def format(self, value: Any) -> list[str]:
        """Rows one by one; one empty text for none, so that a link can say "none"."""
        return [self.join.join(self._cells(row)) for row in value] or [""]

    def _cells(self, row: Sequence[Any]) -> list[str]:
        sign = f"%{ord(self.join):02X}"
        texts = [column.format(cell)[0] for column, cell in zip(self.columns, row, strict=True)]
        return [text.replace("%", "%25").replace(self.join, sign) for text in texts]

    def clean(self, value: Any) -> tuple[tuple[Any, ...], ...]:
        """Rows with allowed cells; what is not a row is left out."""
        rows = []
        for row in _items(value)[: self.most]:
            cells = _items(row)[: len(self.columns)]
            if cells:
                values = [
                    column.clean(cell) for column, cell in zip(self.columns, cells, strict=False)
                ]
                values += [column.default for column in self.columns[len(cells) :]]
                rows.append(tuple(values))
        return tuple(rows)


@dataclass(frozen=True)
class Nested:
    """Up to ``most`` sets of the same ``fields``, as a tuple of dicts: pinned plans, say.

    Each is one text of the repeated parameter, a query string of its own.

    Parameters
    ----------
    name : str
        Parameter name, also the name of the setting.
    what : str
        One of the sets with its article and a plural in s: "a plan".
    fields : tuple of Field
        Settings of every set. All of them are written, whatever their ``personal`` says.
    most : int
        Largest number of sets.
    default : tuple of dict, optional
        Sets of a page that nobody has touched.
    personal : bool, optional
        Whether the sets describe the reader rather than the plan.

    Examples
    --------
    >>> plans = Nested(
    ...     "plan",
    ...     "a plan",
    ...     (Text("name", "a name"), Number("days", "a number of days", 1, 9, 5)),
    ...     most=4,
    ... )
    >>> plans.format(({"name": "Long & slow", "days": 7},))
    ['name=Long+%26+slow&days=7']
    >>> plans.parse(["name=Short"])[0]
    ({'name': 'Short', 'days': 5},)
    """

    name: str
    what: str
    fields: tuple[Field, ...]
    most: int
    default: tuple[Values, ...] = ()
    personal: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[tuple[Values, ...], str]:
        """Sets in the link's order; settings that are missing take their defaults."""
        given = [text for text in texts if text]
        readings = [
            read(self.fields, parse_qs(text, keep_blank_values=True)) for text in given[: self.most]
        ]
        values = tuple(defaults(self.fields) | reading.values for reading in readings)
        notices = [reading.notices for reading in readings]
        return values, _of_rows(self.what, notices, len(given), self.most)

    def format(self, value: Any) -> list[str]:
        """Query string of each set; one empty text for none, so that a link can say "none"."""
        return [_query(_pairs(self.fields, one)) for one in value] or [""]

    def clean(self, value: Any) -> tuple[Values, ...]:
        """Sets with allowed settings; what is not a set is left out."""
        given = [one for one in _items(value) if isinstance(one, Mapping)]
        return tuple(
            {field.name: field.clean(one.get(field.name, field.default)) for field in self.fields}
            for one in given[: self.most]
        )


_REPEATED = (Several, Records, Nested)


@dataclass(frozen=True)
class Reading:
    """What a link asked for: the ``values`` it set, the ``notices`` about what it could not."""

    values: Values
    notices: tuple[str, ...]


def defaults(fields: Sequence[Field]) -> Values:
    """Values of a page that nobody has touched."""
    return {field.name: field.default for field in fields}


def read(fields: Sequence[Field], parameters: Mapping[str, Sequence[str]]) -> Reading:
    """Turn the parameters of a link into settings.

    Parameters
    ----------
    fields : sequence of Field
        The page's settings.
    parameters : mapping of str to sequence of str
        Raw parameters, each with all the texts that the link gave. Parameters that are not a field
        (a mail programme's tracking code, say) are left alone.

    Returns
    -------
    Reading
        Values only for the parameters that the link has; always allowed values.
    """
    values: Values = {}
    notices = []
    if parameters and (parameters.get("v") or [VERSION])[0] != VERSION:
        notices.append("The link was made by another version of this page. We read what we know.")
    for field in fields:
        texts = parameters.get(field.name)
        if not texts:
            continue
        values[field.name], notice = field.parse(texts)
        if len(texts) > 1 and not isinstance(field, _REPEATED):
            notice = f"The link gave {field.what} more than once. We use the first. {notice}"
        notices += notice.strip().splitlines()
    return Reading(values, tuple(notices))


def write(fields: Sequence[Field], values: Mapping[str, Any], *, with_personal: bool) -> str:
    """Query string that restores ``values``, without the leading question mark.

    Parameters
    ----------
    fields : sequence of Field
        The page's settings, in the order of the link.
    values : mapping
        Allowed value of every field.
    with_personal : bool
        Whether fields that describe the reader are part of the link.

    Examples
    --------
    >>> weight = Number("weight", "a weight", 30, 200, 68, unit="kg", personal=True)
    >>> minutes = Number("minutes", "a duration", 10, 180, 40, unit="min")
    >>> write([weight, minutes], {"weight": 80, "minutes": 30}, with_personal=True)
    'v=1&weight=80&minutes=30'
    >>> write([weight, minutes], {"weight": 80, "minutes": 30}, with_personal=False)
    'v=1&minutes=30'
    """
    told = [field for field in fields if with_personal or not field.personal]
    return _query([("v", VERSION), *_pairs(told, values)])


def _pairs(fields: Sequence[Field], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(field.name, text) for field in fields for text in field.format(values[field.name])]


def _query(pairs: Sequence[tuple[str, str]]) -> str:
    # A comma needs no encoding in a query, and rows are full of them.
    return urlencode(pairs, safe=",")


def _number(value: Any) -> float:
    """``value`` as a number, not-a-number for everything else."""
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _seen(text: str) -> str:
    """Characters of ``text`` that a reader can see, with single spaces between the words."""
    kept = (
        sign
        for sign in text
        if sign.isspace() or sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN
    )
    line = " ".join("".join(kept).split())
    return line if line.strip(_JOINERS + " ") else ""


def _of_rows(what: str, notices: Sequence[Sequence[str]], given: int, most: int) -> str:
    """Notices of numbered rows: each kind once with its rows, and not more than can be read."""
    noun = what.partition(" ")[2]
    rows: dict[str, list[str]] = {}
    for number, of_row in enumerate(notices, start=1):
        for notice in of_row:
            rows.setdefault(notice, []).append(str(number))
    lines = [
        f"{noun.capitalize()}{'s' if len(numbers) > 1 else ''} {joined(numbers)}: {notice}"
        for notice, numbers in rows.items()
    ]
    if len(lines) > _MOST_NOTICES:
        lines[_MOST_NOTICES:] = [f"And {len(lines) - _MOST_NOTICES} more."]
    if given > most:
        lines.insert(0, f"The link gave {given:,} {noun}s; we use the first {most}.")
    return "\n".join(lines)
