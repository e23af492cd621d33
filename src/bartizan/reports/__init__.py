"""What people read of a run: the summary, why something leaked, the state of the house.

In: a run or its summary. Out: rich renderables, at most 80 columns wide, that read as well
without colour. Nothing here computes an outcome.
"""
