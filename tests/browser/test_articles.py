"""The stance matrix under a mouse and under a finger."""

import pytest
from playwright.sync_api import expect

from scripts.serving import settled
from tests.browser.conftest import assert_sound

QUESTIONS = {
    1: "Does running lower total body fat?",
    2: "Does running slim the thighs?",
    3: "Does running make the body draw on stored fat?",
}
# Places along a row: its label, the mark of article A, the bars of its grade.
PLACES = {False: (0.2, 0.47, 0.92), True: (0.2, 0.435, 0.94)}
# Where the mark of the open row stands on the screen.
MARK = """() => {
  const chart = document.querySelector(".st-key-chart-stances");
  const mark = getComputedStyle(chart, "::after");
  const top = chart.getBoundingClientRect().top + parseFloat(mark.top);
  return [top, top + parseFloat(mark.height)];
}"""


def matrix_of(page):
    return page.get_by_role("figure", name="Matrix of")


def row_at(page, row, across, phone):
    """Point of the window in a row of the first theme."""
    box = matrix_of(page).bounding_box()
    row_px = 46 if phone else 38
    return box["x"] + across * box["width"], box["y"] + 38 + 30 + 28 + row_px * (row + 0.5)


@pytest.mark.parametrize("phone", [False, True], ids=["mouse", "finger"])
def test_a_row_opens_its_topic_wherever_it_is_touched(visit, phone):
    page = visit("/articles", width=360 if phone else 1440, phone=phone)
    matrix_of(page).scroll_into_view_if_needed()
    page.get_by_test_id("stMain").evaluate("main => { main.scrollTop = 400 }")
    for (row, question), across in zip(QUESTIONS.items(), PLACES[phone], strict=True):
        press = page.touchscreen.tap if phone else page.mouse.click
        x, y = row_at(page, row, across, phone)
        press(x, y)
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        settled(page)
        top, bottom = page.evaluate(MARK)
        assert top < y < bottom
    assert_sound(page)


def test_a_press_right_after_passing_over_the_open_row_opens_the_pressed_one(visit):
    page = visit("/articles")
    for row, question in QUESTIONS.items():
        if row > 1:
            # Plotly sees the open row last, and looks again no sooner than after 50 ms.
            x, y = row_at(page, row - 1, 0.47, False)
            page.mouse.move(x - 3, y)
            page.mouse.move(x, y)
        page.mouse.click(*row_at(page, row, 0.47, False))
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        settled(page)


def test_a_row_opens_again_after_the_list_chose_another(visit):
    page = visit("/articles")
    question = page.get_by_role("heading", name=QUESTIONS[1])
    page.mouse.click(*row_at(page, 1, 0.47, False))
    expect(question).to_be_visible()
    page.get_by_role("button", name="Choose by name").click()
    page.get_by_role("combobox", name="Topic").click()
    page.get_by_role("option", name="Running slims the thighs").click()
    expect(page.get_by_role("heading", name=QUESTIONS[2])).to_be_visible()
    settled(page)
    page.get_by_test_id("stMain").evaluate("main => { main.scrollTop = 0 }")
    page.mouse.click(*row_at(page, 1, 0.47, False))
    expect(question).to_be_visible()


def test_a_finger_scrolls_the_page_over_the_matrix(visit):
    page = visit("/articles", width=360, phone=True)
    main = page.get_by_test_id("stMain")
    main.evaluate("main => { main.scrollTop = 500 }")
    touch = page.context.new_cdp_session(page)
    x, y = 180, 500
    touch.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for step in range(1, 13):
        point = {"x": x, "y": y - 20 * step}
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stMain]').scrollTop > 600", timeout=5000
    )


def test_a_topic_that_is_not_in_the_list_is_said_to_be_none_of_it(visit):
    page = visit("/articles")
    page.get_by_role("button", name="Choose by name").click()
    topics = page.get_by_role("combobox", name="Topic")
    topics.click()
    topics.fill("Cellulite is fat")
    page.get_by_role("option").first.click()
    expect(page.get_by_text("The open topic is not in this list.")).to_be_visible()
    page.get_by_role("button", name="Show all 38").click()
    expect(page.get_by_text("The open topic is not in this list.")).to_have_count(0)
    settled(page)
    # Parts that were drawn before are still there to be drawn.
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("button", name="Undo reset")).to_be_visible()
    assert_sound(page)
