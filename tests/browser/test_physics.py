"""The leg model in a real browser: the leg from four sides, the live solver, the lens, Home."""

import re

from playwright.sync_api import expect

from scripts.serving import settled
from tests.browser.conftest import assert_sound, move

PAGE = "/muscle_matrix"
LEG = f"{PAGE}?view=leg&exercise=copenhagen_adductor_plank"
SIDES = ("Front", "Back", "Inner thigh", "Outer side")
BLIND = """
const given = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.includes("webgl") ? null : given.call(this, kind, ...more);
};"""
# What one leg on paper comes to as a PNG; an empty canvas is a twentieth of it.
LEAST_BYTES = 20_000


def camera(page):
    return page.evaluate("() => document.querySelector('.js-plotly-plot').layout.scene.camera.eye")


def test_the_leg_is_seen_from_four_sides(visit):
    page = visit(LEG)
    leg = page.locator(".st-key-chart-leg .gl-container canvas").first
    expect(leg).to_be_visible(timeout=30_000)
    expect(page.locator("html[data-leg-drawn]")).to_have_count(1, timeout=30_000)
    eyes, pictures = [], []
    for side in SIDES:
        before = camera(page)
        button = page.locator(".updatemenu-button", has_text=side)
        button.click()
        if eyes or side == "Front":
            page.wait_for_function(
                "([x, y]) => { const e = document.querySelector('.js-plotly-plot')"
                ".layout.scene.camera.eye; return Math.hypot(e.x - x, e.y - y) > 0.01; }",
                arg=[before["x"], before["y"]],
            )
        settled(page)
        eyes.append(camera(page))
        pictures.append(leg.screenshot())
    assert len({(round(eye["x"], 2), round(eye["y"], 2)) for eye in eyes}) == len(SIDES)
    assert len(set(pictures)) == len(SIDES)
    assert min(map(len, pictures)) > LEAST_BYTES
    page.get_by_text("The figure's buttons, for the keyboard").click()
    page.get_by_role("radiogroup", name="Look from").get_by_role("radio", name="Back").click()
    settled(page)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode")).to_contain_text("turn=back")
    assert_sound(page)


def test_without_webgl_the_page_says_so_and_leads_to_the_maps(visit):
    page = visit("/methods")
    page.add_init_script(BLIND)
    page.goto(page.url.replace("/methods", LEG))
    page.get_by_role("button", name="Show the body maps").click()
    expect(page.get_by_role("figure", name=re.compile("^Body from the front"))).to_have_count(2)
    settled(page)


def test_a_load_is_solved_anew_while_a_slider_moves(visit):
    page = visit(f"{PAGE}?view=physics&part=live&live=back_squat_parallel&load=100")
    headings = page.get_by_role("main").locator("h2, h3")
    before = headings.all_inner_texts()
    move(page, "Load", "ArrowLeft", 4)
    expect(headings).not_to_have_text(before, use_inner_text=True)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_test_id("stCode")).not_to_contain_text("load=100")
    expect(page.get_by_test_id("stCode")).to_contain_text("load=")
    assert_sound(page)


def test_the_lens_opens_a_cell_and_the_cell_its_torques(visit):
    page = visit(f"{PAGE}?lens=model&exercise=copenhagen_adductor_plank&muscle=adductor_magnus")
    expect(page.get_by_text("not in the model", exact=False).first).to_be_visible()
    page.get_by_role("button", name=re.compile("torque|Torque|Physics")).last.click()
    expect(page.get_by_role("heading", name=re.compile("^Hip adduction"))).to_be_visible()
    settled(page)
    assert_sound(page)


def test_home_leads_to_the_leg(visit):
    page = visit("/")
    page.get_by_role("link", name="Turn the leg in 3-D").click()
    page.wait_for_url(re.compile("/muscle_matrix"))
    expect(page.locator(".st-key-chart-leg .gl-container canvas").first).to_be_visible(
        timeout=30_000
    )
    settled(page)
    assert_sound(page)
