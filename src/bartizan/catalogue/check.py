"""Faults of entries: names, units, bands, and a source or `assumed` for each figure."""

import math
from collections.abc import Iterator, Mapping

from bartizan.catalogue.kinds import (
    CHOICES,
    FIGURES,
    LIMITS,
    FigureKind,
    choice_kind,
    figure_kind,
    is_within,
)
from bartizan.catalogue.records import Entry, Fact, Figure, Published, Quantity, Source
from bartizan.errors import Fault, nearest
from bartizan.units import UnitError, parse


def source_faults(sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Yield what is wrong with the sources: an address must have been opened."""
    for key, source in sources.items():
        if source.access == "recalled" and source.url:
            yield Fault(
                f"{key}.url",
                "a recalled source keeps no address",
                source.url,
                "no url",
                "open it",
            )
        if source.access == "seen" and not source.url:
            yield Fault(f"{key}.url", "a source that was seen needs its address")


def entry_faults(entry: Entry, sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Yield what is wrong with an entry taken by itself."""
    yield from _choice_faults(entry)
    yield from _name_faults(entry)
    for name, figure in entry.figures.items():
        kind = figure_kind(entry.kind, name)
        if kind is not None:
            yield from _figure_faults(f"figures.{name}", figure, kind)
            yield from _provenance_faults(f"figures.{name}", figure, sources)
    for name, fact in entry.facts.items():
        yield from _published_faults(f"facts.{name}", fact, sources)
        if name in entry.figures:
            yield Fault(f"facts.{name}", "a figure has that name", remedy="choose another")
    for block in ("timeline", "remarks"):
        for n, record in enumerate(getattr(entry, block)):
            for each in record.sources:
                yield from _source_faults(f"{block}[{n}].sources", each, sources)
    if (entry.kind == "system") != (entry.parts is not None):
        yield Fault("parts", f"a {entry.kind} {'needs' if not entry.parts else 'has no'} parts")


def relation_faults(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[Fault]:
    """Yield what is wrong between an entry and those that it names."""
    parts = entry.parts
    for n, part in enumerate(parts.radars if parts else ()):
        yield from _named(f"parts.radars[{n}].radar", part.radar, entries, ("radar",))
    for name in parts.loadout if parts else ():
        yield from _named(f"parts.loadout.{name}", name, entries, ("interceptor",))
    if parts and parts.loadout and not math.isclose(sum(parts.loadout.values()), 1.0):
        yield Fault("parts.loadout", "shares that do not add up to 1", str(parts.loadout))
    for kind in FIGURES[entry.kind]:
        stem = f"{kind.name}."
        names = [name for name in entry.figures if kind.family and name.startswith(stem)]
        if kind.family and stem + "other" not in names:
            yield Fault("figures", f"{stem}other is missing", remedy="it stands for all others")
        for name in names:
            member = name.removeprefix(stem)
            if member != "other":
                yield from _named(f"figures.{name}", member, entries, kind.family)

    for n, answer in enumerate(entry.answers):
        for m, name in enumerate(answer.figures):
            yield from _behind_faults(f"answers[{n}].figures[{m}]", name, entry, entries)


def find_record(
    name: str, entry: Entry, entries: Mapping[str, Entry]
) -> tuple[Entry, str] | None:
    """Return the entry and the figure or fact that a name means there; None if nothing.

    Parameters
    ----------
    name
        A figure or fact of the entry, or one of another entry: ``48n6e3.price``.
    """
    if name in entry.figures or name in entry.facts:
        return entry, name
    other, _, rest = name.partition(".")
    found = entries.get(other)
    return (found, rest) if found and (rest in found.figures or rest in found.facts) else None


def _behind_faults(
    path: str, name: str, entry: Entry, entries: Mapping[str, Entry]
) -> Iterator[Fault]:
    if find_record(name, entry, entries):
        return
    other, _, _ = name.partition(".")
    own = [*entry.figures, *entry.facts]
    known = [f"{e.id}.{each}" for e in entries.values() for each in (*e.figures, *e.facts)]
    remedy = nearest(name, known if other in entries else own) or nearest(name, known)
    yield Fault(path, "no such figure or fact", name, ", ".join(own), remedy)


def _named(
    path: str, name: str, entries: Mapping[str, Entry], kinds: tuple[str, ...]
) -> Iterator[Fault]:
    known = [each.id for each in entries.values() if each.kind in kinds]
    if name not in known:
        words = " or ".join(kinds)
        yield Fault(
            path, f"no {words} of that name", name, ", ".join(known), nearest(name, known)
        )


def _choice_faults(entry: Entry) -> Iterator[Fault]:
    known = {choice.name: choice.allowed for choice in CHOICES[entry.kind]}
    for name, word in entry.choices.items():
        path = f"choices.{name}"
        if name not in known:
            yield _unknown(path, f"a choice of a {entry.kind}", name, list(known))
        yield from choice_faults(entry, name, word, path)
    for name, allowed in known.items():
        if name not in entry.choices:
            yield Fault("choices", f"{name} is missing", allowed=", ".join(allowed))


def _name_faults(entry: Entry) -> Iterator[Fault]:
    kinds = [kind for kind in FIGURES[entry.kind] if has_figure(entry, kind)]
    known = [kind.name for kind in kinds]
    for name in entry.figures:
        kind = figure_kind(entry.kind, name)
        if kind is None or kind not in kinds:
            yield _unknown(f"figures.{name}", f"a figure of this {entry.kind}", name, known)
    for kind in kinds:
        if not kind.family and kind.name not in entry.figures:
            yield Fault("figures", f"{kind.name} is missing: {kind.meaning}")


def has_figure(entry: Entry, kind: FigureKind) -> bool:
    """Return whether an entry with these choices has a figure of its kind at all."""
    return kind.only is None or entry.choices.get(kind.only[0]) == kind.only[1]


def choice_faults(entry: Entry, name: str, word: object, path: str) -> Iterator[Fault]:
    """Yield what is wrong with a word given for a choice of an entry."""
    kind = choice_kind(entry.kind, name)
    if kind and word not in kind.allowed and not kind.is_open:
        remedy = nearest(str(word), kind.allowed)
        yield Fault(path, "not allowed", str(word), ", ".join(kind.allowed), remedy)


def _unknown(path: str, what: str, name: str, known: list[str]) -> Fault:
    return Fault(path, f"not {what}", name, ", ".join(known), nearest(name, known))


def _figure_faults(path: str, figure: Figure, kind: FigureKind) -> Iterator[Fault]:
    read, faults = _read(path, figure, kind)
    if faults:
        yield from faults
        return
    nominal, band, values = read["nominal"][0], read.get("band"), read.get("values", [])
    if figure.shape == "discrete":
        yield from _discrete_faults(path, figure, nominal, values)
    elif figure.shape == "fixed":
        if band or values:
            yield Fault(f"{path}.shape", "a fixed figure has no band", remedy="name its shape")
    elif band is None:
        yield Fault(path, f"a {figure.shape} figure needs a band")
    elif not band[0] < band[1]:
        yield Fault(f"{path}.band", "the low end is not below the high one", str(figure.band))
    elif not band[0] <= nominal <= band[1]:
        yield Fault(
            f"{path}.nominal", "outside its band", str(figure.nominal), str(figure.band)
        )
    elif figure.shape == "loguniform" and band[0] <= 0.0:
        yield Fault(f"{path}.band", "a loguniform band begins above 0", str(figure.band))


def _read(
    path: str, figure: Figure, kind: FigureKind
) -> tuple[dict[str, list[float]], list[Fault]]:
    """Return the values of a figure in SI, by what they are, and their faults."""
    written: dict[str, tuple[Quantity, ...]] = {
        "nominal": (figure.nominal,),
        "band": figure.band or (),
        "values": figure.values,
        "claimed": () if figure.claimed is None else (figure.claimed,),
    }
    read: dict[str, list[float]] = {}
    faults: list[Fault] = []
    for name, quantities in written.items():
        for quantity in quantities:
            value = _si(f"{path}.{name}", quantity, kind, faults)
            read.setdefault(name, []).append(value)
    for n, published in enumerate(figure.sources):
        for quantity in published_values(published):
            _si(f"{path}.sources[{n}].value", quantity, kind, faults)
    return read, faults


def _si(path: str, quantity: Quantity, kind: FigureKind, faults: list[Fault]) -> float:
    try:
        value = parse(quantity, kind.dimension)
    except UnitError as error:
        faults.append(error.fault(path))
        return math.nan
    if not is_within(value, kind.limit):
        faults.append(Fault(path, "out of range", str(quantity), LIMITS[kind.limit]))
    return value


def published_values(published: Published) -> tuple[Quantity, ...]:
    """Return the numbers that a source gives: none (words only), one, or a range's two ends."""
    if published.value is None:
        return ()
    return published.value if isinstance(published.value, tuple) else (published.value,)


def _discrete_faults(
    path: str, figure: Figure, nominal: float, values: list[float]
) -> Iterator[Fault]:
    if len(values) < 2 or len(values) != len(figure.weights):
        yield Fault(f"{path}.values", "a discrete figure needs values and a weight for each")
    elif min(figure.weights) <= 0.0 or not math.isclose(sum(figure.weights), 1.0):
        yield Fault(f"{path}.weights", "weights that do not add up to 1", str(figure.weights))
    if nominal not in values:
        yield Fault(f"{path}.nominal", "not one of its values", str(figure.nominal))


def _provenance_faults(
    path: str, figure: Figure, sources: Mapping[str, Source]
) -> Iterator[Fault]:
    yield from _published_faults(path, figure, sources)
    backing = {published.provenance for published in figure.sources}
    if figure.provenance != "assumed" and figure.provenance not in backing:
        remedy = "name a source, or mark the figure 'assumed'"
        problem = f"a figure that is {figure.provenance} needs a source that is"
        yield Fault(f"{path}.provenance", problem, figure.provenance, remedy=remedy)


def _published_faults(
    path: str, record: Figure | Fact, sources: Mapping[str, Source]
) -> Iterator[Fault]:
    """Yield what is wrong with what sources are said to say of a figure or fact."""
    for n, published in enumerate(record.sources):
        place = f"{path}.sources[{n}]"
        yield from _source_faults(f"{place}.source", published.source, sources)
        source = sources.get(published.source)
        if source and published.provenance not in ("recalled", source.access):
            given = f"{published.provenance}, but the source is {source.access}"
            yield Fault(f"{place}.provenance", "more than the source supports", given)
        if published.value is None and not published.note:
            yield Fault(place, "says nothing", remedy="give a value, or a note in words")


def _source_faults(path: str, name: str, sources: Mapping[str, Source]) -> Iterator[Fault]:
    if name not in sources:
        yield Fault(path, "no such source", name, remedy=nearest(name, sources))
