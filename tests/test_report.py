"""The page to print: its figures, and that it fetches and runs nothing."""

import datetime as dt
from html.parser import HTMLParser

import pytest

from spotcheck.energy.training import Plan, Session
from spotcheck.energy.uncertainty import fan
from spotcheck.report import html_report
from spotcheck.wording import IMPERIAL, METRIC

FULL_WEEK = Plan(
    (
        Session("steady", 3, 40, 9),
        Session("intervals", 1, 40, 12, 0, 6, 120, 90),
        Session("walk", 2, 45, 5.5),
        Session("hill_sprints", 1, 30, 15, 0.1, 8, 12, 90),
        Session("downhill", 1, 30, 10, -0.08),
        *(Session(kind, 2, 20) for kind in ("back_squat_full", "hip_thrust", "glute_bridge")),
    ),
    -150,
    8,
    300,
    200,
)


class Reader(HTMLParser):
    """Tags, attributes and texts of a page; every opened tag has to be closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self._open = [], [], []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "path"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag != "path":
            assert self._open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def page_of(projection, units=METRIC):
    people = fan(projection.person, projection.plan, projection.assumptions, projection.days)
    return html_report(projection, people, today=dt.date(2026, 11, 22), units=units)


@pytest.mark.parametrize("units", [METRIC, IMPERIAL])
@pytest.mark.parametrize("plan", [None, FULL_WEEK, Plan(), Plan((), 300)])
def test_holds_the_figures_of_the_plan(projected, plan, units):
    year = projected(plan)
    text = " ".join(Reader(page_of(year, units)).texts)
    assert f"{units.mass_value(year.body.weight_kg[-1]):.1f} {units.mass_unit}, plan" in text
    assert f"{units.mass_value(year.body.fat_kg[-1]):.1f}" in text
    for energy in year.week.sessions:
        assert f"{float(energy.gross_kcal):,.0f}" in text
    assert ":primary" not in text
    assert "22\u00a0Nov\u00a02027" in text


def test_fetches_and_runs_nothing(projected):
    page = Reader(page_of(projected(FULL_WEEK)))
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") or name in ("src", "href") for name in attributes)
    assert "url(" not in page_of(projected(FULL_WEEK))
    assert "@import" not in page_of(projected(FULL_WEEK))
