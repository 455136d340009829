"""Scatter of estimate and measurement: every pair at its place."""

import pandas as pd
import pytest

from spotcheck.charts.model_check import SYMBOLS, estimate_scatter
from spotcheck.charts.theme import DARK, LIGHT

PAIRS = pd.DataFrame(
    {
        "exercise_id": ["squat", "plank", "squat", "seat"],
        "portion_id": ["soleus", "soleus", "gracilis", "gracilis"],
        "measured": [20.0, 80.0, 40.0, 99.0],
        "model": [25.0, 131.0, 0.0, 100.0],
        "set": ["barbell", "bodyweight", "barbell", "set_by_load"],
        "status": ["verified", "second_hand", "from_memory", "verified"],
        "is_peak": [False, True, False, True],
    }
)
NAMES = {"squat": "Back squat", "plank": "Side plank", "seat": "Adductor machine"}
MUSCLES = {"soleus": "Soleus", "gracilis": "Gracilis"}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_pair_is_a_mark_of_its_set(theme, narrow):
    figure = estimate_scatter(PAIRS, NAMES, NAMES, MUSCLES, theme, narrow=narrow)
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    shown = {
        (x, y): trace.marker.symbol
        for trace in marks
        for x, y in zip(trace.x, trace.y, strict=True)
    }
    assert shown == {
        (row["measured"], row["model"]): SYMBOLS[row["set"]][0] for row in PAIRS.to_dict("records")
    }
    for trace in marks:
        for x, text, fill in zip(trace.x, trace.hovertext, trace.marker.color, strict=True):
            row = PAIRS[PAIRS["measured"].eq(x)].iloc[0]
            assert NAMES[row["exercise_id"]] in text
            assert ("peak" in text) == row["is_peak"]
            assert (fill == theme.accent) == (row["status"] == "verified")


def test_axes_are_the_same_and_hold_every_mark():
    layout = estimate_scatter(PAIRS, NAMES, NAMES, MUSCLES, LIGHT, narrow=False).layout
    assert layout.xaxis.range[1] == layout.yaxis.range[1] > 131
    assert layout.xaxis.range[0] < 0
    assert layout.yaxis.range[0] < 0


def test_names_stand_beside_marks_on_a_wide_screen_only():
    for narrow, most in ((False, 6), (True, 0)):
        figure = estimate_scatter(PAIRS, NAMES, NAMES, MUSCLES, LIGHT, narrow=narrow)
        (labels,) = [trace for trace in figure.data if trace.mode == "text"]
        marks = set(zip(PAIRS["measured"], PAIRS["model"], strict=True))
        assert set(zip(labels.x, labels.y, strict=True)) <= marks
        assert (len(labels.x) > 0) == (most > 0)
        assert len(labels.x) <= most
