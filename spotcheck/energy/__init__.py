"""Energy: what a session costs, what a body needs, and how weight answers over time."""

from spotcheck.energy.balance import (
    Person,
    Trajectory,
    activity_parameter,
    simulate,
    static_rule_weight_kg,
    steady_state_weight_change_kg,
    time_constant_days,
)
from spotcheck.energy.metabolism import (
    body_mass_index,
    extracellular_fluid_kg,
    jackson_body_fat_kg,
    resting_metabolic_rate,
)
from spotcheck.energy.running import (
    SessionEnergy,
    acsm_running_oxygen_uptake,
    acsm_walking_oxygen_uptake,
    excess_post_exercise_energy,
    gradient_factor,
    leger_mercier_oxygen_uptake,
    minetti_running_cost,
    minetti_walking_cost,
    pace_min_per_km,
    pugh_air_resistance_oxygen_uptake,
    session_energy,
    speed_from_pace,
)

__all__ = [
    "Person",
    "SessionEnergy",
    "Trajectory",
    "acsm_running_oxygen_uptake",
    "acsm_walking_oxygen_uptake",
    "activity_parameter",
    "body_mass_index",
    "excess_post_exercise_energy",
    "extracellular_fluid_kg",
    "gradient_factor",
    "jackson_body_fat_kg",
    "leger_mercier_oxygen_uptake",
    "minetti_running_cost",
    "minetti_walking_cost",
    "pace_min_per_km",
    "pugh_air_resistance_oxygen_uptake",
    "resting_metabolic_rate",
    "session_energy",
    "simulate",
    "speed_from_pace",
    "static_rule_weight_kg",
    "steady_state_weight_change_kg",
    "time_constant_days",
]
