"""The view of what is left out."""

from urllib.parse import parse_qs

import pytest

from spotcheck import tables
from spotcheck.articles import omissions
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import stance_matrix
from spotcheck.ui import cite, links, settings
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"


def stored(app):
    return app.session_state["articles/store"]["values"]


@pytest.fixture
def app(open_page):
    return open_page(PAGE, view="missing")


def lines_with(app, words):
    return [line for one in app.markdown for line in one.value.split("\n") if words in line]


def test_what_is_written_is_what_the_tables_say(app):
    presence = omissions.presence_matrix(tables.load("omissions"), tables.load("omission_articles"))
    assert headings(app)[0] == omissions.finding(presence)
    text = body(app)
    for row in tables.load("omissions").itertuples():
        assert escaped(row.label) in headings(app, 3)
        assert escaped(row.why_it_matters) in text
    for row in omissions.numbers(
        tables.load("omission_effects"), tables.load("effects")
    ).itertuples():
        assert f"**{row.figure}**" in text
    ways = tables.load("omission_tests")
    labels = [one.label for one in app.get("page_link")]
    assert set(ways.loc[ways["page"].ne("articles"), "label"]) <= set(labels)


def test_every_source_has_its_address_and_says_how_it_was_seen(app):
    studies = tables.load("studies").set_index("study_id")
    for study_id in tables.load("omission_studies")["study_id"].unique():
        lines = lines_with(app, escaped(studies.loc[study_id, "citation"]))
        assert lines
        for line in lines:
            assert cite.name(study_id) in line
    worse = lines_with(app, "**9**\u00a0of 29")
    assert STATUS_BADGES["second_hand"] in worse[0]
    assert STATUS_BADGES["verified"] not in worse[0]


def test_every_way_on_leads_where_it_says():
    fields = {
        "calorie_deficit": settings.estimator(),
        "muscle_matrix": settings.matrix(),
        "articles": settings.articles(),
        "methods": settings.methods(),
    }
    for row in tables.load("omission_tests").itertuples():
        parameters = parse_qs(row.query, strict_parsing=True)
        reading = links.read(fields[row.page], parameters)
        assert reading.notices == ()
        assert set(reading.values) == set(parameters)


def test_a_way_on_within_the_page_opens_it(app):
    next(one for one in app.button if one.label == "See the studies on injuries").click()
    assert_sound(app.run())
    assert (stored(app)["view"], stored(app)["topic"]) == ("topics", "T35")


def test_topics_that_nobody_covers_are_named_and_opened(app):
    topics, stances = tables.load("topics"), tables.load("stances")
    nobody = select_topics(topics, stance_matrix(topics, stances), show="nobody")
    assert {"T35", "T36"} <= set(nobody["topic_id"])
    assert headings(app)[-1] == "On three of 38\u00a0topics no article takes a side"
    for label in nobody["short_label"]:
        assert escaped(label) in body(app)
    next(one for one in app.button if one.label.startswith("Show these three")).click()
    assert_sound(app.run())
    values = stored(app)
    assert (values["view"], values["show"]) == ("topics", "nobody")
    assert values["topic"] == nobody["topic_id"].iloc[0]


def test_a_readers_stance_takes_a_topic_off_the_list(open_page):
    query = links.write(
        settings.articles(),
        links.defaults(settings.articles()) | {"view": "missing", "code": (("T35.A", "supports"),)},
        with_personal=True,
    )
    app = open_page(PAGE, **parse_qs(query))
    assert headings(app)[-1].startswith("On two of 38")
    assert "Running carries injury risk" not in body(app)


def test_a_theme_that_articles_cover_says_so(open_page):
    app = open_page(PAGE, view="missing", theme="muscle")
    assert headings(app)[-1] == "Every topic here is some article's"


def test_the_table_twin_has_every_thing(app):
    app.session_state["table/omissions"] = True
    assert_sound(app.run())
    twin = app.dataframe[0].value
    assert twin["omission_id"].tolist() == tables.load("omissions")["omission_id"].tolist()
    coded = tables.load("omission_articles").set_index(["omission_id", "article_id"])["presence"]
    for row in twin.itertuples():
        for article in "ABC":
            words = omissions.PRESENCE_WORDS[coded[row.omission_id, article]]
            assert getattr(row, f"article_{article}") == words


def test_it_draws_on_a_phone(app):
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    assert len(headings(app, 3)) == len(tables.load("omissions"))
