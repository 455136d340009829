"""Expert part: how the articles are written, each figure with its method and its error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import text_profile as profile
from spotcheck.articles.added import Added
from spotcheck.charts import language as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles.added import current
from spotcheck.ui.articles.scene import Scene
from spotcheck.wording import NBSP, counted, escaped, joined, number

CHART_WIDTH_PX = 620
_SOURCE = f"Source: {cite.ours('our counts', 'text_metrics')} on the texts."
_OTHER_METRICS = ("hedged_sentences_percent", "numeric_tokens", "cited_sources")


def draw(scene: Scene) -> None:
    """Word use, readability, marking words and likeness."""
    draw_rates(scene)
    draw_grades(scene)
    draw_terms(scene)
    draw_likeness(scene)


@cache
def our_rates() -> pd.DataFrame:
    """Rates of the three articles."""
    return profile.rates(tables.load("text_statistics"), tables.load("text_metrics"))


@cache
def our_differences() -> pd.DataFrame:
    """Every pair of the three articles by every rate."""
    return profile.differences(our_rates())


@cache
def our_grades() -> pd.DataFrame:
    """School grades of the three articles."""
    return profile.reading_grades(tables.load("text_statistics"), tables.load("text_metrics"))


@cache
def our_terms() -> pd.DataFrame:
    """Words that mark each article."""
    return profile.marking_terms(tables.load("key_terms"), tables.load("text_statistics"))


@cache
def our_likeness() -> pd.DataFrame:
    """Likeness of the three pairs."""
    return profile.likeness(tables.load("text_pairs"), tables.load("text_metrics"))


@cache
def titles() -> dict[str, str]:
    """What each section found."""
    return {
        "rates": profile.rates_finding(our_differences()),
        "grades": profile.grades_finding(profile.grade_differences(our_grades())),
        "terms": profile.terms_finding(our_terms()),
        "likeness": profile.likeness_finding(our_likeness()),
    }


@st.cache_resource(show_spinner=False, max_entries=64)
def our_picture(section: str, theme_name: str, *, narrow: bool) -> Any:
    """Picture of a section with the three articles."""
    theme = themed(theme_name)
    if section == "rates":
        return charts.rate_strips(our_rates(), theme, narrow=narrow)
    if section == "grades":
        return charts.grade_strips(our_grades(), theme, narrow=narrow)
    if section == "terms":
        return charts.term_bars(our_terms(), line_of_chance(), theme, narrow=narrow)
    return charts.likeness_grid(our_likeness(), theme, narrow=narrow)


def draw_rates(scene: Scene) -> None:
    """Hedges, boosters and person per 100 words, with the interval of each count."""
    rows = with_yours(our_rates(), profile.rates)
    has_yours = rows is not our_rates()
    layout.finding(
        titles()["rates"],
        f"A hedge leaves room for doubt, a booster leaves none. Lines: exact 95{NBSP}% intervals "
        "of counts in texts this short.",
    )

    def picture() -> None:
        layout.chart(
            charts.rate_strips(rows, scene.colours, narrow=scene.narrow)
            if has_yours
            else our_picture("rates", scene.colours.name, narrow=scene.narrow),
            name="word_rates",
            alt=f"Rates per 100{NBSP}words of five kinds of words, with 95{NBSP}% intervals. "
            f"{titles()['rates']}.",
            source=_SOURCE,
            table=lambda: rows.drop(columns="metric").round(2),
        )

    def words() -> None:
        lines, remark = rate_words()
        st.markdown(lines)
        if has_yours:
            draw_your_rates(rows)
        layout.note(remark)

    beside(scene, picture, words)
    draw_methods(
        "rates",
        [*profile.RATES, *_OTHER_METRICS],
        "The interval is Garwood’s for a Poisson count. Two rates are compared by an exact "
        "binomial test, given their sum; a difference is clear where p stays below 0.05 after "
        f"Holm’s correction for all {len(our_differences())} pairs (a text that you add is "
        "corrected for its own pairs). Words of one text come in clusters, so the true error is "
        "somewhat wider.",
        lambda: our_differences().drop(columns="metric").round(5),
    )


def with_yours(
    ours: pd.DataFrame,
    made: Callable[[pd.DataFrame, pd.DataFrame, Added | None], pd.DataFrame],
) -> pd.DataFrame:
    """Rows of the three articles and of the reader's text; the very same where it adds none."""
    yours = current()
    if yours is None:
        return ours
    rows = made(tables.load("text_statistics"), tables.load("text_metrics"), yours)
    return rows if len(rows) > len(ours) else ours


@cache
def rate_words() -> tuple[str, str]:
    """What is clear about each rate, and a remark on what the texts lack altogether."""
    lines = listed(profile.rate_sentences(our_differences()))
    hedged = joined(
        [
            f"{article} {number(share)}{NBSP}%"
            for article, share in values().loc["hedged_sentences_percent"].items()
        ]
    )
    return lines, (
        f"Sentences with a hedge: {hedged}. {absent_words(values())} "
        "A hedge is no fault, and a firm sentence is not right by being firm."
    )


def listed(sentences: Sequence[tuple[str, str]]) -> str:
    """Label and sentence of each line as a Markdown list."""
    return "\n".join(f"- **{escaped(label)}.** {said}" for label, said in sentences)


@cache
def values() -> pd.DataFrame:
    """Measures by articles."""
    statistics = tables.load("text_statistics")
    return statistics.pivot(index="metric", columns="article_id", values="value")


def absent_words(values: pd.DataFrame) -> str:
    """What none of the articles has: numbers and cited sources.

    Parameters
    ----------
    values : DataFrame
        Measures by articles.
    """
    names = {"numeric_tokens": "a number", "cited_sources": "a cited source"}
    absent = [words for metric, words in names.items() if values.loc[metric].eq(0).all()]
    return f"No article holds {' or '.join(absent)}." if absent else ""


def draw_your_rates(rows: pd.DataFrame) -> None:
    """How the reader's text differs from the three."""
    pairs = profile.differences(rows, including=profile.YOURS)
    texts = [
        (label, text.replace(profile.YOURS, "your text"))
        for label, text in profile.rate_sentences(pairs)
    ]
    said = [(label, text[0].upper() + text[1:]) for label, text in texts]
    st.markdown(f"Your text, counted automatically, against the three:\n{listed(said)}")


def draw_grades(scene: Scene) -> None:
    """School grade by five formulas; what they span is the error."""
    grades = with_yours(our_grades(), profile.reading_grades)
    layout.finding(
        titles()["grades"],
        "School grade that a text asks for, by five formulas: F Flesch-Kincaid (the large mark), "
        "R automated readability, L Coleman-Liau, S SMOG, G Gunning fog. Hollow: syllables by "
        "rule, not by dictionary.",
    )

    def picture() -> None:
        layout.chart(
            our_picture("grades", scene.colours.name, narrow=scene.narrow)
            if grades is our_grades()
            else charts.grade_strips(grades, scene.colours, narrow=scene.narrow),
            name="reading_grades",
            alt=f"School grades by five formulas. {titles()['grades']}.",
            source=_SOURCE,
            table=lambda: grades.drop(columns=["metric", "letter"]),
        )

    def words() -> None:
        lines, remark = grade_words()
        st.markdown(lines)
        layout.note(remark)

    beside(scene, picture, words)
    draw_methods(
        "grades",
        [*profile.FORMULAS, "flesch_reading_ease_cmu", "flesch_reading_ease_rule"],
        "The formulas share their inputs, so that they agree says little; what they span on one "
        "text is the least error to reckon with. Which sentences a text happens to hold adds to "
        "it, and is not in the picture.",
    )


@cache
def grade_words() -> tuple[str, str]:
    """Ranges of each article and how far apart they are, and a remark on other measures."""
    ranges = profile.grade_ranges(our_grades())
    spans = [f"{row.Index} {number(row.low)} to {number(row.high)}" for row in ranges.itertuples()]
    lines = [f"- **Five formulas, one text:** grades {joined(spans)}."]
    lines += [
        f"- **{row.easier} and {row.harder}:** {row.harder} asks for {number(row.least)} to "
        f"{number(row.most)} grades more, by formula."
        for row in profile.grade_differences(our_grades()).itertuples()
    ]
    gap = profile.syllable_gap(our_grades())
    lines.append(
        f"- **Two ways to count syllables** move a grade by up to about {number(gap)}. A "
        "difference is called clear only where every formula shows more than that."
    )
    both = values().loc[["flesch_reading_ease_cmu", "flesch_reading_ease_rule"]]
    ease = [f"{name} {number(low)} to {number(high)}" for name, low, high in _ends(both)]
    lengths = [
        f"{article} {number(words)}"
        for article, words in values().loc["mean_sentence_length"].items()
    ]
    return "\n".join(lines), (
        f"Flesch reading ease, where 100 is easy: {joined(ease)}. "
        f"Words a sentence: {joined(lengths)}. Readability says how long words and sentences are, "
        "not whether a text is clear or right."
    )


def _ends(measures: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Lowest and highest of some measures, article by article."""
    return [(str(name), column.min(), column.max()) for name, column in measures.items()]


@cache
def line_of_chance() -> float:
    """Log-likelihood that chance may reach with as many words as the texts have."""
    return profile.chance_threshold(profile.n_words_compared(tables.load("text_statistics")))


def draw_terms(scene: Scene) -> None:
    """Words far more frequent in one article than in the other two."""
    layout.finding(
        titles()["terms"],
        "Words more frequent in one article than in the other two, with both counts; bars are "
        f"log-likelihoods. Hollow: fewer than {counted(profile.FEWEST)} times, too rare to trust. "
        "Dashed: what chance alone may reach with this many words.",
    )
    shown = f" The {counted(charts.MOST_TERMS_NARROW)} strongest each; all in the table."
    layout.chart(
        our_picture("terms", scene.colours.name, narrow=scene.narrow),
        name="marking_words",
        alt=f"Bars of the words that mark each article. {titles()['terms']}.",
        source=_SOURCE + (shown if scene.narrow else ""),
        table=lambda: our_terms().rename(
            columns={"is_rare": "too_rare", "is_clear": "beyond_chance"}
        ),
    )
    layout.note(term_words())
    draw_methods(
        "terms",
        [],
        "Log-likelihood (G2) of a word’s count in one article against the other two, of their "
        "content words. Log ratio: binary logarithm of the ratio of the two rates, with 0.5 added "
        "to each count, so 1 is twice and 2 is four times as frequent. For small counts G2 "
        "promises too much.",
    )


@cache
def term_words() -> str:
    """How many of the words are rare, and where the line of chance comes from."""
    terms = our_terms()
    n_compared = profile.n_words_compared(tables.load("text_statistics"))
    return (
        f"{int(terms['is_rare'].sum())} of these {len(terms)} words stand fewer than "
        f"{counted(profile.FEWEST)} times in their article. The line is at "
        f"{number(line_of_chance(), 1)}: among {number(n_compared)} different words at most, "
        f"chance lifts any over it in 5{NBSP}% of cases."
    )


def draw_likeness(scene: Scene) -> None:
    """How much each pair of articles shares."""
    rows = our_likeness()
    metrics = list(dict.fromkeys(rows["metric"]))
    measures = f"{counted(len(metrics))} measures"
    layout.finding(
        titles()["likeness"],
        f"{measures.capitalize()} of how many words two articles share. Bold: the nearest pair by "
        "that measure.",
    )

    def picture() -> None:
        layout.chart(
            our_picture("likeness", scene.colours.name, narrow=scene.narrow),
            name="likeness",
            alt=f"Grid of {measures} by three pairs. {titles()['likeness']}.",
            source=_SOURCE,
            table=lambda: rows.drop(columns="metric").round(3),
        )

    def words() -> None:
        st.markdown(likeness_words())
        layout.note(
            "A longer text has more words to share; the plain count does not allow for that."
        )

    beside(scene, picture, words)
    draw_methods(
        "likeness",
        metrics,
        "With three texts, TF-IDF knows little of which words are common: read it beside the "
        "plain counts. The interval of the shared content words is Wilson’s, as if words were "
        "drawn one by one.",
    )


@cache
def likeness_words() -> str:
    """Share of content words of each pair with its interval, and the plain counts."""
    rows = our_likeness()
    shares = rows[rows["metric"].eq("jaccard_content_words")]
    counts = rows[rows["metric"].eq("shared_content_words")].set_index("pair")["value"]
    return "\n".join(
        f"- **{row.pair}** share {number(counts[row.pair])} content words, "
        f"{number(100 * row.value)}{NBSP}% of all that the two use "
        f"({number(100 * row.low)} to {number(100 * row.high)}{NBSP}%)."
        for row in shares.itertuples()
    )


def beside(scene: Scene, picture: Callable[[], None], words: Callable[[], None]) -> None:
    """Picture with its words: at its right, or under it on a phone."""
    if scene.narrow:
        picture()
        words()
        return
    with st.container(horizontal=True, gap="large"):
        with st.container(width=CHART_WIDTH_PX):
            picture()
        with st.container():
            words()


def draw_methods(
    name: str,
    metrics: Sequence[str],
    error: str,
    table: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """Drawer with the method of each figure and its error; built when it is opened.

    Parameters
    ----------
    name : str
        Part of the drawer's key.
    metrics : sequence of str
        Measures to explain.
    error : str
        What stands behind the intervals, and what they leave out.
    table : callable, optional
        Gives a table that goes with the error.
    """
    drawer = st.expander(
        "How it is counted, and how sure it is",
        icon=":material/calculate:",
        key=f"language/{name}",
        on_change="rerun",
    )
    if not drawer.open:
        return
    with drawer:
        st.markdown(error)
        lines = profile.methods(tables.load("text_metrics"), metrics)
        st.markdown("\n".join(f"- **{escaped(label)}:** {escaped(how)}." for label, how in lines))
        if table is not None:
            layout.downloads(f"tests_{name}", table)
