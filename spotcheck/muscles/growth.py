"""What muscles did after weeks of training, in words, beside their role and their activity.

Growth and activity are never put on one scale: a row of growth carries its own unit, and what was
measured during the exercise stands next to it as words.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from spotcheck.muscles.order import ROLES
from spotcheck.wording import NBSP, escaped, joined, number

SCALES: Final = ("muscle_volume_change", "thickness_change", "csa_difference")
"""Kinds of outcome, each with its own scale."""

EMG_LENSES: Final = ("activity_mean", "activity_peak", "other_scale")
"""Lenses of the matrix that hold activity."""

COMPARED: Final = ("back_squat_parallel", "hip_thrust", "gluteus_maximus", "gluteal_group")
"""Two exercises that were trained against each other, with the muscle whose activity was measured
in both and the group whose growth was."""

_ROLE_WORDS = {
    "prime_mover": "leads",
    "synergist": "helps",
    "stabilizer": "steadies",
    "antagonist": "works against",
    "none": "has no part",
}
_GREW = {"muscle_volume_change": "grew", "thickness_change": "thickened"}


def outcome_rows(
    outcomes: pd.DataFrame,
    exercises: pd.DataFrame,
    muscles: pd.DataFrame,
    portions: pd.DataFrame,
    portion_members: pd.DataFrame,
    metrics: pd.DataFrame,
    studies: pd.DataFrame,
) -> pd.DataFrame:
    """Outcomes of training studies with the words of a reader, scale by scale, muscle by muscle.

    Parameters
    ----------
    outcomes, exercises, muscles, portions, portion_members, metrics, studies : DataFrame
        The tables of these names (``outcomes`` is ``training_outcomes``, ``portions`` is
        ``muscle_portions``).

    Returns
    -------
    DataFrame
        The columns of ``outcomes``, and ``exercise``, ``portion`` and ``muscle_group`` (names and
        code), ``scale`` (name), ``citation``, ``doi``, ``low`` and ``high`` (ends of the interval
        or one standard deviation to each side, in ``unit``; missing without a spread), ``label``,
        ``people``, ``figure`` and ``spread`` (words).
    """
    members = portion_members.merge(muscles[["muscle_id", "muscle_group", "sequence"]])
    first = members.sort_values("sequence").drop_duplicates("portion_id")
    rows = outcomes.merge(
        exercises[["exercise_id", "short_name"]].rename(columns={"short_name": "exercise"})
    )
    rows = rows.merge(portions[["portion_id", "name"]].rename(columns={"name": "portion"})).merge(
        first[["portion_id", "muscle_group", "sequence"]]
    )
    rows = rows.merge(studies[["study_id", "citation", "doi"]])
    rows["scale"] = rows["outcome"].map(metrics.set_index("metric")["label"])
    rows["low"] = rows["value_low"].fillna(rows["value"] - rows["sd"])
    rows["high"] = rows["value_high"].fillna(rows["value"] + rows["sd"])
    records = rows.to_dict("records")
    words = {"label": _label, "people": _people, "figure": _figure, "spread": _spread}
    rows = rows.assign(**{name: [of(row) for row in records] for name, of in words.items()})
    rows["place"] = rows["outcome"].map(SCALES.index)
    order = ["place", "sequence", "portion_id", "value", "outcome_id"]
    rows = rows.sort_values(order, ascending=[True, True, True, False, True])
    return rows.drop(columns=["place", "sequence"]).reset_index(drop=True)


def finding(rows: pd.DataFrame) -> str:
    """Finding of the outcomes of one scale, as a heading.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`outcome_rows` with one ``outcome``.
    """
    measured = rows.dropna(subset="value")
    if measured.empty:
        return f"{rows['exercise'].iloc[0]}: no number was printed"
    if rows["outcome"].iloc[0] == "csa_difference":
        return _finding_of_difference(measured)
    pair = _widest_pair(measured)
    if pair is not None:
        more, less = pair
        return (
            f"{more['portion']} {_GREW[more['outcome']]} by {_amount(more)} with the "
            f"{_lower(more['exercise'])}, by {_amount(less)} with the {_lower(less['exercise'])}"
        )
    best = measured.iloc[0].to_dict()
    same = measured[measured["portion_id"].eq(best["portion_id"])]
    low, high = number(same["value"].min(), 1), number(same["value"].max(), 1)
    amount = f"{low} to {high}" if low != high else low
    text = f"{best['exercise']}: {_amount_of(amount, best['unit'])} {_more(best)} in one study"
    others = rows[rows["value"].isna() & rows["study_id"].ne(best["study_id"])]
    return f"{text}, no added effect in another" if len(others) else text


def contrast(rows: pd.DataFrame, cells: pd.DataFrame) -> tuple[str, str] | None:
    """Two exercises that differ in activity and not in growth: heading, and the figures behind it.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`outcome_rows`.
    cells : DataFrame
        Measured cells of the lens ``activity_mean``: ``exercise_id``, ``muscle_id``,
        ``value_low``, ``value_high`` and ``label``.

    Returns
    -------
    tuple of str, or None
        Heading and Markdown sentence; None when the growth is not among ``rows``, or when the
        activity does not differ beyond the range of its studies.
    """
    less, more, muscle, portion = COMPARED
    grown = rows[rows["exercise_id"].eq(less) & rows["portion_id"].eq(portion)]
    of_muscle = cells[cells["muscle_id"].eq(muscle)].set_index("exercise_id")
    if grown.empty or not {less, more} <= set(of_muscle.index):
        return None
    low, high = of_muscle.loc[less], of_muscle.loc[more]
    if high["value_low"] <= low["value_high"]:
        return None
    trained = grown.iloc[0]
    return (
        "Hip thrusts show more activity of the gluteus maximus than squats, yet the buttocks "
        "grew alike",
        f"Mean activity of the gluteus maximus, in per cent of a maximal effort: {high['label']} "
        f"in the hip thrust, {low['label']} in the back squat to parallel. Growth over "
        f"{trained['weeks']}{NBSP}weeks ({escaped(trained['citation'])}): similar in both groups, "
        "as its abstract says without a number. Activity and growth were measured in different "
        "people.",
    )


def beside(
    row: dict[Any, Any],
    roles: pd.DataFrame,
    cells: pd.DataFrame,
    members: pd.DataFrame,
    muscles: pd.DataFrame,
    metrics: pd.DataFrame,
) -> str:
    """Role and activity of what a row of growth measured, in words on their own scales; Markdown.

    Parameters
    ----------
    row : dict
        Row of :func:`outcome_rows`.
    roles : DataFrame
        The table ``engagement_roles``.
    cells : DataFrame
        Measured cells of :data:`EMG_LENSES`: ``exercise_id``, ``muscle_id``, ``metric``,
        ``label``, ``grade``.
    members, muscles, metrics : DataFrame
        The tables ``muscle_portion_members``, ``muscles`` and ``metrics``.
    """
    codes = members.loc[members["portion_id"].eq(row["portion_id"]), "muscle_id"]
    named = muscles[muscles["muscle_id"].isin(codes)].set_index("muscle_id")["name"]
    # A comma inside a name would read as one of the list.
    names = {code: escaped(_lower(name.replace(",", ""))) for code, name in named.items()}
    own = roles[roles["exercise_id"].eq(row["exercise_id"]) & roles["muscle_id"].isin(codes)]
    by_role = [
        _ROLE_WORDS[role]
        if len(names) == 1
        else f"{_ROLE_WORDS[role]}: " + ", ".join(names[one] for one in names if one in those)
        for role in ROLES
        for those in [set(own.loc[own["role"].eq(role), "muscle_id"])]
        if those
    ]
    found = cells[cells["exercise_id"].eq(row["exercise_id"]) & cells["muscle_id"].isin(codes)]
    scales = metrics.set_index("metric")
    activity = []
    for metric, same in found.groupby("metric", sort=False):
        scale = scales.loc[metric]
        unit = "" if "%" in scale["label"] else f"{NBSP}{scale['unit']}"
        figures = [
            f"{names[one['muscle_id']]} {one['label']}{unit}" for one in same.to_dict("records")
        ]
        activity.append(f"{escaped(_lower(scale['label']))}: {', '.join(figures)}")
    measured = (
        "; ".join(activity)
        if activity
        else "none of the plain exercise that we know of, which is not zero"
    )
    return f"Role (expert): {'; '.join(by_role)}. EMG: {measured}."


def beside_lines(
    rows: pd.DataFrame,
    roles: pd.DataFrame,
    cells: pd.DataFrame,
    members: pd.DataFrame,
    muscles: pd.DataFrame,
    metrics: pd.DataFrame,
) -> list[str]:
    """Lines of :func:`beside`, one for all exercises of which it says the same; Markdown.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`outcome_rows`.
    roles, cells, members, muscles, metrics : DataFrame
        As in :func:`beside`.
    """
    exercises: dict[tuple[str, str], list[str]] = {}
    for row in rows.drop_duplicates(["exercise_id", "portion_id"]).to_dict("records"):
        words = beside(row, roles, cells, members, muscles, metrics)
        exercises.setdefault((row["portion"], words), []).append(_lower(row["exercise"]))
    return [
        f"**{escaped(portion)}**, {escaped(joined(names))}. {words}"
        for (portion, words), names in exercises.items()
    ]


def outcome_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Outcomes as a table for readers."""
    columns = {
        "exercise": "Exercise", "portion": "Muscle", "scale": "Scale", "value": "Value",
        "unit": "Unit", "sd": "SD", "value_low": "Low", "value_high": "High",
        "comparator": "Against", "n": "n", "sex": "Sex", "weeks": "Weeks", "citation": "Study",
        "doi": "DOI", "status": "Status", "note": "Note",
    }  # fmt: skip
    return rows[list(columns)].rename(columns=columns)


def source_lines(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Each study once: ``study_id``, ``status`` and who was in it.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`outcome_rows`.
    """
    lines = []
    for (study_id, status), same in rows.groupby(["study_id", "status"], sort=False):
        people = joined(list(dict.fromkeys(same["people"])))
        lines.append((str(study_id), str(status), people))
    return lines


def _finding_of_difference(measured: pd.DataFrame) -> str:
    best = measured.sort_values("value", ascending=False).to_dict("records")
    exercise, comparator = best[0]["exercise"], best[0]["comparator"]
    parts = [f"the {_lower(row['portion'])} by {_amount(row)}" for row in best]
    return f"{exercise} training grew {joined(parts)} more than {comparator} did"


def _widest_pair(measured: pd.DataFrame) -> tuple[dict[Any, Any], dict[Any, Any]] | None:
    """Two exercises of one study that differ most in what they did to the same muscle."""
    pairs = []
    for _, same in measured.groupby(["study_id", "portion_id"], sort=False):
        if len(set(same["exercise_id"])) > 1:
            ends = same.sort_values("value").to_dict("records")
            pairs.append((ends[-1]["value"] - ends[0]["value"], ends[-1], ends[0]))
    if not pairs:
        return None
    _, more, less = max(pairs, key=lambda pair: pair[0])
    return more, less


def _label(row: dict[Any, Any]) -> str:
    side = str(row["note"]).partition(".")[0] if pd.notna(row["note"]) else ""
    leg = f", {side.lower()}" if side in ("Left leg", "Right leg") else ""
    return f"{row['portion']}: {_lower(row['exercise'])}{leg}"


def _people(row: dict[Any, Any]) -> str:
    sex = "sex not seen" if pd.isna(row["sex"]) else row["sex"]
    return f"n{NBSP}{row['n']:.0f}, {sex}, {row['weeks']:.0f}{NBSP}weeks"


def _figure(row: dict[Any, Any]) -> str:
    if pd.isna(row["value"]):
        return _said(row)
    return f"{'+' if row['value'] > 0 else ''}{_amount(row)}"


def _said(row: dict[Any, Any]) -> str:
    """What a study says without a number: the first half of the note."""
    return str(row["note"]).partition(";")[0].partition(".")[0]


def _spread(row: dict[Any, Any]) -> str:
    if pd.isna(row["value"]):
        return "no number"
    if pd.notna(row["value_low"]):
        ends = f"{number(row['value_low'], 1)} to {number(row['value_high'], 1)}"
        return f"95{NBSP}% interval {ends}"
    return f"SD {number(row['sd'], 1)}" if pd.notna(row["sd"]) else "no spread seen"


def _amount(row: dict[Any, Any]) -> str:
    return _amount_of(number(row["value"], 1), row["unit"])


def _amount_of(amount: str, unit: str) -> str:
    return f"{amount}{NBSP}{unit}"


def _more(row: dict[Any, Any]) -> str:
    return "thicker" if row["outcome"] == "thickness_change" else "larger"


def _lower(text: str) -> str:
    """Name inside a sentence; a name like Copenhagen keeps its capital.

    Examples
    --------
    >>> _lower("Full back squat"), _lower("Copenhagen plank")
    ('full back squat', 'Copenhagen plank')
    """
    return text if text.startswith("Copenhagen") else text[:1].lower() + text[1:]
