"""Load the tidy tables of ``data/``, typed and checked against ``datapackage.json``.

``datapackage.json`` (Data Package / Table Schema) is the only place that knows the columns, types,
allowed values, keys and references of a table. A table that breaks its schema is never half used:
:class:`TableError` says in one sentence which table, row, column and value is wrong, and what is
allowed.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd

DATA_DIR = Path(__file__).resolve().parent.parent / "data"

_INTEGER = re.compile(r"[+-]?\d+")
_BOOLEANS = {"true": True, "false": False}
_MOST_VALUES_NAMED = 12


class TableError(ValueError):
    """A table does not match its schema; the message is fit for a reader's eyes."""


class Package:
    """A folder of CSV tables described by its ``datapackage.json``.

    Parameters
    ----------
    folder : Path
        Folder that holds ``datapackage.json`` and the tables it names.

    Raises
    ------
    TableError
        When the descriptor is missing or is not a data package.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = folder / "datapackage.json"
        try:
            self.descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            self._resources = {one["name"]: one for one in self.descriptor["resources"]}
        except OSError as error:
            raise TableError(f"The table of contents {path.name} cannot be read.") from error
        except (ValueError, KeyError, TypeError) as error:
            raise TableError(f"The table of contents {path.name} is not a data package.") from error
        self._frames: dict[str, pd.DataFrame] = {}
        self._with_checked_references: set[str] = set()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all tables, in the order of the descriptor."""
        return tuple(self._resources)

    def resource(self, name: str) -> dict[str, Any]:
        """Descriptor of one table.

        Raises
        ------
        TableError
            When no table has this name.
        """
        try:
            return self._resources[name]
        except KeyError:
            raise TableError(f"There is no table called {name!r}.") from None

    def load(self, name: str) -> pd.DataFrame:
        """One table with its columns typed, its keys and its references checked.

        Parameters
        ----------
        name : str
            A name out of :attr:`names`.

        Returns
        -------
        DataFrame
            One row a record, in file order. ``string`` columns are ``str``, ``integer`` columns
            ``int64`` (``Int64`` where a value may be missing), ``number`` columns ``float64``,
            ``boolean`` columns ``bool``. Each call gives its own lazy copy.

        Raises
        ------
        TableError
            Naming the table, row (the header is row 1), column, value and what is allowed.
        """
        frame = self._checked(name)
        if name not in self._with_checked_references:
            for key in self.resource(name)["schema"].get("foreignKeys", []):
                self._check_reference(name, frame, key)
            self._with_checked_references.add(name)
        return frame.copy(deep=False)

    def check(self) -> None:
        """Load every table; raises the first :class:`TableError`. Cheap from the second time on."""
        for name in self.names:
            if name not in self._with_checked_references:
                self.load(name)

    def _checked(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            resource = self.resource(name)
            header, rows = _read(self.folder / resource["path"])
            fields = resource["schema"]["fields"]
            _check_header(resource["path"], header, [field["name"] for field in fields])
            columns = zip(*rows, strict=True) if rows else ((),) * len(header)
            texts = dict(zip(header, columns, strict=True))
            frame = pd.DataFrame(
                {
                    field["name"]: _column(resource["path"], field, texts[field["name"]])
                    for field in fields
                }
            )
            _check_primary_key(resource, frame)
            self._frames[name] = frame
        return self._frames[name]

    def _check_reference(self, name: str, frame: pd.DataFrame, key: dict[str, Any]) -> None:
        own, target = _as_list(key["fields"]), key["reference"]["resource"] or name
        theirs = _as_list(key["reference"]["fields"])
        known = set(_keys(self._checked(target), theirs))
        for row, values in enumerate(_keys(frame, own)):
            if values in known or any(map(pd.isna, values)):
                continue
            raise TableError(
                _place(self.resource(name)["path"], row, ", ".join(own))
                + f"{_quoted(frame.loc[row, own])} is not in {self.resource(target)['path']} "
                f"(column {', '.join(theirs)})."
            )


@cache
def package() -> Package:
    """The app's own tables, loaded at most once a process."""
    return Package(DATA_DIR)


def load(name: str) -> pd.DataFrame:
    """One of the app's own tables; see :meth:`Package.load`.

    Examples
    --------
    >>> load("session_types")["session_type"].tolist()
    ['steady', 'intervals', 'hill_sprints', 'downhill', 'walk']
    """
    return package().load(name)


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and records of a CSV file, every record as long as the header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except FileNotFoundError:
        raise TableError(f"{path.name}: the file is missing.") from None
    except UnicodeDecodeError as error:
        raise TableError(
            f"{path.name}: the file is not UTF-8 (byte {error.start}); save it as CSV UTF-8."
        ) from None
    except OSError as error:
        # The error's own text holds the path.
        raise TableError(f"{path.name}: the file cannot be read ({error.strerror}).") from None
    except csv.Error as error:
        raise TableError(f"{path.name}: the file cannot be read as CSV ({error}).") from None
    if not rows or not any(rows[0]):
        raise TableError(f"{path.name}: the file is empty; a header row is needed.")
    header, *records = rows
    for number, record in enumerate(records):
        if len(record) != len(header):
            raise TableError(
                f"{path.name}, row {number + 2}: {len(record)} values; "
                f"the header has {len(header)} columns."
            )
    return header, records


def _check_header(path: str, header: list[str], expected: list[str]) -> None:
    for problem, columns in (
        ("is missing", [name for name in expected if name not in header]),
        ("is not in the schema", [name for name in header if name not in expected]),
        ("stands twice", [name for name in expected if header.count(name) > 1]),
    ):
        if columns:
            raise TableError(
                f"{path}, row 1: column {columns[0]!r} {problem}; "
                f"columns are {', '.join(expected)}."
            )


def _column(path: str, field: dict[str, Any], texts: tuple[str, ...]) -> pd.Series:
    """Typed column of one field; raises on the first value that breaks the field's constraints."""
    name, kind = field["name"], field["type"]
    rules = field.get("constraints", {})
    convert = _CONVERTERS[kind]
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    allowed = set(rules["enum"]) if "enum" in rules else None
    low, high = rules.get("minimum", -math.inf), rules.get("maximum", math.inf)

    def checked(text: str) -> Any:
        if text == "":
            if rules.get("required"):
                raise ValueError("the value is missing; one is required.")
            return None
        try:
            value = convert(text)
        except ValueError:
            raise ValueError(f"{text!r} is not {_KINDS[kind]}.") from None
        if allowed is not None and value not in allowed:
            raise ValueError(f"{text!r} is not allowed; {_named(rules['enum'])}.")
        if kind in ("integer", "number") and not low <= value <= high:
            raise ValueError(f"{text} is out of range; allowed is {_range(low, high)}.")
        if pattern and not pattern.fullmatch(text):
            raise ValueError(f"{text!r} does not have the form {pattern.pattern}.")
        return value

    # Most columns repeat few texts, in the order of whose first rows they are checked.
    value_of: dict[str, Any] = {}
    for text in dict.fromkeys(texts):
        try:
            value_of[text] = checked(text)
        except ValueError as error:
            raise TableError(_place(path, texts.index(text), name) + str(error)) from None
    values = [value_of[text] for text in texts]
    if rules.get("unique"):
        _check_unique(path, name, values)
    return pd.Series(values, dtype=_dtype(kind, None in values))


def _check_unique(path: str, name: str, values: list[Any]) -> None:
    seen: set[Any] = set()
    for row, value in enumerate(values):
        if value is not None and value in seen:
            raise TableError(
                _place(path, row, name) + f"{value!r} stands twice; it must be unique."
            )
        seen.add(value)


def _keys(frame: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Keys row by row, as plain values; indices of them take pandas many times as long."""
    return zip(*(frame[column].tolist() for column in columns), strict=True)


def _check_primary_key(resource: dict[str, Any], frame: pd.DataFrame) -> None:
    key = _as_list(resource["schema"].get("primaryKey", []))
    if not key:
        return
    where = ", ".join(key)
    if any(frame[column].hasnans for column in key):
        row = int(frame[key].isna().any(axis=1).to_numpy().argmax())
        raise TableError(_place(resource["path"], row, where) + "a key must not be empty.")
    if len(set(_keys(frame, key))) < len(frame):
        row = int(frame.duplicated(key).to_numpy().argmax())
        raise TableError(
            _place(resource["path"], row, where)
            + f"{_quoted(frame[key].iloc[row])} stands twice; a key must be unique."
        )


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _boolean(text: str) -> bool:
    try:
        return _BOOLEANS[text]
    except KeyError:
        raise ValueError(text) from None


_CONVERTERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}
_KINDS = {"integer": "a whole number", "number": "a finite number", "boolean": "true or false"}


def _dtype(kind: str, has_missing: bool) -> str:
    if kind == "integer":
        return "Int64" if has_missing else "int64"
    if kind == "boolean":
        return "boolean" if has_missing else "bool"
    return {"string": "str", "number": "float64"}[kind]


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _place(path: str, row: Any, column: str) -> str:
    return f"{path}, row {row + 2}, column {column}: "


def _quoted(values: pd.Series) -> str:
    return ", ".join(repr(str(value)) for value in values)


def _range(low: float, high: float) -> str:
    if low == -math.inf:
        return f"at most {high:g}"
    return f"at least {low:g}" if high == math.inf else f"{low:g} to {high:g}"


def _named(values: list[Any]) -> str:
    shown = ", ".join(str(value) for value in values[:_MOST_VALUES_NAMED])
    more = len(values) - _MOST_VALUES_NAMED
    return f"allowed are {shown}" + (f" and {more} more" if more > 0 else "")
