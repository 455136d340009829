"""What every view of the calorie-deficit page gets to draw with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from spotcheck.charts.theme import Theme
from spotcheck.energy import Person
from spotcheck.energy.assumptions import Assumptions
from spotcheck.energy.projection import Projection
from spotcheck.energy.training import Plan
from spotcheck.energy.uncertainty import Fan, fan
from spotcheck.ui.clock import today
from spotcheck.ui.controls import Controls
from spotcheck.wording import Units

HALL = "[Hall et al. 2011](https://doi.org/10.1016/S0140-6736%2811%2960812-X)"


@dataclass(frozen=True)
class Scene:
    """Settings of the page and what follows from them.

    Attributes
    ----------
    controls : Controls
        Settings, and the widgets that change them.
    projection : Projection
        The plan in the middle.
    colours : Theme
        Colours to draw with.
    units : Units
        Units that the reader sees.
    narrow : bool
        Whether the page is laid out for a phone.
    """

    controls: Controls
    projection: Projection
    colours: Theme
    units: Units
    narrow: bool

    @property
    def person(self) -> Person:
        """The reader."""
        return self.projection.person

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.projection.plan

    @property
    def assumptions(self) -> Assumptions:
        """What nobody knows about the reader beforehand."""
        return self.projection.assumptions

    @property
    def days(self) -> int:
        """Length of the picture [days]."""
        return self.projection.days

    @property
    def stops_early(self) -> bool:
        """Whether the picture ends before the reader's days, at a body mass index of 18.5."""
        return self.days < self.controls["days"]

    @property
    def fan(self) -> Fan:
        """Simulated people with the same plan."""
        return fan(self.person, self.plan, self.assumptions, self.days)

    def date(self, day: float) -> dt.date:
        """Date of a day of the plan; day 0 is today."""
        return today() + dt.timedelta(days=round(day))
