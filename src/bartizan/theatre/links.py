"""Links on a map: lines between the units of two nets that stand nearest to each other."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from bartizan.catalogue.figures import Figures
from bartizan.scenario.nets import net_of_blocks
from bartizan.scenario.schema import Position, Scenario
from bartizan.theatre.places import Places, way_through
from bartizan.world.ground import ground_distance_m
from bartizan.world.place import lat_lon_rad


class Link(NamedTuple):
    """What one net forwards to another, one way."""

    name: str
    source: str  # net
    to: str
    entry: str  # of the catalogue
    title: str
    places: Places  # from a unit of the source to a unit of the other net


def links_of(scenario: Scenario, figures: Figures) -> tuple[Link, ...]:
    """Return the links that the scenario names, those inside of one air picture too."""
    return tuple(
        Link(
            name=name,
            source=link.source,
            to=link.to,
            entry=link.use,
            title=figures.entry(link.use).name,
            places=_nearest_way(scenario, link.source, link.to),
        )
        for name, link in scenario.links.items()
    )


def _nearest_way(scenario: Scenario, source: str, to: str) -> Places:
    net_of = net_of_blocks(scenario)
    at = {block: defence.at for block, defence in scenario.defence.items()}
    nets = [[at[block] for block in net_of if net_of[block] == net] for net in (source, to)]
    pairs = list(product(*nets))
    if not pairs:
        return np.empty((0, 3))

    def away_m(pair: Sequence[Position]) -> float:
        one, other = (lat_lon_rad(position, scenario) for position in pair)
        return ground_distance_m(*one, *other)

    return way_through(min(pairs, key=away_m), scenario)
