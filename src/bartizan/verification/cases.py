"""All cases, in the order of the chain. To add one: its YAML in `scenarios`, its entry here."""

from bartizan.verification import (
    chaff,
    clutter,
    doctrines,
    identity,
    jamming,
    motion,
    nets,
    sensing,
    shots,
    tracks,
    whole,
)
from bartizan.verification.case import Case

CASES: tuple[Case, ...] = (
    *motion.CASES,
    *sensing.CASES,
    *jamming.CASES,
    *chaff.CASES,
    *tracks.CASES,
    *clutter.CASES,
    *identity.CASES,
    *shots.CASES,
    *doctrines.CASES,
    *nets.CASES,
    *whole.CASES,
)
