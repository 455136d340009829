"""Pictures of weigh-ins hold the figures of their tables."""

import datetime as dt

import numpy as np
import pytest

from spotcheck.charts import weigh_ins as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy import Person
from spotcheck.energy.energy_gap import equal_pairs, fit_energy_gap, forecast
from spotcheck.energy.weigh_ins import read, sample
from spotcheck.wording import IMPERIAL, METRIC

WOMAN = Person("female", 34, 1.68, 68)
LAST = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def case():
    given = read(sample(WOMAN, 0, 150, last_day=LAST), today=LAST)
    gap = fit_energy_gap(WOMAN, given)
    ahead = forecast(gap, gap.person, np.zeros(200), np.linspace(0, 320, 200), 365)
    return given, gap, ahead


def trace(figure, words):
    return next(one for one in figure.data if words in (one.hovertemplate or ""))


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=["kg", "lb"])
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_points_curve_and_forecast_are_the_table(case, theme, narrow, units):
    given, gap, ahead = case
    figure = charts.weigh_in_curve(given, gap, ahead, theme, narrow=narrow, units=units)
    rows = charts.weigh_in_table(given, gap, ahead).set_index("day")
    factor = units.mass_factor
    for words, column in (
        ("on the scale", "weight_kg"),
        ("on the curve", "fitted_weight_kg"),
        ("]}: about", "weight_kg_q50"),
        ("the plan alone", "plan_weight_kg_q50"),
    ):
        drawn = trace(figure, words)
        shown = rows[column].dropna()
        own = np.interp(shown.index, drawn.x, drawn.y)
        np.testing.assert_allclose(own, shown * factor, atol=1.1e-3 * factor)
    low, high = figure.layout.yaxis.range
    assert low < rows["weight_kg"].min() * factor
    assert high > rows["weight_kg"].max() * factor
    texts = " ".join(one.text for one in figure.layout.annotations)
    assert f"{ahead.weight_kg[2, -1] * factor:.1f}\u00a0{units.mass_unit}" in texts


def test_weigh_ins_that_were_left_out_are_open_circles(case):
    given, gap, ahead = case
    points = trace(charts.weigh_in_curve(given, gap, ahead, LIGHT, narrow=False), "on the scale")
    assert points.marker.symbol.count("circle-open") == gap.left_out > 0
    assert len(points.x) == len(given)


def test_the_forecast_lies_inside_the_plans_band_at_the_end(case):
    rows = charts.weigh_in_table(*case).iloc[-1]
    assert rows["plan_weight_kg_q05"] < rows["weight_kg_q05"]
    assert rows["weight_kg_q95"] < rows["plan_weight_kg_q95"]
    assert rows["date"] == str(LAST + dt.timedelta(days=365))


def test_the_picture_ends_where_it_has_to(case):
    given, gap, ahead = case
    last = gap.last_day + 100
    figure = charts.weigh_in_curve(given, gap, ahead, LIGHT, narrow=False, last_day=last)
    assert figure.layout.xaxis.range == (0, last)
    assert max(max(one.x) for one in figure.data) <= last
    for words in ("]}: about", "the plan alone"):
        assert trace(figure, words).x[-1] == last


@pytest.mark.parametrize("days", [1, 60, 365, 1000])
@pytest.mark.parametrize("narrow", [True, False])
def test_ticks_are_first_days_of_months(case, days, narrow):
    given, gap, _ = case
    ahead = forecast(gap, gap.person, np.zeros(60), np.linspace(0, 320, 60), days)
    axis = charts.weigh_in_curve(given, gap, ahead, LIGHT, narrow=narrow).layout.xaxis
    dates = [gap.first_date + dt.timedelta(days=int(day)) for day in axis.tickvals]
    assert 1 <= len(dates) <= (3 if narrow else 6)
    assert all(date.day == 1 for date in dates)
    assert all(f"{date:%b}" in text for date, text in zip(dates, axis.ticktext, strict=True))
    assert str(dates[0].year) in axis.ticktext[0]


@pytest.mark.parametrize("narrow", [True, False])
def test_the_line_of_pairs_is_the_table(case, narrow):
    _, gap, _ = case
    pairs = equal_pairs(gap, 220)
    figure = charts.equal_pairs(pairs, LIGHT, narrow=narrow, assumed=(0.85, 0.45))
    rows = pairs.frame().dropna(subset="compensation_fraction")
    line = trace(figure, "made up<br>")
    np.testing.assert_allclose(line.x, 100 * rows["adherence_fraction"])
    np.testing.assert_allclose(line.y, 100 * rows["compensation_fraction"])
    assumed = trace(figure, "Assumed")
    assert (assumed.x[0], assumed.y[0]) == (85, 45)
    end = f"{100 * rows['compensation_fraction'].iloc[-1]:.0f}\u00a0% made up"
    assert any(end in one.text for one in figure.layout.annotations)
