"""What every block of a scenario is: strict, frozen, unknown keys refused, null as absent."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


class Document(BaseModel):
    """A block of a scenario; the keys of the file are its aliases."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, hide_input_in_errors=True
    )

    # What keys of another form of this block are told, who stand in this one by mistake.
    strangers: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: Any) -> Any:
        """Return the block without keys that stand empty: ``civil:`` is no civil traffic."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None}


def keys(document: type[Document]) -> list[str]:
    """Return the keys of a block as the file spells them."""
    return [field.alias or name for name, field in document.model_fields.items()]


def is_form(step: str | int) -> bool:
    """Return whether a step of pydantic's is the form a block takes, and no key of the file."""
    return isinstance(step, str) and bool(re.fullmatch(r"\[[a-z]+\]", step))
