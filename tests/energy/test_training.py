"""A weekly plan: its books balance, and its projection is the model's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.energy import Person, simulate
from spotcheck.energy.regional import leg_fat_change_kg, leg_fat_share
from spotcheck.energy.story import headline, since_last_change, uncertainty
from spotcheck.energy.training import WeeklyPlan, project, receipt
from spotcheck.wording import kg_amount

WOMAN = Person("female", 34, 1.68, 68)

plans = st.builds(
    WeeklyPlan,
    st.just("steady"),
    st.integers(0, 7),
    st.integers(10, 120),
    st.floats(6, 14),
    st.floats(0, 0.05),
    st.integers(-500, 500),
    st.floats(0, 1),
)


@given(plans)
def test_the_receipt_adds_up(plan):
    session = plan.session(68.0)
    rows = receipt(session, plan.compensation_fraction).set_index("step")["kcal"]
    assert rows.iloc[:-1].sum() == pytest.approx(rows["counts"])
    assert rows["counts"] == pytest.approx(
        (1 - plan.compensation_fraction) * float(session.net_kcal + session.epoc_kcal)
    )


@given(plans)
def test_the_projection_is_the_models(plan):
    year = project(WOMAN, plan, days=120)
    alone = simulate(
        WOMAN, plan.intake_change_kcal_per_day, year.counted_kcal_per_week / 7, days=120
    )
    # Run together, people share the longest step that suits them all.
    np.testing.assert_allclose(year.body.weight_kg, alone.weight_kg, atol=2e-3)


@given(plans)
def test_more_made_up_is_never_lighter(plan):
    year = project(WOMAN, plan, days=120)
    assert (year.weight_if_most_made_up_kg >= year.weight_if_none_made_up_kg - 1e-9).all()


@given(plans)
def test_the_sentences_hold_the_figures(plan):
    year = project(WOMAN, plan, days=365)
    change = year.weight_change_kg
    if abs(change) >= 0.05:
        assert kg_amount(change) in headline(year)
        assert (" adds " if change > 0 else " off you ") in headline(year)
    if plan.sessions_per_week:
        ends = [
            weight[-1] - 68.0
            for weight in (year.weight_if_none_made_up_kg, year.weight_if_most_made_up_kg)
        ]
        if ends[0] < -0.1 and ends[1] > 0.1 and abs(change) > 0.5:
            assert "No change is also plausible" in uncertainty(year)


def test_frame_has_a_row_a_day_and_weight_is_the_sum_of_its_parts():
    rows = project(WOMAN, WeeklyPlan("steady", 3, 40, 9), days=90).frame()
    assert rows["day"].tolist() == list(range(91))
    parts = rows["fat_kg"] + rows["lean_kg"] + rows["extracellular_fluid_kg"]
    np.testing.assert_allclose(rows["weight_kg"], parts + 3.7 * rows["glycogen_kg"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sessions_per_week": 15}, "sessions_per_week is 15; allowed: a number from 0 to 14"),
        (
            {"compensation_fraction": 2},
            "compensation_fraction is 2; allowed: a number from -1 to 1.5",
        ),
    ],
)
def test_impossible_plans_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        WeeklyPlan(
            **{
                "session_type": "steady",
                "sessions_per_week": 3,
                "minutes": 40,
                "speed_km_h": 9,
                **change,
            }
        )


def test_legs_lose_their_share():
    share = leg_fat_share(["female", "male"], [30, 30])
    assert share == pytest.approx([0.39, 0.34])
    assert leg_fat_share("female", 55) < share[0]
    assert leg_fat_change_kg(-10, "female", 30) == pytest.approx(-3.51)
    with pytest.raises(ValueError, match="age_years"):
        leg_fat_share("female", 12)


def test_a_move_that_changes_nothing_is_not_mentioned():
    assert since_last_change(-2.0, -2.04) == ""
    assert "less off" in since_last_change(-2.0, -1.5)
