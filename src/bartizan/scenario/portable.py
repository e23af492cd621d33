"""A scenario that can be moved: its text, and the files that it names to lie beside it."""

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from bartizan.errors import DocumentError
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
    name = PurePath(named).name if named.endswith(".geojson") else COASTLINE
    if name != named:
        text = _renamed(text, name) or _json({**data, "coastline": name})
    geojson = {"type": "MultiLineString", "coordinates": scenario.coastline or []}
    return text, {name: json.dumps(geojson) + "\n", **states}


def _with_states(
    text: str, tree: "Tree", scenario: "Scenario"
) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Return the text with its files of state vectors beside it, its data, and their texts."""
    beside: dict[str, str] = {}
    for flow, named in _states_named(tree).items():
        recording = scenario.recorded(flow, named)
        if recording is None:
            continue
        content = recording.csv()
        name = PurePath(named).name if named.endswith(".csv") else f"{flow}.csv"
        if beside.get(name, content) != content:
            name = f"{flow}-{name}"
        beside[name] = content
        if name != named:
            text = _with_states_of(text, flow, named, name)
            tree = read_tree(text)
    return text, tree.data, beside


def _states_named(tree: "Tree") -> dict[str, str]:
    """Return the file of state vectors of each civil flow that names one."""
    civil = tree.data.get("civil")
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
