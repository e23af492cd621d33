"""One run: its summary, manifest, scenario and recorded tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bartizan.archive.document import STATEMENT
from bartizan.archive.fingerprint import numeric_fingerprint
from bartizan.archive.identity import Identity
from bartizan.archive.tables import TABLES, Columns, arrow_table, read_table
from bartizan.errors import RunError

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = "1.1"
"""Version of the run folder, major and minor.

A minor step adds to what is there; a reader opens its own version and the minor one before.
1.0, written as the number 1: the manifest holds the sizes of the files. 1.1: their hashes
too, and its own.
"""
READABLE = ("1.0", FORMAT)

RECORDED: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "events": ("events",),
    "full": tuple(TABLES),
}
"""What ``--record`` keeps."""


@dataclass(frozen=True)
class Run:
    """One run and what came of it.

    ``summary`` is the document of ``--json``; ``events``, ``tracks`` and ``truth`` are Arrow
    tables; ``directory`` is its folder, or None where nothing was written.
    """

    manifest: Mapping[str, Any]
    summary: Mapping[str, Any]
    scenario_yaml: str
    directory: Path | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    """Texts of the files that the scenario names, by name."""
    columns: Mapping[str, Columns] = field(default_factory=dict)

    @cached_property
    def events(self) -> "pa.Table":
        """What happened: time_s, kind, subject, object, detail."""
        return self._table("events")

    @cached_property
    def tracks(self) -> "pa.Table":
        """States of the tracks over time, as the tracker believed them."""
        return self._table("tracks")

    @cached_property
    def truth(self) -> "pa.Table":
        """States of the objects over time, as they were."""
        return self._table("truth")

    @property
    def recorded(self) -> tuple[str, ...]:
        """Names of the recorded tables."""
        return RECORDED[self.manifest["record"]]

    def _table(self, name: str) -> "pa.Table":
        if name not in self.recorded:
            needed = "events" if name == "events" else "full"
            raise RunError(
                f"{self.manifest['run']}: no {name} were recorded\n"
                f"    given:   record {self.manifest['record']}\n"
                f"    remedy:  run it again with record {needed}"
            )
        if name in self.columns:
            return arrow_table(name, self.columns[name], self.manifest)
        assert self.directory is not None
        return read_table(self.directory / f"{name}.parquet")

    def __repr__(self) -> str:
        return f"<Run {self.manifest['run']}: {self.directory or 'not written'}>"


def manifest_of(
    identity: Identity, record: str, simulated_s: float, wall_s: float
) -> dict[str, Any]:
    """Return the manifest of a run that has just ended."""
    return {
        "bartizan": "run",
        "format": FORMAT,
        "run": identity.run_name,
        "version": identity.version,
        "scenario": identity.scenario,
        "seed": identity.seed,
        "figures": identity.figures,
        "sensing": identity.sensing,
        "overrides": identity.overrides,
        "record": record,
        "run_hash": identity.run_hash,
        "scenario_hash": identity.scenario_hash,
        "catalogue_hash": identity.catalogue_hash,
        "fingerprint": numeric_fingerprint(),
        "simulated_s": simulated_s,
        "duration_s": wall_s,
        "created": datetime.now(UTC).isoformat(timespec="microseconds"),
        "statement": STATEMENT,
    }
