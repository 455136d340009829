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


ASKED = (
    """() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1))"""
)


def test_a_page_finds_its_server_at_once_and_asks_ahead_for_what_draws_it(visit):
    page = visit("/articles?topic=spot_reduction")
    asked = page.evaluate(ASKED)
    # Under the page's own address it would be refused, and asked for once more.
    assert asked.count("health") == 1
    (charts,) = [at for at, name in enumerate(asked) if name.startswith("PlotlyChart.")]
    assert charts < asked.index("health")


def test_a_page_under_a_path_of_a_proxy_finds_its_server_too(visit):
    """Whatever stands before a page's name, its server answers beside it."""
    page = visit("/")
    found = page.evaluate("window.__streamlit.BACKEND_BASE_URL")
    assert found == page.url.split("?")[0]
    page.get_by_role("link", name="Muscles", exact=True).click()
    expect(page).to_have_url(f"{found}muscle_matrix")
    page.reload()
    settled(page)
    assert page.evaluate("window.__streamlit.BACKEND_BASE_URL") == found
