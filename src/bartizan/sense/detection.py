"""Single-look detection: probability, its inverse, and the echo whose power is compared.

The power of a look is stated in units of the mean noise power, so that noise alone is an
exponential variable of mean 1 and the threshold is -ln of the false alarm probability.

Source: Marcum, A statistical theory of target detection by pulsed radar, 1947; Swerling,
Probability of detection for fluctuating targets, 1954; Skolnik, Introduction to Radar
Systems, 3rd ed., ch. 2.
Assumes: one pulse, or coherent integration within the look; the echo does not change in it.
"""

import math

from bartizan.kernel import kernel
from bartizan.world.truth import Swerling

FALSE_ALARM_PROBABILITY_MIN = 1e-100
SNR_SEEN_MIN = 0.1


@kernel
def threshold_power(false_alarm_probability: float) -> float:
    """Return the power, in units of the mean noise power, that a plot must exceed [-]."""
    return -math.log(false_alarm_probability)


@kernel
def snr_from_power(power: float) -> float:
    """Return the signal-to-noise power ratio that a radar infers from the power of a look [-].

    The mean noise is taken off; never below 0.1, which only thresholds that pass a third of
    all noise would reach.
    """
    return max(power - 1.0, SNR_SEEN_MIN)


@kernel
def _steady_exceedance(snr_power: float, power: float) -> float:
    """Return the probability that a steady echo in noise exceeds a power (Marcum's Q) [-].

    The sum over k of Poisson(k; snr) times the probability that at most k events of a Poisson
    process happen before ``power``: all terms positive, so that small results stay exact.

    Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2, ch. 29.
    """
    if math.sqrt(snr_power) - math.sqrt(power) > 6.5:  # the complement is below 1e-18
        return 1.0
    weight = math.exp(-snr_power)
    term = math.exp(-power)
    below = term
    total = weight * below
    k = 0
    while k < snr_power or weight * (k + 1) > 1e-17 * total * (k + 1 - snr_power):
        k += 1
        weight *= snr_power / k
        term *= power / k
        below += term
        total += weight * below
    return min(total, 1.0)


@kernel
def detection_probability(
    snr_power: float, false_alarm_probability: float, swerling: int
) -> float:
    """Return the detection probability of one look.

    Parameters
    ----------
    snr_power
        Mean signal-to-noise power ratio of the look [-], >= 0. Not decibels.
    false_alarm_probability
        [-], in [1e-100, 1).
    swerling
        A `Swerling`: how the echo fluctuates from look to look.

    Returns
    -------
    float
        [-], in [0, 1]; nan if an argument is out of range.

    Source: Skolnik, ch. 2 (steady: Marcum; Swerling I and III in closed form for one pulse).
    """
    if not (
        snr_power >= 0.0
        and false_alarm_probability >= FALSE_ALARM_PROBABILITY_MIN
        and false_alarm_probability < 1.0
    ):
        return math.nan
    power = threshold_power(false_alarm_probability)
    if swerling == Swerling.STEADY:
        return _steady_exceedance(snr_power, power)
    if swerling == Swerling.SLOW:
        # Pd = Pfa^(1 / (1 + SNR))
        return math.exp(-power / (1.0 + snr_power))
    if swerling == Swerling.SLOW_DOMINANT:
        # Pd = (1 + (1 - 1/m) T/m) exp(-T/m), m = 1 + SNR/2
        mean = 1.0 + 0.5 * snr_power
        return (1.0 + (1.0 - 1.0 / mean) * power / mean) * math.exp(-power / mean)
    return math.nan


@kernel
def required_snr(probability: float, false_alarm_probability: float, swerling: int) -> float:
    """Return the mean signal-to-noise power ratio that gives a detection probability.

    Parameters
    ----------
    probability
        Of detection in one look [-], between the false alarm probability and 1 - 1e-9.
    false_alarm_probability
        [-], in [1e-100, 1).
    swerling
        A `Swerling`.

    Returns
    -------
    float
        Power ratio [-]; nan if an argument is out of range.
    """
    if not (false_alarm_probability < probability and probability <= 1.0 - 1e-9):
        return math.nan
    if math.isnan(detection_probability(1.0, false_alarm_probability, swerling)):
        return math.nan
    low, high = 0.0, 1e12
    for _ in range(200):
        middle = 0.5 * (low + high)
        if detection_probability(middle, false_alarm_probability, swerling) < probability:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@kernel
def echo_power(snr_power: float, swerling: int, u0: float, u1: float, u2: float) -> float:
    """Return the power of one look, echo and noise together, from three uniform draws.

    It exceeds `threshold_power` with `detection_probability`, exactly. Drawing the power, and
    not only whether it suffices, also gives the signal-to-noise ratio that the radar sees,
    which is what a plot reports: the mean one would give the object's cross-section away.

    Parameters
    ----------
    snr_power
        Mean signal-to-noise power ratio of the look [-], >= 0.
    swerling
        A `Swerling`.
    u0, u1, u2
        Uniform draws in (0, 1).

    Returns
    -------
    float
        In units of the mean noise power [-]; nan for an unknown fluctuation.

    Source: the densities of Swerling, 1954; case III is an exponential of mean 1 + SNR/2 to
    which, with probability 1 - 1/(1 + SNR/2), a second one is added.
    """
    if swerling == Swerling.STEADY:
        radius, turn = math.sqrt(-2.0 * math.log(u0)), 2.0 * math.pi * u1
        in_phase = math.sqrt(2.0 * snr_power) + radius * math.cos(turn)
        quadrature = radius * math.sin(turn)
        return 0.5 * (in_phase * in_phase + quadrature * quadrature)
    if swerling == Swerling.SLOW:
        return -(1.0 + snr_power) * math.log(u0)
    if swerling == Swerling.SLOW_DOMINANT:
        mean = 1.0 + 0.5 * snr_power
        power = -mean * math.log(u0)
        return power - mean * math.log(u1) if u2 < 1.0 - 1.0 / mean else power
    return math.nan
