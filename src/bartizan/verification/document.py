"""The document of a verification: plain data that prints, is saved and is read by programs."""

import math
from collections.abc import Sequence
from typing import Any

from bartizan.verification.verify import DEEP_ERROR, ERROR, LEVEL, POWER, Finding

BOUNDS = (
    "This is verification, not validation. It shows that the program does what its model says, "
    "to a stated error and power. Whether the model is war, no open source can tell: no "
    "published record gives real kill probabilities, reaction times or jamming to hold it "
    "against."
)


def document_of(findings: Sequence[Finding], seed: int, deep: bool) -> dict[str, Any]:
    """Return the findings as plain data, with the level, the error and the power asked for."""
    return {
        "statement": BOUNDS,
        "seed": seed,
        "deep": deep,
        "level": LEVEL,
        "error": DEEP_ERROR if deep else ERROR,
        "power": POWER,
        "passed": all(finding.verdict == "pass" for finding in findings),
        "rows": [_row(finding) for finding in findings],
    }


def _row(finding: Finding) -> dict[str, Any]:
    return {
        "case": finding.case.name,
        "assumes": finding.case.assumes,
        "source": finding.case.source,
        "sensing": "perfect" if finding.case.is_perfect else "radar",
        "quantity": finding.quantity.name,
        "theory": finding.quantity.value,
        "tolerance": finding.quantity.tolerance or None,
        "n": finding.n,
        "mean": finding.mean,
        "standard_error": _finite(finding.standard_error),
        "z": _finite(finding.z),
        "worst": _finite(finding.worst),
        "power": finding.power,
        "verdict": finding.verdict,
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
