"""Tables as readers take them: all in one file, or one with what its columns mean."""

from __future__ import annotations

import io
import zipfile
from functools import cache, lru_cache

import pyarrow as pa

from spotcheck import tables


def all_tables() -> bytes:
    """ZIP of the data folder: every CSV, the descriptor that explains them, and the licences."""
    memory = io.BytesIO()
    # A file of before 1980, as on a machine whose clock was not set, gets the first day there is.
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in sorted(tables.DATA_DIR.rglob("*.*")):
            archive.write(path, f"spotcheck/{path.relative_to(tables.DATA_DIR)}")
    return memory.getvalue()


@lru_cache(maxsize=16)
def as_arrow(name: str) -> pa.Table:
    """A table as Streamlit sends it, which takes longer to make than to send."""
    return pa.Table.from_pandas(tables.load(name), preserve_index=False)


@cache
def columns_of(name: str) -> pa.Table:
    """Columns of a table with type, unit, meaning and what is allowed."""
    rows = []
    for field in tables.package().resource(name)["schema"]["fields"]:
        rules = field.get("constraints", {})
        rows.append(
            {
                "column": field["name"],
                "type": field["type"],
                "unit": field.get("unit", ""),
                "meaning": field["description"],
                "allowed": allowed_words(rules),
                "required": bool(rules.get("required")),
            }
        )
    return pa.Table.from_pylist(rows)


def allowed_words(rules: dict) -> str:
    """What a column may hold, in words; empty when anything goes."""
    if "enum" in rules:
        return ", ".join(map(str, rules["enum"]))
    low, high = rules.get("minimum"), rules.get("maximum")
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}" if high is not None else ""
