"""One raid from minute to minute: the replication that stands for all."""

from collections.abc import Iterator, Mapping
from typing import Any

from bartizan.reports.page.chart import Axis, Bar, Chart, Dot, Mark, Words, rows_chart
from bartizan.reports.page.material import Flight, Material, column_word
from bartizan.reports.page.section import Drawing, Prose, Section, Table, key
from bartizan.reports.page.spending import launches
from bartizan.reports.wording import clock

RULE = (
    "Chosen by a rule: of the replications whose number of leakers is the median, the one "
    "whose "
    "rounds fired and asset value lost are nearest to their medians, in standard deviations; "
    "of "
    "equals the first."
)
MOST_MAGAZINES = 6
FIRSTS = {
    "detection won": "first detection of a threat",
    "launch": "first round launched",
    "kill": "first threat shot down",
    "leak": "first threat gets through",
}


LEGEND = (
    key("bar", "chance-soft", "in the air, first launch to last end"),
    key("dot", "kill", "shot down"),
    key("cross", "leak", "gets through"),
    key("tick", "ink", "round launched"),
    key("tick", "leak", "hit on an asset"),
)


def timeline(material: Material) -> Section | None:
    """Return the section of the replication that stands for all."""
    flight = material.median
    if flight is None:
        return None
    row = flight.row
    words = (
        f"Replication {row['replication']} of the study, flown again with everything recorded: "
        f"{row['leakers']} leakers, {row['rounds_fired']} rounds fired. {RULE}"
    )
    if not flight.is_same:
        words += (
            " On this machine it gives other numbers than the study holds of it: the last bits "
            "of its arithmetic differ."
        )
    return Section(
        "timeline",
        "One raid, minute by minute",
        [
            Prose(words),
            Drawing(
                _chart(material, flight), "Who is in the air, and what becomes of them", LEGEND
            ),
            _moments(material, flight),
        ],
    )


def _chart(material: Material, flight: Flight) -> Chart:
    spans = _spans(flight)
    names = [kind for kind in material.classes if kind in spans]
    rows = {name: n for n, name in enumerate(names)}
    marks: list[Mark] = []
    for name, n in rows.items():
        first, last = spans[name]
        words = f"{name}: in the air {clock(first)} to {clock(last)}"
        marks.append(Bar(first, last, n - 0.12, n + 0.12, "chance-soft", words))
    class_of = {each["truth_id"]: each["threat_class"] for each in flight.truth}
    for event in flight.events:
        marks += _event(event, rows, class_of)
    n = len(names)
    times, types = launches(flight)
    marks += [
        Dot(float(t), n, "ink", f"{clock(float(t))} {kind} launched", "tick", 14.0)
        for t, kind in zip(times, types, strict=True)
    ]
    labels = [name.replace("-", " ") for name in names] + ["rounds launched"]
    for k, asset in enumerate(material.assets, n + 1):
        labels.append(asset.replace("-", " ") + _end_of(flight, asset))
        marks += _hits(flight, asset, k, _stands(material, flight, asset))
    end_s = float(flight.row["simulated_s"])
    says = (
        f"A lane for each class with {flight.row['killed']} kills and {flight.row['leakers']} "
        "leaks, then the launches of rounds and the hits on each asset."
    )
    x = Axis("minutes from the start of the scenario", 0.0, end_s, "clock")
    return rows_chart("timeline", says, x, labels, marks, row=38)


def _event(
    event: Mapping[str, Any], rows: Mapping[str, int], class_of: Mapping[str, str]
) -> Iterator[Mark]:
    kind = event["kind"]
    who = {"kill": event["object"], "leak": event["subject"]}.get(kind, "")
    n = rows.get(class_of.get(who, ""))
    if n is None:
        return
    when = float(event["time_s"])
    if kind == "kill":
        yield Dot(when, n, "kill", f"{clock(when)} {who} shot down", "circle", 9.0)
    else:
        words = f"{clock(when)} {who} gets through to {event['object']}: {event['detail']}"
        yield Dot(when, n, "leak", words, "cross", 8.0)


def _stands(material: Material, flight: Flight, asset: str) -> bool:
    return not any(
        event["kind"] == "damage" and event["subject"] == asset for event in flight.events
    )


def _hits(flight: Flight, asset: str, n: int, is_whole: bool) -> Iterator[Mark]:
    if is_whole:
        yield Words(0.0, n, "not hit", "muted", dx=6)
        return
    for event in flight.events:
        if event["kind"] == "damage" and event["subject"] == asset:
            when = float(event["time_s"])
            words = f"{clock(when)} {asset}: {event['detail']}, by {event['object']}"
            yield Dot(when, n, "leak", words, "tick", 14.0)


def _end_of(flight: Flight, asset: str) -> str:
    when = flight.row.get(f"assets_{column_word(asset)}_destroyed_s")
    return f"\ndestroyed {clock(float(when))}" if when is not None else "\nstands"


def _spans(flight: Flight) -> dict[str, tuple[float, float]]:
    """Return from when to when objects of each hostile class were in the air."""
    found: dict[str, tuple[float, float]] = {}
    for each in flight.truth:
        if each["side"] == "hostile":
            kind = each["threat_class"]
            low, high = found.get(kind, (each["first_s"], each["last_s"]))
            found[kind] = (min(low, each["first_s"]), max(high, each["last_s"]))
    return found


def _moments(material: Material, flight: Flight) -> Table:
    rows = sorted(_told(material, flight), key=lambda row: row[0])
    return Table(
        ("min:s", "what happened"),
        [(clock(when), words) for when, words in rows],
        (0,),
        "Moments of it",
    )


def _told(material: Material, flight: Flight) -> Iterator[tuple[float, str]]:
    hostile = {each["truth_id"] for each in flight.truth if each["side"] == "hostile"}
    seen: set[str] = set()
    hits: dict[str, int] = {}
    lost = list(material.assets)
    yield from _empty(flight)
    for event in flight.events:
        kind, when = event["kind"], float(event["time_s"])
        if kind in FIRSTS and kind not in seen and _is_of(event, hostile):
            seen.add(kind)
            yield when, f"{FIRSTS[kind]}: {_who(event)}"
        elif kind == "suppressed":
            yield when, f"{event['subject']} is out of action, {event['detail']}"
        if kind == "damage" and event["subject"] in lost:
            hits[event["subject"]] = hits.get(event["subject"], 0) + 1
            if hits[event["subject"]] == flight.row.get(f"stands:{event['subject']}"):
                yield when, f"{event['subject']} is destroyed, by hit {hits[event['subject']]}"


def _empty(flight: Flight) -> Iterator[tuple[float, str]]:
    """Yield when magazines ran out: of many only the first and the last."""
    found = [event for event in flight.events if event["kind"] == "magazine empty"]
    told = found if len(found) <= MOST_MAGAZINES else [found[0], found[-1]]
    for k, event in enumerate(told):
        words = f"{event['subject']} has no {event['object']} left"
        if len(told) < len(found):
            words += f", the {'last' if k else 'first'} of {len(found)} magazines to run out"
        yield float(event["time_s"]), words


def _is_of(event: Mapping[str, Any], hostile: set[str]) -> bool:
    return event["kind"] != "detection won" or event["subject"] in hostile


def _who(event: Mapping[str, Any]) -> str:
    match event["kind"]:
        case "detection won":
            return f"{event['subject']}, by {event['object']}"
        case "launch":
            return str(event["detail"])
        case "kill":
            return str(event["object"])
        case _:
            return f"{event['subject']} to {event['object']} ({event['detail']})"
