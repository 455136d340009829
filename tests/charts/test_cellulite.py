"""Cellulite: every arrow is drawn as its row says; every person is one mark."""

import json

import pytest

from spotcheck.articles import cellulite
from spotcheck.articles.cellulite import People
from spotcheck.charts import cellulite as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.tables import load

NODES = load("cellulite_nodes")


@pytest.fixture(scope="module")
def links():
    rows = cellulite.graded_links(
        load("cellulite_links"), NODES, load("topics"), load("cellulite_link_studies")
    )
    return rows.assign(sentence=[cellulite.link_words(row) for row in rows.to_dict("records")])


def draw(links, theme=LIGHT, *, narrow=False, chosen="T21"):
    return charts.link_diagram(links, NODES, theme, narrow=narrow, chosen=chosen)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_arrow_can_be_clicked_and_says_its_row(links, theme, narrow):
    targets, heads, _ = draw(links, theme, narrow=narrow).data
    assert list(targets.customdata) == links["topic_id"].tolist()
    for row, text in zip(links.itertuples(), targets.hovertext, strict=True):
        plain = text.replace("<br>", " ")
        assert row.from_label in plain
        assert row.sentence in plain
    is_open = [colour == theme.paper for colour in heads.marker.color]
    assert is_open == links["effect"].isin(["mixed", "unknown"]).tolist()


def test_every_arrow_prints_its_effect_and_its_grade(links):
    texts = list(draw(links).data[2].text)
    for effect, n in links["effect"].value_counts().items():
        word = f"<b>{cellulite.EFFECT_GLYPHS[effect]}</b> {cellulite.EFFECT_WORDS[effect]}"
        assert texts.count(word) == n
    for grade, n in links["grade"].value_counts().items():
        assert texts.count(grade.replace("_", " ")) == n


def bars(figure, colour):
    """Number of little bars of this colour."""
    return sum(shape.path.count("M") for shape in figure.layout.shapes if shape.fillcolor == colour)


def test_filled_bars_follow_the_grades(links):
    filled = {"high": 4, "moderate": 3, "low": 2, "very_low": 1, "not_graded": 0}
    for grades in (links["grade"], ["high"] * len(links), ["not_graded"] * len(links)):
        rows = links.assign(grade=grades)
        figure = draw(rows)
        expected = int(rows["grade"].map(filled).sum())
        assert bars(figure, LIGHT.ink) == expected
        assert bars(figure, LIGHT.neutral_bar) == 4 * len(rows) - expected


def strokes(figure, colour):
    return [
        shape
        for shape in figure.layout.shapes
        if shape.line.color == colour and shape.fillcolor is None
    ]


def test_very_low_certainty_is_dashed_and_more_is_heavier(links):
    figure = draw(links, chosen="none")
    by_grade = {}
    for shape in strokes(figure, LIGHT.hairline):
        by_grade[shape.line.dash, shape.line.width] = shape.path.count("M")
    dashed = sum(n for (dash, _), n in by_grade.items() if dash != "solid")
    assert dashed == links["grade"].eq("very_low").sum()
    widths = {width: n for (dash, width), n in by_grade.items() if dash == "solid"}
    assert widths[max(widths)] == links["grade"].eq("moderate").sum()
    assert widths[min(widths)] == links["grade"].eq("low").sum()


def test_the_arrows_of_the_chosen_topic_are_marked(links):
    marked = strokes(draw(links, chosen="T21"), LIGHT.accent)
    assert sum(shape.path.count("M") for shape in marked) == links["topic_id"].eq("T21").sum()
    assert not strokes(draw(links, chosen="T01"), LIGHT.accent)


@pytest.mark.parametrize("narrow", [False, True])
def test_boxes_hold_every_node_and_none_overlap(links, narrow):
    plan = charts._NARROW if narrow else charts._WIDE
    rows = links.to_dict("records")
    lanes, _, bottom = charts._lane_places(rows, plan)
    names = dict(zip(NODES["node_id"], NODES["label"], strict=True))
    stages = dict(zip(NODES["node_id"], NODES["stage"], strict=True))
    boxes = charts._boxes(rows, names, stages, lanes, plan)
    assert {box.text for box in boxes} == set(NODES["label"])
    for at, one in enumerate(boxes):
        assert one.bottom <= bottom
        for other in boxes[at + 1 :]:
            apart = one.right <= other.left or other.right <= one.left
            assert apart or one.bottom <= other.top or other.bottom <= one.top


@pytest.mark.parametrize("narrow", [False, True])
def test_one_mark_a_person(narrow):
    people = People(17, 9, 3)
    marks, texts = charts.people_marks(people, LIGHT, narrow=narrow).data
    symbols = list(marks.marker.symbol)
    assert len(symbols) == sum(people) == 29
    counts = [symbols.count(charts._PEOPLE_SYMBOLS[group]) for group in people._fields]
    assert counts == list(people)
    for n, text in zip(people, texts.text, strict=True):
        assert text.startswith(f"<b>{n}</b> ")


def test_scores_before_and_after():
    figures = cellulite.trial_figures(load("cellulite_trial_figures"), load("effects"))
    changes = cellulite.severity_changes(figures[figures["study_id"].eq("knobloch_2013")])
    dots = charts.severity_arrows(changes, LIGHT, narrow=False).data[0]
    assert list(dots.x) == changes[["before", "after"]].to_numpy().ravel().tolist()
    assert max(dots.x) < charts._SCORE_LIMITS[1]
    assert charts._SCORE_LIMITS[0] == 0


def test_the_diagram_is_small(links):
    assert len(json.dumps(draw(links).to_plotly_json(), default=str)) < 30_000
