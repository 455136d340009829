"""Cellulite: arrows follow their topics' evidence and grade; counts of people add up."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.articles import cellulite
from spotcheck.articles.coding import Coding, Edit, recoded
from spotcheck.tables import load

LINKS, NODES, TOPICS = load("cellulite_links"), load("cellulite_nodes"), load("topics")
BEHIND = load("cellulite_link_studies")
OURS = Coding(TOPICS, load("stances"), load("claims"))


def graded(topics=TOPICS):
    return cellulite.graded_links(LINKS, NODES, topics, BEHIND)


def test_every_arrow_takes_direction_and_grade_from_its_topic():
    topics = TOPICS.set_index("topic_id")
    rows = graded()
    assert sorted(rows["link_id"]) == sorted(LINKS["link_id"])
    for row in rows.itertuples():
        topic = topics.loc[row.topic_id]
        assert row.grade == topic["grade"]
        if topic["evidence_direction"] == "supports":
            assert row.effect == row.claimed_effect
        else:
            assert row.effect == topic["evidence_direction"]
        assert row.n_studies == BEHIND["link_id"].eq(row.link_id).sum()


def test_a_readers_grade_reaches_its_arrows_and_no_other():
    before = graded()
    after = graded(recoded(OURS, [Edit("T22", "high")]).topics)
    changed = before["link_id"][before["grade"].ne(after["grade"])]
    assert changed.tolist() == ["running_elasticity"]
    assert after.loc[after["link_id"].eq("running_elasticity"), "grade"].item() == "high"


def test_the_studies_of_an_arrow_speak_to_its_topic():
    evidence = load("evidence_links")
    known = set(zip(evidence["topic_id"], evidence["study_id"], strict=True))
    used = BEHIND.merge(LINKS, on="link_id")
    pairs = set(zip(used["topic_id"], used["study_id"], strict=True))
    assert pairs <= known
    unsaid = graded().query("n_studies == 0")["reason"]
    assert unsaid.str.contains("no trial").all()


def test_arrows_run_from_left_to_right_and_lanes_follow_each_other():
    stages = NODES.set_index("node_id")["stage"]
    order = {"cause": 0, "tissue": 1, "look": 2}
    rows = graded()
    assert (rows["from_node"].map(stages).map(order) < rows["to_node"].map(stages).map(order)).all()
    assert rows["lane"].is_monotonic_increasing
    assert sorted(rows["lane"].unique()) == list(range(1, rows["lane"].max() + 1))
    for _, lane in rows.groupby("lane"):
        assert lane["to_node"].iloc[-1] == cellulite.LOOK
        assert lane["from_node"].tolist()[1:] == lane["to_node"].tolist()[:-1]
        assert len(set(lane["section"])) == 1
    assert set(NODES["node_id"]) == set(LINKS["from_node"]) | set(LINKS["to_node"])


def test_the_title_counts_the_last_steps():
    rows = graded()
    last = rows[rows["section"].eq("running") & rows["to_node"].eq("dimples")]
    assert len(last) == 6
    assert last["effect"].isin(["mixed", "unknown"]).all()
    assert set(last["grade"]) == {"very_low"}
    assert cellulite.finding(rows) == (
        "All six steps from running to fewer dimples are unclear, and their certainty is very low"
    )
    surer = cellulite.finding(graded(recoded(OURS, [Edit("T21", "moderate")]).topics))
    assert surer.endswith("certainty is very low to moderate")
    known = TOPICS.assign(
        evidence_direction=TOPICS["evidence_direction"].mask(
            TOPICS["topic_id"].eq("T21"), "supports"
        )
    )
    assert cellulite.finding(graded(known)).startswith("Two of six steps")


@pytest.mark.parametrize("claimed", ["raises", "lowers"])
def test_what_the_studies_say_decides(claimed):
    assert cellulite.effect_of(claimed, "supports") == claimed
    assert cellulite.effect_of(claimed, "contradicts") == "not_seen"
    for direction in ("mixed", "unknown"):
        assert cellulite.effect_of(claimed, direction) == direction
    with pytest.raises(ValueError, match="not_applicable"):
        cellulite.effect_of(claimed, "not_applicable")


def test_strange_words_are_refused():
    with pytest.raises(ValueError, match="claimed is 'more'"):
        cellulite.effect_of("more", "supports")
    with pytest.raises(ValueError, match="moon"):
        cellulite.graded_links(LINKS.assign(from_node="moon"), NODES, TOPICS, BEHIND)
    figures = load("cellulite_trial_figures")
    with pytest.raises(ValueError, match="role is"):
        cellulite.trial_figures(figures.assign(role="won"), load("effects"))
    with pytest.raises(ValueError, match="effect_id is"):
        cellulite.trial_figures(figures.assign(effect_id="none_e01"), load("effects"))


def test_twenty_nine_women_and_how_they_fared():
    figures = cellulite.trial_figures(load("cellulite_trial_figures"), load("effects"))
    own = figures[figures["study_id"].eq("smalls_2006")]
    n = load("studies").set_index("study_id").loc["smalls_2006", "n"]
    assert cellulite.people(own, int(n)) == (17, 9, 3)
    assert set(own["status"]) == {"second_hand"}


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_people_add_up(improved, worsened, rest):
    figures = pd.DataFrame({"role": ["improved", "worsened"], "value": [improved, worsened]})
    n = improved + worsened + rest
    people = cellulite.people(figures, n)
    assert sum(people) == n
    assert people.rest == rest
    if n < improved + worsened + 1:
        with pytest.raises(ValueError, match="allowed is"):
            cellulite.people(figures, improved + worsened - 1)


def test_scores_are_those_of_the_trial():
    figures = cellulite.trial_figures(load("cellulite_trial_figures"), load("effects"))
    changes = cellulite.severity_changes(figures[figures["study_id"].eq("knobloch_2013")])
    effects = load("effects").set_index("effect_id")["estimate"]
    expected = [effects[f"knobloch_2013_e0{at}"] for at in (1, 2, 3, 4)]
    assert changes[["before", "after"]].to_numpy().ravel().tolist() == expected
