"""Pictures of joint torque: their numbers, colours and letters are those of the tables."""

import numpy as np
import pandas as pd
import pytest

from spotcheck.charts.demand import LEAST_NM, demand_dots, demand_map
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles import demand
from spotcheck.muscles.demand import DIRECTIONS
from spotcheck.tables import load

PHASES = load("leg_model_phases")
DEMAND = demand.phase_demand(PHASES, load("leg_model_torques"))
PEAKS = demand.peak_demand(DEMAND)
EXERCISES = load("exercises")
SHOWN = EXERCISES[EXERCISES["exercise_id"].isin(PHASES["exercise_id"])]
FLAGS = demand.flags_of(PHASES)
NAMES = EXERCISES.set_index("exercise_id")["name"].to_dict()
TEXTS = demand.hover_texts(DEMAND, FLAGS, NAMES, dict.fromkeys(NAMES, "sagittal"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_torque_stands_in_its_cell_with_the_colour_of_its_share(theme, narrow):
    figure = demand_map(PEAKS, SHOWN, FLAGS, TEXTS, theme, narrow=narrow)
    heat, numbers, letters = figure.data
    codes, directions = list(SHOWN["exercise_id"]), list(DIRECTIONS)
    drawn = {
        (codes[int(y)], directions[int(x)]): text
        for x, y, text in zip(numbers.x, numbers.y, numbers.text, strict=True)
    }
    large = PEAKS[PEAKS["torque_nm"].ge(LEAST_NM)]
    assert drawn == {
        (row["exercise_id"], row["direction"]): f"{row['torque_nm']:.0f}"
        for row in large.to_dict("records")
    }
    for row in large.to_dict("records"):
        colour = heat.z[codes.index(row["exercise_id"])][directions.index(row["direction"])]
        if pd.isna(row["share"]):
            assert np.isnan(colour)
        else:
            assert colour == pytest.approx(min(row["share"], 1))
    flagged = {codes[int(y)]: text for y, text in zip(letters.y, letters.text, strict=True)}
    assert flagged == {code: text for code, text in FLAGS.items() if text}


def test_chosen_exercises_stand_in_bold():
    figure = demand_map(PEAKS, SHOWN, FLAGS, TEXTS, LIGHT, narrow=False, chosen=("hip_thrust",))
    labels = figure.layout.yaxis.ticktext
    assert [label for label in labels if label.startswith("<b>")] == [
        f"<b>{NAMES['hip_thrust']}</b>"
    ]


def test_the_hover_is_that_of_the_cell():
    figure = demand_map(PEAKS, SHOWN, FLAGS, TEXTS, LIGHT, narrow=True)
    numbers = figure.data[1]
    codes, directions = list(SHOWN["exercise_id"]), list(DIRECTIONS)
    for x, y, text in zip(numbers.x, numbers.y, numbers.hovertext, strict=True):
        assert text == TEXTS[(codes[int(y)], directions[int(x)])]


@pytest.mark.parametrize("narrow", [False, True])
def test_dots_stand_at_their_shares_and_say_their_torques(narrow):
    chosen = ["copenhagen_adductor_plank", "back_squat_parallel", "side_plank"]
    rows = EXERCISES.set_index("exercise_id", drop=False).loc[chosen]
    peaks = PEAKS[PEAKS["exercise_id"].isin(chosen)]
    figure = demand_dots(peaks, rows, LIGHT, narrow=narrow)
    large = peaks[peaks["torque_nm"].ge(LEAST_NM)]
    for place, code in enumerate(chosen):
        dots, words = figure.data[2 * place : 2 * place + 2]
        own = large[large["exercise_id"].eq(code)]
        assert list(dots.x) == own["share"].dropna().tolist()
        assert sorted(
            float(text.replace("\u00a0", " ").split(" N")[0].split()[-1]) for text in words.text
        ) == sorted(own["torque_nm"].round().tolist())
    low, high = figure.layout.xaxis.range
    assert low < 0 < large["share"].max() < high


def test_an_exercise_of_small_torques_still_draws():
    rows = EXERCISES[EXERCISES["exercise_id"].eq("supine_hip_adduction")]
    peaks = PEAKS[PEAKS["exercise_id"].eq("supine_hip_adduction")]
    figure = demand_dots(peaks.assign(torque_nm=1.0), rows, LIGHT, narrow=False)
    assert list(figure.data[0].x) == []
