"""Every table, word, source and formula behind the app: ``/methods``."""

from __future__ import annotations

from typing import Any

import streamlit as st

from spotcheck import tables
from spotcheck.charts.theme import Theme
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.archive import all_tables, as_arrow, columns_of
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.formulas import FUNCTIONS, formula
from spotcheck.wording import escaped, number

NO_TEXT = dict.fromkeys(("title", "doi", "other_id", "url", "finding"), "")
AREAS = {"energy": "Energy", "muscles": "Muscles", "articles": "Articles"}


def main(_: Theme) -> None:
    """Draw the page."""
    controls = Controls("methods", settings.methods())
    studies = tables.load("studies")
    counts = studies["status"].value_counts()
    layout.headline(
        f"Everything here rests on :primary[{len(tables.package().names)} tables] and "
        f":primary[{len(studies)} sources], and you can take them all.",
        f"Of the sources, {counts['verified']} were read at least in the abstract, "
        f"{counts['second_hand']} were seen only through others, and {counts['from_memory']} are "
        "from memory; each says so.",
        controls,
    )
    with layout.left_column("What is here"):
        layout.note(
            "Tables are CSV files with a schema (Data Package). Words are explained in plain "
            "language. Sources carry a badge that says how we saw them."
        )
        st.download_button(
            "All tables (ZIP)",
            all_tables,
            "spotcheck-tables.zip",
            "application/zip",
            icon=":material/download:",
            on_click="ignore",
            key="all-tables",
        )
    draw = {
        "tables": draw_tables,
        "words": draw_words,
        "sources": draw_sources,
        "formulas": draw_formulas,
    }[controls.views(settings.METHODS_VIEWS)]
    draw(controls)


def draw_tables(controls: Controls) -> None:
    """One table with its columns; alone drawn again when another one is chosen."""
    layout.part(controls, "table", ("table",), lambda: draw_table(controls))


def draw_table(controls: Controls) -> None:
    """Chosen table with its columns, to view and to download."""
    package = tables.package()
    controls.select(
        "table",
        "Table",
        {name: f"{package.resource(name)['title']} ({name})" for name in package.names},
    )
    name = controls["table"]
    resource, rows = package.resource(name), package.load(name)
    layout.finding(
        resource["title"], f"{number(len(rows))} rows. {escaped(resource['description'])}"
    )
    st.dataframe(
        as_arrow(name),
        hide_index=True,
        height=min(40 + 35 * len(rows), 420),
        placeholder="",
        key=f"rows/{name}",
        alt=f"Table: {resource['title']}",
    )
    layout.csv_download(name, lambda: rows)
    layout.finding("What the columns mean", f"Schema of {resource['path']}.", level=3)
    st.dataframe(
        columns_of(name),
        hide_index=True,
        key=f"columns/{name}",
        alt=f"Table of the columns of: {resource['title']}",
    )


def draw_words(_: Controls) -> None:
    """Glossary, one drawer an area."""
    glossary = tables.load("glossary")
    layout.finding("Words", f"{len(glossary)} terms in plain language.")
    for area, label in AREAS.items():
        with st.expander(label, expanded=area == "energy"):
            for row in glossary[glossary["area"] == area].fillna("").itertuples():
                unit = f" :gray[({escaped(row.unit)})]" if row.unit else ""
                st.markdown(f"**{escaped(row.term)}**{unit}  \n{escaped(row.long or row.short)}")


def draw_sources(_: Controls) -> None:
    """Bibliography with links and how each source was seen."""
    studies = tables.load("studies").sort_values("citation")
    layout.finding("Sources", "By first author. The badge says how we saw the source.")
    layout.csv_download("studies", lambda: studies)
    initials = studies["citation"].str[0].str.upper()
    for first, last in zip("ACFHLNST", "BEGKMRSZ", strict=True):
        listed = studies[initials.between(first, last)]
        drawer = st.expander(f"{first} to {last} ({len(listed)})", on_change="rerun", key=first)
        if drawer.open:
            drawer.markdown("\n".join(map(source_line, listed.fillna(NO_TEXT).itertuples())))


def source_line(row: Any) -> str:
    """One source of the bibliography as a list item."""
    title = f" {escaped(row.title)}." if row.title else ""
    remark = " (DOI from memory)" if row.doi_status == "from_memory" else ""
    printed = escaped(row.doi or row.other_id) + remark
    finding = f"  \n  :small[:gray[{escaped(row.finding)}]]" if row.finding else ""
    return f"- **{cite.name(row.study_id)}.**{title} {printed} {STATUS_BADGES[row.status]}{finding}"


def draw_formulas(_: Controls) -> None:
    """Formulas, out of the code's own documentation."""
    layout.finding(
        "Formulas", "One function of the code an equation, with its source; inputs carry units."
    )
    for function in FUNCTIONS:
        one = formula(function)
        with st.expander(escaped(one.summary.rstrip("."))):
            for text in (one.notes, one.references):
                if text:
                    st.text(text)
            # Streamlit's colours of code read at 2:1 at worst, and are the same in both themes.
            st.code(one.code, language=None)
            layout.note(f"In the code: {escaped(one.name)}")


layout.page("Methods", main)
