"""Home: three answers whose figures come from the tables and the reader's plan."""

import pytest

from spotcheck import tables
from spotcheck.answers import answers, fat_by_region, inner_thigh_finding, inner_thigh_moves
from tests.app.support import assert_sound, body, titles


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
    next(one for one in app.slider if one.label.startswith("Sessions")).set_value(6).run()
    assert_sound(app)
    assert body(app) != before


def test_a_plan_without_loss_promises_nothing(open_page):
    app = open_page(sessions="0")
    assert "Not with this plan" in body(app)
    assert len(app.get("plotly_chart")) == 1
    assert "comes from the legs" not in body(app)


def test_the_inner_thigh_is_answered_by_a_small_picture(open_page):
    app = open_page()
    assert inner_thigh_finding(inner_thigh_moves()) in body(app)
    queries = [one.proto.query_string for one in app.get("page_link")]
    assert any("view=leg" in query and "copenhagen" in query for query in queries)
    assert any("lens=model" in query for query in queries)


def test_minors_get_the_answers_without_weights(open_page):
    app = open_page(age="15")
    assert "under 18" in app.warning[0].value
    assert "As part of the whole body" in body(app)


def test_leads_into_each_tool(open_page):
    pages = {one.proto.page for one in open_page().get("page_link")}
    assert {"calorie_deficit", "muscle_matrix", "articles", "methods"} <= pages


def test_title_says_what_it_is_about(open_page):
    assert titles(open_page()) == ["Running takes fat off you. It does not choose your thighs."]
