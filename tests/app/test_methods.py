"""Methods: every table can be seen, every source says how it was seen."""

import io
import zipfile

import pytest

from spotcheck import tables
from spotcheck.ui import settings
from spotcheck.ui.formulas import FUNCTIONS, formula
from tests.app.support import assert_sound, body, titles

PAGE = "pages/methods.py"


@pytest.mark.parametrize("view", settings.METHODS_VIEWS)
def test_every_view_opens(open_page, view):
    open_page(PAGE, view=view)


@pytest.mark.parametrize("table", tables.package().names)
def test_every_table_is_shown_whole(open_page, table):
    app = open_page(PAGE, table=table)
    assert len(app.dataframe[0].value) == len(tables.load(table))


def test_the_headline_counts_tables_and_sources(open_page):
    title = titles(open_page(PAGE))[0]
    assert f"{len(tables.package().names)} tables" in title
    assert f"{len(tables.load('studies'))} sources" in title


def test_every_source_is_listed_once_with_its_badge(open_page):
    app = open_page(PAGE, view="sources")
    labels = [one.label for one in app.expander]
    counts = [int(label.partition("(")[2].rstrip(")")) for label in labels]
    assert sum(counts) == len(tables.load("studies"))
    for key in "ACFHLNST":
        app.session_state[key] = True
    app.run()
    assert_sound(app)
    assert body(app).count("-badge[") == len(tables.load("studies"))


def test_every_word_is_explained(open_page):
    text = body(open_page(PAGE, view="words"))
    assert text.count("**") // 2 >= len(tables.load("glossary"))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.__name__)
def test_every_formula_has_a_summary_and_its_code(function):
    one = formula(function)
    assert one.summary.endswith(".")
    assert one.code.startswith("def ")
    assert '"""' not in one.code
    assert one.references or one.notes or "spotcheck" in one.name


def test_the_archive_holds_every_table():
    from spotcheck.ui.archive import all_tables

    with zipfile.ZipFile(io.BytesIO(all_tables())) as archive:
        assert archive.testzip() is None
        names = {name.removeprefix("spotcheck/") for name in archive.namelist()}
    licences = {"licences/Apache-2.0.txt", "licences/NOTICE.txt"}
    csvs = {f"{name}.csv" for name in tables.package().names}
    assert names == {"datapackage.json", *csvs, *licences}
