"""A study in a line or two: name with its address, how it was seen, result, design and size."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from spotcheck import tables
from spotcheck.articles.story import study_details
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.wording import doi_url, escaped

_NO_TEXT = dict.fromkeys(("n_note", "status_note", "doi", "other_id", "url", "design"), "")


@cache
def study(study_id: str) -> Any:
    """Row of ``studies``, without missing texts."""
    rows = tables.load("studies").set_index("study_id")
    return rows.loc[[study_id]].fillna(_NO_TEXT).iloc[0]


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Plain citation of every study, and its name as Markdown."""
    studies = tables.load("studies").fillna(_NO_TEXT)
    return {row.study_id: (row.citation, _name(row, row.citation)) for row in studies.itertuples()}


def _name(row: Any, words: str) -> str:
    text = escaped(words)
    # Nobody is sent to an address that nobody saw.
    if address := doi_url(row.doi) if row.doi_status == "seen" else row.url:
        return f"[{text}]({address})"
    known = f"DOI from memory: {row.doi}" if row.doi else row.other_id
    return f"{text} :gray[({escaped(known)})]" if known else text


def name(study_id: str, words: str = "") -> str:
    """Name of a study, or other ``words`` for it, with a link where its address was seen."""
    return _name(study(study_id), words) if words else _names()[study_id][1]


@cache
def by_citation() -> dict[str, str]:
    """Names of all studies as :func:`name` gives them, by their plain citations."""
    return dict(_names().values())


def ours(words: str, table: str = "") -> str:
    """What we made ourselves, with a link to the table that holds it, else to the formulas."""
    place = f"view=tables&table={table}" if table else "view=formulas"
    return f"[{words}](methods?{place})"


def badge(status: str) -> str:
    """How a figure was seen, as a badge."""
    return STATUS_BADGES[status]


def details(study_id: str) -> str:
    """Design and size of a study, and what else must be known of how it was seen; Markdown."""
    row = study(study_id)
    n = None if pd.isna(row["n"]) else int(row["n"])
    parts = [study_details(row["design"], n, row["n_note"]), row["status_note"]]
    if row["url"]:
        parts.append(row["other_id"])
    return " ".join(f"{escaped(part[0].upper() + part[1:].rstrip('.'))}." for part in parts if part)
