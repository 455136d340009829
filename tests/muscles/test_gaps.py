"""What nobody measured: the map counts what a plain loop over the tables counts."""

import pandas as pd
import pytest

from spotcheck.muscles import cell_evidence, cell_measurements, gaps, measurements_for
from spotcheck.muscles.evidence import LENSES
from spotcheck.tables import load

EXERCISES, MUSCLES = load("exercises"), load("muscles")
MEASUREMENTS, VARIANTS = load("engagement_measurements"), load("exercise_variants")
MEMBERS, METRICS = load("muscle_portion_members"), load("metrics")


@pytest.fixture(scope="module")
def known():
    return gaps.known_rows(MEASUREMENTS, VARIANTS, MEMBERS)


@pytest.fixture(scope="module")
def cells(known):
    return gaps.gap_map(known, EXERCISES, MUSCLES)


@pytest.fixture(scope="module")
def families(known):
    return gaps.gap_map(known, EXERCISES, MUSCLES, by="family")


def restates(row, other, exercise_of, muscle, muscles_of):
    """Whether another number of the same pair, seen as well, is the same number."""
    return (
        exercise_of[other["variant_id"]] == exercise_of[row["variant_id"]]
        and muscle in muscles_of[other["portion_id"]]
        and other["is_single_person"] == row["is_single_person"]
        and (other["status"] == "from_memory") == (row["status"] == "from_memory")
    )


def brute_force():
    """Studies, and numbers of one person and from memory, of every pair by plain loops."""
    exercise_of = dict(zip(VARIANTS["variant_id"], VARIANTS["exercise_id"], strict=True))
    muscles_of = MEMBERS.groupby("portion_id")["muscle_id"].agg(list).to_dict()
    studies, single, memory = {}, {}, {}
    rows = MEASUREMENTS.set_index("measurement_id")
    for row in MEASUREMENTS.to_dict("records"):
        for muscle in muscles_of.get(row["portion_id"], ()):
            pair = exercise_of[row["variant_id"]], muscle
            again = row["repeats_measurement_id"]
            if pd.notna(again) and restates(row, rows.loc[again], exercise_of, muscle, muscles_of):
                continue
            if row["is_single_person"]:
                single[pair] = single.get(pair, 0) + 1
            elif row["status"] == "from_memory":
                memory[pair] = memory.get(pair, 0) + 1
            else:
                studies.setdefault(pair, set()).add(row["study_id"])
    return studies, single, memory


def test_every_pair_is_counted_as_by_hand(cells):
    studies, single, memory = brute_force()
    assert len(cells) == len(EXERCISES) * len(MUSCLES)
    for row in cells.to_dict("records"):
        pair = row["exercise_id"], row["muscle_id"]
        assert row["n_studies"] == len(studies.get(pair, ()))
        assert row["n_from_memory"] == memory.get(pair, 0)
        assert (row["n_single_person"] > 0) == (pair in single)
        expected = (
            "studied" if pair in studies
            else "single_person" if pair in single
            else "from_memory" if pair in memory
            else "none"
        )  # fmt: skip
        assert row["kind"] == expected


def test_families_join_their_exercises(cells, families, known):
    family_of = EXERCISES.set_index("exercise_id")["family"]
    assert len(families) == EXERCISES["family"].nunique() * len(MUSCLES)
    studied = known[known["kind"].eq("studied")]
    studies = studied.groupby([studied["exercise_id"].map(family_of), "muscle_id"])["study_id"]
    by_hand = studies.nunique()
    own = families.set_index(["family", "muscle_id"])
    assert own["n_studies"].sum() == by_hand.sum()
    assert (own.loc[by_hand.index, "n_studies"] == by_hand).all()
    n_studied = cells[cells["n_studies"].gt(0)].groupby(
        [cells["exercise_id"].map(family_of), "muscle_id"]
    )
    assert (own.loc[n_studied.size().index, "n_exercises_studied"] == n_studied.size()).all()
    assert own["n_exercises"].groupby("family").first().sum() == len(EXERCISES)


def test_whatever_fills_a_cell_of_the_matrix_is_studied_here(cells):
    studied = cells[cells["kind"].eq("studied")].set_index(["exercise_id", "muscle_id"]).index
    rows = cell_measurements(MEASUREMENTS, VARIANTS, MEMBERS, METRICS, limb="any")
    shown = cell_evidence(rows)
    assert set(shown["lens"]) == set(LENSES)
    assert shown.set_index(["exercise_id", "muscle_id"]).index.isin(studied).all()


def test_a_repeated_number_counts_once():
    plain = {"portion_id": "p", "variant_id": "v", "is_single_person": False, "status": "verified"}
    rows = pd.DataFrame(
        [
            plain | {"measurement_id": "m1", "study_id": "a", "repeats_measurement_id": None},
            plain | {"measurement_id": "m2", "study_id": "b", "repeats_measurement_id": "m1"},
        ]
    )
    found = gaps.known_rows(
        rows,
        pd.DataFrame({"variant_id": ["v"], "exercise_id": ["squat"]}),
        pd.DataFrame({"portion_id": ["p"], "muscle_id": ["soleus"]}),
    )
    assert found["measurement_id"].tolist() == ["m1"]


def test_an_unknown_row_is_refused(known):
    with pytest.raises(ValueError, match="by is 'plane'; allowed are exercise_id, family"):
        gaps.gap_map(known, EXERCISES, MUSCLES, by="plane")


class TestWords:
    def test_the_share_and_the_counts_are_the_map(self, cells):
        counts = cells["kind"].value_counts()
        share = round(100 * counts["none"] / len(cells))
        assert gaps.finding(cells) == (
            f"Nobody has measured {share}\u00a0% of these {len(cells):,} pairs, as far as we know"
        )
        sentence = gaps.counts_sentence(cells)
        for kind in gaps.KINDS:
            assert f"{counts[kind]:,}" in sentence

    @pytest.mark.parametrize(
        ("kinds", "words"),
        [
            (["none"] * 3, "any of these 3 pairs"),
            (["studied"] * 3, "Each of these 3 pairs has at least one number"),
            (["none"] * 999 + ["studied"], "99\u00a0% of these 1,000 pairs"),
            (["studied"] * 999 + ["none"], "1\u00a0% of these 1,000 pairs"),
            (["none"], "any of this pair"),
        ],
    )
    def test_rounding_never_says_none_or_all(self, kinds, words):
        assert words in gaps.finding(pd.DataFrame({"kind": kinds}))

    def test_unknown_muscles_and_exercises_have_no_study(self, cells):
        studied = cells[cells["n_studies"].gt(0)]
        assert set(gaps.unknown_muscles(cells)) == set(MUSCLES["muscle_id"]) - set(
            studied["muscle_id"]
        )
        assert set(gaps.unknown_exercises(cells)) == set(EXERCISES["exercise_id"]) - set(
            studied["exercise_id"]
        )
        names = EXERCISES.set_index("exercise_id")["name"]
        n_unknown = len(gaps.unknown_exercises(cells))
        assert f"{n_unknown} of {len(EXERCISES)}" in gaps.exercises_sentence(cells, names)
        assert "transversus abdominis" in gaps.muscles_sentence(cells, MUSCLES)

    def test_a_report_names_the_cell_its_values_and_sources(self):
        role = load("engagement_roles").set_index(["exercise_id", "muscle_id"])
        pair = ("copenhagen_adductor_plank", "adductor_longus")
        rows = measurements_for(
            *pair,
            measurements=MEASUREMENTS,
            variants=VARIANTS,
            portion_members=MEMBERS,
            portions=load("muscle_portions"),
            metrics=METRICS,
            studies=load("studies"),
        )
        text = gaps.report_text(
            "Copenhagen adductor plank",
            "Adductor longus",
            role.loc[pair],
            rows,
            address="/muscle_matrix?view=gaps",
            data_version="1",
        )
        assert "Wrong cell: Copenhagen adductor plank, Adductor longus" in text
        assert "Role: prime_mover (main_action_largest" in text
        for code, citation in zip(rows["measurement_id"], rows["citation"], strict=True):
            assert f"- {code}: " in text and citation in text
        assert "108 % of MVIC (mvic_percent_peak)" in text
        empty = gaps.report_text(
            "A", "B", role.loc[pair], rows.iloc[:0], address="", data_version=""
        )
        assert "Measurements: none" in empty


def test_the_whole_table_loses_and_invents_no_row():
    table = gaps.whole_table(MEASUREMENTS, VARIANTS, load("muscle_portions"), load("studies"))
    assert table["measurement_id"].tolist() == MEASUREMENTS["measurement_id"].tolist()
    assert table[["exercise_id", "wording", "portion", "citation"]].notna().all(axis=None)
