"""The check of random roles: its sample, its table, its rate and its interval."""

import pandas as pd
import pytest

from scripts.sample_cells import CELLS_PER_ROLE, sample
from spotcheck.muscles.checks import disagreement_rate, exact_interval, sentence
from spotcheck.muscles.order import ROLES
from spotcheck.tables import load
from spotcheck.wording import NBSP

CELL = ["exercise_id", "muscle_id"]


def verdicts(**counts):
    return pd.DataFrame({"verdict": [name for name, n in counts.items() for _ in range(n)]})


def test_the_sample_is_the_same_each_time_and_twelve_of_each_role():
    roles = load("engagement_roles")
    drawn = sample(roles)
    pd.testing.assert_frame_equal(drawn, sample(roles))
    assert drawn["role"].value_counts().to_dict() == dict.fromkeys(ROLES, CELLS_PER_ROLE)
    assert not drawn.duplicated(CELL).any()


def test_the_table_holds_the_sampled_cells_with_their_roles():
    pd.testing.assert_frame_equal(
        load("role_checks")[[*CELL, "role"]], sample(load("engagement_roles"))[[*CELL, "role"]]
    )


def test_every_decided_cell_names_its_source():
    checks = load("role_checks")
    with_source = checks["verdict"].ne("not_found")
    assert checks.loc[with_source, ["study_id", "place"]].notna().all(axis=None)
    assert checks.loc[~with_source, ["study_id", "place"]].isna().all(axis=None)
    assert checks["status"].eq("verified").all()
    assert checks["checked_by"].eq("one rater").all()


@pytest.mark.parametrize("n_trials", [1, 7, 51, 60])
def test_the_interval_is_clopper_and_pearson(n_trials):
    from scipy.stats import binomtest

    for n_events in range(n_trials + 1):
        exact = binomtest(n_events, n_trials).proportion_ci(0.95, "exact")
        assert exact_interval(n_events, n_trials) == pytest.approx((exact.low, exact.high))


@pytest.mark.parametrize(
    ("n_events", "n_trials", "name"), [(0, 0, "n_trials"), (-1, 5, "n_events"), (6, 5, "n_events")]
)
def test_impossible_counts_are_refused(n_events, n_trials, name):
    with pytest.raises(ValueError, match=f"{name} is "):
        exact_interval(n_events, n_trials)


def test_undecided_cells_are_not_counted_as_right():
    found = disagreement_rate(verdicts(agree=6, disagree=2, undecided=3, not_found=1))
    assert (found.n_cells, found.n_decided, found.n_disagree) == (12, 8, 2)
    assert found.rate == 0.25
    assert found.low < found.rate < found.high


def test_an_unknown_verdict_is_refused():
    with pytest.raises(ValueError, match="verdict is 'perhaps'; allowed are agree, disagree"):
        disagreement_rate(verdicts(agree=2, perhaps=1))


def test_a_table_without_a_decided_cell_is_refused():
    with pytest.raises(ValueError, match="n_trials is 0"):
        disagreement_rate(verdicts(undecided=2))


def test_the_sentence_says_what_the_table_says():
    checks = load("role_checks")
    n = checks["verdict"].value_counts()
    n_decided = n["agree"] + n["disagree"]
    text = sentence(checks).replace(NBSP, " ")
    assert text.startswith(
        f"60 random cells were checked against named sources by one rater: {n['disagree']} of the "
        f"{n_decided} that could be decided disagree ({100 * n['disagree'] / n_decided:.0f} %, "
        "95 % interval "
    )
    assert text.endswith("; nine could not be decided.")


def test_the_sentence_tells_missing_sources_apart():
    text = sentence(verdicts(agree=3, disagree=1, not_found=2))
    assert "1 of the 4 that could be decided disagrees" in text
    assert text.endswith("; for two we found no source.")
    assert sentence(verdicts(agree=3)).endswith("%).")
