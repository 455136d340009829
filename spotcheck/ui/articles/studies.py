"""Evidence board: what each study says of each topic, by direction, size and design."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import board
from spotcheck.articles.story import DIRECTION_WORDS, GRADE_WORDS
from spotcheck.charts import board as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.controls import Controls
from spotcheck.wording import NBSP, counted, escaped

CHOICE = "studies/about"


def draw(scene: Scene) -> None:
    """Draw the view."""
    within, about = scene.comparison.within, scene.controls["about"]
    topics = within[within["topic_id"].isin(about)] if about else within
    rows = rows_of(tuple(topics["topic_id"]))
    draw_choice(scene)
    if rows.empty:
        draw_way_out(scene.controls, topics)
        return
    draw_board(scene, topics, rows)
    draw_one_topic(scene.controls, topics)


def draw_choice(scene: Scene) -> None:
    """List that chooses the topic whose studies are shown."""
    controls, chosen = scene.controls, scene.controls["about"]
    studies = scene.comparison.studies["total"]
    topics = scene.comparison.topics
    offered = topics[
        topics["topic_id"].isin([*scene.comparison.within["topic_id"], *chosen])
        & (topics["topic_id"].map(studies).gt(0) | topics["topic_id"].isin(chosen))
    ]
    labels = {
        topic: f"{label} ({studies[topic]})"
        for topic, label in zip(offered["topic_id"], offered["short_label"], strict=True)
    }
    st.session_state[CHOICE] = chosen[0] if len(chosen) == 1 else None

    def take_over() -> None:
        topic = st.session_state[CHOICE]
        controls.set(about=(topic,) if topic else ())

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=296 if scene.narrow else 380):
            st.selectbox(
                "Topic",
                list(labels),
                index=None,
                format_func=labels.__getitem__,
                placeholder=f"{counted(len(chosen))} topics".capitalize()
                if chosen
                else "All topics",
                key=CHOICE,
                on_change=take_over,
            )
        if chosen:
            st.button("All topics", type="tertiary", on_click=lambda: controls.set(about=()))


@st.cache_resource(show_spinner=False, max_entries=64)
def rows_of(topic_ids: tuple[str, ...]) -> pd.DataFrame:
    """Rows of the board for these topics."""
    topics = tables.load("topics")
    links, studies, designs = map(tables.load, ("evidence_links", "studies", "study_designs"))
    return board.board_rows(links, studies, designs, topics[topics["topic_id"].isin(topic_ids)])


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(topic_ids: tuple[str, ...], theme_name: str, *, narrow: bool) -> Any:
    """Board of these topics."""
    return charts.evidence_board(rows_of(topic_ids), themed(theme_name), narrow=narrow)


def draw_board(scene: Scene, topics: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Every study, and what the counts leave out."""
    if len(topics) == 1:
        topic = topics.iloc[0]
        definition = (
            f"Statement: {escaped(topic['proposition'])}. Studies together: "
            f"{DIRECTION_WORDS[topic['evidence_direction']]}, certainty "
            f"{GRADE_WORDS[topic['grade']]}."
        )
    else:
        definition = (
            "A mark is what one study says of one topic's statement, so a study that speaks to "
            "several topics stands there as often, at times on both sides."
        )
    layout.finding(
        board.finding(rows),
        f"{definition} Counts are no vote: size and design weigh more. Choose a mark to open its "
        "topic.",
    )
    layout.chart(
        picture(tuple(topics["topic_id"]), scene.colours.name, narrow=scene.narrow),
        name="studies",
        alt=(
            f"Board of {len(rows)} marks: studies against, mixed and for, by number of people, "
            f"the shape by design. {board.finding(rows)}."
        ),
        source="On top: studies that count trials, or whose number of people we have not seen. "
        f"Source: {cite.ours('our reading', 'study_designs')}, one rater.",
        table=lambda: board.board_table(rows),
        on_select=lambda: open_clicked(scene.controls),
        column_config={"link": st.column_config.LinkColumn("link", display_text="Open")},
    )
    st.markdown(f"{board.strongest_sentence(rows)} {board.unseen_sentence(rows)}")


def open_clicked(controls: Controls) -> None:
    """Open the topic of the mark that was clicked."""
    points = st.session_state["chart/studies"].selection.points
    if points:
        topic = points[0]["customdata"]
        controls.set(view="topics", topic=topic[0] if isinstance(topic, list) else topic)


def draw_one_topic(controls: Controls, topics: pd.DataFrame) -> None:
    """Way to the studies of the chosen topic in words."""
    if len(topics) != 1:
        return
    topic = str(topics["topic_id"].iloc[0])
    st.button(
        "Read these studies in words",
        icon=":material/arrow_forward:",
        icon_position="right",
        type="tertiary",
        on_click=lambda: controls.set(view="topics", topic=topic),
    )


def draw_way_out(controls: Controls, topics: pd.DataFrame) -> None:
    """Say why there is no study, with a button that leads out."""
    if topics.empty:
        layout.empty_state(
            "No topic fits these filters",
            "The theme and certainty that you chose leave none of the topics asked for.",
            "Remove the theme and certainty",
            lambda: controls.set(theme=(), certainty="any"),
        )
        return
    labels = [f"“{escaped(label)}”" for label in topics["short_label"]]
    layout.empty_state(
        "No study found",
        f"We found no study that speaks to {', '.join(labels)}. That is not the same as{NBSP}no.",
        "Show all topics",
        lambda: controls.set(about=(), theme=(), certainty="any"),
    )
