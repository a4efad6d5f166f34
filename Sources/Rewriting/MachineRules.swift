import NNCAlgebra

private let x: Formula = "x"
private let y: Formula = "y"
private let k: Formula = "k"
private let tangent = Formula.apply("tanh", x)
private let rest = Formula.apply("log1p", .apply("exp", -.apply("abs", x)))
private let root = Formula.apply("sqrt", 1 + x)
private let half = Formula.apply("sin", 0.5 * x)
private let exponential = Formula.apply("exp", -.apply("abs", x))

/// The rules for functions that are written out for the machine.
///
public let machineRules: [Rule] = [
  rule(
    "softplus less a multiple",
    select(x < 0, 0, x) + rest - y * x => (select(x < 0, 0, x) - y * x) + rest, .stable),
  rule(
    "sigmoid of an exponential at hand",
    .apply("sigmoid_tail", x) => exponential / (1 + exponential), .stable),
]

/// The rules for the machine that fire whatever they cost, each for a difference that cancels: a negative rest costs a sign
/// more.
///
/// Where σ(x) chooses q or 1 − q, 1 − σ(x) is the opposite choice, and their product, the derivative of σ, is q·(1 − q)
/// with q ≤ ½: no term cancels in either tail.
public let accurateMachineRules: [Rule] = [
  rule("rest of a sigmoid", 1 - select(k, y, 1 - y) => select(k, 1 - y, y), .stable),
  rule("rest of a rest", 1 - select(k, 1 - y, y) => select(k, y, 1 - y), .stable),
  rule("rest of a sigmoid, negated", select(k, y, 1 - y) - 1 => -select(k, 1 - y, y), .stable),
  rule("rest of a rest, negated", select(k, 1 - y, y) - 1 => -select(k, y, 1 - y), .stable),
  rule(
    "slope of tanh, negated", tangent * tangent - 1 => -.apply("tanh_slope", x, tangent), .stable),
  rule("slope of tanh", 1 - tangent * tangent => .apply("tanh_slope", x, tangent), .stable),
  rule(
    "root of one less a square", .apply("sqrt", 1 - x * x) => .apply("sqrt", (1 - x) * (1 + x)),
    .stable),
  rule(
    "divide by a root of one and a square",
    y / .apply("sqrt", 1 + x * x) => y / .apply("hypot", x, 1), .stable),
  rule("divide by one less a square", y / (1 - x * x) => y / ((1 - x) * (1 + x)), .stable),
  rule("root less one", root - 1 => x / (root + 1), .real),
  rule("one less a cosine", 1 - .apply("cos", x) => 2 * (half * half), .stable),
]
