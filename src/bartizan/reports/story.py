"""The story of one object, picked from a run's events and told in sentences.

An object's events name it. Events of tracks and rounds name it only through scoring: a track
is its own from *track assigned* until that track is assigned to another object, and from the
track's beginning where it was the track's first.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

Event = Mapping[str, Any]

FADES_TOLD = 2
INTERRUPTION_S = 15.0


class Moment(NamedTuple):
    """One line of a story."""

    time_s: float
    words: str
    style: str = ""


class Span(NamedTuple):
    """While a track was assigned to an object."""

    track: str
    begin_s: float
    end_s: float


def story(events: Sequence[Event], name: str) -> list[Moment]:
    """Return the moments of one object, in order of time."""
    spans = list(_spans(events, name))
    rounds = {e["subject"] for e in events if e["kind"] == "launch" and _within(e, spans)}
    own = [e for e in events if _concerns(e, name, spans, rounds)]
    own = [*_without_interruptions(own), *_empty_magazines(events, name)]
    own.sort(key=lambda e: (e["time_s"], e["kind"] == "damage"))
    return list(_told(own, name))


def _without_interruptions(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events but a track's short losses of the object, with what ended them."""
    changes = [e for e in events if e["kind"] in ("track lost", "track assigned")]
    left_out = set[int]()
    for lost, found in pairwise(changes):
        is_same = (lost["kind"], found["kind"]) == ("track lost", "track assigned")
        is_short = found["time_s"] - lost["time_s"] <= INTERRUPTION_S
        if is_same and is_short and lost["object"] == found["object"]:
            left_out |= {id(lost), id(found)}
    yield from (e for e in events if id(e) not in left_out)


def _empty_magazines(events: Sequence[Event], name: str) -> Iterator[Event]:
    """Yield the magazines that were empty before an object leaked."""
    for leak in events:
        if leak["kind"] == "leak" and leak["subject"] == name:
            before = (e for e in events if e["time_s"] < leak["time_s"])
            yield from (e for e in before if e["kind"] == "magazine empty")


def _spans(events: Sequence[Event], name: str) -> Iterator[Span]:
    assigned = [e for e in events if e["kind"] == "track assigned"]
    tracks = dict.fromkeys(e["object"] for e in assigned if e["subject"] == name)
    for track in tracks:
        owners = [e for e in assigned if e["object"] == track]
        for i, event in enumerate(owners):
            if event["subject"] == name:
                begin_s = event["time_s"] if i else -math.inf
                end_s = owners[i + 1]["time_s"] if i + 1 < len(owners) else math.inf
                yield Span(track, begin_s, end_s)


TRACK_KINDS = {
    **dict.fromkeys(("track confirmed", "track dropped", "identified"), "subject"),
    **dict.fromkeys(("order", "withdrawn", "assessed"), "subject"),
    "launch": "object",
}
"""The column that names the track, by kind of event."""


def _within(event: Event, spans: Sequence[Span]) -> bool:
    column = TRACK_KINDS.get(event["kind"])
    return column is not None and any(
        event[column] == span.track and span.begin_s <= event["time_s"] < span.end_s
        for span in spans
    )


def _concerns(event: Event, name: str, spans: Sequence[Span], rounds: set[str]) -> bool:
    of_round = event["kind"] in ("kill", "miss") and event["subject"] in rounds
    return name in (event["subject"], event["object"]) or of_round or _within(event, spans)


def _told(events: Sequence[Event], name: str) -> Iterator[Moment]:
    """Yield the moments; where a radar's echo fades often, its later fades are told as one."""
    losses = Counter(e["object"] for e in events if e["kind"] == "detection lost")
    fades: Counter[str] = Counter()
    for event in events:
        radar = event["object"]
        if event["kind"].startswith("detection") and losses[radar] > FADES_TOLD:
            if fades[radar] == FADES_TOLD:
                continue
            fades[radar] += event["kind"] == "detection lost"
            if fades[radar] == FADES_TOLD:
                more = losses[radar] - FADES_TOLD
                words = f"lost by {radar}, and {more} more time{'s' if more > 1 else ''}"
                yield Moment(event["time_s"], words)
                continue
        yield _moment(event, name)


def _moment(event: Event, name: str) -> Moment:
    tell = SENTENCES.get(event["kind"])
    words = tell(event, name) if tell else f"{event['kind']}: {event['subject']}"
    return Moment(event["time_s"], words, STYLES.get(event["kind"], ""))


def _sensor(event: Event) -> str:
    return "perfect sensing" if event["object"] == "perfect" else str(event["object"])


def _killed(event: Event, name: str) -> str:
    whom = "it" if event["object"] == name else f"{event['object']}, the wrong object,"
    return f"{event['subject']} killed {whom}, {event['detail']}".rstrip(", ")


def _missed(event: Event, name: str) -> str:
    whom = "" if event["object"] in (name, "") else f" {event['object']}, the wrong object"
    return f"{event['subject']} missed{whom}: {event['detail']}".rstrip(": ")


def _assessed(event: Event, name: str) -> str:
    return f"{event['object']} assesses {event['subject']}: {event['detail']}"


SENTENCES: Mapping[str, Callable[[Event, str], str]] = {
    "detection won": lambda e, _: f"detected by {_sensor(e)}",
    "detection lost": lambda e, _: f"lost by {_sensor(e)}",
    "track confirmed": lambda e, _: f"{e['subject']} confirmed",
    "track dropped": lambda e, _: f"{e['subject']} dropped",
    "track assigned": lambda e, _: f"followed as {e['object']}",
    "track lost": lambda e, _: f"no longer followed by {e['object']}",
    "identified": lambda e, _: f"{e['subject']} identified as {e['detail']}",
    "order": lambda e, _: f"{e['object']} is ordered to engage {e['subject']}: {e['detail']}",
    "withdrawn": lambda e, _: (
        f"the order at {e['subject']} is withdrawn {e['detail']}".rstrip()
    ),
    "launch": lambda e, _: f"{e['subject']} launched at {e['object']}: {e['detail']}",
    "kill": _killed,
    "miss": _missed,
    "assessed": _assessed,
    "magazine empty": lambda e, _: f"{e['subject']} has no {e['object']} left",
    "leak": lambda e, _: f"reached {e['object']}",
    "damage": lambda e, _: f"damaged {e['subject']}: {e['detail']}",
    "turned away": lambda e, _: "turned away",
    "suppressed": lambda e, _: f"{e['subject']} is out of action, {e['detail']}",
}
STYLES = {"leak": "bold red", "damage": "red", "kill": "bold green", "launch": "bold"}
