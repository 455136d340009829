import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from spotcheck import measured
from spotcheck.muscles import cell_evidence, cell_measurements, matrix
from spotcheck.muscles.evidence import LENSES
from spotcheck.muscles.order import (
    FILTERS,
    ROLES,
    START_GROUPS,
    Links,
    evidence_of,
    filtered,
    group_in_focus,
    kinds_of,
    main_metric,
    muscles_of,
    named_exercises,
    ordered,
    possible_with,
    scale_top,
    start_exercises,
    strongest_role,
    way_out,
)
from spotcheck.muscles.similarity import likeness_order, role_vectors
from spotcheck.tables import load

EXERCISES = load("exercises")
MUSCLES = load("muscles")
EQUIPMENT = load("exercise_equipment")
PLANES = load("exercise_planes")
NAMED = named_exercises(load("claim_mentions"), load("claims"))
LINKS = Links(EQUIPMENT, PLANES, NAMED)
COLUMNS = {"pattern": "pattern", "chain": "chain", "legs": "laterality"}
METRICS = load("metrics")
TABLES = (
    load("engagement_measurements"),
    load("exercise_variants"),
    load("muscle_portion_members"),
    METRICS,
)
CELL = ["exercise_id", "muscle_id"]


def codes(exercises):
    return exercises["exercise_id"].tolist()


def test_it_starts_with_the_running_forms_and_what_the_articles_name():
    mentions = load("claim_mentions")
    named = set(mentions["exercise_id"].dropna())
    running = set(EXERCISES.loc[EXERCISES["is_running_form"], "exercise_id"])
    shown = codes(start_exercises(EXERCISES, mentions))
    assert set(shown) == named | running
    assert len(running) == 6 and named - running
    assert shown == [code for code in codes(EXERCISES) if code in set(shown)]


class TestEquipment:
    @pytest.mark.parametrize("piece", EQUIPMENT["equipment"].unique())
    def test_one_piece_opens_what_needs_nothing_else(self, piece):
        have = {piece, "none"}
        for exercise, rows in EQUIPMENT.groupby("exercise_id"):
            required = set(rows.loc[rows["requirement"].eq("required"), "equipment"])
            choices = set(rows.loc[rows["requirement"].eq("alternative"), "equipment"])
            can = required <= have and (not choices or bool(choices & have))
            assert (exercise in possible_with(EQUIPMENT, {piece})) == can

    def test_everything_at_hand_opens_everything(self):
        assert possible_with(EQUIPMENT, set(EQUIPMENT["equipment"])) == set(codes(EXERCISES))

    def test_more_equipment_never_closes_anything(self):
        band = possible_with(EQUIPMENT, {"band"})
        assert possible_with(EQUIPMENT, {"none"}) <= band
        assert band <= possible_with(EQUIPMENT, {"band", "bench"})


class TestFilters:
    @given(
        chosen=st.fixed_dictionaries(
            {},
            optional={
                "equipment": st.sets(st.sampled_from(sorted(set(EQUIPMENT["equipment"])))),
                "plane": st.sets(st.sampled_from(sorted(set(PLANES["plane"])))),
                "pattern": st.sets(st.sampled_from(sorted(set(EXERCISES["pattern"])))),
                "chain": st.sets(st.sampled_from(sorted(set(EXERCISES["chain"])))),
                "legs": st.sets(st.sampled_from(sorted(set(EXERCISES["laterality"])))),
                "kind": st.sets(st.sampled_from(["running", "strength", "other"])),
                "article": st.sets(st.sampled_from("ABC")),
            },
        )
    )
    @settings(max_examples=40, deadline=None)
    def test_what_passes_passes_every_filter(self, chosen):
        expected = [
            row["exercise_id"]
            for row in EXERCISES.to_dict("records")
            if all(self.passes(row, name, codes) for name, codes in chosen.items())
        ]
        assert codes(filtered(EXERCISES, LINKS, chosen)) == expected
        if not expected:
            names, n_exercises = way_out(EXERCISES, LINKS, chosen)
            rest = {name: codes for name, codes in chosen.items() if name not in names}
            assert len(filtered(EXERCISES, LINKS, rest)) == n_exercises > 0
            # One filter less does not do, and no equally short way brings back more.
            for size in range(1, len(names) + 1):
                for others in itertools.combinations(chosen, size):
                    rest = {name: codes for name, codes in chosen.items() if name not in others}
                    found = len(filtered(EXERCISES, LINKS, rest))
                    assert found == 0 if size < len(names) else found <= n_exercises

    def passes(self, row, name, chosen):
        code = row["exercise_id"]
        if not chosen:
            return True
        if name == "equipment":
            return code in possible_with(EQUIPMENT, chosen)
        if name == "kind":
            return self.kind(row) in chosen
        if name in COLUMNS:
            return row[COLUMNS[name]] in chosen
        table, column = {"plane": (PLANES, "plane"), "article": (NAMED, "article_id")}[name]
        return bool(chosen & set(table.loc[table["exercise_id"].eq(code), column]))

    def kind(self, row):
        if row["is_running_form"]:
            return "running"
        return "other" if row["category"] == "locomotion" else "strength"

    def test_the_kinds(self):
        kinds = kinds_of(EXERCISES)
        assert kinds.tolist() == [self.kind(row) for row in EXERCISES.to_dict("records")]
        assert kinds.value_counts().to_dict() == {"strength": 70, "other": 8, "running": 6}

    def test_none_lets_everything_pass(self):
        assert codes(filtered(EXERCISES, LINKS, {})) == codes(EXERCISES)
        assert codes(filtered(EXERCISES, LINKS, dict.fromkeys(FILTERS, ()))) == codes(EXERCISES)

    def test_the_way_out_names_the_filter_that_brings_back_most(self):
        start = start_exercises(EXERCISES, load("claim_mentions"))
        filters = {"equipment": ["kettlebell"], "plane": ["transverse"]}
        assert filtered(start, LINKS, filters).empty
        names, n_exercises = way_out(start, LINKS, filters)
        without_plane = filtered(start, LINKS, {"equipment": ["kettlebell"]})
        assert names == ("plane",) and n_exercises == len(without_plane) > 0

    def test_the_way_out_may_need_several(self):
        machines = EXERCISES[EXERCISES["exercise_id"].eq("leg_press")]
        filters = {"equipment": ["none"], "plane": ["transverse"], "kind": ["strength"]}
        assert way_out(machines, LINKS, filters) == (("equipment", "plane"), 1)
        filters |= {"kind": ["running"]}
        assert way_out(machines, LINKS, filters) == (("equipment", "plane", "kind"), 1)

    def test_bad_input_is_named(self):
        with pytest.raises(ValueError, match="filter is 'size'; allowed are equipment, plane"):
            filtered(EXERCISES, LINKS, {"size": ["large"]})
        with pytest.raises(ValueError, match="exercises has no rows"):
            way_out(EXERCISES.iloc[:0], LINKS, {"chain": ["open"]})


def test_muscles_stand_group_by_group():
    assert muscles_of(MUSCLES, START_GROUPS)["muscle_group"].nunique() == len(START_GROUPS)
    assert len(muscles_of(MUSCLES, MUSCLES["muscle_group"].unique())) == len(MUSCLES)
    with pytest.raises(ValueError, match=r"group is 'arm'; allowed are inner_thigh"):
        muscles_of(MUSCLES, ["arm"])


class TestOrder:
    def cells(self, lens, muscle):
        evidence = evidence_of(lens, measured.cells())
        cells = matrix(EXERCISES, MUSCLES, load("engagement_roles"), evidence)
        return cells[cells["muscle_id"].eq(muscle)]

    def test_by_group_is_the_order_of_the_table(self):
        assert codes(ordered(EXERCISES, "group")) == codes(EXERCISES)

    def test_by_name(self):
        names = ordered(EXERCISES, "name")["short_name"].str.lower().tolist()
        assert names == sorted(names)

    def test_by_muscle_puts_leading_roles_first(self):
        cells = self.cells("role", "gracilis")
        rows = ordered(EXERCISES, "muscle", cells=cells)
        role = cells.set_index("exercise_id")["role"][rows["exercise_id"]]
        ranks = role.map(ROLES.index).tolist()
        assert ranks == sorted(ranks) and len(set(ranks)) > 2

    def test_by_muscle_puts_high_values_of_one_scale_first(self):
        cells = self.cells("muscle_force", "gluteus_medius")
        rows = ordered(EXERCISES, "muscle", cells=cells, metric="force_newton")
        by_code = cells.set_index("exercise_id").loc[rows["exercise_id"]]
        values = by_code["value"].where(by_code["metric"].eq("force_newton"))
        n_values = values.notna().sum()
        assert n_values > 1
        assert values.iloc[:n_values].is_monotonic_decreasing
        assert values.iloc[n_values:].isna().all()
        # A body weight is not a newton: what is on the other scale follows by role.
        assert by_code["metric"].iloc[n_values:].eq("force_body_weights").any()

    def test_by_likeness_families_stand_together_and_a_filter_moves_nothing(self):
        likeness = likeness_order(role_vectors(load("engagement_roles")))
        rows = codes(ordered(EXERCISES, "similarity", likeness=likeness))
        assert tuple(rows) == likeness
        running = EXERCISES["is_running_form"].to_numpy()
        some = EXERCISES[running | EXERCISES["pattern"].eq("adduction")]
        kept = codes(ordered(some, "similarity", likeness=likeness))
        assert kept == [code for code in rows if code in set(some["exercise_id"])]

    @pytest.mark.parametrize("order", ["group", "similarity", "name", "muscle"])
    def test_every_exercise_stays(self, order):
        likeness = codes(EXERCISES)[::-1]
        cells = self.cells("role", "soleus")
        rows = ordered(EXERCISES, order, cells=cells, likeness=likeness)
        assert sorted(codes(rows)) == sorted(codes(EXERCISES))

    def test_bad_input_is_named(self):
        with pytest.raises(
            ValueError, match="order is 'size'; allowed are group, similarity, name"
        ):
            ordered(EXERCISES, "size")
        with pytest.raises(ValueError, match="cells is None"):
            ordered(EXERCISES, "muscle")
        with pytest.raises(ValueError, match="likeness is None"):
            ordered(EXERCISES, "similarity")


class TestEvidence:
    def test_a_measured_lens_is_its_own_evidence(self):
        for lens in LENSES:
            alone = cell_evidence(cell_measurements(*TABLES, lenses=[lens]))
            assert_frame_equal(evidence_of(lens, measured.cells()), alone)

    def test_the_role_lens_has_the_best_grade_of_any(self):
        best = evidence_of("role", measured.cells())
        assert not best.duplicated(CELL).any()
        every = pd.concat([measured.in_lens(lens) for lens in LENSES])
        expected = every.groupby(CELL)["grade"].min()
        found = best.set_index(CELL)["grade"]
        assert found.astype("str").to_dict() == expected.astype("str").to_dict()

    def test_single_people_come_only_when_asked(self):
        without = evidence_of("role", measured.cells())
        assert not without["grade"].eq("single_person").any()
        with_them = evidence_of("role", measured.cells(single=True))
        assert with_them["grade"].eq("single_person").any()
        assert len(with_them) > len(without)


class TestScale:
    METRICS = pd.DataFrame(
        {"metric": ["a", "b"], "sequence": [1, 2], "is_percent_of_mvic": [True, False]}
    )

    @pytest.mark.parametrize(
        ("metrics", "expected"),
        [([], None), ([None], None), (["b", "b", "a"], "b"), (["b", "a"], "a"), (["b"], "b")],
    )
    def test_the_commonest_scale_is_the_main_one(self, metrics, expected):
        cells = pd.DataFrame({"metric": pd.Series(metrics, dtype="str")})
        assert main_metric(cells, self.METRICS) == expected

    def test_the_strongest_colour_is_a_maximal_effort_or_the_largest_value(self):
        measured = pd.DataFrame({"metric": ["a", "b", "b"], "value_high": [140.0, 3.0, 5.0]})
        assert scale_top("a", measured, self.METRICS) == 100
        assert scale_top("b", measured, self.METRICS) == 5


class TestFocus:
    CELLS = pd.DataFrame(
        {
            "muscle_id": ["adductor_longus", "gluteus_maximus", "soleus"],
            "metric": ["a", "a", "b"],
            "value_high": [20.0, 90.0, 400.0],
        }
    )

    def test_the_first_group_chosen(self):
        assert group_in_focus(self.CELLS, MUSCLES, ["calf", "front_thigh"], "a") == "front_thigh"

    def test_else_the_highest_on_the_main_scale(self):
        assert group_in_focus(self.CELLS, MUSCLES, [], "a") == "buttock"

    def test_what_runners_ask_about_comes_before_the_rest(self):
        cells = self.CELLS.assign(muscle_id=["obliques", "obliques", "soleus"], metric="a")
        cells["value_high"] = [90.0, 80.0, 10.0]
        assert group_in_focus(cells, MUSCLES, [], "a") == "calf"
        assert group_in_focus(cells.iloc[:2], MUSCLES, [], "a") == "core"

    def test_else_the_inner_thigh(self):
        assert group_in_focus(self.CELLS, MUSCLES, [], None) == "inner_thigh"


def test_the_strongest_role_of_a_group():
    assert [strongest_role([role, "none"]) for role in ROLES] == list(ROLES)
