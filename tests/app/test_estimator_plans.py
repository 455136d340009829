"""Pinned plans: kept, compared, renamed, used, removed and shared in one link."""

import pytest

from spotcheck.ui import settings
from spotcheck.ui.links import defaults, read, write
from tests.app.support import assert_sound, body, titles

PAGE = "pages/calorie_deficit.py"


def button(app, label):
    return next(one for one in app.button if one.label == label)


def opened(app):
    """Open the drawer in which pinned plans are managed."""
    app.session_state["plans/manage"] = True
    app.run()
    assert_sound(app)
    return app


def pins(app):
    return app.session_state["plan/store"]["values"]["pin"]


@pytest.fixture
def two_pins(open_page):
    app = open_page(PAGE, view="plans")
    button(app, "Pin the plan above").click().run()
    next(one for one in app.slider if one.label.startswith("Minutes")).set_value(90).run()
    button(app, "Pin the plan above").click().run()
    assert_sound(app)
    return app


def test_begins_with_a_way_in(open_page):
    app = open_page(PAGE, view="plans")
    assert "Pin this plan, change it" in body(app)
    assert len(app.dataframe[0].value) == 1


def test_a_pin_keeps_the_plan_of_its_moment(two_pins):
    assert [one["minutes"] for one in pins(two_pins)] == [40, 90]
    table = two_pins.dataframe[0].value
    assert table["Plan"].tolist()[1:] == [
        "2: Running 3 × 40 minutes a week",
        "3: Running 3 × 90 minutes a week",
    ]
    assert table["Weight, kg"].is_monotonic_increasing is False


def test_four_are_the_most(two_pins):
    for _ in range(2):
        button(two_pins, "Pin the plan above").click().run()
    assert len(pins(two_pins)) == 4
    assert button(two_pins, "Pin the plan above").disabled


def test_rename_use_remove_and_bring_back(two_pins):
    app = opened(two_pins)
    app.text_input[0].set_value("Short <b>runs</b>").run()
    assert pins(app)[0]["name"] == "Short <b>runs</b>"
    assert "2: Short <b>runs</b>" in app.dataframe[0].value["Plan"].tolist()
    button(app, "Use it above").click().run()
    assert "40 minutes a week" in titles(app)[0]
    button(app, "Remove").click().run()
    assert_sound(app)
    assert [one["minutes"] for one in pins(app)] == [90]
    button(app, "Bring the removed plan back").click().run()
    assert [one["minutes"] for one in pins(app)] == [40, 90]


def test_an_empty_name_keeps_the_old_one(two_pins):
    app = opened(two_pins)
    before = pins(app)[0]["name"]
    app.text_input[0].set_value("   ").run()
    assert pins(app)[0]["name"] == before


def test_all_plans_travel_in_one_link(two_pins, open_page):
    fields = settings.estimator()
    kept = dict(two_pins.session_state["plan/store"]["values"])
    link = write(fields, kept, with_personal=False)
    from urllib.parse import parse_qs

    again = defaults(fields) | read(fields, parse_qs(link, keep_blank_values=True)).values
    assert again["pin"] == kept["pin"]


def test_a_pinned_plan_that_is_not_safe_gives_its_reason(open_page):
    pin = "name=Hungry&intake=-1000"
    app = open_page(PAGE, view="plans", pin=pin, weight="50", height="160")
    assert any("Hungry" in one.value for one in app.warning)
    assert len(app.dataframe[0].value) == 1


def test_an_empty_plan_can_be_pinned(open_page):
    app = open_page(PAGE, view="plans", sessions="0")
    button(app, "Pin the plan above").click().run()
    assert_sound(app)
    assert pins(app)[0]["name"] == "No training and the same food"
