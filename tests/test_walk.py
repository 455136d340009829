"""Readers who change whatever they see, in any order, through a real server's own protocol.

Tests without a browser draw whole pages; here a change draws its own part alone, as for a reader.
"""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from scripts.serving import PHONE, server_process

PAGES = ("", "calorie_deficit", "muscle_matrix", "articles", "methods")
N_CHANGES = 120
ANSWER_WITHIN_S = 60


class Walker:
    """One open page: the widgets on it, and what was said when something broke."""

    def __init__(self, socket, page, chance):
        self.socket = socket
        self.page = page
        self.chance = chance
        self.script = self.whole_page = ""
        self.widgets = {}
        self.set = {}
        self.faults = []
        self.done = []

    async def run(self, fragment="", trigger=None):
        message = BackMsg()
        run = message.rerun_script
        run.page_name, run.page_script_hash, run.fragment_id = self.page, self.script, fragment
        run.context_info.url = f"http://127.0.0.1/{self.page}"
        run.context_info.timezone, run.context_info.locale = "UTC", "en"
        # As a browser does: what is gone from the page is not sent any more.
        self.set = {key: state for key, state in self.set.items() if key in self.widgets}
        for state in self.set.values():
            run.widget_states.widgets.append(state)
        if trigger is not None:
            run.widget_states.widgets.add(id=trigger, trigger_value=True)
        await self.socket.send(message.SerializeToString())
        seen = {}
        while True:
            answer = ForwardMsg.FromString(await self.socket.recv())
            kind = answer.WhichOneof("type")
            if kind == "new_session" and answer.new_session.page_script_hash != self.script:
                # Another page: what was there is gone.
                self.script = answer.new_session.page_script_hash
                self.widgets.clear()
                fragment = ""
            elif kind == "delta":
                seen |= self.found(answer.delta)
            elif (
                kind == "script_finished"
                and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                break
        # A part that was drawn alone leaves the widgets of the others standing.
        left = {} if fragment in ("", self.whole_page) else self.widgets
        self.widgets = {
            key: one for key, one in left.items() if one[2] != fragment or key in seen
        } | seen

    def found(self, delta):
        kind = delta.new_element.WhichOneof("type")
        if kind is None:
            block = delta.add_block
            if block.WhichOneof("type") == "expandable" and block.expandable.id:
                return {block.expandable.id: ("expandable", block.expandable, delta.fragment_id)}
            return {}
        element = getattr(delta.new_element, kind)
        if kind == "exception" or (kind == "alert" and "went wrong on our side" in element.body):
            self.faults.append(element.message if kind == "exception" else element.body)
        if kind == "heading" and element.tag == "h1":
            self.whole_page = delta.fragment_id
        if kind in CHANGES and not element.disabled:
            return {element.id: (kind, element, delta.fragment_id)}
        return {}

    async def change(self):
        """Change one widget of those that stand there."""
        kind, element, fragment = self.chance.choice([*self.widgets.values()])
        trigger = None
        if kind == "button":
            trigger = element.id
        else:
            state = self.set.setdefault(element.id, WIDGET_STATE(id=element.id))
            CHANGES[kind](element, state, self.chance)
        self.done.append(f"{kind} {element.label!r} {self.set.get(element.id)}")
        await self.run(fragment, trigger)


def slide(element, state, chance):
    n_steps = round((element.max - element.min) / element.step)
    # The ends matter most: there pages have nothing to show, or too much.
    step = chance.choice([0, n_steps, chance.randint(0, n_steps)])
    if element.options:
        state.string_array_value.data[:] = [element.options[step]]
    else:
        state.double_array_value.data[:] = [element.min + step * element.step]


def tick(element, state, chance):
    state.bool_value = (
        not state.bool_value if state.HasField("bool_value") else chance.random() < 0.8
    )


def pick(element, state, chance):
    names = [one.content for one in element.options]
    most = len(names) if element.click_mode == element.MULTI_SELECT else 1
    state.string_array_value.data[:] = chance.sample(names, chance.randint(1, most))


def select(element, state, chance):
    state.string_value = chance.choice(element.options)


def select_some(element, state, chance):
    n_most = min(4, len(element.options))
    names = chance.sample([*element.options], chance.randint(0, n_most))
    state.string_array_value.data[:] = names


CHANGES = {
    "slider": slide,
    "checkbox": tick,
    "button_group": pick,
    "selectbox": select,
    "multiselect": select_some,
    "expandable": tick,
    "button": None,
}
WIDGET_STATE = type(BackMsg().rerun_script.widget_states.widgets.add())


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    log = tmp_path_factory.mktemp("walk") / "log"
    with server_process(log=log) as (address, _):
        yield address.replace("http", "ws") + "/_stcore/stream", log


@pytest.mark.xdist_group("walk")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "home")
@pytest.mark.parametrize("seed", [1, 2])
def test_no_order_of_changes_breaks_a_page(place, page, seed):
    stream, log = place

    async def walk():
        # Every other walk is on a phone.
        device = {} if seed % 2 else {"user_agent_header": PHONE}
        async with connect(stream, subprotocols=["streamlit"], max_size=None, **device) as socket:
            walker = Walker(socket, page, random.Random(seed))
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await walker.run()
            assert walker.widgets
            for _ in range(N_CHANGES):
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    await walker.change()
                assert not walker.faults, (walker.done[-3:], log.read_text()[-1500:])

    # The browser of other tests keeps an event loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, walk()).result()


@pytest.mark.xdist_group("walk")
def test_the_first_change_leaves_the_page_alone_and_can_be_taken_back(place):
    def labelled(walker, label):
        return next((one for one in walker.widgets.values() if one[1].label == label), None)

    async def walk():
        async with connect(place[0], subprotocols=["streamlit"], max_size=None) as socket:
            walker = Walker(socket, "", random.Random(1))
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await walker.run()
                assert labelled(walker, "Reset") is None
                _, slider, part = labelled(walker, "Minutes a session")
                state = walker.set[slider.id] = WIDGET_STATE(id=slider.id)
                state.double_array_value.data[:] = [slider.default[0] + slider.step]
                # The title belongs to the whole page only.
                walker.whole_page = ""
                await walker.run(part)
                assert not walker.whole_page
                _, reset, part = labelled(walker, "Reset")
                await walker.run(part, trigger=reset.id)
                _, again, _ = labelled(walker, "Minutes a session")
                assert again.set_value
                assert list(again.value) == list(slider.default)
                assert labelled(walker, "Undo reset")

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, walk()).result()
