"""How well the defence saw: quality of its tracks, and whom it took for whom."""

from bartizan.reports.page.chart import Axis, Chart, Line, Words
from bartizan.reports.page.material import Flight, Material
from bartizan.reports.page.section import Drawing, Part, Prose, Section, Table
from bartizan.reports.studied import interval, number

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
            band = f"{number(found['band_low'], name)} – {number(found['band_high'], name)}"
            label = f"{words}, {unit}" if unit else words
            rows.append((label, number(found["mean"], name), interval(found, name), band))
    if not rows:
        return None
    gospa = material.measures.get("tracker_gospa_m")
    near = material.measures.get("tracker_localisation_m")
    missed = material.measures.get("tracker_missed")
    words = "What the defence sees is its tracks, not the objects. "
    if gospa and near and missed:
        words += (
            f"Of what it tracks it knows the place to {number(near['mean'])} m; "
            f"{number(missed['mean'])} objects that could be tracked are not, at an instant; GOSPA, "
            f"which weighs all errors together, is {number(gospa['mean'])} m."
        )
    parts: list[Part] = [Prose(words)]
    if material.median and material.median.counts:
        parts.append(Drawing(_chart(material.median), "Objects and tracks over time, in the raid that stands for all"))
    heads = ("", "mean", "95 % interval", "95 % of raids")
    parts.append(Table(heads, rows, (1,)))
    return Section("tracker", "What the defence saw", parts)


def _chart(flight: Flight) -> Chart:
    times, objects, threats, tracks = (list(column) for column in flight.counts)
    top = max(max(objects), max(tracks), 1.0) * 1.12
    end_s = float(times[-1])
    ends = sorted(
        [(objects, "objects in the air", "chance"), (threats, "threats in the air", "leak"), (tracks, "tracks held", "kill")],
        key=lambda each: -each[0][-1],
    )
    marks = [Line(times, ys, role, 2.0, hover=words) for ys, words, role in ends]
    labels = []
    for ys, words, role in ends:
        at = max(range(len(ys)), key=lambda k: ys[k])
        labels.append(Words(times[at], ys[at], f"{words} (most {ys[at]:.0f})", role, "middle", dy=-11))
    y = Axis("at an instant", 0.0, top)
    x = Axis("minutes from the start of the scenario", 0.0, end_s, "clock")
    says = f"Objects up to {max(objects):.0f}, threats up to {max(threats):.0f}, tracks up to {max(tracks):.0f}."
    return Chart("tracks", says, x, y, [*marks, *labels], 280)
