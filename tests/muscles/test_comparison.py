"""Comparison of a few exercises: what is comparable, differences and sentences."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from spotcheck import measured, tables
from spotcheck.muscles import comparison, matrix, story
from spotcheck.muscles.evidence import LENSES
from spotcheck.muscles.order import evidence_of

EXERCISES, MUSCLES = tables.load("exercises"), tables.load("muscles")
ROLES, METRICS = tables.load("engagement_roles"), tables.load("metrics")
MEASUREMENTS = tables.load("engagement_measurements")
NAMES = EXERCISES.set_index("exercise_id")["name"]
MUSCLE_NAMES = MUSCLES.set_index("muscle_id")["name"]
THREE = ["running_easy", "copenhagen_adductor_plank", "back_squat_full"]
HIPS = ["side_lying_abduction", "clamshell", "lateral_band_walk", "single_leg_squat"]


@cache
def sources_of(lens):
    found = evidence_of(lens, measured.cells())
    return found, measured.sources().merge(found[["lens", "exercise_id", "muscle_id"]])


def cells_of(codes, lens="role"):
    found, sources = sources_of(lens)
    cells = matrix(
        EXERCISES.set_index("exercise_id").loc[codes].reset_index(), MUSCLES, ROLES, found
    )
    cited = sources.groupby(["exercise_id", "muscle_id"])["citation"].agg("; ".join)
    return cells.merge(cited.rename("sources").reset_index(), how="left")


def names_of(codes):
    return {code: NAMES[code] for code in codes}


def cell(low, high, metric="mvic", sources="X 2000", **more):
    return {
        "value_low": low, "value_high": high, "value": (low + high) / 2, "metric": metric,
        "label": f"{low}", "unit": "%", "grade": "group_study", "no_data": False,
        "sources": sources, **more,
    }  # fmt: skip


def differences(*cells, metric="mvic"):
    rows = pd.DataFrame(
        [dict(one, exercise_id=str(n), muscle_id="m") for n, one in enumerate(cells)]
    )
    muscle = pd.DataFrame({"muscle_id": ["m"], "name": ["Muscle"]})
    codes = [str(n) for n in range(len(cells))]
    table = comparison.difference_table(rows, codes, muscle, metric=metric, is_role=False)
    return table["difference"].iloc[0]


class TestDifferences:
    def test_one_scale_gives_a_number_and_who_is_higher(self):
        assert differences(cell(41, 41), cell(108, 108)) == "67 (2 over 1, one study has both)"

    def test_ranges_give_a_range_and_different_studies_are_said(self):
        found = differences(cell(59, 71), cell(13, 27, sources="Y 2001"))
        assert found == "32 to 58 (1 over 2, different studies)"

    def test_ranges_that_overlap_are_not_ranked(self):
        assert differences(cell(20, 90), cell(50, 60)) == "the published numbers overlap"

    def test_equal_numbers(self):
        assert differences(cell(50, 50), cell(50, 50)) == "the same number"

    def test_two_scales_are_never_subtracted(self):
        other = cell(10, 10, metric="force")
        assert differences(cell(50, 50), other) == comparison.NOT_COMPARABLE
        found = differences(cell(50, 50), other, cell(20, 20))
        assert found == "30 (1 over 3, one study has both)"

    def test_one_number_alone_is_not_compared(self):
        empty = cell(np.nan, np.nan, metric=None, no_data=True)
        assert differences(cell(50, 50), empty) == comparison.NOT_COMPARABLE

    @pytest.mark.parametrize("lens", LENSES)
    @pytest.mark.parametrize("codes", [THREE, HIPS], ids=["three", "hips"])
    def test_the_table_compares_exactly_what_shares_the_scale(self, codes, lens):
        cells = cells_of(codes, lens)
        metric = comparison.shared_metric(cells, METRICS)
        table = comparison.difference_table(cells, codes, MUSCLES, metric=metric, is_role=False)
        compared = table.loc[table["difference"].ne(comparison.NOT_COMPARABLE), "muscle_id"]
        assert tuple(compared) == comparison.comparable_muscles(cells, metric)
        for place, code in enumerate(codes, 1):
            own = cells[cells["exercise_id"].eq(code)].set_index("muscle_id")
            empty = table.loc[table[str(place)].eq("not measured"), "muscle_id"]
            assert set(empty) == set(own.index[own["no_data"]])

    def test_roles_name_both_ends_and_their_exercises(self):
        table = comparison.difference_table(
            cells_of(THREE), THREE, MUSCLES, metric=None, is_role=True
        ).set_index("muscle_id")
        roles = ROLES.set_index(["muscle_id", "exercise_id"])["role"]
        for muscle, row in table.iterrows():
            own = [roles[muscle, code] for code in THREE]
            assert (row["difference"] == comparison.THE_SAME) == (len(set(own)) == 1)
            for place, role in enumerate(own, 1):
                assert row[str(place)].startswith(story.ROLE_LABELS[role])
        assert table.loc["adductor_longus", "difference"] == "leads (2), helps (1, 3)"


class TestScale:
    def test_nothing_measured_has_no_scale(self):
        cells = pd.DataFrame({"exercise_id": ["a"], "muscle_id": ["m"], "metric": [None]})
        assert comparison.shared_metric(cells, METRICS) is None

    def test_shared_muscles_come_before_many_cells(self):
        cells = pd.DataFrame(
            {
                "exercise_id": list("abaaa"),
                "muscle_id": list("mmnop"),
                "metric": ["force_newton"] * 2 + ["force_body_weights"] * 3,
            }
        )
        assert comparison.shared_metric(cells, METRICS) == "force_newton"


class TestPublished:
    def test_numbers_and_spreads_are_those_of_the_table(self):
        metric = "mvic_percent_mean"
        _, sources = sources_of("activity_mean")
        rows = comparison.published_numbers(sources, MEASUREMENTS, metric)
        table = MEASUREMENTS.set_index("measurement_id")
        assert len(rows) and set(table.loc[rows["measurement_id"], "metric"]) == {metric}
        assert not table.loc[rows["measurement_id"], "is_single_person"].any()
        assert not table.loc[rows["measurement_id"], "status"].eq("from_memory").any()
        for row in rows.to_dict("records"):
            own = table.loc[row["measurement_id"]]
            assert row["value"] == own["value"] or np.isnan(row["value"])
            if not np.isnan(own["value_low"]):
                assert (row["low"], row["high"]) == (own["value_low"], own["value_high"])
            elif not np.isnan(own["sd"]):
                assert row["high"] == pytest.approx(own["value"] + own["sd"])
                assert row["low"] == pytest.approx(max(0, own["value"] - own["sd"]))
            else:
                assert np.isnan(row["low"]) and np.isnan(row["high"])

    def test_no_scale_gives_no_rows(self):
        _, sources = sources_of("mri_t2")
        assert comparison.published_numbers(sources, MEASUREMENTS, None).empty


class TestSentences:
    def test_the_title_counts_what_each_leads(self):
        title = comparison.role_title(cells_of(THREE), names_of(THREE))
        led = ROLES[ROLES["role"].eq("prime_mover")].groupby("exercise_id").size()
        assert title == (
            f"Easy running leads {led['running_easy']} of 26 muscles, Copenhagen adductor plank "
            f"{led['copenhagen_adductor_plank']}, Back squat to full depth {led['back_squat_full']}"
        )

    def test_only_one_leads_is_true(self):
        two = ["running_easy", "copenhagen_adductor_plank"]
        said = comparison.role_definition(cells_of(two), MUSCLES, names_of(two))
        assert "Only Copenhagen adductor plank leads inner thigh muscles." in said
        assert "Only Easy running leads front thigh muscles and calf muscles." in said

    def test_nothing_led_alone_is_said(self):
        two = ["front_squat", "goblet_squat"]
        said = comparison.role_definition(cells_of(two), MUSCLES, names_of(two))
        assert said == "No group of muscles is led by one of them alone."

    def test_the_measured_title_is_the_surest_gap(self):
        cells = cells_of(HIPS, "activity_mean")
        on_scale = cells[cells["metric"].eq(comparison.shared_metric(cells, METRICS))]
        title = comparison.measured_title(on_scale, names_of(HIPS), MUSCLE_NAMES)
        gaps = {
            (muscle, high["exercise_id"], low["exercise_id"]): high["value_low"] - low["value_high"]
            for muscle, own in on_scale.groupby("muscle_id")
            for high in own.to_dict("records")
            for low in own.to_dict("records")
        }
        muscle, high, low = max(gaps, key=gaps.get)
        assert gaps[muscle, high, low] > 0
        assert title.startswith(f"{MUSCLE_NAMES[muscle]}: ")
        assert f"in {NAMES[high]}, " in title and title.endswith(f"in {NAMES[low]}")

    def test_measured_titles_of_nothing(self):
        cells = cells_of(HIPS, "activity_mean").dropna(subset="metric")
        nothing = comparison.measured_title(cells.head(0), names_of(HIPS), MUSCLE_NAMES)
        assert nothing == "None of these has been measured this way"
        alone = comparison.measured_title(cells.head(1), names_of(HIPS), MUSCLE_NAMES)
        assert alone.startswith("No muscle has been measured in two")

    @pytest.mark.parametrize("lens", LENSES)
    def test_the_definition_counts_every_cell(self, lens):
        cells = cells_of(THREE, lens)
        metric = comparison.shared_metric(cells, METRICS)
        said = comparison.measured_definition(cells, metric)
        assert f"of {len(cells)} cells" in said
        elsewhere = (cells["metric"].notna() & cells["metric"].ne(metric or "")).sum()
        assert ("other scales" in said) == bool(elsewhere)
