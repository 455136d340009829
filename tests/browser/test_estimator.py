"""The estimator's views in a real browser: reached, sound, and used as a reader would."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scripts.serving import settled
from spotcheck.ui.settings import ESTIMATOR_VIEWS
from tests.browser.conftest import assert_sound, move, too_small

PAGE = "/calorie_deficit"
# As many as a week can hold.
KINDS = (
    *("steady", "walk", "hip_thrust", "front_squat"),
    *("glute_bridge", "leg_press", "leg_curl", "split_squat"),
)


def test_every_view_is_one_tap_away(visit):
    page = visit(PAGE)
    main = page.get_by_test_id("stMain")
    for label in [*ESTIMATOR_VIEWS.values()][1:]:
        before = main.inner_text()
        main.get_by_role("radio", name=label, exact=True).click()
        expect(main).not_to_have_text(before, use_inner_text=True)
        settled(page)
        assert_sound(page)


@pytest.mark.parametrize("view", ["plans", "unknowns", "weigh_ins"])
def test_views_fit_a_phone(visit, view):
    page = visit(f"{PAGE}?view={view}", width=360, theme="dark", phone=True)
    assert_sound(page)
    assert too_small(page) == []


def test_pinned_plans_travel_in_the_shared_link(visit):
    page = visit(f"{PAGE}?view=plans")
    page.get_by_role("button", name="Pin the plan above").click()
    expect(page.get_by_role("button", name="Rename, use or remove")).to_have_count(0)
    expect(page.get_by_text("Rename, use or remove a pinned plan")).to_be_visible()
    move(page, "Minutes", times=4)
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stCode").first.inner_text().strip()
    other = visit(link[link.index(PAGE) :])
    expect(other.locator("h1")).to_contain_text("60 minutes")
    expect(other.get_by_text("Rename, use or remove a pinned plan")).to_be_visible()
    assert_sound(other)


def test_a_plans_name_is_no_formula_in_the_csv(visit):
    page = visit(f"{PAGE}?view=plans&pin=name%3D%253D1%252B1")
    page.get_by_text("Table and CSV").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "\n'=1+1," in text


def test_the_printed_page_is_one_sheet_and_asks_for_nothing(visit, tmp_path):
    week = "&".join(f"week={kind},2,30" for kind in KINDS)
    page = visit(f"{PAGE}?{week}&build_up=8&stop=10&food_stop=6&intake=-150")
    page.get_by_role("button", name="Save").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="One page to print").click()
    path = tmp_path / "plan.html"
    download.value.save_as(path)
    asked = []
    printed = page.context.new_page()
    printed.on("request", lambda request: asked.append(request.url))
    printed.goto(path.as_uri())
    assert asked == [path.as_uri()]
    sheets = re.findall(rb"/Type\s*/Page[^s]", printed.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1


def test_pounds_by_keyboard(visit):
    page = visit(f"{PAGE}?units=imperial&weight=68")
    move(page, "Weight, lb")
    expect(page.get_by_role("slider", name="Weight, lb")).to_have_value("151")
    assert_sound(page)
