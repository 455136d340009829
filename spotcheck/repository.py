"""Public page of the repository that this copy of Spotcheck comes from, where it has one."""

from __future__ import annotations

import configparser
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

_GIT_CONFIG = Path(__file__).resolve().parent.parent / ".git" / "config"
# Both open a form with a title and a text from the address.
_REMOTE = re.compile(
    r"(?:https://(?:[^/@\s]+@)?|ssh://git@|git@)(github\.com|codeberg\.org)[/:]"
    r"([\w-]+)/([\w.-]+?)(?:\.git)?/?"
)
# Longer addresses are refused by some servers and proxies.
_MOST_CHARACTERS = 8_000
# A character of four bytes, each written as "%F0".
_LONGEST_CHARACTER = 12


def public_page(remote: str) -> str | None:
    """Page of a repository, out of the address that git or a host names it by.

    Parameters
    ----------
    remote : str
        Address of a remote; what it may hold of a name or a token is left out.

    Returns
    -------
    str or None
        None for hosts whose forms we do not know.

    Examples
    --------
    >>> public_page("git@github.com:someone/spotcheck.git")
    'https://github.com/someone/spotcheck'
    >>> public_page("https://token@github.com/someone/spotcheck")
    'https://github.com/someone/spotcheck'
    >>> public_page("/srv/git/spotcheck")
    """
    found = _REMOTE.fullmatch(remote.strip())
    return "https://{}/{}/{}".format(*found.groups()) if found else None


@cache
def page() -> str | None:
    """Page of this copy's repository: as its host says, else where it was cloned from."""
    said = os.environ.get("SPOTCHECK_REPOSITORY")
    return public_page(_origin() if said is None else said)


def _origin() -> str:
    config = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        config.read(_GIT_CONFIG, encoding="utf-8")
    except (configparser.Error, OSError, UnicodeDecodeError):
        return ""
    return config.get('remote "origin"', "url", fallback="")


def report_address(page: str, title: str, text: str) -> str:
    """Address of a form for a new issue, filled in as far as an address can hold it.

    Parameters
    ----------
    page : str
        Result of :func:`page`.
    title, text : str
        What the form shows; a text that is too long ends earlier.

    Examples
    --------
    >>> report_address("https://github.com/someone/spotcheck", "Wrong cell", "Role: none")
    'https://github.com/someone/spotcheck/issues/new?title=Wrong%20cell&body=Role%3A%20none'
    """
    while True:
        query = urlencode({"title": title, "body": text}, quote_via=quote)
        address = f"{page}/issues/new?{query}"
        if len(address) <= _MOST_CHARACTERS:
            return address
        excess = len(address) - _MOST_CHARACTERS
        text = text[: -max(excess // _LONGEST_CHARACTER, 1)]
