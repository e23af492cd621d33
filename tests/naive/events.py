"""Slow twin of the event log: a list of at most `capacity` rows."""


def log(rows, capacity, time_s, kind, subject, obj, value=0.0, code=0):
    if len(rows) < capacity:
        rows.append((time_s, kind, subject, obj, value, code))
