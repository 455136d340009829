"""Build a session: the fewest exercises that cover the chosen muscles, and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import session_cover as charts
from spotcheck.energy.training import MOST_SESSIONS, strength_mets
from spotcheck.muscles import session as sessions
from spotcheck.muscles import story
from spotcheck.ui import cite, layout, links, plans, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import controls as inputs
from spotcheck.ui.matrix.data import names_of
from spotcheck.ui.matrix.scene import Scene
from spotcheck.ui.terms import hint
from spotcheck.wording import NBSP, counted, escaped, joined, kcal, number

MOST_LISTED = 12
_GROUPS_KEY = "session-groups"
_SETTING_OF = {"cover": "cover", "equipment": "equipment", "minutes": "time"}


def draw(scene: Scene) -> None:
    """Draw the choice of muscles, and the sessions that cover them."""
    controls = scene.controls
    if not controls["train"]:
        layout.finding(
            "Which muscles do you want to cover?",
            "Tap a group. We look for the fewest exercises that cover all of it; the equipment at "
            "hand stands with the filters.",
        )
        draw_choice(controls)
        return
    built = built_by(controls["train"], controls["equipment"], controls["time"], controls["cover"])
    layout.finding(sessions.title(built), sessions.definition(built.wish))
    draw_choice(controls)
    draw_obstacles(built, controls)
    if built.sets:
        draw_session(built, scene)
        draw_energy(built)
        draw_ties(built)


# A result can list tens of thousands of sets, so only a few are kept.
@st.cache_resource(show_spinner=False, max_entries=16)
def built_by(
    train: tuple[str, ...], equipment: tuple[str, ...], minutes: float, cover: str
) -> sessions.Built:
    """Sessions of these settings."""
    chosen = tables.load("muscles")
    in_order = chosen.loc[chosen["muscle_id"].isin(train), "muscle_id"]
    return sessions.build(
        sessions.Wish(tuple(in_order), equipment, minutes, cover),
        *map(tables.load, ("exercises", "engagement_roles", "exercise_equipment")),
    )


def draw_choice(controls: Controls) -> None:
    """Muscles by group and one by one, and the limits of the session."""
    draw_groups(controls)
    drawer = st.expander(
        "Single muscles", icon=":material/checklist:", key="session-single", on_change="rerun"
    )
    if drawer.open:
        with drawer:
            controls.pills("train", "Muscles to cover", _names("muscle"))
    if not controls["train"]:
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        with st.container(width=296):
            controls.slider("time", "Minutes at most", step=sessions.STEP_MINUTES)
        with st.container(width=296):
            controls.segments(
                "cover", "A muscle counts when it", settings.COVER_LEVELS, help=hint("prime_mover")
            )
    inputs.draw_equipment(controls)
    layout.note("With none chosen any equipment counts. No other filter counts here.")


def draw_groups(controls: Controls) -> None:
    """Groups of muscles, each of which one tap takes in or out."""
    muscles = tables.load("muscles")
    names = dict(zip(muscles["muscle_group"], muscles["muscle_group_label"], strict=True))
    st.session_state[_GROUPS_KEY] = _whole_groups(controls["train"])

    def take_over() -> None:
        chosen = set(st.session_state[_GROUPS_KEY])
        changed = chosen ^ set(_whole_groups(controls["train"]))
        is_kept = muscles["muscle_id"].isin(controls["train"])
        is_kept &= ~muscles["muscle_group"].isin(changed - chosen)
        is_kept |= muscles["muscle_group"].isin(changed & chosen)
        controls.set(train=tuple(muscles.loc[is_kept, "muscle_id"]))

    st.pills(
        "Muscles to cover, by group",
        list(names),
        selection_mode="multi",
        format_func=names.__getitem__,
        key=_GROUPS_KEY,
        on_change=take_over,
    )


def draw_obstacles(built: sessions.Built, controls: Controls) -> None:
    """What cannot be covered and why, with a button for each change that would help."""
    muscles = pd.Series(_names("muscle"))
    lines = sessions.missing_sentences(built, pd.Series(_names("exercise")), muscles)
    if built.is_too_short:
        lines.insert(0, sessions.too_short_sentence(built, muscles))
    if not lines:
        return
    with st.container(border=True):
        st.markdown("\n".join(f"- {line}" for line in lines))
        with st.container(horizontal=True, gap="small"):
            for place, way in enumerate(built.loosenings):
                st.button(
                    loosening_label(way, built),
                    key=f"session-loosen/{place}",
                    on_click=_setter(controls, way),
                )
            if built.missing and built.covered:
                st.button(
                    "Leave them out" if len(built.missing) > 1 else "Leave it out",
                    key="session-leave-out",
                    on_click=lambda: controls.set(train=built.covered),
                )


def loosening_label(way: sessions.Loosening, built: sessions.Built) -> str:
    """Words of the button that changes the wish."""
    parts = []
    for name, value in way.changes.items():
        if name == "cover":
            parts.append("count helpers too")
        elif name == "minutes":
            parts.append(f"take {value}{NBSP}minutes")
        elif value:
            parts.append(f"add {_with_article(value[-1])}")
        else:
            parts.append("allow any equipment")
    label = " and ".join(parts)
    n_more = way.n_covered - len(built.covered)
    gain = f", for {counted(n_more)} more" if n_more and len(built.wish.muscles) > 1 else ""
    return label[:1].upper() + label[1:] + gain


def draw_session(built: sessions.Built, scene: Scene) -> None:
    """Draw the chosen set: what covers what, and each exercise with its care."""
    exercises, roles = tables.load("exercises"), tables.load("engagement_roles")
    cells = sessions.cells_of(built.sets[0], built.wish, exercises, tables.load("muscles"), roles)
    marks = "L leads, H helps" if built.wish.cover == "synergist" else "L leads"
    layout.chart(
        charts.session_cover(cells, scene.colours, narrow=scene.narrow),
        name="session",
        alt=_alt(cells),
        source=(
            f"{marks}; a dot: does not count. By {cite.ours('the coding rule', 'role_reasons')}, "
            "expert role."
        ),
        table=lambda: cover_table(cells),
    )
    rows = exercises.set_index("exercise_id")
    for place, name in enumerate(built.sets[0], start=1):
        draw_exercise(place, rows.loc[name], built.minutes[name])
    st.markdown(sessions.time_sentence(built, exercises) + " :gray-badge[our assumption]")


def draw_exercise(place: int, row: pd.Series, minutes: float) -> None:
    """One exercise of the session: level, time, care and easier version."""
    with st.container(width=720, gap=None):
        st.markdown(
            f"**{place}  {escaped(row['name'])}** · {row['level']} · "
            f"{sessions.minutes_words(minutes)}"
        )
        st.markdown(f"{escaped(row['caution'])} Easier: {escaped(row['easier_version'])}")


def draw_ties(built: sessions.Built) -> None:
    """Every other set of the same size, as far as a list can be read; the table holds them all."""
    exercises = tables.load("exercises").set_index("exercise_id")["name"]
    layout.finding("Other sets of the same size", sessions.ties_sentence(built), level=3)
    if len(built.sets) == 1:
        return
    listed = built.sets[1 : MOST_LISTED + 1]
    lines = [
        f"- {' + '.join(escaped(exercises[name]) for name in names)}, "
        f"{sessions.minutes_words(built.minutes_of_set(names))}"
        for names in listed
    ]
    st.markdown("\n".join(lines))
    n_more = len(built.sets) - 1 - len(listed)
    if n_more:
        layout.note(f"and {number(n_more)} more; the table has all of them.")
    layout.downloads("session-sets", lambda: sets_table(built))


def draw_energy(built: sessions.Built) -> None:
    """What the session costs in energy, and the way to the estimator."""
    rows, left_out = week_of(built)
    names = _names("exercise")
    layout.finding(
        "What it costs in energy",
        "By the same functions as the estimator: strength exercises by their Compendium MET, rests "
        "included, each in whole minutes and at least 5.",
        level=3,
    )
    if left_out:
        listed = joined([escaped(names[name]) for name in left_out])
        them = "it is" if len(left_out) == 1 else "they are"
        st.markdown(f"The estimator has no figure for {listed}, so {them} left out here.")
    if not rows:
        return
    weight = links.defaults(settings.estimator())["weight"]
    st.markdown(
        f"Once a week, this session takes about {kcal(energy_of(rows))} more than resting, for the "
        f"reader whom the estimator opens with, at {number(weight)}{NBSP}kg. What is eaten back "
        "comes off that."
    )
    st.page_link(
        "pages/calorie_deficit.py",
        label="Take it to the estimator",
        icon=":material/arrow_forward:",
        query_params=parse_qs(link_of(rows)),
    )


def week_of(built: sessions.Built) -> tuple[tuple[tuple[Any, ...], ...], tuple[str, ...]]:
    """Rows of the estimator's week for the chosen set, and exercises that it has no figure for."""
    week = next(field for field in settings.estimator() if field.name == "week")
    rows: list[tuple[Any, ...]] = []
    left_out: list[str] = []
    for name in built.sets[0]:
        kind = story.SESSION_OF_RUN.get(name)
        if len(rows) == MOST_SESSIONS or not (kind or name in strength_mets()):
            left_out.append(name)
        elif kind:
            usual = settings.session_type(kind)
            grade = round(100 * usual["grade_default"])
            rows.append((kind, 1, built.minutes[name], float(usual["speed_default_km_h"]), grade))
        else:
            rows.append((name, 1, built.minutes[name]))
    return week.clean(rows), tuple(left_out)


def energy_of(rows: tuple[tuple[Any, ...], ...]) -> float:
    """Energy over resting that a week of these rows takes the estimator's first reader [kcal]."""
    values = links.defaults(settings.estimator()) | {"week": rows}
    resting = float(plans.person(values).resting_metabolic_rate_kcal_per_day)
    return plans.plan(values).energy(values["weight"], resting).extra_kcal_per_week


def link_of(rows: tuple[tuple[Any, ...], ...]) -> str:
    """Query of the estimator's view of sessions with these rows as its week."""
    fields = [field for field in settings.estimator() if field.name in ("view", "week")]
    return links.write(fields, {"view": "session", "week": rows}, with_personal=False)


def cover_table(cells: pd.DataFrame) -> pd.DataFrame:
    """The picture in words."""
    return pd.DataFrame(
        {
            "Exercise": cells["exercise"],
            "Muscle": cells["muscle"],
            "Role": cells["role"].map(story.ROLE_LABELS),
            "Counts as covered": cells["is_covered"].map({True: "yes", False: "no"}),
        }
    )


def sets_table(built: sessions.Built) -> pd.DataFrame:
    """Every smallest set, best first, with its minutes by rule."""
    names = _names("exercise")
    return pd.DataFrame(
        {
            "Exercises": [" + ".join(names[name] for name in one) for one in built.sets],
            "Minutes (assumed)": [built.minutes_of_set(one) for one in built.sets],
        }
    )


def _names(what: str) -> dict[str, str]:
    return {str(code): name for code, name in names_of(what).items()}


def _setter(controls: Controls, way: sessions.Loosening) -> Callable[[], None]:
    changes = {_SETTING_OF[name]: value for name, value in way.changes.items()}
    return lambda: controls.set(**changes)


def _whole_groups(chosen: Collection[str]) -> list[str]:
    """Groups of which every muscle is chosen."""
    is_chosen = tables.load("muscles")["muscle_id"].isin(chosen)
    groups = is_chosen.groupby(tables.load("muscles")["muscle_group"], sort=False).all()
    return [str(group) for group in groups.index[groups]]


def _with_article(piece: str) -> str:
    return piece if piece == "stairs" else f"{'an' if piece[0] in 'aeiou' else 'a'} {piece}"


def _alt(cells: pd.DataFrame) -> str:
    """Which exercise covers which muscles, in one sentence."""
    parts = []
    for exercise, own in cells.groupby("exercise", sort=False):
        names = own.loc[own["is_covered"], "muscle"].tolist()
        parts.append(f"{exercise} covers {joined(names)}")
    return "; ".join(parts) + "."
