import itertools
from collections import Counter

import numpy as np
import pytest

from spotcheck import measured
from spotcheck.muscles import matrix
from spotcheck.muscles.body_map import (
    FLOOR,
    HALF_WIDTH,
    LAYERS,
    TOP,
    body_cells,
    muscles_seen,
    views_of,
)
from spotcheck.muscles.order import evidence_of
from spotcheck.muscles.story import hover_texts
from spotcheck.tables import load

EXERCISES, MUSCLES = load("exercises"), load("muscles")
PICTURES = list(itertools.product(LAYERS, (False, True)))
EVERY_VIEW = [view for layer in LAYERS for view in views_of(layer, whole=True)]


@pytest.fixture(scope="module")
def mean_cells():
    evidence = evidence_of("activity_mean", measured.cells())
    sources = measured.sources().merge(evidence[["lens", "exercise_id", "muscle_id"]])
    cells = matrix(EXERCISES, MUSCLES, load("engagement_roles"), evidence)
    return cells.assign(text=hover_texts(cells, sources, load("role_reasons"), load("metrics")))


def curves(outline):
    """Closed curves of an outline, each an array of its points (n, 2)."""
    x, y = (np.array([np.nan if one is None else one for one in part]) for part in outline)
    cuts = np.flatnonzero(np.isnan(x))
    return np.split(np.column_stack([x, y]), cuts) if len(cuts) else [np.column_stack([x, y])]


def solid(outline):
    return [curve[~np.isnan(curve[:, 0])] for curve in curves(outline)]


def inside(curve, points):
    """Whether each point is inside a closed curve: it crosses an odd number of edges."""
    (x0, y0), (x1, y1) = curve[:-1].T, curve[1:].T
    px, py = points[:, :1], points[:, 1:]
    crosses = (y0 <= py) != (y1 <= py)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x0 + (x1 - x0) * (py - y0) / (y1 - y0)
    return (crosses & (px < at)).sum(axis=1) % 2 == 1


def area(curve):
    x, y = curve.T
    return abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def centre_y(view, muscle):
    points = np.concatenate(solid(view.muscles[muscle]))
    return (points[:, 1].min() + points[:, 1].max()) / 2


def mean_distance(view, muscle):
    return np.abs(np.concatenate(solid(view.muscles[muscle]))[:, 0]).mean()


def total(view, muscle):
    return sum(area(curve) for curve in solid(view.muscles[muscle]))


class TestShapes:
    def test_every_muscle_is_seen_in_some_layer(self):
        seen = {muscle for layer in LAYERS for muscle in muscles_seen(layer, whole=True)}
        assert seen == set(MUSCLES["muscle_id"])

    def test_hips_and_legs_lack_only_what_lies_above(self):
        for layer in LAYERS:
            lacking = set(muscles_seen(layer, whole=True)) - set(muscles_seen(layer, whole=False))
            assert lacking <= {"transversus_abdominis"}
        assert "obliques" not in views_of("surface", whole=False)[1].muscles

    @pytest.mark.parametrize("view", EVERY_VIEW, ids=lambda view: view.name)
    def test_curves_are_closed_and_have_an_area(self, view):
        for outline in (view.body, view.head, view.context, *view.muscles.values()):
            for curve in solid(outline):
                assert (curve[0] == curve[-1]).all()
                assert area(curve) > 0.1

    @pytest.mark.parametrize("view", EVERY_VIEW, ids=lambda view: view.name)
    def test_every_muscle_is_inside_the_body(self, view):
        (body,) = solid(view.body)
        for muscle, outline in view.muscles.items():
            assert inside(body, np.concatenate(solid(outline))).all(), muscle

    @pytest.mark.parametrize("view", EVERY_VIEW, ids=lambda view: view.name)
    def test_both_sides_are_alike(self, view):
        for muscle, outline in view.muscles.items():
            points = Counter(map(tuple, np.round(np.concatenate(solid(outline)), 2).tolist()))
            mirrored = Counter({(round(-x, 2), y): n for (x, y), n in points.items()})
            assert points.keys() == mirrored.keys(), muscle
            right, left = view.anchors[muscle]
            assert (right.x, right.y) == (-left.x, left.y) and right.x > 0

    @pytest.mark.parametrize("view", EVERY_VIEW, ids=lambda view: view.name)
    def test_no_muscle_is_drawn_over_another(self, view):
        own = {muscle: solid(outline) for muscle, outline in view.muscles.items()}
        for one, other in itertools.permutations(own, 2):
            for curve in own[one]:
                for second in own[other]:
                    assert not inside(curve, second).any(), (one, other)

    @pytest.mark.parametrize("view", EVERY_VIEW, ids=lambda view: view.name)
    def test_anchors_are_inside_their_muscle(self, view):
        for muscle, anchors in view.anchors.items():
            for anchor in anchors:
                point = np.array([[anchor.x, anchor.y]])
                assert any(inside(curve, point)[0] for curve in solid(view.muscles[muscle])), muscle


class TestAnatomy:
    """What a physiotherapist looks at first."""

    front, back = views_of("surface", whole=True)
    front_deep, back_deep = views_of("deep", whole=True)

    def test_inner_thigh_stands_in_order(self):
        order = ["gracilis", "adductor_longus", "rectus_femoris", "vastus_lateralis"]
        places = [mean_distance(self.front, muscle) for muscle in order]
        assert places == sorted(places)
        assert centre_y(self.front, "adductor_magnus") < centre_y(self.front, "adductor_longus")
        assert centre_y(self.front, "adductor_longus") < centre_y(
            self.front, "adductor_brevis_pectineus"
        )

    def test_vastus_medialis_is_a_drop_that_hangs_lower_than_the_lateral_one(self):
        drop = np.concatenate(solid(self.front.muscles["vastus_medialis"]))
        drop = drop[drop[:, 0] > 0]
        low, high = drop[drop[:, 1] < 33], drop[drop[:, 1] > 38]
        assert np.ptp(low[:, 0]) > 2 * np.ptp(high[:, 0])
        lateral = np.concatenate(solid(self.front.muscles["vastus_lateralis"]))
        assert drop[:, 1].min() < lateral[:, 1].min()

    def test_gluteus_medius_is_above_maximus(self):
        assert centre_y(self.back, "gluteus_medius") > centre_y(self.back, "gluteus_maximus")
        assert total(self.back, "gluteus_maximus") > total(self.back, "gluteus_medius")

    def test_soleus_shows_beside_and_below_gastrocnemius(self):
        assert centre_y(self.back, "soleus") < centre_y(self.back, "gastrocnemius")
        assert total(self.back_deep, "soleus") > 2 * total(self.back, "soleus")

    def test_sartorius_crosses_the_thigh(self):
        points = np.concatenate(solid(self.front.muscles["sartorius"]))
        points = points[points[:, 0] > 0]
        top, bottom = points[points[:, 1].argmax()], points[points[:, 1] < 34]
        assert top[0] > mean_distance(self.front, "rectus_femoris") - 0.5
        assert bottom[:, 0].min() < mean_distance(self.front, "vastus_medialis")

    def test_long_head_of_biceps_is_lateral(self):
        order = ["gracilis", "semitendinosus", "biceps_femoris_lh", "vastus_lateralis"]
        places = [mean_distance(self.back, muscle) for muscle in order]
        assert places == sorted(places)


class TestPictures:
    @pytest.mark.parametrize(("layer", "whole"), PICTURES)
    def test_what_is_shown_is_within_the_picture(self, layer, whole):
        for view in views_of(layer, whole=whole):
            for anchors in view.anchors.values():
                for anchor in anchors:
                    assert abs(anchor.x) < HALF_WIDTH[whole]
                    assert FLOOR < anchor.y < TOP[whole]
            for outline in view.muscles.values():
                lowest = min(curve[:, 1].min() for curve in solid(outline))
                assert FLOOR < lowest < TOP[whole]

    def test_the_legs_send_no_points_above_them(self):
        for layer in LAYERS:
            for view in views_of(layer, whole=False):
                for outline in (view.body, view.context, view.bones, *view.muscles.values()):
                    assert max((y for y in outline[1] if y is not None), default=0) <= 63

    def test_layers_differ(self):
        assert "gluteus_minimus" not in muscles_seen("surface", whole=True)
        assert "gluteus_maximus" not in muscles_seen("deep", whole=True)

    def test_an_unknown_layer_is_named(self):
        with pytest.raises(ValueError, match="layer is 'skin'; allowed are surface, deep"):
            views_of("skin", whole=False)


class TestCells:
    def test_every_muscle_of_every_view_has_the_cell_of_the_matrix(self, mean_cells):
        rows = body_cells(mean_cells, EXERCISES, MUSCLES, "clamshell")
        expected = {(view.name, muscle) for view in EVERY_VIEW for muscle in view.muscles}
        assert set(zip(rows["view"], rows["muscle_id"], strict=True)) == expected
        assert len(rows) == len(expected)
        cells = mean_cells[mean_cells["exercise_id"].eq("clamshell")].set_index("muscle_id")
        for row in rows.to_dict("records"):
            cell = cells.loc[row["muscle_id"]]
            assert row["role"] == cell["role"]
            assert row["no_data"] == cell["no_data"]
            assert row["value"] == cell["value"] or row["no_data"]
            assert (
                row["text"]
                == f"<b>{row['exercise']}</b><br><b>{row['muscle']}</b><br>" + (cell["text"])
            )

    def test_sequences_are_those_of_the_tables(self, mean_cells):
        rows = body_cells(mean_cells, EXERCISES, MUSCLES, "clamshell")
        places = MUSCLES.set_index("muscle_id")["sequence"]
        assert (rows["muscle_id"].map(places) == rows["muscle_sequence"]).all()
        own = EXERCISES.set_index("exercise_id").loc["clamshell", "sequence"]
        assert set(rows["exercise_sequence"]) == {own}

    def test_not_measured_is_not_zero(self, mean_cells):
        rows = body_cells(mean_cells, EXERCISES, MUSCLES, "clamshell")
        assert rows.loc[rows["no_data"], "value"].isna().all()
        assert 0 < rows["no_data"].sum() < len(rows)

    def test_an_unknown_exercise_is_named(self, mean_cells):
        with pytest.raises(ValueError, match="exercise is 'moonwalk'"):
            body_cells(mean_cells, EXERCISES, MUSCLES, "moonwalk")
