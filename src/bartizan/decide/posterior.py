r"""The posterior of a track's identity, from what it answers, does and where it came from.

.. math:: P(c \mid e) \propto \pi_c \, L_c^{IFF} \, L_c^{manner} \, L_c^{way} \, L_c^{origin} \,
          e^{t_c}

Silence a hundred times over is one fact, not a hundred: a track's equipment is one of three for
its whole flight, and only given that are its replies independent. Manner and way are one choice
each that lasts, on average, ``manner_time_s`` and ``conformance_time_s``; what goes on being
seen says no more than that it was not chosen anew:

.. math:: P(k' \mid k, c) = a \, [k' = k] + (1 - a) \, P(k' \mid c), \quad a = e^{-\Delta t / T}

Source: Bogler, Radar Principles with Applications to Tracking Systems, 1990, ch. 11 (Bayesian
identification); the equations are in docs/identification.md.
Assumes: given the identity, replies, manner, way and origin are independent of one another.
"""

import math

from bartizan.arrays import Floats, Ints
from bartizan.decide.conduct import conformance_of, manner_of, origin_of
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.identification import (
    N_IDENTITY,
    Conformance,
    IdentificationPlan,
    Origin,
)
from bartizan.decide.picture import Conduct, Identity, Picture
from bartizan.kernel import kernel
from bartizan.tracking.tracks import Tracks
from bartizan.world.geodesy import geodetic_from_ecef

LEAST_WEIGHT = 1e-9  # no evidence makes anything certain
# Conduct lasts for minutes: of more looks than that none tells anything new.
PERIOD_S, DECLARED_PERIOD_S = 4.0, 12.0


@kernel
def start_evidence(conduct: Conduct, row: int) -> None:
    """Forget what was gathered of a row."""
    conduct.manner[row], conduct.conformance[row], conduct.origin[row] = -1, -1, -1
    conduct.next_manner[row], conduct.next_conformance[row] = -1, -1
    conduct.time_s[row], conduct.hits[row], conduct.asked[row] = math.nan, -1, 0
    for c in range(N_IDENTITY):
        conduct.weight[row, c] = 1.0


@kernel
def gather(plan: DecidePlan, tracks: Tracks, row: int, picture: Picture, miss_m: float) -> None:
    """Weigh what the last plots of a track tell of its conduct, and bring its posterior up.

    ``miss_m`` is how near it passes the asset that `picture` has it come nearest to. Nothing is
    new in most ticks: ask `is_new` before, because handing all the tables over takes longer.
    """
    conduct = picture.conduct
    asked = tracks.iff_silent[row] + tracks.iff_civil[row] + tracks.iff_friend[row]
    if asked < conduct.asked[row]:
        start_evidence(conduct, row)  # the tracker takes it for another object by now
    conduct.asked[row] = asked
    if tracks.hits[row] != conduct.hits[row]:
        conduct.hits[row] = tracks.hits[row]
        if tracks.hits[row] >= plan.identification.hits_min:
            _watch(plan, tracks, row, conduct, miss_m, picture.time_to_go_s[row])
    _bring_up(plan.identification, tracks, row, picture)


@kernel
def is_new(
    hits: int, hits_before: int, time_s: float, before_s: float, identity: int, told: Floats,
    told_before: Floats,
) -> bool:  # fmt: skip
    """Tell whether a track has plots to be weighed, or other nets have told something new.

    At its first plots each is weighed, later one every few seconds.

    Parameters
    ----------
    hits, time_s
        Of the track now; ``hits_before``, ``before_s`` when it was last weighed (nan: never).
    identity
        `Identity` declared so far.
    told, told_before
        (4,) ln-likelihoods that other nets forward, and as they were last read.
    """
    period_s = PERIOD_S if identity == Identity.UNKNOWN else DECLARED_PERIOD_S
    has_news = hits != hits_before and not time_s - before_s < period_s
    for c in range(N_IDENTITY):
        has_news = has_news or told[c] != told_before[c]
    return has_news


@kernel
def _watch(
    plan: DecidePlan, tracks: Tracks, row: int, conduct: Conduct, miss_m: float, to_go_s: float
) -> None:
    """Weigh the manner, the way and, the first time, the origin of a track."""
    own, t_s = plan.identification, tracks.time_s[row]
    since_s = 0.0 if math.isnan(conduct.time_s[row]) else max(0.0, t_s - conduct.time_s[row])
    conduct.time_s[row] = t_s
    weight = conduct.weight[row]
    place = geodetic_from_ecef(tracks.mean[row, 0], tracks.mean[row, 1], tracks.mean[row, 2])
    now = manner_of(own, tracks, row, place[2])
    now = _held(
        conduct.manner, conduct.next_manner, conduct.next_manner_s, row, now, t_s, own.hold_s
    )
    stay = math.exp(-since_s / own.manner_time_s)
    _weigh(own.manner, weight, conduct.manner[row], now, stay)
    conduct.manner[row] = now
    now = conformance_of(plan, tracks, row, place, miss_m, to_go_s)
    now = _held(
        conduct.conformance, conduct.next_conformance, conduct.next_conformance_s, row, now,
        t_s, own.hold_s,
    )  # fmt: skip
    stay = math.exp(-since_s / own.conformance_time_s)
    _weigh(own.conformance, weight, conduct.conformance[row], now, stay)
    conduct.conformance[row] = now
    if conduct.origin[row] < 0:
        conduct.origin[row] = origin_of(plan, tracks, row)
        _weigh_origin(own, weight, conduct.origin[row], conduct.conformance[row])


@kernel
def _weigh_origin(
    plan: IdentificationPlan, weight: Floats, origin: int, conformance: int
) -> None:
    """Multiply the weights (4,) by the likelihoods of where a track came from.

    Who is on an airway comes from its end, whoever he is: that would count one fact twice. So
    of those it only counts whether they come out of a hostile area.
    """
    if conformance != Conformance.ON_AIRWAY or origin == Origin.HOSTILE:
        _weigh(plan.origin, weight, -1, origin, 0.0)
        return
    for c in range(N_IDENTITY):
        weight[c] *= 1.0 - plan.origin[c, 0]
    _normalise(weight)


@kernel
def _held(
    known: Ints, following: Ints, since_s: Floats, row: int, now: int, t_s: float,
    hold_s: float,
) -> int:  # fmt: skip
    """Return what counts now: what was known, until something else has lasted long enough."""
    before = known[row]
    if now < 0 or now == before:
        following[row] = -1
        return int(before)
    if before < 0:
        return now
    if following[row] != now:
        following[row], since_s[row] = now, t_s
    return now if t_s - since_s[row] >= hold_s else int(before)


@kernel
def _weigh(shares: Floats, weight: Floats, before: int, now: int, stay: float) -> None:
    """Multiply the weights (4,) by the likelihoods of a step, to which a factor is nothing."""
    if now < 0:
        return
    for c in range(N_IDENTITY):
        share = shares[c, now]
        # After a change (1 - stay) is a factor of all.
        weight[c] *= stay + (1.0 - stay) * share if now == before else share
    _normalise(weight)


@kernel
def _normalise(weight: Floats) -> None:
    """Make the weights (4,) sum to about 1, none of them quite 0."""
    total = 0.0
    for c in range(N_IDENTITY):
        total += weight[c]
    for c in range(N_IDENTITY):
        weight[c] = max(weight[c] / max(total, LEAST_WEIGHT), LEAST_WEIGHT)


@kernel
def _bring_up(plan: IdentificationPlan, tracks: Tracks, row: int, picture: Picture) -> None:
    """Write the posterior of a track from all that is known of it."""
    silent, civil = tracks.iff_silent[row], tracks.iff_civil[row]
    friend, log = tracks.iff_friend[row], plan.log_reply
    # ln of the likelihood of all replies, given the equipment.
    off = silent * log[0, 0] + civil * log[0, 1] + friend * log[0, 2]
    code = silent * log[1, 0] + civil * log[1, 1] + friend * log[1, 2]
    own = silent * log[2, 0] + civil * log[2, 1] + friend * log[2, 2]
    best = max(off, code, own)
    off, code, own = math.exp(off - best), math.exp(code - best), math.exp(own - best)
    posterior, total = picture.posterior[row], 0.0
    for c in range(N_IDENTITY):
        share = plan.equipment[c]
        told = picture.told_log_odds[row, c]
        picture.conduct.told[row, c] = told
        weight = plan.prior[c] * picture.conduct.weight[row, c]
        weight *= share[0] * off + share[1] * code + share[2] * own
        weight = max(weight, LEAST_WEIGHT * LEAST_WEIGHT)
        posterior[c] = weight if told == 0.0 else weight * math.exp(told)
        total += posterior[c]
    for c in range(N_IDENTITY):
        posterior[c] /= total
