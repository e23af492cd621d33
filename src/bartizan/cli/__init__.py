"""The command line: the verbs of `bartizan.api` as people type them.

`main` is the entry point. A mistake of a file, an argument or the disk ends with a message
and exit code 2, Ctrl-C with 130, neither with a traceback. Nothing heavy is imported before
a verb needs it, so that ``bartizan --help`` answers at once.
"""

import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line of this process and exit."""
    # Imported here, so that Ctrl-C during the imports ends like any other.
    try:
        from bartizan.cli.entry import main as enter

        enter()
    except KeyboardInterrupt:
        sys.exit(130)
