"""Why something leaked: the table, the stories, the names."""

import pytest

from bartizan.archive.document import STATEMENT
from bartizan.errors import RunError
from bartizan.reports.story import story
from bartizan.reports.why import leakers, timeline
from tests.archive import fake


def words(view):
    return " ".join(repr(view).split())


def test_leakers_are_grouped_by_class_and_cause():
    table = words(leakers(fake.run()))
    assert table.startswith("10 leaked in coastal-raid-nominal-s1-")
    assert "cruise-missile engaged and missed 1 cruise[3]" in table
    assert "drone no channel 8 drones[0-7]" in table
    assert table.endswith(STATEMENT)


def test_many_scattered_leakers_are_counted():
    run = fake.run()
    rows = [fake.leaker(f"a[{2 * k}]", "drone", "undetected", 1.0, "port") for k in range(9)]
    run.summary["leakers"][:] = [*rows, fake.leaker("a[1]", "drone", "undetected", 1.0, "port")]
    assert "drone undetected 10 a[0-2 4 6 8 10 12] and 2 more" in words(leakers(run))


def test_nothing_leaked_is_said():
    run = fake.run()
    run.summary["leakers"].clear()
    assert "nothing leaked" in words(leakers(run))
    assert words(leakers(run)).endswith(STATEMENT)


def test_perfect_sensing_is_said_of_leakers_and_of_a_story():
    perfect = fake.run(sensing="perfect")
    for view in (leakers(perfect), timeline(perfect, "cruise[3]")):
        assert "PERFECT SENSING" in words(view)
    assert "PERFECT SENSING" not in words(leakers(fake.run()))


def test_the_next_command_names_the_run_and_is_left_out_without_events():
    assert "Next bartizan why 'cruise[3]' --run one" in words(leakers(fake.run(), " --run one"))
    assert "Next" not in words(leakers(fake.run(record="none")))


def test_a_story_tells_the_chain_of_one_object_in_order():
    told = [moment.words for moment in timeline(fake.run(), "cruise[3]").moments]
    assert told == [
        "detected by battalion.91n6e",
        "track 31 confirmed",
        "followed as track 31",
        "track 31 identified as hostile",
        "battalion is ordered to engage track 31: 1 round 48n6e3",
        "round 1 launched at track 31: 48n6e3 from battalion",
        "lost by battalion.91n6e",
        "detected by battalion.91n6e",
        "lost by battalion.91n6e",
        "detected by battalion.91n6e",
        "round 1 missed: met it and failed",
        "battalion assesses track 31: missed",
        "no longer followed by track 31",
        "reached power-station",
        "damaged power-station: hit 3",
    ]


def test_a_track_is_told_only_while_it_was_this_objects():
    told = [moment.words for moment in timeline(fake.run(), "cruise[4]").moments]
    assert "round 2 killed it, 12 m from the aim point" in told
    assert "round 1 launched at track 31: 48n6e3 from battalion" not in told


def test_a_headline_says_how_it_ended():
    assert "leaked at 9:41 at power-station: engaged and missed." in words(
        timeline(fake.run(), "cruise[3]")
    )
    assert "killed at 6:20" in words(timeline(fake.run(), "cruise[4]"))


def test_an_unknown_name_brings_the_nearest():
    with pytest.raises(
        RunError, match=r"(?s)cruise\[33\]: no object of this name.*cruise\[3\]"
    ):
        timeline(fake.run(), "cruise[33]")
    with pytest.raises(RunError, match=r"bartizan why"):
        timeline(fake.run(), "xyz")


def test_a_run_without_events_says_so():
    with pytest.raises(RunError, match="no events were recorded"):
        timeline(fake.run(record="none"), "cruise[3]")


def test_many_fades_of_an_echo_are_told_as_one():
    events = []
    for k in range(20):
        events.append(event(10.0 * k, "detection won"))
        events.append(event(10.0 * k + 5.0, "detection lost"))
    told = [moment.words for moment in story(events, "a")]
    assert len(told) == 4
    assert told[-1] == "lost by radar, and 18 more times"


def test_a_short_loss_of_the_same_track_is_not_told_and_a_long_one_is():
    events = [
        {**event(time_s, kind), "object": "track 1"}
        for time_s, kind in (
            *((1.0, "track assigned"), (5.0, "track lost"), (6.0, "track assigned")),
            *((20.0, "track lost"), (60.0, "track assigned"), (70.0, "track lost")),
        )
    ]
    told = [(moment.time_s, moment.words) for moment in story(events, "a")]
    assert told == [
        (1.0, "followed as track 1"),
        (20.0, "no longer followed by track 1"),
        (60.0, "followed as track 1"),
        (70.0, "no longer followed by track 1"),
    ]


def test_an_empty_magazine_belongs_to_the_story_of_what_leaked_after_it():
    empty = {**event(5.0, "magazine empty"), "subject": "battalion", "object": "48n6e3"}
    leak = {**event(9.0, "leak"), "object": "port"}
    told = [moment.words for moment in story([empty, leak, {**empty, "time_s": 10.0}], "a")]
    assert told == ["battalion has no 48n6e3 left", "reached port"]
    assert story([empty, event(6.0, "detection won")], "a")[0].words == "detected by radar"


def test_a_shot_at_the_wrong_object_is_named():
    events = [
        {**event(1.0, "track assigned"), "object": "track 1"},
        {**event(2.0, "launch"), "subject": "round 1", "object": "track 1"},
        {**event(3.0, "kill"), "subject": "round 1", "object": "airliner[2]"},
    ]
    assert story(events, "a")[-1].words == "round 1 killed airliner[2], the wrong object"
    assert story(events, "airliner[2]")[-1].words == "round 1 killed it"


def event(time_s, kind):
    return {"time_s": time_s, "kind": kind, "subject": "a", "object": "radar", "detail": ""}
