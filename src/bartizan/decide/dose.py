"""Prim-Read: how many rounds the next attacker of an asset is worth, the raid's size unknown.

Rounds are spread over the attackers to come so that, however many there are, each buys at most
the same damage: preferential defence by an attacker's place in the sequence. Once the damage
bought is all there is, nobody is shot at any more.

Source: Read, Tactics and deployment for anti-missile defense, Bell Telephone Laboratories, 1958
(recalled; the deployment that is called after Prim and Read).
Assumes: rounds fail independently, and one attacker that comes through destroys the asset.
"""

import math

ROUNDING = 1e-12


def next_dose(
    survival: float, attackers: int, damage_rate: float, kill_probability: float
) -> int:
    """Return the smallest number of rounds that keeps the damage rate at the next attacker.

    Parameters
    ----------
    survival
        Probability that the doses so far kill all attackers so far.
    attackers
        How many came so far.
    damage_rate
        Expected damage that one attacker may buy, as a share of the asset, in (0, 1).
    kill_probability
        Of one round, in (0, 1].

    Returns
    -------
    int
        0 where the asset is as good as lost: n attackers may do damage n · rate.
    """
    wanted = 1.0 - (attackers + 1) * damage_rate
    if wanted <= ROUNDING or kill_probability <= 0.0 or wanted >= survival:
        return 0
    if kill_probability >= 1.0:
        return 1
    exact = math.log(1.0 - wanted / survival) / math.log(1.0 - kill_probability)
    return math.ceil(exact - ROUNDING)


def doses(damage_rate: float, kill_probability: float) -> list[int]:
    """Return the doses of all attackers in turn, until one gets none."""
    found: list[int] = []
    survival = 1.0
    while dose := next_dose(survival, len(found), damage_rate, kill_probability):
        found.append(dose)
        survival *= 1.0 - (1.0 - kill_probability) ** dose
    return found
