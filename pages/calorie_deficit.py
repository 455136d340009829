"""What a plan of running does to body weight: ``/calorie_deficit``."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from spotcheck.charts.theme import Theme
from spotcheck.energy.safety import Stop
from spotcheck.energy.story import headline, uncertainty
from spotcheck.ui import layout, plans, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.estimator import controls as inputs
from spotcheck.ui.estimator import save
from spotcheck.ui.estimator.scene import Scene
from spotcheck.ui.terms import explain, words
from spotcheck.wording import date, kcal, percent

HELP = (
    "If you are pregnant or breast-feeding, or if food, weight or exercise worry you or someone "
    "close to you, these numbers are not for now. A doctor, a midwife or an eating-disorder "
    "service helps better: [Beat](https://www.beateatingdisorders.org.uk) in the UK, the "
    "[National Alliance for Eating Disorders](https://www.allianceforeatingdisorders.com) in the "
    "US, [Butterfly](https://butterfly.org.au) in Australia."
)


def main(colours: Theme) -> None:
    """Draw the page."""
    controls = plans.controls("calorie_deficit")
    outcome = plans.outcome(controls)
    if isinstance(outcome, Stop):
        draw_stop(controls, outcome, colours)
    else:
        scene = Scene(controls, outcome, colours, plans.units(controls), layout.is_narrow())
        layout.opening(
            headline(outcome, scene.units),
            uncertainty(outcome, scene.fan, scene.units),
            controls,
            draw_controls=lambda: inputs.draw(controls),
            draw_figures=lambda: draw_figures(scene),
            draw_picture=lambda: draw_view(scene),
            draw_save=lambda: save.draw(scene),
        )
    words(
        *("net_energy", "epoc", "energy_deficit", "compensation", "simulated_people"),
        *("static_rule", "dynamic_model", "energy_availability", "energy_gap"),
    )
    st.info(HELP, icon=":material/health_and_safety:")


def draw_stop(controls: Controls, stop: Stop, colours: Theme) -> None:
    """Where no deficit is offered: the reason first, on a phone too, and what a session costs."""
    layout.headline(stop.headline, stop.explanation, controls)
    inputs.draw(controls)
    import_module("spotcheck.ui.estimator.session").draw_costs(controls, colours)


def draw_figures(scene: Scene) -> None:
    """Key figures: a week's training, the deficit, and the end."""
    projection, units = scene.projection, scene.units
    week = projection.week
    first = week.sessions[0] if len(week.sessions) == 1 else None
    layout.figures(
        [
            ("Energy a session, net", kcal(first.net_kcal), explain("net_energy"))
            if first
            else ("Energy a week, net", kcal(week.extra_kcal_per_week), explain("net_energy")),
            (
                "Deficit a week" if projection.deficit_kcal_per_week >= 0 else "Surplus a week",
                kcal(abs(projection.deficit_kcal_per_week)),
                explain("energy_deficit"),
            ),
            (
                f"On {date(scene.date(projection.days))}",
                units.mass(projection.body.weight_kg[-1]),
                explain("dynamic_model"),
            ),
        ],
        (
            f"A session: {kcal(first.gross_kcal)} gross less {kcal(first.resting_kcal)} at rest, "
            f"and {kcal(first.epoc_kcal)} of afterburn on top. "
            if first
            else ""
        )
        + f"{percent(scene.assumptions['compensation_fraction'].mean)} of the training is made up "
        f"elsewhere. From {units.mass(projection.body.weight_kg[0])} today.",
    )


def draw_view(scene: Scene) -> None:
    """Row of views, and the open one, the only one that is imported and built."""
    view = scene.controls.views(settings.ESTIMATOR_VIEWS, narrow=scene.narrow)
    import_module(f"spotcheck.ui.estimator.{view}").draw(scene)


layout.page("Calorie deficit", main)
