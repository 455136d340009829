"""Articles: every filter, every topic, every link; what is written is what the tables say."""

from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest

from spotcheck import tables
from spotcheck.articles.added import Added
from spotcheck.articles.claims import claims_by_topic
from spotcheck.articles.evidence import evidence_counts
from spotcheck.articles.profiles import profiles
from spotcheck.articles.selection import select_topics
from spotcheck.articles.stances import headline_counts, implied_effect, stance_matrix
from spotcheck.articles.story import (
    VERDICT_WORDS,
    WORDING_WORDS,
    finding,
    headline,
    implied_words,
    sides,
    studies_counted,
    style,
)
from spotcheck.ui import links, settings
from spotcheck.ui.articles.added import ADDED_KEY
from spotcheck.ui.badges import ARTICLE_BADGES, STATUS_BADGES
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, changed, headings, titles

PAGE = "pages/articles.py"
TOPICS = tables.load("topics").set_index("topic_id")


def by_name(app):
    """Ask for the list of topics."""
    app.session_state["articles/by-name"] = True
    return app.run()


def stored(app):
    return app.session_state["articles/store"]["values"]


def button(app, label):
    return next(one for one in app.button if one.label.startswith(label))


def test_it_opens_with_the_count_of_the_tables(open_page):
    counts = headline_counts(tables.load("topics"), tables.load("stances"))
    assert titles(open_page(PAGE)) == [headline(counts)]


def test_it_opens_on_the_topics_that_two_articles_share(open_page):
    topics = tables.load("topics")
    shown = select_topics(topics, stance_matrix(topics, tables.load("stances")), show="spoken")
    assert headings(open_page(PAGE))[0] == finding("spoken", shown)


def test_every_topic_shows_its_claims_evidence_and_grade(open_page):
    app = by_name(open_page(PAGE))
    counts = evidence_counts(tables.load("evidence_links"), tables.load("topics"))
    studies = tables.load("studies").set_index("study_id")
    matrix = stance_matrix(tables.load("topics"), tables.load("stances"))
    for topic, row in TOPICS.iterrows():
        changed(app, app.selectbox(key="articles/topic"), topic)
        assert escaped(row["question"]) in headings(app)
        assert studies_counted(counts.loc[topic]) in headings(app)
        assert sides(matrix.loc[topic].to_dict()) in headings(app)
        text = body(app)
        assert escaped(row["grade_reason"].rstrip("."))[1:] in text
        assert f"Coded by {row['coded_by']}" in text
        for article, rows in claims_by_topic(
            tables.load("claims"), topic, tables.load("stance_claims")
        ).items():
            card = claims_shown(app, article)
            for claim in rows.itertuples():
                assert escaped(claim.claim) in card
                assert VERDICT_WORDS[claim.verdict] in card
                assert WORDING_WORDS[claim.wording_certainty] in card
        found = tables.load("evidence_links").query("topic_id == @topic")
        for study in studies.loc[found["study_id"]].itertuples():
            assert escaped(study.citation) in text
            assert escaped(study.finding) in text
            assert escaped(study.design)[1:] in text
        shown = headings(app, 3)
        for direction, word in (("supports", "▲ For"), ("contradicts", "▼ Against")):
            assert f"{word} ({counts.loc[topic, direction]})" in shown
        if not counts.loc[topic, "contradicts"]:
            assert "We found no study that speaks against it." in text


def claims_shown(app, article):
    """What stands in an article's column of the table of claims."""
    text = next(one.value for one in reversed(app.markdown) if "\n| ---" in one.value)
    rows = [line[2:-2].split(" | ") for line in text[text.index("| :") :].splitlines()]
    column = next(place for place, head in enumerate(rows[0]) if ARTICLE_BADGES[article] in head)
    return "\n".join(row[column] for row in rows)


def test_every_doi_is_a_link(open_page):
    app = open_page(PAGE, topic="T01")
    studies = tables.load("studies").set_index("study_id")
    for study_id in tables.load("evidence_links").query("topic_id == 'T01'")["study_id"]:
        assert f"](https://doi.org/{studies.loc[study_id, 'doi']})" in body(app)


def test_a_study_that_was_not_seen_is_not_called_verified(open_page):
    links_ = tables.load("evidence_links").merge(tables.load("studies"), on="study_id")
    for status, badge in STATUS_BADGES.items():
        row = links_[links_["status"].eq(status)].iloc[0]
        app = open_page(PAGE, topic=row["topic_id"])
        sides_ = [one.value.split("\n\n") for one in app.markdown]
        studies = [text for side in sides_ for text in side if escaped(row["citation"]) in text]
        assert len(studies) == 1
        assert [one for one in STATUS_BADGES.values() if one in studies[0]] == [badge]


def set_all(app, **values):
    """Change settings as their widgets would, and run the page."""
    app.session_state["articles/store"]["values"].update(values)
    assert_sound(app.run())


@pytest.mark.parametrize("implied", [True, False])
def test_every_filter_shows_the_topics_that_the_tables_name(open_page, implied):
    app = open_page(PAGE, implied=str(int(implied)))
    topics, stances = tables.load("topics"), tables.load("stances")
    matrix = stance_matrix(topics, stances, lenient=implied)
    assert titles(app) == [headline(headline_counts(topics, stances, implied))]
    app.session_state["table/stances"] = True
    for show in settings.ARTICLE_SHOWS:
        for order in settings.ARTICLE_ORDERS:
            set_all(app, show=show, order=order)
            shown = select_topics(topics, matrix, show=show, order=order)
            assert headings(app)[0] == finding(show, shown)
            assert app.dataframe[0].value["topic_id"].tolist() == shown["topic_id"].tolist()


def test_every_theme_and_certainty_opens_with_topics_or_a_way_out(open_page):
    app = open_page(PAGE)
    topics, stances = tables.load("topics"), tables.load("stances")
    matrix = stance_matrix(topics, stances)
    for theme in settings.codes("topics", "theme"):
        for certainty in settings.CERTAINTY_LABELS:
            set_all(app, theme=(theme,), certainty=certainty, show="all")
            within = select_topics(topics, matrix, themes=[theme], certainty=certainty)
            if within.empty:
                button(app, "Show all 38").click()
                assert_sound(app.run())
                assert headings(app)[0] == finding("all", topics)
            else:
                assert f"of {len(within)}\u00a0topic" in titles(app)[0]
                assert headings(app)[0] == finding("all", within)


def test_the_note_at_the_switch_holds_the_counts_that_it_changes(open_page):
    topics, stances = tables.load("topics"), tables.load("stances")
    app = open_page(PAGE)
    for themes in ((), ("fat",), ("skin",)):
        set_all(app, theme=themes, show="all")
        own = topics[topics["theme"].isin(themes)] if themes else topics
        matrices = [
            stance_matrix(own, stances[stances["topic_id"].isin(own["topic_id"])], lenient=one)
            for one in (True, False)
        ]
        assert implied_words(implied_effect(*matrices)) in body(app)


def test_a_theme_of_one_article_is_shown_in_full_and_says_so(open_page):
    app = open_page(PAGE, theme="skin")
    assert stored(app)["show"] == "all"
    assert "we show every topic of the theme" in app.info[0].value
    assert headings(app)[0] == finding("all", TOPICS[TOPICS["theme"].eq("skin")])


def test_an_empty_list_has_a_way_out(open_page):
    app = open_page(PAGE, theme="skin", show="clashes")
    assert "No topic fits these filters" in body(app)
    button(app, "Show all 8").click()
    assert_sound(app.run())
    assert headings(app)[0] == finding("all", TOPICS[TOPICS["theme"].eq("skin")])


def test_a_topic_outside_the_list_stays_open_and_can_be_found(open_page):
    app = open_page(PAGE, topic="T18")
    assert "The open topic is not in this list" in body(app)
    button(app, "Show all 38").click()
    assert_sound(app.run())
    assert stored(app)["topic"] == "T18"
    assert "The open topic is not in this list" not in body(app)


def test_controls_change_the_page(open_page):
    app = by_name(open_page(PAGE))
    app.selectbox(key="articles/topic").select("T09")
    app.button_group(key="articles/show/open").set_value("all")
    app.toggle(key="articles/implied").set_value(False)
    assert_sound(app.run())
    assert escaped(TOPICS.loc["T09", "question"]) in headings(app)
    counts = headline_counts(tables.load("topics"), tables.load("stances"), lenient=False)
    assert titles(app) == [headline(counts)]


def test_a_stance_that_is_only_implied_is_told_as_such(open_page):
    assert "implies it, without saying so" in body(open_page(PAGE, topic="T01"))
    strict = body(open_page(PAGE, topic="T01", implied="0"))
    assert "only implies it, which is left out here" in strict


def test_a_link_restores_the_page(open_page):
    values = links.defaults(settings.articles()) | {
        "topic": "T17",
        "theme": ("muscle", "fat"),
        "show": "shared",
        "order": "disagreement",
        "certainty": "low",
        "implied": False,
        "code": (("T02.B", "qualifies"),),
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
    assert set(tests.loc[["T07"], "label"]) <= set(labels)
    labels = [one.label for one in open_page(PAGE, topic="T18").get("page_link")]
    assert not set(labels) & set(tests["label"])


def test_on_a_phone_the_matrix_comes_before_the_articles(open_page):
    app = open_page(PAGE)
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    drawers = [one.label for one in app.expander]
    assert drawers[:2] == ["Filter the topics", "What A, B and C are"]
    assert len(app.sidebar.selectbox) == 0
    answer = escaped(tables.load("articles")["answer_short"][0])
    assert answer not in body(app)
    app.session_state["articles/header"] = True
    assert_sound(app.run())
    assert answer in body(app)


def test_the_header_says_what_each_article_is(open_page):
    text = body(open_page(PAGE))
    for row in tables.load("articles").itertuples():
        for words in (row.question, row.answer_short, row.tissue):
            assert escaped(words) in text
    assert style(profiles(tables.load("text_statistics"))) in text


def test_a_view_shows_the_filters_that_do_something_in_it(open_page):
    app = open_page(PAGE)
    shown = {"show", "order", "theme", "certainty", "implied"}

    def filters():
        keys = [one.key for one in (*app.selectbox, *app.button_group, *app.toggle)]
        return {key.split("/")[1] for key in keys if key} & shown

    assert filters() == shown
    set_all(app, view="clashes")
    assert filters() == {"theme", "certainty", "implied"}
    set_all(app, view="cellulite", theme=("fat",))
    assert filters() == set()
    button(app, "Clear the filters").click()
    assert_sound(app.run())
    assert stored(app)["theme"] == ()
    assert "This view has no filters." in body(app)


def test_a_readers_own_codes_are_counted_and_marked(open_page):
    edits = (("T02.A", "contradicts"), ("T02", "low"), ("A01", "supported"))
    app = open_page(PAGE, topic="T02", show="clashes")
    app.session_state["table/stances"] = True
    set_all(app, code=edits)
    coding = settings.coding_of(edits)
    counts = headline_counts(coding.topics, coding.stances)
    assert titles(app) == [headline(counts)]
    twin = app.dataframe[0].value.set_index("topic_id")
    assert len(twin) == counts.contradicted
    assert twin.loc["T02", ["A", "A_coded_by", "grade_coded_by"]].tolist() == [
        "contradicts",
        "yours",
        "yours",
    ]
    assert twin.loc["T02", "B_coded_by"] == "one rater"
    text = body(app)
    assert "says the opposite.** :small[(yours)]" in text
    assert "certainty: low (yours)" in text
    assert "You grade the certainty low. We grade it moderate" in text
    assert "◥\u00a0Yours: you coded this." in text


def test_an_added_article_stands_beside_the_three_and_is_called_automatic(open_page):
    app = open_page(PAGE, show="all", topic="T18")
    added = Added("<b>Mine</b> *", 812, 9.1, None, {"T18": ("A *dimple* <i>is</i> normal.",)})
    app.session_state[ADDED_KEY] = {"analysis": SimpleNamespace(added=added)}
    app.session_state["table/stances"] = True
    app.session_state["table/profiles"] = True
    assert_sound(app.run())
    text = body(app)
    assert escaped(added.name) in text
    assert text.count("Found by matching words, not read by a person.") == 2
    assert escaped("A *dimple* <i>is</i> normal.") in text
    strips, matrix = (one.value for one in app.dataframe[:2])
    assert strips.iloc[3, :3].tolist() == ["yours", 812, 9.1]
    found = matrix.set_index("topic_id")["yours_by_matching_words"]
    assert found[found.eq("found")].index.tolist() == ["T18"]
    set_all(app, topic="T01")
    assert "has no words of this topic" in body(app)


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
