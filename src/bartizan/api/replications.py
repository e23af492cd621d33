"""One replication of a study, flown again from its key with everything recorded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import bartizan
from bartizan.api.running import identity_of, simulated
from bartizan.api.warming import prepare
from bartizan.archive.fingerprint import numeric_fingerprint
from bartizan.archive.run import Run
from bartizan.archive.study import Study
from bartizan.errors import RunError, nearest
from bartizan.studies.arms import Arm, arm_scenario
from bartizan.studies.measures import row_of
from bartizan.studies.plans import plan_of
from bartizan.studies.worker import code_hash
from bartizan.theatre.recorded import scenario_of

if TYPE_CHECKING:
    import pyarrow as pa

CHOICES = ("median", "worst", "best")
"""Of the replications of an arm in order of their leakers, then of their numbers."""


def flown_again(study: Study, which: str | int | None, arm: str | None) -> Run:
    """Return a replication of a study as a run in memory.

    Parameters
    ----------
    study
        Whole, or as far as it was made.
    which
        Its number, or ``median``, ``worst`` or ``best`` by leakers; of an even number of
        replications the median is the lower one of the middle two.
    arm
        The label of its arm; by default the first one's.

    Raises
    ------
    RunError
        If there is no such replication or arm; if version, code or numeric fingerprint are not
        those of the study, so that other bits would come; both are named.
    """
    _refuse_others(study)
    prepare()
    label = _label(study, arm)
    row = _row(study, label, which)
    changes = next(each["changes"] for each in study.arms if each["arm"] == label)
    scenario = arm_scenario(scenario_of(study), Arm(label, tuple(changes.items())))
    figures, sensing = str(study.manifest["figures"]), str(study.manifest["sensing"])
    plan = plan_of(scenario, sensing, figures, row["figures_key"], label)
    identity = identity_of(scenario, row["key"], sensing, figures)
    run = simulated(scenario, plan, identity, "full", None, None)
    _refuse_other_outcome(study, row, row_of(run.summary))
    of_study = {
        "study": study.name,
        "arm": label,
        "replication": row["replication"],
        "figures_seed": row["figures_key"],
    }
    return replace(run, manifest={**run.manifest, **of_study})


def _refuse_others(study: Study) -> None:
    here = {
        "version": bartizan.__version__,
        "code": code_hash(),
        "fingerprint": numeric_fingerprint(),
    }
    for key, value in here.items():
        there = study.manifest[key]
        if there != value:
            says = "numeric fingerprint" if key == "fingerprint" else key
            raise RunError(
                f"{study.directory}: another {says} made it, so that other bits would come\n"
                f"    given:   {says} {there} made the study\n    here:    {says} {value}\n"
                "    remedy:  fly it again there, or make the study again here"
            )


def _label(study: Study, arm: str | None) -> str:
    labels = [str(each["arm"]) for each in study.arms]
    if arm is None:
        return labels[0]
    if arm not in labels:
        raise RunError(
            f"{study.directory}: no such arm\n    given:   {arm}\n"
            f"    allowed: {', '.join(labels)}\n"
            f"    remedy:  {nearest(arm, labels) or 'give one of these'}"
        )
    return arm


def _row(study: Study, label: str, which: str | int | None) -> dict[str, Any]:
    import pyarrow.compute

    table = study.replications
    table = table.filter(pyarrow.compute.equal(table.column("arm"), label))
    rank = _rank(table, which)
    if rank is None:
        numbers = table.column("replication").to_pylist()
        raise RunError(
            f"{study.directory}: {_problem(which)}\n    given:   {which}\n"
            f"    allowed: {min(numbers)} to {max(numbers)}, {', '.join(CHOICES)}\n"
            "    remedy:  give one of these with --replication"
        )
    return dict(table.slice(rank, 1).to_pylist()[0])


def _problem(which: str | int | None) -> str:
    if which is None:
        return "this is a study: which of its replications?"
    return "no such replication"


def _rank(table: "pa.Table", which: str | int | None) -> int | None:
    """Return the row that is meant; None: there is none."""
    numbers = table.column("replication").to_pylist()
    leakers = table.column("leakers").to_pylist()
    order = sorted(range(len(numbers)), key=lambda row: (leakers[row], numbers[row]))
    if which == "best":
        return order[0]
    if which == "median":
        return order[(len(order) - 1) // 2]
    if which == "worst":
        return max(order, key=lambda row: (leakers[row], -numbers[row]))
    try:
        return int(numbers.index(int(str(which))))
    except ValueError:
        return None


def _refuse_other_outcome(
    study: Study, there: Mapping[str, Any], here: Mapping[str, Any]
) -> None:
    """Raise if the replication came out otherwise than the study has it."""
    number = there["replication"]
    for name, value in there.items():
        if name in here and here[name] is not None and here[name] != value:
            raise RunError(
                f"{study.directory}: replication {number} comes out otherwise now\n"
                f"    given:   {name} {value} in the study\n    here:    {name} {here[name]}\n"
                "    remedy:  make the study again here"
            )
