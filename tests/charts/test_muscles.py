import json
import re
from functools import cache
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from spotcheck import measured
from spotcheck.charts.muscles import (
    GRADE_SIGNS,
    GRADE_SYMBOLS,
    ROLE_KEY,
    measurement_dots,
    muscle_matrix,
    readable_ink,
)
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles import estimate_words, matrix
from spotcheck.muscles.estimates import (
    METRIC,
    drives_of,
    lens_cells,
    measured_first,
    states_of,
)
from spotcheck.muscles.evidence import GRADES, LENSES
from spotcheck.muscles.order import (
    START_GROUPS,
    evidence_of,
    main_metric,
    muscles_of,
    scale_top,
    start_exercises,
)
from spotcheck.muscles.story import brief_texts, hover_texts
from spotcheck.tables import load

EXERCISES = load("exercises")
MUSCLES = load("muscles")
METRICS = load("metrics")
START = (
    start_exercises(EXERCISES, load("claim_mentions")),
    muscles_of(MUSCLES, START_GROUPS),
)
ALL = (EXERCISES, MUSCLES)


@cache
def every_cell(lens, *, single=False):
    evidence = evidence_of(lens, measured.cells(single=single))
    sources = measured.sources(single=single).merge(evidence[["lens", "exercise_id", "muscle_id"]])
    cells = matrix(EXERCISES, MUSCLES, load("engagement_roles"), evidence)
    reasons = load("role_reasons")
    return cells.assign(
        text=hover_texts(cells, sources, reasons, METRICS),
        brief=brief_texts(cells, reasons, METRICS),
    )


def picture(lens, exercises, muscles, *, theme=LIGHT, narrow=False, single=False, **options):
    every = every_cell(lens, single=single)
    cells = exercises[["exercise_id"]].merge(muscles[["muscle_id"]], how="cross").merge(every)
    metric = None if lens == "role" else main_metric(cells, METRICS) or ""
    top = scale_top(metric, every, METRICS) if metric else 1
    figure = muscle_matrix(
        cells, exercises, muscles, theme, narrow=narrow, metric=metric, top=top, **options
    )
    return cells, figure, metric, top


def marks_of(figure):
    return next(trace for trace in figure.data[1:] if "markers" in (trace.mode or ""))


def contrast(one, other):
    def luminance(colour):
        parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


class TestRoles:
    def test_every_cell_has_the_colour_of_its_role(self):
        cells, figure, _, _ = picture("role", *START)
        order = list(ROLE_KEY)
        drawn = [order[int(place)] for place in np.asarray(figure.data[0].z).ravel()]
        assert drawn == cells["role"].tolist()

    def test_every_role_but_none_has_a_letter(self):
        cells, figure, _, _ = picture("role", *START)
        letters = next(trace for trace in figure.data[1:] if trace.mode == "text").text
        assert list(letters) == [ROLE_KEY[role][0] for role in cells["role"] if role != "none"]

    @pytest.mark.parametrize("theme", [LIGHT, DARK])
    def test_the_letters_of_a_large_picture_are_one_drawing(self, theme):
        cells, figure, _, _ = picture("role", *ALL, theme=theme)
        (words,) = (trace for trace in figure.select_traces({"type": "scatter", "mode": "text"}))
        assert {text.replace("<br>", " ") for text in words.text} == set(
            MUSCLES["muscle_group_label"]
        )
        (drawing,) = figure.layout.images
        root = ElementTree.fromstring(unquote(drawing.source.removeprefix("data:image/svg+xml,")))
        _, _, width, height = map(float, root.get("viewBox").split())
        found = {}
        for ink in root[0]:
            for text in ink:
                row = int(float(text.get("y")) / height * len(EXERCISES))
                for letter, x in zip(text.text, text.get("x").split(), strict=True):
                    column = int(float(x) / width * len(MUSCLES))
                    found[row, column] = letter, ink.get("fill")
        roles = cells["role"].to_numpy().reshape(len(EXERCISES), len(MUSCLES))
        expected = {
            (row, column): (ROLE_KEY[role][0], readable_ink(theme.role[role]))
            for (row, column), role in np.ndenumerate(roles)
            if role != "none"
        }
        assert found == expected

    def test_on_a_phone_a_letter_of_the_drawing_stands_over_the_mark_of_its_cell(self):
        muscles = MUSCLES[MUSCLES["muscle_group"].isin(["inner_thigh", "front_thigh"])]
        cells, figure, _, _ = picture("role", EXERCISES, muscles, narrow=True)
        (drawing,) = figure.layout.images
        root = ElementTree.fromstring(unquote(drawing.source.removeprefix("data:image/svg+xml,")))
        _, _, width, height = map(float, root.get("viewBox").split())
        row_px, column_px = height / len(EXERCISES), width / len(muscles)
        raised = set()
        for text in (one for ink in root[0] for one in ink):
            ys = text.get("y").split()
            xs = text.get("x").split()
            for x, y in zip(xs, ys if len(ys) > 1 else ys * len(xs), strict=True):
                row, inside = divmod(float(y), row_px)
                assert inside in (row_px / 2 + 4, row_px / 2 - 2)
                if inside < row_px / 2:
                    raised.add((int(row), int(float(x) / column_px)))
        is_marked = (cells["role"].ne("none") & ~cells["no_data"]).to_numpy()
        marked = np.argwhere(is_marked.reshape(len(EXERCISES), len(muscles)))
        assert raised == set(map(tuple, marked.tolist())) != set()

    @pytest.mark.parametrize("theme", [LIGHT, DARK])
    def test_letters_read_on_every_role(self, theme):
        for role in ROLE_KEY:
            assert contrast(theme.role[role], readable_ink(theme.role[role])) >= 4.5
        assert contrast(theme.neutral_bar, readable_ink(theme.neutral_bar)) >= 4.5


class TestValues:
    @pytest.mark.parametrize("lens", LENSES)
    def test_colour_is_the_value_of_the_main_scale_and_nothing_else(self, lens):
        cells, figure, metric, top = picture(lens, *ALL)
        drawn = np.asarray(figure.data[0].z).ravel()
        assert np.isnan(drawn[cells["no_data"]]).all()
        main = cells["metric"].eq(metric).to_numpy()
        expected = (cells["value"] / top).clip(0, 1)[main]
        assert drawn[main] == pytest.approx(expected.to_numpy(), abs=1e-6)
        other = ~main & ~cells["no_data"].to_numpy()
        assert (drawn[other] < 0).all()
        # Zero is a colour of the scale, no data is none.
        assert figure.data[0].zmin <= 0

    def test_numbers_stand_in_the_cells_as_they_are(self):
        cells, figure, _, _ = picture("activity_peak", *START)
        marks = marks_of(figure)
        measured = cells[~cells["no_data"]]
        assert [text.strip() for text in marks.text] == measured["label"].tolist()
        assert "108" in marks.text

    def test_many_cells_carry_marks_only(self):
        for narrow, (exercises, muscles) in ((True, START), (False, ALL)):
            _, figure, _, _ = picture("activity_mean", exercises, muscles, narrow=narrow)
            assert marks_of(figure).mode == "markers"

    @pytest.mark.parametrize("theme", [LIGHT, DARK])
    def test_nobody_measured_is_a_slash_and_no_colour(self, theme):
        _, figure, _, _ = picture("activity_mean", *START, theme=theme)
        (drawing,) = figure.layout.images
        assert drawing.source.startswith("data:image/svg+xml,")
        assert theme.hairline.replace("#", "%23") in drawing.source
        assert not picture("role", *START)[1].layout.images

    def test_nothing_measured_at_all_still_draws(self):
        squat = EXERCISES[EXERCISES["exercise_id"].eq("cossack_squat")]
        cells, figure, metric, _ = picture("mri_t2", squat, MUSCLES)
        assert cells["no_data"].all() and metric == ""
        assert not any("markers" in (trace.mode or "") for trace in figure.data[1:])
        json.loads(figure.to_json())


def modelled(exercises, muscles):
    evidence = measured_first(measured.cells(shares=True))
    cells = matrix(EXERCISES, MUSCLES, load("engagement_roles"), evidence)
    states = states_of(EXERCISES, MUSCLES, load("leg_model_estimates"), load("leg_model_muscles"))
    drives = drives_of(
        *(load(f"leg_model_{name}") for name in ("phases", "torques", "strengths", "muscles"))
    )
    cells = lens_cells(cells.assign(said=""), states)
    cells["text"] = cells["brief"] = estimate_words.hover_texts(
        cells, cells["said"], drives, {}, brief=True
    )
    return exercises[["exercise_id"]].merge(muscles[["muscle_id"]], how="cross").merge(cells)


def gauges_of(figure, n_rows, n_columns):
    """Cells with a square, by what fills it: a share of its height, or a cross."""
    root = ElementTree.fromstring(
        unquote(figure.layout.images[-1].source.removeprefix("data:image/svg+xml,"))
    )
    _, _, width, height = map(float, root.get("viewBox").split())
    found = {}
    for path in root:
        for part in path.get("d").split("M")[1:]:
            x, y, *_ = map(float, re.findall(r"[0-9.]+", part))
            place = int(y / height * n_rows), int(x / width * n_columns)
            if path.get("fill") == "none":
                found.setdefault(place, "crossed" if "l" in part else 0)
            else:
                found[place] = float(re.search(r"h([0-9.]+)v([0-9.]+)", part)[2])
    return found


class TestModel:
    @pytest.mark.parametrize("shape", [START, ALL])
    @pytest.mark.parametrize("narrow", [False, True])
    def test_colour_mark_and_square_say_the_band_and_its_grade(self, shape, narrow):
        cells = modelled(*shape)
        figure = muscle_matrix(cells, *shape, LIGHT, narrow=narrow, metric=METRIC, top=3)
        drawn = np.asarray(figure.data[0].z).ravel()
        assert np.isnan(drawn[cells["no_data"]]).all()
        filled = ~cells["no_data"].to_numpy()
        assert drawn[filled] == pytest.approx(cells["value"][filled] / 3, abs=1e-6)
        measured = cells[cells["is_measured"]]
        assert list(marks_of(figure).marker.symbol) == [
            GRADE_SYMBOLS[grade] for grade in measured["grade"]
        ]
        assert marks_of(figure).mode == "markers"
        gauges = gauges_of(figure, len(shape[0]), len(shape[1]))
        places = map(
            tuple,
            np.argwhere(
                cells["grade"].eq("physics").to_numpy().reshape(len(shape[0]), len(shape[1]))
            ).tolist(),
        )
        own = cells[cells["grade"].eq("physics")]
        by_band = {}
        for place, band, crossed in zip(places, own["value"], own["is_set_by_load"], strict=True):
            height = gauges.pop(place)
            assert (height == "crossed") == crossed
            if not crossed:
                by_band.setdefault(band, set()).add(height)
        assert not gauges
        heights = [by_band[band] for band in sorted(by_band)]
        assert all(len(one) == 1 for one in heights)
        assert heights == sorted(heights, key=min) and len(set.union(*heights)) == len(heights)

    def test_the_full_picture_stays_small_and_draws_few_marks(self):
        cells = modelled(*ALL)
        figure = muscle_matrix(cells, *ALL, LIGHT, narrow=False, metric=METRIC, top=3)
        assert len(figure.to_json()) < 170_000
        assert len(marks_of(figure).x) == cells["is_measured"].sum() < 250
        assert estimate_words.NO_CO_CONTRACTION in figure.data[0].hovertemplate


class TestMarks:
    @pytest.mark.parametrize("lens", ["role", *LENSES])
    @pytest.mark.parametrize("single", [False, True])
    def test_one_mark_a_measured_cell_with_its_grade_and_codes(self, lens, single):
        cells, figure, _, _ = picture(lens, *ALL, single=single)
        measured = cells[~cells["no_data"]]
        marks = marks_of(figure)
        assert list(marks.marker.symbol) == [GRADE_SYMBOLS[grade] for grade in measured["grade"]]
        rows = EXERCISES.set_index("exercise_id")["sequence"][measured["exercise_id"]]
        columns = MUSCLES.set_index("muscle_id")["sequence"][measured["muscle_id"]]
        expected = [[row, column] for row, column in zip(rows, columns, strict=True)]
        assert [list(pair) for pair in marks.customdata] == expected
        assert list(marks.hovertext) == measured["text"].tolist()

    def test_every_grade_that_may_be_shown_has_a_symbol(self):
        assert set(GRADE_SYMBOLS) == {*GRADES, "physics"} - {"not_verified"}
        assert set(GRADE_SIGNS) == set(GRADE_SYMBOLS)
        assert len(set(GRADE_SYMBOLS.values())) == len(GRADE_SYMBOLS)

    def test_marks_lie_in_their_cells(self):
        for lens, narrow in (("role", False), ("role", True), ("activity_mean", False)):
            cells, figure, _, _ = picture(lens, *START, narrow=narrow)
            places = np.flatnonzero(~cells["no_data"].to_numpy())
            rows, columns = np.divmod(places, len(START[1]))
            marks = marks_of(figure)
            assert np.abs(np.asarray(marks.x) - columns).max() < 0.5
            assert np.abs(np.asarray(marks.y) - rows).max() < 0.5

    def test_the_hover_finds_full_names_for_cells_and_marks(self):
        _, figure, _, _ = picture("role", *START)
        axis = figure.layout.xaxis
        named = dict(zip(np.round(axis.tickvals, 4), axis.ticktext, strict=True))
        for place in np.asarray(marks_of(figure).x, "float64"):
            assert named[round(place, 4)] == START[1]["name"].iloc[int(place)]
        assert list(figure.layout.yaxis.ticktext) == START[0]["name"].tolist()
        assert list(figure.layout.yaxis2.ticktext) == START[0]["short_name"].tolist()

    def test_the_hover_of_most_cells_is_sent_once(self):
        cells, figure, _, _ = picture("role", *START)
        heat = figure.data[0]
        texts = [
            own[0] if own else heat.hovertemplatefallback for row in heat.customdata for own in row
        ]
        assert texts == cells["text"].tolist()


class TestLayout:
    def test_the_chosen_cell_is_outlined(self):
        cell = ("copenhagen_adductor_plank", "adductor_longus")
        elsewhere = ("leg_press", "soleus")
        _, figure, _, _ = picture("role", *START, chosen=(cell, elsewhere))
        outlines = [one for one in figure.layout.shapes if one.line.color == LIGHT.accent]
        row = START[0]["exercise_id"].tolist().index(cell[0])
        assert [(one.x0, one.y0) for one in outlines] == [(-0.5, row - 0.5)]

    def test_the_muscle_that_orders_is_bold(self):
        _, figure, _, _ = picture("role", *START, marked_muscle="gracilis")
        assert "<b>Gracilis</b>" in figure.layout.xaxis2.ticktext

    def test_a_phone_names_groups_where_muscles_are_too_many(self):
        _, figure, _, _ = picture("role", *ALL, narrow=True)
        labels = MUSCLES["muscle_group_label"].drop_duplicates().tolist()
        assert list(figure.layout.xaxis2.ticktext) == labels

    @pytest.mark.parametrize("lens", ["role", *LENSES])
    def test_the_full_picture_stays_small(self, lens):
        figure = picture(lens, *ALL)[1]
        assert len(figure.to_json()) < 150_000
        assert len(figure.data) <= 4
        assert len(marks_of(figure).x) <= 250

    def test_it_does_not_trap_scrolling(self):
        _, figure, _, _ = picture("role", *START)
        assert figure.layout.dragmode is False
        for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
            assert figure.layout[axis].fixedrange


class TestDots:
    ROWS = pd.DataFrame(
        {
            "label": ["Bridge\nOne 2010", "Bridge\nTwo 2012", "Bridge\nThree 2014"],
            "metric": ["a", "a", "b"],
            "metric_label": ["Mean activity, % of maximum"] * 2 + ["Peak force, newtons"],
            "is_percent_of_mvic": [True, True, False],
            "value": [40.0, np.nan, 900.0],
            "low": [30.0, 10.0, np.nan],
            "high": [50.0, 30.0, np.nan],
            "grade": ["pooled", "group_study", "single_person"],
            "text": ["one", "two", "three"],
        }
    )

    @pytest.mark.parametrize("narrow", [False, True])
    def test_each_scale_has_an_axis_of_its_own(self, narrow):
        figure = measurement_dots(self.ROWS, LIGHT, narrow=narrow)
        first, second = figure.data
        assert (first.xaxis, second.xaxis) == ("x", "x2")
        assert list(first.x) == [40, 20] and list(second.x) == [900]
        assert list(first.error_x.array) == [10, 10]
        assert list(first.marker.symbol) == ["diamond", "line-ns-open"]
        assert figure.layout.xaxis.range[1] >= 100
        assert figure.layout.xaxis2.range[1] >= 900
        assert figure.layout.title.text.startswith("Mean activity")
        assert figure.layout.annotations[0].text == "Peak force, newtons"
