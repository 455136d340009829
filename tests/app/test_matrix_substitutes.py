"""View "Substitutes": ranking, wishes, ways out, and the way to the comparison."""

import pytest

from spotcheck import tables
from spotcheck.muscles import similarity
from spotcheck.ui import settings
from spotcheck.ui.matrix.substitutes import START, change_words
from spotcheck.wording import escaped
from tests.app.support import assert_sound, body

PAGE = "pages/muscle_matrix.py"
TABLES = [tables.load(name) for name in ("exercises", "exercise_equipment", "exercise_planes")]
ROLES = tables.load("engagement_roles")
VECTORS = similarity.role_vectors(ROLES)
COPENHAGEN = "copenhagen_adductor_plank"


def stored(app):
    return app.session_state["muscle_matrix/store"]["values"]


def opened(open_page, exercise=COPENHAGEN, **more):
    return open_page(PAGE, view="substitutes", exercise=exercise, **more)


def click(app, label):
    next(one for one in app.button if one.label == label).click().run()
    assert_sound(app)


def test_nothing_is_chosen_at_first_and_one_tap_begins(open_page):
    app = open_page(PAGE, view="substitutes")
    assert not app.get("plotly_chart")
    click(app, "Try Back squat to full depth")
    assert stored(app)["exercise"] == (START,)
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("wish", [(), ("no_equipment", "plane")])
def test_the_ranking_is_the_likeness_and_each_says_what_changes(open_page, wish):
    app = opened(open_page, wish=list(wish))
    found = similarity.nearest(COPENHAGEN, wish, VECTORS, *TABLES)
    text = body(app)
    assert f"Closest to Copenhagen adductor plank: {found['name'][0]}" in text
    places = [text.index(f"**{n}. {name}**") for n, name in enumerate(found["name"][:6], 1)]
    assert places == sorted(places)
    for code in found["exercise_id"][:6]:
        assert escaped(change_words(similarity.changes(COPENHAGEN, code, ROLES))) in text
    assert escaped(found["caution"][0]) in text


def test_wishes_are_pills(open_page):
    app = opened(open_page, "sprint_flat")
    app.button_group(key="muscle_matrix/wish").set_value(["impact", "easier"]).run()
    assert_sound(app)
    found = similarity.nearest("sprint_flat", ("impact", "easier"), VECTORS, *TABLES)
    assert f"Closest to Flat sprint: {found['name'][0]}" in body(app)


def test_the_best_three_go_to_the_comparison(open_page):
    app = opened(open_page)
    best = similarity.nearest(COPENHAGEN, (), VECTORS, *TABLES)["exercise_id"][:3]
    click(app, "Compare these")
    assert stored(app)["view"] == "compare"
    assert stored(app)["exercise"] == (COPENHAGEN, *best)


class TestWaysOut:
    def test_a_wish_that_nothing_fulfils_is_named_and_dropped(self, open_page):
        app = opened(open_page, wish=["impact", "plane"])
        assert "Copenhagen adductor plank has no impact to lower." in body(app)
        click(app, f"Drop “{settings.SUBSTITUTE_WISHES['impact']}”")
        assert stored(app)["wish"] == ("plane",)
        assert len(app.get("plotly_chart")) == 1

    def test_two_wishes_are_named_where_one_is_not_enough(self, open_page):
        app = opened(open_page, "bodyweight_squat", wish=list(settings.SUBSTITUTE_WISHES))
        click(app, "Drop “Lower impact” and “Easier”")
        assert stored(app)["wish"] == ("plane", "no_equipment")

    def test_filters_that_hide_everything_can_be_removed(self, open_page):
        app = opened(open_page, pattern="hop", equipment="band", wish="easier")
        click(app, "Remove the filters")
        assert stored(app)["equipment"] == () and stored(app)["pattern"] == ()
        assert stored(app)["wish"] == ("easier",)
        assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("exercise", TABLES[0]["exercise_id"][5::40])
def test_every_exercise_has_substitutes(open_page, exercise):
    assert "Closest to" in body(opened(open_page, exercise))


def test_words_of_what_changes():
    same = similarity.Changes((), (), (), (), 26, 26)
    assert change_words(same) == "The same roles throughout."
    both = similarity.Changes(
        ("gluteus_medius",), ("soleus",), ("gracilis",), ("tensor_fasciae_latae",), 20, 26
    )
    assert change_words(both) == (
        "Also leads: gluteus medius; also helps with: soleus; leads no more: gracilis; "
        "does not reach: tensor fasciae latae."
    )
