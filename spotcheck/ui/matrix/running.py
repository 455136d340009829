"""Does running cover it? Every form of running against the best strength exercise."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import running_cover as charts
from spotcheck.charts.theme import themed
from spotcheck.muscles import estimates, running_cover, story
from spotcheck.muscles.evidence import value_label
from spotcheck.ui import cite, layout
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.matrix.data import all_cells, names_of
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import NBSP, escaped, joined

_ADDUCTORS = ("adductor_longus", "adductor_magnus", "adductor_brevis")


def draw(scene: Scene) -> None:
    """Draw the view: the strips of roles, or the numbers of the chosen lens."""
    lens = scene.controls["lens"]
    if lens == estimates.LENS:
        layout.note("No form of running is in the leg model, so this view shows roles.")
    if lens in ("role", estimates.LENS):
        draw_roles(scene)
    else:
        draw_numbers(scene)
    st.space("small")
    draw_conflict()


def draw_roles(scene: Scene) -> None:
    """Roles of every form of running, and the highest one in a strength exercise."""
    forms, strength = sides(scene)
    muscles = scene.shown.muscles
    cells = all_cells("role", scene.controls["single"])
    cover, figure = roles_picture(
        tuple(strength["exercise_id"]),
        tuple(muscles["muscle_id"]),
        scene.controls["single"],
        scene.colours.name,
        scene.narrow,
    )
    against = (
        "then the highest role in a strength exercise and who has it, in bold where it does more."
        if len(strength)
        else "and nothing beside it, for no strength exercise passes your filters."
    )
    layout.finding(
        running_cover.role_finding(cover),
        f"One strip a muscle: its role in each form of running, {against} "
        "L leads, H helps, S steadies, A works against.",
    )
    layout.chart(
        figure,
        name="running_cover",
        alt=(
            f"Strips of {len(cover)} muscles with their roles in {len(forms)} forms of running "
            f"and in strength exercises. {running_cover.role_finding(cover)}."
        ),
        source=(
            f"Roles by {cite.ours('our written rule', 'role_reasons')}; demands coded by one "
            "rater. Of several exercises the best studied is named."
        ),
        table=lambda: table_of_roles(cover, cells, forms),
    )
    st.markdown(
        f"{running_cover.easy_sentence(cover)} "
        "A role says what a muscle is there for, not how hard it works or how much it grows."
    )
    to_train = running_cover.only_in_strength(cover)
    if to_train:
        st.button(
            f"Build a session for the {len(to_train)} that running does not lead"
            if len(to_train) > 1
            else "Build a session for the one that running does not lead",
            type="tertiary",
            icon=":material/arrow_forward:",
            key="running/build",
            on_click=lambda: scene.controls.set(view="session", train=tuple(to_train)),
        )


@st.cache_resource(show_spinner=False, max_entries=64)
def roles_picture(
    strength_ids: tuple[str, ...],
    muscle_ids: tuple[str, ...],
    single: bool,
    theme_name: str,
    narrow: bool,
) -> tuple[pd.DataFrame, Any]:
    """Roles of these strength exercises and muscles against running, and their picture."""
    exercises, muscles = tables.load("exercises"), tables.load("muscles")
    forms = running_cover.running_forms(exercises)
    cells = all_cells("role", single)
    cover = running_cover.role_cover(
        cells,
        forms,
        exercises[exercises["exercise_id"].isin(strength_ids)],
        muscles[muscles["muscle_id"].isin(muscle_ids)],
    )
    of_forms = cells[cells["exercise_id"].isin(forms["exercise_id"])]
    return cover, charts.role_strips(
        cover, of_forms, forms, short_names(), themed(theme_name), narrow=narrow
    )


def draw_numbers(scene: Scene) -> None:
    """Numbers of the lens, each scale in a picture of its own."""
    forms, strength = sides(scene)
    muscles, metrics = scene.shown.muscles, tables.load("metrics")
    cells = all_cells(scene.controls["lens"], scene.controls["single"])
    measured = running_cover.measured_cover(cells, forms, strength, muscles)
    alone = ", triangles one person" if scene.controls["single"] else ""
    layout.finding(
        running_cover.measured_finding(measured),
        "Round marks are running, square ones the strength exercise with the highest number; "
        f"hollow marks are small or second-hand studies{alone}. Numbers on different scales are "
        "never compared.",
    )
    if measured.empty:
        st.markdown(story.NOT_MEASURED.replace("this muscle in this exercise", "these muscles so"))
        return
    labels = scale_names(metrics)
    for metric in running_cover.shown_scales(measured, metrics):
        rows = measured[measured["metric"].eq(metric)]
        layout.chart(
            charts.measured_dots(
                rows, short_names(), labels[metric], scene.colours, narrow=scene.narrow
            ),
            name=f"running_{metric}",
            alt=f"{labels[metric]}: "
            + "; ".join(
                f"{row['name']}, {names_of('exercise')[row['exercise_id']]} {row['label']}"
                for row in rows.to_dict("records")
            )
            + ".",
            source=(
                "Sources: in the table here, number by number; "
                f"{cite.ours('all measurements', 'engagement_measurements')}."
            ),
            table=partial(table_of_numbers, rows, cells),
        )
    st.markdown(running_cover.gaps_sentence(measured, muscles, metrics))


def draw_conflict() -> None:
    """The two ways in which running was measured, which seem to disagree."""
    rows = running_cover.running_measurements(
        *(
            tables.load(name)
            for name in (
                "engagement_measurements",
                "exercise_variants",
                "muscle_portions",
                "metrics",
                "studies",
                "exercises",
            )
        )
    )
    layout.finding(
        "Little force at an easy pace, much of the muscle at work all-out",
        "Running was measured in two ways that seem to disagree about the inner thigh.",
    )
    st.markdown("\n".join(f"- {line}" for line in conflict_lines(rows)))
    st.markdown(
        "They measure different things. A force says how hard a muscle pulls at its peak; an "
        "active volume says how much of the muscle took part. Both can be true, and what holds "
        "for an easy run need not hold for a hill or a sprint. For a flat sprint we have no "
        "figure of a single muscle."
    )
    layout.downloads("running_measurements", lambda: rows.drop(columns=["study_id"]))


def conflict_lines(rows: pd.DataFrame) -> list[str]:
    """Figures of both ways, with their sources and how they were seen; Markdown.

    Parameters
    ----------
    rows : DataFrame
        Result of :func:`spotcheck.muscles.running_cover.running_measurements`.
    """
    forces = rows[rows["metric"].eq(running_cover.FORCE)]
    highest = forces.loc[forces["value"].idxmax()]
    inner = forces[forces["portion_id"].isin(_ADDUCTORS)].sort_values("value")
    volumes = rows[rows["metric"].eq(running_cover.ACTIVE_VOLUME)]
    whole = volumes[volumes["portion_id"].eq("lower_extremity")]
    printed = volumes[volumes["status"].eq("second_hand")]
    adductors = volumes[volumes["portion_id"].eq("adductor_group")]
    amounts = joined([f"{one['value']:.2g} ({escaped(one['portion'].lower())})"
                      for one in inner.to_dict("records")])  # fmt: skip
    return [
        "**Force, easy pace.** In a computer model the adductors peak at "
        f"{amounts}{NBSP}×{NBSP}body{NBSP}weight; {escaped(highest['portion'].lower())}, the "
        f"highest, at {running_cover.times_body_weight(highest['value'])}. {_source(inner)}",
        "**Active volume, all-out.** By MRI scans after running to exhaustion, the share of the "
        f"leg's muscle volume that had worked was {_by_slope(whole)}. {_source(whole)}",
        "**Single muscles, all-out uphill.** The same share: "
        + joined(
            [
                f"{escaped(one['portion'].lower())} {_percent(one['value'])}"
                for one in printed.to_dict("records")
            ]
        )
        + f". {_source(printed)}",
        f"**Adductors, all-out.** From memory the share was {_by_slope(adductors)}. We could not "
        f"see these figures in print, so no picture here uses them. {_source(adductors)}",
    ]


def sides(scene: Scene) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Forms of running, which no filter takes away, and the strength exercises shown."""
    forms = running_cover.running_forms(tables.load("exercises"))
    return forms, running_cover.strength_exercises(scene.shown.exercises)


def scale_names(metrics: pd.DataFrame) -> pd.Series:
    """Name of each scale by code, with "%" where the name does not say so."""
    is_unsaid = metrics["unit"].str.startswith("%") & ~metrics["label"].str.contains("%")
    named = metrics["label"].mask(is_unsaid, metrics["label"] + ", " + metrics["unit"])
    return pd.Series(named.to_numpy(), index=metrics["metric"])


def short_names() -> pd.Series:
    """Short name of each exercise, by code."""
    return tables.load("exercises").set_index("exercise_id")["short_name"]


def table_of_roles(cover: pd.DataFrame, cells: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Strips in words: a column a form, and what strength exercises do."""
    names = names_of("exercise")
    roles = cells.pivot(index="muscle_id", columns="exercise_id", values="role")
    table = pd.DataFrame({"Muscle": cover["name"], "Group": cover["muscle_group_label"]})
    for form in forms["exercise_id"]:
        table[names[form]] = cover["muscle_id"].map(roles[form]).map(story.ROLE_LABELS)
    table["Highest in strength exercises"] = cover["strength_role"].map(story.ROLE_LABELS)
    table["Strength exercises with it"] = [
        "; ".join(names[code] for code in ids) for ids in cover["strength_ids"]
    ]
    return table


def table_of_numbers(rows: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Numbers of one scale in words, with their sources."""
    table = rows.merge(cells[["exercise_id", "muscle_id", "sources"]], how="left")
    table["exercise"] = table["exercise_id"].map(names_of("exercise"))
    table["grade"] = table["grade"].map(story.GRADE_LABELS)
    columns = {
        "name": "Muscle", "exercise": "Exercise", "value_low": "Low", "value_high": "High",
        "unit": "Unit", "grade": "Evidence", "is_group_value": "Measured on a whole group",
        "sources": "Sources",
    }  # fmt: skip
    return table[list(columns)].rename(columns=columns)


def _by_slope(rows: pd.DataFrame) -> str:
    """Figures of level and uphill running: "67 % on the level and 73 % uphill"."""
    value = rows.set_index("exercise_id")["value"]
    return (
        f"{_percent(value['running_tempo'])} on the level and "
        f"{_percent(value['running_uphill'])} up a slope of 10{NBSP}%"
    )


def _percent(value: float) -> str:
    return value_label(value, value) + NBSP + "%"


def _source(rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    return (
        f"{cite.name(first['study_id'])}, {first['n']}{NBSP}people {STATUS_BADGES[first['status']]}"
    )
