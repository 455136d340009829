"""Picture of growth: its dots, lines and words are those of the table."""

import pytest

from spotcheck.charts.growth import outcome_dots
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles.growth import SCALES, outcome_rows
from spotcheck.tables import load

ROWS = outcome_rows(
    *map(
        load,
        (
            *("training_outcomes", "exercises", "muscles", "muscle_portions"),
            *("muscle_portion_members", "metrics", "studies"),
        ),
    )
)


def drawn(scale, theme=LIGHT, *, narrow=False):
    rows = ROWS[ROWS["outcome"].eq(scale)]
    return rows, outcome_dots(rows, theme, narrow=narrow)


def of_mode(figure, mode):
    return [trace for trace in figure.data if trace.mode == mode]


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("narrow", [False, True])
def test_a_dot_for_each_number_and_none_without(scale, narrow):
    rows, figure = drawn(scale, narrow=narrow)
    dots = [trace.x[0] for trace in of_mode(figure, "markers")]
    assert dots == rows["value"].dropna().tolist()
    lines = [tuple(trace.x) for trace in of_mode(figure, "lines")]
    spread = rows.dropna(subset="low")
    assert lines == list(zip(spread["low"], spread["high"], strict=True))


@pytest.mark.parametrize("scale", SCALES)
def test_the_axis_holds_zero_and_every_end(scale):
    rows, figure = drawn(scale)
    low, high = figure.layout.xaxis.range
    assert low <= 0 <= high
    assert rows[["value", "low"]].min().min() > low
    assert rows[["value", "high"]].max().max() < high


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_row_says_what_who_and_how_much(theme, narrow):
    for scale in SCALES:
        rows, figure = drawn(scale, theme, narrow=narrow)
        texts = "\n".join(label.text for label in figure.layout.annotations)
        for row in rows.to_dict("records"):
            for column in ("label", "people", "figure", "spread"):
                assert row[column] in texts


@pytest.mark.parametrize("narrow", [False, True])
def test_dots_stand_between_the_words_of_their_row_and_of_the_next(narrow):
    _, figure = drawn("muscle_volume_change", narrow=narrow)
    tops = sorted({label.y for label in figure.layout.annotations}, reverse=True)
    for dot in of_mode(figure, "markers"):
        row = next(place for place in reversed(range(len(tops))) if tops[place] >= dot.y[0])
        following = tops[row + 1] if row + 1 < len(tops) else figure.layout.yaxis.range[0]
        assert tops[row] > dot.y[0] > following


def test_rows_without_any_number_still_draw():
    rows = ROWS[ROWS["outcome_id"].isin(["t04", "t05"])]
    figure = outcome_dots(rows, LIGHT, narrow=False)
    assert figure.data[0].x == (None,)
    assert "No change reported" in figure.layout.annotations[1].text


def test_words_of_a_table_are_not_read_as_markup():
    rows = ROWS[ROWS["outcome_id"].eq("t01")].assign(label="<b>%{x} & more")
    figure = outcome_dots(rows, LIGHT, narrow=False)
    assert "&lt;b>% {x} &amp; more" in figure.layout.annotations[0].text
    assert "%{x}" not in of_mode(figure, "markers")[0].hovertemplate
