"""Chaff: whether a round that meets no object has a cloud before it instead."""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.sense.chaff import is_released
from bartizan.world.chaff import ChaffPlan, cloud_position
from bartizan.world.truth import Targets


@kernel
def has_cloud_in_basket(
    chaff: ChaffPlan, targets: Targets, aim_ecef_m: Floats, basket_m: float, time_s: float
) -> bool:
    """Tell whether a cloud is within a basket about a point at a time."""
    for cloud in range(chaff.cloud_id.shape[0]):
        if time_s > chaff.end_s[cloud] or not is_released(chaff, targets, cloud, time_s):
            continue
        x, y, z = cloud_position(chaff, cloud, time_s)
        away_m = math.sqrt(
            (x - aim_ecef_m[0]) ** 2 + (y - aim_ecef_m[1]) ** 2 + (z - aim_ecef_m[2]) ** 2
        )
        if away_m <= basket_m:
            return True
    return False
