"""What every view of the muscle-matrix page gets to draw with."""

from __future__ import annotations

from dataclasses import dataclass

from spotcheck.charts.theme import Theme
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix.data import Shown


@dataclass(frozen=True)
class Scene:
    """Settings of the page and what they show.

    Attributes
    ----------
    controls : Controls
        Settings, and the widgets that change them.
    shown : Shown
        Rows, columns and cells of the settings.
    colours : Theme
        Colours to draw with.
    narrow : bool
        Whether the page is laid out for a phone.
    """

    controls: Controls
    shown: Shown
    colours: Theme
    narrow: bool
