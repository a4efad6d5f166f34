#!/usr/bin/env python3
"""Tries a wheel of the Python package as a new user would, in a fresh virtual environment.

    python3 Tests/Interchange/wheel.py WHEEL [--page FILE] [--estimators]

`--page` writes what a notebook shows of a network as a page; `--estimators` holds the estimators to scikit-learn's own checks.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

TRIAL = """
import pickle, sys
import numpy as np
import nnc

net = nnc.compile("linear 2->8; tanh; linear 1; loss mse; train adam lr=0.02")
x = np.random.default_rng(0).random((64, 2))
t = x[:, :1] * x[:, 1:]
first = net.train(x, t)
for _ in range(300):
    last = net.train(x, t)
assert last < first / 20, (first, last)
again = pickle.loads(pickle.dumps(net))
assert np.array_equal(again.predict(x), net.predict(x)) and again.train(x, t) == net.train(x, t)
assert "tanh" in net.formulas("graph")
page = net._repr_html_()
assert "data:image/svg+xml" in page and "<math" in page, page[:400]
try:
    nnc.compile("linear 2->8; tanhh")
    raise AssertionError("a wrong network was compiled")
except nnc.NetworkError as error:
    assert "did you mean" in str(error), error
if len(sys.argv) > 1:
    small = nnc.compile(
        "linear 2->2 weight=[[0.15, 0.20], [0.25, 0.30]] bias=[0.35, 0.35]; sigmoid; "
        "linear 2->2 weight=[[0.40, 0.45], [0.50, 0.55]] bias=[0.60, 0.60]; sigmoid; loss mse/2; train sgd lr=0.5")
    head = ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
            'content="width=device-width"><title>Networks</title></head><body><main>')
    open(sys.argv[1], "w").write(head + small._repr_html_() + page + "</main></body></html>")
print(nnc.__version__, repr(net), f"{first:.4f} -> {last:.6f}")
"""

ESTIMATORS = """
import numpy as np
from sklearn.utils.estimator_checks import check_estimator
from sklearn.model_selection import GridSearchCV
from sklearn.datasets import load_wine
from nnc.estimators import NetClassifier, NetRegressor

for model in (NetClassifier(epochs=60, random_state=0), NetRegressor(epochs=60, random_state=0)):
    results = check_estimator(model)
    states = [result["status"] for result in results]
    print(type(model).__name__, {state: states.count(state) for state in sorted(set(states))})
x, y = load_wine(return_X_y=True)
search = GridSearchCV(NetClassifier(random_state=0, epochs=20), {"layers": ["", "linear 16; relu"]}).fit(x, y)
print(search.best_params_, round(search.best_score_, 3))
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheel")
    parser.add_argument("--page")
    parser.add_argument("--estimators", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        python = folder / "venv/bin/python"
        wheel = str(pathlib.Path(options.wheel).resolve()) + ("[sklearn]" if options.estimators else "")
        subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True)
        page = [str(pathlib.Path(options.page).resolve())] if options.page else []
        subprocess.run([python, "-c", TRIAL, *page], check=True, cwd=folder)
        subprocess.run([folder / "venv/bin/nnc", "--version"], check=True)
        if options.estimators:
            subprocess.run([python, "-c", ESTIMATORS], check=True, cwd=folder)


if __name__ == "__main__":
    main()
