import Foundation
import NNCAlgebra
import NNCCalculus
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCRewriting

/// The law of what a rule keeps when it is `stable`: measured against exact values (`Tests/Proofs/measure.py`), the right
/// side is never less accurate than the left by more than ``slack`` ulps, and never less defined; nor are its first and
/// second derivatives, as the compiler makes them, by more than ``slackOfDerivatives`` and what rounding their arguments
/// moves them.
struct Measured: Decodable {
  struct Slopes: Decodable {
    let at, first, second: [Double]
  }
  struct Entry: Decodable {
    let name: String
    let symbols: [String]
    /// By precision: the symbols' values, then the exact value of both sides.
    let values: [String: [[Double]]]
    let derivatives: [Slopes]
  }
  let rules: [Entry]

  static func read() throws -> [String: Entry] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = try Data(contentsOf: tests.appending(path: "Proofs/stable.json"))
    let entries = try decoder.decode(Measured.self, from: data).rules
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
  }
}

/// By how many ulps a right side may be less accurate than its left.
private let slack = 4.0
/// The same for derivatives, which are made of several operations. It is granted beside the size of the arguments: the
/// difference of two is rounded by so many ulps of its exponential. Where a second derivative passes through 0, at the
/// inflection of a sigmoid, the ulps are those of the first.
private let slackOfDerivatives = 16.0

private let stableRules =
  (simplifyingRules + presentingRules + computingRules + stabilizingRules + machineRules
  + accurateMachineRules)
  .filter { $0.keeps == .stable }

/// The rules about tensors are measured by ``functionsOfVectorsAreStable``.
private let ofTensors: Set = ["logarithm of a sum of exponentials", "softmax"]

/// How far a value is from the exact one, in units of its last place at a precision.
func error(_ value: Double, _ exact: Double, _ precision: Precision) -> Double {
  if value == exact || value.isNaN && exact.isNaN { return 0 }
  if !value.isFinite || !exact.isFinite { return .infinity }
  let unit =
    precision == .f64
    ? max(exact.ulp, .leastNonzeroMagnitude)
    : Double(max(Float(exact).ulp, .leastNonzeroMagnitude))
  return abs(value - exact) / unit
}

@Test(arguments: [Precision.f64, .f32])
func stableRulesAreNoLessAccurate(_ precision: Precision) throws {
  let measured = try Measured.read()
  for rule in stableRules where !ofTensors.contains(rule.name) {
    guard let entry = measured[rule.name] else {
      Issue.record("\(rule.name) is not measured; run Tests/Proofs/measure.py")
      continue
    }
    let left = FormulaEvaluator(rule.left, of: entry.symbols, precision: precision)
    let right = FormulaEvaluator(rule.right, of: entry.symbols, precision: precision)
    var (worst, at) = (0.0, [Double]())
    for row in entry.values[precision == .f64 ? "f64" : "f32"]! where !row.last!.isNaN {
      let values = Array(row.dropLast())
      let exact = row.last!
      let (before, after) = (
        error(left(values), exact, precision), error(right(values), exact, precision)
      )
      if after - before > worst { (worst, at) = (after - before, values) }
    }
    let found = worst > slack ? "\(at) gives \(left(at)), \(right(at))" : ""
    #expect(worst <= slack, "\(rule.name) loses \(worst) ulps: \(found)")
  }
}

/// Where an infinite or zero argument gives the left side a value, the right side has it too: the same, but for the
/// rounding of numbers of size 1.
@Test(arguments: [Precision.f64, .f32])
func stableRulesAreNoLessDefined(_ precision: Precision) throws {
  let special: [Double] = [0, -0.0, 1, -1, .infinity, -.infinity, 3.5, -2]
  for rule in stableRules where !ofTensors.contains(rule.name) {
    let names = try #require(try Measured.read()[rule.name]).symbols
    // y of the rests of sigmoids is q = σ(−|x|).
    let isPart = names.contains("k")
    let left = FormulaEvaluator(rule.left, of: names, precision: precision)
    let right = FormulaEvaluator(rule.right, of: names, precision: precision)
    var index = 0
    while index < Int(pow(Double(special.count), Double(names.count))) {
      var rest = index
      let values = names.map { name in
        defer { rest /= special.count }
        let value = special[rest % special.count]
        return isPart && name == "y" ? min(abs(value), 0.5) : value
      }
      index += 1
      let (before, after) = (left(values), right(values))
      if before.isNaN || before.isInfinite && after.isFinite { continue }
      let rounding = (precision == .f64 ? 0x1p-52 : 0x1p-23) * 8 * slack * max(1, abs(before))
      #expect(
        before == after || abs(after - before) <= rounding,
        "\(rule.name): \(values) gives \(before), \(after)")
    }
  }
}

@Test func derivativesOfStableRulesAreNoLessAccurate() throws {
  let measured = try Measured.read()
  for rule in stableRules where !ofTensors.contains(rule.name) {
    guard let entry = measured[rule.name], !entry.derivatives.isEmpty else { continue }
    let by = entry.symbols.filter { $0 != "k" }
    var naive = Graph()
    var bindings: [String: NodeID] = [:]
    for name in entry.symbols {
      bindings[name] = naive.symbol(Symbol(name: name, shape: [], role: .parameter))
    }
    let value = naive.instantiate(rule.left, bindings)
    var made = naive
    /// First and second derivatives by every symbol, of a value simplified before each or of the value as it stands.
    func slopes(_ graph: inout Graph, simplified: Bool) -> [NodeID] {
      var simplifier = Simplifier(phase: .simplify)
      func clean(_ id: NodeID, _ graph: inout Graph) -> NodeID {
        simplified ? simplifier.run(&graph, [id])[0] : id
      }
      let start = clean(value, &graph)
      let first = by.map { name in
        let slope = graph.diff(start, by: bindings[name]!)
        return clean(slope, &graph)
      }
      let second = zip(by, first).map { name, slope in
        let bend = graph.diff(slope, by: bindings[name]!)
        return clean(bend, &graph)
      }
      return first + second
    }
    let naiveSlopes = slopes(&naive, simplified: false)
    let roots = slopes(&made, simplified: true)
    let compiled = try Compiled(made, roots, entry.symbols.map { ($0, []) })
    for row in entry.derivatives {
      let leaves = Dictionary(uniqueKeysWithValues: zip(entry.symbols, row.at.map { [$0] }))
      let evaluator = GraphEvaluator(naive, samples: 1, leaves: leaves)
      let found = try compiled(row.at)
      for (place, exact) in (row.first + row.second).enumerated() where exact.isFinite {
        let before = error(evaluator[naiveSlopes[place]][0][0], exact, .f64)
        let after = error(found[place], exact, .f64)
        let moved = row.at.map(abs).max()!
        let first = row.first[place % by.count].ulp
        #expect(
          after <= before + slackOfDerivatives + moved
            || abs(found[place] - exact) <= slackOfDerivatives * first
            || abs(found[place] - exact) < 0x1p-1000,
          "\(rule.name): derivative \(place) at \(row.at) is \(found[place]), not \(exact)")
      }
    }
  }
}
