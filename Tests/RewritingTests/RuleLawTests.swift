import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCRewriting

private let allRules = simplifyingRules + computingRules + stabilizingRules + machineRules

/// Rules about tensors, which the scalar checks leave to the tests of stability.
private let tensorRules: Set = ["logarithm of a sum of exponentials", "softmax"]

/// Rules that go neither up nor down: one fires only where the graph shares more afterwards, the other has no inverse.
private let levelRules: Set = ["square a difference", "complement of a sigmoid"]

@Test func namesOfRulesAreUnique() {
  #expect(Set(allRules.map(\.name)).count == allRules.count)
}

@Test func everySimplifyingRuleLowersTheDeclaredCost() {
  for rule in simplifyingRules + computingRules where !levelRules.contains(rule.name) {
    #expect(Measure(rule.right) < Measure(rule.left), "\(rule.name)")
  }
  for name in levelRules {
    let rule = allRules.first { $0.name == name }!
    #expect(!(Measure(rule.right) < Measure(rule.left)), "\(name) is no exception")
  }
}

@Test func everyStabilizingRuleTakesAwayAHazard() {
  // Operations that overflow, or cancel, in the outer part of their domain.
  let hazards: [String: Int] = [
    "log": 4, "exp": 4, "div": 2, "log1p": 3, "softplus": 1, "sigmoid": 1,
  ]
  func hazard(_ formula: Formula) -> Int {
    guard case .apply(let name, let arguments) = formula.kind else { return 0 }
    return (hazards[name] ?? 0) + arguments.reduce(0) { $0 + hazard($1) }
  }
  // What bounds the argument of an exponential instead.
  let shifting: Set = ["logarithm of two exponentials", "logarithm of three exponentials"]
  for rule in stabilizingRules where !tensorRules.union(shifting).contains(rule.name) {
    let expm1 = rule.name == "exponential minus one"
    #expect(expm1 || hazard(rule.right) < hazard(rule.left), "\(rule.name)")
  }
}

@Test func bothSidesOfEveryRuleAreEqual() {
  var random = SplitMix(state: 7)
  for rule in allRules where !tensorRules.contains(rule.name) && !rule.name.hasPrefix("power") {
    let names = symbols(of: rule.left)
    let left = FormulaEvaluator(rule.left, of: names, precision: .f64)
    let right = FormulaEvaluator(rule.right, of: names, precision: .f64)
    for _ in 0..<400 {
      let values = names.map { name in argument(name, rule, &random) }
      let (a, b) = (left(values), right(values))
      if a.isNaN && rule.keeps != .exact || a.isInfinite && rule.keeps != .exact { continue }
      switch rule.keeps {
      case .exact: #expect(same(a, b), "\(rule.name): \(values) gives \(a), \(b)")
      case .stable, .real:
        // Each side rounds; where it cancels, the error is that of what cancels.
        let scale = max(abs(a), abs(b), values.map(abs).max() ?? 0, 1)
        #expect(abs(a - b) <= 1e-11 * scale * scale, "\(rule.name): \(values) gives \(a), \(b)")
      }
    }
  }
}

@Test func exactRulesKeepTheBitsOfSpecialValues() {
  let special: [Double] = [
    0, -0.0, 1, -1, 2, -2, 0.1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .greatestFiniteMagnitude, .leastNormalMagnitude / 64, 3.5,
  ]
  for rule in allRules where rule.keeps == .exact && !rule.name.hasPrefix("power") {
    let names = symbols(of: rule.left)
    let left = FormulaEvaluator(rule.left, of: names, precision: .f64)
    let right = FormulaEvaluator(rule.right, of: names, precision: .f64)
    var counters = [Int](repeating: 0, count: names.count)
    combinations: while true {
      let values = zip(names, counters).map { name, place in
        name == "c" ? [2, 0.5, -4, 1024][place % 4] : special[place]
      }
      #expect(same(left(values), right(values)), "\(rule.name): \(values)")
      var digit = 0
      while digit < counters.count {
        counters[digit] += 1
        if counters[digit] < special.count { continue combinations }
        counters[digit] = 0
        digit += 1
      }
      break
    }
  }
}

private func same(_ a: Double, _ b: Double) -> Bool {
  a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
}

private func symbols(of formula: Formula) -> [String] {
  switch formula.kind {
  case .symbol(let name): [name]
  case .number, .bits: []
  case .apply(_, let arguments):
    arguments.reduce(into: []) { names, part in
      names += symbols(of: part).filter { !names.contains($0) }
    }
  }
}

private func argument(_ name: String, _ rule: Rule, _ random: inout SplitMix) -> Double {
  let value = Double.random(in: -3...3, using: &random)
  if name == "k" { return value > 0 ? 1 : 0 }
  // The rests of sigmoids are about y = e^−|x|.
  if machineRules.contains(where: { $0.name == rule.name }) { return abs(value) / 3 }
  for condition in rule.guards {
    switch condition {
    case .positive(name): return abs(value) + 0.1
    case .nonzero(name): return value + (value < 0 ? -0.1 : 0.1)
    case .powerOfTwo(name): return [0.25, 2, -8, 64][Int.random(in: 0..<4, using: &random)]
    default: break
    }
  }
  return value
}
