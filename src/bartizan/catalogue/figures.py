"""Figures in SI as the stages ask for them: one settled choice, pins of the scenario on top."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bartizan.catalogue.kinds import Kind, figure_kind
from bartizan.catalogue.load import Catalogue, bundled_catalogue
from bartizan.catalogue.pins import no_entry, read_pin
from bartizan.catalogue.records import Entry, Figure, Parts
from bartizan.errors import DocumentError, Fault, nearest
from bartizan.units import Dimension, parse

Pins = Mapping[str, str | float]
PROVENANCES = ("seen", "computed", "recalled", "assumed", "pinned")


def _nominal(figure: Figure, dimension: Dimension) -> float:
    return parse(figure.nominal, dimension)


# How a figure is settled where nobody pins it; one line for each choice.
SETTLED: dict[str, Callable[[Figure, Dimension], float]] = {"nominal": _nominal}


@dataclass(frozen=True)
class Values:
    """The values of one entry, in SI."""

    record: Entry
    choice_name: str
    pins: Mapping[tuple[str, str], float | str]

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.record.id

    @property
    def name(self) -> str:
        """The entry's name as people write it."""
        return self.record.name

    @property
    def kind(self) -> Kind:
        """The entry's kind."""
        return self.record.kind

    @property
    def parts(self) -> Parts:
        """The radars and the load of a system."""
        if self.record.parts is None:
            raise KeyError(f"{self.id} is a {self.kind}: it has no parts")
        return self.record.parts

    def value(self, name: str) -> float:
        """Return a figure in SI units, `kill_probability.fighter` included.

        Raises
        ------
        KeyError
            The entry has no such figure: a mistake of the caller, not of a document.
        """
        pinned = self.pins.get((self.id, name))
        if pinned is not None:
            return float(pinned)
        kind = figure_kind(self.kind, name)
        if kind is None or name not in self.record.figures:
            raise KeyError(
                f"{self.id} has no figure '{name}'; {nearest(name, self.figure_names())}"
            )
        return SETTLED[self.choice_name](self.record.figures[name], kind.dimension)

    def family(self, name: str) -> dict[str, float]:
        """Return a family of figures by member: `kill_probability` by threat, and `other`."""
        stem = f"{name}."
        return {
            each.removeprefix(stem): self.value(each)
            for each in self.figure_names()
            if each.startswith(stem)
        }

    def choice(self, name: str) -> str:
        """Return a settled word of the entry, such as its `type`."""
        return str(self.pins.get((self.id, name), self.record.choices[name]))

    def figure_names(self) -> list[str]:
        """Return the names of all figures of the entry, those added by pins last."""
        pinned = (name for entry, name in self.pins if entry == self.id)
        known = (*self.record.figures, *pinned)
        return [name for name in dict.fromkeys(known) if figure_kind(self.kind, name)]


@dataclass(frozen=True)
class Figures:
    """All figures under one choice, with a scenario's pins; replaced, never changed."""

    catalogue: Catalogue
    choice: str = "nominal"
    pins: Mapping[tuple[str, str], float | str] = field(default_factory=dict)

    def entry(self, entry_id: str) -> Values:
        """Return the values of an entry.

        Raises
        ------
        DocumentError
            No such entry; names the nearest one.
        """
        record = self.catalogue.entries.get(entry_id)
        if record is None:
            raise DocumentError([no_entry("", entry_id, self.catalogue)])
        return Values(record, self.choice, self.pins)

    def ids(self, *kinds: Kind) -> list[str]:
        """Return the ids of all entries of these kinds, sorted."""
        return sorted(each.id for each in self.catalogue.entries.values() if each.kind in kinds)

    def overridden(self, entry_id: str, mapping: Pins, path: str = "overrides") -> "Figures":
        """Return figures with some of them pinned.

        Parameters
        ----------
        entry_id
            Whose figures plain names mean.
        mapping
            Values with their units by figure or choice of that entry ("range_max"), or of
            another one ("48n6e3.range_max").
        path
            Where the mapping stands in its document, for faults.

        Raises
        ------
        DocumentError
            All unknown names, with the nearest ones, and all values that cannot be read.
        """
        pins = dict(self.pins)
        faults: list[Fault] = []
        for key, given in mapping.items():
            try:
                target, name, value = read_pin(self.catalogue, entry_id, key, given, path)
            except DocumentError as error:
                faults += error.faults
            else:
                pins[target, name] = value
        if faults:
            raise DocumentError(faults)
        return replace(self, pins=pins)

    def with_parts(self, entry_ids: Iterable[str]) -> list[str]:
        """Return the entries and, after each system, the radars and interceptors of it."""
        return list(dict.fromkeys(each for id_ in entry_ids for each in self._with_parts(id_)))

    def provenance(self, entry_ids: Iterable[str]) -> dict[str, int]:
        """Return how many figures of these entries are seen, computed, recalled, assumed.

        Those that the scenario pins count as `pinned` instead.
        """
        counts = dict.fromkeys(PROVENANCES, 0)
        for values in map(self.entry, dict.fromkeys(entry_ids)):
            for name in values.figure_names():
                is_pinned = (values.id, name) in self.pins
                figure = values.record.figures.get(name)
                counts["pinned" if is_pinned or figure is None else figure.provenance] += 1
        return counts

    def _with_parts(self, entry_id: str) -> Iterator[str]:
        yield entry_id
        parts = self.entry(entry_id).record.parts
        if parts:
            yield from (part.radar for part in parts.radars)
            yield from parts.loadout


def resolve(
    choice: str = "nominal", pins: Pins | None = None, catalogue: Catalogue | None = None
) -> Figures:
    """Return all figures of a catalogue under one choice, pinned where the scenario pins them.

    Parameters
    ----------
    choice
        A key of `SETTLED`.
    pins
        Values with their units by "entry.figure", as in a scenario's `figures`.
    catalogue
        Default: the bundled one.

    Raises
    ------
    DocumentError
        An unknown choice, or all faults of the pins.
    """
    if choice not in SETTLED:
        allowed = ", ".join(SETTLED)
        fault = Fault(
            "figures", "no such choice of figures", choice, allowed, nearest(choice, SETTLED)
        )
        raise DocumentError([fault])
    figures = Figures(catalogue or bundled_catalogue(), choice)
    return figures.overridden("", pins or {}, path="figures")
