"""A run that the next change breaks off leaves nothing behind that has no place on the page."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from spotcheck.ui import unsent

PAGE, PART = "the whole page", "a part within it"
ALL = [(0, 0), (0, 1), (0, 2), (0, 2, 0)]

unsent.keep_unsent()


def drawn(path, fragment):
    """Message that puts something at a place of the page."""
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = fragment
    message.delta.new_element.markdown.body = "text"
    return message


def broken_off():
    """What a run of the whole page has drawn, and not sent, when it is broken off."""
    queue = ForwardMsgQueue()
    queue.enqueue(drawn((0, 0), PAGE))
    queue.enqueue(drawn((0, 1), PAGE))
    queue.enqueue(drawn((0, 2), PART))
    queue.enqueue(drawn((0, 2, 0), PART))
    return queue


def places(queue):
    return [tuple(message.metadata.delta_path) for message in queue.flush()]


def is_in_order(paths):
    """Whether whatever comes has a place: after the one before it, in something that is there."""
    there = {(0,)}
    for path in paths:
        *parent, place = path
        if tuple(parent) not in there or (place and (*parent, place - 1) not in there):
            return False
        there.add(path)
    return True


@pytest.mark.parametrize("fragments", [[PAGE], [PART], [PAGE, PART], ["another"]])
def test_a_run_of_fragments_takes_nothing_back(fragments):
    queue = broken_off()
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=fragments)
    left = places(queue)
    assert left == ALL
    assert is_in_order(left)


def test_streamlit_alone_would_leave_what_has_no_place():
    queue = broken_off()
    unsent._clear(queue, True, [PAGE])
    assert not is_in_order(places(queue))


def test_a_run_of_all_still_takes_everything_back_and_says_how_the_last_one_ended():
    queue = broken_off()
    ended = ForwardMsg()
    ended.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    queue.enqueue(ended)
    queue.clear(retain_lifecycle_msgs=True)
    (left,) = queue.flush()
    assert left.WhichOneof("type") == "script_finished"
    queue = broken_off()
    queue.clear()
    assert places(queue) == []
