"""Settings of every test."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

import bartizan.table
from tests.browser import opened_browser

# The slow twins take exponentials and inverses of six rows. A second thread waits for a core
# each time: beside another busy process that was 8 ms for 16 us. Read when scipy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What a shell put into the background is deaf to Ctrl-C, and so would be what tests start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Tables that tests make by hand may have columns of other types.
bartizan.table.TRUSTS_CLASSES = False

# A first jitted call takes seconds, and the same examples every time keep CI honest.
settings.register_profile("bartizan", deadline=None, max_examples=30, derandomize=True)
settings.load_profile("bartizan")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of pages."""
    with opened_browser() as opened:
        yield opened
