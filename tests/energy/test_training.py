"""A training week: its books balance, its calendar holds, and others' equations are set beside."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.energy.assumptions import table_priors
from spotcheck.energy.balance import HIGHEST_EXERCISE_KCAL_PER_DAY
from spotcheck.energy.running import (
    acsm_running_oxygen_uptake,
    acsm_walking_oxygen_uptake,
    session_energy,
)
from spotcheck.energy.safety import HIGHEST_TRAINING_KCAL_PER_DAY, training_stop
from spotcheck.energy.story import cross_check_words
from spotcheck.energy.training import (
    MOST_SESSIONS,
    Plan,
    Session,
    cross_check,
    receipt,
    session_types,
    strength_mets,
)
from spotcheck.wording import NBSP, kcal, percent

RESTING_KCAL_PER_DAY = 1400.0


@st.composite
def of_a_kind(draw, kind):
    row = session_types()[kind]
    return Session(
        kind,
        draw(st.integers(0, 14)),
        draw(st.integers(5, 180)),
        draw(st.floats(row["speed_low_km_h"], row["speed_high_km_h"])),
        draw(st.floats(row["grade_low"], row["grade_high"])),
        outdoors=draw(st.booleans()),
    )


strength = st.builds(
    Session, st.sampled_from(sorted(strength_mets())), st.integers(0, 14), st.integers(5, 180)
)
sessions = st.sampled_from(list(session_types())).flatmap(of_a_kind) | strength
weeks = st.lists(sessions, max_size=MOST_SESSIONS).map(tuple)


@given(sessions, st.floats(-0.5, 1.2))
def test_the_receipt_adds_up(session, made_up):
    energy = session.energy(68.0, RESTING_KCAL_PER_DAY)
    rows = receipt(energy, made_up).set_index("step")["kcal"]
    assert rows.iloc[:-1].sum() == pytest.approx(rows["counts"])
    assert rows["gross"] + rows["resting"] == pytest.approx(float(energy.net_kcal))
    assert rows["counts"] == pytest.approx(
        (1 - made_up) * float(energy.net_kcal + energy.epoc_kcal)
    )


@given(sessions, st.floats(0, 1))
def test_each_step_of_the_receipt_starts_where_the_last_one_ended(session, made_up):
    rows = receipt(session.energy(68.0, RESTING_KCAL_PER_DAY), made_up)
    ends = rows["start_kcal"] + rows["kcal"]
    np.testing.assert_allclose(rows["start_kcal"].iloc[1:-1], ends.iloc[:-2], atol=1e-9)
    assert rows["start_kcal"].iloc[-1] == 0
    assert ends.iloc[-2] == pytest.approx(ends.iloc[-1])


@given(weeks)
def test_a_week_is_the_sum_of_its_sessions(week):
    together = Plan(week).energy(68.0, RESTING_KCAL_PER_DAY)
    alone = [Plan((one,)).energy(68.0, RESTING_KCAL_PER_DAY) for one in week]
    assert together.extra_kcal_per_week == pytest.approx(
        sum(one.extra_kcal_per_week for one in alone)
    )
    for one, energy, single in zip(week, together.sessions, alone, strict=True):
        extra = float(energy.net_kcal + energy.epoc_kcal)
        assert single.extra_kcal_per_week == pytest.approx(one.times_per_week * extra)


@given(weeks)
def test_a_week_is_as_uncertain_as_its_sessions(week):
    spread = Plan(week).energy(68.0).cost_sd_fraction
    trained = [one.cost_sd_fraction for one in week if one.times_per_week]
    if not trained:
        assert spread == 0
    else:
        assert min(trained) - 1e-9 <= spread <= max(trained) + 1e-9


def test_a_session_costs_what_its_equations_say():
    uphill = Session("intervals", 2, 40, 14, 0.02, 5, 120, 90, outdoors=False)
    by_hand = session_energy(
        "intervals", 68, 40, 14, 0.02,
        repeats=5, work_seconds=120, recovery_seconds=90,
        resting_kcal_per_day=1400, outdoors=False,
    )  # fmt: skip
    assert uphill.energy(68, 1400) == by_hand


def test_strength_exercises_cost_what_their_line_of_the_compendium_says():
    exercises = tables.load("exercises").set_index("exercise_id")
    met = tables.load("activities").set_index("activity_code")["met"]
    assert len(strength_mets()) > 50
    for kind in strength_mets():
        assert exercises.loc[kind, "category"] == "strength"
        energy = Session(kind, 1, 60).energy(70, None)
        mets = met[exercises.loc[kind, "activity_code"]]
        assert energy.gross_kcal == pytest.approx(mets * 3.5 * 60 * 70 * 4.9 / 1000)
        assert energy.epoc_kcal == 0


def test_minutes_are_those_of_all_sessions():
    plan = Plan((Session("steady", 3, 40, 9), Session("walk", 2, 30, 5)))
    assert plan.minutes_per_week == 180
    assert plan.trains
    assert not Plan((Session("steady", 0, 40, 9),)).trains
    assert Plan((Session("steady", 0, 40, 9),)).changes_nothing
    assert not Plan((), -100).changes_nothing


@given(
    st.integers(1, 200), st.integers(0, 26), st.none() | st.integers(0, 200),
    st.none() | st.integers(0, 200),
)  # fmt: skip
def test_the_calendar_of_a_plan(days, build_up, training_ends, food_ends):
    plan = Plan((), -300, build_up, training_ends, food_ends)
    intake, exercise = plan.schedules(days)
    if food_ends is None:
        assert intake is None
    else:
        assert intake.tolist() == [1.0 if day < food_ends else 0.0 for day in range(days)]
    if build_up == 0 and training_ends is None:
        assert exercise is None
        return
    for day, share in enumerate(exercise):
        if training_ends is not None and day >= training_ends:
            assert share == 0
        else:
            steps = day // 7 + 1
            assert share == pytest.approx(min(steps / build_up, 1) if build_up else 1)


def test_a_plan_lasts_when_nothing_in_it_starts_late_or_ends():
    assert Plan().lasts
    assert not Plan(build_up_weeks=4).lasts
    assert not Plan(training_ends_after_days=100).lasts
    assert not Plan(food_ends_after_days=100).lasts


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Session("steady", 15, 40, 9),
            "times_per_week is 15; allowed: a number from 0 to 14",
        ),
        (lambda: Session("swim", 1, 40), "kind is 'swim'; allowed: steady, intervals"),
        (lambda: Session("running_easy", 1, 40), "kind is 'running_easy'; allowed"),
        (lambda: Plan(build_up_weeks=53), "build_up_weeks is 53; allowed: a number from 0 to 52"),
        (lambda: Plan(training_ends_after_days=-1), "training_ends_after_days is -1; allowed"),
        (lambda: Plan(food_ends_after_days=float("nan")), "food_ends_after_days is nan; allowed"),
        (lambda: Plan((Session("walk", 1, 30, 9),)).energy(68), "speed_km_h is 9; allowed"),
        (lambda: Plan((Session("walk", 1, 30, 5),)).energy(10), "weight_kg is 10; allowed"),
    ],
)
def test_impossible_plans_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_the_most_training_keeps_every_simulated_person_within_the_model():
    priors = table_priors()
    most = HIGHEST_TRAINING_KCAL_PER_DAY * (1 - priors["compensation_fraction"].low)
    for name in ("adherence_fraction", "running_cost_factor"):
        most *= priors[name].high
    assert most <= HIGHEST_EXERCISE_KCAL_PER_DAY
    assert training_stop(7 * HIGHEST_TRAINING_KCAL_PER_DAY) is None
    assert training_stop(7 * HIGHEST_TRAINING_KCAL_PER_DAY + 1).reason == "training_limit"


def checked(session, weight_kg=68):
    return cross_check(session, weight_kg, RESTING_KCAL_PER_DAY).set_index("method")


@pytest.mark.parametrize(
    ("session", "oxygen_ml_per_kg_min"),
    [
        (Session("steady", 1, 40, 9), acsm_running_oxygen_uptake(9)),
        (Session("steady", 1, 25, 11, 0.08), acsm_running_oxygen_uptake(11, 0.08)),
        (Session("walk", 1, 30, 5, 0.1), acsm_walking_oxygen_uptake(5, 0.1)),
    ],
)
def test_the_acsm_figure_is_its_equation(session, oxygen_ml_per_kg_min):
    rows = checked(session)
    gross = oxygen_ml_per_kg_min * 68 * session.minutes * 4.9 / 1000
    assert rows.loc["acsm", "gross_kcal"] == pytest.approx(gross)
    ours = float(session.energy(68, RESTING_KCAL_PER_DAY).gross_kcal)
    assert rows.loc["acsm", "against_ours"] == pytest.approx(gross / ours - 1)


@pytest.mark.parametrize(
    ("session", "code"),
    [
        (Session("steady", 1, 40, 8.2), "12030"),
        (Session("steady", 1, 40, 11.3), "12070"),
        (Session("steady", 1, 40, 9.66, 0.05), "12260"),
        (Session("downhill", 1, 40, 10, -0.06), "12358"),
        (Session("walk", 1, 30, 5), "17190"),
    ],
)
def test_the_compendium_figure_is_its_nearest_line(session, code):
    line = tables.load("activities").set_index("activity_code").loc[code]
    row = checked(session, 70).loc["compendium"]
    assert row["entry"] == line["description"]
    assert row["gross_kcal"] == pytest.approx(line["met"] * 70 * session.minutes / 60)


@pytest.mark.parametrize(
    ("session", "acsm", "compendium"),
    [
        (Session("intervals", 1, 40, 12), "not_even", "not_even"),
        (Session("hill_sprints", 1, 20, 15, 0.1), "not_even", "not_even"),
        (Session("downhill", 1, 40, 10, -0.06), "acsm_grade", ""),
        (Session("downhill", 1, 40, 18, -0.19), "acsm_grade", "no_entry"),
        (Session("steady", 1, 40, 12, 0.12), "", "no_entry"),
        (Session("leg_press", 1, 30), "strength", "strength"),
    ],
)
def test_where_there_is_no_second_figure_there_is_a_reason(session, acsm, compendium):
    rows = checked(session)
    assert rows["why_not"].tolist() == ["", acsm, compendium]
    assert rows["gross_kcal"].isna().tolist() == [False, acsm != "", compendium != ""]
    assert rows["against_ours"].isna().tolist() == [False, acsm != "", compendium != ""]
    assert "nan" not in cross_check_words(rows.reset_index())


@given(sessions.filter(lambda one: one.minutes > 0))
def test_the_words_of_the_cross_check_hold_its_figures(session):
    check = cross_check(session, 68, RESTING_KCAL_PER_DAY)
    words = cross_check_words(check)
    for row in check[check["method"].ne("ours") & check["why_not"].eq("")].itertuples():
        assert kcal(row.gross_kcal) in words
        if abs(row.against_ours) >= 0.005:
            more = "more" if row.against_ours > 0 else "less"
            assert f"{percent(abs(row.against_ours))} {more} than ours" in words
    assert words.endswith(".")
    assert f"nan{NBSP}" not in words
