"""Pictures of what running does for each muscle, against the best strength exercise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import GRADE_SYMBOLS, ROLE_KEY, readable_ink
from spotcheck.charts.theme import Theme, draw

SIDE_SYMBOLS = {"running": "circle", "strength": "square"}
"""Shape of each side, so that meaning does not rest on colour."""

# Between the forms of running and the strength exercise.
_GAP_COLUMNS = 0.5
# Share of the axis that a label needs beside its line.
_LEAST_ROOM = 0.3
# By whether it is laid out for a phone.
_NAME_PX = {True: 5.7, False: 6.4}
_LABEL_PX = {True: 5.0, False: 6.3}


def role_strips(
    cover: pd.DataFrame,
    cells: pd.DataFrame,
    forms: pd.DataFrame,
    names: pd.Series,
    theme: Theme,
    *,
    narrow: bool,
) -> go.Figure:
    """One strip a muscle: its role in each form of running, and the highest in strength exercises.

    Parameters
    ----------
    cover : DataFrame
        Result of :func:`spotcheck.muscles.running_cover.role_cover`.
    cells : DataFrame
        Cells of the forms and muscles: ``exercise_id``, ``muscle_id``, ``role`` and ``text``, what
        the hover says.
    forms : DataFrame
        Forms of running: ``exercise_id``, ``name`` and ``short_name``.
    names : Series
        Short name of each exercise, by code.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    rows = _rows_with_heads(cover)
    n_rows, n_forms = len(rows), len(forms)
    at_strength = n_forms + _GAP_COLUMNS
    has_strength = bool(cover["strength_role"].notna().any())
    row_px = 24 if narrow else 26
    of_forms = _cells_of_forms(rows, cells, forms)
    traces = [_strip(of_forms, 0.0, theme), _letters(of_forms, 0.0, theme, narrow=narrow)]
    ticks: list[float] = [float(place) for place in range(n_forms)]
    heads = forms["short_name"].tolist()
    if has_strength:
        of_strength = _cells_of_strength(rows, names)
        traces += [
            _strip(of_strength, at_strength, theme),
            _letters(of_strength, at_strength, theme, narrow=narrow),
        ]
        ticks, heads = [*ticks, at_strength], [*heads, "Best strength"]
    labels = _strength_labels(rows, names, at_strength, theme, narrow) if has_strength else []
    plain = [one["text"].removeprefix("<b>").removesuffix("</b>") for one in labels]
    widest = max(map(len, plain), default=0)
    muscle_names = rows["short_name" if narrow else "name"]
    top = 88 if narrow else 52
    left = 10 + round(max(muscle_names.fillna("").str.len()) * _NAME_PX[narrow])
    return draw(
        traces,
        theme,
        height=top + n_rows * row_px + 12,
        xaxis={
            **_bare(),
            "side": "top",
            "range": [-0.5, (at_strength if has_strength else n_forms - 1) + 0.5],
            "tickvals": ticks,
            "ticktext": heads if narrow else [name.replace(" ", "<br>") for name in heads],
            "tickangle": -90 if narrow else 0,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
            "ticklabelstandoff": 3,
        },
        yaxis={
            **_bare(),
            "range": [n_rows - 0.5, -0.5],
            "tickvals": np.flatnonzero(muscle_names.notna()).tolist(),
            "ticktext": muscle_names.dropna().tolist(),
            "tickfont": {"size": 11 if narrow else 13, "color": theme.ink},
            "ticklabelstandoff": 4,
        },
        annotations=[*_group_heads(rows, left, theme, narrow=narrow), *labels],
        margin={
            "l": left,
            "r": 8 + round(widest * _LABEL_PX[narrow]),
            "t": top,
            "b": 12,
        },
        hoverdistance=8,
    )


def measured_dots(
    rows: pd.DataFrame, names: pd.Series, scale: str, theme: Theme, *, narrow: bool
) -> go.Figure:
    """Numbers of one scale: forms of running and the best strength exercise, muscle by muscle.

    Parameters
    ----------
    rows : DataFrame
        Rows of one scale of :func:`spotcheck.muscles.running_cover.measured_cover`.
    names : Series
        Short name of each exercise, by code.
    scale : str
        Name of the scale with its unit.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    muscles = rows.drop_duplicates("muscle_id")
    place_of = {code: place for place, code in enumerate(muscles["muscle_id"])}
    muscle_names = muscles["short_name" if narrow else "name"]
    top = float(rows["value_high"].max()) or 1.0
    offsets = _offsets(rows)
    traces: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for row, offset in zip(rows.to_dict("records"), offsets, strict=True):
        colour = theme.accent if row["side"] == "running" else theme.ink
        at = place_of[row["muscle_id"]] + offset
        group = " (whole group)" if row["is_group_value"] else ""
        name = names[row["exercise_id"]]
        traces += [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [row["value_low"], row["value_high"]],
                "y": [at, at],
                "line": {"color": colour, "width": 2},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [row["value"]],
                "y": [at],
                "marker": {
                    "symbol": _symbol(row["side"], row["grade"]),
                    "size": 11,
                    "color": colour,
                    "line": {"width": 2, "color": colour},
                },
                "hovertemplate": (
                    f"<b>{row['name']}</b><br>{name}: {row['label']} {row['unit']}{group}"
                    "<extra></extra>"
                ),
            },
        ]
        labels.append(
            {
                **_beside(row["value_low"], row["value_high"], 1.06 * top, narrow=narrow),
                "y": at,
                "text": f"{name} <b>{row['label']}</b>" + group,
                "bgcolor": theme.paper,
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": 12, "color": colour},
            }
        )
    most_marks = int(rows.groupby("muscle_id").size().max())
    row_px = 44 * most_marks if narrow else 30 + 16 * (most_marks - 1)
    n_rows = len(muscles)
    return draw(
        traces,
        theme,
        height=38 + n_rows * row_px + 36,
        unit=scale,
        xaxis={
            "range": [0, 1.06 * top], "nticks": 5 if narrow else 8,
            "showgrid": True, "gridcolor": theme.grid,
        },
        yaxis={
            "range": [n_rows - 0.5, -0.5],
            "tickvals": list(range(n_rows)),
            "ticktext": muscle_names.tolist(),
            "tickfont": {"size": 12, "color": theme.ink},
            "showgrid": False,
        },
        annotations=labels,
    )  # fmt: skip


def _beside(low: float, high: float, end: float, *, narrow: bool) -> dict[str, Any]:
    """Place of a label: on the side of the line that has more room, above it where neither has."""
    if narrow:
        # Over its line from the left edge: beside it, a phone has no room for a name.
        return {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    left, right = low / end, 1 - high / end
    if max(left, right) < _LEAST_ROOM:
        return {"x": (low + high) / 2, "xanchor": "center", "yanchor": "bottom", "yshift": 6}
    if left > right:
        return {"x": low, "xanchor": "right", "yanchor": "middle", "xshift": -9}
    return {"x": high, "xanchor": "left", "yanchor": "middle", "xshift": 9}


def _rows_with_heads(cover: pd.DataFrame) -> pd.DataFrame:
    """Rows of the picture: before the muscles of each group an empty one for its name."""
    parts = []
    for _, group in cover.groupby("muscle_group", sort=False):
        head = pd.DataFrame([{"muscle_group_label": group["muscle_group_label"].iloc[0]}])
        head["muscle_group"] = group["muscle_group"].iloc[0]
        parts += [head.reindex(columns=cover.columns), group]
    return pd.concat([part.astype(object) for part in parts], ignore_index=True)


def _cells_of_forms(rows: pd.DataFrame, cells: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """Role and hover of every row and form; missing in the rows of the group names."""
    grid = rows[["muscle_id", "name"]].assign(row=range(len(rows)))
    columns = forms[["exercise_id", "name"]].rename(columns={"name": "exercise"})
    grid = grid.merge(columns.assign(column=range(len(forms))), how="cross")
    return grid.merge(
        cells[["exercise_id", "muscle_id", "role", "text"]],
        on=["exercise_id", "muscle_id"],
        how="left",
    )


def _cells_of_strength(rows: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    texts = []
    for ids in rows["strength_ids"]:
        shown = [names[code] for code in ids[:4]] if isinstance(ids, tuple) else []
        more = [f"and {len(ids) - 4} more"] if shown and len(ids) > 4 else []
        texts.append("<br>".join([*shown, *more]))
    return pd.DataFrame(
        {
            "name": rows["name"],
            "exercise": "Highest role in a strength exercise",
            "row": range(len(rows)),
            "column": 0,
            "role": rows["strength_role"],
            "text": texts,
        }
    )


def _strip(grid: pd.DataFrame, x0: float, theme: Theme) -> dict[str, Any]:
    """Colours of roles; the colour key of the matrix holds here too."""
    place = {role: step for step, role in enumerate(ROLE_KEY)}
    step = 1 / len(ROLE_KEY)
    n_columns = int(grid["column"].max()) + 1

    def table(column: str) -> list[list[Any]]:
        values = grid[column].astype(object).where(grid[column].notna(), None).tolist()
        return [values[start : start + n_columns] for start in range(0, len(values), n_columns)]

    shown = grid.assign(z=grid["role"].map(place))
    z = shown["z"].to_numpy("float64").reshape(-1, n_columns)
    words = [
        [
            None if name is None else f"<b>{name}</b><br>{exercise}<br>{text}"
            for name, exercise, text in zip(*three, strict=True)
        ]
        for three in zip(table("name"), table("exercise"), table("text"), strict=True)
    ]
    return {
        "type": "heatmap",
        "z": [[None if np.isnan(one) else int(one) for one in row] for row in z],
        "x0": x0,
        "dx": 1,
        "text": words,
        "zmin": -0.5,
        "zmax": len(ROLE_KEY) - 0.5,
        "colorscale": [
            [edge, theme.role[role]]
            for role, start in place.items()
            for edge in (round(start * step, 6), round((start + 1) * step, 6))
        ],
        "showscale": False,
        "xgap": 1,
        "ygap": 2,
        "hoverongaps": False,
        "hovertemplate": "%{text}<extra></extra>",
    }


def _letters(grid: pd.DataFrame, x0: float, theme: Theme, *, narrow: bool) -> dict[str, Any]:
    shown = grid[grid["role"].notna() & grid["role"].ne("none")]
    return {
        "type": "scatter",
        "mode": "text",
        "x": (x0 + shown["column"]).tolist(),
        "y": shown["row"].tolist(),
        "text": [ROLE_KEY[role][0] for role in shown["role"]],
        "textfont": {
            "size": 10 if narrow else 12,
            "color": [readable_ink(theme.role[role]) for role in shown["role"]],
        },
        "hoverinfo": "skip",
    }


def _strength_labels(
    rows: pd.DataFrame, names: pd.Series, at: float, theme: Theme, narrow: bool
) -> list[dict[str, Any]]:
    """Which exercise stands behind the last cell of a strip; bold where it does more."""
    labels = []
    for place, row in enumerate(rows.to_dict("records")):
        if not isinstance(row["strength_ids"], tuple) or row["strength_role"] == "none":
            continue
        ids = row["strength_ids"]
        text = str(names[ids[0]])
        if len(ids) > 1:
            text += f" +{len(ids) - 1}" if narrow else f" and {len(ids) - 1} more"
        does_more = row["verdict"] == "strength_more"
        labels.append(
            {
                "x": at + 0.5,
                "y": place,
                "xanchor": "left",
                "yanchor": "middle",
                "xshift": 5,
                "text": f"<b>{text}</b>" if does_more else text,
                "showarrow": False,
                "borderpad": 0,
                "font": {
                    "size": 10 if narrow else 12,
                    "color": theme.ink if does_more else theme.muted,
                },
            }
        )
    return labels


def _group_heads(
    rows: pd.DataFrame, left: int, theme: Theme, *, narrow: bool
) -> list[dict[str, Any]]:
    """Name of each group at the left edge of its empty row, after a dot in its colour."""
    return [
        {
            "xref": "paper",
            "x": 0,
            "xshift": 4 - left,
            "xanchor": "left",
            "y": place,
            "yshift": -3,
            "yanchor": "middle",
            "text": (
                f"<span style='color:{theme.muscle_group[row['muscle_group']]}'>●</span> "
                f"<b>{row['muscle_group_label']}</b>"
            ),
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": 11 if narrow else 12, "color": theme.muted},
        }
        for place, row in enumerate(rows.to_dict("records"))
        if not isinstance(row["muscle_id"], str)
    ]


def _offsets(rows: pd.DataFrame) -> list[float]:
    """Places of the marks of one muscle about the middle of its row."""
    within = rows.groupby("muscle_id").cumcount()
    n_marks = rows.groupby("muscle_id")["muscle_id"].transform("size")
    offsets: list[float] = (0.6 * ((within + 0.5) / n_marks - 0.5)).tolist()
    return offsets


def _symbol(side: str, grade: str) -> str:
    """Shape of the side, hollow where the evidence is small or second-hand; one person apart."""
    if grade == "single_person":
        return GRADE_SYMBOLS[grade]
    is_hollow = GRADE_SYMBOLS[grade].endswith("open")
    return SIDE_SYMBOLS[side] + ("-open" if is_hollow else "")


def _bare() -> dict[str, Any]:
    return {"showline": False, "ticks": "", "showgrid": False, "automargin": False}
