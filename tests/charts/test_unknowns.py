"""Pictures of the unknowns hold the figures of their tables."""

from dataclasses import replace

import numpy as np
import pytest

from spotcheck import tables
from spotcheck.charts import unknowns as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy import Person
from spotcheck.energy.assumptions import assumptions, table_priors
from spotcheck.energy.projection import project
from spotcheck.energy.regional import LEAST_SEEN_KG
from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import tornado
from spotcheck.wording import IMPERIAL, METRIC

WOMAN = Person("female", 34, 1.68, 68.0)
RUNNING = Plan((Session("steady", 3, 40, 9),))
FOOD = replace(RUNNING, intake_change_kcal_per_day=-300.0)
MORE_FOOD = replace(RUNNING, intake_change_kcal_per_day=400.0)
VALUES = tables.load("compensation_values")
PRIOR = table_priors()["compensation_fraction"]


def bars_of(plan, *, units=METRIC, theme=LIGHT, narrow=False, slips=False):
    known = assumptions(WOMAN, plan, slips=slips)
    rows = charts.named(tornado(WOMAN, plan, known))
    middle = project(WOMAN, plan, known).weight_change_kg
    return rows, middle, charts.tornado_bars(rows, middle, theme, narrow=narrow, units=units)


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=["metric", "imperial"])
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("plan", [RUNNING, FOOD, MORE_FOOD], ids=["run", "less", "more"])
def test_bars_run_from_the_middle_to_both_ends_of_the_table(plan, narrow, units):
    rows, middle, figure = bars_of(plan, units=units, narrow=narrow, slips=True)
    shown = rows[rows["swing_kg"] >= LEAST_SEEN_KG]
    bars = figure.data[0]
    ends = shown[["change_at_low_kg", "change_at_high_kg"]].to_numpy().ravel()
    base = np.array(list(bars.base), dtype=float)
    np.testing.assert_allclose(base, middle * units.mass_factor)
    np.testing.assert_allclose(bars.x + base, ends * units.mass_factor)
    texts = [text.strip("\xa0") for text in figure.data[1].text]
    for row in shown.itertuples():
        label = next(text for text in texts if text.startswith(row.short_label))
        assert charts.range_words(row.low, row.high, row.unit) in label
        for end in (row.change_at_low_kg, row.change_at_high_kg):
            assert ("+" if end > 0.05 else "") + units.mass(end) in texts
    low, high = figure.layout.xaxis.range
    assert low < (bars.x + base).min() and (bars.x + base).max() < high


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lighter_is_solid_and_heavier_is_hatched(theme):
    for plan in (RUNNING, MORE_FOOD):
        bars = bars_of(plan, theme=theme)[2].data[0]
        for step, colour, hatch in zip(
            bars.x, bars.marker.color, bars.marker.pattern.shape, strict=True
        ):
            assert (colour, hatch) == (
                (theme.more_loss, "") if step < 0 else (theme.less_loss, "/")
            )


def test_what_moves_nothing_is_not_drawn():
    rows, _, figure = bars_of(RUNNING)
    unseen = rows.loc[rows["swing_kg"] < LEAST_SEEN_KG, "parameter"].tolist()
    assert unseen == ["intake_error_fraction", "intake_slip_kcal_per_day"]
    assert len(figure.data[0].x) == 2 * (len(rows) - len(unseen))


def test_the_axis_stays_while_the_bars_move_a_little():
    rows, middle, before = bars_of(RUNNING)
    columns = ["change_at_low_kg", "change_at_high_kg"]
    moved = rows.assign(**{one: rows[one] - 0.02 for one in columns})
    after = charts.tornado_bars(moved, middle - 0.02, LIGHT, narrow=False)
    assert after.layout.xaxis.range == before.layout.xaxis.range
    assert after.data[0].base[0] != before.data[0].base[0]


def test_both_ends_on_one_side_are_labelled_once():
    rows, middle, _ = bars_of(RUNNING)
    odd = rows.head(1).assign(change_at_low_kg=middle + 1, change_at_high_kg=middle + 2)
    labels = charts.tornado_bars(odd, middle, LIGHT, narrow=False).data[1]
    texts = [text.strip("\xa0") for text in labels.text]
    assert METRIC.mass(middle + 2) in texts
    assert METRIC.mass(middle + 1) not in texts


def test_a_measured_body_fat_has_its_own_words():
    rows = tornado(WOMAN, RUNNING, assumptions(WOMAN, RUNNING))
    estimated, measured = (
        charts.named(rows, knows_fat=knows).set_index("parameter")["short_label"]
        for knows in (False, True)
    )
    assert "measured" in measured["body_fat_fraction"]
    assert estimated.drop("body_fat_fraction").equals(measured.drop("body_fat_fraction"))
    assert estimated["body_fat_fraction"] != measured["body_fat_fraction"]


@pytest.mark.parametrize("name", [name for name, one in table_priors().items() if one.sd])
def test_a_density_is_that_of_its_prior(name):
    prior = table_priors()[name]
    at, height = charts.density(prior)
    share = height * (at[1] - at[0])
    assert share.sum() == pytest.approx(1)
    mean = prior.quantile((np.arange(2000) + 0.5) / 2000).mean()
    assert (share * at).sum() == pytest.approx(mean, abs=0.003 * (prior.high - prior.low))


def markers(figure):
    return [one for one in figure.data if one.mode == "markers"]


def test_every_published_value_stands_once_at_its_figure():
    figure = charts.compensation_curve(PRIOR, VALUES, LIGHT)
    expected = sorted(
        [
            *VALUES["fraction"].dropna(),
            *VALUES.loc[VALUES["fraction"].isna(), ["low", "high"]].to_numpy().ravel(),
        ]
    )
    assert sorted(x for one in markers(figure) for x in one.x) == pytest.approx(expected)
    hovers = [text for one in markers(figure) for text in one.customdata]
    for row in VALUES.itertuples():
        assert any(text.startswith(row.label) for text in hovers)


def test_intervals_are_those_of_the_table():
    figure = charts.compensation_curve(PRIOR, VALUES, LIGHT)
    lines = {one.line.color: one for one in figure.data if one.mode == "lines" and not one.fill}
    drawn = {
        (low, high)
        for one in lines.values()
        for low, high in zip(one.x[0::3], one.x[1::3], strict=False)
        if one.x[2] is None
    }
    spread = VALUES.dropna(subset=["low", "high"])
    assert drawn == set(zip(spread["low"], spread["high"], strict=True))


def test_how_a_value_was_seen_is_a_shape_and_a_word():
    figure = charts.compensation_curve(PRIOR, VALUES, LIGHT)
    texts = " ".join(one.text for one in figure.layout.annotations)
    symbols = {}
    for status, rows in VALUES.groupby("status"):
        assert f"{len(rows)} values {charts.STATUS_WORDS[status]}" in texts
        points = rows["fraction"].dropna().tolist()
        symbols[status] = next(
            one.marker.symbol for one in markers(figure) if list(one.x) == points
        )
    assert len(set(symbols.values())) == len(symbols)
    schema = tables.package().resource("compensation_values")["schema"]["fields"]
    allowed = {field["name"]: field.get("constraints", {}).get("enum") for field in schema}
    assert set(allowed["status"]) == set(charts.STATUS_WORDS)
    assert set(allowed["basis"]) == set(charts.BASIS_WORDS)


def test_marks_of_one_lane_do_not_run_into_each_other():
    figure = charts.compensation_curve(PRIOR, VALUES, LIGHT)
    lanes = {}
    for one in markers(figure):
        for x, y in zip(one.x, one.y, strict=True):
            lanes.setdefault(y, []).append(x)
    assert len(lanes) > 2
    for places in lanes.values():
        assert np.diff(sorted(places)).min(initial=1) > 0.04


@pytest.mark.parametrize("mean", [0.0, 0.45, 1.0])
def test_the_readers_middle_is_a_line_with_its_figure(mean):
    figure = charts.compensation_curve(replace(PRIOR, mean=mean), VALUES, DARK)
    (line,) = figure.layout.shapes
    assert line.x0 == line.x1 == mean
    assert any(f"{100 * mean:.0f}\u00a0%" in one.text for one in figure.layout.annotations)
    low, high = figure.layout.xaxis.range
    assert low < PRIOR.low and high > np.nanmax(VALUES["fraction"])


def test_bands_of_the_curve_end_at_the_quantiles():
    figure = charts.compensation_curve(PRIOR, VALUES, LIGHT)
    filled = [(one.x[0], one.x[-1]) for one in figure.data if one.fill]
    quantiles = PRIOR.quantile([0.05, 0.25, 0.75, 0.95])
    assert filled == [
        pytest.approx((quantiles[0], quantiles[3])),
        pytest.approx((quantiles[1], quantiles[2])),
    ]


def test_a_single_value_has_no_curve():
    figure = charts.compensation_curve(replace(PRIOR, sd=0.0), VALUES, LIGHT)
    assert not any(one.fill for one in figure.data)
    assert figure.layout.shapes[0].x0 == PRIOR.mean


def test_the_table_behind_the_marks_names_every_source():
    table = charts.compensation_table(VALUES)
    assert len(table) == len(VALUES)
    assert table["source"].notna().all()
    assert table["fraction"].equals(VALUES["fraction"])


def test_the_table_of_assumptions_holds_ours_beside_the_readers():
    ours = assumptions(WOMAN, RUNNING)
    theirs = assumptions(WOMAN, RUNNING, {"adherence_fraction": (0.8, 0.05)})
    row = charts.assumptions_table(theirs, ours).set_index("parameter").loc["adherence_fraction"]
    assert row[["mean", "sd", "our_mean", "our_sd"]].tolist() == [0.8, 0.05, 1.0, 0.1]
    low, high = theirs["adherence_fraction"].quantile([0.05, 0.95])
    assert row[["quantile_0.05", "quantile_0.95"]].tolist() == [low, high]
