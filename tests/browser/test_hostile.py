"""What strangers put into links, boxes and files stays text, on the page and in every download."""

import csv
import http.client
import io
import json
import re
import socket
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect

from scripts.serving import ROOT, settled
from spotcheck.ui import settings
from tests.browser.conftest import assert_sound

PROBES = (
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "![p](http://evil.example/p.png)",
    "[p](javascript:alert(1))",
    "www.evil.example",
    "https://evil.example/p",
    "p@evil.example",
    ":red[probe]",
    ":material/home:",
    ":streamlit:",
    "$\\frac{1}{2}$",
    "- **probe**",
    "&lt;b&gt;probe",
    "=1+1",
    "@SUM(1)",
    "../../etc/passwd",
    "C:\\Windows",
)
# Two probes each, as a plan's name has room for.
NAMES = (
    "<img src=x onerror=alert(1)>",
    "![p](http://evil.example/p.png)",
    "www.evil.example p@evil.example",
    ":red[probe] :streamlit: $\\frac{1}{2}$",
    ":material/home: https://evil.example/p",
    "=1+1 [p](javascript:alert(1))",
    "- **probe** &lt;b&gt;",
    "../../etc/passwd C:\\Windows",
)
# Made of what a probe says, wherever it would land.
MADE = (
    *("img[src*=evil]", "a[href*=evil]", "a[href^=javascript]", "[onerror]", "[onload]"),
    *(".katex", "main script", "main iframe", "[aria-label='home icon']", "[alt='Streamlit logo']"),
)
FORMULA = re.compile(r"[=+\-@\t\r]")
ODD = (
    *("/..%2f..%2fetc%2fpasswd", "/static/..%2f..%2f..%2fetc%2fpasswd", "/nosuch", "/%00", "/%zz"),
    *("/_stcore/nosuch", "/_stcore/stream", "/_stcore/upload_file/x/y", "/_stcore/message?hash=x"),
    *("/media/nosuch.csv", "/media/..%2f..%2fsetup.py", "/component/x/y.js", "/app/static/x"),
    *("/.streamlit/config.toml", "/.git/config", "/data/articles.csv", "//evil.example/x"),
)
LEAKS = (
    b"Traceback",
    b'File "',
    b"site-packages",
    str(ROOT).encode(),
    b"/root/",
    b"/home/",
    b"root:x:",
)


def assert_text_alone(page):
    """Nothing that a probe says was made, nothing left the page, and nothing went wrong."""
    for made in MADE:
        expect(page.locator(made)).to_have_count(0)
    assert_sound(page)


def shown(page):
    # A word joiner, which nobody sees, keeps addresses from becoming links.
    return page.get_by_test_id("stMain").inner_text().replace("\u2060", "")


def paste(page, label, text):
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(label, exact=True).press("Control+Enter")


def rows_of(download):
    text = download.value.path().read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


def assert_harmless(rows):
    """No cell that a spreadsheet would take for a formula, numbers apart."""
    for cell in (cell for row in rows for cell in row):
        assert not FORMULA.match(cell) or re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell), cell


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/calorie_deficit", settings.estimator),
        ("/muscle_matrix", settings.matrix),
        ("/articles", settings.articles),
        ("/methods", settings.methods),
    ],
)
def test_every_parameter_of_every_link(visit, path, fields):
    names = [field.name for field in fields()]
    pairs = [(name, probe) for name in [*names, "v", "probe"] for probe in PROBES[:3]]
    pairs += [(name, PROBES[at % len(PROBES)]) for at, name in enumerate(names * 3)]
    page = visit(path + "?" + "&".join(f"{name}={quote(probe)}" for name, probe in pairs))
    assert "evil" not in shown(page)
    assert_text_alone(page)


@pytest.mark.parametrize("first", [0, 4])
def test_names_of_plans_that_are_refused(visit, first):
    names = NAMES[first : first + 4]
    page = visit("/calorie_deficit?view=plans&weight=55" + pins(names, "&intake=-1000"))
    said = shown(page)
    assert all(f"{name}." in said for name in names)
    assert_text_alone(page)


def test_names_of_plans_that_are_drawn(visit):
    page = visit("/calorie_deficit?view=plans" + pins(NAMES[:4], "&intake=-300"))
    # Without a dialog for the place, which no test can answer.
    page.evaluate("delete window.showSaveFilePicker")
    page.get_by_text("Rename, use or remove a pinned plan").click()
    boxes = page.get_by_label("Name", exact=True)
    expect(boxes.first).to_have_value(NAMES[0])
    boxes.last.fill(NAMES[5])
    boxes.last.press("Enter")
    heading = page.get_by_role("heading", name=re.compile("ends lowest"))
    expect(heading).to_contain_text(NAMES[5])
    settled(page)
    page.get_by_text("Table and CSV").click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button", name="CSV").click()
    rows = rows_of(download)
    assert [row[0] for row in rows][2:] == [*NAMES[:3], "'" + NAMES[5]]
    assert_harmless(rows)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Download as CSV")).last.dispatch_event("click")
    assert_harmless(rows_of(download))
    assert_text_alone(page)


def pins(names, plan):
    """Parameters that pin plans, each longer than the last."""
    return "".join(
        f"&pin={quote(f'name={quote(name)}&minutes={60 + 20 * place}{plan}')}"
        for place, name in enumerate(names)
    )


def test_weigh_ins(visit):
    page = visit("/calorie_deficit?view=weigh_ins")
    lines = [f"2026-10-{day:02d};{probe}" for day, probe in enumerate(PROBES, 1)]
    lines = ["2026-11-20;70", *lines, *(f"{probe};70" for probe in PROBES)]
    paste(page, "Paste a date and a weight on each line", "\n".join(lines))
    page.get_by_text(f"{2 * len(PROBES)} lines skipped").click()
    expect(page.get_by_text("“=1+1”, starts with").first).to_be_visible()
    said = shown(page)
    assert all(f"“{probe.partition(';')[0]}”" in said for probe in PROBES)
    assert_text_alone(page)
    page.locator("input[type=file]").set_input_files(
        {
            "name": "<img src=x onerror=alert(1)>=1+1 ..%2f..%2f :red[p].csv",
            "mimeType": "text/csv",
            "buffer": "\n".join(lines[:4]).encode(),
        }
    )
    expect(page.get_by_text("Three lines skipped")).to_be_visible()
    settled(page)
    assert_text_alone(page)


def test_a_coding(visit):
    page = visit("/articles?view=expert&part=coding")
    page.get_by_text("Save your codes, or load a colleague's").click()
    lines = ["key,value", *(f'"{probe}",{probe}' for probe in PROBES), "T01,high", "A10,=1+1"]
    page.locator("input[type=file]").set_input_files(
        {
            "name": "=1+1 <svg onload=alert(1)>.csv",
            "mimeType": "text/csv",
            "buffer": "\n".join(lines).encode(),
        }
    )
    page.get_by_text(f"{len(PROBES) + 1} lines not used").click()
    expect(page.get_by_text("“A10, =1+1”, starts with")).to_be_visible()
    said = shown(page)
    assert all(f"“{probe}, {probe}"[:41] in said for probe in PROBES)
    assert_text_alone(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Your coding, CSV").click()
    rows = rows_of(download)
    assert_harmless(rows)
    assert ["T01", "high"] in [[row[0], row[6]] for row in rows]
    assert not any(probe in cell for probe in PROBES for row in rows for cell in row)


def test_a_pasted_article_and_its_name(visit):
    page = visit("/articles?view=added")
    # An element that is hidden and never closed takes the rest of the text with it.
    probes = [*(probe for probe in PROBES if "svg" not in probe), "<svg onload=alert(1)>"]
    text = "\n\n".join(f"Running burns fat on your thighs {probe} every day." for probe in probes)
    page.get_by_label("Name", exact=True).fill(NAMES[4])
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Sentences that look like claims")).to_be_visible(timeout=30_000)
    settled(page)
    assert "home https evil example p: words on" in shown(page)
    assert_text_alone(page)
    page.get_by_role("button", name="Open the topic: claims, studies and your column").click()
    expect(page.get_by_text("has words of this topic")).to_be_visible()
    settled(page)
    assert_text_alone(page)


def test_files_of_the_comparison_hold_nothing_of_a_link(visit):
    codes = "".join(f"&code={quote(f'T01,{probe}')}" for probe in PROBES)
    page = visit(f"/articles?view=expert&part=exports{codes}&code=T01,high&topic={quote('<b>')}")
    for label, kind in (("Comparison, CSV", "csv"), ("ClaimReview, JSON-LD", "jsonld")):
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        name, text = download.value.suggested_filename, download.value.path().read_text("utf-8")
        assert re.fullmatch(rf"spotcheck-[a-z]+\.{kind}", name)
        assert "evil" not in text
        if kind == "csv":
            assert_harmless(csv.reader(io.StringIO(text)))
        else:
            assert json.loads(text)["@graph"]
            assert "<" not in text


@pytest.mark.parametrize("target", ODD)
def test_odd_addresses_give_nothing_away(address, target):
    for method in ("GET", "POST", "PUT", "DELETE"):
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request(method, target, headers={"Cookie": "_streamlit_xsrf=x"})
        reply = connection.getresponse()
        said = reply.read() + repr(reply.getheaders()).encode()
        connection.close()
        assert reply.status < 500
        assert not [leak for leak in LEAKS if leak in said]
        assert reply.getheader("Location", "/").startswith("/")
        assert not reply.getheader("Location", "/").startswith("//")


def handshake(address, *, path="/_stcore/stream", **headers):
    """Ask for a websocket; give the socket and the head of the answer."""
    host = urlsplit(address).netloc
    given = {
        "Host": host,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    line = socket.create_connection(urlsplit(address).netloc.split(":"), timeout=10)
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    line.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
    return line, line.recv(4096)


def frame(opcode, payload):
    """Masked frame of a websocket, with a mask of zeros."""
    size = len(payload).to_bytes(2, "big")
    return bytes([0x80 | opcode, 0x80 | 126]) + size + b"\0\0\0\0" + payload


def test_a_malformed_websocket_gives_nothing_away_and_harms_nobody(visit, address):
    page = visit("/methods")
    said = []
    for headers in (
        {"Sec_WebSocket_Version": "99"},
        {"Sec_WebSocket_Key": "short"},
        {"Origin": "http://evil.example"},
        {"Sec_WebSocket_Protocol": "streamlit, x, " + "y" * 3000},
        {"Upgrade": "nothing"},
    ):
        line, answer = handshake(address, **headers)
        said.append(answer)
        line.close()
    for garbage in (
        frame(2, b"\xff" * 300),
        frame(1, b"<script>alert(1)</script>"),
        frame(1, b"\xff\xfe"),
        frame(15, b"?"),
        b"\xff" * 200,
        frame(8, b"\x03"),
    ):
        line, answer = handshake(address)
        assert b" 101 " in answer
        line.sendall(garbage)
        line.settimeout(1)
        try:
            while received := line.recv(65536):
                said.append(received)
        except (TimeoutError, ConnectionError):
            pass
        line.close()
    assert not [leak for leak in LEAKS if any(leak in one for one in said)]
    assert b"evil" not in b"".join(said)
    page.get_by_test_id("stMain").get_by_text("Words", exact=True).first.click()
    expect(page.get_by_text("terms in plain language")).to_be_visible()
    assert_sound(page)


def test_a_page_that_does_not_exist_says_so(visit):
    page = visit("/")
    page.goto(page.url + "nosuch")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Page not found")
    assert "/work" not in dialog.inner_text()
