"""What a page has said and not yet sent, when a reader changes something again."""

from __future__ import annotations

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_clear = ForwardMsgQueue.clear


def keep_unsent() -> None:
    """Send what a run has drawn, also if the next change breaks it off.

    Streamlit 1.67 takes back what the broken run has not sent yet, of those fragments that are to
    be drawn again, and sends the rest. Of a fragment within another the rest has no place any more:
    the browser finds it a fault and takes the whole page away. Sent in full, what came before is
    simply replaced by what comes next, as if the connection had been faster.
    """
    setattr(ForwardMsgQueue, "clear", _clear_for_whole_runs)  # noqa: B010, mypy knows no other way


def _clear_for_whole_runs(
    queue: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    """As Streamlit does; a run of fragments takes nothing back."""
    taken_back: list[str] | None = None if fragment_ids_this_run is None else []
    _clear(queue, retain_lifecycle_msgs, taken_back)
