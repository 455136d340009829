"""Time from a key press on a slider to the new figures, against a bare Streamlit app."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

from playwright.sync_api import Browser, Page, expect

from scripts.serving import HOME, chromium, serving, settled

ROUNDS = 5
MOVES = 20
# Slider and last words of the bare app, and of ours; the moves go one way and every round has a
# compensation of its own, so that no simulated person comes out of a cache.
BARE = ("bare app", "/", "Level", "Level", 1.0)
OURS = (
    ("weight", "/calorie_deficit?compensation={}", "Minutes", "Data version", 3.0),
    ("fat and water", "/calorie_deficit?view=body&compensation={}", "Minutes", "Data version", 3.0),
)
# Both clocks stand in the page: from the key to the last of the first change of the title and the
# first changes of all charts. It is the change of the document, not the painted pixel.
CLOCK = """() => {
  const title = () => document.querySelector("h1").textContent;
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
TIMES = """() => {
  const { title, charts } = window.seen;
  const wanted = document.querySelectorAll(".js-plotly-plot").length;
  return title && charts.size === wanted
    ? Math.max(title, ...charts.values()) - window.pressed : null;
}"""


def measure() -> None:
    """Print the times of both apps, and their ratio round by round."""
    times: dict[str, list[list[float]]] = {BARE[0]: [], **{name: [] for name, *_ in OURS}}
    with chromium() as browser, serving("benchmarks/bare_app.py") as bare, serving(HOME) as ours:
        for turn in range(ROUNDS):
            for (name, path, slider, words, _), base in (
                (BARE, bare),
                *((one, ours) for one in OURS),
            ):
                address = base + path.format(40 + turn)
                times[name].append(moves(browser, address, slider, words))
    print(
        f"Slider to the new title and charts, Chromium, 1,000 draws a move, {ROUNDS} rounds of "
        f"{MOVES} moves"
    )
    for name, rounds in times.items():
        every = [time for one in rounds for time in one]
        p95 = statistics.quantiles(every, n=20)[-1]
        print(f"  {name:14} median {statistics.median(every):5.0f} ms   p95 {p95:5.0f} ms")
    for name, *_, bar in OURS:
        print(f"  {name}: {ratio(times, name, bar)}")


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


def moves(browser: Browser, address: str, label: str, last_words: str) -> list[float]:
    """Times of the moves of a slider on a fresh page [ms]."""
    page = opened(browser, address, last_words)
    slider = page.get_by_role("slider", name=label)
    slider.focus()
    times = []
    for _ in range(MOVES):
        page.keyboard.press("ArrowRight")
        times.append(page.wait_for_function(TIMES, timeout=20_000).json_value())
        settled(page, last_words)
    page.close()
    return times


def opened(browser: Browser, address: str, last_words: str) -> Page:
    """Fresh page with the clock set."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(address)
    settled(page, last_words)
    expect(page.locator(".js-plotly-plot .svg-container").first).to_be_visible()
    page.evaluate(CLOCK)
    return page
