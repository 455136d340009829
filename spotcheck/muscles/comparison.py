"""A few exercises beside each other: what can be compared, by how much they differ, in words.

Everything takes and gives DataFrames; nothing here reads a file. ``cells`` are always rows of
:func:`spotcheck.muscles.matrix` of the exercises and muscles compared, with ``sources``, the
citations of each cell. Exercises are numbered from 1 in the order in which they were chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import pandas as pd

from spotcheck.muscles.estimate_words import NO_CO_CONTRACTION
from spotcheck.muscles.estimates import BANDS, METRIC
from spotcheck.muscles.evidence import value_label
from spotcheck.muscles.order import ROLES
from spotcheck.muscles.story import GRADE_LABELS, GROUP_WORDS, ROLE_LABELS
from spotcheck.wording import NBSP, counted, joined, number

NOT_COMPARABLE = "not comparable"
"""Said of a muscle that fewer than two exercises have a number for on one scale."""

THE_SAME = "the same"
"""Said of a muscle that has one role in all exercises."""

_CELL = ["exercise_id", "muscle_id"]
_PARTS = {
    "prime_mover": "leads",
    "synergist": "helps",
    "stabilizer": "steadies",
    "antagonist": "works against",
    "none": "no part",
}


def shared_metric(cells: pd.DataFrame, metrics: pd.DataFrame) -> str | None:
    """Scale on which most muscles were measured in two exercises or more.

    Parameters
    ----------
    cells : DataFrame
        Columns ``exercise_id``, ``muscle_id`` and ``metric``, missing where nothing was measured.
    metrics : DataFrame
        Columns ``metric`` and ``sequence``, which decides between equals.

    Returns
    -------
    str or None
        Of equals the scale with most cells; None where nothing was measured.

    Examples
    --------
    >>> cells = pd.DataFrame({
    ...     "exercise_id": ["run", "squat", "run", "squat"],
    ...     "muscle_id": ["soleus", "soleus", "gracilis", "gracilis"],
    ...     "metric": ["mean", "mean", "peak", None],
    ... })
    >>> shared_metric(cells, pd.DataFrame({"metric": ["peak", "mean"], "sequence": [1, 2]}))
    'mean'
    """
    measured = cells.dropna(subset="metric")
    if measured.empty:
        return None
    per_muscle = measured.groupby(["metric", "muscle_id"]).size()
    n_shared = per_muscle.ge(2).groupby("metric").sum()
    n_cells = per_muscle.groupby("metric").sum()
    first = metrics.set_index("metric")["sequence"]
    return str(min(n_cells.index, key=lambda code: (-n_shared[code], -n_cells[code], first[code])))


def comparable_muscles(cells: pd.DataFrame, metric: str | None) -> tuple[str, ...]:
    """Muscles that two exercises or more have a number for on one scale, in the cells' order."""
    on_scale = cells.loc[cells["metric"].eq(metric or ""), "muscle_id"]
    twice = on_scale[on_scale.duplicated(keep=False)]
    return tuple(str(code) for code in twice.drop_duplicates())


def published_numbers(
    sources: pd.DataFrame, measurements: pd.DataFrame, metric: str | None
) -> pd.DataFrame:
    """Every published number on one scale, with its spread.

    Parameters
    ----------
    sources : DataFrame
        Result of :func:`spotcheck.muscles.story.sources_of`.
    measurements : DataFrame
        The table ``engagement_measurements``.
    metric : str or None
        The scale; None gives no rows.

    Returns
    -------
    DataFrame
        ``exercise_id``, ``muscle_id``, ``measurement_id``, ``grade``, ``citation``, ``value``
        (missing where only a range is published), ``low`` and ``high``: ends of the published
        range, or one standard deviation on both sides, not below 0; missing without a spread.
    """
    rows = sources.loc[
        sources["metric"].eq(metric or ""), [*_CELL, "measurement_id", "grade", "citation"]
    ]
    numbers = measurements[["measurement_id", "value", "value_low", "value_high", "sd"]]
    rows = rows.merge(numbers, on="measurement_id")
    low = rows["value_low"].fillna((rows["value"] - rows["sd"]).clip(lower=0))
    high = rows["value_high"].fillna(rows["value"] + rows["sd"])
    return rows.assign(low=low, high=high).drop(columns=["value_low", "value_high", "sd"])


def difference_table(
    cells: pd.DataFrame,
    exercises: Sequence[str],
    muscles: pd.DataFrame,
    *,
    metric: str | None,
    is_role: bool,
) -> pd.DataFrame:
    """Muscle by muscle, what each exercise has and how far apart the two farthest are.

    Parameters
    ----------
    cells : DataFrame
        Cells compared.
    exercises : sequence of str
        Codes, in the order of their numbers.
    muscles : DataFrame
        Rows of the table ``muscles``, in the order wanted.
    metric : str or None
        Scale that is compared; see :func:`shared_metric`. On the scale of the lens of the model,
        bands are compared.
    is_role : bool
        Compare coded roles, not numbers.

    Returns
    -------
    DataFrame
        ``muscle_id``, ``muscle``, one column an exercise (its number as text) with its role or
        value and the evidence grade, and ``difference``: for numbers only where two or more are on
        ``metric``, else :data:`NOT_COMPARABLE`.
    """
    found = {(row["exercise_id"], row["muscle_id"]): row for row in cells.to_dict("records")}
    rows = []
    for muscle in muscles.to_dict("records"):
        own = [found[code, muscle["muscle_id"]] for code in exercises]
        if is_role:
            words, difference = list(map(_role_words, own)), role_difference(own)
        elif metric == METRIC:
            words = list(map(_band_words, own))
            difference = band_difference(
                [None if cell["no_data"] else cell["label"] for cell in own]
            )
        else:
            words, difference = list(map(_value_words, own)), _difference(own, metric)
        rows.append(
            {"muscle_id": muscle["muscle_id"], "muscle": muscle["name"]}
            | {str(place): word for place, word in enumerate(words, 1)}
            | {"difference": difference}
        )
    return pd.DataFrame(rows)


def role_difference(cells: Sequence[dict[Any, Any]]) -> str:
    """Strongest and weakest role of one muscle, and the numbers of the exercises that have them.

    Examples
    --------
    >>> role_difference([{"role": "synergist"}, {"role": "none"}, {"role": "synergist"}])
    'helps (1, 3), no part (2)'
    >>> role_difference([{"role": "none"}, {"role": "none"}])
    'the same'
    """
    roles = [cell["role"] for cell in cells]
    ends = [min(roles, key=ROLES.index), max(roles, key=ROLES.index)]
    if ends[0] == ends[1]:
        return THE_SAME
    return ", ".join(
        f"{_PARTS[end]} ({', '.join(str(n) for n, role in enumerate(roles, 1) if role == end)})"
        for end in ends
    )


def role_title(cells: pd.DataFrame, names: dict[str, str]) -> str:
    """How many muscles each exercise leads.

    Parameters
    ----------
    cells : DataFrame
        Cells compared.
    names : dict
        Name of each exercise, by code, in the order of their numbers.
    """
    led = cells[cells["role"].eq("prime_mover")].groupby("exercise_id").size()
    n_muscles = cells["muscle_id"].nunique()
    first, *others = [(name, int(led.get(code, 0))) for code, name in names.items()]
    of = f"of {n_muscles} muscles" if n_muscles > 1 else "of one muscle"
    parts = [f"{first[0]} leads {first[1]} {of}"] + [f"{name} {n}" for name, n in others]
    return ", ".join(parts)


def role_definition(cells: pd.DataFrame, muscles: pd.DataFrame, names: dict[str, str]) -> str:
    """Groups in which only one of the exercises leads a muscle.

    Parameters
    ----------
    cells : DataFrame
        Cells compared.
    muscles : DataFrame
        The table of this name.
    names : dict
        As in :func:`role_title`.
    """
    group = cells["muscle_id"].map(muscles.set_index("muscle_id")["muscle_group"])
    led = cells.assign(group=group)[cells["role"].eq("prime_mover")]
    leaders = led.groupby("group", sort=False)["exercise_id"].agg(lambda codes: set(codes))
    alone = {
        code: [
            GROUP_WORDS[one]
            for one in muscles["muscle_group"].unique()
            if one in leaders.index and leaders[one] == {code}
        ]
        for code in names
    }
    sentences = [
        f"Only {names[code]} leads {joined(groups)}." for code, groups in alone.items() if groups
    ]
    return " ".join(sentences) or "No group of muscles is led by one of them alone."


def band_title(cells: pd.DataFrame, names: dict[str, str]) -> str:
    """In how many muscles each of a few exercises stands high.

    Parameters
    ----------
    cells : DataFrame
        Cells compared, in the lens.
    names : dict
        As in :func:`role_title`.
    """
    filled = cells[~cells["no_data"]]
    known = filled.groupby("exercise_id").size()
    high = filled[filled["label"].eq(BANDS[-1])].groupby("exercise_id").size()
    parts = [
        f"{name} {counted(int(high.get(code, 0)))} of {known[code]}"
        if code in known
        else f"{name} not known"
        for code, name in names.items()
    ]
    return f"Muscles that work hard: {'; '.join(parts)}"


def band_definition(cells: pd.DataFrame) -> str:
    """How much of what is compared is measured, and how much modelled.

    Parameters
    ----------
    cells : DataFrame
        Cells compared, in the lens.
    """
    n_measured, n_empty = int(cells["is_measured"].sum()), int(cells["no_data"].sum())
    n_model = len(cells) - n_measured - n_empty
    return (
        f"{number(n_measured)} of {number(len(cells))} cells are measured, {number(n_model)} "
        f"estimated by a model of still poses; for {number(n_empty)} neither is known, which is "
        f"not zero. {NO_CO_CONTRACTION}"
    )


def band_difference(bands: list[str | None]) -> str:
    """Highest and lowest band of one muscle, and the numbers of the exercises that have them.

    Parameters
    ----------
    bands : list of str or None
        Band in each exercise, in the order of their numbers; None where none is known.

    Examples
    --------
    >>> band_difference(["low", "high", "low"]), band_difference(["low", None, "low"])
    ('high (2), low (1, 3)', 'the same')
    >>> band_difference(["low", None])
    'not comparable'
    """
    known = [band for band in bands if band is not None]
    if len(known) < 2:
        return NOT_COMPARABLE
    ends = [max(known, key=BANDS.index), min(known, key=BANDS.index)]
    if ends[0] == ends[1]:
        return THE_SAME
    return ", ".join(
        f"{end} ({', '.join(str(n) for n, band in enumerate(bands, 1) if band == end)})"
        for end in ends
    )


def measured_title(cells: pd.DataFrame, names: dict[str, str], muscle_names: Any) -> str:
    """Widest gap between what was published of two exercises on the scale that they share.

    Parameters
    ----------
    cells : DataFrame
        Cells compared, those on the scale only.
    names : dict
        As in :func:`role_title`.
    muscle_names : Series or dict
        Name of each muscle, by code.
    """
    if cells.empty:
        return "None of these has been measured this way"
    pairs = {
        str(muscle): farthest_apart(own.to_dict("records"))
        for muscle, own in cells.groupby("muscle_id", sort=False)
        if len(own) > 1
    }
    if not pairs:
        return "No muscle has been measured in two of these on one scale"
    widest = max(pairs, key=lambda muscle: certain_gap(*pairs[muscle]))
    most, least = pairs[widest]
    if certain_gap(most, least) <= 0:
        return "Where two of these were measured on one scale, their numbers overlap"
    return (
        f"{muscle_names[widest]}: {most['label']}{NBSP}{most['unit']} in "
        f"{names[most['exercise_id']]}, {least['label']} in {names[least['exercise_id']]}"
    )


def certain_gap(most: dict[Any, Any], least: dict[Any, Any]) -> float:
    """Lowest number of one cell less the highest of another [their unit]; below 0 they overlap."""
    return float(most["value_low"] - least["value_high"])


def farthest_apart(cells: Sequence[dict[Any, Any]]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Two cells of one muscle and scale whose published numbers lie farthest apart, higher first.

    Examples
    --------
    >>> cells = [{"value_low": low, "value_high": high} for low, high in [(20, 90), (10, 12)]]
    >>> farthest_apart(cells)[0]
    {'value_low': 20, 'value_high': 90}
    """
    return max(permutations(cells, 2), key=lambda pair: certain_gap(*pair))


def measured_definition(cells: pd.DataFrame, metric: str | None) -> str:
    """How much of what is compared was measured, and what is left out.

    Parameters
    ----------
    cells : DataFrame
        Cells compared.
    metric : str or None
        Scale that is compared.
    """
    n_muscles, n_both = cells["muscle_id"].nunique(), len(comparable_muscles(cells, metric))
    elsewhere = int((cells["metric"].notna() & cells["metric"].ne(metric or "")).sum())
    missing = int(cells["metric"].isna().sum())
    parts = [
        f"{counted(n_both).capitalize()} of {counted(n_muscles)} muscles can be compared: two or "
        "more of these exercises have a number on one scale."
    ]
    if elsewhere:
        are = "number stands" if elsewhere == 1 else "numbers stand"
        parts.append(f"{counted(elsewhere).capitalize()} {are} on other scales, in the table only.")
    parts.append(
        f"For {counted(missing)} of {len(cells)} cells we know of no number, which is not zero."
    )
    return " ".join(parts)


def _role_words(cell: dict[Any, Any]) -> str:
    label = ROLE_LABELS[cell["role"]]
    if cell["no_data"]:
        return f"{label} ({GRADE_LABELS['expert_role']})"
    return f"{label} (measured: {GRADE_LABELS[cell['grade']]})"


def _band_words(cell: dict[Any, Any]) -> str:
    if cell["no_data"]:
        return "not known"
    return f"{cell['label']} ({GRADE_LABELS[cell['grade']]})"


def _value_words(cell: dict[Any, Any]) -> str:
    if cell["no_data"]:
        return "not measured"
    return f"{cell['label']}{NBSP}{cell['unit']} ({GRADE_LABELS[cell['grade']]})"


def _difference(cells: Sequence[dict[Any, Any]], metric: str | None) -> str:
    own = [dict(cell, n=n) for n, cell in enumerate(cells, 1) if cell["metric"] == metric]
    if len(own) < 2:
        return NOT_COMPARABLE
    most, least = farthest_apart(own)
    low, high = certain_gap(most, least), most["value_high"] - least["value_low"]
    if low < 0:
        return "the published numbers overlap"
    if high == 0:
        return "the same number"
    shared = set(str(most["sources"]).split("; ")) & set(str(least["sources"]).split("; "))
    source = "one study has both" if shared else "different studies"
    return f"{value_label(low, high)} ({most['n']} over {least['n']}, {source})"
