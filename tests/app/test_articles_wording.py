"""The view of wording against evidence, its filters, and the ways to a topic."""

from urllib.parse import parse_qs

from spotcheck import tables
from spotcheck.articles import certainty
from spotcheck.articles.claims import upheld_counts
from spotcheck.articles.coding import Coding, Edit, recoded
from spotcheck.ui import links, settings
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"
CODING = Coding(*map(tables.load, ("topics", "stances", "claims")))


def judged(coding=CODING, **choices):
    return certainty.judged_claims(coding.claims, coding.topics, **choices)


def title(*arguments, **choices):
    return certainty.finding(certainty.fit_counts(judged(*arguments, **choices)))


def stored(app):
    return app.session_state["articles/store"]["values"]


def test_every_count_is_that_of_the_tables_and_a_claim_leads_to_its_topic(open_page):
    app = open_page(PAGE, view="wording")
    fits = judged()["fit"].value_counts()
    upheld = upheld_counts(CODING.claims)
    said = [f"{one} {upheld['upheld'][one]} of {upheld['claims'][one]}" for one in upheld.index]
    assert set(headings(app, 2, 3)) == {
        title(),
        f"Too sure: {fits['too_sure']}",
        f"Too shy: {fits['too_shy']}",
        f"Supported, wholly or partly: {', '.join(said)}",
    }
    assert certainty.explained(judged()) in body(app)
    assert "A definition that holds" not in body(app)
    assert len(app.get("plotly_chart")) == 2

    app.button(key="wording/A10").click().run()
    assert_sound(app)
    assert (stored(app)["view"], stored(app)["topic"]) == ("topics", "T01")


def test_articles_framing_and_the_rule_are_a_tap_away(open_page):
    app = open_page(PAGE, view="wording", article="C")
    assert title(articles=("C",)) in headings(app, 2, 3)
    app.session_state["wording/rule"] = True
    app.toggle(key="articles/rhetoric").set_value(True).run()
    assert_sound(app)
    assert title(articles=("C",), rhetoric=True) in headings(app, 2, 3)
    assert certainty.unjudged_sentence(judged(articles=("C",), rhetoric=True)) in body(app)
    assert "A definition that holds" in body(app)


def test_the_filters_and_the_readers_own_coding_hold_here_too(open_page):
    edits = (("A10", "supported"), ("T18", "low"))
    fields = settings.articles()
    values = links.defaults(fields) | {"view": "wording", "theme": ("fat", "skin"), "code": edits}
    link = links.write(fields, values, with_personal=False)
    app = open_page(PAGE, **parse_qs(link))
    theirs = recoded(CODING, [Edit(*one) for one in edits])
    kept = theirs.topics[theirs.topics["theme"].isin(["fat", "skin"])]
    rows = certainty.judged_claims(theirs.claims, kept)
    assert certainty.finding(certainty.fit_counts(rows)) in headings(app, 2, 3)
    assert certainty.explained(rows) in body(app)


def test_filters_that_leave_nothing_have_a_way_out(open_page):
    app = open_page(PAGE, view="wording", theme="omitted", certainty="moderate")
    assert "No claim fits these filters" in headings(app, 2, 3)
    next(one for one in app.button if one.label == "Remove the filters").click().run()
    assert_sound(app)
    assert title() in headings(app, 2, 3)
