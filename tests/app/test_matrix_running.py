"""The view of running against strength exercises."""

import pytest

from spotcheck import tables
from spotcheck.muscles import running_cover
from tests.app.support import assert_sound, body, headings

PAGE = "pages/muscle_matrix.py"
MUSCLES = tables.load("muscles")


def stored(app):
    return app.session_state["muscle_matrix/store"]["values"]


def test_roles_are_counted_and_the_conflict_is_said(open_page):
    app = open_page(PAGE, view="running")
    roles = tables.load("engagement_roles")
    exercises = tables.load("exercises")
    leading = roles[roles["role"].eq("prime_mover")]
    forms = running_cover.running_forms(exercises)["exercise_id"]
    strength = running_cover.strength_exercises(exercises)["exercise_id"]
    led = set(leading.loc[leading["exercise_id"].isin(forms), "muscle_id"])
    more = set(leading.loc[leading["exercise_id"].isin(strength), "muscle_id"]) - led
    assert headings(app)[0] == (
        f"{len(led)} of {len(MUSCLES)} muscles lead in some form of running; "
        f"{len(more)} more lead only in strength exercises"
    )
    assert len(app.get("plotly_chart")) == 1
    text = body(app)
    assert "0.16 (adductor longus)" in text and "gluteus medius, the highest, at 3.3" in text
    assert "67\u00a0% on the level and 73\u00a0% up a slope" in text
    assert "They measure different things." in text


def test_what_is_from_memory_is_said_to_be(open_page):
    text = body(open_page(PAGE, view="running"))
    (line,) = [one for one in text.split("\n") if one.startswith("- **Adductors, all-out.**")]
    assert line.startswith("- **Adductors, all-out.** From memory") and "90\u00a0%" in line
    assert ":red-badge[not verified]" in line and "doi.org" not in line


def test_the_rest_goes_to_a_session(open_page):
    app = open_page(PAGE, view="running")
    app.button(key="running/build").click().run()
    assert_sound(app)
    assert stored(app)["view"] == "session"
    assert len(stored(app)["train"]) == 10
    assert "adductor_longus" in stored(app)["train"]


@pytest.mark.parametrize("lens", ["mri_t2", "muscle_force", "other_scale"])
def test_a_lens_stays_on_its_own_scale(open_page, lens):
    app = open_page(PAGE, view="running", lens=lens)
    is_measured = lens in ("mri_t2", "muscle_force")
    assert headings(app)[0] == (
        "No muscle was measured in running and in a strength exercise on one scale"
        if is_measured
        else "Running itself has no number of this kind that we have seen"
    )
    assert len(app.get("plotly_chart")) == (2 if is_measured else 1)
    assert ("which is not zero" in body(app)) == is_measured


def test_filters_choose_the_strength_exercises_and_never_take_running_away(open_page):
    app = open_page(PAGE, view="running", group="buttock", equipment="kettlebell", plane="frontal")
    assert "Buttock" not in headings(app)[0]
    assert "muscles lead" in headings(app)[0] or "leads" in headings(app)[0]
    assert len(app.get("plotly_chart")) == 1
    app = open_page(PAGE, view="running", kind="running")
    assert "no strength exercise passes your filters" in body(app)
    assert len(app.get("plotly_chart")) == 1
