"""Spotcheck: check popular claims about running and thighs with your own numbers."""
