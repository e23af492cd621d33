"""What a scenario was read from: its text, its plain data, its lines and the changes to it."""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bartizan.errors import DocumentError, Fault
from bartizan.scenario.overrides import Override, apply, changed, parse_override
from bartizan.scenario.recording import Recording

if TYPE_CHECKING:
    from bartizan.catalogue.load import Catalogue


def no_files(path: str) -> Any:
    """Refuse to open a file: a document made in Python has none beside it."""
    remedy = "give the GeoJSON itself, or read the scenario with bartizan.load"
    raise DocumentError([Fault("coastline", "no file can be read here", path, "", remedy)])


def no_states(path: str) -> Recording:
    """Refuse to open a file of state vectors: a document made in Python has none beside it."""
    remedy = "read the scenario with bartizan.load"
    raise DocumentError([Fault("", "no file can be read here", path, "", remedy)])


@dataclass(frozen=True)
class Source:
    """A document as read and changed, before validation.

    ``data`` has the changes in it, ``text`` and ``lines`` have not. ``read_geojson`` opens a
    coastline by the path written in the document, ``read_states`` the states of civil aircraft.
    ``catalogue`` is a user's own, laid over the bundled one; None: the bundled one alone.
    """

    file: str = ""
    text: str = ""
    data: Any = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    changes: tuple[Override, ...] = ()
    read_geojson: Callable[[str], Any] = no_files
    catalogue: "Catalogue | None" = None
    read_states: Callable[[str], Recording] = no_states

    @property
    def overrides(self) -> tuple[str, ...]:
        """The changes in order, as ``path=value``."""
        return tuple(change.text for change in self.changes)

    def copied_data(self) -> Any:
        """Return a copy of the plain data."""
        return copy.deepcopy(self.data)

    def with_sets(self, sets: Iterable[str]) -> tuple["Source", list[Fault]]:
        """Return the source after changes written ``path=value``, and what was wrong."""
        source, faults = self, list[Fault]()
        for text in sets:
            try:
                source = source.with_change(parse_override(text))
            except DocumentError as error:
                faults.extend(error.faults)
        return source, faults

    def with_value(self, path: str, value: Any) -> "Source":
        """Return the source after one change given as plain data.

        Raises
        ------
        DocumentError
            If the path leads nowhere.
        """
        return self.with_change(changed(path, value))

    def with_change(self, change: Override) -> "Source":
        """Return the source after one change."""
        data = self.copied_data()
        apply(data, change)
        return replace(self, data=data, changes=(*self.changes, change))

    def resolved(self) -> tuple[Any, list[Fault]]:
        """Return the data with the files it names read in, and what was wrong with them."""
        if not isinstance(self.data, dict):
            return self.data, []
        civil, faults = self._with_states(self.data.get("civil"))
        data = self.data if civil is None else self.data | {"civil": civil}
        path = data.get("coastline")
        if not isinstance(path, str):
            return data, faults
        try:
            return data | {"coastline": self.read_geojson(path)}, faults
        except DocumentError as error:
            return data | {"coastline": None}, [*error.faults, *faults]

    def _with_states(self, civil: Any) -> tuple[Any, list[Fault]]:
        """Return the civil block with the states of its files in place of their names."""
        if not isinstance(civil, dict):
            return civil, []
        read, faults = dict[str, Any](), list[Fault]()
        for name, flow in civil.items():
            path = flow.get("states") if isinstance(flow, dict) else None
            if isinstance(path, str):
                try:
                    states = self.read_states(path)
                except DocumentError as error:
                    states = Recording()
                    faults += [_within(fault, f"civil.{name}.states") for fault in error.faults]
                flow = flow | {"states": states}
            read[name] = flow
        return read, faults

    def placed(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return faults with their line, or the change they stem from, in order of lines.

        Those of the document's own file come first, then those of files it names.
        """
        placed = [fault if fault.file else self._placed(fault) for fault in faults]
        return sorted(placed, key=self._order)

    def _order(self, fault: Fault) -> tuple[bool, str, int]:
        is_other = fault.file != self.file
        return fault.file.startswith("--set"), fault.file if is_other else "", fault.line

    def _placed(self, fault: Fault) -> Fault:
        for change in reversed(self.changes):
            if _stems_from(fault.path, change.path):
                return fault.at(change.place, 0)
        return fault.at(self.file, self._line(fault.path))

    def _line(self, path: str) -> int:
        """Return the line of a path or of the nearest block around it; 0 without a text."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 0)


def _stems_from(path: str, change: str) -> bool:
    """Return whether a fault is of a change: of its value, or of the block around it."""
    if path == change or path.startswith((f"{change}.", f"{change}[")):
        return True
    block = change[: max(change.rfind("."), change.rfind("["), 0)]
    return bool(block) and path == block


def _within(fault: Fault, path: str) -> Fault:
    """Return a fault of a file at a path of the document, if it has no line of its own."""
    return fault if fault.file else replace(fault, path=path)
