"""The evidence board: its rows are the links, and its counts those of the tables."""

import pandas as pd
import pytest

from spotcheck.articles.board import (
    FAMILIES,
    FAMILY_WORDS,
    board_rows,
    board_table,
    direction_counts,
    finding,
    strongest_sentence,
    unseen_sentence,
)
from spotcheck.articles.evidence import evidence_counts
from spotcheck.tables import load, package
from spotcheck.wording import NBSP

LINKS, STUDIES, DESIGNS, TOPICS = map(
    load, ("evidence_links", "studies", "study_designs", "topics")
)
ROWS = board_rows(LINKS, STUDIES, DESIGNS, TOPICS)


def test_one_row_a_study_and_topic():
    keys = ["topic_id", "study_id", "direction"]
    assert set(map(tuple, ROWS[keys].to_numpy())) == set(map(tuple, LINKS[keys].to_numpy()))
    assert len(ROWS) == len(LINKS)


def test_every_linked_study_has_its_design_sorted_into_a_family():
    linked = STUDIES[STUDIES["study_id"].isin(LINKS["study_id"])]
    assert set(linked["design"]) <= set(DESIGNS["design"])
    fields = {one["name"]: one for one in package().resource("study_designs")["schema"]["fields"]}
    assert tuple(fields["family"]["constraints"]["enum"]) == FAMILIES


@pytest.mark.parametrize(
    ("word", "family"),
    [("meta-analysis", "systematic"), ("systematic review", "systematic"), ("narrative", "review")],
)
def test_the_words_of_a_design_agree_with_its_family(word, family):
    assert set(DESIGNS.loc[DESIGNS["design"].str.contains(word), "family"]) == {family}


def test_what_is_called_a_randomised_trial_is_drawn_as_one():
    named = DESIGNS["design"].str.match(r"(cluster |sham-controlled )?randomised trial")
    assert set(DESIGNS.loc[named, "family"]) == {"trial"}


def test_a_design_that_nobody_sorted_is_drawn_with_the_weakest():
    rows = board_rows(LINKS, STUDIES, DESIGNS.iloc[:0], TOPICS)
    assert set(rows["family"]) == {FAMILIES[-1]}


def test_a_study_without_a_record_is_named():
    with pytest.raises(ValueError, match="walts_2008"):
        board_rows(LINKS, STUDIES[STUDIES["study_id"].ne("walts_2008")], DESIGNS, TOPICS)


@pytest.mark.parametrize("topic", TOPICS["topic_id"])
def test_the_counts_of_a_topic_are_those_of_the_topic_view(topic):
    rows = board_rows(LINKS, STUDIES, DESIGNS, TOPICS[TOPICS["topic_id"].eq(topic)])
    assert direction_counts(rows) == evidence_counts(LINKS, TOPICS).loc[topic].to_dict()


def test_the_title_counts_studies_once_and_findings_as_often_as_they_stand_there():
    counts = direction_counts(ROWS)
    title = finding(ROWS).replace(NBSP, " ")
    assert title.startswith(f"{LINKS['study_id'].nunique()} studies, {len(LINKS)} findings")
    assert title.endswith(
        f"{counts['supports']} for, {counts['contradicts']} against, {counts['mixed']} mixed"
    )


def test_the_strong_designs_are_counted_apart():
    text = strongest_sentence(ROWS).replace(NBSP, " ")
    for family, noun in (("systematic", "reviews"), ("trial", "Trials")):
        some = direction_counts(ROWS[ROWS["family"].eq(family)])
        assert f"{noun} alone: {some['supports']} for, {some['contradicts']} against" in text
    weak = ROWS[ROWS["family"].eq("laboratory")]
    assert strongest_sentence(weak).startswith("None is a trial")


def test_what_we_have_not_seen_is_said():
    unseen = ROWS[ROWS["status"].ne("verified")]
    assert "One study is hollow" in unseen_sentence(unseen.iloc[:1])
    assert unseen_sentence(ROWS.drop(unseen.index)).startswith("We have seen")


def test_the_table_has_every_row_and_a_link_for_every_address():
    table = board_table(ROWS)
    assert len(table) == len(ROWS)
    was_seen = ROWS["doi_status"].eq("seen") | ROWS["url"].notna()
    assert table["link"].notna().sum() == was_seen.sum()
    assert table["link"].dropna().str.startswith("https://").all()
    assert set(table["family"]) <= set(FAMILY_WORDS.values())
    for _, side in table.groupby("direction"):
        sizes = side["n"].astype(float)
        assert sizes.dropna().is_monotonic_decreasing
        assert not sizes.isna().to_numpy()[: int(sizes.notna().sum())].any()
    assert list(dict.fromkeys(table["direction"])) == ["for", "against", "mixed"]


def test_empty_rows_have_no_study():
    assert finding(ROWS.iloc[:0]) == "No study found"
    assert isinstance(board_table(ROWS.iloc[:0]), pd.DataFrame)
