"""Model against measurement: figures against scipy, the rule against invented rows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from spotcheck.muscles import model_check, physics
from spotcheck.muscles.model_check import COUNTED, by_portion, by_set, figures, rows_by_rule
from spotcheck.tables import load

PHASES, PORTIONS, MUSCLES, COMPARISONS = (
    load(f"leg_model_{name}") for name in ("phases", "portions", "muscles", "comparisons")
)
MEASUREMENTS, VARIANTS = load("engagement_measurements"), load("exercise_variants")


def invented(pairs, **columns):
    rows = pd.DataFrame(pairs, columns=["measured", "model"]).astype(float)
    start = {
        "exercise_id": [f"e{place}" for place in range(len(rows))],
        "portion_id": "soleus",
        "set": "bodyweight",
        "study_id": "one",
        "status": "verified",
        "is_peak": False,
        "is_held_out": False,
    }
    return rows.assign(ratio=rows["model"] / rows["measured"], **(start | columns))


@pytest.fixture(scope="module")
def values():
    """Estimates of the exercises that are not held out."""
    names = ("leg_model_phases", "leg_model_torques", "leg_model_strengths")
    shown = [table[table["exercise_id"].isin(compared_exercises())] for table in map(load, names)]
    return model_check.model_values(physics.poses(*shown), PORTIONS, MUSCLES)


@pytest.fixture(scope="module")
def rows(values):
    """Pairs that served while the model was made."""
    own = COMPARISONS[~COMPARISONS["is_held_out"]]
    return model_check.pairs(own, MEASUREMENTS, VARIANTS, values)


def compared_exercises():
    own = COMPARISONS[~COMPARISONS["is_held_out"]].merge(MEASUREMENTS, on="measurement_id")
    return set(own.merge(VARIANTS, on="variant_id")["exercise_id"])


numbers = st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=4, max_size=20)


@given(numbers)
def test_the_rank_correlation_is_spearman_s(pairs):
    frame = invented(pairs)
    expected = float("nan")
    if len({*frame["measured"]}) > 1 and len({*frame["model"]}) > 1:
        expected = float(spearmanr(frame["measured"], frame["model"]).statistic)
    assert figures(frame).rho == pytest.approx(expected, nan_ok=True)


@given(st.lists(st.integers(0, 3), min_size=6, max_size=6).filter(any))
def test_a_resample_counts_a_pair_as_often_as_it_is_drawn(counts):
    one, two = np.array([3.0, 1, 4, 1, 5, 9]), np.array([2.0, 7, 1, 8, 2, 8])
    drawn = np.repeat(np.arange(6), counts)
    found = model_check._rank_correlation(one, two, np.array([counts], dtype=float))[0]
    if np.unique(one[drawn]).size > 1 and np.unique(two[drawn]).size > 1:
        assert found == pytest.approx(spearmanr(one[drawn], two[drawn]).statistic)
    else:
        assert np.isnan(found)


def test_the_interval_is_that_of_a_plain_bootstrap():
    rng = np.random.default_rng(0)
    one = rng.uniform(5, 100, 25)
    pairs = np.column_stack([one, one + rng.normal(0, 30, 25)])
    found = figures(invented(pairs))
    drawn = [spearmanr(*pairs[rng.integers(0, 25, 25)].T).statistic for _ in range(300)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert found.rho_low == pytest.approx(low, abs=0.1)
    assert found.rho_high == pytest.approx(high, abs=0.1)
    assert found == figures(invented(pairs))


def test_repeats_of_a_cell_stay_together_and_widen_the_interval():
    pairs = [(10, 20), (30, 15), (50, 60), (70, 40), (90, 80)]
    once = figures(invented(pairs))
    twice = figures(invented(pairs * 2, exercise_id=list("abcde") * 2))
    apart = figures(invented(pairs * 2))
    assert (twice.n, twice.n_cells, apart.n_cells) == (10, 5, 10)
    assert twice.rho == pytest.approx(once.rho)
    assert twice.rho_high - twice.rho_low > apart.rho_high - apart.rho_low


def test_zero_is_outside_every_factor_and_the_edge_within():
    found = figures(invented([(20, 0), (20, 10), (20, 40), (20, 41)]))
    assert found.within == 0.5
    assert found.median_ratio == 1.25


def test_nothing_and_little_give_no_correlation():
    assert figures(invented([])).n == 0
    assert np.isnan(figures(invented([(1, 2), (2, 3), (3, 4)])).rho)


def test_sets_that_prove_nothing_do_not_count():
    frame = invented([(50, 100), (60, 100)], set=["set_by_load", "other_load"])
    assert by_set(frame) == {}
    assert by_portion(frame) == {}
    assert model_check.far_off(frame).empty
    assert model_check.reversals(frame).empty


def test_reversals_are_clear_in_both_and_within_a_study():
    frame = invented([(80, 20), (40, 50), (45, 90)], exercise_id=["thrust", "squat", "lunge"])
    found = model_check.reversals(frame)
    assert set(zip(found["more"], found["less"], strict=True)) == {
        ("thrust", "squat"), ("thrust", "lunge"),
    }  # fmt: skip
    apart = frame.assign(study_id=["one", "two", "three"])
    assert model_check.reversals(apart).empty


def test_the_farthest_pair_comes_first():
    frame = invented([(40, 41), (40, 100), (40, 0), (40, 15)])
    assert model_check.far_off(frame)["model"].tolist() == [0, 15, 100]


PHASE_ROWS = pd.DataFrame(
    {
        "exercise_id": ["clam", "lift", "walk", "push", "plank", "seat"],
        "load_unit": ["none", "body_weight", "newton", "none", "none", "relative"],
        "is_set_by_load": [False, False, False, False, False, True],
        "is_held_out": [True, True, True, True, False, True],
    }
)
FORMS = pd.DataFrame(
    [
        ("v1", "clam", "bodyweight", "trained"), ("v2", "lift", "percent_1rm", "both"),
        ("v3", "walk", "band", "trained"), ("v4", "push", "band", "trained"),
        ("v5", "plank", "bodyweight", "trained"), ("v6", "clam", "bodyweight", "support"),
        ("v7", "away", "bodyweight", "trained"), ("v8", "seat", "machine", "both"),
    ],
    columns=["variant_id", "exercise_id", "load_class", "limb"],
)  # fmt: skip
COVERED = pd.DataFrame({"portion_id": ["gluteus_medius"], "bundle_id": ["glmed1"]})


def measured(measurement_id, variant_id, **columns):
    start = {
        "measurement_id": measurement_id, "variant_id": variant_id, "portion_id": "gluteus_medius",
        "metric": "mvic_percent_mean", "status": "verified", "is_single_person": False,
        "repeats_measurement_id": None,
    }  # fmt: skip
    return start | columns


def test_the_rule_takes_all_that_it_says_and_nothing_else():
    table = pd.DataFrame(
        [
            measured("m1", "v1"), measured("m2", "v2"), measured("m3", "v3"),
            measured("m4", "v4"), measured("m5", "v5"), measured("m6", "v6"),
            measured("m7", "v7"), measured("m8", "v8"),
            measured("m9", "v1", status="second_hand"),
            measured("n1", "v1", status="from_memory"),
            measured("n2", "v1", metric="mvic_percent_peak"),
            measured("n3", "v1", is_single_person=True),
            measured("n4", "v1", portion_id="multifidus"),
            measured("n5", "v1", repeats_measurement_id="m1"),
        ]
    )  # fmt: skip
    held = set(PHASE_ROWS.loc[PHASE_ROWS["is_held_out"], "exercise_id"]) | {"away"}
    found = rows_by_rule(held, PHASE_ROWS, table, FORMS, COVERED)
    assert found.set_index("measurement_id")["set"].to_dict() == {
        "m1": "bodyweight", "m9": "bodyweight", "m2": "barbell", "m3": "band",
        "m4": "other_load", "m8": "set_by_load",
    }  # fmt: skip
    assert found["is_held_out"].all()
    others = rows_by_rule({"plank"}, PHASE_ROWS, table, FORMS, COVERED)
    assert others["measurement_id"].tolist() == ["m5"]
    assert not others["is_held_out"].any()


def test_held_out_rows_of_the_table_are_all_of_the_rule_or_none():
    """Nobody may choose among them."""
    own = COMPARISONS[COMPARISONS["is_held_out"]]
    if own.empty:
        held = set(PHASES.loc[PHASES["is_held_out"], "exercise_id"])
        assert len(held) >= 8
        assert not held & compared_exercises()
        return
    held = set(PHASES.loc[PHASES["is_held_out"], "exercise_id"])
    ruled = rows_by_rule(held, PHASES, MEASUREMENTS, VARIANTS, PORTIONS)
    columns = ["measurement_id", "set"]
    assert set(map(tuple, own[columns].to_numpy())) == set(map(tuple, ruled[columns].to_numpy()))


def test_a_portion_is_made_of_the_bundles_of_its_muscles():
    members = load("muscle_portion_members")
    bundles = MUSCLES.dropna(subset="muscle_id").groupby("muscle_id")["bundle_id"].agg(set)
    kinds = load("muscle_portions").set_index("portion_id")["kind"]
    for portion, own in PORTIONS.groupby("portion_id")["bundle_id"].agg(set).items():
        of_muscles = members.loc[members["portion_id"].eq(portion), "muscle_id"]
        whole = set().union(*(bundles[muscle] for muscle in of_muscles))
        assert own <= whole
        assert own == whole or kinds[portion] == "part"


def test_whole_muscles_have_the_estimates_of_the_table(values):
    table = load("leg_model_estimates").rename(columns={"muscle_id": "portion_id"})
    both = values.merge(table, on=["exercise_id", "portion_id"])
    assert len(both) == 21 * values["exercise_id"].nunique()
    assert both["model_mean"].to_numpy() == pytest.approx(both["mean_percent"], abs=0.06)
    assert both["model_peak"].to_numpy() == pytest.approx(both["peak_percent"], abs=0.06)


def test_every_compared_measurement_has_its_estimate(rows):
    own = COMPARISONS[~COMPARISONS["is_held_out"]]
    assert set(rows["measurement_id"]) == set(own["measurement_id"])
    by_id = MEASUREMENTS.set_index("measurement_id")
    single = rows.set_index("measurement_id")["measured"]
    printed = by_id.loc[single.index, "value"].dropna()
    assert single[printed.index].to_dict() == printed.to_dict()
    assert not by_id.loc[single.index, "is_single_person"].any()


def test_the_figures_are_near_those_of_the_method_s_first_trial(rows):
    found = by_set(rows)
    assert (found["bodyweight"].n, found["barbell"].n, found["all"].n) == (30, 11, 41)
    assert found["bodyweight"].rho == pytest.approx(0.65, abs=0.1)
    assert found["barbell"].rho == pytest.approx(0.27, abs=0.2)
    assert found["all"].rho == pytest.approx(0.52, abs=0.1)
    counted = rows[rows["set"].isin(COUNTED)]
    assert found["all"].within == pytest.approx(counted["ratio"].between(0.5, 2).mean())
    assert len(model_check.far_off(rows)) == (~counted["ratio"].between(0.5, 2)).sum()
    assert by_portion(rows)["gluteus_medius"].rho == pytest.approx(0.79, abs=0.1)


def test_the_share_of_four_muscles_is_of_their_sum(rows, values):
    shares = model_check.shares_of_sum(rows, values)
    means = values.set_index(["exercise_id", "portion_id"])["model_mean"]
    four = ["gluteus_maximus", "biceps_femoris", "vastus_medialis", "vastus_lateralis"]
    for row in shares.to_dict("records"):
        own = means[row["exercise_id"]]
        assert row["model"] == pytest.approx(100 * own["gluteus_maximus"] / own[four].sum())
    assert len(shares) == COMPARISONS["set"].eq("share_of_sum").sum()
