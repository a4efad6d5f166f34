import NNCAlgebra
import NNCTestSupport
import Testing

@testable import NNCRewriting

/// The report of the law, `Tests/Proofs/LAW.md`: each rule with what it keeps, how it is proved, and, where it is
/// `stable`, how far from the exact values either side is at worst. A rule or a number that has changed fails it.
@Test func theLawIsReported() throws {
  let proofs = try Proofs.read()
  let measured = try Measured.read()
  var lines = [reportHead]
  var counts: [Soundness: Int] = [:]
  for rule in allRules {
    counts[rule.keeps, default: 0] += 1
    let proof = proofs.first { $0.name == rule.name }
    let range = proof?.range == true ? ", range tried" : ""
    let errors: [String] = [Precision.f64, .f32].flatMap { precision in
      guard let entry = measured[rule.name] else { return ["–", "–"] }
      return [rule.left, rule.right].map { side in
        worst(of: side, entry, precision).map(spelled) ?? "∞"
      }
    }
    let guards = rule.guards.map { "\($0)" }.joined(separator: ", ")
    let cells =
      [rule.name, rule.keeps.rawValue, "\(proof?.by ?? "none")\(range)", guards] + errors
    lines.append("| " + cells.joined(separator: " | ") + " |")
  }
  let sum = [Soundness.exact, .stable, .real].map { "\(counts[$0] ?? 0) \($0.rawValue)" }
  lines.append(
    "\n\(allRules.count) rules: \(sum.joined(separator: ", ")); \(proofs.count) proofs.\n")
  try assertSnapshot(lines.joined(separator: "\n"), "Tests/Proofs/LAW.md")
}

private let reportHead = """
  # The rules, and what was found of each

  Written by `RECORD_SNAPSHOTS=1 swift test --filter theLawIsReported` from the rules themselves, the proofs of `prove.py`
  and the exact values of `measure.py`. What a rule keeps: `exact` the bits, tried at every 8-bit float and at both
  precisions' specials and random bits; `stable` the function, no less accurate and no less defined; `real` what is equal
  over the reals under its guards, whose intermediate results stay in the range of f32 where that was tried. Of a stable
  rule the columns are the largest errors of its left and its right side, in units of the last place of the exact value,
  at points of the whole range of either precision; ∞ where a side is infinite or no number and the value is a number.

  | rule | keeps | proof | guards | f64 left | f64 right | f32 left | f32 right |
  | --- | --- | --- | --- | --: | --: | --: | --: |
  """

/// The largest error of one side of a rule, in ulps; nil where it is infinite.
private func worst(
  of side: Formula, _ entry: Measured.Entry, _ precision: Precision
) -> Double? {
  let value = FormulaEvaluator(side, of: entry.symbols, precision: precision)
  let errors = entry.values[precision == .f64 ? "f64" : "f32"]!.filter { !$0.last!.isNaN }.map {
    error(value(Array($0.dropLast())), $0.last!, precision)
  }
  guard let greatest = errors.max(), greatest.isFinite else { return nil }
  return greatest
}

/// An error, which is a whole number since the exact values are rounded; large ones as a digit and a power of ten.
private func spelled(_ error: Double) -> String {
  if error < 1000 { return "\(Int(error.rounded()))" }
  var (size, exponent) = (error, 0)
  while size >= 9.5 { (size, exponent) = (size / 10, exponent + 1) }
  return "\(Int(size.rounded()))e\(exponent)"
}
