"""The app in a real Chromium, on this machine only."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATHS = ("/", "/calorie_deficit", "/muscle_matrix", "/articles", "/methods")
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile"
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


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # One server and one browser: these tests share a worker.
            item.add_marker(pytest.mark.xdist_group("browser"))


@contextmanager
def serving(*options: str):
    """Serve the app on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py")),
        *("--server.port", str(port), "--server.address", "127.0.0.1"),
        *("--server.headless", "true", "--server.fileWatcherType", "none", *options),
    ]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, server)
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_until_healthy(address: str, server: subprocess.Popen) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5) as reply:
                if reply.read() == b"ok":
                    return
        except (urllib.error.URLError, ConnectionError):
            try:
                server.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError(server.stdout.read().decode()) from None
    raise RuntimeError("the app did not start within a minute")


@pytest.fixture(scope="session")
def address():
    with serving() as served:
        yield served


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """Open a path in a fresh session; ``page.faults`` collects what a reader should never see."""
    contexts = []

    def visited(path="/", *, width=1440, theme="light", phone=False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 740 if width < 500 else 900},
            color_scheme=theme,
            reduced_motion="reduce",
            user_agent=PHONE if phone else None,
            has_touch=phone,
            is_mobile=phone,
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(f"error: {error}"))
        page.on("console", lambda message: _note_console(page, message))
        page.on("request", lambda request: _note_request(page, request, address))
        page.goto(address + path)
        settled(page)
        return page

    yield visited
    for context in contexts:
        context.close()


def _note_console(page, message):
    # On a deep path Streamlit looks for its own root in two places that answer 404.
    probes = ("/_stcore/health", "/_stcore/host-config")
    if message.type == "error" and not message.location.get("url", "").endswith(probes):
        page.faults.append(f"console: {message.text} {message.location}")


def _note_request(page, request, address):
    if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
        page.faults.append(f"request: {request.url}")


def settled(page: Page) -> None:
    """Wait until the script has run and the page has drawn it."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=20_000)
    expect(page.locator("h1").first).to_be_visible(timeout=20_000)


def move(page: Page, label: str, key: str = "ArrowRight", times: int = 1) -> None:
    """Move a slider by keyboard, as a reader would, and wait for the page."""
    slider = page.get_by_role("slider", name=label)
    before = page.get_by_test_id("stMain").inner_text()
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)
    expect(page.get_by_test_id("stMain")).not_to_have_text(before, use_inner_text=True)
    settled(page)


def assert_sound(page: Page) -> None:
    """Fail if the page shows or reports a fault, or scrolls sideways."""
    assert page.faults == []
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Something went wrong")).to_have_count(0)
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
