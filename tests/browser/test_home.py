"""Home in a real browser: toning for the reader's own plan, and back again with it."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from scripts.serving import settled
from tests.browser.conftest import assert_sound, menu, move


def test_toning_follows_the_muscle_the_exercises_and_the_plan(visit):
    page = visit("/")
    fat = page.get_by_role("heading", name=re.compile("^Fat: "))
    first = fat.inner_text()
    page.get_by_role("radio", name="Buttock", exact=True).click()
    expect(
        page.get_by_role("heading", name=re.compile("takes the gluteus maximus to"))
    ).to_be_visible()
    page.get_by_role("radio", name="Gluteus medius", exact=True).click()
    expect(
        page.get_by_role("heading", name=re.compile("takes the gluteus medius to"))
    ).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Side-lying abduction").click()
    expect(
        page.get_by_text(re.compile("^Middle estimate.*Side-lying abduction: 20"))
    ).to_be_visible()
    settled(page)
    move(page, "Minutes a session", times=4)
    expect(fat).not_to_have_text(first)
    settled(page)
    assert_sound(page)


def test_the_plan_and_the_muscle_are_kept_on_the_way_to_the_estimator_and_back(visit):
    page = visit("/?tone=soleus&minutes=55")
    page.get_by_role("link", name="Estimate your own").click()
    page.wait_for_url(re.compile("/calorie_deficit"))
    expect(page.get_by_role("slider", name="Minutes a session")).to_have_value("55")
    settled(page)
    menu(page, "Home").click()
    expect(page.get_by_role("heading", name=re.compile("the soleus"))).to_be_visible()
    expect(page.get_by_role("slider", name="Minutes a session")).to_have_value("55")
    settled(page)
    assert_sound(page)


def test_what_a_slider_draws_alone_is_what_the_whole_page_shows(visit):
    """The runner's sliders redraw their parts only; no part may be left behind."""
    page = visit("/?tone=soleus")
    open_last_table(page)
    fat = page.get_by_role("heading", name=re.compile("^Fat: "))
    for label in ("Sessions a week", "Minutes a session", "Weight, kg", "Minutes a session"):
        before = fat.inner_text()
        move(page, label, times=5)
        expect(fat).not_to_have_text(before)
    move(page, "Exercises, minutes a week", times=2)
    expect(page.get_by_text(re.compile("^Middle estimate.* 40 minutes a week"))).to_be_visible()
    before = fat.inner_text()
    page.get_by_role("radio", name="Male", exact=True).click()
    expect(fat).not_to_have_text(before)
    before = fat.inner_text()
    move(page, "Minutes a session", key="ArrowLeft")
    expect(fat).not_to_have_text(before)
    settled(page)
    here = words_of(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode").last).to_contain_text("weight=")
    link = re.sub(r"\s", "", page.get_by_test_id("stCode").last.inner_text())
    again = visit("/?" + urlsplit(link).query)
    open_last_table(again)
    assert words_of(again) == here
    assert_sound(page)


def open_last_table(page):
    """Open the table of where the fat comes from."""
    tables = page.get_by_text("Table and CSV")
    expect(tables).to_have_count(3)
    tables.last.click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    settled(page)


def words_of(page):
    """All texts of the page, and the words in its pictures."""
    texts = page.locator(
        "main :is([data-testid=stMarkdownContainer], [data-testid=stHeading], .js-plotly-plot text)"
    )
    return texts.all_text_contents()


def test_reset_wakes_with_the_first_change_of_a_slider(visit):
    page = visit("/")
    reset = page.get_by_role("button", name="Reset")
    expect(reset).to_be_disabled()
    move(page, "Minutes a session")
    expect(reset).to_be_enabled()
    reset.click()
    expect(page.get_by_role("slider", name="Minutes a session")).to_have_value("40")
    expect(page.get_by_role("button", name="Undo reset")).to_be_visible()
    move(page, "Minutes a session")
    expect(page.get_by_role("button", name="Undo reset")).to_have_count(0)
    assert_sound(page)


def test_a_weight_without_a_plan_is_said_in_words_and_the_plan_comes_back(visit):
    page = visit("/")
    move(page, "Weight")
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    # Only the part that shows the runner is drawn from here on.
    page.keyboard.press("Home")
    expect(page.get_by_role("alert")).to_contain_text("this page offers no deficit")
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    page.keyboard.press("End")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    assert_sound(page)
