"""The replay as one file: opened from disk in a browser, played, and asked for things."""

import re
import threading

import pytest

from bartizan import RunError
from bartizan.replay import page
from bartizan.replay.server import files_of, listening, serve
from tests.browser import Watched

CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const below = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walk = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !node.checkVisibility()) continue;
    if (node.closest('option, svg')) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(below(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    found.push([ratio, node.textContent.slice(0, 40)]);
  }
  return found;
}"""
SPREAD = """() => [document.documentElement.scrollWidth, innerWidth,
  [...document.querySelectorAll('#app button, #app input, #app select, #app h1')]
    .filter((each) => each.checkVisibility())
    .map((each) => [each.getBoundingClientRect(), each.getAttribute('aria-label') || each.name])
    .filter(([box]) => box.right > innerWidth + 1 || box.left < -1)
    .map(([, name]) => name)]"""


def opened(browser, path, fragment="", **options):
    watched = Watched(browser, **options)
    watched.page.goto(f"{path.as_uri()}{fragment}")
    watched.page.wait_for_selector("html[data-ready=yes]", state="attached")
    return watched


@pytest.fixture(scope="module")
def shared(browser, page_file):
    """The page, opened once and left at rest by each test."""
    return opened(browser, page_file)


@pytest.fixture
def watched(shared):
    shared.page.keyboard.press("Escape")
    yield shared
    assert shared.errors == []
    assert shared.requests == []


def time_s(watched):
    return watched.page.evaluate("bartizan.time()")


def heads(watched):
    found = watched.page.evaluate("bartizan.heads()")
    return {each["name"]: (each["x"], each["y"]) for each in found}


def slide_to(watched, at_s):
    watched.page.locator("input[type=range]").fill(str(at_s))
    watched.page.wait_for_timeout(150)


def test_pressing_play_runs_the_clock_and_moves_the_heads(watched):
    slide_to(watched, 150)
    before = heads(watched)
    watched.page.get_by_role("button", name="Play", exact=True).click()
    watched.page.wait_for_timeout(1200)
    watched.page.get_by_role("button", name="Pause", exact=True).click()
    after = heads(watched)
    assert time_s(watched) > 153.0
    both = before.keys() & after.keys()
    assert len(both) >= 10
    assert sum(before[name] != after[name] for name in both) > 0.9 * len(both)


def test_the_slider_sets_the_clock(watched):
    slide_to(watched, 200)
    assert time_s(watched) == 200.0
    assert watched.page.locator(".top output").inner_text() == "3:20"


def test_a_layer_that_is_switched_off_is_gone(watched):
    slide_to(watched, 150)
    everyone = len(heads(watched))
    watched.page.get_by_label("Civil traffic").uncheck()
    watched.page.wait_for_timeout(150)
    assert len(heads(watched)) == everyone - 6
    watched.page.get_by_label("Civil traffic").check()


def test_a_click_on_a_head_shows_its_card(watched):
    slide_to(watched, 230)
    watched.page.keyboard.press("0")
    watched.page.wait_for_timeout(700)
    for _ in range(4):
        watched.page.keyboard.press("+")
    watched.page.wait_for_timeout(200)
    box = watched.page.locator("canvas.air").bounding_box()
    inside = [
        at
        for at in heads(watched).values()
        if 40 < at[0] < box["width"] - 80 and 40 < at[1] < box["height"] - 40
    ]
    x, y = inside[0]
    watched.page.mouse.click(box["x"] + x, box["y"] + y)
    watched.page.wait_for_timeout(200)
    card = watched.page.get_by_role("region", name="Selected")
    assert card.is_visible()
    assert "What happened to it" in card.inner_text()


def test_the_keyboard_plays_steps_changes_speed_and_switches_layers(watched):
    page_ = watched.page
    slide_to(watched, 100)
    page_.locator("canvas.air").focus()
    page_.keyboard.press("ArrowRight")
    assert time_s(watched) == 102.0
    page_.keyboard.press("]")
    page_.wait_for_timeout(100)
    assert page_.get_by_label("Speed").input_value() == "20"
    page_.keyboard.press("[")
    page_.keyboard.press("n")
    page_.wait_for_timeout(150)
    assert page_.get_by_role("heading", name="cruise[0]").is_visible()
    page_.keyboard.press("n")
    page_.wait_for_timeout(150)
    assert page_.get_by_role("heading", name="cruise[1]").is_visible()
    page_.keyboard.press("Escape")
    page_.keyboard.press("1")
    page_.wait_for_timeout(150)
    assert not page_.get_by_role("checkbox", name="Truth", exact=True).is_checked()
    page_.keyboard.press("1")
    page_.keyboard.press(" ")
    page_.wait_for_timeout(400)
    page_.keyboard.press(" ")
    assert time_s(watched) > 102.5


def test_dragging_takes_the_map_along_and_the_wheel_brings_it_nearer(watched):
    slide_to(watched, 150)
    watched.page.keyboard.press("0")
    watched.page.wait_for_timeout(600)
    watched.page.keyboard.press("p")
    watched.page.wait_for_timeout(600)
    box = watched.page.locator("canvas.air").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = heads(watched)
    watched.page.mouse.move(x, y)
    watched.page.mouse.down()
    watched.page.mouse.move(x + 60, y + 40, steps=4)
    watched.page.mouse.up()
    watched.page.wait_for_timeout(150)
    dragged = heads(watched)
    assert len(before.keys() & dragged.keys()) >= 8
    for name in before.keys() & dragged.keys():
        assert dragged[name][0] - before[name][0] == pytest.approx(60, rel=0.15)
        assert dragged[name][1] - before[name][1] == pytest.approx(40, rel=0.15)
    watched.page.mouse.wheel(0, -400)
    watched.page.wait_for_timeout(150)
    nearer = heads(watched)
    one, other = sorted(dragged.keys() & nearer.keys())[::6][:2]
    apart = [
        abs(at[one][0] - at[other][0]) + abs(at[one][1] - at[other][1])
        for at in (dragged, nearer)
    ]
    assert apart[1] > 1.5 * apart[0]


def test_two_fingers_bring_it_nearer(browser, page_file):
    watched = opened(browser, page_file, "#t=150", width=390, has_touch=True, is_mobile=True)
    fingers = watched.page.context.new_cdp_session(watched.page)

    def touch(kind, *places):
        points = [{"x": x, "y": 220, "id": i} for i, x in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def width():
        across = [x for x, _ in heads(watched).values()]
        return max(across) - min(across)

    before = width()
    touch("touchStart", 150)
    touch("touchStart", 150, 220)
    for k in range(1, 9):
        touch("touchMove", 150 - 6 * k, 220 + 6 * k)
    touch("touchEnd")
    watched.page.wait_for_timeout(200)
    assert width() > 1.5 * before
    assert watched.errors == []


def test_what_is_followed_stays_in_the_middle(watched):
    slide_to(watched, 60)
    watched.page.evaluate("location.hash = 'sel=object%3Acruise%5B2%5D'")
    watched.page.wait_for_timeout(100)
    watched.page.keyboard.press("f")
    slide_to(watched, 90)
    watched.page.wait_for_timeout(200)
    box = watched.page.locator("canvas.air").bounding_box()
    middle = [box["width"] / 2, box["height"] / 2]
    away = [abs(x - middle[0]) + abs(y - middle[1]) for x, y in heads(watched).values()]
    assert min(away) < 25
    watched.page.keyboard.press("f")


def test_an_event_leads_to_its_moment_and_to_whom_it_concerns(watched):
    slide_to(watched, 5)
    row = watched.page.locator(".events .event").first
    clock = row.locator("time").inner_text()
    row.click()
    watched.page.wait_for_timeout(700)
    minutes, seconds = clock.split(":")
    assert int(time_s(watched)) == 60 * int(minutes) + int(seconds)
    assert watched.page.get_by_role("region", name="Selected").is_visible()


def test_the_server_shows_the_same_page_under_its_strict_policy(browser, recorded, page_file):
    with listening("127.0.0.1", 0) as server:
        thread = threading.Thread(target=serve, args=(server, files_of(recorded)))
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        watched = Watched(browser)
        watched.page.goto(f"{address}#t=150")
        watched.page.wait_for_selector("html[data-ready=yes]", state="attached")
        before = heads(watched)
        watched.page.keyboard.press(" ")
        watched.page.wait_for_timeout(700)
        assert time_s(watched) > 151.0
        after = heads(watched)
        assert sum(before[name] != after[name] for name in before.keys() & after.keys()) > 9
        server.shutdown()
        thread.join()
    assert watched.errors == []
    assert {
        request.removeprefix(address).partition("#")[0] for request in watched.requests
    } == {
        "",
        "app.js",
        "app.css",
        "scene.bin",
    }


def test_a_link_leads_to_its_moment(browser, page_file):
    fragment = "#t=200.0&sel=object%3Acruise%5B3%5D&cam=-27.4,-17.9,60000,20,50"
    watched = opened(browser, page_file, fragment)
    assert time_s(watched) == 200.0
    assert watched.page.get_by_role("heading", name="cruise[3]").is_visible()
    watched.page.get_by_role("button", name="Copy link to this moment").click()
    watched.page.wait_for_timeout(100)
    assert watched.page.evaluate("location.hash") == fragment
    assert watched.errors == []


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_legible_and_nothing_sticks_out(browser, page_file, theme, width):
    sel = "#t=200&sel=object%3Acruise%5B3%5D"
    watched = opened(browser, page_file, sel, width=width, height=844, color_scheme=theme)
    watched.page.wait_for_timeout(300)
    pairs = watched.page.evaluate(CONTRAST)
    assert len(pairs) > 25
    assert [pair for pair in pairs if pair[0] < 4.5] == []
    across, inner, outside = watched.page.evaluate(SPREAD)
    assert across <= inner
    assert outside == []
    assert watched.errors == []


def test_every_control_has_a_name(watched):
    nameless = watched.page.evaluate(
        "[...document.querySelectorAll('button, input, select, canvas.air')]"
        ".filter((each) => !(each.getAttribute('aria-label') || each.labels?.length"
        " || each.textContent.trim())).map((each) => each.outerHTML)"
    )
    assert nameless == []


def test_who_wants_no_motion_gets_none(browser, page_file):
    watched = opened(browser, page_file, reduced_motion="reduce")
    watched.page.keyboard.press("p")
    watched.page.wait_for_timeout(60)
    assert watched.page.evaluate("bartizan.tilt()") == 0


def test_the_file_is_whole_and_asks_for_nothing(page_file):
    text = page_file.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img)[^>]*\b(src|href)=\"(?!data:)", text)
    assert "default-src 'none'" in text
    assert "Not for operational use" in text
    assert "uplot 1.6.32 (MIT)" in text
    assert len(re.findall(r"<script[ >]", text)) == len(re.findall("</script>", text)) == 3


def test_a_page_that_was_never_built_is_refused(recorded, monkeypatch, tmp_path):
    monkeypatch.setattr(page, "BUILT", tmp_path)
    with pytest.raises(RunError, match=r"(?s)not built.*npm ci"):
        page.page_of(recorded)
