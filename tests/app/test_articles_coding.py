"""A coding of the reader's own: every change counts, differs in sight, and can be taken back."""

import pytest

from spotcheck import tables
from spotcheck.articles.coding import (
    ALLOWED,
    WORDS,
    Coding,
    Edit,
    agreement,
    coding_table,
    differences,
    kind_of,
    places,
    recoded,
)
from spotcheck.articles.stances import headline_counts
from spotcheck.articles.story import headline
from spotcheck.ui.articles.coding import MOST_EDITS_SHOWN, kappa_words
from spotcheck.wording import escaped, number
from tests.app.support import assert_sound, body, headings, titles

PAGE = "pages/articles.py"
OURS = Coding(*map(tables.load, ("topics", "stances", "claims")))
KEYS = OURS.values().to_dict()
CODE = ["T01.A,qualifies", "A10,overstated", "T01,low"]
EDITS = tuple(tuple(one.split(",")) for one in CODE)


@pytest.fixture
def view(open_page):
    def opened(**parameters):
        return open_page(PAGE, view="expert", part="coding", **parameters)

    return opened


def code(app):
    return app.session_state["articles/store"]["values"]["code"]


def press(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert_sound(app)


def labels(app):
    return [one.label for one in app.button]


def open_files(app):
    app.session_state["articles/coding/files"] = True
    assert_sound(app.run())
    return app


def paste(app, text):
    app.text_area(key="articles/coding/text").set_value(text).run()
    assert_sound(app)
    return app


def skipped(app):
    return "\n".join(one.value for one in app.text)


def test_it_opens_with_our_codes_and_nothing_to_compare(view):
    app = view(topic="T17")
    assert f"You code all {len(KEYS)} places as we do" in headings(app)
    assert not app.get("plotly_chart")
    assert not {"Take all back", "Take back"} & set(labels(app))
    here = places(OURS).query("topic_id == 'T17'")
    for place in here.itertuples():
        box = app.selectbox(key=f"articles/coding/{place.key}")
        assert box.value == KEYS[place.key]
        words = WORDS[place.kind]
        assert len(box.options) == len(ALLOWED[place.kind])
        assert f"{words[KEYS[place.key]]}, as we do" in box.options
        if place.kind == "verdict":
            assert box.label == escaped(place.text)


def test_a_changed_stance_moves_the_headline_and_is_listed(view):
    app = view(topic="T11")
    for article in ("A", "B", "C"):
        app.selectbox(key=f"articles/coding/T11.{article}").select("supports").run()
        assert_sound(app)
    wanted = {f"T11.{one}": "supports" for one in "ABC" if KEYS[f"T11.{one}"] != "supports"}
    assert dict(code(app)) == wanted
    coding = recoded(OURS, [Edit(*one) for one in code(app)])
    counts = headline_counts(coding.topics, coding.stances)
    assert counts != headline_counts(OURS.topics, OURS.stances)
    assert titles(app) == [headline(counts)]
    for key in wanted:
        ours = WORDS["stance"][KEYS[key]].lower()
        assert f"{key}, stance.] You: **supports**. :gray[We: {ours}.]" in body(app)
        assert f"**Yours.** We say: {ours}." in body(app)


def test_going_back_to_our_code_is_no_edit(view):
    app = view(topic="T01", code=CODE)
    app.selectbox(key="articles/coding/T01").select(KEYS["T01"]).run()
    assert_sound(app)
    assert code(app) == EDITS[:2]


def test_each_edit_can_be_taken_back_and_all_at_once_with_a_way_to_undo(view):
    app = view(code=CODE)
    assert labels(app).count("Take back") == len(CODE)
    app.button(key="articles/coding/back/A10").click().run()
    assert code(app) == (EDITS[0], EDITS[2])
    press(app, "Take all back")
    assert code(app) == ()
    assert f"You code all {len(KEYS)} places as we do" in headings(app)
    press(app, "Undo: bring my codes back")
    assert code(app) == (EDITS[0], EDITS[2])


def test_the_agreement_is_that_of_the_two_codings(view):
    app = view(code=CODE)
    found = agreement(OURS, recoded(OURS, [Edit(*one) for one in EDITS]))
    alike = sum(one.alike for one in found.values())
    assert f"The two codings agree on {alike} of {len(KEYS)} places" in headings(app)
    table = next(one.value for one in app.markdown if one.value.startswith("| |")).splitlines()
    for line, one in zip(table[2:], found.values(), strict=True):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[1] == f"{one.n - one.alike}\u00a0of\u00a0{one.n}"
        assert cells[3] == kappa_words(one)
        assert number(one.kappa, 2) in cells[3]
    assert len(app.get("plotly_chart")) == 3


def test_kappa_that_is_not_defined_says_so(view):
    app = open_files(view())
    paste(app, "key,value\nT01.A,supports\nT02.A,supports\nT01,low")
    table = next(one.value for one in app.markdown if one.value.startswith("| |"))
    assert "not defined: one code throughout" in table
    assert "no place coded" in table
    assert "Only places that the file fills, or that you changed, are counted." in body(app)


def test_a_second_coding_is_loaded_compared_and_undone(view):
    changes = {
        key: ALLOWED[kind_of(key)][0]
        for key in KEYS
        if KEYS[key] != ALLOWED[kind_of(key)][0] and not key.startswith("T0")
    }
    coding = recoded(OURS, [Edit(*one) for one in changes.items()])
    app = open_files(view(code=CODE))
    content = coding_table(OURS, coding).to_csv(index=False).encode()
    app.file_uploader[0].set_value(("theirs.csv", content, "text/csv")).run()
    assert_sound(app)
    assert dict(code(app)) == changes
    edits = differences(OURS, coding)
    assert f"You code {len(changes)} of {len(KEYS)} places in your own way" in headings(app)
    assert f"codes {len(KEYS)} of {len(KEYS)} places, {len(edits)} of them unlike us" in body(app)
    assert labels(app).count("Take back") == MOST_EDITS_SHOWN
    assert f"And {len(edits) - MOST_EDITS_SHOWN} more, in the table." in body(app)
    assert "Some programs cut links that long" in body(app)
    press(app, "Undo loading")
    assert code(app) == EDITS
    assert "Undo loading" not in labels(app)


def test_bad_lines_are_named_and_nothing_is_lost(view):
    app = open_files(view(code=CODE))
    text = "key,value\nT02.A,qualifies\n<b>T03</b>,low\nT04,**best**\nA12,=1+1\nT02.A,silent"
    paste(app, text)
    assert dict(code(app)) == {**dict(EDITS), "T02.A": "qualifies"}
    assert app.text_area(key="articles/coding/text").value == text
    for line in (3, 4, 5, 6):
        assert f"Line {line}: " in skipped(app)
    assert "<b>T03</b>" in skipped(app)
    assert "<b>" not in body(app)
    assert "best" not in body(app)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in it"),
        (b"\x89PNG\x00\xff", "not text in UTF-8"),
        (b"a,b\nT01,low", "name the columns key and value"),
        (b"key,value\n" + b"T01,low\n" * 60_000, "less than 200\u00a0kB"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(view, content, words):
    app = open_files(view(code=CODE))
    app.file_uploader[0].set_value(("rubbish.csv", content, "text/csv")).run()
    assert_sound(app)
    assert code(app) == EDITS
    assert any(words in one.value for one in app.warning)
    assert "Undo loading" not in labels(app)


def test_a_link_restores_the_codes_and_leaves_out_what_does_not_fit(view):
    app = view(code=[*CODE, "T02,supports", "T99,low", "A12,", f"T02.A,{KEYS['T02.A']}"])
    assert code(app) == EDITS


def test_the_way_in_is_built_only_when_it_is_open(view):
    app = view(code=CODE)
    assert not app.text_area
    names = {one.label for one in open_files(app).get("download_button")}
    assert {"Your coding, CSV", "Empty form, CSV"} <= names
