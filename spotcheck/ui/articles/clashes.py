"""Clashes: where articles contradict each other or themselves, and where one helps another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import clashes
from spotcheck.articles.clashes import CONTRADICTS, TENSION, TRANSFERS, Card, CardTables, Clash
from spotcheck.articles.coding import Coding
from spotcheck.articles.evidence import evidence_counts
from spotcheck.articles.stances import stance_matrix
from spotcheck.articles.story import (
    DIRECTION_GLYPHS,
    DIRECTION_WORDS,
    GRADE_WORDS,
    VERDICT_WORDS,
    WORDING_WORDS,
    stance_words,
    studies_counted,
    topics_counted,
)
from spotcheck.charts import clashes as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles.data import Comparison, coding_of
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.wording import NBSP, counted, escaped

PICTURE_WIDTH_PX = 640
_NO_STUDY = {
    "supports": "We found no study that speaks for it.",
    "contradicts": "We found no study that speaks against it.",
}


@dataclass(frozen=True)
class Words:
    """A card in words, all Markdown: heading, who meets whom, and the parts under them."""

    clash: Clash
    heading: str
    pair: str
    note: str
    sides: tuple[str, str]
    evidence: str
    so_what: str


def draw(scene: Scene) -> None:
    """Draw the view."""
    controls = scene.controls
    within = tuple(scene.comparison.within["topic_id"])
    cards = words_of(controls["code"], within, implied=controls["implied"])
    of_kind = {
        kind: [one for one in cards if one.clash.kind == kind]
        for kind in (CONTRADICTS, TENSION, TRANSFERS)
    }
    if of_kind[CONTRADICTS]:
        draw_picture(scene, [one.clash for one in of_kind[CONTRADICTS]], within)
    else:
        draw_way_out(scene)
    for place, card in enumerate(of_kind[CONTRADICTS]):
        draw_card(scene, card, is_first=place == 0)
    if of_kind[TENSION]:
        layout.finding(
            "One article against itself",
            "Two claims of the same article that do not go together.",
        )
    for card in of_kind[TENSION]:
        draw_card(scene, card)
    if of_kind[TRANSFERS]:
        layout.finding(
            "Where one article helps another",
            "Advice of one article that serves what another one wants.",
        )
    for card in of_kind[TRANSFERS]:
        draw_card(scene, card)


@lru_cache(maxsize=64)
def words_of(
    edits: tuple[tuple[str, str], ...], topic_ids: tuple[str, ...], *, implied: bool
) -> tuple[Words, ...]:
    """Cards of these settings, in words."""
    coding = coding_of(edits)
    counts = evidence_counts(tables.load("evidence_links"), coding.topics)
    found = clashes.cards(coding, matrix_of(edits, topic_ids, implied=implied), card_tables())
    return tuple(card_words(card, coding, counts.loc[card.clash.topic_id]) for card in found)


@lru_cache(maxsize=64)
def matrix_of(
    edits: tuple[tuple[str, str], ...], topic_ids: tuple[str, ...], *, implied: bool
) -> pd.DataFrame:
    """Stances of these topics."""
    coding = coding_of(edits)
    return stance_matrix(coding.topics, coding.stances, lenient=implied).loc[list(topic_ids)]


@cache
def card_tables() -> CardTables:
    """Tables out of which cards are made."""
    names = ("claim_relations", "stance_claims", "evidence_links", "studies")
    return CardTables(*map(tables.load, (*names, "clash_cards", "clash_studies")))


def draw_picture(scene: Scene, found: list[Clash], within: tuple[str, ...]) -> None:
    """How often they clash, and who stands where."""
    comparison, controls = scene.comparison, scene.controls
    topic_ids = tuple(dict.fromkeys(one.topic_id for one in found))
    matrices = {
        lenient: matrix_of(controls["code"], within, implied=lenient) for lenient in (True, False)
    }
    layout.finding(
        clashes.finding(found),
        f"{clashes.strictness(matrices, controls['implied'])} A card for each follows. Coded by "
        "one rater.",
    )
    with st.container(width="stretch" if scene.narrow else PICTURE_WIDTH_PX):
        layout.chart(
            picture(
                comparison,
                topic_ids,
                controls["code"],
                scene.colours.name,
                implied=controls["implied"],
                narrow=scene.narrow,
            ),
            name="clashes",
            alt=(
                f"{topics_counted(len(topic_ids))}, each a line from the opposite to yes, with "
                "the articles where they stand and the direction of the studies."
            ),
            source=f"Source: {cite.ours('our coding', 'stances')}, one rater.",
            table=lambda: clashes.marks(comparison.matrix.loc[list(topic_ids)], comparison.topics),
        )


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(
    _comparison: Comparison,
    topic_ids: tuple[str, ...],
    edits: tuple[tuple[str, str], ...],
    theme_name: str,
    *,
    implied: bool,
    narrow: bool,
) -> Any:
    """Picture of these topics."""
    marks = clashes.marks(_comparison.matrix.loc[list(topic_ids)], _comparison.topics)
    return charts.stands(marks, themed(theme_name), narrow=narrow)


def draw_way_out(scene: Scene) -> None:
    """No contradiction, and the smallest step that leads to one."""
    controls, comparison = scene.controls, scene.comparison
    label, changes = way_out(controls, comparison)
    layout.empty_state(
        "No contradiction here",
        "With these settings no two articles say opposite things.",
        label,
        lambda: controls.set(**changes),
    )


def way_out(controls: Controls, comparison: Comparison) -> tuple[str, dict[str, Any]]:
    """Smallest step that brings contradictions back: words of its button, and the settings."""
    everywhere: dict[str, Any] = {"theme": (), "certainty": "any"}
    ours = coding_of(())
    steps = [
        (comparison.topics, comparison.stances, controls["implied"], everywhere),
        (comparison.topics, comparison.stances, True, {**everywhere, "implied": True}),
        (ours.topics, ours.stances, True, {**everywhere, "implied": True, "code": ()}),
    ]
    words = ("Show every theme", "Count what is only implied", "Go back to our coding")
    for label, (topics, stances, lenient, changes) in zip(words, steps, strict=True):
        n = len(clashes.contradictions(stance_matrix(topics, stances, lenient=lenient)))
        if n:
            times = f"{counted(n)} contradiction{'' if n == 1 else 's'}"
            return f"{label}: {times}", changes
    return words[-1], steps[-1][-1]


def draw_card(scene: Scene, card: Words, *, is_first: bool = False) -> None:
    """One card, on a phone a drawer, of which the first is open."""
    if scene.narrow:
        drawer = st.expander(
            f"{card.pair}  \n**{card.heading}**",
            key="clashes/card/" + "/".join(card.clash),
            expanded=is_first,
            on_change="rerun",
        )
        if drawer.open:
            with drawer:
                draw_inside(scene, card)
    else:
        with st.container(border=True, gap="small"):
            st.subheader(card.heading, anchor=False)
            st.markdown(card.pair)
            draw_inside(scene, card)


def draw_inside(scene: Scene, card: Words) -> None:
    """Who says what, what studies found, so what."""
    if card.note:
        st.markdown(card.note)
    with st.container(horizontal=not scene.narrow, gap="medium"):
        for side in card.sides:
            st.container().markdown(side)
    st.markdown(f"{card.evidence}\n\n**So what.** {card.so_what}")
    st.button(
        "Open this topic",
        type="tertiary",
        icon=":material/arrow_forward:",
        key="clashes/" + "/".join(card.clash),
        on_click=lambda: scene.controls.set(view="topics", topic=card.clash.topic_id),
    )


def card_words(card: Card, coding: Coding, counts: pd.Series) -> Words:
    """A card in words.

    Parameters
    ----------
    card : Card
        The card.
    coding : Coding
        Coding in force.
    counts : Series
        Number of studies of its topic by direction.
    """
    topic = coding.topics.set_index("topic_id").loc[card.clash.topic_id]
    heading = topic["question"] if card.clash.kind != TRANSFERS else topic["short_label"]
    one, other = (
        side_words(card, coding, place, article)
        for place, article in enumerate((card.clash.article_a, card.clash.article_b))
    )
    return Words(
        card.clash,
        escaped(heading),
        pair_words(card),
        escaped(card.note),
        (one, other),
        evidence_words(card, topic, counts),
        sentences(card.so_what),
    )


def pair_words(card: Card) -> str:
    """Who meets whom, and whose coding it is; Markdown."""
    one, other = ARTICLE_BADGES[card.clash.article_a], ARTICLE_BADGES[card.clash.article_b]
    words = {
        CONTRADICTS: f"{one} against {other}",
        TENSION: f"{one} against itself",
        TRANSFERS: f"{one} helps {other}",
    }[card.clash.kind]
    return words + (" :gray-badge[your coding]" if card.is_yours else "")


def side_words(card: Card, coding: Coding, place: int, article: str) -> str:
    """What one side says in our words, how firmly, and how it fares; Markdown."""
    lines = [f"{ARTICLE_BADGES[article]} **{part_of(card.clash, coding, place, article)}**"]
    claims = coding.claims.set_index("claim_id")
    for claim_id in card.claims[place]:
        row = claims.loc[claim_id]
        lines.append(
            f"{escaped(row['claim'])}.  \n:small[:gray[{WORDING_WORDS[row['wording_certainty']]}. "
            f"**{VERDICT_WORDS[row['verdict']]}.**]]"
        )
    if not card.claims[place]:
        lines.append(":gray[We filed no claim of this article under the topic.]")
    return "\n\n".join(lines)


def part_of(clash: Clash, coding: Coding, place: int, article: str) -> str:
    """Part that an article has on a card, as a predicate."""
    if clash.kind == TENSION:
        return ("says", "and also says")[place]
    if clash.kind == TRANSFERS:
        return ("advises", "is concerned with")[place]
    stances = coding.stances.set_index(["topic_id", "article_id"])
    row = stances.loc[(clash.topic_id, article)]
    return stance_words(row["stance"], row["qualifier"])


def evidence_words(card: Card, topic: pd.Series, counts: pd.Series) -> str:
    """What studies found: direction, certainty, and the telling ones; Markdown."""
    direction = topic["evidence_direction"]
    lines = [
        f"**What studies found** on the statement: {escaped(topic['proposition'])}.  \n"
        f":gray-badge[{DIRECTION_GLYPHS[direction]} studies: {DIRECTION_WORDS[direction]}] "
        f":gray-badge[certainty: {GRADE_WORDS[topic['grade']]}] "
        f":gray-badge[{escaped(studies_counted(counts))}]"
    ]
    directions = directions_of(card.clash.topic_id)
    for study_id in card.study_ids:
        side, row = directions[study_id], cite.study(study_id)
        lines.append(
            f"{DIRECTION_GLYPHS[side]}{NBSP}**{DIRECTION_WORDS[side].capitalize()}:** "
            f"{cite.name(study_id)} {cite.badge(row['status'])}  \n{escaped(row['finding'])} "
            f":small[:gray[{cite.details(study_id)}]]"
        )
    missing = [words for side, words in _NO_STUDY.items() if counts["total"] and not counts[side]]
    lines += [f":small[:gray[{words}]]" for words in missing]
    return "\n\n".join(lines)


@cache
def directions_of(topic_id: str) -> dict[str, str]:
    """Direction of each study of a topic."""
    links = tables.load("evidence_links")
    rows: pd.DataFrame = links[links["topic_id"].eq(topic_id)]
    return dict(zip(rows["study_id"], rows["direction"], strict=True))


def sentences(text: str) -> str:
    """Words out of a table with a full stop, safe for Markdown."""
    return f"{escaped(text[0].upper() + text[1:].rstrip('.'))}."
