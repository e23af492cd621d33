"""Two studies side by side, or the arms of one: differences with intervals, by pairs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bartizan.archive.document import STATEMENT
from bartizan.archive.study import Study
from bartizan.errors import BartizanError
from bartizan.studies.measures import HEADLINE
from bartizan.studies.paired import unpaired
from bartizan.studies.store import column_of
from bartizan.studies.summary import aligned, differences, draws_of

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST_PAIRS = 2


def compared(first: Study, second: Study | None) -> dict[str, Any]:
    """Return the document of a comparison.

    Raises
    ------
    BartizanError
        If there is nothing to compare.
    """
    if second is None:
        pairs = _arms_of(first)
        second = first
    else:
        pairs = _common(first, second)
    tables = {id(study): study.replications for study in (first, second)}
    found = []
    for one, other in pairs:
        a, b = _arm(tables[id(first)], one), _arm(tables[id(second)], other)
        found.append({"first": one, "second": other, **_difference(first, second, a, b)})
    return {
        "statement": STATEMENT,
        "first": _who(first),
        "second": _who(second),
        "is_one": first is second,
        "pairs": found,
    }


def _arms_of(study: Study) -> list[tuple[str, str]]:
    labels = [arm["arm"] for arm in study.arms]
    if len(labels) < 2:
        raise BartizanError(
            f"{study.directory}: a study of one arm has nothing to compare\n"
            "    remedy:  name another study too, or make one with --vary"
        )
    return [(labels[0], label) for label in labels[1:]]


def _common(first: Study, second: Study) -> list[tuple[str, str]]:
    one, other = ([arm["arm"] for arm in study.arms] for study in (first, second))
    if len(one) == len(other) == 1:
        return [(one[0], other[0])]
    common = [(label, label) for label in one if label in other]
    if not common:
        raise BartizanError(
            "compare: the studies have no arm in common\n"
            f"    given:   {', '.join(one[:8])}\n    and:     {', '.join(other[:8])}\n"
            "    remedy:  make both with the same --vary, or each of one arm"
        )
    return common


def _arm(table: "pa.Table", label: str) -> "pa.Table":
    import pyarrow.compute

    return table.filter(pyarrow.compute.equal(table.column("arm"), label))


def _difference(first: Study, second: Study, a: "pa.Table", b: "pa.Table") -> dict[str, Any]:
    is_drawn = [study.manifest["figures"] == "drawn" for study in (first, second)]
    pairs = aligned(a, b)[0]
    n_pair = len(set(draws_of(pairs, all(is_drawn)).tolist()))
    if n_pair >= FEWEST_PAIRS:
        return {"is_paired": True, "measures": differences(a, b, all(is_drawn))}
    apart = {
        name: unpaired(
            *(column_of(a, name), draws_of(a, is_drawn[0])),
            *(column_of(b, name), draws_of(b, is_drawn[1])),
        )._asdict()
        for name in HEADLINE
    }
    return {"is_paired": False, "measures": apart}


def _who(study: Study) -> Mapping[str, Any]:
    keys = [*("study", "scenario", "scenario_hash", "seed", "figures", "sensing", "overrides")]
    keys += ["version", "fingerprint", "n", "per_draw"]
    about = {key: study.manifest[key] for key in keys}
    return {**about, "directory": str(study.directory), "is_whole": study.is_whole}
