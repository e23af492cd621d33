"""A study made, or gone on with: from a loaded scenario to a folder that is whole."""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bartizan.api.running import provenance_of
from bartizan.archive.document import STATEMENT, text_of
from bartizan.archive.folder import CATALOGUE
from bartizan.archive.lock import locked
from bartizan.archive.manifest import MANIFEST, SCENARIO, SUMMARY
from bartizan.archive.parts import decoded, find_parts
from bartizan.archive.place import cannot_write, put
from bartizan.archive.study import (
    BEGUN,
    LOG,
    RECORDED,
    REPLICATIONS,
    STUDY_FORMAT,
    WHOLE,
    Study,
    open_study,
    read_study_manifest,
    study_name,
    write_manifest,
)
from bartizan.errors import RunError
from bartizan.scenario import Scenario, portable, with_copies
from bartizan.studies.arms import Arm, arm_scenario
from bartizan.studies.conduct import Ledger, Report, Setting, Stage, Workers, conduct
from bartizan.studies.pool import local, processors
from bartizan.studies.summary import summary_of
from bartizan.studies.worker import Machine, machine

Stages = Callable[[Path], Iterator[Stage]]
Found = Callable[[Path, Sequence[Arm]], Mapping[str, Any]]


@dataclass(frozen=True)
class Asked:
    """A study as asked for: what makes it this study, and how it goes on."""

    scenario: Scenario
    seed: int
    figures: str
    sensing: str
    record: str
    per_draw: int
    n: int
    design: Mapping[str, Any]
    stages: Stages
    """From the study's folder to its stages; they may read what is finished there."""
    found: Found = field(default=lambda folder, arms: {})
    """What the design itself finds at the end, from the folder and the arms."""


@dataclass(frozen=True)
class Means:
    """By what means a study is made: none of it changes a bit of the result."""

    workers: int | None = None
    scheduler: str | None = None
    is_mixed: bool = False
    report: Report | None = None
    begun: Callable[[Path, str, bool], None] | None = None
    """Called with the folder, the label of the first arm and whether figures are drawn."""


def identity_of(asked: Asked, here: Machine) -> dict[str, Any]:
    """Return what makes a study this study; the number of replications is no part of it."""
    return {
        "scenario": asked.scenario.name,
        "scenario_hash": asked.scenario.scenario_hash,
        "overrides": asked.scenario.overrides,
        "catalogue_hash": asked.scenario.catalogue.hash,
        "seed": asked.seed,
        "figures": asked.figures,
        "sensing": asked.sensing,
        "record": asked.record,
        "per_draw": asked.per_draw,
        "design": asked.design,
        "version": here.version,
    }


def studied(asked: Asked, directory: Path | None, root: Path, means: Means) -> Study:
    """Return a study, made or resumed in ``directory``, or in a folder of its name in ``root``.

    Raises
    ------
    RunError
        If the folder holds something else, is held by another process, or cannot be written.
    WorkerError
        If workers end or are of another version; what is finished is kept.
    """
    here = machine()
    identity = identity_of(asked, here)
    name = study_name(asked.scenario.name, asked.figures, asked.seed, identity)
    directory = directory or root / name
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = error if isinstance(error, OSError) else OSError(str(error))
        raise cannot_write(directory, reason) from None
    with _held(directory):
        manifest = _begin(asked, identity, name, directory, here, means.is_mixed)
        if manifest["state"] == WHOLE and _is_sound(directory):
            return open_study(directory)
        return _made(asked, manifest, directory, here, means)


@contextmanager
def _held(directory: Path) -> Iterator[None]:
    """Keep other processes out of a study's folder."""
    try:
        with locked(directory.resolve(), "study"):
            yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(directory, error) from None


def _is_sound(directory: Path) -> bool:
    try:
        open_study(directory)
    except RunError:
        return False
    return True


def _made(
    asked: Asked, manifest: dict[str, Any], directory: Path, here: Machine, means: Means
) -> Study:
    setting = Setting(
        directory=directory,
        scenario=asked.scenario,
        seed=asked.seed,
        figures=asked.figures,
        sensing=asked.sensing,
        record=asked.record,
        tables=(REPLICATIONS, *RECORDED[asked.record]),
        about=_about(manifest),
        machine=here,
        is_mixed=means.is_mixed,
    )
    began_s = time.perf_counter()
    with ExitStack() as stack:
        opened: list[Workers] = []

        def workers() -> Workers:
            if not opened:
                opened.append(stack.enter_context(_workers(means, here)))
            return opened[0]

        if means.begun:
            means.begun(directory, manifest["arms"][0]["arm"], asked.figures == "drawn")
        ledger = conduct(setting, asked.stages(directory), workers, means.report)
    _log(directory, ledger, time.perf_counter() - began_s, means)
    return _finished(asked, manifest, directory, ledger, here)


def _workers(means: Means, here: Machine) -> Any:
    if means.scheduler:
        from bartizan.studies.cluster import cluster

        return cluster(means.scheduler, here, means.is_mixed)
    n = means.workers or processors()

    @contextmanager
    def on_this_machine() -> Iterator[Workers]:
        with local(n) as executor:
            yield Workers(executor, lambda: 2 * n + 2)

    return on_this_machine()


def _finished(
    asked: Asked, manifest: dict[str, Any], directory: Path, ledger: Ledger, here: Machine
) -> Study:
    mixed = sorted({*manifest["mixed"], *ledger.fingerprints} - {manifest["fingerprint"]})
    arms = [arm.document for arm in ledger.arms]
    table = decoded(find_parts(directory / REPLICATIONS))
    made = set(table.column("arm").unique().to_pylist())
    arms = [arm for arm in arms if arm["arm"] in made]
    manifest = {**manifest, "arms": arms, "mixed": mixed}
    provenance = provenance_of(asked.scenario, asked.figures, asked.seed)
    found = asked.found(directory, ledger.arms)
    summary = summary_of(manifest, table, provenance, found)
    put(directory / SUMMARY, text_of(summary).encode())
    whole = write_manifest(directory, {**manifest, "state": WHOLE})
    return Study(directory, whole)


def _begin(
    asked: Asked,
    identity: Mapping[str, Any],
    name: str,
    directory: Path,
    here: Machine,
    is_mixed: bool,
) -> dict[str, Any]:
    """Return the manifest of a study that begins here, or goes on."""
    if (directory / MANIFEST).exists():
        there = read_study_manifest(directory)
        _refuse_other(directory, there, identity, asked, here, is_mixed)
        if there["n"] == asked.n:
            return there
        return write_manifest(directory, {**there, "n": asked.n, "state": BEGUN})
    return _new(asked, identity, name, directory, here)


_LEFT = {REPLICATIONS, "events", "tracks", "truth", CATALOGUE, SUMMARY}
"""What a study may leave where its manifest is lost, beside what its scenario needs."""


def _refuse_foreign(directory: Path, beside: Mapping[str, str]) -> None:
    """Raise if a folder without a manifest holds anything that this study did not write."""
    for entry in sorted(directory.iterdir()):
        is_own = entry.name in beside and entry.read_bytes() == beside[entry.name].encode()
        if entry.name[0] != "." and entry.name not in _LEFT and not is_own:
            raise RunError(
                f"{directory}: holds '{entry.name}', which is of no study; it is left alone\n"
                "    remedy:  give another folder with --out"
            )


def _new(
    asked: Asked, identity: Mapping[str, Any], name: str, directory: Path, here: Machine
) -> dict[str, Any]:
    arms = next(asked.stages(directory)).arms
    text, files = portable(asked.scenario)
    copies, files = with_copies(_naming_files(asked.scenario, arms), files)
    own = asked.scenario.catalogue.files
    beside = {SCENARIO: text, **files, **{f"{CATALOGUE}/{k}": v for k, v in own.items()}}
    _refuse_foreign(directory, beside)
    for file, content in beside.items():
        try:
            (directory / file).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(directory, error) from None
        put(directory / file, content.encode())
    manifest = {
        "bartizan": "study",
        "format": STUDY_FORMAT,
        "study": name,
        "state": BEGUN,
        **identity,
        "title": asked.scenario.title,
        "catalogue": asked.scenario.catalogue.place,
        "code": here.code,
        "fingerprint": here.fingerprint,
        "mixed": [],
        "n": asked.n,
        "arms": [arm.document for arm in arms],
        "beside": sorted(beside),
        "copies": copies,
        "statement": STATEMENT,
    }
    return write_manifest(directory, manifest)


def _naming_files(scenario: Scenario, arms: Sequence[Arm]) -> Iterator[Scenario]:
    """Yield a scenario, and what the arms make of it whose changes may name files."""
    yield scenario
    for arm in arms:
        if any(
            path.startswith(("civil", "coastline")) and isinstance(value, str | Mapping)
            for path, value in arm.changes
        ):
            yield arm_scenario(scenario, arm)


def _refuse_other(
    directory: Path,
    there: Mapping[str, Any],
    identity: Mapping[str, Any],
    asked: Asked,
    here: Machine,
    is_mixed: bool,
) -> None:
    """Raise unless the study in a folder is the one that is asked for."""
    for key, value in {**identity, "code": here.code}.items():
        if there.get(key) != json.loads(json.dumps(value)):
            raise RunError(
                f"{directory}: holds a study of another {key.replace('_', ' ')}\n"
                f"    given:   {_short(value)}\n    there:   {_short(there.get(key))}\n"
                "    remedy:  give another folder with --out"
            )
    if there["fingerprint"] != here.fingerprint and not is_mixed:
        raise RunError(
            f"{directory}: this study was begun on a machine that computes other last bits\n"
            f"    given:   numeric fingerprint {here.fingerprint}\n"
            f"    there:   {there['fingerprint']}\n"
            "    remedy:  go on there, or allow it with --mixed-machines, which it then says"
        )
    if there["n"] > asked.n:
        raise RunError(
            f"{directory}: this study has more replications than are asked for\n"
            f"    given:   -n {asked.n}\n    there:   -n {there['n']}\n"
            f"    remedy:  repeat it with -n {there['n']}, or give another folder with --out"
        )


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 120 else f"{text[:117]}..."


def _about(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Return the metadata of the tables of a study."""
    keys = ("study", "version", "seed", "figures", "sensing", "scenario_hash", "fingerprint")
    about = {key: str(manifest[key]) for key in keys}
    return {**about, "run": about["study"], "statement": STATEMENT}


def _log(directory: Path, ledger: Ledger, wall_s: float, means: Means) -> None:
    """Add a line about this session; where that fails, nothing of the study is lost."""
    unit = 1 if sys.platform == "darwin" else 1024
    line = {
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "replications": ledger.made,
        "kept": ledger.kept,
        "damaged": ledger.damaged,
        "wall_s": round(wall_s, 3),
        "workers": means.scheduler or means.workers or processors(),
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
        "pid": os.getpid(),
    }
    with suppress(OSError), (directory / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
