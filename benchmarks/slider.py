"""Time from a key press on a slider to the new figures, against a bare Streamlit app."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from typing import NamedTuple

from playwright.sync_api import Browser, Page, expect

from scripts.serving import HOME, chromium, serving, settled

ROUNDS = 5
MOVES = 12
BAR = 3.0


class Case(NamedTuple):
    """A page and its slider; ``n_charts`` is how many charts a move changes."""

    name: str
    path: str
    slider: str
    last_words: str
    n_charts: int = 1


BARE = Case("bare app", "/", "Level", "Level")
# Moves go one way, and every round has a compensation of its own, so that no simulated person comes
# out of a cache. The trials beside the legs and in "Check us" stay as they are.
VIEWS = dict.fromkeys(("weight", "session", "body", "legs", "unknowns", "rule", "goal", "plans"), 1)
OURS = tuple(
    Case(
        view, f"/calorie_deficit?view={view}&compensation={{}}", "Minutes", "Data version", n_charts
    )
    for view, n_charts in {**VIEWS, "limits": 2, "check": 0}.items()
)
# Both clocks stand in the page: from the key to the last of the first change of the title and the
# first changes of all charts. It is the change of the document, not the painted pixel.
_CLOCK = """(titles) => {
  const title = () =>
    [...document.querySelectorAll(titles)].map((one) => one.textContent).join();
  let before = null;
  window.seen = { charts: new Map() };
  new MutationObserver((records) => {
    if (before === null) return;
    const now = performance.now();
    if (!window.seen.title && title() !== before) window.seen.title = now;
    for (const one of records) {
      const chart = one.target.parentElement?.closest(".js-plotly-plot");
      if (chart && !window.seen.charts.has(chart)) window.seen.charts.set(chart, now);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true,
    attributes: true });
  document.addEventListener("keydown", () => {
    before = title(); window.seen = { charts: new Map() }; window.pressed = performance.now();
  }, true);
}"""
_TIMES = """(wanted) => {
  const { title, charts } = window.seen;
  return title && charts.size >= wanted
    ? Math.max(title, ...charts.values()) - window.pressed : null;
}"""


def measure() -> None:
    """Print the times of both apps, and their ratio round by round."""
    times: dict[str, list[list[float]]] = {case.name: [] for case in (BARE, *OURS)}
    with chromium() as browser, serving("benchmarks/bare_app.py") as bare, serving(HOME) as ours:
        for turn in range(ROUNDS):
            times[BARE.name].append(moves(browser, bare, BARE))
            for case in OURS:
                path = case.path.format(40 + turn)
                times[case.name].append(moves(browser, ours, case._replace(path=path)))
    print(
        f"Slider to the new title and charts, Chromium, 1,000 draws a move, {ROUNDS} rounds of "
        f"{MOVES} moves"
    )
    for name, rounds in times.items():
        every = [time for one in rounds for time in one]
        p95 = statistics.quantiles(every, n=20)[-1]
        compared = "" if name == BARE.name else f"   {ratio(times, name, BAR)}"
        print(f"  {name:10} median {statistics.median(every):4.0f} ms, p95 {p95:4.0f}{compared}")


def ratio(times: Mapping[str, list[list[float]]], name: str, bar: float) -> str:
    """Ratio of the rounds' medians to the bare app's, in words."""
    ratios = sorted(
        statistics.median(ours) / statistics.median(bare)
        for bare, ours in zip(times[BARE[0]], times[name], strict=True)
    )
    middle = statistics.median(ratios)
    return (
        f"{middle:.2f} times the bare app's time ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
        f"bar at most {bar:g}: {'met' if middle <= bar else 'MISSED'}"
    )


def moves(browser: Browser, base: str, case: Case) -> list[float]:
    """Times of the moves of a slider on a fresh page [ms]."""
    page = opened(browser, base + case.path, case.last_words)
    slider = page.get_by_role("slider", name=case.slider)
    slider.focus()
    times = []
    for _ in range(MOVES):
        page.keyboard.press("ArrowRight")
        times.append(time_of(page, case.n_charts))
        settled(page, case.last_words)
    page.close()
    return times


def time_of(page: Page, n_charts: int) -> float:
    """Time from the key to the new title and as many new charts [ms]."""
    time: float = page.wait_for_function(_TIMES, arg=n_charts, timeout=20_000).json_value()
    return time


def opened(browser: Browser, address: str, last_words: str, titles: str = "h1") -> Page:
    """Fresh page with the clock set on a change of its ``titles``, a CSS selector."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(address)
    settled(page, last_words)
    expect(page.locator(".js-plotly-plot .svg-container").first).to_be_visible()
    page.evaluate(_CLOCK, titles)
    return page
