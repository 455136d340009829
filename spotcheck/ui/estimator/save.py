"""What a reader can take home: a page to print, and the figures behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from spotcheck.energy.training import receipt
from spotcheck.report import html_report, session_name
from spotcheck.ui import layout
from spotcheck.ui.clock import today
from spotcheck.ui.estimator.scene import Scene


def draw(scene: Scene) -> None:
    """Button that opens the downloads; each is made only when it is asked for."""
    if st.button("Save", icon=":material/download:", type="tertiary", key="save"):
        _downloads(scene)


@st.dialog("Save this plan")
def _downloads(scene: Scene) -> None:
    st.download_button(
        "One page to print",
        lambda: html_report(scene.projection, scene.fan, today=today(), units=scene.units).encode(),
        "spotcheck-plan.html",
        "text/html",
        type="tertiary",
        icon=":material/print:",
        key="save/report",
        on_click="ignore",
    )
    layout.note("One HTML file that works offline. It holds your numbers.")
    layout.csv_download("days", lambda: days_table(scene), "Day by day, CSV")
    layout.csv_download("receipt", lambda: receipt_table(scene), "Receipt of the week, CSV")


def days_table(scene: Scene) -> pd.DataFrame:
    """Every day of the middle run, with its date."""
    rows = scene.projection.frame().round(4)
    rows.insert(1, "date", [scene.date(day).isoformat() for day in rows["day"]])
    return rows


def receipt_table(scene: Scene) -> pd.DataFrame:
    """Receipt of every session of the week, a row a step."""
    made_up = scene.assumptions["compensation_fraction"].mean
    parts = [
        receipt(energy, made_up)
        .assign(session=session_name(session), times_per_week=session.times_per_week)
        .loc[:, ["session", "times_per_week", "step", "kcal"]]
        for session, energy in zip(scene.plan.sessions, scene.projection.week.sessions, strict=True)
    ]
    empty = pd.DataFrame(columns=["session", "times_per_week", "step", "kcal"])
    return pd.concat(parts, ignore_index=True).round(1) if parts else empty
