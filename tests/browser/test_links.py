"""Links, trips, sharing and downloads as a reader meets them."""

import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from scripts.serving import settled
from tests.browser.conftest import assert_sound, menu, move

PLAN = (
    "/calorie_deficit?v=1&view=weight&sessions=4&minutes=55&speed=10&grade=2&session=steady"
    "&intake=-100&compensation=30&days=200&pace=km_h&sex=male&age=41&height=181&weight=84"
    "&activity=1.6"
)


def value(page, label):
    return page.get_by_role("slider", name=label).get_attribute("value")


def test_a_link_restores_every_slider(visit):
    page = visit(PLAN)
    page.get_by_test_id("stExpander").get_by_text("More").click()
    expect(page.get_by_role("slider", name="Slope")).to_be_visible()
    shown = {
        label: value(page, label)
        for label in ("Sessions", "Minutes", "Speed", "Weight", "Height", "Age", "Slope", "Food")
    }
    assert shown == {
        "Sessions": "4",
        "Minutes": "55",
        "Speed": "10",
        "Weight": "84",
        "Height": "181",
        "Age": "41",
        "Slope": "2",
        "Food": "-100",
    }
    expect(page.locator("h1")).to_contain_text("4\u00a0×\u00a055 minutes")
    assert_sound(page)


def test_what_share_shows_opens_the_same_page(visit):
    page = visit(PLAN)
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Share").click()
    links = page.get_by_test_id("stCode")
    expect(links).to_have_count(2)
    plan_only, with_numbers = (re.sub(r"\s", "", text) for text in links.all_inner_texts())
    assert "weight=84" in with_numbers
    assert "weight=84" not in plan_only
    again = visit("/" + with_numbers.split("/", 3)[3])
    expect(again.locator("h1")).to_have_text(title, use_inner_text=True)


def test_a_bad_value_is_clipped_and_said(visit):
    page = visit("/calorie_deficit?weight=9999&session=swim&minutes=abc")
    notice = page.get_by_test_id("stAlert").first
    expect(notice).to_contain_text("We use 200\u00a0kg, the most this page can handle.")
    expect(notice).to_contain_text("a session type that we do not know")
    assert value(page, "Weight") == "200"
    assert_sound(page)


def test_the_address_forgets_a_link_that_the_page_no_longer_shows(visit):
    page = visit(PLAN)
    move(page, "Minutes")
    expect(page).to_have_url(re.compile(r"/calorie_deficit$"))
    page.go_back()
    expect(page.get_by_role("slider", name="Minutes")).to_have_value("55")


def test_settings_survive_a_trip(visit):
    page = visit("/calorie_deficit")
    move(page, "Minutes", times=3)
    moved = value(page, "Minutes")
    expect(page.locator("h1")).to_contain_text(f"{moved}\u00a0minutes".replace("\u00a0", " "))
    title = page.locator("h1").inner_text()
    menu(page, "Articles").click()
    expect(page.locator("h1")).not_to_have_text(title, use_inner_text=True)
    menu(page, "Calories").click()
    expect(page.locator("h1")).to_have_text(title, use_inner_text=True)
    assert value(page, "Minutes") == moved
    menu(page, "Home").click()
    expect(page.get_by_role("slider", name="Minutes a session")).to_have_value(moved)


def test_reset_and_undo(visit):
    page = visit(PLAN)
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("slider", name="Minutes")).to_have_value("40")
    page.get_by_role("button", name="Undo reset").click()
    expect(page.get_by_role("slider", name="Minutes")).to_have_value("55")
    settled(page)
    assert_sound(page)


def test_the_table_twin_and_the_csv_hold_the_figures_of_the_page(visit, tmp_path):
    page = visit(PLAN)
    page.get_by_text("Table and CSV").click()
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    rows = pd.read_csv(download.value.path())
    assert rows["day"].iloc[[0, -1]].tolist() == [0, 200]
    end = f"{rows['weight_kg'].iloc[-1]:.1f}\u00a0kg"
    expect(page.get_by_test_id("stMetricValue").last).to_have_text(end)


def test_a_word_explains_itself_on_tap(visit):
    page = visit("/calorie_deficit", width=360, phone=True)
    page.get_by_text("What the words mean").tap()
    expect(page.get_by_text("Afterburn (EPOC)", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "calorie_deficit?session={0}&view=plans&pin=name%3D{0}&pin=name%3D{1}",
        "muscle_matrix?exercise={0}&exercise={1}",
        "articles?topic={1}&theme={0}",
    ],
)
def test_a_link_cannot_put_markup_on_the_page(visit, path):
    page = visit("/" + path.format("<img src=x onerror=alert(1)>", "![x](http://127.0.0.1:9/x)"))
    expect(page.locator("main img")).to_have_count(0)
    expect(page.locator("[onerror]")).to_have_count(0)
    assert_sound(page)
