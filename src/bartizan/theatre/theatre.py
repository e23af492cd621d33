"""The theatre of a scenario: coast, assets, own force, zones, and the ways of the others."""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures
from bartizan.errors import DocumentError
from bartizan.scenario.schema import Scenario
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.theatre.force import Block, Launcher, Radar, blocks_of, launchers_of, radars_of
from bartizan.theatre.links import Link, links_of
from bartizan.theatre.places import Places, line_of, place_of_ecef
from bartizan.theatre.ways import Axis, Route, Zone, axes_of, routes_of, zones_of
from bartizan.world.truth import Side


class Site(NamedTuple):
    """Something worth defending; a unit of the defence that a raid flies at is one too."""

    name: str
    place: Floats  # (3,) lat_deg, lon_deg, height_m
    value: float
    hits: int  # that destroy it
    block: str  # its name where it is a unit of the defence, else ""


class Kind(NamedTuple):
    """A class of what flies there."""

    entry: str  # of the catalogue
    name: str
    side: str  # hostile, civil or friend
    rcs_m2: float
    number: int


class Theatre(NamedTuple):
    """What a map shows during a whole run."""

    scenario: str
    title: str
    origin: Floats  # (3,) lat_deg, lon_deg, height_m
    duration_s: float
    is_perfect: bool  # sensed by perfect reports: the radars stand there and do not count
    coast: tuple[Places, ...]
    assets: tuple[Site, ...]
    blocks: tuple[Block, ...]
    radars: tuple[Radar, ...]
    launchers: tuple[Launcher, ...]
    links: tuple[Link, ...]
    zones: tuple[Zone, ...]
    axes: tuple[Axis, ...]
    routes: tuple[Route, ...]
    kinds: tuple[Kind, ...]


def theatre_of(scenario: Scenario, figures: Figures, *, perfect: bool = False) -> Theatre:
    """Return the theatre of a scenario.

    Parameters
    ----------
    scenario
        The document.
    figures
        Settled, with its pins: those that the run had.
    perfect
        Whether it is sensed by perfect reports in place of radars.

    Raises
    ------
    DocumentError
        With the faults that the stages find in the scenario.
    """
    plan, faults = lower(scenario, figures, perfect=False)
    if faults:
        raise DocumentError(scenario.placed(faults))
    return Theatre(
        scenario=scenario.name,
        title=scenario.title,
        origin=_origin(scenario),
        duration_s=scenario.duration_s,
        is_perfect=perfect,
        coast=tuple(line_of(ring) for ring in scenario.coastline or []),
        assets=_sites(scenario, plan),
        blocks=blocks_of(scenario, figures),
        radars=radars_of(scenario, figures, plan),
        launchers=launchers_of(scenario, figures, plan),
        links=links_of(scenario, figures),
        zones=zones_of(scenario),
        axes=axes_of(scenario, plan),
        routes=routes_of(scenario, plan),
        kinds=_kinds(figures, plan),
    )


def _origin(scenario: Scenario) -> Floats:
    origin = scenario.origin
    return np.array([math.degrees(origin.lat_rad), math.degrees(origin.lon_rad), 0.0])


def _sites(scenario: Scenario, plan: Plan) -> tuple[Site, ...]:
    assets, blocks = plan.assets, list(scenario.defence)
    return tuple(
        Site(
            name=name,
            place=place_of_ecef(assets.position_ecef_m[row]),
            value=float(assets.value[row]),
            hits=int(assets.hits_to_destroy[row]),
            block=blocks[assets.block[row]] if assets.block[row] >= 0 else "",
        )
        for row, name in enumerate(plan.names.assets)
    )


def _kinds(figures: Figures, plan: Plan) -> tuple[Kind, ...]:
    """Return each class that flies there, on each side that it flies for."""
    world, found = plan.world, []
    for row, entry in enumerate(plan.names.classes):
        for side in Side:
            of_kind = np.flatnonzero((world.kind == row) & (world.side == side))
            if len(of_kind):
                # Groups may override it; the stated one is that of most of them.
                rcs_m2 = float(np.median(world.rcs_m2[of_kind]))
                name = figures.entry(entry).name
                found.append(Kind(entry, name, side.name.lower(), rcs_m2, len(of_kind)))
    return tuple(found)
