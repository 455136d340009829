"""The app on a copy of its tables, with one of them missing or broken."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from spotcheck import tables


@contextmanager
def damaged_tables(folder: Path, name: str, damage: Callable[[Path], object]) -> Iterator[None]:
    """Let the app read its tables from ``folder``, where ``damage`` was done to the file ``name``.

    Whatever was computed of the tables is forgotten before and after.
    """
    true = tables.DATA_DIR
    for path in true.iterdir():
        if path.is_file():
            (folder / path.name).symlink_to(path)
    (folder / name).unlink()
    damage(folder / name)
    tables.DATA_DIR = folder
    forget()
    try:
        yield
    finally:
        tables.DATA_DIR = true
        forget()


def forget() -> None:
    """Empty every cache of ours."""
    st.cache_data.clear()
    st.cache_resource.clear()
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and "spotcheck" in one.__module__:
            one.cache_clear()
