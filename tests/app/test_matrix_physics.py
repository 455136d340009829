"""The view of the leg model: torques, live, and its check against measurements."""

from urllib.parse import parse_qs, urlsplit

import pytest

from spotcheck import tables
from spotcheck.muscles import demand, model_check, physics
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"
PHASES, TORQUES = tables.load("leg_model_phases"), tables.load("leg_model_torques")
NAMES = tables.load("exercises").set_index("exercise_id")["name"].to_dict()


def charts(app):
    return len(app.get("plotly_chart"))


def peaks_without_assumed_loads():
    peaks = demand.peak_demand(demand.phase_demand(PHASES, TORQUES))
    assumed = set(PHASES.loc[PHASES["is_set_by_load"], "exercise_id"])
    return peaks[~peaks["exercise_id"].isin(assumed)]


def test_the_heading_is_the_largest_torque_of_the_table(open_page):
    app = open_page(PAGE, view="physics")
    wanted = demand.finding(peaks_without_assumed_loads(), "hip_adduction", NAMES)
    assert wanted in [one.replace("\\", "") for one in headings(app, 2, 3)]
    assert charts(app) == 1
    text = body(app)
    for letter in demand.FLAG_LETTERS.values():
        assert f"**{letter}**" in text


def test_filters_of_muscles_choose_the_direction(open_page):
    app = open_page(PAGE, view="physics", group="front_thigh")
    wanted = demand.finding(peaks_without_assumed_loads(), "knee_extension", NAMES)
    assert wanted in [one.replace("\\", "") for one in headings(app, 2, 3)]


def test_filters_of_exercises_apply_and_have_a_way_out(open_page):
    app = open_page(PAGE, view="physics", pattern="pedal")
    assert not charts(app)
    assert "No exercise that your filters leave is modelled." in body(app)
    app = open_page(PAGE, view="physics", equipment="kettlebell", pattern="pedal")
    assert headings(app, 2, 3) == ["One step back"]


def test_chosen_exercises_are_compared_and_one_without_poses_says_so(open_page):
    app = open_page(
        PAGE, view="physics", exercise=["back_squat_full", "side_plank", "running_easy"]
    )
    assert charts(app) == 2
    found = [one.replace("\\", "") for one in headings(app, 2, 3)]
    assert "Easy running is not modelled" in found
    assert any(
        one.startswith("Back squat to full depth asks most for knee extension") for one in found
    )
    reason = tables.load("leg_model_left_out").set_index("exercise_id")["reason"]["running_easy"]
    assert reason in body(app).replace("\\", "")
    way = next(one for one in app.button if one.label.startswith("See what was measured"))
    way.click().run()
    assert_sound(app)
    assert app.session_state["muscle_matrix/store"]["values"]["view"] == "all"
    assert app.session_state["muscle_matrix/store"]["values"]["lens"] == "activity_mean"


def test_exercises_without_poses_are_listed_with_their_reasons(open_page):
    app = open_page(PAGE, view="physics")
    app.session_state["physics/left-out"] = True
    app.run()
    assert_sound(app)
    text = body(app).replace("\\", "")
    for row in tables.load("leg_model_left_out").to_dict("records"):
        assert row["reason"] in text


def test_sliders_solve_anew_and_stand_in_the_link(open_page):
    app = open_page(PAGE, view="physics", part="live", live="back_squat_parallel")
    assert charts(app) == 2
    before = headings(app, 2, 3)
    app.slider(key="muscle_matrix/load").set_value(0).run()
    assert_sound(app)
    after = headings(app, 2, 3)
    assert before != after
    pose = physics.poses(
        *(
            table[table["exercise_id"].eq("back_squat_parallel")]
            for table in (PHASES, TORQUES, tables.load("leg_model_strengths"))
        )
    )[("back_squat_parallel", "parallel")]
    at = demand.pose_axes(TORQUES, "back_squat_parallel", "parallel").index("knee_flexion")
    asked = abs(demand.needs(pose, demand.Setting(load=0))[at])
    assert any(one.startswith(f"Knee extension, {asked:.0f}\u00a0N") for one in after)
    app.button(key="muscle_matrix/share").click().run()
    address = next(one.value for one in app.code)
    assert parse_qs(urlsplit(address).query)["load"] == ["0"]


def test_settings_out_of_range_are_clipped_with_a_notice(open_page):
    app = open_page(PAGE, view="physics", part="live", load="900", strength="1", model_weight="7")
    values = app.session_state["muscle_matrix/store"]["values"]
    assert (values["load"], values["strength"], values["model_weight"]) == (120, 50, 40)
    assert body(app).count("this page can handle") == 3


def test_an_exercise_without_a_load_has_no_slider_for_it(open_page):
    app = open_page(PAGE, view="physics", part="live", live="copenhagen_adductor_plank")
    assert not [one for one in app.slider if one.label == "Load"]
    assert "This exercise has no load beside the body." in body(app)
    assert any(one.startswith("Hip adduction, 118\u00a0N") for one in headings(app, 2, 3))


def test_a_position_and_a_torque_can_be_chosen(open_page):
    app = open_page(
        PAGE, view="physics", part="live", live="back_squat_parallel", phase="quarter",
        axis="ankle_dorsiflexion",
    )  # fmt: skip
    assert any(one.startswith("Plantarflexion, ") for one in headings(app, 2, 3))
    assert "Position: Quarter." in body(app)
    app.selectbox(key="physics/axis").set_value("hip_flexion").run()
    assert_sound(app)
    assert any(one.startswith("Hip extension, ") for one in headings(app, 2, 3))


def test_what_does_not_fit_the_exercise_falls_back(open_page):
    held = TORQUES[TORQUES["is_held"] & TORQUES["axis"].eq("hip_flexion")].iloc[0]
    app = open_page(
        PAGE, view="physics", part="live", live=held["exercise_id"], phase="quarter",
        axis="hip_flexion",
    )  # fmt: skip
    assert charts(app) == 2
    chosen = app.selectbox(key="physics/axis").value
    assert chosen != "hip_flexion"


def test_live_without_poses_offers_what_was_measured(open_page):
    app = open_page(PAGE, view="physics", part="live", live="running_easy")
    assert not charts(app)
    assert "Easy running is not modelled" in headings(app, 2, 3)
    assert any(one.label.startswith("See what was measured") for one in app.button)
    app.selectbox(key="physics/live").set_value("forward_lunge").run()
    assert_sound(app)
    assert charts(app) == 2


def test_the_check_prints_the_figures_of_the_pairs(open_page):
    app = open_page(PAGE, view="physics", part="check")
    phases, measurements, variants, portions = map(
        tables.load,
        ("leg_model_phases", "engagement_measurements", "exercise_variants", "leg_model_portions"),
    )
    comparisons = tables.load("leg_model_comparisons")
    solved = physics.poses(phases, TORQUES, tables.load("leg_model_strengths"))
    values = model_check.model_values(solved, portions, tables.load("leg_model_muscles"))
    own = comparisons[~comparisons["is_held_out"]]
    found = model_check.by_set(model_check.pairs(own, measurements, variants, values))
    heading = next(one for one in headings(app, 2, 3) if one.startswith("While it was made"))
    assert f"{found['bodyweight'].rho:.2f}" in heading
    assert f"{found['barbell'].rho:.2f}" in heading
    pairs = model_check.pairs(comparisons, measurements, variants, values)
    far = model_check.far_off(pairs)
    assert any(one.startswith(f"Known failures: {len(far)} of") for one in headings(app, 2, 3))
    assert body(app).count("estimated") >= len(far)
    if not comparisons["is_held_out"].any():
        assert headings(app, 2, 3)[0] == "The fair test is still to come"


@pytest.mark.parametrize("part", ["torques", "live", "check"])
def test_a_phone_gets_every_part(open_page, part):
    app = open_page(PAGE, view="physics", part=part, exercise="forward_lunge")
    app.session_state["frame"] = {"narrow": True}
    app.run()
    assert_sound(app)
    assert charts(app) >= 1
