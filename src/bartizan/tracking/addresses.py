"""Addresses: the track of each reporter, in a hashed list with open slots."""

from bartizan.arrays import Ints
from bartizan.kernel import kernel
from bartizan.tracking.tracks import Tracks


@kernel
def _slot(slots: Ints, address: int) -> int:
    """Return the first slot of an address; the middle bits of a product spread it."""
    return int((((address & 0x3FFFFFFF) * 40503) >> 8) & (slots.shape[0] - 1))


@kernel
def list_addresses(tracks: Tracks, slots: Ints) -> None:
    """Enter the rows of all tracks with an address into ``slots`` (h,), a power of two.

    There are at least twice as many slots as tracks.
    """
    for slot in range(slots.shape[0]):
        slots[slot] = -1
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and tracks.address[row] >= 0:
            slot = _slot(slots, tracks.address[row])
            while slots[slot] >= 0:
                slot = (slot + 1) & (slots.shape[0] - 1)
            slots[slot] = row


@kernel
def track_of_address(addresses: Ints, address: int, slots: Ints) -> int:
    """Return the row of the track with an address; -1: none.

    Parameters
    ----------
    addresses
        (c,) of the tracks.
    address
        Sought, >= 0.
    slots
        Of `list_addresses`.
    """
    slot = _slot(slots, address)
    while slots[slot] >= 0:
        if addresses[slots[slot]] == address:
            return int(slots[slot])
        slot = (slot + 1) & (slots.shape[0] - 1)
    return -1
