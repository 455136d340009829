"""The picture of several plans holds the figures of its table."""

import numpy as np
import pytest

from spotcheck.charts import plans as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy.comparison import ComparedPlan, comparison_table
from spotcheck.energy.training import Plan, Session
from spotcheck.wording import IMPERIAL


@pytest.fixture(scope="module")
def compared(projected):
    plans = [None, Plan((Session("walk", 5, 45, 5.5),)), Plan((), -200), Plan((), 100)]
    return [ComparedPlan(f"Plan <b>{rank}</b>", projected(one)) for rank, one in enumerate(plans)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [True, False])
def test_lines_and_bars_are_the_table(compared, theme, narrow):
    figure = charts.weight_lines(compared, theme, narrow=narrow)
    table = comparison_table(compared)
    assert len(figure.data) == 2 * len(compared)
    for rank in range(len(compared)):
        line, bar = figure.data[2 * rank], figure.data[2 * rank + 1]
        row = table.iloc[rank]
        assert line.y[-1] == pytest.approx(row["weight_kg"])
        np.testing.assert_allclose(bar.y, [row["low_kg"], row["high_kg"]], atol=0.01)
    styles = {(trace.line.color, trace.line.dash) for trace in figure.data[::2]}
    assert len(styles) == len(compared)


def test_names_are_not_markup(compared):
    figure = charts.weight_lines(compared, LIGHT, narrow=False)
    texts = [one.text for one in figure.layout.annotations]
    assert any("&lt;b&gt;" in text for text in texts)
    assert not any("<b>0" in text for text in texts)


def test_pounds_change_the_figures_not_the_plan(compared):
    figure = charts.weight_lines(compared, LIGHT, narrow=True, units=IMPERIAL)
    end = comparison_table(compared)["weight_kg"][0]
    assert figure.data[0].y[-1] == pytest.approx(end / 0.45359237)
