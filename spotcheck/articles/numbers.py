"""Which claims can be computed, which have a figure of a study, and which are neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from spotcheck.wording import NBSP, number

COMPUTED, FIGURE, NOTHING = "computed", "figure", "nothing"
KINDS: tuple[str, ...] = (COMPUTED, FIGURE, NOTHING)
_UNITS_IN_FRONT = ("hazard ratio", "Hedges' g", "SMD", "odds ratio", "effect size")


def sorted_claims(claims: pd.DataFrame, claim_tests: pd.DataFrame) -> pd.DataFrame:
    """Claims with what can be done about them.

    Parameters
    ----------
    claims, claim_tests : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        Rows of ``claims`` in their order, with ``kind``, ``test_id`` and ``reason``.

    Raises
    ------
    ValueError
        If a claim has no row in ``claim_tests``, or a kind is unknown.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim_id": ["A01", "A02"]})
    >>> tests = pd.DataFrame({"claim_id": ["A02", "A01"], "kind": ["computed", "nothing"],
    ...                       "test_id": ["uphill", None], "reason": ["Its cost", "A story"]})
    >>> sorted_claims(claims, tests)["kind"].tolist()
    ['nothing', 'computed']
    """
    unknown = sorted(set(claim_tests["kind"]) - set(KINDS))
    if unknown:
        raise ValueError(f"kind is {unknown}; allowed are {', '.join(KINDS)}")
    missing = sorted(set(claims["claim_id"]) - set(claim_tests["claim_id"]))
    if missing:
        raise ValueError(f"claim_id without a test or a reason: {', '.join(missing)}")
    return claims.merge(claim_tests[["claim_id", "kind", "test_id", "reason"]], on="claim_id")


def finding(claims: pd.DataFrame) -> str:
    """How many claims can be computed, as a heading.

    Parameters
    ----------
    claims : DataFrame
        Result of :func:`sorted_claims`.

    Examples
    --------
    >>> finding(pd.DataFrame({"kind": ["computed", "figure", "nothing", "computed"]}))
    'Of 4 claims, 2 can be tried with numbers of your own'
    """
    n = int(claims["kind"].eq(COMPUTED).sum())
    return f"Of {len(claims)} claims, {n} can be tried with numbers of your own"


def counts_sentence(claims: pd.DataFrame) -> str:
    """What becomes of the other claims.

    Parameters
    ----------
    claims : DataFrame
        Result of :func:`sorted_claims`.

    Examples
    --------
    >>> counts_sentence(pd.DataFrame({"kind": ["computed", "figure", "nothing", "nothing"]}))
    'For 1 more a study has to answer, and in 2 there is nothing to compute.'
    """
    counts = claims["kind"].value_counts()
    figure, nothing = (int(counts.get(kind, 0)) for kind in (FIGURE, NOTHING))
    return f"For {figure} more a study has to answer, and in {nothing} there is nothing to compute."


def figure_words(effect: Mapping[str, Any]) -> str:
    r"""A study's number with what it is of, its interval and what it is compared with.

    That a change is one from the same people's start goes without saying.

    Parameters
    ----------
    effect : mapping
        Row of the table ``effects``; missing numbers are nan, missing texts empty.

    Examples
    --------
    >>> row = {"outcome": "blood pressure change", "arm": "running", "estimate": -4.2,
    ...        "estimate_low": float("nan"), "estimate_high": float("nan"), "ci_low": -5.9,
    ...        "ci_high": -2.4, "interval": "confidence", "unit": "mmHg", "comparator": "rest"}
    >>> figure_words(row)
    'Blood pressure change, running: −4.2\xa0mmHg (confidence interval −5.9 to −2.4), against rest'
    """
    outcome = str(effect["outcome"])
    text = f"{outcome[0].upper()}{outcome[1:]}, {effect['arm']}: {_amount(effect)}"
    if effect["interval"]:
        low, high = _short(effect["ci_low"]), _short(effect["ci_high"])
        text += f" ({effect['interval']} interval {low} to {high})"
    against = effect["comparator"]
    return text if against in ("", "before") else f"{text}, against {against}"


def _amount(effect: Mapping[str, Any]) -> str:
    if not pd.isna(effect["estimate"]):
        value = _short(effect["estimate"])
    elif pd.isna(effect["estimate_high"]):
        value = _short(effect["estimate_low"])
    else:
        value = f"{_short(effect['estimate_low'])} to {_short(effect['estimate_high'])}"
    if effect["unit"] in _UNITS_IN_FRONT:
        return f"{effect['unit']} {value}"
    return f"{value}{NBSP}{effect['unit']}"


def _short(value: float) -> str:
    """Number as the table has it, without zeros that it does not have."""
    text = f"{value:.6g}"
    return number(value, len(text.partition(".")[2]))
