"""One study and one report of it for all tests of pages."""

import pytest

import bartizan
from tests.reports.reported import made


@pytest.fixture(scope="session")
def studied(tmp_path_factory):
    return made(tmp_path_factory.mktemp("reported") / "hard")


@pytest.fixture(scope="session")
def page_file(studied, tmp_path_factory):
    return bartizan.report(studied, tmp_path_factory.mktemp("report") / "hard.html", flights=3)
