"""The source as data: what each file imports, calls and defines."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "bartizan"


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The top-level part of the package it belongs to: `world`, `kernel`, ..."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    @property
    def module(self) -> str:
        """Its dotted name inside the package: `world.truth`."""
        home = PACKAGE if self.path.is_relative_to(PACKAGE) else ROOT
        return ".".join(self.path.relative_to(home).with_suffix("").parts)

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def imports(self) -> Iterator[str]:
        """Dotted names it imports, each with what `from` takes: `bartizan.world.truth.Side`."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    @property
    def calls(self) -> Iterator[str]:
        """Last names of what it calls: `open`, `write_text`."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield getattr(node.func, "attr", getattr(node.func, "id", ""))

    @cached_property
    def kernels(self) -> dict[str, set[str]]:
        """Functions under `@kernel`, each with what it names: `{"world.move.move": {...}}`."""
        return {
            f"{self.module}.{node.name}": {
                self._origin.get(name, name) for name in _names(node)
            }
            for node in self.nodes
            if isinstance(node, ast.FunctionDef)
            and {"kernel", "frame"} & {getattr(mark, "id", "") for mark in node.decorator_list}
        }

    @cached_property
    def _origin(self) -> dict[str, str]:
        """Where each name of the file comes from: `draw` from `rng.draw`."""
        origin = {name: f"{self.module}.{name}" for name in self.functions}
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    place = f"{node.module}.{alias.name}".removeprefix("bartizan.")
                    origin[alias.asname or alias.name] = place
        return origin

    @property
    def functions(self) -> Iterator[str]:
        """Names of all its functions."""
        yield from (node.name for node in self.nodes if isinstance(node, ast.FunctionDef))

    @cached_property
    def reads(self) -> set[str]:
        """Names it reads, by where they come from: `rng.draw`."""
        return self._placed(_names(self.tree))

    def _placed(self, names: set[str]) -> set[str]:
        """Return the names with the place where the first part of each comes from."""
        parts = (name.partition(".") for name in names)
        return {self._origin.get(head, head) + dot + rest for head, dot, rest in parts}


def _names(tree: ast.AST) -> set[str]:
    """Return the names that a piece of source reads, dotted ones as written."""
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    dotted = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return names | dotted


def sources(folder: Path) -> list[Source]:
    """Return the Python files below a folder, in order."""
    return [Source(path) for path in sorted(folder.rglob("*.py"))]
