"""Slow twins of `bartizan.rng` and of the event log, in Python's own integers."""

import math

MASK = 0xFFFFFFFF


def philox(c0, c1, c2, c3, k0, k1):
    counter, key = [c0, c1, c2, c3], [k0, k1]
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * counter[0], 2**32)
        high1, low1 = divmod(0xCD9E8D57 * counter[2], 2**32)
        counter = [high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0]
        key = [(key[0] + 0x9E3779B9) & MASK, (key[1] + 0xBB67AE85) & MASK]
    return tuple(counter)


def draw4(key, purpose, a, b, i):
    words = philox(
        a & MASK,
        b & MASK,
        i & MASK,
        purpose,
        (key & MASK) ^ (a >> 32),
        (key >> 32) ^ (b >> 32),
    )
    return tuple((word + 0.5) / 2**32 for word in words)


def draw(key, purpose, a, b, i):
    return draw4(key, purpose, a, b, i)[0]


def normals(key, purpose, a, b, i):
    u = draw4(key, purpose, a, b, i)
    out = []
    for radius, turn in ((u[0], u[1]), (u[2], u[3])):
        length = math.sqrt(-2 * math.log(radius))
        out += [length * math.cos(2 * math.pi * turn), length * math.sin(2 * math.pi * turn)]
    return tuple(out)


def poisson(mean, u):
    count = 0
    while sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1)) < u:
        count += 1
    return count
