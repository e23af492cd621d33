"""From documents to how the defender identifies, his rules of engagement and his zones."""

import math

import numpy as np

from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures, Values
from bartizan.catalogue.kinds import SHARES
from bartizan.decide.doctrine import EngagementRules
from bartizan.decide.identification import Conformance, IdentificationPlan, Origin
from bartizan.decide.zones import ZoneRule, ZonesPlan
from bartizan.errors import Fault
from bartizan.scenario.civil import CivilFlow
from bartizan.scenario.identification import threshold_faults
from bartizan.scenario.schema import Scenario
from bartizan.sense.radar import SensePlan
from bartizan.world.place import ecef_m, lat_lon_rad

# In the order of `Identity`.
IDENTITIES = ("neither", "civil", "friend", "hostile")
SUREST_REPLY = 0.999  # the best interrogator misses one reply of a thousand
_RULES = {
    "no-fire": ZoneRule.NO_FIRE,
    "safe-corridor": ZoneRule.SAFE_CORRIDOR,
    "hostile-origin": ZoneRule.HOSTILE_ORIGIN,
    "civil-origin": ZoneRule.CIVIL_ORIGIN,
}
_THRESHOLDS = (
    *("declare_hostile", "declare_civil", "declare_friend", "revoke"),
    *("engage_tight", "engage_free", "engage_self_defence"),
)


def lower_identification(
    scenario: Scenario, figures: Figures, sense: SensePlan, zones: ZonesPlan
) -> tuple[IdentificationPlan, EngagementRules, list[Fault]]:
    """Return how the defender identifies, his rules, and the contradictions in them."""
    block, path = scenario.identification, "identification.overrides"
    entry = figures.overridden(block.use, block.overrides, path).entry(block.use)
    ends = _airway_ends(scenario)
    has = {rule: bool(np.any(zones.rule == rule)) for rule in ZoneRule}
    conformance, origin = _shares(entry, "conformance"), _shares(entry, "origin")
    # What cannot be seen here is no evidence: who would be there is aside or from elsewhere.
    aside, elsewhere = int(Conformance.ASIDE), int(Origin.ELSEWHERE)
    if len(ends) == 0:
        _merge(conformance, int(Conformance.ON_AIRWAY), aside)
    if not has[ZoneRule.SAFE_CORRIDOR]:
        _merge(conformance, int(Conformance.IN_CORRIDOR), aside)
    if not has[ZoneRule.HOSTILE_ORIGIN]:
        _merge(origin, int(Origin.HOSTILE), elsewhere)
    if len(ends) == 0 and not has[ZoneRule.CIVIL_ORIGIN]:
        _merge(origin, int(Origin.CIVIL), elsewhere)
    prior = _shares(entry, "prior")[:, 0]
    never = 2.0
    plan = IdentificationPlan(
        prior=prior / prior.sum(),
        equipment=_shares(entry, "equipment"),
        log_reply=_log_reply(entry, sense),
        manner=_shares(entry, "manner"),
        conformance=conformance,
        origin=origin,
        manner_time_s=entry.value("manner_time"),
        conformance_time_s=entry.value("conformance_time"),
        hold_s=entry.value("hold_time"),
        hits_min=int(entry.value("hits_min")),
        civil_speed_max_m_s=entry.value("civil_speed_max"),
        low_m=entry.value("low_altitude"),
        low_speed_max_m_s=entry.value("low_speed_max"),
        inbound_miss_m=entry.value("inbound_miss"),
        airway_half_width_m=entry.value("airway_half_width"),
        airway_half_height_m=entry.value("airway_half_height"),
        airway_course_rad=entry.value("airway_course"),
        airway_end=ends,
        origin_radius_m=entry.value("origin_radius"),
        origin_time_s=entry.value("origin_time"),
        declare=np.array([never, *(entry.value(f"declare_{name}") for name in IDENTITIES[1:])]),
        revoke=entry.value("revoke"),
    )
    faults = list(threshold_faults({name: entry.value(name) for name in _THRESHOLDS}, path))
    return plan, _rules_of(entry, scenario), faults


def _shares(entry: Values, kind: str) -> Floats:
    """Return (4, k) shares of the members of a kind of evidence, whose rows sum to 1.

    A prior is (4, 1), as it stands.
    """
    names = [name for name, _ in SHARES[kind]]
    table = np.array([[entry.value(f"{n}_{who}") for n in names] for who in IDENTITIES])
    return table if kind == "prior" else table / table.sum(axis=1, keepdims=True)


def _merge(shares: Floats, away: int, into: int) -> None:
    """Move a column of shares into another."""
    shares[:, into] += shares[:, away]
    shares[:, away] = 0.0


def _log_reply(entry: Values, sense: SensePlan) -> Floats:
    """Return (3, 3) ln of the probability of each reply, by equipment.

    Of one's own interrogators the mean counts: a track does not remember who asked.
    """
    asking = sense.iff_reply_probability[sense.iff_reply_probability > 0.0]
    reply = min(float(asking.mean()) if len(asking) else SUREST_REPLY, SUREST_REPLY)
    garble, civil = entry.value("garble"), entry.value("garble_civil")
    stray = np.array([1.0 - garble, garble * civil, garble * (1.0 - civil)])
    table = np.array([stray, stray, stray])
    for code in (1, 2):
        # Its own reply if that is heard, else silence or a neighbour's.
        table[code] *= 1.0 - reply
        table[code, code] += reply
    return np.asarray(np.log(table))


def _rules_of(entry: Values, scenario: Scenario) -> EngagementRules:
    sites = [ecef_m(unit.at, 0.0, scenario) for unit in scenario.defence.values()]
    return EngagementRules(
        engage_tight=entry.value("engage_tight"),
        engage_free=entry.value("engage_free"),
        asked_min=int(entry.value("asked_min")),
        self_defence=scenario.doctrine.self_defence,
        engage_self_defence=entry.value("engage_self_defence"),
        self_defence_time_s=entry.value("self_defence_time"),
        self_defence_miss_m=entry.value("self_defence_miss"),
        own_site_ecef_m=np.array(sites, dtype=float).reshape(-1, 3),
        decision_median_s=entry.value("decision_time"),
        decision_spread=entry.value("decision_spread"),
    )


def _airway_ends(scenario: Scenario) -> Floats:
    """Return (k, 3) unit vectors from the Earth's centre to where published airways end."""
    flows = [flow for flow in scenario.civil.values() if isinstance(flow, CivilFlow)]
    ends = [
        ecef_m(flow.route[end], 0.0, scenario)
        for flow in flows
        for end in (0, -1)
        if flow.side == "civil"
    ]
    table = np.array(ends, dtype=float).reshape(-1, 3)
    return np.asarray(table / np.linalg.norm(table, axis=1, keepdims=True))


def zones_plan(scenario: Scenario) -> ZonesPlan:
    """Return the zones of a scenario."""
    zones = list(scenario.zones.values())
    places = [[lat_lon_rad(corner, scenario) for corner in zone.polygon] for zone in zones]
    corners = np.array([place for each in places for place in each], float).reshape(-1, 2)
    reference = scenario.origin.lon_rad
    east = [math.remainder(lon - reference, 2.0 * math.pi) for lon in corners[:, 1]]
    return ZonesPlan(
        rule=np.array([int(_RULES[zone.rule]) for zone in zones], dtype=np.int64),
        floor_m=np.array([zone.floor_m for zone in zones], dtype=float),
        ceiling_m=np.array([zone.ceiling_m for zone in zones], dtype=float),
        begin_s=np.array([zone.begin_s for zone in zones], dtype=float),
        end_s=np.array([zone.end_s for zone in zones], dtype=float),
        corner_first=np.cumsum([0, *(len(each) for each in places)], dtype=np.int64),
        corner_lat_rad=corners[:, 0].copy(),
        corner_east_rad=np.array(east, dtype=float),
        reference_lon_rad=reference,
    )
