"""How near the plan comes to the limits of safety."""

from __future__ import annotations

import streamlit as st

from spotcheck.charts import limits as charts
from spotcheck.energy.goal import limits_of
from spotcheck.energy.safety import Limit, finding, limits_table
from spotcheck.ui import cite, layout
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.estimator.scene import Scene
from spotcheck.wording import NBSP, escaped

_STATUS = {**STATUS_BADGES, "assumption": ":gray-badge[our choice]"}


def draw(scene: Scene) -> None:
    """Draw the view."""
    limits = limits_of(scene.projection, scene.units)
    availability, others = limits[0], limits[1:]
    layout.finding(
        finding(limits),
        "Energy availability: what is left of the food for the body once the sessions are paid "
        "for. The ring is today, the dot is with this plan.",
    )
    layout.chart(
        charts.availability_gauge(availability, scene.colours),
        name="availability",
        alt=_alt(availability, scene),
        source=f"Source: {_sources(availability)}; each session in full, nothing made up.",
        table=lambda: limits_table([availability]).round(2),
    )
    _explain(availability, scene)
    layout.finding(
        "The other limits",
        "Each row has a scale of its own; room lies to the right, trouble to the left. A limit "
        "counts only where the plan moves towards it.",
        level=3,
    )
    layout.chart(
        charts.limit_rows(others, scene.colours, units=scene.units),
        name="limits",
        alt="Rows of limits. " + " ".join(_alt(limit, scene) for limit in others),
        source=(
            "Sources: see each sentence below, and "
            f"{cite.ours('the table of limits', 'safety_limits')}."
        ),
        table=lambda: limits_table(others).round(2),
    )
    for limit in others:
        _explain(limit, scene)


def _explain(limit: Limit, scene: Scene) -> None:
    """One limit in words, with how its figures are known."""
    figures = (
        ("Stop at", limit.red, limit.red_status),
        ("careful from", limit.amber, limit.amber_status),
    )
    known = " ".join(
        f"{what}{NBSP}{limit.amount(figure, scene.units)}{NBSP}{_STATUS[status]}"
        for what, figure, status in figures
        if status
    )
    known = known[:1].upper() + known[1:]
    sources = _sources(limit)
    st.markdown(
        f"**{escaped(limit.label)}: {limit.level}.** {limit.explanation} :small[{known}]"
        + (f" :small[:gray[{sources}]]" if sources else "")
    )


def _alt(limit: Limit, scene: Scene) -> str:
    return f"{limit.label}: {limit.amount(limit.value, scene.units)}, {limit.level}."


def _sources(limit: Limit) -> str:
    """Citations of a limit's figures, linked where a DOI is known."""
    return ", ".join(map(cite.name, limit.study_ids))
