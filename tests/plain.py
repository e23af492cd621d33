"""Kernels as they are written: to look from Python at a table of arrays that one returns.

Compiled, a kernel hands arrays on to kernels only.
"""

from collections.abc import Callable
from typing import Any


def plain(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function that was compiled."""
    return getattr(kernel, "py_func", kernel)
