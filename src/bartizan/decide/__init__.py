"""Decide: who is hostile, what he threatens, and who shoots at what with which round.

In: tracks, own assets and fire units, reports of kill assessment. Out: orders that name tracks.
Assumes: a defender who never sees the truth; nothing here imports it.
"""
