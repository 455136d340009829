"""Plans beside each other: every figure is the plan's own."""

import pytest

from spotcheck.energy.comparison import ComparedPlan, comparison_table
from spotcheck.energy.training import Plan, Session


def test_the_table_holds_each_plans_own_figures(projected):
    run, food = projected(), projected(Plan((), -200))
    table = comparison_table([ComparedPlan("run", run), ComparedPlan("food", food)])
    assert table["plan"].tolist() == ["run", "food"]
    assert table["hours_per_week"].tolist() == [2, 0]
    assert table["weight_kg"].tolist() == pytest.approx(
        [run.body.weight_kg[-1], food.body.weight_kg[-1]]
    )
    assert (table["low_kg"] < table["weight_kg"]).all()
    assert (table["high_kg"] > table["weight_kg"]).all()
    assert table["counted_kcal_per_week"].tolist() == pytest.approx([run.counted_kcal_per_week, 0])


def test_energy_availability_is_what_food_leaves_after_training(projected):
    one = ComparedPlan("run", projected(Plan((Session("steady", 7, 60, 9),), -100)))
    person = one.projection.person
    spent = one.projection.week.extra_kcal_per_week / 7
    left = float(person.energy_intake_kcal_per_day) - 100 - spent
    expected = left / (68 - float(person.fat_kg))
    assert one.energy_availability_kcal_per_kg_per_day == pytest.approx(expected)
