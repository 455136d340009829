"""Pictures of the home page."""

import pytest

from spotcheck.charts.home import stimulus, stimulus_table
from spotcheck.charts.muscles import GRADE_SYMBOLS
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles.estimates import band_limits
from spotcheck.tables import load
from spotcheck.toning import MUSCLE, moves, stimulus_finding, suggested

MOVES = moves(MUSCLE, suggested(MUSCLE))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("narrow", [False, True])
def test_dots_bars_and_words_are_those_of_the_tables(theme, narrow):
    figure = stimulus(MOVES, theme, unit="Adductor longus", narrow=narrow)
    bars, dots, said = figure.data
    measured = MOVES[MOVES["measured"].notna()]
    assert list(dots.x) == measured["measured"].tolist()
    assert list(dots.marker.symbol) == [GRADE_SYMBOLS[grade] for grade in measured["grade"]]
    bands = MOVES["model_band"].dropna()
    assert list(bars.text) == bands.tolist()
    assert list(bars.base) == [band_limits(band)[0] for band in bands]
    assert len(said.text) == len(MOVES)
    uphill = said.text[MOVES["exercise_id"].tolist().index("running_uphill")]
    assert "▲" in uphill and "▼" in uphill and not any(sign.isdigit() for sign in uphill)
    assert len(figure.to_json()) < 8_000


def test_every_move_has_a_number_or_words():
    assert (MOVES["measured"].notna() ^ MOVES["words"].ne("")).all()
    assert len(stimulus_table(MOVES)) == len(MOVES)


def test_the_numbers_are_measured_peaks():
    rows = load("engagement_measurements").merge(load("exercise_variants"), on="variant_id")
    rows = rows[rows["portion_id"].eq("adductor_longus") & rows["metric"].eq("mvic_percent_peak")]
    for move in MOVES[MOVES["measured"].notna()].to_dict("records"):
        own = rows[rows["exercise_id"].eq(move["exercise_id"]) & rows["is_default"]]
        assert move["measured"] in own["value"].tolist()
    assert f"{MOVES['measured'].max():.0f}\u00a0%" in stimulus_finding(MOVES, "Adductor longus")


def test_a_load_that_the_model_sets_is_no_band():
    own = load("leg_model_estimates").query("is_set_by_load")["exercise_id"]
    assert MOVES.loc[MOVES["exercise_id"].isin(own), "model_band"].isna().all()


def test_arrows_are_directions_that_a_study_says():
    slope = load("running_slope_effects").merge(load("studies"), on="study_id")
    known = slope["direction"].ne("unknown")
    assert slope.loc[known, "status"].eq("verified").all()
    words = MOVES.set_index("exercise_id")["words"]["running_uphill"]
    assert words.count("▲") == slope["direction"].eq("more").sum()
    assert words.count("▼") == slope["direction"].eq("less").sum()
