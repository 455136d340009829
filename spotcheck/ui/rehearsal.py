"""Every page drawn once before the first reader comes."""

from __future__ import annotations

import asyncio
import logging

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import SessionClient, get_instance

from spotcheck.ui.layout import PAGES, address

# A page takes a second at most; a machine that is busy should still start.
_PATIENCE_S = 10.0
_log = logging.getLogger(__name__)


class _Listener(SessionClient):
    """A reader without a browser, who only waits for the page's end."""

    def __init__(self) -> None:
        self.has_all = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.has_all.set()


async def rehearse(patience_s: float = _PATIENCE_S) -> None:
    """Draw each page as for a reader who comes by its plain address.

    A process's first page costs 0.2 to 0.9 s more than its later ones: libraries build their
    classes at the first figure, tables are indexed, pure functions computed. It must be called in
    the server's event loop, once its runtime has started.

    Parameters
    ----------
    patience_s : float
        How long a page may take [s]; a start does not fail for one that takes longer.
    """
    runtime, listener = get_instance(), _Listener()
    # Streamlit looks after all modules' files for every session anew, so one sees all pages.
    session = runtime.connect_session(client=listener, user_info={})
    for script, _ in PAGES.values():
        request = BackMsg()
        request.rerun_script.page_name = address(script)
        listener.has_all.clear()
        runtime.handle_backmsg(session, request)
        try:
            await asyncio.wait_for(listener.has_all.wait(), patience_s)
        except TimeoutError:
            _log.warning("%s was not drawn within %g s of the start", script, patience_s)
            # It would hold up the next page.
            runtime.close_session(session)
            session = runtime.connect_session(client=listener, user_info={})
    runtime.close_session(session)
