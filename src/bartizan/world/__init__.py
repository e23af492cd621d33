"""World: where everything is.

In: the scenario and the settled figures, through `lower`. Out: `WorldPlan` and `Targets`
(the truth), `AssetsPlan` and `ForcePlan` (own force).

Assumes: every motion is known from the start in closed form (nobody evades a shot); the
ground is the WGS-84 ellipsoid, heights are above it; there is no terrain, and no wind but for
chaff.
"""
