"""Serve the app for a browser on this machine: for the tests, the benchmarks and the pictures."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
HOME = "asgi.py"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile"
REPOSITORY = "https://github.com/someone/spotcheck"
# Nothing but this machine can be reached, so a request that leaves shows as a failed one.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


class ServerEnded(RuntimeError):
    """A server that never answered, with what it said."""


@contextmanager
def serving(script: str = HOME) -> Iterator[str]:
    """Serve a Streamlit script of this repository on a free port.

    Parameters
    ----------
    script : str
        Path from the repository's root.

    Yields
    ------
    str
        Address, without a slash at the end.
    """
    with server_process(script) as (address, _):
        yield address


@contextmanager
def server_process(
    script: str = HOME, log: Path | None = None, port: int | None = None
) -> Iterator[tuple[str, int]]:
    """As :func:`serving`, with the id of the server's process beside its address.

    What the server says goes to the file ``log``, where one is given; a port is found if none is.
    """
    port = port or free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / script)),
        *("--server.port", str(port), "--server.address", "127.0.0.1"),
        *("--server.headless", "true", "--server.fileWatcherType", "none"),
    ]
    # Pages are the same wherever the clone comes from.
    environment = os.environ | {"SPOTCHECK_REPOSITORY": REPOSITORY}
    address = f"http://127.0.0.1:{port}"
    # A pipe that nobody empties would stop the server once it is full.
    with log.open("w+b") if log else tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            wait_until_healthy(address, server)
            yield address, server.pid
        except ServerEnded as error:
            said.seek(0)
            raise ServerEnded(said.read().decode() or str(error)) from None
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until the app answers at ``address``; fail with what ``server`` said if it ended."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as reply:
                if reply.read() == b"ok":
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            try:
                output, _ = server.communicate(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
            raise ServerEnded((output or b"the server ended").decode()) from None
    raise ServerEnded("the app did not start within a minute")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium: the one that ``CHROMIUM`` names, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


def settled(page: Page, last_words: str = "Data version") -> None:
    """Wait until the script has run and the page stands, from its title to its last words."""
    app = page.get_by_test_id("stApp")
    expect(page.locator("h1").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text(last_words).last).to_be_visible(timeout=20_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=20_000)
