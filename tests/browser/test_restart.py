"""A page that stays open while its server is started anew, as every deployment does."""

import pytest
from playwright.sync_api import expect

from scripts.serving import free_port, server_process, settled
from tests.browser.conftest import move


@pytest.mark.parametrize("moves", [0, 1], ids=["only read", "moved before"])
def test_a_change_is_answered_while_a_new_server_draws_the_page(moves, chromium):
    port = free_port()
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    app = page.get_by_test_id("stApp")
    slider = page.get_by_role("slider", name="Minutes")
    with server_process(port=port) as (address, _):
        page.goto(f"{address}/calorie_deficit?weight=81&minutes=50")
        settled(page)
        for _ in range(moves):
            move(page, "Minutes")
            settled(page)
        # The browser has every script that it needs.
        expect(slider).to_have_value(str(50 + 5 * moves))
        expect(page.locator(".js-plotly-plot").first).to_be_visible()
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with server_process(port=port):
        # The new process knows none of the page's parts until it has drawn them.
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=20_000)
        slider.press("ArrowRight")
        minutes = 55 + 5 * moves
        expect(page.locator("h1")).to_contain_text(f"3 × {minutes} minutes", timeout=20_000)
        settled(page)
        expect(slider).to_have_value(str(minutes))
        expect(page.get_by_role("slider", name="Weight")).to_have_value("81")
    context.close()
