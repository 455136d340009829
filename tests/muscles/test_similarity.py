"""Likeness of exercises: its algebra, neighbours that coaches know, wishes, and the order."""

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.muscles.order import possible_with
from spotcheck.muscles.similarity import (
    IMPACTS,
    LEVELS,
    ROLE_WEIGHTS,
    WISHES,
    changes,
    cosine_similarity,
    fulfilling,
    likeness_order,
    nearest,
    role_vectors,
    wishes_to_drop,
)

EXERCISES = tables.load("exercises")
ROLES = tables.load("engagement_roles")
EQUIPMENT, PLANES = tables.load("exercise_equipment"), tables.load("exercise_planes")
LINKS = (EXERCISES, EQUIPMENT, PLANES)
VECTORS = role_vectors(ROLES)
LIKENESS = cosine_similarity(VECTORS)
ROWS = EXERCISES.set_index("exercise_id")
RUNS = list(ROWS.index[ROWS["is_running_form"]])


def neighbours(exercise, n):
    return list(nearest(exercise, (), VECTORS, *LINKS)["exercise_id"].head(n))


class TestVectors:
    def test_weights_fall_with_the_part_a_muscle_plays(self):
        weights = list(ROLE_WEIGHTS.values())
        assert weights == sorted(weights, reverse=True)
        assert weights == [1, 0.5, 0.25, 0, 0]

    def test_every_cell_is_the_weight_of_its_role(self):
        assert VECTORS.shape == (len(EXERCISES), len(tables.load("muscles")))
        for row in ROLES.sample(200, random_state=4).to_dict("records"):
            assert VECTORS.loc[row["exercise_id"], row["muscle_id"]] == ROLE_WEIGHTS[row["role"]]

    def test_an_unknown_role_is_named(self):
        with pytest.raises(ValueError, match="role is 'boss'; allowed are prime_mover"):
            role_vectors(ROLES.head(3).assign(role="boss"))


class TestCosine:
    def test_it_is_symmetric_one_with_itself_and_within_bounds(self):
        values = LIKENESS.to_numpy()
        np.testing.assert_array_equal(values, values.T)
        np.testing.assert_array_equal(np.diag(values), 1.0)
        assert values.min() >= 0 and values.max() <= 1

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(
            st.lists(st.sampled_from([0, 0.25, 0.5, 1]), min_size=3, max_size=3),
            min_size=2,
            max_size=5,
        )
    )
    def test_it_is_the_textbook_formula(self, rows):
        found = cosine_similarity(pd.DataFrame(rows, dtype="float64"))
        for one, two in combinations(range(len(rows)), 2):
            a, b = np.array(rows[one]), np.array(rows[two])
            scale = np.sqrt(a @ a) * np.sqrt(b @ b)
            assert found.loc[one, two] == pytest.approx(a @ b / scale if scale else 0, abs=1e-8)

    def test_the_length_of_a_vector_does_not_count(self):
        doubled = VECTORS.mul(np.linspace(0.5, 3, len(VECTORS)), axis=0)
        pd.testing.assert_frame_equal(cosine_similarity(doubled), LIKENESS)

    @pytest.mark.parametrize("wrong", [-0.5, np.nan])
    def test_numbers_that_cannot_be_are_named(self, wrong):
        with pytest.raises(ValueError, match="allowed are numbers from 0"):
            cosine_similarity(pd.DataFrame([[1.0, wrong], [0.5, 0.5]]))


class TestKnownNeighbours:
    def test_front_and_back_squat(self):
        assert {"back_squat_full", "back_squat_parallel"} <= set(neighbours("front_squat", 5))

    def test_copenhagen_and_the_other_adductor_exercises(self):
        assert "side_lying_adduction" in neighbours("copenhagen_adductor_plank", 3)
        best = neighbours("copenhagen_adductor_plank", 8)
        assert set(ROWS.loc[best, "family"]) == {"adduction"}

    def test_hip_thrust_and_bridge(self):
        assert set(ROWS.loc[neighbours("hip_thrust", 4), "family"]) == {"bridge"}

    def test_running_forms_are_nearer_to_each_other_than_to_strength(self):
        strength = list(ROWS.index[ROWS["category"].ne("locomotion")])
        for run in RUNS:
            others = [one for one in RUNS if one != run]
            assert LIKENESS.loc[run, others].mean() > LIKENESS.loc[run, strength].mean()
        steady = {"running_tempo", "running_intervals", "running_uphill", "running_downhill"}
        assert set(neighbours("running_easy", 4)) == steady

    def test_opposite_movements_are_far_apart(self):
        near = LIKENESS.loc["side_lying_adduction", "cable_hip_adduction"]
        assert LIKENESS.loc["side_lying_adduction", "side_lying_abduction"] < near - 0.3


class TestWishes:
    @pytest.mark.parametrize("exercise", ["sprint_flat", "back_squat_full", "lateral_band_walk"])
    @pytest.mark.parametrize("wishes", [w for n in range(5) for w in combinations(WISHES, n)])
    def test_every_substitute_fulfils_them_and_no_other_exercise_does(self, exercise, wishes):
        own = ROWS.loc[exercise]
        main = PLANES[PLANES["is_main"]].groupby("exercise_id")["plane"].agg(set)
        bare = possible_with(EQUIPMENT, ())
        tests = {
            "plane": lambda code, row: bool(main[code] & main[exercise]),
            "no_equipment": lambda code, row: code in bare,
            "impact": lambda code, row: IMPACTS.index(row.impact) < IMPACTS.index(own["impact"]),
            "easier": lambda code, row: LEVELS.index(row.level) < LEVELS.index(own["level"]),
        }
        wanted = {
            row.Index
            for row in ROWS.itertuples()
            if row.Index != exercise and all(tests[wish](row.Index, row) for wish in wishes)
        }
        found = nearest(exercise, wishes, VECTORS, *LINKS)
        assert set(found["exercise_id"]) == wanted
        assert found["similarity"].is_monotonic_decreasing
        dropped, n_left = wishes_to_drop(exercise, wishes, *LINKS)
        assert (dropped == ()) == bool(wanted)
        assert n_left == len(fulfilling(exercise, set(wishes) - set(dropped), *LINKS)) > 0

    def test_the_scales_are_those_of_the_table(self):
        assert set(EXERCISES["impact"]) == set(IMPACTS)
        assert set(EXERCISES["level"]) == set(LEVELS)

    def test_the_fewest_wishes_are_dropped(self):
        dropped, _ = wishes_to_drop("bodyweight_squat", WISHES, *LINKS)
        assert dropped == ("impact", "easier")

    def test_equals_keep_the_order_of_the_table(self):
        found = nearest("front_squat", (), VECTORS, *LINKS)
        for _, same in found.groupby("similarity"):
            assert same["sequence"].is_monotonic_increasing

    def test_what_is_not_known_is_named(self):
        with pytest.raises(ValueError, match="exercise_id is 'moonwalk'"):
            fulfilling("moonwalk", (), *LINKS)
        with pytest.raises(ValueError, match="wish is 'fun'; allowed are plane"):
            fulfilling("front_squat", ("fun",), *LINKS)


class TestChanges:
    def test_nothing_changes_for_itself(self):
        found = changes("front_squat", "front_squat", ROLES)
        assert found.n_same == found.n_muscles == len(tables.load("muscles"))
        assert not (found.also_leads or found.also_helps)
        assert not (found.leads_no_more or found.does_not_reach)

    def test_running_gives_up_the_inner_thigh_of_the_copenhagen_plank(self):
        found = changes("copenhagen_adductor_plank", "running_easy", ROLES)
        inner = {"adductor_longus", "adductor_magnus", "adductor_brevis_pectineus", "gracilis"}
        assert set(found.leads_no_more) == inner
        assert "soleus" in found.also_leads
        back = changes("running_easy", "copenhagen_adductor_plank", ROLES)
        assert set(back.also_leads) == inner

    @pytest.mark.parametrize("pair", [("sprint_flat", "leg_curl"), ("hip_thrust", "clamshell")])
    def test_a_muscle_is_lost_one_way_only(self, pair):
        found = changes(*pair, ROLES)
        assert not set(found.leads_no_more) & set(found.does_not_reach)
        gained = {*found.also_leads, *found.also_helps}
        assert not gained & {*found.leads_no_more, *found.does_not_reach}


def walk(order):
    return sum(1 - LIKENESS.loc[one, two] for one, two in pairwise(order))


class TestLikenessOrder:
    ORDER = likeness_order(VECTORS)

    def test_it_is_a_permutation_and_always_the_same(self):
        assert sorted(self.ORDER) == sorted(VECTORS.index)
        assert likeness_order(VECTORS.copy()) == self.ORDER

    def test_neighbours_are_more_alike_than_by_name_or_by_family(self):
        by_name = EXERCISES.sort_values("short_name")["exercise_id"]
        assert walk(self.ORDER) < 0.5 * walk(by_name)
        assert walk(self.ORDER) < walk(EXERCISES["exercise_id"])

    @pytest.mark.parametrize("family", ["adduction", "squat", "bridge", "running"])
    def test_families_stand_closer_together_than_by_name(self, family):
        def breaks(order):
            own = [ROWS.loc[code, "family"] == family for code in order]
            return sum(one != two for one, two in pairwise(own))

        by_name = EXERCISES.sort_values("short_name")["exercise_id"]
        assert breaks(self.ORDER) < breaks(by_name)

    def test_it_begins_with_the_end_nearer_to_the_first_exercise(self):
        for first in ("running_easy", "seated_calf_raise", "clamshell"):
            rows = VECTORS.loc[[first, *VECTORS.index.drop(first)]]
            order = likeness_order(rows)
            assert order.index(first) <= (len(order) - 1) / 2

    @pytest.mark.parametrize("n", [0, 1, 2, 3])
    def test_a_few_are_ordered_too(self, n):
        assert sorted(likeness_order(VECTORS.head(n))) == sorted(VECTORS.index[:n])

    def test_the_package_is_imported_only_when_it_is_asked_for(self):
        import subprocess
        import sys

        code = (
            "import sys; from spotcheck.muscles import similarity; "
            "sys.exit(any(name.startswith('scipy') for name in sys.modules))"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
