"""Cases of motion: arcs under gravity, and where a round meets what flies straight on."""

import math
from collections.abc import Mapping

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from bartizan.arrays import Floats
from bartizan.engage.flyouts import Outcome
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.verification.case import Case, Flown, Quantity
from bartizan.world.geodesy import GRAVITATION_M3_S2, geodetic_from_ecef
from bartizan.world.motion import position_velocity

GROUND_RANGES_KM = {"short": 300.0, "longer": 1000.0}
RADIUS_M = 6_373_600.0  # the ellipsoid's, at 27.4 degrees
ROUND_SPEED_M_S = 1000.0


def arc(range_km: float) -> tuple[float, float]:
    """Return duration [s] and apogee [m] of the arc of least energy, by numeric integration.

    Launched at 45 degrees less a quarter of the angle flown round the Earth, at the speed of
    least energy; the equation of motion is then left to an integrator.
    """
    angle = 1e3 * range_km / RADIUS_M
    climb = 0.25 * (math.pi - angle)
    sine = math.sin(0.5 * angle)
    speed = math.sqrt(GRAVITATION_M3_S2 / RADIUS_M * 2.0 * sine / (1.0 + sine))

    def fall(_: float, state: Floats) -> Floats:
        pull = -GRAVITATION_M3_S2 / np.hypot(state[0], state[1]) ** 3
        return np.array([state[2], state[3], pull * state[0], pull * state[1]])

    def height(_: float, state: Floats) -> float:
        return float(np.hypot(state[0], state[1]) - RADIUS_M + 1e-3)

    height.terminal, height.direction = True, -1.0  # type: ignore[attr-defined]
    start = [0.0, RADIUS_M, speed * math.cos(climb), speed * math.sin(climb)]
    flight = solve_ivp(fall, (0.0, 3600.0), start, events=height, rtol=1e-10, max_step=1.0)
    return float(flight.t[-1]), float(np.hypot(flight.y[0], flight.y[1]).max() - RADIUS_M)


def heights(plan: Plan, state: State, now_s: float) -> Floats:
    """Return the height of every object; nan before its launch."""
    return np.array([geodetic_from_ecef(*place)[2] for place in state.targets.position_ecef_m])


def _arcs(flown: Flown) -> Mapping[str, Floats]:
    flown_s = flown.state.targets.ended_s - flown.plan.world.start_s
    apogees_m = np.nanmax(np.array(flown.seen), axis=0)
    found = {}
    for k, name in enumerate(GROUND_RANGES_KM):
        found[f"{name}: time of flight [s]"] = flown_s[k : k + 1]
        found[f"{name}: apogee [m]"] = apogees_m[k : k + 1]
    return found


def launches(plan: Plan, state: State, now_s: float) -> Floats:
    """Return (n, 3) of the rounds that met something in the tick: launch, meeting, target."""
    rounds = state.flyouts
    is_over = (rounds.resolved_s > now_s - plan.tick_s) & (rounds.outcome == Outcome.KILL.value)
    columns = (rounds.launch_s, rounds.resolved_s, rounds.target.astype(float))
    return np.stack([column[is_over] for column in columns], axis=1)


def _meetings(flown: Flown) -> Mapping[str, Floats]:
    site, shares = flown.plan.force.unit_position_ecef_m[0], []
    for launch_s, met_s, target in np.concatenate(flown.seen):

        def ahead_m(time_s: float, launch_s: float = launch_s, i: int = int(target)) -> float:
            place = np.array(position_velocity(flown.plan.world, i, time_s)[:3])
            away_m = float(np.linalg.norm(place - site))
            return ROUND_SPEED_M_S * (time_s - launch_s) - away_m

        exact_s = brentq(ahead_m, launch_s, launch_s + 300.0)
        shares.append((met_s - launch_s) / (exact_s - launch_s))
    return {"flight time / numeric": np.array(shares), "rounds": np.array([len(shares)])}


CASES = (
    Case(
        name="ballistic",
        assumes="arcs of least energy, a point mass, no drag, no turning Earth",
        source="numeric integration",
        quantities=tuple(
            Quantity(f"{name}: {what}", value, 2e-3)
            for name, range_km in GROUND_RANGES_KM.items()
            for what, value in zip(
                ("time of flight [s]", "apogee [m]"), arc(range_km), strict=True
            )
        ),
        read=_arcs,
        watch=heights,
        flights=1,
        planted=("assets.far.at.east=1150 km",),
    ),
    Case(
        name="intercept",
        assumes="a round of constant speed, an object that flies straight on",
        source="root of distance less way, by bisection",
        quantities=(
            Quantity("flight time / numeric", 1.0, 2e-3),
            Quantity("rounds", 30.0, 1e-9),
        ),
        read=_meetings,
        watch=launches,
        flights=2,
        planted=("defence.site.overrides.textbook-round.speed_max=1050 m/s",),
    ),
)
