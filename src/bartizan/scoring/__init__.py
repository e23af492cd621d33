"""Scoring: truth meets tracks here, and no stage of a tick reads it back.

In: the objects, their looks, the tracks and what was done about them. Out: how well the
tracks match the objects (`gospa`, `truth_to_track`), how far each object came along the chain
from detection to kill, and why a leaker leaked.
"""
