"""The file of a design: a study as a YAML document, validated before anything is simulated.

study: 1
scenario: coastal-raid
design: latin-hypercube
points: 64
n: 5
factors:
  raid.cruise.count: {low: 10, high: 80}
  48n6e3.range_max: {low: 150 km, high: 250 km}
  doctrine.use: [salvo, shoot-look-shoot]
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bartizan.errors import DocumentError
from bartizan.scenario.document import Document
from bartizan.scenario.faults import faults_of
from bartizan.scenario.tree import read_tree

Kind = Literal["grid", "latin-hypercube", "sobol", "sobol-indices", "morris"]
SAMPLED = ("latin-hypercube", "sobol", "sobol-indices", "morris")
MOST_POINTS = 1 << 16
FORMS = "a list of values, FIRST:LAST:STEP, or {low: ..., high: ...}"


class Span(Document):
    """A factor between two ends: numbers, or quantities of one unit."""

    low: Any
    high: Any
    scale: Literal["linear", "log"] = "linear"


def _factor(given: Any) -> Any:
    """Return the values of a factor, or its ends."""
    if isinstance(given, dict):
        if not {"low", "high"} <= set(given) <= {"low", "high", "scale"}:
            raise _refused("not the ends of a factor", ", ".join(given), FORMS)
        return Span.model_validate(given)
    if isinstance(given, str) or (isinstance(given, list) and given):
        return given
    raise _refused("not a factor", "nothing" if given in ([], None) else str(given), FORMS)


def _refused(problem: str, given: str, allowed: str, remedy: str = "") -> PydanticCustomError:
    about = {"problem": problem, "given": given, "allowed": allowed, "remedy": remedy}
    return PydanticCustomError("fault", "{problem}", about)


class Design(Document):
    """A study as its file has it."""

    study: Literal[1] = Field(description="Version of the format.")
    scenario: str = Field(description="A bundled scenario, or a file beside this one.")
    sets: dict[str, Any] = Field({}, alias="set", description="Changes for all arms, by path.")
    design: Kind = Field("grid", description="How factors become arms.")
    factors: dict[str, Annotated[Any, BeforeValidator(_factor)]] = Field(
        {}, description=f"By path: {FORMS}."
    )
    points: Annotated[int, Field(ge=2, le=MOST_POINTS)] | None = Field(
        None, description="Points of a sampled design; of indices, rows or trajectories."
    )
    n: Annotated[int, Field(ge=1)] | None = Field(None, description="Replications of an arm.")
    per_draw: Annotated[int, Field(ge=1)] = Field(5, alias="per-draw")
    seed: Annotated[int, Field(ge=0)] = 1
    figures: str = "drawn"
    sensing: str = "radar"
    record: str = "none"
    until: str | None = Field(None, description='A stopping rule, "leakers ±0.5".')
    measures: list[str] = Field(["leakers"], description="What indices are computed of.")

    @model_validator(mode="after")
    def _fits(self) -> "Design":
        kind, given = self.design, f"design: {self.design}"
        if kind in SAMPLED and self.points is None:
            raise _refused("a sampled design without points", given, "points: 2 or more")
        if kind in SAMPLED and not self.factors:
            raise _refused("a sampled design without factors", given, "factors by path")
        if kind == "grid" and self.points is not None:
            remedy = "leave `points` out, or write `design: latin-hypercube`"
            raise _refused("a grid has the points of its factors", given, "", remedy)
        if kind in ("sobol-indices", "morris") and (self.until or self.n):
            remedy = "leave `until` and `n` out: one replication of each point"
            raise _refused("indices have a size of their own", given, "", remedy)
        return self


def is_design(path: str | Path) -> bool:
    """Return whether a file is a design and no scenario; false where it cannot be read."""
    place = Path(path)
    if place.suffix not in (".yaml", ".yml"):
        return False
    try:
        data = read_tree(place.read_text(encoding="utf-8")).data
    except (OSError, ValueError, DocumentError):
        return False
    return isinstance(data, dict) and "study" in data and "bartizan" not in data


def read_design(path: str | Path) -> Design:
    """Return the design of a file.

    Raises
    ------
    DocumentError
        All faults, with their lines.
    """
    tree = read_tree(Path(path).read_text(encoding="utf-8"), str(path))
    try:
        return Design.model_validate(tree.data)
    except ValidationError as error:
        faults = faults_of(error, Design)
        raise DocumentError(
            fault.at(str(path), _line(tree.lines, fault.path)) for fault in faults
        ) from None


def _line(lines: dict[str, int], path: str) -> int:
    """Return the line of a path or of the block around it."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), 0)]
    return lines.get(path, 1)
