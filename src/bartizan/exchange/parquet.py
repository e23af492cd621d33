"""Parquet: every sample and event as a row, units and meanings in each column's metadata."""

import io

from bartizan.exchange.picture import Picture
from bartizan.exchange.states import states


def parquet(picture: Picture) -> bytes:
    """Return a .parquet file; its key-value metadata say what it is."""
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(states(picture), out, compression="zstd")
    return out.getvalue()
