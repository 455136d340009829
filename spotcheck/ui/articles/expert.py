"""What few readers ask for: reporting quality, language, a coding of their own, files."""

from __future__ import annotations

from importlib import import_module

from spotcheck.ui import settings
from spotcheck.ui.articles.scene import Scene


def draw(scene: Scene) -> None:
    """Row of parts, and the open one, the only one that is imported and built."""
    choose = scene.controls.select if scene.narrow else scene.controls.segments
    choose("part", "Part", settings.EXPERT_PARTS)
    import_module(f"spotcheck.ui.articles.{scene.controls['part']}").draw(scene)
