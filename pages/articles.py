"""Three articles, topic by topic, beside each other and the evidence: ``/articles``."""

from __future__ import annotations

from importlib import import_module

from spotcheck.charts.theme import Theme
from spotcheck.ui import layout, settings
from spotcheck.ui.articles import controls as inputs
from spotcheck.ui.articles.data import answer, coding_of, compare, implied_note
from spotcheck.ui.articles.scene import Scene
from spotcheck.ui.controls import Controls
from spotcheck.ui.terms import words


def main(colours: Theme) -> None:
    """Draw the page."""
    scene = scene_of(colours)
    controls = scene.controls
    layout.opening(
        *answer(controls),
        controls,
        draw_controls=lambda: inputs.draw(controls) if scene.narrow else None,
        draw_figures=lambda: None,
        draw_picture=lambda: draw_view_and_column(scene),
    )
    words("article_stance", "verdict", "grade_certainty", "evidence_direction", "second_hand")


def scene_of(colours: Theme) -> Scene:
    """Settings of the page and what they leave of the tables."""
    controls = Controls("articles", settings.articles(), settings.fit_articles)
    coding = coding_of(controls["code"])
    return Scene(controls, coding, compare(controls), colours, layout.is_narrow())


def prepare(colours: Theme) -> None:
    """Compute what the page shows of the topics that the filters leave."""
    scene = scene_of(colours)
    answer(scene.controls)
    implied_note(scene.controls)
    if scene.controls["view"] == "topics":
        import_module("spotcheck.ui.articles.topics").prepare(scene)


def prepare_next() -> None:
    """Compute what the next choice of a topic needs."""
    controls = Controls("articles", settings.articles())
    if controls["view"] == "topics":
        import_module("spotcheck.ui.articles.topics").prepare_topics(implied=controls["implied"])


def draw_view_and_column(scene: Scene) -> None:
    """Row of views and the open one; then the left column, which can wait.

    A browser begins to go through a page with what reached it in the first hundredth of a second,
    and the picture should be among it. One that fails leaves the filters, which lead out.
    """
    try:
        draw_view(scene)
    finally:
        if not scene.narrow:
            inputs.draw(scene.controls)


def draw_view(scene: Scene) -> None:
    """Row of views, and the open one, the only one that is imported and built."""
    view = scene.controls.views(settings.ARTICLE_VIEWS, narrow=scene.narrow)
    import_module(f"spotcheck.ui.articles.{view}").draw(scene)


layout.page("Articles", main, prepare, prepare_next)
