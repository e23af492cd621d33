"""The state: everything that changes in a replication, one table a product of a stage."""

from dataclasses import dataclass

from bartizan import arrays
from bartizan.arrays import Ints
from bartizan.decide.fire import Doses, make_doses
from bartizan.decide.links import Forwarded, Mail, make_forwarded, make_mail
from bartizan.decide.orders import Orders, make_orders
from bartizan.decide.picture import Picture, make_picture
from bartizan.engage.flyouts import Flyouts, Strikes, make_flyouts, make_strikes
from bartizan.events import Events, make_events
from bartizan.scoring.accuracy import Accuracy, make_accuracy
from bartizan.scoring.funnel import Funnel, make_funnel
from bartizan.scoring.matching import Matching, make_matching
from bartizan.sense.cues import Cues, make_cues
from bartizan.sense.looks import Looks, make_looks
from bartizan.sense.plots import Plots, make_plots
from bartizan.simulate.plan import Plan
from bartizan.simulate.sample import Samples, make_samples
from bartizan.tracking.scratch import Scratch, make_scratch
from bartizan.tracking.tracks import Tracks, make_tracks
from bartizan.world.force import Assets, Magazines, make_assets, make_magazines
from bartizan.world.truth import Targets, make_targets


@dataclass(frozen=True)
class State:
    """The changing tables of every stage; the references stay, the cells change."""

    # ---- truth
    targets: Targets
    assets: Assets
    # ---- sense
    looks: Looks
    cues: Cues
    plots: Plots
    # ---- tracking
    tracks: Tracks
    scratch: Scratch
    # ---- decide
    mail: Mail
    forwarded: Forwarded
    picture: Picture
    doses: Doses
    orders: Orders
    magazines: Magazines
    # ---- engage
    flyouts: Flyouts
    strikes: Strikes
    # ---- scoring
    assigned: Ints  # (k, n) row of the track of each object in each net; -1: none
    funnel: Funnel
    accuracy: Accuracy
    matching: Matching  # room for matching truth with tracks
    # ---- trace
    events: Events
    samples: Samples


def make_state(plan: Plan, n_event: int = 0, has_samples: bool = False) -> State:
    """Return the state before the first tick; ``n_event`` events wait until they are read."""
    n_target = plan.world.target_id.shape[0]
    n_unit = plan.force.unit_rounds.shape[0]
    n_order = max(1, int(plan.force.unit_channels.sum()))
    n_round = n_order * max(2, int(plan.fire.rounds_max.max(initial=0)))
    plots, rows = make_plots(plan.n_plot), plan.rows
    n_link, n_net_row = len(plan.links.link_id), rows.n_own + rows.n_forwarded
    n_sensor = len(plan.sense.sensor_id)
    tracks = make_tracks(rows.n_own, n_sensor, rows.n_net, rows.n_forwarded)
    n_track = len(tracks.alive)
    return State(
        targets=make_targets(n_target),
        assets=make_assets(plan.assets, len(plan.force.system_net)),
        looks=make_looks(n_target, plan.sense.sensor_id.shape[0]),
        cues=make_cues(rows.n_net * rows.n_forwarded),
        plots=plots,
        tracks=tracks,
        scratch=make_scratch(plan.tracking, make_tracks(rows.n_own, n_sensor), plots),
        mail=make_mail(plan.links, rows.n_own),
        forwarded=make_forwarded(n_track, n_link),
        picture=make_picture(n_track),
        doses=make_doses(n_track, len(plan.assets.value)),
        orders=make_orders(n_order),
        magazines=make_magazines(plan.force),
        flyouts=make_flyouts(n_round),
        strikes=make_strikes(n_target, n_order, n_unit, *plan.force.kill_probability.shape),
        assigned=arrays.none(rows.n_net, n_target),
        funnel=make_funnel(n_target, n_track, rows.n_net),
        accuracy=make_accuracy(),
        matching=make_matching(n_target, n_net_row),
        events=make_events(n_event),
        samples=make_samples(n_track, n_target, has_samples),
    )
