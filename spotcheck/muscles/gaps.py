"""What has not been measured: how many studies stand behind each exercise and muscle.

Every form, limb and scale of an exercise counts here, so that only what nobody measured at all is
called a gap. Single people and figures from memory are counted apart. Everything takes and gives
DataFrames; nothing here reads a file.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from spotcheck.muscles.evidence import value_label
from spotcheck.wording import counted, escaped, joined, number, percent

KINDS: Final = ("studied", "single_person", "from_memory", "none")
"""What is known of a pair, best first: studies of several people; one person only; only a figure
that we have not seen in print; nothing."""

_MOST_NAMES = 8


def known_rows(
    measurements: pd.DataFrame, variants: pd.DataFrame, portion_members: pd.DataFrame
) -> pd.DataFrame:
    """Measurements with the exercise and every muscle that they stand for.

    Parameters
    ----------
    measurements, variants, portion_members : DataFrame
        The tables ``engagement_measurements``, ``exercise_variants`` and
        ``muscle_portion_members``. A measured group of muscles stands for each of them.

    Returns
    -------
    DataFrame
        ``exercise_id``, ``muscle_id``, ``measurement_id``, ``study_id`` and ``kind``, one of
        :data:`KINDS` but the last; without numbers that repeat another one of their pair
        and kind.
    """
    rows = measurements.merge(variants[["variant_id", "exercise_id"]], on="variant_id")
    rows = rows.merge(portion_members[["portion_id", "muscle_id"]], on="portion_id")
    rows["kind"] = KINDS[0]
    rows.loc[rows["status"].eq("from_memory"), "kind"] = "from_memory"
    rows.loc[rows["is_single_person"], "kind"] = "single_person"
    like = ["exercise_id", "muscle_id", "kind"]
    present = pd.MultiIndex.from_frame(rows[[*like, "measurement_id"]])
    repeated = pd.MultiIndex.from_frame(rows[[*like, "repeats_measurement_id"]])
    columns = ["exercise_id", "muscle_id", "measurement_id", "study_id", "kind"]
    return rows.loc[~repeated.isin(present), columns].reset_index(drop=True)


def gap_map(
    known: pd.DataFrame, exercises: pd.DataFrame, muscles: pd.DataFrame, *, by: str = "exercise_id"
) -> pd.DataFrame:
    """Studies behind every exercise, or family of exercises, and muscle.

    Parameters
    ----------
    known : DataFrame
        Result of :func:`known_rows`.
    exercises, muscles : DataFrame
        Exercises and muscles to show, in their order.
    by : str
        Column of ``exercises`` whose values are the rows of the map: ``exercise_id`` or
        ``family``.

    Returns
    -------
    DataFrame
        One row a row of the map and muscle: the column named by ``by``, ``muscle_id``,
        ``n_exercises`` (exercises of the row), ``n_exercises_studied``, ``n_studies``,
        ``n_measurements``, ``n_single_person``, ``n_from_memory`` (numbers) and ``kind``. Studies
        and measurements of single people and from memory are in the last two counts only.

    Raises
    ------
    ValueError
        If ``by`` is not one of the two columns.
    """
    if by not in ("exercise_id", "family"):
        raise ValueError(f"by is {by!r}; allowed are exercise_id, family.")
    shown = exercises[["exercise_id"]].assign(key=exercises[by])
    rows = known.merge(shown, on="exercise_id").merge(muscles[["muscle_id"]], on="muscle_id")
    cell = ["key", "muscle_id"]
    studied = rows[rows["kind"].eq("studied")].groupby(cell)
    counts = pd.DataFrame(
        {
            "n_exercises_studied": studied["exercise_id"].nunique(),
            "n_studies": studied["study_id"].nunique(),
            "n_measurements": studied["measurement_id"].nunique(),
            "n_single_person": rows[rows["kind"].eq("single_person")].groupby(cell).size(),
            "n_from_memory": rows[rows["kind"].eq("from_memory")].groupby(cell).size(),
        }
    )
    sizes = shown.groupby("key", sort=False).size().rename("n_exercises").reset_index()
    grid = sizes.merge(muscles[["muscle_id"]], how="cross")
    grid = grid.merge(counts.reset_index(), on=cell, how="left").fillna(dict.fromkeys(counts, 0))
    grid = grid.astype(dict.fromkeys(counts, "int64"))
    grid["kind"] = KINDS[3]
    for kind in reversed(KINDS[:3]):
        column = "n_studies" if kind == "studied" else f"n_{kind}"
        grid.loc[grid[column].gt(0), "kind"] = kind
    columns = [*cell, "n_exercises", *counts.columns, "kind"]
    return grid[columns].rename(columns={"key": by})


def finding(cells: pd.DataFrame) -> str:
    r"""Share of the pairs that nobody measured.

    Parameters
    ----------
    cells : DataFrame
        Result of :func:`gap_map` by exercise; at least one row.

    Examples
    --------
    >>> finding(pd.DataFrame({"kind": ["none", "none", "none", "studied"]}))
    'Nobody has measured 75\xa0% of these 4 pairs, as far as we know'
    """
    n_empty = int(cells["kind"].eq("none").sum())
    these = f"these {number(len(cells))} pairs" if len(cells) > 1 else "this pair"
    if n_empty == 0:
        return f"Each of {these} has at least one number" if len(cells) > 1 else "It has a number"
    if n_empty == len(cells):
        return f"Nobody has measured any of {these}, as far as we know"
    # Neither nothing nor everything may come out of rounding.
    share = min(max(n_empty / len(cells), 0.01), 0.99)
    return f"Nobody has measured {percent(share)} of {these}, as far as we know"


def counts_sentence(cells: pd.DataFrame) -> str:
    """How many pairs there are of each kind.

    Parameters
    ----------
    cells : DataFrame
        Result of :func:`gap_map` by exercise.
    """
    n = {kind: int(cells["kind"].eq(kind).sum()) for kind in KINDS}
    return (
        "A pair is one exercise and one muscle. "
        f"{number(n['studied'])} pairs were studied in more than one person, "
        f"{number(n['single_person'])} in one person only (△), and of {number(n['from_memory'])} "
        f"we know a figure from memory only (?); for {number(n['none'])} we know of nothing."
    )


def unknown_exercises(cells: pd.DataFrame) -> list[str]:
    """Codes of the exercises of which no muscle was studied in more than one person."""
    studied = cells.groupby("exercise_id", sort=False)["n_studies"].sum()
    return [str(code) for code in studied.index[studied.eq(0)]]


def unknown_muscles(cells: pd.DataFrame) -> list[str]:
    """Codes of the muscles that were not studied in any of the exercises."""
    studied = cells.groupby("muscle_id", sort=False)["n_studies"].sum()
    return [str(code) for code in studied.index[studied.eq(0)]]


def muscles_sentence(cells: pd.DataFrame, muscles: pd.DataFrame) -> str:
    """Which muscles are known least, which best, and why; Markdown.

    Parameters
    ----------
    cells : DataFrame
        Result of :func:`gap_map` by exercise.
    muscles : DataFrame
        The muscles of the map: ``muscle_id``, ``name`` and ``surface_emg``.
    """
    names = muscles.set_index("muscle_id")["name"].map(_lower_first)
    n_exercises = cells["exercise_id"].nunique()
    per_muscle = cells[cells["n_studies"].gt(0)].groupby("muscle_id").size()
    unknown = unknown_muscles(cells)
    parts = []
    if unknown:
        some = _some([names[code] for code in unknown])
        parts.append(f"**Muscles without a study of more than one person here:** {some}.")
    if len(per_muscle):
        low, high = per_muscle.min(), per_muscle.max()
        least, best = (
            _some([names[code] for code in names.index if per_muscle.get(code) == n])
            for n in (low, high)
        )
        parts.append(f"Known best: {best}, in {high} of {n_exercises} {_exercises(n_exercises)}.")
        if low < high:
            others = " of the others" if unknown else ""
            parts.append(f"Known least{others}: {least}, in {counted(low)}.")
    deep = muscles.loc[muscles["surface_emg"].ne("yes"), "name"]
    if len(deep):
        parts.append(
            f"{counted(len(deep)).capitalize()} of these {len(muscles)} muscles cannot be recorded "
            "well by electrodes on the skin, which is one reason."
        )
    return " ".join(parts)


def exercises_sentence(cells: pd.DataFrame, names: pd.Series) -> str:
    """Which exercises nobody studied in more than one person; Markdown.

    Parameters
    ----------
    cells : DataFrame
        Result of :func:`gap_map` by exercise.
    names : Series
        Name of each exercise, by code.
    """
    unknown = unknown_exercises(cells)
    n_exercises = cells["exercise_id"].nunique()
    if not unknown:
        return "Each exercise here has at least one study of more than one person."
    some = _some([_lower_first(names[code]) for code in unknown])
    return (
        f"**Exercises of which no single muscle was studied in more than one person:** "
        f"{counted(len(unknown))} of {n_exercises}, namely {some}."
    )


def report_text(
    exercise: str,
    muscle: str,
    role: pd.Series,
    rows: pd.DataFrame,
    *,
    address: str,
    data_version: str,
) -> str:
    """Plain text that reports a wrong cell: what stands in it now, and room for what is wrong.

    Parameters
    ----------
    exercise, muscle : str
        Names.
    role : Series
        The cell's row of ``engagement_roles``.
    rows : DataFrame
        Result of :func:`spotcheck.muscles.measurements_for`.
    address : str
        Link to the page.
    data_version : str
        Version of the tables.
    """
    action = "" if pd.isna(role["joint_action"]) else f", {role['joint_action']}"
    lines = [
        f"Wrong cell: {exercise}, {muscle}",
        f"Data version: {data_version}",
        f"Page: {address}",
        "",
        f"Role: {role['role']} ({role['reason']}{action}; {role['coded_by']})",
        "Measurements:" if len(rows) else "Measurements: none",
        *(_measurement_line(row) for row in rows.to_dict("records")),
        "",
        "What is wrong:",
        "What is right:",
        "Where it says so (study, page or table, link):",
    ]
    return "\n".join(lines)


def whole_table(
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    portions: pd.DataFrame,
    studies: pd.DataFrame,
) -> pd.DataFrame:
    """Every measurement with its exercise, wording, muscle and source beside it.

    Parameters
    ----------
    measurements, variants, portions, studies : DataFrame
        The tables ``engagement_measurements``, ``exercise_variants``, ``muscle_portions`` and
        ``studies``.
    """
    forms = ["variant_id", "exercise_id", "wording", "load", "limb", "phase", "is_default"]
    names = portions[["portion_id", "name"]].rename(columns={"name": "portion"})
    rows = measurements.merge(variants[forms], on="variant_id", how="left")
    rows = rows.merge(names, on="portion_id", how="left")
    return rows.merge(studies[["study_id", "citation", "doi"]], on="study_id", how="left")


def _measurement_line(row: dict[Any, Any]) -> str:
    value = (
        value_label(row["value"], row["value"])
        if pd.notna(row["value"])
        else value_label(row["value_low"], row["value_high"])
    )
    people = "" if pd.isna(row["n"]) else f", n {row['n']:.0f}"
    return (
        f"- {row['measurement_id']}: {value} {row['unit']} ({row['metric']}), {row['portion']}, "
        f"{row['wording']}{people}, {row['citation']}, {row['status']}"
    )


def _some(names: list[str]) -> str:
    """The first names of a list as words, and how many more there are."""
    shown = [escaped(name) for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        shown.append(f"{counted(len(names) - _MOST_NAMES)} more")
    return joined(shown)


def _exercises(n: int) -> str:
    return "exercise" if n == 1 else "exercises"


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
