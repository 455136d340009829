"""The view that checks the estimator against trials: its sentences are its figures."""

import json

import pytest

from spotcheck import tables
from spotcheck.energy.trials import check, reference_differences
from spotcheck.ui.estimator.check import (
    diets,
    grounds,
    misses,
    nearer,
    parity,
    rules_table,
    spread,
    title,
)
from spotcheck.wording import IMPERIAL, METRIC, counted
from tests.app.support import body, headings

PAGE = "pages/calorie_deficit.py"


@pytest.fixture(scope="module")
def found():
    return check()


@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=["metric", "imperial"])
def test_the_view_says_what_the_comparison_finds(open_page, found, units):
    app = open_page(PAGE, view="check", units=units.code)
    text = body(app)
    assert title(found, units) in headings(app)
    for paragraph in (
        *misses(found, units),
        rules_table(found, units),
        nearer(found),
        spread(found, units),
        *diets(found, units),
        parity(reference_differences()),
        *grounds(found),
    ):
        assert paragraph in text
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert figure["layout"]["title"]["text"].endswith(units.mass_unit)


def test_nothing_of_it_depends_on_the_reader(open_page):
    one = open_page(PAGE, view="check")
    other = open_page(PAGE, view="check", weight="110", sex="male", minutes="20")
    assert headings(one) == headings(other)


def test_the_title_counts_the_hits(found):
    assert title(found, METRIC).startswith(
        f"Our band holds the mean of {int(found.arms['is_held'].sum())} of {len(found.arms)} "
    )


def test_every_miss_is_told_with_its_figures(found):
    told = misses(found, METRIC)
    assert len(told) == len(found.missed) + 1
    for row, sentence in zip(found.missed.itertuples(), told, strict=False):
        assert row.trial in sentence
        assert METRIC.mass(-row.observed_kg) in sentence
        assert METRIC.mass(-row.band_low_kg) in sentence
    above = found.arms.head(1).assign(is_held=False, observed_kg=3.0)
    only = misses(type(found)(above, *list(vars(found).values())[1:]), METRIC)[0]
    assert "3.0\u00a0kg gained" in only
    assert "begins at" in only


def test_a_comparison_without_a_miss_says_so(found):
    held = type(found)(
        found.arms.assign(is_held=True), found.diets, found.controls, found.left_out, found.errors
    )
    assert misses(held, METRIC)[0] == "No arm lies outside our band."


def test_the_table_of_rules_has_each_rule_with_its_error(found):
    for row in found.errors.itertuples():
        (line,) = [one for one in rules_table(found, METRIC).splitlines() if row.label in one]
        assert METRIC.mass(row.mean_absolute_error_kg) in line
        assert "too much" in line


def test_where_the_simple_rule_is_nearer_is_named(found):
    arms = found.arms
    better = (arms["rule_7700_kg"] - arms["observed_kg"]).abs() < (
        arms["ours_kg"] - arms["observed_kg"]
    ).abs()
    sentence = nearer(found)
    assert f"in {counted(int(better.sum()))} of {len(arms)} arms" in sentence
    for row in arms.itertuples():
        named = f"{row.trial}, {row.arm}" in sentence
        assert named == better[row.Index]


def test_what_is_not_known_is_said(found):
    first, _, left_out = grounds(found)
    assert counted(int(found.arms["n"].isna().sum())) in first
    assert left_out.count("\n") + 1 == len(found.left_out)
    for row in found.left_out.itertuples():
        assert row.reason in left_out


def test_a_difference_that_matters_would_be_printed():
    cases = reference_differences()
    assert "less than 1\u00a0g" in parity(cases)
    off = cases.assign(difference_kg=cases["difference_kg"] + 0.25)
    assert "at most 250\u00a0g" in parity(off)


def test_each_trial_in_the_picture_links_to_its_paper(open_page, found):
    text = body(open_page(PAGE, view="check"))
    doi = tables.load("studies").set_index("study_id")["doi"]
    for study in found.arms["study_id"].unique():
        assert doi[study] in text
