"""State vectors of recorded aircraft: a CSV in one of three spellings to a recording.

What motion needs is time, id and place; ground speed and vertical rate tell wrong units, the
heading is not used. The project's own spelling is strict. The two archives have rows without a
place and repeat the last one that they know: those rows say nothing new and are left out, and
so is an aircraft of fewer than two places.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from bartizan.errors import DocumentError, Fault
from bartizan.scenario.likely_units import MOST_PAIRS, unit_faults
from bartizan.scenario.place import EARTH_RADIUS_M, great_circle_rad
from bartizan.scenario.quantities import NAME
from bartizan.scenario.recording import Recording, State, recording_of
from bartizan.scenario.spellings import NEEDED, SI_OF_UNIT, Found, Layout, layout_of

MAX_FAULTS = 20
# No aircraft flies faster, but a place that was misread does.
_FASTEST_M_S = 1_500.0
_BLANK = frozenset({"", "nan", "none", "null", "nat", "<na>", "n/a"})
# Quantity, least, most, and what a value outside may be.
_LIMITS = {
    "latitude": (-90.0, 90.0, "-90 to 90 deg", "are latitude and longitude exchanged?"),
    "longitude": (-180.0, 180.0, "-180 to 180 deg", "count west of Greenwich as negative"),
    "altitude": (-1_000.0, 30_000.0, "-1 km to 30 km", "is it in feet? name it altitude_ft"),
}
# Rates are compared over steps of this many seconds, and above this speed and climb.
_STEP_S = (1.0, 60.0)
_MOVING_M_S = 20.0
_CLIMBING_M_S = 2.0


class Sample(NamedTuple):
    """One row, in SI; a rate that is not given is nan."""

    line: int
    aircraft_id: str
    state: State
    ground_speed_m_s: float
    vertical_rate_m_s: float


def read_states(text: str, file: str) -> Recording:
    """Return the recording of a CSV text.

    Raises
    ------
    DocumentError
        With the faults of its lines, at most `MAX_FAULTS`, and how many more there are.
    """
    reading = _Reading(file)
    try:
        rows = _rows(text)
        line, header = next(rows, (1, []))
        if not header:
            reading.refuse(1, Fault("", "the file is empty", "", "a line of names, then rows"))
        reading.line = line
        layout, wrong = layout_of(header)
        reading.add(line, wrong)
        if not wrong:
            reading.read(rows, layout)
    except csv.Error as error:
        reading.refuse(reading.line + 1, Fault("", f"this is not CSV: {error}"))
    reading.raise_faults()
    return recording_of(reading.states)


class _Reading:
    """The state of one reading: aircraft so far, ratios for the units, faults."""

    def __init__(self, file: str) -> None:
        self.file, self.line = file, 0
        self.faults: list[Fault] = []
        self.n_fault, self.first_omitted = 0, 0
        self.states: dict[str, list[State]] = {}
        self.first_line: dict[str, int] = {}
        self.speed_ratios: list[float] = []
        self.climb_ratios: list[float] = []

    def read(self, rows: Iterator[tuple[int, list[str]]], layout: Layout) -> None:
        """Read all rows, then judge what only the whole file shows."""
        header_line, is_archive = self.line, layout.spelling.is_archive
        for line, cells in rows:
            self.line = line
            sample, wrong = sample_of(line, cells, layout)
            self.add(line, wrong)
            if sample:
                self.take(sample, layout)
        ratios = self.speed_ratios, self.climb_ratios
        self.add(header_line, unit_faults(*ratios, layout.columns))
        lone = [name for name, states in self.states.items() if len(states) < 2]
        for name in lone:
            if not is_archive:
                self.add(self.first_line[name], [_lone(name, layout)])
            del self.states[name]
        if not self.states and not self.faults:
            problem, allowed = "no aircraft has two places", "two rows or more of an aircraft"
            self.refuse(header_line, Fault("", problem, "", allowed, "export a longer time"))

    def take(self, sample: Sample, layout: Layout) -> None:
        """Add a row to its aircraft."""
        states = self.states.setdefault(sample.aircraft_id, [])
        self.first_line.setdefault(sample.aircraft_id, sample.line)
        if states:
            is_new, wrong = _follows(states[-1], sample, layout)
            self.add(sample.line, wrong)
            if not is_new:
                return
            self.compare(states[-1], sample)
        states.append(sample.state)

    def compare(self, before: State, sample: Sample) -> None:
        """Note how the rates of a row agree with the way from the one before."""
        step_s = sample.state.time_s - before.time_s
        if not _STEP_S[0] <= step_s <= _STEP_S[1]:
            return
        speed_m_s = _apart_m(before, sample.state) / step_s
        climb_m_s = (sample.state.altitude_m - before.altitude_m) / step_s
        if speed_m_s > _MOVING_M_S and len(self.speed_ratios) < MOST_PAIRS:
            _note(self.speed_ratios, sample.ground_speed_m_s / speed_m_s)
        if abs(climb_m_s) > _CLIMBING_M_S and len(self.climb_ratios) < MOST_PAIRS:
            _note(self.climb_ratios, sample.vertical_rate_m_s / climb_m_s)

    def add(self, line: int, faults: Sequence[Fault]) -> None:
        """Note faults of a line: the first ones in full, and how many there are."""
        for fault in faults:
            self.n_fault += 1
            if len(self.faults) < MAX_FAULTS:
                self.faults.append(fault.at(self.file, line))
            elif not self.first_omitted:
                self.first_omitted = line

    def refuse(self, line: int, fault: Fault) -> None:
        """Note a fault and stop reading."""
        self.add(line, [fault])
        self.raise_faults()

    def raise_faults(self) -> None:
        """Raise with all faults, if there are any."""
        if not self.faults:
            return
        more = self.n_fault - len(self.faults)
        if more:
            last = max(self.first_omitted, *(fault.line for fault in self.faults))
            self.faults.append(Fault("", f"and {more} more", file=self.file, line=last))
        raise DocumentError(self.faults)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def sample_of(
    line: int, cells: Sequence[str], layout: Layout
) -> tuple[Sample | None, list[Fault]]:
    """Return a row as a sample; None if it is faulty, or an archive's without a place."""
    if len(cells) != layout.n_column:
        given, allowed = f"{len(cells)} cells", f"{layout.n_column}, as in the first line"
        return None, [Fault("", "a row of another length", given, allowed)]
    texts = {one: cells[column.nth].strip() for one, column in layout.columns.items()}
    blank = [quantity for quantity in NEEDED if texts[quantity].lower() in _BLANK]
    if blank and layout.spelling.is_archive:
        return None, []
    values, faults = dict[str, float](), [_blank(layout.columns[one]) for one in blank]
    for quantity, column in layout.columns.items():
        if quantity != "id" and quantity not in blank:
            values[quantity], wrong = _value(texts[quantity], quantity, column)
            faults += wrong
    if "id" not in blank and not NAME.fullmatch(texts["id"]):
        faults.append(_not_an_id(texts["id"], layout.columns["id"]))
    if faults:
        return None, faults
    state = State(*(values[one] for one in ("time", "latitude", "longitude", "altitude")))
    rates = (values.get(one, math.nan) for one in ("ground speed", "vertical rate"))
    return Sample(line, texts["id"], state, *rates), []


def _value(text: str, quantity: str, column: Found) -> tuple[float, list[Fault]]:
    """Return a number in SI or in degrees, and what is wrong with it."""
    if text.lower() in _BLANK:
        return math.nan, []
    try:
        value = float(text) * SI_OF_UNIT[column.unit]
    except ValueError:
        return _moment(text, column) if quantity == "time" else _no_number(text, column)
    if not math.isfinite(value):
        return math.nan, [Fault(column.name, "not a finite number", text, "a number")]
    least, most, allowed, remedy = _LIMITS.get(quantity, (-math.inf, math.inf, "", ""))
    if least <= value <= most:
        return value, []
    remedy = remedy if value > most or quantity == "latitude" else ""
    return math.nan, [Fault(column.name, "out of range", text, allowed, remedy)]


def _moment(text: str, column: Found) -> tuple[float, list[Fault]]:
    """Return a time of ISO 8601 as seconds since 1970."""
    if column.unit == "s":
        return _no_number(text, column)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _no_number(text, column)
    if moment.tzinfo is None:
        allowed = "with its zone, such as 2018-05-30T15:21:38Z"
        remedy = f"append Z if it is UTC: {text}Z"
        return math.nan, [Fault(column.name, "a time without a zone", text, allowed, remedy)]
    return moment.timestamp(), []


def _no_number(text: str, column: Found) -> tuple[float, list[Fault]]:
    unit = f" of {column.unit}" if column.unit else ""
    allowed = f"a plain number{unit}"
    remedy = ""
    if match := re.fullmatch(r"\s*(-?\d+),(\d+)\s*", text):
        remedy = f"write a point for the decimals: {match[1]}.{match[2]}"
    elif match := re.match(r"-?\d+\.?\d*", text):
        remedy = f"write {match[0]} alone; the unit is in the column's name"
    return math.nan, [Fault(column.name, "not a number", text[:60], allowed, remedy)]


def _blank(column: Found) -> Fault:
    remedy = "remove the row if the place is not known"
    return Fault(column.name, "nothing stands here", "an empty cell or nan", "a value", remedy)


def _not_an_id(text: str, column: Found) -> Fault:
    near = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-_")[:64]
    allowed = "letters, digits, '-' and '_', at most 64"
    remedy = f"write '{near}'" if near else ""
    return Fault(column.name, "not an id", text[:60], allowed, remedy)


def _lone(name: str, layout: Layout) -> Fault:
    problem, remedy = f"{name} has only one row", "remove it, or add a later row"
    return Fault(layout.columns["id"].name, problem, name, "two rows or more", remedy)


def _follows(before: State, sample: Sample, layout: Layout) -> tuple[bool, list[Fault]]:
    """Return whether a row says something new about its aircraft, and what is wrong with it."""
    state, name = sample.state, sample.aircraft_id
    step_s, column = state.time_s - before.time_s, layout.columns["time"].name
    apart_m = _apart_m(before, state)
    if step_s < 0.0:
        given, remedy = f"{-step_s:g} s earlier than its row before", "sort the rows by time"
        return False, [Fault(column, f"time runs backwards for {name}", given, "", remedy)]
    if step_s == 0.0 and state[1:] != before[1:]:
        problem, remedy = f"{name} is at two places at one time", "remove one of the rows"
        return False, [Fault(column, problem, f"{apart_m:.0f} m apart", "", remedy)]
    if apart_m > 1_000.0 + _FASTEST_M_S * step_s:
        given = f"{apart_m / 1e3:.0f} km in {step_s:g} s"
        allowed = f"at most {_FASTEST_M_S:g} m/s from row to row"
        remedy = "remove the row whose place was misread; is the time in seconds?"
        place = layout.columns["latitude"].name
        return False, [Fault(place, f"{name} leaps", given, allowed, remedy)]
    is_stale = layout.spelling.is_archive and state[1:3] == before[1:3]
    return step_s > 0.0 and not is_stale, []


def _apart_m(one: State, other: State) -> float:
    a, b = ((math.radians(s.lat_deg), math.radians(s.lon_deg)) for s in (one, other))
    return EARTH_RADIUS_M * great_circle_rad(a, b)


def _note(ratios: list[float], ratio: float) -> None:
    if math.isfinite(ratio):
        ratios.append(ratio)
