"""What a scenario means by `range_max: 200 km` or `48n6e3.range_max: 200 km`, or its fault."""

from bartizan.catalogue.check import choice_faults, has_figure
from bartizan.catalogue.kinds import (
    CHOICES,
    FIGURES,
    LIMITS,
    FigureKind,
    choice_kind,
    figure_kind,
    is_within,
)
from bartizan.catalogue.load import Catalogue
from bartizan.catalogue.records import Entry
from bartizan.errors import DocumentError, Fault, nearest
from bartizan.units import UnitError, parse


def read_pin(
    catalogue: Catalogue, entry_id: str, key: str, given: str | float, path: str
) -> tuple[str, str, float | str]:
    """Return the entry and the figure or choice that a key means, and its value in SI.

    Parameters
    ----------
    catalogue
        Where names are looked up.
    entry_id
        Whose figures plain names mean; "" if the key must name its entry.
    key
        "range_max", or "48n6e3.range_max" for a figure of another entry.
    given
        A quantity with its unit, or the word of a choice.
    path
        Where the pins stand in their document, for the fault.

    Raises
    ------
    DocumentError
        An unknown name, with the nearest one, or a value that cannot be read.
    """
    place = f"{path}.{key}"
    entry, name = _target(catalogue, entry_id, key, place)
    if choice_kind(entry.kind, name):
        return entry.id, name, _word(entry, name, given, place)
    kind = figure_kind(entry.kind, name)
    if kind is None:
        raise DocumentError([_no_name(place, key, entry, catalogue)])
    return entry.id, name, _quantity(kind, given, place)


def no_entry(path: str, entry_id: str, catalogue: Catalogue) -> Fault:
    """Return the fault of an id that is not in the catalogue, with the nearest one."""
    known = sorted(catalogue.entries)
    remedy = nearest(entry_id, known)
    return Fault(path, "no such catalogue entry", entry_id, ", ".join(known), remedy)


def _target(catalogue: Catalogue, entry_id: str, key: str, path: str) -> tuple[Entry, str]:
    entries = catalogue.entries
    own = entries.get(entry_id)
    if own and _is_name(own, key, catalogue):
        return own, key
    other, _, name = key.partition(".")
    if other in entries and _is_name(entries[other], name, catalogue):
        return entries[other], name
    raise DocumentError([_no_name(path, key, own, catalogue)])


def _is_name(entry: Entry, name: str, catalogue: Catalogue) -> bool:
    if choice_kind(entry.kind, name):
        return True
    kind = figure_kind(entry.kind, name)
    if kind is None or not has_figure(entry, kind):
        return False
    return not kind.family or _is_member(kind, name, catalogue)


def _is_member(kind: FigureKind, name: str, catalogue: Catalogue) -> bool:
    member = name.removeprefix(f"{kind.name}.")
    found = catalogue.entries.get(member)
    return member == "other" or (found is not None and found.kind in kind.family)


def _word(entry: Entry, name: str, given: str | float, path: str) -> str:
    faults = list(choice_faults(entry, name, given, path))
    settles_figures = any(kind.only and kind.only[0] == name for kind in FIGURES[entry.kind])
    if not faults and settles_figures and given != entry.choices[name]:
        problem = f"a {entry.id} has no figures for it"
        faults = [Fault(path, problem, str(given), entry.choices[name], "name another entry")]
    if faults:
        raise DocumentError(faults)
    return str(given)


def _quantity(kind: FigureKind, given: str | float, path: str) -> float:
    try:
        value = parse(given, kind.dimension)
    except UnitError as error:
        raise DocumentError([error.fault(path)]) from None
    if not is_within(value, kind.limit):
        raise DocumentError([Fault(path, "out of range", str(given), LIMITS[kind.limit])])
    return value


def _no_name(path: str, key: str, own: Entry | None, catalogue: Catalogue) -> Fault:
    """Return the fault of a key that means no figure: of an entry it names, or of its own."""
    other, dot, name = key.partition(".")
    named = catalogue.entries.get(other) if dot else None
    if named is None and own is None:
        return no_entry(path, other, catalogue)
    entry, name = (named, name) if named else (own, key)
    known = _names(entry) if entry else []
    all_names = [f"{each.id}.{n}" for each in catalogue.entries.values() for n in _names(each)]
    remedy = nearest(name, known) or nearest(key, all_names)
    problem = f"no such figure of {entry.id if entry else other}"
    return Fault(path, problem, key, ", ".join(known), remedy)


def _names(entry: Entry) -> list[str]:
    kinds = [kind for kind in FIGURES[entry.kind] if has_figure(entry, kind)]
    single = [kind.name for kind in kinds if not kind.family]
    family = [name for name in entry.figures if "." in name]
    return [*single, *family, *(choice.name for choice in CHOICES[entry.kind])]
