"""Picture of how the codes of two raters meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from spotcheck.charts.muscles import readable_ink
from spotcheck.charts.theme import Text, Theme, draw, text_trace

_CELL_PX = 32
_LETTER_PX = 6.0


def confusion(
    counts: pd.DataFrame, words: Mapping[str, str], theme: Theme, *, noun: str
) -> go.Figure:
    """Our codes down, theirs across, the number of places in each cell; alike is the diagonal.

    Parameters
    ----------
    counts : DataFrame
        Numbers of places: rows are our codes, columns theirs, the same codes in the same order.
    words : mapping of str to str
        Name of each code.
    theme : Theme
        Colours.
    noun : str
        What is coded, such as "stance".
    """
    codes = list(counts.index)
    names = [words[code] for code in codes]
    values = counts.to_numpy().tolist()
    cells = [(row, column) for row in range(len(codes)) for column in range(len(codes))]
    fills = [theme.panel, theme.neutral_bar, theme.accent]

    def level(row: int, column: int) -> int:
        return 0 if not values[row][column] else 1 if row == column else 2

    head = 14 + round(max(map(len, names), default=0) * _LETTER_PX)
    axis: dict[str, Any] = {
        "showgrid": False,
        "showline": False,
        "ticks": "",
        "automargin": False,
        "tickvals": list(range(len(codes))),
        "ticktext": names,
        "tickfont": {"size": 12, "color": theme.ink},
    }
    return draw(
        [
            {
                "type": "heatmap",
                "z": [[level(row, at) for at in range(len(codes))] for row in range(len(codes))],
                "zmin": -0.5,
                "zmax": 2.5,
                "colorscale": [
                    [edge / 3, fill]
                    for place, fill in enumerate(fills)
                    for edge in (place, place + 1)
                ],
                "xgap": 2,
                "ygap": 2,
                "showscale": False,
                "text": [
                    [
                        f"We: {ours}<br>You: {theirs}<br>{n} place{'' if n == 1 else 's'}"
                        for theirs, n in zip(names, row, strict=True)
                    ]
                    for ours, row in zip(names, values, strict=True)
                ],
                "hovertemplate": "%{text}<extra></extra>",
            },
            text_trace(
                [
                    Text(
                        column,
                        row,
                        str(values[row][column]),
                        readable_ink(fills[level(row, column)]),
                        "middle center",
                    )
                    for row, column in cells
                    if values[row][column]
                ]
            ),
        ],
        theme,
        height=38 + head + _CELL_PX * len(codes) + 8,
        width=head + _CELL_PX * len(codes) + 16,
        unit=f"Places by {noun}: we down, you across",
        xaxis={**axis, "side": "top", "range": [-0.5, len(codes) - 0.5], "tickangle": -90},
        yaxis={**axis, "range": [len(codes) - 0.5, -0.5], "ticklabelstandoff": 4},
        margin={"l": head, "r": 8, "t": 38 + head, "b": 8},
    )
