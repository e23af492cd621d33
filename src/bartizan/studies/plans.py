"""From the scenario of an arm and a draw of the figures to the plan of its replications."""

from bartizan.catalogue import resolve
from bartizan.errors import DocumentError, Fault
from bartizan.rng import run_key
from bartizan.scenario import Scenario
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan


def plan_of(scenario: Scenario, sensing: str, choice: str, key: int, arm: str = "") -> Plan:
    """Return the plan of a scenario under one draw of the figures.

    Parameters
    ----------
    scenario
        Of an arm.
    sensing, choice
        As for a run.
    key
        The seed of the figures draw.
    arm
        Its label, for faults.

    Raises
    ------
    DocumentError
        With all faults that the stages find.
    """
    try:
        figures = resolve(
            choice, scenario.figures, scenario.catalogue, key=run_key(key), vary=scenario.vary
        )
        plan, faults = lower(scenario, figures, sensing == "perfect")
    except DocumentError as error:
        faults = list(error.faults)
    if faults:
        raise DocumentError([_of_arm(fault, arm) for fault in scenario.placed(faults)])
    return plan


def _of_arm(fault: Fault, arm: str) -> Fault:
    return fault.at(f"{fault.file} (arm {arm})" if arm else fault.file, fault.line)
