"""Build a session: what it says is what the tables say, and every obstacle has a way out."""

from urllib.parse import parse_qs

import pytest

from spotcheck import tables
from spotcheck.energy import Person
from spotcheck.energy.training import Session, strength_mets
from spotcheck.muscles import session as sessions
from spotcheck.muscles.session import Wish, build
from spotcheck.ui import links, settings
from spotcheck.ui.matrix.session import sets_table
from spotcheck.wording import escaped, kcal
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"
VIEW = "session"
MUSCLES = tables.load("muscles")
EXERCISES = tables.load("exercises").set_index("exercise_id")
GROUPS_KEY = "session-groups"


def of_group(group):
    return tuple(MUSCLES.loc[MUSCLES["muscle_group"].eq(group), "muscle_id"])


def built(muscles, equipment=(), minutes=30, cover="synergist"):
    return build(
        Wish(tuple(muscles), equipment, minutes, cover),
        *map(tables.load, ("exercises", "engagement_roles", "exercise_equipment")),
    )


def stored(app):
    return app.session_state["muscle_matrix/store"]["values"]


def finding(app):
    return headings(app)[0]


def buttons(app):
    return {one.label: one for one in app.button if one.key and one.key.startswith("session-")}


def week_link(app):
    (link,) = (one for one in app.get("page_link") if one.label == "Take it to the estimator")
    return parse_qs(link.proto.query_string)


def test_one_tap_on_a_group_gives_a_session(open_page):
    app = open_page(PAGE, view=VIEW)
    assert finding(app) == "Which muscles do you want to cover?"
    assert not app.get("plotly_chart")
    app.button_group(key=GROUPS_KEY).set_value(["inner_thigh"]).run()
    assert_sound(app)
    assert stored(app)["train"] == of_group("inner_thigh")
    assert finding(app) == sessions.title(built(of_group("inner_thigh")))
    assert len(app.get("plotly_chart")) == 1
    app.button_group(key=GROUPS_KEY).set_value(["inner_thigh", "calf"]).run()
    assert stored(app)["train"] == of_group("inner_thigh") + of_group("calf")
    app.button_group(key=GROUPS_KEY).set_value(["calf"]).run()
    assert stored(app)["train"] == of_group("calf")
    app.button_group(key=GROUPS_KEY).set_value([]).run()
    assert finding(app) == "Which muscles do you want to cover?"
    assert_sound(app)


def test_the_session_has_its_care_its_ties_and_its_name(open_page):
    muscles = of_group("inner_thigh") + of_group("back_of_thigh")
    app = open_page(PAGE, view=VIEW, train=list(muscles), cover="prime_mover")
    session, text = built(muscles, cover="prime_mover"), body(app)
    assert finding(app) == sessions.title(session)
    assert "A way to cover muscles, not a training prescription." in text
    for place, name in enumerate(session.sets[0], start=1):
        row = EXERCISES.loc[name]
        assert f"**{place}  {escaped(row['name'])}** · {row['level']}" in text
        assert f"{escaped(row['caution'])} Easier: {escaped(row['easier_version'])}" in text
    assert sessions.ties_sentence(session) in text
    assert len(session.sets) > 13
    listed = [line for line in text.splitlines() if line.startswith("- ") and " + " in line]
    assert len(listed) == 12
    assert f"and {len(session.sets) - 13} more" in text
    assert len(sets_table(session)) == len(session.sets)
    assert sets_table(session)["Minutes (assumed)"].tolist() == [
        session.minutes_of_set(names) for names in session.sets
    ]


def test_single_muscles_are_in_a_drawer(open_page):
    app = open_page(PAGE, view=VIEW, train=["soleus"], cover="synergist")
    assert not [one for one in app.button_group if one.key == "muscle_matrix/train"]
    app.session_state["session-single"] = True
    app.run()
    app.button_group(key="muscle_matrix/train").set_value(["soleus", "gracilis"]).run()
    assert_sound(app)
    assert set(stored(app)["train"]) == {"soleus", "gracilis"}
    assert finding(app) == sessions.title(built(["gracilis", "soleus"]))


@pytest.mark.parametrize(
    ("asked", "label", "after"),
    [
        (
            {"train": ["biceps_femoris_sh"], "cover": "prime_mover", "equipment": "none"},
            "Add a machine",
            {"equipment": ("none", "machine")},
        ),
        (
            {"train": ["sartorius", "soleus"], "cover": "prime_mover"},
            "Count helpers too, for one more",
            {"cover": "synergist"},
        ),
        (
            {"train": ["sartorius", "soleus"], "cover": "prime_mover"},
            "Leave it out",
            {"train": ("soleus",)},
        ),
        ({"train": ["vastus_lateralis"], "time": "5"}, "Take 10\u00a0minutes", {"time": 10}),
    ],
)
def test_an_obstacle_is_named_and_one_button_takes_it_away(open_page, asked, label, after):
    app = open_page(PAGE, view=VIEW, **asked)
    names = MUSCLES.loc[MUSCLES["muscle_id"].isin(asked["train"]), "name"]
    named = [name for name in names if f"**{escaped(name)}**: " in body(app)]
    assert bool(named) == ("The shortest way takes" not in body(app))
    buttons(app)[label].click().run()
    assert_sound(app)
    assert {name: stored(app)[name] for name in after} == after
    assert not buttons(app)
    assert "cover" in finding(app)
    assert len(app.get("plotly_chart")) == 1


def test_an_impossible_session_draws_no_picture(open_page):
    app = open_page(PAGE, view=VIEW, train="sartorius", cover="prime_mover")
    assert finding(app) == "No exercise here covers this muscle"
    assert not app.get("plotly_chart")
    assert "Leave it out" not in buttons(app)


class TestEnergy:
    def test_the_link_carries_the_session_and_its_energy(self, open_page):
        muscles = of_group("back_of_thigh") + of_group("calf")
        app = open_page(PAGE, view=VIEW, train=list(muscles), cover="prime_mover")
        session = built(muscles, cover="prime_mover")
        link = week_link(app)
        fields = settings.estimator()
        week = links.read(fields, {"week": link["week"]})
        assert not week.notices
        rows = week.values["week"]
        counted = [name for name in session.sets[0] if name in strength_mets()]
        assert [row[:2] for row in rows] == [(name, 1) for name in counted]
        for row in rows:
            assert abs(row[2] - session.minutes[row[0]]) <= 0.5
        start = links.defaults(fields)
        reader = Person(start["sex"], start["age"], start["height"] / 100, start["weight"])
        resting = float(reader.resting_metabolic_rate_kcal_per_day)
        energies = [Session(*row[:3]).energy(start["weight"], resting) for row in rows]
        extra = sum(float(one.net_kcal + one.epoc_kcal) for one in energies)
        assert f"this session takes about {kcal(extra)} more than resting" in body(app)
        there = open_page("pages/calorie_deficit.py", **link)
        assert there.session_state["plan/store"]["values"]["week"] == rows
        assert f"The week takes about {kcal(extra)} more than resting" in body(there)

    def test_what_has_no_figure_is_left_out_with_a_word(self, open_page):
        muscles = ["adductor_longus", "vastus_lateralis", "soleus"]
        app = open_page(PAGE, view=VIEW, train=muscles, cover="prime_mover")
        (names,) = {built(sorted(muscles), cover="prime_mover").sets[0]}
        without = [name for name in names if name not in strength_mets()]
        assert without
        for name in without:
            assert f"no figure for {escaped(EXERCISES['name'][name])}" in body(app)
        assert not any(name in one for one in week_link(app)["week"] for name in without)

    def test_a_run_goes_as_a_run(self, open_page):
        app = open_page(
            PAGE,
            view=VIEW,
            train=["rectus_femoris", "iliopsoas", "gastrocnemius", "tibialis_anterior"],
            equipment="hill",
            time="60",
        )
        link = week_link(app)
        assert any(
            one.partition(",")[0] in settings.labels("session_types", "session_type")
            for one in link["week"]
        )
        assert not links.read(settings.estimator(), {"week": link["week"]}).notices


def test_a_link_restores_the_session(open_page):
    state = {
        "view": VIEW,
        "train": ["soleus", "gracilis"],
        "equipment": ["none", "band"],
        "time": "20",
        "cover": "prime_mover",
    }
    app = open_page(PAGE, **state)
    query = parse_qs(links.write(list(settings.matrix()), stored(app), with_personal=True))
    assert body(open_page(PAGE, **query)) == body(app)


def test_unknown_codes_are_left_out_with_a_word(open_page):
    app = open_page(PAGE, view=VIEW, train=["<script>", "soleus"], time="999", cover="zzz")
    assert len(app.info) == 1
    assert "<script" not in body(app)
    assert finding(app) == sessions.title(built(["soleus"], minutes=120))
