"""Writes the tables of this folder from the copies in scikit-learn and palmerpenguins, and invents gestures.

    pip install scikit-learn==1.9.1 palmerpenguins==0.1.6
    python make.py
"""

import csv
import importlib.util
import math
import pathlib
import random

from sklearn import datasets

HERE = pathlib.Path(__file__).parent


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def short(value):
    return repr(int(value)) if value == int(value) else repr(float(value))


def classes(name, load, columns, target, labels):
    data = load()
    rows = [[short(v) for v in x] + [labels(t)] for x, t in zip(data.data, data.target)]
    write(name, columns + [target], rows)


iris = datasets.load_iris()
classes(
    "iris.csv", datasets.load_iris,
    ["sepal_length", "sepal_width", "petal_length", "petal_width"], "species",
    lambda t: iris.target_names[t])
classes(
    "wine.csv", datasets.load_wine,
    [n.replace("od280/od315_of_diluted_wines", "od280_od315") for n in datasets.load_wine().feature_names],
    "cultivar", lambda t: t + 1)
classes(
    "digits.csv", datasets.load_digits,
    [f"p{row}{column}" for row in range(8) for column in range(8)], "label", int)

# The module itself needs pandas, the file beside it does not.
package = pathlib.Path(importlib.util.find_spec("palmerpenguins").origin).parent
columns = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
with open(package / "data" / "penguins.csv") as file:
    rows = [row for row in csv.DictReader(file) if row["body_mass_g"] not in ("", "NA")]
write(
    "penguins.csv", columns + ["body_mass_kg"],
    [[row[c] for c in columns] + [short(float(row["body_mass_g"]) / 1000)] for row in rows])


def gestures():
    """Accelerations along three axes at 24 moments, of five movements of a hand that is held still between them: invented
    by a formula, with a speed, a size, a start and a tilt of its own for each, and noise."""
    draw = random.Random(2026)
    rows = []
    for number in range(300):
        name = ["circle", "lift", "rest", "shake", "tap"][number % 5]
        size, speed, start = draw.uniform(0.6, 1.4), draw.uniform(0.8, 1.3), draw.uniform(0, 1)
        tilt = draw.gauss(0, 0.25)
        axes = [[], [], []]
        for step in range(24):
            u = step / 24
            angle = 2 * math.pi * (speed * u * 1.5 + start)
            x = y = z = 0.0
            if name == "circle":
                x, y = size * math.cos(angle), size * math.sin(angle)
            elif name == "shake":
                x = 1.6 * size * math.sin(3 * angle)
            elif name == "lift":
                z = 1.2 * size * math.sin(2 * math.pi * (u - 0.3 * start)) * math.exp(-4 * (u - 0.5) ** 2)
            elif name == "tap":
                z = 3 * size * math.exp(-((24 * (u - 0.2 - 0.5 * start)) ** 2) / 3)
            values = (x * math.cos(tilt) - z * math.sin(tilt), y, 1 + z * math.cos(tilt) + x * math.sin(tilt))
            for axis, value in zip(axes, values):
                axis.append(round(value + draw.gauss(0, 0.25), 2))
        rows.append([short(v) for axis in axes for v in axis] + [name])
    write("gestures.csv", [f"{axis}{step}" for axis in "xyz" for step in range(24)] + ["gesture"], rows)


gestures()
