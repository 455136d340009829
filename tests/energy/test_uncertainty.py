"""What nobody knows: distributions as published, the same people for everybody, sound bands."""

from dataclasses import fields, replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.energy import Person, simulate, uncertainty
from spotcheck.energy.assumptions import (
    LEG_UNKNOWNS,
    UNKNOWNS,
    Prior,
    assumptions,
    table_priors,
)
from spotcheck.energy.projection import project
from spotcheck.energy.regional import leg_fat_share
from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import (
    N_DRAWS,
    QUANTILES,
    draw,
    fan,
    most_body_fat_fraction,
    simulated_people,
    tornado,
)

WOMAN = Person("female", 34, 1.68, 68.0)
RUNNING = Plan((Session("steady", 3, 40, 9),))
BOTH = replace(RUNNING, intake_change_kcal_per_day=-200.0)
SHARES = np.linspace(0.01, 0.99, 25)


def known(plan=BOTH, edits=None, person=WOMAN, slips=False):
    return assumptions(person, plan, edits, slips=slips)


def year(plan=BOTH, edits=None, person=WOMAN, slips=False):
    return fan(person, plan, known(plan, edits, person, slips))


def alone(name, mean=None, sd=0.0):
    """Edits after which one unknown is the only one left."""
    fixed = {one: (known()[one].mean, 0.0) for one in UNKNOWNS if one != "intake_slip_kcal_per_day"}
    return fixed | {name: (known()[name].mean if mean is None else mean, sd)}


# Distributions


@pytest.mark.parametrize(
    "name", [name for name, one in table_priors().items() if one.distribution == "truncated_normal"]
)
def test_a_bell_curve_is_the_truncated_normal_distribution(name):
    prior = table_priors()[name]
    bell = NormalDist(prior.mean, prior.sd)
    below, above = bell.cdf(prior.low), bell.cdf(prior.high)
    exact = [bell.inv_cdf(below + share * (above - below)) for share in SHARES]
    np.testing.assert_allclose(prior.quantile(SHARES), exact, atol=(prior.high - prior.low) / 513)


@pytest.mark.parametrize("mean", [0.1, 0.45, 0.8])
def test_a_hump_is_the_beta_distribution_with_its_mean_and_spread(mean):
    prior = replace(table_priors()["compensation_fraction"], mean=mean, sd=0.2)
    width = prior.high - prior.low
    middle, variance = (mean - prior.low) / width, (0.2 / width) ** 2
    size = middle * (1 - middle) / variance - 1
    sample = np.random.default_rng(1).beta(middle * size, (1 - middle) * size, 200_000)
    sample = prior.low + width * sample
    drawn = prior.quantile((np.arange(4000) + 0.5) / 4000)
    assert drawn.mean() == pytest.approx(mean, abs=0.002)
    assert drawn.std() == pytest.approx(0.2, abs=0.002)
    np.testing.assert_allclose(prior.quantile(SHARES), np.quantile(sample, SHARES), atol=0.006)


def test_compensation_of_the_table_reaches_as_far_as_its_note_says():
    low, high = table_priors()["compensation_fraction"].quantile([0.05, 0.95])
    assert low == pytest.approx(-0.1, abs=0.05)
    assert high == pytest.approx(0.9, abs=0.05)


def test_a_uniform_and_a_fixed_prior():
    slip = table_priors()["intake_slip_kcal_per_day"]
    np.testing.assert_allclose(slip.quantile(SHARES), 100 * SHARES)
    assert slip.sd == pytest.approx(100 / np.sqrt(12), abs=0.05)
    fixed = replace(table_priors()["compensation_fraction"], sd=0.0)
    assert fixed.is_fixed
    assert (fixed.quantile(SHARES) == 0.45).all()


@given(
    distribution=st.sampled_from(["truncated_normal", "shifted_beta"]),
    at=st.floats(0, 1),
    sd=st.floats(0.001, 2),
    low=st.floats(-2, 2),
    width=st.floats(0.05, 3),
)
def test_quantiles_rise_within_the_limits(distribution, at, sd, low, width):
    prior = Prior("one", distribution, low + at * width, sd, low, low + width)
    quantiles = prior.quantile(np.linspace(0, 1, 41))
    assert (np.diff(quantiles) >= 0).all()
    assert low <= quantiles[0] and quantiles[-1] <= low + width
    tight = replace(prior, sd=min(sd, prior.most_sd) / 4)
    assert np.ptp(tight.quantile([0.05, 0.95])) <= np.ptp(prior.quantile([0.05, 0.95])) + 1e-9


def test_the_largest_spread_is_that_of_equally_likely_values():
    prior = Prior("one", "truncated_normal", 0.0, 0.1, -1.0, 1.0)
    assert prior.most_sd == pytest.approx(1 / np.sqrt(3), abs=1e-3)
    assert prior.most_sd <= 1 / np.sqrt(3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mean": 1.3}, "mean of compensation_fraction is 1.3; allowed: a number from -0.5 to 1.2"),
        ({"mean": float("nan")}, "mean of compensation_fraction is nan"),
        ({"sd": -0.1}, "spread of compensation_fraction is -0.1"),
    ],
)
def test_a_prior_that_cannot_be_says_why(changes, message):
    with pytest.raises(ValueError, match=message):
        replace(table_priors()["compensation_fraction"], **changes)


def test_a_share_outside_nought_to_one_says_why():
    with pytest.raises(ValueError, match=r"share is 1\.1"):
        table_priors()["compensation_fraction"].quantile(1.1)


# Assumptions about one reader


def test_without_edits_they_are_the_tables():
    table = table_priors()
    own = {"physical_activity_level", "running_cost_factor", "leg_fat_share"}
    for name in (*UNKNOWNS, *LEG_UNKNOWNS):
        if name not in {*own, "intake_slip_kcal_per_day"}:
            assert known()[name] == table[name]
    assert known()["intake_slip_kcal_per_day"].quantile(0.5) == 0
    assert known(slips=True)["intake_slip_kcal_per_day"] == table["intake_slip_kcal_per_day"]


@pytest.mark.parametrize("name", [one for one in UNKNOWNS if one != "intake_slip_kcal_per_day"])
def test_an_edit_changes_one_prior_and_no_other(name):
    before = known()
    mean = before[name].mean + 0.01
    after = known(edits={name: (mean, 0.03)})
    assert (after[name].mean, after[name].sd) == (mean, 0.03)
    assert [one for one in after.priors if one.parameter != name] == [
        one for one in before.priors if one.parameter != name
    ]


def test_an_edit_outside_the_limits_says_why():
    with pytest.raises(ValueError, match=r"mean of adherence_fraction is 1\.5"):
        known(edits={"adherence_fraction": (1.5, 0.1)})


def test_the_readers_own_level_sex_and_age():
    man = Person("male", 55, 1.8, 80.0, 1.7)
    theirs = known(person=man)
    assert theirs["physical_activity_level"].mean == 1.7
    assert theirs["leg_fat_share"].mean == pytest.approx(float(leg_fat_share("male", 55)))
    assert theirs["leg_fat_share"].sd == table_priors()["leg_fat_share_male"].sd


def test_a_measured_body_fat_is_less_unsure():
    measured = known(person=replace(WOMAN, body_fat_fraction=0.3))["body_fat_fraction"]
    assert measured.sd < known()["body_fat_fraction"].sd
    assert measured.sd == table_priors()["measured_body_fat_fraction"].sd
    people, _, _ = simulated_people(
        replace(WOMAN, body_fat_fraction=0.3),
        RUNNING,
        draw(known(person=replace(WOMAN, body_fat_fraction=0.3))),
    )
    assert np.mean(people.body_fat_fraction) == pytest.approx(0.3, abs=0.001)


def test_the_cost_of_a_mixed_week_is_as_unsure_as_its_energy():
    steady, sprints, strength = (
        Session("steady", 3, 40, 9),
        Session("hill_sprints", 2, 20, 12, 0.1),
        Session("walking_lunge", 2, 30),
    )
    alone = [known(Plan((one,)))["running_cost_factor"].sd for one in (steady, sprints, strength)]
    assert alone[:2] == pytest.approx([0.08, 0.2])
    mixed = Plan((steady, sprints, strength))
    energy = [
        one.times_per_week * float(each.net_kcal + each.epoc_kcal)
        for one, each in zip(mixed.sessions, mixed.energy(68.0).sessions, strict=True)
    ]
    expected = np.average(alone, weights=energy)
    assert known(mixed)["running_cost_factor"].sd == pytest.approx(expected)
    nothing = known(Plan())["running_cost_factor"].sd
    assert nothing == table_priors()["running_cost_factor"].sd


# People


def test_a_thousand_people_each_of_whom_covers_a_thousandth():
    draws = draw(known(slips=True))
    shares = (np.arange(1000) + 0.5) / 1000
    assert N_DRAWS == 1000
    for name in (*UNKNOWNS, *LEG_UNKNOWNS):
        values = getattr(draws, name)
        assert values.shape == (1000,)
        np.testing.assert_allclose(np.sort(values), known(slips=True)[name].quantile(shares))


def test_unknowns_are_drawn_independently():
    draws = draw(known(slips=True))
    table = np.array([getattr(draws, one.name) for one in fields(draws)])
    together = np.corrcoef(table)
    assert np.abs(together - np.eye(len(together))).max() < 0.12


def test_the_same_seed_gives_the_same_people_and_another_seed_others():
    def in_a_new_process():
        fan.cache_clear()
        uncertainty._shares.cache_clear()
        return fan(WOMAN, BOTH, known(), 120)

    one, two = in_a_new_process(), in_a_new_process()
    np.testing.assert_array_equal(one.weight_kg, two.weight_kg)
    np.testing.assert_array_equal(one.leg_fat_change_kg, two.leg_fat_change_kg)
    a, b = (draw(known(), seed=seed).compensation_fraction for seed in (1, 2))
    assert not np.array_equal(a, b)
    np.testing.assert_array_equal(np.sort(a), np.sort(b))


@pytest.mark.parametrize("person", [WOMAN, Person("male", 60, 1.75, 110.0, 1.9, 0.35)])
def test_who_changes_nothing_stays_exactly_as_they_are(person):
    still = year(Plan(), person=person)
    assert (still.weight_change_kg == 0).all()
    assert (still.fat_change_kg == 0).all()
    assert (still.leg_fat_change_kg == 0).all()
    assert (still.weight_kg == float(np.asarray(person.weight_kg))).all()


def test_slips_alone_add_weight_to_everybody():
    assert (year(Plan(), slips=True).weight_change_kg > 0).all()


@pytest.mark.parametrize("sd", [0.0, 0.2])
def test_whoever_makes_up_more_loses_less(sd):
    less = year(edits={"compensation_fraction": (0.2, sd)})
    more = year(edits={"compensation_fraction": (0.7, sd)})
    assert (more.weight_change_kg > less.weight_change_kg).all()


@pytest.mark.parametrize(
    "name",
    [
        *("compensation_fraction", "adherence_fraction", "running_cost_factor"),
        *("intake_error_fraction", "physical_activity_level"),
    ],
)
def test_who_is_less_sure_gets_a_wider_band(name):
    widths = [float(np.diff(year(edits=alone(name, sd=sd)).nine_in_ten())[0]) for sd in (0.02, 0.1)]
    assert widths[1] > 2 * widths[0]


def test_legs_lose_their_share_of_the_fat():
    draws, bodies = draw(known()), year()
    np.testing.assert_allclose(
        bodies.leg_fat_change_kg,
        bodies.fat_change_kg * draws.leg_fat_share * draws.leg_fat_proportionality,
    )
    middle = project(WOMAN, BOTH, known())
    share, joining = (known()[name].mean for name in LEG_UNKNOWNS)
    assert middle.leg_fat_change_kg == pytest.approx(middle.fat_change_kg * share * joining)


@settings(max_examples=25)
@given(
    sex=st.sampled_from(["female", "male"]),
    age=st.integers(18, 90),
    height_m=st.floats(1.3, 2.15),
    weight_kg=st.floats(35, 200),
    fat=st.none() | st.floats(0.05, 0.6),
    edit=st.sampled_from([None, (-0.06, 0.034), (0.06, 0.034)]),
)
def test_everybody_that_a_reader_can_be_has_people_like_them(
    sex, age, height_m, weight_kg, fat, edit
):
    if fat is not None:
        fat = min(fat, most_body_fat_fraction(sex, age, height_m, weight_kg))
    person = Person(sex, age, height_m, weight_kg, 1.5, fat)
    edits = {"body_fat_fraction": edit} if edit else {}
    people, _, exercise = simulated_people(
        person, RUNNING, draw(known(RUNNING, edits, person), n=50)
    )
    assert people.body_fat_fraction.shape == exercise.shape == (50,)
    assert (people.lean_kg > 0).all()


# Bands and the middle


@settings(max_examples=12)
@given(
    kind=st.sampled_from(["steady", "walk"]),
    times=st.integers(1, 7),
    minutes=st.integers(15, 90),
    intake=st.sampled_from([-500, -200, 0, 200]),
    build_up=st.sampled_from([0, 12]),
    ends=st.sampled_from([None, 180]),
    sex=st.sampled_from(["female", "male"]),
    weight_kg=st.integers(55, 110),
    days=st.sampled_from([28, 200, 365]),
)
def test_the_middle_run_lies_within_ordered_bands(
    kind, times, minutes, intake, build_up, ends, sex, weight_kg, days
):
    person = Person(sex, 40, 1.72, float(weight_kg))
    plan = Plan((Session(kind, times, minutes, 7),), intake, build_up, ends)
    spread = fan(person, plan, known(plan, person=person), days)
    middle = project(person, plan, known(plan, person=person), days)
    assert (np.diff(spread.weight_kg, axis=0) >= -1e-12).all()
    assert (np.diff(spread.fat_kg, axis=0) >= -1e-12).all()
    assert spread.day[0] == 0 and spread.day[-1] == days
    at_day = middle.body.weight_kg[spread.day]
    slack = 1e-3
    assert (spread.weight_kg[0] - slack <= at_day).all()
    assert (at_day <= spread.weight_kg[-1] + slack).all()
    low, high = spread.nine_in_ten()
    assert low - slack <= middle.weight_change_kg <= high + slack
    assert spread.weight_kg[[0, -1], -1] - person.weight_kg == pytest.approx([low, high])


@pytest.mark.parametrize(
    ("name", "mean"),
    [
        ("resting_metabolic_rate_factor", 1.15),
        ("body_fat_fraction", 0.08),
        ("running_cost_factor", 1.1),
        ("adherence_fraction", 0.7),
        ("intake_error_fraction", 0.1),
        ("compensation_fraction", 0.1),
    ],
)
def test_an_edited_middle_moves_the_middle_run_as_it_moves_the_people(name, mean):
    edits = alone(name, mean)
    ours, theirs = project(WOMAN, BOTH, known()), project(WOMAN, BOTH, known(edits=edits))
    assert abs(theirs.weight_change_kg - ours.weight_change_kg) > 0.05
    people = year(edits=edits)
    np.testing.assert_allclose(people.weight_change_kg, theirs.weight_change_kg, atol=2e-3)
    np.testing.assert_allclose(people.fat_change_kg, theirs.fat_change_kg, atol=2e-3)


def test_the_middle_run_of_the_tables_means_is_the_readers_own():
    alone = simulate(
        WOMAN,
        known().intake_change(-200.0),
        known().training_share
        * BOTH.energy(68.0, float(WOMAN.resting_metabolic_rate_kcal_per_day)).extra_kcal_per_week
        / 7,
    )
    middle = project(WOMAN, BOTH, known())
    np.testing.assert_allclose(middle.body.weight_kg, alone.weight_kg, atol=1e-9)
    assert middle.days == 365


def test_the_static_rule_counts_the_plan_as_it_grows_and_ends():
    plan = replace(BOTH, build_up_weeks=4, training_ends_after_days=100, food_ends_after_days=60)
    middle = project(WOMAN, plan, known(plan), 150)
    week = middle.week.extra_kcal_per_week
    energy = week * (0.25 + 0.5 + 0.75) + week / 7 * (100 - 21) + 200 * 60
    assert middle.static_weight_kg[-1] == pytest.approx(68 - energy / 7700)
    assert middle.static_weight_kg[100] == middle.static_weight_kg[-1]
    frame = middle.frame()
    assert frame["weight_kg"].tolist() == middle.body.weight_kg.tolist()
    assert frame["day"].tolist() == list(range(151))


def test_the_fan_has_its_table():
    rows = year().frame()
    assert rows["day"].iloc[-1] == 365
    for share, quantile in zip(QUANTILES, year().weight_kg, strict=True):
        assert rows[f"weight_kg_quantile_{share:.2f}"].tolist() == quantile.tolist()


# Which unknown matters most


def test_each_end_of_the_tornado_is_a_run_of_its_own():
    rows = tornado(WOMAN, BOTH, known()).set_index("parameter")
    for name in ("compensation_fraction", "intake_error_fraction", "adherence_fraction"):
        ends = known()[name].quantile([0.05, 0.95])
        assert rows.loc[name, ["low", "high"]].tolist() == pytest.approx(ends.tolist())
        for column, value in zip(("change_at_low_kg", "change_at_high_kg"), ends, strict=True):
            run = project(WOMAN, BOTH, known(edits={name: (value, 0.0)}))
            assert rows.loc[name, column] == pytest.approx(run.weight_change_kg, abs=2e-3)


def test_the_tornado_is_sorted_and_has_every_unknown_once():
    rows = tornado(WOMAN, BOTH, known(slips=True))
    assert sorted(rows["parameter"]) == sorted(UNKNOWNS)
    assert rows["swing_kg"].is_monotonic_decreasing
    np.testing.assert_allclose(
        rows["swing_kg"], (rows["change_at_high_kg"] - rows["change_at_low_kg"]).abs()
    )
    assert rows["parameter"][0] == "compensation_fraction"


def test_what_is_known_for_certain_moves_nothing():
    rows = tornado(WOMAN, BOTH, known(edits={"compensation_fraction": (0.45, 0.0)}))
    swing = rows.set_index("parameter")["swing_kg"]
    assert swing["compensation_fraction"] == 0
    assert swing["intake_slip_kcal_per_day"] == 0
    assert tornado(WOMAN, Plan(), known(Plan()))["swing_kg"].eq(0).all()
