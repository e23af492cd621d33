"""Settings as a user of the tracker alone gives them: few, each with its unit in its name."""

from dataclasses import dataclass

from bartizan.tracking.plan import Settings
from bartizan.tracking.ranges import check_ranges

MANY = 1 << 40  # founders that no formation ever has


@dataclass(frozen=True)
class TrackerSettings:
    """What is expected of the objects, and how sure a track must be.

    Parameters
    ----------
    turns
        Objects may turn: two models of a level turn beside the straight one.
    falls
        What is fast, and high or steep, may fall freely: a ballistic arc with gravity.
    formations
        Objects may keep stations in formations: the follow-the-group model.
    turn_acceleration_m_s2
        Of a hard turn; turns of about half to one and a half of it are followed well.
    process_noise_m2_s3
        White horizontal acceleration of straight flight; a fifth of it upward.
    start_speed_sigma_m_s
        Of the unknown velocity of a new track, on each horizontal axis.
    speed_max_m_s
        Nothing is faster: a track that is, ends.
    gate_probability
        That a track's own plot lies within its gate.
    false_track_probability
        That a false alarm begins a track that is confirmed.
    confirm_hits
        Plots that confirm a track, at least.
    misses_max
        Looks in a row that a confirmed track outlives.
    delay_max_s
        Plots that come later than others are put in order if no later than this; tracks are
        then predicted over the delay. Still later ones are rejected and counted.
    """

    turns: bool = True
    falls: bool = True
    formations: bool = True
    turn_acceleration_m_s2: float = 29.4
    process_noise_m2_s3: float = 1.0
    start_speed_sigma_m_s: float = 160.0
    speed_max_m_s: float = 3500.0
    gate_probability: float = 0.999
    false_track_probability: float = 1e-4
    confirm_hits: int = 2
    misses_max: int = 5
    delay_max_s: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is out of range."""
        check_ranges(self, _RANGES)

    def lowered(self) -> Settings:
        """Return the tracker's own settings."""
        from scipy.special import chdtri

        ours = Settings()
        return ours._replace(
            gate=float(chdtri(3, 1.0 - self.gate_probability)),
            speed_max_m_s=float(self.speed_max_m_s),
            start_speed_sigma_m_s=float(self.start_speed_sigma_m_s),
            straight_noise_m2_s3=float(self.process_noise_m2_s3),
            straight_climb_noise_m2_s3=0.2 * self.process_noise_m2_s3,
            turn_acceleration_m_s2=float(self.turn_acceleration_m_s2),
            turn_start_per_s=ours.turn_start_per_s if self.turns else 0.0,
            fall_switch_per_s=ours.fall_switch_per_s if self.falls else 0.0,
            false_track_probability=float(self.false_track_probability),
            confirm_hits=int(self.confirm_hits),
            crowded_confirm_hits=int(self.confirm_hits) + 1,
            confirmed_misses=int(self.misses_max),
            formation_founders=ours.formation_founders if self.formations else MANY,
        )


_RANGES = {
    "turn_acceleration_m_s2": (0.1, 1000.0),
    "process_noise_m2_s3": (1e-6, 1e6),
    "start_speed_sigma_m_s": (1.0, 1e4),
    "speed_max_m_s": (1.0, 1e5),
    "gate_probability": (0.5, 0.999999),
    "false_track_probability": (1e-12, 0.5),
    "confirm_hits": (2, 20),
    "misses_max": (0, 1000),
    "delay_max_s": (0.0, 3600.0),
}
