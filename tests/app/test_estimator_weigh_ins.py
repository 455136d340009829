"""The weigh-ins view: its sentences are its figures, and what a reader gives stays in memory."""

import datetime as dt
import logging
import os
import sys

import pytest

from spotcheck.energy import Person
from spotcheck.energy.energy_gap import finding, fit_energy_gap
from spotcheck.energy.uncertainty import fan, tornado
from spotcheck.energy.weigh_ins import read, sample
from tests.app.support import assert_sound, body, headings

PAGE = "pages/calorie_deficit.py"
WOMAN = Person("female", 34, 1.68, 68)
# What the reader gives: lighter than the settings say, so that it can be told apart from them.
GIVEN = sample(Person("female", 34, 1.68, 63.7), 0, 120)


@pytest.fixture
def view(open_page):
    def opened(**parameters):
        return open_page(PAGE, view="weigh_ins", **parameters)

    return opened


def paste(app, text):
    app.text_area[0].set_value(text).run()
    assert_sound(app)
    return app


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert_sound(app)
    return app


def labels(app):
    return [one.label for one in app.button]


def lines(app):
    return "\n".join(one.value for one in app.text)


def test_says_first_that_nothing_is_kept_and_offers_a_way_out_of_emptiness(view):
    app = view()
    assert any("Only in memory" in one.value for one in app.markdown)
    assert "No weigh-ins yet" in headings(app)
    assert not app.get("plotly_chart")
    assert "Clear" not in labels(app)
    assert {one.label for one in app.get("download_button")} >= {"Sample file"}


def test_the_sample_is_named_a_sample_and_its_finding_is_its_fit(view):
    app = press(view(), "Try it with a sample")
    assert any("This is a sample" in one.value for one in app.info)
    gap = fit_energy_gap(WOMAN, read(app.text_area[0].value))
    assert headings(app)[0] == finding(gap)
    assert len(app.get("plotly_chart")) == 2
    press(app, "Clear")
    assert app.text_area[0].value == ""
    assert "No weigh-ins yet" in headings(app)


def test_pasted_weigh_ins_are_fitted_and_are_no_sample(view):
    app = paste(view(), GIVEN)
    assert not any("This is a sample" in one.value for one in app.info)
    assert headings(app)[0] == finding(fit_energy_gap(WOMAN, read(GIVEN)))
    assert "Without your weigh-ins, the plan alone says" in body(app)


def test_an_uploaded_file_is_used_and_the_typed_text_is_kept(view):
    app = paste(view(), "2026-11-20, 71")
    app.file_uploader[0].set_value(("mine.csv", GIVEN.encode("utf-16"), "text/csv")).run()
    assert_sound(app)
    assert headings(app)[0] == finding(fit_energy_gap(WOMAN, read(GIVEN)))
    assert app.text_area[0].value == "2026-11-20, 71"
    press(app, "Clear")
    assert "No weigh-ins yet" in headings(app)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"2026-11-20,71\n" * 10_000, "10,000 lines"),
        ("Größe;70".encode("latin-1"), "UTF-8"),
        (b"PK\x03\x04", "spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_in_a_sentence(view, content, said):
    app = view()
    app.file_uploader[0].set_value(("mine.csv", content, "text/csv")).run()
    assert_sound(app)
    assert any(said in one.value for one in app.warning)
    assert not app.get("plotly_chart")


def test_bad_rows_are_listed_by_line_as_plain_text_and_the_text_stays(view):
    text = "2026-09-01;70\n<b>x</b> [a](http://b.c) :red[d];70\n2026-09-02;=1+1\n2026-09-03;NaN"
    app = paste(view(), text)
    assert app.text_area[0].value == text
    assert "Three lines skipped" in [one.label for one in app.expander]
    assert "Line 2: “<b>x</b> [a](http://b.c) :red[d]”, not a date" in lines(app)
    assert "Line 3: “=1+1”, starts with =" in lines(app)
    assert "Line 4: “NaN”, not a finite number" in lines(app)
    assert "[a](http" not in body(app)
    assert any("at least eight more weigh-ins and 31 more days" in one.value for one in app.info)


def test_at_most_fifty_bad_rows_are_listed(view):
    app = paste(view(), "1;2\n" * 80)
    assert lines(app).count("\n") == 49
    assert "And 30 more." in body(app)
    assert "No line has both a date and a weight" in body(app)


def test_too_few_weigh_ins_say_how_many_are_missing(view):
    app = paste(view(), "2026-10-01;70\n2026-10-20;70")
    assert any("at least seven more weigh-ins and 21 more days" in one.value for one in app.info)


def test_pounds_are_read_by_the_unit_chosen(view):
    text = "\n".join(
        line if line.startswith("date") else f"{line[:11]}{float(line[11:]) / 0.45359237:.2f}"
        for line in GIVEN.replace("weight_kg", "weight").splitlines()
    )
    app = paste(view(units="imperial"), text)
    assert "\u00a0lb" in body(app)
    unit = next(one for one in app.button_group if one.label.startswith("Unit of weights"))
    assert unit.value == "lb"
    in_pounds = headings(app)[0]
    assert in_pounds.startswith("Your scale says")
    unit.set_value("kg").run()
    assert_sound(app)
    assert headings(app)[:1] != [in_pounds]


def test_a_later_first_day_changes_the_gap(view):
    app = paste(view(), GIVEN)
    first = read(GIVEN).date[0].astype(dt.date)
    later = first + dt.timedelta(days=40)
    app.date_input[0].set_value(later).run()
    assert_sound(app)
    assert headings(app)[0] == finding(fit_energy_gap(WOMAN, read(GIVEN), later))
    assert headings(app)[0] != finding(fit_energy_gap(WOMAN, read(GIVEN)))


MORE = sample(WOMAN, -250, 0)
GAIN = sample(WOMAN, 400, 0)


@pytest.mark.parametrize(
    ("settings", "text", "said"),
    [
        ({"sessions": "0"}, GIVEN, "Your plan has no sessions"),
        ({"sessions": "0"}, GIVEN, "Your plan changes nothing"),
        ({"sessions": "1", "minutes": "5"}, MORE, "and your scale says more"),
        ({"sessions": "1", "minutes": "5"}, MORE, "Hardly any simulated person"),
        ({"sessions": "3"}, GAIN, "Even if none of the running counted"),
        ({"sessions": "3", "build_up": "8"}, MORE, "With all sessions done, your scale still"),
        ({"sessions": "3", "build_up": "8"}, GIVEN, "It could be all sessions done and"),
        ({"sessions": "14", "minutes": "120"}, GIVEN, "or 30\u00a0% of them done and"),
        ({"intake": "-500"}, GIVEN, "Even if none of the running counted"),
    ],
)
def test_what_is_said_for_plans_of_every_size(view, settings, text, said):
    app = paste(view(**settings), text)
    assert said in body(app)


def test_below_the_healthy_weight_there_is_the_reason_and_no_forecast(view):
    app = paste(view(), sample(Person("female", 34, 1.68, 53), 0, 200))
    assert any("body mass index is below 18.5" in one.value for one in app.warning)
    assert not app.get("plotly_chart")


def test_a_fast_loss_is_named_calmly(view):
    fast = sample(Person("female", 34, 1.68, 110), -1900, 0)
    assert any("Your weigh-ins fall by about" in one.value for one in paste(view(), fast).warning)
    assert not paste(view(), GIVEN).warning


def test_the_picture_stops_at_a_body_mass_index_of_18_5(view):
    app = paste(view(days="1095"), sample(Person("female", 34, 1.68, 58), -400, 0))
    assert any("We stop the picture at" in one.value for one in app.warning)


def test_a_day_of_the_weigh_ins_survives_another_view_and_is_in_no_link(view):
    app = paste(view(), GIVEN)
    app.button(key="calorie_deficit/share").click().run()
    assert app.code
    assert not any("weigh_ins=" in one.value or "63." in one.value for one in app.code)
    tabs = next(one for one in app.button_group if one.label == "View")
    tabs.set_value("body").run()
    assert "Your scale says" not in body(app)
    next(one for one in app.button_group if one.label == "View").set_value("weigh_ins").run()
    assert_sound(app)
    assert headings(app)[0].startswith("Your scale says")
    assert app.text_area[0].value == GIVEN


@pytest.fixture(scope="module")
def written():
    """Files that this process opens for writing; an audit hook cannot be taken out again."""
    files = []
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT

    def watch(event, arguments):
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & writes:
            files.append(arguments[0])

    sys.addaudithook(watch)
    return files


def test_weigh_ins_are_not_written_logged_or_cached(view, written, caplog, tmp_path):
    app = press(view(), "Try it with a sample")
    (tmp_path / "seen").write_text("")
    assert str(tmp_path / "seen") in map(str, written)
    with caplog.at_level(logging.DEBUG):
        cached = fan.cache_info().currsize, tornado.cache_info().currsize
        written.clear()
        paste(app, GIVEN + "2026-11-01,secret\n")
        assert headings(app)[0].startswith("Your scale says")
        assert written == []
    assert "secret" not in caplog.text
    assert (fan.cache_info().currsize, tornado.cache_info().currsize) == cached


def test_another_session_sees_nothing_of_it(view):
    paste(view(), GIVEN)
    assert view().text_area[0].value == ""
