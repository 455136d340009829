"""Every page in a real browser: sound, in both themes, at three widths, on a cold deep link."""

import pytest
from playwright.sync_api import expect

from scripts.serving import serving, settled
from tests.browser.conftest import PATHS, assert_sound, menu, too_small


@pytest.mark.parametrize(
    ("path", "width", "theme"),
    [
        *((path, 1440, "dark") for path in PATHS),
        *((path, 768, "light") for path in ("/calorie_deficit", "/articles")),
        *((path, 360, "dark") for path in ("/", "/methods")),
    ],
)
def test_page_is_sound(visit, path, width, theme):
    page = visit(path, width=width, theme=theme, phone=width == 360)
    if width == 360:
        assert too_small(page) == []
    expect(page.locator("h1")).to_have_count(1)
    assert_sound(page)


# Sides on which Plotly made room for labels, and so drew the picture a second time.
WIDENED = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap(({ _fullLayout }) =>
  ["l", "r", "t", "b"].filter((side) => _fullLayout._size[side] > _fullLayout.margin[side] + 0.5))
"""


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("path", ["/", "/calorie_deficit?view=session"])
def test_pictures_have_the_room_that_their_labels_need(visit, path, width):
    page = visit(path, width=width, phone=width == 360)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    assert page.evaluate(WIDENED) == []


def test_a_cold_deep_link_shows_the_page(chromium):
    with serving() as address:
        page = chromium.new_page()
        page.goto(f"{address}/articles")
        settled(page)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.url.removeprefix(address) == "/articles"
        page.close()


def test_a_cold_link_keeps_its_values_through_the_next_run(chromium):
    with serving() as address:
        page = chromium.new_page()
        page.goto(f"{address}/calorie_deficit?v=1&weight=84&minutes=55")
        settled(page)
        page.get_by_test_id("stMain").get_by_text("Fat and water", exact=True).click()
        expect(page.get_by_text("Change since today.")).to_be_visible()
        settled(page)
        expect(page.get_by_role("slider", name="Weight")).to_have_value("84")
        expect(page.get_by_role("slider", name="Minutes")).to_have_value("55")
        page.close()


def test_the_menu_leads_to_every_page(visit):
    page = visit("/")
    for label in ("Calories", "Muscles", "Articles", "Methods", "Home"):
        before = page.locator("h1").inner_text()
        menu(page, label).click()
        expect(page.locator("h1")).not_to_have_text(before, use_inner_text=True)
        settled(page)
        expect(menu(page, label)).to_have_attribute("aria-current", "page")
        expect(page.locator("nav [aria-current]")).to_have_count(1)
        assert_sound(page)


def test_the_menu_can_be_used_by_keyboard_and_as_plain_links(visit, address):
    page = visit("/articles")
    expect(menu(page, "Articles")).to_have_attribute("aria-current", "page")
    addresses = page.locator("nav a").evaluate_all("links => links.map((one) => one.href)")
    assert [one.removeprefix(address) for one in addresses] == list(PATHS)
    menu(page, "Home").focus()
    page.keyboard.press("Tab")
    expect(menu(page, "Calories")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("minutes a week")
    page.wait_for_url(f"{address}/calorie_deficit")
    settled(page)
    page.go_back()
    expect(menu(page, "Articles")).to_have_attribute("aria-current", "page")
    settled(page)
    with page.context.expect_page() as opened:
        menu(page, "Muscles").click(modifiers=["Control"])
    settled(opened.value)
    assert opened.value.url == f"{address}/muscle_matrix"
    assert page.url == f"{address}/articles"
    assert_sound(page)


def test_a_narrow_window_gets_the_phone_layout_and_a_wide_one_the_column(visit):
    page = visit("/calorie_deficit", width=600)
    drawer = page.get_by_text("Change the numbers")
    expect(drawer).to_be_visible()
    page.set_viewport_size({"width": 1200, "height": 800})
    expect(drawer).to_have_count(0)
    expect(page.get_by_role("slider", name="Weight")).to_be_visible()


@pytest.mark.parametrize("path", ["/calorie_deficit", "/muscle_matrix", "/articles"])
def test_first_screen_of_a_phone_has_the_answer_a_control_and_the_picture(visit, path):
    page = visit(path, width=360, theme="dark", phone=True)
    assert_sound(page)
    assert too_small(page) == []
    chart = page.get_by_test_id("stPlotlyChart").first
    expect(chart).to_be_visible()
    assert chart.bounding_box()["y"] < 740
    assert page.locator("h1").bounding_box()["y"] < 200
    controls = page.locator("main :is(input, [data-testid='stExpander'])").first
    assert controls.bounding_box()["y"] < 740


def test_charts_follow_a_change_of_the_systems_theme(visit):
    page = visit("/calorie_deficit", theme="light")
    paper = page.locator(".js-plotly-plot .main-svg").first
    expect(paper).to_have_css("background-color", "rgb(253, 252, 250)")
    page.emulate_media(color_scheme="dark")
    expect(paper).to_have_css("background-color", "rgb(20, 23, 27)", timeout=10_000)
    assert_sound(page)


def test_a_number_of_ours_is_two_clicks_from_its_source(visit):
    page = visit("/?minutes=55")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="our estimate").first.click()
    methods = opened.value
    settled(methods)
    expect(methods.get_by_role("heading", name="Formulas")).to_be_visible()
    methods.get_by_text("Follow body weight, fat and lean tissue").click()
    expect(
        methods.get_by_text("Hall et al. 2011, web appendix equations 1 to 9").first
    ).to_be_visible()
    # The page that it was left from stands as it was.
    expect(page.get_by_role("slider", name="Minutes a session")).to_have_value("55")
    assert_sound(page)
