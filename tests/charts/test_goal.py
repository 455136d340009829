"""Pictures of a goal hold the figures of the domain."""

import numpy as np
import pytest

from spotcheck.charts import goal as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy import Person
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.goal import held_off, keeping, solve
from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import fan
from spotcheck.wording import IMPERIAL, METRIC

WOMAN = Person("female", 34, 1.68, 68)
RUN = Plan((Session("steady", 3, 40, 9),))
KNOWN = assumptions(WOMAN, RUN)


@pytest.fixture(scope="module")
def reached():
    answer = solve(WOMAN, RUN, KNOWN, 64.0, 182, "food").exact
    return keeping(answer, 182).weight_kg, fan(WOMAN, answer.plan, KNOWN, 182)


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=lambda one: one.code)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_way_and_the_time_after_are_one_line_through_the_goal(reached, theme, units):
    path, spread = reached
    figure = charts.reach_curve(path, 182, spread, theme, narrow=False, units=units)
    band, before, after, mark = figure.data
    for line in (before, after):
        np.testing.assert_allclose(line.y, path[line.x] * units.mass_factor)
    assert (before.x[0], before.x[-1], after.x[0], after.x[-1]) == (0, 182, 182, 364)
    assert mark.y[0] == pytest.approx(units.mass_value(64.0), abs=0.1)
    ends = np.concatenate([spread.weight_kg[-1], spread.weight_kg[0][::-1]])
    np.testing.assert_allclose(band.y, ends * units.mass_factor)
    assert figure.layout.annotations[0].text == f"<b>{units.mass(path[182])}</b>"


@pytest.mark.parametrize("narrow", [True, False])
def test_the_line_without_the_running_is_the_table(narrow):
    held = held_off(WOMAN, RUN, KNOWN)
    figure = charts.held_off_curve(held, LIGHT, narrow=narrow)
    band, with_it, without = figure.data
    assert set(with_it.y) == {68.0}
    np.testing.assert_allclose(without.y, held.weight_kg[without.x])
    np.testing.assert_allclose(without.customdata[:, 0], held.lightest_kg[without.x])
    np.testing.assert_allclose(without.customdata[:, 1], held.heaviest_kg[without.x])
    assert without.y[-1] == pytest.approx(held.frame()["weight_without_kg"].iloc[-1])
    texts = [one.text for one in figure.layout.annotations]
    assert texts == ["<b>68.0\u00a0kg</b> with it", f"{METRIC.mass(held.weight_kg[-1])} without it"]
    assert max(band.y) < figure.layout.yaxis.range[1]
