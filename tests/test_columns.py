"""Columns look the same to the compiler in every scenario: each kernel compiles once."""

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.scenario import load, scenarios
from bartizan.simulate.lower import lower
from bartizan.simulate.state import make_state

NAMES = [name for name, *_ in scenarios()]


@pytest.mark.parametrize("perfect", [False, True], ids=["radar", "perfect"])
@pytest.mark.parametrize("name", NAMES)
def test_columns_are_whole_and_of_three_types(name, perfect):
    scenario = load(name)
    plan, _ = lower(scenario, resolve(pins=scenario.figures), perfect)
    tables = [*vars(plan).items(), *vars(make_state(plan, 10)).items()]
    for table, columns in tables:
        for column in getattr(columns, "_fields", ()):
            cells = getattr(columns, column)
            if isinstance(cells, np.ndarray):
                assert cells.flags.c_contiguous, f"{table}.{column} is a piece of another array"
                assert cells.dtype in (np.float64, np.int64, np.bool_), f"{table}.{column}"
