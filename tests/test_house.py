"""Rules of the house that no single module can keep."""

import ast
import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from scripts import code_map
from spotcheck.charts.theme import DARK, LIGHT, themed

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "spotcheck").rglob("*.py"))
PAGES = [ROOT / "streamlit_app.py", *sorted((ROOT / "pages").glob("*.py"))]
TEXTS = {".py", ".md", ".csv", ".json", ".toml", ".txt", ".sh", ".svg", ""}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_ui_knows_streamlit(path):
    if "ui" not in path.relative_to(ROOT).parts:
        assert not any(name.partition(".")[0] == "streamlit" for name in imports(path))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_data_flows_one_way(path):
    domain = [
        "energy",
        "muscles",
        "articles",
        "measured",
        "answers",
        "toning",
        "claim_answers",
        "report",
    ]
    order = ["tables", "wording", *domain, "charts", "ui"]
    parts = path.relative_to(ROOT / "spotcheck").with_suffix("").parts
    own = order.index(parts[0]) if parts[0] in order else -1
    domains = {"energy", "muscles", "articles"}
    for name in imports(path):
        root, _, rest = name.partition(".")
        target = rest.partition(".")[0]
        if root == "spotcheck" and target in order and target != parts[0]:
            assert order.index(target) < own, f"{path.name} imports {name}"
            assert not {target, parts[0]} <= domains, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_read_no_files_and_draw_no_figures(path):
    text = path.read_text(encoding="utf-8")
    assert "read_csv" not in text
    assert "graph_objects" not in text
    assert "unsafe_allow" not in text


def test_nothing_imports_plotly_express():
    for path in (*SOURCES, *PAGES):
        assert "plotly.express" not in path.read_text(encoding="utf-8")


def test_the_theme_is_the_same_for_streamlit_and_for_charts():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for colours in (LIGHT, DARK):
        streamlit = config["theme"][colours.name]
        assert streamlit["backgroundColor"] == colours.paper
        assert streamlit["textColor"] == colours.ink
        assert streamlit["primaryColor"] == colours.accent
        assert streamlit["grayTextColor"] == colours.muted
        for article, name in (("A", "blue"), ("B", "orange"), ("C", "violet")):
            assert streamlit[f"{name}Color"] == colours.article[article]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_reads_at_the_contrast_of_wcag_aa(name):
    colours = themed(name)
    for colour in (colours.ink, colours.muted, colours.accent, *colours.article.values()):
        low, high = sorted((luminance(colour), luminance(colours.paper)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


def tracked_texts():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in listed.splitlines():
        path = ROOT / name
        if path.suffix in TEXTS and path.is_file():
            yield name, path.read_text(encoding="utf-8")


def test_no_six_words_in_a_row_are_the_articles_own():
    """Compare with hashes of the articles' six-word runs; their texts are not ours to ship."""
    runs = set((ROOT / "tests" / "article_runs.txt").read_text().split())
    assert len(runs) > 1000
    for name, text in tracked_texts():
        words = re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'"))
        for run in zip(*(words[start:] for start in range(6)), strict=False):
            digest = hashlib.sha256(f"spotcheck:{' '.join(run)}".encode()).hexdigest()[:16]
            assert digest not in runs, f"{name}: {' '.join(run)}"


def test_the_map_of_the_code_is_true():
    written = code_map.MAP.read_text(encoding="utf-8")
    assert written == code_map.text(), "run: python -m scripts.code_map"


def test_no_file_at_the_root_takes_over_from_requirements():
    for name in ("uv.lock", "Pipfile", "environment.yml"):
        assert not (ROOT / name).exists()


def test_requirements_are_pinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        wanted = [line for line in lines if line and not line.startswith(("#", "-r"))]
        assert wanted
        assert all("==" in line for line in wanted)
