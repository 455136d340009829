"""The picture of the rule and the model holds their figures, and marks the days that were found."""

import numpy as np
import pytest

from spotcheck.charts import contrast as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy import Person, simulate, static_rule_weight_kg
from spotcheck.energy.contrast import contrast
from spotcheck.wording import IMPERIAL, METRIC, span

WOMAN = Person("female", 35, 1.68, 75)
DECADE = 3650


def lines(intake=0.0, exercise=0.0):
    weight = simulate(WOMAN, intake, exercise, days=DECADE).weight_kg
    rule = static_rule_weight_kg(75, exercise - intake, np.arange(DECADE + 1))
    return weight, rule, contrast(WOMAN, weight, rule, intake, exercise)


@pytest.fixture(scope="module")
def loss():
    return lines(intake=-200)


def texts(figure):
    return [one.text for one in figure.layout.annotations]


def named(figure, words):
    return next(one for one in figure.data if words in (one.hovertemplate or ""))


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=lambda one: one.code)
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_both_lines_are_the_arrays(loss, theme, narrow, units):
    weight, rule, found = loss
    figure = charts.contrast_curve(weight, rule, found, theme, narrow=narrow, units=units)
    for words, values in (("the model says", weight), ("rule says", rule)):
        line = named(figure, words)
        np.testing.assert_allclose(line.y, values[line.x] * units.mass_factor)
        assert line.x[-1] == charts.days_to_rest(weight, found.plateau_weight_kg)
    low, high = figure.layout.yaxis.range
    assert low < units.mass_value(found.plateau_weight_kg) < units.mass_value(75) < high


def test_the_gap_is_one_kilogram_on_the_day_that_was_found(loss):
    weight, rule, found = loss
    figure = charts.contrast_curve(weight, rule, found, LIGHT, narrow=False)
    gap = next(one for one in figure.data if one.mode == "lines+markers")
    assert gap.x == (found.day_rule_is_off, found.day_rule_is_off)
    assert gap.y[0] - gap.y[1] == pytest.approx(1.0)
    assert f"<b>1\u00a0kg apart after {span(found.day_rule_is_off)}</b>" in texts(figure)


def test_rest_and_half_way_are_marked(loss):
    weight, rule, found = loss
    figure = charts.contrast_curve(weight, rule, found, LIGHT, narrow=False)
    level = figure.data[0]
    assert level.y == (found.plateau_weight_kg, found.plateau_weight_kg)
    assert f"comes to rest at {METRIC.mass(found.plateau_weight_kg)}" in texts(figure)
    dot = next(one for one in figure.data if one.mode == "markers")
    assert dot.y[0] - 75 == pytest.approx((found.plateau_weight_kg - 75) / 2)


def test_where_the_picture_stops_early_only_what_is_in_it_is_marked(loss):
    weight, rule, found = loss
    figure = charts.contrast_curve(weight, rule, found, LIGHT, narrow=False, days=100)
    assert found.day_rule_is_off > 100
    assert texts(figure) == ["the 7,700 kcal rule"]
    assert len(figure.data) == 2


@pytest.mark.parametrize("change", [{"intake": 300}, {"exercise": -150}, {"exercise": 250}, {}])
def test_every_label_starts_inside_the_picture(change):
    weight, rule, found = lines(**change)
    figure = charts.contrast_curve(weight, rule, found, LIGHT, narrow=True)
    low, high = figure.layout.yaxis.range
    for one in figure.layout.annotations:
        assert low <= one.y <= high
        assert 0 <= one.x <= figure.layout.xaxis.range[1]


def test_a_label_that_would_leave_the_page_stands_left_of_its_mark(loss):
    weight, rule, found = loss
    day = round(found.day_rule_is_off)
    figure = charts.contrast_curve(weight, rule, found, LIGHT, narrow=True, days=day + 10)
    apart = next(one for one in figure.layout.annotations if "apart" in one.text)
    assert apart.xanchor == "right"


def test_time_to_rest_is_in_whole_years_and_never_beyond_the_decade(loss):
    weight, _, found = loss
    days = charts.days_to_rest(weight, found.plateau_weight_kg)
    assert days % 365 == 0
    left = np.abs(weight - found.plateau_weight_kg)
    assert left[days] <= 0.05 * np.abs(weight - 75).max() < left[days - 365]
    assert charts.days_to_rest(weight, 40.0) == DECADE
    assert charts.days_to_rest(np.full(DECADE + 1, 75.0), 75.0) == 365
