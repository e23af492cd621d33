"""Figures in SI as the stages ask for them: one settled choice, pins of the scenario on top."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from bartizan.catalogue.kinds import Kind, figure_kind
from bartizan.catalogue.load import Catalogue, bundled_catalogue
from bartizan.catalogue.pins import no_entry, read_pin
from bartizan.catalogue.records import Entry, Parts
from bartizan.catalogue.settle import CHOICES, settled
from bartizan.errors import DocumentError, Fault, nearest

Pins = Mapping[str, str | float]
PROVENANCES = ("claimed", "seen", "computed", "recalled", "assumed", "pinned")
EVERY = ("*",)


@dataclass(frozen=True)
class Values:
    """The values of one entry, in SI."""

    record: Entry
    figures: "Figures"

    @property
    def pins(self) -> Mapping[tuple[str, str], float | str]:
        """What is pinned, of this and of other entries."""
        return self.figures.pins

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
        choice, key = self.figures.choice_of(self.id, name), self.figures.key
        return settled(self.record, name, choice, key)

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
    key: int = 0  # of the draws, where the choice is `drawn`
    vary: Sequence[str] = EVERY  # patterns of "entry.figure" that the choice reaches
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
        return Values(record, self)

    def choice_of(self, entry_id: str, name: str) -> str:
        """Return how a figure is settled: by the choice, or nominal where it is held."""
        full = f"{entry_id}.{name}"
        is_varied = any(fnmatchcase(full, pattern) for pattern in self.vary)
        return self.choice if is_varied else "nominal"

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

        Those that the scenario pins count as `pinned` instead, and those for which somebody's
        claim is taken as `claimed`.
        """
        counts = dict.fromkeys(PROVENANCES, 0)
        for values in map(self.entry, dict.fromkeys(entry_ids)):
            for name in values.figure_names():
                counts[self._provenance(values, name)] += 1
        return counts

    def _provenance(self, values: Values, name: str) -> str:
        figure = values.record.figures.get(name)
        if figure is None or (values.id, name) in self.pins:
            return "pinned"
        is_claim = self.choice_of(values.id, name) == "claimed" and figure.claimed is not None
        return "claimed" if is_claim else figure.provenance

    def _with_parts(self, entry_id: str) -> Iterator[str]:
        yield entry_id
        parts = self.entry(entry_id).record.parts
        if parts:
            yield from (part.radar for part in parts.radars)
            yield from parts.loadout


def resolve(
    choice: str = "nominal",
    pins: Pins | None = None,
    catalogue: Catalogue | None = None,
    *,
    key: int = 0,
    vary: Sequence[str] = EVERY,
) -> Figures:
    """Return all figures of a catalogue under one choice, pinned where the scenario pins them.

    Parameters
    ----------
    choice
        One of `CHOICES`.
    pins
        Values with their units by "entry.figure", as in a scenario's `figures`.
    catalogue
        Default: the bundled one.
    key
        Of the draws of the choice `drawn`: a run key.
    vary
        Patterns of "entry.figure" that the choice reaches; all others are held at nominal.

    Raises
    ------
    DocumentError
        An unknown choice, all faults of the pins, or a pattern that means no figure.
    """
    if choice not in CHOICES:
        allowed = ", ".join(CHOICES)
        remedy = nearest(choice, CHOICES)
        raise DocumentError(
            [Fault("figures", "no such choice of figures", choice, allowed, remedy)]
        )
    figures = Figures(catalogue or bundled_catalogue(), choice, key, vary)
    if faults := list(vary_faults(figures.catalogue, vary)):
        raise DocumentError(faults)
    return figures.overridden("", pins or {}, path="figures")


def vary_faults(catalogue: Catalogue, vary: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for each pattern that means no figure of a catalogue."""
    entries = catalogue.entries.values()
    names = [f"{entry.id}.{name}" for entry in entries for name in entry.figures]
    for n, pattern in enumerate(vary):
        if not any(fnmatchcase(name, pattern) for name in names):
            remedy = nearest(pattern, names)
            allowed = "entry.figure, with * for any text"
            yield Fault(f"vary[{n}]", "it means no figure", pattern, allowed, remedy)
