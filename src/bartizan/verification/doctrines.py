"""Cases of doctrine: doses by Prim and Read, two stages with a look, rounds shared by units."""

import math
from collections.abc import Mapping

import numpy as np

from bartizan.arrays import Floats
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.verification.shots import SLS_LEAK, SLS_ROUNDS, split_leakers
from bartizan.world.truth import Phase

DOSE_P, DAMAGE_RATE = 0.8, 0.125
ATTACKERS = 7  # the largest raid on one asset; raids of 1, 2, ... are flown side by side
SHOWN = (1, 2, 4, 7)  # attackers whose rounds are counted
STAGE_P, STAGE_RAID, STAGE_ROUNDS = 0.6, 10, 20


def prim_read_doses(rate: float, p: float) -> list[int]:
    """Return the rounds for each attacker of an asset in turn, until one gets none.

    The smallest whole doses for which all attackers up to the n-th are killed with a
    probability of at least 1 - n * rate, found by trying.
    """
    doses: list[int] = []
    while (wanted := 1.0 - (len(doses) + 1) * rate) > 1e-12:
        dose = 1
        while _all_killed([*doses, dose], p) < wanted - 1e-12:
            dose += 1
        doses.append(dose)
    return doses


def _all_killed(doses: list[int], p: float) -> float:
    return math.prod(1.0 - (1.0 - p) ** dose for dose in doses)


def two_stage_leakers(first: int, rounds: int, threats: int, p: float) -> float:
    """Return the expected leakers when ``first`` rounds are fired, looked at, and the rest.

    Both stages split their rounds evenly, which is best for identical threats.
    """
    each, more = divmod(first, threats)
    chances = np.array([1.0])
    for k in range(threats):
        alive = (1.0 - p) ** (each + (k < more))
        chances = np.convolve(chances, [1.0 - alive, alive])
    return sum(
        float(chance) * split_leakers(rounds - first, alive, p)
        for alive, chance in enumerate(chances)
        if alive
    )


def _doses(flown: Flown) -> Mapping[str, Floats]:
    is_hit, shots = flown.state.assets.hits > 0, flown.state.strikes.shots
    aim = flown.plan.world.aim_asset
    damage = {
        "assets hit of 7": np.array([float(is_hit.sum())]),
        "damage by 7 of them": np.array([float(is_hit[ATTACKERS - 1])]),
    }
    rounds = {f"rounds at {n}": np.array([float(shots[aim == n - 1].sum())]) for n in SHOWN}
    return damage | rounds


def _stages(flown: Flown) -> Mapping[str, Floats]:
    leaked = np.asarray(flown.state.targets.phase == Phase.LEAKED.value, dtype=float)
    return {"leakers of 10": leaked.reshape(-1, STAGE_RAID).sum(axis=1)}


def _shared(flown: Flown) -> Mapping[str, Floats]:
    strikes, targets = flown.state.strikes, flown.state.targets
    fired = float(strikes.rounds_fired.sum())
    return {
        "leak probability": np.asarray(targets.phase == Phase.LEAKED.value, dtype=float),
        "rounds a threat": np.array([fired / len(targets.phase)]),
        "rounds at the dead": np.array([fired - strikes.met_class.sum()]),
    }


_DOSES = prim_read_doses(DAMAGE_RATE, DOSE_P)
_DAMAGE = [1.0 - _all_killed(_DOSES[:n], DOSE_P) for n in range(1, ATTACKERS + 1)]

CASES = (
    Case(
        name="prim-read",
        assumes="1 to 7 attackers at an asset of its own, kill probability 0.8, no look",
        source="Read, Bell Telephone Laboratories, 1958: doses by trial, products",
        quantities=(
            Quantity("assets hit of 7", sum(_DAMAGE)),
            Quantity("damage by 7 of them", _DAMAGE[-1]),
            *(
                Quantity(f"rounds at {n}", float(sum(_DOSES[:n])), tolerance=1e-9)
                for n in SHOWN
            ),
        ),
        read=_doses,
        flights=2000,
        planted=("doctrine.overrides.damage_rate=0.14",),
    ),
    Case(
        name="two-stage",
        assumes="20 rounds for 10 threats, kill probability 0.6, one look between two stages",
        source="Hosein and Athans, MIT LIDS-P-1945, 1990: summation over survivors",
        quantities=(
            Quantity(
                "leakers of 10",
                two_stage_leakers(STAGE_RAID, STAGE_ROUNDS, STAGE_RAID, STAGE_P),
            ),
        ),
        read=_stages,
        flights=2000,
        planted=tuple(
            f"defence.site-{n}.overrides.textbook-round.kill_probability.fighter=0.615"
            for n in range(1, 6)
        ),
    ),
    Case(
        name="coordination",
        assumes="two units with one picture, up to three looks, perfect assessment",
        source="geometric, by counting: as if they were one",
        quantities=(
            Quantity("leak probability", SLS_LEAK),
            Quantity("rounds a threat", SLS_ROUNDS),
            Quantity("rounds at the dead", 0.0, tolerance=1e-9),
        ),
        read=_shared,
        flights=700,
        planted=("doctrine.overrides.salvo=2",),
    ),
)
