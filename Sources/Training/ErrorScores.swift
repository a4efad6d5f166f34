/// How far numbers are from their targets; as scikit-learn defines each, the mean over the outputs.
public struct ErrorScores: Hashable, Sendable {
  /// The mean of |t − y|.
  public let meanAbsoluteError: Double
  /// √ of the mean of (t − y)².
  public let rootMeanSquaredError: Double
  /// 1 − Σ(t − y)²/Σ(t − t̄)².
  public let determination: Double
  /// 1 − the variance of t − y over that of t.
  public let explainedVariance: Double

  /// The scores of outputs and targets of so many numbers a sample.
  init(_ outputs: [Double], _ targets: [Double], width: Int) {
    let count = Double(outputs.count / width)
    var sums = (absolute: 0.0, root: 0.0, determination: 0.0, explained: 0.0)
    for output in 0..<width {
      let places = stride(from: output, to: outputs.count, by: width)
      func mean(_ value: (Int) -> Double) -> Double { places.reduce(0) { $0 + value($1) } / count }
      let target = mean { targets[$0] }
      let bias = mean { targets[$0] - outputs[$0] }
      let squares = mean { (targets[$0] - outputs[$0]) * (targets[$0] - outputs[$0]) }
      let spread = mean { (targets[$0] - target) * (targets[$0] - target) }
      let rest = mean { place in
        let error = targets[place] - outputs[place] - bias
        return error * error
      }
      sums.absolute += mean { abs(targets[$0] - outputs[$0]) }
      sums.root += squares.squareRoot()
      sums.determination += 1 - squares / spread
      sums.explained += 1 - rest / spread
    }
    let outputs = Double(width)
    meanAbsoluteError = sums.absolute / outputs
    rootMeanSquaredError = sums.root / outputs
    determination = sums.determination / outputs
    explainedVariance = sums.explained / outputs
  }
}
