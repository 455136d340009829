"""Articles: every filter, every topic, every link; what is written is what the tables say."""

from urllib.parse import parse_qs

import pytest

from spotcheck import tables
from spotcheck.articles.claims import claims_by_topic
from spotcheck.articles.evidence import evidence_counts
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import headline_counts, stance_matrix
from spotcheck.articles.story import finding, headline, studies_counted
from spotcheck.ui import links, settings
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, titles

PAGE = "pages/articles.py"
TOPICS = tables.load("topics").set_index("topic_id")


def stored(app):
    return app.session_state["articles/store"]["values"]


def headers(app):
    return [one.value for one in app.header]


def button(app, label):
    return next(one for one in app.button if one.label.startswith(label))


def test_it_opens_with_the_count_of_the_tables(open_page):
    counts = headline_counts(tables.load("topics"), tables.load("stances"))
    assert titles(open_page(PAGE)) == [headline(counts)]


def test_it_opens_on_the_topics_that_two_articles_share(open_page):
    topics = tables.load("topics")
    shown = select_topics(topics, stance_matrix(topics, tables.load("stances")), show="spoken")
    assert headers(open_page(PAGE))[0] == finding("spoken", shown)


@pytest.mark.parametrize("topic", TOPICS.index)
def test_every_topic_shows_its_claims_evidence_and_grade(open_page, topic):
    app = open_page(PAGE, topic=topic)
    row = TOPICS.loc[topic]
    assert app.selectbox(key="articles/topic").value == topic
    assert escaped(row["question"]) in headers(app)
    counts = evidence_counts(tables.load("evidence_links"), tables.load("topics")).loc[topic]
    assert studies_counted(counts) in headers(app)
    text = body(app)
    assert escaped(row["grade_reason"].rstrip(".")[1:]) in text
    assert f"Coded by {row['coded_by']}" in text
    claims = claims_by_topic(tables.load("claims"), topic, tables.load("stance_claims"))
    for rows in claims.values():
        for claim in rows["claim"]:
            assert escaped(claim) in text
    found = tables.load("evidence_links").query("topic_id == @topic")
    studies = tables.load("studies").set_index("study_id").loc[found["study_id"]]
    for study in studies.itertuples():
        assert escaped(study.citation) in text
        assert escaped(study.finding) in text
    if len(found):
        sides = [one.value for one in app.subheader]
        assert f"▲ For ({counts['supports']})" in sides
        assert f"▼ Against ({counts['contradicts']})" in sides


def test_every_doi_is_a_link(open_page):
    app = open_page(PAGE, topic="T01")
    studies = tables.load("studies").set_index("study_id")
    for study_id in tables.load("evidence_links").query("topic_id == 'T01'")["study_id"]:
        assert f"](https://doi.org/{studies.loc[study_id, 'doi']})" in body(app)


def test_a_study_that_was_not_seen_is_not_called_verified(open_page):
    links_ = tables.load("evidence_links").merge(tables.load("studies"), on="study_id")
    badges = {
        "verified": ":green-badge[verified]",
        "second_hand": ":yellow-badge[second-hand]",
        "from_memory": ":red-badge[not verified]",
    }
    for status, badge in badges.items():
        row = links_[links_["status"].eq(status)].iloc[0]
        blocks = [
            one.value
            for one in open_page(PAGE, topic=row["topic_id"]).markdown
            if escaped(row["citation"]) in one.value
        ]
        assert len(blocks) == 1
        assert badge in blocks[0]


@pytest.mark.parametrize("show", settings.ARTICLE_SHOWS)
@pytest.mark.parametrize("implied", ["0", "1"])
def test_every_filter_opens(open_page, show, implied):
    app = open_page(PAGE, show=show, implied=implied)
    topics, stances = tables.load("topics"), tables.load("stances")
    matrix = stance_matrix(topics, stances, lenient=implied == "1")
    assert headers(app)[0] == finding(show, select_topics(topics, matrix, show=show))
    assert titles(app) == [headline(headline_counts(topics, stances, implied == "1"))]


@pytest.mark.parametrize("certainty", settings.CERTAINTY_LABELS)
@pytest.mark.parametrize("theme", settings.codes("topics", "theme"))
def test_every_theme_and_certainty_opens_with_topics_or_a_way_out(open_page, theme, certainty):
    app = open_page(PAGE, theme=theme, certainty=certainty)
    topics, stances = tables.load("topics"), tables.load("stances")
    within = select_topics(
        topics, stance_matrix(topics, stances), themes=[theme], certainty=certainty
    )
    if within.empty:
        button(app, "Show all 38").click()
        assert_sound(app.run())
        assert headers(app)[0] == finding("all", topics)
    else:
        counts = headline_counts(within, stances)
        assert f"of {counts.topics}\u00a0topic" in titles(app)[0]
        assert "No topic fits these filters" not in body(app)


def test_a_theme_of_one_article_is_shown_in_full_and_says_so(open_page):
    app = open_page(PAGE, theme="skin")
    assert stored(app)["show"] == "all"
    assert "we show every topic of the theme" in app.info[0].value
    assert headers(app)[0] == finding("all", TOPICS[TOPICS["theme"].eq("skin")])


def test_an_empty_list_has_a_way_out(open_page):
    app = open_page(PAGE, theme="skin", show="clashes")
    assert "No topic fits these filters" in body(app)
    button(app, "Show all 8").click()
    assert_sound(app.run())
    assert headers(app)[0] == finding("all", TOPICS[TOPICS["theme"].eq("skin")])


def test_a_topic_outside_the_list_stays_open_and_can_be_found(open_page):
    app = open_page(PAGE, topic="T18")
    assert "The open topic is not in this list" in body(app)
    button(app, "Show all 38").click()
    assert_sound(app.run())
    assert stored(app)["topic"] == "T18"
    assert "The open topic is not in this list" not in body(app)


def test_controls_change_the_page(open_page):
    app = open_page(PAGE)
    app.selectbox(key="articles/topic").select("T09")
    app.selectbox(key="articles/show").select("all")
    app.toggle(key="articles/implied").set_value(False)
    assert_sound(app.run())
    assert escaped(TOPICS.loc["T09", "question"]) in headers(app)
    counts = headline_counts(tables.load("topics"), tables.load("stances"), lenient=False)
    assert titles(app) == [headline(counts)]


def test_a_stance_that_is_only_implied_is_told_as_such(open_page):
    assert "implies it, without saying so" in body(open_page(PAGE, topic="T01"))
    strict = body(open_page(PAGE, topic="T01", implied="0"))
    assert "only implies it, which is left out here" in strict


def test_a_link_restores_the_page(open_page):
    values = {
        "topic": "T17",
        "theme": ("muscle", "fat"),
        "show": "shared",
        "certainty": "low",
        "implied": False,
    }
    query = links.write(settings.articles(), values, with_personal=True)
    app = open_page(PAGE, **parse_qs(query))
    assert stored(app) == values
    assert not app.info


def test_unknown_codes_are_told_and_never_repeated(open_page):
    app = open_page(PAGE, topic="<b>x</b>", theme="nope", show="zz", certainty="1", implied="2")
    assert stored(app) == links.defaults(settings.articles())
    assert "topic that we do not know" in app.info[0].value
    assert "<b>" not in body(app)


def test_every_test_of_a_topic_opens_as_meant():
    fields = {"calorie_deficit": settings.estimator(), "muscle_matrix": settings.matrix()}
    for row in tables.load("topic_tests").fillna("").itertuples():
        parameters = parse_qs(row.query, strict_parsing=bool(row.query))
        reading = links.read(fields[row.page], parameters)
        assert reading.notices == ()
        assert set(reading.values) == set(parameters)
        if row.page == "calorie_deficit":
            values = links.defaults(settings.estimator()) | reading.values
            assert settings.fit_estimator(values) == ({}, ())


def test_a_topic_that_can_be_tried_leads_there(open_page):
    labels = [one.label for one in open_page(PAGE, topic="T07").get("page_link")]
    tests = tables.load("topic_tests").set_index("topic_id")
    assert tests.loc["T07", "label"] in labels
    labels = [one.label for one in open_page(PAGE, topic="T18").get("page_link")]
    assert not set(labels) & set(tests["label"])


def test_on_a_phone_the_matrix_comes_before_the_articles(open_page):
    app = open_page(PAGE)
    app.session_state["watcher"] = {"narrow": True}
    assert_sound(app.run())
    drawers = [one.label for one in app.expander]
    assert drawers[:2] == ["Filter the topics", "What A, B and C are"]
    assert len(app.sidebar.selectbox) == 0
    assert escaped(tables.load("articles")["answer_short"][0]) in body(app)


def test_the_table_twin_has_the_topics_of_the_matrix(open_page):
    app = open_page(PAGE, show="clashes")
    app.session_state["table/stances"] = True
    assert_sound(app.run())
    twin = app.dataframe[0].value
    stances = tables.load("stances")
    assert len(twin) == headline_counts(tables.load("topics"), stances).contradicted
    for row in twin.itertuples():
        coded = stances[stances["topic_id"].eq(row.topic_id)].set_index("article_id")["stance"]
        assert coded.tolist() == [row.A, row.B, row.C]
