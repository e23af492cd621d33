"""The page's own tests and types, and what its lists of packages may say."""

import json
import re

from tests.web import WEB, run_node


def test_the_tests_of_the_page_pass():
    report = json.loads(run_node("node_modules/vitest/vitest.mjs", "run", "--reporter=json"))
    assert report["numPassedTests"] >= 49
    assert report["numFailedTests"] == report["numPendingTests"] == 0


def test_the_page_has_no_fault_of_types():
    assert run_node("node_modules/typescript/bin/tsc", "--noEmit") == ""


def test_packages_are_pinned_exactly():
    package = json.loads((WEB / "package.json").read_text())
    pins = {**package["dependencies"], **package["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in pins.values()), pins


def test_the_lock_says_no_address():
    lock = (WEB / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
