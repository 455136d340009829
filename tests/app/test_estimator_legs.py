"""The view of the legs."""

import pytest

from tests.app.support import body, headings

PAGE = "pages/calorie_deficit.py"


def test_a_loss_names_the_legs_part_with_its_band(open_page):
    app = open_page(PAGE, view="legs")
    assert "of the fat that you lose comes from your legs (" in headings(app)[0]
    text = body(app)
    assert "No exercise chooses the place" in text
    assert "from hip to foot" in text
    assert "39\u00a0% of body fat is in the legs (second-hand)" in text
    assert "90\u00a0% of that share joins in (our choice)" in text


@pytest.mark.parametrize("sex", ["female", "male"])
def test_the_heading_agrees_with_the_title(open_page, sex):
    app = open_page(PAGE, view="legs", sex=sex)
    share = headings(app)[0].split("About ")[1].split("\u00a0kg")[0]
    assert f"{share}\u00a0kg] of it from your legs" in app.title[0].value


def test_a_gain_reads_well(open_page):
    app = open_page(PAGE, view="legs", intake="400")
    assert "of the fat that you gain goes to your legs" in headings(app)[0]
    assert "whole deficit" not in body(app)


def test_no_plan_gives_a_calm_sentence_and_no_picture(open_page):
    app = open_page(PAGE, view="legs", sessions="0")
    assert headings(app)[0] == "Your legs keep the fat that they have"
    assert "leaves that balance as it is" in body(app)


def test_units_of_the_reader(open_page):
    app = open_page(PAGE, view="legs", units="imperial")
    assert "\u00a0lb" in headings(app)[0]
    assert "\u00a0kg" not in headings(app)[0]


def test_trials_that_speak_against_us_are_named(open_page):
    text = body(open_page(PAGE, view="legs"))
    assert "Legs lost less" in text
    assert "Nindl et al. 2000" in text
    assert "16 women speaks for an effect of place" in text
