"""Theatre: all that a map shows and that does not change during a run, as arrays.

In: a scenario and its settled figures. Out: a `Theatre` of names and of places in degrees and
metres, for the replay, the exports and the maps of reports, which would else each ask world and
sense in a way of their own.

Assumes: what `world` and `sense` do: no terrain, a smooth Earth of 4/3 its radius for radar.
"""
