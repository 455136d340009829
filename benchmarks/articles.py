"""Time of a change of the articles page, against a bare app, and of reading a pasted text."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, Page, expect

from benchmarks.slider import BARE, ROUNDS, moves, opened, ratio, time_of
from scripts.serving import HOME, chromium, serving, settled
from spotcheck import tables
from spotcheck.articles.language import MOST_CHARACTERS
from spotcheck.ui.articles.data import theme_labels, topic_labels
from spotcheck.ui.settings import ARTICLE_SHOWS, CERTAINTY_LABELS

BAR = 2.5
PASTE_BAR_S = 2.0
_REST_MS = 200
Steps = Callable[[Page, int], Iterator[None]]
# Every round has a coding or an order of its own, so that no picture comes out of a cache.
STARTS = (
    "show=all",
    "show=all&order=disagreement",
    "show=all&implied=0",
    "show=all&implied=0&order=disagreement",
    "show=all&code=T02.A,qualifies",
)
TOPICS_A_ROUND = 6
# The headline changes with some filters, the title of the matrix or the question with the others.
_TITLES = "h1, h2"


def measure() -> None:
    """Print the times of the changes, and how they compare with the bare app's."""
    times: dict[str, list[list[float]]] = {BARE.name: [], "topic": [], "filter": []}
    with chromium() as browser, serving("benchmarks/bare_app.py") as bare, serving(HOME) as ours:
        for turn, start in enumerate(STARTS[:ROUNDS]):
            times[BARE.name].append(moves(browser, bare, BARE))
            address = f"{ours}/articles?{start}"
            # The matrix stays as it is when another topic opens; a mark moves over it.
            times["topic"].append(_changes(browser, address, turn, _topics, n_charts=0))
            times["filter"].append(_changes(browser, address, turn, _filters, n_charts=1))
    print(
        f"\nArticles: key to the new titles, with a filter the new matrix, Chromium, {ROUNDS} "
        "rounds"
    )
    for name, rounds in times.items():
        every = [time for one in rounds for time in one]
        print(
            f"  {name:10} median {statistics.median(every):5.0f} ms   largest {max(every):5.0f} ms"
            f"   {len(every)} changes"
        )
    for name in ("topic", "filter"):
        print(f"  {name}: {ratio(times, name, BAR)}")
    _measure_paste()


def _changes(
    browser: Browser, address: str, turn: int, steps: Steps, *, n_charts: int
) -> list[float]:
    """Times of some changes on a fresh page, each of which draws ``n_charts`` anew [ms]."""
    page = opened(browser, address, "Data version", _TITLES)
    times = [_timed(page, n_charts) for _ in steps(page, turn)]
    page.close()
    return times


def _topics(page: Page, turn: int) -> Iterator[None]:
    """Choose topics in the list by keyboard, others in every round, up to the last key."""
    labels = [*topic_labels().values()][1:]
    page.get_by_role("button", name="Choose by name").click()
    for place in range(TOPICS_A_ROUND):
        _search(page, "Topic", labels[(turn * TOPICS_A_ROUND + place) % len(labels)])
        yield


def _filters(page: Page, _: int) -> Iterator[None]:
    """Choose themes, a certainty and what is shown by keyboard, up to the last key."""
    for label in [*theme_labels().values()][:3]:
        page.get_by_role("button", name=label, exact=True).focus()
        yield
    for label in (CERTAINTY_LABELS["moderate"], ARTICLE_SHOWS["spoken"]):
        page.get_by_role("radio", name=label, exact=True).focus()
        yield


def _search(page: Page, name: str, label: str) -> None:
    """Find a choice in a list, and let the list come to rest: its own drawing is not timed."""
    box = page.get_by_role("combobox", name=name, exact=True)
    box.click()
    box.fill(label)
    expect(page.get_by_role("option", name=label, exact=True)).to_be_visible()
    page.wait_for_timeout(_REST_MS)


def _timed(page: Page, n_charts: int) -> float:
    """Press the last key, and wait for the new titles and charts [ms]."""
    page.keyboard.press("Enter")
    time = time_of(page, n_charts)
    settled(page)
    return time


def _measure_paste() -> None:
    """Print the time from the button to all that is found in a text as long as any may be.

    Every text is read by a server that was just started, as its first reader's.
    """
    claims = tables.load("claims")["claim"]
    times = []
    with chromium() as browser:
        for turn in range(ROUNDS):
            text = ". ".join(claims.sample(frac=12, replace=True, random_state=turn))
            with serving(HOME) as ours:
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.goto(f"{ours}/articles?view=added")
                settled(page)
                page.get_by_label("Text", exact=True).fill(text[:MOST_CHARACTERS])
                start = time.perf_counter()
                page.get_by_role("button", name="Read it").click()
                expect(page.get_by_role("button", name="Forget it")).to_be_visible()
                settled(page)
                times.append(time.perf_counter() - start)
                page.close()
    middle = statistics.median(times)
    print(
        f"\nA pasted text of {MOST_CHARACTERS:,} characters, the first in its process: "
        f"{middle:.2f} s ({min(times):.2f} to {max(times):.2f}), bar under {PASTE_BAR_S:g} s: "
        f"{'met' if middle < PASTE_BAR_S else 'MISSED'}"
    )


if __name__ == "__main__":
    measure()
