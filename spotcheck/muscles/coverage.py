"""The fewest exercises that together engage a set of muscles: exact set cover, all ties listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Cover:
    """Every smallest set of exercises that covers the required muscles.

    Attributes
    ----------
    sets : tuple of tuple of str
        All smallest sets, each with its exercises in input order, sorted by that order. Empty when
        a muscle is unreachable; one empty set when no muscle is required.
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
) -> Cover:
    """All smallest sets of exercises that together engage every required muscle.

    The size of the sets is tried upwards from a lower bound: the first size that has a cover is the
    smallest by construction, and its search lists every cover of that size. Each step branches on
    the uncovered muscle with the fewest exercises; an exercise tried in one branch is barred from
    its later sisters, so that each set is met once.

    Parameters
    ----------
    engages : mapping of str to collection of str, or DataFrame of bool
        Muscles each exercise engages; as a frame, exercises in the index and muscles in the
        columns.
    required : iterable of str
        Muscles to cover; repeats count once. Empty gives one empty set.
    available : iterable of str, optional
        Exercises that may be used; all of ``engages`` if not given.

    Returns
    -------
    Cover
        The smallest sets and the unreachable muscles.

    Raises
    ------
    ValueError
        If ``available`` names an exercise that ``engages`` does not have, or ``required`` a muscle
        that is not a column of the frame. A mapping has no list of muscles: one that none of its
        exercises engages is unreachable.

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
    """
    wanted = tuple(dict.fromkeys(required))
    muscles_of = _as_sets(engages)
    usable = set(muscles_of) if available is None else set(available)
    _check_known("exercise", usable, muscles_of)
    if isinstance(engages, pd.DataFrame):
        _check_known("muscle", wanted, [str(column) for column in engages.columns])

    names = [name for name in muscles_of if name in usable]
    bits = {muscle: 1 << place for place, muscle in enumerate(wanted)}
    masks = [sum(bits[m] for m in muscles_of[name] if m in bits) for name in names]
    everything = (1 << len(wanted)) - 1
    reached = 0
    for mask in masks:
        reached |= mask
    if reached != everything:
        missing = everything & ~reached
        return Cover((), tuple(muscle for muscle in wanted if bits[muscle] & missing))

    # Masks that occur twice are searched once; ties are spelled out at the end.
    sharing: dict[int, list[int]] = {}
    for place, mask in enumerate(masks):
        if mask:
            sharing.setdefault(mask, []).append(place)
    distinct = list(sharing)
    for size in range(len(distinct) + 1):
        found = list(_covers_of_size(distinct, everything, size))
        if found:
            places = sorted(
                tuple(sorted(choice))
                for cover in found
                for choice in _choices([sharing[mask] for mask in cover])
            )
            return Cover(tuple(tuple(names[p] for p in choice) for choice in places), ())
    raise AssertionError("every required muscle is reached, so all exercises together cover them")


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


def _covers_of_size(masks: list[int], uncovered: int, size: int) -> Iterator[tuple[int, ...]]:
    """Sets of exactly ``size`` masks that cover ``uncovered``, each once.

    Complete for the smallest size that has a cover: there every mask of a cover covers something
    the others do not, so that following uncovered muscles alone meets all of it.
    """
    if not uncovered:
        if size == 0:
            yield ()
        return
    if size == 0 or size * max((m & uncovered).bit_count() for m in masks) < uncovered.bit_count():
        return
    branches = _of_hardest_muscle(masks, uncovered)
    remaining = list(masks)
    for mask in branches:
        remaining.remove(mask)
        if size == 1:
            if not uncovered & ~mask:
                yield (mask,)
        elif remaining:
            for rest in _covers_of_size(remaining, uncovered & ~mask, size - 1):
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
