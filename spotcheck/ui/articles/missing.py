"""View of what the articles leave out, and the numbers that a reader would have needed."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import omissions
from spotcheck.articles.omissions import Source
from spotcheck.articles.stances import SILENT
from spotcheck.articles.story import topics_counted
from spotcheck.charts import omissions as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.wording import counted, escaped, joined


def draw(scene: Scene) -> None:
    """Draw the view."""
    draw_grid(scene)
    draw_numbers(scene)
    draw_unspoken(scene)


def draw_grid(scene: Scene) -> None:
    """Which article says what, and the first number behind each thing."""
    matrix = presence()
    layout.finding(
        omissions.finding(matrix),
        "One row a thing that advice on running would need. What is left out is not wrong: short "
        "texts leave out much.",
    )
    layout.chart(
        picture(scene.colours.name, narrow=scene.narrow),
        name="omissions",
        alt=(
            f"Grid of {len(matrix)} things by three articles: each says it, says part of it, "
            "leaves it out, or has another subject."
        ),
        source=(
            f"Source: {cite.ours('our coding', 'omission_articles')}, one rater; numbers from the "
            "studies below."
        ),
        table=omission_table,
    )


def draw_numbers(scene: Scene) -> None:
    """Every thing that is left out with its numbers, their sources, and where to try it."""
    layout.finding(
        "The numbers that were needed",
        "As each study prints them. The badge says how we saw the number, not how sure the "
        "study is.",
    )
    rows = list(tables.load("omissions").itertuples())
    half = len(rows) if scene.narrow else (len(rows) + 1) // 2
    places = [st.container()] if scene.narrow else st.columns(2, gap="large")
    for place, part in zip(places, (rows[:half], rows[half:]), strict=False):
        with place:
            for row in part:
                draw_omission(row, scene.controls)


def draw_omission(row: Any, controls: Controls) -> None:
    """One thing that is left out."""
    with st.container(gap="xsmall"):
        st.subheader(escaped(row.label), anchor=False)
        st.markdown("\n".join([f"{escaped(row.why_it_matters)}.\n", *lines_of(row.omission_id)]))
        way = ways_on().get(row.omission_id)
        if way is None:
            return
        if way["page"] == "articles":
            settings = dict(parse_qsl(way["query"]))
            st.button(
                way["label"],
                key=f"missing/{row.omission_id}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=lambda: controls.set(**settings),
            )
        else:
            st.page_link(
                f"pages/{way['page']}.py",
                label=way["label"],
                icon=":material/arrow_forward:",
                query_params=parse_qs(way["query"]),
            )


@cache
def lines_of(omission_id: str) -> list[str]:
    """Numbers of an omission as a list in Markdown, a line a study."""
    counts = omissions.text_counts(tables.load("omissions"), tables.load("text_statistics"))
    if omission_id in counts:
        return [f"- **{counts[omission_id]}** {unit_of(omission_id)} in the three texts together"]
    return [line_of(source) for source in sources().get(omission_id, [])]


def line_of(source: Source) -> str:
    """A study with its numbers, or with its finding where we read no number."""
    said = [
        omissions.sentence(f"**{figure}**", "{}".join(map(escaped, wording.split("{}"))))
        for figure, wording in source.numbers
    ]
    text = "; ".join(said) or escaped(source.finding.rstrip("."))
    return f"- {text}. {cite.name(source.study_id)} {STATUS_BADGES[source.status]}"


def draw_unspoken(scene: Scene) -> None:
    """Topics on which no article takes a side, and the way to them."""
    controls, comparison = scene.controls, scene.comparison
    unspoken = unspoken_topics(comparison.within, comparison.matrix)
    n = len(unspoken)
    if not n:
        layout.finding(
            "Every topic here is some article's", "On each, at least one article takes a side."
        )
        return
    layout.finding(
        f"On {counted(n)} of {topics_counted(len(comparison.within))} no article takes a side",
        f"{joined([f'“{escaped(label)}”' for label in unspoken['short_label']])}.",
    )
    first = unspoken["topic_id"].iloc[0]
    st.button(
        "Open it" if n == 1 else f"Show these {counted(n)} topics",
        key="missing/unspoken",
        icon=":material/arrow_forward:",
        on_click=lambda: controls.set(view="topics", show="nobody", topic=first),
    )


def unspoken_topics(topics: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """Topics of these on which every article is silent."""
    is_silent = matrix.eq(SILENT).all(axis=1)
    return topics[topics["topic_id"].isin(matrix.index[is_silent])]


@st.cache_resource(show_spinner=False, max_entries=8)
def picture(theme_name: str, *, narrow: bool) -> Any:
    """Grid of omissions by articles; the same whatever the settings."""
    return charts.omission_grid(grid_rows(), themed(theme_name), narrow=narrow)


def grid_rows() -> list[dict[str, Any]]:
    """What the grid shows, row by row."""
    coded = tables.load("omission_articles").fillna({"note": ""})
    counts = omissions.text_counts(tables.load("omissions"), tables.load("text_statistics"))
    rows = []
    for omission in tables.load("omissions").itertuples():
        cells = coded[coded["omission_id"].eq(omission.omission_id)].sort_values("article_id")
        if omission.omission_id in counts:
            unit = unit_of(omission.omission_id)
            number = (str(counts[omission.omission_id]), f"{{}} {unit} in the three texts together")
        else:
            numbered = [one for one in sources().get(omission.omission_id, []) if one.numbers]
            number = numbered[0].numbers[0] if numbered else ("", "")
        rows.append(
            {
                "label": omission.label,
                "cells": [
                    (
                        cell.article_id,
                        cell.presence,
                        omissions.presence_sentence(cell.article_id, cell.presence, cell.note),
                    )
                    for cell in cells.itertuples()
                ],
                "figure": number[0],
                "words": number[1],
            }
        )
    return rows


def omission_table() -> pd.DataFrame:
    """Figures behind the grid."""
    words = presence().map(omissions.PRESENCE_WORDS.__getitem__).add_prefix("article_")
    table = tables.load("omissions")[["omission_id", "label", "why_it_matters"]]
    number = [
        omissions.sentence(row["figure"], row["words"]) if row["figure"] else ""
        for row in grid_rows()
    ]
    return table.join(words, on="omission_id").assign(number=number)


@cache
def presence() -> pd.DataFrame:
    """How much each article says of each thing."""
    return omissions.presence_matrix(tables.load("omissions"), tables.load("omission_articles"))


@cache
def sources() -> dict[str, list[Source]]:
    """Studies behind each omission, with their numbers."""
    return omissions.sources(
        tables.load("omission_studies"),
        omissions.numbers(tables.load("omission_effects"), tables.load("effects")),
        tables.load("studies"),
    )


@cache
def ways_on() -> dict[str, dict[Any, Any]]:
    """Where this site answers each omission."""
    rows = tables.load("omission_tests").to_dict("records")
    return {str(row["omission_id"]): row for row in rows}


@cache
def unit_of(omission_id: str) -> str:
    """What is counted in the texts for an omission."""
    metric = tables.load("omissions").set_index("omission_id").loc[omission_id, "metric"]
    return str(tables.load("text_metrics").set_index("metric").loc[metric, "unit"])
