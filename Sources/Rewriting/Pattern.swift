import NNCAlgebra
import NNCGraph

/// A rule's left side, prepared for matching: straight lines of tests, one for each order in which the operands of
/// its commuting operations may stand. The first line that a node passes is the match.
///
/// A test is about one of the values seen so far; value 0 is the node itself, and a test that opens a node puts the
/// node's operands behind the values. Symbols are slots, in the order of their first occurrence.
struct Pattern: Sendable {
  /// One test.
  enum Test: Sendable {
    /// The value is an operation of this tag; opens it. Two operands are exchanged where `mirrored`.
    case open(Int, tag: Int16, mirrored: Bool)
    /// The value is the sum over all axes of its operand; opens it.
    case openSum(Int)
    /// The value is the greatest of all elements of its operand; opens it.
    case openMaximum(Int)
    /// The value is this number.
    case number(Int, UInt64)
    /// The value is a constant.
    case constant(Int)
    /// Binds a slot to the value.
    case bind(Int, slot: Int)
    /// The value is what the slot is bound to.
    case same(Int, slot: Int)
  }

  /// The ways to match, in the order in which they are tried.
  let lines: [[Test]]
  /// The symbols, by slot.
  let slots: [String]
  /// The operation at the root.
  let operation: Operation
  /// The tag that each operand of the root must have, or nil for any: a quick look before the match.
  let operandTags: [Int16?]

  /// Prepares a formula whose outermost form is an operation on numbers.
  init(_ formula: Formula) {
    guard case .apply(let name, let arguments) = formula.kind, let operation = Operation(name)
    else { preconditionFailure("a rule's left side is an operation") }
    self.operation = operation
    operandTags = arguments.map { Self.tag(of: $0) }
    // Each line is one way through the choices; the choice met first changes last.
    var lines: [[Test]] = []
    var slots: [String] = []
    var order: [Bool] = []
    repeat {
      var reading = Reading(order: order)
      reading.read(formula, 0)
      lines.append(reading.tests + reading.bindings)
      slots = reading.slots
      order = reading.order
      while order.last == true { order.removeLast() }
      if !order.isEmpty { order[order.count - 1] = true }
    } while !order.isEmpty
    self.lines = lines
    self.slots = slots
  }

  private static func tag(of formula: Formula) -> Int16? {
    switch formula.kind {
    case .symbol(let name): isConstantSymbol(name) ? Node.Kind.constantTag : nil
    case .number, .bits: Node.Kind.constantTag
    case .apply("sum", _): Node.Kind.contractTag
    case .apply("maximum", _): Node.Kind.maximumTag
    case .apply(let name, _): Int16(Operation(name)!.index)
    }
  }

  /// `c` and `d` stand for constants.
  private static func isConstantSymbol(_ name: String) -> Bool { name == "c" || name == "d" }

  /// One way through a formula.
  private struct Reading {
    /// For each commuting operation, in the order in which they are met, whether its operands are exchanged.
    var order: [Bool]
    var tests: [Test] = []
    var bindings: [Test] = []
    var slots: [String] = []
    private var met = 0
    private var values = 1

    init(order: [Bool]) { self.order = order }

    mutating func read(_ formula: Formula, _ value: Int) {
      switch formula.kind {
      case .symbol(let name):
        if isConstantSymbol(name) { tests.append(.constant(value)) }
        if let slot = slots.firstIndex(of: name) {
          bindings.append(.same(value, slot: slot))
        } else {
          bindings.append(.bind(value, slot: slots.count))
          slots.append(name)
        }
      case .number(let number): tests.append(.number(value, number.bitPattern))
      case .bits: preconditionFailure("rules are about reals")
      case .apply("sum", let arguments): open(.openSum(value), arguments)
      case .apply("maximum", let arguments): open(.openMaximum(value), arguments)
      case .apply(let name, let arguments):
        let operation = Operation(name)!
        var mirrored = false
        if operation.commutes {
          if met == order.count { order.append(false) }
          mirrored = order[met]
          met += 1
        }
        open(.open(value, tag: Int16(operation.index), mirrored: mirrored), arguments)
      }
    }

    private mutating func open(_ test: Test, _ arguments: [Formula]) {
      tests.append(test)
      let first = values
      values += arguments.count
      precondition(values <= Match.limit, "a rule's left side is too large")
      for (place, argument) in arguments.enumerated() { read(argument, first + place) }
    }
  }
}
