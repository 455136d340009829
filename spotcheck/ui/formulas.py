"""The formulas that the methods page prints, each out of the docstring of its own function."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass

from spotcheck.energy import (
    acsm_running_oxygen_uptake,
    activity_parameter,
    excess_post_exercise_energy,
    gradient_factor,
    jackson_body_fat_kg,
    leger_mercier_oxygen_uptake,
    minetti_running_cost,
    minetti_walking_cost,
    pugh_air_resistance_oxygen_uptake,
    resting_metabolic_rate,
    session_energy,
    simulate,
    static_rule_weight_kg,
    steady_state_weight_change_kg,
    time_constant_days,
)
from spotcheck.energy.regional import leg_fat_change_kg, leg_fat_share
from spotcheck.energy.running import met_energy, session_legs
from spotcheck.energy.safety import (
    energy_availability_kcal_per_kg,
    fat_supply_kcal_per_day,
    outside_envelope,
    weekly_loss_kg,
)
from spotcheck.energy.trials import leave_one_trial_out
from spotcheck.energy.uncertainty import draw, simulated_people
from spotcheck.muscles import derive_roles, smallest_cover
from spotcheck.muscles.checks import disagreement_rate
from spotcheck.muscles.similarity import cosine_similarity, likeness_order

FUNCTIONS: tuple[Callable, ...] = (
    session_energy,
    session_legs,
    met_energy,
    leger_mercier_oxygen_uptake,
    pugh_air_resistance_oxygen_uptake,
    gradient_factor,
    minetti_running_cost,
    minetti_walking_cost,
    excess_post_exercise_energy,
    acsm_running_oxygen_uptake,
    resting_metabolic_rate,
    jackson_body_fat_kg,
    activity_parameter,
    simulate,
    steady_state_weight_change_kg,
    time_constant_days,
    static_rule_weight_kg,
    draw,
    simulated_people,
    leave_one_trial_out,
    energy_availability_kcal_per_kg,
    weekly_loss_kg,
    fat_supply_kcal_per_day,
    outside_envelope,
    leg_fat_share,
    leg_fat_change_kg,
    derive_roles,
    cosine_similarity,
    likeness_order,
    smallest_cover,
    disagreement_rate,
)
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.MULTILINE)


@dataclass(frozen=True)
class Formula:
    """What the code says of one function.

    Attributes
    ----------
    name, summary, code : str
        Qualified name, first line, and the function itself without its documentation.
    notes, references : str
        The numpydoc sections of these names; empty when there are none.
    """

    name: str
    summary: str
    code: str
    notes: str
    references: str


def formula(function: Callable) -> Formula:
    """Read one function's docstring.

    Parameters
    ----------
    function : callable
        A documented function.

    Returns
    -------
    Formula
    """
    text = inspect.getdoc(function) or ""
    parts = _SECTION.split(text)
    sections = dict(zip(parts[1::2], map(str.strip, parts[2::2]), strict=True))
    return Formula(
        name=f"{function.__module__}.{function.__name__}",
        summary=text.partition("\n")[0],
        code=_code(function),
        notes=sections.get("Notes", ""),
        references=sections.get("References", ""),
    )


def _code(function: Callable) -> str:
    source = inspect.getsource(function)
    docstring = ast.parse(source).body[0].body[0]  # type: ignore[attr-defined]
    lines = source.splitlines()
    return "\n".join(lines[: docstring.lineno - 1] + lines[docstring.end_lineno :])
