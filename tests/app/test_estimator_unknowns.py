"""The view of the unknowns: its sentences are its figures, and every assumption can be changed."""

import json
import re

import pytest

from spotcheck import tables
from spotcheck.charts.unknowns import named
from spotcheck.energy import Person
from spotcheck.energy.assumptions import UNKNOWNS, assumptions
from spotcheck.energy.projection import project
from spotcheck.energy.story import headline
from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import tornado
from spotcheck.wording import IMPERIAL, kg, percent
from tests.app.support import assert_sound, body, headings, titles

PAGE = "pages/calorie_deficit.py"
VIEW = {"view": "unknowns"}
WOMAN = Person("female", 34, 1.68, 68)
PLAN = Plan((Session("steady", 3, 40, 9),))
EDITABLE = [name for name in UNKNOWNS if name != "intake_slip_kcal_per_day"]
ADHERENCE = "adherence_fraction"


def answer(edits=None, *, slips=False, plan=PLAN):
    return headline(project(WOMAN, plan, assumptions(WOMAN, plan, edits, slips=slips)))


def choose(app, name):
    app.session_state["prior/chosen"] = name
    app.run()
    assert_sound(app)


def field(app, name, what):
    return app.number_input(key=f"prior/{name}/{what}")


def button(app, label):
    return next(one for one in app.button if one.label.startswith(label))


def figures(app):
    return [json.loads(one.proto.spec) for one in app.get("plotly_chart")]


def link(app):
    app.button(key="calorie_deficit/share").click().run()
    return next(one.value for one in app.code if "weight=" in one.value)


def test_the_title_names_what_matters_most_and_by_how_much(open_page):
    app = open_page(PAGE, **VIEW)
    rows = named(tornado(WOMAN, PLAN, assumptions(WOMAN, PLAN)))
    first = rows.iloc[0]
    assert headings(app)[0] == (
        f"{first['short_label']} matters most: it alone moves the end by {kg(first['swing_kg'])}"
    )
    still = rows.loc[rows["swing_kg"] < 0.05, "short_label"]
    assert all(label[0].lower() + label[1:] in body(app) for label in still)
    assert len(figures(app)) == 2


def test_pounds(open_page):
    app = open_page(PAGE, units="imperial", **VIEW)
    swing = tornado(WOMAN, PLAN, assumptions(WOMAN, PLAN))["swing_kg"].max()
    assert headings(app)[0].endswith(IMPERIAL.mass(swing))
    assert figures(app)[0]["layout"]["title"]["text"].endswith("lb")


def test_no_change_moves_nothing(open_page):
    app = open_page(PAGE, sessions="0", **VIEW)
    assert headings(app)[0] == "No unknown moves the end"
    assert len(figures(app)) == 1


def test_food_alone_has_other_unknowns(open_page):
    app = open_page(PAGE, sessions="0", intake="-300", **VIEW)
    assert headings(app)[0].startswith("How exact your food figures are matters most")


def test_what_control_groups_did_comes_out_of_the_table(open_page):
    trials = tables.load("trials")
    spread = trials.loc[trials["kind"] == "control", "weight_change_sd_kg"].dropna()
    assert f"{spread.min():.1f} to {kg(spread.max())}" in body(open_page(PAGE, **VIEW))


def test_the_slider_beside_the_picture_is_the_setting_of_the_sidebar(open_page):
    app = open_page(PAGE, **VIEW)
    app.session_state["more"] = True
    app.run()
    beside = next(one for one in app.select_slider if one.label.startswith("Made up"))
    beside.set_value(80).run()
    assert_sound(app)
    beside = next(one for one in app.slider if one.label.startswith("Made up"))
    assert beside.value == 80
    assert titles(app) == [answer({"compensation_fraction": (0.8, 0.3)})]
    beside.set_value(20).run()
    assert next(one for one in app.select_slider if one.label.startswith("Made up")).value == 20
    assert figures(app)[1]["layout"]["shapes"][0]["x0"] == 0.2


def test_a_compensation_between_the_stops_is_shown_as_it_is(open_page):
    app = open_page(PAGE, compensation="43", **VIEW)
    assert next(one for one in app.select_slider if one.label.startswith("Made up")).value == 43
    assert titles(app) == [answer({"compensation_fraction": (0.43, 0.3)})]


def test_a_single_value_instead_of_a_distribution(open_page):
    app = open_page(PAGE, **VIEW)
    wide = [one.value for one in app.markdown if "9 in 10 of our simulated" in one.value]
    app.toggle(key="unknowns/single").set_value(True).run()
    assert_sound(app)
    assert not headings(app)[0].startswith("How much you make up")
    assert not any("fill" in trace for trace in figures(app)[1]["data"])
    assert wide != [one.value for one in app.markdown if "9 in 10 of our simulated" in one.value]
    assert "prior=compensation_fraction,0.45,0" in link(app)
    app.toggle(key="unknowns/single").set_value(False).run()
    assert headings(app)[0].startswith("How much you make up")


def test_the_value_for_small_plans_is_one_tap_away_and_back(open_page):
    app = open_page(PAGE, **VIEW)
    rows = tables.load("priors").set_index("parameter")["mean"]
    small = rows["compensation_fraction_small_dose"]
    assert "weak evidence" in body(app)
    button(app, f"Use the value for small plans ({percent(small)})").click().run()
    assert titles(app) == [answer({"compensation_fraction": (small, 0.3)})]
    button(app, "Back to our value").click().run()
    assert titles(app) == [answer()]


def test_every_assumption_opens_with_its_numbers_and_its_source(open_page):
    app = open_page(PAGE, **VIEW)
    rows, studies = tables.load("priors"), tables.load("studies").set_index("study_id")
    for row in rows[rows["parameter"].isin(EDITABLE)].itertuples():
        choose(app, row.parameter)
        shown = body(app).replace("\\", "")
        assert f"**{row.label}.**" in shown
        assert row.note in shown
        if isinstance(row.study_id, str):
            assert (
                f"set against [{studies.loc[row.study_id, 'citation']}](https://doi.org/" in shown
            )
        else:
            assert "without a source" in shown
        factor = 100 if row.unit.startswith("fraction") else 1
        prior = assumptions(WOMAN, PLAN)[row.parameter]
        assert field(app, row.parameter, "sd").value == pytest.approx(factor * prior.sd)
        middles = [one for one in app.number_input if one.key == f"prior/{row.parameter}/mean"]
        if row.parameter in ("compensation_fraction", "physical_activity_level"):
            assert not middles
        else:
            assert middles[0].value == pytest.approx(factor * prior.mean)


def test_an_edit_moves_the_answer_and_travels_in_the_link(open_page):
    app = open_page(PAGE, **VIEW)
    choose(app, ADHERENCE)
    field(app, ADHERENCE, "mean").set_value(70.0).run()
    field(app, ADHERENCE, "sd").set_value(5.0).run()
    assert_sound(app)
    expected = answer({ADHERENCE: (0.7, 0.05)})
    assert titles(app) == [expected]
    assert "yours" in body(app)
    shared = link(app)
    assert "prior=adherence_fraction,0.7,0.05" in shared
    parameters = dict(one.split("=", 1) for one in shared.partition("?")[2].split("&"))
    again = open_page(PAGE, **{name: parameters[name] for name in ("view", "prior")})
    assert titles(again) == [expected]


@pytest.mark.parametrize(
    ("name", "value"), [("resting_metabolic_rate_factor", 120.0), ("body_fat_fraction", 8.0)]
)
def test_an_edit_of_the_body_moves_the_answer_too(open_page, name, value):
    app = open_page(PAGE, intake="-300", minutes="60", **VIEW)
    before = titles(app)
    choose(app, name)
    field(app, name, "mean").set_value(value).run()
    assert_sound(app)
    assert titles(app) != before


@pytest.mark.parametrize("typed", [-5.0, 1e12])
def test_what_cannot_be_is_kept_in_its_field_and_not_used(open_page, typed):
    app = open_page(PAGE, **VIEW)
    choose(app, ADHERENCE)
    field(app, ADHERENCE, "mean").set_value(typed).run()
    assert_sound(app)
    assert field(app, ADHERENCE, "mean").value == typed
    assert titles(app) == [answer()]
    (said,) = [one.value for one in app.warning]
    assert "cannot be: this goes from 30\u00a0% to 120\u00a0%. We still use 100\u00a0%." in said
    assert link(app).count("prior=adherence") == 0
    field(app, ADHERENCE, "sd").set_value(4.0).run()
    assert field(app, ADHERENCE, "mean").value == typed
    assert titles(app) == [answer({ADHERENCE: (1.0, 0.04)})]
    field(app, ADHERENCE, "mean").set_value(90.0).run()
    assert not app.warning
    assert titles(app) == [answer({ADHERENCE: (0.9, 0.04)})]


def test_an_emptied_field_goes_back_to_what_is_used(open_page):
    app = open_page(PAGE, prior="adherence_fraction,0.8,0.1", **VIEW)
    choose(app, ADHERENCE)
    field(app, ADHERENCE, "mean").set_value(None).run()
    assert_sound(app)
    assert field(app, ADHERENCE, "mean").value == 80
    assert titles(app) == [answer({ADHERENCE: (0.8, 0.1)})]


def test_back_to_our_value_for_one_and_for_all(open_page):
    both = ["adherence_fraction,0.8,0.1", "running_cost_factor,1.2,0.02"]
    app = open_page(PAGE, prior=both, slips="1", compensation="20", **VIEW)
    choose(app, ADHERENCE)
    field(app, ADHERENCE, "sd").set_value(900.0).run()
    app.button(key="prior/adherence_fraction/back").click().run()
    assert_sound(app)
    assert not app.warning
    edits = {"compensation_fraction": (0.2, 0.3), "running_cost_factor": (1.2, 0.02)}
    assert titles(app) == [answer(edits, slips=True)]
    assert field(app, ADHERENCE, "sd").value == 10
    button(app, "Back to our values for all").click().run()
    assert titles(app) == [answer()]
    assert button(app, "Back to our values for all").disabled
    assert "prior=&" in link(app) + "&"


def test_a_reset_takes_the_edits_back_and_its_undo_brings_them(open_page):
    app = open_page(PAGE, prior="adherence_fraction,0.8,0.1", **VIEW)
    button(app, "Reset").click().run()
    assert titles(app) == [answer()]
    button(app, "Undo reset").click().run()
    assert titles(app) == [answer({ADHERENCE: (0.8, 0.1)})]


def test_eating_more_than_planned_is_a_switch(open_page):
    app = open_page(PAGE, **VIEW)
    next(one for one in app.toggle if one.label.startswith("Assume eating")).set_value(True).run()
    assert_sound(app)
    assert titles(app) == [answer(slips=True)]
    assert "how much more you eat than planned" not in body(app).lower().split("what we assume")[0]


def test_a_known_body_fat_brings_its_own_assumption(open_page):
    app = open_page(PAGE, body_fat="30", prior="body_fat_fraction,0.1,0.05", **VIEW)
    assert any("An assumption was outside its limits" in one.value for one in app.info)
    choose(app, "body_fat_fraction")
    assert field(app, "body_fat_fraction", "mean").value == 6
    assert field(app, "body_fat_fraction", "sd").value == pytest.approx(3.4)
    assert "Error of a measured body fat" in body(app)


@pytest.mark.parametrize(
    "prior",
    [
        ["nobody,1,1", "adherence_fraction", ",,,,,,,,", "intake_slip_kcal_per_day,50,20"],
        ["compensation_fraction,9,9", "compensation_fraction,-9,-9"],
        ["running_cost_factor,nan,inf", "resting_metabolic_rate_factor,=1+1,0.1"] * 40,
    ],
)
def test_hostile_links_leave_a_page_with_numbers(open_page, prior):
    app = open_page(PAGE, prior=prior, **VIEW)
    for name in EDITABLE:
        choose(app, name)
    assert not app.warning
    assert re.search(r"\d\.\d\u00a0kg", titles(app)[0])


def test_nothing_is_built_before_it_is_chosen(open_page):
    app = open_page(PAGE, **VIEW)
    assert not [one for one in app.number_input if one.key.startswith("prior/")]
    assert not app.dataframe


def test_the_tables_behind_the_pictures(open_page):
    app = open_page(PAGE, **VIEW)
    for name in ("unknowns", "compensation", "assumptions"):
        app.session_state[f"table/{name}"] = True
        app.run()
        assert_sound(app)
        app.session_state[f"table/{name}"] = False
        assert len(app.dataframe) == 1
