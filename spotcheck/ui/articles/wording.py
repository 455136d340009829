"""Too sure, too shy: how firmly each claim is said, against how certain its evidence is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import certainty
from spotcheck.articles.claims import claim_counts
from spotcheck.articles.story import GRADE_WORDS, VERDICT_WORDS, WORDING_WORDS
from spotcheck.charts import certainty as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles.data import coding_of
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.wording import escaped

_RULE = """\
- **Too sure:** firm words where the studies speak against the claim, where it goes further than \
they do, or where the evidence is of low or very low certainty.
- **Too shy:** careful words (may, could) where evidence of moderate or high certainty speaks for \
the claim.
- **About right:** all else. A definition that holds needs no trial. Words credited to others are \
neither firm nor careful.
- **Not judged** (small marks): what studies cannot settle, and topics without a grade.

The verdict on the claim itself goes before the direction of its topic; the certainty is that of \
the topic, and a single claim can stand on firmer ground than its topic."""


def draw(scene: Scene) -> None:
    """Draw the view."""
    draw_choices(scene.controls)
    judged = judged_of(scene)
    if judged.empty:
        draw_way_out(scene.controls)
        return
    draw_plane(scene, judged)
    draw_lists(scene, judged)
    draw_verdicts(scene, judged)


def draw_choices(controls: Controls) -> None:
    """Whose claims, and whether framing and promises are among them."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        with st.container(width="content"):
            articles = tables.load("articles")["article_id"]
            controls.pills("article", "Articles", {one: f"Article {one}" for one in articles})
        with st.container(width="content"):
            controls.toggle("rhetoric", "With framing and promises")


def judged_of(scene: Scene) -> pd.DataFrame:
    """Claims that the settings leave, each judged."""
    return certainty.judged_claims(
        scene.coding.claims,
        scene.comparison.within,
        articles=scene.controls["article"],
        rhetoric=scene.controls["rhetoric"],
    )


def draw_plane(scene: Scene, judged: pd.DataFrame) -> None:
    """Every claim as a mark, and what stands behind those that are too sure."""
    counts = certainty.fit_counts(judged)
    layout.finding(
        certainty.finding(counts),
        "A mark is a claim, in its article's colour and shape: its height is how firmly it is "
        "said, its column how certain the evidence on its topic is. Filled marks do not fit, "
        f"hollow ones do; the verdict counts too.{certainty.unjudged_sentence(judged)} Choose one "
        "to open its topic.",
    )
    controls = scene.controls
    layout.chart(
        picture(
            controls["code"],
            tuple(scene.comparison.within["topic_id"]),
            tuple(controls["article"]),
            scene.colours.name,
            rhetoric=controls["rhetoric"],
            narrow=scene.narrow,
        ),
        name="wording",
        alt=(
            f"{len(judged)} claims by wording and by certainty of the evidence. "
            f"{certainty.finding(counts)}."
        ),
        source=f"Source: {cite.ours('our coding', 'claims')}, one rater. ● A, ■ B, ▲ C.",
        table=lambda: certainty.certainty_table(judged),
        on_select=lambda: open_clicked(controls),
    )
    st.markdown(certainty.explained(judged))
    rule = st.expander(
        "How a claim is judged", icon=":material/rule:", key="wording/rule", on_change="rerun"
    )
    if rule.open:
        rule.markdown(_RULE)


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(
    edits: tuple[tuple[str, str], ...],
    topic_ids: tuple[str, ...],
    articles: tuple[str, ...],
    theme_name: str,
    *,
    rhetoric: bool,
    narrow: bool,
) -> Any:
    """Plane of these claims under this coding."""
    coding = coding_of(edits)
    judged = certainty.judged_claims(
        coding.claims,
        coding.topics[coding.topics["topic_id"].isin(topic_ids)],
        articles=articles,
        rhetoric=rhetoric,
    )
    return charts.certainty_plane(judged, themed(theme_name), narrow=narrow)


def open_clicked(controls: Controls) -> None:
    """Open the topic of the mark that was clicked."""
    points = st.session_state["chart/wording"].selection.points
    if points:
        topic = points[0]["customdata"]
        controls.set(view="topics", topic=topic[0] if isinstance(topic, list) else topic)


def draw_lists(scene: Scene, judged: pd.DataFrame) -> None:
    """The claims of each kind that say most, in words."""
    for column, fit in zip(st.columns(2, gap="large"), ("too_sure", "too_shy"), strict=True):
        n_all = int(judged["fit"].eq(fit).sum())
        rows = certainty.most_telling(judged, fit, 1 if scene.narrow else 2)
        with column:
            st.subheader(f"{certainty.FIT_WORDS[fit]}: {n_all}", anchor=False)
            if n_all > len(rows):
                layout.note("The most telling of each article; the table above has them all.")
            elif not n_all:
                layout.note("No claim here.")
            for row in rows.itertuples():
                draw_claim(scene.controls, row)


def draw_claim(controls: Controls, row: Any) -> None:
    """A claim, why it is listed, and the way to its topic."""
    reason = certainty.REASON_WORDS[row.reason]
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"{ARTICLE_BADGES[row.article_id]} {escaped(row.claim)}.  \n:small[:gray["
            f"{WORDING_WORDS[row.wording_certainty]}; certainty: {GRADE_WORDS[row.grade]}. "
            f"**{VERDICT_WORDS[row.verdict]}.** {reason[0].upper()}{reason[1:]}.]]"
        )
        st.button(
            escaped(row.short_label),
            icon=":material/arrow_forward:",
            icon_position="right",
            type="tertiary",
            key=f"wording/{row.claim_id}",
            on_click=lambda: controls.set(view="topics", topic=row.topic_id),
        )


def draw_verdicts(scene: Scene, judged: pd.DataFrame) -> None:
    """How the claims fare, whatever their wording."""
    counts = claim_counts(judged, include_rhetoric=True)
    upheld = counts["supported"] + counts["partly_supported"]
    said = [
        f"{article} {n} of {total}"
        for article, n, total in zip(counts.index, upheld, counts.sum(axis=1), strict=True)
    ]
    layout.finding(
        f"Supported, wholly or partly: {', '.join(said)}",
        "Tone is one thing, truth another: the verdicts on the same claims, however they are said.",
    )
    layout.chart(
        charts.verdict_bars(counts, scene.colours, narrow=scene.narrow),
        name="verdicts",
        alt="Bars of the number of claims by verdict, one set for each article.",
        source=f"Source: {cite.ours('our coding', 'claims')}, one rater.",
        table=lambda: verdict_table(counts),
    )


def verdict_table(counts: pd.DataFrame) -> pd.DataFrame:
    """Figures behind the bars: a row an article."""
    return counts.rename(columns=VERDICT_WORDS).rename_axis("article").reset_index()


def draw_way_out(controls: Controls) -> None:
    """Say that no claim fits the filters, with a button that takes them away."""
    layout.empty_state(
        "No claim fits these filters",
        "The articles say nothing on topics of this theme that are graded that high.",
        "Remove the filters",
        lambda: controls.set(theme=(), certainty="any", article=()),
    )
