import Foundation
import NNCAlgebra
import NNCGraph
import NNCTestSupport
import Testing

@testable import NNCRewriting

/// Every rule of the tables.
let allRules =
  simplifyingRules + presentingRules + computingRules + stabilizingRules + machineRules
  + accurateMachineRules

/// Rules about tensors, which the scalar checks leave to the tests of stability.
private let tensorRules: Set = ["logarithm of a sum of exponentials", "softmax"]

/// Rules that go neither up nor down: one fires only where the graph shares more afterwards, the other has no inverse.
private let levelRules: Set = ["square a difference", "complement of a sigmoid"]

@Test func namesOfRulesAreUnique() {
  #expect(Set(allRules.map(\.name)).count == allRules.count)
}

@Test func everySimplifyingRuleLowersTheDeclaredCost() {
  for rule in simplifyingRules + presentingRules + computingRules
  where !levelRules.contains(rule.name) {
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
    "log": 4, "exp": 4, "div": 2, "sub": 2, "log1p": 3, "softplus": 1, "sigmoid": 1,
  ]
  func hazard(_ formula: Formula) -> Int {
    guard case .apply(let name, let arguments) = formula.kind else { return 0 }
    // The logarithm of a constant is a constant.
    if name == "log", case .symbol("c") = arguments[0].kind { return 0 }
    return (hazards[name] ?? 0) + arguments.reduce(0) { $0 + hazard($1) }
  }
  for rule in stabilizingRules where !tensorRules.contains(rule.name) {
    // What is left of the difference of near values does not cancel.
    if rule.name.hasPrefix("difference of") || rule.name.hasPrefix("root") { continue }
    #expect(hazard(rule.right) < hazard(rule.left), "\(rule.name)")
  }
}

@Test func bothSidesOfEveryRuleAreEqual() {
  var random = SplitMix(state: 7)
  for rule in allRules where !tensorRules.contains(rule.name) {
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

/// Every combination of 8-bit floats for one or two symbols, and 60,000 at random for more.
@Test func exactRulesKeepTheBitsOfEverySmallFloat() {
  var random = SplitMix(state: 11)
  for rule in allRules where rule.keeps == .exact {
    let names = symbols(of: rule.left)
    let count = names.count <= 2 ? Int(pow(256, Double(names.count))) : 60_000
    for index in 0..<count {
      var values: [String: Double] = [:]
      for (place, name) in names.enumerated() {
        let digit =
          names.count <= 2 ? index >> (8 * place) & 255 : Int.random(in: 0..<256, using: &random)
        // An 8-bit reciprocal of these is exact and has all digits.
        let isPower = rule.guards.contains {
          if case .powerOfTwo(name) = $0 { true } else { false }
        }
        values[name] = isPower ? [0.25, -0.5, 1, 2, -4, 8][digit % 6] : SmallFloat.all[digit]
      }
      guard let left = SmallFloat.value(rule.left, values),
        let right = SmallFloat.value(rule.right, values)
      else {
        Issue.record("\(rule.name) has an operation that small floats do not know")
        break
      }
      guard same(left, right) else {
        Issue.record("\(rule.name): \(values) gives \(left), \(right)")
        break
      }
    }
  }
}

/// Specials in every combination, and random bits, at both precisions.
@Test(arguments: [Precision.f64, .f32])
func exactRulesKeepTheBits(_ precision: Precision) {
  var random = SplitMix(state: 13)
  let isSmall = precision == .f32
  let special: [Double] = [
    0, -0.0, 1, -1, 2, 0.1, .infinity, -.infinity, .nan, 3.5,
    isSmall ? Double(Float.leastNonzeroMagnitude) : .leastNonzeroMagnitude,
    isSmall ? -Double(Float.greatestFiniteMagnitude) : -.greatestFiniteMagnitude,
    isSmall ? Double(Float.leastNormalMagnitude) / 64 : .leastNormalMagnitude / 64,
  ]
  let powers = [2, 0.5, -4, 1024, 0x1p-126, -0x1p126]
  func number(_ random: inout SplitMix) -> Double {
    let bits = UInt64.random(in: 0 ... .max, using: &random)
    return isSmall
      ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
  }
  for rule in allRules where rule.keeps == .exact {
    let names = symbols(of: rule.left)
    let left = FormulaEvaluator(rule.left, of: names, precision: precision)
    let right = FormulaEvaluator(rule.right, of: names, precision: precision)
    let specials = min(Int(pow(Double(special.count), Double(names.count))), 3000)
    for index in 0..<specials + 1000 {
      var rest = index
      let values = names.map { name in
        defer { rest /= special.count }
        if rule.guards.contains(where: { if case .powerOfTwo(name) = $0 { true } else { false } }) {
          return powers[rest % powers.count]
        }
        return index < specials ? special[rest % special.count] : number(&random)
      }
      guard same(left(values), right(values)) else {
        Issue.record("\(rule.name): \(values) gives \(left(values)), \(right(values))")
        break
      }
    }
  }
}

/// The proofs that `Tests/Proofs/prove.py` wrote down.
struct Proofs: Decodable {
  struct Proof: Decodable {
    let name, rule, keeps, by: String
    /// Whether its range was tried and is kept; nil where it was not tried.
    let range: Bool?
  }
  let proofs: [Proof]

  static func read() throws -> [Proof] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appending(path: "Proofs/rules.json"))
    return try JSONDecoder().decode(Proofs.self, from: data).proofs
  }
}

/// The law of what a rule is: an identity of the reals, proved. `Tests/Proofs/prove.py` proves every rule by z3 or sympy;
/// a rule that has changed since, or is new, has no proof. Where it is `real` its range was tried there too.
@Test func everyRuleIsProved() throws {
  let proofs = try Proofs.read()
  let known = Dictionary(proofs.map { ($0.name, $0) }) { first, _ in first }
  for rule in allRules {
    let guards = rule.guards.map {
      " if \("\($0)".prefix { $0 != "(" })(\($0.symbols.joined(separator: ",")))"
    }
    .joined()
    let text = "\(prefix(rule.left)) => \(prefix(rule.right))\(guards)"
    #expect(known[rule.name]?.rule == text, "\(rule.name) has no proof; run Tests/Proofs/prove.py")
    #expect(known[rule.name]?.keeps == rule.keeps.rawValue, "\(rule.name)")
  }
  #expect(proofs.count == allRules.count, "a proof of a rule that is not there")
}

/// A formula in prefix notation, add(x,0), as the proofs name it.
private func prefix(_ formula: Formula) -> String {
  switch formula.kind {
  case .symbol(let name): name
  case .number(let value): value == value.rounded() ? "\(Int(value))" : "\(value)"
  case .bits: preconditionFailure("rules are about reals")
  case .apply(let name, let arguments): "\(name)(\(arguments.map(prefix).joined(separator: ",")))"
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
  if (machineRules + accurateMachineRules).contains(where: { $0.name == rule.name }) {
    return abs(value) / 3
  }
  for condition in rule.guards {
    switch condition {
    case .positive(name), .nonnegative(name): return abs(value) + 0.1
    case .nonzero(name): return value + (value < 0 ? -0.1 : 0.1)
    case .invertible(name), .moderate(name): return value + (value < 0 ? -0.1 : 0.1)
    case .powerOfTwo(name): return [0.25, 2, -8, 64][Int.random(in: 0..<4, using: &random)]
    default: break
    }
  }
  return value
}
