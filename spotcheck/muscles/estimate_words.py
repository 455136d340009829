"""What the leg model says, in words: hovers, the line of a cell, and the sentences of its lens."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from spotcheck.muscles.estimates import BANDS, FLAGS, STATES
from spotcheck.muscles.evidence import PHYSICS
from spotcheck.muscles.story import GROUP_WORDS
from spotcheck.wording import NBSP, counted, escaped, joined, number, percent

BAND_WORDS: Final = {
    "none": "hardly, 0–10",
    "low": "low, to 40",
    "moderate": "moderate, to 80",
    "high": "high",
}
"""Bands of the colour key, with their limits [% of a maximal effort]."""

SCALE: Final = "Band, % of a maximal effort"
"""Name of the scale of the lens."""

NO_CO_CONTRACTION: Final = "Muscles that tense against each other are not in the model."
"""What an estimate leaves out."""

NOT_NEEDED: Final = "balance does not need it, which does not mean that it rests"
"""What the band "none" of the model means."""

MODEL_NONE: Final = "model: not needed for balance"
"""The same where there is room for few words."""

FLAG_WORDS: Final = {
    "is_outside_range": "a joint bends further than the model holds for",
    "is_bound_hit": "a muscle is at its limit",
    "is_large_reserve": "part of a torque is left over",
    "is_set_by_load": "the load is set as a share of the model's own strength",
}
"""What may be wrong with the poses of an exercise."""

DEFINITION: Final = (
    "Bands of a maximal effort: measured where a study has measured it, else an estimate of a "
    "model of bones, muscles and gravity that holds still poses. A slash means neither, which is "
    "not zero."
)
"""What the colours of the lens mean."""

_PARTS = {
    "heel": ("foot", "feet"),
    "mtp": ("foot", "feet"),
    "ankle": ("ankle", "ankles"),
    "instep": ("instep", "insteps"),
    "knee": ("knee", "knees"),
    "thigh": ("thigh", "thighs"),
    "pelv": ("side of the pelvis", "pelvis"),
    "hip": ("hip", "hips"),
    "back": ("side of the back", "upper back"),
    "shoulder": ("shoulder", "shoulders"),
    "elbow": ("elbow", "elbows"),
    "hand": ("hand", "hands"),
}
_OF_THE_LEG = ("foot", "ankle", "instep", "knee", "thigh")
_WHOLE = ("pelvis", "upper back")
_HOVER_LETTERS = 44


@dataclass(frozen=True)
class Setting:
    """How the model does one exercise.

    Attributes
    ----------
    held : str
        Where the body is held up; empty where nothing holds it.
    load : str
        What is moved beside the body, as the table notes it; empty for the body alone.
    flags : tuple of str
        What may be wrong with its poses, out of :data:`FLAG_WORDS`.
    left_out : str
        Why it has no poses; empty where it has.
    """

    held: str = ""
    load: str = ""
    flags: tuple[str, ...] = ()
    left_out: str = ""


def settings_of(
    phases: pd.DataFrame,
    supports: pd.DataFrame,
    loads: pd.DataFrame,
    free_axes: pd.DataFrame,
    left_out: pd.DataFrame,
) -> dict[str, Setting]:
    """How the model does each exercise.

    Parameters
    ----------
    phases, supports, loads, free_axes, left_out : DataFrame
        The tables ``leg_model_phases``, ``_supports``, ``_loads``, ``_free_axes`` and
        ``_left_out``.

    Returns
    -------
    dict
        Setting by exercise.
    """
    anchors = supports.groupby("exercise_id")["anchor"].agg(lambda own: tuple(dict.fromkeys(own)))
    seats = set(free_axes["exercise_id"])
    first_load = loads.drop_duplicates("exercise_id").set_index("exercise_id")["note"].fillna("")
    flags = phases.groupby("exercise_id", sort=False)[list(FLAGS)].any()
    settings = {
        str(code): Setting(
            held_words(anchors.get(code, ())) or ("seat or floor" if code in seats else ""),
            str(first_load.get(code, "")),
            tuple(FLAG_WORDS[flag] for flag in FLAGS if row[flag]),
        )
        for code, row in flags.to_dict("index").items()
    }
    why = zip(left_out["exercise_id"], left_out["reason"], strict=True)
    return settings | {str(code): Setting(left_out=str(reason)) for code, reason in why}


def held_words(anchors: tuple[str, ...]) -> str:
    """Where the body is held up; the trained leg is the right one.

    Parameters
    ----------
    anchors : tuple of str
        Codes out of ``leg_model_anchors``.

    Examples
    --------
    >>> held_words(("heel_r", "mtp1_r", "heel_l", "back_r", "back_l"))
    'both feet and upper back'
    >>> held_words(("ankle_med_r", "elbow_l"))
    'ankle of the trained leg and one elbow'
    """
    sides: dict[tuple[str, str], set[str]] = {}
    for anchor in anchors:
        part = next(words for code, words in _PARTS.items() if anchor.startswith(code))
        sides.setdefault(part, set()).add(anchor[-1])
    words = []
    for (one, several), found in sides.items():
        if len(found) == 2:
            words.append(several if several in _WHOLE else f"both {several}")
        elif one not in _OF_THE_LEG:
            words.append(f"one {one}")
        else:
            words.append(f"{one} of the trained leg" if found == {"r"} else f"the other {one}")
    return joined(words) if words else ""


def hover_texts(
    cells: pd.DataFrame,
    said: pd.Series,
    drives: pd.DataFrame,
    settings: Mapping[str, Setting],
    *,
    brief: bool,
) -> pd.Series:
    """What the pictures of the lens say of each cell.

    Parameters
    ----------
    cells : DataFrame
        Result of :func:`spotcheck.muscles.estimates.lens_cells`.
    said : Series
        What else is said of each cell, before it; the same index. It may be empty.
    drives : DataFrame
        Result of :func:`spotcheck.muscles.estimates.drives_of`.
    settings : mapping
        Result of :func:`settings_of`.
    brief : bool
        For a large picture, which says once what the model leaves out: the band, and the torque
        that calls it.

    Returns
    -------
    Series
        Plotly text by the index of ``cells``.
    """
    called = drive_rows(drives)
    words = _brief_lines if brief else _lines
    texts = []
    columns = [
        "exercise_id", "muscle_id", "state", "model_band", "is_measured", "label", "is_set_by_load",
    ]  # fmt: skip
    for row, text in zip(cells[columns].to_dict("records"), said, strict=True):
        own = settings.get(row["exercise_id"], Setting())
        lines = words(row, called.get((row["exercise_id"], row["muscle_id"])), own)
        texts.append("<br>".join([text, *lines] if text else lines))
    return pd.Series(texts, index=cells.index, dtype=object)


def drive_rows(drives: pd.DataFrame) -> dict[tuple[str, str], dict[Any, Any]]:
    """Rows of :func:`spotcheck.muscles.estimates.drives_of` by exercise and muscle."""
    return {(row["exercise_id"], row["muscle_id"]): row for row in drives.to_dict("records")}


def drive_words(drive: Mapping[Any, Any] | None, *, brief: bool = False) -> str:
    r"""Joint torque that calls a muscle, with its share of the reference unless ``brief``.

    Examples
    --------
    >>> row = {"direction": "hip adduction", "torque_nm": 117.6, "share": 0.71, "phase": "Top"}
    >>> drive_words(row | {"is_balancing": False})
    'hip adduction, 118\xa0N\xa0m (71\xa0% of reference)'
    >>> drive_words(row | {"is_balancing": True})
    'the pull of other muscles at the same joint'
    >>> drive_words(None)
    ''
    """
    if drive is None:
        return ""
    if drive["is_balancing"]:
        return "the pull of other muscles at the same joint"
    has_share = not (brief or np.isnan(drive["share"]))
    share = f" ({percent(drive['share'])} of reference)" if has_share else ""
    return f"{drive['direction']}, {number(drive['torque_nm'])}{NBSP}N{NBSP}m{share}"


def _lines(row: Mapping[Any, Any], drive: Mapping[Any, Any] | None, own: Setting) -> list[str]:
    """Lines of a hover with room."""
    state, band = row["state"], row["model_band"]
    if state == STATES[3]:
        return ["Model: no part of its leg"]
    if state == STATES[2]:
        return [*_wrapped(f"Not modelled. {own.left_out}")]
    if state == STATES[1]:
        lines = [f"Possible by the model: {band}", "It is not fit to fill this cell"]
    else:
        lines = [f"Model estimate (physics): {band}"]
    if row["is_measured"]:
        lines.append(f"The cell shows what was measured: {row['label']}")
    if band == BANDS[0]:
        lines += _wrapped(f"That is: {NOT_NEEDED}")
    else:
        lines += _wrapped(f"For {drive_words(drive)}")
    if own.held:
        lines += _wrapped(f"Held up: {own.held}")
    if own.flags:
        lines += _wrapped(f"Flags: {'; '.join(own.flags)}")
    return [*lines, *_wrapped(NO_CO_CONTRACTION)]


def _brief_lines(
    row: Mapping[Any, Any], drive: Mapping[Any, Any] | None, own: Setting
) -> list[str]:
    """Line of a hover in a picture of hundreds of cells."""
    state, band = row["state"], row["model_band"]
    if state == STATES[3]:
        return ["Not in the leg model"]
    if state == STATES[2]:
        return ["Not modelled"]
    first = f"{'Possible by the model' if state == STATES[1] else 'Model'}: {band}"
    if row["is_measured"]:
        first = f"Shown: measured, {row['label']}<br>{first}"
    if band == BANDS[0]:
        return [first if state == STATES[1] else f"{first}, not needed for balance"]
    flag = (", set by the load" if row["is_set_by_load"] else ", flagged") if own.flags else ""
    return [first + flag, drive_words(drive, brief=True)]


def cell_sentence(
    row: Mapping[Any, Any], drive: Mapping[Any, Any] | None, own: Setting, *, measured: bool
) -> str:
    """What the model says of one cell, with its torque, support and flags; Markdown.

    Parameters
    ----------
    row : mapping
        Row of :func:`spotcheck.muscles.estimates.states_of`.
    drive : mapping or None
        Its row of :func:`drive_rows`.
    own : Setting
        How the model does the exercise.
    measured : bool
        Whether a share of a maximal effort was measured.
    """
    state, band = row["state"], row["model_band"]
    if state == STATES[3]:
        return "**Leg model:** it has no such muscle."
    if state == STATES[2]:
        return f"**Leg model:** this exercise is not modelled. {escaped(own.left_out)}"
    said = f"**{band}**, grade physics" if state == STATES[0] else f"possible, {band}"
    parts = [f"**Leg model:** {said}."]
    if band == BANDS[0]:
        parts.append(f"That is, {NOT_NEEDED}.")
    elif drive is not None and drive["is_balancing"]:
        parts.append(f"It answers {drive_words(drive)}.")
    elif drive is not None:
        torque, phase = drive_words(drive), escaped(drive["phase"])
        parts.append(f"The torque that calls it: {torque}, at “{phase}”.")
    if own.held:
        parts.append(f"Held up: {own.held}.")
    if own.load:
        parts.append(escaped(own.load))
    if own.flags:
        parts.append(f"Flags: {'; '.join(own.flags)}.")
    if state != STATES[0]:
        parts.append("The model is not fit for this muscle here, so it fills no cell.")
    if measured:
        parts.append("What was measured stands above it.")
    return " ".join([*parts, NO_CO_CONTRACTION])


def band_label(state: str, band: str | None) -> str:
    """What the model says of a cell, for a table.

    Examples
    --------
    >>> band_label("estimated", "none"), band_label("possible", "low")
    ('not needed for balance', 'possible: low')
    >>> band_label("not_modelled", None)
    'not modelled'
    """
    if state not in STATES[:2]:
        return state.replace("_", " ")
    named = "not needed for balance" if band == BANDS[0] else str(band)
    return named if state == STATES[0] else f"possible: {named}"


def shown_label(label: str, grade: str) -> str:
    """Label of a cell of any lens, for a list or a table: an unneeded muscle is no idle one.

    Examples
    --------
    >>> shown_label("none", "physics"), shown_label("none", "pooled"), shown_label("43", "pooled")
    ('not needed for balance', 'hardly any', '43')
    """
    if label != BANDS[0]:
        return label
    return "not needed for balance" if grade == PHYSICS else "hardly any"


def headline(cells: pd.DataFrame, group: str) -> str:
    """In how many of the exercises shown a group of muscles works hard; Markdown.

    Where the model sets the load itself, its band says nothing, and does not count.

    Parameters
    ----------
    cells : DataFrame
        ``exercise_id``, ``label``, ``is_measured``, ``is_set_by_load`` and ``no_data`` of the
        cells of the group in the lens.
    group : str
        Code of the group.
    """
    muscles = GROUP_WORDS[group]
    says = cells["is_measured"] | ~cells["is_set_by_load"]
    filled = cells[~cells["no_data"] & says]
    n_known = filled["exercise_id"].nunique()
    if not n_known:
        return f"Neither a study nor our leg model says how hard your {muscles} work here."
    n_high = filled.loc[filled["label"].eq(BANDS[-1]), "exercise_id"].nunique()
    if n_known == 1:
        verb = "work hard" if n_high else "do not work hard"
        return f"Your {muscles} {verb} in the :primary[one] exercise here that we can judge."
    return (
        f"Your {muscles} work hard in :primary[{n_high or counted(n_high)}] of the {n_known} "
        "exercises here that we can judge."
    )


def agreement(rhos: Mapping[str, float], held_out: float | None = None) -> str:
    """How the estimates rank beside measurements of the same cells.

    Parameters
    ----------
    rhos : mapping
        Rank correlation by ``bodyweight`` and ``barbell``, on exercises that served while the
        model was made.
    held_out : float, optional
        Rank correlation on exercises that were kept apart.

    Examples
    --------
    >>> agreement({"bodyweight": 0.654, "barbell": 0.27})[:72]
    'Rank correlation with measurements: 0.65 with body weight, 0.27 with a b'
    """
    apart = (
        "" if held_out is None else f" On exercises that were kept apart: {number(held_out, 2)}."
    )
    return (
        f"Rank correlation with measurements: {number(rhos['bodyweight'], 2)} with body weight, "
        f"{number(rhos['barbell'], 2)} with a barbell, on exercises that served while the model "
        f"was made.{apart}"
    )


def uncertainty(cells: pd.DataFrame, agreement: str) -> str:
    """How much of the picture is measured and how much estimated, and how good estimates are.

    Parameters
    ----------
    cells : DataFrame
        Cells of the lens that the picture shows.
    agreement : str
        Result of :func:`agreement`.
    """
    n_cells, n_measured = len(cells), int(cells["is_measured"].sum())
    n_model = int(cells["grade"].eq(PHYSICS).sum())
    return (
        f"Of the {number(n_cells)} cells here, {number(n_measured)} show a measurement and "
        f"{number(n_model)} ({percent(n_model / n_cells)}) an estimate of one physical model; the "
        f"rest stay empty. {agreement}"
    )


@cache
def _wrapped(line: str) -> tuple[str, ...]:
    """Lines of a hover; hundreds of cells say the same."""
    return tuple(textwrap.wrap(line, _HOVER_LETTERS))
