"""The picture of the leg: the matrix's colours, bands for what is missing, buttons, size."""

import json
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from spotcheck import measured, tables
from spotcheck.charts.body_map import fill_of
from spotcheck.charts.leg import SIDES, belly_scale, exercise_labels, leg
from spotcheck.charts.theme import DARK, LIGHT, themed
from spotcheck.muscles import matrix
from spotcheck.muscles.leg import ALONG_TOP, leg_cells, leg_muscles
from spotcheck.muscles.order import evidence_of, main_metric, scale_top
from spotcheck.muscles.story import brief_texts
from spotcheck.ui import settings

FOUR = ("copenhagen_adductor_plank", "running_easy", "back_squat_full", "side_lying_abduction")
MOST_BYTES = 350_000


@cache
def cells_of(lens):
    cells = matrix(
        tables.load("exercises"),
        tables.load("muscles"),
        tables.load("engagement_roles"),
        evidence_of(lens, measured.cells()),
    )
    brief = brief_texts(cells, tables.load("role_reasons"), tables.load("metrics"))
    return cells.assign(brief=brief)


def scale(lens):
    if lens == "role":
        return {"metric": None, "top": 1}
    metric = main_metric(cells_of(lens), tables.load("metrics"))
    return {"metric": metric, "top": scale_top(metric, cells_of(lens), tables.load("metrics"))}


@cache
def picture(*exercises, lens="role", theme="light", **options):
    rows = [
        leg_cells(cells_of(lens), tables.load("exercises"), tables.load("muscles"), code, lens=lens)
        for code in exercises
    ]
    options = {"narrow": False, **scale(lens), **options}
    return rows, leg(rows, themed(theme), **options)


def meshes(figure):
    return [trace for trace in figure.data if trace.type == "mesh3d"]


def coloured(figure, place=0):
    """Meshes of the matrix's muscles on one leg."""
    size = len(leg_muscles()) + 2
    return meshes(figure)[size * place + 2 : size * (place + 1)]


def stops(trace):
    return [[stop, colour] for stop, colour in trace.colorscale]


class TestColours:
    @pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
    @pytest.mark.parametrize(
        ("lens", "exercise"),
        [
            ("role", "copenhagen_adductor_plank"),
            ("activity_mean", "side_lying_abduction"),
            ("muscle_force", "single_leg_squat"),
        ],
    )
    def test_a_belly_has_the_colour_of_the_body_map(self, theme, lens, exercise):
        (rows,), figure = picture(exercise, lens=lens, theme=theme.name)
        for row, trace in zip(rows.to_dict("records"), coloured(figure), strict=True):
            fill = fill_of(row, theme, **scale(lens))
            assert stops(trace) == belly_scale(fill, theme)
            assert (fill is None) == (lens != "role" and row["no_data"])
            assert trace.hovertemplate == row["text"] + "<extra></extra>"

    def test_bands_are_not_zero_and_end_in_tendon(self):
        zero, missing = belly_scale(LIGHT.engagement[0], LIGHT), belly_scale(None, LIGHT)
        assert {colour for _, colour in zero[2:-2]} == {LIGHT.engagement[0]}
        bands = [colour for _, colour in missing[2:-2]]
        assert len(set(bands)) == 2 and not set(bands) & set(LIGHT.engagement)
        assert sum(a != b for a, b in pairwise(bands)) >= 8
        for one in (zero, missing):
            places = [place for place, _ in one]
            assert places == sorted(places) and places[0] == 0 and places[-1] == 1
            assert one[0][1] == one[-1][1] not in bands

    def test_colour_runs_along_the_muscle(self):
        _, figure = picture(FOUR[0])
        for trace in coloured(figure):
            along = np.asarray(trace.intensity)
            assert (trace.cmin, trace.cmax) == (0, ALONG_TOP)
            assert along.min() < ALONG_TOP * 0.2 and along.max() > ALONG_TOP * 0.8

    def test_the_key_says_what_bands_and_grey_mean(self):
        _, figure = picture("single_leg_squat", lens="muscle_force")
        words = " ".join(note.text for note in figure.layout.annotations)
        assert "not measured" in words and "other scale" in words
        assert not picture(FOUR[0])[1].layout.annotations


class TestButtons:
    def test_sides_turn_the_camera_and_carry_the_lamp(self):
        assert tuple(SIDES) == settings.LEG_SIDES
        _, figure = picture(FOUR[0], side="back")
        menu = figure.layout.updatemenus[0]
        assert [button.label for button in menu.buttons] == list(SIDES.values())
        cameras = {}
        for code, button in zip(SIDES, menu.buttons, strict=True):
            light, layout, changed = button.args
            assert list(changed) == list(range(len(meshes(figure))))
            eye = layout["scene.camera"]["eye"]
            cameras[code] = eye
            assert light["lightposition.x"] * eye["x"] + light["lightposition.y"] * eye["y"] > 0
        assert cameras["front"]["y"] < 0 < cameras["back"]["y"]
        assert cameras["outer"]["x"] < 0 < cameras["inner"]["x"]
        assert figure.layout.scene.camera.eye.y == cameras["back"]["y"]

    @pytest.mark.parametrize("pair", [False, True])
    def test_a_button_makes_the_leg_what_the_server_would_send(self, pair):
        first = 1 if pair else 0
        _, sent = picture(*FOUR, pair=pair, shown=first)
        menu = sent.layout.updatemenus[1]
        assert len(menu.buttons) == len(FOUR) - first
        for place, button in enumerate(menu.buttons, first):
            style, layout, changed = button.args
            _, wanted = picture(*FOUR, pair=pair, shown=place)
            traces = [wanted.data[one] for one in changed]
            assert traces == list(coloured(wanted, 1 if pair else 0))
            assert style["colorscale"] == [stops(trace) for trace in traces]
            assert style["hovertemplate"] == [trace.hovertemplate for trace in traces]
            if pair:
                text = wanted.layout.scene.annotations[1].text
                assert layout == {"scene.annotations[1].text": text}
            else:
                assert layout == {"title.text": wanted.layout.title.text}

    def test_one_choice_needs_no_button(self):
        assert len(picture(FOUR[0])[1].layout.updatemenus) == 1
        assert len(picture(*FOUR[:2], pair=True, shown=1)[1].layout.updatemenus) == 1

    def test_labels_are_numbers_where_names_do_not_fit(self):
        assert exercise_labels(["x" * 30, "y" * 30], narrow=False) == ["1", "2"]


class TestPicture:
    def test_two_legs_are_one_leg_twice_side_by_side(self):
        _, figure = picture(*FOUR[:2], pair=True, shown=1)
        one, other = meshes(figure)[0], meshes(figure)[len(leg_muscles()) + 2]
        step = np.asarray(other.x, int) - np.asarray(one.x, int)
        assert (step == step[0]).all() and step[0] > 0
        assert (np.asarray(other.y, int) - np.asarray(one.y, int) == step[0]).all()
        assert (np.asarray(other.z) == np.asarray(one.z)).all()
        names = [note.text for note in figure.layout.scene.annotations]
        assert [name[0] for name in names] == ["1", "2"]

    @pytest.mark.parametrize("lens", ["role", "activity_mean"])
    @pytest.mark.parametrize("pair", [False, True])
    def test_four_exercises_stay_within_the_size_agreed(self, lens, pair):
        _, figure = picture(*FOUR, lens=lens, pair=pair, shown=1)
        assert len(figure.to_json().encode()) < MOST_BYTES

    def test_the_view_stays_when_a_new_figure_comes(self):
        scenes = [picture(code)[1].layout.scene for code in FOUR[:2]]
        assert scenes[0].uirevision == scenes[1].uirevision is not None
        assert scenes[0].camera == scenes[1].camera
        assert scenes[0].xaxis.range == scenes[1].xaxis.range

    def test_all_of_the_leg_is_in_the_scene(self):
        _, figure = picture(*FOUR[:2], pair=True, shown=1)
        for trace in meshes(figure):
            for name in "xyz":
                low, high = figure.layout.scene[f"{name}axis"].range
                assert low < np.min(trace[name]) and np.max(trace[name]) < high

    def test_numbers_go_out_as_bytes(self):
        _, figure = picture(FOUR[0])
        sent = json.loads(figure.to_json())["data"][2]
        assert all("bdata" in sent[name] for name in ("x", "i", "intensity"))

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            ({"side": "top"}, "side is 'top'; allowed are front, back, inner, outer"),
            ({"shown": 2}, "shown is 2; allowed are 0, 1"),
            ({"shown": 0, "pair": True}, "shown is 0; allowed are 1"),
        ],
    )
    def test_what_cannot_be_drawn_is_refused(self, options, sentence):
        with pytest.raises(ValueError, match=sentence):
            picture(*FOUR[:2], **options)

    def test_one_exercise_has_no_second_leg(self):
        with pytest.raises(ValueError, match="two legs need two exercises"):
            picture(FOUR[0], pair=True, shown=1)
