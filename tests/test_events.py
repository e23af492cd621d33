"""The event log: what is written is there in order, and what did not fit is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.events import EventKind, log, make_events
from tests.naive import events as naive

pytestmark = pytest.mark.kernels

rows = st.lists(
    st.tuples(
        st.floats(0.0, 1e5),
        st.sampled_from(list(EventKind)),
        st.integers(-1, 10**6),
        st.integers(-1, 10**6),
        st.floats(-1e6, 1e6),
        st.integers(0, 20),
    ),
    max_size=12,
)


@given(rows, st.integers(0, 8))
def test_the_log_equals_its_naive_twin(written, capacity):
    events, expected = make_events(capacity), []
    for row in written:
        log(events, *row)
        naive.log(expected, capacity, *row)
    size = events.size[0]
    columns = (events.time_s, events.kind, events.subject, events.object, events.value)
    assert list(zip(*(c[:size] for c in (*columns, events.code)), strict=True)) == expected
    assert events.lost[0] == (len(written) - len(expected) if capacity else 0)


def test_a_log_without_room_is_switched_off():
    events = make_events(0)
    log(events, 1.0, EventKind.ORDER, 1, 2)
    assert (events.size[0], events.lost[0]) == (0, 0)


def test_value_and_code_may_be_left_out():
    events = make_events(1)
    log(events, 3.5, EventKind.TRACK_DROPPED, 7, -1)
    assert (events.value[0], events.code[0]) == (0.0, 0)
    assert EventKind(events.kind[0]) is EventKind.TRACK_DROPPED


def test_kinds_are_numbered_without_gaps():
    """Run folders hold the numbers."""
    assert [int(kind) for kind in EventKind] == list(range(len(EventKind)))
