"""The bundled scenarios: their names, and where they lie."""

from importlib.resources import files
from pathlib import Path

TEMPLATE = "new"


def library_folder() -> Path:
    """Return the folder of the bundled scenarios."""
    return Path(str(files("bartizan.scenario"))) / "library"


def bundled_names() -> list[str]:
    """Return the names of the bundled scenarios, the template apart."""
    found = (path.stem for path in library_folder().glob("*.yaml"))
    return sorted(name for name in found if name != TEMPLATE)


def bundled_path(name: str) -> Path:
    """Return the file of a bundled scenario."""
    return library_folder() / f"{name}.yaml"
