"""Expert part: reporting checklists, item by item, never as one total."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import quality
from spotcheck.charts.quality import checklist_grid
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES, STATUS_BADGES
from spotcheck.wording import escaped

GRID_WIDTH_PX = 600
FAIRNESS = (
    "**In fairness:** we had only the texts. Bylines, dates and disclosures may well stand on the "
    "original sites, so a missing one says something of the text as supplied, not of its author. "
    "One rater gave all scores."
)


def draw(scene: Scene) -> None:
    """Grid of one checklist, and beside or under it the reasons and what a total hides."""
    draw_tool = scene.controls.select if scene.narrow else scene.controls.segments
    draw_tool("tool", "Checklist", settings.labels("quality_tools", "tool", "name"))
    tool = scene.controls["tool"]
    about, scored = checklist(tool), rows_of(tool)
    layout.finding(
        finding_of(tool),
        f"{escaped(about['full_name'])}. One row an item, in our words; the stronger the "
        "colour, the further it is met. Choose an item for the reasons.",
    )
    st.markdown(FAIRNESS)
    if scene.narrow:
        draw_grid(scene, scored)
        draw_item(tool, scored)
        draw_total(tool)
        return
    with st.container(horizontal=True, gap="large"):
        with st.container(width=GRID_WIDTH_PX):
            draw_grid(scene, scored)
        with st.container():
            draw_item(tool, scored)
            draw_total(tool)


@cache
def checklist(tool: str) -> dict[str, Any]:
    """Row of ``quality_tools``; what is empty in it is left out."""
    row = tables.load("quality_tools").set_index("tool").loc[tool]
    return {str(name): value for name, value in row.dropna().items()}


@cache
def rows_of(tool: str) -> pd.DataFrame:
    """Scored items of a checklist."""
    return quality.scored_items(tables.load("quality_items"), tables.load("quality_scores"), tool)


@cache
def finding_of(tool: str) -> str:
    """What the grid of a checklist shows."""
    return quality.finding(rows_of(tool))


@cache
def total_words(tool: str) -> str:
    """Totals of a checklist, and what stands behind them."""
    scored = rows_of(tool)
    total = quality.totals_sentence(scored, checklist(tool)["unit"])
    return f"{escaped(total)} {escaped(quality.why(scored))}"


@cache
def widest_item(tool: str) -> int:
    """Item on which the articles differ most."""
    return quality.widest_item(rows_of(tool))


def item_key(tool: str) -> str:
    """Key of the list of items; every checklist has its own."""
    return f"reporting/item/{tool}"


def chosen_item(tool: str) -> int:
    """Item whose reasons are shown; at first the one on which the articles differ most."""
    return st.session_state.setdefault(item_key(tool), widest_item(tool))


def draw_grid(scene: Scene, scored: pd.DataFrame) -> None:
    """How far each item is met."""
    tool = scene.controls["tool"]
    name = f"checklist_{tool}"
    layout.chart(
        picture(tool, chosen_item(tool), scene.colours.name, narrow=scene.narrow),
        name=name,
        alt=(f"Grid of {scored['item_no'].nunique()} items by three articles. {finding_of(tool)}."),
        source=f"Source: {cite.ours('our scores', 'quality_scores')}, one rater.",
        table=lambda: quality.checklist_table(rows_of(tool)),
        on_select=lambda: open_clicked(tool, f"chart/{name}"),
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(tool: str, chosen: int, theme_name: str, *, narrow: bool) -> Any:
    """Grid of one checklist."""
    scored = rows_of(tool)
    return checklist_grid(
        scored,
        themed(theme_name),
        scale=quality.scale_of(scored),
        narrow=narrow,
        chosen=chosen,
    )


def open_clicked(tool: str, key: str) -> None:
    """Open the item of the cell that was clicked."""
    points = st.session_state[key].selection.points
    if points:
        item = points[0]["customdata"]
        st.session_state[item_key(tool)] = item[0] if isinstance(item, list) else item


def draw_item(tool: str, scored: pd.DataFrame) -> None:
    """The chosen item: each article's score and the reason for it."""
    labels = scored.drop_duplicates("item_no").set_index("item_no")["item"].to_dict()
    item = st.selectbox(
        "Item",
        list(labels),
        key=item_key(tool),
        format_func=lambda code: f"{code}  {labels[code]}",
        # Nothing to type: a phone would bring up its keyboard over half the page.
        filter_mode=None,
    )
    for row in scored[scored["item_no"].eq(item)].itertuples():
        said = row.said[0].upper() + row.said[1:]
        st.markdown(f"{ARTICLE_BADGES[row.article_id]} **{escaped(said)}.** {escaped(row.reason)}.")


def draw_total(tool: str) -> None:
    """Totals, together with what stands behind them and how sure the weights are."""
    layout.finding(
        "What the total hides",
        "A total counts unlike things as like. Read it only beside the items.",
        level=3,
    )
    st.markdown(total_words(tool))
    about = checklist(tool)
    layout.note(f"{escaped(about['note'])}. {known(tool)}")


@cache
def known(tool: str) -> str:
    """How the checklist and its weights were seen, with its source."""
    about, scored = checklist(tool), rows_of(tool)
    said = [f"The checklist: {STATUS_BADGES[about['status']]}"]
    said += [
        f"its weights: {STATUS_BADGES[status]}"
        for status in scored["weight_status"].dropna().unique()
    ]
    if "study_id" in about:
        said.append(cite.name(about["study_id"]))
    return " ".join(said)
