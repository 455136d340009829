"""First visit after the server's start, and a reload, against a bare Streamlit app."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from scripts.serving import HOME, chromium, serving

ROUNDS = 3
RELOADS = 6
FIRST_BAR = 1.3
RELOAD_BAR = 1.5
PATHS = ("/", "/calorie_deficit", "/muscle_matrix", "/articles")
_BARE = "benchmarks/bare_app.py"
_DRAWN = """() => document.querySelector(".js-plotly-plot .trace, .js-plotly-plot .hm")
  ? performance.now() : null"""


class Pair(NamedTuple):
    """Time to the first chart of the bare app, and of a page right after it [ms]."""

    bare: float
    ours: float


def measure() -> None:
    """Print both times of each page, as medians, and the median of their ratios."""
    first: dict[str, list[Pair]] = {path: [] for path in PATHS}
    again: dict[str, list[Pair]] = {path: [] for path in PATHS}
    with chromium() as browser:
        for _ in range(ROUNDS):
            for path in PATHS:
                with (
                    _visited(browser, _BARE, "/") as (bare, bare_took),
                    _visited(browser, HOME, path) as (page, took),
                ):
                    first[path].append(Pair(bare_took, took))
                    # In turn: the machine is not as fast in one minute as in the next.
                    again[path] += [Pair(_reload(bare), _reload(page)) for _ in range(RELOADS)]
    _say("First visit after the start, nothing in the browser's cache", first, FIRST_BAR)
    _say("Reload", again, RELOAD_BAR)


@contextmanager
def _visited(browser: Browser, script: str, path: str) -> Iterator[tuple[Page, float]]:
    """Page in a fresh browser, the first that its server gives to anybody, and its time."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    with serving(script) as address:
        page.goto(address + path)
        yield page, _drawn(page)
    context.close()


def _reload(page: Page) -> float:
    page.bring_to_front()
    page.wait_for_timeout(500)
    page.reload()
    return _drawn(page)


def _drawn(page: Page) -> float:
    """Time from the address to the first chart [ms]."""
    time: float = page.wait_for_function(_DRAWN, timeout=60_000).json_value()
    return time


def _say(title: str, times: dict[str, list[Pair]], bar: float) -> None:
    print(f"\n{title}: from the address to the first chart, beside the bare app")
    for path, pairs in times.items():
        bare, ours = (statistics.median(one) for one in zip(*pairs, strict=True))
        ratio = statistics.median(pair.ours / pair.bare for pair in pairs)
        verdict = "met" if ratio <= bar else "MISSED"
        print(
            f"  {path:16} median {ours:5.0f} ms, bare {bare:5.0f} ms, {len(pairs):2} times   "
            f"{ratio:.2f} times the bare app's, bar at most {bar:g}: {verdict}"
        )


if __name__ == "__main__":
    measure()
