"""View of cellulite: normal first, then what is said to act on it, and what trials found."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles import cellulite
from spotcheck.articles.stances import SILENT
from spotcheck.articles.story import GRADE_WORDS, stance_words
from spotcheck.charts import cellulite as charts
from spotcheck.charts.theme import themed
from spotcheck.ui import cite, layout
from spotcheck.ui.articles.data import coding_of
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.badges import ARTICLE_BADGES, STATUS_BADGES
from spotcheck.ui.controls import Controls
from spotcheck.wording import NBSP, counted, escaped, number

PREVALENCE = "luebberding_2015_e01"
HARMLESS_TOPIC = "T20"
START_TOPIC = "T21"
PEOPLE_TRIAL = "smalls_2006"
SCORE_TRIAL = "knobloch_2013"


def draw(scene: Scene) -> None:
    """Draw the view."""
    draw_opening(scene)
    draw_diagram(scene)
    draw_statement(scene)
    draw_trials(scene)


def draw_opening(scene: Scene) -> None:
    """What cellulite is, before anything is said about changing it."""
    effects = tables.load("effects").set_index("effect_id")
    found = effects.loc[PREVALENCE]
    low, high = (number(found[f"estimate_{end}"]) for end in ("low", "high"))
    grade = scene.coding.topics.set_index("topic_id").loc[HARMLESS_TOPIC, "grade"]
    layout.finding(
        f"Cellulite is normal: {low} to {high}{NBSP}% of women have it after puberty",
        f"{cite.name(found['study_id'])} {STATUS_BADGES[found['status']]}",
    )
    st.markdown(
        "It is the way fat lies between the bands that hold the skin. It does no harm and asks "
        "for nothing; that some feel uneasy about it is real all the same (certainty: "
        f"{GRADE_WORDS[grade]}). If you are curious what running does to it, this is what is known."
    )


def draw_diagram(scene: Scene) -> None:
    """What acts on cellulite and what running is said to do, as arrows with their grade."""
    controls = scene.controls
    links = links_of(controls["code"])
    layout.finding(
        cellulite.finding(links),
        "An arrow says what one thing does to the next: ↑ more, ↓ less, ◆ studies disagree, "
        "? not tested. Bars and line: how certain (GRADE); dashes are very low.",
    )
    layout.chart(
        diagram(controls["code"], scene.colours.name, narrow=scene.narrow, chosen=chosen(controls)),
        name="cellulite",
        alt=(
            f"Diagram of {len(links)} arrows from causes and from running, through the skin, to "
            "the dimples that are seen; each with its direction and certainty."
        ),
        source=(
            f"Source: {cite.ours('our coding', 'cellulite_links')} of direction and certainty, one "
            "rater; studies below."
        ),
        table=lambda: link_table(links),
        on_select=lambda: open_clicked(controls),
    )


def draw_statement(scene: Scene) -> None:
    """The open statement: its grade, who says it, its arrows and their studies."""
    controls = scene.controls
    draw_choice(controls)
    topic_id = chosen(controls)
    topic = scene.coding.topics.set_index("topic_id").loc[topic_id]
    layout.finding(
        escaped(topic["question"]),
        f"Certainty: {GRADE_WORDS[topic['grade']]}. {escaped(topic['grade_reason'])}. "
        f"Coded by {escaped(topic['coded_by'])}.",
        level=3,
    )
    said = articles_line(scene, topic_id)
    if said:
        st.markdown(said)
    links = links_of(controls["code"])
    told: set[str] = set()
    for link in links[links["topic_id"].eq(topic_id)].to_dict("records"):
        st.markdown("\n".join([link_line(link), *study_lines(link["link_id"], told)]))
    st.button(
        "Everything on this topic",
        key="cellulite/topic/open",
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=lambda: controls.set(view="topics", topic=topic_id),
    )


def draw_choice(controls: Controls) -> None:
    """List of the statements behind the arrows; the way to them without a click on the picture."""
    key = "cellulite/topic"
    names = statements()
    st.session_state[key] = chosen(controls)
    st.selectbox(
        "Statement behind the arrows",
        list(names),
        format_func=names.__getitem__,
        key=key,
        width=420,
        on_change=lambda: controls.set(topic=st.session_state[key]),
    )


def draw_trials(scene: Scene) -> None:
    """What happened to people in trials."""
    trials = tables.load("cellulite_trials").sort_values("sequence")
    n_running = int(trials["is_running"].sum())
    layout.finding(
        f"{counted(len(trials)).capitalize()} trials come near the question; in "
        f"{counted(n_running)} of them did anybody run",
        "What each did, what came of it, and what it cannot tell.",
    )
    rows = list(trials.itertuples())
    pictured = [row for row in rows if row.study_id in (PEOPLE_TRIAL, SCORE_TRIAL)]
    others = [row for row in rows if row not in pictured]
    for group in (pictured, others):
        for column, row in zip(st.columns(len(group), gap="large"), group, strict=True):
            with column:
                draw_trial(row, scene)


def draw_trial(row: Any, scene: Scene) -> None:
    """One trial in a few lines, with a picture where we know how its people fared."""
    study = studies().loc[row.study_id]
    st.subheader(escaped(row.question), anchor=False)
    st.markdown(
        f"{escaped(row.did)}: {escaped(study['population'])}. {escaped(study['finding'])}  \n"
        f"{cite.name(row.study_id)} {STATUS_BADGES[study['status']]}  \n"
        f":small[:gray[{cite.details(row.study_id)} {escaped(row.caution)}.]]"
    )
    figures = figures_of(row.study_id)
    if row.study_id == PEOPLE_TRIAL:
        draw_people(figures, int(study["n"]), scene)
    elif row.study_id == SCORE_TRIAL:
        draw_scores(figures, scene)


def draw_people(figures: pd.DataFrame, n: int, scene: Scene) -> None:
    """One mark a woman: improved, worsened, the rest."""
    people = cellulite.people(figures, n)
    layout.chart(
        people_picture(people, scene.colours.name, narrow=scene.narrow),
        name="cellulite_people",
        alt=(
            f"{n} marks, one a woman: {people.improved} improved, {people.worsened} got worse, "
            f"{people.rest} are the rest."
        ),
        source=f"Counts: {STATUS_BADGES[figures['status'].iloc[0]]} The rest by arithmetic.",
        table=lambda: pd.DataFrame([people._asdict()]),
    )


def draw_scores(figures: pd.DataFrame, scene: Scene) -> None:
    """Score of each group before and after."""
    changes = cellulite.severity_changes(figures)
    spoken = "; ".join(
        f"{row.arm.lower()} {number(row.before, 1)} to {number(row.after, 1)}"
        for row in changes.itertuples()
    )
    layout.chart(
        charts.severity_arrows(changes, scene.colours, narrow=scene.narrow),
        name="cellulite_scores",
        alt=f"Cellulite score before and after: {spoken}.",
        source=f"Scores: {STATUS_BADGES[figures['status'].iloc[0]]}",
        table=lambda: changes,
    )


def articles_line(scene: Scene, topic_id: str) -> str:
    """Which articles speak on a statement, and how."""
    coded = scene.coding.stances
    rows = coded[coded["topic_id"].eq(topic_id) & coded["stance"].ne(SILENT)]
    said = [
        (row.article_id, stance_words(row.stance, row.qualifier, lenient=scene.controls["implied"]))
        for row in rows.itertuples()
    ]
    return "  \n".join(f"{ARTICLE_BADGES[article]} {words}." for article, words in said)


def link_line(link: dict[Any, Any]) -> str:
    """An arrow in words."""
    effect = link["effect"]
    return (
        f"**{escaped(link['from_label'])} → {escaped(link['to_label'].lower())}: "
        f"{cellulite.EFFECT_GLYPHS[effect]}{NBSP}{cellulite.EFFECT_WORDS[effect]}.** "
        f"{escaped(link['reason'])}.\n"
    )


def study_lines(link_id: str, told: set[str]) -> list[str]:
    """Studies behind an arrow as a list in Markdown; of those told before only the name."""
    behind = tables.load("cellulite_link_studies")
    lines = []
    for study_id in behind.loc[behind["link_id"].eq(link_id), "study_id"]:
        study = studies().loc[study_id]
        line = f"- {cite.name(study_id)} {STATUS_BADGES[study['status']]}"
        if study_id not in told:
            line += f" {escaped(study['finding'])} :small[:gray[{cite.details(study_id)}]]"
        told.add(study_id)
        lines.append(line)
    return lines


def chosen(controls: Controls) -> str:
    """Open statement; running and cellulite where the open topic has no arrow."""
    return controls["topic"] if controls["topic"] in statements() else START_TOPIC


def open_clicked(controls: Controls) -> None:
    """Open the statement of the arrow that was clicked."""
    points = st.session_state["chart/cellulite"].selection.points
    if points:
        topic = points[0]["customdata"]
        controls.set(topic=topic[0] if isinstance(topic, list) else topic)


def link_table(links: pd.DataFrame) -> pd.DataFrame:
    """Figures behind the diagram."""
    behind = tables.load("cellulite_link_studies").merge(
        tables.load("studies")[["study_id", "citation"]], on="study_id"
    )
    named = behind.groupby("link_id")["citation"].agg("; ".join)
    columns = {
        "from_label": "From",
        "to_label": "To",
        "effect": "Effect",
        "grade": "Certainty",
        "topic_id": "Topic",
        "reason": "Reason",
    }
    table = links[list(columns)].rename(columns=columns)
    return table.assign(
        Effect=links["effect"].map(cellulite.EFFECT_WORDS),
        Certainty=links["grade"].map(GRADE_WORDS),
        Studies=links["link_id"].map(named).fillna(""),
    )


@lru_cache(maxsize=64)
def links_of(edits: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Arrows with their direction and grade under a reader's coding."""
    links = cellulite.graded_links(
        tables.load("cellulite_links"),
        tables.load("cellulite_nodes"),
        coding_of(edits).topics,
        tables.load("cellulite_link_studies"),
    )
    sentences = [
        f"{cellulite.link_words(link)} {link['reason']}." for link in links.to_dict("records")
    ]
    return links.assign(sentence=sentences)


@st.cache_resource(show_spinner=False, max_entries=64)
def diagram(
    edits: tuple[tuple[str, str], ...], theme_name: str, *, narrow: bool, chosen: str
) -> Any:
    """Diagram of the arrows."""
    return charts.link_diagram(
        links_of(edits),
        tables.load("cellulite_nodes"),
        themed(theme_name),
        narrow=narrow,
        chosen=chosen,
    )


@st.cache_resource(show_spinner=False, max_entries=8)
def people_picture(people: cellulite.People, theme_name: str, *, narrow: bool) -> Any:
    """Picture of how people fared."""
    return charts.people_marks(people, themed(theme_name), narrow=narrow)


@cache
def statements() -> dict[str, str]:
    """Topics behind the arrows in the order of the diagram, and their names."""
    names = tables.load("topics").set_index("topic_id")["short_label"]
    links = tables.load("cellulite_links").sort_values("lane", kind="stable")
    return {topic: names[topic] for topic in links["topic_id"].unique()}


@cache
def studies() -> pd.DataFrame:
    """Bibliography by study."""
    return tables.load("studies").set_index("study_id")


@cache
def figures_of(study_id: str) -> pd.DataFrame:
    """Numbers of a trial that the page draws."""
    figures = cellulite.trial_figures(
        tables.load("cellulite_trial_figures"), tables.load("effects")
    )
    return figures[figures["study_id"].eq(study_id)]
