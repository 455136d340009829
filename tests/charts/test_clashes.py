"""Picture of the clashes: every mark stands where its stance is."""

import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.articles.clashes import marks
from spotcheck.articles.stances import stance_matrix
from spotcheck.charts.clashes import PLACES, stands
from spotcheck.charts.theme import DARK, LIGHT

TOPICS = tables.load("topics")
ROWS = marks(stance_matrix(TOPICS, tables.load("stances")).loc[["T01", "T06", "T11"]], TOPICS)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("narrow", [True, False])
def test_each_article_stands_at_its_stance_in_its_colour(theme, narrow):
    drawn = stands(ROWS, theme, narrow=narrow).data[1]
    assert [text[3] for text in drawn.text] == ROWS["article_id"].tolist()
    assert list(drawn.marker.color) == [theme.article[one] for one in ROWS["article_id"]]
    topics = ROWS["topic_id"].drop_duplicates().tolist()
    for x, y, row in zip(drawn.x, drawn.y, ROWS.itertuples(), strict=True):
        assert abs(x - PLACES[row.stance]) < 0.5
        assert topics[int(y)] == row.topic_id


def test_articles_of_one_stance_do_not_hide_each_other():
    drawn = stands(ROWS, LIGHT, narrow=False).data[1]
    places = list(zip(drawn.x, drawn.y, strict=True))
    assert len(set(places)) == len(places)


def test_the_direction_of_the_studies_is_written_under_each_line():
    texts = list(stands(ROWS, LIGHT, narrow=False).data[2].text)
    assert texts.count("▼ studies: against") == 2
    assert texts.count("◆ studies: mixed") == 1
    for label in ROWS["short_label"].unique():
        assert f"<b>{label}</b>" in texts


def test_a_topic_more_makes_it_higher():
    more = pd.concat([ROWS, ROWS.head(2).assign(topic_id="T99")], ignore_index=True)
    heights = [stands(rows, LIGHT, narrow=False).layout.height for rows in (ROWS, more)]
    assert heights[1] > heights[0]
