import math
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck.muscles import Cover, smallest_cover
from spotcheck.muscles.coverage import least_minutes

MUSCLES = [f"muscle_{number}" for number in range(7)]
EXERCISES = [f"exercise_{number}" for number in range(12)]


def by_brute_force(
    engages: dict[str, set[str]],
    required: list[str],
    minutes: dict[str, float] | None = None,
    most_minutes: float = math.inf,
) -> Cover:
    reached = set().union(*engages.values())
    unreachable = tuple(muscle for muscle in required if muscle not in reached)
    if unreachable:
        return Cover((), unreachable)
    for size in range(len(engages) + 1):
        sets = tuple(
            names
            for names in combinations(engages, size)
            if set(required) <= set().union(*(engages[name] for name in names))
            and (minutes is None or sum(minutes[name] for name in names) <= most_minutes)
        )
        if sets:
            return Cover(sets, ())
    return Cover((), ())


engagements = st.lists(st.sets(st.sampled_from(MUSCLES)), min_size=1, max_size=12).map(
    lambda rows: dict(zip(EXERCISES, rows, strict=False))
)


@settings(max_examples=60)
@given(engagements, st.lists(st.sampled_from(MUSCLES), unique=True))
def test_equals_brute_force_with_all_ties_in_input_order(engages, required):
    assert smallest_cover(engages, required) == by_brute_force(engages, required)


@settings(max_examples=30)
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


quarters = st.integers(0, 40).map(lambda number: number / 4)


@settings(max_examples=60)
@given(
    engagements,
    st.lists(st.sampled_from(MUSCLES[:4]), unique=True),
    st.lists(quarters, min_size=12, max_size=12),
    st.integers(0, 80).map(lambda number: number / 4),
)
def test_a_limit_of_time_equals_brute_force(engages, required, times, most_minutes):
    minutes = dict(zip(EXERCISES, times, strict=True))
    expected = by_brute_force(engages, required, minutes, most_minutes)
    found = smallest_cover(engages, required, minutes=minutes, most_minutes=most_minutes)
    assert found == expected
    shortest = least_minutes(engages, required, minutes)
    if expected.unreachable:
        assert shortest == math.inf
    else:
        assert (shortest <= most_minutes) == bool(expected.sets)
        # The shortest time is just enough, and nothing shorter is.
        assert by_brute_force(engages, required, minutes, shortest).sets
        assert not by_brute_force(engages, required, minutes, shortest - 0.25).sets


def test_a_smallest_set_that_takes_too_long_makes_room_for_a_larger_one():
    engages = {"run": {"a", "b"}, "squat": {"a"}, "raise": {"b"}}
    minutes = {"run": 20, "squat": 5.25, "raise": 5.25}

    def within(most_minutes: float) -> tuple[tuple[str, ...], ...]:
        return smallest_cover(engages, "ab", minutes=minutes, most_minutes=most_minutes).sets

    assert within(20) == (("run",),)
    assert within(19) == within(10.5) == (("squat", "raise"),)
    assert within(10.25) == ()
    assert least_minutes(engages, "ab", minutes) == 10.5
    assert least_minutes(engages, "", minutes) == 0


def test_times_are_checked():
    engages = {"x": {"a"}}
    with pytest.raises(ValueError, match="minutes of 'x' is nan"):
        smallest_cover(engages, "a", minutes={})
    with pytest.raises(ValueError, match="minutes of 'x' is -1"):
        least_minutes(engages, "a", {"x": -1})
    with pytest.raises(ValueError, match="most_minutes is nan"):
        smallest_cover(engages, "a", most_minutes=math.nan)
