"""A reader's own weigh-ins, out of pasted text or a file, row by row.

Nothing here keeps, writes or logs a weigh-in. What :func:`read` gives hides its values from
``repr``, so that no error message can carry them anywhere.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from spotcheck.energy.balance import Person, simulate
from spotcheck.energy.metabolism import WEIGHT_KG, FloatArray
from spotcheck.energy.uncertainty import SEED
from spotcheck.wording import NBSP, counted, date

KG_PER_LB = 0.45359237
MOST_BYTES = 200_000
MOST_ROWS = 3_000
EARLIEST = dt.date(2000, 1, 1)
# A row further than this from the weigh-ins of the two weeks around it is taken for a slip of
# the finger; glycogen, salt and a full stomach together move a body by less.
FAR_FROM_NEIGHBOURS_KG = 5.0
NEIGHBOUR_DAYS = 7
FEWEST_NEIGHBOURS = 4

_SHOWN_CHARACTERS = 40
_MOST_CHARACTERS_A_LINE = 500
_TIME = r"(?:[T ]+\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII)
_WEIGHT = re.compile(
    r"(\d+(?:[.,]\d*)?)\s*(?:(kgs?|kilos?|kilograms?)|(lbs?|pounds?))?\.?", re.ASCII | re.IGNORECASE
)
_SPACED = re.compile(r"(\S+?(?:[T ]+\d{1,2}:\d{2}\S*)?)\s+(.+)", re.ASCII)
_DATE_NAME = re.compile(r"date|day|datum|time", re.IGNORECASE)
_WEIGHT_NAMES = (
    re.compile(r"weight|gewicht|poids|peso", re.IGNORECASE),
    re.compile(r"mass|kg|lb|pound|value", re.IGNORECASE),
)
_KG_NAME = re.compile(r"(?<![a-z])(kgs?|kilos?|kilograms?)(?![a-z])", re.IGNORECASE)
_LB_NAME = re.compile(r"(?<![a-z])(lbs?|pounds?)(?![a-z])", re.IGNORECASE)
_NOT_FINITE = {"inf", "infinity", "nan", "∞"}

_FORMULA = "starts with =, +, - or @, as a formula does"
_NO_DATE = "not a date that we know; 2026-11-22 or 22.11.2026 works"
_NO_SUCH_DAY = "no such day"
_MONTH_FIRST = "the month seems to stand first; 2026-11-22 works"
_TOO_EARLY = "before the year 2000"
_FUTURE = "a date in the future"
_NO_WEIGHT = "no weight"
_NO_NUMBER = "not a number"
_INFINITE = "not a finite number"
_OUT_OF_RANGE = f"outside {WEIGHT_KG[0]:.0f} to {WEIGHT_KG[1]:.0f}{NBSP}kg"
_DECIMAL_COMMA = "a decimal comma needs a semicolon or a tab between date and weight"
_TOO_LONG = f"longer than {_MOST_CHARACTERS_A_LINE} characters"
_FAR_AWAY = f"more than {FAR_FROM_NEIGHBOURS_KG:.0f}{NBSP}kg from the weigh-ins around it"


@dataclass(frozen=True)
class Skipped:
    """A row that was not used: its line, at most 40 characters of it, and why."""

    line: int
    shown: str = field(repr=False)
    reason: str


@dataclass(frozen=True)
class WeighIns:
    """Weigh-ins, one a day, in the order of their days.

    Attributes
    ----------
    date : numpy.ndarray of datetime64[D]
        Days, each once.
    weight_kg : numpy.ndarray
        Body weight [kg].
    skipped : tuple of Skipped
        Rows that were not used, in the order of their lines.
    notices : tuple of str
        What was decided while reading, in plain sentences.
    problem : str
        Why nothing could be read at all; empty when it could.
    """

    date: NDArray[np.datetime64] = field(repr=False)
    weight_kg: FloatArray = field(repr=False)
    skipped: tuple[Skipped, ...] = field(default=(), repr=False)
    notices: tuple[str, ...] = ()
    problem: str = ""

    def __len__(self) -> int:
        """Number of days with a weigh-in."""
        return len(self.date)

    def since(self, first: dt.date) -> WeighIns:
        """The same without what lies before a day."""
        kept = self.date >= np.datetime64(first, "D")
        return replace(self, date=self.date[kept], weight_kg=self.weight_kg[kept])

    def frame(self) -> pd.DataFrame:
        """Table of the weigh-ins."""
        return pd.DataFrame({"date": self.date.astype(str), "weight_kg": self.weight_kg})


def read(data: str | bytes, unit: str = "kg", today: dt.date | None = None) -> WeighIns:
    r"""Read dates and weights out of pasted text or a file, row by row.

    Parameters
    ----------
    data : str or bytes
        Lines of a date and a weight. Columns stand apart by a tab, semicolon, comma or space; a
        first line may name them. Bytes are UTF-8, or UTF-16 with a byte order mark. At most
        200 kB and 3,000 lines; nothing is read beyond that.
    unit : {"kg", "lb"}, optional
        Unit of weights that name none, in their own cell or in the first line.
    today : date, optional
        Rows later than tomorrow are in the future anywhere on Earth; today when not given.

    Returns
    -------
    WeighIns
        What could be read; rows that could not stand in ``skipped``, and if there was nothing to
        read ``problem`` says why.

    Raises
    ------
    ValueError
        If ``unit`` is neither ``"kg"`` nor ``"lb"``; never for what stands in ``data``.

    Notes
    -----
    Days are ISO, or day first: 22.11.2026, 22/11/2026. If days with slashes only make sense with
    the month first, all of them are read so. Several weigh-ins of a day give their mean. A weight
    more than 5 kg from the median of the two weeks around it is left out.

    Examples
    --------
    >>> weigh_ins = read("2026-11-20;71,4\n2026-11-21;=1+1\n2026-11-22;71,0")
    >>> weigh_ins.weight_kg.tolist()
    [71.4, 71.0]
    >>> weigh_ins.skipped[0].line, weigh_ins.skipped[0].reason
    (2, 'starts with =, +, - or @, as a formula does')
    """
    if unit not in ("kg", "lb"):
        raise ValueError(f"unit is {unit!r}; allowed: 'kg' or 'lb'")
    text, problem = _decoded(data)
    lines = [
        (line, row.strip())
        for line, row in enumerate(re.split("\r\n|\r|\n", text), 1)
        if row.strip()
    ]
    if not problem and len(lines) > MOST_ROWS:
        problem = (
            f"That is {len(lines):,} lines, and this page reads up to {MOST_ROWS:,}. "
            "Nothing was used; leave out the oldest and try again."
        )
    if problem:
        return _nothing(problem)

    layout = _layout(lines)
    first_day = _latest(today)
    cells = [(line, *_day_and_weight(row, layout)) for line, row in lines[layout.skips_first :]]
    month_first, notices = _date_order([day for _, day, _, _ in cells])
    rows, skipped = [], []
    for line, day, weight, reason in cells:
        found, shown = _row(day, weight, layout.unit or unit, month_first, first_day, reason)
        if isinstance(found, str):
            skipped.append(Skipped(line, _printable(shown), found))
        else:
            rows.append((*found, line, weight))
    rows.sort(key=lambda row: row[0])
    days = np.array([row[0] for row in rows], dtype="datetime64[D]")
    weights = np.array([row[1] for row in rows], dtype=float)
    far = _far_from_neighbours(days, weights)
    skipped += [
        Skipped(line, _printable(weight), _FAR_AWAY)
        for (_, _, line, weight), is_far in zip(rows, far, strict=True)
        if is_far
    ]
    date_of, position = np.unique(days[~far], return_inverse=True)
    times = np.bincount(position, minlength=len(date_of))
    repeated = int(np.sum(times > 1))
    if repeated:
        notices += (
            f"{counted(repeated).capitalize()} {'day has' if repeated == 1 else 'days have'} more "
            "than one weigh-in; we use their mean.",
        )
    return WeighIns(
        date=date_of,
        weight_kg=np.bincount(position, weights[~far], minlength=len(date_of)) / times,
        skipped=tuple(sorted(skipped, key=lambda row: row.line)),
        notices=notices,
    )


def sample(
    person: Person,
    intake_change_kcal_per_day: float = 0.0,
    exercise_kcal_per_day: float = 0.0,
    last_day: dt.date | None = None,
    *,
    days: int = 112,
    seed: int = SEED,
) -> str:
    """Weigh-ins of a person who does not exist, as a CSV that :func:`read` reads.

    Parameters
    ----------
    person : Person
        One adult (scalar fields).
    intake_change_kcal_per_day, exercise_kcal_per_day : float, optional
        As in :func:`~spotcheck.energy.balance.simulate`.
    last_day : date, optional
        Day of the last weigh-in; today when not given.
    days : int, optional
        Time from the first weigh-in to the last [days].
    seed : int, optional
        Of the scale's ups and downs, and of the days without a weigh-in.

    Returns
    -------
    str
        Lines of an ISO date and a weight [kg], under ``date,weight_kg``.

    Notes
    -----
    Five days in seven have a weigh-in. The scale scatters by 0.6 kg, and four tenths of today's
    scatter are still there tomorrow; both are choices of ours.

    Examples
    --------
    >>> text = sample(Person("female", 34, 1.68, 68), last_day=dt.date(2026, 11, 22))
    >>> text.splitlines()[0], len(read(text, today=dt.date(2026, 11, 22))) > 50
    ('date,weight_kg', True)
    """
    chance = np.random.default_rng(seed)
    body = simulate(person, intake_change_kcal_per_day, exercise_kcal_per_day, days)
    scatter = autocorrelated_noise_kg(chance, days + 1, 0.6, 0.4)
    weighed = chance.random(days + 1) < 5 / 7
    weighed[[0, -1]] = True
    first = (last_day or dt.date.today()) - dt.timedelta(days=days)
    rows = [
        f"{first + dt.timedelta(days=int(day))},{body.weight_kg[day] + scatter[day]:.1f}"
        for day in np.flatnonzero(weighed)
    ]
    return "\n".join(["date,weight_kg", *rows]) + "\n"


def autocorrelated_noise_kg(
    chance: np.random.Generator, days: int, sd_kg: float, autocorrelation: float
) -> FloatArray:
    """Ups and downs of a scale, of which a part is still there on the next day.

    Parameters
    ----------
    chance : numpy.random.Generator
        Source of the draws.
    days : int
        Number of days.
    sd_kg : float
        Standard deviation of a day [kg].
    autocorrelation : float
        Correlation of one day with the next, 0 to below 1 [1].

    Returns
    -------
    numpy.ndarray, shape (days,)
        Differences from the true weight [kg].
    """
    noise = chance.normal(0.0, sd_kg, days)
    fresh = np.sqrt(1.0 - autocorrelation**2)
    for day in range(1, days):
        noise[day] = autocorrelation * noise[day - 1] + fresh * noise[day]
    return noise


@dataclass(frozen=True)
class _Layout:
    """Where date and weight stand in a line."""

    delimiter: str
    day: int = 0
    weight: int = 1
    unit: str = ""
    named: int = 0

    @property
    def skips_first(self) -> int:
        return 1 if self.named else 0

    def split(self, row: str) -> list[str]:
        if self.delimiter == " ":
            found = _SPACED.fullmatch(row)
            return list(found.groups()) if found else [row]
        return [cell.strip() for cell in next(csv.reader([row], delimiter=self.delimiter), [])]


def _decoded(data: str | bytes) -> tuple[str, str]:
    """Text of what was given, or why there is none."""
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1000:,.0f}{NBSP}kB"
        most = f"{MOST_BYTES / 1000:.0f}{NBSP}kB"
        return "", (
            f"That is {size}, and this page reads up to {most}. "
            "Nothing was used; leave out the oldest and try again."
        )
    if isinstance(data, str):
        return data.removeprefix("\ufeff"), ""
    if data.startswith(b"PK\x03\x04"):
        return "", "This is a spreadsheet file. Save it as CSV, and upload that."
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return "", (
            "This file is not text in UTF-8, the encoding that this page reads. Save it as CSV "
            "in UTF-8, or paste the lines instead."
        )
    return text, ""


def _nothing(problem: str) -> WeighIns:
    return WeighIns(np.array([], dtype="datetime64[D]"), np.array([]), problem=problem)


def _layout(lines: list[tuple[int, str]]) -> _Layout:
    """Of the four ways to split lines, the one under which most of them make sense."""
    if not lines:
        return _Layout(",")
    layouts = [_named(lines[0][1], _Layout(delimiter)) for delimiter in ("\t", ";", ",", " ")]

    def rows_read(layout: _Layout) -> int:
        cells = (_day_and_weight(row, layout) for _, row in lines[:200])
        return sum(
            bool(_YEAR_FIRST.fullmatch(day) or _YEAR_LAST.fullmatch(day))
            and bool(_WEIGHT.fullmatch(weight))
            for day, weight, _ in cells
        )

    best = max(layouts, key=rows_read)
    return best if rows_read(best) else layouts[2]


def _named(first: str, layout: _Layout) -> _Layout:
    """The layout with its columns found by their names, if the first line has names."""
    cells = layout.split(first[:_MOST_CHARACTERS_A_LINE])
    if any(_YEAR_FIRST.fullmatch(cell) or _YEAR_LAST.fullmatch(cell) for cell in cells):
        return layout
    days = [at for at, cell in enumerate(cells) if _DATE_NAME.search(cell)]
    day = days[0] if days else 0
    weights = [
        at
        for name in _WEIGHT_NAMES
        for at, cell in enumerate(cells)
        if at != day and name.search(cell)
    ]
    if not (days and weights) and any(sign.isdigit() for sign in first):
        return layout
    weight = weights[0] if weights else 1 if day == 0 else 0
    name = cells[weight] if weight < len(cells) else ""
    unit = "lb" if _LB_NAME.search(name) else "kg" if _KG_NAME.search(name) else ""
    return replace(layout, day=day, weight=weight, unit=unit, named=len(cells))


def _day_and_weight(row: str, layout: _Layout) -> tuple[str, str, str]:
    """Cells of the date and the weight, and why the row cannot be read."""
    if len(row) > _MOST_CHARACTERS_A_LINE:
        return row[:_MOST_CHARACTERS_A_LINE], "", _TOO_LONG
    cells = layout.split(row)
    day = cells[layout.day] if layout.day < len(cells) else ""
    weight = cells[layout.weight] if layout.weight < len(cells) else ""
    is_split_decimal = (
        layout.delimiter == ","
        and len(cells) == 3
        and layout.named < 3
        and re.fullmatch(r"\d{2,3},\d{1,2}", f"{weight},{cells[2]}", re.ASCII)
    )
    return (day, f"{weight},{cells[2]}", _DECIMAL_COMMA) if is_split_decimal else (day, weight, "")


def _date_order(days: list[str]) -> tuple[bool, tuple[str, ...]]:
    """Tell whether the month stands first, and say so where a reader might expect otherwise."""
    found = [match for match in map(_YEAR_LAST.fullmatch, days) if match and match[2] != "."]
    day_first = any(int(match[1]) > 12 for match in found)
    month_first = any(int(match[3]) > 12 for match in found)
    if month_first and not day_first:
        example = next(match for match in found if int(match[3]) > 12)
        return True, (
            f"Dates like {_numbers(example)} put the month first, so all of them are read so.",
        )
    if found and not day_first:
        example = next((match for match in found if match[1] != match[3]), found[0])
        if (day := _date(example[0], month_first=False)) is not None:
            return False, (
                f"Dates like {_numbers(example)} are read with the day first: {date(day)}. If "
                "yours have the month first, write them like 2026-11-22.",
            )
    return False, ()


def _numbers(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}{match[3]}{match[2]}{match[4]}"


def _date(text: str, *, month_first: bool) -> dt.date | None:
    """Date of a cell that looks like one; None when there is no such day."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], found[3], found[4]
    elif found := _YEAR_LAST.fullmatch(text):
        turned = month_first and found[2] != "."
        day, month = (found[3], found[1]) if turned else (found[1], found[3])
        year = found[4]
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _latest(today: dt.date | None) -> dt.date:
    """Latest day that it can be anywhere on Earth."""
    return (today or dt.date.today()) + dt.timedelta(days=1)


def _row(
    day_text: str,
    weight_text: str,
    unit: str,
    month_first: bool,
    latest: dt.date,
    reason: str,
) -> tuple[tuple[dt.date, float] | str, str]:
    """Day and weight of a row, or why it has none; and the cell that decided it."""
    if reason:
        return reason, weight_text or day_text
    if day_text.startswith(("=", "+", "-", "@")):
        return _FORMULA, day_text
    day = _date(day_text, month_first=month_first)
    if day is None:
        if not (_YEAR_FIRST.fullmatch(day_text) or _YEAR_LAST.fullmatch(day_text)):
            return _NO_DATE, day_text
        turned = _date(day_text, month_first=True) is not None
        return _MONTH_FIRST if turned else _NO_SUCH_DAY, day_text
    if day < EARLIEST:
        return _TOO_EARLY, day_text
    if day > latest:
        return _FUTURE, day_text
    if not weight_text:
        return _NO_WEIGHT, day_text
    if weight_text.startswith(("=", "+", "-", "@")):
        return _FORMULA, weight_text
    found = _WEIGHT.fullmatch(weight_text)
    if found is None:
        return _INFINITE if weight_text.lower() in _NOT_FINITE else _NO_NUMBER, weight_text
    pounds = bool(found[3]) or (unit == "lb" and not found[2])
    weight = float(found[1].replace(",", ".")) * (KG_PER_LB if pounds else 1.0)
    if not WEIGHT_KG[0] <= weight <= WEIGHT_KG[1]:
        return _OUT_OF_RANGE, weight_text
    return (day, weight), weight_text


def _printable(text: str) -> str:
    """At most 40 characters, without any that a browser or an encoder might stumble over."""
    clean = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return clean[: _SHOWN_CHARACTERS - 1] + "…" if len(clean) > _SHOWN_CHARACTERS else clean


def _far_from_neighbours(days: NDArray[np.datetime64], weights: FloatArray) -> NDArray[np.bool_]:
    """Tell which weights stand apart from those of the two weeks around them."""
    far = np.zeros(len(days), dtype=bool)
    reach = np.timedelta64(NEIGHBOUR_DAYS, "D")
    starts = np.searchsorted(days, days - reach)
    ends = np.searchsorted(days, days + reach, side="right")
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if end - start > FEWEST_NEIGHBOURS:
            middle = np.median(np.delete(weights[start:end], at - start))
            far[at] = abs(weights[at] - middle) > FAR_FROM_NEIGHBOURS_KG
    return far
