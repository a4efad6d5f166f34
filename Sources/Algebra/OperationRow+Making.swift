// How the rows of the table of operations are made: the mathematics first, then what passes must know.

/// An operation between its operands.
func infix(
  _ name: String, _ sign: String, _ binding: Int, slopes: [Formula], unicode: String? = nil,
  latex: String? = nil, right: Bool = false, commutes: Bool = false, isPublic: Bool = false,
  arithmetic: (@Sendable (Precision) -> Formula)? = nil
) -> OperationRow {
  let notation = Notation.infix(
    text: sign, unicode: unicode ?? sign, latex: latex ?? sign, binding: binding, right: right)
  return OperationRow(
    name: name, arguments: [.init(name: "a", standard: nil), .init(name: "b", standard: nil)],
    definition: nil, slopes: slopes, arithmetic: arithmetic, fusedArithmetic: nil,
    notation: notation, isPublic: isPublic, commutes: commutes, call: name)
}

/// An operation written as a call, unless `notation` says otherwise.
func row(
  _ name: String, _ definition: Formula? = nil, slopes: [Formula]? = nil,
  arguments: [(String, Double?)] = [("x", nil)], latex: String? = nil, mathml: String? = nil,
  isPublic: Bool = true, notation: Notation? = nil,
  arithmetic: (@Sendable (Precision) -> Formula)? = nil,
  fusedArithmetic: (@Sendable (Precision) -> Formula)? = nil
) -> OperationRow {
  let spelled = arguments.indices.map { "$\($0)" }.joined(separator: ", ")
  let operatorName = name.split(separator: "_").joined(separator: "\\_")
  let call = Notation.call(
    latex: latex ?? "\\operatorname{\(operatorName)}(\(spelled))", mathml: mathml)
  return OperationRow(
    name: name, arguments: arguments.map { .init(name: $0, standard: $1) },
    definition: definition, slopes: slopes, arithmetic: arithmetic,
    fusedArithmetic: fusedArithmetic, notation: notation ?? call, isPublic: isPublic,
    commutes: false, call: name)
}

extension OperationRow {
  private func with(_ change: (inout OperationRow) -> Void) -> OperationRow {
    var row = self
    change(&row)
    return row
  }

  /// Its value lies between these, whatever its arguments.
  func within(_ low: Double, _ high: Double) -> OperationRow {
    with { $0.range = Interval(low: low, high: high) }
  }

  /// It has no value at infinities.
  var ofFinite: OperationRow { with { $0.demandsFinite = true } }

  /// Its value lies where that of its arguments says.
  func within(_ interval: @escaping @Sendable ([Interval]) -> Interval) -> OperationRow {
    with { $0.interval = interval }
  }

  /// It takes as long as so many additions.
  func costing(_ work: Double) -> OperationRow { with { $0.work = work } }

  /// How its arithmetic goes, for readers of emitted code.
  func computed(_ method: String) -> OperationRow { with { $0.method = method } }

  /// It takes no longer than a load.
  var cheap: OperationRow { with { $0.isCheap = true } }

  /// It gives back what the operation of that name was applied to.
  func undoing(_ name: String) -> OperationRow { with { $0.inverse = name } }

  /// It is written out so for the machine.
  func shared(_ form: Formula) -> OperationRow { with { $0.sharedForm = form } }

  /// It is written out so for the machine where another operation is given its value.
  func beside(_ form: Formula) -> OperationRow { with { $0.formBeside = form } }

  /// It says little of a kernel that has other operations.
  var common: OperationRow { with { $0.namesKernels = false } }

  /// The language calls it so in formulas.
  func called(_ name: String) -> OperationRow { with { $0.call = name } }

  /// Textbooks differentiate it by this rule.
  func reading(_ name: String, _ ground: String) -> OperationRow {
    with { $0.rule = DifferentiationRule(name: name, ground: ground) }
  }

  /// PyTorch writes it so.
  func torch(_ form: String) -> OperationRow { with { $0.torch = form } }

  /// It is a function of the same name in PyTorch's module.
  func torch(in module: String = "torch") -> OperationRow {
    let places = arguments.indices.map { "$\($0)" }.joined(separator: ", ")
    return torch("\(module).\(name)(\(places))")
  }

  /// Random networks draw it, as a layer with these keys.
  func drawn(_ keys: String = "") -> OperationRow { with { $0.drawn = keys } }
}
