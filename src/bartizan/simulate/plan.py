"""The plan: everything that does not change in a replication, made once from documents."""

from dataclasses import dataclass

from bartizan.decide.allocate import Allocator
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.fire import FirePlan
from bartizan.decide.links import LinksPlan
from bartizan.sense.radar import SensePlan
from bartizan.tracking.nets import Rows
from bartizan.tracking.plan import TrackingPlan
from bartizan.world.force import AssetsPlan, ForcePlan
from bartizan.world.truth import WorldPlan


@dataclass(frozen=True)
class Names:
    """What the rows of the tables are called."""

    targets: tuple[str, ...]
    classes: tuple[str, ...]
    assets: tuple[str, ...]
    sensors: tuple[str, ...]
    units: tuple[str, ...]
    interceptors: tuple[str, ...]
    nets: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The static tables of every stage."""

    names: Names
    tick_s: float
    duration_s: float
    # ---- tables
    world: WorldPlan
    assets: AssetsPlan
    force: ForcePlan
    sense: SensePlan
    tracking: TrackingPlan
    decide: DecidePlan
    links: LinksPlan
    fire: FirePlan
    allocate: Allocator
    # ---- capacities of the tables of the state, with their bounds in `lower`
    n_plot: int
    rows: Rows  # of the table of tracks
    n_shooting: int  # nets with fire units, which come first
