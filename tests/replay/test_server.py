"""The server of the replay page: what it sends, what it refuses, and how it ends."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser

import pytest

from bartizan.api.viewing import view
from bartizan.errors import BartizanError
from bartizan.replay.server import POLICY, browser, listening, serve, served
from tests.commands import write_tiny
from tests.exchange.scenes import flown

FILES = {
    "/": served("index.html", b"<!doctype html>"),
    "/app.js": served("app.js", b"0123456789"),
    "/empty.bin": served("empty.bin", b""),
}
TAG = FILES["/app.js"].tag


@pytest.fixture(scope="module")
def port():
    """The port of a server with three files."""
    with listening("127.0.0.1", 0) as server:
        thread = threading.Thread(target=serve, args=(server, FILES))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def asked(port, path, method="GET", **headers):
    """Return status, headers and content of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=names)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_a_page_comes_with_its_type_and_policy(port):
    status, headers, content = asked(port, "/?t=90#sel")
    assert (status, content) == (200, b"<!doctype html>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Length"] == "15"
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "bartizan"


def test_the_policy_lets_nothing_in_from_outside():
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    allowed = {source for sources in rules.values() for source in sources.split()}
    assert allowed == {"'none'", "'self'", "data:", "blob:"}
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"


def test_a_head_has_no_content(port):
    status, headers, content = asked(port, "/app.js", "HEAD")
    assert (status, headers["Content-Length"], content) == (200, "10", b"")


@pytest.mark.parametrize("known", [TAG, f"W/{TAG}", f'"other", {TAG}', "*"])
def test_what_the_browser_has_is_not_sent_again(port, known):
    status, headers, content = asked(port, "/app.js", If_None_Match=known)
    assert (status, content) == (304, b"")
    assert headers["ETag"] == TAG
    assert headers["Cache-Control"] == "no-cache"


def test_what_changed_is_sent(port):
    assert asked(port, "/app.js", If_None_Match='"other"')[0] == 200


@pytest.mark.parametrize(
    ("asked_for", "content", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=8-", b"89", "bytes 8-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=5-99", b"56789", "bytes 5-9/10"),
    ],
)
def test_a_range_is_sent_alone(port, asked_for, content, told):
    status, headers, found = asked(port, "/app.js", Range=asked_for)
    assert (status, found, headers["Content-Range"]) == (206, content, told)
    assert headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize("asked_for", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(port, asked_for):
    status, headers, _ = asked(port, "/app.js", Range=asked_for)
    assert (status, headers["Content-Range"]) == (416, "bytes */10")


@pytest.mark.parametrize("asked_for", ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=5-2"])
def test_other_ranges_are_answered_with_all(port, asked_for):
    status, headers, content = asked(port, "/app.js", Range=asked_for)
    assert (status, content) == (200, b"0123456789")
    assert "Content-Range" not in headers


def test_a_part_of_an_older_file_is_not_mixed_in(port):
    assert asked(port, "/app.js", Range="bytes=0-3", If_Range='"older"')[0] == 200
    assert asked(port, "/app.js", Range="bytes=0-3", If_Range=TAG)[0] == 206


def test_an_empty_file_has_no_range(port):
    assert asked(port, "/empty.bin")[::2] == (200, b"")
    assert asked(port, "/empty.bin", Range="bytes=0-")[0] == 416


@pytest.mark.parametrize(
    "path",
    [
        *("/other", "/../app.js", "/%2e%2e/app.js", "/..%2fapp.js", "//etc/passwd", "/app.js/"),
        *("/etc/passwd", "http://elsewhere/etc/passwd", "/app.js%00", "*"),
    ],
)
def test_nothing_but_its_own_files_is_there(port, path):
    status, headers, _ = asked(port, path, Host="localhost")
    assert status == 404
    assert headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(port, method):
    status, headers, _ = asked(port, "/app.js", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", ""])
def test_a_name_that_leads_here_from_elsewhere_is_refused(port, host):
    assert asked(port, "/", Host=host)[0] == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "[::1]:80", "127.0.0.1"])
def test_this_machine_may_be_called_by_any_of_its_names(port, host):
    assert asked(port, "/", Host=host)[0] == 200


def test_who_says_nothing_holds_up_nobody(port):
    with socket.create_connection(("127.0.0.1", port)) as silent:
        silent.send(b"GET / HT")
        assert asked(port, "/")[0] == 200


def test_one_connection_serves_several_requests(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for path in ("/", "/app.js"):
        connection.request("GET", path)
        assert connection.getresponse().read() == FILES[path].content
    connection.close()


def test_a_port_in_use_is_told(port):
    with pytest.raises(BartizanError, match=r"(?s)port is in use.*remedy: .*--port") as told:
        view(flown(), is_opened=False, port=port)
    assert f"127.0.0.1:{port}" in str(told.value)


def test_a_host_of_another_machine_is_told():
    with pytest.raises(BartizanError, match="cannot listen there"), listening("192.0.2.1", 0):
        pass


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "a-name.example"])
def test_other_hosts_need_a_word(host):
    def served_there(address):
        raise KeyboardInterrupt

    with pytest.raises(BartizanError, match="--i-know"):
        view(flown(), is_opened=False, host=host, ready=served_there)


def test_no_browser_is_told(monkeypatch):
    def none():
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    with pytest.raises(BartizanError, match=r"(?s)no browser.*--no-open.*export --to html"):
        browser()


def test_the_browser_is_sent_to_the_address():
    opened, ready = [], threading.Event()
    with listening("127.0.0.1", 0) as server:

        def opens(address):
            opened.append(urllib.request.urlopen(address, timeout=10).read())
            ready.set()

        thread = threading.Thread(target=serve, args=(server, FILES, opens))
        thread.start()
        assert ready.wait(10)
        server.shutdown()
        thread.join()
    assert opened == [b"<!doctype html>"]


PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
PROGRAM = """
import sys
from pathlib import Path
import bartizan.replay.page
bartizan.replay.page.BUILT = Path(sys.argv.pop(1))
from bartizan.cli import main
main()
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A page of four files that say their names, and the beginning of a command that has it."""
    folder = tmp_path_factory.mktemp("built")
    for name in ("index.html", "app.js", "app.css", "NOTICES.txt"):
        (folder / name).write_text(name)
    return [sys.executable, "-c", PROGRAM, str(folder)]


def ended(running):
    """Return exit code, output and complaints after Ctrl-C."""
    running.send_signal(signal.SIGINT)
    try:
        said, errors = running.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        running.kill()
        raise
    return running.returncode, said, errors


def test_ctrl_c_ends_it_cleanly(built):
    command = [*built, "view", str(flown().directory), "--no-open"]
    with subprocess.Popen(command, **PIPES) as running:
        told = running.stdout.readline()
        address = told.split()[2]
        assert told == f"replay at {address}  (Ctrl-C ends it)\n"
        for name in ("", "app.css", "scene.bin"):
            with urllib.request.urlopen(address + name, timeout=10) as answer:
                assert answer.read()
        assert ended(running) == (0, "", "\nreplay ended\n")


def test_a_run_is_flown_and_then_opened_in_the_browser(built, tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.begun && mv {opened}.begun {opened}\n')
    browser.chmod(0o755)
    write_tiny(tmp_path)
    command = [*built, "run", "tiny.yaml", "--view", "--json"]
    environment = {**os.environ, "BROWSER": str(browser)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, **PIPES) as running:
        while not opened.exists():
            assert running.poll() is None, running.communicate()
            time.sleep(0.05)
        address = opened.read_text().strip()
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.read() == b"index.html"
        code, said, errors = ended(running)
    assert code == 0
    assert json.loads(said)["scenario"] == "tiny"
    assert errors == f"replay at {address}  (Ctrl-C ends it)\n\nreplay ended\n"
