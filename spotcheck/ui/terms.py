"""Words that explain themselves on tap, out of the glossary table."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache

import streamlit as st

from spotcheck import tables
from spotcheck.wording import escaped


@cache
def _glossary() -> dict[str, dict[Hashable, str]]:
    terms = tables.load("glossary").fillna("")
    return {row["term_id"]: row for row in terms.to_dict("records")}


def explain(term_id: str) -> str:
    """One plain sentence for a control's or a figure's help mark."""
    return escaped(_glossary()[term_id]["short"])


def words(*term_ids: str) -> None:
    """Row of terms; each opens to its explanation."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(":small[:gray[Words:]]", width="content")
        for term_id in term_ids:
            entry = _glossary()[term_id]
            term = str(entry["term"])
            drawer = st.popover(term, type="tertiary", key=f"word/{term_id}", on_change="rerun")
            if drawer.open:
                drawer.markdown(
                    f"**{escaped(term)}**  \n{escaped(entry['long'] or entry['short'])}"
                )
