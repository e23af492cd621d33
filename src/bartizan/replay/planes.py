"""Whole numbers packed for gzip: second differences of each piece, their bytes in planes.

What flies evenly has second differences near 0; the upper three bytes of a small number are
then 0, and stand together. The page's `web/src/scene/planes.ts` reads what is written here.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Bytes8 = NDArray[np.uint8]


def packed(values: NDArray[Any], starts: NDArray[np.int64]) -> bytes:
    """Return whole numbers as planes of the bytes of their second differences.

    Parameters
    ----------
    values
        (n,) whole numbers that int32 can hold.
    starts
        Where each piece begins, ascending, the first at 0: differences do not cross pieces.

    Returns
    -------
    bytes
        4 n long: all lowest bytes first. Differences wrap at 2³², so that none is lost.
    """
    numbers = values.astype(np.int32).view(np.uint32)
    steps = np.diff(numbers, prepend=np.uint32(0))
    # The first of a piece stands as it is, and the first step after it too.
    steps[starts] = 0
    twice = np.diff(steps, prepend=np.uint32(0))
    twice[starts] = numbers[starts]
    signed = twice.view(np.int32)
    # Small numbers of either sign become small ones without: 0 −1 1 −2 … as 0 1 2 3 …
    folded = ((signed << 1) ^ (signed >> 31)).view(np.uint32)
    return np.ascontiguousarray(folded.astype("<u4").view(np.uint8).reshape(-1, 4).T).tobytes()


def packed_bytes(values: NDArray[Any]) -> bytes:
    """Return numbers 0…255 as their differences, which wrap at 256."""
    numbers = values.astype(np.uint8)
    return np.diff(numbers, prepend=np.uint8(0)).astype(np.uint8).tobytes()
