"""The scenario and the theatre of a run that lies in its folder."""

from bartizan.archive.folder import CATALOGUE
from bartizan.archive.manifest import SCENARIO
from bartizan.archive.run import Run
from bartizan.archive.study import Study
from bartizan.catalogue import Figures, own_catalogue, resolve
from bartizan.errors import DocumentError, RunError
from bartizan.rng import run_key
from bartizan.scenario import Scenario, load
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
    return load(kept.directory / SCENARIO, list(kept.manifest["overrides"]), catalogue)


def figures_of_run(run: Run, scenario: Scenario) -> Figures:
    """Return the figures that a run was flown with."""
    choice, key = str(run.manifest["figures"]), run_key(int(run.manifest["seed"]))
    return resolve(choice, scenario.figures, scenario.catalogue, key=key, vary=scenario.vary)


def has_changed(run: Run) -> bool:
    """Tell whether catalogue or version are not those that a run was flown with."""
    if run.manifest["version"] != _version():
        return True
    return bool(scenario_of(run).catalogue.hash != run.manifest["catalogue_hash"])


def _version() -> str:
    import bartizan

    return bartizan.__version__
