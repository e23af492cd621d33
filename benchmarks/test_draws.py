"""How long a draw takes, alone and by the thousand inside a kernel."""

from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw, normals, run_key, stable_id

KEY = run_key(1)
TARGET = stable_id("raid.cruise[0]")
RADAR = stable_id("defence.battalion.91n6e")
N = 100_000


@kernel
def sum_of_draws(key: int, purpose: int, a: int, b: int, n: int) -> float:
    """Return the sum of n uniform draws."""
    total = 0.0
    for i in range(n):
        total += draw(key, purpose, a, b, i)
    return total


@kernel
def sum_of_normals(key: int, purpose: int, a: int, b: int, n: int) -> float:
    """Return the sum of 4 n normal draws."""
    total = 0.0
    for i in range(n):
        w, x, y, z = normals(key, purpose, a, b, i)
        total += w + x + y + z
    return total


def test_one_hundred_thousand_uniform_draws(benchmark):
    benchmark(sum_of_draws, KEY, Purpose.DETECTION, TARGET, RADAR, N)


def test_one_hundred_thousand_blocks_of_four_normal_draws(benchmark):
    benchmark(sum_of_normals, KEY, Purpose.NOISE, TARGET, RADAR, N)
