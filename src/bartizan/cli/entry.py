"""The entry point of the command line."""

import codecs
import os
import signal
import sys
import threading
from io import TextIOWrapper
from types import FrameType
from typing import NoReturn

from bartizan.cli.ending import INTERRUPTED, TERMINATED, close_pipe, interrupted
from bartizan.cli.exporting import app

SOON_S = 0.02
PLAIN_SIGNS = str.maketrans({"·": "-", "–": "-", "…": "~", "−": "-"})


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    _prepare_streams()
    came = _told_signals()
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
    except Exception:
        # Where a signal comes while a class is made, Python turns what it raises into an error.
        if not came:
            raise
        if came[-1] == signal.SIGTERM:
            sys.exit(TERMINATED)
        interrupted()
        sys.exit(INTERRUPTED)
    sys.exit(0)


def _told_signals() -> list[int]:
    """Let Ctrl-C and SIGTERM end the process; return the list of those that came."""
    came: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        came.append(number)
        if number == signal.SIGTERM:
            sys.exit(TERMINATED)
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    # Whoever started it in the background may have it ignore Ctrl-C.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, end)
    _send_lost_again(came)
    return came


def _send_lost_again(came: list[int]) -> None:
    """Send a signal once more that came in a `__del__`, where Python drops what is raised."""
    tell = sys.unraisablehook

    def heard(lost: "sys.UnraisableHookArgs") -> None:
        if came and issubclass(lost.exc_type, KeyboardInterrupt | SystemExit):
            again = threading.Timer(SOON_S, os.kill, (os.getpid(), came[-1]))
            again.daemon = True
            again.start()
        else:
            tell(lost)

    sys.unraisablehook = heard


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
