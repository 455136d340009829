"""The muscle matrix in a real browser: a mark opens its cell, exercises are compared and chosen."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from scripts.serving import REPOSITORY, settled
from tests.browser.conftest import assert_sound, too_small

PAGE = "/muscle_matrix"
# Middle of each mark on the screen, with what it says on hover; marks lie in no order of their own.
MARKS = """() => {
  const chart = document.querySelector(".js-plotly-plot");
  const marks = chart.data.findIndex((one) => (one.mode || "").includes("markers"));
  const { customdata, hovertext } = chart.data[marks];
  return [...chart.querySelectorAll(".scatterlayer .trace path.point")].map((mark, place) => {
    const box = mark.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, text: hovertext[place],
             codes: customdata[place] };
  });
}"""


def test_a_mark_opens_its_cell(visit):
    page = visit(PAGE)
    expect(page.locator(".js-plotly-plot .scatterlayer .trace path.point").first).to_be_visible()
    mark = next(one for one in page.evaluate(MARKS) if "Serner" in one["text"])
    page.mouse.move(mark["x"], mark["y"])
    expect(page.locator(".hoverlayer")).to_contain_text("Serner et al. 2014")
    page.mouse.click(mark["x"], mark["y"])
    detail = page.get_by_text(re.compile(r"^Adductor longus in .*: prime mover"))
    expect(detail).to_be_visible()
    settled(page)
    expect(page.get_by_role("link", name="Serner et al. 2014").first).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    assert_sound(page)


def test_a_row_and_a_column_open_by_keyboard(visit):
    page = visit(PAGE)
    page.get_by_role("button", name="Choose by name").press("Enter")
    for label, name, says in (
        ("Exercise", "Copenhagen adductor plank", "for Copenhagen adductor plank."),
        ("Muscle", "Adductor longus", "Adductor longus in Copenhagen adductor plank"),
    ):
        box = page.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_text(says).first).to_be_visible()
        settled(page)
    assert_sound(page)


def test_the_drawer_of_rare_filters_stays_open_while_it_is_used(visit):
    page = visit(f"{PAGE}?view=all")
    page.get_by_text("More filters").click()
    page.get_by_role("button", name="Squat", exact=True).click()
    expect(page.get_by_text("12 exercises, 26 muscles.")).to_be_visible()
    page.get_by_role("button", name="One leg").click()
    expect(page.get_by_text("12 exercises, 26 muscles.")).to_have_count(0)
    expect(page.get_by_role("button", name="Squat", exact=True)).to_be_visible()
    settled(page)
    assert_sound(page)


def test_three_exercises_are_compared(visit):
    page = visit(f"{PAGE}?view=compare")
    for name in ("Easy running", "Copenhagen adductor plank", "Back squat to parallel"):
        box = page.get_by_role("combobox", name="Add an exercise")
        box.click()
        box.fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile(f" · {name}$"))).to_be_visible()
        settled(page)
    # A picture of dots and three maps of the body.
    expect(page.locator(".js-plotly-plot")).to_have_count(4)
    page.get_by_role("button", name=re.compile(" · Easy running$")).click()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    settled(page)
    assert_sound(page)


def test_a_session_is_built_and_taken_to_the_estimator(visit):
    page = visit(f"{PAGE}?view=session")
    main = page.get_by_test_id("stMain")
    main.get_by_role("button", name="Inner thigh").click()
    link = main.get_by_role("link", name="Take it to the estimator")
    expect(link).to_be_visible()
    settled(page)
    assert_sound(page)
    link.click()
    expect(page).to_have_url(re.compile("/calorie_deficit"))
    expect(page.get_by_role("slider", name="Age")).to_be_visible()
    settled(page)
    assert_sound(page)


def test_a_wrong_cell_is_reported_where_the_repository_is(visit):
    page = visit(f"{PAGE}?exercise=copenhagen_adductor_plank&muscle=adductor_longus")
    link = page.get_by_role("link", name="Report a wrong cell")
    asked = urlsplit(link.get_attribute("href"))
    assert asked._replace(query="").geturl() == f"{REPOSITORY}/issues/new"
    report = parse_qs(asked.query)["body"][0]
    assert "Wrong cell: Copenhagen adductor plank, Adductor longus" in report
    assert "108" in report and "Serner et al. 2014" in report
    assert_sound(page)


@pytest.mark.parametrize("view", ["all", "compare", "session", "gaps"])
def test_views_fit_a_phone(visit, view):
    page = visit(f"{PAGE}?view={view}", width=360, theme="dark", phone=True)
    assert_sound(page)
    assert too_small(page) == []
