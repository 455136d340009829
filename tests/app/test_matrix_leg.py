"""The view of the leg in three dimensions."""

import json

import pytest

from spotcheck import tables
from spotcheck.muscles.leg import leg_muscles
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"
TWO = ["copenhagen_adductor_plank", "running_easy"]


def figure(app):
    (chart,) = app.get("plotly_chart")
    return json.loads(chart.proto.spec)


def names(figure):
    """What the picture says that it shows."""
    layout = figure["layout"]
    notes = layout["scene"].get("annotations", [])
    return [note["text"] for note in notes] or [layout["title"]["text"]]


def test_without_a_choice_it_begins_with_a_story(open_page):
    app = open_page(PAGE, view="leg")
    assert names(figure(app)) == ["Easy run"]
    assert "You have chosen none yet" in body(app)
    labels = [one["label"] for one in figure(app)["layout"]["updatemenus"][1]["buttons"]]
    assert labels == ["1 Easy run", "2 Copenhagen plank"]


def test_a_link_opens_the_same_leg(open_page):
    app = open_page(PAGE, view="leg", exercise=TWO, turn="back", on_leg="running_easy")
    assert names(figure(app)) == ["Easy run"]
    assert figure(app)["layout"]["scene"]["camera"]["eye"]["y"] > 1


def test_two_legs_have_one_exercise_each(open_page):
    app = open_page(PAGE, view="leg", exercise=TWO, pair="1")
    assert names(figure(app)) == ["1 Copenhagen plank", "2 Easy run"]
    (twin,) = [one for one in app.toggle if one.label == "Two legs, one exercise each"]
    twin.set_value(False).run()
    assert_sound(app)
    assert names(figure(app)) == ["Copenhagen plank"]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ({"exercise": TWO[0], "pair": "1"}, ["Copenhagen plank"]),
        ({"exercise": TWO, "on_leg": "deadlift_sumo"}, ["Copenhagen plank"]),
        ({"exercise": TWO, "pair": "1", "on_leg": TWO[0]}, ["1 Copenhagen plank", "2 Easy run"]),
    ],
)
def test_settings_that_do_not_go_together_give_way(open_page, link, shown):
    assert names(figure(open_page(PAGE, view="leg", **link))) == shown


def test_every_muscle_is_also_said_in_words(open_page):
    text = body(open_page(PAGE, view="leg", exercise=TWO))
    roles = tables.load("engagement_roles")
    roles = roles[roles["muscle_id"].isin(leg_muscles())].set_index("exercise_id")
    muscle_names = tables.load("muscles").set_index("muscle_id")["name"]
    for exercise in TWO:
        leads = roles.loc[exercise].query("role == 'prime_mover'")["muscle_id"]
        assert f"Prime movers ({len(leads)}): {'; '.join(muscle_names[leads])}" in text


def test_the_title_counts_what_the_picture_shows(open_page):
    app = open_page(PAGE, view="leg", exercise="side_lying_abduction", lens="activity_mean")
    n_measured = sum("Number: " in trace.get("hovertemplate", "") for trace in figure(app)["data"])
    assert n_measured > 0
    assert headings(app)[0].replace("\\", "") == (
        f"Measured of the leg's {len(leg_muscles())} muscles: {n_measured} in Side-lying abduction"
    )
    assert "not measured, which is not zero" in body(app)


def test_an_unmeasured_exercise_is_in_bands_not_in_roles(open_page):
    app = open_page(PAGE, view="leg", exercise="sprint_flat", lens="activity_mean")
    assert "Bands: not measured this way, which is not zero." in body(app)
    assert "Not measured: 21 muscles" in body(app)


def test_the_figure_is_not_sent_again_when_only_the_view_of_it_changes(open_page):
    app = open_page(PAGE, view="leg", exercise=TWO)
    app.session_state["leg/keyboard"] = True
    app.run()
    before = app.get("plotly_chart")[0].proto
    (look,) = [one for one in app.segmented_control if one.label == "Look from"]
    look.set_value("outer").run()
    assert_sound(app)
    assert app.get("plotly_chart")[0].proto == before


def test_the_flat_maps_are_one_tap_away(open_page):
    app = open_page(PAGE, view="leg", exercise=TWO[0])
    next(one for one in app.button if one.label == "The same as flat maps").click().run()
    assert_sound(app)
    assert "On the body" in headings(app)
