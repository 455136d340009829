"""First visit after the server's start, and a reload, against a bare Streamlit app."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page

from scripts.serving import HOME, chromium, serving

ROUNDS = 3
RELOADS = 5
FIRST_BAR = 1.3
RELOAD_BAR = 1.5
PATHS = ("/", "/calorie_deficit", "/muscle_matrix", "/articles")
_BARE = "bare app"
_DRAWN = """() => document.querySelector(".js-plotly-plot .trace, .js-plotly-plot .hm")
  ? performance.now() : null"""


def measure() -> None:
    """Print both times of each page, as medians of the rounds, and their ratios."""
    first: dict[str, list[float]] = {}
    again: dict[str, list[float]] = {}
    with chromium() as browser:
        for _ in range(ROUNDS):
            for name in (_BARE, *PATHS):
                # Every page is the first that its server gives to anybody.
                is_bare = name == _BARE
                with serving("benchmarks/bare_app.py" if is_bare else HOME) as address:
                    took, reloads = _visit(browser, address + ("/" if is_bare else name))
                first.setdefault(name, []).append(took)
                again.setdefault(name, []).append(reloads)
    _say("First visit after the start, nothing in the browser's cache", first, FIRST_BAR)
    _say("Reload", again, RELOAD_BAR)


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """Time to the first chart in a fresh browser, and the median of some reloads [ms]."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    took = _drawn(page)
    reloads = []
    for _ in range(RELOADS):
        page.wait_for_timeout(500)
        page.reload()
        reloads.append(_drawn(page))
    context.close()
    return took, statistics.median(reloads)


def _drawn(page: Page) -> float:
    """Time from the address to the first chart [ms]."""
    time: float = page.wait_for_function(_DRAWN, timeout=60_000).json_value()
    return time


def _say(title: str, times: dict[str, list[float]], bar: float) -> None:
    print(f"\n{title}: from the address to the first chart, {ROUNDS} rounds")
    for name, found in times.items():
        line = f"  {name:16} median {statistics.median(found):5.0f} ms"
        if name != _BARE:
            ratio = statistics.median(
                ours / bare for ours, bare in zip(found, times[_BARE], strict=True)
            )
            line += f"   {ratio:.2f} times the bare app's, bar at most {bar:g}: "
            line += "met" if ratio <= bar else "MISSED"
        print(line)


if __name__ == "__main__":
    measure()
