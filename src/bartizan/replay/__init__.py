"""Replay: a recorded run as one compact scene, and the page that plays it.

In: a run with recorded tables, and its theatre. Out: the bytes of a scene, and of one HTML file
that holds the scene and all that plays it. The page itself is written in TypeScript, in ``web``
beside the sources, and built into ``built``.
"""
