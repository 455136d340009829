"""Three articles, topic by topic, beside each other and the evidence: ``/articles``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles.claims import claims_by_topic
from spotcheck.articles.evidence import evidence_counts, studies_for_topic
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import headline_counts, stance_matrix
from spotcheck.articles.story import (
    DIRECTION_GLYPHS,
    DIRECTION_WORDS,
    GRADE_WORDS,
    VERDICT_WORDS,
    WORDING_WORDS,
    evidence_words,
    finding,
    headline,
    stance_words,
    studies_counted,
    study_details,
    topics_counted,
    uncertainty,
)
from spotcheck.charts import articles as charts
from spotcheck.charts.theme import Theme, themed
from spotcheck.ui import layout, settings
from spotcheck.ui.badges import ARTICLE_BADGES, STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.terms import hint, words
from spotcheck.wording import NBSP, doi_link, escaped

EVIDENCE_SIDES = {
    "supports": ("▲ For", "We found no study that speaks for it."),
    "contradicts": ("▼ Against", "We found no study that speaks against it."),
    "mixed": ("◆ Mixed", ""),
}
MATRIX_WIDTH_PX = 580


@dataclass(frozen=True)
class Comparison:
    """Tables of the page under its settings.

    Attributes
    ----------
    topics, stances : DataFrame
        The two tables, whole.
    matrix : DataFrame
        Topics by articles, each cell a stance word.
    studies : DataFrame
        Number of studies by topic and direction.
    within, shown : DataFrame
        Topics of the chosen themes and certainty, and those of them that the matrix shows.
    """

    topics: pd.DataFrame
    stances: pd.DataFrame
    matrix: pd.DataFrame
    studies: pd.DataFrame
    within: pd.DataFrame
    shown: pd.DataFrame


def main(colours: Theme) -> None:
    """Draw the page."""
    controls = Controls("articles", settings.articles(), settings.fit_articles)
    comparison = compare(controls)
    lenient = controls["implied"]
    counts = headline_counts(comparison.within, comparison.stances, lenient)
    labels = theme_labels()
    certainty = controls["certainty"]
    layout.opening(
        headline(
            counts,
            [labels[theme] for theme in controls["theme"]],
            "" if certainty == "any" else GRADE_WORDS[certainty],
        ),
        uncertainty(counts, lenient=lenient),
        controls,
        draw_controls=lambda: draw_controls(controls),
        draw_figures=lambda: None if layout.is_narrow() else draw_articles(),
        draw_picture=lambda: draw_topics(controls, comparison, colours),
    )
    words("article_stance", "verdict", "grade_certainty", "evidence_direction", "second_hand")


def compare(controls: Controls) -> Comparison:
    """Tables that the settings ask for."""
    topics, stances = tables.load("topics"), tables.load("stances")
    matrix = stance_matrix(topics, stances, lenient=controls["implied"])
    themes, certainty = controls["theme"], controls["certainty"]
    return Comparison(
        topics,
        stances,
        matrix,
        evidence_counts(tables.load("evidence_links"), topics),
        select_topics(topics, matrix, themes=themes, certainty=certainty),
        select_topics(topics, matrix, show=controls["show"], themes=themes, certainty=certainty),
    )


def theme_labels() -> dict[str, str]:
    """Themes and their names."""
    topics = tables.load("topics").drop_duplicates("theme")
    return dict(zip(topics["theme"], topics["theme_label"], strict=True))


def draw_controls(controls: Controls) -> None:
    """Filters: in the left column, or the first of them and a drawer on a phone."""
    if layout.is_narrow():
        controls.select("show", "Show", settings.ARTICLE_SHOWS)
    with layout.left_column("Filter the topics"):
        if not layout.is_narrow():
            controls.select("show", "Show", settings.ARTICLE_SHOWS)
        controls.pills("theme", "Theme", theme_labels())
        controls.select(
            "certainty",
            "At least this certain",
            settings.CERTAINTY_LABELS,
            help=hint("grade_certainty"),
        )
        controls.toggle(
            "implied",
            "Count what is only implied",
            help="A stance that follows from what an article says, without being said outright.",
        )


def draw_articles() -> None:
    """The three articles: question, answer, what it is about, length."""
    with st.container(horizontal=not layout.is_narrow(), gap="small"):
        for row in tables.load("articles").itertuples():
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f"{ARTICLE_BADGES[row.article_id]} :gray[{escaped(row.question)}]")
                st.markdown(f"**{escaped(row.answer_short)}**")
                layout.note(f"About {escaped(row.tissue)}. {row.words:,}{NBSP}words.")


def draw_topics(controls: Controls, comparison: Comparison, colours: Theme) -> None:
    """Matrix of the topics, the open topic beside or under it, and its studies."""
    if layout.is_narrow():
        draw_matrix(controls, comparison, colours)
        with st.expander("What A, B and C are", icon=":material/article:"):
            draw_articles()
        draw_topic(controls, comparison)
    else:
        with st.container(horizontal=True, gap="large"):
            with st.container(width=MATRIX_WIDTH_PX):
                draw_matrix(controls, comparison, colours)
            with st.container():
                draw_topic(controls, comparison)
    draw_evidence(controls["topic"], comparison)


def draw_matrix(controls: Controls, comparison: Comparison, colours: Theme) -> None:
    """What each article says of each topic, and what the studies say."""
    shown = comparison.shown
    if shown.empty:
        draw_no_topics(controls, len(comparison.within), len(comparison.topics))
        return
    layout.finding(
        finding(controls["show"], shown),
        "One row a topic; choose one to open it. The bars show how certain the direction of the "
        "studies is (GRADE).",
    )
    layout.chart(
        picture(
            comparison,
            tuple(shown["topic_id"]),
            colours.name,
            implied=controls["implied"],
            narrow=layout.is_narrow(),
            chosen=controls["topic"],
        ),
        name="stances",
        alt=(
            f"Matrix of {topics_counted(len(shown))} by three articles: each supports, qualifies, "
            "contradicts or leaves out the topic; then the direction of the studies and its grade."
        ),
        source="Source: our coding, one rater.",
        table=lambda: matrix_table(comparison),
        on_select=lambda: open_clicked(controls),
    )
    if controls["topic"] not in set(shown["topic_id"]):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            layout.note("The open topic is not in this list.", width="content")
            st.button(
                f"Show all {topics_counted(len(comparison.topics))}",
                type="tertiary",
                on_click=lambda: controls.set(show="all", theme=(), certainty="any"),
            )


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(
    _comparison: Comparison,
    topic_ids: tuple[str, ...],
    theme_name: str,
    *,
    implied: bool,
    narrow: bool,
    chosen: str,
) -> Any:
    """Matrix of these topics; kept, as drawing it takes longer than all the rest of the page."""
    shown = _comparison.topics.set_index("topic_id").loc[list(topic_ids)].reset_index()
    evidence = [
        evidence_words(row.evidence_direction, row.grade, _comparison.studies.loc[row.topic_id])
        for row in shown.itertuples()
    ]
    return charts.stance_matrix(
        shown.assign(evidence=evidence),
        stance_marks(_comparison, lenient=implied),
        themed(theme_name),
        narrow=narrow,
        chosen=chosen,
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
        controls.set(topic=topic[0] if isinstance(topic, list) else topic)


def stance_marks(comparison: Comparison, *, lenient: bool) -> pd.DataFrame:
    """Each article's stance on each topic, with a sentence for the hover."""
    coded = comparison.stances
    counted = comparison.matrix.melt(
        var_name="article_id", value_name="counted", ignore_index=False
    ).reset_index()
    marks = coded.merge(counted, on=["topic_id", "article_id"])
    sentences = [
        f"Article {row.article_id} {stance_words(row.stance, row.qualifier, lenient=lenient)}."
        for row in marks.itertuples()
    ]
    return marks.assign(stance=marks["counted"], sentence=sentences)


def matrix_table(comparison: Comparison) -> pd.DataFrame:
    """Figures behind the matrix."""
    table = comparison.shown.join(comparison.matrix, on="topic_id")
    columns = ["topic_id", "theme_label", "proposition", *comparison.matrix.columns]
    return (
        table[[*columns, "evidence_direction", "grade"]]
        .rename(columns={"theme_label": "theme"})
        .join(comparison.studies.add_prefix("studies_"), on="topic_id")
    )


def draw_topic(controls: Controls, comparison: Comparison) -> None:
    """The chosen topic: what the articles claim, and what the evidence comes to."""
    labels = comparison.topics.set_index("topic_id")["short_label"].to_dict()
    controls.select("topic", "Topic", labels)
    topic = comparison.topics.set_index("topic_id").loc[controls["topic"]]
    studies = comparison.studies.loc[controls["topic"]]
    layout.finding(escaped(topic["question"]), f"Statement: {escaped(topic['proposition'])}.")
    direction = topic["evidence_direction"]
    st.markdown(
        f":gray-badge[{DIRECTION_GLYPHS[direction]} studies: {DIRECTION_WORDS[direction]}] "
        f":gray-badge[certainty: {GRADE_WORDS[topic['grade']]}] "
        f":gray-badge[{escaped(studies_counted(studies))}]"
    )
    draw_claims(controls, comparison)
    draw_test(controls["topic"])


def draw_claims(controls: Controls, comparison: Comparison) -> None:
    """What each article claims, in our words, how firmly, and how it fares."""
    topic_id = controls["topic"]
    claims = claims_by_topic(tables.load("claims"), topic_id, tables.load("stance_claims"))
    stances = comparison.stances[comparison.stances["topic_id"].eq(topic_id)]
    for stance in stances.itertuples():
        rows = claims[stance.article_id].fillna("")
        said = stance_words(
            stance.stance,
            stance.qualifier,
            lenient=controls["implied"],
            has_claims=not rows.empty,
        )
        badge = ARTICLE_BADGES[stance.article_id]
        remark = "" if pd.isna(stance.note) else f" {escaped(stance.note)}."
        if rows.empty:
            st.markdown(f"{badge} :gray[{said}.{remark}]")
            continue
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"{badge} **{said}.**{remark}")
            for row in rows.itertuples():
                st.markdown(
                    f"{escaped(row.claim)}.  \n:small[:gray["
                    f"{WORDING_WORDS[row.wording_certainty]}. "
                    f"**{VERDICT_WORDS[row.verdict]}.** {sentence(row.verdict_note)}]]"
                )


def draw_test(topic_id: str) -> None:
    """Way to the page that computes the topic, opened where it does."""
    tests = tables.load("topic_tests").fillna("")
    for row in tests[tests["topic_id"].eq(topic_id)].itertuples():
        st.page_link(
            f"pages/{row.page}.py",
            label=row.label,
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params=parse_qs(row.query),
        )


def draw_evidence(topic_id: str, comparison: Comparison) -> None:
    """Studies for and against the statement, side by side; neither side is ever left out."""
    topic = comparison.topics.set_index("topic_id").loc[topic_id]
    rows = studies_for_topic(tables.load("evidence_links"), tables.load("studies"), topic_id)
    layout.finding(
        studies_counted(comparison.studies.loc[topic_id]),
        f"{escaped(topic['short_label'])}. Certainty: {GRADE_WORDS[topic['grade']]}. "
        f"{sentence(topic['grade_reason'])} Coded by {escaped(topic['coded_by'])}.",
    )
    if rows.empty:
        return
    sides = [
        side for side in EVIDENCE_SIDES if side != "mixed" or (rows["direction"] == side).any()
    ]
    for column, side in zip(st.columns(len(sides), gap="large"), sides, strict=True):
        with column:
            draw_side(rows[rows["direction"].eq(side)], *EVIDENCE_SIDES[side])
    layout.downloads(
        f"evidence-{topic_id}", lambda: rows.drop(columns=["coded_by", "is_primary_topic"])
    )


def draw_side(rows: pd.DataFrame, title: str, nothing: str) -> None:
    """Studies of one direction."""
    st.subheader(f"{title} ({len(rows)})", anchor=False)
    if rows.empty:
        layout.note(nothing)
    for row in rows.fillna(
        {"n_note": "", "status_note": "", "doi": "", "other_id": ""}
    ).itertuples():
        name = doi_link(row.doi, row.citation) if row.doi else escaped(row.citation)
        n = None if pd.isna(row.n) else int(row.n)
        details = escaped(study_details(row.design, n, row.n_note))
        st.markdown(
            f"**{name}** {STATUS_BADGES[row.status]}  \n{escaped(row.finding)}  \n"
            f":small[:gray[{details}. {remarks(row)}]]"
        )


def remarks(study: Any) -> str:
    """What else must be known of how a study was seen."""
    parts = [study.status_note]
    if study.doi_status == "from_memory" and "DOI" not in study.status_note:
        parts.append("The DOI is from memory")
    if not study.doi:
        parts.append(study.other_id)
    return " ".join(sentence(part) for part in parts if part)


def sentence(text: str) -> str:
    """Remark out of a table as a sentence, safe for Markdown."""
    return f"{escaped(text[0].upper() + text[1:].rstrip('.'))}." if text else ""


with layout.page("Articles") as theme:
    main(theme)
