"""Add an article: a pasted text, read by the server alone, beside the three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles.added import (
    LONGEST_NAME,
    TABLES,
    Added,
    Analysis,
    Reader,
    clean_name,
)
from spotcheck.articles.language import MOST_CHARACTERS
from spotcheck.articles.matching import Named
from spotcheck.articles.story import stance_words, topics_counted
from spotcheck.ui import layout
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.wording import NBSP, counted, date, escaped, joined, number, percent

ADDED_KEY = "articles/added"
TEXT_KEY = f"{ADDED_KEY}/text"
NAME_KEY = f"{ADDED_KEY}/name"
TOPIC_KEY = f"{ADDED_KEY}/topic"
UNNAMED = "Your article"
PROMISE = (
    "The server that runs this page reads your text in its memory, for you alone. It never writes, "
    "logs or caches it, and forgets it with your visit. Your text is not part of the link."
)
SENTENCES_SHOWN = 5
NUMBERS_SHOWN = 12
LINKS_SHOWN = 5
# Words of address are no fault and no merit; they tell an advert or a pep talk from a report.
RATES = {
    "hedges_strict": ("Hedges", "May, likely … "),
    "boosters": ("Boosters", "Always, proven … "),
    "second_person": ("You, your", ""),
    "first_person": ("I, we, our", ""),
}
COUNTS = {
    "numeric_tokens": "Numbers",
    "cited_sources": "Sources, links",
}


def current() -> Added | None:
    """The article that the reader pasted in this session, if any."""
    analysis = _kept().get("analysis")
    return analysis.added if analysis else None


def draw(scene: Scene) -> None:
    """The form, or all that was found in the text."""
    reader = _reader()
    kept = _kept()
    if "text" not in kept:
        layout.finding("Put an article of your own beside the three", PROMISE)
        _draw_form(kept)
        _draw_measured()
        return
    if "analysis" not in kept:
        with st.spinner("Reading your text"):
            kept["analysis"] = reader.result().read(kept["name"], kept["text"])
    analysis: Analysis = kept["analysis"]
    _draw_overview(scene, analysis)
    _draw_drawer(kept)
    if analysis.touches:
        _draw_topic(scene, analysis)
    _draw_language(analysis)
    _draw_names(analysis)
    _draw_measured()


@cache
def _reader() -> Future[Reader]:
    """Begins when the view opens: its libraries and word lists take a second to load."""
    with_one_thread = ThreadPoolExecutor(1)
    reader = with_one_thread.submit(lambda: Reader({name: tables.load(name) for name in TABLES}))
    with_one_thread.shutdown(wait=False)
    return reader


def _kept() -> dict[str, Any]:
    """What this session holds of a pasted text: ``name``, ``text`` and ``analysis``."""
    return st.session_state.setdefault(ADDED_KEY, {})


def _draw_form(kept: Mapping[str, Any]) -> None:
    """Name and text, sent together."""
    with st.form(f"{ADDED_KEY}/form", border=False):
        st.text_input("Name", kept.get("name", ""), LONGEST_NAME, key=NAME_KEY, placeholder=UNNAMED)
        st.text_area(
            "Text",
            kept.get("text", ""),
            height=220,
            max_chars=MOST_CHARACTERS,
            key=TEXT_KEY,
            placeholder=f"Paste it here, up to {number(MOST_CHARACTERS)} characters.",
        )
        st.form_submit_button("Read it", on_click=_take)


def _take() -> None:
    """Keep what was sent; a text of nothing but spaces is none."""
    text = str(st.session_state[TEXT_KEY])
    _forget_found()
    if text.strip():
        _kept().update(text=text, name=clean_name(st.session_state[NAME_KEY]) or UNNAMED)


def _forget() -> None:
    """Leave nothing of the text behind."""
    _forget_found()
    st.session_state[TEXT_KEY] = st.session_state[NAME_KEY] = ""


def _forget_found() -> None:
    _kept().clear()
    st.session_state.pop(TOPIC_KEY, None)


def _draw_overview(scene: Scene, analysis: Analysis) -> None:
    """On how many topics it has words, which they are, and what could not be judged."""
    n_topics = len(scene.comparison.topics)
    found = analysis.added.topics
    layout.finding(
        f"{escaped(analysis.added.name)}: words on {counted(len(found))} of "
        f"{topics_counted(n_topics)}",
        "Found by matching words, not read by a person. A match tells the topic, never the side "
        "that the text takes.",
    )
    if analysis.language.problems:
        lines = "  \n".join(escaped(one) for one in analysis.language.problems)
        st.info(lines, icon=":material/info:")
    if found:
        by_theme = scene.comparison.topics[scene.comparison.topics["topic_id"].isin(found)]
        st.markdown(
            "  \n".join(
                f"**{escaped(str(theme))}**: "
                + ", ".join(
                    f"{escaped(row.short_label)}{NBSP}({len(found[row.topic_id])})"
                    for row in rows.itertuples()
                )
                for theme, rows in by_theme.groupby("theme_label", sort=False)
            )
        )
        layout.note("In brackets: sentences that matched.")


def _draw_drawer(kept: Mapping[str, Any]) -> None:
    """Ways on: beside the three, another text, or none."""
    layout.drawer(
        "Change the text",
        lambda: _draw_form(kept),
        icon=":material/edit:",
        key=f"{ADDED_KEY}/drawer",
    )
    st.button("Forget it", icon=":material/delete:", type="tertiary", on_click=_forget)
    layout.note(PROMISE)


def _draw_topic(scene: Scene, analysis: Analysis) -> None:
    """Sentences on one topic, with the words that matched, and what the three articles say."""
    topics = scene.comparison.topics.set_index("topic_id")
    found = [topic for topic in topics.index if topic in analysis.added.topics]
    labels = topics["short_label"].to_dict()
    opened = scene.controls["topic"]
    with st.container(gap="small"):
        layout.finding(
            "Sentences that look like claims",
            "The one that is most like our wording of the topic comes first.",
        )
        topic = st.selectbox(
            "Topic",
            found,
            found.index(opened) if opened in found else 0,
            format_func=lambda code: f"{labels[code]} ({len(analysis.added.topics[code])})",
            key=TOPIC_KEY,
        )
        here = [touch for touch in analysis.touches if touch.topic_id == topic]
        with st.container(border=True, gap="xsmall"):
            for touch in here[:SENTENCES_SHOWN]:
                st.text(touch.sentence)
                layout.note(f"Matched: {joined([f'**{escaped(one)}**' for one in touch.words])}.")
            if len(here) > SENTENCES_SHOWN:
                layout.note(f"And {number(len(here) - SENTENCES_SHOWN)} more.")
        st.markdown(_three_articles(scene, topic))
        st.button(
            "Open the topic: claims, studies and your column",
            icon=":material/arrow_forward:",
            type="tertiary",
            on_click=lambda: scene.controls.set(view="topics", topic=topic, show="all"),
        )


def _three_articles(scene: Scene, topic: str) -> str:
    """What A, B and C say of a topic, in a line each."""
    claims = scene.coding.claims
    filed = set(claims.loc[claims["topic_id"].eq(topic), "article_id"])
    rows = scene.coding.stances[scene.coding.stances["topic_id"].eq(topic)]
    return "  \n".join(
        f"{ARTICLE_BADGES[row.article_id]} "
        + stance_words(
            row.stance,
            row.qualifier,
            lenient=scene.controls["implied"],
            has_claims=row.article_id in filed,
        )
        for row in rows.itertuples()
    )


def _draw_language(analysis: Analysis) -> None:
    """How the text is written, each figure over those of the three articles."""
    layout.finding(
        "How it is written",
        "The same counts as for the three articles, which stand beneath; rates per "
        f"100{NBSP}words with their 95{NBSP}% intervals.",
    )
    with st.container(horizontal=True, gap="small"):
        for label, value, beneath in _figures(analysis):
            with st.container(width=150 if layout.is_narrow() else 168, gap=None):
                st.metric(label, value)
                layout.note(beneath)
    _draw_sources(analysis)
    layout.downloads("added-language", lambda: language_table(analysis))


def _figures(analysis: Analysis) -> list[tuple[str, str, str]]:
    """Label, value and what stands beneath, for each figure."""
    language, ours = analysis.language, _our_statistics()
    grade, spread = "–", "Not judged."
    if language.grade is not None and language.grade_by_rule is not None:
        low, high = sorted((round(language.grade), round(language.grade_by_rule)))
        grade = number(language.grade)
        spread = f"{low} to {high}" if low < high else f"{low} both ways"
        spread = f"{spread}, counting syllables in two ways."
    return [
        ("Words", number(language.words), _three(ours["words"])),
        ("Sentences", number(language.sentences), _three(ours["sentences"])),
        ("Reading grade", grade, f"{spread} {_three(ours['flesch_kincaid_grade_cmu'])}"),
        *_rates(analysis),
        *(
            (label, number(language.counts[name]), _three(ours[name]))
            for name, label in COUNTS.items()
        ),
    ]


def _rates(analysis: Analysis) -> list[tuple[str, str, str]]:
    """As `_figures`, for the words that are counted per 100."""
    table, ours = language_table(analysis).set_index("metric"), _our_statistics()
    figures = []
    for metric, (label, such_as) in RATES.items():
        value, about = "–", "Not judged."
        if metric in table.index:
            row = table.loc[metric]
            value = number(row["per_100_words"], 1)
            about = f"{number(row['low'], 1)} to {number(row['high'], 1)}."
        rates = {
            article: 100 * count / ours["words"][article] for article, count in ours[metric].items()
        }
        three = _three(rates, 1)
        figures.append((label, value, f"{such_as}{about} {three}"))
    return figures


def _draw_sources(analysis: Analysis) -> None:
    """Numbers and web addresses that the text names."""
    numbers, links = analysis.language.numbers, analysis.prose.links
    if numbers:
        shown = ", ".join(map(escaped, numbers[:NUMBERS_SHOWN]))
        layout.note(f"Numbers: {shown}{' …' if len(numbers) > NUMBERS_SHOWN else '.'}")
    for link in list(dict.fromkeys(links))[:LINKS_SHOWN]:
        st.text(link)


def language_table(analysis: Analysis) -> pd.DataFrame:
    """Counts of the text, and rates with their intervals where they can be judged.

    Returns
    -------
    DataFrame
        ``metric``, ``count``, ``per_100_words``, ``low`` and ``high``.
    """
    from spotcheck.articles.text_profile import rate_interval

    counts, words = analysis.language.counts, analysis.language.words
    rows = []
    for metric, count in counts.items():
        rates: tuple[float | None, ...] = (None, None, None)
        if metric in RATES and words:
            rates = (100 * count / words, *rate_interval(count, words))
        rows.append((metric, count, *rates))
    return pd.DataFrame(rows, columns=["metric", "count", "per_100_words", "low", "high"])


def _draw_names(analysis: Analysis) -> None:
    """Exercises and muscles that the text names, each with its way to the matrix."""
    named = analysis.named
    if not named:
        return
    exercises = sum(one.kind == "exercise" for one in named)
    layout.finding(
        f"It names {_things(exercises, 'exercise')} and "
        f"{_things(len(named) - exercises, 'muscle or group', 'muscles or groups')}",
        "Choose one to see it in the muscle matrix. A general word, such as squats, opens the "
        "plainest exercise of its kind.",
    )
    with st.container(horizontal=True, gap="small"):
        for one in named:
            st.page_link(
                "pages/muscle_matrix.py",
                label=f"{_label(one)} ({number(one.times)})",
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={"view": "all", one.kind: one.code},
                width="content",
            )


def _draw_measured() -> None:
    """How well the matcher does, on pages it had not seen and on the three articles."""
    results = tables.load("matcher_results").set_index(["method", "article_id"])
    unseen, known = results.loc[("words", "others")], results.loc[("words", "all")]
    plain = results.loc[("likeness", "others")]
    n_pages = tables.load("matcher_sample")["page"].nunique()
    measured = date(dt.date.fromisoformat(unseen["measured_on"]))
    layout.finding(
        f"On pages it had not seen, {percent(unseen['precision'])} of the matcher's finds were "
        "right",
        "Topics found by words against topics coded by one rater, who wrote the word lists. "
        f"Measured on {measured}.",
        level=3,
    )
    st.markdown(
        f"On the openings of {counted(n_pages)} other pages, coded before it ran, {_score(unseen)} "
        f"On the three articles: {_score(known)} That is in-sample, as the word lists were written "
        "with those texts known, so the first figures are the ones to trust. Likeness alone would "
        f"have had {_shares(plain)} on the other pages; here it only puts sentences in order."
    )
    layout.downloads("matcher", lambda: tables.load("matcher_results"))


def _score(result: pd.Series) -> str:
    """Finds that were right and topics that were found, as the end of a sentence."""
    both = result["found_and_coded"]
    return (
        f"{both} of its {both + result['found_only']} finds were right, and it found {both} of "
        f"{both + result['coded_only']} topics ({_shares(result)})."
    )


def _shares(result: pd.Series) -> str:
    return f"precision {percent(result['precision'])}, recall {percent(result['recall'])}"


@cache
def _our_statistics() -> dict[str, dict[str, float]]:
    """Figures of the three articles by metric and article."""
    wide = tables.load("text_statistics").pivot(
        index="metric", columns="article_id", values="value"
    )
    return {str(metric): row.to_dict() for metric, row in wide.iterrows()}


def _three(values: Mapping[str, float], decimals: int = 0) -> str:
    """Values of the three articles in a line."""
    each = (f"{article}{NBSP}{number(value, decimals)}" for article, value in values.items())
    return f"{', '.join(each)}."


@cache
def _label_of(kind: str) -> dict[str, str]:
    table, code, label = {
        "exercise": ("exercises", "exercise_id", "name"),
        "muscle": ("muscles", "muscle_id", "name"),
        "group": ("muscles", "muscle_group", "muscle_group_label"),
    }[kind]
    rows = tables.load(table)
    return dict(zip(rows[code], rows[label], strict=True))


def _label(named: Named) -> str:
    return escaped(_label_of(named.kind)[named.code])


def _things(n: int, one: str, many: str = "") -> str:
    return f"{'no' if n == 0 else counted(n)} {one if n == 1 else many or one + 's'}"
