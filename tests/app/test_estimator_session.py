"""The training week: every change reaches the plan, nothing typed is lost, receipts add up."""

from urllib.parse import parse_qs

import pytest

from spotcheck.energy.training import MOST_SESSIONS, Plan, cross_check, receipt, strength_mets
from spotcheck.ui import links, plans, settings
from spotcheck.wording import escaped, kcal, number, percent, round_kcal
from tests.app.support import assert_sound, body, headings

PAGE = "pages/calorie_deficit.py"
WEEK = ["intervals,2,40,12,0,4,240,180", "steady,3,40,9,0,0,0,0", "back_squat_full,1,30,9,0,0,0,0"]
ROWS = (
    ("intervals", 2, 40, 12, 0, 4, 240, 180),
    ("steady", 3, 40, 9, 0, 0, 0, 0),
    ("back_squat_full", 1, 30, 9, 0, 0, 0, 0),
)


@pytest.fixture
def editor(open_page):
    """Open the page with the drawer of the week open."""

    def opened(**parameters):
        app = open_page(PAGE, **{"view": "session", **parameters})
        # Over a list the drawer is open from the start.
        if not rows(app):
            app.session_state["calorie_deficit/week/start"] = True
            app.run()
        return app

    return opened


def stored(app):
    return app.session_state["plan/store"]["values"]


def rows(app):
    return stored(app)["week"]


def buttons(app):
    return [one.label for one in app.button]


def press(app, label):
    next(one for one in app.button if one.label.startswith(label)).click().run()
    assert_sound(app)


def control(app, kind, label):
    """The control of the open session; those of the page come before it or have other names."""
    return next(
        one
        for one in getattr(app, kind)
        if "/week/" in (one.key or "") and one.label.startswith(label)
    )


def change(app, kind, label, value):
    control(app, kind, label).set_value(value).run()
    assert_sound(app)


def drawn(app):
    """Keys of the charts on the page."""
    return [one.key for one in app.get("plotly_chart")]


def energy(app):
    person = plans.person(stored(app))
    resting = float(person.resting_metabolic_rate_kcal_per_day)
    return Plan(plans.week(stored(app))).energy(stored(app)["weight"], resting)


def test_the_list_is_one_tap_away_and_starts_from_the_sliders(editor):
    app = editor(sessions="4", minutes="50", speed="10", grade="3")
    before = energy(app)
    press(app, "Plan several kinds of session")
    assert rows(app) == (("steady", 4, 50, 10.0, 3, 0, 0, 0),)
    assert energy(app) == before
    assert not any(one.label == "Sessions a week" for one in app.slider)


def test_the_drawer_builds_nothing_while_it_is_closed(open_page):
    app = open_page(PAGE)
    assert "Plan several kinds of session" not in buttons(app)
    assert "Plan a whole week" in [one.label for one in app.expander]


def test_a_list_without_sessions_before_starts_with_one(editor):
    app = editor(sessions="0")
    press(app, "Plan several kinds of session")
    assert rows(app)[0][1] == 1


def test_a_session_is_added_edited_copied_and_removed(editor):
    app = editor()
    press(app, "Plan several kinds of session")
    press(app, "Add a session")
    assert [row[0] for row in rows(app)] == ["steady", "intervals"]
    change(app, "slider", "Times a week", 2)
    change(app, "slider", "Minutes", 60)
    change(app, "slider", "Speed", 14.0)
    change(app, "slider", "Slope", 2)
    assert rows(app)[1] == ("intervals", 2, 60, 14.0, 2, 0, 0, 0)
    assert escaped("2\u00a0×\u00a0Intervals, 60\u00a0min") in buttons(app)
    press(app, "Duplicate")
    assert rows(app)[1] == rows(app)[2]
    change(app, "slider", "Minutes", 20)
    assert [row[2] for row in rows(app)] == [40, 60, 20]
    press(app, "Remove")
    assert [row[2] for row in rows(app)] == [40, 60]
    press(app, "Bring the session back")
    assert [row[2] for row in rows(app)] == [40, 60, 20]
    assert "Bring the session back" not in buttons(app)


def test_every_row_shows_its_own_numbers(editor):
    app = editor(week=["steady,1,20,8,0", "steady,2,30,9,1", "steady,3,50,11,2"])
    for times, minutes, speed, grade in ((1, 20, 8, 0), (2, 30, 9, 1), (3, 50, 11, 2)):
        press(app, f"{times}\u00a0×\u00a0")
        shown = [
            control(app, "slider", one).value for one in ("Times", "Minutes", "Speed", "Slope")
        ]
        assert shown == [times, minutes, speed, grade]
    press(app, "1\u00a0×\u00a0")
    press(app, "Remove")
    press(app, "2\u00a0×\u00a0")
    assert control(app, "slider", "Minutes").value == 30


def test_a_row_that_changes_elsewhere_shows_the_new_numbers(editor):
    app = editor(week="steady,3,40,9,0")
    press(app, "3\u00a0×\u00a0")
    change(app, "slider", "Minutes", 80)
    app.query_params["week"] = "steady,3,25,12,0"
    app.run()
    assert control(app, "slider", "Minutes").value == 25
    assert control(app, "slider", "Speed").value == 12


@pytest.mark.parametrize("kind", settings.codes("session_types", "session_type"))
def test_each_kind_has_its_limits_and_keeps_what_it_can(editor, kind):
    app = editor(week="steady,3,40,5,15")
    press(app, "3\u00a0×\u00a0")
    change(app, "selectbox", "Kind", kind)
    for name, limits, given in (
        ("Speed", settings.speed_limits(kind), 5),
        ("Slope", settings.grade_limits(kind), 15),
    ):
        slider = control(app, "slider", name)
        assert (slider.min, slider.max) == limits
        assert slider.value == min(max(given, limits[0]), limits[1])
        clipped = slider.value != given
        assert any(f"{number(slider.value)}\u00a0" in one.value for one in app.info) or not clipped
    assert rows(app)[0][1:3] == (3, 40)


def test_strength_has_no_speed_and_keeps_it_for_later(editor):
    app = editor(week="steady,3,40,9,2")
    press(app, "3\u00a0×\u00a0")
    change(app, "selectbox", "Kind", "leg_press")
    assert not any(one.label.startswith(("Speed", "Slope")) for one in app.slider)
    assert f"{number(strength_mets()['leg_press'], 1)}\u00a0MET" in body(app)
    change(app, "selectbox", "Kind", "steady")
    assert rows(app) == (("steady", 3, 40, 9.0, 2, 0, 0, 0),)


def test_repeats_start_at_the_usual_share_and_cost_the_same(editor):
    for week in ("intervals,2,40,12,0", "hill_sprints,2,20,15,10"):
        app = editor(week=week)
        press(app, "2\u00a0×\u00a0")
        before = energy(app).extra_kcal_per_week
        change(app, "toggle", "Set the repeats", True)
        repeats, work, recovery = rows(app)[0][5:]
        assert repeats * (work + recovery) <= 60 * rows(app)[0][2]
        assert energy(app).extra_kcal_per_week == pytest.approx(before)
        assert not app.info[0].value.startswith("The repeats")


@pytest.mark.parametrize("minutes", [5, 180])
@pytest.mark.parametrize("kind", ["intervals,1,{},12,0", "hill_sprints,1,{},15,10"])
def test_repeats_can_be_set_whatever_the_minutes(editor, kind, minutes):
    app = editor(week=kind.format(minutes))
    press(app, "1\u00a0×\u00a0")
    change(app, "toggle", "Set the repeats", True)
    repeats, work, recovery = rows(app)[0][5:]
    assert repeats >= 1
    assert repeats * (work + recovery) <= 60 * minutes


def test_repeats_change_and_what_does_not_fit_is_told(editor):
    app = editor(week="intervals,2,40,12,0,4,240,180")
    press(app, "2\u00a0×\u00a0")
    change(app, "slider", "Repeats", 5)
    change(app, "select_slider", "Fast part", 300)
    assert rows(app)[0][5:] == (5, 300, 180)
    change(app, "select_slider", "Recovery", 300)
    assert rows(app)[0][5:] == (4, 300, 300)
    assert "do not fit into its 40 minutes" in app.info[0].value
    change(app, "toggle", "Set the repeats", False)
    assert rows(app)[0][5:] == (0, 300, 300)
    change(app, "toggle", "Set the repeats", True)
    assert rows(app)[0][6:] == (300, 300)


def test_pace_and_units_are_those_of_the_reader(editor):
    app = editor(week="steady,3,40,9,0", pace="min_km")
    press(app, "3\u00a0×\u00a0")
    change(app, "select_slider", "Speed as pace", 10.0)
    assert rows(app)[0][3] == 10
    app = editor(week="steady,3,40,9,0", units="imperial")
    press(app, "3\u00a0×\u00a0")
    change(app, "slider", "Speed, mph", 6.0)
    assert rows(app)[0][3] == pytest.approx(9.66)
    assert "6.0\u00a0mph (10:00\u00a0min/mile)" in body(app)


def test_a_full_week_takes_no_more(editor):
    app = editor(week=["walk,1,30,5,0"] * MOST_SESSIONS)
    press(app, "1\u00a0×\u00a0")
    assert not {"Add a session", "Duplicate"} & set(buttons(app))
    assert "A week holds up to eight kinds" in body(app)


def test_back_to_one_kind_and_the_way_back(editor):
    app = editor(week=WEEK, minutes="55")
    press(app, "Back to one kind of session")
    assert rows(app) == ()
    assert next(one for one in app.slider if one.label.startswith("Minutes")).value == 55
    press(app, "Bring the list back")
    assert rows(app) == ROWS


def test_removing_the_last_session_leads_back_to_the_sliders(editor):
    app = editor(week="walk,2,30,5,0")
    press(app, "2\u00a0×\u00a0")
    press(app, "Remove")
    assert rows(app) == ()
    press(app, "Bring the list back")
    assert rows(app) == (("walk", 2, 30, 5.0, 0, 0, 0, 0),)


def test_reset_and_its_undo_bring_the_week_back(editor):
    app = editor(week=WEEK)
    press(app, "Reset")
    assert rows(app) == ()
    press(app, "Undo reset")
    assert rows(app) == ROWS
    press(app, "2\u00a0×\u00a0")
    assert control(app, "slider", "Speed").value == 12


def test_a_ready_plan_takes_the_lists_place_and_can_be_taken_back(editor):
    app = editor(week=WEEK)
    preset = next(one for one in app.selectbox if one.label == "Start from a plan")
    preset.set_value("walk_5x30").run()
    assert_sound(app)
    assert rows(app) == ()
    press(app, "Bring the list back")
    assert rows(app) == ROWS


def test_a_link_brings_the_whole_week(open_page):
    values = links.defaults(settings.estimator()) | {"week": ROWS, "view": "session"}
    query = links.write(settings.estimator(), values, with_personal=False)
    app = open_page(PAGE, **parse_qs(query))
    assert rows(app) == ROWS
    assert not app.session_state["plan/store"]["notices"]


@pytest.mark.parametrize(
    "week",
    [
        [""],
        ["swim,1,30"],
        ["intervals,nan,inf,-1,1e999,61,9999,9999"],
        ["hill_sprints,99,999,99,99,60,1800,1800", "walk,-3,0,0,-99"],
        ["<script>alert(1)</script>,,,,,,,,,,,,"],
        ["steady,3,40,9,0"] * 50,
        ["back_squat_full", "leg_press,,", "downhill,1,40,10"],
        ["steady,14,180,20,15"] * 8,
        ["intervals,1,5,22,5,60,0,0"],
    ],
)
def test_a_strange_week_is_read_as_far_as_it_goes(editor, week):
    app = editor(week=week)
    assert len(rows(app)) <= MOST_SESSIONS
    if rows(app):
        press(app, f"{rows(app)[0][1]}\u00a0×\u00a0")
    assert "<script>" not in body(app)
    assert energy(app).extra_kcal_per_week > 0


@pytest.mark.parametrize("week", [WEEK, WEEK[1:2], []])
def test_the_energy_of_the_page_is_that_of_the_plan(open_page, week):
    app = open_page(PAGE, view="session", week=week or [""])
    spent = energy(app)
    labels = {one.label: one.value for one in app.metric}
    if len(week) > 1:
        assert labels["Energy a week, net"] == kcal(spent.extra_kcal_per_week)
        assert kcal(spent.extra_kcal_per_week) in headings(app)[0]
    else:
        assert labels["Energy a session, net"] == kcal(spent.sessions[0].net_kcal)


def test_the_week_is_drawn_and_its_table_adds_up(open_page):
    app = open_page(PAGE, view="session", week=WEEK)
    app.session_state["table/week"] = True
    app.run()
    table = app.dataframe[0].value
    assert len(table) == len(WEEK)
    assert table["extra_kcal_per_week"].sum() == pytest.approx(
        energy(app).extra_kcal_per_week, abs=0.01
    )


def test_the_receipt_is_of_the_session_with_most_energy_until_another_is_chosen(open_page):
    app = open_page(PAGE, view="session", week=WEEK)
    sessions, spent = plans.week(stored(app)), energy(app).sessions
    for place, choose in ((1, None), (0, 0), (2, 2)):
        chooser = next(one for one in app.selectbox if one.label == "Look at one session")
        if choose is not None:
            chooser.set_value(choose).run()
            assert_sound(app)
        rows_ = receipt(spent[place], 0.45).set_index("step")["kcal"]
        counts = number(round_kcal(rows_["counts"]))
        assert f"Of {kcal(rows_['gross'])} on the watch, about {counts} count" in headings(app)
        check = cross_check(sessions[place], 68, _resting(app))
        for row in check[check["why_not"].eq("") & check["method"].ne("ours")].itertuples():
            assert percent(abs(row.against_ours)) in body(app)


def _resting(app):
    return float(plans.person(stored(app)).resting_metabolic_rate_kcal_per_day)


def test_the_parts_of_a_session_are_told(open_page):
    text = body(open_page(PAGE, view="session", week="intervals,2,40,12,2,4,240,180"))
    assert "Fast: 4 × 4\u00a0min, 16\u00a0min of running at 12.0\u00a0km/h" in text
    assert "2\u00a0% uphill" in text
    assert "Recovery: 4 × 3\u00a0min, 12\u00a0min" in text
    assert "Warm-up and cool-down: 12\u00a0min" in text
    assert "each for one even pace" in text


def test_strength_says_where_its_figure_comes_from(open_page):
    text = body(open_page(PAGE, view="session", week="back_squat_full,3,30"))
    assert "closest line of the 2024 Compendium, 02052" in text
    assert "5.0\u00a0MET" in text
    assert "We add nothing for the hours afterwards" in text


def test_an_empty_week_has_a_way_out(open_page):
    app = open_page(PAGE, view="session", sessions="0", minutes="90", intake="-200")
    assert "No session in this week" in body(app)
    press(app, f"Start with {settings.default_preset()['label']}")
    assert (stored(app)["sessions"], stored(app)["minutes"]) == (3, 40)
    assert stored(app)["intake"] == -200
    assert drawn(app)


@pytest.mark.parametrize("week", [WEEK, ["steady,3,40,9,0"] * 3, [""]])
def test_under_18_sees_what_a_session_costs_and_no_more(open_page, week):
    app = open_page(PAGE, age="15", week=week)
    assert len(app.get("plotly_chart")) == 1
    assert "A session costs about" in body(app)
    assert "Made up elsewhere" not in app.get("plotly_chart")[0].proto.spec
    assert "count" not in " ".join(headings(app))


def test_under_18_without_a_session_has_a_way_out(open_page):
    app = open_page(PAGE, age="15", sessions="0")
    assert "No session in this week" in body(app)
    press(app, "Start with")
    assert "A session costs about" in body(app)


def test_on_a_phone_the_week_is_in_the_drawer(open_page):
    app = open_page(PAGE, view="session", week=WEEK)
    app.session_state["frame"] = {"narrow": True}
    app.run()
    assert_sound(app)
    press(app, "3\u00a0×\u00a0")
    change(app, "slider", "Minutes", 60)
    assert rows(app)[1][2] == 60
    assert kcal(energy(app).extra_kcal_per_week) in headings(app)[0]


def test_sessions_of_the_same_name_are_told_apart_by_their_speed(open_page):
    app = open_page(PAGE, view="session", week=["steady,2,40,8,0", "steady,2,40,11,0", WEEK[2]])
    chooser = next(one for one in app.selectbox if one.label == "Look at one session")
    assert [one.partition("min")[2] for one in chooser.options] == [
        ", 8.0\u00a0km/h",
        ", 11.0\u00a0km/h",
        "",
    ]


def test_more_training_than_can_be_followed_is_explained_and_kept(open_page):
    app = open_page(PAGE, sessions="14", minutes="180", speed="20", grade="15", weight="200")
    assert "more training than this page can follow" in body(app)
    assert "a day on top of resting" in body(app)
    assert not app.metric
    assert (stored(app)["sessions"], stored(app)["minutes"]) == (14, 180)
