"""The article tables hold together and say what the pages print."""

from pathlib import Path

import pandas as pd
import pytest

from spotcheck.articles.claims import upheld_counts
from spotcheck.articles.evidence import evidence_counts, stance_match
from spotcheck.articles.stances import (
    STANCE_VALUES,
    agreed_topics,
    clash_topics,
    headline_counts,
    pairwise_agreement,
    shared_topics,
    stance_matrix,
)

DATA = Path(__file__).resolve().parent.parent / "data"
SURENESS = ["from_memory", "second_hand", "verified"]


def read(name):
    return pd.read_csv(DATA / f"{name}.csv")


@pytest.fixture(scope="module")
def topics():
    return read("topics")


@pytest.fixture(scope="module")
def stances():
    return read("stances")


@pytest.fixture(scope="module")
def claims():
    return read("claims")


@pytest.fixture(scope="module")
def studies():
    return read("studies")


def test_sizes(topics, stances, claims):
    assert (len(read("articles")), len(topics), len(claims)) == (3, 38, 86)
    assert (len(stances), len(read("evidence_links"))) == (114, 105)
    assert claims["article_id"].value_counts().to_dict() == {"A": 30, "B": 26, "C": 30}


def test_every_topic_has_a_stance_of_each_article(topics, stances):
    by_topic = stances.groupby("topic_id")["article_id"].apply(lambda a: sorted(a))
    assert set(by_topic.index) == set(topics["topic_id"])
    assert by_topic.map(lambda a: a == ["A", "B", "C"]).all()


def test_stance_values_follow_the_words(stances):
    spoken = stances[stances["stance"].ne("silent")]
    assert (spoken["stance"].map(STANCE_VALUES) == spoken["stance_value"]).all()
    silent = stances[stances["stance"].eq("silent")]
    assert silent[["stance_value", "qualifier"]].isna().all(axis=None)
    assert spoken["qualifier"].notna().all()


def test_a_stance_rests_on_claims_of_its_article(stances, claims):
    basis = read("stance_claims").merge(claims[["claim_id", "article_id"]], on="claim_id")
    assert basis["article_id_x"].eq(basis["article_id_y"]).all()
    keys = ["topic_id", "article_id"]
    based = set(map(tuple, read("stance_claims")[keys].to_numpy()))
    spoken = stances[stances["stance"].ne("silent")]
    assert based == set(map(tuple, spoken[keys].to_numpy()))


def test_a_silent_article_has_nothing_but_rhetoric_on_the_topic(stances, claims):
    silent = stances.loc[stances["stance"].eq("silent"), ["topic_id", "article_id"]]
    assert silent.merge(claims)["claim_type"].eq("rhetoric").all()


def test_claims_are_short_and_in_place(claims):
    assert claims["claim"].str.split().str.len().le(20).all()
    for _, rows in claims.groupby("article_id"):
        assert rows["sequence"].tolist() == list(range(1, len(rows) + 1))
    counted = claims["section_id"].value_counts()
    sections = read("sections").set_index("section_id")["n_claims"]
    assert counted.reindex(sections.index).tolist() == sections.tolist()


def test_labels_fit_their_charts(topics):
    assert topics["short_label"].str.len().max() <= 34
    assert topics["question"].str.len().max() <= 60
    assert topics["short_label"].is_unique
    assert topics["is_empirical"].eq(topics["grade"].ne("not_graded")).all()


@pytest.mark.parametrize(
    ("lenient", "expected"),
    [
        (True, {"A-B": [8, 2, 3, 3], "A-C": [6, 3, 2, 1], "B-C": [7, 4, 2, 1]}),
        (False, {"A-B": [6, 2, 3, 1], "A-C": [5, 3, 2, 0], "B-C": [7, 4, 2, 1]}),
    ],
)
def test_agreement_of_the_articles(stances, lenient, expected):
    pairs = pairwise_agreement(stances, lenient).set_index("pair")
    columns = ["both_speak", "agree", "partly", "contradict"]
    assert {pair: pairs.loc[pair, columns].tolist() for pair in pairs.index} == expected


def test_headline_of_the_comparison(topics, stances):
    matrix = stance_matrix(topics, stances)
    assert shared_topics(matrix) == ["T02", "T06", "T11", "T12"]
    assert agreed_topics(matrix) == ["T02"]
    assert clash_topics(matrix) == ["T01", "T06", "T11"]
    counts = headline_counts(topics, stances)
    assert (counts.topics, counts.addressed_by_all, counts.addressed_by_none) == (38, 4, 3)
    assert (counts.agreed_by_all, counts.contradicted) == (1, 3)


def test_claims_the_evidence_upholds(claims):
    upheld = upheld_counts(claims)
    assert upheld.to_numpy().tolist() == [[18, 26], [22, 24], [24, 27]]


def test_stances_against_the_evidence(topics, stances):
    match = stance_match(topics, stances)
    assert match.to_numpy().tolist() == [[8, 7, 3], [11, 4, 0], [14, 4, 0]]


def test_contradictions_between_claims_lie_on_clash_topics(topics, stances):
    relations = read("claim_relations")
    clashes = clash_topics(stance_matrix(topics, stances))
    against = relations[relations["relation"].eq("contradicts")]
    assert sorted(against["topic_id"].unique()) == clashes
    pairs = relations["claim_a"].str[0] + relations["claim_b"].str[0]
    within = relations["relation"].eq("internal_tension")
    assert (pairs.str[0] == pairs.str[1]).eq(within).all()


def test_a_mention_points_to_one_thing():
    mentions = read("claim_mentions")
    assert mentions["muscle_id"].notna().eq(mentions["kind"].eq("muscle")).all()
    assert mentions.loc[mentions["kind"].ne("exercise"), "exercise_id"].isna().all()
    unnamed = mentions["kind"].eq("exercise") & mentions["exercise_id"].isna()
    assert set(mentions.loc[unnamed, "label"]) == {"strength training"}


def test_topics_without_a_study_are_known(topics):
    counts = evidence_counts(read("evidence_links"), topics)
    assert counts.index[counts["total"].eq(0)].tolist() == ["T10", "T14", "T23", "T37", "T38"]


def test_every_study_named_is_in_the_bibliography(studies):
    known = set(studies["study_id"])
    for name in ("evidence_links", "effects", "omission_studies", "quality_tools"):
        assert set(read(name)["study_id"].dropna()) <= known, name


def test_a_verified_study_says_where_it_was_seen(studies):
    assert studies["status"].isin(SURENESS).all()
    assert studies.loc[studies["status"].eq("verified"), "where_seen"].notna().all()
    linked = studies[studies["study_id"].isin(read("evidence_links")["study_id"])]
    doubtful = linked.loc[linked["status"].ne("verified"), ["study_id", "status"]]
    assert dict(doubtful.to_numpy().tolist()) == {
        "akdeniz_2018": "second_hand",
        "kuk_2009": "second_hand",
        "rossi_2000": "from_memory",
        "sloniger_1997b": "from_memory",
    }


def test_an_effect_is_no_surer_than_its_study(studies):
    effects = read("effects").merge(
        studies[["study_id", "status"]], on="study_id", suffixes=("", "_study")
    )
    rank = {status: place for place, status in enumerate(SURENESS)}
    assert (effects["status"].map(rank) <= effects["status_study"].map(rank)).all()
    unsure = effects.loc[effects["status"].ne("verified"), "study_id"]
    assert unsure.value_counts().to_dict() == {"smalls_2006": 3, "sloniger_1997b": 2}


def test_an_effect_has_a_number_or_a_range_and_ordered_ends():
    effects = read("effects")
    ranged = effects["estimate_low"].notna()
    assert (effects["estimate"].notna() ^ ranged).all()
    assert effects.loc[effects["estimate_high"].notna(), "estimate_low"].notna().all()
    assert not effects["estimate_low"].gt(effects["estimate_high"]).any()
    interval = effects[effects["interval"].notna()]
    assert interval["ci_low"].le(interval["estimate"]).all()
    assert interval["estimate"].le(interval["ci_high"]).all()
    assert effects.loc[effects["interval"].isna(), ["ci_low", "ci_high"]].isna().all(axis=None)


def test_quality_scores_stay_within_their_items():
    items, tools = read("quality_items"), read("quality_tools").set_index("tool")
    assert (items["raw_max"] * items["weight"] == items["max_score"]).all()
    sums = items.groupby("tool")["max_score"].sum()
    assert sums.reindex(tools.index).tolist() == tools["max_score"].tolist()
    assert sums["quest"] == 28
    scores = read("quality_scores").merge(items, on=["tool", "item_no"])
    assert len(scores) == 3 * len(items) == 135
    judged = scores[scores["is_applicable"]]
    assert judged["score"].between(judged["raw_min"], judged["max_score"]).all()
    assert scores["score"].notna().eq(scores["is_applicable"]).all()
    applicable = judged.groupby(["tool", "article_id"])["max_score"].sum().unstack()
    for tool, row in applicable.iterrows():
        assert set(row) == {tools.loc[tool, "max_score_applicable"]}


def test_quality_totals():
    totals = read("quality_scores").groupby(["tool", "article_id"])["score"].sum().unstack()
    assert totals.astype(int).T.to_dict("list") == {
        "jama": [0, 0, 0],
        "quest": [9, 12, 12],
        "discern": [35, 43, 44],
        "health_news_review": [1, 3, 3],
        "honcode": [0, 0, 0],
    }


@pytest.fixture(scope="module")
def text():
    return read("text_statistics").pivot_table(index="article_id", columns="metric", values="value")


def test_every_measure_is_described_and_used(text):
    metrics = read("text_metrics").set_index("metric")["scope"]
    assert set(metrics.index[metrics.eq("article")]) == set(text.columns)
    assert set(metrics.index[metrics.eq("pair")]) == set(read("text_pairs")["metric"])
    assert text.notna().all(axis=None)


@pytest.mark.parametrize("rule", ["cmu", "rule"])
def test_readability_follows_its_formula(text, rule):
    words_a_sentence = text["words"] / text["sentences"]
    syllables_a_word = text[f"syllables_{rule}"] / text["words"]
    grade = 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59
    ease = 206.835 - 1.015 * words_a_sentence - 84.6 * syllables_a_word
    assert (grade - text[f"flesch_kincaid_grade_{rule}"]).abs().max() <= 0.1
    assert (ease - text[f"flesch_reading_ease_{rule}"]).abs().max() <= 0.1


def test_rates_follow_from_counts(text):
    for name in ("hedges_strict", "hedges_broad", "boosters", "first_person", "second_person"):
        rate = 100 * text[name] / text["words"]
        assert (rate - text[f"{name}_per_100_words"]).abs().max() <= 0.006, name
    length = text["words"] / text["sentences"]
    assert (length - text["mean_sentence_length"]).abs().max() <= 0.006
    articles = read("articles").set_index("article_id")
    assert articles["words"].tolist() == text["words"].tolist()
    assert articles["sentences"].tolist() == text["sentences"].tolist()


def test_omissions_cover_every_article():
    presence = read("omission_articles")
    assert presence["omission_id"].value_counts().eq(3).all()
    assert set(presence["omission_id"]) == set(read("omissions")["omission_id"])
    assert presence["presence"].value_counts().to_dict() == {
        "absent": 28,
        "partly": 5,
        "not_applicable": 3,
    }
