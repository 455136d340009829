"""Views of the articles page in a real browser: followed, coded, pasted, downloaded."""

import csv
import html
import json
import re

from playwright.sync_api import expect

from scripts.serving import settled
from spotcheck import tables
from spotcheck.ui.settings import ARTICLE_VIEWS, EXPERT_PARTS
from tests.browser.conftest import assert_sound, too_small

PAGE = "/articles"
HOSTILE = (
    "<script>document.title = 'taken'</script> <img src=x onerror=alert(1)> **bold** $x^2$ "
    "[a link](https://example.org) \u202eright to left\u202c. Running uphill makes your thigh "
    "muscles work harder. Squats burn the fat on your thighs, and afterburn goes on for days."
)


def test_every_view_fits_a_phone(visit):
    page = visit(PAGE, width=360, phone=True)
    for box, labels in (("View", [*ARTICLE_VIEWS.values()]), ("Part", [*EXPERT_PARTS.values()])):
        for label in labels[1:]:
            page.get_by_role("combobox", name=box, exact=True).click()
            page.get_by_role("option", name=label, exact=True).click()
            settled(page)
            assert_sound(page)
            assert too_small(page) == []


def test_a_clash_leads_to_its_topic(visit):
    page = visit(f"{PAGE}?view=clashes")
    # A picture that is drawn late would move the button from under the pointer.
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.get_by_role("button", name="Open this topic").first.click()
    expect(page.get_by_role("heading", name=re.compile(r"^▼ Against \(\d+\)"))).to_be_visible()
    settled(page)
    question = page.get_by_role("heading", name="Does training a body part burn its fat?")
    expect(question).to_be_visible()
    assert_sound(page)


def test_a_claims_link_opens_the_page_that_computes_it(visit):
    page = visit(f"{PAGE}?view=numbers")
    page.get_by_role("link", name="Run uphill, see what it costs").click()
    page.wait_for_url(re.compile("/calorie_deficit"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_sound(page)


def test_a_dot_opens_its_topic(visit):
    page = visit(f"{PAGE}?view=wording")
    dot = page.locator(".js-plotly-plot .scatterlayer .trace path.point").first
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("heading", name=re.compile(r"\d+ stud(y|ies): "))).to_be_visible()
    settled(page)
    assert_sound(page)


def test_a_readers_code_moves_the_counts_travels_and_is_taken_back(visit):
    page = visit(f"{PAGE}?view=expert&part=coding")
    headline = page.get_by_role("heading", level=1)
    ours = headline.inner_text()
    page.get_by_role("combobox", name="Stance on the statement").nth(1).click()
    page.get_by_role("option", name="Supports").click()
    expect(headline).not_to_have_text(ours)
    settled(page)
    changed = headline.inner_text()
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stCode").last.inner_text().strip()
    assert "code=T01.B,supports" in link
    again = visit(link.removeprefix(re.match(r"https?://[^/]+", link)[0]))
    expect(again.get_by_role("heading", level=1)).to_have_text(changed)
    again.get_by_role("button", name="Take all back").click()
    expect(again.get_by_role("heading", level=1)).to_have_text(ours)
    assert_sound(again)


def test_a_coding_is_downloaded_filled_and_loaded(visit, tmp_path):
    page = visit(f"{PAGE}?view=expert&part=coding")
    page.get_by_text("Save your codes, or load a colleague").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Your coding, CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 238
    rows[0]["value"], rows[1]["value"] = "qualifies", "<b>nonsense</b>"
    filled = tmp_path / "coding.csv"
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    page.locator("input[type=file]").set_input_files(filled)
    expect(page.get_by_text(re.compile("^One line not used"))).to_be_visible()
    expect(page.get_by_role("button", name="Take all back")).to_be_visible()
    settled(page)
    assert page.locator("main b").count() == 0
    assert_sound(page)


def test_a_pasted_text_is_read_shown_as_it_is_and_forgotten(visit):
    page = visit(f"{PAGE}?view=added")
    page.get_by_role("textbox", name="Name").fill("Mine <b>")
    page.get_by_role("textbox", name="Text").fill(HOSTILE)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name=re.compile("^Mine b: words on"))).to_be_visible(
        timeout=30_000
    )
    settled(page)
    assert page.title() != "taken"
    assert page.locator("main img[src=x], main a[href*='example.org']").count() == 0
    page.get_by_role("button", name=re.compile("^Open the topic")).click()
    expect(page.get_by_text("Found by matching words, not read by a person").first).to_be_visible()
    settled(page)
    assert_sound(page)
    view = page.get_by_role("radio", name="Add an article")
    view.click()
    settled(page)
    expect(view).to_be_checked()
    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_role("textbox", name="Text")).to_have_value("")
    assert_sound(page)


def test_the_fact_checks_are_a_file_that_machines_read(visit):
    page = visit(f"{PAGE}?view=expert&part=exports&code=A10,supported")
    with page.expect_download() as download:
        page.get_by_role("button", name="ClaimReview, JSON-LD").click()
    found = json.loads(download.value.path().read_text(encoding="utf-8"))
    reviews = [one for one in found["@graph"] if one["@type"] == "ClaimReview"]
    claims = tables.load("claims")
    assert len(reviews) == claims["claim_type"].ne("rhetoric").sum()
    with page.expect_download() as download:
        page.get_by_role("button", name="Page, HTML").click()
    printed = html.unescape(download.value.path().read_text(encoding="utf-8"))
    assert "<script" not in printed
    assert all(statement in printed for statement in tables.load("topics")["proposition"])


def test_the_rest_of_the_page_knows_of_an_opened_topic(visit):
    page = visit(f"{PAGE}?topic=T05")
    page.get_by_role("button", name="Choose by name").click()
    for name, question in (
        ("Running lowers body fat", "Does running lower total body fat?"),
        ("Running slims the thighs", "Does running slim the thighs?"),
    ):
        box = page.get_by_role("combobox", name="Topic", exact=True)
        box.click()
        box.fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=question)).to_be_visible()
        settled(page)
    assert "?" not in page.url
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("topic=T03")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Reset").click()
    expect(page.get_by_role("heading", name="Does training a body part burn")).to_be_visible()
    assert_sound(page)
