"""Clashes: a card for each, that follows the coding, with a way out where there is none."""

import pytest

from spotcheck import tables
from spotcheck.ui import cite
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"
CARDS = tables.load("clash_cards")
CLAIMS = tables.load("claims").set_index("claim_id")


def opened(open_page, **link):
    return open_page(PAGE, view="clashes", **link)


def buttons(app):
    return [one for one in app.button if one.label == "Open this topic"]


def pairs(app):
    """Who meets whom, card by card."""
    texts = [one.value for one in app.markdown]
    words = ("against", "helps")
    return [one for one in texts if one.startswith(":") and any(w in one[:60] for w in words)]


def test_every_clash_has_its_card(open_page):
    app = opened(open_page)
    assert "Two articles contradict each other five times, on three topics" in headings(app)
    assert len(buttons(app)) == len(CARDS)
    text = body(app)
    for card in CARDS.itertuples():
        assert f"**So what.** {escaped(card.so_what.rstrip('.'))}." in text
    for claim in ("A10", "B09", "B10", "A17", "C12", "B20", "C20"):
        assert escaped(CLAIMS.loc[claim, "claim"]) in text
    studies = tables.load("studies").set_index("study_id")
    for study in tables.load("clash_studies")["study_id"].unique():
        assert escaped(studies.loc[study, "finding"]) in text
        assert cite.name(study) in text


def test_counter_evidence_or_its_absence_is_told(open_page):
    app = opened(open_page)
    found = [one.value for one in app.markdown if "What studies found" in one.value]
    assert len(found) == len(CARDS)
    for text in found:
        for side in ("for", "against"):
            shown = f"**{side.capitalize()}:**" in text
            assert shown or f"no study that speaks {side} it" in text


def test_without_implied_stances_only_the_outspoken_clashes_stay(open_page):
    app = opened(open_page, implied="0")
    assert "Two articles contradict each other twice, on one topic" in headings(app)
    assert "One article against itself" not in headings(app)
    assert len(buttons(app)) == 4


def test_a_reader_makes_and_unmakes_cards(open_page):
    made = opened(open_page, code=["T02.B,contradicts"])
    assert "seven times, on four topics" in headings(made)[0]
    assert body(made).count(":gray-badge[your coding]") == 2
    gone = opened(open_page, code=["T01.A,silent"])
    assert "four times, on two topics" in headings(gone)[0]
    assert "One article against itself" not in headings(gone)


@pytest.mark.parametrize(
    ("link", "step"),
    [
        ({"theme": "skin"}, "Show every theme: five"),
        ({"certainty": "high", "implied": "0"}, "Show every theme: two"),
        (
            {"code": ["T11.A,silent", "T11.B,silent"], "implied": "0"},
            "Count what is only implied: three",
        ),
        (
            {"code": ["T11.B,silent", "T01.B,silent", "T06.A,silent"]},
            "Go back to our coding: five",
        ),
    ],
)
def test_no_contradiction_has_a_way_out(open_page, link, step):
    app = opened(open_page, **link)
    assert "No contradiction here" in body(app)
    way = next(one for one in app.button if one.label.startswith(step))
    assert_sound(way.click().run())
    assert "Two articles contradict each other" in headings(app)[0]


def test_a_theme_limits_the_cards(open_page):
    app = opened(open_page, theme="muscle")
    assert "twice, on one topic" in headings(app)[0]
    assert len(buttons(app)) == 2


def test_a_card_leads_to_its_topic(open_page):
    app = opened(open_page)
    assert_sound(buttons(app)[-1].click().run())
    values = app.session_state["articles/store"]["values"]
    assert values["view"] == "topics"
    assert values["topic"] == "T17"


def test_on_a_phone_the_cards_are_drawers_and_the_first_is_open(open_page):
    app = opened(open_page)
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    drawers = [one for one in app.expander if "against" in one.label or "helps" in one.label]
    assert len(drawers) == len(CARDS)
    assert len(buttons(app)) == 1


def test_the_table_twin_has_who_stands_where(open_page):
    app = opened(open_page)
    app.session_state["table/clashes"] = True
    assert_sound(app.run())
    twin = app.dataframe[0].value
    stances = tables.load("stances").set_index(["topic_id", "article_id"])["stance"]
    assert len(twin) == 8
    for row in twin.itertuples():
        assert stances[row.topic_id, row.article_id] == row.stance
