"""A coding of the reader's own: change a code, compare with ours, save it, load a colleague's.

The codes are a setting of the page, so they live in its link and every view follows them. What is
kept beside them here is only how they came about: the file that was read, and the step to undo.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck.articles.coding import (
    ALLOWED,
    KIND_WORDS,
    WORDS,
    Agreement,
    Edit,
    Kind,
    Reading,
    agreement,
    coding_table,
    confusion,
    differences,
    kind_of,
    places,
    read_coding,
)
from spotcheck.charts import agreement as charts
from spotcheck.ui import layout
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.ui.settings import our_coding
from spotcheck.wording import NBSP, counted, doi_link, escaped, joined, number, percent

STORE = "articles/coding"
MOST_EDITS_SHOWN = 10
MOST_LINES_SHOWN = 50
MOST_LINES_AT_ONCE = 10
# Some programs cut a link that is longer.
LONG_LINK = 2_000
# Streamlit's server keeps an upload in memory up to 1 MiB and would put a larger one on disk.
MOST_UPLOADED_MB = 1
COHEN = doi_link("10.1177/001316446002000104", "Cohen 1960")
FLEISS = doi_link("10.1037/h0028106", "Fleiss, Cohen and Everitt 1969")
_TEXT = f"{STORE}/text"


def draw(scene: Scene) -> None:
    """Draw the view."""
    controls = scene.controls
    edits = differences(our_coding(), scene.coding)
    total = len(our_values())
    layout.finding(
        f"You code {counted(len(edits))} of {total} places in your own way"
        if len(edits)
        else f"You code all {total} places as we do",
        "A place is an article's stance on a topic, the verdict on a claim, or the grade of a "
        "topic's evidence. One rater filled them. Change any: every picture and count of this "
        "page follows, and the link keeps your codes.",
    )
    draw_topic(scene)
    draw_edits(controls, edits)
    draw_files(scene)
    draw_agreement(scene, edits)


def draw_topic(scene: Scene) -> None:
    """The places of one topic: its grade, and what each article says of it."""
    controls, coding = scene.controls, scene.coding
    labels = coding.topics.set_index("topic_id")["short_label"].to_dict()
    topic = controls["topic"]
    with st.container(horizontal=not scene.narrow, gap="medium"):
        with st.container(width="stretch"):
            controls.select("topic", "Topic", labels)
        with st.container(width="stretch" if scene.narrow else 360):
            draw_place(scene, topic, "Certainty of the evidence (GRADE)")
    here = places_of(topic)
    st.markdown(f":gray[Statement:] **{escaped(here[0]['text'])}**")
    articles = coding.stances["article_id"].drop_duplicates()
    with st.container(horizontal=not scene.narrow, gap="small"):
        for article in articles:
            with st.container(border=True, height="stretch", gap="small"):
                st.markdown(ARTICLE_BADGES[article])
                draw_place(scene, f"{topic}.{article}", "Stance on the statement")
                for place in here:
                    if place["claim_id"] and place["article_id"] == article:
                        draw_place(scene, place["key"], escaped(place["text"]))


def draw_place(scene: Scene, key: str, label: str) -> None:
    """List of the codes of one place; ours is named, and a change from it is told."""
    controls = scene.controls
    kind = kind_of(key)
    words, ours = WORDS[kind], our_values()[key]
    now = dict(controls["code"]).get(key, ours)
    widget = f"{STORE}/{key}"
    st.session_state[widget] = now
    with st.container(gap="xxsmall"):
        st.selectbox(
            label,
            ALLOWED[kind],
            key=widget,
            format_func=lambda code: f"{words[code]}, as we do" if code == ours else words[code],
            filter_mode=None,
            on_change=lambda: code_place(controls, key, st.session_state[widget]),
        )
        if now != ours:
            layout.note(f"**Yours.** We say: {words[ours].lower()}.")


def draw_edits(controls: Controls, edits: pd.DataFrame) -> None:
    """Every code that differs from ours beside ours, each with a way to take it back."""
    store = _store()
    can_undo = store["before"] is not None and controls["code"] == store["after"]
    if edits.empty and not can_undo:
        return
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader("Your codes and ours", anchor=False, width="content")
        with st.container(horizontal=True, width="content", gap="small"):
            if can_undo:
                st.button(
                    store["undo"],
                    icon=":material/undo:",
                    type="tertiary",
                    key=f"{STORE}/undo",
                    on_click=lambda: undo(controls),
                )
            if len(edits):
                st.button(
                    "Take all back",
                    icon=":material/restart_alt:",
                    type="tertiary",
                    key=f"{STORE}/reset",
                    on_click=lambda: replace_all(controls, (), "Undo: bring my codes back"),
                )
    if edits.empty:
        layout.note("All codes are ours again.")
        return
    for row in edits.head(MOST_EDITS_SHOWN).itertuples():
        draw_edit(controls, row)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        more = len(edits) - MOST_EDITS_SHOWN
        if more > 0:
            layout.note(f"And {number(more)} more, in the table.", width="content")
        layout.downloads("your-codes", lambda: edits.fillna(""))


def draw_edit(controls: Controls, row: Any) -> None:
    """One code that differs from ours."""
    words = WORDS[row.kind]
    badge = f"{ARTICLE_BADGES[row.article_id]} " if isinstance(row.article_id, str) else ""
    noun = KIND_WORDS[row.kind].removesuffix("s").lower()
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        gap="small",
    ):
        st.markdown(
            f"{badge}{escaped(row.text)}  \n:small[:gray[{row.key}, {noun}.] You: "
            f"**{words[row.value].lower()}**. :gray[We: {words[row.ours].lower()}.]]",
            width="stretch",
        )
        st.button(
            "Take back",
            type="tertiary",
            key=f"{STORE}/back/{row.key}",
            on_click=code_place,
            args=(controls, row.key, row.ours),
        )


def draw_files(scene: Scene) -> None:
    """Drawer with the coding as a file, and the way in for another one."""
    drawer = st.expander(
        "Save your codes, or load a colleague's",
        icon=":material/swap_vert:",
        key=f"{STORE}/files",
        on_change="rerun",
    )
    if not drawer.open:
        return
    with drawer:
        draw_downloads(scene)
        draw_inputs(scene.controls, narrow=scene.narrow)
        reading = _store()["reading"]
        if reading is not None:
            draw_reading(reading)


def draw_downloads(scene: Scene) -> None:
    """Files to keep, and to give to a colleague."""
    ours = our_coding()
    st.markdown(
        "The CSV has a line for every place. Fill the column **value**, and load it again here or "
        "give it to a colleague. The empty form leaves our codes out, so that a colleague's codes "
        "are their own."
    )
    with st.container(horizontal=True, gap="small"):
        layout.csv_download("coding", lambda: coding_table(ours, scene.coding), "Your coding, CSV")
        layout.csv_download(
            "coding-form", lambda: coding_table(ours, ours, blank=True), "Empty form, CSV"
        )
    length = len(scene.controls.link(with_personal=True))
    if length > LONG_LINK:
        layout.note(
            f"With these codes the link under Share has {number(length)} characters. Some programs "
            "cut links that long; the CSV is the safer way."
        )


def draw_inputs(controls: Controls, *, narrow: bool) -> None:
    """Where a coding comes in: uploaded or pasted."""
    store = _store()
    with st.container(horizontal=not narrow, gap="medium"):
        with st.container():
            st.file_uploader(
                "Load a coding (CSV)",
                type=["csv", "txt"],
                max_upload_size=MOST_UPLOADED_MB,
                key=f"{STORE}/file",
                on_change=lambda: load_file(controls),
            )
        with st.container():
            st.session_state.setdefault(_TEXT, store["text"])
            st.text_area(
                "Or paste its lines",
                height=120,
                placeholder="key,value\nT01.A,qualifies\nA10,overstated\nT01,low",
                key=_TEXT,
                on_change=lambda: load_text(controls),
            )
    layout.note(
        "Places that a file leaves out keep the code that they have. "
        + " ".join(
            f"{KIND_WORDS[kind]}: {escaped(joined(list(codes)))}."
            for kind, codes in ALLOWED.items()
        )
    )


def draw_reading(reading: Reading) -> None:
    """What was read, and which lines were not used."""
    if reading.problem:
        st.warning(reading.problem, icon=":material/info:")
        return
    ours, n = our_values(), len(reading.codes)
    apart = sum(ours[key] != value for key, value in reading.codes.items())
    empty = f" {number(reading.n_empty)} are left empty." if reading.n_empty else ""
    layout.note(
        f"The last file codes {number(n)} of {len(ours)} places, {counted(apart)} of them unlike "
        f"us.{empty}"
        if n
        else f"No line of the last file codes a place that we know.{empty}"
    )
    layout.skipped_lines(
        reading.skipped,
        "not used",
        key=f"{STORE}/skipped",
        most=MOST_LINES_SHOWN,
        expanded=len(reading.skipped) <= MOST_LINES_AT_ONCE or not n,
    )


def draw_agreement(scene: Scene, edits: pd.DataFrame) -> None:
    """How far the two codings agree, kind by kind."""
    rated = rated_places(scene.controls, edits)
    if edits.empty and rated is None:
        return
    found = agreement(our_coding(), scene.coding, rated)
    alike, n = (sum(getattr(one, name) for one in found.values()) for name in ("alike", "n"))
    layout.finding(
        f"The two codings agree on {number(alike)} of {number(n)} places",
        "Kappa is agreement beyond chance: 1 is full agreement, 0 is what two raters with these "
        "habits would reach by chance alone.",
    )
    st.markdown(agreement_words(found))
    if rated is not None and n < len(our_values()):
        layout.note("Only places that the file fills, or that you changed, are counted.")
    layout.note(
        f"Kappa after {COHEN}, interval after {FLEISS}. The interval takes the places for "
        "independent, and places of the same text hardly are: read it as a rough guide. Every "
        "difference counts the same, large or small. Whoever starts from our codes agrees more "
        "than a second rater would."
    )
    draw_confusions(scene, [kind for kind in found if edits["kind"].eq(kind).any()], rated)


def agreement_words(found: dict[Kind, Agreement]) -> str:
    """Markdown table of agreement: a line a kind."""
    head = f"| | Differ | Alike | Kappa (95{NBSP}% interval) |\n| :-- | --: | --: | :-- |"
    lines = [
        f"| {KIND_WORDS[kind]} | {number(one.n - one.alike)}{NBSP}of{NBSP}{number(one.n)} | "
        f"{percent(one.alike / one.n) if one.n else '–'} | {kappa_words(one)} |"
        for kind, one in found.items()
    ]
    return "\n".join([head, *lines])


def kappa_words(found: Agreement) -> str:
    """Kappa with its interval, or why there is none.

    Examples
    --------
    >>> kappa_words(Agreement(10, 8, 0.6, (0.12, 1.0)))
    '0.60 (0.12 to 1.00)'
    >>> kappa_words(Agreement(0, 0, None, None))
    'no place coded'
    """
    if not found.n:
        return "no place coded"
    if found.kappa is None:
        return "not defined: one code throughout"
    if found.interval is None:
        return number(found.kappa, 2)
    low, high = found.interval
    return f"{number(found.kappa, 2)} ({number(low, 2)} to {number(high, 2)})"


def draw_confusions(scene: Scene, kinds: Sequence[Kind], rated: frozenset[str] | None) -> None:
    """For each kind with a difference, which of our codes became which of theirs."""
    with st.container(horizontal=not scene.narrow, gap="small"):
        for kind in kinds:
            counts = confusion(our_coding(), scene.coding, kind, rated)
            noun = KIND_WORDS[kind].removesuffix("s").lower()
            figure = charts.confusion(counts, WORDS[kind], scene.colours, noun=noun)
            with st.container(width="stretch" if scene.narrow else max(figure.layout.width, 252)):
                layout.chart(
                    figure,
                    name=f"confusion-{kind}",
                    alt=(
                        f"Table of {noun} codes, ours down and yours across; "
                        f"{number(int(counts.to_numpy().trace()))} of "
                        f"{number(int(counts.to_numpy().sum()))} places lie on the diagonal, "
                        "where both agree."
                    ),
                    source="Diagonal: alike.",
                    table=partial(counts.reset_index),
                )


@cache
def our_values() -> dict[str, str]:
    """Our code of every place."""
    return our_coding().values().to_dict()


@cache
def places_of(topic_id: str) -> tuple[dict[Any, Any], ...]:
    """Places of a topic, in their order; what they lack is empty."""
    rows = places(our_coding()).fillna("")
    return tuple(rows[rows["topic_id"].eq(topic_id)].to_dict("records"))


def rated_places(controls: Controls, edits: pd.DataFrame) -> frozenset[str] | None:
    """Places of the second rater where a file has given them; None where all count."""
    store = _store()
    if store["rated"] is None or store["code"] != controls["code"]:
        return None
    return store["rated"] | frozenset(edits["key"])


def code_place(controls: Controls, key: str, value: str) -> None:
    """Code one place; our own code is no edit."""
    kept = tuple(edit for edit in controls["code"] if edit[0] != key)
    follows = _store()["code"] == controls["code"]
    set_code(controls, kept if value == our_values()[key] else (*kept, (key, value)))
    if not follows:
        _store()["rated"] = None


def set_code(controls: Controls, code: Sequence[tuple[str, str]]) -> None:
    """Take over all edits, and remember that they came from here."""
    controls.set(code=tuple(tuple(edit) for edit in code))
    _store()["code"] = controls["code"]


def replace_all(
    controls: Controls,
    code: Sequence[tuple[str, str]],
    how_to_undo: str,
    rated: frozenset[str] | None = None,
) -> None:
    """Take over all edits in one step that can be undone."""
    store = _store()
    earlier = {"before": controls["code"], "rated_before": store["rated"]}
    set_code(controls, code)
    store.update(earlier, after=controls["code"], undo=how_to_undo, rated=rated)


def undo(controls: Controls) -> None:
    """Go one step back, to the edits before they were replaced."""
    store = _store()
    set_code(controls, store["before"])
    store.update(before=None, rated=store["rated_before"])


def load_file(controls: Controls) -> None:
    """Take over what an uploaded file says."""
    upload = st.session_state[f"{STORE}/file"]
    if upload is not None:
        load(controls, upload.getvalue())


def load_text(controls: Controls) -> None:
    """Take over what pasted lines say; the text itself is kept."""
    store = _store()
    store["text"] = st.session_state[_TEXT]
    if store["text"].strip():
        load(controls, store["text"])


def load(controls: Controls, data: str | bytes) -> None:
    """Read a coding and use what can be used of it."""
    ours = our_coding()
    reading = read_coding(data, ours)
    _store()["reading"] = reading
    if reading.codes:
        edits = reading.edits(ours, [Edit(*edit) for edit in controls["code"]])
        replace_all(controls, edits, "Undo loading", frozenset(reading.codes))


def _store() -> dict[str, Any]:
    """How the codes came about; it outlives the widgets, which go with the view."""
    return st.session_state.setdefault(
        STORE,
        {
            "text": "",
            "reading": None,
            "rated": None,
            "code": None,
            "before": None,
            "rated_before": None,
            "after": None,
            "undo": "",
        },
    )
