"""The report of a study: one HTML file that needs nothing else, to read, print and hand on.

`material` is what goes in; each file named after a noun (`funnel`, `assets`, `tornado`, ...)
makes one section of it, of words, charts and tables; `page` sets them. A chart is described
once (`chart`) and drawn twice: as hand-made SVG (`svg`), which prints and needs no script, and
by plotly (`interactive`), which takes its place where scripts run.
"""
