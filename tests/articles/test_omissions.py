"""What is left out: coded for every article, and every number is its study's own."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.articles import omissions
from spotcheck.tables import load

EFFECTS = load("effects").set_index("effect_id")
STUDIES = load("studies").set_index("study_id")


@pytest.fixture(scope="module")
def presence():
    return omissions.presence_matrix(load("omissions"), load("omission_articles"))


@pytest.fixture(scope="module")
def needed():
    return omissions.numbers(load("omission_effects"), load("effects"))


@pytest.fixture(scope="module")
def sources(needed):
    return omissions.sources(load("omission_studies"), needed, load("studies"))


def test_the_matrix_is_the_table(presence):
    coded = load("omission_articles").set_index(["omission_id", "article_id"])["presence"]
    assert presence.shape == (12, 3)
    for (omission, article), value in coded.items():
        assert presence.loc[omission, article] == value


def test_nine_things_stand_in_no_article(presence):
    by_hand = [
        omission
        for omission, rows in load("omission_articles").groupby("omission_id", sort=False)
        if "absent" in set(rows["presence"]) and not {"present", "partly"} & set(rows["presence"])
    ]
    assert omissions.left_out_by_all(presence) == by_hand
    assert len(by_hand) == 9
    assert omissions.finding(presence).startswith("Nine of twelve things")


def test_a_thing_that_is_nobodys_subject_is_not_left_out():
    nobody = pd.DataFrame({"A": ["not_applicable"], "B": ["not_applicable"]}, index=["load"])
    assert omissions.left_out_by_all(nobody) == []


def test_a_gap_or_an_unknown_word_is_refused():
    coded = load("omission_articles")
    with pytest.raises(ValueError, match="injury_risk"):
        omissions.presence_matrix(load("omissions"), coded.iloc[1:])
    with pytest.raises(ValueError, match=r"presence is \['maybe'\]"):
        omissions.presence_matrix(load("omissions"), coded.replace("absent", "maybe"))


def test_every_number_is_that_of_its_effect(needed):
    assert len(needed) == len(load("omission_effects"))
    for row in needed.itertuples():
        shown = float(row.figure.replace(",", ""))
        assert shown == abs(EFFECTS.loc[row.effect_id, "estimate"])
        assert row.status == EFFECTS.loc[row.effect_id, "status"]
        assert row.study_id == EFFECTS.loc[row.effect_id, "study_id"]


def test_a_change_is_worded_the_way_it_goes(needed):
    """The size is shown without its sign, so the words have to carry it."""
    changes = needed[needed["effect_id"].map(EFFECTS["outcome"]).str.contains("change")]
    assert len(changes) >= 8
    for row in changes.itertuples():
        estimate = EFFECTS.loc[row.effect_id, "estimate"]
        falls = re.search(r"\b(less|lighter|lost)\b", row.wording) is not None
        assert falls == (estimate <= 0), row.wording


def test_reasons_hold_no_numbers_of_studies():
    """The figures come from the studies' own rows, so that they cannot differ."""
    assert not load("omissions")["why_it_matters"].str.contains(r"\d").any()


def test_every_thing_has_a_source_or_a_count(sources):
    counts = omissions.text_counts(load("omissions"), load("text_statistics"))
    assert counts == {"numbers": 0, "named_source": 0}
    assert set(sources) | set(counts) == set(load("omissions")["omission_id"])
    assert not set(sources) & set(counts)


def test_sources_are_those_linked_and_no_surer_than_their_numbers(sources, needed):
    links = load("omission_studies")
    pairs = {(omission, one.study_id) for omission, rows in sources.items() for one in rows}
    assert pairs == set(links.itertuples(index=False, name=None))
    order = ["verified", "second_hand", "from_memory"]
    for omission, rows in sources.items():
        for one in rows:
            own = needed[needed["omission_id"].eq(omission) & needed["study_id"].eq(one.study_id)]
            least = max([STUDIES.loc[one.study_id, "status"], *own["status"]], key=order.index)
            assert one.status == least
            assert [figure for figure, _ in one.numbers] == own["figure"].tolist()
    assert sources["cellulite_can_worsen"][0].status == "second_hand"


def test_a_number_from_a_study_that_is_not_linked_is_refused(needed):
    links = load("omission_studies")
    with pytest.raises(ValueError, match="careau_2021"):
        omissions.sources(links[links["study_id"].ne("careau_2021")], needed, load("studies"))


def test_a_range_is_no_number():
    link = pd.DataFrame(
        {
            "omission_id": ["dose"],
            "sequence": [1],
            "effect_id": ["luebberding_2015_e01"],
            "wording": ["{} % of women"],
        }
    )
    with pytest.raises(ValueError, match="luebberding_2015_e01"):
        omissions.numbers(link, load("effects"))


@given(st.decimals(0, 100_000, places=3))
def test_a_figure_is_its_number(value):
    assert float(omissions.figure_text(-float(value)).replace(",", "")) == float(value)


@pytest.mark.parametrize("presence", omissions.PRESENCES)
def test_every_presence_has_its_words(presence):
    assert presence in omissions.PRESENCE_WORDS
    assert omissions.presence_sentence("C", presence).startswith("Article C ")
