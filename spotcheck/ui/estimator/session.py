"""What the week and each of its sessions cost, step by step."""

from __future__ import annotations

import streamlit as st

from spotcheck import tables
from spotcheck.charts import energy as charts
from spotcheck.charts.theme import Theme
from spotcheck.energy.running import SessionEnergy, session_legs
from spotcheck.energy.story import cross_check_words, leg_words, week_finding
from spotcheck.energy.training import Session, cross_check, receipt, session_types
from spotcheck.ui import cite, layout, plans, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.estimator.scene import Scene
from spotcheck.ui.estimator.week import title
from spotcheck.wording import NBSP, Units, escaped, kcal, number, round_kcal


def draw(scene: Scene) -> None:
    """Draw the view."""
    sessions, week = scene.plan.sessions, scene.projection.week
    if not sessions:
        draw_nothing(scene.controls)
        return
    place = 0
    if len(sessions) > 1:
        titles = _titles(sessions, scene.units)
        table = charts.week_table(scene.plan, week, titles)
        over_the_choice = st.container()
        place = choose(sessions, titles, int(table["extra_kcal_per_week"].to_numpy().argmax()))
        with over_the_choice:
            layout.finding(
                week_finding(table),
                "Net energy and afterburn of the full week, before anything is made up elsewhere.",
            )
            layout.chart(
                charts.week_sessions(table, scene.colours, chosen=place, narrow=scene.narrow),
                name="week",
                alt="Bars of the week: "
                + "; ".join(
                    f"{row.session} {kcal(row.extra_kcal_per_week)}" for row in table.itertuples()
                )
                + ".",
                source=f"Sources: {_sources(*sessions)}.",
                table=lambda: table.round(3),
            )
    chosen = sessions[place]
    compensation = scene.assumptions["compensation_fraction"].mean
    draw_receipt(chosen, week.sessions[place], compensation, scene.colours)
    draw_making(chosen, scene.units)
    draw_check(chosen, scene)


def draw_costs(controls: Controls, colours: Theme) -> None:
    """Where no deficit is offered: what a session costs, and nothing about what it takes off."""
    sessions = plans.week(controls.values)
    if not sessions:
        draw_nothing(controls)
        return
    energies = [one.energy(controls["weight"], None) for one in sessions]
    net = [float(one.net_kcal) for one in energies]
    titles = _titles(sessions, plans.units(controls))
    place = choose(sessions, titles, net.index(max(net))) if len(sessions) > 1 else 0
    draw_receipt(sessions[place], energies[place], 0.0, colours, cost_only=True)


def draw_nothing(controls: Controls) -> None:
    """A week without sessions, and the way to one."""
    preset = settings.default_preset()
    training = {
        name: value
        for name, value in settings.presets()[preset["preset"]].items()
        if name != "intake"
    }
    layout.empty_state(
        "No session in this week",
        "A receipt needs a session: some minutes of running, walking or strength training.",
        f"Start with {preset['label']}",
        lambda: controls.set(**training),
    )


def choose(sessions: tuple[Session, ...], titles: list[str], usual: int) -> int:
    """Place of the session that the reader looks at; ``usual`` until they choose."""
    chosen: int = st.selectbox(
        "Look at one session",
        range(len(sessions)),
        index=usual,
        format_func=lambda place: titles[place],
        # Another week has other sessions to look at.
        key="session/" + "/".join(one.kind for one in sessions),
        filter_mode=None,
        width=440,
    )
    return chosen


def draw_receipt(
    session: Session,
    energy: SessionEnergy,
    compensation_fraction: float,
    colours: Theme,
    *,
    cost_only: bool = False,
) -> None:
    """Energy of one session, step by step; only what it costs where no deficit is offered."""
    rows = receipt(energy, compensation_fraction)
    if cost_only:
        rows = rows[rows["step"].isin(["gross", "resting", "epoc"])]
        answer = f"A session costs about {kcal(energy.net_kcal)} more than resting"
        definition = "One session, and what is spent in the hours after it."
    else:
        counts = number(round_kcal(rows["kcal"].iloc[-1]))
        answer = f"Of {kcal(energy.gross_kcal)} on the watch, about {counts} count"
        definition = (
            "One session. What you would burn at rest anyway does not count, nor what is made up."
        )
    layout.finding(answer, definition)
    layout.chart(
        charts.session_receipt(rows, colours, narrow=layout.is_narrow()),
        name="session",
        alt="Waterfall of one session: "
        + ", ".join(
            f"{charts.STEP_LABELS[row.step].lower()} {kcal(row.kcal)}" for row in rows.itertuples()
        )
        + ".",
        source=f"Sources: {_sources(session)}.",
        table=lambda: rows.assign(step=rows["step"].map(charts.STEP_LABELS)).round(1),
    )


def draw_making(session: Session, units: Units) -> None:
    """What a session is made of, and what we assume about it."""
    if session.is_strength:
        layout.finding("Where the figure comes from", _strength(session), level=3)
        return
    assumed = session_types()[session.kind]["assumption"]
    if session.repeats:
        assumed = f"Your repeats as you gave them. Without them: {assumed[0].lower()}{assumed[1:]}"
    layout.finding("What it is made of", escaped(assumed), level=3)
    repeats = {
        "repeats": session.repeats,
        "work_seconds": session.work_seconds,
        "recovery_seconds": session.recovery_seconds,
    }
    legs = session_legs(session.kind, session.minutes, session.speed_km_h, session.grade, **repeats)
    st.markdown("\n".join(f"- {line}" for line in leg_words(legs, **repeats, units=units)))


def draw_check(session: Session, scene: Scene) -> None:
    """How far two other ways of counting are from ours."""
    weight_kg = float(scene.projection.body.weight_kg[0])
    resting = float(scene.person.resting_metabolic_rate_kcal_per_day)
    check = cross_check(session, weight_kg, resting)
    layout.finding(
        "Counted another way",
        f"Gross energy of the same session. Sources: {cite.name('bushman_2020')}, "
        f"{cite.name('herrmann_2024')}.",
        level=3,
    )
    st.markdown(cross_check_words(check))


def _strength(session: Session) -> str:
    """Where the MET of a strength exercise comes from."""
    exercise = tables.load("exercises").set_index("exercise_id").loc[session.kind]
    line = tables.load("activities").set_index("activity_code").loc[exercise["activity_code"]]
    match = "its own line" if exercise["met_match"] == "exact" else "the closest line"
    return (
        f"{match.capitalize()} of the 2024 Compendium, {exercise['activity_code']}: "
        f"“{escaped(line['description'])}”, {number(line['met'], 1)}{NBSP}MET. Rests between sets "
        "are part of the minutes. We add nothing for the hours afterwards."
    )


def _titles(sessions: tuple[Session, ...], units: Units) -> list[str]:
    """Names of the sessions; those that would be the same are told apart by their speed."""
    names = [title(one.kind, one.times_per_week, one.minutes) for one in sessions]
    return [
        f"{name}, {units.speed(one.speed_km_h)}"
        if names.count(name) > 1 and not one.is_strength
        else name
        for name, one in zip(names, sessions, strict=True)
    ]


def _sources(*sessions: Session) -> str:
    """Studies behind the energy of some sessions."""
    used = []
    for one in sessions:
        if one.is_strength:
            used.append("herrmann_2024")
            continue
        if session_types()[one.kind]["gait"] == "run":
            used += ["leger_1984", *(["pugh_1971"] if one.outdoors else []), "laforgia_2006"]
        used.append("minetti_2002")
    return ", ".join(map(cite.name, sorted(set(used))))
