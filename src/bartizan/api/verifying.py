"""Verifying: the cases asked for, flown and judged, as a document."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import bartizan
from bartizan.archive.fingerprint import numeric_fingerprint
from bartizan.errors import BartizanError, nearest
from bartizan.verification.cases import CASES
from bartizan.verification.document import document_of
from bartizan.verification.verify import verify

Report = Callable[[str, int, int], None]


def verified(
    names: Sequence[str], seed: int, deep: bool, report: Report | None = None
) -> dict[str, Any]:
    """Return the document of the cases of these names; without any, of all.

    Raises
    ------
    BartizanError
        If there is no case of a name.
    """
    by_name = {case.name: case for case in CASES}
    for name in names:
        if name not in by_name:
            raise BartizanError(
                f"verify: no such case\n    given:   {name}\n"
                f"    allowed: {', '.join(by_name)}\n"
                f"    remedy:  {nearest(name, by_name) or 'give one of these'}"
            )
    chosen = [case for case in CASES if case.name in names] if names else list(CASES)
    began_s = time.perf_counter()
    document = document_of(verify(chosen, seed, deep, report=report), seed, deep)
    return {
        **document,
        "version": bartizan.__version__,
        "fingerprint": numeric_fingerprint(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "wall_s": time.perf_counter() - began_s,
    }
