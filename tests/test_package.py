"""What is handed out: pins, versions that agree, and a wheel with its data."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

import bartizan
from tests.source import PACKAGE, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = (ROOT / "constraints.txt").read_text().splitlines()


def plain(name: str) -> str:
    """Return the name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_pins_are_names_and_versions_and_nothing_else():
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in PINS)
    names = [plain(pin.partition("==")[0]) for pin in PINS]
    assert len(set(names)) == len(names)


def test_every_dependency_is_pinned():
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(line for lines in extras for line in lines),
    ]
    names = {plain(re.split(r"[<>=!~\[; ]", line)[0]) for line in wanted}
    assert not names - {plain(pin.partition("==")[0]) for pin in PINS}


def test_the_version_is_the_same_everywhere():
    version = PROJECT["project"]["version"]
    assert bartizan.__version__ == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"\n## {version} " in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_pages_link_to_files_that_exist(page):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_a_wheel_holds_everything_that_a_run_reads(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "BARTIZAN_PAGE": "skip"},
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    packed = {
        name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("bartizan/")
    }
    ours = (path for path in PACKAGE.rglob("*") if path.is_file())
    kept = {path for path in ours if "__pycache__" not in path.parts}
    assert packed == {path.relative_to(PACKAGE.parent).as_posix() for path in kept}
