"""Pictures of the limits: zones, marks and words say the same as the limits."""

import math

import pytest

from spotcheck.charts import limits as charts
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.energy import Person, simulate
from spotcheck.energy.safety import assess
from spotcheck.wording import IMPERIAL


def limits_of(intake_change=-500.0, exercise=150.0, days=180, person=None):
    person = person or Person("female", 34, 1.68, 68)
    eaten = float(person.energy_intake_kcal_per_day) + intake_change
    return assess(person, eaten, exercise, simulate(person, intake_change, exercise, days))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_gauge_is_the_limit(theme):
    limit = limits_of()[0]
    figure = charts.availability_gauge(limit, theme)
    assert list(figure.data[1].x) == [limit.today]
    assert list(figure.data[2].x) == [limit.value]
    edges = sorted({shape.x0 for shape in figure.layout.shapes})
    assert edges[1:] == [limit.red, limit.amber]
    texts = figure.data[3].text
    assert {"stop", "careful", "fine"} <= set(texts)
    assert f"<b>{limit.value:.0f}</b> with this plan" in texts


def test_a_figure_beyond_the_gauge_stands_at_its_end():
    limit = limits_of(-800, 2500, days=30)[0]
    figure = charts.availability_gauge(limit, LIGHT)
    assert list(figure.data[2].x) == [figure.layout.xaxis.range[0]]
    assert f"{limit.value:.0f}".replace("-", "−") in figure.data[3].text[-1]


@pytest.mark.parametrize("change", [-900.0, -300.0, 0.0, 400.0])
def test_marks_stand_in_the_zone_of_their_level(change):
    for limit in limits_of(change):
        at = charts.place(limit, limit.value)
        zone = next(name for start, end, name, _ in charts._zones(limit) if start <= at <= end)
        worse = (limit.value - limit.today) * (1 if limit.trouble == "above" else -1) > 1e-6
        assert not worse or zone == limit.level


def test_places_follow_the_figures_and_meet_the_zones():
    for limit in limits_of():
        sign = -1 if limit.trouble == "above" else 1
        figures = [limit.today + sign * step * abs(limit.today or 1) / 20 for step in range(-20, 9)]
        places = [charts.place(limit, figure) for figure in figures]
        assert places == sorted(places)
        for start, _, _, figure in charts._zones(limit):
            if not math.isnan(figure):
                assert charts.place(limit, figure) == pytest.approx(start)


@pytest.mark.parametrize("units", [IMPERIAL])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_rows_say_figure_and_level_in_words(theme, units):
    limits = limits_of()
    texts = charts.limit_rows(limits, theme, units=units).data[3].text
    for limit in limits:
        assert limit.label in texts
        assert f"{limit.amount(limit.value, units)} · <b>{limit.level}</b>" in texts
        for edge in {limit.amber, limit.red}:
            if not math.isnan(edge):
                assert limit.figure(edge, units) in texts


def test_a_limit_that_cannot_be_told_is_left_out():
    limits = limits_of(days=20)
    figure = charts.limit_rows(limits, LIGHT)
    assert len(figure.data[2].x) == len(limits) - 1
    assert next(one.label for one in limits if one.level == "unknown") not in figure.data[3].text


def test_a_heavy_man_has_no_careful_pace():
    """At 150 kg, 0.7 % a week is more than the 0.9 kg at which the pace stops."""
    pace = limits_of(person=Person("male", 40, 1.85, 150))[1]
    assert pace.amber == pace.red == pytest.approx(0.9)
    assert [name for _, _, name, _ in charts._zones(pace)] == ["stop", "fine"]
