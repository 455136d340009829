"""What a page's address answers: Streamlit's own document, made to suit the page."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from spotcheck.ui.layout import PAGES, address

_STATIC = Path(st.__file__).parent / "static"
# What a messenger or a search engine says of a link.
_DESCRIPTIONS = {
    "Home": "Does running slim the thighs, tone them, help with cellulite? Three articles, checked "
    "with your own numbers and the published trials.",
    "Calorie deficit": "What a run really costs, what becomes of weight, fat and water, and how "
    "sure that is.",
    "Muscle matrix": "Which muscles each exercise engages and how hard: measured, graded, side by "
    "side.",
    "Articles": "Three popular articles about running, claim by claim, beside the studies.",
    "Methods": "The equations, tables, sources and limits behind every number.",
}
# What draws the menu, and what draws the charts.
_MENU, _CHARTS = "BidiComponent", "PlotlyChart"
# Streamlit looks for its root under the page's address first, is refused, and waits a tenth of a
# second before it looks further up. All that it asks for stands beside this document.
_ROOT = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location).href}</script>'

# Reading the code of the charts holds a browser up for a twentieth of a second. It has the time
# while it waits for the page, from the first message on: that one asks for the page.
_ONCE_ASKED = (
    "{const {prototype} = WebSocket, {send} = prototype; prototype.send = function (...message) "
    "{prototype.send = send; setTimeout(() => {%s}); return send.apply(this, message)}}"
)

# The first button that is drawn puts this rule before all others, and a browser then takes every
# font as new and lays the whole page out again, unless the rule is there.
_PRESSABLE = (
    '<style id="react-aria-pressable-style">'
    "@layer {[data-react-aria-pressable] {touch-action: pan-x pan-y pinch-zoom}}"
    "</style>"
)


def routes() -> list[Route]:
    """Give a route for each page's address, as ``st.App`` takes them."""
    document = (_STATIC / "index.html").read_text(encoding="utf-8")
    return [
        _route(f"/{address(script)}", suited(document, title))
        for title, (script, _) in PAGES.items()
    ]


def _route(path: str, text: str) -> Route:
    async def answer(_: Request) -> HTMLResponse:
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    return Route(path, answer)


def suited(document: str, title: str) -> str:
    """Say what a page is, where its server is, and what a browser may fetch before it is told.

    Streamlit asks for the code of a menu or a chart only once the first of them has reached the
    browser: a journey later, and the code of the charts is the largest part of all.

    Parameters
    ----------
    document : str
        Streamlit's own; a text without a head stays as it is.
    title : str
        Title of the page.

    Returns
    -------
    str
        HTML.
    """
    named, described = escape(f"{title} · Spotcheck"), escape(_DESCRIPTIONS[title])
    kinds = (_MENU,) if title == "Methods" else (_MENU, _CHARTS)
    code = [
        f"./static/js/{found.name}"
        for kind in kinds
        for found in (_STATIC / "static" / "js").glob(f"{kind}.*.js")
    ]
    imports = " ".join(f"import({one!r});" for one in code)
    head = [
        f"<title>{named}</title>",
        f'<meta name="description" content="{described}">',
        f'<meta property="og:title" content="{named}">',
        f'<meta property="og:description" content="{described}">',
        '<meta property="og:type" content="website">',
        _ROOT,
        _PRESSABLE,
        *(f'<link rel="modulepreload" crossorigin href="{one}">' for one in code),
        f"<script>{_ONCE_ASKED % imports}</script>",
    ]
    return document.replace("<title>Streamlit</title>", "").replace(
        "</head>", "\n".join((*head, "</head>")), 1
    )
