"""What every view of the articles page gets to draw with."""

from __future__ import annotations

from dataclasses import dataclass

from spotcheck.articles.coding import Coding
from spotcheck.charts.theme import Theme
from spotcheck.ui.articles.data import Comparison
from spotcheck.ui.controls import Controls


@dataclass(frozen=True)
class Scene:
    """Settings of the page and what they come to.

    Attributes
    ----------
    controls : Controls
        Settings, and the widgets that change them.
    coding : Coding
        Stances, verdicts and grades that every picture and count goes by: ours, with what the
        reader coded in another way.
    comparison : Comparison
        Topics, and what the filters leave of them.
    colours : Theme
        Colours to draw with.
    narrow : bool
        Whether the page is laid out for a phone.
    """

    controls: Controls
    coding: Coding
    comparison: Comparison
    colours: Theme
    narrow: bool
