"""What a plan of running does to body weight: ``/calorie_deficit``."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from spotcheck.charts import energy as charts
from spotcheck.charts.theme import Theme
from spotcheck.energy import SessionEnergy
from spotcheck.energy.safety import Stop, days_shown, picture_stops
from spotcheck.energy.story import headline, since_last_change, uncertainty
from spotcheck.energy.training import Projection, WeeklyPlan, receipt
from spotcheck.ui import layout, plans, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.terms import explain, words
from spotcheck.wording import NBSP, date, kcal, kg, number, pace, percent

HALL = "[Hall et al. 2011](https://doi.org/10.1016/S0140-6736(11)60812-X)"
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
        plan = plans.weekly_plan(controls)
        # Here the reason comes first, on a phone too.
        layout.headline(outcome.headline, outcome.explanation, controls)
        draw_controls(controls)
        session = plan.session(controls["weight"])
        draw_receipt(session, plan, colours, cost_only=True)
    else:
        layout.opening(
            headline(outcome),
            uncertainty(outcome),
            controls,
            draw_controls=lambda: draw_controls(controls),
            draw_figures=lambda: draw_figures(outcome),
            draw_picture=lambda: draw_view(controls, outcome, colours),
        )
    words("net_energy", "epoc", "energy_deficit", "compensation", "static_rule", "dynamic_model")
    st.info(HELP, icon=":material/health_and_safety:")


def draw_controls(controls: Controls) -> None:
    """Sliders: in the left column, or the first of them and a drawer on a phone."""
    if layout.is_narrow():
        draw_first_slider(controls)
    with layout.left_column("Change the numbers"):
        draw_presets(controls)
        st.markdown("**Your running**")
        controls.slider("sessions", "Sessions a week", step=1)
        if not layout.is_narrow():
            draw_first_slider(controls)
        draw_speed(controls)
        st.markdown("**You**")
        controls.segments("sex", "Sex", {"female": "Female", "male": "Male"})
        controls.slider("weight", "Weight, kg", step=1)
        controls.slider("height", "Height, cm", step=1)
        controls.slider("age", "Age, years", step=1)
        more = st.expander("More", key="more", on_change="rerun")
        if more.open:
            with more:
                draw_more(controls)


def draw_more(controls: Controls) -> None:
    """Settings that most readers leave alone."""
    controls.select("session", "Kind of session", settings.labels("session_types", "session_type"))
    controls.slider(
        "grade",
        "Slope, %",
        step=1,
        limits=settings.grade_limits(controls["session"]),
        help=explain("grade"),
    )
    controls.slider("intake", "Food change, kcal a day", step=50)
    controls.slider("compensation", "Made up elsewhere, %", step=5, help=explain("compensation"))
    controls.slider(
        "activity",
        "Activity apart from running",
        step=0.05,
        format="%.2f",
        help=explain("physical_activity_level"),
    )
    controls.slider("days", "Days to look ahead", step=1)


def draw_first_slider(controls: Controls) -> None:
    """Control that a reader on a phone meets first."""
    controls.slider("minutes", "Minutes a session", step=5)


def draw_presets(controls: Controls) -> None:
    """Ready plans; the list names the one that the settings are at."""
    presets = settings.presets()
    now = [
        code
        for code, given in presets.items()
        if all(controls[name] == value for name, value in given.items())
    ]
    st.session_state["preset"] = now[0] if now else None

    def take_over() -> None:
        chosen = st.session_state["preset"]
        if chosen is not None:
            controls.set(**presets[chosen])

    names = settings.labels("presets", "preset")
    st.selectbox(
        "Start from a plan",
        list(names),
        index=None,
        format_func=lambda code: names[code],
        placeholder="Your own plan",
        key="preset",
        on_change=take_over,
    )


def draw_speed(controls: Controls) -> None:
    """Speed in km/h, or as a pace; both set the same speed."""
    controls.segments("pace", "Speed as", settings.SPEED_UNITS)
    limits = settings.speed_limits(controls["session"])
    if controls["pace"] == "km_h":
        controls.slider("speed", "Speed, km/h", step=0.1, limits=limits, format="%.1f")
        layout.note(pace(controls["speed"]))
        return
    paces = settings.paces(limits)
    st.session_state["pace_s_per_km"] = settings.nearest_pace(controls["speed"], paces)
    st.select_slider(
        "Speed as pace, min/km",
        paces,
        format_func=lambda seconds: f"{seconds // 60}:{seconds % 60:02d}",
        key="pace_s_per_km",
        on_change=lambda: controls.set(speed=3600 / st.session_state["pace_s_per_km"]),
    )
    layout.note(f"{number(controls['speed'], 1)}{NBSP}km/h")


def draw_figures(projection: Projection) -> None:
    """Key figures: a session, a week, and the end."""
    session, plan = projection.session, projection.plan
    end = dt.date.today() + dt.timedelta(days=projection.days)
    layout.figures(
        [
            ("Energy a session, net", kcal(session.net_kcal), explain("net_energy")),
            (
                "Deficit a week" if projection.deficit_kcal_per_week >= 0 else "Surplus a week",
                kcal(abs(projection.deficit_kcal_per_week)),
                explain("energy_deficit"),
            ),
            (f"On {date(end)}", kg(projection.body.weight_kg[-1]), explain("dynamic_model")),
        ],
        f"A session: {kcal(session.gross_kcal)} gross less {kcal(session.resting_kcal)} at rest, "
        f"and {kcal(session.epoc_kcal)} of afterburn on top. "
        f"{percent(plan.compensation_fraction)} of the running is made up elsewhere. "
        f"From {kg(projection.body.weight_kg[0])} today.",
    )


def draw_view(controls: Controls, projection: Projection, colours: Theme) -> None:
    """Picture of the open view."""
    view = controls.views(settings.ESTIMATOR_VIEWS)
    if view == "weight":
        draw_weight(controls, projection, colours)
    elif view == "session":
        draw_receipt(projection.session, projection.plan, colours)
    else:
        draw_body(projection, colours)


def draw_weight(controls: Controls, projection: Projection, colours: Theme) -> None:
    """Body weight over time."""
    rows = projection.frame()
    last = days_shown(rows["weight_kg"].to_numpy(), controls["height"] / 100)
    shown = rows.iloc[: max(last, 1) + 1]
    before = controls.before_last_change((projection.weight_change_kg, shown[["day", "weight_kg"]]))
    moved = since_last_change(before[0], projection.weight_change_kg) if before else ""
    layout.finding(
        "The change slows down, and the simple rule does not know it",
        "Body weight. The band runs from nothing made up elsewhere to nine tenths made up. "
        + moved,
    )
    layout.chart(
        charts.weight_curve(
            shown,
            colours,
            narrow=layout.is_narrow(),
            before=before[1] if moved else None,
        ),
        name="weight",
        alt=(
            f"Line chart of body weight: {kg(shown['weight_kg'].iloc[0])} today, "
            f"{kg(shown['weight_kg'].iloc[-1])} after {len(shown) - 1} days."
        ),
        source=f"Source: model of {HALL}, constant sodium; running as a change of activity.",
        table=lambda: rows.round(3),
    )
    if last < projection.days:
        st.warning(picture_stops(controls["height"] / 100), icon=":material/health_and_safety:")


def draw_receipt(
    session: SessionEnergy, plan: WeeklyPlan, colours: Theme, *, cost_only: bool = False
) -> None:
    """Energy of one session, step by step; only what it costs where no deficit is offered."""
    rows = receipt(session, plan.compensation_fraction)
    if cost_only:
        rows = rows[rows["step"].isin(["gross", "resting", "epoc"])]
        title = f"A session costs about {kcal(session.net_kcal)} more than resting"
        definition = "One session, and what is spent in the hours after it."
    else:
        counts = kcal(rows["kcal"].iloc[-1])
        title = f"Of {kcal(session.gross_kcal)} on the watch, about {counts} count"
        definition = (
            "One session. What you would burn at rest anyway does not count, nor what is made up."
        )
    layout.finding(title, definition)
    layout.chart(
        charts.session_receipt(rows, colours),
        name="session",
        alt="Waterfall of one session: "
        + ", ".join(
            f"{charts.STEP_LABELS[row.step].lower()} {kcal(row.kcal)}" for row in rows.itertuples()
        )
        + ".",
        source="Sources: Léger and Mercier 1984, Minetti et al. 2002, LaForgia et al. 2006.",
        table=lambda: rows.assign(step=rows["step"].map(charts.STEP_LABELS)).round(1),
    )
    kind = settings.session_type(plan.session_type)
    layout.note(kind["assumption"])


def draw_body(projection: Projection, colours: Theme) -> None:
    """Fat, lean tissue and water apart."""
    rows = projection.frame()
    table = charts.tissue_table(rows)
    end = table.iloc[-1]
    layout.finding(
        f"Of {kg(projection.weight_change_kg)}, {kg(end['fat_change_kg'])} is fat",
        "Change since today. Water moves with glycogen and salt, and comes and goes in days.",
    )
    layout.chart(
        charts.tissue_changes(rows, colours, narrow=layout.is_narrow()),
        name="body",
        alt=(
            f"Lines of change: fat {kg(end['fat_change_kg'])}, lean tissue "
            f"{kg(end['lean_change_kg'])}, water and glycogen {kg(end['water_change_kg'])}."
        ),
        source=f"Source: model of {HALL}.",
        table=lambda: table.round(3),
    )


with layout.page("Calorie deficit") as theme:
    main(theme)
