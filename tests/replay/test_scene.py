"""A scene holds what the tables hold, to the stated steps, as the page itself reads it."""

import dataclasses
import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan import RunError
from bartizan.archive.run import Run
from bartizan.replay.flights import TRACK_STEP, TRUTH_STEP, unwrapped
from bartizan.replay.page import scene_of_run
from bartizan.replay.planes import packed, packed_bytes
from bartizan.replay.scene import scene_of
from tests.web import run_node

WHOLE = st.integers(-(2**31), 2**31 - 1)


def unpacked(content, starts):
    """Return the numbers of planes: the slow twin of the page's decoder."""
    n = len(content) // 4
    folded = [sum(content[k * n + i] << (8 * k) for k in range(4)) for i in range(n)]
    numbers = []
    for i, each in enumerate(folded):
        twice = (each >> 1) ^ -(each & 1)
        if i in starts:
            value, step = twice, 0
        else:
            step += twice
            value += step
        numbers.append((value + 2**31) % 2**32 - 2**31)
    return numbers


@given(st.lists(st.lists(WHOLE, min_size=1, max_size=6), min_size=1, max_size=5))
def test_numbers_come_back_whatever_they_are(pieces):
    values = [value for piece in pieces for value in piece]
    starts = np.cumsum([0, *(len(piece) for piece in pieces[:-1])])
    assert unpacked(packed(np.array(values, dtype=np.int64), starts), set(starts)) == values


def test_an_even_flight_is_noughts_after_its_second_sample():
    content = packed(np.arange(1000) * 37 + 5, np.zeros(1, dtype=np.int64))
    assert sum(1 for byte in content if byte) == 2


def test_bytes_are_differences():
    assert packed_bytes(np.array([250, 4, 3])) == bytes([250, 10, 255])


def test_longitudes_do_not_jump_within_a_piece():
    lon = np.array([179.9, -179.9, -179.7, 10.0, 10.1])
    found = unwrapped(lon, np.array([0, 3]))
    assert found == pytest.approx([179.9, 180.1, 180.3, 10.0, 10.1])


def random_run(seed):
    """Return a run in memory of objects and tracks that go astray, with gaps."""
    rng = np.random.default_rng(seed)
    instants = np.cumsum(rng.choice([1.0, 2.0, 2.5], 40))
    truth, tracks = ([] for _ in range(2))
    for owner in range(6):
        present = rng.random(40) > (0.15 if owner else 0.0)
        walk = np.cumsum(rng.normal(0.0, [0.01, 0.02, 400.0], (40, 3)), axis=0)
        base = rng.uniform([-80.0, 175.0, 0.0], [80.0, 185.0, 20_000.0])
        for k in np.flatnonzero(present):
            lat, lon, height = base + walk[k]
            place = (instants[k], owner, lat, (lon + 540.0) % 360.0 - 180.0, height)
            truth.append(place)
            tracks.append(place)
    truth.sort(key=lambda row: row[0])
    tracks.sort(key=lambda row: (row[0], -row[1]))
    words = {"status": ["tentative", "confirmed"], "identity": ["unknown", "hostile"]}
    return Run(
        manifest={"run": "r", "record": "full", "scenario": "s", "seed": seed, "version": "0",
                  "figures": "nominal", "sensing": "radar", "scenario_hash": "",
                  "fingerprint": ""},
        summary={},
        scenario_yaml="",
        columns={
            "events": {"time_s": [1.0], "kind": ["leak"], "subject": ["o1"], "object": ["port"],
                       "detail": ["x"]},
            "truth": {
                **columns(truth),
                "truth_id": [f"o{row[1]}" for row in truth],
                "threat_class": ["drone"] * len(truth),
                "side": ["hostile"] * len(truth),
                "phase": ["flying"] * len(truth),
            },
            "tracks": {
                **columns(tracks),
                "track_id": np.array([10 + row[1] for row in tracks]),
                "status": list(rng.choice(words["status"], len(tracks))),
                "identity": list(rng.choice(words["identity"], len(tracks))),
                "sigma_m": rng.uniform(5.0, 9000.0, len(tracks)),
                "sigma_major_m": rng.uniform(900.0, 9000.0, len(tracks)),
                "sigma_minor_m": rng.uniform(5.0, 900.0, len(tracks)),
                "sigma_up_m": rng.uniform(5.0, 9000.0, len(tracks)),
                "major_axis_deg": rng.uniform(0.0, 360.0, len(tracks)),
                "p_hostile": rng.choice([0.0, 0.25, 1.0, np.nan], len(tracks)),
            },
        },
    )  # fmt: skip


def columns(rows):
    """Return the columns that truth and tracks share."""
    time_s, _, lat, lon, height = (np.array(column) for column in zip(*rows, strict=True))
    still = np.zeros(len(time_s))
    return {"time_s": time_s, "lat_deg": lat, "lon_deg": lon, "height_m": height,
            "v_east_m_s": still, "v_north_m_s": still, "v_up_m_s": still}  # fmt: skip


@pytest.fixture(scope="module")
def decoded(tmp_path_factory):
    """Random runs, and what the page's decoder makes of their scenes."""
    folder = tmp_path_factory.mktemp("scenes")
    runs = [random_run(seed) for seed in range(12)]
    runs.append(dataclasses.replace(runs[0], columns={name: {} for name in runs[0].columns}))
    paths = []
    for i, run in enumerate(runs):
        paths.append(folder / f"{i}.bin")
        paths[-1].write_bytes(scene_of(run, {}))
    return list(
        zip(runs, json.loads(run_node("test/decode.mjs", *map(str, paths))), strict=True)
    )


@pytest.mark.parametrize(
    ("table", "key", "step"),
    [("truth", "truth_id", TRUTH_STEP), ("tracks", "track_id", TRACK_STEP)],
)
def test_the_page_reads_every_place_to_half_a_step(decoded, table, key, step):
    for run, scene in decoded:
        given_rows = getattr(run, table).to_pylist()
        found = {(row["owner"], round(row["time_s"], 3)): row for row in scene[table]}
        assert len(found) == len(given_rows)
        for row in given_rows:
            at = found[str(row[key]), round(row["time_s"], 3)]
            assert abs(at["lat"] - row["lat_deg"]) <= 0.5001 * step[0]
            assert abs((at["lon"] - row["lon_deg"] + 180.0) % 360.0 - 180.0) <= 0.5001 * step[0]
            assert abs(at["height"] - row["height_m"]) <= 0.5001 * step[1]


def test_the_page_reads_status_identity_and_how_sure_a_track_is(decoded):
    for run, scene in decoded:
        found = {(row["owner"], round(row["time_s"], 3)): row for row in scene["tracks"]}
        for row in run.tracks.to_pylist():
            at = found[str(row["track_id"]), round(row["time_s"], 3)]
            assert (at["status"], at["identity"]) == (row["status"], row["identity"])
            if at["nth"] % 5 == 0:
                # 255 steps from 1 m to 1000 km are 5.6 % each.
                assert at["major_m"] == pytest.approx(row["sigma_major_m"], rel=0.03)
                assert at["minor_m"] == pytest.approx(row["sigma_minor_m"], rel=0.03)
                assert at["up_m"] == pytest.approx(row["sigma_up_m"], rel=0.03)
                turned = (at["bearing_deg"] - row["major_axis_deg"] + 90.0) % 180.0 - 90.0
                assert abs(turned) <= 0.36
                wanted = None if np.isnan(row["p_hostile"]) else row["p_hostile"]
                assert at["hostile"] == (wanted and pytest.approx(wanted, abs=0.002))


def test_a_track_of_an_older_run_has_a_circle(tmp_path):
    run = random_run(5)
    added = ["sigma_major_m", "sigma_minor_m", "sigma_up_m", "major_axis_deg", "p_hostile"]
    run.__dict__["tracks"] = run.tracks.drop_columns(added)
    path = tmp_path / "older.bin"
    path.write_bytes(scene_of(run, {}))
    (scene,) = json.loads(run_node("test/decode.mjs", str(path)))
    sigmas = {
        (row["track_id"], row["time_s"]): row["sigma_m"] for row in run.tracks.to_pylist()
    }
    for row in scene["tracks"]:
        if row["nth"] % 5 == 0:
            sigma_m = sigmas[int(row["owner"]), row["time_s"]]
            assert row["major_m"] == row["minor_m"] == pytest.approx(sigma_m, rel=0.03)
            assert row["hostile"] is None


def test_the_page_counts_as_the_summary_does(recorded, tmp_path):
    path = tmp_path / "run.bin"
    path.write_bytes(scene_of_run(recorded))
    (scene,) = json.loads(run_node("test/decode.mjs", str(path)))
    picture, summary = scene["picture"], recorded.summary
    total = summary["threats"]["total"]
    assert total["killed"] > 0
    assert picture["killed"]["last"] == total["killed"]
    assert picture["leaked"]["last"] == total["leaked"]
    assert picture["tracked"]["most"] == summary["peak"]["hostiles_tracked"] > 0
    assert picture["engaged"]["most"] == summary["peak"]["hostiles_engaged"] > 0
    assert dict(scene["left"]) == summary["rounds"]["left"]


def header_of(scene):
    content = gzip.decompress(scene)
    assert content[:4] == b"BZS1"
    return json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])


def test_a_scene_says_of_which_run_it_is_and_what_it_is_not(recorded):
    about = header_of(scene_of_run(recorded))["about"]
    for key in ("seed", "version", "figures", "scenario_hash", "run_hash", "fingerprint"):
        assert about[key] == recorded.manifest[key]
    assert "Not for operational use" in about["statement"]


def test_a_scene_holds_the_ground_of_its_theatre(recorded):
    ground = header_of(scene_of_run(recorded))["ground"]
    assert [asset["name"] for asset in ground["assets"]] == ["port"]
    assert [axis["target"] for axis in ground["axes"]] == ["port"]
    assert {radar["name"] for radar in ground["radars"]} >= {"battalion.92n6e"}
    assert sum(each["count"] for each in ground["launchers"][0]["rounds"]) > 0


def test_the_same_run_makes_the_same_bytes(recorded):
    assert scene_of_run(recorded) == scene_of_run(recorded)


def test_a_run_without_recorded_states_is_refused_with_the_remedy(recorded):
    bare = dataclasses.replace(recorded, manifest={**recorded.manifest, "record": "events"})
    with pytest.raises(RunError, match=r"(?s)recorded no tracks.*--record full"):
        scene_of_run(bare)
