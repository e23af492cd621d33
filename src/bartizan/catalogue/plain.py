"""A fast reader of plain YAML: what the bundled data are written in.

ruamel.yaml in pure Python takes 0.13 s for the dozen bundled entries, at every start and more
with every entry; this takes 0.007 s. It reads the plain part of the language (block maps and
lists, one-line flow maps and lists, numbers, quoted and plain text, folded text) and raises
`NotPlain` at anything else, whereupon the caller asks ruamel, to which the tests hold it.
"""

import re
from typing import Any, NamedTuple

_LINE = re.compile(r"( *)(.*[^ ])?")
_KEY = re.compile(r"([A-Za-z0-9_][\w./-]*):(?:\s+(\S.*))?")
_TOKEN = re.compile(
    r"\s*(?:([{}\[\],])|([A-Za-z0-9_][\w./-]*):\s+|(\"[^\"\\]*\"|'[^']*')|([^\s{}\[\],\"'][^{}\[\],]*))"
)
_INT = re.compile(r"[-+]?(0|[1-9]\d*)")
_FLOAT = re.compile(r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+")
# What ruamel would read as something else than text: other numbers, dates, tags, anchors.
_ODD = re.compile(
    r"[-?:]($|\s)|[&*!|>%@`#~\"'{}\[\],=<]|[-+]?(0[xob0-9]|\.(inf|nan)$|\d[\d_]*$)|\d{4}-\d",
    re.I,
)
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL"), None),
}


class NotPlain(Exception):  # noqa: N818 - not an error: the sign to ask ruamel
    """The text is beyond the plain part of YAML; it may still be right."""


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def read_plain(text: str) -> Any:
    """Return the maps, lists and scalars of a plain YAML text, as ruamel would.

    Raises
    ------
    NotPlain
        The text needs, or may need, more of the language than is read here.
    """
    lines = [_line(n, raw) for n, raw in enumerate(text.split("\n"))]
    # An indented comment could be a line of folded text.
    lines = [
        line for line in lines if line.text and not (line.text[0] == "#" and line.indent == 0)
    ]
    if not lines:
        raise NotPlain
    value, n = _block(lines, 0)
    if n != len(lines):
        raise NotPlain
    return value


def _line(number: int, raw: str) -> _Line:
    match = _LINE.fullmatch(raw)
    if match is None or not raw.isprintable():
        raise NotPlain
    return _Line(number, len(match[1]), match[2] or "")


def _block(lines: list[_Line], n: int) -> tuple[Any, int]:
    if lines[n].text.startswith("- "):
        return _list(lines, n)
    return _map(lines, n)


def _map(lines: list[_Line], n: int) -> tuple[dict[str, Any], int]:
    indent = lines[n].indent
    found: dict[str, Any] = {}
    while n < len(lines) and lines[n].indent == indent:
        match = _KEY.fullmatch(lines[n].text)
        if match is None:
            raise NotPlain
        key = _key(match[1], found)
        found[key], n = _value(match[2] or "", lines, n + 1, indent)
    return found, n


def _key(text: str, found: dict[str, Any]) -> str:
    if not isinstance(_plain(text), str) or text in found:
        raise NotPlain
    return text


def _value(text: str, lines: list[_Line], n: int, indent: int) -> tuple[Any, int]:
    is_deeper = n < len(lines) and lines[n].indent > indent
    if text == ">-":
        return _folded(lines, n, indent)
    if text:
        if is_deeper:
            raise NotPlain
        return _scalar_or_flow(text), n
    if not is_deeper:
        raise NotPlain
    return _block(lines, n)


def _folded(lines: list[_Line], n: int, indent: int) -> tuple[str, int]:
    start, before = n, lines[n - 1].number
    while n < len(lines) and lines[n].indent > indent:
        # An empty line, or one that stands deeper, would keep its line break.
        is_next = lines[n].number == before + 1 + n - start
        if not is_next or lines[n].indent != lines[start].indent or lines[n].text[0] == "#":
            raise NotPlain
        n += 1
    if n == start:
        raise NotPlain
    return " ".join(line.text for line in lines[start:n]), n


def _list(lines: list[_Line], n: int) -> tuple[list[Any], int]:
    indent = lines[n].indent
    found: list[Any] = []
    while n < len(lines) and lines[n].indent == indent:
        text = lines[n].text
        if not text.startswith("- "):
            raise NotPlain
        rest = text[2:].lstrip()
        if _KEY.fullmatch(rest):
            # A map that begins beside its dash stands as deep as its first key.
            lines[n] = lines[n]._replace(indent=indent + len(text) - len(rest), text=rest)
            value, n = _map(lines, n)
        else:
            value, n = _value(rest, lines, n + 1, indent)
        found.append(value)
    return found, n


def _scalar_or_flow(text: str) -> Any:
    if text[0] not in "{[\"'":
        if ": " in text or " #" in text or text.endswith(":"):
            raise NotPlain
        return _plain(text)
    value, end = _flow(text, 0)
    if text[end:].strip():
        raise NotPlain
    return value


def _flow(text: str, at: int) -> tuple[Any, int]:
    """Read one value of a flow map or list from ``text[at:]``; return it and its end."""
    mark, key, quoted, plain, end = _token(text, at)
    if quoted:
        return quoted[1:-1], end
    if plain:
        return _plain(plain), end
    if mark not in ("{", "[") or key:
        raise NotPlain
    return _flow_map(text, end) if mark == "{" else _flow_list(text, end)


def _flow_map(text: str, at: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    mark, key, _, _, end = _token(text, at)
    while mark != "}":
        if not key:
            raise NotPlain
        found[_key(key, found)], end = _flow(text, end)
        mark, _, _, _, end = _token(text, end)
        if mark == ",":
            _, key, _, _, end = _token(text, end)
        elif mark != "}":
            raise NotPlain
    return found, end


def _flow_list(text: str, at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    mark, _, _, _, end = _token(text, at)
    if mark == "]":
        return found, end
    end = at
    while mark != "]":
        value, end = _flow(text, end)
        found.append(value)
        mark, _, _, _, end = _token(text, end)
        if mark not in ("]", ","):
            raise NotPlain
    return found, end


def _token(text: str, at: int) -> tuple[str, str, str, str, int]:
    match = _TOKEN.match(text, at)
    if match is None:
        raise NotPlain
    mark, key, quoted, plain = (part or "" for part in match.groups())
    if ": " in plain or " #" in plain:
        raise NotPlain
    return mark, key, quoted, plain.strip(), match.end()


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _ODD.match(text):
        raise NotPlain
    return text
