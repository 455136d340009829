"""Home in a real browser: toning for the reader's own plan, and back again with it."""

import re

from playwright.sync_api import expect

from scripts.serving import settled
from tests.browser.conftest import assert_sound, move


def test_toning_follows_the_muscle_the_exercises_and_the_plan(visit):
    page = visit("/")
    fat = page.get_by_role("heading", name=re.compile("^Fat: "))
    first = fat.inner_text()
    box = page.get_by_role("combobox", name="Muscle")
    box.click()
    box.fill("Gluteus medius")
    page.keyboard.press("Enter")
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
    page.get_by_test_id("stPageLink").get_by_role("link", name="Home", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("the soleus"))).to_be_visible()
    expect(page.get_by_role("slider", name="Minutes a session")).to_have_value("55")
    settled(page)
    assert_sound(page)
