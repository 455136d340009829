"""The comparison on one printed page: a single HTML file without scripts or anything to fetch."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from spotcheck.articles.claims import VERDICTS, claim_counts
from spotcheck.articles.coding import KIND_WORDS, WORDS, Coding, differences
from spotcheck.articles.evidence import DIRECTIONS, GRADES, evidence_counts
from spotcheck.articles.stances import headline_counts, pairwise_agreement, stance_matrix
from spotcheck.articles.story import (
    DIRECTION_GLYPHS,
    DIRECTION_WORDS,
    GRADE_WORDS,
    headline,
    uncertainty,
)
from spotcheck.wording import NBSP, date

MARKS = {"supports": "● S", "qualifies": "◇ Q", "contradicts": "■ X", "silent": "·"}
_STYLE = """
@page { size: A4; margin: 9mm 10mm }
body { font: 9.3px/1.25 "Source Sans 3", "Segoe UI", Roboto, sans-serif; color: #24211d;
  background: #fff; max-width: 190mm; margin: 6mm auto; padding: 0 3mm }
h1 { font: 600 15px/1.25 "Source Serif 4", Georgia, serif; margin: 0 0 1mm }
h2 { font: 600 10px/1.3 "Source Serif 4", Georgia, serif; margin: 2mm 0 .5mm }
p { margin: 0 0 1mm }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .12mm 1mm; border-bottom: .2mm solid #d9d3c8;
  vertical-align: top }
th { font-weight: 600; color: #625c53 }
.mark { white-space: nowrap }
.number { text-align: right }
.yours { font-weight: 700; border: .3mm solid #24211d; padding: 0 .6mm }
.two { display: flex; gap: 6mm } .two > div { flex: 1 }
small { color: #625c53; font-size: 1em }
svg { height: .72em; width: 1.36em; margin-right: .4em; vertical-align: baseline }
@media screen and (max-width: 640px) {
  body { font-size: 12.5px; line-height: 1.35; margin: 4mm 0 } h1 { font-size: 19px }
  h2 { font-size: 15px } .two { display: block } th, td { padding: .6mm .7mm }
}
@media print { body { margin: 0; padding: 0; max-width: none } tr { break-inside: avoid } }
"""


def html_report(
    ours: Coding,
    coding: Coding,
    articles: pd.DataFrame,
    evidence_links: pd.DataFrame,
    *,
    lenient: bool,
    version: str,
    today: dt.date,
) -> str:
    """All topics with stances, studies and grades on one page, as a self-contained HTML file.

    Parameters
    ----------
    ours, coding : Coding
        Our coding, and the one that counts; what differs is marked and listed.
    articles, evidence_links : DataFrame
        The tables of these names.
    lenient : bool
        Whether implied stances count.
    version : str
        Version of the data.
    today : date
        Day on which the page is made.

    Returns
    -------
    str
        HTML without scripts and without anything to fetch.
    """
    counts = headline_counts(coding.topics, coding.stances, lenient)
    answer = _plain(headline(counts))
    edits = differences(ours, coding)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Spotcheck: {escape(answer)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(answer)}</h1>
<p>{escape(uncertainty(counts, lenient=lenient))}{_yours(edits, ours)}</p>
<p>{_articles(articles)}</p>
{_topics(coding, evidence_links, set(edits["key"]), lenient=lenient)}
<p><small>{_legend(yours=not edits.empty)}</small></p>
<div class="two">
<div><h2>Verdicts on the claims, without rhetoric</h2>{_verdicts(coding)}</div>
<div><h2>Where two articles speak on the same topic</h2>{_pairs(coding, lenient=lenient)}</div>
</div>
{_edits(edits, coding)}
<p><small>Made on {escape(date(today))} with Spotcheck, data version {escape(version)}. Statements
are in our words. Certainty is that of GRADE: how sure the direction of the studies is, not how
large an effect is; the number of studies is no vote. General information, not medical
advice.</small></p>
</body>
</html>
"""


def _plain(markdown: str) -> str:
    """Sentence without its colour marks."""
    return re.sub(r":primary\[(.*?)\]", r"\1", markdown)


def _yours(edits: pd.DataFrame, ours: Coding) -> str:
    """What of the coding is the reader's."""
    if edits.empty:
        return ""
    n, total = len(edits), len(ours.values())
    return f" <b>This page holds your own coding: {n} of {total} codes differ from ours.</b>"


def _articles(articles: pd.DataFrame) -> str:
    return "<br>".join(
        f"<b>{escape(row.article_id)}</b> <small>{escape(row.title)}</small> "
        f"{escape(row.answer_short)}"
        for row in articles.itertuples()
    )


def _topics(coding: Coding, evidence_links: pd.DataFrame, yours: set[str], *, lenient: bool) -> str:
    """Every topic, theme by theme."""
    matrix = stance_matrix(coding.topics, coding.stances, lenient=lenient)
    studies = evidence_counts(evidence_links, coding.topics)
    themes = pd.CategoricalDtype(coding.topics["theme"].drop_duplicates().tolist(), ordered=True)
    order = coding.topics["theme"].astype(themes).sort_values(kind="stable").index
    head = _row(["Topic", *matrix.columns, "Studies", "Certainty"], "th")
    lines = [head]
    theme = ""
    for topic in coding.topics.loc[order].itertuples():
        if topic.theme_label != theme:
            theme = topic.theme_label
            lines.append(f'<tr><th colspan="{len(matrix.columns) + 3}">{escape(theme)}</th></tr>')
        stances = [
            _marked(MARKS[stance], f"{topic.topic_id}.{article}" in yours)
            for article, stance in matrix.loc[topic.topic_id].items()
        ]
        direction = topic.evidence_direction
        grade = _bars(topic.grade) + _marked(GRADE_WORDS[topic.grade], topic.topic_id in yours)
        cells = [
            escape(topic.proposition),
            *stances,
            f"{DIRECTION_GLYPHS[direction]}{NBSP}{escape(DIRECTION_WORDS[direction])} "
            f'<span class="mark">({_numbers(studies.loc[topic.topic_id])})</span>',
            grade,
        ]
        lines.append(_row(cells))
    return f"<table>{''.join(lines)}</table>"


def _numbers(found: pd.Series) -> str:
    """Number of studies by direction, without zeros."""
    parts = [
        f"{found[direction]}{NBSP}{DIRECTION_GLYPHS[direction]}"
        for direction in DIRECTIONS
        if found[direction]
    ]
    return ", ".join(parts) or "no study"


def _marked(text: str, is_yours: bool) -> str:
    kind = "mark yours" if is_yours else "mark"
    return f'<span class="{kind}">{escape(text)}{"*" if is_yours else ""}</span>'


def _bars(grade: str) -> str:
    """Four rising bars, as many filled as the grade has steps."""
    filled = len(GRADES) - 1 - GRADES.index(grade)
    bars = "".join(
        f'<rect x="{4 * at + 0.5}" y="{8.5 - 2 * (at + 1)}" width="2.6" height="{2 * (at + 1) - 1}"'
        f' fill="{"#24211d" if at < filled else "none"}" stroke="#625c53" stroke-width=".6"/>'
        for at in range(len(GRADES) - 1)
    )
    return f'<svg viewBox="0 0 16 8.5" aria-hidden="true">{bars}</svg>'


def _legend(*, yours: bool) -> str:
    words = "; ".join(f"{MARKS[code]} {word.lower()}" for code, word in WORDS["stance"].items())
    directions = ", ".join(f"{DIRECTION_GLYPHS[one]} {DIRECTION_WORDS[one]}" for one in DIRECTIONS)
    return f"{words}. Studies: {directions}.{' * Your code, not ours.' if yours else ''}"


def _verdicts(coding: Coding) -> str:
    counts = claim_counts(coding.claims)
    rows = [
        [escape(WORDS["verdict"][verdict]), *map(str, counts[verdict])]
        for verdict in VERDICTS
        if counts[verdict].any()
    ]
    total = ["All claims", *map(str, counts.sum(axis=1))]
    return _table([["", *counts.index], *rows, total])


def _pairs(coding: Coding, *, lenient: bool) -> str:
    pairs = pairwise_agreement(coding.stances, lenient)
    rows = [
        [
            f"{escape(row.article_a)} and {escape(row.article_b)}",
            *(str(n) for n in (row.both_speak, row.agree, row.partly, row.contradict)),
        ]
        for row in pairs.itertuples()
    ]
    return _table([["", "both speak", "agree", "partly", "contradict"], *rows])


def _edits(edits: pd.DataFrame, coding: Coding) -> str:
    """The reader's codes beside ours."""
    if edits.empty:
        return ""
    rows = [
        [
            escape(row.key),
            escape(KIND_WORDS[row.kind].removesuffix("s")),
            escape(row.text),
            escape(WORDS[row.kind][row.value]),
            escape(WORDS[row.kind][row.ours]),
        ]
        for row in edits.itertuples()
    ]
    lines = [_row(["", "", "", "You", "We"], "th"), *map(_row, rows)]
    return f"<h2>Your codes and ours</h2><table>{''.join(lines)}</table>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Table of numbers; the first row is its head. Cells are HTML."""
    head, *body = rows
    lines = [_row(head, "th", numbers=True), *(_row(row, numbers=True) for row in body)]
    return f"<table>{''.join(lines)}</table>"


def _row(cells: Iterable[str], tag: str = "td", *, numbers: bool = False) -> str:
    """Row of cells that are HTML; all but the first to the right if they are numbers."""
    made = [
        f'<{tag} class="number">{cell}</{tag}>' if numbers and at else f"<{tag}>{cell}</{tag}>"
        for at, cell in enumerate(cells)
    ]
    return f"<tr>{''.join(made)}</tr>"
