"""Exchange: a recorded run as a file for the tools that people have already.

In: a run with recorded tables, and its theatre, as one `Picture`. Out: the bytes of a file.
Each format is one file here and one line of `FORMATS`.

Assumes: dates are needed where a format knows no simulated clock; they count from `EPOCH`.
Heights are above the WGS-84 ellipsoid everywhere, also where a format speaks of the sea.
"""
