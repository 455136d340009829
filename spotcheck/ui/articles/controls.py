"""Controls of the articles page: the filters of the open view, behind a tap on a phone."""

from __future__ import annotations

import streamlit as st

from spotcheck.ui import layout, settings
from spotcheck.ui.articles.data import implied_note, theme_labels
from spotcheck.ui.controls import Controls
from spotcheck.ui.terms import hint

COUNTING = ("theme", "certainty", "implied")
FILTERED_VIEWS = ("topics", "clashes", "wording", "studies", "missing")


def draw(controls: Controls) -> None:
    """Filters of the open view: in the left column, or in a drawer on a phone."""
    is_narrow = layout.is_narrow()
    if controls["view"] not in FILTERED_VIEWS:
        if not is_narrow:
            # The column stays where it is, or the page would move sideways.
            with layout.left_column("Filter the topics"):
                draw_no_filters(controls)
        return
    has_list = controls["view"] == "topics"
    if has_list and is_narrow:
        layout.choose(controls, "show", "Show", settings.ARTICLE_SHOWS)
    with layout.left_column("Filter the topics"):
        if has_list and not is_narrow:
            layout.choose(controls, "show", "Show", settings.ARTICLE_SHOWS)
        if has_list:
            controls.segments("order", "Order", settings.ARTICLE_ORDERS)
        draw_filters(controls)


def draw_filters(controls: Controls) -> None:
    """What the counts of every view go by."""
    controls.pills("theme", "Theme", theme_labels())
    layout.choose(
        controls,
        "certainty",
        "At least this certain",
        settings.CERTAINTY_LABELS,
        help=hint("grade_certainty"),
    )
    controls.toggle("implied", "Count what is only implied")
    layout.note(implied_note(controls))


def draw_no_filters(controls: Controls) -> None:
    """Why there is no filter, and the way out of those that still hold for the title."""
    fields = controls.fields
    if all(controls[name] == fields[name].default for name in COUNTING):
        layout.note("This view has no filters.")
        return
    layout.note("This view has no filters. Those of the other views still hold for the title.")
    st.button(
        "Clear the filters",
        type="tertiary",
        icon=":material/filter_list_off:",
        on_click=lambda: controls.set(**{name: fields[name].default for name in COUNTING}),
    )
