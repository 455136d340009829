"""Figures in words: exact in both systems of units, and never a false zero."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck import wording
from spotcheck.wording import IMPERIAL, METRIC, UNITS

both = pytest.mark.parametrize("units", UNITS.values(), ids=UNITS)
masses = st.floats(-300, 300)
speeds = st.floats(1, 30)


def figure(text):
    return float(re.match(r"[\d.,\u2212]+", text)[0].replace(",", "").replace("\u2212", "-"))


@both
@given(masses, speeds)
def test_there_and_back_is_the_same(units, kg, km_h):
    assert units.mass_kg(units.mass_value(kg)) == pytest.approx(kg, abs=1e-12)
    assert units.mass_value(kg) == pytest.approx(kg * units.mass_factor, abs=1e-12)
    assert units.speed_km_h(units.speed_value(km_h)) == pytest.approx(km_h)


@both
@given(masses, speeds)
def test_words_are_the_value_to_one_decimal(units, kg, km_h):
    assert figure(units.mass(kg)) == pytest.approx(units.mass_value(kg), abs=0.05 + 1e-9)
    assert figure(units.speed(km_h)) == pytest.approx(units.speed_value(km_h), abs=0.05 + 1e-9)
    assert units.mass(kg).endswith(wording.NBSP + units.mass_unit)


@both
@given(st.floats(-0.3, 0.3))
def test_a_small_change_is_never_printed_as_zero(units, kg):
    words = units.mass_amount(kg)
    assert figure(words.removeprefix("less than ")) >= 0.1
    assert words.startswith("less than ") == (round(abs(units.mass_value(kg)), 1) < 0.1)


@given(masses, speeds)
def test_metric_words_are_the_ones_the_app_has_always_used(kg, km_h):
    assert METRIC.mass(kg) == wording.kg(kg)
    assert METRIC.mass_amount(kg) == wording.kg_amount(kg)
    assert METRIC.pace(km_h) == wording.pace(km_h)


@given(st.floats(100, 230))
def test_feet_and_inches_are_within_half_an_inch(cm):
    feet, inches = map(int, re.findall(r"\d+", IMPERIAL.height(cm)))
    assert inches < 12
    assert abs((12 * feet + inches) * 2.54 - cm) <= 1.27 + 1e-9


@both
@given(speeds)
def test_a_pace_is_the_time_for_one_unit_of_distance(units, km_h):
    minutes, seconds = map(int, re.match(r"(\d+):(\d\d)", units.pace(km_h)).groups())
    assert seconds < 60
    hours = units.km_per_distance_unit / km_h
    assert minutes * 60 + seconds == pytest.approx(3600 * hours, abs=0.5 + 1e-9)


def test_the_units_are_the_ones_of_1959():
    assert IMPERIAL.mass_kg(1) == 0.45359237
    assert IMPERIAL.speed_km_h(1) == 1.609344
    assert math.isclose(63360 * wording.CM_PER_INCH, 160934.4)


@pytest.mark.parametrize(
    "text",
    ["www.a.example", "HTTP://a.example", "https://a.example/b", "p@a.example", ":material/home:"],
)
def test_no_address_or_icon_survives_being_escaped(text):
    said = wording.escaped(f"See {text} now").replace("\\", "")
    assert text not in said
    assert said.replace("\u2060", "") == f"See {text} now"


@pytest.mark.parametrize("text", ["- a", "---", "1. a", "a\n===", "2026. a", "&lt;b&gt;"])
def test_no_list_rule_heading_or_reference_begins_in_what_is_escaped(text):
    place = re.search(r"[-.=&]", text).start()
    assert wording.escaped(text)[:place] + "\\" == wording.escaped(text)[: place + 1]


@given(st.text())
def test_what_is_escaped_reads_as_before(text):
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", wording.escaped(text))
    assert shown.replace("\u2060", "") == text.replace("\u2060", "")
