"""ACMI 2.2: the picture for Tacview and what reads its open text format.

Source: Raia Software, Telemetry, Technical Reference for ACMI 2.2.
Assumes: altitudes are above the ellipsoid, where the format means the sea. Tracks are left out:
the format is about objects, and a track beside its object would be another one.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from bartizan.arrays import Floats
from bartizan.exchange.about import EPOCH, ROUNDS, lines_of
from bartizan.exchange.flights import Flight
from bartizan.exchange.picture import Picture
from bartizan.exchange.shots import KILLED, undrawn
from bartizan.exchange.thin import enough
from bartizan.exchange.zip import zip_of

FLIGHT_M = 1.0
MEMBER = "run.acmi"

COALITIONS = {
    "hostile": ("Raid", "Red"),
    "friend": ("Defence", "Blue"),
    "civil": ("Civil", "Green"),
}
TYPES = {
    "bomber": "Air+FixedWing+Heavy",
    "light-aircraft": "Air+FixedWing+Light",
    "male-uav": "Air+FixedWing+Light",
    "drone": "Air+FixedWing+Minor",
    "decoy": "Misc+Decoy",
    "cruise-missile": "Weapon+Missile",
    "supersonic-missile": "Weapon+Missile",
}
"""Of entries of the catalogue; what falls is a missile too, and all else an aeroplane."""


class Line(NamedTuple):
    """One line of the file and when it is due; lines of one time keep their order."""

    time_s: float
    text: str


def acmi(picture: Picture) -> bytes:
    """Return an .acmi file."""
    about = picture.about
    lat, lon, _ = picture.theatre.origin
    head = {
        "ReferenceTime": EPOCH,
        "RecordingTime": EPOCH,
        "Title": f"{about['notice']}: {about['scenario']}, seed {about['seed']}",
        "DataSource": about["software"],
        "DataRecorder": about["software"],
        "Category": about["notice"],
        "Comments": "\n".join([*lines_of(about), ROUNDS]),
        "ReferenceLongitude": math.floor(lon),
        "ReferenceLatitude": math.floor(lat),
    }
    lines = ["FileType=text/acmi/tacview", "FileVersion=2.2"]
    lines += [f"0,{key}={_escaped(value)}" for key, value in head.items()]
    due = None
    for line in sorted(_lines(picture), key=lambda line: line.time_s):
        if line.time_s != due:
            due = line.time_s
            lines.append(f"#{due:g}")
        lines.append(line.text)
    # The format asks for the mark of UTF-8 at the beginning.
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def zipped(picture: Picture) -> bytes:
    """Return a .zip.acmi file, the same for the same run."""
    return zip_of(MEMBER, acmi(picture))


def _lines(picture: Picture) -> Iterator[Line]:
    ids = _Ids(picture)
    yield from _sites(picture, ids)
    for flight in picture.flights:
        yield from _flight(flight, picture, ids)
    yield from _rounds(picture, ids)
    for event in picture.events:
        if event.kind in ("damage", "suppressed", "magazine empty"):
            who = ids.of.get(event.subject, "")
            text = f"{event.kind}: {event.subject} {event.object} {event.detail}".strip()
            yield _event(event.time_s, "Message", who, text)


class _Ids:
    """Numbers of all objects in hexadecimal; 0 is the file itself."""

    def __init__(self, picture: Picture) -> None:
        theatre = picture.theatre
        names = [
            *(block.name for block in theatre.blocks),
            *(asset.name for asset in theatre.assets if not asset.block),
            *(flight.name for flight in picture.flights),
            *(shot.name for shot in picture.shots),
        ]
        self.of = {name: f"{number:x}" for number, name in enumerate(names, start=1)}
        self.reference = tuple(math.floor(angle) for angle in theatre.origin[:2])

    def at(self, place: Floats) -> str:
        """Return a place as the property T."""
        lat, lon, height_m = place.tolist()
        east = math.remainder(lon - self.reference[1], 360.0)
        return f"T={east:.7f}|{lat - self.reference[0]:.7f}|{height_m:.2f}"


def _sites(picture: Picture, ids: _Ids) -> Iterator[Line]:
    coalition = _coalition("friend")
    for block in picture.theatre.blocks:
        about = f"Type=Ground+AntiAircraft,Name={_escaped(block.system_name)}"
        call = f"CallSign={_escaped(block.name)},{coalition}"
        yield Line(0.0, f"{ids.of[block.name]},{ids.at(block.place)},{about},{call}")
    for asset in picture.theatre.assets:
        if not asset.block:
            about = f"Type=Ground+Static+Building,Name={_escaped(asset.name)},{coalition}"
            yield Line(0.0, f"{ids.of[asset.name]},{ids.at(asset.place)},{about}")


def _flight(flight: Flight, picture: Picture, ids: _Ids) -> Iterator[Line]:
    number, kind = ids.of[flight.name], picture.kind_of(flight)
    falls = kind is not None and kind.is_ballistic
    usual = "Weapon+Missile" if falls else "Air+FixedWing"
    about = f"Type={TYPES.get(flight.entry, usual)}"
    about += f",Name={_escaped(kind.name if kind else flight.entry)}"
    about += f",CallSign={_escaped(flight.name)},{_coalition(flight.side)}"
    rows = enough(flight.time_s, flight.ecef_m, FLIGHT_M)
    for k, row in enumerate(rows):
        more = "" if k else f",{about}"
        yield Line(_rounded(flight.time_s[row]), f"{number},{ids.at(flight.places[row])}{more}")
    end_s = float(flight.time_s[-1])
    if flight.fate == "killed":
        yield _event(end_s, "Destroyed", number, f"{flight.name} killed by {flight.by}")
    elif flight.fate == "leaked":
        text = f"{flight.name} leaked to {flight.by}"
        yield _event(end_s, "Bookmark", number, text)
    elif end_s < picture.duration_s - 2.5:
        yield _event(end_s, "LeftArea", number, flight.fate or "its route ended")
    if flight.fate or end_s < picture.duration_s - 2.5:
        yield Line(_rounded(end_s), f"-{number}")


def _rounds(picture: Picture, ids: _Ids) -> Iterator[Line]:
    blocks = {launcher.name: launcher.block for launcher in picture.theatre.launchers}
    for shot in picture.shots:
        number, parent = ids.of[shot.name], ids.of[blocks[shot.unit]]
        target = ids.of.get(shot.target, "")
        begin_s, end_s = (float(time_s) for time_s in shot.time_s)
        about = f"Type=Weapon+Missile,Name={_escaped(shot.interceptor)}"
        about += f",CallSign={_escaped(shot.name)},Parent={parent},{_coalition('friend')}"
        if target:
            about += f",LockedTarget={target}"
        yield Line(_rounded(begin_s), f"{number},{ids.at(shot.places[0])},{about}")
        yield _event(begin_s, "Message", parent, f"{shot.name} launched at {shot.track}")
        yield Line(_rounded(end_s), f"{number},{ids.at(shot.places[1])}")
        outcome = "Kill" if shot.outcome == KILLED else "Miss"
        hit = f"|TargetId:{target}" if target else ""
        text = f"SourceId:{number}|AmmoType:{_plain(shot.interceptor)}|AmmoCount:1{hit}"
        yield Line(_rounded(end_s), f"0,Event=Timeout|{text}|Outcome:{outcome}")
        yield Line(_rounded(end_s), f"-{number}")
    for event in undrawn(picture.events, picture.shots):
        yield _event(event.time_s, "Message", "", f"{event.subject} launched, not drawn")


def _event(time_s: float, kind: str, number: str, text: str) -> Line:
    who = f"{number}|" if number else ""
    return Line(_rounded(time_s), f"0,Event={kind}|{who}{_escaped(_plain(text))}")


def _coalition(side: str) -> str:
    name, colour = COALITIONS.get(side, ("Unknown", "Yellow"))
    return f"Coalition={name},Color={colour}"


def _rounded(time_s: float) -> float:
    return round(float(time_s), 2)


def _plain(text: str) -> str:
    """Return a text without the sign that parts the fields of an event."""
    return text.replace("|", "/")


def _escaped(value: object) -> str:
    """Return a value with the signs that end it and lines kept from doing so."""
    text = str(value).replace("\\", "/")
    return text.replace(",", "\\,").replace("\n", "\\\n")
