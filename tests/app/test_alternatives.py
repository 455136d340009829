"""Every picture has words and a table beside it, for readers who do not see it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from spotcheck.ui import settings
from tests.app.support import assert_sound

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    *(ROOT / "spotcheck").rglob("*.py"),
    *(ROOT / "pages").glob("*.py"),
    ROOT / "streamlit_app.py",
]
VIEWS = {
    "streamlit_app.py": ("plan", ["weight"]),
    "pages/calorie_deficit.py": ("plan", settings.ESTIMATOR_VIEWS),
    "pages/muscle_matrix.py": ("muscle_matrix", settings.MATRIX_VIEWS),
    "pages/articles.py": ("articles", settings.ARTICLE_VIEWS),
}


@cache
def calls():
    """Every call of a method in the code, as file, name and node."""
    return [
        (str(path.relative_to(ROOT)), node.func.attr, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def test_only_the_frame_draws_charts():
    names = {"plotly_chart", "altair_chart", "vega_lite_chart", "pyplot", "image", "line_chart"}
    drawn = [path for path, name, _ in calls() if name in names]
    assert drawn == ["spotcheck/ui/layout.py"]


def test_every_chart_and_every_table_says_what_it_is():
    charts = [(path, node) for path, name, node in calls() if name == "chart"]
    assert len(charts) > 40
    for path, node in charts:
        given = {keyword.arg for keyword in node.keywords}
        assert {"name", "alt", "source", "table"} <= given, f"{path}:{node.lineno}"
    grids = [(path, node) for path, name, node in calls() if name == "dataframe"]
    unnamed = {
        path for path, node in grids if "alt" not in {keyword.arg for keyword in node.keywords}
    }
    assert not unnamed


@pytest.mark.parametrize("path", VIEWS)
def test_the_words_beside_a_chart_are_a_sentence(open_page, path):
    app = open_page(path)
    store, views = VIEWS[path]
    seen = {}
    for view in views:
        app.session_state[f"{store}/store"]["values"]["view"] = view
        app.run()
        assert_sound(app)
        seen |= {one.proto.id: one.proto.alt for one in app.get("plotly_chart")}
    assert seen
    for alt in seen.values():
        assert re.fullmatch(r"[A-Z0-9].{24,}[.?!]", alt), alt
        assert not re.search(r"nan|None|\*\*|:[a-z]+\[|<\w|&\w+;|  ", alt), alt
