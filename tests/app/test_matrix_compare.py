"""View "Compare": chosen exercises, every lens, the muscle in detail, and the way in."""

import json

import pytest

from spotcheck import tables
from spotcheck.muscles import comparison
from spotcheck.ui.matrix.compare import STORY, tapped_muscle
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"
ROLES = tables.load("engagement_roles")
NAMES = tables.load("exercises").set_index("exercise_id")["name"]
HIPS = ("side_lying_abduction", "clamshell", "lateral_band_walk", "single_leg_squat")


def stored(app):
    return app.session_state["muscle_matrix/store"]["values"]


def opened(open_page, exercises=STORY, **more):
    return open_page(PAGE, view="compare", exercise=list(exercises), **more)


def charts_of(app):
    return [json.loads(one.proto.spec) for one in app.get("plotly_chart")]


class TestWayIn:
    def test_nothing_is_forced_and_one_tap_shows_the_story(self, open_page):
        app = open_page(PAGE, view="compare")
        assert "Choose two to four exercises" in body(app) and not app.get("plotly_chart")
        next(one for one in app.button if one.label.startswith("Compare ")).click().run()
        assert_sound(app)
        assert stored(app)["exercise"] == STORY
        assert len(app.get("plotly_chart")) == 1 + len(STORY)

    def test_one_is_completed(self, open_page):
        app = opened(open_page, ["clamshell"])
        assert "One more" in body(app)
        next(one for one in app.button if one.label.startswith("Add ")).click().run()
        assert_sound(app)
        assert stored(app)["exercise"] == ("clamshell", *STORY[:2])


class TestChoosing:
    def test_exercises_are_added_up_to_four_and_taken_away(self, open_page):
        app = opened(open_page)
        app.selectbox(key="compare/add").set_value("hip_thrust").run()
        assert_sound(app)
        assert stored(app)["exercise"] == (*STORY, "hip_thrust")
        assert app.selectbox(key="compare/add").disabled
        app.button(key=f"compare/remove/{STORY[0]}").click().run()
        assert_sound(app)
        assert stored(app)["exercise"] == (*STORY[1:], "hip_thrust")
        assert app.selectbox(key="compare/add").value is None

    def test_what_is_chosen_is_not_offered_again(self, open_page):
        options = opened(open_page).selectbox(key="compare/add").options
        assert len(options) == len(NAMES) - len(STORY)
        assert not set(options) & set(NAMES[list(STORY)])


class TestFindings:
    def test_the_title_counts_the_leading_roles(self, open_page):
        app = opened(open_page)
        cells = ROLES[ROLES["exercise_id"].isin(STORY)]
        title = comparison.role_title(cells, {code: NAMES[code] for code in STORY})
        assert title in headings(app)

    def test_differences_are_counted_from_the_table(self, open_page):
        app = opened(open_page)
        table = app.dataframe[0].value
        n_same = int(table["Difference"].eq(comparison.THE_SAME).sum())
        assert len(table) == 26 and table.columns[2] == f"1 {NAMES[STORY[0]]}"
        assert f"{26 - n_same} of 26 muscles differ" in body(app)

    @pytest.mark.parametrize("lens", ["role", "activity_mean", "other_scale"])
    def test_every_lens_draws_and_says_what_is_missing(self, open_page, lens):
        app = opened(open_page, HIPS, lens=lens)
        assert ("which is not zero" in body(app)) == (lens != "role")
        assert len(app.get("plotly_chart")) in (len(HIPS), len(HIPS) + 1)

    def test_nothing_measured_is_said_and_no_empty_picture_is_drawn(self, open_page):
        app = opened(open_page, ["leg_press", "hack_squat"], lens="muscle_force")
        assert "None of these has been measured this way" in body(app)
        assert len(app.get("plotly_chart")) == 2 and not app.dataframe

    def test_a_group_of_muscles_narrows_the_comparison(self, open_page):
        app = opened(open_page, group="inner_thigh")
        assert len(app.dataframe[0].value) == 4
        assert "of 4 muscles" in body(app)


class TestBody:
    def test_all_maps_are_on_one_scale(self, open_page):
        app = opened(open_page, HIPS, lens="activity_mean")
        bars = [
            (trace["cmin"], trace["cmax"]) if "cmin" in trace else str(trace.get("marker"))
            for figure in charts_of(app)[1:]
            for trace in figure["data"][-1:]
        ]
        assert len(bars) == len(HIPS) and len(set(bars)) == 1

    def test_layer_and_crop_are_one_tap_away(self, open_page):
        app = opened(open_page)
        before = [one.proto.spec for one in app.get("plotly_chart")]
        app.segmented_control(key="muscle_matrix/layer").set_value("deep").run()
        assert_sound(app)
        deep = [one.proto.spec for one in app.get("plotly_chart")]
        assert deep[0] == before[0] and all(
            a != b for a, b in zip(deep[1:], before[1:], strict=True)
        )
        app.toggle(key="muscle_matrix/whole").set_value(True).run()
        assert_sound(app)
        assert stored(app)["whole"] and stored(app)["layer"] == "deep"


class TestDetail:
    def test_a_muscle_opens_what_the_tables_hold_for_every_exercise(self, open_page):
        app = opened(open_page)
        app.selectbox(key="compare-muscle").set_value("adductor_longus").run()
        assert_sound(app)
        for code in STORY:
            assert f"**Adductor longus in {NAMES[code]}**" in body(app)
        assert stored(app)["exercise"] == STORY

    def test_every_mark_of_dots_and_body_leads_to_its_muscle(self, open_page):
        muscles = tables.load("muscles").set_index("name")["muscle_id"]
        n_marks = 0
        for figure in charts_of(opened(open_page)):
            for trace in figure["data"]:
                for place, data in enumerate(trace.get("customdata", ())):
                    n_marks += 1
                    muscle = tapped_muscle([{"customdata": data}])
                    if "hovertext" in trace:
                        said = trace["hovertext"][place]
                        assert any(name in said for name, code in muscles.items() if code == muscle)
        assert n_marks > len(STORY) * 26

    def test_a_tap_beside_every_mark_chooses_nothing(self):
        assert tapped_muscle([]) is None
        assert tapped_muscle([{"x": 1}]) is None


def test_a_link_restores_it(open_page):
    app = opened(open_page, HIPS, lens="activity_mean", layer="deep", muscle="gluteus_medius")
    assert stored(app)["exercise"] == HIPS
    assert "**Gluteus medius in Clamshell**" in body(app)
