"""A score of tracks against the truth on a screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bartizan.reports.wording import block, plain_text

SPANS = 6
WIDTHS = (20, 13)  # of a label and its value
Rows = list[tuple[str, str]]


@dataclass(frozen=True, repr=False)
class ScorePage:
    """The document of a score; it prints as a page of at most 80 columns."""

    document: Mapping[str, Any]
    title: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        document = self.document
        yield Text(self.title, style="bold")
        yield Text(_scope(document))
        yield Text()
        yield _beside(("distance", _distance(document)), ("identity", _identity(document)))
        yield Text()
        yield _beside(("siap", _siap(document)), ("errors, rms", _errors(document)))
        yield Text()
        yield block("GOSPA over time", _over_time(document["series"]))
        notes = list(_notes(document))
        if notes:
            yield Text()
            yield block("notes", Group(*(Text(note) for note in notes)))

    def __repr__(self) -> str:
        return plain_text(self)


def _scope(document: Mapping[str, Any]) -> str:
    counts, settings = document["counts"], document["settings"]
    return (
        f"{_times(counts['times'])} from {counts['begin_s']:g} to {counts['end_s']:g} s · "
        f"{counts['objects']:,} objects · {counts['tracks']:,} tracks\n"
        f"cut-off {settings['cutoff_m']:g} m · order {settings['order']:g} · "
        f"{_misses(document)}"
    )


def _times(number: int) -> str:
    return f"{number:,} time{'' if number == 1 else 's'}"


def _misses(document: Mapping[str, Any]) -> str:
    most = document["settings"]["max_misses"]
    if most is None:
        return "tracks with any number of misses"
    if not document["counts"]["misses_counted"]:
        return "confirmed and coasting tracks"
    return f"tracks with at most {most} misses"


def _distance(document: Mapping[str, Any]) -> Rows:
    found = document["distance"]
    return [
        ("GOSPA", _metres(found["gospa_m"])),
        ("  of it localisation", _percent(found["localisation"])),
        ("  missed objects", _percent(found["missed"])),
        ("  false tracks", _percent(found["false"])),
        ("missed a time", f"{found['missed_objects']:,.2f}"),
        ("false a time", f"{found['false_tracks']:,.2f}"),
        ("OSPA", _metres(found["ospa_m"])),
    ]


def _identity(document: Mapping[str, Any]) -> Rows:
    clear, identity = document["clear"], document["identity"]
    return [
        ("switches", f"{clear['switches']:,}"),
        ("fragmentations", f"{clear['fragmentations']:,}"),
        ("MOTA", _share(clear["mota"])),
        ("MOTP", _metres(clear["motp_m"])),
        ("IDF1", _share(identity["idf1"])),
        ("IDP", _share(identity["idp"])),
        ("IDR", _share(identity["idr"])),
    ]


def _siap(document: Mapping[str, Any]) -> Rows:
    found = document["siap"]
    rate = found["track_changes_per_s"]
    return [
        ("completeness", _share(found["completeness"])),
        ("ambiguity", _share(found["ambiguity"])),
        ("spuriousness", _share(found["spuriousness"])),
        ("position accuracy", _metres(found["position_accuracy_m"])),
        ("velocity accuracy", _speed(found["velocity_accuracy_m_s"])),
        ("track changes", "–" if rate is None else f"{_number(3600.0 * rate)} / h"),
        ("longest segment", _share(found["longest_segment"])),
    ]


def _errors(document: Mapping[str, Any]) -> Rows:
    found, nees = document["accuracy"], document["consistency"]
    rows = [
        ("position", _metres(found["position_m"])),
        ("velocity", _speed(found["velocity_m_s"])),
    ]
    if nees:
        rows += [
            (f"NEES, right at {nees['dimensions']}", f"{nees['mean']:.3g}"),
            ("  its 95 % band", f"{nees['low']:.2f} to {nees['high']:.1f}"),
            ("  values inside", _percent(nees["inside"])),
            ("  times inside", _percent(nees["times_inside"])),
        ]
    return rows


def _over_time(series: Mapping[str, Any]) -> Table:
    """Return the mean GOSPA of up to `SPANS` equal spans of the times."""
    parts = np.array_split(np.arange(len(series["time_s"])), min(SPANS, len(series["time_s"])))
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(len(parts) + 1):
        table.add_column(justify="right")
    gospa_m = np.asarray(series["gospa_m"])
    table.add_row("from", *(f"{series['time_s'][part[0]]:,.6g} s" for part in parts))
    table.add_row("mean", *(_metres(float(gospa_m[part].mean())) for part in parts))
    return table


def _notes(document: Mapping[str, Any]) -> Iterator[str]:
    counts, nees = document["counts"], document["consistency"]
    if counts["unscored_reports"]:
        yield f"{counts['unscored_reports']:,} reports at other times were not scored."
    if counts["silent_times"]:
        yield (
            f"At {_times(counts['silent_times'])} no track was reported; all objects count as "
            "missed there. Leave such times out with --times reports."
        )
    if not counts["misses_counted"] and document["settings"]["max_misses"] is not None:
        yield "The tracks have neither misses nor n_updates: max-misses does not apply."
    if document["accuracy"]["velocity_m_s"] is None and document["clear"]["matches"]:
        yield "One table has no velocities: no velocity error."
    if nees and nees["has_one_sigma"]:
        yield "One standard deviation for all axes: the bands of NEES are rough."


def _beside(left: tuple[str, Rows], right: tuple[str, Rows]) -> Table:
    table = Table.grid(padding=(0, 4, 0, 0))
    table.add_row(*(block(title, _rows(rows)) for title, rows in (left, right)))
    return table


def _rows(rows: Rows) -> Padding:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=WIDTHS[0])
    table.add_column(width=WIDTHS[1], justify="right")
    for label, value in rows:
        table.add_row(Text(label), Text(value))
    return Padding(table, 0)


def _metres(value: float | None) -> str:
    return "–" if value is None else f"{_number(value)} m"


def _speed(value: float | None) -> str:
    return "–" if value is None else f"{_number(value)} m/s"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.3g}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _percent(value: float) -> str:
    return f"{100.0 * value:.1f} %"
