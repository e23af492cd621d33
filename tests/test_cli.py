"""The command line as people type it: output, exit codes, messages, and what stays behind."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bartizan.cli.tracking import app
from tests.test_api import TINY, everything

ASCII = {**os.environ, "PYTHONIOENCODING": "ascii"}
BARTIZAN = [sys.executable, "-c", "from bartizan.cli import main; main()"]


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(json.dumps(TINY, indent=1))
    return tmp_path


def typed(*arguments):
    return CliRunner().invoke(app, arguments)


def shell(*arguments, **options):
    return subprocess.run([*BARTIZAN, *arguments], capture_output=True, text=True, **options)


def test_help_answers_without_anything_heavy():
    script = (
        "import sys, atexit; from bartizan.cli import main\n"
        "heavy = ('numba', 'scipy', 'ortools', 'pyarrow', 'numpy', 'pydantic', 'ruamel.yaml')\n"
        "atexit.register(lambda: print('heavy:', [m for m in heavy if m in sys.modules]))\n"
        "sys.argv = ['bartizan', '--help']; main()"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert "heavy: []" in found.stdout
    verbs = "run check scenarios catalogue why new warm score doctor view export"
    for verb in verbs.split():
        assert verb in found.stdout


def test_version_is_one_line():
    assert typed("--version").output == "bartizan 0.1.0\n"
    as_module = [sys.executable, "-m", "bartizan", "--version"]
    found = subprocess.run(as_module, capture_output=True, text=True)
    assert found.stdout == "bartizan 0.1.0\n"


def test_a_run_ends_with_its_summary_and_its_folder():
    ended = typed("run", "tiny.yaml")
    assert ended.exit_code == 0, ended.output
    assert ended.stdout.startswith("One replication. Chance alone moves these counts.")
    assert "Not for operational use." in " ".join(ended.stdout.split())
    (folder,) = Path("runs").iterdir()
    assert str(folder) in ended.stdout
    assert {path.suffix for path in folder.iterdir()} == {".yaml", ".json", ".parquet"}


def test_json_is_one_document_and_nothing_else():
    ended = shell("run", "tiny.yaml", "--json", "--seed", "3", "--set", "raid.cruise.count=1")
    document = json.loads(ended.stdout)
    assert ended.stderr == ""
    assert document["seed"] == 3
    assert document["overrides"] == ["raid.cruise.count=1"]
    assert document["threats"]["total"]["launched"] == 1
    written = json.loads((Path(document["directory"]) / "summary.json").read_text())
    assert written == document


def test_quiet_prints_the_folder_only():
    ended = typed("run", "tiny.yaml", "--quiet", "--record", "none")
    (folder,) = Path("runs").iterdir()
    assert ended.output == f"{folder}\n"
    assert not list(folder.glob("*.parquet"))


def test_the_same_run_twice_leaves_one_folder():
    for _ in range(2):
        assert typed("run", "tiny.yaml", "--quiet").exit_code == 0
    assert len(list(Path("runs").iterdir())) == 1


def test_out_refuses_another_run_without_force():
    assert typed("run", "tiny.yaml", "--out", "one", "--quiet").exit_code == 0
    refused = typed("run", "tiny.yaml", "--out", "one", "--seed", "2")
    assert refused.exit_code == 2
    assert "holds another run" in refused.stderr
    assert typed("run", "tiny.yaml", "--out", "one", "--seed", "2", "--force").exit_code == 0


def test_perfect_sensing_is_said():
    assert "PERFECT SENSING" in typed("run", "tiny.yaml", "--sensing", "perfect").stdout


def test_perfect_sensing_is_said_by_why_too():
    typed("run", "tiny.yaml", "--sensing", "perfect", "--set", "defence={}", "--quiet")
    assert "PERFECT SENSING" in typed("why").stdout
    assert "PERFECT SENSING" in typed("why", "cruise[1]").stdout


def test_the_next_command_names_the_run_that_was_asked_for_and_works():
    typed("run", "tiny.yaml", "--set", "defence={}", "--out", "one", "--quiet")
    assert "bartizan why 'cruise[1]' --run one" in typed("why", "--run", "one").stdout
    typed("run", "tiny.yaml", "--set", "defence={}", "--record", "none", "--out", "two")
    assert "Next" not in typed("why", "--run", "two").stdout


@pytest.mark.parametrize("seed", ["0", "18446744073709551617"])
def test_every_whole_number_is_a_seed(seed):
    ended = typed("run", "tiny.yaml", "--seed", seed, "--quiet")
    assert ended.exit_code == 0, ended.output
    assert f"-s{seed}-" in ended.stdout


def test_why_tells_the_latest_run():
    typed("run", "tiny.yaml", "--set", "defence={}")
    table = typed("why")
    assert "2 leaked" in table.stdout, table.output
    assert "leaked at" in typed("why", "cruise[1]").stdout
    unknown = typed("why", "cruise[9]")
    assert unknown.exit_code == 2
    assert "did you mean 'cruise[" in unknown.stderr


def test_check_says_what_it_found_to_be_right():
    assert typed("check", "tiny.yaml").stdout == (
        "tiny.yaml: no faults: 2 threats, 0 civil aircraft, 1 system, 1 asset\n"
    )


def test_check_tells_all_faults_with_their_lines_and_counts_them():
    broken = json.dumps(TINY, indent=1).replace('"count": 2', '"count": -2')
    Path("my-raid.yaml").write_text(broken.replace("30 km", "30 nm").replace("s-400", "s-40"))
    ended = typed("check", "my-raid.yaml")
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert ended.stderr.count("my-raid.yaml:") == 3
    assert ended.stderr.endswith("3 faults in my-raid.yaml\n")
    for part in ("raid.cruise.count", "raid.cruise.from", "nmi", "did you mean 's-400'"):
        assert part in ended.stderr


def test_a_fault_of_a_change_names_the_change():
    ended = typed("check", "tiny.yaml", "--set", "raid.cruise.count=-1")
    assert ended.exit_code == 2
    assert "--set raid.cruise.count=-1" in ended.stderr
    assert ended.stderr.endswith("\n\n1 fault\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "coastal-rad"], "did you mean 'coastal-raid'"),
        (["run", "nowhere/no.yaml"], "no such file"),
        (["run", "tiny.yaml", "--seed", "-1"], "seed"),
        (["run", "tiny.yaml", "--sensing", "eyes"], "radar, perfect"),
        (["run", "tiny.yaml", "--record", "all"], "none, events, full"),
        (["run", "tiny.yaml", "--out", "tiny.yaml"], "is a file"),
        (["run", "tiny.yaml", "--out", "tiny.yaml/x"], "cannot be written"),
        (["run", "tiny.yaml", "--set", "nonsense"], "PATH=VALUE"),
        (["why"], "no run here yet"),
        (["why", "--run", "nowhere"], "no such run"),
        (["new", "tiny.yaml"], "exists already"),
        (["run"], "Missing argument"),
        (["rnu"], "No such command"),
        (["run", "tiny.yaml", "--seed", "1e3"], "seed: not a whole number"),
        (["run", "tiny.yaml", "--json", "--set", "raid.cruise.count=-1"], "0 or more"),
        (["check", ""], "unknown scenario"),
        (["catalogue", "s-40"], "did you mean 's-400'"),
        (["catalogue", "s-400", "track"], "did you mean 'tracks'"),
        (["catalogue", "--catalogue", "nowhere"], "nowhere: no such folder"),
        (["run", "tiny.yaml", "--catalogue", "tiny.yaml"], "this is a file"),
        (["check", "tiny.yaml", "--catalogue", "."], "not in a folder of its kind"),
        (["new", "x.txt"], "name it x.yaml"),
        (["run", "tiny.yaml", "--out", ".."], "you are in it"),
    ],
)
def test_a_mistake_ends_with_a_message_and_exit_code_2(arguments, words, here):
    before = everything(here)
    ended = typed(*arguments)
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert everything(here) == before


@pytest.mark.parametrize("raw", [b"", b"bartizan: 2\n", b"a: [1\n", b"\xff\xfe\x00", b"- 1\n"])
def test_a_file_that_is_no_scenario_ends_with_its_line_and_exit_code_2(raw):
    Path("bad.yaml").write_bytes(raw)
    ended = shell("run", "bad.yaml")
    assert ended.returncode == 2
    assert ended.stderr.startswith("bad.yaml")
    assert "Traceback" not in ended.stderr


def test_new_writes_a_file_that_checks():
    assert "bartizan run my-raid.yaml" in typed("new", "my-raid.yaml").stdout
    assert typed("check", "my-raid.yaml").exit_code == 0


def test_scenarios_are_one_line_each():
    lines = typed("scenarios").stdout.splitlines()
    assert any(line.startswith("coastal-raid") for line in lines)


def test_the_catalogue_is_a_list_an_entry_and_a_figure():
    assert "48n6e3" in typed("catalogue").stdout
    page = typed("catalogue", "s-400").stdout
    assert "armyrec15 C" in page
    assert "https://" in page
    assert (
        "tracks  tracks its command post holds" in typed("catalogue", "s-400", "tracks").stdout
    )
    brief = typed("catalogue", "s-400", "--brief").stdout
    assert "reaction_time" in brief
    assert "https://" not in brief


def test_the_catalogue_is_plain_data_too():
    listed = json.loads(typed("catalogue", "--json").stdout)["entries"]
    assert {"id", "name", "kind", "provenance"} <= set(listed[0])
    document = json.loads(typed("catalogue", "s-400", "--json").stdout)
    assert document["figures"]["reaction_time"]["band_si"] == [8.0, 25.0]
    part = json.loads(typed("catalogue", "s-400", "price", "--json").stdout)
    assert part["nominal_si"] == 625e6
    assert part["sources"][0]["url"].startswith("https://")


def test_doctor_and_warm_answer():
    assert "fingerprint" in typed("doctor").stdout
    assert typed("warm").exit_code == 0


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopping_a_run_leaves_nothing(here, sent, code):
    before = everything(here)
    running = subprocess.Popen(
        [*BARTIZAN, "run", "coastal-raid", "--set", "tick=0.1 s", "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline_s = time.monotonic() + 60.0
    while not (here / "runs").exists() and time.monotonic() < deadline_s:
        time.sleep(0.02)
    running.send_signal(sent)
    output, errors = running.communicate(timeout=60.0)
    assert running.returncode == code
    assert output == ""
    assert "Traceback" not in errors
    assert sent != signal.SIGINT or "interrupted; nothing half-written is left" in errors
    assert everything(here) == before


@pytest.mark.parametrize("arguments", [["scenarios"], ["--help"], ["run", "--help"]])
def test_a_reader_that_goes_away_is_no_error(arguments):
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [*BARTIZAN, *arguments], stdout=writer, stderr=subprocess.PIPE, text=True
    )
    os.close(writer)
    assert ended.returncode in (1, 141)
    assert ended.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_output_is_told():
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [*BARTIZAN, "scenarios"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ended.returncode == 2
    assert "the output cannot be written" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_terminal_without_the_signs_gets_plain_ones():
    script = "from bartizan.cli.entry import _prepare_streams as p; p(); print('1 · 2–3 é')"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, env=ASCII)
    assert shown.stdout == b"1 - 2-3 ?\n"
    wrong = shell("check", "tiny.yaml", "--set", "defence.battalion.system=é", env=ASCII)
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


def test_json_loses_no_sign_where_the_terminal_lacks_it():
    run = ("run", "tiny.yaml", "--set", "title=Überfall", "--record", "none", "--json")
    assert json.loads(shell(*run, env=ASCII).stdout)["title"] == "Überfall"


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_error(closed):
    command = f"{shlex.join([*BARTIZAN, 'scenarios'])} {closed}"
    ended = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert ended.returncode == 0
    assert ended.stderr == ""


def test_ctrl_c_during_the_imports_is_no_traceback():
    script = (
        "import sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'bartizan.cli.entry': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from bartizan.cli import main; main()"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ended.returncode == 130
    assert ended.stderr == ""


@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_while_something_is_let_go_is_not_lost(sent, code):
    script = (
        "import signal, time\n"
        "from bartizan import api\n"
        "class Stopped:\n"
        "    def __del__(self):\n"
        f"        signal.raise_signal(signal.{sent})\n"
        "def let_go():\n"
        "    Stopped()\n"
        "    time.sleep(20.0)\n"
        "api.scenarios = let_go\n"
        "from bartizan.cli import main\n"
        "import sys; sys.argv = ['bartizan', 'scenarios']; main()"
    )
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=15.0)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_while_a_class_is_made_is_no_traceback(sent, code):
    script = (
        "import signal\n"
        "from bartizan import api\n"
        "class Stopped:\n"
        "    def __set_name__(self, *_):\n"
        f"        signal.raise_signal(signal.{sent})\n"
        "api.scenarios = lambda: type('Made', (), {'name': Stopped()})\n"
        "import sys; sys.argv = ['bartizan', 'scenarios']\n"
        "from bartizan.cli import main; main()"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ended.returncode == code
    assert "Traceback" not in ended.stderr
