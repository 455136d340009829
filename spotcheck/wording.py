"""Numbers as words: one rounding and one way of writing each kind of figure.

Weights and shares are rounded to what is known of them, energies in steps that grow with their
size. The minus sign is U+2212, and a no-break space stands between a number and its unit.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import SupportsFloat
from urllib.parse import quote

NBSP = "\u00a0"
MINUS = "\u2212"
# Signs of Markdown and of Streamlit's directives.
_SIGNS = str.maketrans({sign: "\\" + sign for sign in "\\`*_{}[]()<>#+!|~$:"})
# What makes a list or a heading of a line that starts with it, and named character references.
_PLACES = re.compile(r"^([ \t]*(?:\d{1,9}(?=\.(?:\s|$)))?)(?=[-=.])|(?=&\w+;)", re.MULTILINE)
# What Streamlit makes links, icons and its logo of, whatever is escaped.
_LIVE = re.compile(
    r"(?<=:)(?=//|material/|streamlit:)|(?<=www)(?=\.)|(?<=@)(?=[-\w])", re.IGNORECASE
)
_COUNTS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def number(value: float, decimals: int = 0) -> str:
    """``value`` with thousands commas, a true minus sign and no negative zero.

    Examples
    --------
    >>> number(1234.5), number(-0.04, 1), number(-2.25, 1)
    ('1,234', '0.0', '−2.2')
    """
    text = f"{value:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def kg(value: float) -> str:
    r"""Weight with one decimal.

    Examples
    --------
    >>> kg(64.62)
    '64.6\xa0kg'
    """
    return METRIC.mass(value)


def kg_amount(value: float) -> str:
    r"""Size of a change of weight; what cannot be seen on a scale is not printed as zero.

    Examples
    --------
    >>> kg_amount(-1.23), kg_amount(0.04)
    ('1.2\xa0kg', 'less than 0.1\xa0kg')
    """
    return METRIC.mass_amount(value)


def round_kcal(value: float) -> float:
    """Energy on the grid that its size deserves: 5 kcal below 200, 10 below 1,000, 50 below 3,000.

    Examples
    --------
    >>> round_kcal(92), round_kcal(483), round_kcal(1437), round_kcal(4861)
    (90.0, 480.0, 1450.0, 4900.0)
    """
    size = abs(value)
    step = 5 if size < 200 else 10 if size < 1000 else 50 if size < 3000 else 100
    return math.copysign(step * math.floor(size / step + 0.5), value)


def kcal(value: SupportsFloat) -> str:
    r"""Energy, rounded by :func:`round_kcal`.

    Examples
    --------
    >>> kcal(1437.2), kcal(-92)
    ('1,450\xa0kcal', '−90\xa0kcal')
    """
    return number(round_kcal(float(value))) + NBSP + "kcal"


def percent(fraction: float) -> str:
    r"""Share as a whole per cent.

    Examples
    --------
    >>> percent(0.447)
    '45\xa0%'
    """
    return number(100 * fraction) + NBSP + "%"


def pace(speed_km_h: float) -> str:
    r"""Pace of a speed as minutes and seconds a kilometre.

    Examples
    --------
    >>> pace(9), pace(10.02)
    ('6:40\xa0min/km', '5:59\xa0min/km')
    """
    return METRIC.pace(speed_km_h)


@dataclass(frozen=True)
class Units:
    r"""Units that a reader sees. What is stored, computed and written into links stays metric.

    Parameters
    ----------
    code : str
        Code of the system in settings and links.
    mass_unit, distance_unit, speed_unit, pace_unit : str
        Signs of the units.
    kg_per_mass_unit : float
        Size of the unit of mass [kg].
    km_per_distance_unit : float
        Size of the unit of distance [km].

    Notes
    -----
    The pound and the yard, and so the mile and the inch, have been defined by the kilogram and the
    metre since 1959: 0.45359237 kg, 1.609344 km and 2.54 cm, exactly.

    Examples
    --------
    >>> METRIC.mass(68), IMPERIAL.mass(68)
    ('68.0\xa0kg', '149.9\xa0lb')
    >>> IMPERIAL.mass_kg(IMPERIAL.mass_value(68))
    68.0
    """

    code: str
    mass_unit: str
    distance_unit: str
    speed_unit: str
    pace_unit: str
    kg_per_mass_unit: float
    km_per_distance_unit: float

    @property
    def mass_factor(self) -> float:
        """Units of mass in a kilogram, to turn a whole column of figures at once.

        Examples
        --------
        >>> METRIC.mass_factor, round(IMPERIAL.mass_factor, 4)
        (1.0, 2.2046)
        """
        return 1 / self.kg_per_mass_unit

    def mass_value(self, kg: float) -> float:
        """Mass in this system's unit."""
        return kg / self.kg_per_mass_unit

    def mass_kg(self, value: float) -> float:
        """Mass [kg] of a value in this system's unit."""
        return value * self.kg_per_mass_unit

    def mass(self, kg: float) -> str:
        r"""Mass with one decimal.

        Examples
        --------
        >>> IMPERIAL.mass(-2.5)
        '−5.5\xa0lb'
        """
        return number(self.mass_value(kg), 1) + NBSP + self.mass_unit

    def mass_amount(self, kg: float) -> str:
        r"""Size of a change of weight; what cannot be seen on a scale is not printed as zero.

        Examples
        --------
        >>> IMPERIAL.mass_amount(-1.23), IMPERIAL.mass_amount(0.02)
        ('2.7\xa0lb', 'less than 0.1\xa0lb')
        """
        size = abs(kg)
        seen = round(self.mass_value(size), 1) >= 0.1
        return self.mass(size) if seen else f"less than 0.1{NBSP}{self.mass_unit}"

    def height(self, cm: float) -> str:
        r"""Height in whole centimetres, or in feet and whole inches.

        Examples
        --------
        >>> METRIC.height(168), IMPERIAL.height(168), IMPERIAL.height(182.7)
        ('168\xa0cm', '5\xa0ft\xa06\xa0in', '6\xa0ft\xa00\xa0in')
        """
        if self.code == "metric":
            return number(cm) + NBSP + "cm"
        feet, inches = divmod(round(cm / CM_PER_INCH), 12)
        return f"{feet}{NBSP}ft{NBSP}{inches}{NBSP}in"

    def distance(self, km: float) -> str:
        r"""Distance with one decimal.

        Examples
        --------
        >>> METRIC.distance(6), IMPERIAL.distance(6)
        ('6.0\xa0km', '3.7\xa0miles')
        """
        return number(km / self.km_per_distance_unit, 1) + NBSP + self.distance_unit

    def speed_value(self, km_h: float) -> float:
        """Speed in this system's unit."""
        return km_h / self.km_per_distance_unit

    def speed_km_h(self, value: float) -> float:
        """Speed [km/h] of a value in this system's unit."""
        return value * self.km_per_distance_unit

    def speed(self, km_h: float) -> str:
        r"""Speed with one decimal.

        Examples
        --------
        >>> METRIC.speed(9), IMPERIAL.speed(9)
        ('9.0\xa0km/h', '5.6\xa0mph')
        """
        return number(self.speed_value(km_h), 1) + NBSP + self.speed_unit

    def pace(self, km_h: float) -> str:
        r"""Pace of a speed as minutes and seconds.

        Examples
        --------
        >>> METRIC.pace(9), IMPERIAL.pace(9)
        ('6:40\xa0min/km', '10:44\xa0min/mile')
        """
        minutes, seconds = divmod(round(3600 / self.speed_value(km_h)), 60)
        return f"{minutes}:{seconds:02d}{NBSP}{self.pace_unit}"


CM_PER_INCH = 2.54
METRIC = Units("metric", "kg", "km", "km/h", "min/km", 1.0, 1.0)
IMPERIAL = Units("imperial", "lb", "miles", "mph", "min/mile", 0.45359237, 1.609344)
UNITS = {units.code: units for units in (METRIC, IMPERIAL)}


def date(day: dt.date) -> str:
    r"""Day as readers write it.

    Examples
    --------
    >>> date(dt.date(2027, 3, 4))
    '4\xa0Mar\xa02027'
    """
    return f"{day.day}{NBSP}{day:%b}{NBSP}{day:%Y}"


def duration(days: float) -> str:
    """Length of time in the unit that a reader would choose.

    Examples
    --------
    >>> duration(10), duration(120), duration(365), duration(730)
    ('10 days', 'about 4 months', 'a year', '2 years')
    """
    if days % 365 == 0:
        years = days // 365
        return "a year" if years == 1 else f"{years:.0f} years"
    if days < 60:
        return f"{days:.0f} days"
    return f"about {round(days / 30.4)} months"


def span(days: float) -> str:
    r"""Time that has passed, in the unit that fits its size.

    Examples
    --------
    >>> span(1), span(9.4), span(64), span(300), span(1500)
    ('1\xa0day', '9\xa0days', '9\xa0weeks', '10\xa0months', '4\xa0years')
    """
    size, unit = (
        (days, "day")
        if days < 14
        else (days / 7, "week")
        if days < 182
        else (days / (365 / 12), "month")
        if days < 730
        else (days / 365, "year")
    )
    whole = number(size)
    return f"{whole}{NBSP}{unit}{'' if whole == '1' else 's'}"


def joined(words: list[str]) -> str:
    """Words as an English list.

    Examples
    --------
    >>> joined(["calf"]), joined(["calf", "shin", "core"])
    ('calf', 'calf, shin and core')
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def counted(n: int) -> str:
    """Small number in a sentence: "none" and words up to twelve, figures beyond.

    Examples
    --------
    >>> counted(0), counted(3), counted(38)
    ('none', 'three', '38')
    """
    return _COUNTS[n] if n < len(_COUNTS) else f"{n:,}"


def escaped(text: str) -> str:
    r"""Text that Markdown prints as it stands, for words that come out of a table or from a reader.

    Web and mail addresses become no links and names of icons no icons: Streamlit looks for them
    after it has undone all escapes, so a word joiner (U+2060), which nobody sees, breaks them.

    Examples
    --------
    >>> escaped("a*b [x](y) $1 :red")
    'a\\*b \\[x\\]\\(y\\) \\$1 \\:red'
    >>> escaped("www.run.example, 3.5 km"), escaped("- 1"), escaped("1. a"), escaped("&lt;")
    ('www\u2060.run.example, 3.5 km', '\\- 1', '1\\. a', '\\&lt;')
    """
    return _PLACES.sub(r"\1\\", _LIVE.sub("\u2060", text).translate(_SIGNS))


def for_spreadsheet(text: str) -> str:
    """Text that a spreadsheet takes for text, for words that a reader or a link brought.

    Examples
    --------
    >>> for_spreadsheet("=1+1"), for_spreadsheet("easy runs")
    ("'=1+1", 'easy runs')
    """
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def doi_link(doi: str, text: str = "") -> str:
    r"""Markdown link of a DOI, safe against the brackets that some DOIs hold.

    ``text`` is what the link reads as; the DOI itself where it is empty.

    Examples
    --------
    >>> doi_link("10.1016/S0140-6736(11)60812-X")
    '[10.1016/S0140-6736\\(11\\)60812-X](https://doi.org/10.1016/S0140-6736%2811%2960812-X)'
    """
    return f"[{escaped(text or doi)}]({doi_url(doi)})"


def doi_url(doi: str) -> str:
    """Address of a DOI.

    Examples
    --------
    >>> doi_url("10.1016/S0140-6736(11)60812-X")
    'https://doi.org/10.1016/S0140-6736%2811%2960812-X'
    """
    return f"https://doi.org/{quote(doi, safe='/:;.-_')}"
