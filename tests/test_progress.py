"""The progress line: what it says, and that it stands still."""

from bartizan.cli.progress import BAR_WIDTH, CLOCK_WIDTH, clock_of, standing_of
from bartizan.simulate.replicate import Progress


def test_it_says_how_far_the_run_is_and_how_it_stands():
    progress = Progress(205.0, 1500.0, 26, 42, 32, 0)
    assert clock_of(progress).strip() == "3:25 of 25 min"
    for part in ("26 threats", "42 tracks", "32 rounds", "0 leaked"):
        assert part in standing_of(progress)
    assert clock_of(progress._replace(now_s=1500.0)).strip() == "recording"


def test_it_keeps_its_width_and_fits_80_columns():
    early, late = Progress(5.0, 1500.0, 1, 2, 32, 0), Progress(1500.0, 1500.0, 60, 299, 0, 40)
    assert len(clock_of(early)) == len(clock_of(late)) == CLOCK_WIDTH
    assert len(standing_of(early)) == len(standing_of(late))
    assert CLOCK_WIDTH + 1 + BAR_WIDTH + 1 + len(standing_of(late)) <= 80
