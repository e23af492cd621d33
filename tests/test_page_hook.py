"""The replay page in the package: built by whoever builds that, never by its users."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from types import SimpleNamespace

import pytest

from tests.source import ROOT

LOCKS = [ROOT / "web" / "package-lock.json", ROOT / "tests" / "exchange" / "package-lock.json"]
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "bartizan"
version = "9.9"
[tool.hatch.build]
artifacts = ["/src/bartizan/replay/built/"]
[tool.hatch.build.hooks.custom]
[tool.hatch.build.targets.wheel]
packages = ["src/bartizan"]
"""


def loaded(file):
    spec = importlib.util.spec_from_file_location("hatch_build", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path):
    """A source tree with a page of one line, and what stands for npm there."""
    hook = loaded(ROOT / "hatch_build.py")
    web, built = tmp_path / "web", tmp_path / "src" / "bartizan" / "replay" / "built"
    (web / "node_modules" / "vite").mkdir(parents=True)
    (web / "package.json").write_text("{}")
    (web / "main.ts").write_text("1")
    built.parent.mkdir(parents=True)
    (built.parents[1] / "__init__.py").touch()
    asked = []

    def npm(folder, *arguments):
        asked.append(arguments[:2])
        if arguments[0] == "run":
            built.mkdir(exist_ok=True)
            (built / "index.html").write_text((folder / "main.ts").read_text())

    hook.npm = npm
    return SimpleNamespace(root=tmp_path, web=web, built=built, hook=hook, asked=asked)


def test_a_page_is_built_once_for_the_same_sources(tree):
    assert tree.hook.build(tree.root)
    assert [arguments[0] for arguments in tree.asked] == ["ci", "run"]
    assert not tree.hook.build(tree.root)
    (tree.web / "node_modules" / "vite" / "index.js").write_text("of no matter")
    (tree.web / "main.ts").touch()
    assert not tree.hook.build(tree.root)


def test_a_page_is_built_again_for_other_sources(tree):
    tree.hook.build(tree.root)
    (tree.web / "main.ts").write_text("2")
    assert tree.hook.build(tree.root)
    assert (tree.built / "index.html").read_text() == "2"
    (tree.web / "more.ts").write_text("3")
    assert tree.hook.build(tree.root)


def test_a_built_page_needs_no_sources(tree):
    tree.hook.build(tree.root)
    shutil.rmtree(tree.web)
    assert not tree.hook.build(tree.root)
    shutil.rmtree(tree.built)
    with pytest.raises(tree.hook.PageError, match="no replay page in"):
        tree.hook.build(tree.root)


def test_a_failing_npm_is_told_in_its_own_words():
    hook = loaded(ROOT / "hatch_build.py")
    with pytest.raises(hook.PageError, match=r"(?s)npm run nonsense failed in .*nonsense"):
        hook.npm(ROOT / "tests" / "exchange", "run", "nonsense")


def test_an_editable_install_goes_on_without_a_page_that_cannot_be_built(tree, monkeypatch):
    monkeypatch.delenv("BARTIZAN_PAGE", raising=False)
    warnings = []
    app = SimpleNamespace(display_warning=warnings.append)
    shutil.rmtree(tree.web)
    hook = tree.hook.ReplayPage(str(tree.root), {}, None, None, "", "wheel", app)
    hook.initialize("editable", {})
    assert "later: make page" in warnings[0]
    with pytest.raises(tree.hook.PageError):
        hook.initialize("standard", {})
    monkeypatch.setenv("BARTIZAN_PAGE", "skip")
    hook.initialize("standard", {})


def built_by_hatchling(tree, target):
    subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "-t",
            target,
            "-d",
            str(tree.root / "dist"),
        ],
        cwd=tree.root,
        check=True,
        capture_output=True,
        timeout=60,
    )


def test_an_sdist_and_the_wheel_of_it_carry_the_page_though_git_ignores_it(tree):
    """Without Node or npm: the hook finds the page built, and of these sources."""
    tree.hook.build(tree.root)
    (tree.root / "pyproject.toml").write_text(PROJECT)
    (tree.root / ".gitignore").write_text("node_modules/\n/src/bartizan/replay/built/\n")
    shutil.copy(ROOT / "hatch_build.py", tree.root)
    built_by_hatchling(tree, "sdist")
    (archive,) = (tree.root / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tree.root / "unpacked", filter="data")
    tree.root = tree.root / "unpacked" / "bartizan-9.9"
    assert (tree.root / "web" / "main.ts").is_file()
    assert not (tree.root / "web" / "node_modules").exists()
    built_by_hatchling(tree, "wheel")
    (wheel,) = (tree.root / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert packed.read("bartizan/replay/built/index.html") == b"1"
        assert not [name for name in packed.namelist() if name.startswith("web")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.parent.name)
def test_locks_of_npm_say_no_address(lock):
    assert '"resolved"' not in lock.read_text()
    assert "omit-lockfile-registry-resolved=true" in (lock.parent / ".npmrc").read_text()
    packages = json.loads(lock.read_text())["packages"]
    assert all("integrity" in each for name, each in packages.items() if name)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.parent.name)
def test_packages_of_npm_are_pinned_exactly(lock):
    asked = json.loads((lock.parent / "package.json").read_text())
    pins = {**asked.get("dependencies", {}), **asked.get("devDependencies", {})}
    assert pins
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", pin) for pin in pins.values())
