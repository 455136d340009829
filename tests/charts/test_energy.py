"""Pictures of the calorie-deficit page hold the figures of their tables."""

import numpy as np
import pandas as pd
import pytest

from spotcheck.charts import energy as charts
from spotcheck.charts import home
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy.training import Plan, Session, receipt
from spotcheck.energy.uncertainty import fan
from spotcheck.wording import IMPERIAL, METRIC, kcal


@pytest.fixture(scope="module")
def year(projected):
    return projected()


def people(projection):
    return fan(projection.person, projection.plan, projection.assumptions, projection.days)


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=["metric", "imperial"])
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_weight_line_is_the_table(year, theme, narrow, units):
    rows = year.frame()
    figure = charts.weight_curve(rows, people(year), theme, narrow=narrow, units=units)
    line = figure.data[-1]
    factor = units.mass_factor
    np.testing.assert_allclose(line.y, factor * rows.set_index("day")["weight_kg"][line.x])
    assert line.x[-1] == 365
    low, high = figure.layout.yaxis.range
    assert low < factor * rows.drop(columns=["day"]).filter(like="weight").to_numpy().min()
    assert high > factor * 68
    texts = [one.text for one in figure.layout.annotations]
    assert any(f"{factor * rows['weight_kg'].iloc[-1]:.1f}" in text for text in texts)


def test_the_bands_are_the_table(year):
    figure = charts.weight_curve(year.frame(), people(year), LIGHT, narrow=False)
    table = charts.weight_table(year.frame(), people(year))
    for band, ends in ((0, ("0.05", "0.95")), (1, ("0.25", "0.75"))):
        low, high = (table[f"weight_kg_quantile_{one}"].to_numpy() for one in ends)
        drawn = figure.data[band].y
        np.testing.assert_allclose(drawn, [*high, *low[::-1]], atol=6e-4)


def test_the_line_before_the_last_change_is_drawn_only_when_there_is_one(year):
    rows = year.frame()
    before = rows[["day", "weight_kg"]]
    without = charts.weight_curve(rows, people(year), LIGHT, narrow=False)
    shown = charts.weight_curve(rows, people(year), LIGHT, narrow=False, before=before)
    assert len(shown.data) == len(without.data) + 1


def test_end_labels_never_overlap(year):
    figure = charts.weight_curve(year.frame(), people(year), LIGHT, narrow=False)
    heights = sorted(one.y for one in figure.layout.annotations)
    low, high = figure.layout.yaxis.range
    line = 16 * (high - low) / (figure.layout.height - 80)
    assert min(np.diff(heights)) >= line


@pytest.mark.parametrize("narrow", [True, False])
def test_the_waterfall_is_the_receipt(year, narrow):
    rows = receipt(year.week.sessions[0], 0.45)
    figure = charts.session_receipt(rows, LIGHT, narrow=narrow)
    bars = figure.data[0]
    assert bars.x.tolist() == rows["kcal"].tolist()
    assert list(bars.base) == rows["start_kcal"].tolist()
    labels = {one.y: one.text for one in figure.layout.annotations}
    for row in rows.itertuples():
        assert kcal(row.kcal) in labels[charts.STEP_LABELS[row.step]]


def test_what_is_taken_away_is_hatched(year):
    rows = receipt(year.week.sessions[0], 0.45)
    shapes = charts.session_receipt(rows, DARK).data[0].marker.pattern.shape
    assert [shape == "/" for shape in shapes] == (rows["kcal"] < 0).tolist()


@pytest.fixture(scope="module")
def mixed(projected):
    week = (
        Session("intervals", 2, 40, 12),
        Session("steady", 3, 40, 9),
        Session("steady", 3, 40, 9),
        Session("leg_press", 1, 30),
    )
    return projected(Plan(week))


def test_the_week_adds_up_to_the_plan(mixed):
    table = charts.week_table(mixed.plan, mixed.week, list("abcd"))
    assert table["extra_kcal_per_week"].sum() == pytest.approx(mixed.week.extra_kcal_per_week)
    assert table["net_kcal"].tolist() == [float(one.net_kcal) for one in mixed.week.sessions]
    assert table["speed_km_h"].isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize("narrow", [True, False])
def test_every_session_of_the_week_has_a_bar_of_its_own(mixed, narrow):
    titles = ["2 × Intervals, 40 min", *["3 × Steady run, 40 min"] * 2, "1 × Leg press, 30 min"]
    table = charts.week_table(mixed.plan, mixed.week, titles)
    figure = charts.week_sessions(table, LIGHT, chosen=3, narrow=narrow)
    bars = figure.data[0]
    assert bars.x.tolist() == table["extra_kcal_per_week"].tolist()
    assert list(bars.y) == [0, 1, 2, 3]
    assert [text.replace("<br>", " ") for text in figure.layout.yaxis.ticktext] == titles
    assert [colour == LIGHT.accent for colour in bars.marker.color] == [False] * 3 + [True]
    for one, label in zip(table["extra_kcal_per_week"], figure.layout.annotations, strict=True):
        assert kcal(one) in label.text


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
def test_time_axis_has_a_few_labelled_ticks(days, narrow):
    ticks, labels = charts.time_ticks(days, narrow=narrow)
    assert labels[0] == "today"
    assert 3 <= len(ticks) == len(labels) <= 7
    assert max(ticks) <= days + 1e-9


def test_fat_by_region_shows_loss_only():
    regions = pd.DataFrame({"region": ["legs", "elsewhere"], "fat_change_kg": [-0.7, -1.3]})
    assert list(home.fat_by_region(regions, LIGHT).data[0].x) == [0.7, 1.3]
