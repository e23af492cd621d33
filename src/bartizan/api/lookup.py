"""What the catalogue says: its entries listed, one of them, one of its figures."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

from bartizan.errors import BartizanError, nearest

if TYPE_CHECKING:
    from bartizan.catalogue import Catalogue
    from bartizan.reports.entries import EntryList
    from bartizan.reports.entry import EntryPage
    from bartizan.reports.figure import FigurePage

CatalogueLike: TypeAlias = Union[str, Path, "Catalogue", None]
"""The folder of a user's own catalogue, one that is loaded, or None: the bundled one."""


def entries(catalogue: CatalogueLike = None) -> "EntryList":
    """Return the list of the catalogue, to print or to loop over: a mapping for each entry.

    Parameters
    ----------
    catalogue
        Folder of a user's own entries and sources, laid over the bundled catalogue.

    Raises
    ------
    DocumentError
        All faults of that folder, with file and line.
    """
    from bartizan.reports.entries import EntryList, list_document

    found = catalogue_of(catalogue)
    return EntryList(list_document(found), _option(found))


def entry(
    entry_id: str,
    figure: str | None = None,
    *,
    brief: bool = False,
    catalogue: CatalogueLike = None,
) -> "EntryPage | FigurePage":
    """Return one entry of the catalogue, or one figure of it, to print; data in ``.document``.

    Parameters
    ----------
    entry_id
        Such as ``s-400``.
    figure
        Name of a figure or fact, such as ``tracks``; by default the whole entry.
    brief
        Whether the page of an entry shows only what is claimed and its figures, without
        reasons, sources, facts and history.
    catalogue
        As for `entries`.

    Raises
    ------
    BartizanError
        If there is no such entry or figure; names the nearest.
    DocumentError
        All faults of the user's own catalogue.
    """
    from bartizan.reports.dossier import dossier
    from bartizan.reports.entry import EntryPage
    from bartizan.reports.figure import FigurePage, part_of

    found = catalogue_of(catalogue)
    if entry_id not in found.entries:
        remedy = "`bartizan catalogue` lists them"
        raise _unknown("no such catalogue entry", entry_id, sorted(found.entries), remedy)
    document = dossier(found.entries[entry_id], found)
    if figure is None:
        return EntryPage(document, brief, _option(found))
    known = [*document["figures"], *document["facts"]]
    if figure not in known:
        remedy = f"`bartizan catalogue {entry_id}` lists them"
        raise _unknown(f"no such figure or fact of {entry_id}", figure, known, remedy)
    return FigurePage(part_of(document, figure))


def catalogue_of(catalogue: CatalogueLike) -> "Catalogue":
    """Return the catalogue that is meant.

    Raises
    ------
    DocumentError
        All faults of a user's own folder.
    """
    from bartizan.catalogue import Catalogue, bundled_catalogue, own_catalogue

    if catalogue is None:
        return bundled_catalogue()
    return catalogue if isinstance(catalogue, Catalogue) else own_catalogue(catalogue)


def _option(catalogue: "Catalogue") -> str:
    return f" --catalogue {shlex.quote(catalogue.place)}" if catalogue.place else ""


def _unknown(problem: str, given: str, known: list[str], remedy: str) -> BartizanError:
    return BartizanError(
        f"{given}: {problem}\n    allowed: {', '.join(known)}\n"
        f"    remedy:  {nearest(given, known) or remedy}"
    )
