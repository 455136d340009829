"""The app, warm before its first reader: ``streamlit run asgi.py``.

``streamlit run streamlit_app.py`` serves the same pages; there the first reader waits for what
:func:`spotcheck.ui.server.ready` does, scripts are sent uncompressed where no proxy compresses, and
a shared link says only "Streamlit" of itself.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from spotcheck.ui.compressed import Compressed
from spotcheck.ui.document import routes
from spotcheck.ui.server import ready

app = st.App(
    "streamlit_app.py", lifespan=ready, routes=routes(), middleware=[Middleware(Compressed)]
)
