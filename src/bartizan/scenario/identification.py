"""Identification: which figures a defender identifies by, and contradictions in his rules."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from bartizan.errors import Fault
from bartizan.scenario.document import Document
from bartizan.scenario.quantities import Figure

DEFAULT_IDENTIFICATION = "standard"


class IdentificationBlock(Document):
    """How the defender tells hostile from civil and friendly."""

    use: str = Field(DEFAULT_IDENTIFICATION, description="An identification of the catalogue.")
    overrides: dict[str, Figure] = Field(
        {}, description="Figures of it, changed: declare_hostile, engage_tight, decision_time."
    )


def rule_faults(roe: str, has_self_defence: bool, has_defence: bool) -> Iterator[Fault]:
    """Yield the contradictions between rules of engagement as the document has them."""
    if roe == "weapons-hold" and not has_self_defence and has_defence:
        problem = "weapons-hold without self-defence: nothing may ever be fired"
        remedy = "set self-defence to true, or leave the defence out"
        yield Fault("doctrine.self-defence", problem, "false", "true", remedy)


def threshold_faults(value: Mapping[str, float], path: str) -> Iterator[Fault]:
    """Yield the contradictions between settled thresholds, by name, of an identification."""
    for name in ("declare_hostile", "declare_civil", "declare_friend"):
        if not value["revoke"] <= value[name] or not 0.5 < value[name] < 1.0:
            allowed = f"more than 0.5, less than 1, at least revoke, {value['revoke']:g}"
            problem = "two identities could stand at once, or none for long"
            yield Fault(f"{path}.{name}", problem, f"{value[name]:g}", allowed)
    for less, more in (("engage_free", "engage_self_defence"), ("revoke", "engage_tight")):
        if value[less] > value[more]:
            problem = f"{less} asks for more than {more}"
            allowed = f"at most {more}, {value[more]:g}"
            yield Fault(f"{path}.{less}", problem, f"{value[less]:g}", allowed)
    if value["engage_self_defence"] > value["engage_tight"]:
        allowed = f"at most engage_tight, {value['engage_tight']:g}"
        problem = "self-defence would be stricter than weapons-tight"
        given = f"{value['engage_self_defence']:g}"
        yield Fault(f"{path}.engage_self_defence", problem, given, allowed)
