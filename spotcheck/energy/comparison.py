"""Several plans of one reader beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from spotcheck.energy.projection import Projection
from spotcheck.energy.safety import energy_availability_kcal_per_kg
from spotcheck.energy.training import DAYS_PER_WEEK
from spotcheck.energy.uncertainty import Fan, fan


@dataclass(frozen=True)
class ComparedPlan:
    """A named plan, where it leads in the middle, and how far simulated people spread.

    Parameters
    ----------
    name : str
        The reader's own words, or ours.
    projection : Projection
        The plan in the middle.
    """

    name: str
    projection: Projection

    @property
    def fan(self) -> Fan:
        """Spread of simulated people with this plan."""
        one = self.projection
        return fan(one.person, one.plan, one.assumptions, one.days)

    @property
    def energy_availability_kcal_per_kg_per_day(self) -> float:
        """Energy left for the body once the full week is paid for, at today's body."""
        one = self.projection
        lean_kg = np.asarray(one.person.weight_kg) - one.person.fat_kg
        eaten = one.person.energy_intake_kcal_per_day + one.plan.intake_change_kcal_per_day
        spent = one.week.extra_kcal_per_week / DAYS_PER_WEEK
        return float(energy_availability_kcal_per_kg(eaten, spent, lean_kg))


def comparison_table(plans: list[ComparedPlan]) -> pd.DataFrame:
    """Figures of several plans, a row each.

    Parameters
    ----------
    plans : list of ComparedPlan
        All of the same reader and length.

    Returns
    -------
    DataFrame
        ``plan``, ``hours_per_week``, ``net_kcal_per_week``, ``counted_kcal_per_week``,
        ``intake_change_kcal_per_day``, ``weight_kg`` at the end with ``low_kg`` and ``high_kg``
        (9 in 10 simulated people), ``weight_change_kg``, ``fat_change_kg`` and
        ``energy_availability_kcal_per_kg_per_day``.
    """
    rows = []
    for one in plans:
        projection = one.projection
        start = float(projection.body.weight_kg[0])
        low, high = one.fan.nine_in_ten()
        rows.append(
            {
                "plan": one.name,
                "hours_per_week": projection.plan.minutes_per_week / 60,
                "net_kcal_per_week": projection.week.extra_kcal_per_week,
                "counted_kcal_per_week": projection.counted_kcal_per_week,
                "intake_change_kcal_per_day": projection.plan.intake_change_kcal_per_day,
                "weight_kg": start + projection.weight_change_kg,
                "low_kg": start + low,
                "high_kg": start + high,
                "weight_change_kg": projection.weight_change_kg,
                "fat_change_kg": projection.fat_change_kg,
                "energy_availability_kcal_per_kg_per_day": (
                    one.energy_availability_kcal_per_kg_per_day
                ),
            }
        )
    return pd.DataFrame(rows)
