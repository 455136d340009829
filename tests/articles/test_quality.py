"""Reporting checklists: scores, totals and sentences against the tables, counted in another way."""

import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.articles import quality
from spotcheck.wording import counted

ITEMS, SCORES = tables.load("quality_items"), tables.load("quality_scores")
TOOLS = tables.load("quality_tools").set_index("tool")


def scored(tool):
    return quality.scored_items(ITEMS, SCORES, tool)


def by_hand(tool):
    """Scores of a checklist by article and item, and the most of each item."""
    rows = [row for row in SCORES.to_dict("records") if row["tool"] == tool]
    scores = {(row["article_id"], row["item_no"]): row["score"] for row in rows}
    items = {row["item_no"]: row for row in ITEMS.to_dict("records") if row["tool"] == tool}
    return scores, items


@pytest.mark.parametrize("tool", TOOLS.index)
def test_every_item_stands_once_for_every_article(tool):
    rows = scored(tool)
    n_items = TOOLS.loc[tool, "n_items"]
    assert len(rows) == 3 * n_items
    assert rows["item_no"].tolist() == [item for item in range(1, n_items + 1) for _ in "ABC"]
    assert rows["article_id"].tolist() == list("ABC") * n_items


def test_the_most_of_quest_is_28_out_of_its_weights():
    assert (ITEMS["weight"] * ITEMS["raw_max"])[ITEMS["tool"].eq("quest")].sum() == 28


@pytest.mark.parametrize("tool", TOOLS.index)
def test_totals_are_the_sums_of_the_items_within_the_published_most(tool):
    scores, items = by_hand(tool)
    sums = quality.totals(scored(tool))
    for article in "ABC":
        judged = {
            item: scores[article, item] for item in items if scores[article, item] is not None
        }
        assert sums.loc[article, "total"] == sum(judged.values())
        assert sums.loc[article, "max_total"] == sum(items[one]["max_score"] for one in judged)
        assert sums.loc[article, "max_total"] == TOOLS.loc[tool, "max_score_applicable"]
        assert sums.loc[article, "n_items"] == len(judged)
        assert sums.loc[article, "total"] <= sums.loc[article, "max_total"]


@pytest.mark.parametrize("tool", TOOLS.index)
def test_letters_follow_the_raw_score(tool):
    for row in scored(tool).itertuples():
        if not row.is_applicable:
            assert (row.letter, row.cell) == ("–", "–")
            continue
        raw = row.score / row.weight
        expected = "M" if raw == row.raw_max else "N" if raw == row.raw_min else "P"
        assert row.letter == expected
        assert 0 <= row.met <= 1
        assert row.score <= row.max_score


def test_each_kind_of_checklist_has_cells_of_its_own():
    assert set(scored("honcode")["cell"]) == {"N", "–"}
    assert set(scored("discern")["cell"]) <= set("12345")
    assert scored("quest").query("item_no == 2")["cell"].tolist() == ["P 3/9", "P 3/9", "N 0/9"]
    kinds = {tool: quality.scale_of(ITEMS[ITEMS["tool"].eq(tool)]) for tool in TOOLS.index}
    assert kinds == {
        "jama": "letters",
        "quest": "points",
        "discern": "marks",
        "health_news_review": "letters",
        "honcode": "letters",
    }


@pytest.mark.parametrize("tool", TOOLS.index)
def test_the_title_counts_what_all_lack_and_where_they_differ(tool):
    scores, items = by_hand(tool)
    judged = [item for item in items if all(scores[one, item] is not None for one in "ABC")]
    lowest = {item: items[item]["raw_min"] * items[item]["weight"] for item in items}
    none = [item for item in judged if all(scores[one, item] == lowest[item] for one in "ABC")]
    differ = [item for item in judged if len({scores[one, item] for one in "ABC"}) > 1]
    title = quality.finding(scored(tool))
    assert f"the {counted(len(judged))} items" in title
    if len(none) < len(judged):
        assert f" {counted(len(none))} of the" in title
        assert title.endswith(f"they differ on {counted(len(differ))}")
    else:
        assert "no text meets any" in title
    assert ("that apply" in title) == (len(judged) < len(items))


def test_b_and_c_tie_on_quest_for_opposite_reasons():
    assert quality.why(scored("quest")) == (
        "B and C tie for different reasons: B has more on “Attribution” (3 v 0), C on "
        "“Tone: limits and balance” (6 v 3)."
    )


def test_a_tie_item_by_item_is_told_as_such():
    assert quality.why(scored("jama")) == "A, B and C have the same score on every item."
    said = quality.why(scored("health_news_review"))
    assert said.startswith("B and C tie, with the same score on every item.")
    assert "“Compares alternatives” (A\u00a00, B\u00a01, C\u00a01)" in said


def test_without_a_tie_the_widest_gaps_are_named():
    scores, items = by_hand("discern")
    gaps = {item: max(scores[one, item] for one in "ABC") for item in items}
    gaps = {item: most - min(scores[one, item] for one in "ABC") for item, most in gaps.items()}
    widest = [item for item, gap in gaps.items() if gap == max(gaps.values())]
    said = quality.why(scored("discern"))
    assert quality.widest_item(scored("discern")) == widest[0]
    for item in widest[:2]:
        assert f"“{items[item]['item']}”" in said


@pytest.mark.parametrize("tool", TOOLS.index)
def test_a_total_never_comes_without_its_most(tool):
    rows = scored(tool)
    said = quality.totals_sentence(rows, TOOLS.loc[tool, "unit"])
    for article, row in quality.totals(rows).iterrows():
        assert f"{article} {row.total} of {row.max_total}" in said
    most, reachable = TOOLS.loc[tool, ["max_score", "max_score_applicable"]]
    assert (f"{reachable} of {most} apply to these texts" in said) == (reachable < most)


def test_the_table_holds_every_reason_and_rater():
    table = quality.checklist_table(scored("quest"))
    assert table["reason"].notna().all()
    assert set(table["scored_by"]) == {"one rater"}
    assert set(table["weight_seen"]) == {"from_memory"}


def test_an_unknown_checklist_is_named():
    with pytest.raises(ValueError, match="tool is 'agree'; allowed are jama, quest"):
        scored("agree")


def test_items_that_apply_to_one_article_only_do_not_count_for_the_others():
    items = pd.DataFrame(
        {
            "tool": "t",
            "item_no": [1, 2],
            "item": ["x", "y"],
            "raw_min": 0,
            "raw_max": 1,
            "weight": 1,
            "max_score": 1,
        }
    )
    scores = pd.DataFrame(
        {
            "tool": "t",
            "item_no": [1, 1, 2, 2],
            "article_id": ["A", "B"] * 2,
            "is_applicable": [True, False, True, True],
            "score": [1, None, 0, 1],
            "reason": "r",
        }
    )
    sums = quality.totals(quality.scored_items(items, scores, "t"))
    assert sums["max_total"].to_dict() == {"A": 2, "B": 1}
