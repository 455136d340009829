"""Stub."""

from spotcheck.ui import layout

with layout.page("Stub") as theme:
    pass
