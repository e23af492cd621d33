import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking.addresses import list_addresses, track_of_address
from bartizan.tracking.tracks import make_tracks

pytestmark = pytest.mark.kernels


@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=20, unique=True))
def test_each_address_leads_to_its_living_track(addresses):
    tracks, slots = make_tracks(20), np.empty(64, dtype=np.int64)
    tracks.address[: len(addresses)] = addresses
    tracks.alive[: len(addresses)] = True
    tracks.alive[0] = False
    list_addresses(tracks, slots)
    assert track_of_address(tracks.address, addresses[0], slots) == -1
    for row, address in enumerate(addresses[1:], start=1):
        assert track_of_address(tracks.address, address, slots) == row
