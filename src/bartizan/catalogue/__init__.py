"""Published figures of systems, radars, interceptors, threats, traffic, doctrines and links.

In: the YAML files of `data/`. Out: `Figures`, values in SI by entry and name, and the sources,
bands and claims behind each of them for whoever wants to see them.

Assumes: nothing is true because it is printed. A figure has a source that was read, computed
or recalled, or it is marked `assumed`; the tests refuse any other.
"""

from bartizan.catalogue.cite import cite
from bartizan.catalogue.figures import EVERY, Figures, Values, resolve, vary_faults
from bartizan.catalogue.load import (
    Catalogue,
    bundled_catalogue,
    load_catalogue,
)
from bartizan.catalogue.own import own_catalogue
from bartizan.catalogue.settle import CHOICES

__all__ = [
    "CHOICES",
    "EVERY",
    "Catalogue",
    "Figures",
    "Values",
    "bundled_catalogue",
    "cite",
    "load_catalogue",
    "own_catalogue",
    "resolve",
    "vary_faults",
]
