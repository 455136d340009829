"""The picture of a session holds what its table says."""

import pytest

from spotcheck import tables
from spotcheck.charts.muscles import ROLE_KEY
from spotcheck.charts.session_cover import session_cover
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles.session import Wish, cells_of

MUSCLES = tables.load("muscles")
NAMES = ("leg_press", "standing_calf_raise", "ball_squeeze_knees")


def cells_for(names, muscles, cover="synergist"):
    return cells_of(
        names,
        Wish(tuple(muscles), cover=cover),
        tables.load("exercises"),
        MUSCLES,
        tables.load("engagement_roles"),
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("cover", ["prime_mover", "synergist"])
def test_every_pair_has_its_mark(theme, narrow, cover):
    cells = cells_for(NAMES, MUSCLES["muscle_id"].iloc[::4], cover)
    figure = session_cover(cells, theme, narrow=narrow)
    (marks,) = figure.data
    n_muscles = cells["muscle_id"].nunique()
    for place, row in enumerate(cells.itertuples()):
        at = (place // n_muscles, place % n_muscles)
        assert (marks.x[place], marks.y[place]) == (at if narrow else at[::-1])
        assert (marks.marker.symbol[place] == "square") == row.is_covered
        assert marks.text[place] == (ROLE_KEY[row.role][0] if row.is_covered else "")
        if row.is_covered:
            assert marks.marker.color[place] == theme.role[row.role]
        assert row.exercise in marks.hovertext[place]
        assert row.muscle in marks.hovertext[place]
        assert ("Counts as covered" in marks.hovertext[place]) == row.is_covered
    assert cells["is_covered"].any()


@pytest.mark.parametrize("narrow", [False, True])
def test_names_and_numbers_stand_at_the_axes(narrow):
    cells = cells_for(NAMES, ["soleus", "gracilis"])
    layout = session_cover(cells, LIGHT, narrow=narrow).layout
    exercises, muscles = (layout.xaxis, layout.yaxis) if narrow else (layout.yaxis, layout.xaxis)
    assert [text[0] for text in exercises.ticktext] == ["1", "2", "3"]
    assert "Leg" in exercises.ticktext[0]
    assert list(muscles.ticktext) == ["Gracilis", "Soleus"]
    assert layout.yaxis.range[0] > layout.yaxis.range[1]


def test_many_exercises_have_numbers_only_on_a_phone():
    names = tables.load("exercises")["exercise_id"].iloc[14:20]
    layout = session_cover(cells_for(names, ["soleus"]), LIGHT, narrow=True).layout
    assert list(layout.xaxis.ticktext) == ["1", "2", "3", "4", "5", "6"]


def test_many_muscles_stand_upright():
    few = session_cover(cells_for(NAMES, ["soleus"]), LIGHT, narrow=False).layout
    many = session_cover(cells_for(NAMES, MUSCLES["muscle_id"]), LIGHT, narrow=False).layout
    assert few.xaxis.tickangle == 0
    assert many.xaxis.tickangle == -90
    assert many.xaxis.range[1] == len(MUSCLES) - 0.5
    # A single muscle does not spread over the whole page.
    assert few.xaxis.range[1] > 5
