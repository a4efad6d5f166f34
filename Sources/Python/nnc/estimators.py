"""Estimators of scikit-learn whose network is compiled for the data that they are fitted to.

    from nnc.estimators import NetClassifier

    model = NetClassifier("linear 32; relu; linear 16; relu", epochs=50).fit(X, y)

The layers stand between the features and a last `linear` layer of as many outputs as there are classes or targets.
"""
from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

import nnc

__all__ = ["NetClassifier", "NetRegressor"]


class _NetEstimator(BaseEstimator):
    """What classifiers and regressors have in common.

    Parameters:
        layers: layers of the network language, divided by `;`; empty for a linear model.
        train: the update rule and its keys.
        epochs: passes through the samples, in an order drawn anew for each.
        batch_size: samples of a step.
        standardize: whether features are brought to mean 0 and deviation 1 first.
        warm_start: whether `fit` goes on with what was learned before.
        real: the type of numbers, "f64" or "f32".
        random_state: what the order and the initial parameters are drawn with.
    """

    def __init__(self, layers="linear 32; relu", *, train="adam lr=0.01", epochs=100, batch_size=32, standardize=True,
                 warm_start=False, real="f64", random_state=None):
        self.layers = layers
        self.train = train
        self.epochs = epochs
        self.batch_size = batch_size
        self.standardize = standardize
        self.warm_start = warm_start
        self.real = real
        self.random_state = random_state

    def _network(self, outputs, loss, random):
        layers = f"{self.layers}; " if self.layers.strip() else ""
        net = nnc.compile(
            f"input {self.n_features_in_}; {layers}linear {outputs}; loss {loss}; train {self.train}",
            real=self.real, max_samples=max(1, int(self.batch_size)))
        # Initial numbers as they are distributed, drawn anew, so that networks of one shape are compiled once.
        for values in net.parameters.values():
            if values.size > 1 and np.ptp(values) > 0:
                bound = np.sqrt(3 * np.mean(np.square(values)))
                values[...] = random.uniform(-bound, bound, values.shape)
        return net

    def _learn(self, X, targets, loss):
        random = check_random_state(self.random_state)
        if not (self.warm_start and hasattr(self, "net_")):
            self.net_, self.loss_curve_ = self._network(targets.shape[1], loss, random), []
            self.mean_, self.scale_ = np.zeros(X.shape[1]), np.ones(X.shape[1])
            if self.standardize:
                self.mean_, deviation = X.mean(0), X.std(0)
                self.scale_ = np.where(deviation > 0, deviation, 1)
        real = np.float64 if self.real == "f64" else np.float32
        X, targets = ((X - self.mean_) / self.scale_).astype(real), targets.astype(real)
        for _ in range(self.epochs):
            order, total = random.permutation(len(X)), 0.0
            for start in range(0, len(X), self.batch_size):
                part = order[start:start + self.batch_size]
                total += len(part) * self.net_.train(X[part], targets[part])
            self.loss_curve_.append(total / len(X))
        self.n_iter_ = len(self.loss_curve_)
        return self

    def _outputs(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return np.asarray(self.net_.predict((X - self.mean_) / self.scale_), np.float64)


class NetClassifier(ClassifierMixin, _NetEstimator):
    __doc__ = "Tells classes apart by a network.\n" + _NetEstimator.__doc__

    def fit(self, X, y):
        """Compiles a network for the data and trains it."""
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        self.classes_, numbers = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y has only one class, {self.classes_[0]!r}, where two at least are needed")
        return self._learn(X, np.eye(len(self.classes_))[numbers], "cross_entropy")

    def predict_proba(self, X):
        """The probability of each class, by sample."""
        outputs = self._outputs(X)
        return np.exp(outputs - np.logaddexp.reduce(outputs, axis=1, keepdims=True))

    def predict(self, X):
        """The most probable class of each sample."""
        outputs = self._outputs(X)
        return self.classes_[outputs.argmax(1)]


class NetRegressor(RegressorMixin, _NetEstimator):
    __doc__ = "Fits numbers by a network.\n" + _NetEstimator.__doc__

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags

    def fit(self, X, y):
        """Compiles a network for the data and trains it."""
        X, y = validate_data(self, X, y, dtype=np.float64, multi_output=True, y_numeric=True)
        self._is_flat = y.ndim == 1
        rows = np.asarray(y, np.float64).reshape(len(y), -1)
        if not (self.warm_start and hasattr(self, "net_")):
            self.target_mean_, deviation = rows.mean(0), rows.std(0)
            self.target_scale_ = np.where(deviation > 0, deviation, 1)
        return self._learn(X, (rows - self.target_mean_) / self.target_scale_, "mse")

    def predict(self, X):
        """What the network gives for each sample."""
        outputs = self._outputs(X) * self.target_scale_ + self.target_mean_
        return outputs[:, 0] if self._is_flat else outputs
