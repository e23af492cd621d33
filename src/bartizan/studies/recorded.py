"""What a block recorded: events, tracks and truth of its replications as Arrow tables."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bartizan.archive.study import RECORDED
from bartizan.archive.tables import OF_RUN, arrow_table
from bartizan.simulate.replicate import Replication

if TYPE_CHECKING:
    import pyarrow as pa


def recorded(
    made: Sequence[Replication],
    rows: Sequence[Mapping[str, Any]],
    record: str,
    about: Mapping[str, str],
) -> "dict[str, pa.Table]":
    """Return the recorded tables of a block, their first columns arm and replication.

    Parameters
    ----------
    made, rows
        The replications, and the rows that say which they are.
    record
        ``none``, ``events`` or ``full``.
    about
        Metadata, with the keys of `OF_RUN` at least.
    """
    return {name: _table(name, made, rows, about) for name in RECORDED[record]}


def _table(
    name: str,
    made: Sequence[Replication],
    rows: Sequence[Mapping[str, Any]],
    about: Mapping[str, str],
) -> "pa.Table":
    import pyarrow as pa

    whose = {key: about.get(key, "") for key in OF_RUN}
    tables = []
    for one, row in zip(made, rows, strict=True):
        table = arrow_table(name, getattr(one, name), whose)
        n = table.num_rows
        arm = pa.DictionaryArray.from_arrays(
            pa.array([0] * n, pa.int32()), pa.array([row["arm"]], pa.string())
        )
        numbers = pa.array([row["replication"]] * n, pa.int64())
        table = table.add_column(0, "replication", numbers).add_column(0, "arm", arm)
        tables.append(table)
    return pa.concat_tables(tables, promote_options="permissive").unify_dictionaries()
