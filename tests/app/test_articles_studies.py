"""The evidence board on its page: counts, filters and ways out."""

from spotcheck import tables
from spotcheck.articles import board
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"
TOPICS = tables.load("topics")
TABLES = [tables.load(name) for name in ("evidence_links", "studies", "study_designs")]


def rows_of(topics=TOPICS):
    return board.board_rows(*TABLES, topics)


def of_topics(*topic_ids):
    return board.finding(rows_of(TOPICS[TOPICS["topic_id"].isin(topic_ids)]))


def stored(app):
    return app.session_state["articles/store"]["values"]


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert_sound(app)


def test_all_studies_then_one_topic_then_all_again(open_page):
    app = open_page(PAGE, view="studies")
    assert board.finding(rows_of()) in headings(app, 2, 3)
    for sentence in (board.strongest_sentence(rows_of()), board.unseen_sentence(rows_of())):
        assert sentence in body(app)
    assert "Counts are no vote" in body(app)
    assert "Read these studies in words" not in [one.label for one in app.button]

    app.selectbox(key="studies/about").select("T01").run()
    assert_sound(app)
    assert stored(app)["about"] == ("T01",)
    assert of_topics("T01") in headings(app, 2, 3)
    press(app, "All topics")
    assert board.finding(rows_of()) in headings(app, 2, 3)


def test_a_topic_has_a_table_of_links_and_leads_to_its_studies_in_words(open_page):
    app = open_page(PAGE, view="studies", about="T09")
    app.session_state["table/studies"] = True
    app.run()
    assert_sound(app)
    shown = app.dataframe[0]
    assert shown.value["link"].dropna().str.startswith("https://").all()
    assert '"type": "link"' in shown.proto.columns
    press(app, "Read these studies in words")
    assert (stored(app)["view"], stored(app)["topic"]) == ("topics", "T09")


def test_themes_and_several_topics_of_a_link(open_page):
    app = open_page(PAGE, view="studies", theme="fat")
    assert board.finding(rows_of(TOPICS[TOPICS["theme"].eq("fat")])) in headings(app, 2, 3)
    app = open_page(PAGE, view="studies", about=["T01", "T03"])
    assert of_topics("T01", "T03") in headings(app, 2, 3)
    assert app.selectbox(key="studies/about").placeholder == "Two topics"


def test_where_there_is_no_study_there_is_a_way_out(open_page):
    linked = set(tables.load("evidence_links")["topic_id"])
    silent = next(one for one in TOPICS["topic_id"] if one not in linked)
    app = open_page(PAGE, view="studies", about=silent)
    assert "No study found" in headings(app, 2, 3)
    press(app, "Show all topics")
    assert board.finding(rows_of()) in headings(app, 2, 3)

    app = open_page(PAGE, view="studies", about="T01", theme="skin")
    assert "No topic fits these filters" in headings(app, 2, 3)
    press(app, "Remove the theme and certainty")
    assert of_topics("T01") in headings(app, 2, 3)
