"""The files of the comparison: offered, made under the reader's codes, and only when asked for."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from spotcheck import tables
from spotcheck.articles.coding import Coding, Edit, recoded
from spotcheck.articles.exports import rating_scale
from spotcheck.ui import links, settings
from spotcheck.ui.articles import exports
from tests.app.support import body

PAGE = "pages/articles.py"
OURS = Coding(*map(tables.load, ("topics", "stances", "claims")))
CODE = (("A10", "overstated"), ("T01", "low"))


@pytest.fixture
def scene():
    values = links.defaults(settings.articles()) | {"code": CODE}
    coding = recoded(OURS, [Edit(*one) for one in CODE])
    return SimpleNamespace(controls=values, coding=coding)


def test_three_files_are_offered_with_their_scale(open_page):
    app = open_page(PAGE, view="expert", part="exports")
    names = [one.label for one in app.get("download_button")]
    assert names == ["Page, HTML", "Comparison, CSV", "ClaimReview, JSON-LD"]
    assert rating_scale() in body(app)
    assert "your own codes" not in body(app)


def test_codes_of_the_reader_are_announced(open_page):
    code = [",".join(one) for one in CODE]
    app = open_page(PAGE, view="expert", part="exports", code=code)
    assert f"They hold your own codes: {len(CODE)} differ from ours" in body(app)


def test_the_files_hold_the_codes_of_the_reader(scene):
    rows = exports.table(scene).set_index("claim_id")
    claim = rows[rows["record"].eq("claim")].loc["A10"]
    ours = OURS.claims.set_index("claim_id").loc["A10", "verdict"]
    assert (claim["value"], claim["ours"], claim["is_yours"]) == ("overstated", ours, True)
    assert f"{len(CODE)} of {len(OURS.values())} codes differ from ours" in exports.report(scene)


def test_every_fact_check_leads_to_its_topic_under_the_codes_it_was_made_with(scene):
    topics = OURS.claims.set_index("claim_id")["topic_id"]
    page = "https://example.org/articles"
    for review in json.loads(exports.fact_checks(scene, page))["@graph"][1:]:
        assert review["url"].startswith(f"{page}?")
        claim = review["@id"].rpartition("-")[2]
        reading = links.read(settings.articles(), parse_qs(urlsplit(review["url"]).query))
        assert reading.notices == ()
        assert reading.values["topic"] == topics[claim]
        assert reading.values.get("code", ()) == (CODE if claim == "A10" else ())
