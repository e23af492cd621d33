"""Tracking: from plots alone to tracks; the tracker never sees the truth.

In: the plots of the tick (`sense.plots.Plots`), radar measurements or position reports, and
what is known of the sensors (`plan.TrackingPlan`, from a scenario by `lower.lower` or filled
by hand). Out: `tracks.Tracks`, kept up by `follow.follow`; `motion.predicted` tells where a
track is at any later time. `tracker.Tracker` is the same for whoever has no scenario.

Assumes: a plot comes from one object or none, an object gives a sensor at most one plot a
scan, and errors are independent and Gaussian as the plots state; objects fly straight on, make
level turns of about one strength, or fall along a drag-free arc, alone or keeping stations in
a formation (one model each); sensors are aligned without bias.
"""
