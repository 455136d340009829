"""A page's address answers a document that is about the page, and Streamlit's own otherwise."""

from html.parser import HTMLParser

import pytest
import streamlit
from starlette.applications import Starlette

from spotcheck.ui import document
from spotcheck.ui.layout import PAGES
from tests.ui.asking import ask

OWN = (document._STATIC / "index.html").read_text(encoding="utf-8")


class Read(HTMLParser):
    """Titles, what the head says of the page, and all files that are asked for."""

    def __init__(self, text):
        super().__init__()
        self.titles, self.said, self.files, self.within = [], {}, [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.within = tag
        named = dict(attributes)
        if tag == "meta" and "content" in named:
            self.said[named.get("name") or named.get("property")] = named["content"]
        if tag in ("link", "script"):
            self.files += [named[one] for one in ("href", "src") if one in named]

    def handle_data(self, text):
        if self.within == "title" and text.strip():
            self.titles.append(text)


@pytest.mark.parametrize("title", PAGES)
def test_a_page_is_named_and_described_once_and_keeps_all_that_streamlit_asks_for(title):
    own, read = Read(OWN), Read(document.suited(OWN, title))
    assert read.titles == [f"{title} · Spotcheck"]
    assert read.said["og:title"] == read.titles[0]
    assert read.said["description"] == read.said["og:description"]
    assert 40 < len(read.said["description"]) < 160
    assert read.files[: len(own.files)] == own.files


@pytest.mark.parametrize("title", PAGES)
def test_what_is_asked_for_ahead_is_there_and_no_chart_where_none_is_drawn(title):
    ahead = Read(document.suited(OWN, title)).files[len(Read(OWN).files) :]
    kinds = [one.rsplit("/", 1)[1].split(".")[0] for one in ahead]
    assert kinds == ["BidiComponent", "PlotlyChart"][: 1 if title == "Methods" else 2]
    assert all((document._STATIC / one).is_file() for one in ahead)


def test_descriptions_differ():
    described = {Read(document.suited(OWN, title)).said["description"] for title in PAGES}
    assert len(described) == len(PAGES)


def test_a_document_without_a_head_stays_as_it_is():
    assert document.suited("<p>Another Streamlit</p>", "Home") == "<p>Another Streamlit</p>"


@pytest.mark.parametrize("page", ["", "calorie_deficit", "muscle_matrix", "articles", "methods"])
def test_every_address_of_a_page_answers_its_own_document_and_is_asked_again(page):
    app = Starlette(routes=document.routes())
    status, headers, body = ask(app, f"/{page}")
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert headers["cache-control"] == "no-cache"
    title = Read(body.decode()).titles[0].split(" · ")[0]
    assert title.lower().replace(" ", "_") == (page or "home")


def test_streamlit_has_the_document_where_we_read_it():
    assert document._STATIC.parent.samefile(streamlit.__path__[0])
    assert "<title>Streamlit</title>" in OWN
