"""Time from a key press on a slider to the new figures, against a bare Streamlit app."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page, expect

from scripts.serving import HOME, chromium, serving, settled

ROUNDS = 5
MOVES = 20
BAR = 2.5
# Both clocks stand in the page: from the key to the last of the first change of the title and the
# first change of the chart. It is the change of the document, not the painted pixel.
_CLOCK = """() => {
  const title = () => document.querySelector("h1").textContent;
  let before = null;
  window.seen = {};
  new MutationObserver((records) => {
    if (before === null) return;
    const now = performance.now();
    if (!window.seen.title && title() !== before) window.seen.title = now;
    const onChart = (one) => one.target.parentElement?.closest(".js-plotly-plot");
    if (!window.seen.chart && records.some(onChart)) window.seen.chart = now;
  }).observe(document.body, { subtree: true, childList: true, characterData: true,
    attributes: true });
  document.addEventListener("keydown", () => {
    before = title(); window.seen = {}; window.pressed = performance.now();
  }, true);
}"""
_TIMES = """() => window.seen.title && window.seen.chart
  ? Math.max(window.seen.title, window.seen.chart) - window.pressed : null"""


def measure() -> None:
    """Print the times of both apps, and their ratio round by round."""
    with chromium() as browser, serving("benchmarks/bare_app.py") as bare, serving(HOME) as ours:
        rounds: dict[str, list[list[float]]] = {"bare": [], "ours": []}
        pages = {
            "bare": _opened(browser, bare),
            "ours": _opened(browser, f"{ours}/calorie_deficit"),
        }
        labels = {"bare": "Level", "ours": "Minutes"}
        for _ in range(ROUNDS):
            for name, page in pages.items():
                rounds[name].append(_moves(page, labels[name]))
    print(f"Slider to new figures, Chromium, {ROUNDS} rounds of {MOVES} moves, ms")
    for name, label in (("bare", "bare app"), ("ours", "calorie deficit")):
        times = [time for one in rounds[name] for time in one]
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"  {label:16} median {statistics.median(times):6.0f}   p95 {p95:6.0f}")
    ratios = sorted(
        statistics.median(ours) / statistics.median(bare)
        for bare, ours in zip(rounds["bare"], rounds["ours"], strict=True)
    )
    middle = statistics.median(ratios)
    print(
        f"  ratio of the rounds' medians: {middle:.2f} (from {ratios[0]:.2f} to {ratios[-1]:.2f}), "
        f"bar at most {BAR}: {'met' if middle <= BAR else 'MISSED'}"
    )


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(address)
    settled(page)
    expect(page.locator(".js-plotly-plot .svg-container").first).to_be_visible()
    page.evaluate(_CLOCK)
    return page


def _moves(page: Page, label: str) -> list[float]:
    page.bring_to_front()
    slider = page.get_by_role("slider", name=label)
    slider.focus()
    times = []
    for move in range(MOVES):
        page.keyboard.press("ArrowRight" if move % 2 == 0 else "ArrowLeft")
        times.append(page.wait_for_function(_TIMES, timeout=20_000).json_value())
        settled(page)
    return times
