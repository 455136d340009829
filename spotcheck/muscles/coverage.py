"""The fewest exercises that together engage a set of muscles: exact set cover, all ties listed.

Two methods share the work. The integer programme of scipy proves how small a set, or how short a
session, can be. The search then lists every set of that size: it visits each once and needs no
cuts, where an integer programme would have to be solved again for every tie, of which there can be
tens of thousands.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

# Far below the quarter minutes that sessions are made of, far above the noise of adding them up.
_SLACK_MINUTES = 1e-6


@dataclass(frozen=True)
class Cover:
    """Every smallest set of exercises that covers the required muscles.

    Attributes
    ----------
    sets : tuple of tuple of str
        All smallest sets, each with its exercises in input order, sorted by that order. Empty when
        a muscle is unreachable or the time is too short; one empty set when no muscle is required.
    unreachable : tuple of str
        Required muscles that no available exercise engages, in the order required.
    """

    sets: tuple[tuple[str, ...], ...]
    unreachable: tuple[str, ...]

    @property
    def size(self) -> int | None:
        """Number of exercises in a smallest set; None when there is no set."""
        return len(self.sets[0]) if self.sets else None


def smallest_cover(
    engages: Mapping[str, Collection[str]] | pd.DataFrame,
    required: Iterable[str],
    *,
    available: Iterable[str] | None = None,
    minutes: Mapping[str, float] | None = None,
    most_minutes: float = math.inf,
) -> Cover:
    """All smallest sets of exercises that together engage every required muscle.

    Parameters
    ----------
    engages : mapping of str to collection of str, or DataFrame of bool
        Muscles each exercise engages; as a frame, exercises in the index and muscles in the
        columns.
    required : iterable of str
        Muscles to cover; repeats count once. Empty gives one empty set.
    available : iterable of str, optional
        Exercises that may be used; all of ``engages`` if not given.
    minutes : mapping of str to float, optional
        Time that each exercise takes [min], at least 0; none by default.
    most_minutes : float, optional
        Longest time that a set may take [min]; without end by default.

    Returns
    -------
    Cover
        The smallest sets and the unreachable muscles. Where no muscle is unreachable and there is
        still no set, the time is too short; :func:`least_minutes` says by how much.

    Raises
    ------
    ValueError
        If ``available`` names an exercise that ``engages`` does not have, ``required`` a muscle
        that is not a column of the frame, or a time is missing, negative or not a number. A mapping
        has no list of muscles: one that none of its exercises engages is unreachable.

    References
    ----------
    .. [1] R. M. Karp, "Reducibility among combinatorial problems", in *Complexity of Computer
       Computations*, 1972, pp. 85-103 (set covering). :doi:`10.1007/978-1-4684-2001-2_9`
    .. [2] D. E. Knuth, "Dancing links", 2000, :arxiv:`cs/0011047` (branching on the column with the
       fewest rows).

    Examples
    --------
    >>> engages = {"squat": {"quads", "glutes"}, "lunge": {"quads", "glutes", "adductors"},
    ...            "copenhagen": {"adductors"}, "bridge": {"glutes", "hamstrings"}}
    >>> smallest_cover(engages, ["quads", "adductors", "hamstrings"]).sets
    (('lunge', 'bridge'),)
    >>> smallest_cover(engages, ["quads", "adductors"], available=["squat", "copenhagen"]).sets
    (('squat', 'copenhagen'),)
    >>> smallest_cover(engages, ["hamstrings"], available=["squat"])
    Cover(sets=(), unreachable=('hamstrings',))
    >>> times = {"squat": 5, "lunge": 12, "copenhagen": 6, "bridge": 5}
    >>> smallest_cover(engages, ["quads", "adductors"], minutes=times, most_minutes=11).sets
    (('squat', 'copenhagen'),)
    """
    if not most_minutes >= 0:
        raise ValueError(f"most_minutes is {most_minutes!r}; allowed is 0 or more.")
    problem = _problem(engages, required, available, minutes)
    if problem.unreachable:
        return Cover((), problem.unreachable)
    if not problem.wanted:
        return Cover(((),), ())
    limit = most_minutes + _SLACK_MINUTES
    if math.isfinite(limit) and _least_minutes(problem) > limit:
        return Cover((), ())
    sharing = problem.sharing
    cheapest = problem.cheapest
    distinct = list(sharing)
    smallest = len(_optimum(problem, distinct, [1.0] * len(distinct), cheapest, limit))
    for size in range(smallest, len(distinct) + 1):
        places = sorted(
            tuple(sorted(choice))
            for cover in _covers_of_size(distinct, problem.everything, size, cheapest, limit)
            for choice in _choices([sharing[mask] for mask in cover])
            if sum(problem.minutes[place] for place in choice) <= limit
        )
        if places:
            return Cover(tuple(tuple(problem.names[p] for p in choice) for choice in places), ())
    raise AssertionError("a cover within the time exists, so a size has one")


def least_minutes(
    engages: Mapping[str, Collection[str]] | pd.DataFrame,
    required: Iterable[str],
    minutes: Mapping[str, float],
    *,
    available: Iterable[str] | None = None,
) -> float:
    """Shortest time in which exercises can engage every required muscle, however many they are.

    Parameters
    ----------
    engages, required, minutes, available
        As in :func:`smallest_cover`.

    Returns
    -------
    float
        Time [min]; infinite when a muscle is unreachable.

    Raises
    ------
    ValueError
        As in :func:`smallest_cover`.

    Examples
    --------
    >>> engages = {"lunge": {"quads", "adductors"}, "squat": {"quads"}, "plank": {"adductors"}}
    >>> least_minutes(engages, ["quads", "adductors"], {"lunge": 9, "squat": 3, "plank": 4})
    7.0
    """
    problem = _problem(engages, required, available, minutes)
    return math.inf if problem.unreachable else _least_minutes(problem)


@dataclass(frozen=True)
class _Problem:
    """Exercises by number, each with its muscles as the bits of a mask and its minutes."""

    wanted: tuple[str, ...]
    names: list[str]
    masks: list[int]
    minutes: list[float]

    @property
    def everything(self) -> int:
        """Mask of all required muscles."""
        return (1 << len(self.wanted)) - 1

    @property
    def unreachable(self) -> tuple[str, ...]:
        """Required muscles that no exercise engages."""
        reached = 0
        for mask in self.masks:
            reached |= mask
        return tuple(muscle for place, muscle in enumerate(self.wanted) if not reached >> place & 1)

    @property
    def sharing(self) -> dict[int, list[int]]:
        """Exercises of each mask: masks that occur twice are searched once."""
        places: dict[int, list[int]] = {}
        for place, mask in enumerate(self.masks):
            if mask:
                places.setdefault(mask, []).append(place)
        return places

    @property
    def cheapest(self) -> dict[int, float]:
        """Shortest time of each mask [min]."""
        return {
            mask: min(self.minutes[place] for place in places)
            for mask, places in self.sharing.items()
        }


def _problem(
    engages: Mapping[str, Collection[str]] | pd.DataFrame,
    required: Iterable[str],
    available: Iterable[str] | None,
    minutes: Mapping[str, float] | None,
) -> _Problem:
    wanted = tuple(dict.fromkeys(required))
    muscles_of = _as_sets(engages)
    usable = set(muscles_of) if available is None else set(available)
    _check_known("exercise", usable, muscles_of)
    if isinstance(engages, pd.DataFrame):
        _check_known("muscle", wanted, [str(column) for column in engages.columns])
    names = [name for name in muscles_of if name in usable]
    bits = {muscle: 1 << place for place, muscle in enumerate(wanted)}
    masks = [sum(bits[m] for m in muscles_of[name] if m in bits) for name in names]
    return _Problem(wanted, names, masks, [_minutes_of(name, minutes) for name in names])


def _minutes_of(name: str, minutes: Mapping[str, float] | None) -> float:
    if minutes is None:
        return 0.0
    value = minutes.get(name, math.nan)
    if not 0 <= value < math.inf:
        raise ValueError(f"minutes of {name!r} is {value!r}; allowed is a time of 0 or more.")
    return float(value)


def _least_minutes(problem: _Problem) -> float:
    """Shortest time of any cover [min]; every muscle must be within reach."""
    if not problem.wanted:
        return 0.0
    cheapest = problem.cheapest
    distinct = list(cheapest)
    taken = _optimum(problem, distinct, [cheapest[mask] for mask in distinct], cheapest, math.inf)
    return sum(cheapest[mask] for mask in taken)


def _optimum(
    problem: _Problem,
    masks: list[int],
    price: Sequence[float],
    minutes: Mapping[int, float],
    most_minutes: float,
) -> list[int]:
    """Masks of the least total price that hold every muscle within the time; there must be some.

    Solved as an integer programme: one yes or no a mask, one condition a muscle.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    holds = [[mask >> place & 1 for mask in masks] for place in range(len(problem.wanted))]
    conditions = [LinearConstraint(np.array(holds, dtype=float), lb=1)]
    if math.isfinite(most_minutes):
        times = np.array([[minutes[mask] for mask in masks]])
        conditions.append(LinearConstraint(times, ub=most_minutes))
    result = milp(
        price,
        integrality=np.ones(len(masks)),
        bounds=Bounds(0, 1),
        constraints=conditions,
        options={"mip_rel_gap": 0},
    )
    if not result.success:
        raise RuntimeError(f"the integer programme was not solved: {result.message}")
    return [mask for mask, is_taken in zip(masks, result.x > 0.5, strict=True) if is_taken]


def _as_sets(engages: Mapping[str, Collection[str]] | pd.DataFrame) -> dict[str, set[str]]:
    """Muscles of each exercise."""
    if not isinstance(engages, pd.DataFrame):
        return {name: set(muscles) for name, muscles in engages.items()}
    columns = [str(column) for column in engages.columns]
    rows = engages.to_numpy(dtype=bool)
    return {
        str(name): {muscle for muscle, is_engaged in zip(columns, row, strict=True) if is_engaged}
        for name, row in zip(engages.index, rows, strict=True)
    }


def _check_known(kind: str, names: Iterable[str], known: Collection[str]) -> None:
    unknown = sorted(set(names).difference(known))
    if unknown:
        raise ValueError(
            f"unknown {kind}: {', '.join(map(repr, unknown))}; known are "
            f"{', '.join(sorted(known)) or 'none'}."
        )


def _covers_of_size(
    masks: list[int],
    uncovered: int,
    size: int,
    minutes: Mapping[int, float],
    most_minutes: float,
) -> Iterator[tuple[int, ...]]:
    """Sets of exactly ``size`` masks that cover ``uncovered`` within the time, each once.

    Each step branches on the uncovered muscle with the fewest masks; a mask tried in one branch is
    barred from its later sisters. Complete for the smallest size that has a cover: there every mask
    of a cover covers something the others do not, so that following uncovered muscles alone meets
    all of it.
    """
    if not uncovered:
        if size == 0:
            yield ()
        return
    if size == 0 or size * max((m & uncovered).bit_count() for m in masks) < uncovered.bit_count():
        return
    if size * min(minutes[mask] for mask in masks) > most_minutes:
        return
    branches = _of_hardest_muscle(masks, uncovered)
    remaining = list(masks)
    for mask in branches:
        remaining.remove(mask)
        left = most_minutes - minutes[mask]
        if left < 0:
            continue
        if size == 1:
            if not uncovered & ~mask:
                yield (mask,)
        elif remaining:
            for rest in _covers_of_size(remaining, uncovered & ~mask, size - 1, minutes, left):
                yield (mask, *rest)


def _of_hardest_muscle(masks: list[int], uncovered: int) -> list[int]:
    """Masks that hold the uncovered bit which the fewest masks hold."""
    bits = (1 << place for place in range(uncovered.bit_length()) if uncovered >> place & 1)
    return min(([mask for mask in masks if mask & bit] for bit in bits), key=len)


def _choices(groups: list[list[int]]) -> Iterator[tuple[int, ...]]:
    """Every way to take one member of each group."""
    if not groups:
        yield ()
        return
    for first in groups[0]:
        for rest in _choices(groups[1:]):
            yield (first, *rest)
