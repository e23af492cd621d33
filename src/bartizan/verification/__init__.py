"""Verification: theory through the whole simulator, and a verdict on each agreement.

In: cases, each a scenario in YAML and a function with what theory says of it. Out: a table of
findings, simulated mean beside theory. A case has enough flights to notice an error of a tenth.

Assumes: what is checked is the program against its own model; whether the model is war, no
open source can tell.
"""
