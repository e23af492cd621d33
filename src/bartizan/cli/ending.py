"""How the command line ends: exit codes, and what stderr says of a mistake."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, NoReturn, ParamSpec

import typer

from bartizan.errors import BartizanError, DocumentError

MISTAKE, INTERRUPTED, PIPE_CLOSED, TERMINATED = 2, 130, 141, 143

if TYPE_CHECKING:
    from rich.text import Text

Arguments = ParamSpec("Arguments")


def ending(verb: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Give a verb its endings: mistakes and Ctrl-C are told on stderr, with their codes."""

    @wraps(verb)
    def ended(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            verb(*args, **kwargs)
            sys.stdout.flush()
        except BartizanError as error:
            complain(error)
            raise typer.Exit(MISTAKE) from None
        except KeyboardInterrupt:
            interrupted()
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            close_pipe()
        except OSError as error:
            # The archive names its places; what is left is the output itself.
            complain(BartizanError(f"the output cannot be written: {error.strerror or error}"))
            raise typer.Exit(MISTAKE) from None

    return ended


def complain(error: BartizanError) -> None:
    """Print an error on stderr; of a document all faults, then how many there are."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if not isinstance(error, DocumentError):
        console.print(_headed(str(error)))
        return
    for fault in error.faults:
        console.print(_headed(str(fault)))
    console.print(Text(f"\n{_how_many(error)}", style="bold"))


def _headed(message: str) -> "Text":
    from rich.text import Text

    head, _, details = message.partition("\n")
    return Text.assemble((head, "bold red"), f"\n{details}" if details else "")


def _how_many(error: DocumentError) -> str:
    n = len(error.faults)
    files = {fault.file for fault in error.faults if fault.line}
    where = f" in {files.pop()}" if len(files) == 1 else ""
    return f"{n} fault{'' if n == 1 else 's'}{where}"


def interrupted() -> None:
    """Say on stderr that Ctrl-C left nothing half-done behind."""
    print("\ninterrupted; nothing half-written is left", file=sys.stderr)


def close_pipe() -> NoReturn:
    """Exit after the reader of stdout has gone."""
    # The reader is gone: keep the interpreter from complaining when it flushes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(PIPE_CLOSED)
