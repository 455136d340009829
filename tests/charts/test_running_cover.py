"""Strips and dots of running hold the roles and numbers of their tables."""

import json
from functools import cache

import numpy as np
import pandas as pd
import pytest

from spotcheck import measured
from spotcheck.charts import running_cover as charts
from spotcheck.charts.muscles import ROLE_KEY
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles import matrix, running_cover
from spotcheck.muscles.order import evidence_of
from spotcheck.tables import load

EXERCISES, MUSCLES, ROLES = load("exercises"), load("muscles"), load("engagement_roles")
METRICS = load("metrics")
FORMS = running_cover.running_forms(EXERCISES)
STRENGTH = running_cover.strength_exercises(EXERCISES)
NAMES = EXERCISES.set_index("exercise_id")["short_name"]


@cache
def cells_of(lens, *, single=False):
    evidence = evidence_of(lens, measured.cells(single=single))
    return matrix(EXERCISES, MUSCLES, ROLES, evidence).assign(text="why")


@pytest.fixture(scope="module")
def cells():
    return cells_of("role")


@pytest.fixture(scope="module")
def cover(cells):
    return running_cover.role_cover(cells, FORMS, STRENGTH, MUSCLES)


def strips(cover, cells, theme=LIGHT, *, narrow=False):
    of_forms = cells[cells["exercise_id"].isin(FORMS["exercise_id"])]
    return charts.role_strips(cover, of_forms, FORMS, NAMES, theme, narrow=narrow)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_strips_are_the_roles(cover, cells, theme, narrow):
    figure = strips(cover, cells, theme, narrow=narrow)
    of_forms, of_strength = (one for one in figure.data if one.type == "heatmap")
    order = list(ROLE_KEY)
    role = ROLES.set_index(["muscle_id", "exercise_id"])["role"]
    names = MUSCLES.set_index("name" if not narrow else "short_name")["muscle_id"]
    ticks = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    assert len(ticks) == len(MUSCLES)
    strength = cover.set_index("muscle_id")["strength_role"]
    for place, name in ticks.items():
        muscle = names[name]
        shown = [order[level] for level in of_forms.z[place]]
        assert shown == [role[muscle, form] for form in FORMS["exercise_id"]]
        assert [order[level] for level in of_strength.z[place]] == [strength[muscle]]


def test_letters_stand_in_their_cells(cover, cells):
    figure = strips(cover, cells)
    heatmaps = [one for one in figure.data if one.type == "heatmap"]
    letters = [one for one in figure.data if one.type == "scatter"]
    for heatmap, own in zip(heatmaps, letters, strict=True):
        for x, y, text in zip(own.x, own.y, own.text, strict=True):
            level = heatmap.z[int(y)][round(x - heatmap.x0)]
            assert list(ROLE_KEY.values())[level][0] == text


def test_the_exercise_that_does_more_is_named_in_bold(cover, cells):
    figure = strips(cover, cells)
    bold = [one.text for one in figure.layout.annotations if one.text.startswith("<b>")]
    more = cover[cover["verdict"].eq("strength_more")]
    assert len(bold) == len(more)
    for text, ids in zip(bold, more["strength_ids"], strict=True):
        assert NAMES[ids[0]] in text
        assert len(ids) == 1 or f"and {len(ids) - 1} more" in text


def test_every_group_has_a_row_of_its_own(cover, cells):
    figure = strips(cover, cells)
    texts = " ".join(one.text for one in figure.layout.annotations)
    for label in MUSCLES["muscle_group_label"].unique():
        assert label in texts
    assert len(figure.data[0].z) == len(MUSCLES) + MUSCLES["muscle_group"].nunique()


def test_without_strength_exercises_the_strips_of_running_remain(cells):
    alone = running_cover.role_cover(cells, FORMS, STRENGTH.iloc[:0], MUSCLES)
    figure = strips(alone, cells)
    assert sum(one.type == "heatmap" for one in figure.data) == 1


def test_the_figure_is_small(cover, cells):
    assert len(json.dumps(strips(cover, cells).to_plotly_json(), default=str)) < 60_000


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("lens", ["muscle_force", "mri_t2", "activity_mean", "other_scale"])
def test_dots_are_the_numbers(lens, narrow):
    cells = cells_of(lens, single=True)
    measured = running_cover.measured_cover(cells, FORMS, STRENGTH, MUSCLES)
    for metric in running_cover.shown_scales(measured, METRICS):
        rows = measured[measured["metric"].eq(metric)]
        figure = charts.measured_dots(rows, NAMES, "scale", DARK, narrow=narrow)
        dots = [one for one in figure.data if one.mode == "markers"]
        lines = [one for one in figure.data if one.mode == "lines"]
        assert [one.x[0] for one in dots] == rows["value"].tolist()
        assert [list(one.x) for one in lines] == rows[
            ["value_low", "value_high"]
        ].to_numpy().tolist()
        assert figure.layout.xaxis.range[1] > rows["value_high"].max()
        labels = [one.text for one in figure.layout.annotations]
        for label, value, code in zip(labels, rows["label"], rows["exercise_id"], strict=True):
            assert value in label and NAMES[code] in label


def test_marks_of_one_muscle_do_not_meet_and_keep_their_shape():
    rows = pd.DataFrame(
        {
            "muscle_id": "soleus",
            "name": "Soleus",
            "short_name": "Soleus",
            "side": ["running", "running", "strength"],
            "exercise_id": ["running_easy", "sprint_flat", "standing_calf_raise"],
            "unit": "%",
            "value": [120.0, 120.0, 120.0],
            "value_low": [110.0, 120.0, 120.0],
            "value_high": [130.0, 120.0, 120.0],
            "label": ["110 to 130", "120", "120"],
            "grade": ["group_study", "small_or_second_hand", "single_person"],
            "is_group_value": [False, True, False],
        }
    )
    figure = charts.measured_dots(rows, NAMES, "scale", LIGHT, narrow=False)
    dots = [one for one in figure.data if one.mode == "markers"]
    assert len({one.y[0] for one in dots}) == 3
    assert np.ptp([one.y[0] for one in dots]) < 1
    assert [one.marker.symbol for one in dots] == ["circle", "circle-open", "triangle-up-open"]
    assert "whole group" in dots[1].hovertemplate
    # Above 100 % nothing is cut off.
    assert figure.layout.xaxis.range[1] > 130
