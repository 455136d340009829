"""Home."""

from spotcheck.ui import layout

with layout.page("Home") as theme:
    pass
