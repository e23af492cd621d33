"""Made-up nested replications with known answers, drawn by NumPy for tests of statistics."""

import numpy as np


def nested(rng, d, m, figures_sd, chance_sd, mean=10.0):
    """Return values (d m,) and their draws: normal in both layers."""
    draws = np.repeat(np.arange(d), m)
    values = mean + rng.normal(0.0, figures_sd, d)[draws] + rng.normal(0.0, chance_sd, d * m)
    return values, draws


def counts(rng, d, m, shape=4.0, mean=10.0):
    """Return Poisson counts whose rate is gamma distributed over draws: skewed in both."""
    draws = np.repeat(np.arange(d), m)
    rates = rng.gamma(shape, mean / shape, d)
    return rng.poisson(rates[draws]).astype(float), draws


def truths(rng, d, m, a, b):
    """Return zeros and ones whose probability is beta distributed over draws."""
    draws = np.repeat(np.arange(d), m)
    return (rng.random(d * m) < rng.beta(a, b, d)[draws]).astype(float), draws


def covered(repeats, seed, once):
    """Return the share of repeats whose interval holds the truth."""
    rng = np.random.default_rng(seed)
    return float(np.mean([once(rng) for _ in range(repeats)]))
