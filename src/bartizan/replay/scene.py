"""The scene of a run: all that the page needs, in one gzip of a header and packed columns.

Layout, little endian: the four bytes ``BZS1``, the length of the header (uint32), the header
(JSON, UTF-8), then the sections that it lists by name, with offset and length from its end.
"""

import gzip
import json
from typing import Any

import numpy as np

from bartizan.archive.run import Run
from bartizan.arrays import Floats, Ints
from bartizan.replay.flights import (
    EVERY,
    SIGMA_LEAST_M,
    SIGMA_MOST_M,
    TRACK_STEP,
    TRUTH_STEP,
    Flights,
    codes_of,
    flights_of,
    packed_bearings,
    packed_places,
    packed_probabilities,
    packed_sigmas,
    pieces_of,
    sparse,
)
from bartizan.replay.planes import packed, packed_bytes
from bartizan.theatre.recorded import not_recorded

MAGIC = b"BZS1"
ABOUT = (
    *("run", "scenario", "version", "seed", "figures", "sensing", "overrides", "run_hash"),
    *("scenario_hash", "catalogue_hash", "fingerprint", "simulated_s", "statement"),
)
"""What the page repeats of the manifest."""
OF_SUMMARY = ("title", "threats", "causes", "rounds", "assets", "civil", "tracker", "peak")

Sections = dict[str, bytes]


def scene_of(run: Run, ground: Any) -> bytes:
    """Return the scene of a run that recorded its tables.

    Parameters
    ----------
    run
        Recorded in full.
    ground
        What stands still: see `bartizan.replay.ground`.

    Raises
    ------
    RunError
        If nothing, or events only, were recorded, or nothing flew: the remedy.
    """
    if set(run.recorded) < {"events", "tracks", "truth"}:
        raise not_recorded(run, "tracks, so there is nothing to replay")
    instants = np.unique(
        np.concatenate([run.truth["time_s"].to_numpy(), run.tracks["time_s"].to_numpy()])
    )
    sections: Sections = {
        "instants": packed(np.rint(1000 * instants), _one_piece(len(instants)))
    }
    header = {
        "format": 1,
        "about": {key: run.manifest[key] for key in ABOUT if key in run.manifest},
        "summary": {key: run.summary[key] for key in OF_SUMMARY if key in run.summary},
        "ground": ground,
        "truth": _truth(run, instants, sections),
        "tracks": _tracks(run, instants, sections),
        "events": _events(run, sections),
    }
    return _container(header, sections)


def _truth(run: Run, instants: Floats, sections: Sections) -> dict[str, Any]:
    table = run.truth
    owner, names = codes_of(table["truth_id"])
    flights = flights_of(owner, _grid(table, instants))
    _add_places(sections, "truth", flights, table, TRUTH_STEP)
    first = np.unique(owner, return_index=True)[1]
    kind, kinds = codes_of(table["threat_class"])
    side, sides = codes_of(table["side"])
    return {
        "names": names,
        "kinds": kinds,
        "sides": sides,
        "kind": kind[first].tolist(),
        "side": side[first].tolist(),
        "pieces": pieces_of(flights),
        "step": TRUTH_STEP,
    }


def _tracks(run: Run, instants: Floats, sections: Sections) -> dict[str, Any]:
    table = run.tracks
    ids, owner = np.unique(table["track_id"].to_numpy(), return_inverse=True)
    status, statuses = codes_of(table["status"])
    identity, identities = codes_of(table["identity"])
    flights = flights_of(owner.astype(np.int64), _grid(table, instants))
    _add_places(sections, "track", flights, table, TRACK_STEP)
    sections["track_state"] = packed_bytes((status + 16 * identity)[flights.order])
    some = flights.order[sparse(flights)]
    _add_ellipses(sections, table, some)
    return {
        "ids": ids.tolist(),
        "statuses": statuses,
        "identities": identities,
        "pieces": pieces_of(flights),
        "step": TRACK_STEP,
        "every": EVERY,
        "sigma_m": [SIGMA_LEAST_M, SIGMA_MOST_M],
        "has_axes": "sigma_major_m" in table.column_names,
        "has_posterior": "p_hostile" in table.column_names,
    }


def _add_ellipses(sections: Sections, table: Any, rows: Ints) -> None:
    """Add half axes, bearing and posterior; of an older run, a circle."""

    def column(name: str) -> Floats:
        values: Floats = table[name].to_numpy()[rows]
        return values

    has_axes = "sigma_major_m" in table.column_names
    names = ("sigma_major_m", "sigma_minor_m", "sigma_up_m") if has_axes else ("sigma_m",) * 3
    for section, name in zip(("major", "minor", "up"), names, strict=True):
        sections[f"sigma_{section}"] = packed_sigmas(column(name))
    if has_axes:
        sections["sigma_axis"] = packed_bearings(column("major_axis_deg"))
    if "p_hostile" in table.column_names:
        sections["p_hostile"] = packed_probabilities(column("p_hostile"))


def _events(run: Run, sections: Sections) -> dict[str, Any]:
    table = run.events
    header: dict[str, Any] = {}
    one_piece = _one_piece(table.num_rows)
    sections["event_ms"] = packed(np.rint(1000 * table["time_s"].to_numpy()), one_piece)
    for name in ("kind", "subject", "object", "detail"):
        codes, header[name] = codes_of(table[name])
        sections[f"event_{name}"] = packed(codes, one_piece)
    return header


def _add_places(
    sections: Sections, name: str, flights: Flights, table: Any, step: tuple[float, float]
) -> None:
    lat, lon, height = (table[key].to_numpy() for key in ("lat_deg", "lon_deg", "height_m"))
    parts = packed_places(flights, (lat, lon, height), step)
    for axis, part in zip(("lat", "lon", "height"), parts, strict=True):
        sections[f"{name}_{axis}"] = part


def _one_piece(length: int) -> Ints:
    return np.zeros(min(1, length), dtype=np.int64)


def _grid(table: Any, instants: Floats) -> Ints:
    found: Ints = np.searchsorted(instants, table["time_s"].to_numpy()).astype(np.int64)
    return found


def _container(header: dict[str, Any], sections: Sections) -> bytes:
    offset, places = 0, {}
    for name, part in sections.items():
        places[name] = [offset, len(part)]
        offset += len(part)
    text = json.dumps({**header, "sections": places}, separators=(",", ":")).encode()
    whole = MAGIC + len(text).to_bytes(4, "little") + text + b"".join(sections.values())
    # No time of writing: the same run makes the same bytes.
    return gzip.compress(whole, compresslevel=9, mtime=0)
