"""What running does against strength exercises: the roles' and the numbers' own tables decide."""

from functools import cache

import pandas as pd
import pytest

from spotcheck import measured
from spotcheck.muscles import matrix, running_cover
from spotcheck.muscles.evidence import LENSES
from spotcheck.muscles.order import ROLES, evidence_of, muscles_of
from spotcheck.tables import load

EXERCISES, MUSCLES, ROLE_TABLE = load("exercises"), load("muscles"), load("engagement_roles")
EVIDENCE = {
    "measurements": load("engagement_measurements"),
    "variants": load("exercise_variants"),
    "portion_members": load("muscle_portion_members"),
    "metrics": load("metrics"),
}
METRICS = EVIDENCE["metrics"]
FORMS = running_cover.running_forms(EXERCISES)
STRENGTH = running_cover.strength_exercises(EXERCISES)


@cache
def cells_of(lens, *, single=False):
    evidence = evidence_of(lens, measured.cells(single=single))
    return matrix(EXERCISES, MUSCLES, ROLE_TABLE, evidence)


@pytest.fixture(scope="module")
def cover():
    return running_cover.role_cover(cells_of("role"), FORMS, STRENGTH, MUSCLES)


def row(**values):
    """One measured cell of a made-up table."""
    return {"metric": "peak", "value_low": 1.0, "value_high": 1.0, **values}


class TestRoles:
    def test_highest_roles_are_those_of_the_table(self, cover):
        assert list(cover["muscle_id"]) == list(MUSCLES["muscle_id"])
        for one in cover.to_dict("records"):
            own = ROLE_TABLE[ROLE_TABLE["muscle_id"].eq(one["muscle_id"])]
            for side, exercises in (("running", FORMS), ("strength", STRENGTH)):
                among = own[own["exercise_id"].isin(exercises["exercise_id"])]
                best = next(role for role in ROLES if role in set(among["role"]))
                assert one[f"{side}_role"] == best
                ids = set(among.loc[among["role"].eq(best), "exercise_id"])
                assert set(one[f"{side}_ids"]) == ids

    def test_the_verdict_follows_the_steps_of_the_roles(self, cover):
        for one in cover.to_dict("records"):
            ahead = ROLES.index(one["strength_role"]) - ROLES.index(one["running_role"])
            expected = running_cover.VERDICTS[1 if ahead == 0 else 0 if ahead > 0 else 2]
            assert one["verdict"] == expected

    def test_the_best_studied_exercise_is_named_first(self, cover):
        studies = cells_of("role").set_index(["muscle_id", "exercise_id"])["n_studies"]
        for one in cover.to_dict("records"):
            counts = [studies[one["muscle_id"], code] for code in one["strength_ids"]]
            assert counts == sorted(counts, reverse=True)

    def test_the_finding_counts_the_table(self, cover):
        leads = cover["running_role"].eq("prime_mover")
        more = ~leads & cover["strength_role"].eq("prime_mover")
        sentence = running_cover.role_finding(cover)
        assert sentence.startswith(f"{leads.sum()} of {len(MUSCLES)} muscles lead in some form")
        assert f"{more.sum()} more lead only in strength exercises" in sentence
        assert running_cover.only_in_strength(cover) == list(cover.loc[more, "muscle_id"])

    def test_adductors_help_in_running_and_lead_in_strength_exercises(self, cover):
        inner = cover[cover["muscle_group"].eq("inner_thigh")]
        assert set(inner["running_role"]) == {"synergist"}
        assert set(inner["verdict"]) == {"strength_more"}

    def test_easy_running_alone_is_counted_apart(self, cover):
        own = ROLE_TABLE[ROLE_TABLE["exercise_id"].eq("running_easy")]
        n_led = own["role"].eq("prime_mover").sum()
        assert cover["easy_role"].eq("prime_mover").sum() == n_led == 6
        assert running_cover.easy_sentence(cover).startswith("In easy running alone six lead:")

    @pytest.mark.parametrize("group", MUSCLES["muscle_group"].unique())
    def test_every_group_has_its_sentence(self, group):
        own = muscles_of(MUSCLES, [group])
        cover = running_cover.role_cover(cells_of("role"), FORMS, STRENGTH, own)
        sentence = running_cover.role_finding(cover)
        assert "muscle" in sentence and "running" in sentence and "  " not in sentence

    def test_without_strength_exercises_there_is_no_verdict(self):
        cover = running_cover.role_cover(cells_of("role"), FORMS, STRENGTH.iloc[:0], MUSCLES)
        assert cover["verdict"].isna().all() and cover["strength_role"].isna().all()
        assert running_cover.only_in_strength(cover) == []


class TestNumbers:
    @pytest.mark.parametrize("single", [False, True])
    @pytest.mark.parametrize("lens", LENSES)
    def test_rows_are_the_cells_and_the_best_strength_exercise(self, lens, single):
        cells = cells_of(lens, single=single)
        measured = running_cover.measured_cover(cells, FORMS, STRENGTH, MUSCLES)
        known = cells[~cells["no_data"]]
        running = measured[measured["side"].eq("running")]
        assert len(running) == known["exercise_id"].isin(FORMS["exercise_id"]).sum()
        strength = known[known["exercise_id"].isin(STRENGTH["exercise_id"])]
        place = ["muscle_id", "metric"]
        of_people = strength[strength["grade"].ne("single_person")]
        highest = of_people.groupby(place)["value_high"].max()
        highest = highest.combine_first(strength.groupby(place)["value_high"].max())
        best = measured[measured["side"].eq("strength")].set_index(place)
        assert best["value_high"].sort_index().equals(highest.sort_index())

    @pytest.mark.parametrize("lens", LENSES)
    def test_only_numbers_on_one_scale_are_compared(self, lens):
        cells = cells_of(lens)
        measured = running_cover.measured_cover(cells, FORMS, STRENGTH, MUSCLES)
        both = running_cover.compared(measured)
        on_scale = measured.groupby(["muscle_id", "metric"])["side"].nunique()
        assert len(both) == on_scale.eq(2).sum()

    @pytest.mark.parametrize(
        ("running", "strength", "verdict"),
        [
            ((5, 6), (3, 4), "running_more"),
            ((3, 4), (5, 6), "strength_more"),
            ((3, 5), (5, 6), "alike"),
            ((4, 4), (4, 4), "alike"),
        ],
    )
    def test_ranges_that_meet_are_alike(self, running, strength, verdict):
        rows = [
            row(muscle_id="soleus", side="running", value_low=running[0], value_high=running[1]),
            row(muscle_id="soleus", side="strength", value_low=strength[0], value_high=strength[1]),
        ]
        both = running_cover.compared(pd.DataFrame(rows))
        assert both["verdict"].tolist() == [verdict]
        sentence = running_cover.measured_finding(pd.DataFrame(rows))
        assert sentence.startswith("Of one muscle measured on one scale")

    def test_the_highest_form_of_running_counts(self):
        rows = [
            row(muscle_id="soleus", side="running", value_low=1, value_high=1),
            row(muscle_id="soleus", side="running", value_low=9, value_high=9),
            row(muscle_id="soleus", side="strength", value_low=5, value_high=5),
        ]
        assert running_cover.compared(pd.DataFrame(rows))["verdict"].tolist() == ["running_more"]

    def test_scales_of_running_come_first_then_the_main_one_of_strength(self):
        cells = cells_of("muscle_force")
        measured = running_cover.measured_cover(cells, FORMS, STRENGTH, MUSCLES)
        scales = running_cover.shown_scales(measured, METRICS)
        assert scales == ["force_body_weights", "force_newton"]
        assert "on one scale" in running_cover.measured_finding(measured)

    def test_gaps_are_said_as_gaps(self):
        cells = cells_of("muscle_force")
        measured = running_cover.measured_cover(cells, FORMS, STRENGTH, MUSCLES)
        sentence = running_cover.gaps_sentence(measured, MUSCLES, METRICS)
        n_running = measured.loc[measured["side"].eq("running"), "muscle_id"].nunique()
        assert f"Running: {n_running} of {len(MUSCLES)} muscles" in sentence
        assert "which is not zero" in sentence


class TestConflict:
    def test_every_number_of_running_has_its_source_and_status(self):
        rows = running_cover.running_measurements(
            EVIDENCE["measurements"],
            EVIDENCE["variants"],
            load("muscle_portions"),
            METRICS,
            load("studies"),
            EXERCISES,
        )
        assert set(rows["exercise_id"]) <= set(FORMS["exercise_id"])
        assert rows["citation"].notna().all() and rows["value"].notna().all()
        by_code = EVIDENCE["measurements"].set_index("measurement_id")
        assert rows["value"].tolist() == by_code["value"][rows["measurement_id"]].tolist()
        longus = rows[rows["portion_id"].eq("adductor_longus")]
        assert longus["value"].tolist() == [0.162]
        assert longus["status"].tolist() == ["verified"]

    def test_a_flat_sprint_has_no_figure_of_a_single_muscle(self):
        for lens in LENSES:
            cells = cells_of(lens)
            assert cells.loc[cells["exercise_id"].eq("sprint_flat"), "no_data"].all()


class TestKnownOrders:
    def test_serner_ranks_the_adductor_exercises_of_the_trained_leg(self):
        rows = EVIDENCE["measurements"].merge(EVIDENCE["variants"], on="variant_id")
        own = rows[rows["study_id"].eq("serner_2014") & rows["is_default"]]
        values = own.set_index("exercise_id")["value"]
        ranked = [
            "copenhagen_adductor_plank", "band_standing_adduction", "seated_adductor_machine",
            "sliding_adduction", "ball_squeeze_ankles", "side_lying_adduction",
            "supine_hip_adduction",
        ]  # fmt: skip
        assert values["ball_squeeze_knees"] == values["copenhagen_adductor_plank"] == 108
        assert values[ranked].tolist() == [108, 103, 99, 98, 86, 64, 14]
        # The lower leg of the Copenhagen plank is another limb, and does not fill the cell.
        other = rows[rows["study_id"].eq("serner_2014") & ~rows["is_default"]]
        assert other["limb"].tolist() == ["other"]
        assert other["value"].max() < values["copenhagen_adductor_plank"]

    def test_lenhart_ranks_the_forces_of_easy_running(self):
        forces = measured.in_lens("muscle_force").query("exercise_id=='running_easy'")
        value = forces.set_index("muscle_id")["value"]
        ranked = ["gluteus_medius", "gluteus_maximus", "adductor_magnus", "adductor_longus"]
        assert value[ranked].is_monotonic_decreasing and value[ranked].is_unique
        assert value.idxmax() == "gluteus_medius"
