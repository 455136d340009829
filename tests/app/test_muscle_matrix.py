"""Muscle matrix: every view, lens, filter and link; what is written is what the tables say."""

import json
import re
from itertools import product
from urllib.parse import parse_qs

import pytest

from spotcheck import measured, tables
from spotcheck.muscles import count_measurements, matrix, measurements_for
from spotcheck.muscles.evidence import LENSES
from spotcheck.muscles.order import (
    FILTERS,
    Links,
    evidence_of,
    filtered,
    kinds_of,
    muscles_of,
    named_exercises,
    ordered,
    start_exercises,
)
from spotcheck.muscles.similarity import likeness_order, role_vectors
from spotcheck.muscles.story import (
    NOT_MEASURED,
    ROLES_CODED,
    SESSION_OF_RUN,
    counts_sentence,
    measured_headline,
    role_headline,
)
from spotcheck.ui import links, settings
from spotcheck.ui.matrix.controls import CHAINS, PATTERNS
from spotcheck.ui.matrix.heatmap import FILTER_WORDS
from tests.app.support import assert_sound, body, titles

PAGE = "pages/muscle_matrix.py"
LENS_KEY = "muscle_matrix/lens/open"
EXERCISES = tables.load("exercises")
MUSCLES = tables.load("muscles")
ROLES = tables.load("engagement_roles")
METRICS = tables.load("metrics")
NAMES = EXERCISES.set_index("exercise_id")["name"]
START = start_exercises(EXERCISES, tables.load("claim_mentions"))
LINKS = Links(
    tables.load("exercise_equipment"),
    tables.load("exercise_planes"),
    named_exercises(tables.load("claim_mentions"), tables.load("claims")),
)


def stored(app):
    return app.session_state["muscle_matrix/store"]["values"]


def shown(app):
    return re.search(r"\*\*(\d+ exercises?, \d+ muscles?)\.\*\*", body(app))[1]


def links_of(app):
    return [one for one in app.get("page_link") if one.proto.query_string]


def of_group(frame, group):
    return frame[frame["muscle_id"].isin(muscles_of(MUSCLES, [group])["muscle_id"])]


def test_on_a_phone_an_open_cell_is_told_right_under_the_picture(open_page):
    app = open_page(PAGE, exercise="copenhagen_adductor_plank", muscle="adductor_longus")
    short = "Two numbers from one source. More below."
    assert short not in body(app)
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    (under,) = [one.value for one in app.markdown if short in one.value]
    assert under.index(short) < under.index("12 exercises, 18 muscles.")
    app = open_page(PAGE, exercise="copenhagen_adductor_plank")
    app.session_state["frame"] = {"narrow": True}
    assert_sound(app.run())
    assert "**Copenhagen adductor plank**: below." in body(app)


def test_it_opens_on_running_and_the_articles(open_page):
    app = open_page(PAGE)
    assert shown(app) == f"{len(START)} exercises, 18 muscles"
    cells = of_group(ROLES[ROLES["exercise_id"].isin(START["exercise_id"])], "inner_thigh")
    assert titles(app) == [role_headline(cells, of_group(ROLES, "inner_thigh"), "inner_thigh")]
    counts = count_measurements(
        tables.load("engagement_measurements"), tables.load("exercise_variants")
    )
    assert counts_sentence(counts) in body(app)
    assert ROLES_CODED in body(app)


def test_everything_is_one_tap_away(open_page):
    app = open_page(PAGE)
    app.segmented_control(key="muscle_matrix/view").set_value("all").run()
    assert_sound(app)
    assert shown(app) == f"{len(EXERCISES)} exercises, {len(MUSCLES)} muscles"


# The other views have tests of their own; each lens and each order is met in either heatmap.
COMBINATIONS = [
    (view, lens, list(settings.MATRIX_ORDERS)[place % len(settings.MATRIX_ORDERS)])
    for place, (view, lens) in enumerate(product(settings.HEATMAP_VIEWS, settings.MATRIX_LENSES))
]


@pytest.mark.parametrize(("view", "lens", "order"), COMBINATIONS)
def test_every_heatmap_lens_and_order_draws(open_page, view, lens, order):
    app = open_page(PAGE, view=view, lens=lens, order=order, single="1")
    assert stored(app)["lens"] == lens and stored(app)["order"] == order
    assert len(app.get("plotly_chart")) == 1


def test_likeness_orders_the_rows_of_the_picture(open_page):
    app = open_page(PAGE, view="all", order="similarity", kind="running")
    (chart,) = app.get("plotly_chart")
    running = EXERCISES[EXERCISES["is_running_form"]]
    likeness = likeness_order(role_vectors(ROLES))
    rows = json.loads(chart.proto.spec)["layout"]["yaxis"]["ticktext"]
    expected = ordered(running, "similarity", likeness=likeness)["name"].tolist()
    assert rows == expected


@pytest.mark.parametrize("group", MUSCLES["muscle_group"].unique())
def test_the_headline_follows_the_group(open_page, group):
    app = open_page(PAGE, view="all", group=group)
    cells = of_group(ROLES, group)
    assert titles(app) == [role_headline(cells, cells, group)]
    n_muscles = cells["muscle_id"].nunique()
    assert shown(app).startswith(f"{len(EXERCISES)} exercises, {n_muscles} muscle")


@pytest.mark.parametrize("lens", LENSES)
def test_the_headline_of_a_measured_lens_is_the_highest_number(open_page, lens):
    app = open_page(PAGE, view="all", lens=lens, group="buttock")
    evidence = evidence_of(lens, measured.cells())
    cells = of_group(matrix(EXERCISES, MUSCLES, ROLES, evidence), "buttock")
    assert titles(app) == [measured_headline(cells, METRICS, NAMES, "buttock")]
    assert f"{(~cells['no_data']).sum()} of the {len(cells)} cells" in body(app)


def test_every_lens_can_be_chosen(open_page):
    app = open_page(PAGE)
    for lens in settings.MATRIX_LENSES:
        app.button_group(key=LENS_KEY).set_value(lens).run()
        assert_sound(app)
        assert stored(app)["lens"] == lens


class TestFilters:
    LINKED = (
        {"equipment": ["barbell", "none"], "plane": ["sagittal", "transverse"]},
        {"equipment": ["band", "bench"], "kind": "strength", "article": ["A", "C"]},
        {"pattern": ["squat", "lunge"], "chain": "closed", "legs": "unilateral"},
        {"kind": "other"},
        {"kind": "running", "legs": "alternating", "article": "B"},
    )

    def kept(self, app):
        values = {name: stored(app)[name] for name in FILTERS}
        values["kind"] = () if values["kind"] == "any" else (values["kind"],)
        return filtered(EXERCISES, LINKS, values)

    @pytest.mark.parametrize("link", LINKED)
    def test_rows_are_what_passes(self, open_page, link):
        app = open_page(PAGE, view="all", **link)
        kept = self.kept(app)
        assert shown(app).startswith(f"{len(kept)} exercise") and len(kept) < len(EXERCISES)

    def test_filters_are_set_by_their_widgets(self, open_page):
        app = open_drawer(open_page(PAGE, view="all"))
        app.button_group(key="muscle_matrix/equipment").set_value(["none"])
        app.button_group(key="muscle_matrix/plane").set_value(["frontal"])
        app.button_group(key="muscle_matrix/article").set_value(["B"])
        app.selectbox(key="muscle_matrix/kind").set_value("strength")
        app.run()
        assert_sound(app)
        assert stored(app)["article"] == ("B",) and stored(app)["kind"] == "strength"
        assert shown(app).startswith(f"{len(self.kept(app))} exercise")

    def test_rare_filters_wait_in_a_drawer_and_are_said(self, open_page):
        app = open_page(PAGE, view="all")
        assert not [one for one in app.button_group if one.label == "Movement"]
        app = open_page(PAGE, view="all", pattern="squat", legs="unilateral")
        assert "Two of these are set." in body(app)

    def test_over_the_first_picture_all_filters_wait_in_a_drawer(self, open_page):
        app = open_page(PAGE, article="B", order="name")
        assert not [one for one in app.button_group if one.label == "Muscles"]
        assert "Two of these are set." in body(app)
        app = open_drawer(app)
        assert app.sidebar.button_group(key="muscle_matrix/article").value == ["B"]
        assert app.sidebar.selectbox(key="muscle_matrix/order").value == "name"

    def test_every_code_of_the_drawer_has_words(self):
        assert set(PATTERNS) == set(EXERCISES["pattern"])
        assert set(CHAINS) == set(EXERCISES["chain"])
        assert set(settings.SIDES) == set(EXERCISES["laterality"])
        assert set(settings.KINDS) == {"any", *kinds_of(EXERCISES)}
        assert set(FILTER_WORDS) == set(FILTERS)

    def test_it_can_take_two_filters_away(self, open_page):
        app = open_page(PAGE, pattern="squat", chain="open", kind="running", article="B")
        assert "Without the movement and the kind filters there are" in body(app)
        assert not app.get("plotly_chart")
        next(one for one in app.button if one.label.startswith("Remove the movement")).click().run()
        assert_sound(app)
        assert stored(app)["pattern"] == () and stored(app)["kind"] == "any"
        assert stored(app)["chain"] == ("open",) and stored(app)["article"] == ("B",)

    def test_nothing_left_names_the_filter_and_the_button_takes_it_away(self, open_page):
        app = open_page(PAGE, equipment="kettlebell", plane="transverse")
        assert titles(app) == ["No exercise fits all these filters."]
        assert not app.get("plotly_chart")
        kept = filtered(START, LINKS, {"equipment": ["kettlebell"]})
        assert f"Without the direction filter there are {len(kept)} to see." in body(app)
        assert "Two of these are set." in body(app)
        assert open_drawer(app).sidebar.button_group(key="muscle_matrix/plane").value == [
            "transverse"
        ]
        next(one for one in app.button if one.label == "Remove the direction filter").click().run()
        assert_sound(app)
        assert shown(app).startswith(f"{len(kept)} exercises")
        assert stored(app)["plane"] == () and stored(app)["equipment"] == ("kettlebell",)

    @pytest.mark.parametrize("view", ["session", "leg"])
    def test_where_filters_count_for_nothing_they_are_neither_offered_nor_used(
        self, open_page, view
    ):
        app = open_page(PAGE, view=view, equipment="kettlebell", plane="transverse", group="calf")
        offered = {one.key for one in (*app.button_group, *app.selectbox)}
        assert not offered & {f"muscle_matrix/{name}" for name in ("group", "plane", "kind")}
        assert titles(app) == titles(open_page(PAGE, view=view))

    def test_the_order_by_one_muscle_asks_which(self, open_page):
        app = open_page(PAGE, view="all")
        assert not [one for one in app.selectbox if one.label == "Order by"]
        app.selectbox(key="muscle_matrix/order").set_value("muscle").run()
        app.selectbox(key="order-muscle").set_value("soleus").run()
        assert_sound(app)
        assert stored(app)["muscle"] == ("soleus",)

    def test_single_people_are_off_and_can_be_switched_on(self, open_page):
        app = open_drawer(open_page(PAGE, view="all", lens="activity_mean"))
        assert "single\u00a0person" not in body(app)
        app.toggle(key="muscle_matrix/single").set_value(True).run()
        assert_sound(app)
        assert "△\u00a0single\u00a0person" in body(app)


def open_drawer(app):
    app.session_state["filters"] = True
    app.session_state["more-filters"] = True
    return app.run()


def by_name(app):
    return next(one for one in app.button if one.label == "Choose by name").click().run()


class TestDetail:
    def test_nothing_is_chosen_at_first(self, open_page):
        app = open_page(PAGE)
        assert len(app.get("plotly_chart")) == 1
        assert not [one for one in app.selectbox if one.label == "Exercise"]
        app = by_name(app)
        assert app.selectbox(key="detail-exercise").value is None

    def test_the_lists_follow_a_choice_and_are_left_alone_without_one(self, open_page):
        app = open_page(PAGE, exercise="leg_press")
        box = app.selectbox(key="detail-exercise")
        assert box.value == "leg_press" and box.proto.set_value
        # A list that is set from code is drawn anew in the browser, with all of its choices.
        app.button_group(key=LENS_KEY).set_value("mri_t2").run()
        assert not any(one.proto.set_value for one in app.selectbox)
        app.button(key="muscle_matrix/reset").click().run()
        assert app.selectbox(key="detail-exercise").value is None
        assert app.selectbox(key="detail-exercise").proto.set_value

    def test_a_measured_pair(self, open_page):
        app = by_name(open_page(PAGE))
        app.selectbox(key="detail-exercise").set_value("copenhagen_adductor_plank").run()
        app.selectbox(key="detail-muscle").set_value("adductor_longus").run()
        assert_sound(app)
        assert len(app.get("plotly_chart")) == 2
        text = body(app)
        assert "**Adductor longus in Copenhagen adductor plank**: prime mover" in text
        assert "[Serner et al. 2014](https://doi.org/10.1136/bjsports-2012-091746)" in text
        assert ":green-badge[verified]" in text and ":yellow-badge[second-hand]" in text
        assert "Two numbers from one source." in text

    def test_a_pair_that_nobody_measured(self, open_page):
        app = open_page(PAGE, exercise="running_easy", muscle="multifidus")
        assert NOT_MEASURED in body(app)
        assert len(app.get("plotly_chart")) == 1

    def test_one_of_the_two_is_enough_to_say_something(self, open_page):
        app = open_page(PAGE, exercise="leg_press")
        assert "**Leg press**. " in body(app) and "- Prime movers (" in body(app)
        assert "None of the three articles names this exercise." in body(app)

    def test_an_exercise_opens_its_row(self, open_page):
        app = open_page(PAGE, exercise="copenhagen_adductor_plank")
        assert len(app.get("plotly_chart")) == 2
        text = body(app)
        assert "for Copenhagen adductor plank." in text and "- Stabilizers (" in text
        assert "[Serner et al. 2014](https://doi.org/10.1136/bjsports-2012-091746)" in text
        assert "- Article B: " in text
        spec = json.loads(app.get("plotly_chart")[1].proto.spec)
        assert "Adductor longus, prime mover" in spec["layout"]["yaxis"]["ticktext"]

    def test_a_muscle_opens_its_column(self, open_page):
        app = open_page(PAGE, muscle="adductor_longus", lens="activity_peak")
        assert len(app.get("plotly_chart")) == 2
        spec = json.loads(app.get("plotly_chart")[1].proto.spec)
        assert "yaxis2" not in spec["layout"]
        rows = spec["layout"]["yaxis"]["ticktext"]
        assert rows[0].endswith(", prime mover") and len(rows) > 5
        text = body(app)
        assert "- Prime mover in (" in text and "for Adductor longus." in text
        assert "more numbers on other scales" in text

    def test_neither_invents_a_number(self, open_page):
        app = open_page(PAGE, exercise="cossack_squat")
        assert "We know of no number for Cossack squat that we could show." in body(app)
        assert len(app.get("plotly_chart")) == 1

    def test_what_only_one_person_did_waits_for_the_switch(self, open_page):
        chosen = {"exercise": "back_extension", "muscle": "adductor_longus"}
        app = open_page(PAGE, **chosen)
        assert "Only one person" in body(app) and len(app.get("plotly_chart")) == 1
        app = open_page(PAGE, **chosen, single="1")
        assert "Only one person" not in body(app) and len(app.get("plotly_chart")) == 2

    def test_what_is_from_memory_is_marked(self, open_page):
        app = open_page(PAGE, exercise="clamshell", muscle="gluteus_medius")
        rows = measurements_for(
            "clamshell",
            "gluteus_medius",
            measurements=tables.load("engagement_measurements"),
            variants=tables.load("exercise_variants"),
            portion_members=tables.load("muscle_portion_members"),
            portions=tables.load("muscle_portions"),
            metrics=METRICS,
            studies=tables.load("studies"),
        )
        remembered = rows["status"].eq("from_memory").any()
        assert (":red-badge[not verified]" in body(app)) == remembered

    def test_several_can_be_linked_and_taken_away(self, open_page):
        exercises = ["running_easy", "clamshell", "leg_press", "hip_thrust"]
        app = open_page(PAGE, exercise=exercises, muscle=["gluteus_medius", "gluteus_maximus"])
        assert stored(app)["exercise"] == tuple(exercises)
        assert body(app).count("(expert role)") == 8
        app.button(key="remove/leg_press").click().run()
        assert_sound(app)
        assert "leg_press" not in stored(app)["exercise"]
        assert body(app).count("(expert role)") == 6

    def test_more_than_four_are_cut_with_a_word(self, open_page):
        app = open_page(PAGE, exercise=EXERCISES["exercise_id"].iloc[:6].tolist())
        assert len(stored(app)["exercise"]) == 4
        assert "we use the first 4" in app.info[0].value

    def test_a_run_leads_to_the_estimator(self, open_page):
        runs = list(SESSION_OF_RUN)
        for four in (runs[:4], runs[4:]):
            app = open_page(PAGE, exercise=four, muscle="soleus")
            asked = [parse_qs(link.proto.query_string) for link in links_of(app)]
            for exercise in four:
                assert {"session": [SESSION_OF_RUN[exercise]]} in asked

    def test_a_claim_leads_to_its_topic(self, open_page):
        app = open_page(PAGE, exercise="cable_hip_adduction")
        mentions = tables.load("claim_mentions")
        naming = mentions.loc[mentions["exercise_id"].eq("cable_hip_adduction"), "claim_id"]
        claims = tables.load("claims").set_index("claim_id")
        (link,) = links_of(app)
        assert parse_qs(link.proto.query_string)["topic"] == [claims["topic_id"][naming.iloc[0]]]


class TestLinks:
    STATE = {  # noqa: RUF012
        "view": "all",
        "lens": "activity_peak",
        "order": "name",
        "group": ["buttock", "calf"],
        "equipment": ["band", "none"],
        "plane": ["frontal"],
        "exercise": ["clamshell", "running_easy"],
        "muscle": ["gluteus_medius"],
        "single": "1",
        "chain": ["open"],
        "legs": ["bilateral", "unilateral"],
        "kind": "strength",
    }

    def test_a_link_restores_the_page(self, open_page):
        app = open_page(PAGE, **self.STATE)
        fields = list(settings.matrix())
        query = parse_qs(links.write(fields, stored(app), with_personal=True))
        for name, value in self.STATE.items():
            assert query[name] == ([value] if isinstance(value, str) else value)
        again = open_page(PAGE, **query)
        assert stored(again) == stored(app)
        assert body(again) == body(app)

    def test_unknown_codes_are_left_out_with_a_word(self, open_page):
        app = open_page(PAGE, exercise="<script>", lens="zzz", group="arm", muscle="' or 1")
        assert titles(app) == titles(open_page(PAGE))
        assert "script" not in body(app)
        assert len(app.info) == 1

    def test_reset_goes_back_and_can_be_undone(self, open_page):
        app = open_page(PAGE, **self.STATE)
        before = dict(stored(app))
        app.button(key="muscle_matrix/reset").click().run()
        assert stored(app) == links.defaults(list(settings.matrix()))
        app.button(key="muscle_matrix/reset/undo").click().run()
        assert stored(app) == before
