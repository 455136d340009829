"""The fewest exercises that cover chosen muscles with what is at hand, and what stands in the way.

A way to cover muscles, not a training prescription: it knows coded roles and rough minutes, and
nothing of load, effort or the person. Everything takes and gives DataFrames, typed as the tables
are; nothing here reads a file.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pandas as pd

from spotcheck.muscles.coverage import least_minutes, smallest_cover
from spotcheck.muscles.order import possible_with
from spotcheck.wording import NBSP, counted, escaped, joined, number

SETS_PER_EXERCISE: Final = 3
"""Sets of each strength exercise that we count; an assumption."""

COVERING: Final = {
    "prime_mover": ("prime_mover",),
    "synergist": ("prime_mover", "synergist"),
}
"""Roles in which a muscle counts as covered, by the name of the choice."""

LEVELS: Final = ("beginner", "intermediate", "advanced")
"""Levels of exercises, easiest first."""

STEP_MINUTES: Final = 5
"""Steps in which more time is offered [min]."""

_MOST_EXAMPLES = 2
_TUPLES = {1: "exercise", 2: "pair"}
_SEVERAL = {1: "exercises", 2: "pairs"}
_LARGER, _LARGER_SEVERAL = "set of {}", "sets of {}"


@dataclass(frozen=True)
class Wish:
    """What a session is asked to do.

    Parameters
    ----------
    muscles : tuple of str
        Codes of the muscles to cover, at least one.
    equipment : tuple of str, optional
        What is at hand; see :func:`spotcheck.muscles.order.possible_with`. Empty means anything.
    minutes : float, optional
        Longest session [min].
    cover : str, optional
        A key of :data:`COVERING`.

    Raises
    ------
    ValueError
        If no muscle is named, or ``cover`` is not one of the allowed names.
    """

    muscles: tuple[str, ...]
    equipment: tuple[str, ...] = ()
    minutes: float = 30
    cover: str = "synergist"

    def __post_init__(self) -> None:
        if not self.muscles:
            raise ValueError("muscles is empty; at least one muscle is needed.")
        if self.cover not in COVERING:
            raise ValueError(f"cover is {self.cover!r}; allowed are {', '.join(COVERING)}.")


@dataclass(frozen=True)
class Missing:
    """A muscle that no possible exercise covers.

    Attributes
    ----------
    muscle_id : str
        The muscle.
    reason : str
        ``role`` when no exercise of the table has it coded so, ``equipment`` when some have, but
        none of them works with what is at hand.
    would_do : tuple of str
        Exercises that would cover it with other equipment.
    """

    muscle_id: str
    reason: str
    would_do: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loosening:
    """A change of the wish that takes an obstacle away.

    Attributes
    ----------
    changes : dict
        Fields of :class:`Wish` with their new values.
    n_covered : int
        Muscles of the wish that are then within reach.
    """

    changes: dict[str, Any]
    n_covered: int


@dataclass(frozen=True)
class Built:
    """Smallest sessions for a wish, or what makes them impossible.

    Attributes
    ----------
    wish : Wish
        What was asked for.
    covered : tuple of str
        Muscles of the wish that possible exercises cover.
    missing : tuple of Missing
        The others, with the reason.
    sets : tuple of tuple of str
        Every smallest set of exercises that covers ``covered`` within the time, best first: fewest
        minutes, then lowest levels, then the table's order. Empty when the time is too short, or
        when nothing can be covered.
    minutes : dict of str to float
        Time of each exercise [min], by the rule of :func:`minutes_of`.
    least_minutes : float
        Shortest time in which ``covered`` can be covered [min].
    loosenings : tuple of Loosening
        Single changes that bring more muscles within reach, two at once only where no single one
        does; where the time is too short, also single changes after which it is not.
    one_too_many : tuple of str
        Where the time is too short: muscles without each of which the others would fit.
    """

    wish: Wish
    covered: tuple[str, ...]
    missing: tuple[Missing, ...]
    sets: tuple[tuple[str, ...], ...]
    minutes: dict[str, float] = field(repr=False)
    least_minutes: float
    loosenings: tuple[Loosening, ...]
    one_too_many: tuple[str, ...]

    @property
    def is_too_short(self) -> bool:
        """Whether only the time stands in the way of what can be covered."""
        return bool(self.covered) and not self.sets

    def minutes_of_set(self, names: Collection[str]) -> float:
        """Time of several exercises together [min]."""
        return sum(self.minutes[name] for name in names)


def minutes_of(exercises: pd.DataFrame) -> dict[str, float]:
    """Time that each exercise takes in a session [min], by rule.

    Parameters
    ----------
    exercises : DataFrame
        Columns ``exercise_id``, ``category``, ``minutes_per_set``.

    Returns
    -------
    dict of str to float
        Three sets with their rests of a strength exercise; one block of running and the like.

    Examples
    --------
    >>> minutes_of(pd.DataFrame({
    ...     "exercise_id": ["running_easy", "bodyweight_squat"],
    ...     "category": ["locomotion", "strength"],
    ...     "minutes_per_set": [20.0, 1.75],
    ... }))
    {'running_easy': 20.0, 'bodyweight_squat': 5.25}
    """
    n_sets = exercises["category"].map({"strength": SETS_PER_EXERCISE, "locomotion": 1})
    times = exercises["minutes_per_set"] * n_sets
    return {
        str(name): float(time) for name, time in zip(exercises["exercise_id"], times, strict=True)
    }


def engaged_by(roles: pd.DataFrame, cover: str) -> dict[str, set[str]]:
    """Muscles that each exercise covers, by role.

    Parameters
    ----------
    roles : DataFrame
        Columns ``exercise_id``, ``muscle_id``, ``role``.
    cover : str
        A key of :data:`COVERING`.
    """
    engaging = roles[roles["role"].isin(COVERING[cover])]
    engaged: dict[str, set[str]] = {str(name): set() for name in roles["exercise_id"].unique()}
    for name, muscle in zip(engaging["exercise_id"], engaging["muscle_id"], strict=True):
        engaged[name].add(muscle)
    return engaged


def build(
    wish: Wish,
    exercises: pd.DataFrame,
    roles: pd.DataFrame,
    exercise_equipment: pd.DataFrame,
) -> Built:
    """Build the smallest sessions that cover as many of the wished muscles as can be covered.

    Parameters
    ----------
    wish : Wish
        What the session is asked to do.
    exercises, roles, exercise_equipment : DataFrame
        The tables ``exercises``, ``engagement_roles`` and ``exercise_equipment``.

    Returns
    -------
    Built
        All smallest sets, what is missing and why, and what would help.
    """
    task = _Task(exercises, roles, exercise_equipment)
    covered = task.reached(wish)
    cover = smallest_cover(
        engaged_by(roles, wish.cover),
        covered,
        available=task.possible(wish),
        minutes=task.minutes,
        most_minutes=wish.minutes,
    )
    sets = task.ranked(cover.sets) if covered else ()
    shortest = task.shortest(wish, covered)
    missing = tuple(task.missing(wish, muscle) for muscle in wish.muscles if muscle not in covered)
    is_too_short = bool(covered) and not sets
    ways = task.ways_to_reach_more(wish, covered)
    if is_too_short:
        ways += tuple(way for way in task.ways_to_fit(wish, shortest) if way not in ways)
    return Built(
        wish,
        covered,
        missing,
        sets,
        task.minutes,
        shortest,
        ways,
        tuple(
            muscle
            for muscle in covered
            if is_too_short
            and len(covered) > 1
            and task.shortest(wish, [one for one in covered if one != muscle]) <= wish.minutes
        ),
    )


class _Task:
    """The tables, and the questions that building a session puts to them."""

    def __init__(
        self, exercises: pd.DataFrame, roles: pd.DataFrame, exercise_equipment: pd.DataFrame
    ) -> None:
        self.engaged = {cover: engaged_by(roles, cover) for cover in COVERING}
        self.equipment = exercise_equipment
        self.minutes = minutes_of(exercises)
        self.allowed: dict[tuple[str, ...], set[str]] = {(): set(self.minutes)}
        level = {name: rank for rank, name in enumerate(LEVELS)}
        self.levels = dict(
            zip(exercises["exercise_id"], exercises["level"].map(level), strict=True)
        )
        self.place = {name: place for place, name in enumerate(exercises["exercise_id"])}

    def possible(self, wish: Wish) -> set[str]:
        """Exercises that the equipment allows."""
        if wish.equipment not in self.allowed:
            self.allowed[wish.equipment] = possible_with(self.equipment, wish.equipment)
        return self.allowed[wish.equipment]

    def reached(self, wish: Wish) -> tuple[str, ...]:
        """Muscles of the wish that some possible exercise covers."""
        engaged = self.engaged[wish.cover]
        reach = {muscle for name in self.possible(wish) for muscle in engaged[name]}
        return tuple(muscle for muscle in wish.muscles if muscle in reach)

    def missing(self, wish: Wish, muscle: str) -> Missing:
        """Why a muscle is out of reach."""
        would_do = [name for name, muscles in self.engaged[wish.cover].items() if muscle in muscles]
        would_do.sort(key=self.place.__getitem__)
        return Missing(muscle, "equipment" if would_do else "role", tuple(would_do))

    def shortest(self, wish: Wish, muscles: Collection[str]) -> float:
        """Shortest time in which possible exercises cover the muscles [min]."""
        engaged, possible = self.engaged[wish.cover], self.possible(wish)
        return least_minutes(engaged, muscles, self.minutes, available=possible)

    def ranked(self, sets: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        """Sets of equal size, best first."""

        def rank(names: tuple[str, ...]) -> tuple[Any, ...]:
            return (
                sum(self.minutes[name] for name in names),
                sorted((self.levels[name] for name in names), reverse=True),
                [self.place[name] for name in names],
            )

        ordered = (tuple(sorted(names, key=self.place.__getitem__)) for names in sets)
        return tuple(sorted(ordered, key=rank))

    def ways_to_reach_more(self, wish: Wish, covered: tuple[str, ...]) -> tuple[Loosening, ...]:
        """Single changes that bring more muscles within reach; two at once if no single one does.

        Of the pieces of equipment only the best is offered, and all of them together only where
        that reaches more.
        """
        if len(covered) == len(wish.muscles):
            return ()

        def way(**changes: Any) -> Loosening:
            return Loosening(changes, len(self.reached(replace(wish, **changes))))

        found = []
        if wish.cover == "prime_mover":
            found.append(way(cover="synergist"))
        if wish.equipment:
            out_of_reach = {
                name
                for muscle in set(wish.muscles) - set(covered)
                for name in self.missing(wish, muscle).would_do
            }
            needed = self.equipment["exercise_id"].isin(out_of_reach)
            one_more = [
                way(equipment=(*wish.equipment, str(piece)))
                for piece in self.equipment.loc[needed, "equipment"].unique()
                if piece not in (*wish.equipment, "none")
            ]
            best = max(one_more, key=lambda one: one.n_covered, default=None)
            anything = way(equipment=())
            if best is not None:
                found.append(best)
            if best is None or anything.n_covered > best.n_covered:
                found.append(anything)
        helping = [one for one in found if one.n_covered > len(covered)]
        if helping or not found:
            return tuple(helping)
        both = way(cover="synergist", equipment=())
        return (both,) if both.n_covered > len(covered) else ()

    def ways_to_fit(self, wish: Wish, shortest: float) -> tuple[Loosening, ...]:
        """Single changes after which all that is within reach fits into the time."""
        enough = STEP_MINUTES * math.ceil(shortest / STEP_MINUTES)
        changes: list[dict[str, Any]] = [{"minutes": enough}]
        if wish.cover == "prime_mover":
            changes.append({"cover": "synergist"})
        if wish.equipment:
            changes.append({"equipment": ()})
        found = []
        for change in changes:
            loosened = replace(wish, **change)
            reached = self.reached(loosened)
            if self.shortest(loosened, reached) <= loosened.minutes:
                found.append(Loosening(change, len(reached)))
        return tuple(found)


def title(built: Built) -> str:
    """Finding of a session in one sentence without its full stop.

    Examples
    --------
    >>> wish = Wish(("a", "b"))
    >>> title(Built(wish, ("a", "b"), (), (("x",),), {"x": 5.0}, 5.0, (), ()))
    'One exercise covers both of these muscles'
    """
    n_wanted, n_covered = len(built.wish.muscles), len(built.covered)
    these = _these(n_wanted)
    if not built.covered:
        return f"No exercise here covers {'any of ' if n_wanted > 1 else ''}{these}"
    part = these if n_covered == n_wanted else _part(n_covered, n_wanted)
    if built.is_too_short:
        even = "" if n_covered == n_wanted else "even "
        return f"{number(built.wish.minutes)}{NBSP}minutes are too short to cover {even}{part}"
    size = len(built.sets[0])
    verb = "exercise covers" if size == 1 else "exercises cover"
    whole = "both of these muscles" if n_covered == n_wanted == 2 else part
    return f"{counted(size).capitalize()} {verb} {whole}"


def definition(wish: Wish) -> str:
    """What counts as covered, and what the picture is not."""
    roles = "leads the movement" if wish.cover == "prime_mover" else "leads or helps"
    return (
        "A way to cover muscles, not a training prescription. A muscle counts as covered where it "
        f"{roles}; these are coded roles (expert role), not measurements."
    )


def minutes_words(minutes: float) -> str:
    r"""Time in whole minutes, as it is known no better.

    Examples
    --------
    >>> minutes_words(5.25), minutes_words(7.5)
    ('about 5\xa0minutes', 'about 8\xa0minutes')
    """
    return f"about {math.floor(minutes + 0.5)}{NBSP}minutes"


def time_sentence(built: Built, exercises: pd.DataFrame) -> str:
    """How long the chosen session takes, and by which rule.

    Parameters
    ----------
    built : Built
        With at least one set.
    exercises : DataFrame
        The table of this name.
    """
    own = exercises[exercises["exercise_id"].isin(built.sets[0])]
    kinds = set(own["category"])
    parts = []
    if "strength" in kinds:
        parts.append(
            f"{counted(SETS_PER_EXERCISE)} sets of each strength exercise, with 45 seconds of work "
            "(30 for holds), once or for each side, and a minute of rest, two with a barbell"
        )
    if "locomotion" in kinds:
        parts.append("one block of 20 minutes of running, walking or a machine for it")
    together = "Together they take " if len(own) > 1 else "It takes "
    return (
        f"{together}{minutes_words(built.minutes_of_set(built.sets[0]))}: {'; '.join(parts)}. "
        "Warming up comes on top."
    )


def ties_sentence(built: Built) -> str:
    """How many other sets do the same, and why the first was chosen."""
    n_others = len(built.sets) - 1
    size = len(built.sets[0])
    if n_others == 0:
        return f"No other {_TUPLES.get(size, _LARGER.format(counted(size)))} does it in this time."
    if n_others == 1:
        others = f"One other {_TUPLES.get(size, _LARGER.format(counted(size)))} does"
    else:
        several = _SEVERAL.get(size, _LARGER_SEVERAL.format(counted(size)))
        others = f"{counted(n_others).capitalize()} other {several} do"
    return (
        f"{others} it too. The one above takes the "
        "fewest minutes; of equals it has the lower levels, then it comes first in our table."
    )


def missing_sentences(built: Built, exercises: pd.Series, muscles: pd.Series) -> list[str]:
    """Why each missing muscle is out of reach, those without any exercise together; Markdown.

    Parameters
    ----------
    built : Built
        The session.
    exercises, muscles : Series
        Name of each exercise and of each muscle, by code.
    """
    only_leads = built.wish.cover == "prime_mover"
    does, do = ("leads", "lead") if only_leads else ("leads or helps", "lead or help")
    without = [
        f"**{escaped(str(muscles[one.muscle_id]))}**"
        for one in built.missing
        if one.reason == "role"
    ]
    sentences = []
    if without:
        they_do = f"it {does}" if len(without) == 1 else f"they {do}"
        sentences.append(f"{joined(without)}: we know no exercise in which {they_do}.")
    for one in built.missing:
        if one.reason == "equipment":
            examples = [escaped(str(exercises[name])) for name in one.would_do[:_MOST_EXAMPLES]]
            n_more = len(one.would_do) - len(examples)
            examples += [f"{counted(n_more)} more"] if n_more else []
            none = "none of them" if len(one.would_do) > 1 else "no such exercise"
            sentences.append(
                f"**{escaped(str(muscles[one.muscle_id]))}**: it {does} in {joined(examples)}, "
                f"and this equipment allows {none}."
            )
    return sentences


def too_short_sentence(built: Built, names: pd.Series) -> str:
    """What makes the time too short; Markdown.

    Parameters
    ----------
    built : Built
        A session for which the time is too short.
    names : Series
        Name of each muscle, by code.
    """
    exact = f"{built.least_minutes:.2f}".rstrip("0").rstrip(".")
    text = (
        f"The shortest way takes {exact}{NBSP}minutes by our rule of "
        f"{counted(SETS_PER_EXERCISE)} sets an exercise."
    )
    if built.one_too_many:
        without = " or ".join(escaped(str(names[muscle])) for muscle in built.one_too_many)
        text += f" Without {without} the others would fit."
    return text


def cells_of(
    names: tuple[str, ...],
    wish: Wish,
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    roles: pd.DataFrame,
) -> pd.DataFrame:
    """Every exercise of a set with every wished muscle: what covers what.

    Parameters
    ----------
    names : tuple of str
        Exercises of the set.
    wish : Wish
        Muscles and what counts as covering.
    exercises, muscles, roles : DataFrame
        The tables ``exercises``, ``muscles`` and ``engagement_roles``.

    Returns
    -------
    DataFrame
        One row a pair, set by set and muscles in the table's order: ``exercise_id``, ``exercise``,
        ``exercise_short``, ``muscle_id``, ``muscle``, ``muscle_short``, ``role``, ``is_covered``.
    """
    own = exercises.set_index("exercise_id").loc[list(names)].reset_index()
    rows = own[["exercise_id", "name", "short_name"]].set_axis(
        ["exercise_id", "exercise", "exercise_short"], axis=1
    )
    wanted = muscles.loc[
        muscles["muscle_id"].isin(wish.muscles), ["muscle_id", "name", "short_name"]
    ]
    columns = wanted.set_axis(["muscle_id", "muscle", "muscle_short"], axis=1)
    cells = rows.merge(columns, how="cross")
    coded = roles[["exercise_id", "muscle_id", "role"]]
    cells = cells.merge(coded, on=["exercise_id", "muscle_id"], how="left")
    return cells.assign(is_covered=cells["role"].isin(COVERING[wish.cover]))


def _these(n_muscles: int) -> str:
    return "this muscle" if n_muscles == 1 else f"these {counted(n_muscles)} muscles"


def _part(n_covered: int, n_wanted: int) -> str:
    return f"{counted(n_covered)} of {_these(n_wanted)}"
