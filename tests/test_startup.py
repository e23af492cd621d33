"""The measuring of starts measures what it says: a run that ends after its first tick."""

from benchmarks.startup import FIRST_TICK, WHOLE_RUN, most_mib, seconds


def test_a_run_stops_after_its_first_tick(capfd):
    end = "os._exit(0)"
    assert FIRST_TICK.count(end) == 1
    program = FIRST_TICK.replace(end, f"os.write(2, b'tick %d\\n' % n); {end}")
    seconds(["-c", program])
    assert capfd.readouterr().err == "tick 0\n"


def test_the_memory_of_a_run_is_of_its_own_process():
    assert 50.0 < most_mib(["-c", WHOLE_RUN.format(name="duel-32v50", record="none")]) < 1024.0


def test_the_command_line_begins_without_what_only_studies_need(capfd):
    program = "import sys, bartizan.cli.entry; print(sorted(sys.modules))"
    seconds(["-c", program.replace("print(", "sys.stderr.write(str(") + ")"])
    loaded = capfd.readouterr().err
    for heavy in ("duckdb", "distributed", "dask", "SALib", "scipy", "numba", "pyarrow"):
        assert f"'{heavy}'" not in loaded, f"{heavy} is imported before a verb needs it"
