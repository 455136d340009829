"""The matrix holds what the tables say."""

import re
from itertools import pairwise
from urllib.parse import unquote
from xml.etree import ElementTree

import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.articles.stances import stance_matrix
from spotcheck.charts import articles as charts
from spotcheck.charts.theme import DARK, LIGHT

ROW_PX = {False: 38, True: 46}
SYMBOLS = {
    "supports": "circle",
    "qualifies": "diamond-open",
    "contradicts": "square",
    "silent": "circle",
}


@pytest.fixture(scope="module")
def topics():
    rows = tables.load("topics").sort_values("theme", kind="stable")
    return rows.assign(evidence="A sentence.", heading=rows["theme_label"], is_recoded=False)


@pytest.fixture(scope="module")
def marks():
    return tables.load("stances").assign(sentence="Article says so.", is_recoded=False)


@pytest.fixture(scope="module")
def yours(topics):
    found = {"T01": "found", "T18": "found"}
    rows = [
        {"topic_id": topic, "article_id": charts.YOURS, "stance": found.get(topic, "silent")}
        for topic in topics["topic_id"]
    ]
    return pd.DataFrame(rows).assign(sentence="Matched by words.", is_recoded=False)


def draw(topics, marks, theme=LIGHT, narrow=False):
    return charts.stance_matrix(topics, marks, theme, narrow=narrow)


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


def words(figure):
    return named(figure, "words")


def columns(figure):
    """Place of each article along the width, by the letters at the head."""
    trace = words(figure)
    heads = {re.sub("</?b>", "", text): x for text, x in zip(trace.text, trace.x, strict=True)}
    return {letter: heads[letter] for letter in "ABC"}


def letters_of(figure):
    """Letter and its ink, by its place; baselines lie 4 px under the middle."""
    return {
        (one.x, float(text.get("y")) - 4): (text.text, text.get("fill"))
        for one in figure.layout.images
        for text in ElementTree.fromstring(
            unquote(one.source.removeprefix("data:image/svg+xml,"))
        ).iter("{http://www.w3.org/2000/svg}text")
    }


@pytest.mark.parametrize("narrow", [False, True])
def test_every_mark_is_the_stance_of_the_table(topics, marks, narrow):
    matrix = stance_matrix(topics, marks)
    figure = draw(topics, marks, narrow=narrow)
    trace, letters = named(figure, "stances"), letters_of(figure)
    article_at = {x: letter for letter, x in columns(figure).items()}
    seen = {}
    for topic, x, y, symbol, size, colour in zip(
        trace.customdata,
        trace.x,
        trace.y,
        trace.marker.symbol,
        trace.marker.size,
        trace.marker.color,
        strict=True,
    ):
        stance = matrix.loc[topic, article_at[x]]
        assert symbol == SYMBOLS[stance]
        letter, ink = letters.pop((x, y), ("", ""))
        assert letter == charts.STANCE_LETTERS[stance]
        if letter:
            assert ink == (colour if stance == "qualifies" else LIGHT.on_mark)
        assert (size < 10) == (stance == "silent")
        if stance != "silent":
            assert colour == LIGHT.article[article_at[x]]
        seen[topic, article_at[x]] = stance
    assert len(seen) == matrix.size
    assert not letters


@pytest.mark.parametrize("narrow", [False, True])
def test_the_letters_are_as_high_as_the_rows(topics, marks, narrow):
    figure = draw(topics, marks, narrow=narrow)
    (end, start) = figure.layout.yaxis.range
    for one in figure.layout.images:
        svg = ElementTree.fromstring(unquote(one.source.removeprefix("data:image/svg+xml,")))
        width, height = map(float, svg.get("viewBox").split()[2:])
        assert (one.y, one.sizey, height) == (start, end, end)
        # On the narrowest screen the height still sets the size, so no letter is squeezed.
        assert one.sizing == "contain" and one.sizex / 100 * 288 >= width


def test_marks_of_a_topic_stand_on_its_row_and_rows_do_not_meet(topics, marks):
    for narrow, row_px in ROW_PX.items():
        figure = draw(topics, marks, narrow=narrow)
        row = named(figure, "row")
        rows = dict(zip(row.customdata, row.y, strict=True))
        assert row.width == row_px
        trace = named(figure, "stances")
        assert all(rows[topic] == y for topic, y in zip(trace.customdata, trace.y, strict=True))
        heights = sorted(rows.values())
        assert min(after - before for before, after in pairwise(heights)) == row_px
        assert max(heights) < max(figure.layout.yaxis.range) < figure.layout.height


def test_rows_of_one_heading_stand_under_it(topics, marks):
    figure = draw(topics, marks)
    row, text = named(figure, "row"), words(figure)
    heading_of = topics.set_index("topic_id")["heading"]
    labels = set(heading_of)
    headings = sorted((y, t) for t, y in zip(text.text, text.y, strict=True) if t in labels)
    assert len(headings) == len(labels)
    for topic, y in zip(row.customdata, row.y, strict=True):
        assert [name for at, name in headings if at < y][-1] == heading_of[topic]


def test_filled_bars_are_the_grade(topics, marks):
    figure = draw(topics, marks)
    row = named(figure, "row")
    filled = {"high": 4, "moderate": 3, "low": 2, "very_low": 1, "not_graded": 0}
    feet = {y + 9: 0 for y in row.y}
    path = next(shape for shape in figure.layout.shapes if shape.fillcolor == LIGHT.ink).path
    for foot in re.findall(r"M[\d.]+,([\d.]+)V", path):
        feet[float(foot)] += 1
    grades = topics.set_index("topic_id")["grade"]
    assert list(feet.values()) == [filled[grades[topic]] for topic in row.customdata]
    pale = next(shape for shape in figure.layout.shapes if shape.fillcolor == LIGHT.neutral_bar)
    assert path.count("M") + pale.path.count("M") == 4 * len(topics)


def test_directions_stand_as_word_and_glyph(topics, marks):
    signs = {"supports": "▲ for", "contradicts": "▼ against", "mixed": "◆ mixed"}
    texts = list(words(draw(topics, marks)).text)
    for direction, word in signs.items():
        assert texts.count(word) == topics["evidence_direction"].eq(direction).sum()


@pytest.mark.parametrize("narrow", [False, True])
def test_a_rows_place_is_where_it_is_drawn(topics, marks, yours, narrow):
    for rows in (marks, pd.concat([marks, yours])):
        figure = draw(topics, rows, narrow=narrow)
        row = named(figure, "row")
        high = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
        bottom, top = figure.layout.yaxis.range
        assert (round(bottom), top) == (high, 0)
        for topic, y in zip(row.customdata, row.y, strict=True):
            place = charts.row_place(topics, topic, narrow=narrow)
            assert place == (figure.layout.margin.t + y - row.width / 2, row.width)
    assert charts.row_place(topics, "T99", narrow=narrow) is None


def test_labels_on_a_phone_take_two_lines_at_most(topics, marks, yours):
    for rows in (marks, pd.concat([marks, yours])):
        texts = words(draw(topics, rows, narrow=True)).text
        assert max(text.count("<br>") for text in texts) == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_click_leaves_every_mark_as_it_was(topics, marks, theme):
    figure = draw(topics, marks, theme)
    for trace in figure.data:
        if trace.name == "words":
            assert trace.selected.textfont.color
        else:
            assert trace.selected.marker.opacity == trace.unselected.marker.opacity == 1
    assert named(figure, "stances").marker.opacity == 1


def test_a_corner_marks_what_the_reader_coded(topics, marks):
    assert all(trace.name != "recoded" for trace in draw(topics, marks).data)
    figure = draw(
        topics.assign(is_recoded=topics["topic_id"].eq("T05")),
        marks.assign(is_recoded=marks["topic_id"].eq("T02") & marks["article_id"].eq("B")),
    )
    row, corner = named(figure, "row"), named(figure, "recoded")
    rows = {y: topic for topic, y in zip(row.customdata, row.y, strict=True)}
    at = {rows[y + 11]: x for x, y in zip(corner.x, corner.y, strict=True)}
    assert set(at) == {"T02", "T05"}
    assert 0 < at["T02"] - columns(figure)["B"] < 4
    assert 90 < at["T05"] < 100


@pytest.mark.parametrize("narrow", [False, True])
def test_an_added_article_has_a_hollow_mark_in_a_column_of_its_own(topics, marks, yours, narrow):
    figure = draw(topics, pd.concat([marks, yours]), narrow=narrow)
    text, trace = words(figure), named(figure, "stances")
    at = dict(zip(text.text, text.x, strict=True))["Yours*"]
    assert max(columns(figure).values()) < at < dict(zip(text.text, text.x, strict=True))["Studies"]
    found = {
        topic: (symbol, colour)
        for topic, x, symbol, colour, size in zip(
            trace.customdata,
            trace.x,
            trace.marker.symbol,
            trace.marker.color,
            trace.marker.size,
            strict=True,
        )
        if x == at and size > 10
    }
    assert found == dict.fromkeys(["T01", "T18"], ("circle-open", LIGHT.ink))
    assert sum(x == at for x in trace.x) == len(topics)


def test_one_topic_can_stand_alone(topics, marks):
    assert len(named(draw(topics.iloc[:1], marks), "stances").x) == 3
