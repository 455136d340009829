"""What must hold of whatever was sent: to the parsers alone, and to a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
from streamlit.testing.v1 import AppTest

from spotcheck import tables
from spotcheck.articles.added import LONGEST_NAME, TABLES, Reader, clean_name
from spotcheck.articles.coding import ALLOWED, kind_of, read_coding, recoded
from spotcheck.articles.language import MOST_CHARACTERS
from spotcheck.energy.metabolism import WEIGHT_KG
from spotcheck.energy.weigh_ins import EARLIEST, read
from spotcheck.ui import links, settings
from spotcheck.ui.articles.added import NAME_KEY, TEXT_KEY
from tests.app.support import assert_sound
from tests.fuzz.generate import LAST_DAY, PAGES, Case

ROOT = Path(__file__).resolve().parents[2]
HOME = "streamlit_app.py"
FITS: dict[str, Callable[[links.Values], tuple[links.Values, tuple[str, ...]]]] = {
    HOME: settings.fit_estimator,
    "pages/calorie_deficit.py": settings.fit_estimator,
    "pages/articles.py": settings.fit_articles,
}
MARKUP = set("<>[]`*_$\\\n")


def through_the_parsers(case: Case) -> None:
    """Send a case through its parser, and fail if what comes out is not fit to be shown."""
    {
        "link": lambda: check_link(case.page, case.data),
        "coding": lambda: check_coding(case.data),
        "weigh_ins": lambda: check_weigh_ins(case.data),
        "article": lambda: check_article(*case.data),
    }[case.kind]()


def check_link(page: str, parameters: Mapping[str, list[str]]) -> None:
    """Allowed values, plain notices, settings that go together, and a link that restores them."""
    fields = PAGES[page]()
    reading = links.read(fields, parameters)
    values = links.defaults(fields) | reading.values
    changes, notices = FITS.get(page, lambda _: ({}, ()))(values)
    values |= changes
    assert FITS.get(page, lambda _: ({}, ()))(values)[0] == {}
    for field in fields:
        assert field.clean(values[field.name]) == values[field.name]
    for notice in (*reading.notices, *notices):
        assert not MARKUP & set(notice), notice
    query = links.write(fields, values, with_personal=True)
    again = links.read(fields, parse_qs(query, keep_blank_values=True))
    assert again.notices == ()
    assert again.values == values


def check_coding(data: str | bytes) -> None:
    """Codes that are allowed at their place, and lines that can be printed."""
    ours = settings.our_coding()
    reading = read_coding(data, ours)
    assert all(value in ALLOWED[kind_of(key)] for key, value in reading.codes.items())
    recoded(ours, reading.edits(ours))
    for line in reading.skipped:
        assert line.shown.isprintable()
        assert len(line.shown) <= 42
    assert not (reading.problem and (reading.codes or reading.skipped))


def check_weigh_ins(data: str | bytes) -> None:
    """Days in order, each once and not in the future, with weights of people."""
    for unit in ("kg", "lb"):
        weigh_ins = read(data, unit, LAST_DAY)
        if len(weigh_ins):
            assert np.all(np.diff(weigh_ins.date) > np.timedelta64(0, "D"))
            assert weigh_ins.date[0] >= np.datetime64(EARLIEST)
            assert weigh_ins.date[-1] <= np.datetime64(LAST_DAY + dt.timedelta(days=1))
            assert np.all(weigh_ins.weight_kg >= WEIGHT_KG[0] - 1e-9)
            assert np.all(weigh_ins.weight_kg <= WEIGHT_KG[1] + 1e-9)
        for row in weigh_ins.skipped:
            assert row.shown.isprintable()
            assert len(row.shown) <= 40
        for notice in (*weigh_ins.notices, weigh_ins.problem):
            assert not MARKUP & set(notice), notice


def check_article(name: str, text: str) -> None:
    """A name without markup, and counts that belong together."""
    analysis = reader().read(clean_name(name), text)
    added, language = analysis.added, analysis.language
    assert len(added.name) <= LONGEST_NAME
    assert not set("<>[]`*_$:/@.#\\") & set(added.name)
    assert 0 <= language.known_share <= 1
    assert language.sentences == len(analysis.prose.sentences) <= language.words
    assert all(0 <= count <= len(text) for count in language.counts.values())
    assert all(0 <= touch.likeness <= 1 + 1e-9 for touch in analysis.touches)
    assert set(added.topics) <= set(tables.load("topics")["topic_id"])


@cache
def reader() -> Reader:
    """Reader of pasted articles."""
    return Reader({name: tables.load(name) for name in TABLES})


def through_a_page(case: Case) -> None:
    """Open the page that a case is for, send it there as a reader would, and fail on a fault."""
    parameters: dict[str, list[str]] = {
        "link": lambda: case.data,
        "coding": lambda: {"view": ["expert"], "part": ["coding"]},
        "weigh_ins": lambda: {"view": ["weigh_ins"]},
        "article": lambda: {"view": ["added"]},
    }[case.kind]()
    app = opened(case.page, parameters)
    if case.kind == "coding":
        app.session_state["articles/coding/files"] = True
        app.run()
        app.text_area(key="articles/coding/text").set_value(as_sent(case.data)).run()
    elif case.kind == "weigh_ins":
        app.text_area[0].set_value(as_sent(case.data)).run()
    elif case.kind == "article":
        name, text = map(as_sent, case.data)
        app.text_input(key=NAME_KEY).set_value(name[:LONGEST_NAME])
        app.text_area(key=TEXT_KEY).set_value(text[:MOST_CHARACTERS])
        next(one for one in app.button if one.label == "Read it").click().run()
    assert_sound(app)


def opened(page: str, parameters: Mapping[str, list[str]]) -> AppTest:
    """Page as a link opens it."""
    app = AppTest.from_file(str(ROOT / HOME), default_timeout=60)
    for name, given in parameters.items():
        app.query_params[as_sent(name)] = [as_sent(one) for one in given]
    if page != HOME:
        app.switch_page(page)
    assert_sound(app.run())
    return app


def as_sent(data: Any) -> str:
    """Text as a browser sends it: halves of characters do not get through."""
    raw = data if isinstance(data, bytes) else data.encode("utf-8", errors="replace")
    return raw.decode("utf-8", errors="replace")
