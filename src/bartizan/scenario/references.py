"""Names in a scenario that must exist elsewhere: in the catalogue, or among its assets.

They are looked up in the plain data, so that an unknown threat is told together with a bad
number three lines below, although the document has no shape yet.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from bartizan.errors import MAX_FAULTS, DocumentError, Fault, nearest
from bartizan.scenario.identification import DEFAULT_IDENTIFICATION
from bartizan.scenario.tree import joined

if TYPE_CHECKING:
    from bartizan.catalogue.figures import Figures
    from bartizan.catalogue.kinds import Kind
    from bartizan.catalogue.load import Catalogue

# Block, its key that names an entry, the kind of the entry.
_NAMED: "tuple[tuple[str, str, Kind], ...]" = (
    ("defence", "system", "system"),
    ("raid", "threat", "threat"),
    ("civil", "aircraft", "traffic"),
    ("links", "use", "link"),
)
DEFAULT_DOCTRINE = "shoot-look-shoot"

# More changed figures in one block than this are a mistake; to look for each would take long.
MAX_FIGURES = 1_000
NAMES_SHOWN = 30


def name_faults(data: Any, catalogue: "Catalogue | None" = None) -> list[Fault]:
    """Return a fault for each name in a plain document that nothing bears.

    Parameters
    ----------
    data
        A document as read, of any shape; what has no shape is left to the schema.
    catalogue
        Where entries are looked up; default: the bundled one.
    """
    # Each costs a search for the nearest name; more than are shown are not worth it.
    return list(islice(_name_faults(data, catalogue), MAX_FAULTS + 1))


def _name_faults(data: Any, catalogue: "Catalogue | None") -> Iterator[Fault]:
    from bartizan.catalogue import resolve

    figures = resolve(catalogue=catalogue)
    yield from _override_faults(figures, "", _block(data, "figures"), "figures")
    for block, key, kind in _NAMED:
        for path, group in _groups(data, block):
            yield from _entry_faults(figures, path, group, key, kind)
            yield from _loadout_faults(figures, path, group)
    for path, group in _groups(data, "raid"):
        yield from _carried_faults(figures, path, group, "jammer")
        yield from _carried_faults(figures, path, group, "chaff")
    doctrine = {"use": DEFAULT_DOCTRINE} | _block(data, "doctrine")
    yield from _entry_faults(figures, "doctrine", doctrine, "use", "doctrine")
    for path, group in _groups(data, "defence"):
        own = _block(group, "doctrine")
        yield from _entry_faults(figures, f"{path}.doctrine", own, "use", "doctrine")
    chosen = {"use": DEFAULT_IDENTIFICATION} | _block(data, "identification")
    yield from _entry_faults(figures, "identification", chosen, "use", "identification")
    yield from _vary_faults(figures, data)
    yield from _target_faults(data)


def _entry_faults(
    figures: "Figures", path: str, group: dict[str, Any], key: str, kind: "Kind"
) -> Iterator[Fault]:
    """Yield what is wrong with the entry a group names and with its overrides."""
    name = group.get(key)
    if not isinstance(name, str):
        return
    known = figures.ids(kind)
    if name not in known:
        word = kind if key == "use" else key
        yield _unknown(joined(path, key), word, name, known)
        return
    yield from _override_faults(figures, name, _block(group, "overrides"), f"{path}.overrides")


def _carried_faults(
    figures: "Figures", path: str, group: dict[str, Any], kind: "Kind"
) -> Iterator[Fault]:
    """Yield the fault of a group that carries what is not in the catalogue."""
    name, known = group.get(kind), figures.ids(kind)
    if isinstance(name, str) and name not in known:
        yield _unknown(f"{path}.{kind}", kind, name, known)


def _override_faults(
    figures: "Figures", entry: str, mapping: dict[str, Any], path: str
) -> list[Fault]:
    if len(mapping) > MAX_FIGURES:
        given, allowed = f"{len(mapping)}", f"at most {MAX_FIGURES}"
        return [Fault(path, "too many figures", given, allowed)]
    readable = {
        figure: value
        for figure, value in mapping.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    try:
        figures.overridden(entry, readable, path)
    except DocumentError as error:
        return list(error.faults)
    return []


def _loadout_faults(figures: "Figures", path: str, group: dict[str, Any]) -> Iterator[Fault]:
    """Yield the interceptors of a loadout that the system has not, and shares short of 1."""
    loadout, system = _block(group, "loadout"), group.get("system")
    if not loadout or not isinstance(system, str) or system not in figures.ids("system"):
        return
    known = list(figures.entry(system).parts.loadout)
    for name in loadout:
        if name not in known:
            yield _unknown(f"{path}.loadout.{name}", f"interceptor of {system}", name, known)
    shares = [share for share in loadout.values() if isinstance(share, int | float)]
    if len(shares) == len(loadout) and abs(sum(shares) - 1.0) > 1e-6:
        given = f"{sum(shares):g} in all"
        yield Fault(f"{path}.loadout", "shares of a loadout make up the whole", given, "1")


def _vary_faults(figures: "Figures", data: Any) -> Iterator[Fault]:
    """Yield the patterns of `vary` that mean no figure of the catalogue."""
    from bartizan.catalogue import vary_faults

    patterns = data.get("vary") if isinstance(data, dict) else None
    if isinstance(patterns, list) and all(isinstance(each, str) for each in patterns):
        yield from vary_faults(figures.catalogue, patterns)


def _target_faults(data: Any) -> Iterator[Fault]:
    aims = {**_block(data, "assets"), **_block(data, "defence")}
    for path, group in _groups(data, "raid"):
        target = group.get("target")
        if isinstance(target, str) and target not in aims:
            yield _unknown(f"{path}.target", "asset or unit", target, aims)


def _unknown(path: str, kind: str, name: str, known: Iterable[str]) -> Fault:
    names = list(known)
    more = len(names) - NAMES_SHOWN
    allowed = ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return Fault(path, f"unknown {kind}", name, allowed, nearest(name, names))


def _block(data: Any, key: str) -> dict[str, Any]:
    block = data.get(key) if isinstance(data, dict) else None
    return block if isinstance(block, dict) else {}


def _groups(data: Any, block: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, group in _block(data, block).items():
        if isinstance(group, dict):
            yield f"{block}.{name}", group
