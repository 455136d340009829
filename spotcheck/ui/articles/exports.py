"""Files of the comparison: fact checks for machines, one table, one page to print."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.articles.coding import differences
from spotcheck.articles.exports import (
    claim_reviews,
    comparison_table,
    json_text,
    rating_scale,
)
from spotcheck.articles.report import html_report
from spotcheck.ui import layout, links, settings
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.clock import today
from spotcheck.wording import number


def draw(scene: Scene) -> None:
    """Draw the view; each file is made only when it is asked for."""
    n = len(differences(settings.our_coding(), scene.coding))
    yours = (
        f" They hold your own codes: {number(n)} differ{'s' if n == 1 else ''} from ours, and the "
        "files say which."
        if n
        else ""
    )
    layout.finding(
        "The whole comparison, to take away",
        f"All topics and claims, whatever the filters show.{yours}",
    )
    # Files are made outside a run of the page, where its address is not known any more.
    page = st.context.url or ""
    with st.container(horizontal=not scene.narrow, gap="small"):
        draw_card(
            "One page to print",
            "Every topic with the three stances, the studies and their certainty; a single HTML "
            "file that works offline.",
            lambda: draw_download(
                "Page, HTML", "spotcheck-articles.html", "text/html", lambda: report(scene)
            ),
        )
        draw_card(
            "One table",
            "Topics, stances, claims, studies, and the claims behind each stance, a record a row, "
            "our code beside the one that counts.",
            lambda: layout.csv_download("articles", lambda: table(scene), "Comparison, CSV"),
        )
        draw_card(
            "Fact checks for machines",
            "A ClaimReview of schema.org for every claim that is more than rhetoric, in our words. "
            f"{rating_scale()}",
            lambda: draw_download(
                "ClaimReview, JSON-LD",
                "spotcheck-claims.jsonld",
                "application/ld+json",
                lambda: fact_checks(scene, page),
            ),
        )
    layout.note(
        "Data CC BY 4.0. The articles' own texts are in none of the files. One rater coded them; "
        "the fact checks name no author of a claim, because no article does."
    )


def draw_card(title: str, words: str, button: Callable[[], None]) -> None:
    """A file: what it is, and its button at the foot."""
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        with st.container(gap="xxsmall"):
            st.subheader(title, anchor=False)
            st.markdown(words)
        button()


def draw_download(label: str, file: str, mime: str, made: Callable[[], str]) -> None:
    """Button of a file that is made when it is pressed."""
    st.download_button(
        label,
        lambda: made().encode(),
        file,
        mime,
        type="tertiary",
        icon=":material/download:",
        key=f"articles/{file}",
        on_click="ignore",
    )


def report(scene: Scene) -> str:
    """Page to print, under the reader's codes."""
    return html_report(
        settings.our_coding(),
        scene.coding,
        tables.load("articles"),
        tables.load("evidence_links"),
        lenient=scene.controls["implied"],
        version=tables.package().descriptor["version"],
        today=today(),
    )


def table(scene: Scene) -> pd.DataFrame:
    """The comparison, a record a row, under the reader's codes."""
    return comparison_table(
        settings.our_coding(),
        scene.coding,
        *map(tables.load, ("evidence_links", "studies", "stance_claims")),
    )


def fact_checks(scene: Scene, page: str) -> str:
    """JSON-LD of the claims, under the reader's codes, with links to this page."""
    package = tables.package().descriptor
    return json_text(
        claim_reviews(
            scene.coding,
            tables.load("articles"),
            page=page,
            address=lambda topic, is_yours: (
                f"{page}?{topic_query(topic, scene.controls['code'] if is_yours else ())}"
            ),
            version=package["version"],
            published=package["created"][:10],
        )
    )


def topic_query(topic: str, code: tuple[tuple[str, str], ...]) -> str:
    """Parameters that open a topic, with codes that are not ours where there are any."""
    values = {"view": "topics", "topic": topic, **({"code": code} if code else {})}
    fields = [field for field in settings.articles() if field.name in values]
    return links.write(fields, values, with_personal=True)
