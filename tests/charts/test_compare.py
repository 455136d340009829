"""Pictures of compared exercises hold the table's values."""

import numpy as np
import pandas as pd
import pytest

from spotcheck import tables
from spotcheck.charts import compare as charts
from spotcheck.charts.muscles import ROLE_KEY
from spotcheck.charts.theme import DARK, LIGHT

MUSCLES = tables.load("muscles")
EXERCISES = tables.load("exercises").set_index("exercise_id", drop=False)
ROLES = tables.load("engagement_roles")
FOUR = ["running_easy", "copenhagen_adductor_plank", "back_squat_full", "clamshell"]


def roles_of(codes):
    return ROLES[ROLES["exercise_id"].isin(codes)].assign(text="why")


def marks_of(figure):
    return [trace for trace in figure.data if trace.customdata is not None]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("n", [2, 3, 4])
class TestRoleDots:
    def test_every_mark_stands_on_the_step_of_its_role(self, theme, narrow, n):
        rows = EXERCISES.loc[FOUR[:n]]
        figure = charts.role_dots(roles_of(FOUR[:n]), MUSCLES, rows, theme, narrow=narrow)
        marks, steps = marks_of(figure), list(ROLE_KEY)
        roles = ROLES.set_index(["exercise_id", "muscle_id"])["role"]
        codes = dict(zip(MUSCLES["sequence"], MUSCLES["muscle_id"], strict=True))
        assert len(marks) == n
        for place, (trace, code) in enumerate(zip(marks, FOUR, strict=False), 1):
            assert set(trace.text) == {str(place)}
            assert len(trace.x) == len(MUSCLES)
            for x, (exercise, muscle) in zip(trace.x, trace.customdata, strict=True):
                assert exercise == EXERCISES.loc[code, "sequence"]
                assert steps[round(x)] == roles[code, codes[muscle]]
                assert abs(x - round(x)) < 0.5

    def test_no_two_marks_lie_on_each_other(self, theme, narrow, n):
        rows = EXERCISES.loc[FOUR[:n]]
        figure = charts.role_dots(roles_of(FOUR[:n]), MUSCLES, rows, theme, narrow=narrow)
        places = [
            (round(x, 3), round(y, 3))
            for trace in marks_of(figure)
            for x, y in zip(trace.x, trace.y, strict=True)
        ]
        assert len(set(places)) == len(places)

    def test_no_mark_needs_colour_and_none_has_an_articles(self, theme, narrow, n):
        rows = EXERCISES.loc[FOUR[:n]]
        figure = charts.role_dots(roles_of(FOUR[:n]), MUSCLES, rows, theme, narrow=narrow)
        marks = marks_of(figure)
        assert len({trace.marker.symbol for trace in marks}) == n
        used = {colour for trace in marks for colour in trace.marker.color}
        assert len(used) == n and not used & set(theme.article.values())
        key = figure.layout.annotations[0].text
        column = "short_name" if narrow else "name"
        assert all(f"{place} {name}" in key for place, name in enumerate(rows[column], 1))

    def test_it_is_small_and_says_where_the_groups_are(self, theme, narrow, n):
        figure = charts.role_dots(
            roles_of(FOUR[:n]), MUSCLES, EXERCISES.loc[FOUR[:n]], theme, narrow=narrow
        )
        assert len(figure.to_json()) < 40_000
        words = {one.text for one in figure.layout.annotations}
        assert {f"<b>{label}</b>" for label in MUSCLES["muscle_group_label"]} <= words
        assert len(figure.layout.shapes) == MUSCLES["muscle_group"].nunique()


NUMBERS = pd.DataFrame(
    [
        ("clamshell", "gluteus_medius", 40.0, 2.0, 78.0),
        ("clamshell", "gluteus_medius", np.nan, 30.0, 70.0),
        ("running_easy", "gluteus_medius", 135.0, np.nan, np.nan),
        ("running_easy", "soleus", 60.0, 40.0, 80.0),
    ],
    columns=["exercise_id", "muscle_id", "value", "low", "high"],
).assign(text="source")
TWO = ["running_easy", "clamshell"]


@pytest.fixture(params=[True, False], ids=["narrow", "wide"])
def values(request):
    muscles = MUSCLES[MUSCLES["muscle_id"].isin(NUMBERS["muscle_id"])]
    return charts.value_dots(
        NUMBERS, muscles, EXERCISES.loc[TWO], LIGHT, narrow=request.param, unit="%", least_top=100
    )


class TestValueDots:
    def test_numbers_stand_where_they_are_and_above_100_too(self, values):
        run, clam = marks_of(values)
        assert sorted(run.x) == [60, 135]
        assert values.layout.xaxis.range[1] > 135
        assert sorted(clam.x) == [40, 50]

    def test_a_range_alone_is_an_open_mark(self, values):
        _, clam = marks_of(values)
        assert dict(zip(clam.x, clam.marker.color, strict=True)) == {
            40: LIGHT.ink,
            50: LIGHT.paper,
        }

    def test_spreads_are_lines_and_missing_ones_are_not_drawn(self, values):
        lines = [trace for trace in values.data if trace.mode == "lines"]
        ends = [tuple(trace.x) for trace in lines]
        assert ends == [(40, 80, None), (2, 78, None, 30, 70, None)]

    def test_each_exercise_has_its_own_line_in_a_row(self, values):
        run, clam = marks_of(values)
        assert not set(run.y) & set(clam.y)


def test_who_was_not_measured_takes_no_room():
    muscles = MUSCLES[MUSCLES["muscle_id"].isin(NUMBERS["muscle_id"])]
    own = NUMBERS[NUMBERS["exercise_id"].eq("clamshell")]
    draw = {"narrow": False, "unit": "%"}
    one = charts.value_dots(own, muscles, EXERCISES.loc[TWO], LIGHT, **draw)
    two = charts.value_dots(NUMBERS, muscles, EXERCISES.loc[TWO], LIGHT, **draw)
    assert one.layout.height < two.layout.height
    names = one.layout.yaxis.tickvals
    assert set(marks_of(one)[-1].y) <= set(names)


def test_bars_are_the_likeness():
    rows = pd.DataFrame({"name": ["One", "Two"], "similarity": [0.98, 0.5], "text": ["a", "b"]})
    figure = charts.likeness_bars(rows, DARK, narrow=True)
    assert list(figure.data[0].x) == [0.98, 0.5]
    words = [one.text for one in figure.layout.annotations]
    assert words == ["1. One", "0.98", "2. Two", "0.50"]
