import NNCAlgebra

private let a: Formula = "a"
private let b: Formula = "b"
private let x: Formula = "x"

private let left: Formula = .apply("remainder", a, b)

private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func atan2(_ a: Formula, _ b: Formula) -> Formula { .apply("atan2", a, b) }

/// How StableHLO writes a scalar operation.
enum OperationForm {
  /// An operation of StableHLO on the same operands.
  case native(String)
  /// An operation of StableHLO on the operands in another order.
  case reordered(String, [Int])
  /// A comparison in this direction.
  case comparison(String)
  /// An operation of StableHLO on truths.
  case logical(String)
  /// The choice between two values by a truth.
  case choice
  /// What its operand is.
  case operand
  /// A formula of other operations, shorter here than what the operation's row says.
  case formula(Formula)
}

/// The table of scalar operations that StableHLO has, or that are short of what it has. The others are written by their
/// rows' formulas.
let operationForms: [String: OperationForm] = [
  "add": .native("add"),
  "sub": .native("subtract"),
  "mul": .native("multiply"),
  "div": .native("divide"),
  "pow": .native("power"),
  "neg": .native("negate"),
  "abs": .native("abs"),
  "sqrt": .native("sqrt"),
  "length": .native("sqrt"),
  "square": .formula(x * x),
  "sign": .native("sign"),
  "detach": .operand,
  "floor": .native("floor"),
  "ceil": .native("ceil"),
  "round": .native("round_nearest_even"),
  "trunc": .formula(select(x < 0, .apply("ceil", x), .apply("floor", x))),
  // What division leaves has the sign of a; modulo has that of b.
  "remainder": .native("remainder"),
  "mod": .formula(
    select(
      .apply("and", .apply("ne", left, 0), .apply("ne", left < 0, b < 0)), left + b, left)),
  "clamp": .reordered("clamp", [1, 0, 2]),
  "hardtanh": .reordered("clamp", [1, 0, 2]),
  "relu": .formula(.apply("max", x, 0)),
  "relu6": .formula(.apply("clamp", x, 0, 6)),
  "hardsigmoid": .formula(.apply("clamp", x + 3, 0, 6) / 6),
  "hardswish": .formula(x * .apply("clamp", x + 3, 0, 6) / 6),
  "max": .native("maximum"),
  "first_max": .native("maximum"),
  "min": .native("minimum"),

  "lt": .comparison("LT"),
  "le": .comparison("LE"),
  "eq": .comparison("EQ"),
  "ne": .comparison("NE"),
  "and": .logical("and"),
  "or": .logical("or"),
  "not": .logical("not"),
  "select": .choice,

  "exp": .native("exponential"),
  "log": .native("log"),
  "expm1": .native("exponential_minus_one"),
  "log1p": .native("log_plus_one"),
  "log2": .formula(1.4426950408889634 * .apply("log", x)),
  "log10": .formula(0.4342944819032518 * .apply("log", x)),
  "exp2": .formula(.apply("pow", 2, x)),
  "sigmoid": .native("logistic"),
  "tanh": .native("tanh"),
  "sin": .native("sine"),
  "cos": .native("cosine"),
  "tan": .formula(.apply("sin", x) / .apply("cos", x)),
  "atan2": .native("atan2"),
  "atan": .formula(atan2(x, 1)),
  "asin": .formula(atan2(x, sqrt((1 - x) * (1 + x)))),
  "acos": .formula(atan2(sqrt((1 - x) * (1 + x)), x)),
  "hypot": .formula(sqrt(a * a + b * b)),
]

/// The machine operations on words, which formulas take apart reals with.
let wordForms: [Primitive: String] = [
  .bitAdd: "add", .bitSub: "subtract", .bitAnd: "and", .bitOr: "or", .bitXor: "xor",
  .shiftLeft: "shift_left", .shiftRight: "shift_right_logical",
]
