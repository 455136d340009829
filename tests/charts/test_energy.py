"""Pictures of the calorie-deficit page hold the figures of their tables."""

import numpy as np
import pytest

from spotcheck.charts import energy as charts
from spotcheck.charts import home
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy import Person
from spotcheck.energy.training import WeeklyPlan, project, receipt


@pytest.fixture(scope="module")
def year():
    return project(Person("female", 34, 1.68, 68), WeeklyPlan("steady", 3, 40, 9))


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_weight_line_is_the_table(year, theme, narrow):
    rows = year.frame()
    figure = charts.weight_curve(rows, theme, narrow=narrow)
    line = figure.data[-1]
    np.testing.assert_allclose(line.y, rows.set_index("day")["weight_kg"][line.x])
    assert line.x[-1] == 365
    low, high = figure.layout.yaxis.range
    assert low < rows.drop(columns=["day"]).filter(like="weight").to_numpy().min()
    assert high > 68
    texts = [one.text for one in figure.layout.annotations]
    assert any(f"{rows['weight_kg'].iloc[-1]:.1f}" in text for text in texts)


def test_the_line_before_the_last_change_is_drawn_only_when_there_is_one(year):
    rows = year.frame()
    before = rows[["day", "weight_kg"]]
    without = charts.weight_curve(rows, LIGHT, narrow=False)
    shown = charts.weight_curve(rows, LIGHT, narrow=False, before=before)
    assert len(shown.data) == len(without.data) + 1


def test_end_labels_never_overlap(year):
    figure = charts.weight_curve(year.frame(), LIGHT, narrow=False)
    heights = sorted(one.y for one in figure.layout.annotations)
    low, high = figure.layout.yaxis.range
    line = 16 * (high - low) / (figure.layout.height - 80)
    assert min(np.diff(heights)) >= line


def test_the_waterfall_is_the_receipt(year):
    rows = receipt(year.session, 0.45)
    bars = charts.session_receipt(rows, LIGHT).data[0]
    assert bars.x.tolist() == rows["kcal"].tolist()
    assert list(bars.base) == rows["start_kcal"].tolist()


def test_tissue_changes_start_at_zero_and_add_up_to_the_weight(year):
    rows = year.frame()
    table = charts.tissue_table(rows)
    assert table.iloc[0].drop("day").eq(0).all()
    total = table.drop(columns="day").sum(axis=1)
    np.testing.assert_allclose(total, rows["weight_kg"] - rows["weight_kg"].iloc[0], atol=1e-9)
    figure = charts.tissue_changes(rows, LIGHT, narrow=True)
    assert figure.data[0].y[-1] == pytest.approx(table["fat_change_kg"].iloc[-1])


@pytest.mark.parametrize("days", [28, 60, 120, 200, 365, 400, 730, 1095])
@pytest.mark.parametrize("narrow", [True, False])
def test_time_axis_has_a_few_labelled_ticks(year, days, narrow):
    rows = project(year.person, year.plan, days=days).frame()
    axis = charts.weight_curve(rows, LIGHT, narrow=narrow).layout.xaxis
    assert axis.ticktext[0] == "today"
    assert 3 <= len(axis.tickvals) <= 7
    assert max(axis.tickvals) <= days + 1e-9


def test_fat_by_region_shows_loss_only():
    import pandas as pd

    regions = pd.DataFrame({"region": ["legs", "elsewhere"], "fat_change_kg": [-0.7, -1.3]})
    assert home.fat_by_region(regions, LIGHT).data[0].x.tolist() == [0.7, 1.3]
