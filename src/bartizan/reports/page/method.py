"""How the study was made, who it is, and what its model leaves out."""

from bartizan.reports.page.material import Material
from bartizan.reports.page.section import Cell, Prose, Section, Table

LIMITS = (
    "Not validated: it is checked against closed forms and slow twins of itself; no real "
    "engagement stands behind it. What the model leaves out is in no interval of this page.",
    "Effects are probabilities: an interceptor is a speed, an envelope and a chance of a "
    "kill; no "
    "seeker, fuze or warhead is modelled.",
    "A smooth Earth without terrain; the horizon is that of 4/3 of the Earth’s radius.",
    "Crews follow their doctrine to the letter, do not tire, and learn nothing from the raid.",
    "The raid is as written: it does not react to the defence, except that threats may turn "
    "away "
    "or jam where the scenario says so.",
    "Bands are of figures, one by one; most are assumed, so that the share of what is not "
    "known is "
    "itself a judgement.",
)


def method(material: Material) -> Section:
    """Return the section of method, identity and limits."""
    return Section(
        "method",
        "Method, identity and limits",
        [
            Prose(_how(material)),
            Table(("", ""), _identity(material), (), "Who this study is"),
            Table(
                ("", ""),
                [(f"{n}", limit) for n, limit in enumerate(LIMITS, 1)],
                (),
                "Limits of the model",
            ),
            Prose(_again(), "note"),
        ],
    )


def _how(material: Material) -> str:
    study = material.study
    arms = len(study["arms"])
    of = f" of each of {arms} arms" if arms > 1 else ""
    words = (
        f"{material.focus['n']:,} replications{of}, each a whole raid, object by object, with "
        "chance of its own."
    )
    if material.is_drawn:
        words += (
            f" {study['per_draw']} of them share one draw of all figures from their bands, "
            f"{material.focus['draws']} draws in all: what lies between draws is what we do "
            "not know, what lies "
            "within them is chance (one-way random-effects model, Searle, Casella and "
            "McCulloch 1992). "
            "Intervals of means are Student’s over draws; those of probabilities Wilson’s "
            "with an "
            "effective size."
        )
    else:
        words += (
            f" Figures are {study['figures']} ones throughout: all spread is chance at those "
            "figures."
        )
    if "until" in study:
        until = study["until"]
        words += f" Stopping rule {until['rule']}: {until['method']}."
    return words + " Bands are the 2.5 % and 97.5 % quantiles of all replications."


def _identity(material: Material) -> list[tuple[str, str | Cell]]:
    study = material.study
    rows = {
        "study": study["study"],
        "scenario": study["scenario"],
        "changes": ", ".join(study["overrides"]) or "none",
        "sensing": study["sensing"],
        "seed": str(study["seed"]),
        "figures": study["figures"],
        "catalogue": study["catalogue"] or "bundled",
        "bartizan": study["version"],
        "scenario hash": study["scenario_hash"],
        "catalogue hash": study["catalogue_hash"],
        "code hash": study["code"],
        "numeric fingerprint": study["fingerprint"],
    }
    if study["mixed"]:
        rows["mixed machines"] = ", ".join(study["mixed"])
    return [(name, Cell(str(value), "path")) for name, value in rows.items()]


def _again() -> str:
    return (
        "The same scenario, seed, version and numeric fingerprint give the same bits. Every "
        "number here "
        "comes from the study’s folder: bartizan sql asks it anything else."
    )
