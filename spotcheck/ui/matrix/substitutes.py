"""What can take the place of an exercise: the most alike first, with what is gained and lost."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts.compare import likeness_bars
from spotcheck.muscles import similarity
from spotcheck.muscles.order import FILTERS
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.links import defaults
from spotcheck.ui.matrix.controls import draw_choice
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import counted, escaped, joined

START = "back_squat_full"
"""Exercise offered to a reader who has chosen none."""

_MOST_SHOWN = 6
_TABLES = ("exercises", "exercise_equipment", "exercise_planes")
_DEFINITION = (
    "Likeness: the cosine between the roles of two exercises over all muscles (leads 1, helps ½, "
    "steadies ¼, else 0). At 1 every muscle weighs the same. It rests on coded roles: too few "
    "muscles are measured on one scale in two exercises to reckon it from numbers."
)


def draw(scene: Scene) -> None:
    """Draw the view."""
    controls = scene.controls
    draw_choosing(scene)
    if not controls["exercise"]:
        name = exercise_rows().loc[START, "name"]
        layout.empty_state(
            "Choose an exercise to replace",
            "It may hurt, be too hard, or need what you do not have.",
            f"Try {name}",
            lambda: controls.set(exercise=(START,)),
        )
        return
    exercise = controls["exercise"][0]
    found = ranked(exercise, tuple(controls["wish"]))
    if found.empty:
        draw_dropping(controls, exercise)
        return
    found = found[found["exercise_id"].isin(scene.shown.exercises["exercise_id"])]
    if found.empty:
        draw_unfiltering(controls)
        return
    draw_ranking(scene, exercise, found)


def draw_choosing(scene: Scene) -> None:
    """The exercise, and what its substitute has to be."""
    controls = scene.controls
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=296 if scene.narrow else 360):
            draw_choice(controls, "exercise", "Instead of", key="substitutes-exercise")
        with st.container(width="stretch" if scene.narrow else 480):
            controls.pills("wish", "It should be", settings.SUBSTITUTE_WISHES)


@st.cache_resource(show_spinner=False, max_entries=64)
def ranked(exercise: str, wishes: tuple[str, ...]) -> pd.DataFrame:
    """Exercises that fulfil the wishes, the most alike first, and what changes in words."""
    roles = tables.load("engagement_roles")
    found = similarity.nearest(
        exercise, wishes, similarity.role_vectors(roles), *map(tables.load, _TABLES)
    )
    changed = [similarity.changes(exercise, code, roles) for code in found["exercise_id"]]
    return found.assign(
        n_same=[one.n_same for one in changed],
        n_muscles=[one.n_muscles for one in changed],
        changes=[change_words(one) for one in changed],
    )


def change_words(changed: similarity.Changes) -> str:
    """What is gained and lost, in one sentence.

    Examples
    --------
    >>> change_words(similarity.Changes((), (), (), ("gracilis",), 25, 26))
    'Does not reach: gracilis.'
    """
    names = tables.load("muscles").set_index("muscle_id")["name"]
    parts = [
        f"{word}: {', '.join(_lower(names[code]) for code in codes)}"
        for word, codes in (
            ("also leads", changed.also_leads),
            ("also helps with", changed.also_helps),
            ("leads no more", changed.leads_no_more),
            ("does not reach", changed.does_not_reach),
        )
        if codes
    ]
    if not parts:
        is_same = changed.n_same == changed.n_muscles
        return (
            "The same roles throughout."
            if is_same
            else "Leads the same muscles; the rest differs a little."
        )
    words = "; ".join(parts)
    return f"{words[0].upper()}{words[1:]}."


def draw_ranking(scene: Scene, exercise: str, found: pd.DataFrame) -> None:
    """The best in a picture and in words, and a way to compare them."""
    best = found.head(_MOST_SHOWN)
    rows = exercise_rows()
    first, name = best.iloc[0], rows.loc[exercise, "name"]
    layout.finding(
        f"Closest to {escaped(name)}: {escaped(first['name'])}, the same role in "
        f"{first['n_same']} of {first['n_muscles']} muscles",
        _DEFINITION,
    )
    layout.chart(
        likeness_bars(
            best.assign(text=[hover_of(row) for row in best.to_dict("records")]),
            scene.colours,
            narrow=scene.narrow,
        ),
        name="substitutes",
        alt=f"Bars of likeness to {name}: "
        + ", ".join(f"{row.name_} {row.similarity:.2f}" for row in _named(best))
        + ".",
        source=(
            f"{source_words(len(found), len(best))} Likeness of "
            f"{cite.ours('our roles', 'engagement_roles')}."
        ),
        table=lambda: table_of(found),
    )
    compared = (exercise, *best["exercise_id"].head(3))
    st.button(
        "Compare these" if len(compared) > 2 else "Compare the two",
        icon=":material/compare_arrows:",
        key="substitutes/compare",
        on_click=lambda: scene.controls.set(exercise=compared, view="compare"),
    )
    for place, row in enumerate(best.to_dict("records"), 1):
        draw_substitute(place, row, rows)


def source_words(n_found: int, n_shown: int) -> str:
    """How many substitutes there are, and where those are that the picture leaves out."""
    if n_found > n_shown:
        return f"The nearest {counted(n_shown)} of {n_found}; the table lists them all."
    return "No other exercise fulfils these wishes and filters."


def draw_substitute(place: int, row: dict[Any, Any], rows: pd.DataFrame) -> None:
    """One substitute: what changes, how hard it is, and what to mind."""
    easier = f" Easier: {escaped(row['easier_version'])}" if pd.notna(row["easier_version"]) else ""
    with st.container(gap=None):
        st.markdown(
            f"**{place}. {escaped(row['name'])}** "
            f":gray-badge[{row['level']}] :gray-badge[impact: {row['impact']}] "
            f":gray-badge[same role in {row['n_same']} of {row['n_muscles']}]  \n"
            f"{escaped(row['changes'])}"
        )
        layout.note(f"{escaped(row['caution'])}{easier}")


def draw_dropping(controls: Controls, exercise: str) -> None:
    """Name the wishes that nothing fulfils, with a button that drops them."""
    wishes = controls["wish"]
    dropped, n_left = similarity.wishes_to_drop(exercise, wishes, *map(tables.load, _TABLES))
    names = joined([f"“{settings.SUBSTITUTE_WISHES[wish]}”" for wish in dropped])
    row = exercise_rows().loc[exercise]
    reasons = []
    if "impact" in dropped and row["impact"] == similarity.IMPACTS[0]:
        reasons.append(f"{row['name']} has no impact to lower.")
    if "easier" in dropped and row["level"] == similarity.LEVELS[0]:
        reasons.append(f"{row['name']} is for beginners already.")
    left = f"{counted(n_left)} {'exercise' if n_left == 1 else 'exercises'}"
    layout.empty_state(
        "Nothing fulfils all these wishes",
        escaped(
            " ".join(
                [*reasons, f"Without {names} {'there is' if n_left == 1 else 'there are'} {left}."]
            )
        ),
        f"Drop {names}",
        lambda: controls.set(wish=tuple(wish for wish in wishes if wish not in dropped)),
    )


def draw_unfiltering(controls: Controls) -> None:
    """Say that filters hide every substitute, with a button that removes them."""
    fields = [controls.fields[name] for name in FILTERS]
    layout.empty_state(
        "Your filters hide every substitute",
        "What fulfils the wishes does not pass the filters of the whole page.",
        "Remove the filters",
        lambda: controls.set(**defaults(fields)),
    )


def table_of(found: pd.DataFrame) -> pd.DataFrame:
    """Every substitute, for readers."""
    columns = {
        "name": "Exercise", "similarity": "Likeness", "n_same": "Muscles with the same role",
        "n_muscles": "Muscles", "changes": "Changes", "level": "Level", "impact": "Impact",
        "caution": "Caution", "easier_version": "Easier version",
    }  # fmt: skip
    return found[list(columns)].rename(columns=columns)


def exercise_rows() -> pd.DataFrame:
    """Exercises by code."""
    return tables.load("exercises").set_index("exercise_id")


def hover_of(row: dict[Any, Any]) -> str:
    """What the picture says of a substitute."""
    return (
        f"<b>{row['name']}</b><br>Likeness {row['similarity']:.2f}<br>"
        f"Same role in {row['n_same']} of {row['n_muscles']} muscles"
    )


def _named(rows: pd.DataFrame) -> Any:
    return rows.rename(columns={"name": "name_"}).itertuples()


def _lower(name: str) -> str:
    """Name of a muscle within a sentence; an abbreviation keeps its capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
