"""How a pasted text is written, and what no text may do."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.articles import language
from spotcheck.articles.language import analyse, parse, syllables, syllables_by_rule, words_of

TEXT = """A day on the hills

You may run uphill, and you might walk down. It is never a race!
Is it fun? We think so.

1. Eat well: a side-to-side step counts once.
2. Sleep for 8.5 hours, or 35 % of the day.

See https://example.org/a.html, or the trial (Smith et al., 2004) [3].
"""


def read(text):
    return analyse(parse(text), tables.load("counted_words"))


def test_headings_marks_and_links_are_no_words():
    prose = parse(TEXT)
    assert prose.headings == ("A day on the hills",)
    assert prose.links == ("https://example.org/a.html",)
    assert prose.sentences[:4] == (
        "You may run uphill, and you might walk down.",
        "It is never a race!",
        "Is it fun?",
        "We think so.",
    )
    assert prose.sentences[4].startswith("Eat well")


def test_counts_are_those_of_the_lists():
    found = read(TEXT)
    words = [word for sentence in parse(TEXT).sentences for word in words_of(sentence)]
    assert found.words == len(words)
    assert "side-to-side" in words
    assert found.counts["hedges_strict"] == 2
    assert found.counts["boosters"] == 1
    assert found.counts["first_person"] == 1
    assert found.counts["second_person"] == 2
    assert (found.counts["questions"], found.counts["exclamations"]) == (1, 1)
    assert found.numbers == ("8.5", "35 %", "2004", "3")
    assert found.counts["cited_sources"] == 3


def test_the_lists_are_words_that_can_be_met():
    for word in tables.load("counted_words")["word"]:
        assert words_of(word) == [word]


def test_grade_follows_its_formula():
    text = "The runner climbs a long hill in the rain. " * 20
    found = read(text)
    per_sentence = words_of("The runner climbs a long hill in the rain.")
    n_syllables = sum(map(syllables, per_sentence))
    assert (found.words, found.sentences) == (180, 20)
    assert found.grade == pytest.approx(0.39 * 9 + 11.8 * n_syllables / 9 - 15.59)


@pytest.mark.parametrize(
    ("word", "n"), [("muscle", 2), ("thighs", 1), ("lunges", 2), ("walked", 1), ("added", 2)]
)
def test_both_ways_of_counting_syllables(word, n):
    assert syllables(word) == syllables_by_rule(word) == n


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = "one two three four five six seven eight nine\nten eleven twelve. A second one.\n"
    assert parse(text).sentences == (text.split(".")[0].replace("\n", " ") + ".", "A second one.")


def test_markup_and_scripts_are_left_out():
    prose = parse(
        "<h1>Title</h1><p onclick='x()'>Run <b>far</b> &amp; eat well.</p>"
        "<script>alert('run run run.')</script><!-- run --><ul><li>Squat low.</li></ul>"
    )
    assert prose.sentences == ("Run far & eat well.", "Squat low.")
    assert prose.tags
    assert not parse("a < b and c > d, so there.").tags


PROBLEMS = {
    "": "no words",
    "😀 ... !!!": "no words",
    "running": "Too few words",
    "Running helps you to lose weight.": "Too short to grade",
    "Laufen ist eine der einfachsten Sportarten, denn man braucht nur Schuhe.": "not look English",
    "الجري يقوي القلب وعضلات الساقين. إنه أبسط أنواع الرياضة": "not look English",
    "run up the hill and down again " * 100: "hardly any sentence ends",
    "\x00\x01run\x02": "no text",
    "<b>x</b>": "markup",
    "It rains. " * 6000: "first 50,000",
}


@pytest.mark.parametrize("text", PROBLEMS)
def test_what_cannot_be_judged_is_said(text):
    assert any(PROBLEMS[text] in one for one in read(text).problems)


def test_nothing_is_counted_in_a_language_we_do_not_know():
    found = read("Courir est un des sports les plus simples, car il suffit de chaussures.")
    assert not found.is_english
    assert found.grade is None
    assert "hedges_strict" not in found.counts


@given(st.text(max_size=300))
@example("\ud800 lone surrogate")
@example("<" * 50 + "a" * 50)
@example("(" * 200 + "2004)")
def test_any_text_is_read(text):
    prose = parse(text)
    found = analyse(prose, tables.load("counted_words"))
    assert found.words >= found.sentences == len(prose.sentences)
    assert 0 <= found.known_share <= 1
    assert all(count >= 0 for count in found.counts.values())
    assert (found.grade is None) == (found.grade_by_rule is None)
    assert not any(
        re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", one) for one in prose.sentences
    )


@pytest.mark.parametrize(
    ("piece", "n_words"),
    [
        ("a", 1),
        ("word ", 10_000),
        (".", 0),
        (" ", 0),
        ("<a", 25_000),
        ("<a-", 16_667),
        ("<script>", 0),
        ("<!--", 0),
        ("(2004", 10_000),
        ("[1,", 16_667),
        ("www.", 0),
        ("ab'", 1),
        ("😀", 0),
        ("\0", 0),
        ("\n", 0),
    ],
)
def test_fifty_thousand_signs_of_one_kind(piece, n_words):
    """No pattern may try a text in every way: that would take hours here."""
    text = (piece * language.MOST_CHARACTERS)[: language.MOST_CHARACTERS]
    assert read(text).words == n_words
