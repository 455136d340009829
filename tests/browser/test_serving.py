"""The plain script serves the same pages as ``asgi.py``, which all other tests open."""

from playwright.sync_api import expect

from scripts.serving import serving, settled


def test_the_script_alone_is_a_complete_app(chromium):
    page = chromium.new_page()
    with serving("streamlit_app.py") as address:
        page.goto(f"{address}/muscle_matrix")
        settled(page)
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.locator("h1")).to_contain_text("thighs", timeout=20_000)
        settled(page)
    page.close()
