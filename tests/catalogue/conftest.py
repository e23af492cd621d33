"""A copy of the bundled catalogue that a test may spoil."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from bartizan.catalogue import load_catalogue
from bartizan.errors import DocumentError


class Folder:
    """A catalogue folder on disk: edit a file, load it, see its faults."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def edit(self, name: str, old: str, new: str) -> "Folder":
        """Replace the one occurrence of a text in a file."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old, text.count(old))
        (self.path / name).write_text(text.replace(old, new), encoding="utf-8")
        return self

    def line(self, name: str, start: str) -> int:
        """Return the number of the first line that begins with a text, blanks aside."""
        lines = (self.path / name).read_text(encoding="utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(start))

    def load(self):
        """Return the catalogue of the folder."""
        return load_catalogue(self.path)

    def faults(self):
        """Return the faults that loading it raises."""
        with pytest.raises(DocumentError) as caught:
            self.load()
        return caught.value.faults

    def fault(self):
        """Return the one fault that loading it raises."""
        faults = self.faults()
        assert len(faults) == 1, [str(fault) for fault in faults]
        return faults[0]


@pytest.fixture
def folder(tmp_path) -> Folder:
    with as_file(files("bartizan.catalogue") / "data") as data:
        shutil.copytree(data, tmp_path / "data")
    return Folder(tmp_path / "data")
