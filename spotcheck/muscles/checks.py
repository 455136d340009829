"""How often a random cell of the roles disagrees with named anatomy and exercise sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import pandas as pd

from spotcheck.wording import NBSP, counted, joined, number, percent

VERDICTS = ("agree", "disagree", "undecided", "not_found")
"""Outcomes of a check; only the first two count as decided."""

_TAIL = 0.025


@dataclass(frozen=True)
class Disagreement:
    """Share of checked cells that disagree with their source.

    Attributes
    ----------
    n_cells : int
        Cells checked.
    n_disagree : int
        Cells whose source contradicts the role.
    n_undecided : int
        Cells whose sources contradict each other or speak too generally.
    n_not_found : int
        Cells for which no source was found.
    low, high : float
        Ends of the exact 95 % interval of :attr:`rate` [fraction].
    """

    n_cells: int
    n_disagree: int
    n_undecided: int
    n_not_found: int
    low: float
    high: float

    @property
    def n_decided(self) -> int:
        """Cells that could be decided."""
        return self.n_cells - self.n_undecided - self.n_not_found

    @property
    def rate(self) -> float:
        """Share of the decided cells that disagree [fraction]."""
        return self.n_disagree / self.n_decided


def disagreement_rate(table: pd.DataFrame) -> Disagreement:
    """Share of the decided cells that disagree, with its exact interval.

    Parameters
    ----------
    table : DataFrame
        The table ``role_checks``, or rows of it; ``verdict`` is one of :data:`VERDICTS`.

    Returns
    -------
    Disagreement
        Counts, rate and interval.

    Raises
    ------
    ValueError
        If a verdict is unknown, or no cell is decided.

    Notes
    -----
    Cells that could not be decided are left out of the rate, not counted as right. The sample
    holds as many cells of each role, so that the rate is one over roles, not over the table.

    Examples
    --------
    >>> disagreement_rate(pd.DataFrame({"verdict": ["agree", "agree", "disagree"]})).n_decided
    3
    """
    unknown = sorted(set(table["verdict"]) - set(VERDICTS))
    if unknown:
        raise ValueError(f"verdict is {unknown[0]!r}; allowed are {', '.join(VERDICTS)}.")
    n = {verdict: int(table["verdict"].eq(verdict).sum()) for verdict in VERDICTS}
    low, high = exact_interval(n["disagree"], n["agree"] + n["disagree"])
    return Disagreement(
        len(table), n["disagree"], n["undecided"], n["not_found"], low=low, high=high
    )


def exact_interval(n_events: int, n_trials: int) -> tuple[float, float]:
    """Clopper-Pearson 95 % interval of a share [fractions].

    Its ends are the shares at which so many events or more, and so many or fewer, would have a
    chance of 2.5 %.

    Parameters
    ----------
    n_events : int
        Events seen, from 0 to ``n_trials``.
    n_trials : int
        Trials, at least 1.

    Raises
    ------
    ValueError
        If one of the counts is out of its range.

    References
    ----------
    .. [1] C. J. Clopper, E. S. Pearson, "The use of confidence or fiducial limits illustrated in
       the case of the binomial", *Biometrika* 26, 1934, pp. 404-413.
       :doi:`10.1093/biomet/26.4.404`

    Examples
    --------
    >>> low, high = exact_interval(6, 51)
    >>> round(low, 3), round(high, 3)
    (0.044, 0.239)
    """
    if n_trials < 1:
        raise ValueError(f"n_trials is {n_trials}; at least 1 is needed.")
    if not 0 <= n_events <= n_trials:
        raise ValueError(f"n_events is {n_events}; allowed is 0 to {n_trials}.")
    low = 0.0
    if n_events > 0:
        low = _crossing(lambda share: 1 - _at_most(n_events - 1, n_trials, share) >= _TAIL)
    high = 1.0
    if n_events < n_trials:
        high = _crossing(lambda share: _at_most(n_events, n_trials, share) <= _TAIL)
    return low, high


def sentence(table: pd.DataFrame) -> str:
    """What the check of random cells found, for readers; Markdown.

    Parameters
    ----------
    table : DataFrame
        The table ``role_checks``.

    Examples
    --------
    >>> verdicts = ["agree"] * 8 + ["disagree", "undecided"]
    >>> sentence(pd.DataFrame({"verdict": verdicts})).replace(NBSP, " ")[:66]
    '10 random cells were checked against named sources by one rater: 1'
    """
    found = disagreement_rate(table)
    left_out = []
    if found.n_undecided:
        left_out.append(f"{counted(found.n_undecided)} could not be decided")
    if found.n_not_found:
        left_out.append(f"for {counted(found.n_not_found)} we found no source")
    verb = "disagrees" if found.n_disagree == 1 else "disagree"
    text = (
        f"{found.n_cells} random cells were checked against named sources by one rater: "
        f"{found.n_disagree} of the {found.n_decided} that could be decided {verb} "
        f"({percent(found.rate)}, 95{NBSP}% interval {number(100 * found.low)} to "
        f"{percent(found.high)})"
    )
    return f"{text}; {joined(left_out)}." if left_out else f"{text}."


def _at_most(n_events: int, n_trials: int, share: float) -> float:
    """Chance of so many events or fewer in a binomial draw."""
    return sum(
        comb(n_trials, k) * share**k * (1 - share) ** (n_trials - k) for k in range(n_events + 1)
    )


def _crossing(is_beyond: Callable[[float], bool]) -> float:
    """Smallest share at which a condition holds that stays true from there on."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if is_beyond(middle):
            high = middle
        else:
            low = middle
    return high
