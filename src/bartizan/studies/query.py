"""SQL over a study: DuckDB reads the parts in place, and can touch nothing else.

The connection lives in memory; before the query is run, files outside the study's folder,
extensions and settings are closed to it.
"""

from pathlib import Path
from typing import Any

from bartizan.archive.study import REPLICATIONS, Study, not_recorded
from bartizan.errors import BartizanError

MEMORY = "1GB"
EXAMPLE = 'bartizan sql STUDY "select avg(leakers) from replications"'


def asked(study: Study, query: str) -> tuple[list[str], list[tuple[Any, ...]], list[str]]:
    """Return the columns, the rows and the types of the answer to one SELECT.

    Raises
    ------
    BartizanError
        If duckdb is not installed, or the query is not one SELECT, or wrong.
    RunError
        If it asks for a table that the study did not record.
    """
    duckdb = _duckdb()
    connection = duckdb.connect(":memory:")
    try:
        _refuse_other(duckdb, connection, query)
        _offer(connection, study)
        _close(connection, study.directory)
        answer = connection.execute(query)
        columns = [about[0] for about in answer.description]
        types = [str(about[1]) for about in answer.description]
        return columns, answer.fetchall(), types
    except duckdb.Error as error:
        for table in ("events", "tracks", "truth"):
            if table not in study.tables and f"Table with name {table} does not" in str(error):
                raise not_recorded(study, table) from None
        raise _wrong(study, query, str(error)) from None
    finally:
        connection.close()


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise BartizanError(
            "sql: duckdb is not installed\n    remedy:  pip install 'bartizan[all]'"
        ) from None
    return duckdb


def _refuse_other(duckdb: Any, connection: Any, query: str) -> None:
    """Raise unless a query is one SELECT."""
    statements = connection.extract_statements(query)
    kinds = [statement.type for statement in statements]
    if kinds != [duckdb.StatementType.SELECT]:
        given = ", ".join(str(kind).rpartition(".")[2] for kind in kinds) or "nothing"
        raise BartizanError(
            "sql: not one SELECT\n"
            f"    given:   {given}\n    allowed: one SELECT\n    remedy:  as in: {EXAMPLE}"
        )


def _offer(connection: Any, study: Study) -> None:
    """Make the tables of a study known, each as a view of its parts."""
    for table in study.tables:
        files = [str(part.path.resolve()) for part in study.parts(table)]
        if files:
            listed = ", ".join(_quoted(file) for file in files)
            connection.execute(
                f'create view "{table}" as '
                f"select * from read_parquet([{listed}], union_by_name = true)"
            )
        elif table == REPLICATIONS:
            study.read(table)  # raises: nothing is finished yet
    paths = sorted({path for arm in study.arms for path in arm["changes"]})
    columns = "".join(f", {_name(path)} varchar" for path in paths)
    connection.execute(f"create table arms (arm varchar{columns})")
    rows = [[arm["arm"], *(_text(arm["changes"].get(p)) for p in paths)] for arm in study.arms]
    holes = ", ".join("?" for _ in range(len(paths) + 1))
    connection.executemany(f"insert into arms values ({holes})", rows)


def _close(connection: Any, folder: Path) -> None:
    """Leave the connection the study's folder and nothing else, for good."""
    connection.execute(f"set memory_limit = '{MEMORY}'")
    connection.execute(f"set allowed_directories = [{_quoted(str(folder.resolve()))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(path: str) -> str:
    return '"' + path.replace('"', '""') + '"'


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _wrong(study: Study, query: str, words: str) -> BartizanError:
    return BartizanError(
        f"sql: {words.strip()}\n    given:   {query}\n"
        f"    remedy:  tables: {', '.join([*study.tables, 'arms'])}; their columns: "
        f'"describe" is no SELECT, so: select * from replications limit 1'
    )
