"""Every page and view stands as it did when somebody last looked at it; ``make looks`` if meant."""

import pytest

from tests.browser import looks


@pytest.fixture(scope="module")
def kept():
    table = looks.kept()
    return {
        key: rows.drop(columns=["state", "window_px"]).to_dict("records")
        for key, rows in table.groupby(["state", "window_px"], sort=False)
    }


@pytest.fixture(scope="module")
def windows(chromium):
    pages = {width: looks.opened(chromium, width) for width in looks.WIDTHS}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize("width", looks.WIDTHS)
@pytest.mark.parametrize("state", looks.STATES)
def test_state_looks_as_it_did(windows, address, kept, state, width):
    now = looks.shown(windows[width], address + looks.STATES[state])
    assert looks.differences(kept[state, width], now) == []
    assert looks.overlaps(now) == []
    assert [one for one in now if one["x"] < 0 or one["x"] + one["width"] > width] == []


BUTTON = {"place": "main", "kind": "Button", "words": "Reset", "picture": ""} | {
    "x": 10,
    "y": 20,
    "width": 60,
    "height": 30,
}


def test_a_lost_trace_of_a_picture_is_told():
    picture = BUTTON | {"words": "", "picture": "2 lines"}
    said = looks.differences([picture], [picture | {"picture": "1 lines"}])
    assert said == ["1. Button “1 lines” has 1 lines, had 2 lines"]


def test_what_a_longer_text_moves_is_not_told_again():
    text, below = BUTTON | {"kind": "Markdown"}, BUTTON | {"y": 60}
    moved = [text | {"height": 54}, below | {"y": 84}, below | {"y": 84}]
    assert looks.differences([text, below, below], moved) == []


def test_a_gap_is_told():
    below = BUTTON | {"y": 60}
    assert looks.differences([BUTTON, below], [BUTTON, below | {"y": 160}])


def test_what_lies_on_another_is_told():
    assert looks.overlaps([BUTTON, BUTTON | {"words": "Share", "x": 50}])
    assert not looks.overlaps([BUTTON, BUTTON | {"words": "Share", "x": 70}])
