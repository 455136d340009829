"""``deploy/nginx`` for real: two processes behind it, one of which dies under a reader."""

import os
import re
import shutil
import signal
import subprocess
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import expect

from scripts.serving import ROOT, free_port, server_process, settled, wait_until_healthy
from tests.browser.conftest import move

NGINX = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
# A process that takes over on two busy cores; on a quiet machine five seconds are enough.
PATIENCE_MS = 20_000
pytestmark = pytest.mark.skipif(not NGINX, reason="needs nginx: apt-get install nginx-light")


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """Address of nginx, and the process behind each of its upstreams."""
    with ExitStack() as stack:
        servers = [stack.enter_context(server_process()) for _ in range(2)]
        folder = tmp_path_factory.mktemp("nginx")
        address = stack.enter_context(nginx(folder, [url for url, _ in servers]))
        yield address, {url.removeprefix("http://"): pid for url, pid in servers}, folder


@contextmanager
def nginx(folder, upstreams):
    """Run nginx with our configuration, its ports apart."""
    port = free_port()
    ours = (ROOT / "deploy/nginx/spotcheck.conf").read_text()
    for place, url in enumerate(upstreams, start=8501):
        ours = ours.replace(f"server 127.0.0.1:{place}", f"server {url.removeprefix('http://')}")
    (folder / "spotcheck.conf").write_text(ours.replace("127.0.0.1:8080", f"127.0.0.1:{port}"))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log {folder}/error.log; daemon off;\n"
        "events { worker_connections 256; }\n"
        "http {\n"
        "types { text/html html; text/javascript js; text/css css; }\n"
        "log_format route '$request_uri $upstream_addr';\n"
        f"access_log {folder}/access.log route;\n"
        f"{temporary}include {folder}/spotcheck.conf;\n}}\n"
    )
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def fetched(address, **headers):
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as reply:
        return reply.headers, reply.read()


def test_headers_and_compression(proxied):
    address, _, _ = proxied
    headers, page = fetched(f"{address}/muscle_matrix")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "nginx/" not in headers["Server"]
    assert re.match(r"spotcheck_route=[0-9a-f]{32}; .*HttpOnly", headers["Set-Cookie"])
    script = re.search(rb'src="\./(static/js/index[^"]+)"', page)[1].decode()
    headers, _ = fetched(f"{address}/{script}", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert "Set-Cookie" not in fetched(address, Cookie="spotcheck_route=0a1b")[0]


def test_a_reader_outlives_the_process_that_served_them(proxied, chromium):
    address, processes, folder = proxied
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    # A process that serves has its libraries in memory.
    for upstream in processes:
        page.goto(f"http://{upstream}/calorie_deficit")
        settled(page)
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # What the policy forbids shows as an error; what died shows as a failed connection.
    page.on("console", lambda message: "Policy" in message.text and faults.append(message.text))
    page.goto(f"{address}/calorie_deficit?weight=81&minutes=50")
    settled(page)
    move(page, "Minutes")
    served_by = (folder / "access.log").read_text().splitlines()[-1].split()[-1]
    slider = page.get_by_role("slider", name="Minutes")
    expect(slider).to_have_value("55")
    # A slider cannot be moved while no process is there.
    with page.expect_websocket():
        os.kill(processes[served_by], signal.SIGKILL)
    expect(slider).to_be_enabled(timeout=PATIENCE_MS)
    before = page.locator("h1").inner_text()
    slider.press("ArrowRight")
    expect(page.locator("h1")).not_to_have_text(before, timeout=PATIENCE_MS)
    settled(page)
    expect(slider).to_have_value("60")
    expect(page.get_by_role("slider", name="Weight")).to_have_value("81")
    expect(page.locator("h1")).to_contain_text("60")
    assert faults == []
    context.close()
