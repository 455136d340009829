"""Weigh-ins are read as a reader means them, and no input breaks the reading."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spotcheck.energy import Person
from spotcheck.energy.weigh_ins import MOST_BYTES, MOST_ROWS, autocorrelated_noise_kg, read, sample

TODAY = dt.date(2026, 11, 22)
WOMAN = Person("female", 34, 1.68, 68)


def rows(data, **options):
    given = read(data, today=TODAY, **options)
    assert not given.problem
    return [(str(day), round(kg, 2)) for day, kg in zip(given.date, given.weight_kg, strict=True)]


def reasons(data, **options):
    return {row.line: row.reason for row in read(data, today=TODAY, **options).skipped}


TWO = [("2026-11-20", 71.4), ("2026-11-21", 71.0)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20,71.4\n2026-11-21,71.0",
        "2026-11-20;71,4\r\n2026-11-21;71,0\r\n",
        "2026-11-20\t71,4\r2026-11-21\t71",
        "2026-11-20 71.4 kg\n\n2026-11-21 71 kg\n",
        "2026/11/20, 71.4\n2026/11/21, 71",
        "20.11.2026;71,4\n21.11.2026;71,0",
        "20/11/2026,71.4\n21/11/2026,71.0",
        "11/20/2026,71.4\n11/21/2026,71.0",
        "2026-11-20T07:10:00Z,71.4\n2026-11-21T07:12:00Z,71.0",
        "2026-11-20 07:10 71.4\n2026-11-21 07:12 71.0",
        "date,weight\n2026-11-20,71.4\n2026-11-21,71.0",
        "Tag;Wert\n20.11.2026;71,4\n21.11.2026;71,0",
        'Date,"Fat mass (kg)","Weight (kg)",Comments\n2026-11-20,20,71.4,\n2026-11-21,20,71,a',
        "weight_kg,date\n71.4,2026-11-20\n71.0,2026-11-21",
        '2026-11-20,"71,4"\n2026-11-21,"71,0"',
        "2026-11-21,71.0\n2026-11-20,71.4",
        "date,weight_lb\n2026-11-20,157.41\n2026-11-21,156.53",
        "2026-11-20,157.41 lb\n2026-11-21,156.53 lbs",
    ],
)
def test_ways_to_write_the_same_two_weigh_ins(text):
    assert rows(text) == TWO
    assert rows(text.encode()) == TWO


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_with_a_byte_order_mark(encoding):
    mark = "\ufeff" if encoding.startswith("utf-16-") else ""
    assert rows((mark + "2026-11-20;71,4\n2026-11-21;71,0").encode(encoding)) == TWO


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Größe;ä".encode("latin-1"), "UTF-8"),
        ("2026-11-20;71".encode("utf-16-le"), "UTF-8"),
        (b"PK\x03\x04 and what follows", "spreadsheet"),
        (b"2026-11-20,71\n" * 10_000, "3,000 lines|10,000 lines"),
        ("2026-11-20,71\n" * (MOST_ROWS + 1), "3,001 lines"),
        ("x" * (MOST_BYTES + 1), "200\u00a0kB"),
    ],
)
def test_what_cannot_be_read_at_all_is_said_in_one_sentence(data, said):
    given = read(data, today=TODAY)
    assert any(one in given.problem for one in said.split("|"))
    assert len(given) == 0
    assert not given.skipped


def test_pounds_by_the_caller_yield_to_what_the_row_says():
    text = "2026-11-19,156.53\n2026-11-20,71.0 kg"
    assert rows(text, unit="lb") == [("2026-11-19", 71.0), ("2026-11-20", 71.0)]
    with pytest.raises(ValueError, match="unit is 'stone'; allowed: 'kg' or 'lb'"):
        read(text, unit="stone")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("=HYPERLINK(1);70", "formula"),
        ("2026-11-20;=1+1", "formula"),
        ("2026-11-20;+70", "formula"),
        ("2026-11-20;-70", "formula"),
        ("@SUM(A1);70", "formula"),
        ("yesterday;70", "not a date"),
        ("20.11.26;70", "not a date"),
        ("2026-02-31;70", "no such day"),
        ("1926-11-20;70", "before the year 2000"),
        ("2026-11-24;70", "future"),
        ("2026-11-20;", "no weight"),
        ("2026-11-20;heavy", "not a number"),
        ("2026-11-20;7e1", "not a number"),
        ("2026-11-20;٧٠", "not a number"),
        ("2026-11-20;NaN", "not a finite number"),
        ("2026-11-20;Infinity", "not a finite number"),
        ("2026-11-20;29.9", "outside 30 to 300"),
        ("2026-11-20;300.1", "outside 30 to 300"),
        ("2026-11-20;" + "9" * 400, "outside 30 to 300"),
        ("2026-11-20;70" + " " * 600 + ";x", "longer than 500"),
    ],
)
def test_a_bad_row_is_skipped_with_its_line_and_reason(cells, reason):
    given = read(f"date;weight\n\n2026-11-18;70\n{cells}\n2026-11-19;70", today=TODAY)
    assert len(given) == 2
    assert [row.line for row in given.skipped] == [4]
    assert reason in given.skipped[0].reason
    assert len(given.skipped[0].shown) <= 40


def test_tomorrow_is_not_the_future_everywhere_on_earth():
    assert rows("2026-11-23;70") == [("2026-11-23", 70.0)]


def test_a_decimal_comma_between_commas_is_not_read_as_whole_kilograms():
    assert set(reasons("2026-11-20,71,4\n2026-11-21,71,0").values()) == {
        "a decimal comma needs a semicolon or a tab between date and weight"
    }


def test_dates_that_could_be_either_way_round_are_read_day_first_and_that_is_said():
    given = read("03/04/2026;70\n05/04/2026;70", today=TODAY)
    assert [str(day) for day in given.date] == ["2026-04-03", "2026-04-05"]
    assert "day first: 3\u00a0Apr\u00a02026" in given.notices[0]


def test_dates_that_mix_both_orders_are_day_first_and_the_others_are_named():
    given = read("13/04/2026;70\n04/15/2026;70", today=TODAY)
    assert [str(day) for day in given.date] == ["2026-04-13"]
    assert "month seems to stand first" in given.skipped[0].reason


def test_several_weigh_ins_of_a_day_give_their_mean_and_that_is_said():
    given = read("2026-11-20;70\n2026-11-20;71\n2026-11-21;70", today=TODAY)
    assert given.weight_kg.tolist() == [70.5, 70.0]
    assert given.notices == ("One day has more than one weigh-in; we use their mean.",)


def test_a_slip_of_the_finger_is_left_out_but_a_real_loss_is_not():
    days = [f"2026-10-{day:02d};{80 - 0.3 * day:.1f}" for day in range(1, 29)]
    days[13] = "2026-10-14;57.8"
    given = read("\n".join(days), today=TODAY)
    assert {row.line: row.reason for row in given.skipped} == {
        14: "more than 5\u00a0kg from the weigh-ins around it"
    }
    assert len(given) == 27


def test_what_is_shown_of_a_bad_cell_is_short_and_printable():
    shown = read("\ud800\u202e\x07" + "x" * 100 + ";70", today=TODAY).skipped[0].shown
    assert shown == "\ufffd\ufffd\ufffd" + "x" * 36 + "…"


def test_no_value_shows_in_a_repr():
    given = read("2026-11-20;71.37\n2026-11-21;secret", today=TODAY)
    assert "71.37" not in repr(given)
    assert "secret" not in repr(given) + repr(given.skipped)


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["2026-11-20", "20.11.2026", "13/13/2026", "71,4", "70 kg", "date", '"']),
)
table = st.lists(st.lists(cell, max_size=4).map(";".join), max_size=8).map("\n".join)


@settings(max_examples=40)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200), table), st.sampled_from("kl"))
@example(b"\xff\xfe\x00", "k")
@example('2026-11-20,"71', "l")
def test_nothing_breaks_the_reading_and_no_line_is_lost(data, unit):
    given = read(data, unit={"k": "kg", "l": "lb"}[unit], today=TODAY)
    assert np.all((given.weight_kg >= 30) & (given.weight_kg <= 300))
    assert np.all(np.diff(given.date).astype(int) > 0)
    for row in given.skipped:
        row.shown.encode()
        assert row.reason
    if isinstance(data, str) and not given.problem:
        full = [line for line in data.replace("\r", "\n").split("\n") if line.strip()]
        # A line of names is neither used nor skipped.
        assert len(given) + len(given.skipped) <= len(full)
        assert len(given) > 0 or len(given.skipped) >= len(full) - 1


def test_the_sample_is_the_same_every_time_and_ends_on_the_day_given():
    text = sample(WOMAN, -300, last_day=TODAY)
    assert text == sample(WOMAN, -300, last_day=TODAY)
    given = read(text, today=TODAY)
    assert not given.skipped
    assert given.date[-1] == np.datetime64("2026-11-22")
    assert given.weight_kg[-10:].mean() < given.weight_kg[:10].mean() - 1


def test_the_noise_has_the_spread_and_the_memory_that_were_asked_for():
    noise = autocorrelated_noise_kg(np.random.default_rng(0), 20_000, 0.6, 0.4)
    assert noise.std() == pytest.approx(0.6, rel=0.05)
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(0.4, abs=0.03)
