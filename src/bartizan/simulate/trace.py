"""The trace: what a replication records, kept as numbers while it runs, named when it ends."""

from array import array
from collections.abc import Callable
from typing import Any

import numpy as np

from bartizan.arrays import Coded, coded
from bartizan.decide.orders import Report
from bartizan.decide.picture import Identity
from bartizan.engage.flyouts import Outcome
from bartizan.events import EventKind, log
from bartizan.scoring.cause import CAUSE_WORDS, Cause
from bartizan.simulate.overflow import OVERFLOWS, overflow
from bartizan.simulate.plan import Plan
from bartizan.simulate.sample import Columns, is_full, joined, take_tracks, take_truth
from bartizan.simulate.state import State, make_state
from bartizan.table import quick

EVENTS_ROOM = 40_000

_is_full = quick(is_full)


class Trace:
    """The recorder of one replication: record is none, events or full."""

    def __init__(self, plan: Plan, record: str) -> None:
        self.plan = plan
        self.has_events = record in ("events", "full")
        self.has_samples = record == "full"
        self.event_rows: list[tuple[np.ndarray[Any, Any], ...]] = []
        self.track_samples: list[Columns] = []
        self.truth_samples: list[Columns] = []
        self.overflow = (0,) * len(OVERFLOWS)

    def make_state(self) -> State:
        """Return the state before the first tick, with room for what is recorded."""
        return make_state(self.plan, EVENTS_ROOM if self.has_events else 0, self.has_samples)

    def record(self, state: State, now_s: float, is_last: bool) -> None:
        """Keep the events since the last time; and the samples, before their room is full."""
        if not self.has_events:
            return
        self._log_overflow(state, now_s)
        n = int(state.events.size[0])
        if n:
            e = state.events
            columns = (e.time_s, e.kind, e.subject, e.object, e.value, e.code)
            self.event_rows.append(tuple(column[:n].copy() for column in columns))
            e.size[0] = 0
        if self.has_samples and (
            is_last or _is_full(state.samples, state.targets, state.tracks)
        ):
            self.track_samples.append(take_tracks(self.plan, state.samples.tracks))
            self.truth_samples.append(take_truth(self.plan, state.samples.truth))

    def _log_overflow(self, state: State, now_s: float) -> None:
        """Make an event of every table that overflowed."""
        found = tuple(overflow(state).values())
        for code, (before, now) in enumerate(zip(self.overflow, found, strict=True)):
            if now > before:
                log(state.events, now_s, EventKind.OVERFLOW, -1, -1, float(now - before), code)
        self.overflow = found

    def events(self) -> Columns:
        """Return the named events in order of time."""
        if not self.event_rows:
            return {name: [] for name in ("time_s", "kind", "subject", "object", "detail")}
        time_s, kind, subject, obj, value, code = (
            np.concatenate(column) for column in zip(*self.event_rows, strict=True)
        )
        order = np.argsort(time_s, kind="stable")
        namer = _Namer(self.plan)
        # The same words stand in many rows: each is kept once.
        words: dict[str, int] = {}
        texts = array("i"), array("i"), array("i")
        for i in order:
            row = namer.named(EventKind(kind[i]), subject[i], obj[i], value[i], code[i])
            for column, text in zip(texts, row, strict=True):
                column.append(words.setdefault(text, len(words)))
        known = list(words)
        subjects, objects, details = (Coded(np.array(text, np.int32), known) for text in texts)
        return {
            "time_s": time_s[order],
            "kind": coded(kind[order], _KINDS),
            "subject": subjects,
            "object": objects,
            "detail": details,
        }

    def tracks(self) -> Columns:
        """Return the samples of all tracks, and forget them."""
        return joined(self.track_samples)

    def truth(self) -> Columns:
        """Return the samples of all objects in flight, and forget them."""
        return joined(self.truth_samples)


class _Namer:
    """Turns rows of tables into the names a reader knows."""

    def __init__(self, plan: Plan) -> None:
        names = plan.names
        self.name: dict[str, Callable[[int], str]] = {
            "target": lambda i: names.targets[i] if i >= 0 else "",
            "sensor": lambda i: names.sensors[i],
            "asset": lambda i: names.assets[i] if i >= 0 else "",
            "unit": lambda i: names.units[i],
            "type": lambda i: names.interceptors[i],
            "track": lambda i: f"track {i}",
            "round": lambda i: f"round {i}",
            "": lambda i: "",
        }

    def named(
        self, kind: EventKind, subject: int, obj: int, value: float, code: int
    ) -> tuple[str, str, str]:
        """Return subject, object and detail in words."""
        whose, whom = _PARTIES[kind]
        return (
            self.name[whose](int(subject)),
            self.name[whom](int(obj)),
            self._detail(kind, float(value), int(code)),
        )

    def _detail(self, kind: EventKind, value: float, code: int) -> str:
        match kind:
            case EventKind.IDENTIFIED:
                return identified(code, value)
            case EventKind.ORDER:
                plural = "" if value == 1 else "s"
                return f"{value:.0f} round{plural} {self.name['type'](code)}"
            case EventKind.LAUNCH:
                return f"{self.name['type'](code)} from {self.name['unit'](int(value))}"
            case EventKind.KILL:
                return f"{value:.0f} m from the aim point"
            case EventKind.MISS:
                return _MISS_WORDS[Outcome(code)]
            case EventKind.ASSESSED:
                return Report(code).name.lower()
            case EventKind.LEAK:
                return CAUSE_WORDS[Cause(code)]
            case EventKind.DAMAGE:
                return f"hit {value:.0f}"
            case EventKind.SUPPRESSED:
                return f"{value:.0f} ready rounds lost"
            case EventKind.OVERFLOW:
                return f"{value:.0f} {tuple(OVERFLOWS)[code]}"
            case _:
                return ""


def identified(identity: int, posterior: float) -> str:
    """Return an identity in words, with its posterior unless none was declared."""
    name = Identity(identity).name.lower()
    if identity == Identity.UNKNOWN:
        return name
    # Rounded up, 0.9996 would read as certain.
    return f"{name} ({min(posterior, 0.999):.3f})"


_KINDS = [kind.name.lower().replace("_", " ") for kind in EventKind]

_MISS_WORDS = {
    Outcome.MISS: "met it and failed",
    Outcome.EMPTY: "nothing in the acquisition basket",
    Outcome.OUTSIDE: "the intercept point left the envelope",
}

_PARTIES: dict[EventKind, tuple[str, str]] = {
    EventKind.DETECTION_WON: ("target", "sensor"),
    EventKind.DETECTION_LOST: ("target", "sensor"),
    EventKind.TRACK_CONFIRMED: ("track", "sensor"),
    EventKind.TRACK_DROPPED: ("track", ""),
    EventKind.TRACK_ASSIGNED: ("target", "track"),
    EventKind.TRACK_LOST: ("target", "track"),
    EventKind.IDENTIFIED: ("track", ""),
    EventKind.ORDER: ("track", "unit"),
    EventKind.WITHDRAWN: ("track", "unit"),
    EventKind.LAUNCH: ("round", "track"),
    EventKind.KILL: ("round", "target"),
    EventKind.MISS: ("round", "target"),
    EventKind.ASSESSED: ("track", "unit"),
    EventKind.LEAK: ("target", "asset"),
    EventKind.DAMAGE: ("asset", "target"),
    EventKind.MAGAZINE_EMPTY: ("unit", "type"),
    EventKind.OVERFLOW: ("", ""),
    EventKind.SUPPRESSED: ("asset", ""),
    EventKind.TURNED_AWAY: ("target", ""),
}
