"""Streamlit's files come compressed after their first reader, and are the same files."""

import gzip
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import asgi
from spotcheck.ui.compressed import Compressed
from tests.ui.asking import ask

SCRIPT = "const answer = 42;\n" * 10_000
GZIP = {"accept-encoding": "br, gzip"}


@pytest.fixture
def app(tmp_path):
    (tmp_path / "app.js").write_text(SCRIPT)
    (tmp_path / "font.woff2").write_bytes(bytes(5_000))
    return Compressed(Starlette(routes=[Mount("/static", StaticFiles(directory=tmp_path))]), 0)


def test_the_first_reader_gets_a_file_as_it_is_and_all_others_compressed(app):
    status, first, body = ask(app, "/static/app.js", **GZIP)
    assert (status, body.decode()) == (200, SCRIPT)
    assert "content-encoding" not in first
    for _ in range(2):
        status, headers, body = ask(app, "/static/app.js", **GZIP)
        assert status == 200
        assert gzip.decompress(body).decode() == SCRIPT
        assert headers["content-encoding"] == "gzip"
        assert headers["content-length"] == str(len(body))
        assert headers["content-type"] == first["content-type"]
        assert headers["vary"] == "Accept-Encoding"
        # They would speak of the other form of the file.
        assert not {"etag", "accept-ranges"} & set(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"accept-encoding": "br"},
        {**GZIP, "range": "bytes=0-9"},
        {**GZIP, "if-none-match": '"other"'},
    ],
    ids=["none", "another", "a part", "what changed"],
)
def test_who_does_not_ask_for_a_whole_compressed_file_gets_it_as_it_is(app, headers):
    ask(app, "/static/app.js", **GZIP)
    status, answered, body = ask(app, "/static/app.js", **headers)
    assert "content-encoding" not in answered
    part = headers.get("range")
    assert status == (206 if part else 200)
    assert body.decode() == (SCRIPT[:10] if part else SCRIPT)


@pytest.mark.parametrize(
    "path", ["/static/font.woff2", "/static/missing.js", "/static/./app.js", "/static//app.js"]
)
def test_nothing_else_is_kept(app, path):
    before = ask(app, path, **GZIP)
    assert ask(app, path, **GZIP)[:1] + before[1:2] == before[:2]
    assert not app._kept


def test_what_sets_a_cookie_is_for_one_reader_only(tmp_path):
    def script(request):
        answer = Response(SCRIPT, media_type="text/javascript")
        answer.set_cookie("reader", "1")
        return answer

    app = Compressed(Starlette(routes=[Route("/static/own.js", script)]), 0)
    for _ in range(2):
        assert "content-encoding" not in ask(app, "/static/own.js", **GZIP)[1]


def test_a_crowd_before_it_is_compressed_leaves_one_copy(tmp_path):
    (tmp_path / "app.js").write_text(SCRIPT)
    app = Compressed(Starlette(routes=[Mount("/static", StaticFiles(directory=tmp_path))]))
    noted = []

    async def keep_later(path, answer):
        noted.append(path)

    app._keep_later = keep_later
    for _ in range(3):
        assert ask(app, "/static/app.js", **GZIP)[2].decode() == SCRIPT
    assert noted == ["/static/app.js"]


def test_the_app_is_served_so():
    assert [one.cls for one in asgi.app._user_middleware] == [Compressed]


def test_streamlits_largest_script_stays_the_same_file():
    files = Path(streamlit.__file__).parent / "static" / "static"
    script = max(files.glob("js/*.js"), key=lambda file: file.stat().st_size)
    app = Compressed(Starlette(routes=[Mount("/static", StaticFiles(directory=files))]), 0)
    for _ in range(2):
        _, headers, body = ask(app, f"/static/js/{script.name}", **GZIP)
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == script.read_bytes()
