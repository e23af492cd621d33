"""How a source is shown: with its address if it was read, as recalled if it was not."""

from bartizan.catalogue.records import Published, Source

RECALLED = "recalled, not re-read"


def cite(source: Source, published: Published | None = None) -> str:
    """Return the line that names a source, for one published value or by itself.

    Parameters
    ----------
    source
        Whose text it is.
    published
        What it is cited for. A value that is only recalled shows no address, even when the
        source was read for another one.
    """
    head = f"{source.publisher}, {source.title}, {source.date} (grade {source.grade})"
    if source.access == "recalled" or (published and published.provenance == "recalled"):
        return f"{head}, {RECALLED}"
    return f"{head}, {source.url}" if source.url else head
