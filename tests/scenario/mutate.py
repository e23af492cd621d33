"""Mutations of the bundled scenarios, as text and as trees; and files that mean harm."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

from bartizan.scenario.library import TEMPLATE, bundled_names, bundled_path
from bartizan.scenario.tree import read_tree

FILES = {name: bundled_path(name).read_text("utf-8") for name in (*bundled_names(), TEMPLATE)}
TREES = {name: read_tree(text).data for name, text in FILES.items()}

NUMBERS = [0, -1, 1e308, -1e308, 10**30, 1e-320, float("nan"), float("inf"), float("-inf")]
WORDS = [
    "", "0", "-1", "1e308", ".nan", "nm", "5", "5 km", "-5 km", "5 s", "1e9 km", "1e-300 m",
    "900 deg", "1e400 s", "9 d", "NaN m", "drone", "s-400", "../..", "/dev/zero", "é", "\t",
    "\x00", "\x1b[2J", "\ud800", "a\nb", "null", "true", "x" * 5000, "coast.geojson",
]  # fmt: skip
VALUES: list[Any] = [
    *NUMBERS, *WORDS, None, True, False, [], {}, [[]], [1, 2, 3], {"a": 1}, {"": ""},
    {"lat": 89.5, "lon": 180}, {"lat": 0}, {"east": "1 km"},
    {"bearing": "0 deg", "range": "0 m"},
    {"type": "Point", "coordinates": [0, 0]}, [[[0, 0], [1, 1]]],
]  # fmt: skip
SPLICES = [
    "", "'", '"', "*a", "&a 1", "!x", "!!python/object:os.system", "\t", "\x00", "[1, 2, 3]",
    "{lat: 90, lon: 0}", "[]", "{}", "[[", "]}", ": ", "- ", "? ", "| \n", "> \n", "#", "---\n",
    "...\n", "%YAML 9.9\n", "<<: *a", "\r", "\u2028", "\ufeff", "5 km", "-5", "1e308", ".inf",
    ".nan", "9" * 20, "\n", "\n  ", "\n\t", "bartizan: 1\n", "raid:\n", "@", "`", "\\", "\\x",
]  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037"]

Path = tuple[Any, ...]
Tree = Any


def paths(tree: Tree, here: Path = ()) -> Iterator[Path]:
    """Yield the path of every value in a tree, that of the tree itself apart."""
    steps = list(tree) if isinstance(tree, dict) else range(len(tree))
    for step in steps:
        value = tree[step]
        yield (*here, step)
        if isinstance(value, dict | list):
            yield from paths(value, (*here, step))


def entered(tree: Tree, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def remove(tree: Tree, path: Path, other: Path, value: Any) -> None:
    del entered(tree, path[:-1])[path[-1]]


def put(tree: Tree, path: Path, other: Path, value: Any) -> None:
    entered(tree, path[:-1])[path[-1]] = copy.deepcopy(value)


def add(tree: Tree, path: Path, other: Path, value: Any) -> None:
    block = entered(tree, path[:-1])
    key = value if isinstance(value, str) else "added"
    added = copy.deepcopy(value)
    block.append(added) if isinstance(block, list) else block.update({key: added})


def rename(tree: Tree, path: Path, other: Path, value: Any) -> None:
    block = entered(tree, path[:-1])
    if isinstance(block, dict):
        block[str(value)] = block.pop(path[-1])


def move(tree: Tree, path: Path, other: Path, value: Any) -> None:
    """Move what lies at a path to another; a copy, where it would move into itself."""
    moved = copy.deepcopy(entered(tree, path))
    put(tree, other, path, moved)


def listed(tree: Tree, path: Path, other: Path, value: Any) -> None:
    """A list for a map, and a map for all else."""
    given = entered(tree, path)
    turned = list(given.values()) if isinstance(given, dict) else {"is": given}
    put(tree, path, other, turned)


def unit_off(tree: Tree, path: Path, other: Path, value: Any) -> None:
    """A quantity without its unit, or with another one."""
    given = str(entered(tree, path)).split()
    put(tree, path, other, f"{given[0] if given else ''} {value}".strip())


def crowd(tree: Tree, path: Path, other: Path, value: Any) -> None:
    """The same entry many times over."""
    block = entered(tree, path[:-1])
    one = entered(tree, path)
    more = {f"{path[-1]}-{k}": one for k in range(300)}
    block.extend([one] * 300) if isinstance(block, list) else block.update(more)


OPERATIONS: list[Callable[[Tree, Path, Path, Any], None]] = [
    remove, put, put, add, rename, move, listed, unit_off, crowd,
]  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A bundled scenario as plain data after one to four changes of its structure."""
    tree = copy.deepcopy(TREES[draw(st.sampled_from(sorted(TREES)))])
    for _ in range(draw(st.integers(1, 4))):
        places = list(paths(tree))[:5_000]
        if not places:
            break
        chosen = st.sampled_from(places)
        operation = draw(st.sampled_from(OPERATIONS))
        operation(tree, draw(chosen), draw(chosen), draw(st.sampled_from(VALUES)))
    return tree


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A bundled scenario as a file after splices, lines moved or repeated, and re-encoded."""
    text = FILES[draw(st.sampled_from(sorted(FILES)))]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        n = draw(st.sampled_from([0, 1, 2, 5, 12, 200]))
        text = text[:start] + draw(st.sampled_from(SPLICES)) + text[start + n :]
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 2))):
        line = lines.pop(draw(st.integers(0, len(lines) - 1))) if len(lines) > 1 else ""
        place = draw(st.integers(0, len(lines)))
        lines[place:place] = [line] * draw(st.integers(0, 2))
    encoding = draw(st.sampled_from(ENCODINGS if draw(st.integers(0, 5)) == 0 else ["utf-8"]))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines).encode(encoding, "replace")


def as_yaml(tree: Tree) -> bytes:
    """A tree as a file; JSON is YAML too."""
    return json.dumps(tree, indent=1, default=str).encode()


def billion_laughs(n: int = 12) -> str:
    rows = [f"x{k}: &x{k} [{', '.join([f'*x{k - 1}'] * 10)}]" for k in range(1, n)]
    return "\n".join(["x0: &x0 [lol]", *rows, f"raid: *x{n - 1}"])


HOSTILE: dict[str, str] = {
    "billion laughs": billion_laughs(),
    "an alias of itself": "raid: &a\n  b: *a\n",
    "an alias of its own list": "raid: &a [*a, *a]\n",
    "merge keys": "a: &a {x: 1}\nraid: {<<: *a}\n",
    "deep lists": "raid: " + "[" * 10_000 + "]" * 10_000,
    "deep maps": "raid: " + "{a: " * 10_000 + "}" * 10_000,
    "deep blocks": "\n".join(" " * k + "a:" for k in range(1_200)),
    "deep dashes": "- " * 10_000,
    "deep questions": "? " * 10_000,
    "open brackets": "[" * 10_000,
    "a long word": "title: " + "x" * 10_000_000,
    "a long quantity": "duration: " + "9" * 900_000 + " s",
    "a long blank": "duration: 1" + " " * 900_000 + "s",
    "a long key": "x" * 900_000 + ": 1",
    "a long quote": 'title: "' + "\\n" * 400_000 + '"',
    "an open quote": 'title: "' + "x\n" * 300_000,
    "many words": "title: " + "x " * 400_000,
    "many lines": "title:\n" + " x\n" * 300_000,
    "many breaks": "\n" * 1_000_000,
    "many colons": ":" * 1_000_000,
    "many dashes": "-\n" * 400_000,
    "many commas": "raid: [" + "," * 400_000,
    "many anchors": "\n".join(f"k{k}: &a{k} 1" for k in range(40_000)),
    "many keys": "\n".join(f"k{k}: 1" for k in range(60_000)),
    "many figures": "figures:\n" + "\n".join(f"  48n6e3.r{k}: 1 m" for k in range(40_000)),
    "the same key": "bartizan: 1\n" * 50_000,
    "no text": "\x00\x01\x02",
    "escaped no text": 'title: "\\0\\e[2J\\uD800"',
    "tabs": "\tbartizan: 1\n",
    "nothing": "",
    "blanks": "   \n\t\n",
    "a null": "null\n",
    "two documents": "bartizan: 1\n---\nbartizan: 1\n",
}
