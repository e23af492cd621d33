"""Slow twins of `bartizan.sense`: integrals, brute-force searches and lists of rows.

A world is given by ``where(i, t_s)``, which returns an ECEF position.
"""

import itertools
import math

import numpy as np
import pyproj
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import i0e

from bartizan.sense.plots import IffReply, PlotKind
from bartizan.sense.radar import SensorMode
from bartizan.world.truth import Phase, Side, Swerling
from tests.naive.rng import draw, draw4, normals, poisson

DETECTION, NOISE, FALSE_ALARM, FALSE_ALARM_PLACE, IFF, ADDRESS, CHAFF = 1, 2, 3, 4, 5, 6, 16
EARTH_M = 6_371_008.8
EFFECTIVE_M = EARTH_M * 4 / 3
TURN = 2 * math.pi
GEODETIC = pyproj.Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)


def threshold_power(false_alarm_probability):
    return brentq(lambda power: math.exp(-power) - false_alarm_probability, 0, 500, xtol=1e-14)


def snr_from_power(power):
    return 0.1 if power < 1.1 else power - 1


def detection_probability(snr_power, false_alarm_probability, swerling):
    """Integrate the density of the power of echo and noise over the echo's own density."""
    least = threshold_power(false_alarm_probability)

    def steady(snr):
        def density(amplitude):
            # Rice: the amplitude of an echo of amplitude sqrt(snr) in noise of mean power 1
            product = 2 * amplitude * math.sqrt(snr)
            square = (amplitude - math.sqrt(snr)) ** 2
            return 2 * amplitude * math.exp(-square) * i0e(product)

        top = math.sqrt(snr) + math.sqrt(least) + 8
        middle = min(max(math.sqrt(snr), math.sqrt(least)), top)
        low = quad(density, math.sqrt(least), middle, epsabs=1e-13, limit=200)[0]
        return low + quad(density, middle, top, epsabs=1e-13, limit=200)[0]

    if swerling == Swerling.STEADY:
        return steady(snr_power)
    echo = {
        Swerling.SLOW: lambda x: math.exp(-x),
        Swerling.SLOW_DOMINANT: lambda x: 4 * x * math.exp(-2 * x),
    }[swerling]
    # Gauss-Legendre, in pieces about where the echo alone would reach the threshold.
    nodes, weights = np.polynomial.legendre.leggauss(30)
    edges = [0, *(x for x in least / snr_power * np.array([0.5, 1, 2, 4]) if x < 10), 10, 40]
    total = 0
    for low, high in itertools.pairwise(edges):
        x = low + (high - low) * (nodes + 1) / 2
        values = [echo(each) * steady(snr_power * each) for each in x]
        total += (high - low) / 2 * float(np.dot(weights, values))
    return total


def required_snr(probability, false_alarm_probability, swerling):
    def short(decibels):
        snr = 10 ** (decibels / 10)
        return detection_probability(snr, false_alarm_probability, swerling) - probability

    return 10 ** (brentq(short, -20, 40, xtol=1e-6) / 10)


def echo_power(snr_power, swerling, u0, u1, u2):
    if swerling == Swerling.STEADY:
        noise = math.sqrt(-2 * math.log(u0)) * complex(math.cos(TURN * u1), math.sin(TURN * u1))
        return abs(math.sqrt(2 * snr_power) + noise) ** 2 / 2
    if swerling == Swerling.SLOW:
        return -math.log(u0) * (1 + snr_power)
    mean = 1 + snr_power / 2
    second = -math.log(u1) if u2 < 1 - 1 / mean else 0
    return mean * (-math.log(u0) + second)


def horizon_range_m(antenna_height_m, target_height_m):
    def arc(height_m):
        tangent = math.sqrt((EFFECTIVE_M + height_m) ** 2 - EFFECTIVE_M**2)
        return EFFECTIVE_M * math.atan2(tangent, EFFECTIVE_M)

    return arc(max(antenna_height_m, 0)) + arc(max(target_height_m, 0))


def is_above_horizon(antenna_height_m, target_height_m, ground_range_m):
    """Walk along the straight ray over the enlarged Earth."""
    angle = ground_range_m / EFFECTIVE_M
    a = np.array([0.0, EFFECTIVE_M + max(antenna_height_m, 0)])
    b = np.array([math.sin(angle), math.cos(angle)]) * (EFFECTIVE_M + max(target_height_m, 0))
    steps = np.linspace(0, 1, 4001)[:, np.newaxis]
    return bool(np.all(np.linalg.norm(a + steps * (b - a), axis=1) >= EFFECTIVE_M - 1e-3))


def ground_range_m(a_ecef_m, x_m, y_m, z_m):
    b = np.array([x_m, y_m, z_m])
    cosine = np.dot(a_ecef_m, b) / np.linalg.norm(a_ecef_m) / np.linalg.norm(b)
    return EARTH_M * math.acos(min(cosine, 1))


def radar_of(sense, r):
    """Return a radar as a dict: its row number and each column's cell."""
    names = [name for name in sense._fields if name != "perfect"]
    return {"sensor": r} | {name: getattr(sense, name)[r].tolist() for name in names}


def echo_of(world, i):
    return {
        name: getattr(world, name)[i].tolist()
        for name in ("target_id", "rcs_m2", "swerling", "transponder")
    }


def is_covered(sense, r, range_m, azimuth_rad, elevation_rad):
    aside = math.remainder(azimuth_rad - sense.sector_centre_rad[r], TURN)
    return bool(
        sense.range_min_m[r] <= range_m <= sense.range_max_m[r]
        and abs(aside) <= sense.sector_half_width_rad[r]
        and elevation_rad <= sense.elevation_max_rad[r]
        and (sense.elevation_min_rad[r] <= 0 or elevation_rad >= sense.elevation_min_rad[r])
    )


def mean_snr(sense, r, range_m, rcs_m2):
    return sense.snr_constant_m2[r] * rcs_m2 * range_m**-4


def sigma_factor(sense, r, snr_power):
    return math.sqrt(sense.sigma_floor[r] ** 2 + sense.snr_reference[r] / snr_power)


def polar(sense, r, position):
    east, north, up = sense.enu_from_ecef[r] @ (np.array(position) - sense.position_ecef_m[r])
    azimuth = math.atan2(east, north) % TURN
    return math.hypot(east, north, up), azimuth, math.atan2(up, math.hypot(east, north))


def look_after_s(sense, where, i, r, after_s):
    if sense.mode[r] == SensorMode.ROTATING:
        return beam_pass_s(sense, where, i, r, after_s)
    return array_look_s(sense, r, after_s)


def array_look_s(sense, r, after_s):
    times = ((k - sense.scan_phase[r]) * sense.scan_period_s[r] for k in range(100_000))
    return next(t for t in times if t > after_s)


def beam_pass_s(sense, where, i, r, after_s):
    """Step on until the beam is past the object, then halve the last step."""
    period_s, phase = sense.scan_period_s[r], sense.scan_phase[r]

    def behind(t_s):
        """Part of a turn that the beam is behind the object, in [-0.5, 0.5)."""
        turns = polar(sense, r, where(i, t_s))[1] / TURN - phase - t_s / period_s
        return turns - math.floor(turns + 0.5)

    step_s = period_s / 200
    before_s = after_s
    while not (behind(before_s) > 0 >= behind(before_s + step_s) > -0.25):
        before_s += step_s
    past_s = before_s + step_s
    for _ in range(50):
        middle_s = (before_s + past_s) / 2
        before_s, past_s = (middle_s, past_s) if behind(middle_s) > 0 else (before_s, middle_s)
    return past_s


def add_radar_plot(rows, time_s, sensor, place, sigmas, snr_power, iff_reply):
    rows.append(
        {
            "time_s": time_s,
            "sensor": sensor,
            "kind": PlotKind.RADAR,
            "range_m": place[0],
            "azimuth_rad": place[1] % TURN,
            "elevation_rad": place[2],
            "sigma_range_m": sigmas[0],
            "sigma_azimuth_rad": sigmas[1],
            "sigma_elevation_rad": sigmas[2],
            "snr_power": snr_power,
            "iff_reply": iff_reply,
            "position_ecef_m": (math.nan, math.nan, math.nan),
            "sigma_position_m": math.nan,
            "address": -1,
        }
    )


def add_report(rows, time_s, sensor, position_ecef_m, sigma_position_m, address, iff_reply):
    nothing = (math.nan, math.nan, math.nan)
    add_radar_plot(rows, time_s, sensor, nothing, nothing, math.nan, iff_reply)
    rows[-1] |= {
        "kind": PlotKind.REPORT,
        "position_ecef_m": tuple(position_ecef_m),
        "sigma_position_m": sigma_position_m,
        "address": address,
    }


def order_plots(rows):
    def place(row):
        is_report = math.isnan(row["range_m"])
        return row["time_s"], row["sensor"], 0 if is_report else row["range_m"], row["address"]

    rows.sort(key=place)


def sigmas_of(sense, r, snr_power):
    factor = sigma_factor(sense, r, snr_power)
    return (
        factor * sense.range_sigma_m[r],
        factor * sense.azimuth_sigma_rad[r],
        factor * sense.elevation_sigma_rad[r],
    )


def add_false_alarms(sense, rows, key, r, t0_s, t1_s):
    sensor_id = int(sense.sensor_id[r])
    asks = sense.iff_reply_probability[r] > 0
    for scan in range(int(t1_s / sense.scan_period_s[r]) + 2):
        u = draw(key, FALSE_ALARM, sensor_id, 0, scan)
        for k in range(poisson(float(sense.false_alarms_per_scan[r]), u)):
            u = draw4(key, FALSE_ALARM_PLACE, sensor_id, k, scan)
            aside = np.interp(u[0], (0, 1), (-1, 1)) * sense.sector_half_width_rad[r]
            azimuth = (sense.sector_centre_rad[r] + aside) % TURN
            sweep = azimuth / TURN if sense.mode[r] == SensorMode.ROTATING else 0
            time_s = (scan - sense.scan_phase[r] + sweep) * sense.scan_period_s[r]
            if t0_s < time_s <= t1_s:
                limits = (
                    sense.false_alarm_elevation_min_rad[r],
                    sense.false_alarm_elevation_max_rad[r],
                )
                place = (
                    np.interp(u[1], (0, 1), (sense.range_min_m[r], sense.range_max_m[r])),
                    azimuth,
                    np.interp(u[2], (0, 1), limits),
                )
                # noise that exceeds the threshold by chance
                power = -math.log(sense.false_alarm_probability[r] * u[3])
                snr = snr_from_power(power)
                reply = IffReply.SILENT if asks else IffReply.NOT_ASKED
                sigmas = sigmas_of(sense, r, snr)
                add_radar_plot(rows, time_s, r, place, sigmas, snr, reply)


def report_address(key, target_id):
    u0, u1, _, _ = draw4(key, ADDRESS, target_id, 0, 0)
    return math.floor(u0 * 2**31) * 2**31 + math.floor(u1 * 2**31)


def report_all(world, targets, rows, key, t1_s):
    replies = {
        Side.CIVIL: IffReply.CIVIL,
        Side.FRIEND: IffReply.FRIEND,
        Side.HOSTILE: IffReply.SILENT,
    }
    for i, phase in enumerate(targets.phase):
        if phase == Phase.FLYING:
            address = report_address(key, int(world.target_id[i]))
            reply = replies[Side(world.side[i])]
            add_report(rows, t1_s, 0, targets.position_ecef_m[i], 1.0, address, reply)


def noise_rise(sense, world, where, r, position, time_s):
    """Return the noise of a look at a position with that of all jammers in flight, over own."""
    rise = 1
    to = np.array(position) - sense.position_ecef_m[r]
    here = (sense.enu_from_ecef[r] @ to)[:2]
    for i, density in zip(world.jammer, world.jammer_w_hz, strict=True):
        if not world.start_s[i] <= time_s <= world.end_s[i]:
            continue
        place = where(i, time_s)
        height_m = GEODETIC.transform(*place)[2]
        away_m = ground_range_m(sense.position_ecef_m[r], *place)
        if away_m > horizon_range_m(sense.antenna_height_m[r], height_m):
            continue
        at = np.array(place) - sense.position_ecef_m[r]
        there = (sense.enu_from_ecef[r] @ at)[:2]
        cosine = here @ there / np.linalg.norm(here) / np.linalg.norm(there)
        is_in_beam = math.acos(min(cosine, 1)) <= sense.beam_half_width_rad[r]
        gain = 1 if is_in_beam else sense.sidelobe_ratio[r]
        rise += gain * sense.noise_response_m2_hz_w[r] * density / (at @ at)
    return rise


def look_once(sense, world, where, rows, key, i, r, look, time_s):
    """Return how far the look came: "", "covered", "above horizon" or "seen"."""
    position = where(i, time_s)
    range_m, azimuth, elevation = polar(sense, r, position)
    if not is_covered(sense, r, range_m, azimuth, elevation):
        return ""
    height_m = GEODETIC.transform(*position)[2]
    ground_m = ground_range_m(sense.position_ecef_m[r], *position)
    if ground_m > horizon_range_m(sense.antenna_height_m[r], height_m):
        return "covered"
    names = int(world.target_id[i]), int(sense.sensor_id[r]), look
    echo = world.rcs_m2[i], world.swerling[i], world.transponder[i]
    return measure(sense, world, where, rows, key, r, time_s, position, names, *echo)


def measure(
    sense, world, where, rows, key, r, time_s, position, names, rcs_m2, swerling, transponder
):
    range_m, azimuth, elevation = polar(sense, r, position)
    snr = mean_snr(sense, r, range_m, rcs_m2)
    snr /= noise_rise(sense, world, where, r, position, time_s)
    power = echo_power(snr, swerling, *draw4(key, DETECTION, *names)[:3])
    if power <= threshold_power(sense.false_alarm_probability[r]):
        return "above horizon"
    snr = snr_from_power(power)
    sigmas = sigmas_of(sense, r, snr)
    errors = normals(key, NOISE, *names)
    place = [
        true + sigma * error
        for true, sigma, error in zip(
            (range_m, azimuth, elevation), sigmas, errors[:3], strict=True
        )
    ]
    heard = draw(key, IFF, *names) < sense.iff_reply_probability[r]
    reply = transponder if heard else IffReply.SILENT
    if sense.iff_reply_probability[r] == 0:
        reply = IffReply.NOT_ASKED
    add_radar_plot(rows, time_s, r, place, sigmas, snr, reply)
    return "seen"


def cloud_at(chaff, b, time_s):
    return chaff.release_ecef_m[b] + (time_s - chaff.release_s[b]) * chaff.drift_ecef_m_s[b]


def add_chaff(sense, world, where, rows, key, r, t1_s):
    """Append the plots of chaff, all of which is released: nobody is killed, ticks are 1 s."""
    chaff = world.chaff
    for b in range(len(chaff.cloud_id)):
        # as an object that is where the cloud is; seen from the tick after its release on
        from_s, until_s = math.ceil(chaff.release_s[b]), min(t1_s, chaff.end_s[b])
        time_s = look_after_s(sense, lambda i, t: cloud_at(chaff, i, t), b, r, from_s)
        while time_s <= until_s:
            scans = time_s / sense.scan_period_s[r] + sense.scan_phase[r]
            place = cloud_at(chaff, b, time_s)
            if sense.mode[r] == SensorMode.ROTATING:
                scans -= polar(sense, r, place)[1] / TURN
            names = int(chaff.cloud_id[b]), int(sense.sensor_id[r]), round(scans)
            look_at_cloud(sense, world, where, rows, key, r, b, time_s, place, names)
            after_s = time_s + sense.scan_period_s[r] / 2
            time_s = look_after_s(sense, lambda i, t: cloud_at(chaff, i, t), b, r, after_s)


def look_at_cloud(sense, world, where, rows, key, r, b, time_s, place, names):
    chaff, site = world.chaff, sense.position_ecef_m[r]
    height_m = GEODETIC.transform(*place)[2]
    farthest_m = horizon_range_m(sense.antenna_height_m[r], height_m)
    if draw(key, CHAFF, *names) < sense.chaff_rejection[r]:
        return
    if ground_range_m(site, *place) > farthest_m:
        return
    if is_covered(sense, r, *polar(sense, r, place)):
        age_s = time_s - chaff.release_s[b]
        rcs_m2 = np.interp(age_s, (0, max(chaff.bloom_s[b], 1e-9)), (0, chaff.rcs_m2[b]))
        echo = rcs_m2, Swerling.SLOW, IffReply.SILENT
        measure(sense, world, where, rows, key, r, time_s, place, names, *echo)


def scan(sense, world, where, key, t1_s):
    """Return the ordered plots from time 0 to ``t1_s``, nobody killed, in ticks of 1 s."""
    rows = []
    for r in range(len(sense.sensor_id)):
        for i in range(len(world.target_id)):
            look = 0
            time_s = look_after_s(sense, where, i, r, max(float(world.start_s[i]), 0.0))
            while time_s <= min(t1_s, world.end_s[i]):
                look_once(sense, world, where, rows, key, i, r, look, time_s)
                look += 1
                after_s = time_s + sense.scan_period_s[r] / 2
                time_s = look_after_s(sense, where, i, r, after_s)
        add_chaff(sense, world, where, rows, key, r, t1_s)
        add_false_alarms(sense, rows, key, r, 0.0, t1_s)
    order_plots(rows)
    return rows
