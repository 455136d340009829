"""The lens of the model: pictures, headline, cell, table, and every view that has a lens."""

import json

import pytest

from spotcheck import tables
from spotcheck.muscles import estimate_words
from spotcheck.muscles.estimates import BANDS, LENS
from spotcheck.ui import settings
from spotcheck.ui.matrix.data import all_cells, model_agreement, model_labels, shown_by
from spotcheck.ui.matrix.heatmap import filled_by, table_of
from tests.app.support import assert_sound, body, titles

PAGE = "pages/muscle_matrix.py"
PLANK = "copenhagen_adductor_plank"
INNER = ["adductor_longus", "adductor_magnus", "adductor_brevis_pectineus", "gracilis"]


def spec_of(chart):
    return json.loads(chart.proto.spec)


def test_headline_and_shares_are_those_of_the_cells(open_page):
    app = open_page(PAGE, view="all", lens=LENS)
    cells = all_cells(LENS, False)
    own = cells[cells["muscle_id"].isin(INNER)]
    assert titles(app) == [estimate_words.headline(own, "inner_thigh")]
    assert estimate_words.uncertainty(cells, model_agreement()) in body(app)


@pytest.mark.parametrize("view", [*settings.HEATMAP_VIEWS, "compare", "leg", "running"])
def test_every_view_with_a_lens_draws_it(open_page, view):
    app = open_page(PAGE, view=view, lens=LENS, exercise=[PLANK, "lateral_lunge"])
    assert app.get("plotly_chart")


def test_an_exercise_without_poses_compares_without_a_picture(open_page):
    app = open_page(PAGE, view="compare", lens=LENS, exercise=["running_easy", "running_tempo"])
    assert "Easy running not known" in body(app)


def test_a_cell_says_what_the_model_says_and_leads_to_its_torques(open_page):
    app = open_page(PAGE, exercise=PLANK, muscle="adductor_magnus")
    assert "**Leg model:** **moderate**, grade physics." in body(app)
    app.button(key="detail/physics").click().run()
    assert_sound(app)
    assert app.session_state["muscle_matrix/store"]["values"]["view"] == "physics"


def test_a_run_says_that_it_is_not_modelled(open_page):
    app = open_page(PAGE, exercise="running_easy", muscle="soleus")
    assert "this exercise is not modelled" in body(app)
    assert not [one for one in app.button if one.key == "detail/physics"]


def test_the_tables_of_every_lens_hold_the_model():
    for lens in ("role", "activity_mean", LENS):
        shown = shown_by("all", lens, "group", (), (), False, ())
        table = table_of(shown)
        expected = model_labels()["label"].tolist()
        assert table["Model estimate (physics)"].tolist() == expected
    assert set(table["Band"].dropna()) == {"not needed for balance", *BANDS[1:]}
    assert filled_by(shown) == "measured or modelled"
    measured = table[table["Measured"].notna()]
    assert len(measured) == all_cells(LENS, False)["is_measured"].sum()
    assert measured["Scale"].isin(tables.load("metrics")["label"]).all()
