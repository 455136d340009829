"""The codec between a page's settings and the parameters of its link.

Links carry stable codes and metric units, never labels. ``write`` puts every value into the link,
so that an old link keeps its meaning when a default changes. ``read`` never raises: a value that
cannot be used is clipped or left out, and a plain sentence says which and why. Nothing of what the
link said is repeated in these sentences except a finite number, so nothing can be smuggled into
the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

VERSION = "1"

Values = dict[str, Any]


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
        """Usable value and the notice to show, empty when the link was fine."""

    def format(self, value: Any) -> list[str]:
        """Texts that ``parse`` turns back into ``value``."""

    def clean(self, value: Any) -> Any:
        """``value`` if it is allowed, else the nearest allowed one or the default."""


@dataclass(frozen=True)
class Number:
    """A number between ``low`` and ``high`` on the grid of ``resolution``.

    ``what`` completes "The link asked for ...", as in "a weight"; ``unit`` is printed after it.
    """

    name: str
    what: str
    low: float
    high: float
    default: float
    resolution: float = 1
    unit: str = ""
    personal: bool = False

    def parse(self, texts: Sequence[str]) -> tuple[float, str]:
        """Clip to the range and round to the grid; anything but a finite number is refused."""
        try:
            asked = float(texts[0])
        except ValueError:
            asked = math.nan
        if not math.isfinite(asked):
            return self.default, (
                f"The link did not give {self.what} as a number. "
                f"We use {self._shown(self.default)}."
            )
        value = self.clean(asked)
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
        """Shortest text of the number."""
        return [f"{value:.10g}"]

    def clean(self, value: Any) -> float:
        """Nearest allowed value; whole numbers are ``int``, as Streamlit's sliders need."""
        value = min(max(float(value), self.low), self.high)
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
        if len(texts) > 1 and not isinstance(field, Several):
            notice = f"The link gave {field.what} more than once. We use the first. {notice}"
        if notice:
            notices.append(notice.strip())
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
    pairs = [("v", VERSION)]
    for field in fields:
        if with_personal or not field.personal:
            pairs += [(field.name, text) for text in field.format(values[field.name])]
    return urlencode(pairs)
