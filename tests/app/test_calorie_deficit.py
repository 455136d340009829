"""The calorie-deficit page: its sentences are its figures, and its limits are explained."""

import base64
import json

import numpy as np
import pytest

from spotcheck.energy.story import headline, uncertainty
from spotcheck.energy.uncertainty import fan
from spotcheck.ui import settings
from spotcheck.wording import kcal
from tests.app.support import assert_sound, body, titles

PAGE = "pages/calorie_deficit.py"


def slider(app, label):
    return next(one for one in app.slider if one.label.startswith(label))


def test_opens_with_the_default_plan_and_its_figures(open_page, projected):
    app = open_page(PAGE)
    year = projected()
    assert titles(app) == [headline(year)]
    people = fan(year.person, year.plan, year.assumptions, 365)
    assert uncertainty(year, people) in body(app)
    assert [one.label for one in app.metric][:2] == ["Energy a session, net", "Deficit a week"]
    session = year.week.sessions[0]
    for energy in (session.gross_kcal, session.resting_kcal, session.epoc_kcal):
        assert kcal(energy) in body(app)


def test_the_first_sliders_have_the_names_that_scripts_rely_on(open_page):
    labels = " ".join(one.label for one in open_page(PAGE).slider)
    for name in ("Age", "Height", "Weight", "Minutes", "Sessions", "Speed"):
        assert name in labels


def edges(field):
    """What a link may ask for at most: every code, or both ends of a number."""
    return getattr(field, "options", None) or (
        getattr(field, "low", field.default),
        getattr(field, "high", field.default),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (field.name, str(value))
        for field in settings.estimator()
        if field.name != "view"
        for value in sorted(set(map(str, edges(field))))
    ],
)
def test_every_setting_at_its_limits(open_page, name, value):
    open_page(PAGE, **{name: value})


@pytest.mark.parametrize("view", settings.ESTIMATOR_VIEWS)
@pytest.mark.parametrize(
    "link",
    [
        {},
        {"sessions": "0"},
        {"stop": "6", "build_up": "8", "days": "700", "intake": "400", "units": "imperial"},
        {
            "week": "back_squat_full,3,40",
            "sex": "male",
            "body_fat": "20",
            "slips": "1",
            "target": "65",
        },
    ],
    ids=["default", "nothing", "gain that ends", "strength, known fat"],
)
def test_every_view_of_every_kind_of_plan(open_page, view, link):
    assert_sound(open_page(PAGE, view=view, **link))


@pytest.mark.parametrize("session", settings.codes("session_types", "session_type"))
def test_every_session_type(open_page, session):
    assert len(open_page(PAGE, session=session).get("plotly_chart")) == 1


def test_the_chart_ends_where_the_figure_says(open_page):
    app = open_page(PAGE)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    weight = next(trace for trace in figure["data"] if "about" in trace.get("hovertemplate", ""))
    y = np.frombuffer(base64.b64decode(weight["y"]["bdata"]), dtype=weight["y"]["dtype"])
    shown = next(one.value for one in app.metric if one.label.startswith("On "))
    assert shown == f"{y[-1]:.1f}\u00a0kg"


def test_moving_a_slider_changes_the_answer_and_says_by_how_much(open_page):
    app = open_page(PAGE)
    before = titles(app)
    slider(app, "Minutes").set_value(80).run()
    assert_sound(app)
    assert titles(app) != before
    assert "Your last change:" in body(app)
    assert "more off." in body(app)


def test_no_running_and_the_same_food_change_nothing(open_page):
    app = open_page(PAGE, sessions="0")
    assert titles(app)[0].startswith("Nothing changes")
    assert next(one.value for one in app.metric if one.label.startswith("On ")) == "68.0\u00a0kg"


def test_eating_more_than_the_running_costs_adds_weight(open_page):
    assert " adds " in titles(open_page(PAGE, intake="500"))[0]


def test_under_18_gets_the_reason_and_no_weight(open_page):
    app = open_page(PAGE, age="15")
    assert slider(app, "Age").value == 15
    assert "under 18" in titles(app)[0]
    assert not app.metric
    assert "A session costs about" in body(app)
    assert "Made up elsewhere" not in app.get("plotly_chart")[0].proto.spec


def test_underweight_gets_the_reason_and_no_deficit(open_page):
    app = open_page(PAGE, weight="45", height="175")
    assert "no deficit" in titles(app)[0]
    assert not app.metric


def test_too_little_food_is_not_projected(open_page):
    app = open_page(PAGE, intake="-1000", weight="50", height="160")
    assert "below what is usually safe" in titles(app)[0]


def test_the_picture_stops_at_a_body_mass_index_of_18_5(open_page):
    app = open_page(PAGE, weight="53", height="168", sessions="7", minutes="120")
    assert any("We stop the picture at 52.2" in one.value for one in app.warning)
    assert "This plan reaches a body mass index of 18.5 on" in body(app)
    assert next(one.value for one in app.metric if one.label.startswith("On ")) == "52.2\u00a0kg"


def test_speed_and_pace_are_one_setting(open_page):
    app = open_page(PAGE, pace="min_km")
    pace = app.select_slider[0]
    assert pace.value == pytest.approx(9)
    pace.set_value(10.0).run()
    assert_sound(app)
    next(one for one in app.button_group if one.label == "Speed or pace").set_value("km_h").run()
    assert slider(app, "Speed").value == pytest.approx(10)


def test_speed_is_kept_within_what_the_session_type_can_be(open_page):
    app = open_page(PAGE, session="walk", speed="15")
    assert slider(app, "Speed").value == 8
    assert "For “walk” this page knows speeds of 3 to 8\u00a0km/h." in app.info[0].value


def test_another_session_type_keeps_the_speed_that_it_can(open_page):
    app = open_page(PAGE)
    app.session_state["more"] = True
    app.run()
    for session, speed in (("intervals", 9), ("walk", 8), ("steady", 8)):
        kind = next(one for one in app.selectbox if one.label == "Kind of session")
        kind.set_value(session).run()
        assert_sound(app)
        assert slider(app, "Speed").value == speed
        assert not app.warning


def test_a_preset_sets_the_plan_and_names_it(open_page):
    app = open_page(PAGE)
    preset = next(one for one in app.selectbox if one.label == "Start from a plan")
    assert preset.value == "easy_3x40"
    preset.set_value("hill_sprints_2x20").run()
    assert_sound(app)
    assert slider(app, "Sessions").value == 2
    slider(app, "Sessions").set_value(5).run()
    assert next(one for one in app.selectbox if one.label == "Start from a plan").value is None


def test_reset_and_its_undo(open_page):
    app = open_page(PAGE, minutes="90")
    next(one for one in app.button if one.label == "Reset").click().run()
    assert slider(app, "Minutes").value == 40
    next(one for one in app.button if one.label == "Undo reset").click().run()
    assert slider(app, "Minutes").value == 90


def test_settings_survive_a_trip_to_another_page(open_page):
    app = open_page(PAGE, minutes="90")
    app.switch_page("pages/methods.py").run()
    app.switch_page(PAGE).run()
    assert_sound(app)
    assert slider(app, "Minutes").value == 90


def test_home_and_this_page_share_the_runner(open_page):
    app = open_page()
    slider(app, "Minutes").set_value(90).run()
    app.switch_page(PAGE).run()
    assert slider(app, "Minutes").value == 90


def test_share_offers_a_link_with_and_without_the_readers_numbers(open_page):
    app = open_page(PAGE, weight="91")
    links = [one.value for one in app.button(key="calorie_deficit/share").click().run().code]
    assert any("weight=91" in link and "sex=" in link for link in links)
    assert any("weight=" not in link and "minutes=" in link for link in links)


def test_units_change_what_is_shown_and_not_the_person(open_page):
    app = open_page(PAGE, weight="68.3")
    metric = titles(app)
    app.session_state["more"] = True
    app.run()
    units = next(one for one in app.button_group if one.label == "Units")
    units.set_value("imperial").run()
    assert_sound(app)
    assert "lb" in titles(app)[0]
    assert app.session_state["plan/store"]["values"]["weight"] == 68.3
    next(one for one in app.button_group if one.label == "Units").set_value("metric").run()
    assert titles(app) == metric


def test_pounds_are_stored_as_kilograms(open_page):
    app = open_page(PAGE, units="imperial")
    slider(app, "Weight, lb").set_value(160.0).run()
    assert_sound(app)
    assert app.session_state["plan/store"]["values"]["weight"] == pytest.approx(72.6)
    assert slider(app, "Weight, lb").value == 160


def test_the_training_can_end_and_the_weight_comes_back(open_page):
    app = open_page(PAGE, stop="6", days="730")
    assert "for 6 months" in titles(app)[0]
    assert "goes back" in body(app)


def test_outside_the_envelope_the_picture_is_greyed_with_the_reason(open_page):
    app = open_page(
        PAGE, sex="male", weight="69", height="178", age="25", activity="2.05", intake="-1000",
        sessions="14", minutes="180", days="168", compensation="0",
    )  # fmt: skip
    assert any("The picture is greyed" in one.value for one in app.warning)


def test_save_offers_a_page_and_the_tables(open_page):
    app = open_page(PAGE)
    app.button(key="save").click().run()
    assert_sound(app)
    labels = [one.proto.label for one in app.get("download_button")]
    assert {"One page to print", "Day by day, CSV", "Receipt of the week, CSV"} <= set(labels)


def test_the_first_weeks_show_water_apart(open_page):
    app = open_page(PAGE, view="body", intake="-400")
    next(one for one in app.button_group if one.label == "Time").set_value("first").run()
    assert_sound(app)
    assert "of water and glycogen leave first" in body(app)
    assert len(app.get("plotly_chart")) == 1
