"""What the process that serves the app does before its first reader comes."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import streamlit as st
from streamlit.runtime import app_session

import spotcheck
from spotcheck import tables
from spotcheck.ui.rehearsal import rehearse

# Where Linux and macOS list what a process has open.
_OPEN_FILES = Path("/dev/fd")


@asynccontextmanager
async def ready(_: st.App) -> AsyncIterator[None]:
    """Prepare the process; it answers as healthy afterwards."""
    warm()
    spell_once()
    await rehearse()
    # What stays for good need not be looked at by every later collection.
    gc.collect()
    gc.freeze()
    send_at_once()
    yield


def warm() -> None:
    """Import every module and read every table, about one second that a first reader would wait.

    Libraries of single features, such as SciPy, stay away until somebody uses them. A table that
    is broken is named on the pages that need it.
    """
    for module in walk_packages(spotcheck.__path__, "spotcheck."):
        import_module(module.name)
    with suppress(tables.TableError):
        for name in tables.package().names:
            with suppress(tables.TableError):
                tables.load(name)


def send_at_once() -> None:
    """Let no message wait until a browser has acknowledged the one before it.

    Streamlit 1.67 opens its listening socket without naming the protocol. Python's event loop then
    leaves Nagle's algorithm on, and the second half of every page stands still for the 40 ms that
    the other side takes to acknowledge the first. What is set on a listening socket holds for all
    its connections.

    References
    ----------
    The same fault in uvicorn: https://github.com/Kludex/uvicorn/issues/3149
    """
    for one in _OPEN_FILES.iterdir() if _OPEN_FILES.is_dir() else ():
        # What has been closed since is left alone.
        with suppress(OSError):
            if one.is_socket():
                _send_at_once(int(one.name))


def _send_at_once(file: int) -> None:
    with socket.socket(fileno=os.dup(file)) as connection:
        if connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def spell_once() -> None:
    """Keep how Streamlit spells the names of our theme's options.

    Streamlit 1.67 sends the theme with every change that a reader makes, and spells each of its
    hundred names anew by regular expressions: 0.4 to 0.7 ms of the 7 that a change of home costs.
    """
    with suppress(AttributeError):
        app_session.to_snake_case = cache(app_session.to_snake_case)
