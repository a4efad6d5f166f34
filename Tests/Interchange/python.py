#!/usr/bin/env python3
"""Tries what `--emit python` writes as its users do: arrays, threads, files, pickles, errors, scikit-learn, pip.

    python3 Tests/Interchange/python.py NNC [--pip]

`--pip` installs a module in a fresh virtual environment. `Tests/Benchmarks/beyond.py` says what a call costs.
Written for Python 3.11, NumPy 2.4 and scikit-learn 1.9.
"""
import argparse
import importlib
import pathlib
import pickle
import subprocess
import sys
import tempfile
import threading

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]


def raises(kind, words, call):
    """Whether a call ends with an error of a kind, whose message has these words."""
    try:
        call()
    except kind as error:
        assert words in str(error), f"{words!r} is not in {error}"
        return
    raise AssertionError(f"no {kind.__name__} that says {words!r}")


def classes(iris, folder):
    random = np.random.default_rng(0)
    net = iris.Net()
    x, t = random.random((300, 4)), np.eye(3)[random.integers(0, 3, 300)]
    y = net.predict(x)
    assert y.shape == (300, 3) and np.array_equal(y[7], net.predict(x[7]))
    assert np.array_equal(net.predict(x[:3].tolist()), y[:3])
    assert np.array_equal(net.predict(np.asfortranarray(x)), y)
    assert np.allclose(net.predict(x.astype("f4")), y, atol=1e-5)
    loss, gradient = net.gradient(x, t)
    assert abs(net.loss(x, t) - loss) < 1e-12
    assert abs(np.mean([net.loss(a, b) for a, b in zip(x, t)]) - loss) < 1e-12
    # The gradient is what the loss does: along a parameter, by a difference.
    step = 1e-6
    net.parameters["linear1.weight"][2, 1] += step
    assert abs((net.loss(x, t) - loss) / step - gradient["linear1.weight"][2, 1]) < 1e-5
    net.reset()
    raises(ValueError, "x has the shape (5,), not (4,) or (n, 4)", lambda: net.predict(np.zeros(5)))
    raises(ValueError, "1 to 256 samples", lambda: net.train(x, t))
    raises(ValueError, "300 inputs and 3 targets", lambda: net.loss(x, t[:3]))
    raises(ValueError, "no samples", lambda: net.predict(np.zeros((0, 4))))
    raises(TypeError, "x is to be numbers", lambda: net.predict("word"))
    raises(KeyError, "there is no 'bias'", lambda: net.parameters.__setitem__("bias", 0))
    raises(ValueError, "has the shape (16,)", lambda: net.parameters.__setitem__("linear1.bias", np.zeros(3)))
    losses = [net.train(x[:200], t[:200]) for _ in range(50)]
    assert losses[-1] < losses[0]
    path = folder / "net.safetensors"
    net.save(path, state=True)
    for other in (iris.Net.load(path), pickle.loads(pickle.dumps(net))):
        assert other.train(x[:9], t[:9]) == pickle.loads(pickle.dumps(net)).train(x[:9], t[:9])
    raises(ValueError, "is no safetensors file", lambda: iris.Net.load(__file__))
    y, found = net.predict(x), [None] * 4

    def run(place):
        found[place] = [net.predict(x) for _ in range(50)][-1]
    threads = [threading.Thread(target=run, args=(place,)) for place in range(4)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert all(np.array_equal(other, y) for other in found)


def tokens(names):
    net = names.Net()
    assert net.predict(np.zeros((3, 8), int)).shape == (3, 30)
    assert net.train(np.zeros((3, 8), int), [1, 2, 3]) > 0 and net.train(np.zeros(8, np.int32), np.int32(3)) > 0
    raises(TypeError, "whole numbers", lambda: net.predict(np.zeros(8)))
    raises(ValueError, "x holds whole numbers from 0 to 29", lambda: net.predict(np.full(8, 30, np.int32)))
    raises(ValueError, "t holds whole numbers", lambda: net.train(np.zeros(8, np.int32), np.array(-1, np.int32)))


def several(siamese):
    net = siamese.Net()
    x = {name: np.random.default_rng(1).random((5, 64)) for name in ("anchor", "same", "other")}
    row = np.concatenate(list(x.values()), 1)
    assert np.array_equal(net.predict(x), net.predict(row)) and net.loss(x) == net.loss(row)
    raises(ValueError, "is to have", lambda: net.predict({"anchor": x["anchor"]}))


def estimators(iris, regression):
    from sklearn.datasets import load_iris
    from sklearn.model_selection import GridSearchCV, cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    x, y = load_iris(return_X_y=True)
    pipe = make_pipeline(StandardScaler(), iris.Classifier(epochs=30, random_state=0))
    scores = cross_val_score(pipe, x, y)
    assert scores.mean() > 0.9, scores
    assert GridSearchCV(pipe, {"classifier__epochs": [1, 30]}).fit(x, y).best_params_["classifier__epochs"] == 30
    assert np.allclose(pipe.fit(x, y).predict_proba(x).sum(1), 1)
    raises(ValueError, "takes 4", lambda: iris.Classifier().fit(x[:, :2], y))
    count = int(np.prod(regression._X_SHAPE))
    x = np.random.default_rng(2).normal(size=(200, count))
    y = np.repeat(x[:, :1], int(np.prod(regression._T_SHAPE)), 1)
    model = regression.Regressor(epochs=60, random_state=0).fit(x, y)
    assert model.loss_curve_[-1] < model.loss_curve_[0] and model.predict(x).shape[0] == 200


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nnc")
    parser.add_argument("--pip", action="store_true")
    options = parser.parse_args()
    nnc = str(pathlib.Path(options.nnc).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        modules = {}
        sys.path.insert(0, str(folder))
        for sample in ("iris", "regression", "sequences/names", "images/siamese"):
            subprocess.run([nnc, "compile", ROOT / f"Samples/{sample}.nn", "--emit", "python", "-o", f"{folder}/"],
                           check=True)
            name = pathlib.Path(sample).name
            modules[name] = importlib.import_module(name)
        classes(modules["iris"], folder)
        tokens(modules["names"])
        several(modules["siamese"])
        estimators(modules["iris"], modules["regression"])
        if options.pip:
            project = folder / "project"
            subprocess.run([nnc, "compile", ROOT / "Samples/iris.nn", "--emit", "python", "-o", f"{project}/"],
                           check=True)
            subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
            python = folder / "venv/bin/python"
            subprocess.run([python, "-m", "pip", "install", "-q", "."], check=True, cwd=project)
            subprocess.run([python, "-c", "import iris; print(iris.Net().predict([5.1, 3.5, 1.4, 0.2]))"],
                           check=True, cwd=folder / "venv")
    print("the modules do what they say")


if __name__ == "__main__":
    main()
