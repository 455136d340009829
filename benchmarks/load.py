"""How many readers one process holds, and whether it stays the same over ten minutes.

Readers speak Streamlit's own protocol: a websocket, messages in protobuf. Each opens a page, and
then changes one setting about once a second, as long as the answer to the last change is there.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from scripts.serving import server_process

MOST_P95_MS = 500
THINK_S = (0.5, 1.5)
# Each step a fifth more readers than the one before.
LADDER = (1, 2, 4, 6, 8, 11, 13, 16, 19, 23, 27, 32, 38, 45, 54, 64, 76, 90, 108, 128, 152, 181,
          215, 256, 304, 362)  # fmt: skip
SECONDS = 12
WARM_UP_S = 6
# A machine that stands still for a second ends no search: a step that fails is tried once more.
TRIES = 2
# Its pace changes within minutes, so each page has the bare app beside it, more than once.
ROUNDS = 3
# Where the first search begins; a later one begins at what the one before found.
FIRST_GUESS = 90
# An answer that does not come counts as a slow one, and does not hold up the others.
LOST_S = 10
MOST_LOADING_S = 60
SOAK_READERS = 20
SOAK_S = 600
SOAK_STEP_S = 30
# Streamlit keeps a session for two minutes after its page is closed, and our own caches are bounded
# but fill slowly: after this both are as full as they get.
SOAK_WARM_UP_S = 180
MOST_GROWTH = 0.10
# A page holds at least this share of the bare app's readers.
SHARES = {
    "home": 0.5,
    "calorie_deficit": 0.25,
    "muscle_matrix": 0.25,
    "articles": 0.5,
    "methods": 0.5,
}


_TO_BE_CONTINUED = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Change(NamedTuple):
    """What a reader of a page changes: a widget by its label, over and over."""

    page: str
    kind: str
    label: str
    # Button that a reader presses first.
    asked_by: str = ""


BARE = Change("", "slider", "Level")
CHANGES = {
    "home": Change("", "slider", "Minutes a session"),
    "calorie_deficit": Change("calorie_deficit", "slider", "Minutes a session"),
    "muscle_matrix": Change("muscle_matrix", "button_group", "What the cells show"),
    "articles": Change("articles", "selectbox", "Topic", "Choose by name"),
    "methods": Change("methods", "selectbox", "Table"),
}


class Crowd(NamedTuple):
    """What a crowd of readers got: 95th percentile of a change, changes a second, faults."""

    p95_ms: float
    changes_per_second: float
    n_faults: int


class Reader:
    """One open page."""

    def __init__(self, socket: ClientConnection, address: str, change: Change) -> None:
        self._socket = socket
        self._url = f"{address}/{change.page}"
        self._change = change
        self._page = ""
        self._widget: Any = None
        self._button: Any = None
        self._fragment = ""
        self._values: Iterator[Any] = iter(())
        self.n_faults = 0

    async def load(self) -> None:
        """Open the page, and find the widget."""
        async with asyncio.timeout(MOST_LOADING_S):
            await self._run()
            if self._button is not None:
                await self._run(pressed=self._button.id)
        if self._widget is None:
            raise RuntimeError(f"{self._change.page or '/'} has no {self._change.label!r}")
        self._values = _values(self._change.kind, self._widget)
        # Readers do not move in step, or one's figures would come out of another's cache.
        for _ in range(random.randrange(20)):
            next(self._values)

    async def move(self) -> float:
        """Change the setting, and wait until the page is drawn, or seems never to be [ms]."""
        start = time.perf_counter()
        with suppress(TimeoutError):
            async with asyncio.timeout(LOST_S):
                await self._run(next(self._values))
        return 1000 * (time.perf_counter() - start)

    async def _run(self, value: Any = None, pressed: str = "") -> None:
        message = BackMsg()
        run = message.rerun_script
        run.page_name = self._change.page
        run.page_script_hash = self._page
        run.context_info.url = self._url
        run.context_info.timezone = "UTC"
        run.context_info.locale = "en"
        if pressed:
            run.fragment_id = self._fragment
            run.widget_states.widgets.add(id=pressed).trigger_value = True
        elif value is not None:
            run.fragment_id = self._fragment
            state = run.widget_states.widgets.add(id=self._widget.id)
            if self._change.kind == "slider":
                state.double_array_value.data.append(value)
            elif self._change.kind == "button_group":
                state.string_array_value.data.append(value)
            else:
                state.string_value = value
        await self._socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(await self._socket.recv())
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self._page = answer.navigation.page_script_hash
            elif kind == "delta":
                self._note(answer)
            elif kind == "script_finished" and answer.script_finished != _TO_BE_CONTINUED:
                return

    def _note(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception" or (kind == "alert" and "went wrong" in element.alert.body):
            self.n_faults += 1
        elif kind == "button" and element.button.label == self._change.asked_by:
            self._button, self._fragment = element.button, answer.delta.fragment_id
        elif kind == self._change.kind:
            widget = getattr(element, kind)
            if widget.label == self._change.label:
                self._widget, self._fragment = widget, answer.delta.fragment_id


def _values(kind: str, widget: Any) -> Iterator[Any]:
    """Values for ever, each other than the one before; of a slider, there and back again."""
    if kind != "slider":
        is_group = kind == "button_group"
        options = [one.content if is_group else one for one in widget.options]
        return cycle([*options[1:], options[0]])
    n_steps = round((widget.max - widget.min) / widget.step)
    up = [widget.min + step * widget.step for step in range(n_steps)]
    return cycle([*up, *(widget.max - step * widget.step for step in range(n_steps))])


async def _stay(reader: Reader, end: float, times: list[tuple[float, float]]) -> None:
    """Change the page about once a second until the end; keeps when, and how long it took."""
    while time.perf_counter() < end:
        await asyncio.sleep(random.uniform(*THINK_S))
        took = await reader.move()
        times.append((time.perf_counter(), took))


async def _crowd(address: str, changes: Sequence[Change], seconds: float) -> Crowd:
    """Open a page for each of ``changes``, and use all of them for some seconds."""
    place = address.replace("http", "ws") + "/_stcore/stream"
    async with AsyncExitStack() as stack:
        readers = []
        for change in changes:
            socket = connect(place, subprotocols=["streamlit"], max_size=None)
            readers.append(Reader(await stack.enter_async_context(socket), address, change))
        await asyncio.gather(*(reader.load() for reader in readers))
        start = time.perf_counter() + WARM_UP_S
        times: list[tuple[float, float]] = []
        await asyncio.gather(*(_stay(reader, start + seconds, times) for reader in readers))
        took = [one for when, one in times if when >= start]
        n_faults = sum(reader.n_faults for reader in readers)
        return Crowd(statistics.quantiles(took, n=20)[-1], len(took) / seconds, n_faults)


def crowd(address: str, changes: Sequence[Change], seconds: float = SECONDS) -> Crowd:
    """What a crowd gets, one reader for each of ``changes``."""
    return asyncio.run(_crowd(address, changes, seconds))


def most_readers(address: str, change: Change, guess: int) -> int:
    """Largest crowd whose 95th percentile stays under the limit, up or down from a guess; or 0."""

    def is_held(place: int) -> bool:
        tries = (crowd(address, [change] * LADDER[place]) for _ in range(TRIES))
        return any(found.p95_ms < MOST_P95_MS and not found.n_faults for found in tries)

    place = LADDER.index(guess or FIRST_GUESS)
    if is_held(place):
        while place + 1 < len(LADDER) and is_held(place + 1):
            place += 1
        return LADDER[place]
    for smaller in range(place - 1, -1, -1):
        if is_held(smaller):
            return LADDER[smaller]
    return 0


class Pair(NamedTuple):
    """Readers that the bare app held, and a page right after it."""

    bare: int
    ours: int


def measure() -> None:
    """Print how many readers each page holds, and what ten minutes of use do."""
    held: dict[str, list[Pair]] = {page: [] for page in CHANGES}
    n_bare, n_held = FIRST_GUESS, dict.fromkeys(CHANGES, FIRST_GUESS)
    with server_process("benchmarks/bare_app.py") as (bare, _), server_process() as (ours, _):
        for change in CHANGES.values():
            crowd(ours, [change])
        for _ in range(ROUNDS):
            for page, change in CHANGES.items():
                n_bare = most_readers(bare, BARE, n_bare)
                n_held[page] = most_readers(ours, change, n_held[page])
                held[page].append(Pair(n_bare, n_held[page]))
    print(
        f"\nReaders that one process holds, each with a change a second and p95 under "
        f"{MOST_P95_MS} ms, {ROUNDS} rounds beside the bare app"
    )
    for page, pairs in held.items():
        shares = [pair.ours / pair.bare if pair.bare else 0 for pair in pairs]
        share = statistics.median(shares)
        verdict = "met" if share >= SHARES[page] else "MISSED"
        counts = " · ".join(f"{pair.ours} of {pair.bare}" for pair in pairs)
        print(f"  {page:16} {counts:40} {share:.2f}, bar at least {SHARES[page]:g}: {verdict}")
    _measure_soak()


def _measure_soak() -> None:
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with server_process(log=log) as (address, pid):
            changes = list(islice(cycle(CHANGES.values()), SOAK_READERS))
            for _ in range(SOAK_WARM_UP_S // SOAK_STEP_S):
                crowd(address, changes, SOAK_STEP_S)
            sizes = [_memory_mb(pid)]
            for _ in range(SOAK_S // SOAK_STEP_S):
                # Every step opens all pages anew, so that what a reader leaves behind would show.
                found = crowd(address, changes, SOAK_STEP_S)
                sizes.append(_memory_mb(pid))
            errors = [line for line in log.read_text().splitlines() if "rror" in line]
    growth = max(sizes) / sizes[0] - 1
    is_met = growth <= MOST_GROWTH and not errors and not found.n_faults
    print(
        f"\nSoak: {SOAK_READERS} readers for {SOAK_S // 60} minutes, memory {sizes[0]:.0f} MB "
        f"after the warm-up, at most {max(sizes):.0f} MB ({growth:+.0%}, bar {MOST_GROWTH:.0%}), "
        f"{len(errors)} errors in the log, last p95 {found.p95_ms:.0f} ms: "
        f"{'met' if is_met else 'MISSED'}"
    )


def _memory_mb(pid: int) -> float:
    """Resident memory of a process [MB]."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1000


if __name__ == "__main__":
    measure()
