"""The server of the replay page: a few files of one run, held in memory, to this machine.

Source: RFC 9110, HTTP Semantics, 2022: 13.1 (conditional requests), 14 (ranges); Content
Security Policy Level 3.
"""

import hashlib
import re
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bartizan.archive.run import Run
from bartizan.errors import BartizanError
from bartizan.replay.page import built, scene_of_run

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".bin": "application/octet-stream",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
BUILT_FILES = ("index.html", "app.js", "app.css", "NOTICES.txt")
IDLE_S = 60.0
"""How long a connection may say nothing."""
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Served(NamedTuple):
    """One file."""

    content: bytes
    type: str
    tag: str  # its ETag, of the content alone


Opener = Callable[[str], Any]


def served(name: str, content: bytes) -> Served:
    """Return a file of a name as it is served."""
    suffix = f".{name.rpartition('.')[2]}"
    tag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    return Served(content, TYPES.get(suffix, TYPES[".bin"]), tag)


def files_of(run: Run) -> dict[str, Served]:
    """Return the files of the replay of a run, by their path on the server."""
    files = {f"/{name}": served(name, built(name).encode()) for name in BUILT_FILES}
    files["/"] = files["/index.html"]
    files["/scene.bin"] = served("scene.bin", scene_of_run(run))
    return files


def browser() -> Opener:
    """Return what opens an address in the user's browser.

    Raises
    ------
    BartizanError
        If there is none.
    """
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        raise BartizanError(
            "view: there is no browser on this machine\n"
            "    remedy:  add --no-open and open the address that it prints, or make one file"
            " of it: bartizan export --to html"
        ) from None
    return found.open


@contextmanager
def listening(host: str, port: int) -> Iterator[ThreadingHTTPServer]:
    """Yield a server that listens, and close it in the end.

    Raises
    ------
    BartizanError
        If it cannot listen there: the port is in use, or the host is none of this machine.
    """
    try:
        server = _Server((host, port), partial(Handler, {}))
    except (OSError, OverflowError) as error:
        raise _refused(host, port, error) from None
    try:
        yield server
    finally:
        server.server_close()


def serve(
    server: ThreadingHTTPServer,
    files: Mapping[str, Served],
    opens: Opener | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Answer requests for some files until Ctrl-C, or until the server is shut down."""
    host, port = server.server_address[0], server.server_port
    name = f"[{host!s}]" if ":" in str(host) else str(host)
    address = f"http://{name}:{port}/"
    server.RequestHandlerClass = partial(Handler, files)
    with suppress(KeyboardInterrupt):
        if ready:
            ready(address)
        if opens:
            # Some browsers start in the foreground, and would have the page wait for them.
            threading.Thread(target=opens, args=(address,), daemon=True).start()
        server.serve_forever(poll_interval=0.2)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], handler: Any) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, handler)

    def server_bind(self) -> None:
        # Not that of the parent, which asks the network for the name of this machine.
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        host, port, *_ = self.socket.getsockname()
        self.server_name, self.server_port = str(host), int(port)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that closes a connection early is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for the files that it was given, and for nothing else."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_S

    def __init__(self, files: Mapping[str, Served], *args: Any) -> None:
        self.files = files
        super().__init__(*args)

    def version_string(self) -> str:
        """Return what the server calls itself, which is no more than its name."""
        return "bartizan"

    def do_GET(self) -> None:
        """Send a file, a part of it, or that it is what the browser has."""
        self._answer(is_sent=True)

    def do_HEAD(self) -> None:
        """Send what `do_GET` would, without the content."""
        self._answer(is_sent=False)

    def do_POST(self) -> None:
        """Refuse: nothing can be changed here."""
        self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, Allow="GET, HEAD")

    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is the user's."""

    def _answer(self, is_sent: bool) -> None:
        file = self.files.get(urlsplit(self.path).path)
        if not self._is_meant():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        elif file is None:
            self._refuse(HTTPStatus.NOT_FOUND)
        elif self._has(file):
            self._begin(HTTPStatus.NOT_MODIFIED, file)
            self.end_headers()
        else:
            self._send(file, is_sent)

    def _send(self, file: Served, is_sent: bool) -> None:
        part, size = self._part(file), len(file.content)
        if part is not None and not part:
            whole = {"Content-Range": f"bytes */{size}"}
            self._refuse(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, **whole)
            return
        self._begin(HTTPStatus.OK if part is None else HTTPStatus.PARTIAL_CONTENT, file)
        if part is not None:
            self.send_header("Content-Range", f"bytes {part[0]}-{part[-1]}/{size}")
        sent = range(size) if part is None else part
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        if is_sent:
            self.wfile.write(memoryview(file.content)[sent.start : sent.stop])

    def _is_meant(self) -> bool:
        """Tell whether the browser asked for this server by a name of it.

        A page elsewhere whose name is made to lead to this machine would read the run else.
        """
        host = str(self.connection.getsockname()[0])
        if host not in ("127.0.0.1", "::1"):
            return True
        asked = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        return asked in ("127.0.0.1", "::1", "localhost")

    def _has(self, file: Served) -> bool:
        known = self.headers.get("If-None-Match", "")
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return file.tag in tags or "*" in tags

    def _part(self, file: Served) -> range | None:
        """Return the bytes that are asked for, none where there are no such; None: all of them.

        Several ranges, other units and what makes no sense are answered with the whole file.
        """
        size = len(file.content)
        found = _RANGE.fullmatch(self.headers.get("Range", "").strip())
        if not found or self.headers.get("If-Range", file.tag) != file.tag:
            return None
        first, last = (int(digits) if digits else None for digits in found.groups())
        if first is None:
            return None if last is None else range(max(size - last, 0), size)
        if last is None:
            return range(first, size)
        return None if last < first else range(first, min(last + 1, size))

    def _begin(self, status: HTTPStatus, file: Served) -> None:
        self.send_response(status)
        self._protect()
        self.send_header("ETag", file.tag)
        # Held, and asked for again each time: another run may be served here tomorrow.
        self.send_header("Cache-Control", "no-cache")
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", file.type)
            self.send_header("Accept-Ranges", "bytes")

    def _refuse(self, status: HTTPStatus, **headers: str) -> None:
        text = f"{status.value} {status.phrase}\n".encode()
        self.send_response(status)
        self._protect()
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", TYPES[".txt"])
        self.send_header("Content-Length", str(len(text)))
        # What came with a refused request is not read.
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def _protect(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")


def _refused(host: str, port: int, error: Exception) -> BartizanError:
    import errno

    if isinstance(error, OverflowError):
        problem, remedy = "no such port", "give one of 1 to 65535 with --port, or none"
    elif getattr(error, "errno", None) == errno.EADDRINUSE:
        problem, remedy = "this port is in use", "give another one with --port, or none"
    elif getattr(error, "errno", None) == errno.EACCES:
        problem, remedy = (
            "this port may not be used",
            "give one above 1023 with --port, or none",
        )
    else:
        reason = getattr(error, "strerror", None) or str(error)
        problem, remedy = f"cannot listen there: {reason}", "give another --host or --port"
    return BartizanError(f"view: {problem}\n    given:   {host}:{port}\n    remedy:  {remedy}")
