"""What every block of a scenario is: strict, frozen, unknown keys refused, null as absent."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Document(BaseModel):
    """A block of a scenario; the keys of the file are its aliases."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, hide_input_in_errors=True
    )

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
