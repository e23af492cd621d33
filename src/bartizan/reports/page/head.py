"""The head of the page: the question, the answer in one sentence, and the figures beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bartizan.reports.page.capacity import words_of
from bartizan.reports.page.material import Document, Material
from bartizan.reports.page.tornado import strongest
from bartizan.reports.page.words import band, interval, number
from bartizan.reports.study import headline


@dataclass(frozen=True)
class Fact:
    """One number beside the answer, in large type, with its interval."""

    label: str
    value: str
    beside: str
    measure: str
    exact: float


@dataclass(frozen=True)
class Head:
    """What stands above all sections."""

    title: str
    question: str
    answer: str
    share: Document | None
    facts: Sequence[Fact]
    about: str
    warnings: Sequence[str]


def head(material: Material) -> Head:
    """Return the head of the page."""
    study = material.study
    n = study["replications"]
    facts = (f"{n:,} replications", f"seed {study['seed']}", f"{study['figures']} figures")
    about = " · ".join((*facts, f"bartizan {study['version']}"))
    return Head(
        title=study["title"] or study["scenario"],
        question=material.question,
        answer=_answer(material),
        share=_share(material),
        facts=list(_facts(material)),
        about=about,
        warnings=list(_warnings(material)),
    )


def _answer(material: Material) -> str:
    study = material.study
    if "capacity" in study:
        return words_of(study["capacity"])
    if not material.is_whole_design:
        return headline({**study, "arms": [material.focus]})
    found = material.measures["leakers"]
    words = f"leakers {number(found['median'])} ({band(found, sign='–')}) over the whole design"
    most = strongest(material)
    return f"{words}; they hang most on {most}." if most else f"{words}."


def _share(material: Material) -> Document | None:
    found = material.measures["leakers"]
    is_of_answer = "capacity" not in material.study and not material.is_whole_design
    if not material.is_drawn or not is_of_answer or found["share"] is None:
        return None
    return {"unknown": found["share"], "low": found["share_low"], "high": found["share_high"]}


def _facts(material: Material) -> Iterator[Fact]:
    words = {
        "leakers": "leakers, mean of all raids",
        "no_leaker": "probability that none gets through",
        "assets_destroyed": f"assets destroyed of {len(material.assets)}",
        "rounds_fired": "rounds fired",
        "rounds_usd": "their price",
        "civil_lost": "civil aircraft lost",
    }
    for name, label in words.items():
        found = material.measures.get(name)
        if not found or found["mean"] is None:
            continue
        value, exact = number(found["mean"], name), found["mean"]
        yield Fact(label, value, f"95 % interval {interval(found, name)}", name, exact)


def _warnings(material: Material) -> Iterator[str]:
    study = material.study
    assumed = study["provenance"]["assumed"]
    total = sum(study["provenance"].values())
    if study["sensing"] == "perfect":
        yield "Perfect sensing: every object is seen without error at every tick."
    if study["mixed"]:
        yield "Mixed machines: the last bits may differ between parts."
    yield (
        f"{assumed} of the {total} figures behind this are assumed: guesses with a reason and "
        "a band."
    )
    if material.focus.get("words"):
        yield material.focus["words"]
