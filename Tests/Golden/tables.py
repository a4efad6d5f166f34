"""tables.json: tables as people have them, and what scikit-learn makes of their columns.

A table of passengers and one of incomes, drawn from Python's generator, with every awkwardness: categories with blanks
and commas, missing values under several names, dates, booleans, decimal commas, thousands separators, percent signs,
quoted fields. Encoded by SimpleImputer and OneHotEncoder; dates by pandas.
"""

import csv
import io
import random

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder

from golden import write

random.seed(7)


def text(header, rows, delimiter=","):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def passengers():
    """Titanic-like: numbers and categories with gaps."""
    header = ["class", "sex", "age", "fare", "port, town", "survived"]
    gap = ["", "NA", "?", "nan"]
    rows = []
    for i in range(80):
        rows.append(
            [
                random.choice([1, 2, 3]),
                random.choice(["male", "female"]),
                random.choice(gap) if random.random() < 0.2 else random.choice([f"{random.uniform(1, 80):.1f}", "22", "30"]),
                f"{random.uniform(0, 500):.4f}",
                random.choice(gap) if random.random() < 0.1 else random.choice(["Southampton", "Cherbourg", "Queenstown, Cork"]),
                random.choice(["yes", "no"]),
            ]
        )
    return header, rows


def incomes():
    """Adult-like, as a spreadsheet in Germany writes it."""
    header = ["Alter", "Beruf", "Vermögen", "Anteil", "Seit", "verheiratet", "Einkommen"]
    rows = []
    for i in range(60):
        wealth = random.uniform(0, 3e6)
        whole, cents = divmod(round(wealth * 100), 100)
        group = f"{whole:,}".replace(",", ".")
        day = pd.Timestamp("1990-01-01") + pd.Timedelta(days=random.randrange(12000))
        rows.append(
            [
                random.randrange(18, 90),
                random.choice(["Lehrerin", "Bäcker", "Ärztin"]),
                "" if random.random() < 0.15 else f"{group},{cents:02d}",
                f"{random.uniform(0, 100):.1f}".replace(".", ",") + random.choice(["%", " %"]),
                day.strftime("%d.%m.%Y"),
                random.choice(["true", "false"]),
                random.choice(["hoch", "niedrig"]),
            ]
        )
    return header, rows


def missing(column):
    return [np.nan if v in ("", "NA", "?", "nan") else v for v in column]


def numbers(column):
    return np.array([float(v) if isinstance(v, str) else v for v in missing(column)], dtype=float)[:, None]


def one_hot(column):
    values = np.array(missing(column), dtype=object)[:, None]
    filled = SimpleImputer(strategy="most_frequent").fit_transform(values)
    return OneHotEncoder(sparse_output=False).fit_transform(filled.astype(str))


def passengers_by(strategy):
    header, rows = PASSENGERS
    columns = list(zip(*rows))
    return np.hstack(
        [
            numbers(columns[0]),
            one_hot(columns[1]),
            SimpleImputer(strategy=strategy).fit_transform(numbers(columns[2])),
            numbers(columns[3]),
            one_hot(columns[4]),
        ]
    )


def german(value):
    return value.replace(".", "").replace(",", ".")


def incomes_encoded():
    header, rows = INCOMES
    columns = list(zip(*rows))
    dates = pd.to_datetime(pd.Series(columns[4]), format="%d.%m.%Y")
    return np.hstack(
        [
            numbers(columns[0]),
            one_hot(columns[1]),
            SimpleImputer(strategy="median").fit_transform(numbers([german(v) for v in columns[2]])),
            np.array([float(german(v.rstrip("% "))) / 100 for v in columns[3]])[:, None],
            np.stack([dates.dt.year, dates.dt.month, dates.dt.day], axis=1).astype(float),
            np.array([v == "true" for v in columns[5]], dtype=float)[:, None],
        ]
    )


PASSENGERS = passengers()
INCOMES = incomes()
entries = []
for strategy, word in [("mean", "mean"), ("median", "median"), ("most_frequent", "most")]:
    entries.append(
        {
            "name": "passengers",
            "missing": word,
            "table": text(*PASSENGERS),
            "target": "survived",
            "encoded": passengers_by(strategy).tolist(),
        }
    )
incomes_table = text(*INCOMES, delimiter=";")
entries.append(
    {
        "name": "incomes",
        "missing": "median",
        "table": incomes_table,
        "target": "Einkommen",
        "encoded": incomes_encoded().tolist(),
    }
)
write("tables.json", entries, sklearn=sklearn.__version__, numpy=np.__version__, pandas=pd.__version__)
