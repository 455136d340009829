"""Pictures of the live leg model: places, sums and words."""

import pandas as pd
import pytest

from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.charts.torque_balance import (
    BAND_WORDS,
    MOST_MUSCLES,
    balance_bars,
    band_dots,
    grouped,
    place_in_bands,
)
from spotcheck.muscles.estimates import BANDS, band_of
from spotcheck.tables import load

MUSCLES = load("muscles").head(6)
BEFORE, NOW = [0.0, 12.0, 45.0, 81.0, 140.0, 9.0], [5.0, 39.0, 45.0, 79.0, 100.0, 60.0]
CODES = MUSCLES["muscle_id"].tolist()
SHOWN = pd.DataFrame(
    {
        "muscle_id": CODES,
        "before": BEFORE,
        "now": NOW,
        "band_before": [band_of(one) for one in BEFORE],
        "band_now": [band_of(one) for one in NOW],
        "is_fit": [True, False, True, True, True, True],
    }
)


def balance(n_muscles):
    muscles = [
        ("muscle", f"m{place}", f"Muscle {place}", 20.0 - place) for place in range(n_muscles)
    ]
    held = sum(torque for *_, torque in muscles)
    rows = [
        ("asks", "body", "Body weight", held - 5.0),
        ("asks", "load", "Load", 8.0),
        ("tissue", "tissue", "Stretched tissue", 2.0),
        *muscles,
        ("reserve", "reserve", "No muscle", 1.0),
    ]
    table = pd.DataFrame(rows, columns=["kind", "code", "name", "torque_nm"])
    return table.assign(muscle_id=None)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_marks_stand_in_the_band_that_the_words_name(theme, narrow):
    figure = band_dots(SHOWN, MUSCLES, theme, narrow=narrow)
    _, was, now = figure.data
    for mark, column in ((was, "band_before"), (now, "band_now")):
        assert [BANDS[min(int(x), 3)] for x in mark.x] == SHOWN[column].tolist()
    assert list(figure.layout.xaxis.ticktext) == list(BAND_WORDS.values())
    assert list(now.marker.symbol) == ["circle", "diamond", *["circle"] * 4]
    for text, row in zip(now.hovertext, SHOWN.to_dict("records"), strict=True):
        assert BAND_WORDS[row["band_now"]] in text
        assert ("only possible" in text) != row["is_fit"]
        assert not any(sign.isdigit() for sign in text)


def test_muscles_that_the_filters_leave_out_have_no_row():
    figure = band_dots(SHOWN, MUSCLES.iloc[[1, 3]], LIGHT, narrow=False)
    assert len(figure.data[2].x) == 2


@pytest.mark.parametrize("n_muscles", [0, 3, 12])
def test_what_asks_and_what_holds_end_at_the_same_line(n_muscles):
    rows = balance(n_muscles)
    bars, values = balance_bars(rows, LIGHT, narrow=False).data
    shown = grouped(rows)
    ends = [base + size for base, size in zip(bars.base, bars.x, strict=True)]
    n_asks = int(shown["kind"].eq("asks").sum())
    assert ends[n_asks - 1] == pytest.approx(ends[-1])
    assert ends[-1] == pytest.approx(rows.loc[rows["kind"].eq("asks"), "torque_nm"].sum())
    assert len(values.text) == len(shown) == len(bars.x)
    # Each bar begins where the one before it ends.
    assert list(bars.base[1:n_asks]) == pytest.approx(ends[: n_asks - 1])
    assert list(bars.base[n_asks + 1 :]) == pytest.approx(ends[n_asks:-1])


def test_small_muscles_share_a_bar():
    shown = grouped(balance(12))
    muscles = shown[shown["kind"].eq("muscle")]
    assert len(muscles) == MOST_MUSCLES
    assert muscles.iloc[-1]["name"] == f"{12 - MOST_MUSCLES + 1} other muscles"
    assert shown["torque_nm"].sum() == pytest.approx(balance(12)["torque_nm"].sum())
    assert shown.iloc[-1]["kind"] == "reserve"


def test_places_rise_with_activation():
    percent = pd.Series(range(140))
    places = place_in_bands(percent)
    assert (places[1:] >= places[:-1]).all()
    assert [BANDS[min(int(one), 3)] for one in places[1:]] == [
        # A band takes its upper end; a place on the edge belongs to the next.
        band_of(one + 1e-9)
        for one in percent[1:]
    ]
