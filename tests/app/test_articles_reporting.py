"""Articles, expert part on reporting: items before totals, reasons, and the note on fairness."""

import pytest

from spotcheck import tables
from spotcheck.articles import quality
from spotcheck.ui.articles.reporting import FAIRNESS
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body, headings

PAGE = "pages/articles.py"
TOOLS = tables.load("quality_tools").set_index("tool")
ROWS = {
    tool: quality.scored_items(tables.load("quality_items"), tables.load("quality_scores"), tool)
    for tool in TOOLS.index
}


def open_tool(open_page, tool):
    return open_page(PAGE, view="expert", part="reporting", tool=tool)


def reasons_shown(app, tool, item):
    text = body(app)
    for row in ROWS[tool][ROWS[tool]["item_no"].eq(item)].itertuples():
        said = row.said[0].upper() + row.said[1:]
        assert f"**{escaped(said)}.** {escaped(row.reason)}." in text


@pytest.mark.parametrize("tool", TOOLS.index)
def test_every_checklist_shows_its_finding_reasons_and_fairness(open_page, tool):
    app = open_tool(open_page, tool)
    rows = ROWS[tool]
    assert escaped(quality.finding(rows)) in headings(app)
    text = body(app)
    assert FAIRNESS in text
    assert escaped(TOOLS.loc[tool, "note"]) in text
    reasons_shown(app, tool, quality.widest_item(rows))
    # A total never stands without the reason behind it.
    total = escaped(quality.totals_sentence(rows, TOOLS.loc[tool, "unit"]))
    blocks = [one.value for one in app.markdown if total in one.value]
    assert len(blocks) == text.count(total) == 1
    assert escaped(quality.why(rows)) in blocks[0]
    # Weights from memory are not called verified.
    assert ("its weights: :red-badge[not verified]" in text) == (tool == "quest")


def test_choosing_an_item_shows_its_reasons_and_each_checklist_has_its_own(open_page):
    app = open_tool(open_page, "discern")
    app.selectbox(key="reporting/item/discern").select(14)
    assert_sound(app.run())
    reasons_shown(app, "discern", 14)
    app.button_group(key="articles/tool").set_value("jama")
    assert_sound(app.run())
    assert app.session_state["articles/store"]["values"]["tool"] == "jama"
    reasons_shown(app, "jama", quality.widest_item(ROWS["jama"]))


def test_the_table_twin_has_every_score_and_reason_and_a_phone_a_list(open_page):
    app = open_tool(open_page, "health_news_review")
    app.session_state["table/checklist_health_news_review"] = True
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    twin = app.dataframe[0].value
    rows = ROWS["health_news_review"]
    assert twin["reason"].tolist() == rows["reason"].tolist()
    assert twin["score"].sum() == rows["score"].sum()
    assert app.selectbox(key="articles/tool").value == "health_news_review"
    assert FAIRNESS in body(app)
