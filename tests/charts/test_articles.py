"""The matrix holds what the tables say."""

from itertools import pairwise

import pytest

from spotcheck import tables
from spotcheck.articles.stances import STANCES, stance_matrix
from spotcheck.charts import articles as charts
from spotcheck.charts.theme import DARK, LIGHT

ROW_PX = {False: 38, True: 46}


@pytest.fixture(scope="module")
def topics():
    return tables.load("topics").sort_values("theme", kind="stable").assign(evidence="A sentence.")


@pytest.fixture(scope="module")
def marks():
    return tables.load("stances").assign(sentence="Article says so.")


def draw(topics, marks, theme=LIGHT, narrow=False, chosen="T01"):
    return charts.stance_matrix(topics, marks, theme, narrow=narrow, chosen=chosen)


def texts_of(figure):
    return [text for trace in figure.data if trace.text is not None for text in trace.text]


def stance_traces(figure):
    names = {f"{article} {stance}" for article in "ABC" for stance in STANCES}
    return {trace.name: trace for trace in figure.data if trace.name in names}


@pytest.mark.parametrize("narrow", [False, True])
def test_every_cell_is_the_stance_of_the_table(topics, marks, narrow):
    matrix = stance_matrix(topics, marks)
    seen = {}
    for name, trace in stance_traces(draw(topics, marks, narrow=narrow)).items():
        article, stance = name.split()
        letters = {charts.STANCE_LETTERS[stance]}
        assert {text.removeprefix("<b>").removesuffix("</b>") for text in trace.text} == letters
        seen |= {(topic, article): stance for topic in trace.customdata}
    assert seen == {(t, a): matrix.loc[t, a] for t in matrix.index for a in matrix.columns}


def test_marks_of_a_topic_stand_on_its_row_and_rows_do_not_meet(topics, marks):
    for narrow, row_px in ROW_PX.items():
        figure = draw(topics, marks, narrow=narrow)
        rows = dict(zip(figure.data[0].customdata, figure.data[0].y, strict=True))
        for trace in stance_traces(figure).values():
            placed = dict(zip(trace.customdata, trace.y, strict=True))
            assert all(rows[topic] == y for topic, y in placed.items())
        heights = sorted(rows.values())
        gaps = [after - before for before, after in pairwise(heights)]
        assert min(gaps) == row_px
        assert max(heights) < max(figure.layout.yaxis.range) < figure.layout.height


def test_filled_bars_are_the_grade(topics, marks):
    figure = draw(topics, marks)
    bars = next(trace for trace in figure.data if trace.name == "grade")
    filled = {"high": 4, "moderate": 3, "low": 2, "very_low": 1, "not_graded": 0}
    counted = [
        sum(colour == LIGHT.ink for colour in bars.marker.color[start : start + 4])
        for start in range(0, 4 * len(topics), 4)
    ]
    assert counted == topics["grade"].map(filled).tolist()


def test_directions_stand_as_word_and_glyph(topics, marks):
    words = {"supports": "▲ for", "contradicts": "▼ against", "mixed": "◆ mixed"}
    texts = texts_of(draw(topics, marks))
    for direction, word in words.items():
        assert texts.count(word) == topics["evidence_direction"].eq(direction).sum()


def test_only_the_chosen_row_is_marked(topics, marks):
    def panels(chosen):
        shapes = draw(topics, marks, chosen=chosen).layout.shapes
        return [shape for shape in shapes if shape.fillcolor == LIGHT.panel]

    assert len(panels("T18")) == 1
    assert panels("T99") == []
    assert "<b>Running lowers body fat</b>" in texts_of(draw(topics, marks, chosen="T02"))


def test_labels_on_a_phone_take_two_lines_at_most(topics, marks):
    texts = texts_of(draw(topics, marks, narrow=True))
    assert max(text.count("<br>") for text in texts) == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_click_leaves_every_mark_as_it_was(topics, marks, theme):
    for trace in draw(topics, marks, theme).data:
        assert trace.unselected.marker.opacity == 1
        if trace.type == "scatter":
            assert trace.unselected.textfont.color == trace.textfont.color


def test_one_topic_can_stand_alone(topics, marks):
    figure = draw(topics.iloc[:1], marks)
    assert sum(len(trace.customdata) for trace in stance_traces(figure).values()) == 3
