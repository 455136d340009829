"""Words that explain themselves on tap, out of the glossary table."""

from __future__ import annotations

from collections.abc import Hashable
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
    """Drawer that explains the words of a page; built when it is opened."""
    entries = [_glossary()[term_id] for term_id in term_ids]
    named = ", ".join(str(entry["term"]) for entry in entries[:3])
    drawer = st.expander(
        f"What the words mean: {named}{' …' if len(entries) > 3 else ''}",
        icon=":material/menu_book:",
        key=f"words/{term_ids[0]}",
        on_change="rerun",
    )
    if drawer.open:
        for entry in entries:
            explained = escaped(str(entry["long"] or entry["short"]))
            drawer.markdown(f"**{escaped(str(entry['term']))}**  \n{explained}")
