"""States: every sample and every event of a run as one table, for CSV and Parquet alike."""

from typing import TYPE_CHECKING, Any

import numpy as np

from bartizan.archive.tables import POSITION, TABLES, TIME, Column
from bartizan.exchange.about import CLOCK, HEIGHTS, ROUNDS
from bartizan.exchange.picture import Picture
from bartizan.exchange.trails import BELIEFS

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    TIME,
    Column("what", "text", "", "object: as it was; track: as it was believed; round; event"),
    Column("name", "text", "", "of the object, track, round, or of the event's subject"),
    Column("class", "text", "", "catalogue entry of an object, interceptor of a round"),
    Column(
        "side", "text", "", "of an object hostile, civil or friend; of a track its identity"
    ),
    *POSITION,
    *(column for column in TABLES["tracks"] if column.name in BELIEFS),
    Column("event", "text", "", "what happened, for an event"),
    Column("with", "text", "", "an event's object: with whom"),
    Column("detail", "text", "", "more of an event in words"),
)
"""Columns with their units; what does not apply is empty."""
_STATE = tuple(column.name for column in POSITION)


def states(picture: Picture) -> "pa.Table":
    """Return the table in order of time; objects, tracks, rounds and events at one time so."""
    import pyarrow as pa

    blocks = [_events(picture), *_objects(picture), *_tracks(picture), *_rounds(picture)]
    kinds = {"double": pa.float64(), "text": pa.string()}
    fields = [
        pa.field(c.name, kinds[c.type], metadata={"unit": c.unit, "meaning": c.meaning})
        for c in COLUMNS
    ]
    about = {key: str(value) for key, value in picture.about.items()}
    more = {"clock": CLOCK, "heights": HEIGHTS, "rounds": ROUNDS}
    schema = pa.schema(fields, metadata={"bartizan": "states", **about, **more})
    tables = [_table(block, schema) for block in blocks if block["time_s"].size]
    table = pa.concat_tables([schema.empty_table(), *tables])
    order = np.argsort(table["time_s"].to_numpy(), kind="stable")
    return table.take(pa.array(order))


def _table(block: dict[str, Any], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    n = len(block["time_s"])
    columns = [
        pa.array(_column(block.get(field.name), n), field.type)
        if field.name in block
        else pa.nulls(n, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _column(value: Any, n: int) -> Any:
    return [value] * n if isinstance(value, str) else value


def _objects(picture: Picture) -> list[dict[str, Any]]:
    return [
        {
            "what": "object",
            "name": flight.name,
            "class": flight.entry,
            "side": flight.side,
            **_states(flight.time_s, flight.places, flight.velocity_m_s),
        }
        for flight in picture.flights
    ]


def _tracks(picture: Picture) -> list[dict[str, Any]]:
    return [
        {
            "what": "track",
            "name": trail.name,
            "side": list(trail.identity),
            **trail.beliefs,
            **_states(trail.time_s, trail.places, trail.velocity_m_s),
        }
        for trail in picture.trails
    ]


def _rounds(picture: Picture) -> list[dict[str, Any]]:
    return [
        {
            "what": "round",
            "name": shot.name,
            "class": shot.interceptor,
            "side": "friend",
            "time_s": shot.time_s,
            **dict(zip(_STATE, shot.places.T, strict=False)),
        }
        for shot in picture.shots
    ]


def _events(picture: Picture) -> dict[str, Any]:
    events = picture.events
    return {
        "what": "event",
        "time_s": np.array([event.time_s for event in events]),
        "event": [event.kind for event in events],
        "name": [event.subject for event in events],
        "with": [event.object or None for event in events],
        "detail": [event.detail or None for event in events],
    }


def _states(time_s: Any, places: Any, velocity: Any) -> dict[str, Any]:
    return {"time_s": time_s, **dict(zip(_STATE, np.hstack([places, velocity]).T, strict=True))}
