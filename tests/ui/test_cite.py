"""Every study can be found: by a link where its address was seen, else by what we know of it."""

import re

import pytest

from spotcheck import tables
from spotcheck.ui import cite

STUDIES = tables.load("studies").set_index("study_id")
RECALLED = STUDIES.index[STUDIES["doi_status"].eq("from_memory")]
MEASURED = sorted({*tables.load("engagement_measurements")["study_id"]} - {*RECALLED})


def address(study_id):
    found = re.search(r"\]\((https://\S+)\)$", cite.name(study_id))
    return found and found[1]


@pytest.mark.parametrize("study_id", MEASURED)
def test_every_study_behind_a_measurement_has_a_link(study_id):
    assert address(study_id)


def test_a_doi_that_was_seen_is_the_address():
    seen = STUDIES[STUDIES["doi_status"].eq("seen")]
    assert len(seen) > 100
    for row in seen.itertuples():
        assert address(row.Index).startswith("https://doi.org/10.")
    assert seen["url"].isna().all()


def test_no_reader_is_sent_to_an_address_that_nobody_saw():
    assert len(RECALLED)
    for row in STUDIES.loc[RECALLED].fillna({"url": ""}).itertuples():
        assert (address(row.Index) or "") == row.url
        assert ("DOI from memory" in cite.name(row.Index)) == (not row.url)


def test_other_addresses_are_those_of_the_table():
    others = STUDIES[STUDIES["url"].notna()]
    assert {address(one) for one in others.index} == set(others["url"])
    # An archive's address holds the number that the table also keeps.
    archived = others[others["url"].str.contains("ncbi.nlm.nih.gov")]
    assert len(archived) > 10
    for row in archived.itertuples():
        assert re.search(r"(PMC)?\d{7,8}", row.url)[0] in row.other_id
