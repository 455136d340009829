"""Measure how well the topics of an article are found automatically, into ``matcher_results``.

The texts stay outside the project: ``FOLDER`` holds one file for each article, named ``A_*.txt``,
``B_*.txt`` and ``C_*.txt``. What is found in them is compared with our coding, topic by topic: an
article has a topic if its stance there is not silent or if a claim of it is filed there. Run it
again when rules, groups of words, stances or claims change::

    .venv/bin/python scripts/measure_matcher.py FOLDER --others PAGES

``PAGES`` holds the openings of the pages in ``matcher_sample``, named by ``page`` with the ending
``.txt``; without it their rows stay as they are.

Two ways are measured. ``words``: the rules, in-sample, as they were written with these texts
known. ``likeness``: the cosine with our wording, without the claims of the article itself.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from spotcheck import tables  # noqa: E402
from spotcheck.articles.language import Prose, parse  # noqa: E402
from spotcheck.articles.matching import (  # noqa: E402
    Likeness,
    TopicRules,
    agreement,
    claimable,
    coded_topics,
    wordings,
)

# Cosine from which a sentence counts as like our wording of a topic.
LEAST_LIKENESS = 0.35
KEYS = ["method", "article_id"]
COUNTS = ["found_and_coded", "found_only", "coded_only"]


def found(prose: Prose, besides: str = "") -> dict[str, set[str]]:
    """Topics of a text by each method; likeness without the claims of the article ``besides``."""
    topics, claims = tables.load("topics"), tables.load("claims")
    rules = TopicRules(tables.load("word_groups"), tables.load("topic_rules"))
    likeness = Likeness(wordings(topics, claims[claims["article_id"].ne(besides)]))
    cosines = likeness.to_topics(claimable(prose))
    return {
        "words": {touch.topic_id for touch in rules.touches(prose)},
        "likeness": set(likeness.topic_ids[cosines.max(axis=0) >= LEAST_LIKENESS]),
    }


def article_counts(folder: Path) -> pd.DataFrame:
    """Topics of each article that were found, coded or both, by each method."""
    stances, claims = tables.load("stances"), tables.load("claims")
    rows = []
    for article in tables.load("articles")["article_id"]:
        (path,) = folder.glob(f"{article}_*.txt")
        coded = coded_topics(article, stances, claims)
        topics = found(parse(path.read_text(encoding="utf-8")), besides=article)
        rows += [(method, article, *compared(topics[method], coded)) for method in topics]
    return pd.DataFrame(rows, columns=KEYS + COUNTS)


def page_counts(folder: Path) -> pd.DataFrame:
    """As `article_counts`, for each of the other pages."""
    rows = []
    for page, coded in tables.load("matcher_sample").groupby("page"):
        topics = found(parse((folder / f"{page}.txt").read_text(encoding="utf-8")))
        rows += [
            (method, "others", *compared(topics[method], set(coded["topic_id"])))
            for method in topics
        ]
    return pd.DataFrame(rows, columns=KEYS + COUNTS)


def compared(found_topics: set[str], coded: set[str]) -> tuple[int, int, int]:
    """Topics found and coded, only found, only coded."""
    both = found_topics & coded
    return len(both), len(found_topics - coded), len(coded - found_topics)


def with_shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Counts summed by method and article, with precision and recall, dated today."""
    summed = counts.groupby(KEYS, sort=False)[COUNTS].sum()
    rows = pd.DataFrame([agreement(*row) for row in summed.to_numpy().tolist()], summed.index)
    return rows.reset_index().assign(measured_on=dt.date.today().isoformat())


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description="Measure the matcher on texts kept elsewhere.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the three articles")
    parser.add_argument("--others", type=Path, metavar="PAGES", help="the other pages")
    given = parser.parse_args()
    articles = article_counts(given.folder)
    before = tables.load("matcher_results")
    others = (
        with_shares(page_counts(given.others))
        if given.others
        else before[before["article_id"].eq("others")]
    )
    together = with_shares(articles.assign(article_id="all"))
    table = pd.concat([with_shares(articles), together, others])
    table = table.sort_values("method", ascending=False, kind="stable").round(3)
    table.to_csv(ROOT / "data" / "matcher_results.csv", index=False, lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
