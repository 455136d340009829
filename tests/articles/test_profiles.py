"""Figures of the header are those of the tables."""

import pytest

from spotcheck import tables
from spotcheck.articles.profiles import METRICS, profiles


def test_every_figure_is_that_of_the_table():
    statistics = tables.load("text_statistics").set_index(["article_id", "metric"])["value"]
    rows = profiles(tables.load("text_statistics")).set_index("article_id")
    assert rows.index.tolist() == ["A", "B", "C"]
    for column, metric in METRICS.items():
        assert rows[column].to_dict() == {one: statistics[one, metric] for one in "ABC"}
    articles = tables.load("articles").set_index("article_id")
    assert rows["words"].to_dict() == articles["words"].to_dict()


def test_a_figure_that_is_missing_is_named():
    statistics = tables.load("text_statistics")
    lacks = statistics["article_id"].eq("B") & statistics["metric"].eq("words")
    with pytest.raises(ValueError, match="article B lacks one of words"):
        profiles(statistics[~lacks])
