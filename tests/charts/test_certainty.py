"""The plane of wording and evidence: each claim once, in its cell, in its article's shape."""

import pytest

from spotcheck.articles.certainty import judged_claims
from spotcheck.articles.claims import claim_counts
from spotcheck.articles.story import VERDICT_WORDS
from spotcheck.charts.certainty import certainty_plane, verdict_bars
from spotcheck.charts.theme import ARTICLE_SYMBOLS, DARK, LIGHT
from spotcheck.tables import load

CLAIMS, TOPICS = load("claims"), load("topics")
JUDGED = judged_claims(CLAIMS, TOPICS, rhetoric=True)
SHAPES = {symbol: article for article, symbol in ARTICLE_SYMBOLS.items()}


def marks(figure):
    """Claim, place, shape, topic and hover of each mark."""
    trace = figure.data[0]
    return [
        (text[3:6], x, y, symbol, topic, text)
        for x, y, symbol, topic, text in zip(
            trace.x, trace.y, trace.marker.symbol, trace.customdata, trace.hovertext, strict=True
        )
    ]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_every_claim_stands_once_in_its_cell(theme, narrow):
    figure = certainty_plane(JUDGED, theme, narrow=narrow)
    rows = JUDGED.set_index("claim_id")
    found = marks(figure)
    assert sorted(one[0] for one in found) == sorted(rows.index)
    assert len({(x, y) for _, x, y, *_ in found}) == len(found)
    middles = dict(zip(figure.layout.xaxis.ticktext, figure.layout.xaxis.tickvals, strict=True))
    bands = {}
    for claim, x, y, symbol, topic, _ in found:
        row = rows.loc[claim]
        assert abs(x - middles[row["grade"].replace("_", " ")]) < 0.5
        assert SHAPES[symbol.removesuffix("-open")] == row["article_id"]
        assert symbol.endswith("-open") == (row["fit"] in ("about_right", "not_judged"))
        assert topic == row["topic_id"]
        bands.setdefault(row["wording_certainty"], []).append(y)
    assert max(bands["assertive"]) < min(bands["attributed"])
    assert max(bands["attributed"]) < min(bands["hedged"])
    assert max(bands["hedged"]) < figure.layout.yaxis.range[0]


def test_the_hover_says_the_claim_its_verdict_and_how_it_fits():
    for claim, *_, text in marks(certainty_plane(JUDGED, LIGHT, narrow=True)):
        row = JUDGED.set_index("claim_id").loc[claim]
        flat = text.replace("<br>", " ")
        assert row["claim"] in flat
        assert VERDICT_WORDS[row["verdict"]].lower() in flat
        assert row["short_label"] in flat
        assert max(len(line) for line in text.split("<br>")) <= 60


def test_the_column_of_topics_without_a_grade_is_there_only_when_it_holds_something():
    graded = JUDGED[JUDGED["grade"].ne("not_graded")]
    ticks = certainty_plane(graded, LIGHT, narrow=False).layout.xaxis.ticktext
    assert ticks == ("very low", "low", "moderate", "high")
    ticks = certainty_plane(JUDGED, LIGHT, narrow=False).layout.xaxis.ticktext
    assert ticks[0] == "not graded"


def test_a_crowded_cell_makes_its_band_higher():
    crowd = JUDGED.assign(grade="low", wording_certainty="hedged")
    figure = certainty_plane(crowd, LIGHT, narrow=True)
    trace = figure.data[0]
    assert len(set(zip(trace.x, trace.y, strict=True))) == len(crowd)
    assert max(trace.y) < figure.layout.yaxis.range[0]
    assert figure.layout.height > certainty_plane(JUDGED, LIGHT, narrow=True).layout.height


def test_the_plane_is_low_enough_for_a_phone():
    usual = judged_claims(CLAIMS, TOPICS)
    assert certainty_plane(usual, LIGHT, narrow=True).layout.height <= 400


def test_the_quadrants_are_named():
    names = " ".join(certainty_plane(JUDGED, LIGHT, narrow=False).data[1].text)
    assert names.count("About right") == 2
    assert "Too sure" in names
    assert "Too shy" in names


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("articles", [("A", "B", "C"), ("B",)])
def test_the_bars_are_the_counts(narrow, articles):
    counts = claim_counts(CLAIMS[CLAIMS["article_id"].isin(articles)])
    figure = verdict_bars(counts, LIGHT, narrow=narrow)
    shown = [text for text in figure.data[0].hovertext]
    drawn = dict(zip(shown, figure.data[0].x, strict=True))
    for article in articles:
        for verdict in ("supported", "overstated", "contradicted", "unsupported"):
            n = int(counts.loc[article, verdict])
            noun = "claim" if n == 1 else "claims"
            assert drawn[f"{VERDICT_WORDS[verdict]}: {n} {noun} of {article}"] == n
    assert sum(figure.data[0].x) == counts.to_numpy().sum()


def test_bars_of_no_claim_still_draw():
    figure = verdict_bars(claim_counts(CLAIMS.iloc[:3]), LIGHT, narrow=False)
    assert set(figure.data[0].x) <= {0, 1}
