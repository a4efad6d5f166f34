"""scores.json: the scores of classifiers and regressions, by scikit-learn.

Outputs and targets are drawn from NumPy's generator with a seed; some outputs are rounded, so that scores are equal.
"""

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

from golden import write


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def rows(truth, given, count):
    labels = sorted(set(truth) | set(given))
    each = metrics.precision_recall_fscore_support(
        truth, given, labels=list(range(count)), zero_division=0
    )
    result = {"classes": np.array(each).T.tolist()}
    for kind in ["macro", "weighted"]:
        result[kind] = list(
            metrics.precision_recall_fscore_support(
                truth, given, labels=labels, average=kind, zero_division=0
            )[:3]
        )
    return result


def calibration(truth, shares):
    """The expected calibration error from scikit-learn's calibration curve of the greatest probability."""
    right = (shares.argmax(axis=1) == truth).astype(int)
    greatest = shares.max(axis=1)
    true, mean = calibration_curve(right, greatest, n_bins=10)
    bins = np.linspace(0, 1, 11)
    counts = np.bincount(np.searchsorted(bins[1:-1], greatest), minlength=10)
    return float(np.sum(counts[counts > 0] * np.abs(true - mean)) / len(truth))


def classifier(seed, count, classes, digits, spread):
    draw = np.random.default_rng(seed)
    truth = draw.integers(0, classes, count)
    logits = draw.normal(size=(count, classes)) * spread
    logits[np.arange(count), truth] += spread
    logits = np.round(logits, digits)
    if classes == 2:
        # One output: the logit of the second class.
        outputs = logits[:, 1:] - logits[:, :1]
        second = 1 / (1 + np.exp(-outputs[:, 0]))
        shares = np.stack([1 - second, second], axis=1)
        given = (outputs[:, 0] > 0).astype(int)
        roc = metrics.roc_auc_score(truth, second)
        precision = metrics.average_precision_score(truth, second)
        targets = truth[:, None]
    else:
        outputs = logits
        shares = softmax(logits)
        given = logits.argmax(axis=1)
        roc = metrics.roc_auc_score(truth, shares, multi_class="ovr", average="macro")
        targets = np.eye(classes)[truth]
        precision = metrics.average_precision_score(targets, shares, average="macro")
    return {
        "name": f"{classes} classes, seed {seed}",
        "outputs": outputs.tolist(),
        "targets": targets.astype(float).tolist(),
        "scores": rows(truth.tolist(), given.tolist(), classes)
        | {
            "rocArea": roc,
            "precisionRecallArea": precision,
            "logLoss": metrics.log_loss(truth, shares, labels=list(range(classes))),
            "calibrationError": calibration(truth, shares),
        },
    }


def regression(seed, count, width):
    draw = np.random.default_rng(seed)
    targets = draw.normal(size=(count, width)) * 3 + 1
    outputs = targets * 0.9 + draw.normal(size=(count, width)) + 0.3
    return {
        "name": f"{width} numbers, seed {seed}",
        "outputs": outputs.tolist(),
        "targets": targets.tolist(),
        "scores": {
            "meanAbsoluteError": metrics.mean_absolute_error(targets, outputs),
            "rootMeanSquaredError": metrics.root_mean_squared_error(targets, outputs),
            "determination": metrics.r2_score(targets, outputs),
            "explainedVariance": metrics.explained_variance_score(targets, outputs),
        },
    }


write(
    "scores.json",
    [
        classifier(1, 60, 2, 1, 1.0),
        classifier(2, 80, 2, 12, 2.5),
        classifier(3, 90, 3, 1, 0.8),
        classifier(4, 120, 5, 12, 1.5),
    ],
    regressions=[regression(5, 50, 1), regression(6, 70, 3)],
    sklearn=sklearn.__version__,
    numpy=np.__version__,
)
