"""What pages look like, as a table of their elements: ``make looks`` takes it again.

Geometry and structure, not pixels: what stands where in which order, what a picture is made of.
"""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd
from playwright.sync_api import Browser, Page

from scripts.serving import PHONE, chromium, serving, settled
from spotcheck.ui import settings

TABLE = Path(__file__).with_name("looks.csv")
OUTLINE = Path(__file__).with_name("outline.js").read_text(encoding="utf-8")
WIDTHS = {1440: 900, 360: 740}
STATES = {
    "home": "/",
    "home, no projection": "/?age=15",
    **{f"calorie_deficit, {view}": f"/calorie_deficit?view={view}"
       for view in settings.ESTIMATOR_VIEWS},
    "calorie_deficit, clipped link": "/calorie_deficit?minutes=900",
    # What stands beside the leg in 3-D depends on the browser's graphics card.
    **{f"muscle_matrix, {view}": f"/muscle_matrix?view={view}"
       for view in settings.MATRIX_VIEWS if view != "leg"},
    "muscle_matrix, nothing fits": "/muscle_matrix?pattern=squat&chain=open&kind=running&article=B",
    **{f"articles, {view}": f"/articles?view={view}" for view in settings.ARTICLE_VIEWS},
    **{f"methods, {view}": f"/methods?view={view}" for view in settings.METHODS_VIEWS},
}  # fmt: skip
# Letters are as wide as a browser's version draws them, and a date is longer in September.
MOST_SHIFT_PX = 6
LINE_PX = 28
_LOOK_EVERY_MS = 200
_STANDS = """() => !document.querySelector('[data-testid="stSkeleton"]')
  && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .every((one) => one.querySelector(".main-svg"))"""
_RESTS = f"""() => {{
  const [before, now] = [window.outline, JSON.stringify(({OUTLINE})())];
  window.outline = now;
  return before === now;
}}"""


def outline(page: Page) -> list[dict[str, Any]]:
    """Elements of a page in reading order."""
    found: list[dict[str, Any]] = page.evaluate(OUTLINE)
    return found


def opened(browser: Browser, width: int) -> Page:
    """Empty page of a window's width; below 500 px a phone's."""
    phone = width < 500
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        reduced_motion="reduce",
        user_agent=PHONE if phone else None,
        is_mobile=phone,
    )
    return context.new_page()


def shown(page: Page, address: str) -> list[dict[str, Any]]:
    """Elements of what stands at an address, once all of it stands."""
    page.goto(address)
    settled(page)
    page.evaluate("document.fonts.ready")
    page.wait_for_function(_STANDS)
    page.wait_for_function(_RESTS, polling=_LOOK_EVERY_MS)
    return outline(page)


def kept() -> pd.DataFrame:
    """Elements of every state as they were when somebody last looked at them."""
    return pd.read_csv(TABLE, keep_default_na=False)


def differences(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str]:
    """What changed between two outlines, in words; texts may be a line longer or shorter.

    Examples
    --------
    >>> one = {"place": "main", "kind": "Button", "words": "Reset", "picture": "",
    ...        "x": 10, "y": 20, "width": 60, "height": 30}
    >>> differences([one], [one | {"x": 12}])
    []
    >>> differences([one], [one | {"x": 40}])
    ['1. Button “Reset”: x is 40, was 10']
    >>> differences([one], [])
    ['1. Button “Reset” is gone']
    >>> differences([], [one])
    ['1. Button “Reset” is new']
    """
    said = []
    shift = 0.0
    for place, (old, new) in enumerate(zip_longest(before, now), start=1):
        if old is None or new is None:
            one = old or new
            said.append(f"{place}. {_name(one)} is {'gone' if new is None else 'new'}")
            continue
        if _what(old) != _what(new):
            said.append(f"{place}. {_name(new)}, was {_name(old)}")
            break
        if old["picture"] != new["picture"]:
            said.append(f"{place}. {_name(new)} has {new['picture']}, had {old['picture']}")
        # A table is as wide as the dates in it, which are longer on some days.
        for side in ("x",) if new["kind"] == "Table" else ("x", "width"):
            if abs(old[side] - new[side]) > MOST_SHIFT_PX:
                said.append(f"{place}. {_name(new)}: {side} is {new[side]}, was {old[side]}")
        if abs(old["height"] - new["height"]) > max(LINE_PX, 0.08 * old["height"]):
            said.append(f"{place}. {_name(new)}: height is {new['height']}, was {old['height']}")
        # What stands above may be a line longer; that moves everything below.
        moved = new["y"] - old["y"]
        if abs(moved - shift) > max(LINE_PX, 0.08 * old["height"]):
            said.append(f"{place}. {_name(new)}: y is {new['y']}, was {old['y']}")
        shift = moved
    return said


def overlaps(elements: list[dict[str, Any]]) -> list[str]:
    """Elements that lie on each other."""
    said = []
    for place, one in enumerate(elements):
        for other in elements[place + 1 :]:
            across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(
                one["x"], other["x"]
            )
            down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(
                one["y"], other["y"]
            )
            if one["place"] == other["place"] and min(across, down) > 2:
                said.append(f"{_name(other)} lies on {_name(one)}")
    return said


def _what(one: dict[str, Any]) -> tuple[Any, ...]:
    return one["place"], one["kind"], one["words"]


def _name(one: dict[str, Any]) -> str:
    return f"{one['kind']} “{one['words'] or one['picture']}”"


def main() -> None:
    """Write the table."""
    rows = []
    with chromium() as browser, serving() as address:
        for width in WIDTHS:
            page = opened(browser, width)
            for state, path in STATES.items():
                found = shown(page, address + path)
                rows += [{"state": state, "window_px": width, **one} for one in found]
    pd.DataFrame(rows).to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
