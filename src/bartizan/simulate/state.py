"""The state: everything that changes in a replication, one table a product of a stage."""

from dataclasses import dataclass

from bartizan import arrays
from bartizan.arrays import Ints
from bartizan.decide.fire import Doses, make_doses
from bartizan.decide.orders import Orders, make_orders
from bartizan.decide.picture import Picture, make_picture
from bartizan.engage.flyouts import Flyouts, Strikes, make_flyouts, make_strikes
from bartizan.events import Events, make_events
from bartizan.scoring.accuracy import Accuracy, make_accuracy
from bartizan.scoring.funnel import Funnel, make_funnel
from bartizan.scoring.matching import Matching, make_matching
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
    plots: Plots
    # ---- tracking
    tracks: Tracks
    scratch: Scratch
    # ---- decide
    picture: Picture
    doses: Doses
    orders: Orders
    magazines: Magazines
    # ---- engage
    flyouts: Flyouts
    strikes: Strikes
    # ---- scoring
    assigned: Ints  # (n,) row of the track of each object; -1: none
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
    plots = make_plots(plan.n_plot)
    tracks = make_tracks(plan.n_track, len(plan.sense.sensor_id))
    return State(
        targets=make_targets(n_target),
        assets=make_assets(plan.assets),
        looks=make_looks(n_target, plan.sense.sensor_id.shape[0]),
        plots=plots,
        tracks=tracks,
        scratch=make_scratch(plan.tracking, tracks, plots),
        picture=make_picture(plan.n_track),
        doses=make_doses(plan.n_track, len(plan.assets.value)),
        orders=make_orders(n_order),
        magazines=make_magazines(plan.force),
        flyouts=make_flyouts(n_round),
        strikes=make_strikes(n_target, n_order, n_unit, *plan.force.kill_probability.shape),
        assigned=arrays.none(n_target),
        funnel=make_funnel(n_target, plan.n_track),
        accuracy=make_accuracy(),
        matching=make_matching(n_target, plan.n_track),
        events=make_events(n_event),
        samples=make_samples(plan.n_track, n_target, has_samples),
    )
