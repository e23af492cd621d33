"""From documents to the table of sensors.

Assumes: all radars of a defence block stand at its place and face its way, so that of several
equal engagement radars one searches and the others guide what it found; a published
detection range holds for a slowly fluctuating echo (Swerling I); false alarms come from the
lowest 10 degrees of elevation that the radar looks at.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from bartizan import arrays
from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures, Values
from bartizan.errors import DocumentError, Fault
from bartizan.rng import stable_id
from bartizan.scenario.schema import Defence, Scenario
from bartizan.sense.detection import FALSE_ALARM_PROBABILITY_MIN, required_snr
from bartizan.sense.jamming import noise_response_m2_hz_w
from bartizan.sense.radar import SensePlan, SensorMode
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef
from bartizan.world.lower_nets import Nets
from bartizan.world.place import ecef_m, lat_lon_rad
from bartizan.world.truth import Swerling

FALSE_ALARM_ELEVATION_RAD = math.radians(10.0)
FALSE_ALARMS_MAX = 400.0
PERFECT = "perfect"
_MODES = {"rotating": SensorMode.ROTATING, "phased-array": SensorMode.PHASED_ARRAY}


@dataclass(frozen=True)
class Radar:
    """One radar of a defence block, with the figures that hold for it."""

    name: str  # of the sensor, such as battalion.91n6e
    block: str
    defence: Defence
    values: Values


def lower(
    scenario: Scenario, figures: Figures, nets: Nets, perfect: bool = False
) -> tuple[SensePlan, list[Fault]]:
    """Return the table of all radars of all defence blocks, and what is wrong with them.

    Parameters
    ----------
    scenario
        Its defence, origin and tick.
    figures
        Settled figures; each block's overrides go on top.
    nets
        Whose each defence block is.
    perfect
        Replace the radars by one sensor that reports everything; they are checked all the same.
    """
    radars, faults = _radars(scenario, figures)
    faults += [fault for radar in radars for fault in _radar_faults(radar)]
    return _perfect_plan(scenario) if perfect else _plan(scenario, radars, nets), faults


def sensor_names(
    scenario: Scenario, figures: Figures, perfect: bool = False
) -> tuple[str, ...]:
    """Return what the rows of the table are called: ``battalion.91n6e``, or ``perfect``."""
    if perfect:
        return (PERFECT,)
    return tuple(radar.name for radar in _radars(scenario, figures)[0])


def plots_capacity(sense: SensePlan, n_target: int, tick_s: float, n_bundle: int = 0) -> int:
    """Return how many plots one tick can bring at most.

    Looks at one object are at least half a scan period apart. Of false alarms it takes ten
    standard deviations more than the mean in every scan that a tick touches, which is passed
    less than once in 10**15 scans.
    """
    if sense.perfect:
        return n_target
    looks = np.floor(2.0 * tick_s / sense.scan_period_s) + 1.0
    scans = np.floor(tick_s / sense.scan_period_s) + 2.0
    mean = sense.false_alarms_per_scan
    alarms = np.ceil(mean + 10.0 * np.sqrt(mean) + 20.0 * (mean > 0.0))
    return int(np.sum(looks * n_target + scans * (n_bundle + alarms)))


def _radars(scenario: Scenario, figures: Figures) -> tuple[list[Radar], list[Fault]]:
    radars: list[Radar] = []
    faults: list[Fault] = []
    for block, defence in scenario.defence.items():
        path = f"defence.{block}"
        try:
            own = figures.overridden(defence.system, defence.overrides, f"{path}.overrides")
            radars += _radars_of_block(block, defence, own)
        except DocumentError as error:
            faults += [
                fault if fault.path else replace(fault, path=f"{path}.system")
                for fault in error.faults
            ]
    return radars, faults


def _radars_of_block(block: str, defence: Defence, figures: Figures) -> Iterator[Radar]:
    """Yield the block's radars; a second one of a type is called ``battalion.92n6e[1]``."""
    ids = [part.radar for part in figures.entry(defence.system).parts.radars]
    for row, radar in enumerate(ids):
        earlier = ids[:row].count(radar)
        name = f"{block}.{radar}[{earlier}]" if earlier else f"{block}.{radar}"
        yield Radar(name, block, defence, figures.entry(radar))


def _radar_faults(radar: Radar) -> Iterator[Fault]:
    """Yield what is wrong between figures that are each right."""
    value, path = radar.values.value, f"defence.{radar.block}"

    def fault(figure: str, allowed: str) -> Fault:
        name = f"{radar.values.id}.{figure}"
        given = f"{value(figure):g} (SI)"
        remedy = f"set {name} in {path}.overrides or in figures"
        return Fault(
            path, f"{name} does not fit the radar's other figures", given, allowed, remedy
        )

    if value("range_min") >= value("instrumented_range"):
        yield fault("range_min", "less than instrumented_range")
    if value("elevation_min") >= value("elevation_max"):
        yield fault("elevation_min", "less than elevation_max")
    if not value("false_alarm_probability") >= FALSE_ALARM_PROBABILITY_MIN:
        yield fault("false_alarm_probability", f"at least {FALSE_ALARM_PROBABILITY_MIN:g}")
    if math.isnan(_snr_reference(radar.values)):
        yield fault(
            "reference_detection_probability", "more than false_alarm_probability, less than 1"
        )
    if not 0.0 <= value("false_alarms_per_scan") <= FALSE_ALARMS_MAX:
        yield fault("false_alarms_per_scan", f"0 to {FALSE_ALARMS_MAX:g}")


def _snr_reference(values: Values) -> float:
    """Return the power ratio at the reference range on the reference cross-section."""
    return required_snr(
        values.value("reference_detection_probability"),
        values.value("false_alarm_probability"),
        Swerling.SLOW,
    )


def _plan(scenario: Scenario, radars: list[Radar], nets: Nets) -> SensePlan:
    def column(figure: str) -> Floats:
        return np.array([radar.values.value(figure) for radar in radars], dtype=float)

    ids = [stable_id(f"defence.{radar.name}") for radar in radars]
    modes = [_MODES[radar.values.choice("type")] for radar in radars]
    snr = np.array([_snr_reference(radar.values) for radar in radars], dtype=float)
    range_4 = column("reference_range") ** 4
    blocks = list(scenario.defence)
    elevation_min, elevation_max = column("elevation_min"), column("elevation_max")
    alarm_min = np.maximum(elevation_min, 0.0)
    return SensePlan(
        perfect=False,
        sensor_id=np.array(ids, dtype=np.int64),
        net=np.array([nets.of_block[r.block] for r in radars], dtype=np.int64),
        block=np.array([blocks.index(r.block) for r in radars], dtype=np.int64),
        mode=np.array(modes, dtype=np.int64),
        position_ecef_m=_positions(scenario, radars),
        enu_from_ecef=_rotations(scenario, radars),
        antenna_height_m=column("antenna_height"),
        range_min_m=column("range_min"),
        range_max_m=column("instrumented_range"),
        elevation_min_rad=elevation_min,
        elevation_max_rad=elevation_max,
        sector_centre_rad=np.array([r.defence.facing_rad for r in radars], dtype=float),
        sector_half_width_rad=np.minimum(0.5 * column("sector_width"), math.pi),
        scan_period_s=column("scan_period"),
        scan_phase=_scan_phases(ids),
        false_alarm_probability=column("false_alarm_probability"),
        snr_constant_m2=snr * range_4 / column("reference_rcs"),
        snr_reference=snr,
        range_sigma_m=column("range_sigma"),
        azimuth_sigma_rad=column("azimuth_sigma"),
        elevation_sigma_rad=column("elevation_sigma"),
        sigma_floor=column("sigma_floor"),
        iff_reply_probability=column("iff_reply_probability"),
        noise_response_m2_hz_w=noise_response_m2_hz_w(
            column("antenna_area"), column("noise_factor")
        ),
        beam_half_width_rad=0.5 * column("beam_width"),
        sidelobe_ratio=column("sidelobe_ratio"),
        chaff_rejection=column("chaff_rejection"),
        false_alarms_per_scan=column("false_alarms_per_scan"),
        false_alarm_elevation_min_rad=alarm_min,
        false_alarm_elevation_max_rad=np.minimum(
            alarm_min + FALSE_ALARM_ELEVATION_RAD, np.maximum(elevation_max, alarm_min)
        ),
    )


def _positions(scenario: Scenario, radars: list[Radar]) -> Floats:
    heights = [radar.values.value("antenna_height") for radar in radars]
    sites = [ecef_m(r.defence.at, h, scenario) for r, h in zip(radars, heights, strict=True)]
    return np.array(sites, dtype=float).reshape(-1, 3)


def _rotations(scenario: Scenario, radars: list[Radar]) -> Floats:
    turns = [enu_from_ecef(*lat_lon_rad(radar.defence.at, scenario)) for radar in radars]
    return np.array(turns, dtype=float).reshape(-1, 3, 3)


def _scan_phases(ids: list[int]) -> Floats:
    """Return where each beam stands at time 0: as good as chance, but never another."""
    phases = [(stable_id(f"scan phase {each}") >> 11) * 2.0**-52 for each in ids]
    return np.array(phases, dtype=float)


def _perfect_plan(scenario: Scenario) -> SensePlan:
    """Return the one sensor of ``--sensing perfect``: it covers everything, once a tick."""
    origin = (scenario.origin.lat_rad, scenario.origin.lon_rad)
    unused, nothing, right_angle = arrays.nan(1), arrays.zeros(1), np.array([0.5 * math.pi])
    return SensePlan(
        perfect=True,
        sensor_id=np.array([stable_id(PERFECT)], dtype=np.int64),
        net=arrays.counts(1),
        block=arrays.none(1),
        mode=np.array([SensorMode.REPORTS], dtype=np.int64),
        position_ecef_m=np.array([ecef_from_geodetic(*origin, 0.0)]),
        enu_from_ecef=enu_from_ecef(*origin)[np.newaxis],
        antenna_height_m=arrays.never(1),
        range_min_m=nothing,
        range_max_m=arrays.never(1),
        elevation_min_rad=-right_angle,
        elevation_max_rad=right_angle,
        sector_centre_rad=nothing.copy(),
        sector_half_width_rad=2.0 * right_angle,
        scan_period_s=np.array([scenario.tick_s]),
        scan_phase=nothing.copy(),
        false_alarm_probability=unused,
        snr_constant_m2=unused.copy(),
        snr_reference=unused.copy(),
        range_sigma_m=unused.copy(),
        azimuth_sigma_rad=unused.copy(),
        elevation_sigma_rad=unused.copy(),
        sigma_floor=unused.copy(),
        iff_reply_probability=np.ones(1),
        noise_response_m2_hz_w=unused.copy(),
        beam_half_width_rad=unused.copy(),
        sidelobe_ratio=unused.copy(),
        chaff_rejection=unused.copy(),
        false_alarms_per_scan=nothing.copy(),
        false_alarm_elevation_min_rad=nothing.copy(),
        false_alarm_elevation_max_rad=nothing.copy(),
    )
