"""Matrix of what each article says of each topic, and all that is known of the open one."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spotcheck import tables
from spotcheck.articles.added import Added
from spotcheck.articles.claims import claims_by_topic
from spotcheck.articles.coding import READER
from spotcheck.articles.evidence import studies_for_topic
from spotcheck.articles.stances import SILENT, closeness
from spotcheck.articles.story import (
    CLOSENESS_WORDS,
    DIRECTION_GLYPHS,
    DIRECTION_WORDS,
    FOUND,
    GRADE_WORDS,
    NOT_FOUND,
    VERDICT_WORDS,
    WORDING_WORDS,
    finding,
    sides,
    stance_words,
    studies_counted,
    topics_counted,
)
from spotcheck.charts import articles as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles import header
from spotcheck.ui.articles.added import current
from spotcheck.ui.articles.data import (
    Comparison,
    Edits,
    coding_of,
    matrix_rows,
    stance_marks,
    stances_by_topic,
    study_counts,
    topic_labels,
    topic_records,
)
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES, STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.wording import NBSP, escaped

EVIDENCE_SIDES = {
    "supports": ("▲ For", "We found no study that speaks for it."),
    "contradicts": ("▼ Against", "We found no study that speaks against it."),
    "mixed": ("◆ Mixed", ""),
}
STUDY_COLUMNS = ("study_id", "year", "citation", "status", "n", "finding")
MOST_SENTENCES = 3
_YOURS = " (yours)"


def prepare(scene: Scene) -> None:
    """Fill the caches of the matrix and its title."""
    comparison = scene.comparison
    if not comparison.shown.empty:
        _finding(comparison, scene.controls["show"])
        picture(scene, current())


def prepare_topics(*, implied: bool) -> None:
    """Fill the caches of every topic in our coding, so that opening one does not wait for it."""
    for topic_id in topic_labels():
        claim_texts((), topic_id, implied=implied)
        evidence_texts(topic_id)


class Places(NamedTuple):
    """Where the open topic shows: its row is marked, and its question stands beside."""

    mark: DeltaGenerator
    topic: DeltaGenerator


def draw(scene: Scene) -> None:
    """The three articles; then the matrix of topics, and all that is known of the open one."""
    added = current()
    if scene.narrow:
        place = draw_matrix(scene, added)
        drawer = st.expander(
            "What A, B and C are",
            icon=":material/article:",
            key="articles/header",
            on_change="rerun",
        )
        if drawer.open:
            with drawer:
                header.draw(scene)
        places = Places(place, st.container())
    else:
        header.draw(scene)
        with st.container(horizontal=True, gap="large"):
            with st.container(width=header.LEFT_WIDTH_PX):
                place = draw_matrix(scene, added)
            places = Places(place, st.container())
    layout.part(scene.controls, "topics", ("topic",), lambda: draw_open(scene, added, places))


def draw_open(scene: Scene, added: Added | None, places: Places) -> None:
    """All that changes with the open topic."""
    with layout.outside(places.mark):
        draw_mark(scene)
    with places.topic:
        draw_topic(scene)
    draw_claims(scene, added)
    draw_evidence(scene)


def draw_matrix(scene: Scene, added: Added | None) -> DeltaGenerator:
    """What stands around the matrix; gives the place of the matrix."""
    controls, comparison = scene.controls, scene.comparison
    if comparison.shown.empty:
        draw_no_topics(controls, len(comparison.within), len(comparison.topics))
        return st.container()
    layout.finding(
        _finding(comparison, controls["show"]),
        "One row a topic; choose one to open it. The bars show how certain the direction of the "
        "studies is (GRADE).",
    )
    layout.picture(
        picture(scene, added),
        name="stances",
        alt=(
            f"Matrix of {topics_counted(len(comparison.shown))} by three articles: each supports, "
            "qualifies, contradicts or leaves out the topic; then the direction of the studies and "
            "its grade."
        ),
        on_select=lambda: open_clicked(controls),
    )
    place = st.container()
    layout.note(source(controls["code"], added))
    layout.downloads("stances", lambda: matrix_table(comparison, added))
    return place


def draw_mark(scene: Scene) -> None:
    """Mark the open topic's row, or say that it has none."""
    controls, comparison = scene.controls, scene.comparison
    if comparison.shown.empty:
        return
    rows = _rows(_shown_ids(comparison), controls["code"], controls["order"], controls["implied"])
    place = charts.row_place(rows, controls["topic"], narrow=scene.narrow)
    top, height = place or (0, 0)
    # The style sheet draws it from these.
    st.html(
        f"<style>:root {{ --open-top: {top:g}px; --open-height: {height:g}px; "
        f"--open-colour: {scene.colours.accent} }}</style>"
    )
    if place is None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            layout.note("The open topic is not in this list.", width="content")
            st.button(
                f"Show all {topics_counted(len(comparison.topics))}",
                type="tertiary",
                # It stands in a part, from which the whole app must not be asked for.
                on_click=lambda: controls.choose("topics", show="all", theme=(), certainty="any"),
            )


@lru_cache(maxsize=128)
def _finding(comparison: Comparison, show: str) -> str:
    return finding(show, comparison.shown)


@lru_cache(maxsize=128)
def _shown_ids(comparison: Comparison) -> tuple[str, ...]:
    return tuple(comparison.shown["topic_id"])


def source(edits: Edits, added: Added | None) -> str:
    """Who coded what the matrix shows."""
    parts = [f"Source: {cite.ours('our coding', 'stances')}, one rater."]
    if edits:
        parts.append("◥\u00a0Yours: you coded this.")
    if added is not None:
        parts.append("\\*\u00a0○\u00a0Found by matching words, not read by a person.")
    return " ".join(parts)


def picture(scene: Scene, added: Added | None) -> go.Figure:
    """Matrix of the topics on show."""
    controls = scene.controls
    settings = (
        _shown_ids(scene.comparison),
        controls["code"],
        scene.colours.name,
        controls["order"],
    )
    if added is None:
        return _kept_picture(*settings, implied=controls["implied"], narrow=scene.narrow)
    # What a reader pasted is kept nowhere, not even as a list of topics.
    return _picture(
        *settings,
        implied=controls["implied"],
        narrow=scene.narrow,
        found=frozenset(added.topics),
    )


@lru_cache(maxsize=64)
def _kept_picture(
    topic_ids: tuple[str, ...],
    edits: Edits,
    theme_name: str,
    order: str,
    *,
    implied: bool,
    narrow: bool,
) -> go.Figure:
    return _picture(topic_ids, edits, theme_name, order, implied=implied, narrow=narrow, found=None)


def _picture(
    topic_ids: tuple[str, ...],
    edits: Edits,
    theme_name: str,
    order: str,
    *,
    implied: bool,
    narrow: bool,
    found: frozenset[str] | None,
) -> go.Figure:
    marks = stance_marks(edits, implied)
    if found is not None:
        marks = pd.concat([marks, marks_of_yours(topic_ids, found)], ignore_index=True)
    rows = _rows(topic_ids, edits, order, implied)
    return charts.stance_matrix(rows, marks, themed(theme_name), narrow=narrow)


def _rows(topic_ids: tuple[str, ...], edits: Edits, order: str, implied: bool) -> pd.DataFrame:
    """Rows of the matrix in their order."""
    return matrix_rows(edits, implied, order).loc[list(topic_ids)]


def marks_of_yours(topic_ids: tuple[str, ...], found: frozenset[str]) -> pd.DataFrame:
    """Topics whose words stand in the reader's own article."""
    is_found = [topic in found for topic in topic_ids]
    return pd.DataFrame(
        {
            "topic_id": list(topic_ids),
            "article_id": charts.YOURS,
            "stance": ["found" if one else SILENT for one in is_found],
            "sentence": [FOUND if one else NOT_FOUND for one in is_found],
            "is_recoded": False,
        }
    )


def draw_no_topics(controls: Controls, n_within: int, n_topics: int) -> None:
    """Nothing to show, and the smallest step that leads out."""
    widened: dict[str, Any] = {"show": "all"}
    if n_within:
        why = "The theme and certainty that you chose leave topics, but none of this kind."
    else:
        widened |= {"theme": (), "certainty": "any"}
        why = "No topic of this theme is graded that high."
    layout.empty_state(
        "No topic fits these filters",
        why,
        f"Show all {topics_counted(n_within or n_topics)}",
        lambda: controls.set(**widened),
    )


def open_clicked(controls: Controls) -> None:
    """Open the topic of the mark that was clicked."""
    points = st.session_state["chart/stances"].selection.points
    if points:
        topic = points[0]["customdata"]
        controls.choose(topic=topic[0] if isinstance(topic, list) else topic)


def matrix_table(comparison: Comparison, added: Added | None) -> pd.DataFrame:
    """Figures behind the matrix, and who coded each of them."""
    coders = comparison.stances.assign(coder=coder_words(comparison.stances["coded_by"]))
    coded_by = coders.pivot(index="topic_id", columns="article_id", values="coder")
    articles = list(comparison.matrix.columns)
    apart = closeness(comparison.matrix).map(CLOSENESS_WORDS).rename("articles")
    shown = comparison.shown
    table = (
        shown.rename(columns={"theme_label": "theme_name"})
        .assign(grade_coded_by=coder_words(shown["coded_by"]))
        .join(comparison.matrix, on="topic_id")
        .join(coded_by.add_suffix("_coded_by"), on="topic_id")
        .join(apart, on="topic_id")
        .join(comparison.studies.add_prefix("studies_"), on="topic_id")
    )
    columns = [
        *("topic_id", "theme_name", "proposition", *articles, "articles"),
        *("evidence_direction", "grade", *comparison.studies.add_prefix("studies_").columns),
        *(f"{article}_coded_by" for article in articles),
        "grade_coded_by",
    ]
    if added is not None:
        table["yours_by_matching_words"] = [
            "found" if topic in added.topics else "not found" for topic in table["topic_id"]
        ]
        columns.append("yours_by_matching_words")
    return table[columns].rename(columns={"theme_name": "theme"})


def coder_words(coded_by: pd.Series) -> pd.Series:
    """Who coded each row, in words that a table can stand alone with."""
    return coded_by.astype(object).replace(READER, "yours")


def draw_topic(scene: Scene) -> None:
    """The chosen topic: its question, and what the evidence comes to."""
    controls = scene.controls
    if layout.is_by_name("articles/by-name"):
        controls.select("topic", "Topic", topic_labels())
    topic = topic_records(controls["code"])[controls["topic"]]
    studies = study_counts()[controls["topic"]]
    direction = topic["evidence_direction"]
    mine = _YOURS if topic["coded_by"] == READER else ""
    layout.finding(
        escaped(topic["question"]),
        f"Statement: {escaped(topic['proposition'])}.",
        f":gray-badge[{DIRECTION_GLYPHS[direction]} studies: {DIRECTION_WORDS[direction]}] "
        f":gray-badge[certainty: {GRADE_WORDS[topic['grade']]}{mine}] "
        f":gray-badge[{escaped(studies_counted(studies))}]",
        reason(topic),
    )
    draw_test(controls["topic"])


def reason(topic: dict[str, Any]) -> str:
    """Why the evidence has its grade, and who says so; a reader's own grade is told from ours."""
    if topic["coded_by"] == READER:
        ours = topic_records(())[topic["topic_id"]]
        said = (
            f"You grade the certainty {GRADE_WORDS[topic['grade']]}. We grade it "
            f"{GRADE_WORDS[ours['grade']]}"
        )
        coder = ours["coded_by"]
    else:
        said, coder = f"Certainty {GRADE_WORDS[topic['grade']]}", topic["coded_by"]
    return f":small[:gray[{said}: {sentence(topic['grade_reason'])} Coded by {escaped(coder)}.]]"


def draw_claims(scene: Scene, added: Added | None) -> None:
    """What each article claims, in our words, how firmly, and how it fares: side by side."""
    edits, topic_id, implied = (scene.controls[name] for name in ("code", "topic", "implied"))
    layout.finding(
        sides(stances_by_topic(edits, implied=implied)[topic_id]),
        f"{escaped(topic_labels()[topic_id])}. What each article claims, in our words; how firmly "
        "it says so, and how the claim fares against the studies.",
        layout.side_by_side(
            [
                *claim_texts(edits, topic_id, implied=implied),
                *([] if added is None else [texts_of_yours(added.topics.get(topic_id, ()))]),
            ]
        ),
    )


@lru_cache(maxsize=512)
def claim_texts(edits: Edits, topic_id: str, *, implied: bool) -> list[list[str]]:
    """Stance and claims of each article on a topic, as Markdown."""
    claims = claims_by_topic(claims_of(edits), topic_id, tables.load("stance_claims"))
    texts = []
    for stance in stances_of(edits)[topic_id]:
        rows = claims[stance["article_id"]].to_dict("records")
        said = stance_words(
            stance["stance"], stance["qualifier"], lenient=implied, has_claims=bool(rows)
        )
        mine = f" :small[{_YOURS.strip()}]" if stance["coded_by"] == READER else ""
        remark = "" if pd.isna(stance["note"]) else f" {escaped(stance['note'])}."
        said = f"**{said}.**" if rows else f":gray[{said}.]"
        head = f"{ARTICLE_BADGES[stance['article_id']]} {said}{mine}{remark}"
        texts.append([head, *map(claim_text, rows)])
    return texts


@lru_cache(maxsize=64)
def claims_of(edits: Edits) -> pd.DataFrame:
    """Claims as plain objects, which are quicker to pick a few rows of."""
    return coding_of(edits).claims.astype(object)


@lru_cache(maxsize=64)
def stances_of(edits: Edits) -> dict[str, list[dict[Any, Any]]]:
    """Rows of the stances by topic, in the order of the articles."""
    rows: dict[str, list[dict[Any, Any]]] = {}
    for row in coding_of(edits).stances.sort_values("article_id").to_dict("records"):
        rows.setdefault(row["topic_id"], []).append(row)
    return rows


def claim_text(claim: dict[Any, Any]) -> str:
    """A claim, how firmly it is said, and its verdict."""
    mine = _YOURS if claim["coded_by"] == READER else ""
    note = "" if pd.isna(claim["verdict_note"]) else sentence(claim["verdict_note"])
    return (
        f"{escaped(claim['claim'])}. :small[:gray[{WORDING_WORDS[claim['wording_certainty']]}. "
        f"**{VERDICT_WORDS[claim['verdict']]}{mine}.** {note}]]"
    )


def texts_of_yours(sentences: tuple[str, ...]) -> list[str]:
    """Sentences of the reader's own article, as plain text whatever they hold."""
    if not sentences:
        return ["**Yours\\*** :gray[has no words of this topic.]"]
    rest = len(sentences) - MOST_SENTENCES
    more = f"{rest}{NBSP}more under “Add an article”. " if rest > 0 else ""
    return [
        "**Yours\\*** has words of this topic.",
        *(escaped(" ".join(one.split())) for one in sentences[:MOST_SENTENCES]),
        f":small[:gray[{more}Found by matching words, not read by a person.]]",
    ]


def draw_test(topic_id: str) -> None:
    """Way to the page that computes the topic, opened where it does."""
    for test in tests_of(topic_id):
        st.page_link(
            f"pages/{test['page']}.py",
            label=test["label"],
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=parse_qs(test["query"], keep_blank_values=True),
        )


@cache
def tests_of(topic_id: str) -> list[dict[Any, Any]]:
    """Rows of the tests of a topic."""
    tests = tables.load("topic_tests").fillna("")
    return tests[tests["topic_id"].eq(topic_id)].to_dict("records")


def draw_evidence(scene: Scene) -> None:
    """Studies for and against the statement, side by side; neither side is ever left out."""
    topic_id = scene.controls["topic"]
    texts = evidence_texts(topic_id)
    layout.finding(
        studies_counted(study_counts()[topic_id]),
        f"{escaped(topic_labels()[topic_id])}: what was studied, in how many people, and what came "
        "out. A count of studies is not a vote.",
    )
    # One element, whose headings each begin a column (frame.css).
    with st.container(key=f"sides-{len(texts)}"):
        st.markdown("\n\n".join(f"### {title}\n\n{text}" for title, text in texts), anchors=False)
    if study_counts()[topic_id]["total"]:
        layout.downloads(
            f"evidence-{topic_id}",
            lambda: evidence_of(topic_id).drop(columns=["coded_by", "is_primary_topic"]),
            key="evidence",
        )


def evidence_of(topic_id: str) -> pd.DataFrame:
    """Studies of a topic."""
    return studies_for_topic(tables.load("evidence_links"), tables.load("studies"), topic_id)


@cache
def _evidence_tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Links and studies as plain objects, with empty text where there is none."""
    links = tables.load("evidence_links")[["topic_id", "study_id", "direction"]].astype(object)
    studies = tables.load("studies")[list(STUDY_COLUMNS)].astype(object)
    return links, studies.where(studies.notna(), "")


@cache
def evidence_texts(topic_id: str) -> list[tuple[str, str]]:
    """Title and text of each side of the evidence; only mixed studies are left out for none."""
    studies = studies_for_topic(*_evidence_tables(), topic_id).to_dict("records")
    texts = []
    for side, (title, nothing) in EVIDENCE_SIDES.items():
        own = [study_text(study) for study in studies if study["direction"] == side]
        if own or nothing:
            text = "\n\n".join(own) or f":small[:gray[{nothing}]]"
            texts.append((f"{title} ({len(own)})", text))
    return texts


def study_text(study: dict[Any, Any]) -> str:
    """A study: its link, how it was seen, what it found, and in whom."""
    study_id = study["study_id"]
    return (
        f"**{cite.name(study_id)}** {STATUS_BADGES[study['status']]}  \n"
        f"{escaped(study['finding'])}  \n:small[:gray[{cite.details(study_id)}]]"
    )


def sentence(text: str) -> str:
    """Remark out of a table as a sentence, safe for Markdown."""
    return f"{escaped(text[0].upper() + text[1:].rstrip('.'))}." if text else ""
