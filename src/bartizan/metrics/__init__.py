"""Metrics: how good tracks are, from two tables: what was reported and what was true.

In: the tables of tracks and truth (`reports`), whoever made them. Out: a `Score` of GOSPA,
OSPA, identity switches, IDF1, SIAP and consistency. The room knows nothing of a simulation:
`scoring` is the one that looks into it, tick by tick. No file is opened here.

Assumes: an object and a track are at one place at one time; rows are matched by equal times,
never interpolated.
"""
