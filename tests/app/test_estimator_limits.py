"""The view of the limits."""

from tests.app.support import body, headings, titles

PAGE = "pages/calorie_deficit.py"


def heading(app):
    return headings(app)[0]


def test_running_alone_comes_near_no_limit(open_page):
    app = open_page(PAGE, view="limits")
    assert heading(app) == "Nothing here comes near a limit"
    text = body(app)
    for label in ("Energy availability: fine", "Pace of loss: fine", "Body mass index: fine"):
        assert label in text


def test_a_large_cut_names_what_it_crosses(open_page):
    app = open_page(PAGE, view="limits", intake="-800")
    assert heading(app).startswith("This plan crosses ")
    assert "Energy availability: stop" in body(app)


def test_a_near_limit_is_named(open_page):
    app = open_page(PAGE, view="limits", intake="-350")
    assert heading(app) == "No limit is crossed, but one is near: energy availability"


def test_a_man_reads_that_the_threshold_is_unknown(open_page):
    text = body(open_page(PAGE, view="limits", sex="male"))
    assert "the threshold in men is unknown" in text


def test_every_figure_shows_how_it_is_known(open_page):
    text = body(open_page(PAGE, view="limits"))
    for badge in ("[verified]", "[second-hand]", "[not verified]", "[our choice]"):
        assert badge in text


def test_units_of_the_reader(open_page):
    app = open_page(PAGE, view="limits", intake="-250", units="imperial")
    pace = next(one.value for one in app.markdown if one.value.startswith("**Pace of loss"))
    assert "\u00a0lb" in pace
    assert "\u00a0kg" not in pace


def test_under_18_never_sees_the_view(open_page):
    app = open_page(PAGE, view="limits", age="15")
    assert titles(app) == ["This page makes no weight estimates for people under 18."]
    assert "Energy availability" not in body(app)
