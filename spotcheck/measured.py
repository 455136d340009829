"""What the tables hold as measured, computed once in a process."""

from __future__ import annotations

from functools import cache

import pandas as pd

from spotcheck import tables
from spotcheck.muscles import cell_evidence, cell_measurements, estimates, story


@cache
def rows(*, single: bool = False, shares: bool = False) -> pd.DataFrame:
    """Measurements behind the cells of every lens.

    Parameters
    ----------
    single : bool, default False
        With the single person's.
    shares : bool, default False
        None but shares of a maximal effort, in the lenses that hold them.

    Returns
    -------
    DataFrame
        As :func:`spotcheck.muscles.cell_measurements` gives them.
    """
    find = estimates.measured_rows if shares else cell_measurements
    names = (
        "engagement_measurements",
        "exercise_variants",
        "muscle_portion_members",
        "metrics",
    )
    return find(*map(tables.load, names), include_single_person=single)


@cache
def cells(*, single: bool = False, shares: bool = False) -> pd.DataFrame:
    """What the measured cells of every lens show; see :func:`rows`."""
    return cell_evidence(rows(single=single, shares=shares))


@cache
def sources(*, single: bool = False, shares: bool = False) -> pd.DataFrame:
    """What a hover says of each measurement; see :func:`rows`."""
    names = ("engagement_measurements", "exercise_variants", "studies")
    return story.sources_of(rows(single=single, shares=shares), *map(tables.load, names))


def in_lens(lens: str) -> pd.DataFrame:
    """Measured cells of one lens."""
    return cells()[cells()["lens"].eq(lens)]
