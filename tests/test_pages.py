"""What the pages show of the bundled raid is what the program prints."""

import re
from pathlib import Path

import pytest

from bartizan.archive.fingerprint import numeric_fingerprint
from tests.commands import bartizan_shell, left_in

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PAGES = "\n".join(
    page.read_text() for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
)


def printed(folder, monkeypatch, *arguments):
    """Return what a verb prints on 80 columns, without the time that it took."""
    monkeypatch.setenv("COLUMNS", "80")
    done = bartizan_shell(*arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return untimed(done.stdout)


def untimed(text):
    return re.sub(r"simulated in \d+(\.\d+)? s", "simulated in some s", text)


def shown(block):
    """Return what the README shows between two marks."""
    found = re.search(
        rf"<!-- {block}: begin -->\n```\n(.*?)```\n<!-- {block}: end", README, re.S
    )
    return untimed(found[1])


@pytest.mark.parametrize(
    ("block", "verb"),
    [
        ("summary", ["run", "coastal-raid"]),
        ("claims", ["run", "three-hundred", "--figures", "claimed"]),
    ],
)
def test_the_readme_shows_what_is_printed(tmp_path, monkeypatch, block, verb):
    if f"fingerprint {numeric_fingerprint()}" not in README:
        pytest.skip("this machine computes other last bits than the README's")
    assert shown(block) in printed(tmp_path, monkeypatch, *verb)


def test_the_pages_name_the_folders_that_runs_and_studies_make(tmp_path, monkeypatch):
    printed(tmp_path, monkeypatch, "run", "coastal-raid", "--record", "none")
    printed(tmp_path, monkeypatch, "study", "coastal-raid", "-n", "1")
    made = {*left_in(tmp_path / "runs"), *left_in(tmp_path / "studies")}
    named = set(re.findall(r"[\w-]+-s1-[0-9a-f]{6}", PAGES))
    assert named == {name for name in made if not name.startswith(".")}
