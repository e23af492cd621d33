"""Studies: many replications, what is chance kept apart from what is not known.

In: a scenario, arms (changes to it) and a rule that says how many replications of each. Out: a
folder of Parquet parts that is the same to the bit for any number of workers, any order and any
number of interruptions, and a summary with intervals.

Assumes: replications are pure functions of scenario, figures draw and key.
"""
