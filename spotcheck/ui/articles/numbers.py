"""With your numbers: what can be computed of each claim, and a study's figure for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spotcheck import tables
from spotcheck.articles import numbers
from spotcheck.articles.numbers import COMPUTED, FIGURE, NOTHING
from spotcheck.claim_answers import ENERGY, MUSCLES, Answer, Asked
from spotcheck.energy.safety import Stop
from spotcheck.energy.training import Session
from spotcheck.ui import cite, layout, links, plans, settings
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES
from spotcheck.ui.links import Values
from spotcheck.wording import IMPERIAL, METRIC, NBSP, counted, escaped, number

CLAIMS_WIDTH_PX = 400
_NOBODY = ":small[:gray[No article says how much.]]"
# Pinned plans change no answer, and cannot be kept as the key of one.
_NOT_ASKED = ("pin",)


def draw(scene: Scene) -> None:
    """Draw the view."""
    claims = all_claims()
    mine = readers_values()
    layout.finding(numbers.finding(claims), numbers.counts_sentence(claims))
    st.markdown(whose(mine))
    frozen = frozen_values(mine)
    for place, (title, of_theme) in enumerate(tests_by_theme()):
        with part(scene, title, is_first=place == 0) as is_open:
            for test, said in of_theme if is_open else ():
                draw_test(scene, test, said, answer_to(test.test_id, frozen))
    layout.downloads("numbers", lambda: table_of(claims, frozen))
    elsewhere = claims[claims["kind"].eq(FIGURE)]
    with part(scene, f"Not computable here: {len(elsewhere)} claims") as is_open:
        if is_open:
            draw_figures(scene)
    draw_nothing(claims[claims["kind"].eq(NOTHING)])


@contextmanager
def part(scene: Scene, title: str, *, is_first: bool = False) -> Iterator[bool]:
    """Part of the view under its title, on a phone a drawer; gives whether it is open."""
    if not scene.narrow:
        st.subheader(escaped(title), anchor=False)
        yield True
        return
    drawer = st.expander(
        f"**{escaped(title)}**", key=f"numbers/{title}", expanded=is_first, on_change="rerun"
    )
    with drawer:
        yield bool(drawer.open)


@cache
def all_claims() -> pd.DataFrame:
    """Every claim with what can be done about it."""
    return numbers.sorted_claims(tables.load("claims"), tables.load("claim_tests"))


@cache
def tests() -> pd.DataFrame:
    """Tests, those of a theme together, in the order of the topics."""
    theme = tables.load("topics").set_index("topic_id")["theme"]
    order = {name: place for place, name in enumerate(theme.drop_duplicates())}
    rows = tables.load("topic_tests")
    return rows.assign(place=rows["topic_id"].map(theme).map(order)).sort_values(
        ["place", "sequence"], ignore_index=True
    )


@cache
def tests_by_theme() -> tuple[tuple[str, tuple[tuple[Any, str], ...]], ...]:
    """Title of each theme, and its tests with the claims that they serve; Markdown."""
    topics = tables.load("topics").set_index("topic_id")
    by_test = {
        test: "\n\n".join([claims_words(rows), *figures_of(rows)])
        for test, rows in all_claims().groupby("test_id")
    }
    labels = tests()["topic_id"].map(topics["theme_label"])
    return tuple(
        (
            f"{label}: {counted(len(rows))} test{'' if len(rows) == 1 else 's'}",
            tuple((row, by_test.get(row.test_id, _NOBODY)) for row in rows.itertuples()),
        )
        for label, rows in tests().groupby(labels.to_numpy(), sort=False)
    )


@cache
def queries() -> dict[str, dict[str, list[str]]]:
    """Parameters of each test's link, by the test; an empty one says "none"."""
    return {
        row.test_id: parse_qs(row.query, keep_blank_values=True)
        for row in tables.load("topic_tests").itertuples()
    }


def readers_values() -> Values:
    """Settings of the calorie-deficit page: the reader's, where they have been there."""
    store = st.session_state.get("plan/store", {"values": {}})
    return links.defaults(settings.estimator()) | store["values"]


def whose(values: Values) -> str:
    """Whose numbers the answers are for; Markdown."""
    mine = any(values[field.name] != field.default for field in settings.estimator())
    units = IMPERIAL if values["units"] == "imperial" else METRIC
    reader = (
        f"a {'woman' if values['sex'] == 'female' else 'man'} of {number(values['age'])}, "
        f"{units.height(values['height'])}, {units.mass(values['weight'])}"
    )
    start = (
        "Computed with your settings of the Calories page: "
        if mine
        else "Computed for the settings that the Calories page opens with, until you change them: "
    )
    return (
        f"{start}{reader}. Each answer is the middle of what is likely; the page behind its link "
        "shows how far people spread, and opens with these settings."
    )


def frozen_values(values: Values) -> tuple[tuple[str, Any], ...]:
    """Settings that an answer can depend on, as a key to keep it under."""
    return tuple((name, value) for name, value in values.items() if name not in _NOT_ASKED)


@lru_cache(maxsize=256)
def answer_to(test_id: str, frozen: tuple[tuple[str, Any], ...]) -> Answer:
    """Answer to a test with the reader's settings and those of the test's link."""
    if test_id in MUSCLES:
        return MUSCLES[test_id]()
    mine = dict(frozen)
    values = opened_with(test_id, mine)
    made = plans.outcome(values, plans.plan(values))
    if isinstance(made, Stop):
        return Answer(made.headline)
    units = IMPERIAL if values["units"] == "imperial" else METRIC
    return ENERGY[test_id](Asked(made, usual_run(mine), units))


def opened_with(test_id: str, mine: Values) -> Values:
    """Settings that the calorie-deficit page has once a test's link has opened it."""
    asked: Values = links.read(settings.estimator(), queries()[test_id]).values  # noqa: PD011
    values = {"pin": (), **mine, **asked}
    changes, _ = settings.fit_estimator(values)
    return values | changes


def usual_run(mine: Values) -> Session:
    """Reader's own even run, or the one that the app opens with."""
    start = settings.default_preset()
    speed = mine["speed"] if mine["session"] == "steady" else float(start["speed_km_h"])
    return Session("steady", 1, mine["minutes"], speed, outdoors=mine["outdoors"])


def card(scene: Scene) -> DeltaGenerator:
    """Frame with the claims at its right, or on a phone, inside a drawer, no frame."""
    return st.container(border=not scene.narrow, horizontal=not scene.narrow, gap="medium")


def draw_test(scene: Scene, test: Any, said: str, answer: Answer) -> None:
    """One test: the answer, the way to the page that computes it, and the claims it is for."""
    with card(scene):
        with st.container(gap="xsmall"):
            st.markdown(f"**{escaped(test.title)}**  \n{escaped(answer.text)}")
            st.page_link(
                f"pages/{test.page}.py",
                label=test.label,
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=queries()[test.test_id],
            )
        st.markdown(said, width="stretch" if scene.narrow else CLAIMS_WIDTH_PX)


def claims_words(claims: pd.DataFrame) -> str:
    """Claims in our words behind the badge of their article; Markdown."""
    return "  \n".join(
        f"{ARTICLE_BADGES[row.article_id]} :small[:gray[{escaped(row.claim)}.]]"
        for row in claims.itertuples()
    )


def draw_figures(scene: Scene) -> None:
    """Claims that we cannot compute, with what studies found."""
    layout.note(
        "Hearts, lungs, mood and skin are not in our models. These are the figures of studies; "
        "how each was seen stands beside it."
    )
    for found, said in figure_blocks():
        with card(scene):
            st.container().markdown(found)
            st.markdown(said, width="stretch" if scene.narrow else CLAIMS_WIDTH_PX)


@cache
def figure_blocks() -> tuple[tuple[str, str], ...]:
    """Figures of each topic that we cannot compute, and the claims they are for; Markdown."""
    claims = all_claims()
    labels = tables.load("topics").set_index("topic_id")["short_label"]
    blocks = []
    for topic_id, rows in claims[claims["kind"].eq(FIGURE)].groupby("topic_id", sort=True):
        found = "\n\n".join(figures_of(rows))
        reasons = " ".join(f"{reason}." for reason in rows["reason"].drop_duplicates())
        blocks.append(
            (
                f"**{escaped(labels[topic_id])}** :gray-badge[not computable here]  \n"
                f":small[:gray[{escaped(reasons)}]]\n\n{found or 'No figure found.'}",
                claims_words(rows),
            )
        )
    return tuple(blocks)


def figures_of(claims: pd.DataFrame) -> list[str]:
    """Figures of studies on some claims, each once; Markdown."""
    figures = tables.load("claim_figures").fillna("")
    own = figures[figures["claim_id"].isin(claims["claim_id"])]
    own = own.drop_duplicates(["study_id", "effect_id"])
    return [figure_words(row) for row in own.itertuples()]


def figure_words(row: Any) -> str:
    """A study's figure, or its finding in words, with name, DOI and badge; Markdown."""
    study = cite.study(row.study_id)
    if row.effect_id:
        effect = effects()[row.effect_id]
        words, status = numbers.figure_words(effect), effect["status"]
        note = f" {effect['note']}." if effect["note"] else ""
        text = f"**{escaped(words)}.**{escaped(note)}"
    else:
        text, status = f"**{escaped(study['finding'])}**", study["status"]
    return (
        f"{text}  \n{cite.name(row.study_id)} {cite.badge(status)} "
        f":small[:gray[{cite.details(row.study_id)}]]"
    )


@cache
def effects() -> dict[str, dict[str, Any]]:
    """Rows of ``effects`` by their key, without missing texts."""
    rows = tables.load("effects").fillna({"interval": "", "comparator": "", "note": ""})
    return {row["effect_id"]: row for row in rows.to_dict("records")}


def draw_nothing(claims: pd.DataFrame) -> None:
    """Claims in which there is nothing to compute, behind a tap."""
    drawer = st.expander(
        f"Nothing to compute: {len(claims)} claims",
        icon=":material/format_quote:",
        key="numbers/nothing",
        on_change="rerun",
    )
    if drawer.open:
        reasons = claims.groupby("reason", sort=False)
        drawer.markdown(
            "\n\n".join(
                f"**{escaped(reason)}** ({counted(len(rows))})  \n{claims_words(rows)}"
                for reason, rows in reasons
            )
        )


def table_of(claims: pd.DataFrame, frozen: tuple[tuple[str, Any], ...]) -> pd.DataFrame:
    """Every claim, what can be done about it, and the answer or the study's figure."""
    figures = tables.load("claim_figures").fillna("")
    words: dict[str, list[str]] = {}
    for row in figures.itertuples():
        study = cite.study(row.study_id)
        text = numbers.figure_words(effects()[row.effect_id]) if row.effect_id else study["finding"]
        words.setdefault(row.claim_id, []).append(f"{text.rstrip('.')} ({study['citation']})")
    titles = tests().set_index("test_id")["title"]
    computed = claims["kind"].eq(COMPUTED)
    return pd.DataFrame(
        {
            "claim_id": claims["claim_id"],
            "claim": claims["claim"],
            "kind": claims["kind"],
            "test": claims["test_id"].map(titles),
            "answer": [
                answer_to(test, frozen).text.replace(NBSP, " ") if is_computed else ""
                for test, is_computed in zip(claims["test_id"], computed, strict=True)
            ],
            "figure": ["; ".join(words.get(one, [])) for one in claims["claim_id"]],
            "reason": claims["reason"],
        }
    )
