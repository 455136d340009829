"""A study in a line or two: name with its DOI, how it was seen, result, design and size."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from spotcheck import tables
from spotcheck.articles.story import study_details
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.wording import doi_link, escaped


@cache
def study(study_id: str) -> Any:
    """Row of ``studies``, without missing texts."""
    rows = tables.load("studies").set_index("study_id")
    texts = {"n_note": "", "status_note": "", "doi": "", "other_id": "", "design": ""}
    return rows.loc[[study_id]].fillna(texts).iloc[0]


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Plain citation of every study, and its name as Markdown."""
    studies = tables.load("studies")[["study_id", "citation", "doi"]].astype(object)
    return {
        row.study_id: (row.citation, doi_link(row.doi, row.citation))
        if isinstance(row.doi, str)
        else (row.citation, escaped(row.citation))
        for row in studies.itertuples()
    }


def name(study_id: str) -> str:
    """Name of a study, with a link where it has a DOI; Markdown."""
    return _names()[study_id][1]


@cache
def by_citation() -> dict[str, str]:
    """Names of all studies as :func:`name` gives them, by their plain citations."""
    return dict(_names().values())


def badge(status: str) -> str:
    """How a figure was seen, as a badge."""
    return STATUS_BADGES[status]


def details(study_id: str) -> str:
    """Design and size of a study, and what else must be known of how it was seen; Markdown."""
    row = study(study_id)
    n = None if pd.isna(row["n"]) else int(row["n"])
    parts = [study_details(row["design"], n, row["n_note"]), row["status_note"]]
    if row["doi_status"] == "from_memory" and "DOI" not in row["status_note"]:
        parts.append("The DOI is from memory")
    if not row["doi"]:
        parts.append(row["other_id"])
    return " ".join(f"{escaped(part[0].upper() + part[1:].rstrip('.'))}." for part in parts if part)
