"""The scenario and the theatre of a run that lies in its folder."""

from shlex import quote

from bartizan.archive.folder import CATALOGUE
from bartizan.archive.manifest import SCENARIO
from bartizan.archive.run import Run
from bartizan.archive.study import Study
from bartizan.catalogue import Figures, own_catalogue, resolve
from bartizan.errors import DocumentError, RunError
from bartizan.rng import run_key
from bartizan.scenario import Scenario, load
from bartizan.scenario.library import bundled_names
from bartizan.theatre.theatre import Theatre, theatre_of


def theatre_of_run(run: Run) -> Theatre:
    """Return the theatre of a run, by the scenario and the choice of figures in its folder.

    Where catalogue or program have changed since, places are those of today: `has_changed`.

    Raises
    ------
    RunError
        If its scenario is none for this version any more, or it was not written to a folder.
    """
    try:
        scenario = scenario_of(run)
        perfect = run.manifest["sensing"] == "perfect"
        return theatre_of(scenario, figures_of_run(run, scenario), perfect=perfect)
    except DocumentError as error:
        raise RunError(
            f"{run.directory}: version {_version()} cannot read its scenario\n"
            f"    given:   made by version {run.manifest.get('version')}: {error.faults[0]}\n"
            "    remedy:  use that version, or run it again"
        ) from None


def scenario_of(kept: Run | Study) -> Scenario:
    """Return the scenario of a run or study, with all changes that it was flown with.

    Raises
    ------
    DocumentError
        If it, or its own catalogue, is not valid for this version.
    RunError
        If the run was not written to a folder.
    """
    if kept.directory is None:
        raise RunError(
            f"{kept.manifest['run']}: this run lies in no folder, where its scenario would be\n"
            "    remedy:  run it with `out`, or with `runs`"
        )
    own = kept.directory / CATALOGUE
    catalogue = own_catalogue(own) if own.is_dir() else None
    sets, copies = list(kept.manifest["overrides"]), kept.manifest.get("copies", {})
    return load(kept.directory / SCENARIO, sets, catalogue, copies)


def figures_of_run(run: Run, scenario: Scenario) -> Figures:
    """Return the figures that a run was flown with."""
    # A replication of a study has its draw of figures apart from its chance.
    seed = run.manifest.get("figures_seed", run.manifest["seed"])
    choice, key = str(run.manifest["figures"]), run_key(int(seed))
    return resolve(choice, scenario.figures, scenario.catalogue, key=key, vary=scenario.vary)


def not_recorded(run: Run, lack: str) -> RunError:
    """Return the error of a run that recorded no ``lack``, with the command that does."""
    return RunError(
        f"{run.manifest['run']}: this run recorded no {lack}\n"
        f"    given:   record {run.manifest['record']}\n"
        f"    remedy:  {command_of(run)} --record full"
    )


def command_of(run: Run) -> str:
    """Return the command that flies a run again: as typed, or by the copies in its folder."""
    manifest = run.manifest
    options = [
        f" --{name} {manifest[name]}"
        for name, usual in (("figures", "nominal"), ("sensing", "radar"))
        if manifest[name] != usual
    ]
    copies = manifest.get("copies", {})
    for change in manifest["overrides"]:
        path, _, value = change.partition("=")
        options.append(f" --set {quote(f'{path}={copies.get(value, value)}')}")
    return f"bartizan run {_named(run)} --seed {manifest['seed']}{''.join(options)}"


def _named(run: Run) -> str:
    """Return what names the scenario of a run: its name, or its file in the run's folder."""
    name = str(run.manifest["scenario"])
    if name in bundled_names() or run.directory is None:
        return name
    own = run.directory / CATALOGUE
    option = f" --catalogue {quote(str(own))}" if own.is_dir() else ""
    return quote(str(run.directory / SCENARIO)) + option


def has_changed(run: Run) -> bool:
    """Tell whether catalogue or version are not those that a run was flown with."""
    if run.manifest["version"] != _version():
        return True
    return bool(scenario_of(run).catalogue.hash != run.manifest["catalogue_hash"])


def _version() -> str:
    import bartizan

    return bartizan.__version__
