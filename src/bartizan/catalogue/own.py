"""A user's own catalogue: a folder like the bundled data, laid over them."""

from pathlib import Path

from bartizan.catalogue.load import Catalogue, bundled_catalogue, load_catalogue
from bartizan.errors import DocumentError, Fault, nearest

_SHAPE = "<kind>/<name>.yaml, such as radars/my-radar.yaml, and a sources.yaml"


def own_catalogue(folder: str | Path) -> Catalogue:
    """Return the bundled catalogue with the entries and sources of a folder laid over it.

    An entry with the id of a bundled one replaces it, and so does a source; all others are
    added.

    Raises
    ------
    DocumentError
        The folder is none or holds no entry, or all faults of its files with their lines.
    """
    path, place = Path(folder), str(folder)
    _refuse_what_is_no_folder(path)
    try:
        if stray := _stray(path):
            raise _refused(f"{path / stray}", "not in a folder of its kind")
        catalogue = load_catalogue(path, bundled_catalogue(), place)
    except OSError as error:
        raise _refused(place, f"cannot be read: {error.strerror or error}") from None
    if not catalogue.own:
        raise _refused(place, "holds no entry")
    return catalogue


def _refuse_what_is_no_folder(path: Path) -> None:
    try:
        if path.is_dir():
            return
        problem = "this is a file" if path.exists() else "no such folder"
        names = [each.name for each in path.parent.iterdir() if each.is_dir()]
    except (OSError, ValueError):
        problem, names = "no such folder", []
    raise _refused(str(path), problem, nearest(path.name, names) or "give a catalogue's folder")


def _stray(path: Path) -> str:
    """Return the first YAML file that would not be read: one outside the folders of kinds."""
    found = (each.name for each in path.iterdir() if each.suffix in (".yaml", ".yml"))
    return min(
        (name for name in found if name != "sources.yaml" and name[0] != "."), default=""
    )


def _refused(file: str, problem: str, remedy: str = "") -> DocumentError:
    return DocumentError([Fault("", problem, "", _SHAPE, remedy, file)])
