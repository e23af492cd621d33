"""From documents to links: the figures of those that forward tracks."""

from bartizan.decide.links import LinksPlan, make_links
from bartizan.errors import Fault
from bartizan.rng import stable_id
from bartizan.world.lower_nets import Nets, TrackLink

LATENCY_MAX_INTERVALS = 20.0


def lower_links(nets: Nets) -> tuple[LinksPlan, list[Fault]]:
    """Return the table of links and what is wrong with their figures."""
    plan = make_links(len(nets.links))
    faults = [fault for link in nets.links if (fault := _fault(link))]
    for row, link in enumerate([] if faults else nets.links):
        value, choice = link.values.value, link.values.choice
        plan.link_id[row] = stable_id(f"links.{link.name}")
        plan.source[row], plan.to[row] = link.source, link.to
        plan.latency_s[row], plan.interval_s[row] = value("latency"), value("update_interval")
        plan.loss[row], plan.sigma_m[row] = value("loss"), value("position_sigma")
        plan.tells_identity[row] = choice("identity") == "yes"
        plan.tells_engagements[row] = choice("engagements") == "yes"
        plan.engage_sigma_max_m[row] = value("engage_sigma_max")
        plan.cue_gain[row], plan.cued_reaction[row] = value("cue_gain"), value("cued_reaction")
    return plan, faults


def _fault(link: TrackLink) -> Fault | None:
    path = f"links.{link.name}.overrides"
    latency_s, interval_s = link.values.value("latency"), link.values.value("update_interval")
    if latency_s > LATENCY_MAX_INTERVALS * interval_s:
        allowed = f"a latency of at most {LATENCY_MAX_INTERVALS:g} update intervals"
        return Fault(path, "more is under way than a link holds", f"{latency_s:g} s", allowed)
    return None
