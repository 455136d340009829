"""Badges that mean the same on every page: an article, and how a figure was seen."""

from __future__ import annotations

ARTICLE_BADGES = {
    "A": ":blue-badge[**●\u00a0A**]",
    "B": ":orange-badge[**■\u00a0B**]",
    "C": ":violet-badge[**▲\u00a0C**]",
}
STATUS_BADGES = {
    "verified": ":green-badge[verified]",
    "second_hand": ":yellow-badge[second-hand]",
    "from_memory": ":red-badge[not verified]",
}
