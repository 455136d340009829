"""Take the README's pictures of every page, in a real browser: ``make pictures``."""

from __future__ import annotations

from scripts.serving import PHONE, ROOT, chromium, serving, settled

FOLDER = ROOT / "docs" / "pictures"
PAGES = {
    "home": "/",
    "calorie_deficit": "/calorie_deficit",
    "unknowns": "/calorie_deficit?view=unknowns",
    "check": "/calorie_deficit?view=check",
    "muscle_matrix": "/muscle_matrix",
    "leg": "/muscle_matrix?view=leg&lens=model&exercise=copenhagen_adductor_plank",
    "torques": "/muscle_matrix?view=physics",
    "articles": "/articles",
    "wording": "/articles?view=wording",
    "cellulite": "/articles?view=cellulite",
    "methods": "/methods",
}
NARROW = 768
WIDTHS = {1440: 1000, 768: 1000, 360: 740}


def main() -> None:
    """Write one picture a page, width and theme into ``docs/pictures``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, serving() as address:
        for width, height in WIDTHS.items():
            for theme in ("light", "dark"):
                phone = width < 500
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=theme,
                    reduced_motion="reduce",
                    user_agent=PHONE if phone else None,
                    is_mobile=phone,
                )
                for name, path in PAGES.items():
                    page = context.new_page()
                    page.goto(address + path)
                    settled(page)
                    if width <= NARROW:
                        # Both stand only in a page that is laid out for a phone.
                        drawer = page.get_by_test_id("stMain").get_by_test_id("stExpander")
                        words = page.get_by_text("What the words mean", exact=True)
                        drawer.or_(words).first.wait_for()
                        settled(page)
                    if name != "methods":
                        page.locator(".js-plotly-plot .main-svg").first.wait_for()
                    if name == "leg":
                        page.locator("html[data-leg-drawn]").wait_for(state="attached")
                    page.wait_for_load_state("networkidle")
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=FOLDER / f"{name}_{width}_{theme}.png")
                    page.close()
                context.close()


if __name__ == "__main__":
    main()
