"""Picture of how many studies stand behind each exercise and muscle."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import readable_ink
from spotcheck.charts.theme import Theme, draw, flat_colour_key, mixed
from spotcheck.wording import counted

CLASSES: Final = ("none", "△ or ?", "1", "2", "3 to 4", "5 or more")
"""Classes of the colour key: nothing; one person or memory only; numbers of studies."""

GLYPHS: Final = {"single_person": "△", "from_memory": "?", "none": ""}
"""What stands in a cell without a study."""

_STEPS = (1, 2, 3, 5)
_SHARES_OF_ACCENT = (0.22, 0.42, 0.68, 1.0)
_MOST_NARROW_COLUMNS = 14


def gap_map(
    grid: pd.DataFrame,
    rows: pd.DataFrame,
    columns: pd.DataFrame,
    theme: Theme,
    *,
    narrow: bool,
) -> go.Figure:
    """Number of studies by colour and number; nothing, one person and memory are classes apart.

    Parameters
    ----------
    grid : DataFrame
        One row a cell: ``row`` and ``column`` (codes), ``kind``, ``n_studies`` and ``text``, what
        the hover says; any order.
    rows, columns : DataFrame
        What stands down and across: ``code``, ``label``, ``group`` and ``group_label``, in order;
        lines part the groups. Their labels stand over the columns where these are too many for a
        phone.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone.
    """
    n_rows, n_columns = len(rows), len(columns)
    cells = rows[["code"]].merge(columns[["code"]], how="cross", suffixes=("", "_column"))
    cells = cells.merge(grid, left_on=["code", "code_column"], right_on=["row", "column"])
    levels = class_of(cells["kind"], cells["n_studies"])
    colours = class_colours(theme)
    has_room = not narrow or n_columns <= _MOST_NARROW_COLUMNS
    heads, places = _column_heads(columns, by_group=not has_room)
    row_px = 22 if narrow or n_rows > 40 else 28
    letter_px = 5.5 if narrow else 6.2
    top = 38 + round(max(map(len, heads)) * letter_px)
    left = 12 + round(rows["label"].str.len().max() * letter_px)
    step = 1 / len(CLASSES)
    texts = cells["text"].tolist()
    traces: list[dict[str, Any]] = [
        {
            "type": "heatmap",
            "z": levels.reshape(n_rows, n_columns).tolist(),
            "text": [texts[start : start + n_columns] for start in range(0, len(texts), n_columns)],
            "zmin": -0.5,
            "zmax": len(CLASSES) - 0.5,
            "colorscale": [
                [edge, colour]
                for place, colour in enumerate(colours)
                for edge in (round(place * step, 6), round((place + 1) * step, 6))
            ],
            "xgap": 1,
            "ygap": 1,
            "colorbar": _colour_key(theme, narrow=narrow),
            "hovertemplate": "%{text}<extra></extra>",
        }
    ]
    if has_room:
        traces.append(_numbers(cells, levels, n_columns, colours, narrow=narrow))
    plain = {"showline": False, "ticks": "", "showgrid": False, "automargin": False}
    return draw(
        traces,
        theme,
        height=top + n_rows * row_px + 48,
        unit="Studies of more than one person",
        xaxis={
            **plain,
            "side": "top",
            "range": [-0.5, n_columns - 0.5],
            "tickvals": places,
            "ticktext": heads,
            "tickangle": -90,
            "ticklabelstandoff": 3,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
        },
        yaxis={
            **plain,
            "range": [n_rows - 0.5, -0.5],
            "tickvals": list(range(n_rows)),
            "ticktext": rows["label"].tolist(),
            "ticklabelstandoff": 4,
            "tickfont": {"size": 11 if narrow else 12, "color": theme.ink},
        },
        shapes=[
            *_gaps(rows["group"], "y", n_columns, theme, 2 if narrow else 4),
            *_gaps(columns["group"], "x", n_rows, theme, 2 if narrow else 5),
        ],
        margin={"l": left, "r": 2, "t": top, "b": 48},
        hoverdistance=8,
    )


def hover_text(row: str, muscle: str, cell: dict[Any, Any]) -> str:
    """What the hover says of a cell.

    Parameters
    ----------
    row : str
        Name of the exercise or the family.
    muscle : str
        Name of the muscle.
    cell : dict
        Row of :func:`spotcheck.muscles.gaps.gap_map`.

    Examples
    --------
    >>> cell = {"n_exercises": 12, "n_exercises_studied": 5, "n_studies": 2, "n_measurements": 9,
    ...         "n_single_person": 0, "n_from_memory": 0}
    >>> hover_text("Squats", "Soleus", cell)
    '<b>Squats</b><br><b>Soleus</b><br>2 studies, 9 numbers<br>In 5 of 12 exercises'
    """
    n = cell["n_studies"]
    lines = [f"<b>{row}</b>", f"<b>{muscle}</b>"]
    if n:
        lines.append(f"{_many(n, 'study', 'studies')}, {_many(cell['n_measurements'], 'number')}")
        if cell["n_exercises"] > 1:
            lines.append(f"In {cell['n_exercises_studied']} of {cell['n_exercises']} exercises")
    else:
        lines.append("No study of more than one person")
    if cell["n_single_person"]:
        lines.append(f"{_many(cell['n_single_person'], 'number')} of one person")
    if cell["n_from_memory"]:
        lines.append(f"{cell['n_from_memory']} from memory")
    return "<br>".join(lines)


def class_of(kind: pd.Series, n_studies: pd.Series) -> np.ndarray:
    """Place of each cell in :data:`CLASSES`.

    Examples
    --------
    >>> class_of(pd.Series(["none", "single_person", "studied", "studied"]),
    ...          pd.Series([0, 0, 1, 4])).tolist()
    [0, 1, 2, 4]
    """
    by_count = 1 + np.searchsorted(_STEPS, n_studies.to_numpy(), side="right")
    return np.where(kind.eq("studied"), by_count, np.where(kind.eq("none"), 0, 1)).astype(int)


def class_colours(theme: Theme) -> list[str]:
    """Colour of each class."""
    return [
        theme.panel,
        theme.neutral_bar,
        *(mixed(theme.paper, theme.accent, share) for share in _SHARES_OF_ACCENT),
    ]


def _column_heads(columns: pd.DataFrame, *, by_group: bool) -> tuple[list[str], list[float]]:
    """What stands over the columns, and where: each column's label, or that of each group."""
    if not by_group:
        return columns["label"].tolist(), [float(place) for place in range(len(columns))]
    places = pd.Series(range(len(columns)), index=columns["group_label"])
    middles = places.groupby(level=0, sort=False).mean()
    return middles.index.tolist(), middles.tolist()


def _numbers(
    cells: pd.DataFrame,
    levels: np.ndarray,
    n_columns: int,
    colours: list[str],
    *,
    narrow: bool,
) -> dict[str, Any]:
    places = np.flatnonzero(levels > 0)
    shown = cells.iloc[places]
    return {
        "type": "scatter",
        "mode": "text",
        "x": (places % n_columns).tolist(),
        "y": (places // n_columns).tolist(),
        "text": [
            GLYPHS.get(kind, str(n))
            for kind, n in zip(shown["kind"], shown["n_studies"], strict=True)
        ],
        "textfont": {
            "size": 11 if narrow else 12,
            "color": [readable_ink(colours[level]) for level in levels[places]],
        },
        "hoverinfo": "skip",
    }


def _colour_key(theme: Theme, *, narrow: bool) -> dict[str, Any]:
    words = [*CLASSES[:-1], "5+" if narrow else CLASSES[-1]]
    return flat_colour_key(theme, list(range(len(CLASSES))), words, length_px=310)


def _gaps(
    groups: pd.Series, axis: str, n_across: int, theme: Theme, width: int
) -> list[dict[str, Any]]:
    """Lines in the colour of the paper between groups, if the groups stand together."""
    starts = np.flatnonzero((groups != groups.shift()).to_numpy())
    if len(starts) != groups.nunique():
        return []
    across = "x" if axis == "y" else "y"
    return [
        {
            "type": "line",
            "line": {"width": width, "color": theme.paper},
            axis + "0": start - 0.5,
            axis + "1": start - 0.5,
            across + "0": -0.5,
            across + "1": n_across - 0.5,
        }
        for start in starts[1:].tolist()
    ]


def _many(n: int, one: str, several: str = "") -> str:
    return f"{counted(n) if n == 0 else n} {one if n == 1 else several or one + 's'}"
