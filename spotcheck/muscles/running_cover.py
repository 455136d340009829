"""What the forms of running do for each muscle, against the best strength exercise.

Roles are compared on their five steps. Numbers are compared only on one scale: a muscle that was
measured in running on one scale and in strength exercises on another is a gap, not a comparison.
Everything takes and gives DataFrames; nothing here reads a file.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from spotcheck.muscles.order import ROLES, strongest_role
from spotcheck.wording import NBSP, counted, escaped, joined

VERDICTS: Final = ("running_more", "alike", "strength_more")
"""Who does more for a muscle."""

FORCE, ACTIVE_VOLUME = "force_body_weights", "t2_active_volume_percent"
"""Scales on which running itself was measured."""

_STRENGTH = "strength"
_EASY = "running_easy"
_MUSCLE_COLUMNS = ["muscle_id", "name", "short_name", "muscle_group", "muscle_group_label"]
_MOST_NAMES = 12


def running_forms(exercises: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``exercises`` that are forms of running, in their order."""
    return exercises[exercises["is_running_form"]]


def strength_exercises(exercises: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``exercises`` that are strength exercises, in their order."""
    return exercises[exercises["category"].eq(_STRENGTH)]


def role_cover(
    cells: pd.DataFrame, forms: pd.DataFrame, strength: pd.DataFrame, muscles: pd.DataFrame
) -> pd.DataFrame:
    """Highest role of each muscle in any form of running, and in any strength exercise.

    Parameters
    ----------
    cells : DataFrame
        Rows of :func:`spotcheck.muscles.matrix` of at least these exercises and muscles.
    forms, strength : DataFrame
        Rows of the table ``exercises``: the forms of running, and the strength exercises.
    muscles : DataFrame
        Rows of the table of this name.

    Returns
    -------
    DataFrame
        One row a muscle, in the order of ``muscles``: its ``muscle_id``, ``name``,
        ``short_name``, ``muscle_group`` and ``muscle_group_label``; ``running_role`` and
        ``strength_role``; ``easy_role``, that in easy running; ``running_ids`` and
        ``strength_ids``, the exercises with the highest role (of strength exercises the best
        studied one first); and ``verdict``, one of :data:`VERDICTS`. Without any strength exercise
        ``strength_role`` is missing, and so is the verdict.
    """
    roles = cells.pivot(index="muscle_id", columns="exercise_id", values="role")
    studies = cells.pivot(index="muscle_id", columns="exercise_id", values="n_studies")
    rows = []
    for muscle in muscles[_MUSCLE_COLUMNS].to_dict("records"):
        own = roles.loc[muscle["muscle_id"]]
        running, running_ids = _best(own[forms["exercise_id"]])
        row = muscle | {
            "running_role": running,
            "running_ids": running_ids,
            "easy_role": own[_EASY],
            "strength_role": None,
            "strength_ids": (),
            "verdict": None,
        }
        if len(strength):
            studied = studies.loc[muscle["muscle_id"], strength["exercise_id"]]
            best_studied_first = studied.sort_values(ascending=False, kind="stable").index
            best, best_ids = _best(own[best_studied_first])
            row |= {
                "strength_role": best,
                "strength_ids": best_ids,
                "verdict": _verdict_of_roles(running, best),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def role_finding(cover: pd.DataFrame) -> str:
    """How many muscles lead in running, and how many only in strength exercises.

    Parameters
    ----------
    cover : DataFrame
        Result of :func:`role_cover`; at least one row.

    Examples
    --------
    >>> role_finding(pd.DataFrame({
    ...     "running_role": ["prime_mover", "synergist", "stabilizer"],
    ...     "strength_role": ["prime_mover", "prime_mover", "synergist"],
    ... }))
    '1 of 3 muscles leads in some form of running; 1 more leads only in strength exercises'
    """
    n_muscles = len(cover)
    leads = cover["running_role"].eq(ROLES[0])
    n_led, n_more = int(leads.sum()), int((~leads & cover["strength_role"].eq(ROLES[0])).sum())
    if n_muscles == 1:
        if n_led:
            return "This muscle leads in some form of running"
        rest = ", but in strength exercises" if n_more else ", nor in a strength exercise here"
        return f"This muscle leads in no form of running{rest}"
    if n_led == n_muscles:
        return f"All {counted(n_muscles)} muscles lead in some form of running"
    head = f"{n_led or 'None'} of {n_muscles} muscles {_s('lead', max(n_led, 1))} in some form of"
    if not n_more:
        return f"{head} running; no other leads in a strength exercise here"
    more = f"{n_more} more" if n_led else f"{n_more}"
    return f"{head} running; {more} {_s('lead', n_more)} only in strength exercises"


def easy_sentence(cover: pd.DataFrame) -> str:
    """Which muscles lead in easy running alone; Markdown."""
    names = cover.loc[cover["easy_role"].eq(ROLES[0]), "name"]
    if names.empty:
        return "In easy running alone none of them leads."
    listed = joined([escaped(_lower_first(name)) for name in names])
    return f"In easy running alone {counted(len(names))} {_s('lead', len(names))}: {listed}."


def only_in_strength(cover: pd.DataFrame) -> list[str]:
    """Codes of the muscles that lead in a strength exercise and in no form of running."""
    is_gap = cover["running_role"].ne(ROLES[0]) & cover["strength_role"].eq(ROLES[0])
    return cover.loc[is_gap, "muscle_id"].tolist()


def measured_cover(
    cells: pd.DataFrame, forms: pd.DataFrame, strength: pd.DataFrame, muscles: pd.DataFrame
) -> pd.DataFrame:
    """Numbers of one lens: each form of running, and the best strength exercise on each scale.

    Parameters
    ----------
    cells, forms, strength, muscles : DataFrame
        As in :func:`role_cover`; the cells of one measured lens.

    Returns
    -------
    DataFrame
        One row a measured form and muscle, and one for the strength exercise with the highest
        number of each muscle and scale, one person only where nobody else was measured; muscle by
        muscle. Columns of the muscle as in
        :func:`role_cover`, ``side`` (running, strength), ``exercise_id``, ``metric``, ``unit``,
        ``value``, ``value_low``, ``value_high``, ``label``, ``grade`` and ``is_group_value``.
    """
    measured = cells[~cells["no_data"]]
    of_strength = measured[measured["exercise_id"].isin(strength["exercise_id"])]
    # One person never comes before what groups of people show.
    of_strength = of_strength.assign(is_single=of_strength["grade"].eq("single_person"))
    of_strength = of_strength.sort_values(
        ["is_single", "value_high"], ascending=[True, False], kind="stable"
    )
    sides = {
        "running": measured[measured["exercise_id"].isin(forms["exercise_id"])],
        "strength": of_strength.drop_duplicates(["muscle_id", "metric"]),
    }
    rows = pd.concat([part.assign(side=side) for side, part in sides.items()])
    rows = muscles[_MUSCLE_COLUMNS].merge(rows, on="muscle_id")
    columns = [
        *_MUSCLE_COLUMNS, "side", "exercise_id", "metric", "unit", "value", "value_low",
        "value_high", "label", "grade", "is_group_value",
    ]  # fmt: skip
    return rows[columns].reset_index(drop=True)


def compared(measured: pd.DataFrame) -> pd.DataFrame:
    """Muscles measured in running and in a strength exercise on the same scale.

    Parameters
    ----------
    measured : DataFrame
        Result of :func:`measured_cover`.

    Returns
    -------
    DataFrame
        ``muscle_id``, ``metric`` and ``verdict``: who does more. Ranges that meet are ``alike``;
        of several forms of running the one with the highest number counts.

    Examples
    --------
    >>> compared(pd.DataFrame({
    ...     "muscle_id": ["soleus", "soleus", "soleus"],
    ...     "metric": ["peak", "peak", "force"],
    ...     "side": ["running", "strength", "strength"],
    ...     "value_low": [50.0, 70.0, 3.0],
    ...     "value_high": [60.0, 80.0, 3.0],
    ... })).to_dict("records")
    [{'muscle_id': 'soleus', 'metric': 'peak', 'verdict': 'strength_more'}]
    """
    ordered = measured.sort_values("value_high", ascending=False, kind="stable")
    best = ordered.drop_duplicates(["muscle_id", "metric", "side"])
    ends = ["muscle_id", "metric", "value_low", "value_high"]
    running = best.loc[best["side"].eq("running"), ends]
    strength = best.loc[best["side"].eq("strength"), ends]
    both = running.merge(strength, on=["muscle_id", "metric"], suffixes=("", "_strength"))
    both["verdict"] = VERDICTS[1]
    both.loc[both["value_low"] > both["value_high_strength"], "verdict"] = VERDICTS[0]
    both.loc[both["value_high"] < both["value_low_strength"], "verdict"] = VERDICTS[2]
    return both[["muscle_id", "metric", "verdict"]]


def measured_finding(measured: pd.DataFrame) -> str:
    """What the numbers of a lens allow to say about running and strength exercises.

    Parameters
    ----------
    measured : DataFrame
        Result of :func:`measured_cover`.
    """
    both = compared(measured)
    if both.empty:
        sides = set(measured["side"])
        if "running" not in sides:
            return "Running itself has no number of this kind that we have seen"
        if "strength" not in sides:
            return "Strength exercises here have no number of this kind that we have seen"
        return "No muscle was measured in running and in a strength exercise on one scale"
    n_each = both["verdict"].value_counts()
    n_more, n_less = (int(n_each.get(VERDICTS[place], 0)) for place in (0, 2))
    return (
        f"Of {counted(len(both))} {_s('muscle', len(both), of_many=True)} measured on one scale, "
        f"running does more in {counted(n_more)} and a strength exercise in {counted(n_less)}"
    )


def shown_scales(measured: pd.DataFrame, metrics: pd.DataFrame) -> list[str]:
    """Scales worth a picture: all on which running has a number, and the main one of strength.

    Parameters
    ----------
    measured : DataFrame
        Result of :func:`measured_cover`.
    metrics : DataFrame
        Columns ``metric`` and ``sequence``.
    """
    place = metrics.set_index("metric")["sequence"]
    running = measured.loc[measured["side"].eq("running"), "metric"].unique()
    counts = measured.loc[measured["side"].eq("strength"), "metric"].value_counts()
    main = [min(counts.index, key=lambda one: (-counts[one], place[one]))] if len(counts) else []
    return list(dict.fromkeys([*sorted(running, key=place.get), *main]))


def gaps_sentence(measured: pd.DataFrame, muscles: pd.DataFrame, metrics: pd.DataFrame) -> str:
    """On which scales each side was measured, and in which muscles running was not; Markdown.

    Parameters
    ----------
    measured : DataFrame
        Result of :func:`measured_cover`.
    muscles, metrics : DataFrame
        Muscles shown, and the table ``metrics``.
    """
    labels = metrics.set_index("metric")["label"]
    n_muscles = len(muscles)
    parts = []
    for side, name in (("running", "Running"), ("strength", "Strength exercises")):
        own = measured[measured["side"].eq(side)]
        if own.empty:
            continue
        scales = [f"“{escaped(labels[one])}”" for one in own["metric"].drop_duplicates()]
        on = scales[0] if len(scales) == 1 else f"{counted(len(scales))} different scales"
        n_own = own["muscle_id"].nunique()
        parts.append(
            f"{name}: {n_own} of {n_muscles} {_s('muscle', n_muscles, of_many=True)}, {on}."
        )
    running = set(measured.loc[measured["side"].eq("running"), "muscle_id"])
    missing = muscles.loc[~muscles["muscle_id"].isin(running), "name"].tolist()
    if running and missing:
        listed = [escaped(_lower_first(name)) for name in missing[:_MOST_NAMES]]
        if len(missing) > _MOST_NAMES:
            listed.append(f"{counted(len(missing) - _MOST_NAMES)} more")
        parts.append(f"Not measured in running, which is not zero: {joined(listed)}.")
    return " ".join(parts)


def running_measurements(
    measurements: pd.DataFrame,
    variants: pd.DataFrame,
    portions: pd.DataFrame,
    metrics: pd.DataFrame,
    studies: pd.DataFrame,
    exercises: pd.DataFrame,
) -> pd.DataFrame:
    """Every number of running on the two scales on which it was measured, with its source.

    Numbers from memory are among them with their ``status``: they are said, never drawn.

    Parameters
    ----------
    measurements, variants, portions, metrics, studies, exercises : DataFrame
        The tables ``engagement_measurements``, ``exercise_variants``, ``muscle_portions``,
        ``metrics``, ``studies`` and ``exercises``.

    Returns
    -------
    DataFrame
        One row a number: ``exercise_id``, ``exercise``, ``wording``, ``phase``, ``portion_id``,
        ``portion``, ``metric``, ``metric_label``, ``value`` [``unit``], ``unit``, ``n`` [people],
        ``citation``, ``status``, ``study_id`` and ``measurement_id``.
    """
    forms = running_forms(exercises)[["exercise_id", "name"]].rename(columns={"name": "exercise"})
    rows = measurements[measurements["metric"].isin([FORCE, ACTIVE_VOLUME])]
    rows = rows.merge(variants[["variant_id", "exercise_id", "wording", "phase"]], on="variant_id")
    rows = rows.merge(forms, on="exercise_id")
    names = portions[["portion_id", "name"]].rename(columns={"name": "portion"})
    scales = metrics[["metric", "label", "unit"]].rename(columns={"label": "metric_label"})
    rows = rows.merge(names, on="portion_id").merge(scales, on="metric")
    rows = rows.merge(studies[["study_id", "citation"]], on="study_id")
    columns = [
        "exercise_id", "exercise", "wording", "phase", "portion_id", "portion", "metric",
        "metric_label", "value", "unit", "n", "citation", "status", "study_id", "measurement_id",
    ]  # fmt: skip
    return rows.sort_values("measurement_id")[columns].reset_index(drop=True)


def times_body_weight(value: float) -> str:
    r"""Force in body weights, for a sentence.

    Examples
    --------
    >>> times_body_weight(0.162), times_body_weight(3.268)
    ('0.16\xa0×\xa0body\xa0weight', '3.3\xa0×\xa0body\xa0weight')
    """
    return f"{value:.2g}{NBSP}×{NBSP}body{NBSP}weight"


def _best(roles: pd.Series) -> tuple[str, tuple[str, ...]]:
    """Leading role among exercises, and the exercises that have it."""
    best = strongest_role(roles)
    return best, tuple(roles.index[roles.eq(best)])


def _verdict_of_roles(running: str, strength: str) -> str:
    ahead = ROLES.index(strength) - ROLES.index(running)
    return VERDICTS[0] if ahead > 0 else VERDICTS[2] if ahead < 0 else VERDICTS[1]


def _s(word: str, n: int, *, of_many: bool = False) -> str:
    """Verb of ``n`` subjects ("leads", "lead"), or a noun ("muscle", "muscles")."""
    return word + "s" if (n != 1) == of_many else word


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]
