"""Every colour of the app, and the one Plotly template.

The colours are those of ``.streamlit/config.toml`` where the two meet (a test compares them).
Contrast of text on paper is 4.5:1 or more in both themes.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go

# Plotly's own check of every property takes most of a figure's time; the tests switch it on.
VALIDATES = False
FONT = '"Source Sans", system-ui, "Segoe UI", Roboto, sans-serif'
TOP_PX = 38
"""Strip over a picture for its unit and the chart's own buttons."""
# The longest names of the tables take 0.49; short ones of wide letters more, and have room.
_LETTER_EM = 0.5
_BYTE_TYPES = ("i1", "u1", "i2", "u2", "i4", "u4", "f4", "f8")


@dataclass(frozen=True)
class Theme:
    """Colours of one theme, by the role that they play."""

    name: str
    paper: str
    panel: str
    ink: str
    muted: str
    grid: str
    axis: str
    hairline: str
    accent: str
    band: str
    half_band: str
    neutral_band: str
    more_loss: str
    less_loss: str
    neutral_bar: str
    careful_zone: str
    stop_zone: str
    on_mark: str
    article: dict[str, str]
    engagement: tuple[str, str, str, str]
    dark_text_below: float
    role: dict[str, str]
    muscle_group: dict[str, str]


_GROUPS = {
    "inner_thigh": "#CC6677",
    "front_thigh": "#332288",
    "back_of_thigh": "#DDCC77",
    "buttock": "#117733",
    "hip_flexors": "#88CCEE",
    "calf": "#882255",
    "shin": "#44AA99",
    "core": "#999933",
}

LIGHT = Theme(
    name="light",
    paper="#FDFCFA",
    panel="#F4F1EB",
    ink="#24211D",
    muted="#625C53",
    grid="#E9E4DB",
    axis="#BDB6AA",
    hairline="#8A8276",
    accent="#0B6B66",
    band="rgba(11,107,102,.13)",
    half_band="rgba(11,107,102,.2)",
    neutral_band="rgba(98,92,83,.12)",
    more_loss="#2A8781",
    less_loss="#A06A1C",
    neutral_bar="#C9C2B6",
    careful_zone="#FBF3D9",
    stop_zone="#FAE8E3",
    on_mark="#FFFFFF",
    article={"A": "#0B6AA8", "B": "#945800", "C": "#7A1F5E"},
    engagement=("#FBE3C8", "#F2A65A", "#D9572B", "#8E1F1B"),
    dark_text_below=72,
    role={
        "prime_mover": "#C24025",
        "synergist": "#F2A65A",
        "stabilizer": "#FBE3C8",
        "antagonist": "#DDD7CE",
        "none": "#F4F1EB",
    },
    muscle_group=_GROUPS,
)

DARK = Theme(
    name="dark",
    paper="#14171B",
    panel="#1E2329",
    ink="#ECE8E1",
    muted="#B5AFA5",
    grid="#2A3037",
    axis="#56606B",
    hairline="#7D8894",
    accent="#5CC8BE",
    band="rgba(92,200,190,.15)",
    half_band="rgba(92,200,190,.22)",
    neutral_band="rgba(181,175,165,.14)",
    more_loss="#4FB3AA",
    less_loss="#CFA257",
    neutral_bar="#4A535E",
    careful_zone="#332D14",
    stop_zone="#3B211B",
    on_mark="#14171B",
    article={"A": "#58A6E6", "B": "#E8B04A", "C": "#F7C3DF"},
    engagement=("#5B4038", "#A9512F", "#E9813D", "#FFDDA3"),
    dark_text_below=43,
    role={
        "prime_mover": "#F6AD6B",
        "synergist": "#A9512F",
        "stabilizer": "#5B4038",
        "antagonist": "#323A45",
        "none": "#1E2329",
    },
    muscle_group={
        **_GROUPS,
        "front_thigh": "#8C7FE0",
        "buttock": "#4FB36F",
        "calf": "#D06A9E",
    },
)

ARTICLE_SYMBOLS = {"A": "circle", "B": "square", "C": "triangle-up"}


def themed(name: str | None) -> Theme:
    """Theme of this name; light when the name is not known.

    Examples
    --------
    >>> themed("dark").name, themed(None).name
    ('dark', 'light')
    """
    return DARK if name == "dark" else LIGHT


class Drawn(go.Figure):
    """Figure that hands its dictionary on as it is.

    Plotly copies a figure's every list when it takes it, and again when it gives it away. Here it
    takes the dictionary only when something reads or changes the figure through Plotly.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``.
    """

    def __init__(self, figure: dict[str, Any]) -> None:
        self.__dict__["_drawn"] = figure
        if VALIDATES:
            self._build()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_drawn" not in self.__dict__:
            raise AttributeError(name)
        self._build()
        return getattr(self, name)

    def _build(self) -> None:
        """Let Plotly take the dictionary; it is Plotly's from then on."""
        super().__init__(self.__dict__.pop("_drawn"), _validate=VALIDATES)

    def to_dict(self) -> dict[str, Any]:
        """Figure as Streamlit reads it."""
        figure = self.__dict__.get("_drawn")
        given: dict[str, Any] = super().to_dict() if figure is None else _packed(figure)
        return given


class Clickable(Drawn):
    """Figure whose marks can be clicked, and over which a finger still scrolls the page.

    Streamlit turns ``dragmode=False`` into panning where clicks are wanted, and panning swallows
    every swipe. A mode that is unknown passes Streamlit, and Plotly then takes the template's.
    """

    def to_dict(self) -> dict[str, Any]:
        """Figure as Streamlit reads it."""
        drawn = super().to_dict()
        drawn["layout"] |= {"dragmode": "off", "template": {"layout": {"dragmode": False}}}
        return drawn


def _packed(value: Any) -> Any:
    """Figure with its arrays as Plotly sends them; nothing of the figure itself is changed."""
    if isinstance(value, dict):
        return {name: _packed(one) for name, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_packed(one) for one in value]
    return _typed(np.asarray(value)) if isinstance(value, (np.ndarray, pd.Series)) else value


def _typed(array: np.ndarray) -> dict[str, Any] | list[Any]:
    """Numbers as text of their bytes, where Plotly can read such; else as a list."""
    if array.dtype in ("int64", "uint64") and array.size:
        array = array.astype(np.result_type(*map(np.min_scalar_type, (array.min(), array.max()))))
    kind = array.dtype.str[1:]
    if kind not in _BYTE_TYPES or not array.size:
        return array.tolist()
    shape = {"shape": ", ".join(map(str, array.shape))} if array.ndim > 1 else {}
    return {"dtype": kind, "bdata": b64encode(array.tobytes()).decode(), **shape}


def draw(
    traces: list[dict[str, Any]],
    theme: Theme,
    *,
    height: int,
    unit: str = "",
    xaxis: dict[str, Any] | None = None,
    yaxis: dict[str, Any] | None = None,
    clickable: bool = False,
    **layout: Any,
) -> go.Figure:
    """Figure in the house look: no legend, no zoom, the unit at the top left.

    Parameters
    ----------
    traces : list of dict
        Plotly traces, each with its ``type``.
    theme : Theme
        Colours.
    height : int
        Height in pixels.
    unit : str
        Printed in the strip that it shares with the chart's own buttons.
    xaxis, yaxis : dict, optional
        What differs from the house axes.
    clickable : bool, optional
        Whether a click on a mark does something.
    **layout
        What differs from the house layout; ``margin`` is merged.

    Notes
    -----
    The figure is built as one dictionary: building it piece by piece through Plotly's update
    methods takes about ten times as long, which a reader feels at every slider.
    """
    across, up = _house_axes(theme)
    house = _house_layout(theme, height, unit)
    house["margin"] |= layout.pop("margin", {})
    axes = {"xaxis": {**across, **(xaxis or {})}, "yaxis": {**up, **(yaxis or {})}}
    figure = {"data": traces, "layout": {**house, **axes, **layout}}
    return (Clickable if clickable else Drawn)(figure)


def _house_layout(theme: Theme, height: int, unit: str) -> dict[str, Any]:
    return {
        "template": "none",
        "height": height,
        "paper_bgcolor": theme.paper,
        "plot_bgcolor": theme.paper,
        "font": {"family": FONT, "size": 13, "color": theme.ink},
        "margin": {"l": 8, "r": 8, "t": TOP_PX, "b": 36, "pad": 0},
        "showlegend": False,
        "dragmode": False,
        "uirevision": "keep",
        "datarevision": 0,
        "barcornerradius": 2,
        "modebar": {
            "bgcolor": "rgba(0,0,0,0)",
            "color": theme.muted,
            "activecolor": theme.accent,
        },
        "hoverlabel": {
            "bgcolor": theme.ink,
            "bordercolor": theme.ink,
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": theme.paper},
        },
        "title": {
            "text": unit,
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 4, "l": 0},
            "font": {"size": 13, "color": theme.muted},
        },
    }


def _house_axes(theme: Theme) -> tuple[dict[str, Any], dict[str, Any]]:
    both = {
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
        "tickfont": {"size": 12, "color": theme.muted},
        # Plotly's search for labels to hide takes most of the drawing of a chart with many.
        "ticklabeloverflow": "allow",
    }
    across = {
        "showgrid": False,
        "showline": True,
        "linecolor": theme.axis,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": theme.axis,
    }
    up = {"showgrid": True, "gridcolor": theme.grid, "showline": False, "ticks": ""}
    return both | across, both | up


class Text(NamedTuple):
    """A text beside a point of a picture; ``side`` is where it stands, as Plotly names it."""

    x: float
    y: float
    text: str
    colour: str
    side: str
    size: float = 13


def room_for(names: Sequence[str], size_px: float) -> int:
    """Left margin in pixels for names beside a picture's rows.

    Plotly makes that room by itself, but only after it has drawn a picture without: all of it is
    drawn twice, which on the home page doubled the time of its three pictures. Where a name is
    wider than thought here it still does.

    Examples
    --------
    >>> room_for(["Legs", "Everywhere else"], 14)
    123
    """
    return 18 + round(max(map(len, names), default=0) * size_px * _LETTER_EM)


def text_trace(texts: Sequence[Text]) -> dict[str, Any]:
    """Trace of texts; a browser draws it in much less time than as many annotations."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [text.x for text in texts],
        "y": [text.y for text in texts],
        "text": [text.text for text in texts],
        "textposition": [text.side for text in texts],
        "textfont": {
            "color": [text.colour for text in texts],
            "size": [text.size for text in texts],
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def drawing(
    content: str, width: float, height: float, *, keeps_shape: bool = False, **place: Any
) -> dict[str, Any]:
    """Image of a picture: SVG that a browser draws at once, in place of an element a mark.

    Parameters
    ----------
    content : str
        SVG within a view of ``width`` by ``height`` pixels.
    keeps_shape : bool, optional
        Whether the image is as large as fits its place, and not stretched over it.
    **place
        Place and layer, as Plotly names them.
    """
    shape = "" if keeps_shape else "preserveAspectRatio='none' "
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' {shape}"
        f"viewBox='0 0 {width:g} {height:g}'>{content}</svg>"
    )
    return {
        # All of the drawing that an address may not hold; quoting letter by letter takes longer.
        "source": "data:image/svg+xml," + svg.replace("%", "%25").replace("#", "%23"),
        "xref": "x",
        "yref": "y",
        "sizing": "contain" if keeps_shape else "stretch",
        **place,
    }


def mixed(paper: str, ink: str, share: float) -> str:
    """Colour between two, by the share of the second.

    Examples
    --------
    >>> mixed("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    pairs = [(int(paper[at : at + 2], 16), int(ink[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(low + share * (high - low)):02X}" for low, high in pairs)


def engagement_scale(theme: Theme) -> list[list[Any]]:
    """Plotly colour scale of muscle activity, from none to a maximal effort."""
    return [[step / 3, colour] for step, colour in enumerate(theme.engagement)]


def readable_on(theme: Theme, percent: float) -> str:
    """Text colour that reads at 4.5:1 or more on the engagement colour of ``percent``.

    Examples
    --------
    >>> readable_on(LIGHT, 20), readable_on(LIGHT, 90)
    ('#000000', '#FFFFFF')
    """
    is_pale = percent < theme.dark_text_below
    if theme.name == "dark":
        is_pale = not is_pale
    return "#000000" if is_pale else "#FFFFFF"


def flat_colour_key(
    theme: Theme, places: list[float], words: list[str], *, length_px: int
) -> dict[str, Any]:
    """Colour key as a thin bar at the bottom left, its words under it.

    Parameters
    ----------
    theme : Theme
        Colours.
    places : list of float
        Where on the scale the words stand.
    words : list of str
        Words.
    length_px : int
        Length of the bar [px].
    """
    return {
        "orientation": "h",
        "thickness": 10,
        "lenmode": "pixels",
        "len": length_px,
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "xpad": 6,
        "y": 0,
        "yref": "container",
        "yanchor": "bottom",
        "ypad": 5,
        "outlinewidth": 0,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"size": 11, "color": theme.muted},
        "tickvals": places,
        "ticktext": words,
        "ticklabeloverflow": "allow",
    }
