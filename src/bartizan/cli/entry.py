"""The entry point of the command line."""

import signal
import sys
from io import TextIOWrapper
from typing import NoReturn

from bartizan.cli.ending import INTERRUPTED, TERMINATED, close_pipe, interrupted
from bartizan.cli.verbs import app


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a sign shows '?' for it, and the answer still comes.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        try:
            app(prog_name="bartizan")
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        interrupted()
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        close_pipe()
    sys.exit(0)
