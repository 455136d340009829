"""Broken tables and wrong clocks: a calm sentence that says what is wrong, and the rest works."""

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

import pytest
import time_machine
from streamlit.testing.v1 import AppTest

from spotcheck import tables
from spotcheck.energy.weigh_ins import read
from spotcheck.ui import archive
from spotcheck.wording import NBSP
from tests.app.support import assert_sound, body
from tests.damaged import damaged_tables

ROOT = Path(__file__).resolve().parents[1]
HOME, DEFICIT, MATRIX, ARTICLES, METHODS = (
    *("streamlit_app.py", "pages/calorie_deficit.py", "pages/muscle_matrix.py"),
    *("pages/articles.py", "pages/methods.py"),
)
PAGES = (HOME, DEFICIT, MATRIX, ARTICLES, METHODS)
UTC = dt.UTC


def opened(path, **parameters):
    app = AppTest.from_file(str(ROOT / HOME), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    if path != HOME:
        app.switch_page(path)
    return app.run()


def broken_row(path):
    path.write_text((path.parent / "muscles.csv").read_text(), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "damage", "said", "hit"),
    [
        ("engagement_roles.csv", lambda path: None, "the file is missing", {MATRIX}),
        ("stances.csv", broken_row, "row 1: column", {ARTICLES}),
        ("glossary.csv", Path.mkdir, "cannot be read (Is a directory)", {DEFICIT}),
        ("datapackage.json", lambda path: path.write_text("{"), "is not a data package", {*PAGES}),
    ],
)
def test_a_broken_table_is_named_and_pages_without_it_work(tmp_path, name, damage, said, hit):
    with damaged_tables(tmp_path, name, damage):
        pages = {path: opened(path) for path in PAGES}
    assert hit <= {path for path, app in pages.items() if app.error}
    assert METHODS in hit or not pages[METHODS].error
    for app in pages.values():
        assert not app.exception
        assert "General information, not medical advice." in body(app)
        for sentence in (error.value.replace("\\", "") for error in app.error):
            assert "The data of this page cannot be used." in sentence
            assert name in sentence
            assert said in sentence
            for leak in ("Traceback", "Error", str(tmp_path), "/"):
                assert leak not in sentence


def test_a_mended_table_is_used_at_once(tmp_path):
    with damaged_tables(tmp_path, "stances.csv", lambda path: None):
        assert opened(ARTICLES).error
        (tmp_path / "stances.csv").symlink_to(ROOT / "data" / "stances.csv")
        assert_sound(opened(ARTICLES))


@pytest.mark.parametrize("year", [1970, 2100])
@pytest.mark.parametrize("path", PAGES)
def test_pages_do_not_mind_a_wrong_clock(path, year):
    with time_machine.travel(dt.datetime(year, 1, 1, 12, tzinfo=UTC)):
        assert_sound(opened(path))


@pytest.mark.parametrize("year", [1970, 2100])
def test_a_plan_does_not_begin_before_the_data_was_made(year):
    made = int(tables.package().descriptor["created"][:4])
    with time_machine.travel(dt.datetime(year, 1, 1, 12, tzinfo=UTC)):
        labels = [one.label for one in opened(DEFICIT, days="365").metric]
    ends = max(year, made) + 1
    assert any(label.endswith(f"{NBSP}{ends}") for label in labels), labels


def test_weigh_ins_are_read_on_a_server_whose_clock_was_never_set():
    with time_machine.travel(dt.datetime(1970, 1, 1, tzinfo=UTC)):
        app = opened(DEFICIT, view="weigh_ins")
        next(one for one in app.button if one.label == "Try it with a sample").click().run()
        assert_sound(app)
        sample = app.text_area[0].value
        assert app.get("plotly_chart")
        assert not app.warning
    assert len(read(sample, today=dt.date(2100, 1, 1))) > 50


def test_all_tables_can_be_taken_whatever_the_date_of_their_files(tmp_path, monkeypatch):
    for path in (ROOT / "data").glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
        os.utime(tmp_path / path.name, (0, 0))
    monkeypatch.setattr("spotcheck.tables.DATA_DIR", tmp_path)
    with zipfile.ZipFile(io.BytesIO(archive.all_tables())) as files:
        assert files.namelist() == ["spotcheck/datapackage.json"]
