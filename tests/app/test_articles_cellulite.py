"""The view of cellulite."""

from urllib.parse import parse_qs

import pytest

from spotcheck import tables
from spotcheck.articles import cellulite
from spotcheck.ui import cite, links, settings
from spotcheck.ui.badges import STATUS_BADGES
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"
STUDIES = tables.load("studies").set_index("study_id")


def stored(app):
    return app.session_state["articles/store"]["values"]


def test_it_begins_with_what_is_normal_and_then_counts_its_arrows(open_page):
    app = open_page(PAGE, view="cellulite")
    found = tables.load("effects").set_index("effect_id").loc["luebberding_2015_e01"]
    low, high = int(found["estimate_low"]), int(found["estimate_high"])
    assert headings(app)[0].startswith(f"Cellulite is normal: {low} to {high}\u00a0%")
    assert "does no harm" in body(app)
    links_ = cellulite.graded_links(
        *map(tables.load, ("cellulite_links", "cellulite_nodes", "topics")),
        tables.load("cellulite_link_studies"),
    )
    assert headings(app)[1] == cellulite.finding(links_)


@pytest.mark.parametrize("topic", ["T18", "T19", "T21", "T23"])
def test_every_statement_shows_its_arrows_and_their_studies(open_page, topic):
    app = open_page(PAGE, view="cellulite", topic=topic)
    assert app.selectbox(key="cellulite/topic").value == topic
    text = body(app)
    rows = tables.load("cellulite_links").query("topic_id == @topic")
    for reason in rows["reason"]:
        assert escaped(reason) in text
    behind = tables.load("cellulite_link_studies")
    for study_id in behind.loc[behind["link_id"].isin(rows["link_id"]), "study_id"]:
        study = STUDIES.loc[study_id]
        lines = [
            line
            for one in app.markdown
            for line in one.value.split("\n")
            if line.startswith("- ") and escaped(study["citation"]) in line
        ]
        assert lines
        assert all(STATUS_BADGES[study["status"]] in line for line in lines)
        assert escaped(study["finding"]) in text


def test_choosing_a_statement_opens_it_and_stays_in_the_link(open_page):
    app = open_page(PAGE, view="cellulite", topic="T01")
    # No arrow has this topic, so the one that the view is about is open; the setting stays.
    assert app.selectbox(key="cellulite/topic").value == "T21"
    assert stored(app)["topic"] == "T01"
    app.selectbox(key="cellulite/topic").select("T24")
    assert_sound(app.run())
    assert stored(app)["topic"] == "T24"
    question = tables.load("topics").set_index("topic_id").loc["T24", "question"]
    assert escaped(question) in headings(app, 3)
    next(one for one in app.button if one.label == "Everything on this topic").click()
    assert_sound(app.run())
    assert (stored(app)["view"], stored(app)["topic"]) == ("topics", "T24")


def test_a_readers_grade_changes_the_diagram_and_says_whose_it_is(open_page):
    query = links.write(
        settings.articles(),
        links.defaults(settings.articles())
        | {"view": "cellulite", "topic": "T21", "code": (("T21", "moderate"),)},
        with_personal=True,
    )
    app = open_page(PAGE, **parse_qs(query))
    assert headings(app)[1].endswith("certainty is very low to moderate")
    assert "Certainty: moderate." in body(app)
    assert "Coded by you" in body(app)
    app.session_state["table/cellulite"] = True
    assert_sound(app.run())
    twin = app.dataframe[0].value
    assert set(twin.loc[twin["Topic"].eq("T21"), "Certainty"]) == {"moderate"}


def test_the_table_twin_is_the_diagram(open_page):
    app = open_page(PAGE, view="cellulite")
    app.session_state["table/cellulite"] = True
    assert_sound(app.run())
    twin = app.dataframe[0].value
    rows = tables.load("cellulite_links")
    assert sorted(twin["Reason"]) == sorted(rows["reason"])
    behind = tables.load("cellulite_link_studies").groupby("link_id")["study_id"].agg(list)
    for row in twin.merge(rows, left_on="Reason", right_on="reason").itertuples():
        named = {STUDIES.loc[study, "citation"] for study in behind.get(row.link_id, [])}
        if list(rows["reason"]).count(row.reason) == 1:
            assert set(filter(None, row.Studies.split("; "))) == named


def test_every_trial_is_told_with_its_link_and_what_it_cannot_tell(open_page):
    app = open_page(PAGE, view="cellulite")
    trials = tables.load("cellulite_trials")
    n_running = int(trials["is_running"].sum())
    assert n_running == 0
    assert headings(app)[2] == "Five trials come near the question; in none of them did anybody run"
    text = body(app)
    for trial in trials.itertuples():
        study = STUDIES.loc[trial.study_id]
        assert trial.question in headings(app, 3)
        assert escaped(trial.caution) in text
        assert escaped(study["finding"]) in text
        assert cite.name(trial.study_id) in text
    assert f"Counts: {STATUS_BADGES['second_hand']}" in text
    app.session_state["table/cellulite_people"] = True
    assert_sound(app.run())
    assert app.dataframe[0].value.to_dict("records") == [{"improved": 17, "worsened": 9, "rest": 3}]


def test_it_draws_on_a_phone(open_page):
    app = open_page(PAGE, view="cellulite", topic="T22")
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    assert len(app.get("plotly_chart")) == 3
