"""Sense: from where the objects are to what the sensors report of them.

In: the static tables of the sensors (`radar.SensePlan`) and of the world, the objects and the
calendar of looks. Out: the plots of the tick (`plots.Plots`), in an order that tells nothing
of the truth, and `looks.Looks`, which only `scoring` may read.

Assumes: one look is one decision; radars neither merge two objects into one plot nor split
one into two, see no terrain but the curved Earth, and have no limit to the
number of plots; measurements are corrected for refraction without error.
"""
