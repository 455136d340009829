"""Home: three answers whose figures come from the tables and the reader's plan."""

import re

import pytest

from spotcheck import tables, toning
from spotcheck.answers import answers, fat_by_region
from spotcheck.energy.training import Plan, Session
from spotcheck.ui import settings
from tests.app.support import assert_sound, body, changed, titles


@pytest.fixture
def default_year(projected):
    return projected()


def test_opens_with_the_three_answers(open_page, default_year):
    text = body(open_page())
    for one in answers(default_year):
        assert one.answer in text
        assert one.body in text


def test_the_answers_use_the_tables(default_year):
    thighs, inner, cellulite = answers(default_year)
    regions = fat_by_region(default_year).set_index("region")["fat_change_kg"]
    assert regions.sum() == pytest.approx(default_year.fat_change_kg)
    assert f"about {-regions.sum():.1f}\u00a0kg" in thighs.body
    assert f"{-regions['legs']:.1f}\u00a0kg" in thighs.body
    rows = tables.load("engagement_measurements").set_index(["study_id", "portion_id"])["value"]
    longus = rows["serner_2014", "adductor_longus"].max()
    assert f"{longus:.0f}\u00a0%" in inner.body
    effects = tables.load("effects").set_index("effect_id")["estimate"]
    assert f"{effects['smalls_2006_e01']:.0f} of 29" in cellulite.body


def test_the_first_answer_follows_the_plan(open_page):
    app = open_page()
    before = body(app)
    changed(app, app.slider(key="home/sessions"), 6)
    assert body(app) != before


def test_a_plan_without_loss_promises_nothing(open_page):
    app = open_page(sessions="0")
    assert "Not with this plan" in body(app)
    assert "comes from the legs" not in body(app)


def test_the_inner_thigh_is_answered_by_a_small_picture(open_page):
    app = open_page()
    shown = toning.moves(toning.MUSCLE, toning.suggested(toning.MUSCLE))
    assert toning.stimulus_finding(shown, "Adductor longus") in body(app)
    queries = [one.proto.query_string for one in app.get("page_link")]
    assert any("view=leg" in query and "copenhagen" in query for query in queries)
    assert any("lens=model" in query and "group=inner_thigh" in query for query in queries)


class TestToning:
    def test_fat_is_that_of_both_plans(self, open_page, projected):
        exercises = toning.suggested(toning.MUSCLE)
        text = body(open_page())
        found = re.search(r"Fat: ([0-9.]+)\skg off by running alone, ([0-9.]+)\skg with", text)
        alone, more = map(float, found.groups())
        plan = Plan((Session("steady", 3, 40, 9),))
        both = toning.running_alone(plan), toning.with_exercises(plan, exercises, 20)
        assert [alone, more] == [
            pytest.approx(-projected(plan=one).fat_change_kg, abs=0.051) for one in both
        ]
        assert more >= alone

    def test_more_minutes_take_more_fat_and_leave_the_muscle_as_it_is(self, open_page):
        app = open_page(tone_minutes="120")
        few, many = (re.search(r"alone, ([0-9.]+)", body(one))[1] for one in (open_page(), app))
        assert float(many) > float(few)
        shown = toning.moves(toning.MUSCLE, toning.suggested(toning.MUSCLE))
        assert toning.stimulus_finding(shown, "Adductor longus") in body(app)

    def test_a_muscle_brings_its_own_exercises_and_a_choice_stays(self, open_page):
        app = open_page(tone="gluteus_maximus")
        assert_sound(app)
        pills = app.button_group(key="home/tone_with")
        assert pills.value == []
        names = tables.load("exercises").set_index("exercise_id")["short_name"]
        assert toning.suggested("gluteus_maximus")[0] in toning.offered("gluteus_maximus")
        first = toning.offered("gluteus_maximus")[-1]
        changed(app, pills, [first])
        assert f"{names[first]}: 20 minutes a week" in body(app)

    @pytest.mark.parametrize("muscle", settings.leg_muscles())
    def test_every_muscle_can_be_chosen(self, open_page, muscle):
        app = open_page(tone=muscle)
        assert_sound(app)
        assert "Toning is less fat over a muscle" in body(app)

    @pytest.mark.parametrize("part", settings.leg_parts())
    def test_a_part_of_the_leg_chooses_its_first_muscle(self, open_page, part):
        muscles = settings.leg_parts()[part]
        first, *_, last = muscles
        app = open_page(tone="soleus" if part != "calf" else "gracilis")
        changed(app, app.button_group(key="home/tone/part"), first)
        row = app.button_group(key=f"home/tone/{part}")
        assert (row.value, row.options) == (first, list(muscles.values()))
        app = open_page(tone=first)
        changed(app, app.button_group(key=f"home/tone/{part}"), last)
        assert app.button_group(key="home/tone/part").value == first
        assert f"the {muscles[last].lower()}" in body(app)

    def test_a_plan_of_strength_alone_has_no_running(self, open_page):
        app = open_page(week="copenhagen_adductor_plank,2,10,9,0,0,0,0")
        assert_sound(app)
        assert "Fat: less than 0.1\u00a0kg off by running alone" in body(app)

    def test_too_much_training_is_not_projected(self, open_page):
        app = open_page(sessions="14", minutes="180", speed="16")
        assert_sound(app)
        assert "Fat: no figure for this plan" in body(app)

    def test_the_link_keeps_the_choice(self, open_page):
        app = open_page(tone="gracilis", tone_with="side_lying_adduction", tone_minutes="40")
        assert "Side-lying" in body(app) and "40 minutes a week" in body(app)


def test_minors_get_the_answers_without_weights(open_page):
    app = open_page(age="15")
    assert "under 18" in app.warning[0].value
    assert "As part of the whole body" in body(app)


def test_leads_into_each_tool(open_page):
    pages = {one.proto.page for one in open_page().get("page_link")}
    assert pages == {"calorie_deficit", "muscle_matrix", "articles"}


def test_title_says_what_it_is_about(open_page):
    assert titles(open_page()) == ["Running takes fat off you. It does not choose your thighs."]
