"""Mistakes put into the small scenario (what, replaced by what), and the fault of each."""

from bartizan.catalogue import resolve
from bartizan.errors import Fault

SYSTEMS, THREATS = (", ".join(resolve().ids(kind)) for kind in ("system", "threat"))
SYSTEM = Fault(
    "defence.battalion.system", "unknown system", "s-40", SYSTEMS, "did you mean 's-400'?"
)
CASES = [
    ("s-400", "s-40", SYSTEM.at("my-raid.yaml", 9)),
    (
        "threat: cruise-missile",
        "threat: cruise-misile",
        Fault(
            "raid.cruise.threat",
            "unknown threat",
            "cruise-misile",
            THREATS,
            "did you mean 'cruise-missile'?",
            "my-raid.yaml",
            13,
        ),
    ),
    (
        "airliner",
        "airlines",
        Fault(
            "civil.airway.aircraft",
            "unknown aircraft",
            "airlines",
            "airliner, light-aircraft",
            "did you mean 'airliner'?",
            "my-raid.yaml",
            21,
        ),
    ),
    (
        "target: port",
        "target: prot",
        Fault(
            "raid.cruise.target",
            "unknown asset or unit",
            "prot",
            "port, battalion",
            "did you mean 'port'?",
            "my-raid.yaml",
            17,
        ),
    ),
    (
        "count: 8",
        "count: -3",
        Fault(
            "raid.cruise.count",
            "out of range",
            "-3",
            "0 or more",
            "did you mean 3?",
            "my-raid.yaml",
            14,
        ),
    ),
    (
        "count: 8",
        "count: 8 km",
        Fault(
            "raid.cruise.count",
            "not a whole number",
            "8 km",
            "a whole number without a unit",
            "did you mean 8?",
            "my-raid.yaml",
            14,
        ),
    ),
    (
        "every: 5 s",
        "jammer: stand-of-jammer",
        Fault(
            "raid.cruise.jammer",
            "unknown jammer",
            "stand-of-jammer",
            "screening-jammer, stand-off-jammer",
            "did you mean 'stand-off-jammer'?",
            "my-raid.yaml",
            18,
        ),
    ),
    (
        "every: 5 s",
        "stand-off: 40",
        Fault(
            "raid.cruise.stand-off",
            "a length needs a unit",
            "40",
            "m, km, ft, nmi",
            'write for example "40 m"',
            "my-raid.yaml",
            18,
        ),
    ),
    (
        "every: 5 s",
        "evry: 5 s",
        Fault(
            "raid.cruise.evry",
            "unknown key",
            "evry",
            "threat, count, from, via, target, at, every, spread, speed, altitude, dive, "
            "terminal-altitude, weave, formation, spacing, jammer, stand-off, overrides",
            "did you mean 'every'?",
            "my-raid.yaml",
            18,
        ),
    ),
    (
        "    count: 8\n",
        "",
        Fault(
            "raid.cruise.count",
            "missing",
            "",
            "How many.",
            "add `count: ...`",
            "my-raid.yaml",
            12,
        ),
    ),
    (
        "bartizan: 1",
        "bartizan: 2",
        Fault(
            "bartizan",
            "unknown format version",
            "2",
            "1",
            "this Bartizan reads version 1; write `bartizan: 1`, or install a newer Bartizan",
            "my-raid.yaml",
            1,
        ),
    ),
    (
        "bartizan: 1\n",
        "",
        Fault("bartizan", "missing", "", "1", "begin the file with `bartizan: 1`").at(
            "my-raid.yaml", 1
        ),
    ),
    (
        "{east: 2 km, north: 9 km}",
        "{east: 2 km, lat: -27}",
        Fault(
            "assets.port.at",
            "a place takes one form",
            "lat, east",
            "one of {lat, lon}, {east, north}, {bearing, range}",
            "",
            "my-raid.yaml",
            6,
        ),
    ),
    (
        "name: small",
        "name: my small raid",
        Fault(
            "name",
            "not a name",
            "my small raid",
            "letters, digits, '-' and '_', at most 64, no blanks or dots",
            "write 'my-small-raid'",
            "my-raid.yaml",
            2,
        ),
    ),
    (
        "lat: -27.4, lon: -17.6",
        "lat: -89.9, lon: -17.6",
        Fault(
            "origin.lat",
            "out of range",
            "-89.9",
            "a plain number of degrees from -89.5 to 89.5",
            "",
            "my-raid.yaml",
            3,
        ),
    ),
    (
        "lat: -27.4, lon: -18.2",
        'lat: "27.4 S", lon: -18.2',
        Fault(
            "raid.cruise.via[0].lat",
            "not a plain number",
            "27.4 S",
            "a plain number of degrees from -89.5 to 89.5",
            "write -27.4 for 27.4 S",
            "my-raid.yaml",
            16,
        ),
    ),
    (
        "{bearing: 265 deg, range: 120 km}",
        "{east: 2 km, north: 9 km}",
        Fault(
            "raid.cruise.from",
            "the group starts at its target",
            "port",
            "1 m away or more",
            "move `from`",
            "my-raid.yaml",
            15,
        ),
    ),
    (
        "    count: 3\n",
        "    count: 19999\n",
        Fault(
            "civil.airway.count",
            "too many objects",
            "20007 in all",
            "at most 20000 threats and aircraft in all",
            "",
            "my-raid.yaml",
            22,
        ),
    ),
    (
        "  airway:",
        "  cruise:",
        Fault(
            "civil.cruise",
            "a raid group has the same name",
            "cruise",
            "names of their own",
            "rename it, to cruise-civil for example",
            "my-raid.yaml",
            20,
        ),
    ),
    (
        "lat: -27.4, lon: -18.2",
        "lat: 89.6, lon: -18.2",
        Fault(
            "raid.cruise.via[0].lat",
            "out of range",
            "89.6",
            "a plain number of degrees from -89.5 to 89.5",
            "",
            "my-raid.yaml",
            16,
        ),
    ),
    (
        "      - {east: 0 km, north: -150 km}\n",
        "",
        Fault(
            "civil.airway.route",
            "too few entries",
            '[{"east": "-20 km", "north": "150 km"}]',
            "2 or more",
            "",
            "my-raid.yaml",
            23,
        ),
    ),
    (
        "duration: 10 min",
        "duration: 0 s",
        Fault(
            "duration",
            "this time is out of range",
            "0 s",
            "more than 0, at most 10 d",
            "",
            "my-raid.yaml",
            4,
        ),
    ),
    (
        "duration: 10 min",
        "duration: 10 min\ntick: 20 s",
        Fault("tick", "this time is out of range", "20 s", "0.1 s to 10 s").at(
            "my-raid.yaml", 5
        ),
    ),
    (
        "duration: 10 min",
        "duration: 10 min\ndoctrine: {roe: weapons-tigth}",
        Fault(
            "doctrine.roe",
            "not one of the known words",
            "weapons-tigth",
            "weapons-hold, weapons-tight, weapons-free",
            "did you mean 'weapons-tight'?",
            "my-raid.yaml",
            5,
        ),
    ),
    (
        "duration: 10 min",
        "duration: 10 min\ndoctrine: {use: salvos}",
        Fault(
            "doctrine.use",
            "unknown doctrine",
            "salvos",
            "layered, prim-read, salvo, shoot-look-shoot, shoot-shoot-look, zone",
            "did you mean 'salvo'?",
            "my-raid.yaml",
            5,
        ),
    ),
]
