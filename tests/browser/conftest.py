"""The app in a real Chromium, on this machine only."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving import PHONE, chromium, serving, settled

PATHS = ("/", "/calorie_deficit", "/muscle_matrix", "/articles", "/methods")


# Two busy cores: how long a page takes says nothing about whether it is right.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # One server and one browser a file: its tests share a worker.
            item.add_marker(pytest.mark.xdist_group(f"browser/{item.path.stem}"))


@pytest.fixture(scope="session")
def address():
    with serving() as served:
        yield served


@pytest.fixture(scope="session", name="chromium")
def one_chromium():
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(chromium, address):
    """Open a path in a fresh session; ``page.faults`` collects what a reader should never see."""
    contexts = []

    def visited(path="/", *, width=1440, theme="light", phone=False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 740 if width < 500 else 900},
            color_scheme=theme,
            reduced_motion="reduce",
            user_agent=PHONE if phone else None,
            has_touch=phone,
            is_mobile=phone,
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(f"error: {error}"))
        page.on("console", lambda message: _note_console(page, message))
        page.on("request", lambda request: _note_request(page, request, address))
        page.goto(address + path)
        settled(page)
        # Streamlit fetches fonts and what draws each kind of element when they are first needed;
        # until then a page moves.
        expect(page.locator("nav a")).not_to_have_count(0)
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        page.evaluate("document.fonts.ready")
        return page

    yield visited
    for context in contexts:
        context.close()


def _note_console(page, message):
    # On a deep path Streamlit looks for its own root in two places that answer 404.
    probes = ("/_stcore/health", "/_stcore/host-config")
    if message.type == "error" and not message.location.get("url", "").endswith(probes):
        page.faults.append(f"console: {message.text} {message.location}")


def _note_request(page, request, address):
    if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        page.faults.append(f"request: {request.url}")


def menu(page: Page, label: str) -> Locator:
    """Entry of the menu of pages."""
    return page.get_by_role("navigation", name="Pages").get_by_role("link", name=label)


def move(page: Page, label: str, key: str = "ArrowRight", times: int = 1) -> None:
    """Move a slider by keyboard, as a reader would, and wait for the page."""
    slider = page.get_by_role("slider", name=label)
    before = page.get_by_test_id("stMain").inner_text()
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)
    expect(page.get_by_test_id("stMain")).not_to_have_text(before, use_inner_text=True)
    settled(page)


def assert_sound(page: Page) -> None:
    """Fail if the page shows or reports a fault, or scrolls sideways."""
    assert page.faults == []
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def too_small(page: Page) -> list[str]:
    """What is too small for a finger: anything to tap under 24 px, links in a sentence apart."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main button, main a, main [role=tab]')]
            .filter((e) => e.checkVisibility() && !e.closest('p, li, .modebar'))
            .map((e) => [e.innerText || e.ariaLabel, e.getBoundingClientRect()])
            .filter(([, box]) => box.height && (box.height < 23.5 || box.width < 23.5))
            .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    return found
