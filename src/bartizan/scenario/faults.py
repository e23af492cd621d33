"""pydantic's errors as faults: what was given, what is allowed, how to mend it."""

import inspect
import json
import re
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Tag, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bartizan.errors import Fault, nearest
from bartizan.scenario.document import Document, is_form, keys
from bartizan.scenario.tree import joined

_PROBLEMS = {
    "int_type": "not a whole number",
    "int_from_float": "not a whole number",
    "float_type": "not a number",
    "finite_number": "not a finite number",
    "string_type": "not text",
    "bool_type": "neither true nor false",
    "dict_type": "not a mapping of names",
    "list_type": "not a list",
    "model_type": "not a block of keys",
    "greater_than": "out of range",
    "greater_than_equal": "out of range",
    "less_than": "out of range",
    "less_than_equal": "out of range",
    "too_short": "too few entries",
    "too_long": "too many entries",
    "string_too_long": "too long",
    "literal_error": "not one of the known words",
}


MOST_WORDED = 1_000  # of one document: nobody reads more, and good words take their time


def faults_of(error: ValidationError, document: type[Document]) -> list[Fault]:
    """Return a fault for each of pydantic's errors in a document of a type."""
    details = error.errors(include_url=False)
    version = [one for one in details if one["loc"][:1] == ("bartizan",)]
    if version and version[0]["type"] != "missing":
        return [_version_fault(version[0])]
    told = [_fault(one, document) for one in details[:MOST_WORDED]]
    rest = [Fault(".".join(map(str, one["loc"])), one["msg"]) for one in details[MOST_WORDED:]]
    return told + rest


def shown(given: Any) -> str:
    """Return a given value as a fault shows it: short, in the words of the file."""
    if isinstance(given, str):
        text = given
    else:
        try:
            text = json.dumps(given, default=str)
        except (TypeError, ValueError):
            text = str(given)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _version_fault(error: ErrorDetails) -> Fault:
    remedy = "this Bartizan reads version 1; write `bartizan: 1`, or install a newer Bartizan"
    return Fault("bartizan", "unknown format version", shown(error["input"]), "1", remedy)


def _fault(error: ErrorDetails, document: type[Document]) -> Fault:
    steps = tuple(step for step in error["loc"] if step != "[key]")
    path = ""
    for step in steps:
        path = path if is_form(step) else joined(path, step)
    context = error.get("ctx", {})
    if error["type"] == "fault":
        return Fault(path, **context)
    if error["type"] == "extra_forbidden":
        return _unknown_key(path, str(steps[-1]), _document_at(document, steps[:-1]))
    field = _field_at(document, steps)
    if error["type"] == "missing":
        return _missing(path, str(steps[-1]), field)
    given, allowed = shown(error["input"]), _allowed(error["type"], context, field)
    problem = _PROBLEMS.get(error["type"], error["msg"].lower())
    return Fault(path, problem, given, allowed, _remedy(error["type"], given, allowed))


def _remedy(kind: str, given: str, allowed: str) -> str:
    """Return the nearest word, or the number without its sign or unit."""
    if kind == "literal_error":
        return nearest(given, allowed.split(", "))
    if kind in ("greater_than_equal", "greater_than"):
        return (
            f"did you mean {given[1:]}?" if re.fullmatch(r"-[\d.]*[1-9][\d.]*", given) else ""
        )
    whole = re.match(r"\d+", given) if kind in ("int_type", "int_from_float") else None
    return f"did you mean {whole[0]}?" if whole else ""


def _unknown_key(path: str, key: str, document: type[Document] | None) -> Fault:
    known = keys(document) if document else []
    if document and key in document.strangers:
        problem = "a key of the other form of this block"
        return Fault(path, problem, key, ", ".join(known), document.strangers[key])
    return Fault(path, "unknown key", key, ", ".join(known), nearest(key, known))


def _missing(path: str, key: str, field: FieldInfo | None) -> Fault:
    if path == "bartizan":
        return Fault(path, "missing", "", "1", "begin the file with `bartizan: 1`")
    description = field.description or "" if field else ""
    return Fault(path, "missing", "", description, f"add `{key}: ...`")


def _allowed(kind: str, context: dict[str, Any], field: FieldInfo | None) -> str:
    limits = {"ge": "{} or more", "gt": "more than {}", "le": "at most {}"}
    for name, words in limits.items():
        if name in context:
            return words.format(f"{context[name]:g}")
    if "expected" in context:
        return str(context["expected"]).replace("'", "").replace(" or ", ", ")
    if "min_length" in context:
        return f"{context['min_length']} or more"
    if "max_length" in context:
        return f"{context['max_length']} or fewer"
    if kind == "int_type":
        return "a whole number without a unit"
    return field.description or "" if field else ""


def _walk(document: type[Document], steps: tuple[Any, ...]) -> tuple[Any, FieldInfo | None]:
    """Return the type at a place, and the last field on the way to it."""
    here: Any = document
    field: FieldInfo | None = None
    for step in steps:
        if _is_document(here):
            fields = {one.alias or name: one for name, one in here.model_fields.items()}
            field = fields.get(step)
            here = _without_none(field.annotation) if field else None
        elif is_form(step):
            here = _in_form(here, step)
        else:
            here = (get_args(here) or (None,))[-1]
    return here, field


def _in_form(here: Any, form: str) -> Any:
    """Return the type that a union of forms has in one of them."""
    union = get_args(here)[0] if get_origin(here) is Annotated else here
    forms = {
        tag.tag: member
        for member, *tags in map(get_args, get_args(union))
        for tag in tags
        if isinstance(tag, Tag)
    }
    return forms.get(form)


def _document_at(document: type[Document], steps: tuple[Any, ...]) -> type[Document] | None:
    here = _walk(document, steps)[0]
    return here if _is_document(here) else None


def _field_at(document: type[Document], steps: tuple[Any, ...]) -> FieldInfo | None:
    return _walk(document, steps)[1]


def _is_document(here: Any) -> bool:
    return inspect.isclass(here) and issubclass(here, Document)


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation
