"""The page of a run: one HTML file that holds the scene and all that plays it."""

import base64
import hashlib
import html
import re
from pathlib import Path

from bartizan.archive.run import Run
from bartizan.errors import RunError
from bartizan.replay.ground import ground_of
from bartizan.replay.scene import scene_of
from bartizan.theatre.recorded import theatre_of_run

BUILT = Path(__file__).with_name("built")
"""The page as Vite built it: index.html, app.js, app.css, NOTICES.txt."""
_SCRIPT = re.compile(r"<script\b[^>]*\bsrc=[^>]*></script>\s*")
_STYLE = re.compile(r"<link\b[^>]*\brel=\"stylesheet\"[^>]*>\s*")


def scene_of_run(run: Run) -> bytes:
    """Return the scene of a run in a folder: what the page fetches as ``scene.bin``.

    Raises
    ------
    RunError
        If it did not record its tables, or this version cannot read its scenario.
    """
    run_tables = set(run.recorded)
    ground = ground_of(theatre_of_run(run)) if "truth" in run_tables else {}
    return scene_of(run, ground)


def page_of(run: Run) -> bytes:
    """Return the replay of a run as one HTML file that asks for nothing else.

    Raises
    ------
    RunError
        If the run did not record its tables, or the page was not built.
    """
    scene = base64.b64encode(scene_of_run(run)).decode("ascii")
    script = built("app.js").replace("</script", "<\\/script").replace("<!--", "<\\!--")
    style = built("app.css")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    version, statement = (
        html.escape(str(run.manifest[key])) for key in ("version", "statement")
    )
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}" />\n'
        f'    <meta name="generator" content="bartizan {version}" />\n'
        f'    <meta name="description" content="{statement}" />\n'
        f"    <style>{style}</style>\n  "
    )
    notices = html.escape(built("NOTICES.txt"))
    foot = (
        f'<script type="application/octet-stream" id="scene">{scene}</script>\n'
        f'    <script type="text/plain" id="notices">{notices}</script>\n'
        f"    <script>{script}</script>\n  "
    )
    page = _STYLE.sub("", _SCRIPT.sub("", built("index.html")))
    page = page.replace("</head>", f"{head}</head>", 1)
    first, last = page.rsplit("</body>", 1)
    return f"{first}{foot}</body>{last}".encode()


def built(name: str) -> str:
    """Return a text of the built page.

    Raises
    ------
    RunError
        If the page was not built: how to.
    """
    try:
        return (BUILT / name).read_text(encoding="utf-8")
    except OSError:
        raise RunError(
            "the replay page is not built in this copy of Bartizan\n"
            "    remedy:  install it with pip, or with Node: npm ci && npm run build, in web/"
        ) from None


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
