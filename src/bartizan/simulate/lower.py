"""From documents to the plan: every stage's own lower, in order, with all their faults."""

import numpy as np

from bartizan.catalogue.figures import Figures
from bartizan.decide.lower import lower as lower_decide
from bartizan.decide.lower_links import lower_links
from bartizan.errors import Fault
from bartizan.scenario.schema import Scenario
from bartizan.sense.lower import lower as lower_sense
from bartizan.sense.lower import plots_capacity, sensor_names
from bartizan.simulate.plan import Names, Plan
from bartizan.tracking.lower import lower as lower_tracking
from bartizan.tracking.nets import Rows
from bartizan.world.lower import lower as lower_world
from bartizan.world.lower_force import lower_force
from bartizan.world.lower_nets import lower_nets

TRACKS_BESIDE_OBJECTS = 200  # tentative tracks on false alarms, a minute of them at most
FALSE_ALARM_SCANS = 4.0  # scans that a tentative track on a false alarm may live


def lower(scenario: Scenario, figures: Figures, perfect: bool) -> tuple[Plan, list[Fault]]:
    """Return the plan of a scenario and what is wrong with it, by document path.

    Parameters
    ----------
    scenario
        Loaded, so that its names exist.
    figures
        Settled, with the scenario's pins.
    perfect
        Sense by perfect reports in place of radars.
    """
    world, world_faults = lower_world(scenario, figures)
    classes = world.names.classes
    nets = lower_nets(scenario, figures)
    force, units, interceptors, force_faults = lower_force(scenario, figures, classes, nets)
    sense, sense_faults = lower_sense(scenario, figures, nets, perfect)
    if perfect:
        force = force._replace(sensor_guides=np.ones(1, dtype=bool))
    tracking, tracking_faults = lower_tracking(scenario, figures, sense, nets, perfect)
    links, link_faults = lower_links(nets)
    decide, fire, allocate, decide_faults = lower_decide(
        scenario, figures, sense, force, interceptors, world.assets
    )
    n_target, n_bundle = len(world.plan.target_id), len(world.plan.chaff.cloud_id)
    alarms = float(sense.false_alarms_per_scan.sum())
    n_track = (
        2 * (n_target + n_bundle) + int(FALSE_ALARM_SCANS * alarms) + TRACKS_BESIDE_OBJECTS
    )
    incoming = np.bincount(links.to[links.to >= 0])
    plan = Plan(
        names=Names(
            targets=world.names.targets,
            classes=classes,
            assets=world.names.assets,
            sensors=sensor_names(scenario, figures, perfect),
            units=units,
            interceptors=interceptors,
            nets=nets.names,
            links=tuple(link.name for link in nets.links),
        ),
        tick_s=scenario.tick_s,
        duration_s=scenario.duration_s,
        world=world.plan,
        assets=world.assets,
        force=force,
        sense=sense,
        tracking=tracking,
        decide=decide,
        links=links,
        fire=fire,
        allocate=allocate,
        n_plot=plots_capacity(sense, n_target, scenario.tick_s, n_bundle),
        rows=Rows(len(nets.names), n_track, n_track * int(incoming.max(initial=0))),
        n_shooting=len(set(force.unit_net.tolist())),
    )
    faults = world_faults + force_faults + sense_faults + tracking_faults + decide_faults
    faults += link_faults
    return plan, faults
