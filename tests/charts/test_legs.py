"""Pictures of where fat comes from hold the figures of their tables."""

import pandas as pd
import pytest

from spotcheck.charts import legs as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy.regional import bands_table, regional_bands, trials
from spotcheck.wording import IMPERIAL, METRIC


@pytest.fixture(scope="module")
def bands():
    return bands_table(regional_bands(-3.0, -1.0, [-1.0, -3.0, -6.0], [-0.3, -1.0, -2.4]))


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=["metric", "imperial"])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_bands_are_the_table(bands, theme, units):
    figure = charts.fat_bands(bands, theme, units=units)
    lines = [one for one in figure.data if one.mode == "lines"]
    dots = [one for one in figure.data if one.mode == "markers"]
    factor = units.mass_factor
    for row, line, dot in zip(bands.itertuples(), lines, dots, strict=True):
        assert list(line.x) == pytest.approx(
            [row.fat_change_low_kg * factor, row.fat_change_high_kg * factor]
        )
        assert list(dot.x) == pytest.approx([row.fat_change_kg * factor])
    low, high = figure.layout.xaxis.range
    assert low < min(min(line.x) for line in lines)
    assert high > 0
    texts = " ".join(label.text for label in figure.layout.annotations)
    assert f"−{factor:.1f} {units.mass_unit}" in texts
    assert figure.layout.title.text.endswith(units.mass_unit)


def test_a_gain_stands_on_the_other_side():
    gain = bands_table(regional_bands(2.0, 0.7, [1.0, 3.0], [0.3, 1.2]))
    low, high = charts.fat_bands(gain, LIGHT).layout.xaxis.range
    assert low < 0 < 3 < high


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_trials_are_the_table(theme):
    rows = trials()
    figure = charts.regional_trials(rows, theme)
    marks = [one for one in figure.data if one.mode == "markers"]
    shown = rows.dropna(subset="change_percent").groupby(["study_id", "label"], sort=False)
    assert len(marks) == 2 * shown.ngroups
    for (_, group), others, legs in zip(shown, marks[::2], marks[1::2], strict=True):
        assert list(legs.x) == [group["change_percent"].iloc[0]]
        assert list(others.x) == group["comparison_change_percent"].dropna().tolist()
    low, high = figure.layout.xaxis.range
    assert low < rows["comparison_change_percent"].min()
    assert high > 0


def test_every_code_of_the_table_has_its_words():
    named = set(trials()["comparison_region"].dropna())
    assert named <= set(charts.COMPARISON_LABELS)
    assert not pd.isna(list(charts.REGION_LABELS.values())).any()
