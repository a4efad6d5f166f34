#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a classifier's probabilities are worth; as scikit-learn defines each.
public struct ProbabilityScores: Hashable, Sendable {
  /// The area under the curve of true over false positives; of more than two classes the mean over one against the
  /// others. Nil where a class has no samples, or all.
  public let rocArea: Double?
  /// The mean precision over the steps of recall, the area under their curve; else as `rocArea`.
  public let precisionRecallArea: Double?
  /// The mean of −log p of the true classes, p being kept off 0 and 1 by 2⁻⁵².
  public let logLoss: Double
  /// The expected calibration error: over ten equal intervals of the greatest probability, how far its mean is from the
  /// share that is right, each interval as heavy as its samples are many (C. Guo et al., On Calibration of Modern Neural
  /// Networks, 2017).
  public let calibrationError: Double

  /// The scores of samples.
  ///
  /// - Parameters:
  ///   - shares: the probabilities of the classes, sample by sample.
  ///   - truth: the samples' classes.
  ///   - classes: how many there are.
  init(_ shares: [Double], truth: [Int], classes: Int) {
    let count = truth.count
    var loss = 0.0
    var bins = Array(repeating: (count: 0, right: 0, sum: 0.0), count: 10)
    for sample in 0..<count {
      let row = shares[(sample * classes)..<((sample + 1) * classes)]
      let epsilon = Double.ulpOfOne
      loss -= log(min(max(row[row.startIndex + truth[sample]], epsilon), 1 - epsilon))
      let greatest = row.max()!
      let given = row.firstIndex(of: greatest)! - row.startIndex
      // An interval holds its upper end.
      let bin = (1..<10).first { greatest <= Double($0) * 0.1 } ?? 10
      bins[bin - 1].count += 1
      bins[bin - 1].right += given == truth[sample] ? 1 : 0
      bins[bin - 1].sum += greatest
    }
    logLoss = loss / Double(count)
    calibrationError = bins.reduce(0) {
      $0 + abs(Double($1.right) - $1.sum) / Double(count)
    }
    let kinds = classes == 2 ? 1..<2 : 0..<classes
    var areas: [(roc: Double, precision: Double)] = []
    for kind in kinds {
      let scores = (0..<count).map { shares[$0 * classes + kind] }
      guard let curve = ThresholdCurve(scores, truth.map { $0 == kind }) else { break }
      areas.append((curve.rocArea, curve.meanPrecision))
    }
    let isWhole = areas.count == kinds.count
    rocArea = isWhole ? areas.reduce(0) { $0 + $1.roc } / Double(areas.count) : nil
    precisionRecallArea =
      isWhole ? areas.reduce(0) { $0 + $1.precision } / Double(areas.count) : nil
  }
}
