"""Where lost fat comes from: bands of simulated people, and what trials found."""

import numpy as np
import pytest

from spotcheck import tables
from spotcheck.energy import Person
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.projection import project
from spotcheck.energy.regional import (
    Band,
    bands_table,
    finding,
    is_no_change_plausible,
    is_seen,
    leg_fat_change_kg,
    regional_bands,
    trials,
)
from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import fan

WOMAN = Person("female", 34, 1.68, 68)
RUN = (Session("steady", 3, 40, 9),)


def bands_of(plan, person=WOMAN, days=180):
    known = assumptions(person, plan)
    middle, people = project(person, plan, known, days), fan(person, plan, known, days)
    return regional_bands(
        middle.fat_change_kg,
        middle.leg_fat_change_kg,
        people.fat_change_kg,
        people.leg_fat_change_kg,
    )


def test_the_regions_add_up_and_the_bands_hold_their_middles():
    bands = bands_of(Plan(RUN))
    assert bands["legs"].middle_kg + bands["elsewhere"].middle_kg == pytest.approx(
        bands["all"].middle_kg
    )
    for band in bands.values():
        assert band.low_kg < band.middle_kg < band.high_kg
    assert bands["legs"].middle_kg == pytest.approx(
        float(leg_fat_change_kg(bands["all"].middle_kg, "female", 34))
    )


def test_the_ends_hold_nine_in_ten_people():
    people = np.linspace(-4, 0, 1001)
    band = regional_bands(-2.0, -0.7, people, people / 3)["legs"]
    inside = (people / 3 >= band.low_kg) & (people / 3 <= band.high_kg)
    assert inside.mean() == pytest.approx(0.9, abs=0.002)


def test_the_table_has_the_bands():
    rows = bands_table(bands_of(Plan(RUN))).set_index("region")
    assert list(rows.index) == ["all", "legs", "elsewhere"]
    assert rows.loc["legs", "fat_change_low_kg"] == bands_of(Plan(RUN))["legs"].low_kg


def test_legs_of_a_man_and_of_an_older_woman_lose_less_of_the_same_fat():
    assert leg_fat_change_kg(-5, "male", 34) > leg_fat_change_kg(-5, "female", 34)
    assert leg_fat_change_kg(-5, "female", 70) > leg_fat_change_kg(-5, "female", 34)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(RUN), "of the fat that you lose comes from your legs"),
        (Plan((), 300), "of the fat that you gain goes to your legs"),
        (Plan(()), "Your legs keep the fat that they have"),
    ],
    ids=["loss", "gain", "nothing"],
)
def test_the_finding_reads_well_both_ways(plan, words):
    bands = bands_of(plan, days=90)
    sentence = finding(bands["legs"])
    assert words in sentence
    assert ("kg" in sentence) == is_seen(bands)
    if is_seen(bands):
        assert f"{abs(bands['legs'].middle_kg):.1f}" in sentence


def test_a_band_across_zero_is_said_to_be_one():
    assert is_no_change_plausible(Band(-0.3, -0.9, 0.1))
    assert not is_no_change_plausible(Band(-0.3, -0.9, -0.1))
    assert not is_no_change_plausible(Band(0.0, -0.01, 0.01))
    assert "(−0.1 to 0.9\u00a0kg)" in finding(Band(-0.3, -0.9, 0.1))


def test_the_two_largest_trials_found_proportion():
    """The page says so in a heading."""
    single = trials().query("legs != 'no_effect'").drop_duplicates("study_id")
    largest = single.sort_values("n", ascending=False).head(2)
    assert largest["legs"].tolist() == ["in_proportion"] * 2
    assert {"less", "more"} <= set(single["legs"].drop(largest.index))


def test_the_verdicts_follow_from_the_figures():
    both = trials().dropna(subset=["change_percent", "comparison_change_percent"])
    ahead = both["comparison_change_percent"] - both["change_percent"]
    expected = np.select([ahead.abs() < 1, ahead < 0], ["in_proportion", "less"], "more")
    assert both["legs"].tolist() == expected.tolist()


def test_figures_that_other_tables_hold_too_are_the_same():
    """``effects`` coded some of these trials for the articles."""
    effects = tables.load("effects").set_index("effect_id")["estimate"]
    rows = trials().set_index("comparison_id")
    for comparison, column, effect in (
        ("nindl_2000_trunk", "change_percent", "nindl_2000_e03"),
        ("nindl_2000_trunk", "comparison_change_percent", "nindl_2000_e02"),
        ("nindl_2000_arms", "comparison_change_percent", "nindl_2000_e01"),
        ("scotto_di_palumbo_2017_upper", "change_percent", "scotto_di_palumbo_2017_e02"),
        ("scotto_di_palumbo_2017_upper", "comparison_change_percent", "scotto_di_palumbo_2017_e01"),
        ("scotto_di_palumbo_2017_lower", "change_percent", "scotto_di_palumbo_2017_e03"),
        ("scotto_di_palumbo_2017_lower", "comparison_change_percent", "scotto_di_palumbo_2017_e04"),
        ("ramirez_campillo_2013_arms", "comparison_change_percent", "ramirez_campillo_2013_e01"),
        ("ramirez_campillo_2013_trunk", "comparison_change_percent", "ramirez_campillo_2013_e02"),
    ):
        assert rows.loc[comparison, column] == effects[effect]
    before, after = effects["walts_2008_e05"], effects["walts_2008_e06"]
    change = 100 * (after - before) / before
    assert rows.loc["walts_2008_before", "change_percent"] == pytest.approx(change, abs=0.05)
