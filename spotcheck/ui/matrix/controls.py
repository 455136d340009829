"""Controls of the muscle-matrix page: the lens, and filters behind a tap."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from spotcheck.ui import layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix.data import names_of
from spotcheck.ui.terms import hint

PATTERNS = {
    "gait": "Walking and running",
    "gait_lateral": "Stepping sideways",
    "pedal": "Pedalling",
    "row": "Rowing",
    "squat": "Squat",
    "lunge": "Lunge",
    "step": "Step",
    "hop": "Hop",
    "hinge": "Hip hinge",
    "bridge": "Bridge",
    "hip_extension": "Leg backwards",
    "hip_flexion": "Knee up",
    "adduction": "Leg inwards",
    "abduction": "Leg outwards",
    "rotation": "Thigh turning",
    "knee_extension": "Knee straightening",
    "knee_flexion": "Knee bending",
    "plantarflexion": "Heel raise",
    "core": "Trunk",
}
CHAINS = {"closed": "Foot fixed (closed)", "open": "Foot free (open)", "mixed": "Both (mixed)"}
FILTERS = ("order", "group", "kind", "article")
MORE_FILTERS = ("equipment", "plane", "pattern", "chain", "legs", "single")


def draw(controls: Controls) -> None:
    """Lens, and what filters and orders; on a wide screen over a heatmap the lens alone.

    There :func:`draw_filters` follows the picture, so that a reader sees the new one earlier. A
    page that is opened needs the lens first: it takes the place of the left column, or the picture
    would be drawn for the whole width.
    """
    if layout.is_narrow():
        draw_lens(controls)
    elif not follows_picture(controls):
        draw_lens_column(controls)
    if layout.is_narrow() or controls["view"] not in settings.HEATMAP_VIEWS:
        draw_filters(controls)


def follows_picture(controls: Controls) -> bool:
    """Whether the lens is sent after the picture, as the filters are: once its place is taken."""
    return layout.is_redrawn() and controls["view"] in settings.HEATMAP_VIEWS


def draw_lens_column(controls: Controls) -> None:
    """Lens in the left column."""
    with layout.left_column("What the cells show"):
        draw_lens(controls)


def draw_filters(controls: Controls) -> None:
    """Order and filters: in the left column, or in a drawer on a phone.

    Over the first picture, which is a choice already, they wait in a drawer of the left column.
    """
    if controls["view"] == "leg":
        with layout.left_column("Filter"):
            draw_single(controls)
    if controls["view"] in settings.UNFILTERED_VIEWS:
        return
    with layout.left_column("Filter and order"):
        if layout.is_narrow() or controls["view"] != "start":
            draw_all_filters(controls)
            return
        layout.drawer(
            "Filter and order",
            lambda: draw_all_filters(controls),
            icon=":material/filter_list:",
            key="filters",
            n_set=n_set(controls, (*FILTERS, *MORE_FILTERS)),
        )


def draw_all_filters(controls: Controls) -> None:
    """Order and filters, those that few need in a drawer."""
    controls.select("order", "Order of the exercises", settings.MATRIX_ORDERS)
    if controls["order"] == "muscle":
        draw_choice(controls, "muscle", "Order by", key="order-muscle")
    controls.pills(
        "group",
        "Muscles",
        settings.labels("muscles", "muscle_group", "muscle_group_label"),
        help=_wide("With none chosen, the first view shows thighs, buttocks and calves."),
    )
    controls.select("kind", "Running or strength", settings.KINDS)
    controls.pills(
        "article",
        "Named by an article",
        {code: f"Article {code}" for code in settings.codes("articles", "article_id")},
    )
    layout.drawer(
        "More filters",
        lambda: draw_more_filters(controls),
        icon=":material/filter_list:",
        key="more-filters",
        n_set=n_set(controls, MORE_FILTERS),
    )


def n_set(controls: Controls, names: tuple[str, ...]) -> int:
    """How many of these settings are not as a page starts."""
    return sum(controls[name] != controls.fields[name].default for name in names)


def draw_more_filters(controls: Controls) -> None:
    """Filters that few need."""
    draw_equipment(controls)
    controls.pills("plane", "Direction of movement", settings.PLANES)
    controls.pills("pattern", "Movement", PATTERNS)
    controls.pills("chain", "Chain", CHAINS, help=hint("open_and_closed_chain"))
    controls.pills("legs", "Legs", settings.SIDES)
    draw_single(controls)


def draw_single(controls: Controls) -> None:
    """Whether figures of a single person count."""
    controls.toggle("single", "Single-person studies", help=hint("single_person"))


def draw_equipment(controls: Controls) -> None:
    """What is at hand."""
    controls.pills(
        "equipment",
        "Equipment at hand",
        {
            code: "No equipment" if code == "none" else code.capitalize()
            for code in settings.codes("exercise_equipment", "equipment")
        },
        help=_wide("Shows what you can do with these and nothing else."),
    )


def _wide(text: str) -> str:
    """Help that a phone leaves out, where its mark would be too small for a finger."""
    return "" if layout.is_narrow() else text


def draw_lens(controls: Controls) -> None:
    """What the cells show."""
    layout.choose(controls, "lens", "What the cells show", settings.MATRIX_LENSES)


def draw_choice(
    controls: Controls,
    name: str,
    label: str,
    *,
    key: str,
    width: int | Literal["stretch"] = "stretch",
) -> None:
    """List that chooses one exercise or muscle, in place of those chosen before."""
    names = names_of(name)
    shown = controls[name][0] if controls[name] else None
    # What is set from code is drawn anew in the browser, with all of its choices.
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown

    def take_over() -> None:
        code = st.session_state[key]
        controls.set(**{name: (code,) if code else ()})

    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose one",
        key=key,
        on_change=take_over,
        width=width,
    )
