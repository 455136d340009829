"""Grid of omissions: a mark a cell, with letter, shape and the article's colour."""

import json

import pytest

from spotcheck.charts import omissions as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.tables import load
from spotcheck.ui.articles.missing import grid_rows

CODED = load("omission_articles")


@pytest.fixture(scope="module")
def rows():
    return grid_rows()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_cell_has_its_mark(rows, theme, narrow):
    marks = charts.omission_grid(rows, theme, narrow=narrow).data[0]
    coded = CODED.set_index(["omission_id", "article_id"])["presence"]
    expected = [
        (coded[omission, article], article)
        for omission in load("omissions")["omission_id"]
        for article in "ABC"
    ]
    assert len(marks.text) == len(expected) == 36
    for (presence, article), text, colour in zip(
        expected, marks.text, marks.marker.color, strict=True
    ):
        assert text == f"<b>{charts.PRESENCE_LETTERS[presence]}</b>"
        assert colour == theme.article[article]


def test_presences_differ_by_letter_and_by_shape():
    assert len(set(charts.PRESENCE_LETTERS.values())) == 4
    assert len(set(charts._SYMBOLS.values())) == 4


def test_the_numbers_are_beside_their_rows_where_there_is_room(rows):
    wide = charts.omission_grid(rows, LIGHT, narrow=False).data[1].text
    for row in rows:
        if row["figure"]:
            assert any(f"<b>{row['figure']}</b>" in text for text in wide)
    narrow = charts.omission_grid(rows, LIGHT, narrow=True).data[1].text
    assert len(narrow) == 3 + len(rows)


def test_markup_in_a_table_stays_text(rows):
    strange = [{**rows[0], "label": "<b>x</b>", "words": "{} <i>y</i>"}]
    texts = charts.omission_grid(strange, LIGHT, narrow=False).data[1].text
    assert "&lt;b&gt;x&lt;/b&gt;" in texts
    assert any("&lt;i&gt;y" in text for text in texts)


def test_the_grid_is_small(rows):
    figure = charts.omission_grid(rows, LIGHT, narrow=False)
    assert len(json.dumps(figure.to_plotly_json(), default=str)) < 30_000
