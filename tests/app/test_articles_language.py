"""Articles, expert part on language: every figure with its error, and the reader's own text."""

import pytest

from spotcheck import tables
from spotcheck.articles import text_profile as profile
from spotcheck.ui.articles.added import ADDED_KEY
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"
STATISTICS, METRICS = tables.load("text_statistics"), tables.load("text_metrics")
PAIRS = profile.differences(profile.rates(STATISTICS, METRICS))
GRADES = profile.reading_grades(STATISTICS, METRICS)
TERMS = profile.marking_terms(tables.load("key_terms"), STATISTICS)
LIKENESS = profile.likeness(tables.load("text_pairs"), METRICS)


ERRORS = {
    "rates": (profile.RATES, "Holm’s correction for all 15 pairs"),
    "grades": (profile.FORMULAS, "least error to reckon with"),
    "terms": ((), "For small counts G2"),
    "likeness": (tables.load("text_pairs")["metric"].unique(), "TF-IDF knows little"),
}
TWINS = {
    "word_rates": ("count", profile.rates(STATISTICS, METRICS)["count"]),
    "reading_grades": ("grade", GRADES["grade"]),
    "marking_words": ("log_likelihood", TERMS["log_likelihood"]),
    "likeness": ("value", LIKENESS["value"]),
}


@pytest.fixture
def language(open_page):
    return open_page(PAGE, view="expert", part="language")


def opened(app, *keys):
    for key in keys:
        app.session_state[key] = True
    assert_sound(app.run())
    return app


def test_every_section_opens_with_what_it_found_on_a_phone_too(language):
    findings = [
        profile.rates_finding(PAIRS),
        profile.grades_finding(profile.grade_differences(GRADES)),
        profile.terms_finding(TERMS),
        profile.likeness_finding(LIKENESS),
    ]
    assert headings(language) == findings
    assert len(language.get("plotly_chart")) == 4
    language.session_state["frame"] = {"narrow": True}
    assert_sound(language.run())
    assert headings(language) == findings
    assert "strongest each; all in the table" in body(language)


def test_figures_of_the_sentences_are_those_of_the_tables(language):
    text = body(language)
    for label, said in profile.rate_sentences(PAIRS):
        assert f"**{escaped(label)}.** {said}" in text
    assert f"{int(TERMS['is_rare'].sum())} of these {len(TERMS)} words" in text
    for article, row in profile.grade_ranges(GRADES).iterrows():
        assert f"{article} {row['low']:.0f} to {row['high']:.0f}" in text
    text = text.replace("\u00a0", " ")
    values = STATISTICS.set_index(["article_id", "metric"])["value"]
    for article in "ABC":
        assert f"{article} {values[article, 'hedged_sentences_percent']:.0f} %" in text
        assert f"{article} {values[article, 'mean_sentence_length']:.0f}" in text
    shared = tables.load("text_pairs").query("metric == 'shared_content_words'")
    for row in shared.itertuples():
        pair = f"**{row.article_a} and {row.article_b}**"
        assert f"{pair} share {row.value:.0f} content words" in text


def test_every_figure_has_its_method_and_its_error_behind_a_tap(language):
    closed = body(language)
    text = body(opened(language, *(f"language/{name}" for name in ERRORS)))
    table = METRICS.set_index("metric")
    for metrics, error in ERRORS.values():
        assert error in text and error not in closed
        for metric in metrics:
            label, method = table.loc[metric, ["label", "method"]]
            assert f"**{escaped(label)}:** {escaped(method)}." in text


def test_every_picture_has_its_table(language):
    twins = [one.value for one in opened(language, *(f"table/{one}" for one in TWINS)).dataframe]
    for twin, (column, expected) in zip(twins, TWINS.values(), strict=True):
        assert twin[column].tolist() == expected.tolist()


def test_a_text_of_the_reader_stands_beside_the_three(open_page):
    app = open_page(PAGE, view="added", part="language")
    app.text_input[0].set_value("<b>Mine</b>")
    app.text_area[0].set_value(
        "You may perhaps walk before you run, and your legs will rest. " * 12
    )
    next(one for one in app.button if one.label == "Read it").click()
    assert_sound(app.run())
    yours = app.session_state[ADDED_KEY]["analysis"].added
    app.button_group(key="articles/view").set_value("expert")
    opened(app, "table/word_rates", "table/reading_grades")
    rates = profile.rates(STATISTICS, METRICS, yours)
    text = body(app)
    assert "Your text, counted automatically" in text
    assert "Mine" not in text
    pairs = profile.differences(rates, including=profile.YOURS)
    for label, said in profile.rate_sentences(pairs):
        words = said.replace("yours", "your text")
        assert f"**{escaped(label)}.** {words[0].upper()}{words[1:]}" in text
    twins = [one.value for one in app.dataframe]
    assert twins[0]["count"].tolist() == rates["count"].tolist()
    assert twins[0]["article_id"].eq(profile.YOURS).sum() == len(
        set(profile.RATES) & {*yours.counts}
    )
    assert twins[1]["grade"].tolist()[-1] == yours.reading_grade
    # The findings about the three are what they were without it.
    assert headings(app)[0] == profile.rates_finding(PAIRS)
