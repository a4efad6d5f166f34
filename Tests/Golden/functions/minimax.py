"""Minimax polynomials by Remez exchange in high precision, with coefficients rounded one at a time."""

import numpy as np
from scipy.optimize import linprog
from mpmath import mp, mpf, lu_solve, matrix, cos, pi, frexp, ldexp, nint, fabs

mp.dps = 60


def rounded(value, bits):
    """`value` with a significand of `bits` bits, to nearest even."""
    if value == 0:
        return mpf(0)
    fraction, exponent = frexp(mpf(value))
    return ldexp(nint(ldexp(fraction, bits)), int(exponent) - bits)


def remez(target, weight, powers, low, high, rounds=12, grid=601):
    """The coefficients c with Σ cᵢ xᵖⁱ nearest to target on [low, high] by max |weight·(Σ − target)|, and that maximum."""
    count = len(powers) + 1
    middle, half = (mpf(low) + high) / 2, (mpf(high) - low) / 2
    points = [middle - half * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]
    samples = [middle - half * cos(pi * i / grid) for i in range(grid + 1)]
    table = [(x, target(x), weight(x), [x**p for p in powers]) for x in samples]
    # A weight of nothing (a zero of the function) holds no point.
    points = [x if weight(x) > mpf(2) ** -90 else x + half / 1000 for x in points]
    solution = None
    for _ in range(rounds):
        rows = matrix(count, count)
        right = matrix(count, 1)
        for i, x in enumerate(points):
            for j, power in enumerate(powers):
                rows[i, j] = x**power
            rows[i, count - 1] = (-1) ** i / weight(x)
            right[i] = target(x)
        solution = lu_solve(rows, right)
        errors = [w * (sum(c * v for c, v in zip(solution, basis)) - t) for _, t, w, basis in table]
        # One extremum for each run of equal signs.
        peaks = []
        for (x, *_), e in zip(table, errors):
            if peaks and (peaks[-1][1] > 0) == (e > 0):
                if fabs(e) > fabs(peaks[-1][1]):
                    peaks[-1] = (x, e)
            else:
                peaks.append((x, e))
        while len(peaks) > count:
            peaks.pop(0 if fabs(peaks[0][1]) < fabs(peaks[-1][1]) else -1)
        if len(peaks) < count:
            break
        converged = max(fabs(a - b[0]) for a, b in zip(points, peaks)) < half * mpf(2) ** -40
        points = [x for x, _ in peaks]
        if converged:
            break
    worst = max(fabs(e) for e in errors)
    return [solution[i] for i in range(count - 1)], worst


def correction(residues, weights, points, powers):
    """The changes of the coefficients of these powers that make the largest weighted residue least, by a linear program."""
    scale = max(fabs(w * e) for w, e in zip(weights, residues))
    if scale == 0:
        return [mpf(0) for _ in powers]
    reach = max(fabs(x) for x in points)
    columns = np.array(
        [[float(w * (x / reach) ** p) for p in powers] for w, x in zip(weights, points)])
    size = np.abs(columns).max(axis=0)
    columns /= size
    right = np.array([float(w * e / scale) for w, e in zip(weights, residues)])
    bound = -np.ones((len(points), 1))
    answer = linprog(
        [0.0] * len(powers) + [1.0],
        A_ub=np.block([[columns, bound], [-columns, bound]]),
        b_ub=np.concatenate([right, -right]),
        bounds=[(None, None)] * len(powers) + [(0, None)],
        method="highs",
    )
    assert answer.status == 0, answer.message
    return [
        scale * mpf(float(d)) / mpf(float(s)) / reach**p
        for d, s, p in zip(answer.x, size, powers)
    ]


def fit(target, weight, powers, low, high, bits, keep=()):
    """Like `remez`, with each coefficient a number of `bits` bits: rounded one after the other, the rest fitted anew.

    `keep` gives leading coefficients that are fixed beforehand.
    """
    count = len(powers)
    points = [(mpf(low) + high) / 2 - (mpf(high) - low) / 2 * cos(pi * i / 201) for i in range(202)]
    weights = [weight(x) for x in points]
    values = [target(x) for x in points]
    basis = [[x**p for p in powers] for x in points]
    coefficients, _ = remez(target, weight, powers, low, high)

    def residues():
        return [v - sum(c * b for c, b in zip(coefficients, row)) for v, row in zip(values, basis)]

    for index in range(count):
        coefficients[index] = mpf(keep[index]) if index < len(keep) else rounded(coefficients[index], bits)
        rest = powers[index + 1 :]
        if rest:
            for j, change in enumerate(correction(residues(), weights, points, rest)):
                coefficients[index + 1 + j] += change
    return coefficients, max(fabs(w * e) for w, e in zip(weights, residues()))
