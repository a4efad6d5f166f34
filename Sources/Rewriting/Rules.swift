import NNCAlgebra

private let x: Formula = "x"
private let y: Formula = "y"
private let z: Formula = "z"
private let c: Formula = "c"
private let d: Formula = "d"
private let k: Formula = "k"

private func exp(_ x: Formula) -> Formula { .apply("exp", x) }
private func log(_ x: Formula) -> Formula { .apply("log", x) }
private func log1p(_ x: Formula) -> Formula { .apply("log1p", x) }
private func expm1(_ x: Formula) -> Formula { .apply("expm1", x) }
private func abs(_ x: Formula) -> Formula { .apply("abs", x) }
private func sin(_ x: Formula) -> Formula { .apply("sin", x) }
private func cos(_ x: Formula) -> Formula { .apply("cos", x) }
private func sqrt(_ x: Formula) -> Formula { .apply("sqrt", x) }
private func square(_ x: Formula) -> Formula { .apply("square", x) }
private func sigmoid(_ x: Formula) -> Formula { .apply("sigmoid", x) }
private func softplus(_ x: Formula) -> Formula { .apply("softplus", x) }
private func sum(_ x: Formula) -> Formula { .apply("sum", x) }
private func greatest(_ x: Formula) -> Formula { .apply("shift", .apply("maximum", x)) }
private func pow(_ x: Formula, _ y: Formula) -> Formula { .apply("pow", x, y) }
private func tanh(_ x: Formula) -> Formula { .apply("tanh", x) }
private func sinh(_ x: Formula) -> Formula { .apply("sinh", x) }
private func cosh(_ x: Formula) -> Formula { .apply("cosh", x) }
private func erf(_ x: Formula) -> Formula { .apply("erf", x) }
private func erfc(_ x: Formula) -> Formula { .apply("erfc", x) }
private func sech(_ x: Formula) -> Formula { .apply("sech", x) }
private func asinh(_ x: Formula) -> Formula { .apply("asinh", x) }
private func atanh(_ x: Formula) -> Formula { .apply("atanh", x) }
private func log1mexp(_ x: Formula) -> Formula { .apply("log1mexp", x) }
private func logcosh(_ x: Formula) -> Formula { .apply("logcosh", x) }
private func acosh(_ x: Formula) -> Formula { .apply("acosh", x) }
private func tan(_ x: Formula) -> Formula { .apply("tan", x) }
private func atan(_ x: Formula) -> Formula { .apply("atan", x) }
private func floor(_ x: Formula) -> Formula { .apply("floor", x) }
private func ceil(_ x: Formula) -> Formula { .apply("ceil", x) }
private func log2(_ x: Formula) -> Formula { .apply("log2", x) }
private func log10(_ x: Formula) -> Formula { .apply("log10", x) }
private func exp2(_ x: Formula) -> Formula { .apply("exp2", x) }
private func equal(_ x: Formula, _ y: Formula) -> Formula { .apply("eq", x, y) }
private func halfway(_ x: Formula, _ y: Formula) -> Formula { 0.5 * (x - y) }
private func logAddExp(_ x: Formula, _ y: Formula) -> Formula { .apply("logaddexp", x, y) }

/// The rules that make an expression smaller. Each lowers the work, or keeps it and moves signs and constants outward.
public let simplifyingRules: [Rule] = [
  // Neutral elements
  rule("add zero", x + 0 => x, .real),
  rule("subtract zero", x - 0 => x, .exact),
  rule("subtract from zero", 0 - x => -x, .real),
  rule("multiply by one", x * 1 => x, .exact),
  rule("divide by one", x / 1 => x, .exact),
  rule("multiply by minus one", x * -1 => -x, .exact),
  rule("divide by minus one", x / -1 => -x, .exact),
  rule("multiply by zero", x * 0 => 0, .real, if: .bounded("x")),
  rule("divide zero", 0 / x => 0, .real, if: .nonzero("x")),
  rule("subtract itself", x - x => 0, .real, if: .bounded("x")),
  rule("divide by itself", x / x => 1, .real, if: .nonzero("x"), .bounded("x")),
  rule("add itself", x + x => 2 * x, .exact),
  rule("multiply by itself", x * x => square(x), .exact, isForReaders: true),

  // Signs
  rule("negate twice", -(-x) => x, .exact),
  rule("add a negative", x + -y => x - y, .exact),
  rule("subtract a negative", x - -y => x + y, .exact),
  rule("subtract from a negative", -x - y => -(x + y), .real),
  rule("negate a difference", -(x - y) => y - x, .real),
  rule("negate a product", -(x * (y - z)) => x * (z - y), .real),
  rule("multiply negatives", -x * -y => x * y, .exact),
  rule("multiply a negative", -x * y => -(x * y), .exact),
  rule("divide a negative", -x / y => -(x / y), .exact),
  rule("divide by a negative", x / -y => -(x / y), .exact),
  rule("square a negative", square(-x) => square(x), .exact),
  rule("square a difference", square(x - y) => square(y - x), .exact),
  rule("absolute value of a negative", abs(-x) => abs(x), .exact),
  rule("absolute value twice", abs(abs(x)) => abs(x), .exact),
  rule("absolute value of a square", abs(square(x)) => square(x), .exact),

  // Constants
  rule("join factors", c * (d * x) => (c * d) * x, .real, if: .moderate("c"), .moderate("d")),
  rule("join factor and sign", c * -x => -c * x, .exact),
  rule("join sign and factor", -(c * x) => -c * x, .exact),
  rule("factor out of a product", (c * x) * y => c * (x * y), .real, if: .moderate("c")),
  rule("factor out of a quotient", (c * x) / y => c * (x / y), .real, if: .moderate("c")),
  rule("factor out of a divisor", x / (c * y) => (1 / c) * (x / y), .real, if: .moderate("c")),
  rule("divide by a power of two", x / c => (1 / c) * x, .exact, if: .powerOfTwo("c")),
  rule("divide by a constant", x / c => (1 / c) * x, .real, if: .invertible("c")),
  rule("join terms", c + (d + x) => (c + d) + x, .real),
  rule("square a factor", square(c * x) => (c * c) * square(x), .real, if: .moderate("c")),

  // Products and quotients
  rule("multiply by a reciprocal", x * (1 / y) => x / y, .real),
  rule("cancel a divisor", (x / y) * y => x, .real, if: .nonzero("y"), .bounded("y")),
  rule("cancel a factor", (x * y) / y => x, .real, if: .nonzero("y"), .bounded("y")),

  // Powers
  rule("power zero", pow(x, 0) => 1, .exact),
  rule("power one", pow(x, 1) => x, .stable),
  rule("power two", pow(x, 2) => square(x), .stable),
  rule("power minus one", pow(x, -1) => 1 / x, .stable),
  rule("power minus two", pow(x, -2) => square(1 / x), .stable),
  rule("power one half", pow(x, 0.5) => sqrt(x), .real),
  rule("square a root", square(sqrt(x)) => x, .real, if: .positive("x")),
  rule("root of a square", sqrt(square(x)) => abs(x), .stable),

  // Exponentials and logarithms
  rule("logarithm of an exponential", log(exp(x)) => x, .stable),
  rule("exponential of a logarithm", exp(log(x)) => x, .real, if: .positive("x")),
  rule("multiply exponentials", exp(x) * exp(y) => exp(x + y), .real),
  rule("divide exponentials", exp(x) / exp(y) => exp(x - y), .real),
  rule("reciprocal of an exponential", 1 / exp(x) => exp(-x), .stable),
  rule(
    "complement of a sigmoid", 1 - sigmoid(x) => sigmoid(-x), .stable, isForReaders: true),

  rule("binary logarithm of a power", log2(exp2(x)) => x, .stable),
  rule("binary logarithm of a power of two", log2(pow(2, x)) => x, .stable),
  rule("power of a binary logarithm", exp2(log2(x)) => x, .real, if: .positive("x")),
  rule("decimal logarithm of a power of ten", log10(pow(10, x)) => x, .stable),

  // Whole numbers
  rule("round down twice", floor(floor(x)) => floor(x), .exact),
  rule("round up twice", ceil(ceil(x)) => ceil(x), .exact),

  // Angles
  rule("tangent of its angle", tan(atan(x)) => x, .real),
  rule("sine and cosine squared", square(sin(x)) + square(cos(x)) => 1, .real),
  rule("one less a sine squared", 1 - square(sin(x)) => square(cos(x)), .stable),
  rule("one less a cosine squared", 1 - square(cos(x)) => square(sin(x)), .stable),

  // Choices
  rule("never zero", equal(x, 0) => 0, .real, if: .nonzero("x")),
  rule("choose the same", select(k, x, x) => x, .exact),
  rule("choose twice, first", select(k, select(k, x, y), z) => select(k, x, z), .exact),
  rule("choose twice, second", select(k, x, select(k, y, z)) => select(k, x, z), .exact),
  rule(
    "multiply by a choice of one", x * select(k, 1, 0) => select(k, x, 0), .real, if: .bounded("x")),
  rule("multiply opposite choices", select(k, x, y) * select(k, y, x) => x * y, .exact),
]

/// The rules for the reader alone: equal over the reals and shorter, but the products that they form leave the range of
/// numbers earlier than what stood there.
public let presentingRules: [Rule] = [
  rule("divide twice", (x / y) / z => x / (y * z), .real),
  rule("divide by a quotient", x / (y / z) => (x * z) / y, .real),
]

/// The rules toward what is computed with less work, but is not what people read or differentiate: x³ as x·x², a common
/// factor or divisor of a sum taken once.
public let computingRules: [Rule] = [
  rule("power three", pow(x, 3) => x * square(x), .stable),
  rule("power four", pow(x, 4) => square(square(x)), .stable),
  rule("power of two", pow(2, x) => exp2(x), .stable),
  rule("factor", x * y + x * z => x * (y + z), .real),
  rule("factor a difference", x * y - x * z => x * (y - z), .real),
  rule("add over one divisor", x / z + y / z => (x + y) / z, .real),
  rule("subtract over one divisor", x / z - y / z => (x - y) / z, .real),
]

/// The rules that keep an expression finite and accurate. Each removes a place where a value overflows or cancels.
public let stabilizingRules: [Rule] = [
  // Sums and differences with one
  rule("logarithm of one plus", log(1 + x) => log1p(x), .stable),
  rule("exponential minus one", exp(x) - 1 => expm1(x), .stable),
  rule("rest of an exponential", 1 - exp(x) => -expm1(x), .stable),
  rule("logarithm of the rest of an exponential", log(-expm1(x)) => log1mexp(x), .stable),
  rule("logarithm of an exponential minus one", log(expm1(x)) => x + log1mexp(-x), .real),

  // Sigmoids
  rule("softplus", log1p(exp(x)) => softplus(x), .stable),
  rule("logistic density", exp(x) / square(1 + exp(x)) => square(0.5 * sech(0.5 * x)), .stable),
  rule("quotient of sums with one", expm1(x) / (1 + exp(x)) => tanh(0.5 * x), .stable),
  rule(
    "quotient of sums with one, mirrored", -expm1(x) / (1 + exp(x)) => tanh(-0.5 * x), .stable),
  rule("sigmoid", 1 / (1 + exp(-x)) => sigmoid(x), .stable),
  rule("mirrored sigmoid", 1 / (1 + exp(x)) => sigmoid(-x), .stable),
  rule("sigmoid as a quotient", exp(x) / (1 + exp(x)) => sigmoid(x), .stable),
  rule("sigmoid as a factor", y / (1 + exp(-x)) => y * sigmoid(x), .stable),
  rule("mirrored sigmoid as a factor", y / (1 + exp(x)) => y * sigmoid(-x), .stable),
  rule("twice a sigmoid less one", 2 * sigmoid(x) - 1 => tanh(0.5 * x), .stable),
  rule("logarithm of a sigmoid", log(sigmoid(x)) => -softplus(-x), .stable),
  rule("logarithm of the rest of a sigmoid", log(1 - sigmoid(x)) => -softplus(x), .stable),
  rule("logarithm of the rest of a sigmoid, joined", log1p(-sigmoid(x)) => -softplus(x), .stable),
  rule("logarithm of one minus", log(1 - x) => log1p(-x), .stable),

  rule("rest of an error function", 1 - erf(x) => erfc(x), .stable),

  // Hyperbolic functions
  rule("hyperbolic sine", exp(x) - exp(-x) => 2 * sinh(x), .stable),
  rule("hyperbolic cosine", exp(x) + exp(-x) => 2 * cosh(x), .stable),
  rule("hyperbolic tangent", sinh(x) / cosh(x) => tanh(x), .stable),
  rule("hyperbolic secant", 1 / cosh(x) => sech(x), .stable),
  rule("hyperbolic secant as a factor", y / cosh(x) => y * sech(x), .real),
  rule("logarithm of a hyperbolic cosine", log(cosh(x)) => logcosh(x), .stable),
  rule(
    "logarithm of a multiple of a hyperbolic cosine", log(c * cosh(x)) => log(c) + logcosh(x),
    .real, if: .positive("c")),
  rule("inverse hyperbolic sine", log(x + sqrt(square(x) + 1)) => asinh(x), .stable),
  rule("inverse hyperbolic cosine", log(x + sqrt(square(x) - 1)) => acosh(x), .stable),
  rule("inverse hyperbolic tangent", log((1 + x) / (1 - x)) => 2 * atanh(x), .stable),
  rule(
    "inverse hyperbolic tangent of two logarithms", log1p(x) - log1p(-x) => 2 * atanh(x), .stable),

  // Logarithms and quotients of exponentials
  rule(
    "logarithm of a share", log(exp(x) / (exp(x) + y)) => -softplus(log(y) - x), .real,
    if: .nonnegative("y")),
  rule(
    "logarithm of a share of three", log(exp(x) / (exp(x) + y + z)) => -softplus(log(y + z) - x),
    .real, if: .nonnegative("y"), .nonnegative("z")),
  rule("logarithm of a quotient", log(exp(x) / y) => x - log(y), .real),
  rule("logarithm of a product", log(exp(x) * y) => x + log(y), .real),
  rule("logarithm of a reciprocal", log(1 / x) => -log(x), .real),
  rule("logarithm of two exponentials", log(exp(x) + exp(y)) => logAddExp(x, y), .stable),
  rule(
    "logarithm of an exponential and more", log(exp(x) + y) => logAddExp(x, log(y)), .real,
    if: .nonnegative("y")),
  rule(
    "logarithm of a multiple of an exponential and more",
    log(c * exp(x) + y) => logAddExp(log(c) + x, log(y)), .real, if: .positive("c"),
    .nonnegative("y")),
  rule(
    "logarithm of a multiple of exponentials",
    log(c * (exp(x) + y)) => log(c) + logAddExp(x, log(y)), .real, if: .positive("c"),
    .nonnegative("y")),
  rule(
    "share of two exponentials", exp(x) / (exp(x) + y) => sigmoid(x - log(y)), .real,
    if: .nonnegative("y")),
  rule(
    "share of three exponentials", exp(x) / (exp(x) + y + z) => sigmoid(x - log(y + z)), .real,
    if: .nonnegative("y"), .nonnegative("z")),
  rule(
    "logarithm of a sum of exponentials",
    log(sum(exp(x))) => greatest(x) + log(sum(exp(x - greatest(x)))), .stable,
    if: .unshifted("x")),
  rule(
    "softmax", exp(x) / sum(exp(x)) => exp(x - greatest(x)) / sum(exp(x - greatest(x))), .stable,
    if: .unshifted("x")),

  // A function at two near points: what is left of their difference stands above
  rule(
    "difference of roots", sqrt(x) - sqrt(y) => (x - y) / (sqrt(x) + sqrt(y)), .real,
    if: .near("x", "y")),
  rule(
    "root of a square less its base",
    sqrt(square(x) + y) - x
      => select(x < 0, sqrt(square(x) + y) + abs(x), y / (sqrt(square(x) + y) + x)), .real,
    if: .positive("y")),
  rule(
    "difference of reciprocals", 1 / x - 1 / y => ((y - x) / x) / y, .real, if: .close("x", "y")),
  rule("difference of logarithms at one", log1p(x) - log(x) => log1p(1 / x), .real),
  rule(
    "difference of exponentials", exp(x) - exp(y) => exp(y) * expm1(x - y), .real,
    if: .near("x", "y")),
  // The difference stands in one place, so that it is a sum of terms that cancel.
  rule(
    "difference of sines",
    sin(x) - sin(y) => 2 * (sin(halfway(x, y)) * cos(y + halfway(x, y))), .real, if: .near("x", "y")
  ),
  rule(
    "difference of cosines",
    cos(x) - cos(y) => -2 * (sin(halfway(x, y)) * sin(y + halfway(x, y))), .real,
    if: .near("x", "y")),
]
