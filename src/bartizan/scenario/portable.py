"""A scenario that can be moved: its text, and the files that it names to lie beside it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from bartizan.errors import DocumentError
from bartizan.scenario.civil import RecordedFlow
from bartizan.scenario.tree import read_tree

if TYPE_CHECKING:
    from bartizan.scenario.schema import Scenario
    from bartizan.scenario.tree import Tree

COASTLINE = "coastline.geojson"
_KEY = re.compile(r"^(coastline[ \t]*:[ \t]*)\S.*?(?=[ \t]+#.*$|[ \t]*$)", re.MULTILINE)


def portable(scenario: "Scenario") -> tuple[str, dict[str, str]]:
    """Return the text of a scenario and the files it names, texts by name.

    The text is the file as read. Only files outside the file's own folder get a new path, that
    of their copy. A scenario made in Python becomes YAML.
    """
    # JSON is YAML too, and its strings never need a rule about quotes.
    text = scenario.text or _json(scenario.document)
    text, data, states = _with_states(text, read_tree(text), scenario)
    named = data.get("coastline")
    if not isinstance(named, str):
        return text, states
    name = _flat(named, ".geojson", COASTLINE)
    if name != named:
        text = _renamed(text, name) or _json({**data, "coastline": name})
    return text, {name: _geojson(scenario), **states}


def with_copies(
    scenarios: Iterable["Scenario"], beside: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the files that changes name, as well as those that lie ``beside`` the text.

    Parameters
    ----------
    scenarios
        The scenario, and the arms of it that name files.
    beside
        What `portable` lays beside the text, texts by name.

    Returns
    -------
    copies
        The name of the copy of each file that has another name there, by its path; as `load`
        takes it.
    beside
        All texts by name.
    """
    copies, texts = dict[str, str](), dict(beside)
    for scenario in scenarios:
        for path, name, text in _named(scenario) if scenario.overrides else ():
            if path not in copies:
                while texts.get(name, text) != text:
                    name = f"other-{name}"
                copies[path], texts[name] = name, text
    return {path: name for path, name in copies.items() if path != name}, texts


def _named(scenario: "Scenario") -> Iterator[tuple[str, str, str]]:
    """Yield path, name and text of each file that a scenario names, changes included."""
    document = scenario.document
    if isinstance(path := document.get("coastline"), str):
        yield path, _flat(path, ".geojson", COASTLINE), _geojson(scenario)
    for flow, path in _states_named(document).items():
        block = scenario.civil[flow]
        if isinstance(block, RecordedFlow):
            yield path, _flat(path, ".csv", f"{flow}.csv"), block.states.csv()


def _flat(path: str, suffix: str, otherwise: str) -> str:
    """Return the name of a file without its folders, or another if it has not the suffix."""
    return PurePath(path).name if path.endswith(suffix) else otherwise


def _geojson(scenario: "Scenario") -> str:
    lines = {"type": "MultiLineString", "coordinates": scenario.coastline or []}
    return json.dumps(lines) + "\n"


def _with_states(
    text: str, tree: "Tree", scenario: "Scenario"
) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Return the text with its files of state vectors beside it, its data, and their texts."""
    beside: dict[str, str] = {}
    for flow, named in _states_named(tree.data).items():
        recording = scenario.recorded(flow, named)
        if recording is None:
            continue
        content = recording.csv()
        name = _flat(named, ".csv", f"{flow}.csv")
        if beside.get(name, content) != content:
            name = f"{flow}-{name}"
        beside[name] = content
        if name != named:
            text = _with_states_of(text, flow, named, name)
            tree = read_tree(text)
    return text, tree.data, beside


def _states_named(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the file of state vectors of each civil flow that names one."""
    civil = document.get("civil")
    flows = civil.items() if isinstance(civil, dict) else ()
    named = {name: flow.get("states") for name, flow in flows if isinstance(flow, dict)}
    return {name: path for name, path in named.items() if isinstance(path, str)}


def _with_states_of(text: str, flow: str, named: str, name: str) -> str:
    """Return the text with another path of a flow's states: on its line, or all anew."""
    tree = read_tree(text)
    tree.data["civil"][flow]["states"] = name
    lines = text.splitlines(keepends=True)
    k = tree.lines[f"civil.{flow}.states"] - 1
    quoted = rf"""(states["']?[ \t]*:[ \t]*)(["']?){re.escape(named)}\2"""
    lines[k] = re.sub(quoted, lambda found: found[1] + json.dumps(name), lines[k], count=1)
    renamed = "".join(lines)
    try:
        is_renamed = read_tree(renamed).data == tree.data
    except DocumentError:
        is_renamed = False
    return renamed if is_renamed else _json(tree.data)


def _renamed(text: str, name: str) -> str:
    """Return the text with another path of the coastline; empty if it is not on one line."""
    renamed = _KEY.sub(lambda found: found[1] + json.dumps(name), text, count=1)
    try:
        is_named = read_tree(renamed).data.get("coastline") == name
    except DocumentError:
        return ""
    return renamed if is_named else ""


def _json(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
