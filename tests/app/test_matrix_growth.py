"""The view of growth."""

from spotcheck import tables
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"


def test_the_view_says_that_activity_is_not_growth(open_page):
    app = open_page(PAGE, view="growth")
    assert headings(app, 2, 3)[0].endswith("yet the buttocks grew alike")
    text = body(app)
    assert "activation is not a proven predictor of growth" in text
    assert "https://doi.org/10.1007/s40279-021-01619-2" in text
    assert len(app.get("plotly_chart")) == 3


def test_every_training_study_is_named_with_its_people(open_page):
    text = body(open_page(PAGE, view="growth"))
    outcomes = tables.load("training_outcomes")
    studies = tables.load("studies").set_index("study_id")
    for study in outcomes["study_id"].unique():
        assert studies["citation"][study] in text
    assert "[verified]" in text
    assert "n\u00a08, male, 10\u00a0weeks" in text


def test_the_groups_choose_the_rows(open_page):
    app = open_page(PAGE, view="growth", group="inner_thigh")
    assert headings(app, 2, 3)[0] == "EMG is not growth"
    text = body(app)
    assert "**Adductor group**" in text
    assert "**Quadriceps**" not in text


def test_filters_that_leave_nothing_have_a_way_out(open_page):
    app = open_page(PAGE, view="growth", group="shin")
    assert "No training study fits these filters" in headings(app, 2, 3)
    next(one for one in app.button if one.label == "Remove the filters").click().run()
    assert_sound(app)
    assert len(app.get("plotly_chart")) == 3
