"""From documents to the plan: every stage's own lower, in order, with all their faults."""

from bartizan.catalogue.figures import Figures
from bartizan.decide.lower import lower as lower_decide
from bartizan.errors import Fault
from bartizan.scenario.schema import Scenario
from bartizan.sense.lower import lower as lower_sense
from bartizan.sense.lower import plots_capacity, sensor_names
from bartizan.simulate.plan import Names, Plan
from bartizan.tracking.lower import lower as lower_tracking
from bartizan.world.lower import lower as lower_world
from bartizan.world.lower_force import lower_force

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
    force, units, interceptors, force_faults = lower_force(scenario, figures, classes)
    sense, sense_faults = lower_sense(scenario, figures, perfect)
    tracking, tracking_faults = lower_tracking(scenario, figures, sense, perfect)
    decide, allocate, decide_faults = lower_decide(scenario, figures, sense)
    n_target = world.plan.target_id.shape[0]
    alarms = float(sense.false_alarms_per_scan.sum())
    plan = Plan(
        names=Names(
            targets=world.names.targets,
            classes=classes,
            assets=world.names.assets,
            sensors=sensor_names(scenario, figures, perfect),
            units=units,
            interceptors=interceptors,
        ),
        tick_s=scenario.tick_s,
        duration_s=scenario.duration_s,
        world=world.plan,
        assets=world.assets,
        force=force,
        sense=sense,
        tracking=tracking,
        decide=decide,
        allocate=allocate,
        n_plot=plots_capacity(sense, n_target, scenario.tick_s),
        n_track=2 * n_target + int(FALSE_ALARM_SCANS * alarms) + TRACKS_BESIDE_OBJECTS,
    )
    faults = world_faults + force_faults + sense_faults + tracking_faults + decide_faults
    return plan, faults
