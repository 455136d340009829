"""The app for readers who hear it, use the keyboard, zoom in or want less motion.

``make axe`` looks at every view; ``make test`` at every page.
"""

import os
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from scripts.serving import settled
from spotcheck.ui import settings
from tests.browser.conftest import PATHS, assert_sound, move

LOOKS = [(width, theme) for width in (1440, 768, 360) for theme in ("light", "dark")]
# Up to here a page is laid out for a phone.
NARROW = 768
VIEWS = (
    "/",
    *(f"/calorie_deficit?v=1&view={view}" for view in settings.ESTIMATOR_VIEWS),
    *(f"/muscle_matrix?v=1&view={view}" for view in settings.MATRIX_VIEWS),
    *(f"/muscle_matrix?v=1&view=physics&part={part}" for part in settings.PHYSICS_PARTS),
    *(f"/muscle_matrix?v=1&lens={lens}" for lens in settings.MATRIX_LENSES),
    *(f"/articles?v=1&view={view}" for view in settings.ARTICLE_VIEWS),
    *(f"/articles?v=1&view=expert&part={part}" for part in settings.EXPERT_PARTS),
    *(f"/methods?v=1&view={view}" for view in settings.METHODS_VIEWS),
)
IS_FULL = os.environ.get("AXE") == "all"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

READER = Path(__file__).with_name("reader.js")
# Streamlit draws a table on a canvas: it shows there which cell has the focus, and the frame
# around it has the name. Its scrolling part takes the focus once more.
GRID = ("canvas ", "div ")
# Cells of the first row of a table take one Tab each.
MOST_STOPS = 400

# What only Streamlit can mend: rule, what it may be broken by, and why it stands.
EXCEPTED = [
    (
        "presentation-role-conflict",
        "section[data-testid='stFileUploaderDropzone']",
        "The area to drop a file on is for a mouse, yet it has a name; so has its button.",
    ),
]


@pytest.fixture(scope="module")
def look(chromium, address):
    """Show a path at a width and in a theme, as a window that is resized and a system that darkens.

    Every path is opened once.
    """
    pages: dict[str, Page] = {}

    def looked(path: str, width: int = 1440, theme: str = "light") -> Page:
        if path not in pages:
            page = chromium.new_page(reduced_motion="reduce")
            page.faults = []
            page.on("pageerror", lambda error: page.faults.append(f"error: {error}"))
            page.add_init_script(path=READER)
            page.goto(address + path)
            pages[path] = page
        page = pages[path]
        page.set_viewport_size({"width": width, "height": 740 if width <= NARROW else 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        settled(page)
        expected = [theme, width <= NARROW]
        try:
            page.wait_for_function("look => !reader.lacking(...look).length", arg=expected)
        except TimeoutError:
            assert page.evaluate("look => reader.lacking(...look)", expected) == []
        return page

    yield looked
    for page in pages.values():
        page.close()


def violations(page: Page) -> list[str]:
    """What axe finds on a page, but for what is excepted."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate("reader.violations", [one[:2] for one in EXCEPTED])
    return found


@pytest.mark.parametrize(("width", "theme"), LOOKS if IS_FULL else LOOKS[:3] + LOOKS[5:])
@pytest.mark.parametrize("path", VIEWS if IS_FULL else PATHS)
def test_axe_finds_nothing(look, path, width, theme):
    assert violations(look(path, width, theme)) == []


@pytest.mark.parametrize("path", VIEWS if IS_FULL else PATHS)
def test_nothing_is_cut_off_at_twice_the_size(look, path):
    """A window of 1280 px has room for half as many at 200 %."""
    page = look(path, 640)
    assert_sound(page)
    assert page.evaluate("reader.cutOff()") == []


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("path", VIEWS if IS_FULL else PATHS)
def test_tab_reaches_every_control_in_reading_order(look, path, width):
    page = look(path, width)
    unnamed = walk(page)
    reached = page.evaluate("reader.reached()")
    assert [one for one in reached if one not in GRID] == page.evaluate("reader.controls()")
    assert page.evaluate("reader.backwards()") == []
    assert [one for one in unnamed if one not in GRID] == []
    assert [one for one in page.evaluate("reader.withoutMark()") if one not in GRID] == []


def walk(page: Page) -> list[str]:
    """Press Tab from the top of a page to its end; gives the controls that have no name."""
    protocol = page.context.new_cdp_session(page)
    page.evaluate("reader.start()")
    unnamed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        label = page.evaluate("reader.step()")
        if label is None:
            return unnamed
        if label != "again" and not name_of_focus(protocol):
            unnamed.append(label)
    raise AssertionError(f"Tab never left the page; it was last at {label}")


def name_of_focus(protocol) -> str:
    """Name that a screen reader says for what has the focus; a landmark's role is name enough."""
    focused = protocol.send("Runtime.evaluate", {"expression": "document.activeElement"})
    tree = protocol.send(
        "Accessibility.getPartialAXTree",
        {"objectId": focused["result"]["objectId"], "fetchRelatives": False},
    )
    node = tree["nodes"][0]
    if node["role"]["value"] == "main":
        return "main"
    name: str = node.get("name", {}).get("value", "")
    return name


def test_a_row_of_choices_is_walked_by_arrows(look):
    page = look("/calorie_deficit")
    page.get_by_role("radio", name="Weight", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Sessions", exact=True)).to_be_focused()


def test_a_dialog_holds_the_keyboard_until_it_closes(look):
    page = look("/calorie_deficit")
    save = page.get_by_role("button", name="Save", exact=True)
    save.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Save this plan")
    printed = dialog.get_by_role("button", name="One page to print")
    expect(printed).to_be_visible()
    reached = set()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
        reached.add(page.evaluate("document.activeElement.innerText"))
    assert any("One page to print" in name for name in reached)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(save).to_be_focused()


def test_nothing_moves_for_readers_who_want_less_motion(visit):
    page = visit("/calorie_deficit")
    page.evaluate(READER.read_text())
    page.evaluate("reader.watchMotion()")
    page.get_by_text("Table and CSV").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    page.get_by_text("What the words mean").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    move(page, "Weight", times=3)
    assert page.evaluate("reader.motion") == []


@pytest.mark.parametrize("path", VIEWS if IS_FULL else ["/calorie_deficit"])
def test_axe_finds_nothing_behind_a_tap(look, path):
    """Every drawer of a page open, then each of its dialogs."""
    page = look(path, 1440, "dark")
    drawers = page.locator("main details:not([open]) > summary")
    while drawers.count():
        drawers.first.click()
        settled(page)
    found = violations(page)
    for name in ("Save", "Share", "What the words mean"):
        for button in page.get_by_role("button", name=name).all():
            button.click()
            expect(page.get_by_role("dialog")).to_be_visible()
            settled(page)
            found += violations(page)
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
    assert found == []
