"""The plain script serves the same pages as ``asgi.py``, which all other tests open."""

from playwright.sync_api import expect

from scripts.serving import serving, settled

RULES = "id => [...document.querySelectorAll(id)].map(one => one.sheet.cssRules[0].cssText)"
PRESSABLE = "#react-aria-pressable-style"


def test_the_script_alone_is_a_complete_app(chromium, visit):
    page = chromium.new_page()
    with serving("streamlit_app.py") as address:
        page.goto(f"{address}/muscle_matrix")
        settled(page)
        page.get_by_role("link", name="Home", exact=True).click()
        expect(page.locator("h1")).to_contain_text("thighs", timeout=20_000)
        settled(page)
        (added,) = page.evaluate(RULES, PRESSABLE)
    page.close()
    # What ``asgi.py`` sends ahead is what a page would add.
    assert visit("/").evaluate(RULES, PRESSABLE) == [added]


def test_fonts_are_not_taken_for_new_once_the_page_stands(visit):
    page = visit("/")
    page.add_init_script("""
      window.loads = [];
      document.fonts.addEventListener("loading", () =>
        loads.push(Boolean(document.querySelector(".js-plotly-plot"))));
    """)
    page.reload()
    settled(page)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    page.evaluate("document.fonts.ready")
    loads = page.evaluate("loads")
    assert loads
    assert not any(loads)


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


def test_a_page_is_asked_for_before_the_code_of_its_charts_is_read(visit):
    page = visit("/articles")
    page.add_init_script("""
      const { prototype } = WebSocket, { send } = prototype;
      window.own = prototype.send = function (...message) {
        window.asked ??= performance.now();
        return send.apply(this, message);
      };
    """)
    page.reload()
    settled(page)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    early = page.evaluate("""() => {
      const files = performance.getEntriesByType("resource");
      const { startTime } = files.find(({ name }) => name.endsWith("host-config"));
      return files.filter((one) => one.initiatorType === "script"
        && one.startTime > startTime && one.startTime < asked).map(({ name }) => name);
    }""")
    assert early == []
    assert page.evaluate("WebSocket.prototype.send === own")


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
