import NNCAlgebra
import NNCDiagnostics
import NNCGraph

// How the tables of update rules are written.

extension UpdateRule.Key {
  /// A key that is a number.
  init(_ name: String, _ standard: Double, _ domain: NumberDomain = .notNegative) {
    self.init(name: name, standard: standard, domain: .number(domain))
  }

  /// A key that is `yes` or `no`, by default `no`.
  static func truth(_ name: String, _ standard: Bool = false) -> Self {
    Self(name: name, standard: standard ? 1 : 0, domain: .truth)
  }

  /// A value of the key as it is written.
  public func text(of value: Double) -> String {
    switch domain {
    case .number: Diagnostic.number(value)
    case .truth: value == 0 ? "no" : "yes"
    case .word(let words): words[Int(value)]
    }
  }

  /// The key with its value where none is given: `lr=0.001`.
  public var usage: String { "\(name)=\(text(of: standard))" }
}

extension UpdateRule.Group {
  init(_ name: String, _ keys: String...) { self.init(name: name, keys: keys) }
}

extension UpdateRule.State {
  /// A number for each of a parameter's, at first 0.
  static func each(
    _ name: String, _ form: UpdateRule.Form = .whole, from initial: String? = nil,
    if isNeeded: @escaping UpdateRule.Condition = { _ in true }
  ) -> Self {
    Self(
      name: name, range: .numbers, form: form,
      initial: { setting in initial.map { setting[$0] } ?? 0 }, isNeeded: isNeeded)
  }

  /// A number for all parameters together.
  static func shared(
    _ name: String, from initial: Double = 0, within range: Interval,
    if isNeeded: @escaping UpdateRule.Condition = { _ in true }
  ) -> Self {
    Self(name: name, range: range, form: .shared, initial: { _ in initial }, isNeeded: isNeeded)
  }

  /// The shape of the state for a parameter of this shape.
  func shape(for parameter: Shape) -> Shape {
    switch form {
    case .shared: return []
    case .whole: return parameter
    case .without(let axis):
      var shape = parameter
      shape[shape.count - axis] = 1
      return shape
    }
  }
}

extension UpdateRule.Step {
  /// `name` ← `value`, if the setting asks for it, as often as the key `rounds` says.
  static func set(
    _ name: String, _ value: Formula, rounds: String? = nil,
    if isNeeded: @escaping UpdateRule.Condition = { _ in true }
  ) -> Self {
    Self(name: name, value: .formula(value), rounds: rounds, isNeeded: isNeeded)
  }
}

/// Whether a key is not 0.
func uses(_ key: String) -> UpdateRule.Condition { { $0[key] != 0 } }

/// Powers of a fraction.
let fractions = Interval(low: 0, high: 1)

/// Numbers of steps, and sums over them.
let counts = Interval(low: 0, high: .infinity)
