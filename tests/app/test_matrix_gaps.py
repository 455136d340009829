"""The view of what nobody measured, its downloads and its report."""

from urllib.parse import parse_qs, urlsplit

import pytest

from spotcheck import repository, tables
from spotcheck.muscles import gaps
from spotcheck.muscles.order import muscles_of
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"
EXERCISES, MUSCLES = tables.load("exercises"), tables.load("muscles")


@pytest.fixture(autouse=True)
def any_repository():
    yield
    repository.page.cache_clear()


@pytest.fixture(scope="module")
def known():
    return gaps.known_rows(
        tables.load("engagement_measurements"),
        tables.load("exercise_variants"),
        tables.load("muscle_portion_members"),
    )


def test_the_title_is_the_share_and_the_words_name_the_least_known(open_page, known):
    app = open_page(PAGE, view="gaps")
    cells = gaps.gap_map(known, EXERCISES, MUSCLES)
    assert headings(app)[0] == gaps.finding(cells)
    text = body(app)
    assert gaps.counts_sentence(cells) in text
    assert gaps.muscles_sentence(cells, MUSCLES) in text
    assert gaps.exercises_sentence(cells, EXERCISES.set_index("exercise_id")["name"]) in text
    assert len(app.get("plotly_chart")) == 1
    labels = [one.proto.label for one in app.get("download_button")]
    assert {"Measurements", "Roles"} <= set(labels)


def test_every_exercise_is_one_tap_away(open_page):
    app = open_page(PAGE, view="gaps")
    app.session_state["gaps/every"] = True
    app.run()
    assert_sound(app)
    assert len(app.get("plotly_chart")) == 2


def test_filters_count_what_they_show(open_page, known):
    app = open_page(PAGE, view="gaps", group="buttock")
    own = muscles_of(MUSCLES, ["buttock"])
    assert headings(app)[0] == gaps.finding(gaps.gap_map(known, EXERCISES, own))


def test_nothing_left_has_a_way_out(open_page):
    app = open_page(PAGE, view="gaps", equipment="kettlebell", pattern="pedal")
    assert not app.get("plotly_chart")
    assert "One step back" in headings(app)


def test_a_report_appears_when_the_cell_is_chosen(open_page):
    app = open_page(PAGE, view="gaps")
    assert not app.code
    assert "The text appears when both are chosen." in body(app)
    app.selectbox(key="gaps-exercise").set_value("copenhagen_adductor_plank").run()
    app.selectbox(key="gaps-muscle").set_value("adductor_longus").run()
    assert_sound(app)
    (report,) = [one.value for one in app.code]
    assert "Wrong cell: Copenhagen adductor plank, Adductor longus" in report
    assert "Serner et al. 2014" in report
    address = next(one for one in report.split("\n") if one.startswith("Page: "))
    asked = parse_qs(urlsplit(address).query)
    assert asked["view"] == ["gaps"]
    assert asked["exercise"] == ["copenhagen_adductor_plank"]
    assert asked["muscle"] == ["adductor_longus"]


def test_a_wrong_cell_is_reported_by_a_link_where_the_repository_is_public(open_page, monkeypatch):
    cell = {"exercise": "copenhagen_adductor_plank", "muscle": "adductor_longus"}
    for place in ("", "https://github.com/someone/spotcheck"):
        monkeypatch.setenv("SPOTCHECK_REPOSITORY", place)
        repository.page.cache_clear()
        app = open_page(PAGE, view="gaps", **cell)
        links = [one.proto.url for one in app.get("link_button")]
        assert len(links) == bool(place)
        for link in links:
            assert link.startswith(f"{place}/issues/new?")
            asked = parse_qs(urlsplit(link).query)
            assert asked["title"] == ["Wrong cell: Copenhagen adductor plank, Adductor longus"]
            assert asked["body"] == [app.code[0].value]


def test_an_open_cell_leads_to_its_report(open_page, monkeypatch):
    monkeypatch.setenv("SPOTCHECK_REPOSITORY", "")
    repository.page.cache_clear()
    app = open_page(PAGE, exercise="copenhagen_adductor_plank", muscle="adductor_longus")
    app.button(key="detail/report").click().run()
    assert_sound(app.run())
    assert "Wrong cell: Copenhagen adductor plank, Adductor longus" in app.code[0].value


def test_four_steps_add_a_measurement(open_page):
    app = open_page(PAGE, view="gaps")
    assert "engagement_measurements.csv" not in body(app)
    app.session_state["gaps/add"] = True
    app.run()
    assert_sound(app)
    steps = body(app)
    for number, name in enumerate(
        ("studies.csv", "exercise_variants.csv", "engagement_measurements.csv", "make test"), 1
    ):
        assert name in next(one for one in steps.split("\n") if one.startswith(f"{number}. "))
