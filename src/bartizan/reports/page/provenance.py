"""Every figure of the catalogue behind the study: value, band, who says so, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from bartizan.reports.figures import band_of
from bartizan.reports.page.material import Material
from bartizan.reports.page.section import Cell, Fold, Part, Prose, Section, Table
from bartizan.reports.quantity import provenance_words, word_of, written
from bartizan.reports.sources import said


def provenance(material: Material) -> Section | None:
    """Return the section of all figures."""
    if not material.entries:
        return None
    counts = material.study["provenance"]
    total = sum(counts.values())
    words = (
        f"{total} figures of {len(material.entries)} entries of the catalogue are behind "
        "this study: "
        f"{provenance_words(counts, ', ')}. A sourced one is what somebody printed; a "
        "recalled one was not "
        "read again; an assumed one is a guess, with a reason and a band, and stands out below."
    )
    if material.is_drawn:
        words += " Each draw takes every figure from its band."
    parts: list[Part] = [Prose(words)]
    for entry in material.entries:
        parts.append(_entry(entry, material.pinned))
    parts.append(Fold("Sources", [_sources(material.entries)]))
    return Section("figures", "Every figure, and who says so", parts)


def _entry(entry: Mapping[str, Any], pinned: Mapping[str, Any]) -> Fold:
    figures = entry["figures"]
    assumed = sum(figure["provenance"] == "assumed" for figure in figures.values())
    head = f"{entry['name']} ({entry['id']}): {len(figures)} figures, {assumed} assumed"
    rows = [_row(entry["id"], name, figure, pinned) for name, figure in figures.items()]
    heads = ("figure", "value", "band", "claimed", "provenance", "why, and who says so")
    return Fold(head, [Table(heads, rows, (1,))])


def _row(
    entry: str, name: str, figure: Mapping[str, Any], pinned: Mapping[str, Any]
) -> Sequence[str | Cell]:
    pin = pinned.get(f"{entry}.{name}")
    how = "pinned by the scenario" if pin is not None else word_of(figure["provenance"])
    sources = said(figure["sources"])
    said_words = f"Said: {sources}" if sources else ""
    but = f"But: {figure['contradiction']}" if figure["contradiction"] else ""
    why = " ".join(f"{each.rstrip('.')}." for each in (figure["why"], said_words, but) if each)
    return (
        Cell(name.replace("_", " ").replace(".", ": "), "name"),
        written(pin if pin is not None else figure["nominal"]),
        band_of(figure) if pin is None else "–",
        "" if figure["claimed"] is None else written(figure["claimed"]),
        Cell(how, "assumed" if how == "assumed" else ""),
        Cell(why, "why"),
    )


def _sources(entries: Sequence[Mapping[str, Any]]) -> Table:
    found: dict[str, Mapping[str, Any]] = {}
    for entry in entries:
        for figure in entry["figures"].values():
            for source in figure["sources"]:
                found.setdefault(source["source"], source)
    rows = [
        (
            key,
            each["grade"],
            f"{each['title']}. {each['publisher']}, {each['date']}",
            Cell(each["url"], "path"),
        )
        for key, each in sorted(found.items())
    ]
    return Table(("key", "grade", "text", "address"), rows)
