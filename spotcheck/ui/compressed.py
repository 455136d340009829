"""Streamlit's own scripts and styles, sent compressed to all readers but the first."""

from __future__ import annotations

import asyncio
import gzip
from posixpath import normpath
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# At 6 a page's scripts go from 8 MB to 2.2; more effort saves next to nothing.
_LEVEL = 6
_PLACE = "/static/"
_KINDS = ("text/javascript", "application/javascript", "text/css", "image/svg+xml")


class _Kept(NamedTuple):
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Compressed:
    """Keep each of Streamlit's files compressed once it has been sent as it is.

    Streamlit 1.67 compresses none of them, as it would have to for every reader anew, and leaves
    it to a proxy. Their names hold their content, so what is kept here never grows old; and the
    first reader does not wait for it.

    Parameters
    ----------
    app : ASGI application
        Gives the files.
    pause_s : float
        How long after its first reader a file is compressed [s], so that it does not slow down the
        visit that asked for it.
    """

    def __init__(self, app: ASGIApp, pause_s: float = 30.0) -> None:
        self._app = app
        self._pause_s = pause_s
        self._kept: dict[str, _Kept] = {}
        # A crowd that comes at once does not leave a copy each: only the first answer is noted.
        self._first: set[str] = set()
        # Tasks that nobody refers to may be collected before they are done.
        self._due: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request from what is kept, else as the application does."""
        if not _is_wanted(scope):
            await self._app(scope, receive, send)
        elif kept := self._kept.get(scope["path"]):
            await send({"type": "http.response.start", "status": 200, "headers": [*kept.headers]})
            await send({"type": "http.response.body", "body": kept.body})
        elif scope["path"] in self._first:
            await self._app(scope, receive, send)
        else:
            await self._send_and_keep(scope, receive, send)

    async def _send_and_keep(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        answer: list[Message] = []
        self._first.add(path)

        async def send_and_note(message: Message) -> None:
            await send(message)
            answer.append(message)

        try:
            await self._app(scope, receive, send_and_note)
        except BaseException:
            self._first.discard(path)
            raise
        later = asyncio.create_task(self._keep_later(path, answer))
        self._due.add(later)
        later.add_done_callback(self._due.discard)

    async def _keep_later(self, path: str, answer: list[Message]) -> None:
        try:
            await asyncio.sleep(self._pause_s)
            await asyncio.to_thread(self._keep, path, answer)
        finally:
            self._first.discard(path)

    def _keep(self, path: str, answer: list[Message]) -> None:
        start, *rest = answer
        headers = MutableHeaders(raw=list(start["headers"]))
        is_whole = start["status"] == 200 and not rest[-1].get("more_body")
        is_text = headers.get("content-type", "").startswith(_KINDS)
        # A cookie is for one reader only.
        if not (is_whole and is_text) or "set-cookie" in headers:
            return
        body = gzip.compress(b"".join(one["body"] for one in rest), _LEVEL, mtime=0)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        # Both speak of the file as it is on the disk.
        del headers["etag"], headers["accept-ranges"]
        self._kept[path] = _Kept(headers.raw, body)


def _is_wanted(scope: Scope) -> bool:
    """Whether a request is for a whole file of Streamlit's, and may be answered compressed."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path, headers = scope["path"], Headers(scope=scope)
    return (
        path.startswith(_PLACE)
        # One file has many other names, and each would be kept.
        and path == normpath(path)
        and "gzip" in headers.get("accept-encoding", "")
        and not {"range", "if-none-match", "if-modified-since"} & set(headers)
    )
