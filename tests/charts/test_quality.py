"""Grid of a checklist: every cell is one score of the table."""

import pytest

from spotcheck import tables
from spotcheck.articles.quality import scale_of, scored_items
from spotcheck.charts.muscles import readable_ink
from spotcheck.charts.quality import cell_colour, checklist_grid
from spotcheck.charts.theme import DARK, LIGHT

TOOLS = tuple(tables.load("quality_tools")["tool"])


def drawn(tool, theme=LIGHT, *, narrow=False, chosen=1):
    rows = scored_items(tables.load("quality_items"), tables.load("quality_scores"), tool)
    figure = checklist_grid(rows, theme, scale=scale_of(rows), narrow=narrow, chosen=chosen)
    return rows, figure


def channels(colour):
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("narrow", [False, True])
def test_every_score_is_a_cell_with_its_reason(tool, narrow):
    rows, figure = drawn(tool, narrow=narrow)
    cells = figure.data[0]
    assert [text.strip("</b>") for text in cells.text] == rows["cell"].tolist()
    assert list(cells.customdata) == rows["item_no"].tolist()
    for row, said in zip(rows.itertuples(), cells.hovertext, strict=True):
        assert f"Article {row.article_id}: {row.said}" in said
        assert row.reason in said.replace("<br>", " ")


@pytest.mark.parametrize("narrow", [False, True])
def test_articles_stand_side_by_side_under_their_letters(narrow):
    rows, figure = drawn("discern", narrow=narrow)
    cells, texts = figure.data
    heads = {text.strip("</b>"): x for text, x in zip(texts.text, texts.x, strict=True)}
    for article in "ABC":
        mine = [
            (base, x)
            for base, x, one in zip(cells.base, cells.x, rows["article_id"], strict=True)
            if one == article
        ]
        assert len(set(mine)) == 1
        base, width = mine[0]
        assert base < heads[article] < base + width <= 100
    assert len(set(cells.y)) == rows["item_no"].nunique()
    assert figure.layout.yaxis.range[0] > max(cells.y)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tool", TOOLS)
def test_a_cell_is_darker_the_further_it_is_met_and_its_letter_reads(theme, tool):
    rows, figure = drawn(tool, theme)
    cells = figure.data[0]
    for row, fill, ink in zip(
        rows.itertuples(), cells.marker.color, cells.textfont.color, strict=True
    ):
        expected = cell_colour(row.met, theme) if row.is_applicable else theme.paper
        assert fill == expected
        low, high = sorted((luminance(fill), luminance(ink)))
        assert (high + 0.05) / (low + 0.05) >= 4.5
        if row.is_applicable:
            assert ink == readable_ink(fill)


def test_the_chosen_item_is_marked():
    _, figure = drawn("quest", chosen=7)
    _, texts = figure.data
    assert "<b>7  Tone: limits and balance</b>" in texts.text
    assert len(figure.layout.shapes) == 2
    assert len(drawn("quest", chosen=99)[1].layout.shapes) == 0


def test_the_key_names_a_dash_only_where_there_is_one():
    assert "does not apply" in drawn("honcode")[1].layout.title.text
    assert "does not apply" not in drawn("jama")[1].layout.title.text


def test_words_of_a_table_are_not_read_as_markup():
    rows = scored_items(tables.load("quality_items"), tables.load("quality_scores"), "jama")
    rows = rows.assign(item="<i>%{x}", reason="a & b")
    figure = checklist_grid(rows, LIGHT, scale="letters", narrow=False, chosen=1)
    assert "&lt;i>% {x}" in figure.data[0].hovertext[0]
    assert "a &amp; b" in figure.data[0].hovertext[0]
