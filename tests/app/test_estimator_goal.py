"""The view of a goal: nothing is suggested, what is asked is solved, and limits are named."""

import pytest

from spotcheck.energy import Person
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.goal import held_off, solve
from spotcheck.energy.training import Plan, Session
from tests.app.support import assert_sound, body, headings

PAGE = "pages/calorie_deficit.py"
PERSON = Person("female", 34, 1.68, 68)
RUN = Plan((Session("steady", 3, 40, 9),))


def goal_page(open_page, **link):
    return open_page(PAGE, view="goal", aim="reach", **link)


def finding(app):
    return headings(app)[0]


def press(app, label):
    next(one for one in app.button if one.label.startswith(label)).click().run()
    assert_sound(app)
    return app


def slider(app, label):
    return next(one for one in app.slider if one.label.startswith(label))


def test_opens_with_keeping_the_weight_and_suggests_no_other(open_page):
    app = open_page(PAGE, view="goal")
    middle, least, most = held_off(PERSON, RUN, assumptions(PERSON, RUN)).held_off_kg(5)
    assert finding(app) == (
        f"This running holds off about {middle:.1f}\u00a0kg in five years "
        f"({least:.1f} to {most:.1f}\u00a0kg)"
    )
    rows = app.table[0].value
    assert rows["After"].tolist()[0] == "1\u00a0year"
    assert rows["Without it"].iloc[4] == f"{68 + middle:.1f}\u00a0kg"
    assert not app.number_input


def test_no_weight_is_set_until_the_reader_sets_one(open_page):
    app = goal_page(open_page)
    assert finding(app) == "No weight is set"
    assert app.number_input[0].value is None
    app.number_input[0].set_value(64.0).run()
    assert_sound(app)
    assert "reaches 64.0\u00a0kg by" in finding(app)


def test_walking_is_called_walking(open_page):
    app = open_page(PAGE, view="goal", session="walk", speed="5.5")
    assert finding(app).startswith("This walking holds off")


def test_without_running_a_button_leads_out(open_page):
    app = open_page(PAGE, view="goal", sessions="0")
    assert "There is no running in this plan" in headings(app)
    press(app, "Put three sessions")
    assert finding(app).startswith("This running holds off")


def test_running_beyond_the_models_activity_levels_is_said(open_page):
    app = open_page(PAGE, view="goal", sessions="14", minutes="100", speed="12", compensation="0")
    assert any("so we count no more" in one.value for one in app.info)


def test_the_food_of_the_goal_can_be_taken_over(open_page):
    app = goal_page(open_page, target="64", target_weeks="40")
    value = solve(PERSON, RUN, assumptions(PERSON, RUN), 64.0, 280, "food").exact.value
    assert finding(app).startswith(f"Eating about {5 * round(-value / 5)}\u00a0kcal a day less")
    press(app, "Use this plan")
    store = app.session_state["plan/store"]["values"]
    assert store["intake"] == 10 * round(value / 10)
    assert store["days"] == 280
    assert next(one for one in app.button if one.label == "Use this plan").disabled


def test_the_minutes_of_the_goal_can_be_taken_over(open_page):
    app = goal_page(open_page, target="66", target_weeks="52", target_by="minutes")
    value = solve(PERSON, RUN, assumptions(PERSON, RUN), 66.0, 364, "minutes").exact.value
    assert finding(app).startswith(f"Running about {round(value)}\u00a0minutes a week")
    press(app, "Use this plan")
    assert slider(app, "Minutes").value == round(value / 3)


def test_the_minutes_of_a_training_week_are_taken_over_row_by_row(open_page):
    app = goal_page(
        open_page,
        target="66",
        target_weeks="52",
        target_by="minutes",
        week=["steady,2,30,9,0,0,0,0", "back_squat_full,2,20", "walk,1,60,5.5,0,0,0,0"],
    )
    press(app, "Use this plan")
    week = app.session_state["plan/store"]["values"]["week"]
    run, squats, walk = (row[2] for row in week)
    assert squats == 20
    assert walk == pytest.approx(2 * run, abs=1)


def test_a_goal_beyond_a_limit_names_it_and_both_ways_out_lead_to_a_plan(open_page):
    link = {"target": "60", "target_weeks": "12"}
    app = goal_page(open_page, **link)
    assert finding(app) == "This goal needs eating less than is safe"
    assert "The limit that binds is energy availability: 30" in body(app)
    press(app, "Aim for")
    assert "reaches 6" in finding(app)
    later = press(goal_page(open_page, **link), "Take")
    assert "reaches 60.0\u00a0kg" in finding(later)


@pytest.mark.parametrize(
    ("link", "title", "reason"),
    [
        ({"target": "50"}, "This page makes no plan for 50.0", "a body mass index of 18.5"),
        (
            {"target": "58", "target_weeks": "12", "target_by": "minutes"},
            "More running alone does not reach 58.0",
            "540\u00a0minutes a week",
        ),
        (
            {"target": "72", "target_by": "minutes"},
            "Less running alone does not reach 72.0",
            "Even without any running",
        ),
        (
            {"target": "66", "target_by": "minutes", "sessions": "0"},
            "This plan has no running",
            "Put a session of running",
        ),
        (
            {"target": "66", "target_by": "minutes", "compensation": "100"},
            "Minutes of running change nothing here",
            "made up elsewhere",
        ),
        ({"target": "110"}, "No change of food that this page offers", "We stop at 1,000"),
    ],
)
def test_what_cannot_be_is_said_calmly(open_page, link, title, reason):
    app = goal_page(open_page, **link)
    assert finding(app).startswith(title)
    assert reason in body(app)
    assert not app.get("plotly_chart")


def test_what_keeps_the_weight_has_both_lives(open_page):
    app = goal_page(open_page, target="64", target_weeks="40")
    rows = app.table[0].value
    assert rows["Training"].tolist() == ["Goes on", "None"]
    assert rows.columns[2] == "Against today’s 2,100\u00a0kcal"
    with_it, without = (
        int(text.split("\u00a0")[0].replace(",", "")) for text in rows["Food a day"]
    )
    assert with_it > without


def test_a_goal_in_pounds_is_the_same_goal(open_page):
    link = {"target": "64", "target_weeks": "40"}
    metric, imperial = (
        finding(goal_page(open_page, units=units, **link)) for units in ("metric", "imperial")
    )
    assert metric.split(" reaches ")[0] == imperial.split(" reaches ")[0]
    assert "141.1\u00a0lb" in imperial
