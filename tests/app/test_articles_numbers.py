"""With your numbers: every claim in its place, and links that open what the answer says."""

from urllib.parse import parse_qs

import pytest

from spotcheck import tables
from spotcheck.ui import cite, links, settings
from spotcheck.ui.articles import numbers as view
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body

PAGE = "pages/articles.py"
TESTS = tables.load("topic_tests")
CLAIMS = tables.load("claim_tests").merge(tables.load("claims"), on="claim_id")
DEFAULTS = links.defaults(settings.estimator())
FIELDS = {"calorie_deficit": settings.estimator(), "muscle_matrix": settings.matrix()}


def shown(app, *kinds):
    text = body(app)
    return {
        row.claim_id
        for row in CLAIMS[CLAIMS["kind"].isin(kinds)].itertuples()
        if f"{escaped(row.claim)}.]" in text
    }


def of_kind(*kinds):
    return set(CLAIMS.loc[CLAIMS["kind"].isin(kinds), "claim_id"])


def test_every_claim_is_on_the_page(open_page):
    app = open_page(PAGE, view="numbers")
    assert shown(app, "computed", "figure") == of_kind("computed", "figure")
    assert shown(app, "nothing") == set()
    assert (
        body(app).count("not computable here]")
        == CLAIMS.loc[CLAIMS["kind"].eq("figure"), "topic_id"].nunique()
    )
    app.session_state["numbers/nothing"] = True
    assert_sound(app.run())
    assert shown(app, "nothing") == of_kind("nothing")


def test_every_test_has_its_answer_and_its_link(open_page):
    app = open_page(PAGE, view="numbers")
    text, labels = body(app), [one.label for one in app.get("page_link")]
    frozen = view.frozen_values(DEFAULTS)
    for row in TESTS.itertuples():
        assert escaped(view.answer_to(row.test_id, frozen).text) in text
        assert labels.count(row.label) == 1


def test_a_figure_has_its_study_and_says_how_it_was_seen(open_page):
    blocks = [one.value for one in open_page(PAGE, view="numbers").markdown]
    smalls = next(one for one in blocks if "Women whose cellulite worsened" in one)
    assert ":yellow-badge[second-hand]" in smalls
    assert cite.name("smalls_2006") in smalls
    downhill = next(one for one in blocks if "Maeo et al. 2017" in one)
    assert "\u221217 to \u221214\u00a0%" in downhill
    heart = next(one for one in blocks if "Systolic blood pressure change" in one)
    assert ":green-badge[verified]" in heart
    assert "\u22124.2\u00a0mmHg" in heart


@pytest.mark.parametrize("row", list(TESTS.itertuples()), ids=lambda row: row.test_id)
def test_a_link_parses_without_a_notice(row):
    parameters = parse_qs(row.query, keep_blank_values=True)
    reading = links.read(FIELDS[row.page], parameters)
    assert reading.notices == ()
    assert set(reading.values) == set(parameters)
    if row.page == "calorie_deficit":
        assert settings.fit_estimator(DEFAULTS | reading.values) == ({}, ())


@pytest.mark.parametrize("page", FIELDS)
def test_the_pages_open_with_the_links(open_page, page):
    rows = TESTS[TESTS["page"].eq(page)]
    views = rows.assign(view=rows["query"].str.extract(r"view=([a-z_]+)")[0].fillna(""))
    for row in views.drop_duplicates("view").itertuples():
        app = open_page(f"pages/{page}.py", **parse_qs(row.query, keep_blank_values=True))
        assert not app.info or "link" not in app.info[0].value.lower()


def test_the_uphill_link_opens_the_session_that_the_answer_is_for(open_page):
    row = TESTS.set_index("test_id").loc["uphill"]
    app = open_page("pages/calorie_deficit.py", **parse_qs(row["query"], keep_blank_values=True))
    opened = app.session_state["plan/store"]["values"]
    asked = view.opened_with("uphill", dict(view.frozen_values(DEFAULTS)))
    assert {name: opened[name] for name in asked} == asked


def test_answers_follow_the_readers_own_settings(open_page):
    app = open_page(
        "pages/calorie_deficit.py", weight="90", speed="11", week="steady,3,40,9,0,0,0,0"
    )
    mine = dict(app.session_state["plan/store"]["values"])
    app.switch_page(PAGE)
    app.query_params["view"] = "numbers"
    assert_sound(app.run())
    text = body(app)
    assert "Computed with your settings" in text
    answer = view.answer_to("uphill", view.frozen_values(mine))
    assert "11.0\u00a0km/h" in answer.text
    assert escaped(answer.text) in text
    assert escaped(view.answer_to("uphill", view.frozen_values(DEFAULTS)).text) not in text


def test_a_reader_for_whom_no_plan_is_made_is_told_so():
    answer = view.answer_to("fat_loss", view.frozen_values(DEFAULTS | {"age": 15}))
    assert answer.figures == ()
    assert "kg" not in answer.text


def test_on_a_phone_themes_are_drawers_and_the_first_is_open(open_page):
    app = open_page(PAGE, view="numbers")
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    frozen = view.frozen_values(DEFAULTS)
    text = body(app)
    assert escaped(view.answer_to("leg_share", frozen).text) in text
    assert escaped(view.answer_to("uphill", frozen).text) not in text
    app.session_state["numbers/Kinds of running: five tests"] = True
    assert_sound(app.run())
    assert escaped(view.answer_to("uphill", frozen).text) in body(app)


def test_the_table_twin_has_every_claim(open_page):
    app = open_page(PAGE, view="numbers")
    app.session_state["table/numbers"] = True
    assert_sound(app.run())
    twin = app.dataframe[0].value
    assert twin["claim_id"].tolist() == tables.load("claims")["claim_id"].tolist()
    assert (twin["answer"].ne("") == twin["kind"].eq("computed")).all()
    assert twin.set_index("claim_id")["figure"]["A21"].startswith("Cardiovascular mortality")
