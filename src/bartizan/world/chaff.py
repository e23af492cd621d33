"""Chaff: clouds of it that drift with the wind, released by who flies.

A cloud is no object: nobody can kill it, and only radars meet it. Where and when it is released
is settled beforehand; whether it ever is depends on its carrier, who may be dead by then.

Source: Schleher, Electronic Warfare in the Information Age, 1999, ch. 4 (clouds of dipoles).
Assumes: it stops where it is released and moves with the wind from then on, evenly and
straight (8 m too high after 10 km); its cross-section grows in proportion to its age until full
bloom, and stays until it is gone.
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.kernel import kernel
from bartizan.world.vectors import Vector


class ChaffPlan(NamedTuple):
    """Static columns of b bundles."""

    cloud_id: Ints  # (b,) stable ids of names such as raid.cruise[17].chaff[2]
    carrier: Ints  # (b,) row of the object that releases it
    release_s: Floats  # (b,)
    end_s: Floats  # (b,) when it is gone, or has come down
    release_ecef_m: Floats  # (b, 3) where it is released
    drift_ecef_m_s: Floats  # (b, 3) wind and fall
    rcs_m2: Floats  # (b,) in full bloom
    bloom_s: Floats  # (b,) from release to full bloom


class Bundle(NamedTuple):
    """The settled figures of a bundle, and when a carrier releases them."""

    rcs_m2: float
    bloom_s: float
    lifetime_s: float
    fall_m_s: float
    drift_m_s: float
    drift_bearing_rad: float
    bundles: int
    interval_s: float
    first_release_m: float  # way to go to the carrier's aim


def make_chaff(n_bundle: int) -> ChaffPlan:
    """Return room for the figures of ``n_bundle`` bundles."""
    return ChaffPlan(
        cloud_id=arrays.none(n_bundle),
        carrier=arrays.none(n_bundle),
        release_s=arrays.never(n_bundle),
        end_s=arrays.never(n_bundle),
        release_ecef_m=arrays.zeros(n_bundle, 3),
        drift_ecef_m_s=arrays.zeros(n_bundle, 3),
        rcs_m2=arrays.zeros(n_bundle),
        bloom_s=arrays.zeros(n_bundle),
    )


def releases_s(
    bundle: Bundle, start_s: float, duration_s: float, speed_m_s: float, short_m: float
) -> tuple[float, ...]:
    """Return when a carrier releases its bundles [s].

    Parameters
    ----------
    bundle
        What it carries.
    start_s, duration_s
        Of its way in; all bundles that would follow its end stay aboard.
    speed_m_s
        On that way.
    short_m
        Of its aim, where the way ends.
    """
    to_go_m = duration_s * speed_m_s + short_m
    first_s = start_s + max(0.0, to_go_m - bundle.first_release_m) / speed_m_s
    times_s = (first_s + k * bundle.interval_s for k in range(bundle.bundles))
    return tuple(time_s for time_s in times_s if time_s < start_s + duration_s)


@kernel
def cloud_position(chaff: ChaffPlan, cloud: int, time_s: float) -> Vector:
    """Return where a cloud is, ECEF [m]; before its release, where that will be."""
    age_s = max(0.0, time_s - chaff.release_s[cloud])
    place, drift = chaff.release_ecef_m[cloud], chaff.drift_ecef_m_s[cloud]
    return (
        place[0] + age_s * drift[0],
        place[1] + age_s * drift[1],
        place[2] + age_s * drift[2],
    )


@kernel
def cloud_rcs_m2(chaff: ChaffPlan, cloud: int, time_s: float) -> float:
    """Return the cross-section of a cloud that was released before ``time_s`` [m2]."""
    age_s, bloom_s = time_s - chaff.release_s[cloud], chaff.bloom_s[cloud]
    share = 1.0 if age_s >= bloom_s else age_s / bloom_s
    return float(share * chaff.rcs_m2[cloud])
