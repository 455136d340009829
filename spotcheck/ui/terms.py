"""Words that explain themselves on tap, out of the glossary table."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cache

import streamlit as st

from spotcheck import tables
from spotcheck.ui.layout import is_narrow
from spotcheck.wording import escaped


@cache
def _glossary() -> dict[str, dict[Hashable, str]]:
    terms = tables.load("glossary").fillna("")
    return {row["term_id"]: row for row in terms.to_dict("records")}


def explain(term_id: str) -> str:
    """One plain sentence for a control's or a figure's help mark."""
    return escaped(_glossary()[term_id]["short"])


def hint(term_id: str) -> str:
    """Help of a control; none on a phone, where its mark would be too small for a finger."""
    return "" if is_narrow() else explain(term_id)


def words(*term_ids: str) -> None:
    """Button that opens the meanings of a page's words."""
    label = "What the words mean"
    if not is_narrow():
        terms = [str(_glossary()[term_id]["term"]) for term_id in term_ids]
        label += f": {', '.join(terms[:3])}{' …' if len(terms) > 3 else ''}"
    if st.button(label, icon=":material/menu_book:", type="tertiary", key="words"):
        _meanings(term_ids)


@st.dialog("What the words mean")
def _meanings(term_ids: Sequence[str]) -> None:
    entries = [_glossary()[term_id] for term_id in term_ids]
    st.markdown(
        "\n\n".join(
            f"**{escaped(str(entry['term']))}**  \n{escaped(str(entry['long'] or entry['short']))}"
            for entry in entries
        )
    )
