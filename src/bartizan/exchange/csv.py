"""CSV: every sample and event as a line; lines that begin with # say what the file is.

Source: RFC 4180 for what follows the head; readers skip the head by ``comment="#"``.
"""

import io

from bartizan.exchange.about import ROUNDS, lines_of
from bartizan.exchange.picture import Picture
from bartizan.exchange.states import COLUMNS, states


def csv(picture: Picture) -> bytes:
    """Return a .csv file: a head of comments, the names of the columns, the lines."""
    import pyarrow.csv

    head = [*lines_of(picture.about), ROUNDS, "columns:"]
    for column in COLUMNS:
        unit = f" [{column.unit}]" if column.unit else ""
        head.append(f"  {column.name}{unit}: {column.meaning}")
    out = io.BytesIO()
    # A title of several lines must not end the comment.
    text = "".join(f"# {' '.join(line.splitlines())}\n" for line in head)
    out.write(text.encode())
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    pyarrow.csv.write_csv(states(picture), out, options)
    return out.getvalue()
