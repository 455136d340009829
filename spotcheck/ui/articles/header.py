"""The three articles beside each other: question, answer, what it is about, and how it reads."""

from __future__ import annotations

from functools import cache

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles.added import Added
from spotcheck.articles.profiles import profiles
from spotcheck.articles.story import VOICE_WORDS, style
from spotcheck.charts.articles import YOURS
from spotcheck.charts.profiles import profile_strips
from spotcheck.charts.theme import themed
from spotcheck.ui import layout
from spotcheck.ui.articles.added import current
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.wording import escaped, number

LEFT_WIDTH_PX = 620
"""Width of what stands on the left, down to the topics."""


def draw(scene: Scene) -> None:
    """Three columns, one an article, and their figures on the same scales."""
    with st.container(horizontal=not scene.narrow, gap="large"):
        st.markdown(layout.side_by_side(card_texts()), width=LEFT_WIDTH_PX)
        with st.container():
            draw_strips(scene, current())


@cache
def card_texts() -> list[list[str]]:
    """Question, answer, tissue and voice of each article, in the words of the tables."""
    return [
        [
            f"{ARTICLE_BADGES[row.article_id]} :gray[{escaped(row.question)}]",
            f"**{escaped(row.answer_short)}**",
            f":small[:gray[About {escaped(row.tissue)}. {VOICE_WORDS[row.voice]}.]]",
        ]
        for row in tables.load("articles").itertuples()
    ]


def draw_strips(scene: Scene, added: Added | None) -> None:
    """Words, reading grade and hedges of every article, the reader's included."""
    rows = our_profiles()
    st.markdown(f"**{style(rows)}**")
    source = "Counted by a script."
    if added is not None:
        rows = with_yours(rows, added)
        source += f" ○\u00a0Yours: {escaped(added.name)}."
    layout.chart(
        # What a reader pasted is kept nowhere, not even as three numbers.
        our_strips(scene.colours.name) if added is None else profile_strips(rows, scene.colours),
        name="profiles",
        alt="Three scales with a mark an article: " + figures_in_words(rows),
        source=source,
        table=lambda: rows,
    )


@cache
def our_profiles() -> pd.DataFrame:
    """Figures of the three articles."""
    return profiles(tables.load("text_statistics"))


@st.cache_resource(show_spinner=False)
def our_strips(theme_name: str) -> object:
    """Picture of the three articles, which no setting changes."""
    return profile_strips(our_profiles(), themed(theme_name))


def with_yours(rows: pd.DataFrame, added: Added) -> pd.DataFrame:
    """Figures of the three articles and of the reader's own."""
    yours = {
        "article_id": YOURS,
        "words": added.words,
        "reading_grade": added.reading_grade,
        "hedges_per_100_words": added.hedges_per_100_words,
    }
    return pd.concat([rows, pd.DataFrame([yours]).astype(rows.dtypes)], ignore_index=True)


def figures_in_words(rows: pd.DataFrame) -> str:
    """Every figure of the picture in a sentence."""

    def printed(value: float, decimals: int) -> str:
        return "not known" if pd.isna(value) else number(value, decimals)

    return (
        "; ".join(
            f"{row.article_id} {printed(row.words, 0)} words, reading grade "
            f"{printed(row.reading_grade, 0)}, {printed(row.hedges_per_100_words, 1)} hedges in "
            "100 words"
            for row in rows.itertuples()
        )
        + "."
    )
