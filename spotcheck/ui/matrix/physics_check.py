"""The leg model against published measurements: the held-out exercises first, then the others."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import model_check as charts
from spotcheck.charts.theme import themed
from spotcheck.muscles import model_check, physics
from spotcheck.muscles.model_check import FACTOR, SETS, Figures
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.ui.matrix.data import names_of
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import counted, escaped, joined, number, percent

RULE = (
    "The rule: every mean EMG in % of MVIC of more than one person, seen in print or second-hand, "
    "of the trained leg or of both, in a muscle that the model covers, and no number twice."
)
ONE_RATER = (
    "One model, and one rater who set its poses. A share of MVIC depends on the electrode and on "
    "the maximal effort it is compared with: two studies of the same exercise can differ by a "
    "factor of two."
)
_GROUPS = {"all": "All of these", "verified": "Only numbers seen in print", **SETS}
_TABLE_PX = 420
_SCATTER_PX = 720


def draw(scene: Scene) -> None:
    """Draw the part."""
    draw_held_out(scene)
    draw_by_rule(scene)
    draw_in_sample(scene)
    draw_failures()
    st.markdown(ONE_RATER)


def draw_held_out(scene: Scene) -> None:
    """Exercises whose poses were frozen before anyone compared them; the fairest test."""
    held = names_of_held_out()
    rows = all_pairs()
    rows = rows[rows["is_held_out"]]
    if not rows["set"].isin(model_check.COUNTED).any():
        layout.finding(
            "The fair test is still to come",
            f"The poses of {counted(len(held))} exercises are made from anatomy alone and frozen "
            "before anyone compares them with a measurement.",
        )
        st.markdown(f"They are {escaped(joined(held))}. {RULE}")
        return
    found = model_check.by_set(rows)
    layout.finding(
        f"Held out: {agreement(found['all'])}",
        f"{counted(len(held)).capitalize()} exercises whose poses were frozen before anyone "
        f"compared them. {RULE}",
    )
    draw_scatter(scene, "held_out")
    draw_figures(found, model_check.by_portion(rows), "held_out")
    draw_sources(rows)


def draw_by_rule(scene: Scene) -> None:
    """The same rule on all other exercises, where nobody chose what to compare."""
    rows = rule_pairs()
    found = model_check.by_set(rows)
    layout.finding(
        f"Nothing chosen by hand: {agreement(found['all'])}",
        "The same rule on the modelled exercises that are not held out. Their poses and the method "
        "were made by people who knew some of these numbers.",
    )
    draw_scatter(scene, "by_rule")
    draw_figures(found, model_check.by_portion(rows), "by_rule")


def draw_in_sample(scene: Scene) -> None:
    """Pairs that served while the model was made."""
    rows = all_pairs()
    rows = rows[~rows["is_held_out"]]
    found = model_check.by_set(rows)
    parts = [
        f"{SETS[code].lower()} {correlation(found[code])}"
        for code in ("bodyweight", "barbell")
        if code in found
    ]
    layout.finding(
        f"While it was made: {joined(parts)}",
        "Rank correlation of estimate and measurement; 1 is the same order. These pairs were "
        "chosen by hand, and several choices of the method were made after looking at them, so "
        "that they flatter it. A barbell has the weight of a body here, and another in each study.",
    )
    draw_scatter(scene, "in_sample")
    draw_figures(found, model_check.by_portion(rows), "in_sample")
    draw_sources(rows)


def draw_scatter(scene: Scene, name: str) -> None:
    """Every pair of a set as a mark."""
    rows = scatter_rows(name)
    shown = [code for code in charts.SYMBOLS if rows["set"].eq(code).any()]
    key = " · ".join(f"{charts.SYMBOLS[code][1]} {SETS[code].lower()}" for code in shown)
    if not set(shown) <= set(model_check.COUNTED):
        key += f". Only {joined([SETS[code].lower() for code in model_check.COUNTED])} count"
    with st.container(width="stretch" if scene.narrow else _SCATTER_PX):
        layout.chart(
            scatter_picture(name, scene.colours.name, scene.narrow),
            name=f"check_{name}",
            alt=f"{len(rows)} pairs of a measurement and an estimate; the table holds each.",
            source=f"{key}. Open: not seen in print. Grey: within a factor of {number(FACTOR)}. "
            f"Sources: in {cite.ours('all comparisons', 'leg_model_comparisons')}.",
            table=lambda: pair_table(rows),
        )


def draw_figures(by_set: dict[str, Figures], by_portion: dict[str, Figures], name: str) -> None:
    """Table of the figures of each set and muscle."""
    table = figure_table(by_set, by_portion)
    st.dataframe(
        table,
        hide_index=True,
        height=min(40 + 35 * len(table), _TABLE_PX),
        alt="Rank correlation, share within a factor of two and median ratio of each set",
    )
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        layout.note(
            f"In brackets: 95 % interval of {number(model_check.N_RESAMPLES)} resamples of the "
            "exercises and muscles. Muscles with fewer than four pairs cannot be ranked.",
            width="content",
        )
        layout.csv_download(f"check_{name}_figures", lambda: table)


def draw_failures() -> None:
    """Everything known to fail, recomputed from the tables."""
    rows, values = all_pairs(), all_values()
    far, turned = model_check.far_off(rows), model_check.reversals(rows)
    shares = model_check.shares_of_sum(rows, values)
    n_counted = int(rows["set"].isin(model_check.COUNTED).sum())
    layout.finding(
        f"Known failures: {len(far)} of {n_counted} pairs are off by more than a factor of "
        f"{number(FACTOR)}",
        "An estimate near zero says that balance does not need the muscle, where people tense it "
        "all the same.",
    )
    st.markdown("\n".join([*far_lines(far), *reversal_lines(turned), *share_lines(shares)]))


def far_lines(far: pd.DataFrame) -> list[str]:
    """Line of each pair that is far off."""
    exercises, portions = names_of("exercise"), portion_names()
    return [
        f"- **{escaped(exercises[row['exercise_id']])}, "
        f"{escaped(lowered(portions[row['portion_id']]))}:** estimated {number(row['model'])}, "
        f"measured {number(row['measured'])} ({cite.name(row['study_id'])}) "
        f"{STATUS_BADGES[row['status']]}"
        for row in far.to_dict("records")
    ]


def reversal_lines(turned: pd.DataFrame) -> list[str]:
    """Line of each pair of exercises that the model ranks the other way round than a study."""
    exercises, portions = names_of("exercise"), portion_names()
    return [
        f"- **Order turned round, {escaped(lowered(portions[row['portion_id']]))}:** measured more "
        f"in {escaped(exercises[row['more']])} than in "
        f"{escaped(exercises[row['less']])} ({number(row['more_measured'])} and "
        f"{number(row['less_measured'])}, {cite.name(row['study_id'])}), estimated "
        f"{number(row['more_model'])} and {number(row['less_model'])}"
        for row in turned.to_dict("records")
    ]


def share_lines(shares: pd.DataFrame) -> list[str]:
    """Line of the study that compares depths, if it is among the pairs."""
    if shares.empty:
        return []
    exercises = names_of("exercise")
    first = shares.iloc[0]
    muscle = escaped(lowered(portion_names()[first["portion_id"]]))
    each = [
        f"{escaped(exercises[row['exercise_id']])} {number(row['measured'])} and "
        f"{number(row['model'])}"
        for row in shares.to_dict("records")
    ]
    return [
        f"- **Depth of the squat:** share of the {muscle} in the sum of four muscles, measured and "
        f"estimated, in per cent: {joined(each)} ({cite.name(first['study_id'])})"
    ]


def draw_sources(rows: pd.DataFrame) -> None:
    """Studies of the pairs, behind a tap."""
    studies = rows["study_id"].unique()
    drawer = st.expander(
        f"The {counted(len(studies))} sources of these numbers",
        icon=":material/menu_book:",
        key=f"physics/sources/{rows['is_held_out'].any()}",
        on_change="rerun",
    )
    if drawer.open:
        drawer.markdown("\n".join(f"- {cite.name(study)}" for study in studies))


def agreement(found: Figures) -> str:
    """Agreement of a set in a few words."""
    return (
        f"rank correlation {correlation(found)}, {percent(found.within)} of {found.n} pairs within "
        f"a factor of {number(FACTOR)}"
    )


def correlation(found: Figures) -> str:
    """Rank correlation with its interval; words where there are too few pairs."""
    if pd.isna(found.rho):
        return "too few pairs"
    return f"{number(found.rho, 2)} ({number(found.rho_low, 2)} to {number(found.rho_high, 2)})"


def figure_table(by_set: dict[str, Figures], by_portion: dict[str, Figures]) -> pd.DataFrame:
    """Figures of sets and muscles, with the headings that readers see."""
    portions = portion_names()
    named = {_GROUPS[code]: found for code, found in by_set.items()}
    named |= {portions[code]: found for code, found in by_portion.items()}
    return pd.DataFrame(
        [
            {
                "Pairs": group,
                "Number": found.n,
                "Rank correlation": correlation(found),
                "Within a factor of 2": percent(found.within),
                "Median of estimate / measured": number(found.median_ratio, 2),
            }
            for group, found in named.items()
        ]
    )


def pair_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs in words and figures."""
    studies = tables.load("studies").set_index("study_id")["citation"]
    return pd.DataFrame(
        {
            "Exercise": rows["exercise_id"].map(names_of("exercise")),
            "Muscle": rows["portion_id"].map(portion_names()),
            "Measured": rows["measured"].round(1),
            "Estimated": rows["model"].round(1),
            "Scale": rows["is_peak"].map({True: "peak", False: "mean"}),
            "Kind": rows["set"].map(SETS),
            "Study": rows["study_id"].map(studies),
            "Status": rows["status"].str.replace("_", " "),
        }
    )


@st.cache_resource(show_spinner=False)
def all_values() -> pd.DataFrame:
    """Estimate of every muscle and part in every modelled exercise."""
    names = ("leg_model_phases", "leg_model_torques", "leg_model_strengths")
    solved = physics.poses(*map(tables.load, names))
    return model_check.model_values(
        solved, tables.load("leg_model_portions"), tables.load("leg_model_muscles")
    )


@st.cache_resource(show_spinner=False)
def all_pairs() -> pd.DataFrame:
    """Pairs of the table of comparisons."""
    return model_check.pairs(
        tables.load("leg_model_comparisons"),
        tables.load("engagement_measurements"),
        tables.load("exercise_variants"),
        all_values(),
    )


@st.cache_resource(show_spinner=False)
def rule_pairs() -> pd.DataFrame:
    """Pairs that the rule finds for the exercises that are not held out."""
    phases = tables.load("leg_model_phases")
    measurements, variants = (
        tables.load("engagement_measurements"),
        tables.load("exercise_variants"),
    )
    rows = model_check.rows_by_rule(
        set(phases.loc[~phases["is_held_out"], "exercise_id"]),
        phases,
        measurements,
        variants,
        tables.load("leg_model_portions"),
    )
    return model_check.pairs(rows, measurements, variants, all_values())


def scatter_rows(name: str) -> pd.DataFrame:
    """Pairs that a scatter shows: all but shares of a sum."""
    rows = rule_pairs() if name == "by_rule" else all_pairs()
    is_own = rows["is_held_out"].eq(name == "held_out")
    return rows[is_own & rows["set"].isin(list(charts.SYMBOLS))]


@st.cache_resource(show_spinner=False, max_entries=64)
def scatter_picture(name: str, theme_name: str, narrow: bool) -> Any:
    """Scatter of a set."""
    return charts.estimate_scatter(
        scatter_rows(name),
        names_of("exercise"),
        settings.labels("exercises", "exercise_id", "short_name"),
        portion_names(),
        themed(theme_name),
        narrow=narrow,
    )


def names_of_held_out() -> list[str]:
    """Names of the exercises that are held out."""
    phases = tables.load("leg_model_phases")
    codes = phases.loc[phases["is_held_out"], "exercise_id"].unique()
    names = names_of("exercise")
    return [names[code] for code in codes]


def portion_names() -> dict[str, str]:
    """Names of muscles, parts and groups."""
    return settings.labels("muscle_portions", "portion_id", "name")


def lowered(name: str) -> str:
    """Name within a sentence."""
    return name[:1].lower() + name[1:]
