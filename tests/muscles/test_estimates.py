"""What the leg model says of a cell: bands, what stands above it, its torque, its words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck import measured
from spotcheck.muscles import estimate_words as words
from spotcheck.muscles import matrix, physics
from spotcheck.muscles.comparison import band_definition, band_difference, difference_table
from spotcheck.muscles.estimates import (
    BAND_ENDS,
    BANDS,
    LEAST_DRIVE_NM,
    METRIC,
    band_limits,
    band_of,
    drives_of,
    lens_cells,
    measured_first,
    states_of,
)
from spotcheck.muscles.evidence import CELL_GRADES, EXPERT_ROLE, PHYSICS
from spotcheck.tables import load

CELL = ["exercise_id", "muscle_id"]
ESTIMATES = load("leg_model_estimates")
MUSCLES = load("leg_model_muscles")
PHASES, TORQUES = load("leg_model_phases"), load("leg_model_torques")
STATES = states_of(load("exercises"), load("muscles"), ESTIMATES, MUSCLES)
MEASURED = measured_first(measured.cells(shares=True))
CELLS = lens_cells(
    matrix(load("exercises"), load("muscles"), load("engagement_roles"), MEASURED), STATES
)
SETTINGS = words.settings_of(
    PHASES,
    *(load(f"leg_model_{name}") for name in ("supports", "loads", "free_axes", "left_out")),
)


@pytest.fixture(scope="module")
def drives():
    return drives_of(PHASES, TORQUES, load("leg_model_strengths"), MUSCLES)


def invented(value, state, band):
    cells = pd.DataFrame(
        {
            "exercise_id": ["squat"], "muscle_id": ["soleus"], "role": ["synergist"],
            "value": [value], "label": [f"{value:g}"], "metric": ["mvic_percent_mean"],
            "unit": ["% of MVIC"], "is_range": [False],
            "no_data": [np.isnan(value)],
            "grade": [EXPERT_ROLE if np.isnan(value) else "group_study"],
        }
    )  # fmt: skip
    states = pd.DataFrame(
        {
            "exercise_id": ["squat"], "muscle_id": ["soleus"], "state": [state],
            "model_band": [band], "model_peak_band": [band], "is_flagged": [False],
            "is_set_by_load": [False],
        }
    )  # fmt: skip
    return lens_cells(cells, states).iloc[0]


class TestBands:
    @given(st.floats(0, 300))
    def test_a_value_lies_within_its_band(self, value):
        low, high = band_limits(band_of(value))
        assert low <= value and (high is None or value <= high)

    @given(st.floats(0, 300), st.floats(0, 300))
    def test_more_is_never_a_lower_band(self, one, other):
        low, high = sorted((one, other))
        assert BANDS.index(band_of(low)) <= BANDS.index(band_of(high))

    def test_an_unknown_band_is_named(self):
        with pytest.raises(ValueError, match=r"huge.*none, low, moderate, high"):
            band_limits("huge")

    def test_the_grade_stands_between_one_person_and_a_coded_role(self):
        at = CELL_GRADES.index(PHYSICS)
        assert CELL_GRADES[at - 1 : at + 2] == ("single_person", PHYSICS, EXPERT_ROLE)


class TestStates:
    def test_every_cell_has_one_and_estimates_are_those_of_the_table(self):
        assert len(STATES) == len(load("exercises")) * len(load("muscles"))
        both = STATES.merge(ESTIMATES, on=CELL)
        assert len(both) == len(ESTIMATES)
        assert both["state"].eq("estimated").equals(both["is_fit"])
        assert both["state"].isin(["estimated", "possible"]).all()
        assert both["model_band"].tolist() == [band_of(one) for one in both["mean_percent"]]
        assert both["model_peak_band"].tolist() == [band_of(one) for one in both["peak_percent"]]

    def test_not_modelled_differs_from_none(self):
        left_out = set(load("leg_model_left_out")["exercise_id"])
        rows = STATES[STATES["exercise_id"].isin(left_out)]
        assert set(rows["state"]) == {"not_modelled", "not_in_model"}
        assert rows["model_band"].isna().all()
        assert STATES["model_band"].eq("none").any()


class TestLens:
    def test_a_measurement_stands_above_the_model(self):
        cell = invented(35.0, "estimated", "high")
        assert (cell["label"], cell["grade"], cell["value"]) == ("low", "group_study", 1)
        assert (cell["measured"], cell["model_band"]) == ("35", "high")

    def test_the_model_fills_what_nobody_measured(self):
        cell = invented(np.nan, "estimated", "high")
        assert (cell["label"], cell["grade"], cell["no_data"]) == ("high", PHYSICS, False)

    @pytest.mark.parametrize("state", ["possible", "not_modelled", "not_in_model"])
    def test_nothing_else_fills_a_cell(self, state):
        cell = invented(np.nan, state, "high" if state == "possible" else None)
        assert cell["no_data"] and np.isnan(cell["value"]) and cell["grade"] == EXPERT_ROLE

    def test_no_cell_holds_a_digit_and_each_band_its_place(self):
        filled = CELLS[~CELLS["no_data"]]
        assert set(filled["label"]) <= set(BANDS)
        assert filled["value"].tolist() == [BANDS.index(band) for band in filled["label"]]
        assert filled["metric"].eq(METRIC).all() and CELLS["metric"].notna().sum() == len(filled)

    def test_measured_cells_are_those_of_the_lenses_and_keep_their_band(self):
        mean = measured.in_lens("activity_mean")
        own = mean.merge(CELLS, on=CELL)
        assert len(own) == len(mean)
        assert own["label_y"].tolist() == [band_of(one) for one in own["value_x"]]
        assert own["measured"].tolist() == own["label_x"].tolist()
        assert CELLS["is_measured"].sum() == len(MEASURED)

    def test_a_mean_comes_before_a_peak(self):
        peaks = measured.in_lens("activity_peak")
        both = MEASURED.merge(peaks[CELL], on=CELL)
        means = set(map(tuple, measured.in_lens("activity_mean")[CELL].to_numpy()))
        lens_of = {
            pair: "activity_mean" if pair in means else "activity_peak"
            for pair in map(tuple, both[CELL].to_numpy())
        }
        assert both["lens"].tolist() == list(lens_of.values())

    def test_states_of_other_cells_are_refused(self):
        with pytest.raises(ValueError, match="states are of other cells"):
            lens_cells(CELLS, STATES[::-1])


class TestDrives:
    def test_one_for_each_muscle_that_the_poses_need(self, drives):
        # The table is rounded, so that a peak at the very end of the band can fall on either side.
        clear = ESTIMATES[(ESTIMATES["peak_percent"] - BAND_ENDS[0]).abs() > 0.1]
        needed = clear[clear["peak_percent"] > BAND_ENDS[0]]
        found = drives.merge(clear[CELL], on=CELL)
        assert set(map(tuple, found[CELL].to_numpy())) == set(map(tuple, needed[CELL].to_numpy()))

    def test_torques_and_shares_are_those_of_the_table(self, drives):
        keys = ["exercise_id", "title"]
        rows = TORQUES[TORQUES["axis"].isin(physics.AXES)].merge(PHASES[["phase", *keys]])
        sizes = (rows["body_nm"] + rows["load_nm"]).abs().round(6)
        known = {
            (*key, size): reference
            for key, size, reference in zip(
                rows[keys].itertuples(index=False), sizes, rows["reference_nm"], strict=True
            )
        }
        for row in drives.to_dict("records"):
            key = (row["exercise_id"], row["phase"], round(row["torque_nm"], 6))
            assert key in known
            if not np.isnan(row["share"]):
                assert row["share"] == pytest.approx(row["torque_nm"] / known[key])
        assert drives["is_balancing"].equals(drives["torque_nm"] < LEAST_DRIVE_NM)

    def test_the_copenhagen_plank_calls_the_adductors_by_adduction(self, drives):
        row = words.drive_rows(drives)["copenhagen_adductor_plank", "adductor_longus"]
        assert row["direction"] == "hip adduction"
        assert row["torque_nm"] == pytest.approx(117, rel=0.02)


class TestWords:
    def test_every_support_and_flag_has_words(self):
        for anchor in load("leg_model_supports")["anchor"].unique():
            assert words.held_words((anchor,))
        assert set(SETTINGS) == set(load("exercises")["exercise_id"])

    def test_the_hover_says_band_torque_support_flags_and_what_is_missing(self, drives):
        texts = words.hover_texts(CELLS, CELLS["role"], drives, SETTINGS, brief=False).str.replace(
            "<br>", " "
        )
        by_cell = dict(zip(map(tuple, CELLS[CELL].to_numpy()), texts, strict=True))
        text = by_cell["cable_hip_adduction", "adductor_longus"]
        assert text.startswith("prime_mover Model estimate (physics): high For hip adduction, ")
        assert words.NO_CO_CONTRACTION in text and words.FLAG_WORDS["is_set_by_load"] in text
        assert "Held up: " in by_cell["bodyweight_squat", "vastus_lateralis"]
        assert "Not modelled. It is a movement at speed." in by_cell["running_easy", "soleus"]
        none = CELLS[CELLS["model_band"].eq("none")].index
        assert texts[none].str.contains(words.NOT_NEEDED, regex=False).all()
        assert not texts.str.contains("inactive").any()

    def test_a_measured_cell_says_both(self, drives):
        texts = words.hover_texts(CELLS, CELLS["role"], drives, SETTINGS, brief=True)
        own = CELLS["is_measured"] & CELLS["model_band"].notna()
        assert texts[own].str.contains("Shown: measured, ").all()
        assert texts[own].str.contains("odel").all()

    @pytest.mark.parametrize("state", ["estimated", "possible", "not_modelled", "not_in_model"])
    def test_the_line_of_a_cell_follows_its_state(self, drives, state):
        row = STATES[STATES["state"].eq(state)].iloc[0]
        said = words.cell_sentence(
            row,
            words.drive_rows(drives).get((row["exercise_id"], row["muscle_id"])),
            SETTINGS[row["exercise_id"]],
            measured=False,
        )
        assert ("grade physics" in said) == (state == "estimated")
        assert (words.NO_CO_CONTRACTION in said) == (state in ("estimated", "possible"))

    def test_the_headline_counts_without_loads_that_the_model_sets(self):
        inner = CELLS[CELLS["muscle_id"].str.startswith(("adductor", "gracilis"))]
        judged = inner[~inner["no_data"] & (inner["is_measured"] | ~inner["is_set_by_load"])]
        high = judged.loc[judged["label"].eq("high"), "exercise_id"].nunique()
        said = words.headline(inner, "inner_thigh")
        assert f":primary[{high}] of the {judged['exercise_id'].nunique()} exercises" in said

    def test_nothing_known_is_said(self):
        running = CELLS[CELLS["exercise_id"].eq("running_easy")]
        assert words.headline(running, "calf").startswith("Neither a study nor our leg model")

    def test_the_shares_add_up(self):
        said = words.uncertainty(CELLS, words.agreement({"bodyweight": 0.5, "barbell": 0.25}, 0.1))
        n_model = CELLS["grade"].eq(PHYSICS).sum()
        assert f"{CELLS['is_measured'].sum()} show a measurement and {n_model} (" in said
        assert said.endswith("On exercises that were kept apart: 0.10.")
        assert CELLS["is_measured"].sum() + n_model + CELLS["no_data"].sum() == len(CELLS)


class TestComparison:
    PAIR = ("copenhagen_adductor_plank", "lateral_lunge")

    def test_bands_and_grades_stand_in_the_table(self):
        cells = CELLS[CELLS["exercise_id"].isin(self.PAIR)]
        table = difference_table(cells, self.PAIR, load("muscles"), metric=METRIC, is_role=False)
        row = table.set_index("muscle_id").loc["adductor_longus"]
        assert row["1"] == "high (group study)" and row["2"] == "none (physics)"
        assert row["difference"] == "high (1), none (2)"
        assert table.set_index("muscle_id").loc["multifidus", "difference"] == "not comparable"
        assert band_definition(cells).startswith(str(cells["is_measured"].sum()))

    @given(st.lists(st.sampled_from([*BANDS, None]), min_size=2, max_size=4))
    def test_ends_are_the_highest_and_the_lowest(self, bands):
        said = band_difference(bands)
        known = sorted({BANDS.index(band) for band in bands if band})
        if len([band for band in bands if band]) >= 2 and len(known) > 1:
            assert said.startswith(BANDS[known[-1]]) and BANDS[known[0]] in said
        else:
            assert said in ("the same", "not comparable")


def test_band_ends_rise():
    assert list(BAND_ENDS) == sorted(BAND_ENDS) and len(BAND_ENDS) == len(BANDS) - 1
