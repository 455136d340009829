"""Which day it is."""

from __future__ import annotations

import datetime as dt

from spotcheck import tables


def today() -> dt.date:
    """Day of the server's clock; never before the data was made, as on a clock that was not set."""
    made = dt.date.fromisoformat(tables.package().descriptor["created"][:10])
    return max(dt.date.today(), made)
