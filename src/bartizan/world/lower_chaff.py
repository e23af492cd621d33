"""From raid groups with chaff to its clouds, or to the faults that forbid them."""

import math
from collections.abc import Sequence

from bartizan.catalogue.figures import Figures
from bartizan.errors import Fault
from bartizan.rng import stable_id
from bartizan.scenario.raid import MAX_OBJECTS, RaidGroup
from bartizan.units import format_quantity
from bartizan.world.chaff import Bundle, ChaffPlan, make_chaff
from bartizan.world.flights import Flight
from bartizan.world.geodesy import geodetic_from_ecef, vector_from_enu
from bartizan.world.motion import position_velocity
from bartizan.world.truth import WorldPlan


def bundle_of(group: RaidGroup, figures: Figures) -> Bundle | None:
    """Return the figures of what each of a group carries; None: no chaff."""
    if group.chaff is None:
        return None
    value = figures.overridden(group.threat, group.overrides).entry(group.chaff).value
    return Bundle(
        rcs_m2=value("rcs"),
        bloom_s=value("bloom_time"),
        lifetime_s=value("lifetime"),
        fall_m_s=value("fall_speed"),
        drift_m_s=value("drift_speed"),
        drift_bearing_rad=value("drift_bearing"),
        bundles=round(value("bundles")),
        interval_s=value("interval"),
        first_release_m=value("first_release"),
    )


def chaff_faults(path: str, chaff: str, bundle: Bundle, flight: Flight) -> list[Fault]:
    """Return the fault of a carrier that would release nothing before its way ends."""
    if flight.releases_s:
        return []
    given = f"at {format_quantity(bundle.first_release_m, 'length')} to go"
    allowed = "before its way ends, at its release range or stand-off"
    remedy = f"set {chaff}.first_release in its overrides"
    return [Fault(f"{path}.chaff", "no bundle is ever released", given, allowed, remedy)]


def crowd_faults(flights: Sequence[Flight]) -> list[Fault]:
    """Return the fault of more bundles than are simulated."""
    n_bundle = sum(len(flight.releases_s) for flight in flights)
    if n_bundle <= MAX_OBJECTS:
        return []
    allowed = f"at most {MAX_OBJECTS} bundles in all"
    return [
        Fault("raid", "too much chaff", f"{n_bundle} bundles", allowed, "set fewer bundles")
    ]


def chaff_plan(world: WorldPlan, flights: Sequence[Flight]) -> ChaffPlan:
    """Return the table of all bundles; ``flights`` are the rows of ``world``."""
    chaff = make_chaff(sum(len(flight.releases_s) for flight in flights))
    row = 0
    for carrier, flight in enumerate(flights):
        for k, time_s in enumerate(flight.releases_s):
            assert flight.bundle
            place = position_velocity(world, carrier, time_s)[:3]
            chaff.cloud_id[row] = stable_id(f"{flight.name}.chaff[{k}]")
            chaff.carrier[row], chaff.release_s[row] = carrier, time_s
            chaff.release_ecef_m[row] = place
            _write(chaff, row, flight.bundle, *geodetic_from_ecef(*place))
            row += 1
    return chaff


def _write(
    chaff: ChaffPlan, row: int, bundle: Bundle, lat_rad: float, lon_rad: float, height_m: float
) -> None:
    """Write what becomes of a bundle that is released at a place."""
    east = bundle.drift_m_s * math.sin(bundle.drift_bearing_rad)
    north = bundle.drift_m_s * math.cos(bundle.drift_bearing_rad)
    chaff.drift_ecef_m_s[row] = vector_from_enu(lat_rad, lon_rad, east, north, -bundle.fall_m_s)
    aloft_s = bundle.lifetime_s
    if bundle.fall_m_s > 0.0:
        aloft_s = min(aloft_s, max(0.0, height_m) / bundle.fall_m_s)
    chaff.end_s[row] = chaff.release_s[row] + aloft_s
    chaff.rcs_m2[row], chaff.bloom_s[row] = bundle.rcs_m2, bundle.bloom_s
