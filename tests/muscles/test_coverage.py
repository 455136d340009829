from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.muscles import Cover, smallest_cover

MUSCLES = [f"muscle_{number}" for number in range(7)]
EXERCISES = [f"exercise_{number}" for number in range(12)]


def by_brute_force(engages: dict[str, set[str]], required: list[str]) -> Cover:
    reached = set().union(*engages.values())
    unreachable = tuple(muscle for muscle in required if muscle not in reached)
    if unreachable:
        return Cover((), unreachable)
    for size in range(len(engages) + 1):
        sets = tuple(
            names
            for names in combinations(engages, size)
            if set(required) <= set().union(*(engages[name] for name in names))
        )
        if sets:
            return Cover(sets, ())
    raise AssertionError("unreachable muscles were excluded")


engagements = st.lists(st.sets(st.sampled_from(MUSCLES)), min_size=1, max_size=12).map(
    lambda rows: dict(zip(EXERCISES, rows, strict=False))
)


@settings(deadline=None, max_examples=300)
@given(engagements, st.lists(st.sampled_from(MUSCLES), unique=True))
def test_equals_brute_force_with_all_ties_in_input_order(engages, required):
    assert smallest_cover(engages, required) == by_brute_force(engages, required)


@settings(deadline=None)
@given(engagements, st.lists(st.sampled_from(MUSCLES), unique=True))
def test_a_frame_means_the_same_as_a_mapping(engages, required):
    frame = pd.DataFrame(
        [[muscle in muscles for muscle in MUSCLES] for muscles in engages.values()],
        index=list(engages),
        columns=MUSCLES,
    )
    assert smallest_cover(frame, required) == smallest_cover(engages, required)


def test_only_available_exercises_are_used():
    engages = {"both": {"a", "b"}, "one": {"a"}, "other": {"b"}}
    assert smallest_cover(engages, "ab").sets == (("both",),)
    assert smallest_cover(engages, "ab", available=["other", "one"]).sets == (("one", "other"),)
    assert smallest_cover(engages, "ab", available=["one"]) == Cover((), ("b",))
    assert smallest_cover(engages, "ab", available=[]) == Cover((), ("a", "b"))


def test_exercises_with_equal_muscles_are_all_listed():
    engages = {"x": {"a"}, "y": {"a"}, "z": {"b"}, "idle": set()}
    assert smallest_cover(engages, ["b", "a", "a"]).sets == (("x", "z"), ("y", "z"))


def test_nothing_required_needs_nothing():
    assert smallest_cover({"x": {"a"}}, []) == Cover(((),), ())
    assert smallest_cover({"x": {"a"}}, []).size == 0


def test_size_is_unknown_without_a_cover():
    assert smallest_cover({"x": {"a"}}, ["b"]).size is None


def test_unknown_names_are_named():
    frame = pd.DataFrame({"a": [True]}, index=["x"])
    with pytest.raises(ValueError, match="unknown muscle: 'q'; known are a"):
        smallest_cover(frame, ["a", "q"])
    with pytest.raises(ValueError, match="unknown exercise: 'w'; known are x"):
        smallest_cover(frame, ["a"], available=["x", "w"])


def test_a_greedy_trap_is_not_a_trap():
    engages = {"greedy": set("abcd"), "left": set("abe"), "right": set("cdf")}
    assert smallest_cover(engages, "abcdef").sets == (("left", "right"),)
