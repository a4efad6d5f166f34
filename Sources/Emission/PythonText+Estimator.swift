// Parts of Python modules as they stand in them. `$WORDS` are replaced by what is the network's own.
extension PythonEmitter {
  /// The estimator of scikit-learn.
  static let estimator = #"""
    def __getattr__(name: str) -> Any:
        """The estimator `$ESTIMATOR`, for which scikit-learn is imported when it is asked for."""
        if name == "$ESTIMATOR":
            made = _estimator()
            globals()[name] = made
            return made
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


    def _estimator() -> type:
        from sklearn.base import BaseEstimator, $MIXIN
        from sklearn.utils import check_random_state
        from sklearn.utils.validation import check_is_fitted, validate_data

        class $ESTIMATOR($MIXIN, BaseEstimator):
            """The network as an estimator of scikit-learn, for samples of $INPUT_COUNT features.

            `net_` is the trained network, `loss_curve_` the mean loss of each epoch's steps.
            """

            def __init__(self, epochs: int = 100, batch_size: int = 32, warm_start: bool = False, random_state=None):
                self.epochs = epochs
                self.batch_size = batch_size
                self.warm_start = warm_start
                self.random_state = random_state

            def fit(self, X, y):
                """Trains the network by `epochs` passes through the samples, in an order drawn anew for each."""
                X, y = validate_data(self, X, y, dtype=$X_DTYPE$MULTI)
                targets = self._targets(y)
                if X.shape[1] != $INPUT_COUNT:
                    raise ValueError(f"X has {X.shape[1]} features, but the network takes $INPUT_COUNT")
                if not (self.warm_start and hasattr(self, "net_")):
                    self.net_, self.loss_curve_ = Net(), []
                random, rows = check_random_state(self.random_state), X.reshape((len(X), *_X_SHAPE))
                size = min(self.batch_size, MAX_SAMPLES)
                for _ in range(self.epochs):
                    order, total = random.permutation(len(X)), 0.0
                    for start in range(0, len(X), size):
                        part = order[start:start + size]
                        total += len(part) * self.net_.train(rows[part], targets[part])
                    self.loss_curve_.append(total / len(X))
                self.n_iter_ = len(self.loss_curve_)
                return self

            def _outputs(self, X):
                check_is_fitted(self)
                X = validate_data(self, X, dtype=$X_DTYPE, reset=False)
                return self.net_.predict(X.reshape((len(X), *_X_SHAPE))).reshape(len(X), -1)

    $METHODS
        $ESTIMATOR.__module__, $ESTIMATOR.__qualname__ = __name__, "$ESTIMATOR"
        return $ESTIMATOR
    """#

  /// What tells classes apart.
  static let classifier = #"""
            def _targets(self, y):
                from sklearn.utils.multiclass import check_classification_targets
                check_classification_targets(y)
                self.classes_, numbers = np.unique(y, return_inverse=True)
                wanted = max(2, $CLASSES)
                if len(self.classes_) > wanted or len(self.classes_) < 2:
                    raise ValueError(f"y has {len(self.classes_)} classes, but the network tells {wanted} apart")
                return $CLASS_TARGETS

            def predict_proba(self, X):
                """The probability of each class, by sample."""
                outputs = np.asarray(self._outputs(X), np.float64)
                $PROBABILITY
                if outputs.shape[1] == 1:
                    outputs = np.hstack([1 - outputs, outputs])
                return outputs[:, :len(self.classes_)]

            def predict(self, X):
                """The most probable class of each sample."""
                shares = self.predict_proba(X)
                return self.classes_[shares.argmax(1)]
    """#

  /// What gives numbers.
  static let regressor = #"""
            def _targets(self, y):
                rows = np.asarray(y, REAL).reshape(len(y), -1)
                if rows.shape[1] != $OUTPUT_COUNT:
                    raise ValueError(f"y has {rows.shape[1]} numbers a sample, but the network gives $OUTPUT_COUNT")
                self._is_flat = np.ndim(y) == 1
                return rows.reshape((len(y), *_T_SHAPE))

            def predict(self, X):
                """What the network gives for each sample."""
                outputs = self._outputs(X)
                return outputs[:, 0] if self._is_flat else outputs
    """#
}
