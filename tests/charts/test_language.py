"""Pictures of language: marks, lines and bars are those of the tables."""

import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.articles import text_profile as profile
from spotcheck.articles.added import Added
from spotcheck.charts import language as charts
from spotcheck.charts.theme import ARTICLE_SYMBOLS, DARK, LIGHT

STATISTICS, METRICS = tables.load("text_statistics"), tables.load("text_metrics")
YOURS = Added("Mine", 800, 9.4, 1.0, {}, {"hedges_strict": 8})
TERMS = profile.marking_terms(tables.load("key_terms"), STATISTICS)
LIKENESS = profile.likeness(tables.load("text_pairs"), METRICS)
BOTH = pytest.mark.parametrize("narrow", [False, True])


def texts_of(figure):
    return [text.replace("<b>", "").replace("</b>", "") for text in figure.data[-1].text]


@BOTH
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("yours", [None, YOURS], ids=["three", "four"])
def test_every_rate_is_a_mark_on_its_interval(narrow, theme, yours):
    rows = profile.rates(STATISTICS, METRICS, yours)
    figure = charts.rate_strips(rows, theme, narrow=narrow)
    lines, marks, _ = figure.data
    assert list(marks.x) == rows["rate"].tolist()
    ends = [x for x in lines.x if x is not None]
    assert ends == [x for row in rows.itertuples() for x in (row.low, row.high)]
    assert list(marks.marker.color) == [
        theme.article.get(one, theme.ink) for one in rows["article_id"]
    ]
    assert list(marks.marker.symbol) == [
        ARTICLE_SYMBOLS.get(one, "star") for one in rows["article_id"]
    ]
    shown = texts_of(figure)
    for row in rows.itertuples():
        assert f"{row.count} in {row.words}" in shown
        assert row.label in shown
    start, end = figure.layout.xaxis.range
    assert start < 0
    assert rows["high"].max() < end
    assert ("Yours" in shown) == (yours is not None)


@BOTH
@pytest.mark.parametrize("yours", [None, YOURS], ids=["three", "four"])
def test_every_formula_is_a_mark_and_the_line_spans_them(narrow, yours):
    grades = profile.reading_grades(STATISTICS, METRICS, yours)
    figure = charts.grade_strips(grades, LIGHT, narrow=narrow)
    lines, small, marks, _ = figure.data
    is_main = grades["metric"].eq(profile.MAIN_FORMULA)
    assert list(marks.x) == grades.loc[is_main, "grade"].tolist()
    assert list(small.x) == grades.loc[~is_main, "grade"].tolist()
    spans = grades.groupby("article_id", sort=False)["grade"]
    ends = [x for pair in zip(spans.min(), spans.max(), strict=True) for x in pair]
    assert [x for x in lines.x if x is not None] == ends
    start, end = figure.layout.xaxis.range
    assert start < grades["grade"].min() and grades["grade"].max() < end
    printed = [text for text in texts_of(figure) if text.isdigit()]
    assert printed == [f"{grade:.0f}" for grade in grades.loc[is_main, "grade"]]


def test_a_text_far_off_the_scale_leaves_few_ticks():
    far = Added("Mine", 20, 300.0, 100.0, {}, {"hedges_strict": 20})
    rates = charts.rate_strips(profile.rates(STATISTICS, METRICS, far), LIGHT, narrow=True)
    grades = profile.reading_grades(STATISTICS, METRICS, far)
    for figure in (rates, charts.grade_strips(grades, LIGHT, narrow=True)):
        assert 5 <= len(figure.layout.xaxis.tickvals) <= 11


def test_syllables_by_rule_are_hollow():
    grades = profile.reading_grades(STATISTICS, METRICS)
    small = charts.grade_strips(grades, LIGHT, narrow=False).data[1]
    others = grades[grades["metric"].ne(profile.MAIN_FORMULA)]
    is_hollow = [colour == LIGHT.paper for colour in small.marker.color]
    assert is_hollow == others["syllables"].eq("rule").tolist()


@BOTH
def test_bars_are_the_log_likelihoods_on_one_scale(narrow):
    figure = charts.term_bars(TERMS, 15.7, LIGHT, narrow=narrow)
    most = charts.MOST_TERMS_NARROW if narrow else 15
    scales = set()
    for bars in figure.data[:3]:
        rows = TERMS[TERMS["article_id"].eq(bars.name)].head(most)
        scales |= {round(x / g2, 9) for x, g2 in zip(bars.x, rows["log_likelihood"], strict=True)}
        hollow = [colour == LIGHT.paper for colour in bars.marker.color]
        assert hollow == rows["is_rare"].tolist()
        assert set(bars.marker.color) - {LIGHT.paper} <= {LIGHT.article[bars.name]}
        for row, said in zip(rows.itertuples(), bars.hovertext, strict=True):
            assert f"<b>{row.term}</b><br>{row.count_in} times in {row.article_id}" in said
            assert ("too rare" in said) == row.is_rare
    assert len(scales) == 1
    shown = texts_of(figure)
    for _, rows in TERMS.groupby("article_id"):
        for row in rows.head(most).itertuples():
            assert row.term in shown
            assert f"{row.count_in} : {row.count_others}" in shown


@BOTH
def test_the_line_of_chance_parts_clear_bars_from_the_rest(narrow):
    line = profile.chance_threshold(profile.n_words_compared(STATISTICS))
    figure = charts.term_bars(TERMS, line, LIGHT, narrow=narrow)
    starts = figure.layout.shapes[0].path.split("M")[1:]
    for bars, start in zip(figure.data[:3], starts, strict=True):
        at = float(start.partition(",")[0])
        rows = TERMS[TERMS["article_id"].eq(bars.name)]
        beyond = [base + x > at for base, x in zip(bars.base, bars.x, strict=True)]
        assert beyond == rows["is_clear"].head(len(beyond)).tolist()


@BOTH
def test_words_stand_in_the_picture_and_not_on_each_other(narrow):
    figure = charts.term_bars(TERMS, 15.7, LIGHT, narrow=narrow)
    bottom = figure.layout.yaxis.range[0]
    places = [(bars.base[0], y) for bars in figure.data[:3] for y in bars.y]
    assert len(set(places)) == len(places)
    assert all(0 < y < bottom for _, y in places)
    right = figure.layout.xaxis.range[1]
    assert all(
        base + x <= right
        for bars in figure.data[:3]
        for base, x in zip(bars.base, bars.x, strict=True)
    )


@BOTH
def test_every_measure_of_likeness_is_printed_and_drawn(narrow):
    figure = charts.likeness_grid(LIKENESS, LIGHT, narrow=narrow)
    tracks, bars, texts = figure.data
    shares = LIKENESS[LIKENESS["value"].le(1)]
    drawn = [x / most for x, most in zip(bars.x, tracks.x, strict=True)]
    assert drawn == pytest.approx(shares["value"].tolist())
    bold = [text for text in texts.text if text.startswith("<b>") and "·" not in text]
    assert len(bold) == int(LIKENESS["is_nearest"].sum())
    shown = texts_of(figure)
    assert {"41", "35", "38", "0.009", "0.19"} <= {text.split(" ")[0] for text in shown}
    assert any("0.09 to 0.16" in text for text in shown) != narrow


def test_words_of_a_table_are_not_read_as_markup():
    terms = TERMS.assign(term="<b>%{x}")
    figure = charts.term_bars(terms, 15.7, LIGHT, narrow=False)
    assert "&lt;b>% {x}" in figure.data[0].hovertext[0]
    assert "&lt;b>% {x}" in list(figure.data[-1].text)


def test_rates_of_nothing_still_draw():
    rows = pd.DataFrame(
        [("m", "None", "A", 0, 100, 0.0, 0.0, 3.69)],
        columns=["metric", "label", "article_id", "count", "words", "rate", "low", "high"],
    )
    assert list(charts.rate_strips(rows, LIGHT, narrow=True).data[1].x) == [0.0]
