"""Simulate: one replication, tick by tick.

In: a plan (static tables, made once) and a seed. Out: a `Replication` with measures, events
and samples. Start reading at `tick.py`.
"""
