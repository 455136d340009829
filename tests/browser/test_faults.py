"""A read-only or full disk, a killed process, a lost or slow connection: the page lives."""

import resource
import shutil
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from scripts.serving import HOME, ROOT, settled, wait_until_healthy
from tests.browser.conftest import assert_sound, move

# Turns every mount of a process's own view of the files into a read-only one.
READ_ONLY = """
mount --make-rprivate / 2>/dev/null
for place in $(awk '{ print $5 }' /proc/self/mountinfo | sort -r); do
  mount -o remount,bind,ro "$place" 2>/dev/null
done
! touch "$1/probe" 2>/dev/null && ! touch "$2/probe" 2>/dev/null && shift 2 && exec "$@"
"""
ALONE = ("unshare", "--user", "--map-root-user", "--mount")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def started(port, *before, **how):
    """Server on a port, started behind a command and in a way of its own."""
    server = subprocess.Popen(
        [
            *before,
            *(sys.executable, "-m", "streamlit", "run", str(ROOT / HOME)),
            *("--server.port", str(port), "--server.address", "127.0.0.1"),
            *("--server.headless", "true", "--server.fileWatcherType", "none"),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **how,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(address, server)
        yield address, server
    finally:
        server.kill()
        server.communicate(timeout=20)


@pytest.fixture
def page(chromium):
    """Page of its own; ``page.faults`` collects what a reader should never see."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    context.close()


def works_without_a_disk(page, address):
    """Go where files would be written: an upload, a download, a pasted text, a picture."""
    page.goto(f"{address}/articles?view=expert&part=coding")
    settled(page)
    page.get_by_text("Save your codes, or load a colleague's").click()
    # Near the size from which Streamlit would put an upload into a temporary file.
    big = "key,value\nT01,high\n" + "T99,low\n" * 24_000
    page.locator("input[type=file]").set_input_files(
        {"name": "coding.csv", "mimeType": "text/csv", "buffer": big.encode()}
    )
    expect(page.get_by_text("this page reads up to 3,000")).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "coding.csv", "mimeType": "text/csv", "buffer": big[:5_000].encode()}
    )
    expect(page.get_by_text("The last file codes 1 of")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Your coding, CSV").click()
    assert "T01" in download.value.path().read_text(encoding="utf-8")
    page.goto(f"{address}/calorie_deficit")
    settled(page)
    move(page, "Minutes")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert_sound(page)


def test_a_read_only_disk(page, tmp_path):
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], check=False).returncode:
        pytest.skip("needs user namespaces")
    with started(
        free_port(),
        *(*ALONE, "sh", "-c", READ_ONLY, "sh", str(ROOT), str(tmp_path)),
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
    ) as (address, _):
        works_without_a_disk(page, address)


def test_a_full_disk(page, tmp_path):
    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    with started(
        free_port(), preexec_fn=no_room, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    ) as (address, _):
        works_without_a_disk(page, address)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size]


def test_a_killed_process_comes_back_with_the_readers_settings(page):
    port = free_port()
    with started(port) as (address, server):
        page.goto(f"{address}/calorie_deficit?weight=81&minutes=50")
        settled(page)
        move(page, "Minutes")
        server.kill()
        server.wait(timeout=20)
        # What nobody would hear cannot be changed.
        slider = page.get_by_role("slider", name="Minutes")
        expect(slider).to_be_disabled()
        expect(slider).to_have_value("55")
    with started(port):
        expect(slider).to_be_enabled(timeout=30_000)
        settled(page)
        move(page, "Minutes")
        expect(slider).to_have_value("60")
        expect(page.locator("h1")).to_contain_text("60")
        expect(page.get_by_role("slider", name="Weight")).to_have_value("81")
        assert_sound(page)


@pytest.mark.parametrize("lost", ["the change", "the answer"])
def test_a_connection_lost_in_the_middle_of_a_change(page, address, lost):
    is_cutting = False

    def through(line):
        server = line.connect_to_server()

        def cut():
            nonlocal is_cutting
            is_cutting = False
            line.close()
            server.close()

        def to_server(message):
            if is_cutting and lost == "the change":
                cut()
            else:
                server.send(message)

        def to_page(message):
            if is_cutting and lost == "the answer":
                cut()
            else:
                line.send(message)

        line.on_message(to_server)
        server.on_message(to_page)

    page.route_web_socket("**/_stcore/stream", through)
    page.goto(f"{address}/calorie_deficit?weight=81")
    settled(page)
    is_cutting = True
    slider = page.get_by_role("slider", name="Minutes")
    slider.press("ArrowRight")
    expect(page.locator("h1")).to_contain_text("45", timeout=20_000)
    settled(page)
    assert not is_cutting
    expect(slider).to_have_value("45")
    expect(page.get_by_role("slider", name="Weight")).to_have_value("81")
    move(page, "Minutes")
    assert_sound(page)


class Line:
    """Connection between a page and its server, on which answers can be held up."""

    def __init__(self, page):
        self.is_slow = False
        self._held = deque()
        self._page = page
        page.route_web_socket("**/_stcore/stream", self._open)

    def _open(self, to_page):
        self._to_page = to_page
        to_page.connect_to_server().on_message(self._answer)

    def _answer(self, message):
        (self._held.append if self.is_slow else self._to_page.send)(message)

    def wait_for_runs(self, ended):
        """Until the server has answered as many changes, none of which the page knows."""
        until = time.monotonic() + 20
        while sum(map(ends_a_run, self._held)) < ended:
            assert time.monotonic() < until
            self._page.wait_for_timeout(20)

    def deliver(self, runs):
        """What the server has said, up to the end of so many runs."""
        while runs and self._held:
            message = self._held.popleft()
            self._to_page.send(message)
            runs -= ends_a_run(message)

    def catch_up(self):
        self.is_slow = False
        while self._held:
            self._to_page.send(self._held.popleft())


def ends_a_run(message):
    return ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


def test_a_view_chosen_before_the_last_one_has_come(page, address):
    """Back to a chart that the browser forgets at the end of the run that is under way."""
    line = Line(page)
    page.goto(f"{address}/articles")
    settled(page)
    matrix = page.get_by_role("figure", name="Matrix of")

    def choose(view):
        page.get_by_role("radio", name=view, exact=True).click()

    choose("Clashes")
    expect(matrix).to_have_count(0)
    settled(page)
    line.is_slow = True
    choose("With your numbers")
    line.wait_for_runs(1)
    choose("Topic by topic")
    line.wait_for_runs(2)
    line.deliver(runs=1)
    expect(page.get_by_role("link", name="Run uphill, see what it costs")).to_be_visible()
    line.catch_up()
    expect(matrix).to_be_visible()
    settled(page)
    assert_sound(page)
    expect(page.get_by_text("Connection error")).to_have_count(0)
