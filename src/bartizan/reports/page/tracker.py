"""How well the defence saw: quality of its tracks, and whom it took for whom."""

from collections.abc import Sequence

from bartizan.reports.page.chart import Axis, Chart, Line, Mark, Words
from bartizan.reports.page.material import Flight, Material
from bartizan.reports.page.section import Drawing, Part, Prose, Section, Table
from bartizan.reports.page.words import band, interval, number

MEASURES = {
    "tracker_gospa_m": ("GOSPA: error, missed and false together", "m"),
    "tracker_localisation_m": ("error of position of what is tracked", "m"),
    "tracker_missed": ("objects without a track, at an instant", ""),
    "tracker_false": ("tracks without an object, at an instant", ""),
    "tracker_duplicate": ("second tracks of one object, at an instant", ""),
    "peak_tracks": ("most tracks at once", ""),
    "peak_hostiles_tracked": ("most threats tracked at once", ""),
    "identification_hostile_identified": ("threats known as hostile", ""),
    "identification_hostile_time_to_identify_s": ("time from detection until then, min:s", ""),
    "identification_hostile_mistaken": ("threats taken for civil or friend", ""),
    "identification_civil_declared_hostile": ("civil aircraft taken for hostile", ""),
    "identification_civil_near_misses": ("civil aircraft nearly harmed", ""),
    "civil_lost": ("civil aircraft lost", ""),
}


def tracker(material: Material) -> Section | None:
    """Return the section of tracks and identities."""
    rows = []
    for name, (words, unit) in MEASURES.items():
        found = material.measures.get(name)
        if found:
            label = f"{words}, {unit}" if unit else words
            rows.append(
                (label, number(found["mean"], name), interval(found, name), band(found, name))
            )
    if not rows:
        return None
    gospa = material.measures.get("tracker_gospa_m")
    near = material.measures.get("tracker_localisation_m")
    missed = material.measures.get("tracker_missed")
    words = "What the defence sees is its tracks, not the objects. "
    if gospa and near and missed:
        words += (
            f"Of what it tracks it knows the place to {number(near['mean'])} m; "
            f"{number(missed['mean'])} objects that could be tracked are not, at an instant; "
            "GOSPA, "
            f"which weighs all errors together, is {number(gospa['mean'])} m."
        )
    parts: list[Part] = [Prose(words)]
    if material.median and material.median.counts:
        parts.append(
            Drawing(
                _chart(material.median),
                "Objects and tracks over time, in the raid that stands for all",
            )
        )
    heads = ("", "mean", "95 % interval", "95 % of raids")
    parts.append(Table(heads, rows, (1,)))
    return Section("tracker", "What the defence saw", parts)


def _chart(flight: Flight) -> Chart:
    times, *counts = (list(column) for column in flight.counts)
    series = list(zip(counts, SERIES, strict=True))
    top = max(max(map(max, counts)), 1.0) * 1.15
    end_s = float(times[-1])
    marks: list[Mark] = [
        Line(times, ys, role, 2.0, hover=words) for ys, (words, role) in series
    ]
    taken: list[int] = []
    for n, (ys, (words, role)) in enumerate(series):
        rest = counts[:n] + counts[n + 1 :]
        k, dy = _free(ys, rest, taken, top)
        taken.append(k)
        text = f"{words}, at most {max(ys):.0f}"
        short = words.partition(" ")[0]
        marks.append(
            Words(times[k], ys[k], text, role, "middle", dy=dy, short=short, is_over=True)
        )
    y = Axis("at an instant", 0.0, top)
    x = Axis("minutes from the start of the scenario", 0.0, end_s, "clock")
    says = "; ".join(f"{words} up to {max(ys):.0f}" for ys, (words, _) in series)
    return Chart("tracks", says, x, y, marks, 280)


SERIES = (
    ("objects in the air", "chance"),
    ("threats in the air", "leak"),
    ("tracks held", "kill"),
)


def _free(
    ys: Sequence[float], rest: Sequence[Sequence[float]], taken: Sequence[int], top: float
) -> tuple[int, float]:
    """Return where along a line its label is farthest from the others, and its shift."""
    n = len(ys)
    best = (-top, n // 2, -12.0)
    for k in range(n // 5, 4 * n // 5):
        if any(abs(k - other) < n // 4 for other in taken):
            continue
        near = range(max(0, k - n // 8), min(n, k + n // 8))
        for sign in (1.0, -1.0):
            edge = top if sign > 0 else 0.0
            gaps = [sign * (line[j] - ys[k]) for line in rest for j in near]
            own = max(sign * (ys[j] - ys[k]) for j in near)
            room = min([abs(edge - ys[k]), *(gap for gap in gaps if gap > -0.02 * top)]) - own
            if room > best[0]:
                best = (room, k, -12.0 * sign)
    return best[1], best[2]
