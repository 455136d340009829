"""The view of the old rule: its sentence, table and picture say the same."""

import datetime as dt

import numpy as np
import pytest

from spotcheck.energy import Person
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.contrast import contrast
from spotcheck.energy.projection import project
from spotcheck.energy.training import Plan, Session
from spotcheck.wording import date, span
from tests.app.support import body, headings

PAGE = "pages/calorie_deficit.py"
PERSON = Person("female", 34, 1.68, 68)
RUN = Plan((Session("steady", 3, 40, 9),))


def finding(app):
    return headings(app)[0]


def table(app):
    return dict(app.table[0].value.itertuples(index=False))


def found_for(plan):
    decade = project(PERSON, plan, assumptions(PERSON, plan), 3650)
    counted = decade.counted_kcal_per_week / 7
    return decade, contrast(
        PERSON,
        decade.body.weight_kg,
        decade.static_weight_kg,
        decade.intake_change_kcal_per_day,
        counted,
    )


def test_the_finding_is_the_day_on_which_the_lines_part(open_page):
    app = open_page(PAGE, view="rule")
    decade, found = found_for(RUN)
    day = found.day_rule_is_off
    when = date(dt.date.today() + dt.timedelta(days=round(day)))
    assert finding(app) == (
        f"The 7,700\u00a0kcal rule is 1\u00a0kg off after {span(day)}, on {when}"
    )
    rows = table(app)
    assert rows["1\u00a0kg apart"] == f"{when}, after {span(day)}, the rule too low"
    assert rows["The weight comes to rest at"] == f"{found.plateau_weight_kg:.1f}\u00a0kg"
    assert rows["After a year"] == (
        f"{decade.body.weight_kg[365]:.1f}\u00a0kg by the model, "
        f"{decade.static_weight_kg[365]:.1f}\u00a0kg by the rule"
    )
    assert "A lighter body spends less" in body(app)
    assert "made up elsewhere, which the rule does not know" in body(app)


def test_nothing_changes_without_running_and_food(open_page):
    app = open_page(PAGE, view="rule", sessions="0")
    assert finding(app) == "Nothing changes, so the rule and the model agree"
    assert "1\u00a0kg apart" not in table(app)


def test_a_gain_reads_as_a_gain(open_page):
    app = open_page(PAGE, view="rule", sessions="0", intake="300")
    _, found = found_for(Plan(intake_change_kcal_per_day=300))
    assert finding(app).startswith("The 7,700\u00a0kcal rule is 1\u00a0kg off after")
    assert table(app)["The weight comes to rest at"] == f"{found.plateau_weight_kg:.1f}\u00a0kg"
    assert found.plateau_weight_kg > 70
    assert "A heavier body spends more" in body(app)
    assert "made up elsewhere, which the rule does not know" not in body(app)


def test_running_that_ends_comes_back_and_the_rule_does_not(open_page):
    app = open_page(PAGE, view="rule", stop="6")
    rows = table(app)
    assert rows["The weight comes to rest at"] == "68.0\u00a0kg"
    assert rows["Furthest from today"].startswith("66.")
    assert "Half of the way to rest" not in rows
    assert "brings the weight back to 68.0\u00a0kg" in body(app)


def test_the_picture_stops_at_the_lowest_body_mass_index(open_page):
    app = open_page(PAGE, view="rule", weight="60", intake="-600")
    assert "The weight comes to rest at" not in table(app)
    assert "We stop the picture at 52.2" in body(app)


def test_pounds_are_the_same_weights(open_page):
    metric, imperial = (
        table(open_page(PAGE, view="rule", units=units)) for units in ("metric", "imperial")
    )
    rest = "The weight comes to rest at"
    kilograms, pounds = (float(rows[rest].split("\u00a0")[0]) for rows in (metric, imperial))
    assert pounds == pytest.approx(kilograms / 0.45359237, abs=0.2)
    assert "2.2\u00a0lb apart" in imperial


@pytest.mark.parametrize("plan", [{"build_up": "12"}, {"food_stop": "3", "intake": "-200"}])
def test_every_kind_of_plan_is_drawn(open_page, plan):
    app = open_page(PAGE, view="rule", **plan)
    assert len(app.get("plotly_chart")) == 1
    assert np.isfinite(float(table(app)["After a year"].split("\u00a0")[0]))
