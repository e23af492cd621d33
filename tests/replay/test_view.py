"""The replay from its server: it works under the strict policy and asks for nothing else."""

import threading

import pytest

from bartizan.replay.page import BUILT
from bartizan.replay.server import files_of, listening, serve
from tests.browser import Watched
from tests.web import missing


@pytest.fixture(scope="module")
def address(recorded):
    """Where the replay of a run is served."""
    if not (BUILT / "app.js").exists():
        missing("the replay page is not built (make page)")
    with listening("127.0.0.1", 0) as server:
        thread = threading.Thread(target=serve, args=(server, files_of(recorded)))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_the_page_plays_under_the_policy_of_the_server(browser, address):
    watched = Watched(browser)
    watched.page.goto(f"{address}#t=60")
    watched.page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=15_000)
    first = watched.page.screenshot()
    watched.page.keyboard.press("Space")
    watched.page.wait_for_timeout(700)
    assert watched.page.screenshot() != first
    assert watched.errors == []
    asked = {url.split("#")[0] for url in watched.requests}
    names = ("", "app.js", "app.css", "scene.bin")
    assert {f"{address}{name}" for name in names} >= asked >= {f"{address}scene.bin"}
    watched.page.close()


def test_a_second_look_fetches_nothing_anew(browser, address):
    watched = Watched(browser)
    watched.page.goto(address)
    watched.page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=15_000)
    answers = []
    watched.page.on("response", lambda answer: answers.append(answer))
    watched.page.reload()
    watched.page.wait_for_selector("html[data-ready=yes]", state="attached", timeout=15_000)
    sizes = [answer.request.sizes()["responseBodySize"] for answer in answers]
    assert len(sizes) >= 3
    assert sum(sizes) == 0, "an ETag was there to be asked for"
    watched.page.close()


def test_a_page_elsewhere_reads_nothing_of_it(browser, address, tmp_path):
    (tmp_path / "other.html").write_text("<title>elsewhere</title>")
    watched = Watched(browser)
    watched.page.goto((tmp_path / "other.html").as_uri())
    script = "url => fetch(url).then(r => r.text()).then(() => 'read', () => 'refused')"
    assert watched.page.evaluate(script, f"{address}scene.bin") == "refused"
    watched.page.close()
