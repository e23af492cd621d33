"""Engage: orders become rounds in the air, rounds meet objects, threats arrive.

In: orders (they name tracks), tracks, the truth. Out: flyouts, kills, leakers, damage, and a
delayed, fallible report on each order.
Assumes: effects are probabilities; an interceptor flies at an average speed by range.
"""
