"""Ask an ASGI application as a browser would."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def ask(app, path, method="GET", **headers):
    """Status, headers and body of an answer, once all that it set off is done."""
    messages = []

    async def receive():
        # Nothing more comes from this reader.
        await asyncio.get_running_loop().create_future()

    async def send(message):
        messages.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def answered():
        await app(scope, receive, send)
        await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})

    # The browser of other tests keeps an event loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, answered()).result()
    start, *rest = messages
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], named, b"".join(one.get("body", b"") for one in rest)
