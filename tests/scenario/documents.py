"""A small scenario that holds no mistake, for tests to put one in."""

SMALL = """\
bartizan: 1
name: small
origin: {lat: -27.4, lon: -17.6}
duration: 10 min
assets:
  port: {at: {east: 2 km, north: 9 km}, value: 6}
defence:
  battalion:
    system: s-400
    at: {east: 8 km, north: 2 km}
raid:
  cruise:
    threat: cruise-missile
    count: 8
    from: {bearing: 265 deg, range: 120 km}
    via: [{lat: -27.4, lon: -18.2}]
    target: port
    every: 5 s
civil:
  airway:
    aircraft: airliner
    count: 3
    route:
      - {east: -20 km, north: 150 km}
      - {east: 0 km, north: -150 km}
    at: -8 min
"""
