"""What makes a run this run and no other: its identity, and the folder name made from it."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bartizan.archive.document import plain


@dataclass(frozen=True)
class Identity:
    """All that decides the outcome of a run, but the machine it runs on."""

    scenario: str
    scenario_hash: str
    catalogue_hash: str
    seed: int
    figures: str
    sensing: str
    overrides: Sequence[str]
    version: str

    @property
    def run_hash(self) -> str:
        """Hash of scenario, overrides, sensing, catalogue and version, in hexadecimal."""
        parts = [self.scenario_hash, list(self.overrides), self.sensing, self.catalogue_hash]
        text = json.dumps(plain([*parts, self.version]), sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    @property
    def run_name(self) -> str:
        """Name of the run's folder: ``<scenario>-<figures>-s<seed>-<hash6>``."""
        scenario = re.sub(r"[^\w.-]+", "-", self.scenario).strip("-.") or "scenario"
        return f"{scenario}-{self.figures}-s{self.seed}-{self.run_hash[:6]}"
