import json

import numpy as np
import pytest

from spotcheck import measured
from spotcheck.charts.body_map import body_map, fill_of
from spotcheck.charts.muscles import ROLE_KEY, muscle_matrix
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles import matrix
from spotcheck.muscles.body_map import HALF_WIDTH, TOP, body_cells, muscles_seen, views_of
from spotcheck.muscles.order import evidence_of, main_metric, scale_top
from spotcheck.muscles.story import brief_texts, hover_texts
from spotcheck.tables import load

EXERCISES, MUSCLES, METRICS = load("exercises"), load("muscles"), load("metrics")
REASONS = load("role_reasons")
LENSES = ("role", "activity_mean", "muscle_force")
# Of each lens an exercise with much to show; the last has values on two scales.
EXERCISE = {
    "role": "copenhagen_adductor_plank",
    "activity_mean": "side_lying_abduction",
    "muscle_force": "single_leg_squat",
}


def cells_of(lens):
    evidence = evidence_of(lens, measured.cells())
    cells = matrix(EXERCISES, MUSCLES, load("engagement_roles"), evidence)
    sources = measured.sources().merge(evidence[["lens", "exercise_id", "muscle_id"]])
    cells["text"] = hover_texts(cells, sources, REASONS, METRICS)
    return cells.assign(brief=brief_texts(cells, REASONS, METRICS))


CELLS = {lens: cells_of(lens) for lens in LENSES}


def scale(lens):
    if lens == "role":
        return {"metric": None, "top": 1}
    metric = main_metric(CELLS[lens], METRICS)
    return {"metric": metric, "top": scale_top(metric, CELLS[lens], METRICS)}


def picture(lens="role", *, exercise=None, theme=LIGHT, narrow=False, **options):
    rows = body_cells(CELLS[lens], EXERCISES, MUSCLES, exercise or EXERCISE[lens])
    return rows, body_map(rows, theme, narrow=narrow, **scale(lens), **options)


def fills_of(figure):
    return [trace for trace in figure.data if trace.hoveron == "fills"]


def by_kind(figure, mode):
    return [trace for trace in figure.data if trace.mode == mode and len(trace.x) > 1]


def drawn(rows, layer="surface", *, whole=False):
    """Rows in the order of their fills."""
    return [
        row
        for view in views_of(layer, whole=whole)
        for row in rows[rows["view"].eq(view.name)].to_dict("records")
        if row["muscle_id"] in view.muscles
    ]


def colour_in_matrix(lens, exercise, theme):
    """Colours of the exercise's row in the matrix, read from its heatmap by Plotly's own rule."""
    one = EXERCISES[EXERCISES["exercise_id"].eq(exercise)]
    cells = CELLS[lens][CELLS[lens]["exercise_id"].eq(exercise)]
    heat = muscle_matrix(cells, one, MUSCLES, theme, narrow=False, **scale(lens)).data[0]
    stops = [stop for stop, _ in heat.colorscale]
    channels = np.array(
        [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for _, colour in heat.colorscale]
    )
    share = (np.asarray(heat.z, float).ravel() - heat.zmin) / (heat.zmax - heat.zmin)
    mixed = [np.interp(share, stops, channel) for channel in channels.T]
    return dict(zip(MUSCLES["muscle_id"], np.column_stack(mixed), strict=True))


class TestColours:
    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @pytest.mark.parametrize("lens", LENSES)
    def test_a_muscle_has_the_colour_of_its_cell_in_the_matrix(self, lens, theme):
        rows, figure = picture(lens, theme=theme)
        expected = colour_in_matrix(lens, EXERCISE[lens], theme)
        is_measured = []
        for row, fill in zip(drawn(rows), fills_of(figure), strict=True):
            wanted = expected[row["muscle_id"]]
            is_measured.append(not np.isnan(wanted).any())
            if is_measured[-1]:
                colour = [int(fill.fillcolor[at : at + 2], 16) for at in (1, 3, 5)]
                assert colour == pytest.approx(wanted, abs=1), row["muscle_id"]
        assert any(is_measured)

    def test_hatching_means_not_measured_and_nothing_else(self):
        for lens in LENSES:
            rows, figure = picture(lens)
            for row, fill in zip(drawn(rows), fills_of(figure), strict=True):
                is_hatched = bool(fill.fillpattern.shape)
                assert is_hatched == (lens != "role" and row["no_data"])
            others = [trace for trace in figure.data if trace.hoveron != "fills"]
            assert not any(trace.fillpattern.shape for trace in others)

    def test_zero_is_the_weakest_colour_and_no_hatching(self):
        zero = {"role": "none", "value": 0.0, "metric": "mvic", "no_data": False}
        assert fill_of(zero, LIGHT, metric="mvic", top=100) == LIGHT.engagement[0]
        nothing = {**zero, "value": None, "metric": None, "no_data": True}
        assert fill_of(nothing, LIGHT, metric="mvic", top=100) is None

    def test_values_on_another_scale_are_grey_and_the_key_says_so(self):
        rows, figure = picture("muscle_force")
        metric = scale("muscle_force")["metric"]
        others = {
            fill.fillcolor
            for row, fill in zip(drawn(rows), fills_of(figure), strict=True)
            if not row["no_data"] and row["metric"] != metric
        }
        assert others == {LIGHT.neutral_bar}
        assert any("other scale" in note.text for note in figure.layout.annotations)
        _, plain = picture("activity_mean")
        assert not any("other scale" in note.text for note in plain.layout.annotations)

    def test_all_exercises_share_one_scale(self):
        keys = [
            picture("activity_mean", exercise=exercise)[1].data[-1].marker
            for exercise in ("clamshell", "side_lying_abduction", "running_easy")
        ]
        assert len({(key.cmin, key.cmax, str(key.colorscale)) for key in keys}) == 1

    def test_a_lens_without_any_measurement_has_no_key(self):
        rows = body_cells(CELLS["activity_mean"], EXERCISES, MUSCLES, "sprint_flat")
        figure = body_map(rows, LIGHT, narrow=False, metric="")
        assert not figure.data[-1].marker.showscale
        assert all(fill.fillpattern.shape == "/" for fill in fills_of(figure))

    def test_chosen_muscles_are_outlined(self):
        rows, figure = picture(chosen=("gracilis",))
        for row, fill in zip(drawn(rows), fills_of(figure), strict=True):
            assert (fill.line.color == LIGHT.accent) == (row["muscle_id"] == "gracilis")


class TestWords:
    @pytest.mark.parametrize("lens", LENSES)
    def test_hovers_say_what_the_matrix_says(self, lens):
        rows, figure = picture(lens)
        expected = [row["text"] for row in drawn(rows)]
        assert [fill.text for fill in fills_of(figure)] == expected
        cells = CELLS[lens].set_index(["exercise_id", "muscle_id"])["text"]
        for row in drawn(rows):
            assert row["text"].endswith(cells[row["exercise_id"], row["muscle_id"]])
        marked = {
            mark.hovertemplate.replace("%{text}", text).removesuffix("<extra></extra>")
            for mark in by_kind(figure, "markers")
            for text in mark.text
        }
        assert marked == set(expected)

    def test_every_role_of_the_legs_can_be_read_without_colour(self):
        for exercise in EXERCISES["exercise_id"].iloc[::14]:
            for narrow in (False, True):
                rows, figure = picture(exercise=exercise, narrow=narrow)
                letters = [letter for trace in by_kind(figure, "text") for letter in trace.text]
                for role, (letter, _) in ROLE_KEY.items():
                    shown = rows[rows["role"].eq(role)]["muscle_id"].unique()
                    n_muscles = len(set(shown) & set(muscles_seen("surface", whole=False)))
                    assert letters.count(letter) >= (n_muscles if letter else 0), (exercise, role)

    def test_numbers_are_those_of_the_cells(self):
        rows, figure = picture("activity_mean")
        labels = set(rows["label"].dropna().str.replace(" to ", "–"))
        shown = [word for trace in figure.data if trace.mode == "text" for word in trace.text]
        assert shown and set(shown) <= labels

    def test_a_phone_shows_no_fewer_numbers(self):
        def n_words(figure):
            return sum(len(trace.text) for trace in figure.data if trace.mode == "text")

        assert n_words(picture("activity_mean", narrow=True)[1]) >= n_words(
            picture("activity_mean")[1]
        )

    def test_the_title_stands_at_the_top(self):
        assert picture(title="Copenhagen plank")[1].layout.title.text == "Copenhagen plank"


class TestPicture:
    @pytest.mark.parametrize("layer", ["surface", "deep"])
    @pytest.mark.parametrize("whole", [False, True])
    def test_layer_and_crop(self, layer, whole):
        rows, figure = picture(layer=layer, whole=whole)
        assert len(fills_of(figure)) == len(drawn(rows, layer, whole=whole))
        assert figure.layout.xaxis.range == (-HALF_WIDTH[whole], HALF_WIDTH[whole])
        assert figure.layout.xaxis2.range == figure.layout.xaxis.range
        assert figure.layout.yaxis.range[1] == figure.layout.yaxis2.range[1] == TOP[whole]
        assert figure.layout.yaxis.scaleanchor == "x"
        assert figure.layout.yaxis2.scaleanchor == "x2"

    def test_front_and_back_have_axes_of_their_own(self):
        _, figure = picture()
        front, back = views_of("surface", whole=False)
        sides = [fill.xaxis or "x" for fill in fills_of(figure)]
        assert sides.count("x") == len(front.muscles)
        assert sides.count("x2") == len(back.muscles)
        heads = [note.text for note in figure.layout.annotations[:2]]
        assert heads == ["Front", "Back"]

    def test_marks_carry_exercise_and_muscle_and_are_unseen(self):
        rows, figure = picture()
        pairs = set()
        for marks in by_kind(figure, "markers"):
            assert marks.marker.opacity == marks.unselected.marker.opacity == 0
            pairs |= {tuple(pair) for pair in marks.customdata}
        shown = rows[rows["muscle_id"].isin(muscles_seen("surface", whole=False))]
        expected = zip(shown["exercise_sequence"], shown["muscle_sequence"], strict=True)
        assert pairs == set(expected)

    def test_only_the_open_layer_and_crop_are_sent(self):
        sizes = {
            (layer, whole): len(picture(layer=layer, whole=whole)[1].to_json())
            for layer in ("surface", "deep")
            for whole in (False, True)
        }
        assert sizes["surface", False] < 60_000
        assert sizes["deep", False] < 40_000
        assert sizes["surface", False] < sizes["surface", True]

    def test_coordinates_have_two_decimals_at_most(self):
        _, figure = picture()
        for trace in json.loads(figure.to_json())["data"]:
            for number in (*trace["x"], *trace["y"]):
                assert number is None or round(number, 2) == number
