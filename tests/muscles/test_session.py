"""Sessions are the smallest that do what was asked, and say what stands in the way."""

import math
from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.muscles import session as sessions
from spotcheck.muscles.order import possible_with
from spotcheck.muscles.session import Wish, build, title

EXERCISES = tables.load("exercises")
ROLES = tables.load("engagement_roles")
EQUIPMENT = tables.load("exercise_equipment")
MUSCLES = tables.load("muscles")
CODES = tuple(MUSCLES["muscle_id"])
NAMES = EXERCISES.set_index("exercise_id")["name"]
MUSCLE_NAMES = MUSCLES.set_index("muscle_id")["name"]
CODED = ROLES.set_index(["exercise_id", "muscle_id"])["role"].to_dict()
PIECES = tuple(EQUIPMENT["equipment"].unique())


def built(wish):
    return build(wish, EXERCISES, ROLES, EQUIPMENT)


def of_group(group):
    return tuple(MUSCLES.loc[MUSCLES["muscle_group"].eq(group), "muscle_id"])


def by_hand(names, wish):
    """Muscles of the wish that these exercises cover, from the table of roles alone."""
    roles = sessions.COVERING[wish.cover]
    return {one for one in wish.muscles if any(CODED[name, one] in roles for name in names)}


wishes = st.builds(
    Wish,
    st.lists(st.sampled_from(CODES), min_size=1, max_size=6, unique=True).map(tuple),
    st.lists(st.sampled_from(PIECES), max_size=3, unique=True).map(tuple),
    st.sampled_from((5, 10, 15, 30, 60)),
    st.sampled_from(tuple(sessions.COVERING)),
)


@settings(max_examples=20)
@given(wishes)
def test_every_set_does_what_was_asked(wish):
    session = built(wish)
    possible = possible_with(EQUIPMENT, wish.equipment) if wish.equipment else set(NAMES.index)
    assert set(session.covered) == by_hand(possible, wish)
    assert {one.muscle_id for one in session.missing} == set(wish.muscles) - set(session.covered)
    assert len(set(session.sets)) == len(session.sets)
    for names in session.sets:
        assert len(names) == len(session.sets[0])
        assert set(names) <= possible
        assert by_hand(names, wish) == set(session.covered)
        assert session.minutes_of_set(names) <= wish.minutes
    times = [session.minutes_of_set(names) for names in session.sets]
    assert times == sorted(times)
    if session.covered:
        assert bool(session.sets) == (session.least_minutes <= wish.minutes)


@settings(max_examples=20)
@given(wishes)
def test_every_way_out_leads_out(wish):
    session = built(wish)
    for way in session.loosenings:
        after = built(replace(wish, **way.changes))
        assert len(after.covered) == way.n_covered
        assert way.n_covered > len(session.covered) or (session.is_too_short and after.sets)
    for muscle in session.one_too_many:
        others = tuple(one for one in session.covered if one != muscle)
        assert built(replace(wish, muscles=others)).sets
    if session.missing or session.is_too_short:
        assert session.loosenings


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from(tuple(NAMES.index)), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True),
    st.sampled_from((10, 20, 30)),
    st.sampled_from(tuple(sessions.COVERING)),
)
def test_brute_force_agrees_on_small_tables(names, muscles, minutes, cover):
    wish = Wish(tuple(muscles), (), minutes, cover)
    exercises = EXERCISES[EXERCISES["exercise_id"].isin(names)]
    session = build(
        wish,
        exercises,
        ROLES[ROLES["exercise_id"].isin(names)],
        EQUIPMENT[EQUIPMENT["exercise_id"].isin(names)],
    )
    times = sessions.minutes_of(exercises)
    fitting = [
        one
        for size in range(1, len(names) + 1)
        for one in combinations(exercises["exercise_id"], size)
        if by_hand(one, wish) == set(session.covered) and sum(times[x] for x in one) <= minutes
    ]
    smallest = [one for one in fitting if len(one) == len(fitting[0])] if session.covered else []
    assert sorted(session.sets) == sorted(smallest)


def test_of_equal_minutes_the_easier_comes_first_then_the_table():
    exercises = EXERCISES.set_index("exercise_id", drop=False)
    place = {name: at for at, name in enumerate(exercises.index)}
    level = exercises["level"].map({name: at for at, name in enumerate(sessions.LEVELS)})
    session = built(Wish(of_group("inner_thigh"), cover="prime_mover"))
    assert len(session.sets) > 2
    ranks = [(session.minutes[name], level[name], place[name]) for (name,) in session.sets]
    assert ranks == sorted(ranks)


def test_minutes_are_three_sets_or_one_block():
    times = sessions.minutes_of(EXERCISES)
    rows = EXERCISES.set_index("exercise_id")["minutes_per_set"]
    assert times["running_easy"] == rows["running_easy"] == 20
    assert times["back_squat_full"] == 3 * rows["back_squat_full"]


class TestWords:
    def test_the_title_counts(self):
        inner, front = of_group("inner_thigh"), of_group("front_thigh")
        assert title(built(Wish(inner))) == "One exercise covers these four muscles"
        assert title(built(Wish(inner[:1]))) == "One exercise covers this muscle"
        assert title(built(Wish(inner[:2]))) == "One exercise covers both of these muscles"
        both = title(built(Wish(inner + front, cover="prime_mover")))
        assert both == "Two exercises cover these eight muscles"

    def test_what_leads_nowhere_is_named(self):
        wish = Wish(("sartorius", "multifidus", "soleus"), cover="prime_mover")
        session = built(wish)
        assert [one.reason for one in session.missing] == ["role", "role"]
        assert title(session) == "One exercise covers one of these three muscles"
        (sentence,) = sessions.missing_sentences(session, NAMES, MUSCLE_NAMES)
        assert sentence == (
            "**Sartorius** and **Multifidus**: we know no exercise in which they lead."
        )
        assert [way.changes for way in session.loosenings] == [{"cover": "synergist"}]
        alone = built(Wish(("sartorius",), cover="prime_mover"))
        assert title(alone) == "No exercise here covers this muscle"
        assert not alone.is_too_short

    def test_what_needs_other_equipment_is_named(self):
        session = built(Wish(("biceps_femoris_sh",), ("none",), cover="prime_mover"))
        (missing,) = session.missing
        assert missing.reason == "equipment"
        assert set(missing.would_do) == set(
            ROLES.loc[
                ROLES["muscle_id"].eq("biceps_femoris_sh") & ROLES["role"].eq("prime_mover"),
                "exercise_id",
            ]
        )
        (sentence,) = sessions.missing_sentences(session, NAMES, MUSCLE_NAMES)
        assert "Leg curl" in sentence
        assert "and one more, and this equipment allows none of them" in sentence
        pieces = [way.changes.get("equipment", ()) for way in session.loosenings]
        assert ("none", "machine") in pieces

    def test_a_time_that_is_too_short_is_named(self):
        wish = Wish(("adductor_longus", "soleus", "gluteus_medius"), (), 10, "prime_mover")
        session = built(wish)
        assert session.is_too_short
        assert title(session) == "10\u00a0minutes are too short to cover these three muscles"
        exact = f"{session.least_minutes:.2f}".rstrip("0").rstrip(".")
        said = sessions.too_short_sentence(session, MUSCLE_NAMES)
        assert f"takes {exact}\u00a0minutes" in said
        enough = next(way.changes for way in session.loosenings if "minutes" in way.changes)
        assert enough["minutes"] == 5 * math.ceil(session.least_minutes / 5)
        for muscle in session.one_too_many:
            assert MUSCLE_NAMES[muscle] in said

    def test_ties_are_counted(self):
        session = built(Wish(of_group("inner_thigh"), cover="prime_mover"))
        n_others = len(session.sets) - 1
        assert n_others < 12
        text = sessions.ties_sentence(session)
        assert text.startswith(f"{sessions.counted(n_others).capitalize()} other exercises do it")
        one = replace(session, sets=session.sets[:1])
        assert sessions.ties_sentence(one) == "No other exercise does it in this time."
        two = replace(session, sets=session.sets[:2])
        assert sessions.ties_sentence(two).startswith("One other exercise does it too.")
        pairs = replace(session, sets=(("a", "b"), ("a", "c"), ("a", "d")))
        assert sessions.ties_sentence(pairs).startswith("Two other pairs do it too.")

    def test_the_time_names_the_rule_that_was_used(self):
        walk = built(Wish(("soleus",)))
        run = replace(walk, sets=(("running_easy",),))
        assert "one block of 20 minutes" in sessions.time_sentence(run, EXERCISES)
        assert "three sets" not in sessions.time_sentence(run, EXERCISES)
        mixed = replace(walk, sets=(("running_easy", "leg_curl"),))
        said = sessions.time_sentence(mixed, EXERCISES)
        assert said.startswith("Together they take about 25\u00a0minutes: three sets")


def test_the_cells_are_the_tables_roles():
    wish = Wish(of_group("calf") + of_group("inner_thigh"), cover="prime_mover")
    names = ("standing_calf_raise", "leg_press")
    cells = sessions.cells_of(names, wish, EXERCISES, MUSCLES, ROLES)
    assert list(dict.fromkeys(cells["exercise_id"])) == list(names)
    first = cells.loc[cells["exercise_id"].eq(names[0]), "muscle_id"]
    assert first.tolist() == [code for code in CODES if code in wish.muscles]
    for row in cells.itertuples():
        assert row.role == CODED[row.exercise_id, row.muscle_id]
        assert row.is_covered == (row.role == "prime_mover")


def test_bad_wishes_are_refused():
    with pytest.raises(ValueError, match="muscles is empty"):
        Wish(())
    with pytest.raises(ValueError, match="cover is 'all'; allowed are prime_mover, synergist"):
        Wish(("soleus",), cover="all")
    with pytest.raises(ValueError, match="allowed is"):
        built(Wish(("soleus",), minutes=math.nan))


def test_two_changes_at_once_are_offered_where_no_single_one_helps():
    exercises = EXERCISES.head(1).assign(exercise_id=["pull"], category="strength")
    roles = pd.DataFrame([("pull", "soleus", "synergist")], columns=[*ROLES.columns[:3]])
    needs = pd.DataFrame([("pull", "bar", "required")], columns=EQUIPMENT.columns)
    session = build(Wish(("soleus",), ("none",), cover="prime_mover"), exercises, roles, needs)
    assert [way.changes for way in session.loosenings] == [{"cover": "synergist", "equipment": ()}]
