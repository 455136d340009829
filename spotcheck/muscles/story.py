"""The sentences of the muscle matrix, from the same figures as its table."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from spotcheck.muscles.evidence import (
    EXPERT_ROLE,
    PHYSICS,
    MeasurementCounts,
    value_label,
)
from spotcheck.muscles.order import ROLES, main_metric, strongest_role
from spotcheck.wording import NBSP, counted, escaped, joined, number

ROLE_LABELS: Final = {
    "prime_mover": "Prime mover",
    "synergist": "Synergist",
    "stabilizer": "Stabilizer",
    "antagonist": "Antagonist",
    "none": "No part",
}
"""Roles as the glossary calls them."""

GRADE_LABELS: Final = {
    "pooled": "pooled",
    "group_study": "group study",
    "small_or_second_hand": "small or second-hand",
    "single_person": "single person",
    "not_verified": "not verified",
    PHYSICS: "physics",
    EXPERT_ROLE: "expert role",
}
"""Evidence grades as the glossary calls them."""

GROUP_WORDS: Final = {
    "inner_thigh": "inner thigh muscles",
    "front_thigh": "front thigh muscles",
    "back_of_thigh": "hamstrings",
    "buttock": "buttock muscles",
    "hip_flexors": "hip flexors",
    "calf": "calf muscles",
    "shin": "shin muscles",
    "core": "trunk muscles",
}
"""Muscle groups as the plural subject of a sentence."""

SESSION_OF_RUN: Final = {
    "running_easy": "steady",
    "running_tempo": "steady",
    "sprint_flat": "intervals",
    "running_uphill": "hill_sprints",
    "running_downhill": "downhill",
    "running_intervals": "intervals",
}
"""Session type of the estimator for each running form."""

NOT_MEASURED: Final = (
    "Nobody has measured this muscle in this exercise, as far as we know. "
    "That is not the same as zero."
)

ROLES_CODED: Final = (
    "How roles were coded: one rater coded the movements that each exercise loads, a written rule "
    "compares them with the actions of each muscle, and the reason stands in each cell."
)
"""Line under the picture on where the roles come from."""

_RUN = "running_easy"
_VERBS = {
    "synergist": "only help",
    "stabilizer": "only hold steady",
    "antagonist": "work against the movement",
    "none": "have no part",
}
_INTERVALS = {
    "review_range": "range of studies",
    "ci95": f"95{NBSP}% interval",
    "iqr": "middle half",
    "study_range": "range",
}
_SPREADS = ["value", "value_low", "value_high", "interval", "sd", "iqr_width"]
_SEXES = {"male": "men", "female": "women", "mixed": "women and men"}
_CELL = ["exercise_id", "muscle_id"]
_MOST_SOURCES = 3
_MOST_NAMES = 3
_HOVER_LETTERS = 44


def role_headline(cells: pd.DataFrame, roles: pd.DataFrame, group: str) -> str:
    """What the muscles of a group are there for in easy running, and how often they lead.

    Parameters
    ----------
    cells : DataFrame
        ``exercise_id`` and ``role`` of the muscles of the group in the exercises shown.
    roles : DataFrame
        ``exercise_id`` and ``role`` of the muscles of the group in every exercise.
    group : str
        Code of the group.
    """
    muscles = GROUP_WORDS[group]
    n_exercises = cells["exercise_id"].nunique()
    n_led = cells.loc[cells["role"].eq("prime_mover"), "exercise_id"].nunique()
    in_running = strongest_role(roles.loc[roles["exercise_id"].eq(_RUN), "role"])
    if in_running != "prime_mover":
        lead = _lead(n_led, n_exercises)
        return f"In easy running your {muscles} {_VERBS[in_running]}; they {lead}."
    others = "easy running among them" if _RUN in set(cells["exercise_id"]) else "and easy running"
    if n_exercises == 1 and _RUN in set(cells["exercise_id"]):
        return f"Your {muscles} lead in easy running, the :primary[one] exercise here."
    if n_led == 0:
        return f"Your {muscles} lead in easy running, but {_lead(0, n_exercises)}."
    return f"Your {muscles} {_lead(n_led, n_exercises)}, {others}."


def _lead(n_led: int, n_exercises: int) -> str:
    if n_exercises == 1:
        verb = "lead" if n_led else "do not lead"
        return f"{verb} in the :primary[one] exercise here"
    if n_led == 0:
        return f"lead in :primary[none] of the {n_exercises} exercises here"
    if n_led == n_exercises:
        every = "both" if n_exercises == 2 else f"all {n_exercises}"
        return f"lead in :primary[{every}] exercises here"
    return f"lead in :primary[{n_led} of the {n_exercises}] exercises here"


def measured_headline(
    cells: pd.DataFrame, metrics: pd.DataFrame, names: Mapping[str, str] | pd.Series, group: str
) -> str:
    """Highest number of the muscles of a group in the exercises shown, on one scale.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix` of the muscles of the group, exercises shown.
    metrics : DataFrame
        The table of this name.
    names : mapping or Series
        Name of each exercise, by code.
    group : str
        Code of the group.
    """
    metric = main_metric(cells, metrics)
    muscles = GROUP_WORDS[group]
    if metric is None:
        n_exercises = cells["exercise_id"].nunique()
        these = "this exercise" if n_exercises == 1 else f"these :primary[{n_exercises}] exercises"
        return f"There is no number of this kind to show for the {muscles} in {these}."
    same_scale = cells[cells["metric"].eq(metric)]
    best = same_scale[same_scale["value_high"].eq(same_scale["value_high"].max())]
    exercises = [escaped(names[code]) for code in dict.fromkeys(best["exercise_id"])]
    if len(exercises) > _MOST_NAMES:
        left = len(exercises) - _MOST_NAMES + 1
        exercises = [*exercises[: _MOST_NAMES - 1], f"{counted(left)} others"]
    scale = metrics[metrics["metric"].eq(metric)].iloc[0]
    unit = f"%{NBSP}of a maximal effort" if scale["is_percent_of_mvic"] else scale["unit"]
    label = _with_unit(best["label"].iloc[0], unit)
    has_others = len(same_scale) < cells["metric"].count()
    among = "Highest here on one scale" if has_others else "Highest here"
    return f"{among} for the {muscles}: {joined(exercises)}, :primary[{label}]."


def uncertainty(
    cells: pd.DataFrame,
    lens: str,
    *,
    n_measured_elsewhere: int = 0,
    include_single_person: bool = False,
) -> str:
    """How much of the picture is measured, and what its colours may compare.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix` that the picture shows.
    lens : str
        ``role`` or a measured lens.
    n_measured_elsewhere : int
        Cells with a number that only other views or filters show.
    include_single_person : bool, default False
        As the cells were made.
    """
    n_cells, n_measured = len(cells), int((~cells["no_data"]).sum())
    share = f"{number(n_measured)} of the {number(n_cells)} cells"
    if lens == "role":
        return (
            "A role comes from a rule of ours. It says what a muscle is there for, not how hard it "
            f"works; how hard was measured in {share} here."
        )
    others = cells["metric"].dropna().nunique() - 1
    grey = (
        " Numbers on different scales are never compared: colour shows the scale that most of them "
        "share, grey the others."
        if others > 0
        else ""
    )
    elsewhere = (
        f" {number(n_measured_elsewhere)} more stand outside this picture."
        if n_measured_elsewhere
        else ""
    )
    people = "" if include_single_person else " in more than one person"
    return (
        f"{share} here {'has' if n_measured == 1 else 'have'} a number.{elsewhere} A slash means "
        f"that we know of no measurement of the plain exercise{people}, which is not the same as "
        f"zero.{grey}"
    )


def counts_sentence(counts: MeasurementCounts) -> str:
    """How much stands behind the table, and what is not counted or not shown."""
    return (
        f"{number(counts.n_measurements)} measurements from {number(counts.n_studies)} studies "
        "stand behind this table; single-person figures are not counted. "
        f"{number(counts.n_from_memory)} of them that we have not seen in print fill no cell."
    )


def sources_of(
    rows: pd.DataFrame,
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    studies: pd.DataFrame,
) -> pd.DataFrame:
    """What a hover says of each measurement behind the measured cells.

    Parameters
    ----------
    rows : DataFrame
        Result of :func:`spotcheck.muscles.cell_measurements`.
    measurements, variants, studies : DataFrame
        The tables ``engagement_measurements``, ``exercise_variants`` and ``studies``.

    Returns
    -------
    DataFrame
        Those of the rows that are not restated numbers, and ``n``, ``sex``, ``status``, ``load``,
        ``citation`` and ``spread`` (words, empty where none was published).
    """
    columns = ["lens", *_CELL, "measurement_id", "study_id", "metric", "low", "high", "grade"]
    rows = rows.loc[~rows["is_restated"], columns]
    own = measurements[measurements["measurement_id"].isin(rows["measurement_id"])]
    more = own.assign(spread=[spread(row) for row in own[_SPREADS].to_dict("records")])
    more = more.merge(variants[["variant_id", "load"]], on="variant_id")
    more = more[["measurement_id", "n", "sex", "status", "spread", "load"]]
    rows = rows.merge(more, on="measurement_id")
    return rows.merge(studies[["study_id", "citation"]], on="study_id")


def spread(row: dict[Any, Any]) -> str:
    """Spread of one measurement in words, as its source gives it.

    Of a measurement that is only a range, the words say what the range is.

    Examples
    --------
    >>> gaps = dict.fromkeys(("value", "sd", "iqr_width", "value_low"))
    >>> spread({**gaps, "sd": 21.4}), spread(gaps)
    ('SD 21', '')
    """
    if pd.notna(row["value_low"]) and pd.isna(row["value"]):
        return _INTERVALS[row["interval"]]
    if pd.notna(row["value_low"]):
        return f"{_INTERVALS[row['interval']]} {value_label(row['value_low'], row['value_high'])}"
    if pd.notna(row["sd"]):
        return f"SD {value_label(row['sd'], row['sd'])}"
    if pd.notna(row["iqr_width"]):
        return f"middle half {value_label(row['iqr_width'], row['iqr_width'])} wide"
    return ""


def role_words(reasons: pd.DataFrame) -> pd.Series:
    """Role with its reason, by code of the reason: "Prime mover: leads the main movement"."""
    label = reasons["label"].str[:1].str.lower() + reasons["label"].str[1:]
    words = reasons["role"].map(ROLE_LABELS) + ": " + label
    return pd.Series(words.to_numpy(), index=pd.Index(reasons["reason"]))


def hover_texts(
    cells: pd.DataFrame, sources: pd.DataFrame, reasons: pd.DataFrame, metrics: pd.DataFrame
) -> pd.Series:
    """What the picture says of each cell: its role and why, and what was measured by whom.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix`.
    sources : DataFrame
        Rows of :func:`sources_of` for these cells.
    reasons, metrics : DataFrame
        The tables ``role_reasons`` and ``metrics``.

    Returns
    -------
    Series
        Plotly text by the index of ``cells``.
    """
    texts = cells["reason"].map(role_words(reasons).to_dict()).to_numpy(object, copy=True)
    labels = dict(zip(metrics["metric"], metrics["label"], strict=True))
    behind: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for source in sources.to_dict("records"):
        behind.setdefault((source["exercise_id"], source["muscle_id"]), []).append(source)
    places = np.flatnonzero(~cells["no_data"])
    columns = [*_CELL, "metric", "label", "is_group_value"]
    for place, row in zip(places, cells[columns].iloc[places].to_dict("records"), strict=True):
        lines = [f"{labels[row['metric']]}: {row['label']}"]
        own = behind[row["exercise_id"], row["muscle_id"]]
        for source in own[:_MOST_SOURCES]:
            parts = [source["citation"], _people(source), source["spread"], _load(source)]
            if len(own) > 1:
                parts.insert(0, value_label(source["low"], source["high"]))
            if source["status"] == "second_hand":
                parts.append("second-hand")
            lines.append(", ".join(part for part in parts if part))
        if len(own) > _MOST_SOURCES:
            lines.append(f"and {len(own) - _MOST_SOURCES} more")
        if row["is_group_value"]:
            lines.append("Measured on the group it belongs to")
        texts[place] = "<br>".join(
            [texts[place], *(part for line in lines for part in _wrapped(line))]
        )
    return pd.Series(texts, index=cells.index)


def brief_texts(cells: pd.DataFrame, reasons: pd.DataFrame, metrics: pd.DataFrame) -> pd.Series:
    """What a large picture says of each cell: why it has its role, and the number if it has one.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix`.
    reasons, metrics : DataFrame
        The tables ``role_reasons`` and ``metrics``.

    Returns
    -------
    Series
        Plotly text by the index of ``cells``.
    """
    texts = cells["reason"].map(dict(zip(reasons["reason"], reasons["label"], strict=True)))
    texts = texts.to_numpy(object, copy=True)
    labels = dict(zip(metrics["metric"], metrics["label"], strict=True))
    is_measured = ~cells["no_data"].to_numpy()
    measured = cells.loc[is_measured, ["metric", "label"]].itertuples(index=False)
    texts[is_measured] += [f"<br>{labels[metric]}: {label}" for metric, label in measured]
    return pd.Series(texts, index=cells.index)


def role_sentence(exercise: str, muscle: str, role: str, reason: pd.Series) -> str:
    """Role of a muscle in an exercise, and why; Markdown.

    Parameters
    ----------
    exercise, muscle : str
        Names.
    role : str
        Code of the role.
    reason : Series
        Row of ``role_reasons``.
    """
    return (
        f"**{escaped(muscle)} in {escaped(exercise)}**: {ROLE_LABELS[role].lower()} "
        f"(expert role). {escaped(reason['explanation'])}"
    )


def roles_list(roles: pd.DataFrame, names: pd.Series) -> str:
    """Which muscles play which role in one exercise, or one muscle in which exercises; Markdown.

    Parameters
    ----------
    roles : DataFrame
        ``role`` of one exercise by ``muscle_id``, or of one muscle by ``exercise_id``.
    names : Series
        Name of each of these muscles or exercises, by code.
    """
    of_exercise = names.index.name == "muscle_id"
    codes = roles[str(names.index.name)]
    lines = []
    for role in ROLES[:-1]:
        own = [escaped(name) for name in names[codes[roles["role"].eq(role)]]]
        if own:
            label = ROLE_LABELS[role] + ("s" if of_exercise else " in")
            lines.append(f"- {label} ({len(own)}): {'; '.join(own)}")
    n_none = int(roles["role"].eq("none").sum())
    if n_none:
        things = ("muscle" if of_exercise else "exercise") + ("" if n_none == 1 else "s")
        lines.append(f"- No part{'' if of_exercise else ' in'}: {number(n_none)} {things}")
    return "\n".join(lines)


def row_sentence(rows: pd.DataFrame, name: str, *, single: bool) -> str:
    """How much was measured of one exercise, or of one muscle; Markdown.

    Parameters
    ----------
    rows : DataFrame
        Result of :func:`spotcheck.muscles.measurements_for` of it.
    name : str
        Its name.
    single : bool
        Whether single-person figures are shown and counted.
    """
    counted_rows = rows[rows["grade"].ne("not_verified")]
    if not single:
        counted_rows = counted_rows[~counted_rows["is_single_person"]]
    if counted_rows.empty:
        return f"We know of no number for {escaped(name)} that we could show. " + (
            "That is not the same as zero."
        )
    n, n_studies = counted_rows["measurement_id"].nunique(), counted_rows["study_id"].nunique()
    return (
        f"{counted(n).capitalize()} {'number' if n == 1 else 'numbers'} from {counted(n_studies)} "
        f"{'source' if n_studies == 1 else 'sources'} for {escaped(name)}."
    )


def measured_sentence(rows: pd.DataFrame, *, single: bool) -> str:
    """What was measured of one exercise and one muscle, in words.

    Parameters
    ----------
    rows : DataFrame
        Result of :func:`spotcheck.muscles.measurements_for`.
    single : bool
        Whether single-person figures are shown.
    """
    if rows.empty:
        return NOT_MEASURED
    shown = rows[rows["grade"].ne("not_verified")]
    if shown.empty:
        return "The only figure we know of is from memory, so we do not show it as measured."
    people = shown[~shown["is_single_person"]]
    if people.empty and not single:
        return (
            "Only one person has been measured, as far as we know; "
            "“Single-person studies” shows the figures."
        )
    counted_rows = shown if single else people
    n_sources = counted_rows["study_id"].nunique()
    numbers = "number" if len(counted_rows) == 1 else "numbers"
    sources = "source" if n_sources == 1 else "sources"
    first = (
        f"{counted(len(counted_rows)).capitalize()} {numbers} from {counted(n_sources)} {sources}."
    )
    return f"{first} {disagreement(people)}".strip()


def disagreement(rows: pd.DataFrame) -> str:
    """Sentence on studies that differ on one scale by half or more; empty when they do not.

    Parameters
    ----------
    rows : DataFrame
        Measurements of one exercise and muscle, with ``study_id``, ``metric``, ``unit``,
        ``value``, ``citation`` and ``is_default``.
    """
    plain = rows[rows["is_default"] & rows["value"].notna()]
    for _, same in plain.groupby("metric", sort=False):
        low, high = same["value"].min(), same["value"].max()
        lowest = set(same.loc[same["value"].eq(low), "study_id"])
        highest = set(same.loc[same["value"].eq(high), "study_id"])
        if high >= 1.5 * low and not lowest & highest:
            first, last = (same.loc[same["value"].idxmin()], same.loc[same["value"].idxmax()])
            return (
                f"Studies disagree here: {value_label(low, low)} ({escaped(first['citation'])}) "
                f"and {_with_unit(value_label(high, high), last['unit'])} "
                f"({escaped(last['citation'])}). We show both and do not average them."
            )
    return ""


def dots_of(rows: pd.DataFrame, *, single: bool) -> pd.DataFrame:
    """Measurements as the dots of a picture, scale by scale; nothing from memory is among them.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`spotcheck.muscles.measurements_for`, with the names ``exercise`` and
        ``muscle``.
    single : bool
        Whether single-person figures are shown.

    Returns
    -------
    DataFrame
        The columns of ``rows``, and ``label`` (form and source, a line each; before them the
        exercise and the muscle where there are several), ``low`` and ``high`` (ends of the
        published spread; missing without one) and ``text``, what the hover says.
    """
    kept = rows[rows["grade"].ne("not_verified")]
    if not single:
        kept = kept[~kept["is_single_person"]]
    scales = {metric: place for place, metric in enumerate(kept["metric"].drop_duplicates())}
    kept = kept.sort_values("metric", key=lambda codes: codes.map(scales), kind="stable")
    low = kept["value_low"].fillna(kept["value"] - kept["sd"]).clip(lower=0)
    high = kept["value_high"].fillna(kept["value"] + kept["sd"])
    differing = [name for name in ("exercise", "muscle") if len(set(rows[name])) > 1]
    records = kept.to_dict("records")
    labels, texts = [], []
    for row in records:
        form = _form(row)
        of = ", ".join(str(row[column]) for column in differing)
        labels.append(f"{of}{': ' if of else ''}{form}\n{row['citation']}")
        value = (
            value_label(row["value"], row["value"])
            if pd.notna(row["value"])
            else value_label(row["value_low"], row["value_high"])
        )
        parts = [f"<b>{value}</b> {row['unit']}", spread(row), _people(row)]
        form = ", ".join(part for part in (row["wording"], _load(row)) if part)
        lines = [", ".join(part for part in parts if part), form, row["citation"]]
        texts.append("<br>".join(part for line in lines for part in textwrap.wrap(line, 44)))
    return kept.assign(low=low, high=high, label=labels, text=texts).reset_index(drop=True)


def strips_of(rows: pd.DataFrame, roles: pd.DataFrame, *, by: str, single: bool) -> pd.DataFrame:
    """Measurements of a whole row or column of the matrix, as the lines of a picture.

    Only the plain form on the trained limb is taken, so that what stands in one line can be
    compared.

    Parameters
    ----------
    rows : DataFrame
        As for :func:`dots_of`.
    roles : DataFrame
        ``exercise_id``, ``muscle_id``, ``role``.
    by : str
        What the lines stand for: ``muscle``, led by those that lead, or ``exercise``, led by the
        highest number of each scale.
    single : bool
        Whether single-person figures are shown.

    Returns
    -------
    DataFrame
        Result of :func:`dots_of`, and ``row``: name and role of each line.

    Raises
    ------
    ValueError
        If ``by`` is not one of the two.
    """
    if by not in ("exercise", "muscle"):
        raise ValueError(f"by is {by!r}; allowed are exercise, muscle.")
    dots = dots_of(rows[rows["is_default"]], single=single)
    dots = dots.merge(roles[[*_CELL, "role"]], on=_CELL, how="left")
    dots["row"] = dots[by] + ", " + dots["role"].map(ROLE_LABELS).str.lower()
    scale = dots["metric"].map({metric: at for at, metric in enumerate(dots["metric"].unique())})
    if by == "muscle":
        dots["rank"] = dots["role"].map(ROLES.index)
    else:
        highest = dots["value"].fillna(dots["high"])
        dots["rank"] = -highest.groupby([dots["metric"], dots["exercise_id"]]).transform("max")
    order = ["scale", "rank", f"{by}_id"]
    return dots.assign(scale=scale).sort_values(order, kind="stable", ignore_index=True)


def measurement_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Measurements as a table for readers, with what is from memory marked as such."""
    table = rows.assign(spread=[spread(row) for row in rows.to_dict("records")])
    table["grade"] = table["grade"].astype("object").map(GRADE_LABELS)
    columns = {
        "exercise": "Exercise", "muscle": "Muscle", "wording": "As the study words it",
        "load": "Load", "limb": "Limb", "phase": "Phase", "portion": "Part measured",
        "metric_label": "Scale", "value": "Value", "value_low": "Low", "value_high": "High",
        "spread": "Spread", "n": "n", "sex": "Sex",
        "citation": "Study", "doi": "DOI", "status": "Status", "grade": "Evidence",
    }  # fmt: skip
    return table[list(columns)].rename(columns=columns)


def claim_sentence(claim: dict[Any, Any], thing: str) -> str:
    """What an article says about an exercise or a muscle, in our words, and our verdict; Markdown.

    Parameters
    ----------
    claim : dict
        Row of :func:`closest_claims`.
    thing : str
        What its claims name: ``exercise`` or ``muscle``.
    """
    n_claims = claim["n_claims"]
    more = f" {counted(n_claims).capitalize()} of its claims name this {thing}."
    verdict = str(claim["verdict"]).replace("_", " ")
    return (
        f"Article {claim['article_id']}: {escaped(claim['claim'])} (our verdict: {verdict})."
        f"{more if n_claims > 1 else ''}"
    )


def _form(row: dict[Any, Any]) -> str:
    part = "" if row["portion"] == row["muscle"] else f" ({row['portion'].lower()})"
    return f"{row['wording']}{part}"


def closest_claims(
    claim_mentions: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    exercise_id: str | None = None,
    muscle_ids: Collection[str] = (),
) -> pd.DataFrame:
    """Claim of each article that comes closest to an exercise, or to muscles.

    Parameters
    ----------
    claim_mentions, claims : DataFrame
        The tables of these names.
    exercise_id : str, optional
        The exercise; without one, the claims that name one of the muscles are taken.
    muscle_ids : collection of str
        Muscles; of an exercise's claims one that names one of them comes first.

    Returns
    -------
    DataFrame
        Rows of ``claims``, at most one an article, and ``n_claims``: how many claims of this
        article name the exercise or the muscles.
    """
    on_muscles = claim_mentions["muscle_id"].isin(list(muscle_ids))
    naming = on_muscles if exercise_id is None else claim_mentions["exercise_id"].eq(exercise_id)
    rows = claims[claims["claim_id"].isin(claim_mentions.loc[naming, "claim_id"])]
    is_far = ~rows["claim_id"].isin(claim_mentions.loc[on_muscles, "claim_id"])
    rows = rows.assign(
        is_far=is_far, n_claims=rows.groupby("article_id")["claim_id"].transform("size")
    )
    rows = rows.sort_values(["article_id", "is_far"], kind="stable")
    return rows.drop_duplicates("article_id").drop(columns="is_far").reset_index(drop=True)


def _people(source: dict[Any, Any]) -> str:
    """How many were measured, and of which sex; empty where the source does not say."""
    if pd.isna(source["n"]) or "one person" in source["citation"]:
        return ""
    if source["n"] == 1:
        return "one person"
    return f"n {source['n']:.0f} {_SEXES.get(source['sex'], '')}".rstrip()


def _load(source: dict[Any, Any]) -> str:
    """What was moved; empty where that is the body alone, or not known."""
    return "" if pd.isna(source["load"]) or source["load"] == "body weight" else source["load"]


def _wrapped(line: str) -> list[str]:
    """Lines that fit into the hover of a phone, safe against Plotly's own tags."""
    safe = line.replace("&", "&amp;").replace("<", "&lt;")
    return textwrap.wrap(safe, _HOVER_LETTERS)


def _with_unit(label: str, unit: str) -> str:
    r"""Number with its unit, kept on one line.

    Examples
    --------
    >>> _with_unit("108", "% of MVIC")
    '108\xa0% of MVIC'
    """
    return f"{label}{NBSP}{unit}".rstrip(NBSP)
