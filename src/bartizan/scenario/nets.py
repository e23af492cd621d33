"""Nets and links: who shares an air picture with whom, and what goes from one to another."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from bartizan.errors import Fault, nearest
from bartizan.scenario.document import Document
from bartizan.scenario.quantities import Figure, Name

if TYPE_CHECKING:
    from bartizan.scenario.schema import Scenario

MAX_NETS = 16
MAX_LINKS = 64


class Link(Document):
    """Tracks of one net, forwarded to another, one way."""

    source: str = Field(alias="from", description="The net whose tracks are forwarded.")
    to: str = Field(description="The net that receives them.")
    use: str = Field("data-link", description="A link of the catalogue, such as voice.")
    overrides: dict[str, Figure] = Field({}, description="Figures of this link alone.")


def _by_name(links: dict[str, Link]) -> dict[str, Link]:
    return dict(sorted(links.items()))


Nets = dict[Name, Annotated[list[Name], Field(min_length=1)]]
Links = Annotated[dict[Name, Link], AfterValidator(_by_name)]


def net_of_blocks(scenario: "Scenario") -> dict[str, str]:
    """Return the net of each block of the defence.

    Without `nets` all share one; with them, a block in none is a net of its own.
    """
    if not scenario.nets:
        return dict.fromkeys(scenario.defence, "defence")
    named = {block: net for net, blocks in scenario.nets.items() for block in blocks}
    return {block: named.get(block, block) for block in scenario.defence}


def net_faults(scenario: "Scenario") -> Iterator[Fault]:
    """Yield the nets and links that cannot be."""
    if len(scenario.nets) > MAX_NETS:
        yield Fault("nets", "too many nets", f"{len(scenario.nets)}", f"at most {MAX_NETS}")
    if len(scenario.links) > MAX_LINKS:
        yield Fault("links", "too many links", f"{len(scenario.links)}", f"at most {MAX_LINKS}")
    seen: dict[str, str] = {}
    for net, blocks in scenario.nets.items():
        for n, block in enumerate(blocks):
            path = f"nets.{net}[{n}]"
            if block not in scenario.defence:
                yield _unknown(path, "unit of the defence", block, list(scenario.defence))
            elif block in seen:
                remedy = (
                    f"take it out of one of {seen[block]} and {net}; a link forwards tracks"
                )
                yield Fault(path, "a unit is in one net", block, "one net", remedy)
            seen.setdefault(block, net)
    yield from _link_faults(scenario)


def _link_faults(scenario: "Scenario") -> Iterator[Fault]:
    nets = sorted({*scenario.nets, *net_of_blocks(scenario).values()})
    pairs: dict[tuple[str, str], str] = {}
    for name, link in scenario.links.items():
        for key, net in (("from", link.source), ("to", link.to)):
            if net not in nets:
                yield _unknown(f"links.{name}.{key}", "net", net, nets)
        if link.source == link.to:
            remedy = "name the other net; inside a net all is shared already"
            yield Fault(f"links.{name}.to", "a link to itself", link.to, "another net", remedy)
        pair = (link.source, link.to)
        if pair in pairs:
            remedy = f"{pairs[pair]} does that already: take one of them out"
            yield Fault(f"links.{name}", "a second link between the same nets", remedy=remedy)
        pairs[pair] = name


def _unknown(path: str, kind: str, name: str, known: list[str]) -> Fault:
    allowed = ", ".join(known) or "none"
    return Fault(path, f"unknown {kind}", name, allowed, nearest(name, known))
