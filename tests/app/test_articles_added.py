"""A pasted article: what the page says of it, and that nothing of it stays."""

import pytest

from spotcheck import tables
from spotcheck.articles.text_profile import rate_interval
from spotcheck.ui.articles.added import ADDED_KEY, NAME_KEY, TEXT_KEY, TOPIC_KEY
from spotcheck.wording import counted, number
from tests.app.support import assert_sound, body

PAGE = "pages/articles.py"
TEXT = (
    "Running may take off some body fat. Steep hills make the legs work harder. "
    "Nobody can spot reduce the thighs, and 31 women in one study found that out. "
    "Squats help you, too. "
) * 5


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert_sound(app)


@pytest.fixture
def paste(open_page):
    def pasted(text, name=""):
        app = open_page(PAGE, view="added")
        app.text_area(key=TEXT_KEY).set_value(text)
        app.text_input(key=NAME_KEY).set_value(name)
        press(app, "Read it")
        return app

    return pasted


def shown(app):
    return [one.value for one in app.text]


def test_the_page_says_what_happens_to_a_text(open_page):
    said = body(open_page(PAGE, view="added"))
    for promise in ("in its memory", "never writes, logs or caches", "not part of the link"):
        assert promise in said


def test_a_text_is_found_to_touch_topics(paste):
    app = paste(TEXT, "Hill diary")
    found = app.session_state[ADDED_KEY]["analysis"]
    assert {"T01", "T02", "T07", "T38"} <= set(found.added.topics)
    said = body(app)
    assert f"Hill diary: words on {counted(len(found.added.topics))} of" in said
    assert "not read by a person" in said
    topics = tables.load("topics").set_index("topic_id")["short_label"]
    app.selectbox(key=TOPIC_KEY).set_value("T07").run()
    assert_sound(app)
    assert "Steep hills make the legs work harder." in shown(app)
    assert "**hills**" in body(app)
    assert topics["T07"] in said


def test_figures_are_those_of_the_analysis(paste):
    app = paste(TEXT)
    language = app.session_state[ADDED_KEY]["analysis"].language
    metrics = {one.label: one.value for one in app.metric}
    assert metrics["Words"] == number(language.words)
    assert metrics["Reading grade"] == number(language.grade)
    hedges = language.counts["hedges_strict"]
    assert metrics["Hedges"] == number(100 * hedges / language.words, 1)
    low, high = rate_interval(hedges, language.words)
    assert f"{number(low, 1)} to {number(high, 1)}." in body(app)


def test_the_topic_of_a_sentence_opens(paste):
    app = paste(TEXT)
    app.selectbox(key=TOPIC_KEY).set_value("T02").run()
    press(app, "Open the topic: claims, studies and your column")
    assert "**Yours\\*** has words of this topic." in body(app)
    assert "Running may take off some body fat." in body(app)


def test_coming_back_shows_the_text_again(paste):
    app = paste(TEXT, "Hill diary")
    press(app, "Open the topic: claims, studies and your column")
    app.segmented_control(key="articles/view").set_value("added").run()
    assert_sound(app)
    assert "Hill diary" in body(app)


def test_forgetting_leaves_nothing_of_it(paste):
    app = paste(TEXT, "Hill diary")
    press(app, "Forget it")
    assert not app.session_state[ADDED_KEY]
    assert app.text_area(key=TEXT_KEY).value == ""
    assert "Steep hills" not in repr(app.session_state)


def test_an_empty_text_is_none(paste):
    app = paste(" \n ")
    assert not app.session_state[ADDED_KEY]
    assert "Put an article of your own beside the three" in body(app)


BAD = {
    "<script>alert(1)</script><b onclick='x'>Running burns body fat.</b>": "markup",
    "**bold** [link](http://x.y) $1$ :red[x] <b> running burns body fat!": "Too short",
    "הריצה מחזקת את הלב ואת שרירי הרגליים.": "not look English",
    "😀😀😀": "no words",
    "run": "Too few words",
    "run up the hill and burn body fat " * 50: "hardly any sentence ends",
    "\x00\x01\x02\ufffe": "no words",
    "a" * 50_000: "Too few words",
}


@pytest.mark.parametrize("text", BAD, ids=list(BAD.values()))
def test_a_bad_text_breaks_nothing(paste, text):
    app = paste(text, "<img src=x> *a* www.x.y")
    assert BAD[text] in body(app)
    written = body(app)
    for markup in ("<script", "onclick", "[link]", "<img", "www.x"):
        assert markup not in written
