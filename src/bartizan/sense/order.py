"""The order of plots, so that the row of a plot tells nothing of the truth."""

from bartizan.kernel import kernel
from bartizan.sense.plots import Plots


@kernel
def order_plots(plots: Plots) -> None:
    """Sort the plots in place by time, then sensor, range and address."""
    _sort_rows(plots)
    order = plots.order
    # Each cycle of the permutation is walked once, swapping rows into their places.
    for start in range(plots.size[0]):
        row = start
        while order[row] != start:
            source = order[row]
            _swap(plots, row, source)
            order[row] = row
            row = source
        order[row] = row


@kernel
def _sort_rows(plots: Plots) -> None:
    """Write the rows in their order to ``plots.order`` (Shell's sort).

    Source: Ciura, Best increments for the average case of Shellsort, 2001.
    """
    n_plot, order = plots.size[0], plots.order
    for row in range(n_plot):
        order[row] = row
    for gap in (8861, 3938, 1750, 701, 301, 132, 57, 23, 10, 4, 1):
        for k in range(gap, n_plot):
            row = order[k]
            hole = k
            while hole >= gap and _comes_before(plots, row, order[hole - gap]):
                order[hole] = order[hole - gap]
                hole -= gap
            order[hole] = row


@kernel
def _comes_before(plots: Plots, a: int, b: int) -> bool:
    """Return whether row a comes before row b; ranges of reports are nan and never differ."""
    if plots.time_s[a] != plots.time_s[b]:
        return bool(plots.time_s[a] < plots.time_s[b])
    if plots.sensor[a] != plots.sensor[b]:
        return bool(plots.sensor[a] < plots.sensor[b])
    if plots.range_m[a] < plots.range_m[b]:
        return True
    if plots.range_m[a] > plots.range_m[b]:
        return False
    return bool(plots.address[a] < plots.address[b])


@kernel
def _swap(plots: Plots, a: int, b: int) -> None:
    """Exchange two rows."""
    for column in (
        plots.time_s,
        plots.range_m,
        plots.azimuth_rad,
        plots.elevation_rad,
        plots.sigma_range_m,
        plots.sigma_azimuth_rad,
        plots.sigma_elevation_rad,
        plots.snr_power,
        plots.sigma_position_m,
    ):
        column[a], column[b] = column[b], column[a]
    for numbers in (plots.sensor, plots.kind, plots.iff_reply, plots.address, plots.code):
        numbers[a], numbers[b] = numbers[b], numbers[a]
    for axis in range(3):
        kept = plots.position_ecef_m[a, axis]
        plots.position_ecef_m[a, axis] = plots.position_ecef_m[b, axis]
        plots.position_ecef_m[b, axis] = kept
