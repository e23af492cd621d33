"""From documents to nets: who shares one air picture, and the links between those who do not.

Nets with fire units come first, in order of their names, so that the first one is the
defender whose air picture is scored.
"""

from dataclasses import dataclass

from bartizan.catalogue.figures import Figures, Values
from bartizan.scenario.nets import net_of_blocks
from bartizan.scenario.schema import Link, Scenario


@dataclass(frozen=True)
class TrackLink:
    """A link that forwards tracks, with the figures that hold for it."""

    name: str
    source: int  # net
    to: int  # net
    values: Values


@dataclass(frozen=True)
class Nets:
    """The nets of a scenario: those that links join into one are one."""

    names: tuple[str, ...]  # of k nets
    of_block: dict[str, int]  # net of each block of the defence
    links: tuple[TrackLink, ...]  # between different nets, in order of their names


def lower_nets(scenario: Scenario, figures: Figures) -> Nets:
    """Return the nets of a scenario; whatever is wrong with them was told before."""
    net_of = net_of_blocks(scenario)
    values = {name: _values(name, link, figures) for name, link in scenario.links.items()}
    head = {net: net for net in net_of.values()}
    for name, link in scenario.links.items():
        if values[name].choice("exchange") == "plots":
            joined, first = head[link.to], head[link.source]
            head = {net: first if of == joined else of for net, of in head.items()}
    shooting = {head[net_of[block]] for block in net_of if _shoots(scenario, block, figures)}
    heads = sorted(set(head.values()), key=lambda net: (net not in shooting, net))
    number = {net: heads.index(of) for net, of in head.items()}
    links = tuple(
        TrackLink(name, number[link.source], number[link.to], values[name])
        for name, link in scenario.links.items()
        if values[name].choice("exchange") == "tracks"
        and number[link.source] != number[link.to]
    )
    members = {of: [net for net in sorted(head) if head[net] == of] for of in heads}
    names = tuple("+".join(members[of]) for of in heads) or ("defence",)
    of_block = {block: number[net] for block, net in net_of.items()}
    return Nets(names, of_block, links)


def _values(name: str, link: Link, figures: Figures) -> Values:
    own = figures.overridden(link.use, link.overrides, f"links.{name}.overrides")
    return own.entry(link.use)


def _shoots(scenario: Scenario, block: str, figures: Figures) -> bool:
    record = figures.catalogue.entries.get(scenario.defence[block].system)
    parts = record.parts if record else None
    return parts is not None and any(part.role == "engagement" for part in parts.radars)
