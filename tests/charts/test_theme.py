"""A figure hands on what it was drawn with, as Plotly itself would."""

import base64
import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from spotcheck.charts import theme
from spotcheck.charts.theme import LIGHT, draw

TRACES = [
    {
        "type": "scatter",
        "x": np.arange(5),
        "y": pd.Series([1, np.nan, 3, 4, 5.5]),
        "marker": {"size": np.array([1, 2, 300, 4, 5]), "symbol": ["circle"] * 5},
        "customdata": [[1, 2]] * 5,
    },
    {"type": "heatmap", "z": np.array([[1, -2], [3, 4]], "float32"), "text": [["a", None]] * 2},
    {"type": "scatter", "x": np.array(["a", "b"], object), "y": np.array([], "int64")},
    {"type": "scatter", "x": np.array([-(2**40), 2**40]), "y": np.array([True, False])},
]


@pytest.fixture(autouse=True)
def as_in_the_app(monkeypatch):
    monkeypatch.setattr(theme, "VALIDATES", False)


def read(value):
    """What Plotly's script makes of a dictionary: numbers of all kinds are the same to it."""
    if isinstance(value, dict) and "bdata" in value:
        numbers = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
        shape = value.get("shape", str(len(numbers))).split(",")
        return read(numbers.reshape([int(one) for one in shape]).tolist())
    if isinstance(value, dict):
        return {name: read(one) for name, one in value.items()}
    if isinstance(value, list):
        return [read(one) for one in value]
    return None if value != value else value


@pytest.mark.parametrize("clickable", [False, True])
def test_it_is_what_plotly_would_send(clickable):
    figure = draw(TRACES, LIGHT, height=100, clickable=clickable)
    ours = read(json.loads(figure.to_json()))
    # The first look at its parts makes it a figure of Plotly's own.
    assert len(figure.data) == len(TRACES)
    assert isinstance(figure, go.Figure)
    assert ours == read(json.loads(figure.to_json()))
    assert (ours["layout"]["dragmode"] == "off") == clickable


def test_a_change_is_sent():
    figure = draw(TRACES, LIGHT, height=100)
    figure.layout.xaxis.tickvals = [1, 2]
    assert figure.to_dict()["layout"]["xaxis"]["tickvals"] == [1, 2]


def test_sending_leaves_the_figure_as_it_is():
    figure = draw(TRACES, LIGHT, height=100, clickable=True)
    sent = figure.to_dict()
    sent["layout"]["title"]["text"] = "other"
    sent["data"][0].clear()
    assert figure.layout.title.text == "" and len(figure.data[0].x) == 5
