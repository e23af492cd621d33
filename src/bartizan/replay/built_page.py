"""The built page: what Vite made of ``web``, which wheels carry and checkouts build."""

from importlib.resources import files

from bartizan.errors import RunError

INDEX = "index.html"


def built_files() -> dict[str, bytes]:
    """Return the files of the built page by name: index.html, app.js, app.css and notices.

    Raises
    ------
    RunError
        If the page was not built, which only a checkout can lack: how to build it.
    """
    folder = files("bartizan.replay") / "built"
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} if (
        folder.is_dir()
    ) else {}
    if INDEX not in found:
        raise RunError(
            "the replay page is not built in this checkout\n"
            "    remedy:  make page (it needs npm once), or install the package"
        )
    return found
