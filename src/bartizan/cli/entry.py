"""The entry point of the command line."""

import codecs
import os
import signal
import sys
from io import TextIOWrapper
from typing import NoReturn

from bartizan.cli.ending import INTERRUPTED, TERMINATED, close_pipe, interrupted
from bartizan.cli.verbs import app

PLAIN_SIGNS = str.maketrans({"·": "-", "–": "-", "…": "~", "−": "-"})


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    _prepare_streams()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        try:
            app(prog_name="bartizan")
        finally:
            sys.stdout.flush()
            # All is done and said: a late Ctrl-C would only spoil the exit code.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        interrupted()
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        close_pipe()
    sys.exit(0)


def _prepare_streams() -> None:
    """Give closed streams an end, and terminals that lack a sign a plain one."""
    codecs.register_error("plain-signs", _plain_signs)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="plain-signs")


def _plain_signs(error: UnicodeError) -> tuple[str, int]:
    """Return what stands for signs that the encoding of a stream lacks; '?' if nothing does."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].translate(PLAIN_SIGNS)
    return "".join(sign if sign.isascii() else "?" for sign in lacking), error.end
