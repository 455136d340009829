"""Picture of which exercise of a session covers which muscle."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import ROLE_KEY, readable_ink
from spotcheck.charts.theme import Theme, draw

_ROW_PX = 34
_NARROW_ROW_PX = 30
_STRIP_PX = 38
# Up to this many muscles their names stand level over the columns.
_MOST_LEVEL_NAMES = 10
# Up to this many exercises a phone has room for their names over the columns.
_MOST_NAMED_COLUMNS = 4
_COLUMN_LETTERS = 10
_HOVER_ROLES = {
    "none": "no part in it",
    "antagonist": "works against the movement",
    "stabilizer": "only holds steady",
    "synergist": "helps",
    "prime_mover": "leads",
}


def session_cover(cells: pd.DataFrame, theme: Theme, *, narrow: bool) -> go.Figure:
    """Exercises of a session against muscles: filled where covered, else a small dot.

    Parameters
    ----------
    cells : DataFrame
        One row a pair, exercise by exercise with the muscles in the same order:
        ``exercise_id``, ``exercise``, ``exercise_short``, ``muscle_id``, ``muscle``,
        ``muscle_short``, ``role``, ``is_covered``.
    theme : Theme
        Colours.
    narrow : bool
        Lay it out for a phone: muscles are the rows.

    Examples
    --------
    >>> from spotcheck.charts.theme import LIGHT
    >>> cells = pd.DataFrame({
    ...     "exercise_id": ["leg_curl"], "exercise": ["Leg curl"], "exercise_short": ["Leg curl"],
    ...     "muscle_id": ["soleus"], "muscle": ["Soleus"], "muscle_short": ["Soleus"],
    ...     "role": ["none"], "is_covered": [False]})
    >>> session_cover(cells, LIGHT, narrow=False).data[0].text
    ('',)
    """
    exercises = cells.drop_duplicates("exercise_id")
    muscles = cells.drop_duplicates("muscle_id")
    exercise_at = {code: place for place, code in enumerate(exercises["exercise_id"])}
    muscle_at = {code: place for place, code in enumerate(muscles["muscle_id"])}
    places = cells["exercise_id"].map(exercise_at), cells["muscle_id"].map(muscle_at)
    exercise_names = _numbered(exercises["exercise_short"], narrow=narrow)
    x, y = (places[0], places[1]) if narrow else (places[1], places[0])
    columns = exercise_names if narrow else _level_names(muscles["muscle_short"])
    rows = list(muscles["muscle_short"]) if narrow else exercise_names
    row_px = _NARROW_ROW_PX if narrow else _ROW_PX
    is_level = narrow or len(columns) <= _MOST_LEVEL_NAMES
    n_lines = max(name.count("<br>") + 1 for name in columns)
    top = _STRIP_PX + (16 * n_lines + 4 if is_level else 96)
    # A few muscles stand close together instead of being spread over a wide page.
    n_across = max(len(columns), 4 if narrow else _MOST_LEVEL_NAMES)
    return draw(
        [_marks(cells, x, y, theme)],
        theme,
        height=top + row_px * len(rows) + 12,
        unit="Which exercise covers which muscle",
        xaxis={
            "side": "top",
            "range": [-0.5, n_across - 0.5],
            "tickvals": list(range(len(columns))),
            "ticktext": columns,
            "tickangle": 0 if is_level else -90,
            "tickfont": {"size": 12, "color": theme.ink},
            "showline": False,
            "ticks": "",
            "automargin": False,
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": rows,
            "tickfont": {"size": 13, "color": theme.ink},
            "showgrid": False,
        },
        margin={"t": top, "b": 12},
    )


def _marks(cells: pd.DataFrame, x: pd.Series, y: pd.Series, theme: Theme) -> dict[str, Any]:
    """One mark a pair, which is shape, letter and colour of its role where it covers."""
    covered = cells["is_covered"].tolist()
    pairs = list(zip(cells["role"], covered, strict=True))
    return {
        "type": "scatter",
        "x": x.tolist(),
        "y": y.tolist(),
        "mode": "markers+text",
        "marker": {
            "symbol": ["square" if is_covered else "circle" for is_covered in covered],
            "size": [24 if is_covered else 5 for is_covered in covered],
            "color": [theme.role[role] if is_covered else theme.axis for role, is_covered in pairs],
            "line": {"width": 0},
            "opacity": 1,
        },
        "text": [ROLE_KEY[role][0] if is_covered else "" for role, is_covered in pairs],
        "textposition": "middle center",
        "textfont": {"size": 12, "color": [readable_ink(theme.role[role]) for role, _ in pairs]},
        "cliponaxis": False,
        "hovertext": [
            "<br>".join(
                (
                    f"<b>{row['exercise']}</b>",
                    f"{row['muscle']}: {_HOVER_ROLES[row['role']]}",
                    "Counts as covered" if row["is_covered"] else "Does not count as covered",
                )
            )
            for row in cells.to_dict("records")
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _numbered(names: pd.Series, *, narrow: bool) -> list[str]:
    """Names of the exercises with the number that they have in the list under the picture."""
    if not narrow:
        return [f"{place}  {name}" for place, name in enumerate(names, start=1)]
    if len(names) > _MOST_NAMED_COLUMNS:
        return [str(place) for place in range(1, len(names) + 1)]
    return [
        "<br>".join([str(place), *textwrap.wrap(name, _COLUMN_LETTERS)])
        for place, name in enumerate(names, start=1)
    ]


def _level_names(names: pd.Series) -> list[str]:
    """Names of the muscles, in lines where there is room to set them level."""
    if len(names) > _MOST_LEVEL_NAMES:
        return list(names)
    return ["<br>".join(textwrap.wrap(name, _COLUMN_LETTERS + 2)) for name in names]
