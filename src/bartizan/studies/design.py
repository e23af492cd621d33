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

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bartizan.errors import DocumentError, Fault, nearest
from bartizan.scenario.tree import read_tree

Kind = Literal["grid", "latin-hypercube", "sobol", "sobol-indices", "morris"]
SAMPLED = ("latin-hypercube", "sobol", "sobol-indices", "morris")
MOST_POINTS = 1 << 16
_SECTION = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Span(BaseModel):
    """A factor between two ends: numbers, or quantities of one unit."""

    model_config = _SECTION

    low: int | float | str
    high: int | float | str
    scale: Literal["linear", "log"] = "linear"


class Design(BaseModel):
    """A study as its file has it."""

    model_config = _SECTION

    study: Literal[1] = Field(description="Version of the format.")
    scenario: str = Field(description="A bundled scenario, or a file beside this one.")
    sets: dict[str, Any] = Field({}, alias="set", description="Changes for all arms, by path.")
    design: Kind = Field("grid", description="How factors become arms.")
    factors: dict[str, list[Any] | str | Span] = Field(
        {}, description="By path: values, FIRST:LAST:STEP, or {low, high}."
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
        if self.design in SAMPLED and self.points is None:
            raise ValueError(f"points: a {self.design} design needs a number of points")
        if self.design in SAMPLED and not self.factors:
            raise ValueError(f"factors: a {self.design} design needs factors")
        if self.design == "grid" and self.points is not None:
            raise ValueError("points: a grid has those of its factors; leave it out")
        if self.design in ("sobol-indices", "morris") and self.until:
            raise ValueError("until: indices have a size of their own; leave it out")
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
        faults = [_fault(each) for each in error.errors(include_url=False)]
        unique = list({fault.path: fault for fault in faults}.values())
        raise DocumentError(
            fault.at(str(path), _line(tree.lines, fault.path)) for fault in unique
        ) from None


def _line(lines: dict[str, int], path: str) -> int:
    while path and path not in lines:
        path = path[: max(path.rfind("."), 0)]
    return lines.get(path, 1)


def _fault(error: Any) -> Fault:
    steps = [str(step) for step in error["loc"]]
    forms = {"list[any]", "str", "Span", "int", "float", "constrained-int"}
    path = ".".join(step for step in steps if step not in forms)
    given = "" if isinstance(error.get("input"), dict) else str(error.get("input", ""))
    problem = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        known = [field.alias or name for name, field in Design.model_fields.items()]
        return Fault(path, "unknown key", "", ", ".join(known), nearest(steps[-1], known))
    if error["type"] == "missing":
        return Fault(path, "this key is missing", remedy="the page of studies has an example")
    if not path:
        path, _, problem = problem.partition(": ")
    allowed = ", ".join(map(str, error.get("ctx", {}).get("expected", "").split("' or '")))
    remedy = (
        nearest(given, [word.strip(" '") for word in allowed.split(",")]) if allowed else ""
    )
    return Fault(path, problem, given, "", remedy)
