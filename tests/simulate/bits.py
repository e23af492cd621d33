"""A replication as one hash of all its bits, and its outcomes by name."""

import hashlib
from typing import Any

import numpy as np

from bartizan.archive.tables import TABLES, arrow_table
from bartizan.simulate.replicate import Replication

OF_RUN = dict.fromkeys(
    ("run", "version", "seed", "figures", "sensing", "scenario_hash", "fingerprint"), ""
)


def bits_of(replication: Replication) -> str:
    """Return the hash of the Arrow columns of events, tracks and truth."""
    digest = hashlib.blake2b(digest_size=16)
    for name in TABLES:
        table = arrow_table(name, getattr(replication, name), OF_RUN)
        digest.update(f"{name} {table.num_rows}".encode())
        for column in table.itercolumns():
            values = column.combine_chunks()
            if hasattr(values, "dictionary"):
                # Texts themselves: their numbers differ with what else was met.
                texts = values.dictionary_decode().to_pylist()
                digest.update("\0".join(texts).encode())
            else:
                digest.update(np.ascontiguousarray(values.to_numpy()).tobytes())
    return digest.hexdigest()


def outcomes_of(replication: Replication) -> dict[str, Any]:
    """Return what became of whom, by name and in no order."""
    measures = replication.measures
    events = replication.events
    rows = zip(
        events["time_s"], events["kind"], events["subject"], events["object"], strict=True
    )
    told = {"kill", "leak", "damage", "detection won", "detection lost"}
    return {
        **{name: measures[name] for name in ("threats", "causes", "rounds", "assets", "civil")},
        "leakers": sorted(measures["leakers"], key=lambda leaker: leaker["name"]),
        "moments": sorted(
            (float(time_s), kind, subject if kind != "kill" else "", obj)
            for time_s, kind, subject, obj in rows
            if kind in told
        ),
    }
