"""Cases of engagement: who is hit when rounds, looks, channels or time are short.

Each duel is independent of the others of its flight: magazines, channels and time bind only
where the case says so, and draws are by name.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bartizan.arrays import Floats
from bartizan.rng import Purpose, draw
from bartizan.simulate.plan import Plan
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.world.truth import Phase

P = 0.7  # kill probability of a round of the textbook site
RAID = 20
_SITE = "defence.site.overrides"
KILL = f"{_SITE}.textbook-round.kill_probability.fighter"
BY_COUNT = "binomial, by counting"


def _leaked(flown: Flown) -> Floats:
    """Return 1 for each threat that leaked, else 0."""
    return np.asarray(flown.state.targets.phase == Phase.LEAKED.value, dtype=float)


def _rounds_a_threat(flown: Flown) -> Floats:
    """Return the rounds fired over the threats, one value a flight."""
    fired = flown.state.strikes.rounds_fired.sum()
    return np.array([fired / len(flown.plan.world.target_id)])


def _salvo(flown: Flown) -> Mapping[str, Floats]:
    leakers = _leaked(flown).reshape(-1, RAID).sum(axis=1)
    return {
        "leakers of 20": leakers,
        "P(no leaker)": (leakers == 0).astype(float),
        "rounds a threat": _rounds_a_threat(flown),
    }


def _looks(flown: Flown) -> Mapping[str, Floats]:
    return {"leak probability": _leaked(flown), "rounds a threat": _rounds_a_threat(flown)}


def assessment_chain(
    p: float, unseen: float, mistaken: float, looks: int
) -> tuple[float, float]:
    """Return rounds and leak probability of a threat under a fallible kill assessment.

    Parameters
    ----------
    p
        Kill probability of a round.
    unseen, mistaken
        Probabilities that a kill is reported as a miss, and a miss as a kill.
    looks
        Most rounds at a threat, one between two looks.
    """
    alive, dead, rounds, leaked = 1.0, 0.0, 0.0, 0.0
    for _ in range(looks):
        rounds += alive + dead
        leaked += alive * (1.0 - p) * mistaken
        alive, dead = alive * (1.0 - p) * (1.0 - mistaken), (alive * p + dead) * unseen
    return rounds, leaked + alive


def kills_of_magazine(rounds: int, threats: int, p: float) -> float:
    """Return the expected kills of a magazine that never shoots at a dead threat."""
    chances = [
        math.comb(rounds, k) * p**k * (1.0 - p) ** (rounds - k) for k in range(rounds + 1)
    ]
    return sum(min(k, threats) * chance for k, chance in enumerate(chances))


def split_leakers(rounds: int, threats: int, p: float) -> float:
    """Return the expected leakers when rounds are split evenly and nobody looks."""
    each, more = divmod(rounds, threats)
    return (threats - more) * (1.0 - p) ** each + more * (1.0 - p) ** (each + 1)


def erlang_loss(channels: int, load: float) -> float:
    """Return the share of arrivals that find every channel busy (Erlang B)."""
    refused = 1.0
    for c in range(1, channels + 1):
        refused = load * refused / (c + load * refused)
    return refused


def _rounds_at_each(flown: Flown) -> Mapping[str, Floats]:
    shots = flown.state.strikes.shots
    return {
        f"rounds in {life_s} s": shots[k : k + 1].astype(float)
        for k, life_s in enumerate(LIVES_S)
    }


def _survivors(flown: Flown) -> Mapping[str, Floats]:
    is_killed = flown.state.targets.phase == Phase.KILLED.value
    return {"leak probability": np.asarray(~is_killed, dtype=float)}


def _kills(flown: Flown) -> Mapping[str, Floats]:
    return {"kills": np.array([(flown.state.targets.phase == Phase.KILLED.value).sum()])}


def _leakers(flown: Flown) -> Mapping[str, Floats]:
    return {"leakers": np.array([_leaked(flown).sum()])}


def arriving(plan: Plan, key: int) -> Plan:
    """Return a plan whose threats start at random, on average every `ARRIVAL_S`."""
    world = plan.world
    gaps_s = [-ARRIVAL_S * math.log(_uniform(key, k)) for k in range(len(world.start_s))]
    # On the grid of ticks, so that each is there for the same number of plannings.
    delay_s = plan.tick_s * np.ceil(np.cumsum(gaps_s) / plan.tick_s)
    leg_delay_s = np.repeat(delay_s, np.diff(world.leg_first))
    later = world._replace(
        start_s=world.start_s + delay_s,
        end_s=world.end_s + delay_s,
        leg_start_s=world.leg_start_s + leg_delay_s,
        leg_end_s=world.leg_end_s + leg_delay_s,
    )
    return replace(plan, world=later)


def _refused(flown: Flown) -> Mapping[str, Floats]:
    world, targets = flown.plan.world, flown.state.targets
    counts = (world.start_s >= WARM_UP_S) & (world.end_s < flown.plan.duration_s)
    is_refused = targets.phase[counts] == Phase.LEAKED.value
    return {"refused": np.array([is_refused.mean()])}


def _uniform(key: int, k: int) -> float:
    return float(draw(key, Purpose.SCHEDULE.value, k, 0, 0))


def thinned(plan: Plan, key: int) -> Plan:
    """Return a plan in which a Poisson number of each raid's threats ever starts."""
    from scipy.stats import poisson

    start_s = plan.world.start_s.copy()
    raids = start_s.reshape(RAIDS, -1)
    for raid in range(RAIDS):
        n = int(poisson.ppf(_uniform(key, raid), RAID_MEAN))
        raids[raid, n:] = math.inf
    return replace(plan, world=plan.world._replace(start_s=start_s))


def _poisson_raid(flown: Flown) -> Mapping[str, Floats]:
    leakers = _leaked(flown).reshape(RAIDS, -1).sum(axis=1)
    mean = RAID_MEAN * RAID_LEAK
    return {
        "leakers": leakers,
        "their variance": (leakers - mean) ** 2,
        "P(asset unhit)": np.asarray(flown.state.assets.hits == 0, dtype=float),
    }


SLS_ROUNDS, SLS_LEAK = assessment_chain(P, 0.0, 0.0, 3)
ASSESSED_ROUNDS, ASSESSED_LEAK = assessment_chain(P, 0.1, 0.05, 3)

LIVES_S = (26, 46, 66, 86)
FLIGHT_S, REPORT_S, FIRST_SHOT_S = 15.0, 5.0, 0.5
ARRIVAL_S, HOLD_S, CHANNELS, WARM_UP_S = 20.0, 120.0, 6, 400.0
RAIDS, RAID_MEAN, RAID_LEAK, HIT = 10, 30.0, 0.12, 0.5

CASES = (
    Case(
        name="salvo",
        assumes="two rounds at each of 20, no look between them",
        source=BY_COUNT,
        quantities=(
            Quantity("leakers of 20", RAID * (1.0 - P) ** 2),
            Quantity("P(no leaker)", (1.0 - (1.0 - P) ** 2) ** RAID),
            Quantity("rounds a threat", 2.0, tolerance=1e-9),
        ),
        read=_salvo,
        flights=2200,
        planted=(f"{KILL}=0.7154",),
    ),
    Case(
        name="shoot-look-shoot",
        assumes="up to three looks, perfect assessment",
        source="geometric, by counting",
        quantities=(
            Quantity("leak probability", SLS_LEAK),
            Quantity("rounds a threat", SLS_ROUNDS),
        ),
        read=_looks,
        flights=720,
        planted=(f"{KILL}=0.7104",),
    ),
    Case(
        name="assessment",
        assumes="up to three looks; a kill unseen 0.1, a miss taken for a kill 0.05",
        source="two-state Markov chain",
        quantities=(
            Quantity("leak probability", ASSESSED_LEAK),
            Quantity("rounds a threat", ASSESSED_ROUNDS),
        ),
        read=_looks,
        flights=450,
        planted=(f"{_SITE}.miss_as_kill_probability=0.065",),
    ),
    Case(
        name="looks",
        assumes="k looks fit a window W: 1 + floor((W - flight) / (flight + report))",
        source="counting",
        quantities=tuple(
            Quantity(
                f"rounds in {life_s} s",
                1 + (life_s - FIRST_SHOT_S - FLIGHT_S) // (FLIGHT_S + REPORT_S),
                tolerance=1e-9,
            )
            for life_s in LIVES_S
        ),
        read=_rounds_at_each,
        flights=3,
        planted=(f"{_SITE}.assessment_delay=9 s",),
    ),
    Case(
        name="layers",
        assumes="one shot in each of three layers, of 0.5, 0.6 and 0.8",
        source=BY_COUNT,
        quantities=(Quantity("leak probability", 0.5 * 0.4 * 0.2),),
        read=_survivors,
        flights=460,
        planted=("defence.inner.overrides.textbook-round.kill_probability.fighter=0.84",),
    ),
    Case(
        name="magazine",
        assumes="12 rounds, 10 threats, never a shot at a dead one",
        source=BY_COUNT,
        quantities=(Quantity("kills", kills_of_magazine(12, 10, P)),),
        read=_kills,
        flights=150,
        planted=(f"{_SITE}.rounds_per_launcher=14",),
    ),
    Case(
        name="even-split",
        assumes="15 rounds on 10 threats, nobody looks",
        source="den Broeder, Ellison and Emerling, Operations Research 7, 1959",
        quantities=(Quantity("leakers", split_leakers(15, 10, P)),),
        read=_leakers,
        flights=1550,
        planted=(f"{_SITE}.rounds_per_launcher=17",),
    ),
    Case(
        name="channels",
        assumes="Poisson arrivals every 20 s, 6 channels held 120 s, no waiting",
        source="Erlang, 1917 (B formula)",
        quantities=(Quantity("refused", erlang_loss(CHANNELS, HOLD_S / ARRIVAL_S)),),
        read=_refused,
        prepare=arriving,
        flights=100,
        planted=(f"{_SITE}.assessment_delay=35 s",),
    ),
    Case(
        name="burst",
        assumes="40 at once, 6 channels of 12 s, 45 s, kill probability 0.8",
        source="counting",
        quantities=(Quantity("leakers", 40 - 0.8 * min(40, 6 * (45 // 12))),),
        read=_leakers,
        flights=60,
        planted=(f"{_SITE}.textbook-radar.channels=7",),
    ),
    Case(
        name="poisson-raid",
        assumes="raids of a Poisson number, mean 30; 0.12 leak, each hits with 0.5",
        source="thinning of a Poisson variable",
        quantities=(
            Quantity("leakers", RAID_MEAN * RAID_LEAK),
            Quantity("their variance", RAID_MEAN * RAID_LEAK),
            Quantity("P(asset unhit)", math.exp(-RAID_MEAN * RAID_LEAK * HIT)),
        ),
        read=_poisson_raid,
        prepare=thinned,
        flights=2000,
        planted=(f"{KILL}=0.868",),
    ),
    Case(
        name="duel-32v50",
        assumes="32 rounds, one for each of 50, kill probability 0.7",
        source=BY_COUNT,
        quantities=(Quantity("kills", 32 * P),),
        read=_kills,
        flights=60,
        planted=("defence.site.overrides.rounds_per_launcher=36",),
    ),
)
