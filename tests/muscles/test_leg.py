"""The leg in three dimensions: whole surfaces, the volumes of the table, anatomy."""

from collections import Counter

import numpy as np
import pytest

from spotcheck import measured, tables
from spotcheck.muscles import leg, matrix
from spotcheck.muscles.order import evidence_of
from spotcheck.muscles.story import brief_texts

SHAPES = tables.load("leg_muscle_shapes")
PATHS = tables.load("leg_muscle_paths")


def at_height(bundle, z_mm):
    """Centre of a bundle at a height; up is +z, forward is -y, the outer side is -x."""
    rows = PATHS[PATHS["bundle_id"].eq(bundle)].sort_values("z_mm")
    assert rows["z_mm"].iloc[0] < z_mm < rows["z_mm"].iloc[-1], bundle
    return tuple(np.interp(z_mm, rows["z_mm"], rows[name]) for name in ("x_mm", "y_mm"))


def volume_cm3(mesh):
    a, b, c = (mesh.points[mesh.faces[:, corner]].astype(float) for corner in range(3))
    return float((a * np.cross(b, c)).sum()) / 6 / leg.UNITS_PER_MM**3 / 1000


class TestTables:
    def test_forty_bundles_cover_the_muscles_of_the_leg(self):
        muscles = tables.load("muscles")
        of_leg = muscles.loc[muscles["muscle_group"].ne("core"), "muscle_id"]
        assert leg.leg_muscles() == tuple(of_leg)
        assert len(SHAPES) == 40
        drawn, modelled = (
            set(zip(table["bundle_id"], table["muscle_id"].fillna(""), strict=True))
            for table in (SHAPES, tables.load("leg_model_muscles"))
        )
        assert drawn == modelled
        assert set(PATHS["bundle_id"]) == set(SHAPES["bundle_id"])
        assert SHAPES["belly_start"].lt(SHAPES["belly_end"]).all()

    def test_points_of_a_path_are_numbered_without_gaps(self):
        for _, rows in PATHS.groupby("bundle_id"):
            assert rows["point"].tolist() == list(range(1, len(rows) + 1))
            assert rows["along_belly"].is_monotonic_increasing

    def test_outward_is_across_the_path_and_of_length_one(self):
        outward = PATHS[["outward_x", "outward_y", "outward_z"]].to_numpy()
        assert np.linalg.norm(outward, axis=1) == pytest.approx(1, abs=0.02)

    def test_triangles_stand_on_points_of_their_bone(self):
        vertices, faces = tables.load("leg_bone_vertices"), tables.load("leg_bone_faces")
        n_vertices = vertices.groupby("bone").size()
        assert set(faces["bone"]) == set(n_vertices.index)
        corners = faces[["first", "second", "third"]]
        assert corners.lt(n_vertices[faces["bone"]].to_numpy(), axis=0).all().all()
        assert corners.nunique(axis=1).eq(3).all()


class TestMeshes:
    @pytest.mark.parametrize("detail", leg.DETAILS)
    def test_every_muscle_is_closed_and_looks_outwards(self, detail):
        for code, mesh in leg.muscles(detail).items():
            edges = Counter(
                (int(face[a]), int(face[b]))
                for face in mesh.faces
                for a, b in ((0, 1), (1, 2), (2, 0))
            )
            # Each edge is walked once in each direction: no hole, and one side is outside.
            assert set(edges.values()) == {1}, code
            assert all((b, a) in edges for a, b in edges), code
            assert volume_cm3(mesh) > 0, code

    def test_bellies_have_the_volumes_of_the_table(self):
        meshes = leg.muscles("fine")
        wanted = SHAPES.groupby("muscle_id")["volume_cm3"].sum()
        for code in leg.leg_muscles():
            if code == "tensor_fasciae_latae":
                continue  # Its tendon is the iliotibial band, larger than the belly.
            # Eight corners take a tenth off an ellipse; tendons add a little.
            assert 0.8 < volume_cm3(meshes[code]) / wanted[code] < 1.1, code

    def test_places_fit_their_types(self):
        for mesh in (*leg.muscles("fine").values(), leg.bones()):
            assert mesh.faces.max() == len(mesh.points) - 1
            assert mesh.points.dtype == np.int16
        assert leg.muscles("fine")["gracilis"].faces.dtype == np.uint8

    def test_an_unknown_detail_is_refused(self):
        with pytest.raises(ValueError, match="detail is 'finest'; allowed are fine, coarse"):
            leg.muscles("finest")


class TestAnatomy:
    def test_gracilis_is_the_innermost_of_the_thigh(self):
        others = ("addlong", "addmagIsch", "semimem", "semiten", "recfem", "vasmed", "bflh")
        for height in (720, 780):
            inner = at_height("grac", height)[0]
            assert all(at_height(one, height)[0] < inner for one in others)

    def test_adductors_lie_one_behind_the_other(self):
        longus, brevis, magnus = (
            at_height(one, 860)[1] for one in ("addlong", "addbrev", "addmagIsch")
        )
        assert longus < brevis < magnus

    def test_sartorius_crosses_from_the_outer_hip_to_the_inner_knee(self):
        assert at_height("sart", 980)[0] < at_height("recfem", 930)[0]
        assert at_height("sart", 520)[0] > at_height("recfem", 520)[0]
        assert at_height("sart", 800)[1] < at_height("addlong", 800)[1]

    def test_quadriceps_wraps_the_femur_from_the_front(self):
        bone = tables.load("leg_bone_vertices")
        shaft = bone[bone["bone"].eq("femur") & bone["z_mm"].between(690, 720)]
        x, y = shaft["x_mm"].mean(), shaft["y_mm"].mean()
        assert at_height("vaslat", 700)[0] < x < at_height("vasmed", 700)[0]
        assert at_height("recfem", 700)[1] < at_height("vasint", 700)[1] < y

    def test_hamstrings_part_to_both_sides_behind_the_knee(self):
        bone = tables.load("leg_bone_vertices")
        knee = bone[bone["bone"].eq("femur") & bone["z_mm"].between(500, 540)]["x_mm"].mean()
        assert at_height("bflh", 520)[0] < at_height("bfsh", 700)[0] < knee
        assert at_height("semimem", 520)[0] > knee and at_height("semiten", 520)[0] > knee
        assert at_height("semiten", 600)[1] > at_height("semimem", 600)[1]

    def test_gluteus_maximus_covers_the_rear_of_gluteus_medius_and_that_minimus(self):
        assert at_height("glmax1", 960)[1] > at_height("glmed3", 960)[1]
        assert at_height("glmed1", 960)[0] < at_height("glmin1", 960)[0]

    def test_the_calf_lies_behind_and_the_shin_muscle_in_front(self):
        assert at_height("gasmed", 400)[1] > at_height("soleus", 400)[1]
        assert at_height("tibant", 350)[1] < at_height("soleus", 350)[1]
        assert at_height("gasmed", 400)[0] > at_height("gaslat", 400)[0]


class TestCells:
    @staticmethod
    def cells(lens):
        evidence = evidence_of(lens, measured.cells())
        cells = matrix(
            tables.load("exercises"),
            tables.load("muscles"),
            tables.load("engagement_roles"),
            evidence,
        )
        briefs = brief_texts(cells, tables.load("role_reasons"), tables.load("metrics"))
        return cells.assign(brief=briefs)

    def rows(self, lens, exercise):
        return leg.leg_cells(
            self.cells(lens),
            tables.load("exercises"),
            tables.load("muscles"),
            exercise,
            lens=lens,
        )

    def test_every_muscle_once_with_its_role(self):
        rows = self.rows("role", "copenhagen_adductor_plank")
        assert tuple(rows["muscle_id"]) == leg.leg_muscles()
        roles = tables.load("engagement_roles").set_index(["exercise_id", "muscle_id"])["role"]
        for row in rows.to_dict("records"):
            assert row["role"] == roles["copenhagen_adductor_plank", row["muscle_id"]]
            assert row["text"].startswith(
                f"<b>Copenhagen adductor plank</b><br><b>{row['muscle']}</b><br>"
            )
            assert "Role: expert role" in row["text"]

    def test_a_number_has_its_grade_and_what_was_not_measured_says_so(self):
        rows = self.rows("activity_mean", "side_lying_abduction")
        assert rows["no_data"].any() and not rows["no_data"].all()
        for row in rows.to_dict("records"):
            says_missing = row["text"].endswith("Not measured, which is not zero")
            assert says_missing == row["no_data"]
            assert ("<br>Number: " in row["text"]) != row["no_data"]

    def test_an_unknown_exercise_is_refused(self):
        with pytest.raises(ValueError, match="exercise is 'levitation'"):
            self.rows("role", "levitation")
