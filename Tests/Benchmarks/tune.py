"""Times `nnc tune` beside scikit-learn's GridSearchCV on the same work: candidates, folds, network, rule, batches, epochs.

    swift build -c release --product nnc
    python3 Tests/Benchmarks/tune.py [--sets wine,digits,iris] [--rounds 3] [--nnc PATH]

The folds are those of nnc, whose order of the samples is worked out anew here. Networks are one hidden layer of relu, trained
by Adam with inputs standardised on each fold's own samples; first values and orders differ, as each has its own. Seconds are
the processor time of the whole process, reading, compiling and importing counted, turn by turn, the least of the rounds; of
scikit-learn the search alone stands beside it. The table shows each one's best candidate with its mean accuracy, what the
other makes of that candidate, and the greatest difference over all candidates. Needs scikit-learn and numpy.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

from training import ROOT, cpu, order

RATES, WIDTHS, FOLDS, BATCH = [0.001, 0.003, 0.01, 0.03], [8, 32, 128], 5, 32
# Epochs, and the column of the target, counted from 1.
SETS = {"iris": (60, 5), "wine": (40, 14), "digits": (15, 65)}
NETWORK = """let width = 8
linear {inputs}->width; relu; linear width->{classes}
loss cross_entropy
train adam
"""


def table(name):
    rows = [line.split(",") for line in (ROOT / f"Samples/data/{name}.csv").read_text().split("\n")[1:] if line]
    classes = sorted({row[-1] for row in rows})
    x = np.array([[float(cell) for cell in row[:-1]] for row in rows])
    return x, np.array([classes.index(row[-1]) for row in rows])


def folds(count):
    """The parts that nnc makes: its order of the samples cut into equal pieces."""
    dealt = order(range(count), 0, 1 << 41)
    ends = [int(sum([1 / FOLDS] * (k + 1)) * count + 0.5) for k in range(FOLDS - 1)] + [count]
    parts = [sorted(dealt[a:b]) for a, b in zip([0] + ends, ends)]
    return [(sorted(set(range(count)) - set(part)), part) for part in parts]


def search(name):
    """In a process of its own: the grid search; prints the time and each candidate's mean accuracy."""
    import time
    import warnings

    from sklearn.model_selection import GridSearchCV
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    warnings.simplefilter("ignore")  # "not converged yet": the epochs are given
    x, t = table(name)
    epochs, _ = SETS[name]
    model = make_pipeline(StandardScaler(), MLPClassifier(
        alpha=0, batch_size=BATCH, max_iter=epochs, n_iter_no_change=epochs + 1, tol=0, random_state=0))
    grid = {"mlpclassifier__learning_rate_init": RATES, "mlpclassifier__hidden_layer_sizes": [(w,) for w in WIDTHS]}
    before = time.process_time()
    found = GridSearchCV(model, grid, cv=folds(len(x)), refit=False).fit(x, t)
    seconds = time.process_time() - before
    means = {}
    for candidate, mean in zip(found.cv_results_["params"], found.cv_results_["mean_test_score"]):
        key = (candidate["mlpclassifier__learning_rate_init"], candidate["mlpclassifier__hidden_layer_sizes"][0])
        means[f"{key[0]:g} {key[1]}"] = mean
    print(json.dumps({"seconds": seconds, "means": means}))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", default="iris,wine,digits")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nnc", default=str(ROOT / ".build/release/nnc"))
    parser.add_argument("--search", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.search:
        return search(options.search)
    print(f"{'set':7} {'nnc s':>6} {'process s':>9} {'search s':>9} {'ratios':>12}  best: nnc (other's), scikit-learn (other's), apart")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.sets.split(","):
            x, t = table(name)
            epochs, target = SETS[name]
            network = pathlib.Path(folder) / f"{name}.nn"
            network.write_text(NETWORK.format(inputs=x.shape[1], classes=t.max() + 1))
            call = [options.nnc, "tune", network, "-d", ROOT / f"Samples/data/{name}.csv", "-t", str(target), "--folds",
                    str(FOLDS), "--seed", "0", "-e", str(epochs), "-b", str(BATCH), "--standardise", "--json",
                    "--try", "lr=" + ",".join(f"{r:g}" for r in RATES), "--try", "width=" + ",".join(map(str, WIDTHS))]
            ours, theirs, alone = [], [], []
            for _ in range(options.rounds):
                seconds, told = cpu([*map(str, call)])
                ours.append(seconds)
                seconds, found = cpu([sys.executable, __file__, "--search", name])
                theirs.append(seconds)
                found = json.loads(found)
                alone.append(found["seconds"])
            candidates = [json.loads(line) for line in told.splitlines()]
            mine = {f"{c['values']['lr']} {c['values']['width']}": c["accuracy"]
                    for c in candidates if c["event"] == "candidate"}
            other = found["means"]
            assert mine.keys() == other.keys()
            best, others = (max(means, key=means.get) for means in (mine, other))
            apart = max(abs(mine[key] - other[key]) for key in mine)
            a, b, c = min(ours), min(theirs), min(alone)
            print(f"{name:7} {a:6.2f} {b:9.2f} {c:9.2f} {b / a:6.1f}{c / a:6.1f}  {best}: {mine[best]:.2%} ({other[best]:.2%}), "
                  f"{others}: {other[others]:.2%} ({mine[others]:.2%}), {apart:.2%}", flush=True)


if __name__ == "__main__":
    main()
