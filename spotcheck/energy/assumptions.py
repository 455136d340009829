"""What nobody knows about a reader beforehand: a distribution for each unknown.

The table ``priors`` holds them with their sources; a reader can move each. The middle run takes
every unknown at its mean, the draws of :mod:`spotcheck.energy.uncertainty` take them all at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np
from numpy.typing import ArrayLike

from spotcheck import tables
from spotcheck.energy.balance import Person
from spotcheck.energy.metabolism import FloatArray, check_range
from spotcheck.energy.regional import leg_fat_share
from spotcheck.energy.training import Plan

# Unknowns of the weight, in the order of the table; the legs' two come on top.
UNKNOWNS = (
    "resting_metabolic_rate_factor",
    "physical_activity_level",
    "body_fat_fraction",
    "running_cost_factor",
    "compensation_fraction",
    "adherence_fraction",
    "intake_error_fraction",
    "intake_slip_kcal_per_day",
)
LEG_UNKNOWNS = ("leg_fat_share", "leg_fat_proportionality")
_GRID = 513


@dataclass(frozen=True)
class Prior:
    """Distribution of one unknown.

    Parameters
    ----------
    parameter : str
        Key of the table ``priors``.
    distribution : {"truncated_normal", "shifted_beta", "uniform", "fixed"}
        Shape; a shifted beta is a beta distribution stretched over ``low`` to ``high``.
    mean, sd : float
        Mean and standard deviation before truncation, in the table's unit; an sd of 0 makes it
        fixed.
    low, high : float
        Limits.

    Raises
    ------
    ValueError
        If the mean is outside the limits or the spread is negative.

    Examples
    --------
    >>> prior = Prior("compensation_fraction", "shifted_beta", 0.45, 0.30, -0.5, 1.2)
    >>> prior.quantile([0.05, 0.5, 0.95]).round(2).tolist()
    [-0.06, 0.46, 0.93]
    """

    parameter: str
    distribution: str
    mean: float
    sd: float
    low: float
    high: float

    def __post_init__(self) -> None:
        check_range(f"mean of {self.parameter}", self.mean, self.low, self.high)
        check_range(f"spread of {self.parameter}", self.sd, 0.0, math.inf)

    @property
    def is_fixed(self) -> bool:
        """Whether there is only one value."""
        return self.distribution == "fixed" or self.sd == 0 or self.low == self.high

    @property
    def most_sd(self) -> float:
        """Largest spread that says anything: every value within the limits equally likely.

        Cut to three decimals, the grid of a reader's own spreads.
        """
        return math.floor(1000 * (self.high - self.low) / math.sqrt(12)) / 1000

    def quantile(self, share: ArrayLike) -> FloatArray:
        """Values below which the given shares of the distribution lie.

        Parameters
        ----------
        share : float or array_like
            0 to 1 [1].

        Returns
        -------
        float or numpy.ndarray
            In the table's unit.
        """
        shares = check_range("share", share, 0.0, 1.0)
        if self.is_fixed:
            return np.full(shares.shape, self.mean)
        if self.distribution == "uniform":
            return self.low + shares * (self.high - self.low)
        values, cumulative = _distribution_function(self)
        return np.interp(shares, cumulative, values)


@lru_cache(maxsize=512)
def _distribution_function(prior: Prior) -> tuple[FloatArray, FloatArray]:
    """Values, and the share of the distribution below each, for numerical inversion."""
    at = (np.arange(_GRID) + 0.5) / _GRID
    width = prior.high - prior.low
    values = prior.low + width * at
    if prior.distribution == "shifted_beta":
        mean = min(max((prior.mean - prior.low) / width, 0.01), 0.99)
        # A beta with two humps at its ends would say "all or nothing", which nobody means.
        widest = math.sqrt(mean * (1 - mean) / (1 + 1 / min(mean, 1 - mean)))
        variance = min(prior.sd / width, widest) ** 2
        size = mean * (1 - mean) / variance - 1
        log_density = (mean * size - 1) * np.log(at) + ((1 - mean) * size - 1) * np.log1p(-at)
    else:
        log_density = -0.5 * ((values - prior.mean) / prior.sd) ** 2
    density = np.exp(log_density - log_density.max())
    cumulative = np.concatenate([[0.0], np.cumsum(density)])
    edges = np.linspace(prior.low, prior.high, _GRID + 1)
    return edges, cumulative / cumulative[-1]


@cache
def table_priors() -> dict[str, Prior]:
    """Priors as the table ``priors`` gives them, by parameter."""
    rows = tables.load("priors").fillna({"sd": 0.0})
    return {
        row.parameter: Prior(
            row.parameter, row.distribution, row.mean, float(row.sd), row.low, row.high
        )
        for row in rows.itertuples()
    }


@dataclass(frozen=True)
class Assumptions:
    """Priors of every unknown for one reader and plan.

    Parameters
    ----------
    priors : tuple of Prior
        One for each of ``UNKNOWNS`` and ``LEG_UNKNOWNS``.

    Examples
    --------
    >>> person, plan = Person("female", 34, 1.68, 68), Plan()
    >>> assumptions(person, plan)["compensation_fraction"].mean
    0.45
    """

    priors: tuple[Prior, ...]

    def __getitem__(self, parameter: str) -> Prior:
        return next(prior for prior in self.priors if prior.parameter == parameter)

    @property
    def training_share(self) -> float:
        """Share of the planned training that counts in the middle: done, and not made up."""
        done = self["adherence_fraction"].mean
        return done * self["running_cost_factor"].mean * (1 - self["compensation_fraction"].mean)

    def intake_change(self, planned_kcal_per_day: float) -> float:
        """Change of food that a planned change means in the middle [kcal/day]."""
        error = self["intake_error_fraction"].mean
        return planned_kcal_per_day * (1 + error) + self["intake_slip_kcal_per_day"].mean


def assumptions(
    person: Person,
    plan: Plan,
    edits: Mapping[str, tuple[float, float]] | None = None,
    *,
    slips: bool = False,
) -> Assumptions:
    """Assumptions for a reader: the table's priors, fitted to person and plan, with their edits.

    Parameters
    ----------
    person : Person
        One adult; their activity level is the middle of its prior, and their sex and age set the
        legs' share of fat. A body-fat fraction that the reader knows is taken as measured.
    plan : Plan
        Its sessions set the spread of their cost.
    edits : mapping of str to (float, float), optional
        Mean and standard deviation that the reader chose for a parameter.
    slips : bool, optional
        Whether eating more than planned is assumed at all.

    Returns
    -------
    Assumptions

    Raises
    ------
    ValueError
        If an edit lies outside its prior's limits.
    """
    table = table_priors()
    edits = edits or {}
    weight = float(np.asarray(person.weight_kg))
    level = float(np.asarray(person.physical_activity_level))
    known_fat = person.body_fat_fraction is not None
    cost_sd = plan.energy(weight).cost_sd_fraction or table["running_cost_factor"].sd
    sex = str(np.asarray(person.sex))
    own = {
        "physical_activity_level": replace(table["physical_activity_level"], mean=level),
        "body_fat_fraction": replace(
            table["measured_body_fat_fraction" if known_fat else "body_fat_fraction"],
            parameter="body_fat_fraction",
        ),
        "running_cost_factor": replace(table["running_cost_factor"], sd=cost_sd),
        "leg_fat_share": replace(
            table[f"leg_fat_share_{sex}"],
            parameter="leg_fat_share",
            mean=float(leg_fat_share(sex, float(np.asarray(person.age_years)))),
        ),
    }
    if not slips:
        off = Prior("intake_slip_kcal_per_day", "fixed", 0.0, 0.0, 0.0, 0.0)
        own["intake_slip_kcal_per_day"] = off
    priors = [own.get(name) or table[name] for name in (*UNKNOWNS, *LEG_UNKNOWNS)]
    return Assumptions(
        tuple(
            replace(prior, mean=edits[prior.parameter][0], sd=edits[prior.parameter][1])
            if prior.parameter in edits
            else prior
            for prior in priors
        )
    )
