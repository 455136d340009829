"""Language of the articles: intervals, tests and thresholds against other ways to compute them."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from spotcheck import tables
from spotcheck.articles import text_profile as profile
from spotcheck.articles.added import Added

STATISTICS, METRICS = tables.load("text_statistics"), tables.load("text_metrics")
VALUES = STATISTICS.set_index(["article_id", "metric"])["value"]
TERMS, PAIRS = tables.load("key_terms"), tables.load("text_pairs")
RATES = profile.rates(STATISTICS, METRICS)
GRADES = profile.reading_grades(STATISTICS, METRICS)
YOURS = Added("Mine", 800, 9.4, 1.0, {}, {"hedges_strict": 8, "boosters": 0})


@given(count=st.integers(0, 400), words=st.integers(1, 10_000))
def test_the_interval_is_the_exact_one_of_poisson(count, words):
    low, high = profile.rate_interval(count, words)
    assert low <= 100 * count / words <= high
    assert high == pytest.approx(50 * stats.chi2.ppf(0.975, 2 * count + 2) / words)
    assert low == pytest.approx(50 * stats.chi2.ppf(0.025, 2 * count) / words if count else 0)


@pytest.mark.parametrize(("count", "words", "name"), [(-1, 400, "count"), (1, 0, "words")])
def test_an_impossible_count_is_named(count, words, name):
    with pytest.raises(ValueError, match=f"{name} is"):
        profile.rate_interval(count, words)


def test_rates_are_those_of_the_table():
    assert len(RATES) == 3 * len(profile.RATES)
    for row in RATES.itertuples():
        assert row.count == VALUES[row.article_id, row.metric]
        assert row.words == VALUES[row.article_id, "words"]
        printed = VALUES[row.article_id, f"{row.metric}_per_100_words"]
        assert row.rate == pytest.approx(printed, abs=0.006)


def poisson_odds(first_count, second_count, first_words, second_words):
    """Two-sided exact test of two Poisson rates, added up term by term."""
    n, share = first_count + second_count, first_words / (first_words + second_words)
    chances = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    return sum(one for one in chances if one <= chances[first_count] * (1 + 1e-9))


def test_every_difference_is_tested_exactly_and_corrected_for_all():
    pairs = profile.differences(RATES)
    assert len(pairs) == 3 * len(profile.RATES)
    counts = ["first_count", "second_count", "first_words", "second_words"]
    expected = [poisson_odds(*row) for row in pairs[counts].itertuples(index=False)]
    assert pairs["p"].tolist() == pytest.approx(expected)
    worst = 0.0
    for place, (index, p) in enumerate(sorted(enumerate(expected), key=lambda one: one[1])):
        worst = max(worst, min(1.0, p * (len(expected) - place)))
        assert pairs["p_corrected"][index] == pytest.approx(worst)
        assert pairs["is_clear"][index] == (worst < 0.05)


def test_one_hedge_in_a_differs_from_fourteen_in_c_but_not_from_three_in_b():
    hedges = profile.differences(RATES).query("metric == 'hedges_strict'")
    clear = hedges.set_index(["first", "second"])["is_clear"]
    assert clear["A", "C"]
    assert not clear["A", "B"]


def test_the_sentences_name_exactly_the_clear_differences():
    pairs = profile.differences(RATES)
    n_clear = 0
    for label, said in profile.rate_sentences(pairs):
        rows = pairs[pairs["label"].eq(label)]
        clear = rows[rows["is_clear"]]
        n_clear += len(clear)
        assert (said == "No difference is clear.") == clear.empty
        for row in rows[~rows["is_clear"]].itertuples():
            assert clear.empty or f"{row.first} v {row.second}" in said
        for row in clear.itertuples():
            is_first = row.first_count / row.first_words > row.second_count / row.second_words
            high, low = (row.first, row.second) if is_first else (row.second, row.first)
            sentence = next(one for one in said.split(". ") if one.startswith(f"{high} has more"))
            assert low in sentence.partition(" than ")[2]
    assert profile.rates_finding(pairs).startswith("Five of 15")
    assert n_clear == 5


def test_a_text_of_the_reader_is_a_fourth_row_and_a_family_of_its_own():
    rows = profile.rates(STATISTICS, METRICS, YOURS)
    assert rows.groupby("metric", sort=False).size().tolist() == [4, 3, 4, 3, 3]
    yours = rows[rows["article_id"].eq(profile.YOURS)].set_index("metric")
    assert yours["rate"].to_dict() == {"hedges_strict": 1.0, "boosters": 0.0}
    pairs = profile.differences(rows, including=profile.YOURS)
    assert len(pairs) == 6
    assert pairs["second"].eq(profile.YOURS).all()
    grades = profile.reading_grades(STATISTICS, METRICS, YOURS)
    assert grades["article_id"].tolist().count(profile.YOURS) == 1
    assert profile.grade_differences(grades).equals(profile.grade_differences(GRADES))


@pytest.mark.parametrize("yours", [Added("Mine", 0, None, None, {}), Added("", 9, None, None, {})])
def test_a_text_that_cannot_be_judged_has_no_row(yours):
    assert profile.rates(STATISTICS, METRICS, yours).equals(RATES)
    assert profile.reading_grades(STATISTICS, METRICS, yours).equals(GRADES)


def test_grades_are_those_of_the_table_and_span_five_formulas():
    assert GRADES.groupby("article_id")["letter"].nunique().eq(5).all()
    for row in GRADES.itertuples():
        assert row.grade == VALUES[row.article_id, row.metric]
    ranges = profile.grade_ranges(GRADES)
    for article in "ABC":
        grades = [VALUES[article, metric] for metric in profile.FORMULAS]
        main = VALUES[article, profile.MAIN_FORMULA]
        assert ranges.loc[article].tolist() == [min(grades), max(grades), main]


def test_a_grade_differs_clearly_where_every_formula_shows_more_than_syllables_do():
    gap = max(
        abs(VALUES[article, f"{one}_cmu"] - VALUES[article, f"{one}_rule"])
        for article in "ABC"
        for one in ("flesch_kincaid_grade", "gunning_fog")
    )
    assert profile.syllable_gap(GRADES) == pytest.approx(gap)
    for row in profile.grade_differences(GRADES).itertuples():
        steps = [VALUES[row.harder, one] - VALUES[row.easier, one] for one in profile.FORMULAS]
        assert (row.least, row.most) == pytest.approx((min(steps), max(steps)))
        assert row.is_clear == (min(steps) > gap + 1e-6)
    title = profile.grades_finding(profile.grade_differences(GRADES))
    assert title == "A reads easier than B and C by every formula; B and C are too close to call"


def test_equal_texts_are_not_ranked():
    pairs = pd.DataFrame({"easier": ["A"], "harder": ["B"], "is_clear": [False]})
    assert profile.grades_finding(pairs) == "The three articles read about equally hard"


@given(n_compared=st.integers(1, 100_000))
def test_the_line_of_chance_is_a_chi_square_for_all_words_looked_at(n_compared):
    expected = stats.chi2.isf(0.05 / n_compared, 1)
    assert profile.chance_threshold(n_compared) == pytest.approx(expected)


def test_no_words_looked_at_have_no_line():
    with pytest.raises(ValueError, match="n_compared is 0"):
        profile.chance_threshold(0)


def test_the_words_looked_at_are_at_most_the_different_words_of_each_text():
    each = [round(VALUES[one, "words"] * VALUES[one, "type_token_ratio"]) for one in "ABC"]
    assert profile.n_words_compared(STATISTICS) == sum(each)


def test_the_log_likelihood_of_every_term_follows_from_its_counts():
    """The share of the content words comes back out of the log ratio of a word of each text."""
    for _, rows in TERMS.groupby("article_id"):
        first = rows.iloc[0]
        odds = 2 ** first["log_ratio"] * (first["count_others"] + 0.5) / (first["count_in"] + 0.5)
        share = 1 / (1 + odds)
        for row in rows.itertuples():
            both = [(row.count_in, share), (row.count_others, 1 - share)]
            n = row.count_in + row.count_others
            g2 = 2 * sum(seen * math.log(seen / (n * part)) for seen, part in both if seen)
            assert row.log_likelihood == pytest.approx(g2, rel=0.02)


def test_rare_words_are_warned_of_and_clear_ones_lie_beyond_chance():
    terms = profile.marking_terms(TERMS, STATISTICS)
    line = profile.chance_threshold(profile.n_words_compared(STATISTICS))
    for row in terms.itertuples():
        assert row.is_rare == (row.count_in < 5)
        assert row.is_clear == (row.log_likelihood > line)
    for _, rows in terms.groupby("article_id"):
        assert rows["log_likelihood"].is_monotonic_decreasing
    assert profile.terms_finding(terms) == (
        "Clear marks: “weight” in A, “inner” in B and “cellulite” in C"
    )
    nothing = terms.assign(is_clear=False)
    assert profile.terms_finding(nothing) == "No word marks an article beyond chance"


def test_likeness_is_that_of_the_table_and_names_the_nearest():
    rows = profile.likeness(PAIRS, METRICS)
    values = PAIRS.set_index(["article_a", "article_b", "metric"])["value"]
    assert len(rows) == len(PAIRS)
    for row in rows.itertuples():
        first, second = row.pair.split(" and ")
        assert row.value == values[first, second, row.metric]
        assert row.is_nearest == (row.value == PAIRS.query("metric == @row.metric")["value"].max())
    nearest = [set(cells["pair"]) for _, cells in rows[rows["is_nearest"]].groupby("metric")]
    assert not set.intersection(*nearest)
    assert profile.likeness_finding(rows) == "No pair is clearly nearest: the measures disagree"
    same = rows.assign(is_nearest=rows["pair"].eq("A and B"))
    assert profile.likeness_finding(same) == "A and B are the nearest pair by every measure"


@given(shared=st.integers(1, 500), others=st.integers(0, 2000))
def test_the_interval_of_a_share_is_wilsons(shared, others):
    n = shared + others
    low, high = profile.share_interval(shared / n, shared)
    expected = stats.binomtest(shared, n).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="share is 0"):
        profile.share_interval(0, 0)


def test_every_figure_has_its_method():
    names = [*profile.RATES, *profile.FORMULAS, *PAIRS["metric"].unique()]
    methods = profile.methods(METRICS, names)
    table = METRICS.set_index("metric")
    assert methods == [(table.loc[one, "label"], table.loc[one, "method"]) for one in names]
    assert all(how for _, how in methods)
