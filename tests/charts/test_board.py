"""The evidence board: each study once a topic, on its side, at its size, in its shape."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.articles.board import FAMILY_WORDS, board_rows
from spotcheck.charts.board import COLUMNS, FAMILY_SYMBOLS, evidence_board, spread
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.tables import load

TOPICS = load("topics")
ROWS = board_rows(*map(load, ("evidence_links", "studies", "study_designs", "topics")))
SHAPES = {symbol: family for family, (symbol, _) in FAMILY_SYMBOLS.items()}


def marks(figure):
    trace = figure.data[0]
    return list(
        zip(trace.x, trace.y, trace.marker.symbol, trace.customdata, trace.hovertext, strict=True)
    )


def ordered(rows):
    return rows.sort_values(["study_id", "topic_id"]).to_dict("records")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("topic", ["", "T01", "T18"])
def test_every_study_stands_on_its_side_in_its_shape(theme, narrow, topic):
    rows = ROWS[ROWS["topic_id"].eq(topic)] if topic else ROWS
    found = marks(evidence_board(rows, theme, narrow=narrow))
    assert len(found) == len(rows)
    for (x, _, symbol, topic_id, text), row in zip(found, ordered(rows), strict=True):
        assert COLUMNS[int(x)] == row["direction"]
        assert SHAPES[symbol.removesuffix("-open")] == row["family"]
        assert symbol.endswith("-open") == (row["status"] != "verified")
        assert topic_id == row["topic_id"]
        flat = text.replace("<br>", " ")
        assert row["citation"].replace("&", "&amp;") in flat
        assert row["short_label"] in flat


@pytest.mark.parametrize("narrow", [False, True])
def test_the_height_is_the_logarithm_of_the_people(narrow):
    figure = evidence_board(ROWS, LIGHT, narrow=narrow)
    ticks = {
        text: y
        for text, y in zip(figure.data[2].text, figure.data[2].y, strict=True)
        if text.replace(",", "").isdigit()
    }
    decade = ticks["1"] - ticks["10"]
    highest = ticks["100,000"] - decade
    for (_, y, *_), row in zip(marks(figure), ordered(ROWS), strict=True):
        if pd.notna(row["n"]):
            assert y == pytest.approx(ticks["1"] - decade * math.log10(row["n"]))
            assert y > highest
        else:
            assert y < highest


@pytest.mark.parametrize("narrow", [False, True])
def test_no_mark_covers_another(narrow):
    found = marks(evidence_board(ROWS, LIGHT, narrow=narrow))
    assert len({(round(x, 4), round(y, 2)) for x, y, *_ in found}) == len(found)


def test_each_shape_is_named_under_the_board():
    figure = evidence_board(ROWS, LIGHT, narrow=False)
    assert set(FAMILY_WORDS.values()) <= set(figure.data[2].text)
    assert set(figure.data[1].marker.symbol) == set(SHAPES)


@given(st.lists(st.floats(0, 300), max_size=40))
def test_marks_of_a_column_keep_their_distance(heights):
    places = list(zip(spread(heights, 10), heights, strict=True))
    for at, (x, y) in enumerate(places):
        for other_x, other_y in places[:at]:
            assert abs(x - other_x) >= 10 or abs(y - other_y) >= 10


def test_a_topic_with_one_study_draws():
    rows = ROWS[ROWS["topic_id"].eq("T20")]
    assert len(marks(evidence_board(rows, LIGHT, narrow=True))) == len(rows) == 1
