"""The strips of the header hold the counted figures, each on one scale from zero."""

import math

import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.articles.profiles import profiles
from spotcheck.charts.articles import YOURS
from spotcheck.charts.profiles import profile_strips
from spotcheck.charts.theme import DARK, LIGHT

COLUMNS = ["words", "reading_grade", "hedges_per_100_words"]


@pytest.fixture(scope="module")
def rows():
    return profiles(tables.load("text_statistics"))


def with_yours(rows, **figures):
    return pd.concat([rows, pd.DataFrame([{"article_id": YOURS, **figures}])], ignore_index=True)


def marks(figure):
    return next(trace for trace in figure.data if trace.name == "articles")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_figure_has_a_mark_in_its_articles_colour(rows, theme):
    trace = marks(profile_strips(rows, theme))
    seen = sorted(zip(trace.customdata, trace.marker.color, strict=True))
    meant = [
        (value, theme.article[article])
        for article, *values in rows[["article_id", *COLUMNS]].to_numpy().tolist()
        for value in values
    ]
    assert seen == sorted(meant)


def test_marks_stand_in_proportion_on_each_strip(rows):
    trace = marks(profile_strips(rows, LIGHT))
    where = dict(zip(trace.customdata, trace.x, strict=True))
    for column in COLUMNS:
        ratios = [where[value] / value for value in rows[column]]
        assert max(ratios) - min(ratios) < 1e-9
        assert max(where[value] for value in rows[column]) < 91


def test_grades_are_printed_without_decimals_and_rates_with_one(rows):
    texts = {text for trace in profile_strips(rows, LIGHT).data for text in trace.text or ()}
    assert {"<b>A</b> 459", "<b>A</b> 11", "<b>A</b> 0.2", "<b>C</b> 3.5"} <= texts


def test_marks_never_hide_each_other(rows):
    trace = marks(profile_strips(rows, LIGHT))
    places = list(zip(trace.x, trace.y, strict=True))
    for place, one in enumerate(places):
        for other in places[:place]:
            assert math.dist((3 * one[0], one[1]), (3 * other[0], other[1])) > 6


def test_an_added_article_is_hollow_and_leaves_the_scales_alone(rows):
    plain = marks(profile_strips(rows, LIGHT))
    figure = profile_strips(
        with_yours(rows, words=8000, reading_grade=9.0, hedges_per_100_words=None), LIGHT
    )
    trace = marks(figure)
    where = dict(zip(trace.customdata, trace.x, strict=True))
    assert all(where[value] == x for value, x in zip(plain.customdata, plain.x, strict=True))
    symbols = dict(zip(trace.customdata, trace.marker.symbol, strict=True))
    assert (symbols[8000], symbols[9]) == ("triangle-right-open", "circle-open")
    assert where[8000] == 91
    assert len(trace.x) == len(plain.x) + 2
    texts = [text for trace in figure.data for text in trace.text or ()]
    assert "○ 8,000" in texts
    assert "○ –" in texts
