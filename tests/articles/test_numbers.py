"""With your numbers: every claim has its place, and every figure is the one of its function."""

import re
from urllib.parse import parse_qs

import pandas as pd
import pytest

from spotcheck import claim_answers, measured, tables
from spotcheck.articles import numbers
from spotcheck.claim_answers import ENERGY, MUSCLES, Asked, even_run
from spotcheck.energy import Person, session_energy
from spotcheck.energy.assumptions import assumptions
from spotcheck.energy.goal import held_off
from spotcheck.energy.projection import project
from spotcheck.energy.training import Plan, Session
from spotcheck.muscles import matrix
from spotcheck.muscles.order import evidence_of
from spotcheck.muscles.running_cover import role_cover, running_forms, strength_exercises
from spotcheck.wording import IMPERIAL, counted, kcal, kg_amount, number, percent

READER = Person("female", 34, 1.68, 68)
RUN = Session("steady", 3, 40, 9)
TESTS = tables.load("topic_tests")
CLAIMS = numbers.sorted_claims(tables.load("claims"), tables.load("claim_tests"))


def asked(*sessions, edits=None, units=None, **plan):
    plan = Plan(sessions, **plan)
    made = project(READER, plan, assumptions(READER, plan, edits or {}))
    return Asked(made, RUN, *([units] if units else []))


def cost(session):
    resting = float(READER.resting_metabolic_rate_kcal_per_day)
    return session_energy(
        session.kind,
        68,
        session.minutes,
        session.speed_km_h,
        session.grade,
        resting_kcal_per_day=resting,
    )


def test_every_claim_is_one_of_three_kinds():
    assert len(CLAIMS) == len(tables.load("claims"))
    assert CLAIMS["kind"].isin(numbers.KINDS).all()
    assert CLAIMS["test_id"].notna().equals(CLAIMS["kind"].eq(numbers.COMPUTED))
    nothing = CLAIMS["kind"].eq(numbers.NOTHING)
    assert (
        CLAIMS.loc[nothing, "claim_type"]
        .isin(["rhetoric", "definition", "caveat", "mechanism"])
        .all()
    )


def test_a_claim_without_a_row_is_named():
    claims = pd.DataFrame({"claim_id": ["A01", "A02"]})
    rows = pd.DataFrame(
        {"claim_id": ["A01"], "kind": ["nothing"], "test_id": [None], "reason": ["A story"]}
    )
    with pytest.raises(ValueError, match="A02"):
        numbers.sorted_claims(claims, rows)
    with pytest.raises(ValueError, match="allowed are computed"):
        numbers.sorted_claims(claims, rows.assign(kind="perhaps"))


def test_every_test_has_an_answer_and_serves_a_claim_or_what_is_left_out():
    assert set(TESTS["test_id"]) == {*ENERGY, *MUSCLES}
    theme = tables.load("topics").set_index("topic_id")["theme"]
    unused = TESTS[~TESTS["test_id"].isin(CLAIMS["test_id"])]
    assert theme[unused["topic_id"]].eq("omitted").all()
    page = TESTS.set_index("test_id")["page"]
    assert page[list(ENERGY)].eq("calorie_deficit").all()
    assert page[list(MUSCLES)].eq("muscle_matrix").all()


def test_a_link_sets_each_parameter_once_unless_it_is_a_list():
    for row in TESTS.itertuples():
        for name, values in parse_qs(row.query, keep_blank_values=True).items():
            assert len(values) == 1 or name in ("exercise", "week"), row.test_id


def test_figures_belong_to_claims_that_are_not_computed_or_add_to_them():
    figures = tables.load("claim_figures")
    effects = tables.load("effects").set_index("effect_id")["study_id"]
    named = figures.dropna(subset="effect_id")
    assert effects[named["effect_id"]].tolist() == named["study_id"].tolist()
    kinds = CLAIMS.set_index("claim_id")["kind"]
    assert not kinds[figures["claim_id"]].eq(numbers.NOTHING).any()
    without = set(kinds.index[kinds.eq(numbers.FIGURE)]) - set(figures["claim_id"])
    reasons = CLAIMS.set_index("claim_id")["reason"]
    assert reasons[sorted(without)].str.contains("no trial|no figure").all()


@pytest.mark.parametrize("effect_id", tables.load("claim_figures")["effect_id"].dropna().unique())
def test_a_figure_in_words_has_the_numbers_of_its_row(effect_id):
    rows = tables.load("effects").fillna({"interval": "", "comparator": "", "note": ""})
    row = rows.set_index("effect_id").loc[effect_id]
    text = numbers.figure_words(row).replace("\u2212", "-").replace(",", "")
    found = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", text)]
    columns = ["estimate", "estimate_low", "estimate_high", "ci_low", "ci_high"]
    for value in row[columns].dropna():
        assert value in found
    assert row["unit"].split()[0] in text


def test_the_heading_counts_the_claims():
    counts = CLAIMS["kind"].value_counts()
    assert f"Of {len(CLAIMS)} claims, {counts['computed']} " in numbers.finding(CLAIMS)
    assert f"{counts['figure']} more" in numbers.counts_sentence(CLAIMS)


def test_a_hill_costs_what_the_equations_say():
    hill = Session("steady", 3, 40, 9, 0.07)
    flat, steep = float(cost(RUN).net_kcal), float(cost(hill).net_kcal)
    answer = ENERGY["uphill"](asked(hill))
    assert dict(answer.figures) == pytest.approx(
        {"level": flat, "uphill": steep, "change": steep / flat - 1}
    )
    for words in (kcal(flat), kcal(steep), f"{percent(steep / flat - 1)} more"):
        assert words in answer.text


def test_downhill_costs_less():
    down = Session("downhill", 3, 40, 10, -0.08)
    flat = float(cost(Session("steady", 3, 40, 10)).net_kcal)
    steep = float(cost(down).net_kcal)
    text = ENERGY["downhill"](asked(down)).text
    assert kcal(flat) in text
    assert kcal(steep) in text
    assert f"{percent(1 - steep / flat)} less" in text


def test_afterburn_is_compared_over_the_same_time_and_distance():
    fast = Session("intervals", 3, 40, 12)
    even = even_run(fast)
    assert even.speed_km_h == pytest.approx(0.4 * 12 + 0.6 * 7.5)
    figures = dict(ENERGY["afterburn"](asked(fast)).figures)
    assert figures["intervals afterwards"] == pytest.approx(float(cost(fast).epoc_kcal))
    assert figures["even afterwards"] == pytest.approx(float(cost(even).epoc_kcal))
    text = ENERGY["afterburn"](asked(fast)).text
    assert kcal(cost(fast).epoc_kcal) in text
    assert kcal(cost(even).epoc_kcal) in text


@pytest.mark.parametrize(
    ("test", "session"),
    [
        ("walking", Session("walk", 3, 40, 5.5)),
        ("hill_sprints", Session("hill_sprints", 3, 40, 15, 0.1)),
    ],
)
def test_other_sessions_are_compared_with_an_even_run(test, session):
    text = ENERGY[test](asked(session)).text
    assert kcal(cost(session).net_kcal) in text
    assert kcal(cost(RUN).net_kcal) in text


@pytest.mark.parametrize("test", ["fat_loss", "leg_fat", "mixed_week", "dose"])
def test_losses_are_those_of_the_projection(test):
    given_ = asked(RUN)
    made = given_.projection
    text = ENERGY[test](given_).text
    assert kg_amount(made.fat_change_kg) in text
    if test in ("leg_fat", "mixed_week"):
        assert kg_amount(made.leg_fat_change_kg) in text
    else:
        assert kg_amount(made.weight_change_kg) in text
    assert "no fat off" in ENERGY[test](asked(Session("walk", 0, 40, 5))).text


def test_the_legs_share_is_what_the_projection_uses():
    given_ = asked(RUN)
    holds, share = (value for _, value in ENERGY["leg_share"](given_).figures)
    made = given_.projection
    assert share == pytest.approx(made.leg_fat_change_kg / made.fat_change_kg)
    text = ENERGY["leg_share"](given_).text
    assert percent(holds) in text
    assert percent(share) in text


def test_the_gap_is_what_compensation_leaves():
    answer = ENERGY["energy_gap"](asked(RUN, edits={"compensation_fraction": (0.28, 0.3)}))
    figures = dict(answer.figures)
    assert figures["left"] == pytest.approx(0.72 * figures["week"])
    week = 3 * float(cost(RUN).net_kcal + cost(RUN).epoc_kcal)
    assert figures["week"] == pytest.approx(week)
    assert kcal(week) in answer.text
    assert kcal(0.72 * week) in answer.text


def test_keeping_on_is_the_plan_without_its_end():
    answer = ENERGY["keep_up"](asked(RUN, training_ends_after_days=91))
    on, off = asked(RUN).projection, asked(RUN, training_ends_after_days=91).projection
    assert kg_amount(on.weight_change_kg) in answer.text
    assert kg_amount(off.weight_change_kg) in answer.text


def test_slow_change_reads_the_weight_after_ten_weeks():
    made = asked(RUN).projection
    soon = made.body.weight_kg[70] - made.body.weight_kg[0]
    assert kg_amount(soon) in ENERGY["slow_change"](asked(RUN)).text


def test_food_adds_fat():
    made = asked(intake_change_kcal_per_day=100).projection
    text = ENERGY["food"](asked(intake_change_kcal_per_day=100)).text
    assert kg_amount(made.fat_change_kg) in text
    assert "100\u00a0kcal a day more" in text


def test_what_is_held_off_is_that_of_the_goal_view():
    made = asked(RUN).projection
    middle, least, most = held_off(made.person, made.plan, made.assumptions).held_off_kg(5)
    text = ENERGY["weight_kept"](asked(RUN)).text
    assert kg_amount(middle) in text
    assert f"({number(least, 1)} to {number(most, 1)}\u00a0kg)" in text


def test_answers_come_in_the_readers_units():
    text = ENERGY["fat_loss"](asked(RUN, units=IMPERIAL)).text
    assert IMPERIAL.mass_amount(asked(RUN).projection.fat_change_kg) in text


def test_without_training_nothing_breaks():
    nothing = asked()
    for test in ("leg_share", "fat_loss", "leg_fat", "energy_gap", "weight_kept", "keep_up"):
        assert ENERGY[test](nothing).text


def roles(exercise):
    rows = tables.load("engagement_roles")
    return rows[rows["exercise_id"].eq(exercise)].set_index("muscle_id")["role"]


def test_muscles_are_counted_as_in_the_matrix():
    groups = tables.load("muscles").set_index("muscle_id")["muscle_group"]
    run = roles("running_easy")
    thigh = run[run.index.map(groups).isin(claim_answers.THIGH_GROUPS)]
    figures = dict(MUSCLES["muscles_worked"]().figures)
    assert figures["lead"] == thigh.eq("prime_mover").sum()
    assert figures["help"] == thigh.eq("synergist").sum()
    inner = run[groups[run.index].eq("inner_thigh").to_numpy()]
    figures = dict(MUSCLES["inner_thigh"]().figures)
    assert figures["lead"] == inner.eq("prime_mover").sum()
    assert figures["help"] == inner.eq("synergist").sum()


def test_forces_are_those_of_the_measurements():
    rows = tables.load("engagement_measurements")
    rows = rows.merge(tables.load("exercise_variants")[["variant_id", "exercise_id"]])
    rows = rows[rows["exercise_id"].eq("running_easy") & rows["metric"].eq("force_body_weights")]
    members = rows[["portion_id", "value", "value_high"]].merge(
        tables.load("muscle_portion_members")
    )
    members["force"] = members["value"].fillna(members["value_high"])
    group = members["muscle_id"].map(tables.load("muscles").set_index("muscle_id")["muscle_group"])
    figures = dict(MUSCLES["adductor_force"]().figures)
    assert figures["adductors"] == members.loc[group.eq("inner_thigh"), "force"].max()
    assert figures["strongest"] == members["force"].max()
    assert not group.eq("calf").any()


def test_what_strength_adds_is_what_the_matrix_view_counts():
    exercises, muscles = tables.load("exercises"), tables.load("muscles")
    evidence = evidence_of("role", measured.cells())
    cells = matrix(exercises, muscles, tables.load("engagement_roles"), evidence)
    cover = role_cover(cells, running_forms(exercises), strength_exercises(exercises), muscles)
    leads = cover["running_role"].eq("prime_mover")
    only = ~leads & cover["strength_role"].eq("prime_mover")
    figures = dict(MUSCLES["add_strength"]().figures)
    assert figures["lead in running"] == leads.sum()
    assert figures["only in strength"] == only.sum()
    assert figures["inner thigh"] == (only & cover["muscle_group"].eq("inner_thigh")).sum()


def test_the_named_moves_have_the_peaks_of_their_study():
    effects = tables.load("effects").set_index("effect_id")["estimate"]
    figures = dict(MUSCLES["adductor_moves"]().figures)
    assert figures["copenhagen_adductor_plank"] == effects["serner_2014_e02"]
    assert figures["seated_adductor_machine"] == effects["serner_2014_e04"]
    text = MUSCLES["adductor_moves"]().text
    for value in figures.values():
        assert percent(value / 100) in text


def test_growth_is_that_of_the_trials():
    effects = tables.load("effects").set_index("effect_id")["estimate"]
    figures = dict(MUSCLES["muscle_growth"]().figures)
    assert figures["back_squat_full"] == effects["kubo_2019_e01"]
    assert figures["half_squat"] == effects["kubo_2019_e02"]


def test_directions_are_those_of_the_exercises():
    planes = tables.load("exercise_planes").groupby("exercise_id")["plane"].agg(set)
    led = tables.load("engagement_roles").query(
        "muscle_id == 'adductor_longus' and role == 'prime_mover'"
    )["exercise_id"]
    figures = dict(MUSCLES["sideways"]().figures)
    assert figures == {
        "leads": len(led),
        "sideways": sum("frontal" in planes[one] for one in led),
    }
    assert (
        dict(MUSCLES["planes"]().figures)["forms"]
        == tables.load("exercises")["is_running_form"].sum()
    )


@pytest.mark.parametrize("test", MUSCLES)
def test_every_figure_of_the_matrix_is_in_its_sentence(test):
    answer = MUSCLES[test]()
    for name, value in answer.figures:
        shown = {f"{value:.2g}", number(value), number(value, 1)}
        if value == int(value):
            shown.add(counted(int(value)))
        if value == answer.figures[0][1]:
            shown.add("all")
        assert any(one in answer.text for one in shown), (name, value)
