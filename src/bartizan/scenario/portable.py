"""A scenario that can be moved: its text, and its coastline's file to lie beside it."""

import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from bartizan.errors import DocumentError
from bartizan.scenario.tree import read_tree

if TYPE_CHECKING:
    from bartizan.scenario.schema import Scenario

COASTLINE = "coastline.geojson"
_KEY = re.compile(r"^(coastline[ \t]*:[ \t]*)\S.*?(?=[ \t]+#.*$|[ \t]*$)", re.MULTILINE)


def portable(scenario: "Scenario") -> tuple[str, dict[str, str]]:
    """Return the text of a scenario and the files it names, texts by name.

    The text is the file as read. Only a coastline outside the file's own folder gets a new
    path, that of its copy. A scenario made in Python becomes YAML.
    """
    # JSON is YAML too, and its strings never need a rule about quotes.
    text = scenario.text or _json(scenario.document)
    data = read_tree(text).data
    named = data.get("coastline")
    if not isinstance(named, str):
        return text, {}
    name = PurePath(named).name if named.endswith(".geojson") else COASTLINE
    if name != named:
        text = _renamed(text, name) or _json({**data, "coastline": name})
    geojson = {"type": "MultiLineString", "coordinates": scenario.coastline or []}
    return text, {name: json.dumps(geojson) + "\n"}


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
