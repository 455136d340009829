"""Topics, exercises and muscles found in a text by its words."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.articles.added import TABLES, Reader, clean_name
from spotcheck.articles.language import Prose, parse
from spotcheck.articles.matching import (
    Lexicon,
    Likeness,
    Names,
    TopicRules,
    agreement,
    coded_topics,
    split_words,
    wordings,
)
from spotcheck.wording import escaped


@pytest.fixture(scope="module")
def rules():
    return TopicRules(tables.load("word_groups"), tables.load("topic_rules"))


@pytest.fixture(scope="module")
def names():
    return Names(*map(tables.load, ("exercises", "muscles", "everyday_names")))


@pytest.fixture(scope="module")
def reader():
    return Reader({name: tables.load(name) for name in TABLES})


EXAMPLES = {
    "Nobody can spot reduce a belly.": "T01",
    "Jogging lowers your body fat.": "T02",
    "Steep hills make the legs burn.": "T07",
    "HIIT keeps you burning for hours.": "T09",
    "Your blood pressure falls.": "T27",
    "Endorphins are to blame for it.": "T28",
    "New runners are often injured.": "T35",
    "Run for 40 minutes three times a week.": "T36",
    "A recent study in a journal says so.": "T38",
}


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_a_plain_sentence_finds_its_topic(rules, sentence):
    touches = rules.touches(Prose((sentence,)))
    assert EXAMPLES[sentence] in {touch.topic_id for touch in touches}
    for touch in touches:
        assert touch.words
        assert all(one in " ".join(split_words(sentence)) for one in touch.words)


def test_other_matters_touch_nothing(rules):
    sentences = (
        "The train leaves at noon from platform two.",
        "She baked bread and read a novel by the window.",
        "Interest rates rose again in the spring.",
    )
    assert rules.touches(Prose(sentences)) == []


def test_a_sentence_that_stands_twice_counts_once(rules):
    assert len(rules.touches(Prose(("Hills are hard work.",) * 2))) == 1


def test_questions_and_endless_stretches_are_no_claims(rules):
    assert rules.touches(Prose(("Does running burn body fat?", "running body fat " * 40))) == []


def test_a_group_may_be_asked_for_anywhere_in_the_text(rules):
    sentence = "It depends on hormones and genes."
    assert rules.touches(Prose((sentence,))) == []
    touches = rules.touches(Prose((sentence,), headings=("What cellulite is",)))
    assert [(touch.topic_id, touch.words) for touch in touches] == [
        ("T19", ("depends", "hormones", "genes"))
    ]


def test_every_rule_can_fire(rules):
    groups = tables.load("word_groups").groupby("word_group")["term"].first()
    for (topic, _), rows in tables.load("topic_rules").groupby(["topic_id", "rule"]):
        words = " ".join(groups[group].replace("*", "") for group in rows["word_group"])
        found = rules.touches(Prose((f"Note well: {words}.",)))
        assert topic in {touch.topic_id for touch in found}, (topic, words)


def test_every_topic_has_a_rule():
    assert set(tables.load("topic_rules")["topic_id"]) == set(tables.load("topics")["topic_id"])


@given(st.lists(st.sampled_from(["run", "runs", "running", "hill", "hills", "up", "x"])))
def test_terms_are_found_where_they_stand(words):
    terms = {"run": "a", "run*": "b", "up hill*": "c", "hill": "d"}
    expected = set()
    for i, word in enumerate(words):
        expected |= {(i, i + 1, "a")} if word == "run" else set()
        expected |= {(i, i + 1, "b")} if word.startswith("run") else set()
        expected |= {(i, i + 1, "d")} if word == "hill" else set()
        if word == "up" and i + 1 < len(words) and words[i + 1].startswith("hill"):
            expected.add((i, i + 2, "c"))
    assert set(Lexicon(terms.items()).find(words)) == expected


def test_likeness_is_highest_for_our_own_words():
    topics, claims = tables.load("topics"), tables.load("claims")
    likeness = Likeness(wordings(topics, claims))
    cosines = likeness.to_topics(topics["proposition"].tolist())
    assert likeness.topic_ids[cosines.argmax(axis=1)].tolist() == topics["topic_id"].tolist()
    assert cosines.max() == pytest.approx(1)
    assert likeness.to_topics([]).shape == (0, len(topics))


def test_the_longest_name_counts(names):
    prose = parse("Hill sprints beat lateral lunges and squats, say my glutes and gluteus medius.")
    assert {(one.kind, one.code): one.times for one in names.named(prose)} == {
        ("exercise", "running_uphill"): 1,
        ("exercise", "lateral_lunge"): 1,
        ("exercise", "bodyweight_squat"): 1,
        ("group", "buttock"): 1,
        ("muscle", "gluteus_medius"): 1,
    }


def test_every_exercise_and_muscle_is_found_by_its_name(names):
    for kind in ("exercise", "muscle"):
        rows = tables.load(f"{kind}s")
        for code, name in zip(rows[f"{kind}_id"], rows["name"], strict=True):
            named = names.named(Prose((f"Try the {name} now.",)))
            assert (kind, code) in {(one.kind, one.code) for one in named}, name


def test_an_everyday_name_means_one_thing():
    meant = tables.load("everyday_names")[["exercise_id", "muscle_id", "muscle_group"]]
    assert meant.notna().sum(axis=1).eq(1).all()


def test_results_follow_from_their_counts():
    results = tables.load("matcher_results")
    for row in results.itertuples():
        figures = agreement(row.found_and_coded, row.found_only, row.coded_only)
        for name in ("precision", "recall", "f1"):
            assert getattr(row, name) == pytest.approx(figures[name], abs=0.0005)
    counts = ["found_and_coded", "found_only", "coded_only"]
    by_article = results.set_index("article_id").groupby("method")[counts]
    for _, rows in by_article:
        assert rows.loc[["A", "B", "C"]].sum().tolist() == rows.loc["all"].tolist()


def test_results_are_measured_against_the_coding_of_today():
    """A change of the coding asks for a new run of scripts/measure_matcher.py."""
    coded = {
        article: len(coded_topics(article, tables.load("stances"), tables.load("claims")))
        for article in "ABC"
    }
    coded["all"] = sum(coded.values())
    coded["others"] = len(tables.load("matcher_sample"))
    results = tables.load("matcher_results")
    counted = results["found_and_coded"] + results["coded_only"]
    assert counted.tolist() == results["article_id"].map(coded).tolist()


def test_a_reader_brings_it_all_together(reader):
    text = "Running may burn body fat. Hills help a lot! Squats are said to tone the thighs."
    found = reader.read("Mine", text)
    assert found.added.words == 16
    assert found.added.hedges_per_100_words == pytest.approx(100 / 16)
    assert found.added.topics["T02"] == ("Running may burn body fat.",)
    assert found.added.topics["T07"] == ("Hills help a lot!",)
    assert {touch.topic_id for touch in found.touches} == set(found.added.topics)
    by_topic = pd.DataFrame(found.touches).groupby("topic_id")["likeness"]
    assert by_topic.apply(lambda one: one.is_monotonic_decreasing).all()


@given(st.text(max_size=200))
def test_any_text_is_read_to_the_end(reader, text):
    found = reader.read("x", text)
    sentences = set(found.prose.sentences)
    assert all(set(one) <= sentences for one in found.added.topics.values())
    assert found.language.is_english or not found.touches


@given(st.text(max_size=80))
def test_a_name_is_harmless(text):
    name = clean_name(text)
    assert len(name) <= 40
    assert not set(name) & set("<>*_[]`$:/.@#|~\\\n")
    assert clean_name(name) == name
    assert escaped(name).replace("\\", "") == name
