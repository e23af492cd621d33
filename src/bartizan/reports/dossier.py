"""The dossier of a catalogue entry: all that is known of it, as plain data.

Quantities stand as they are written and, beside them, in SI; what the pages of the catalogue
show and `--json` prints is made of this and nothing else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bartizan.archive.document import STATEMENT, plain
from bartizan.catalogue import Catalogue, cite
from bartizan.catalogue.check import find_record
from bartizan.catalogue.kinds import Kind, choice_kind, figure_kind
from bartizan.catalogue.records import Entry, Fact, Figure, Published, Quantity, Source
from bartizan.reports.quantity import joined, spread, written
from bartizan.units import Dimension, parse

Dossier = dict[str, Any]


def dossier(entry: Entry, catalogue: Catalogue) -> Dossier:
    """Return all that a catalogue holds of an entry."""
    sources = catalogue.sources
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "description": entry.description,
        "choices": _choices(entry),
        "parts": _parts(entry, catalogue),
        "answers": _answers(entry, catalogue),
        "figures": {
            name: _figure(entry.kind, name, figure, sources)
            for name, figure in entry.figures.items()
        },
        "facts": {name: _fact(fact, sources) for name, fact in entry.facts.items()},
        "timeline": [
            {"date": each.date, "event": each.event, "sources": _texts(each.sources, sources)}
            for each in entry.timeline
        ],
        "remarks": [
            {"text": each.text, "sources": _texts(each.sources, sources)}
            for each in entry.remarks
        ],
        "provenance": provenance(entry),
        "catalogue_hash": catalogue.hash,
        "statement": STATEMENT,
    }


def provenance(entry: Entry) -> dict[str, int]:
    """Return how many figures of an entry are seen, computed, recalled and assumed."""
    counts = Counter(figure.provenance for figure in entry.figures.values())
    return {how: counts[how] for how in ("seen", "computed", "recalled", "assumed")}


def _choices(entry: Entry) -> Dossier:
    found: Dossier = {}
    for name, word in entry.choices.items():
        kind = choice_kind(entry.kind, name)
        assert kind is not None
        found[name] = {"value": word, "meaning": kind.meaning, "allowed": list(kind.allowed)}
    return found


def _parts(entry: Entry, catalogue: Catalogue) -> Dossier | None:
    if entry.parts is None:
        return None
    names = {each.id: each.name for each in catalogue.entries.values()}
    return {
        "radars": [
            {"radar": part.radar, "name": names[part.radar], "role": part.role}
            for part in entry.parts.radars
        ],
        "loadout": [
            {"interceptor": each, "name": names[each], "share": share}
            for each, share in entry.parts.loadout.items()
        ],
    }


def _answers(entry: Entry, catalogue: Catalogue) -> list[Dossier]:
    return [
        {
            "claim": each.claim,
            "answer": each.answer,
            "figures": list(each.figures),
            "behind": {name: _in_short(name, entry, catalogue) for name in each.figures},
        }
        for each in entry.answers
    ]


def _in_short(name: str, entry: Entry, catalogue: Catalogue) -> str:
    """Return what a name behind an answer comes to: its values; empty if it is gone."""
    found = find_record(name, entry, catalogue.entries)
    if found is None:
        return ""
    owner, own_name = found
    figure = owner.figures.get(own_name)
    if figure is None:
        fact = owner.facts[own_name]
        return spread([each.value for each in fact.sources], fact.unit)
    return joined(figure.values) if figure.values else written(figure.nominal)


def _figure(kind: Kind, name: str, figure: Figure, sources: Mapping[str, Source]) -> Dossier:
    definition = figure_kind(kind, name)
    assert definition is not None
    dimension = definition.dimension
    quantities = {
        "nominal": figure.nominal,
        "band": figure.band,
        "values": figure.values,
        "claimed": figure.claimed,
    }
    found: Dossier = {
        "meaning": definition.meaning,
        "dimension": dimension,
        "favours": definition.favours,
        "provenance": figure.provenance,
        "shape": figure.shape,
    }
    for key, value in quantities.items():
        found[key], found[f"{key}_si"] = plain(value), _si(value, dimension)
    return found | {
        "weights": list(figure.weights),
        "draw_group": figure.draw_group,
        "why": figure.why,
        "contradiction": figure.contradiction,
        "sources": [_published(each, sources, dimension) for each in figure.sources],
    }


def _fact(fact: Fact, sources: Mapping[str, Source]) -> Dossier:
    return {
        "meaning": fact.meaning,
        "unit": fact.unit,
        "contradiction": fact.contradiction,
        "sources": [_published(each, sources) for each in fact.sources],
    }


def _published(
    published: Published, sources: Mapping[str, Source], dimension: Dimension | None = None
) -> Dossier:
    """Return what a source says; without a dimension, as for facts, its value has no SI."""
    found = {"value": plain(published.value), "note": published.note}
    if dimension:
        found["value_si"] = _si(published.value, dimension)
    return found | _text(published.source, sources, published)


def _texts(keys: Sequence[str], sources: Mapping[str, Source]) -> list[Dossier]:
    return [_text(key, sources) for key in keys]


def _text(
    key: str, sources: Mapping[str, Source], published: Published | None = None
) -> Dossier:
    """Return a source; it shows no address where it, or the value, is only recalled."""
    source = sources[key]
    how = published.provenance if published else source.access
    is_shown = "recalled" not in (how, source.access)
    return {
        "source": key,
        "provenance": how,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "grade": source.grade,
        "url": source.url if is_shown else "",
        "citation": cite(source, published),
    }


def _si(value: Quantity | Sequence[Quantity] | None, dimension: Dimension) -> Any:
    if value is None:
        return None
    if isinstance(value, (str, int, float)):
        return parse(value, dimension)
    return [parse(each, dimension) for each in value]
