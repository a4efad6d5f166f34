"""Writes the tables of this folder from the copies in scikit-learn and palmerpenguins.

    pip install scikit-learn==1.9.1 palmerpenguins==0.1.6
    python make.py
"""

import csv
import importlib.util
import pathlib

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
