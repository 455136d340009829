"""The sentences hold the figures of the tables, and say when a change cannot be told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.energy.story import between, headline, plan_words, since_last_change, uncertainty
from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import fan
from spotcheck.wording import IMPERIAL, METRIC, NBSP

sessions = st.builds(
    Session,
    st.just("steady"),
    st.integers(0, 7),
    st.integers(10, 120),
    st.floats(6, 14),
    st.floats(0, 0.05),
)
plans = st.builds(Plan, st.tuples(sessions), st.integers(-500, 500))


def people(projection):
    return fan(projection.person, projection.plan, projection.assumptions, projection.days)


@pytest.mark.parametrize("units", [METRIC, IMPERIAL])
def test_the_headline_holds_the_figures(projected, units):
    @given(plans)
    def holds(plan):
        year = projected(plan)
        change = year.weight_change_kg
        if abs(change) >= 0.05:
            assert units.mass_amount(change) in headline(year, units)
            assert (" adds " if change > 0 else " off you ") in headline(year, units)

    holds()


def test_the_uncertainty_holds_the_band_and_the_rule(projected):
    year = projected()
    low, high = people(year).nine_in_ten()
    text = uncertainty(year, people(year))
    assert f"between {-high:.1f} and {-low:.1f}{NBSP}kg lighter" in text
    rule = year.static_weight_kg[-1] - 68
    assert f"would promise {-rule:.1f}{NBSP}kg" in text


def test_a_band_over_zero_says_that_no_change_is_plausible(projected):
    year = projected(Plan((Session("steady", 5, 60, 9),)), compensation_fraction=(0.8, 0.3))
    assert "heavier and" in uncertainty(year, people(year))
    assert "No change is also plausible" in uncertainty(year, people(year))


def test_a_small_change_cannot_be_told_from_the_scale(projected):
    year = projected(Plan((Session("walk", 1, 30, 5),)))
    assert "normal ups and downs" in uncertainty(year, people(year))


def test_nothing_planned_changes_nothing(projected):
    year = projected(Plan())
    assert headline(year).startswith("Nothing changes")
    assert uncertainty(year, people(year)) == ""


def test_a_plan_that_ends_is_called_so():
    run = Session("steady", 3, 40, 9)
    assert "a week for 6 months" in plan_words(Plan((run,), training_ends_after_days=182), 365)
    assert " for " not in plan_words(Plan((run,), training_ends_after_days=400), 365)
    food = plan_words(Plan((), -300, food_ends_after_days=91), 365)
    assert food == f"Eating 300{NBSP}kcal a day less for 3 months"


def test_ranges_read_from_the_smaller_to_the_larger():
    assert between(1, 2.5) == f"between 1.0 and 2.5{NBSP}kg heavier"
    assert between(-2, -1, IMPERIAL) == f"between 2.2 and 4.4{NBSP}lb lighter"


def test_a_move_that_changes_nothing_is_not_mentioned():
    assert since_last_change(-2.0, -2.04) == ""
    assert "less off" in since_last_change(-2.0, -1.5)


def test_an_empty_plan_has_a_name_and_slips_are_said(projected):
    assert plan_words(Plan(), 365) == "No training and the same food"
    slip = replace(
        projected(Plan()), intake_change_kcal_per_day=50.0, body=projected(Plan((), 50)).body
    )
    assert headline(slip).startswith("Eating a little more than planned adds")
