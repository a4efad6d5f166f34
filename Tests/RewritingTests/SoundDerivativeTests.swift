import NNCAlgebra
import NNCCalculus
import NNCGraph
import Testing

@testable import NNCRewriting

// Derivatives where a slope is infinite, a branch is not taken, a value is at its kink or a number is out of range: each
// of these was wrong, most of them NaN, before the calculus kept zeros and choices apart from products.

/// What an expression of variables gives, compiled.
private func value(
  _ text: String, _ variables: [(name: String, values: [Double])]
) throws -> [Double] {
  let shapes = variables.map {
    (name: $0.name, shape: $0.values.count > 1 ? [$0.values.count] : [])
  }
  return try Compiled([text], shapes)(variables.flatMap(\.values))
}

private func expect(
  _ text: String, at variables: [(name: String, values: [Double])], _ expected: [Double],
  within tolerance: Double = 1e-14, _ location: SourceLocation = #_sourceLocation
) throws {
  let found = try value(text, variables)
  #expect(found.count == expected.count, sourceLocation: location)
  for (a, b) in zip(found, expected) {
    let fits = a == b || abs(a - b) <= tolerance * abs(b) || a.isNaN && b.isNaN
    #expect(fits, "\(text): \(found), \(expected)", sourceLocation: location)
  }
}

private let infinity = Double.infinity

@Test func whatAMatrixOfDerivativesHasNoPartInIsZero() throws {
  let e = 2.718281828459045
  try expect("diff(exp(x), x)", at: [("x", [1000, 1])], [infinity, 0, 0, e])
  try expect("diff(log(x), x)", at: [("x", [0, 1])], [infinity, 0, 0, 1])
  try expect("diff(sqrt(x), x)", at: [("x", [0, 1])], [infinity, 0, 0, 0.5])
  try expect("diff(1/x, x)", at: [("x", [0, 1])], [-infinity, 0, 0, -1])
  try expect("hessian(sum(x*log(x)), x)[1]", at: [("x", [0, 1])], [0, 1])
  try expect("diff(tanh(exp(x)), x)", at: [("x", [0, 1000])], [0.41997434161402614, 0, 0, .nan])
  try expect("diff(exp(x)[0]*exp(x)[1], x)", at: [("x", [0, 0, 1000])], [1, 1, 0])
  try expect("diff(exp(x)[0] + exp(x)[2], x)", at: [("x", [0, 1000, 0])], [1, 0, 1])
}

@Test func aBranchNotTakenAddsNothing() throws {
  try expect("diff(where(x>0, sqrt(x), 0), x)", at: [("x", [0])], [0])
  try expect("diff(where(x<1, x^2, exp(x*1000)), x)", at: [("x", [0.9])], [1.8])
  try expect("diff(where(x>0, x, exp(x)-1), x)", at: [("x", [710])], [1])
  try expect("diff(where(x<1, 0, tanh(exp(x*1000))), x)", at: [("x", [0.9])], [0])
  try expect("diff(where(x<1, 0, where(x<2, exp(800*x), 3)), x)", at: [("x", [0.9])], [0])
  try expect("diff(where(x<2, where(x<1, 0, exp(800*x)), 3), x)", at: [("x", [0.9])], [0])
  try expect(
    "diff(where(x<1, 0, exp(800*x)) + where(x<2, x, sqrt(2-x)), x)", at: [("x", [0.9])], [1])
  // What is 0 in either branch is no choice.
  try expect("diff(diff(max(norm(x*(x-x)), x), x), x)", at: [("x", [-2])], [0])
  try expect("diff(where(x<1, 0, 0*exp(800*x)), x)", at: [("x", [0.9])], [0])
  try expect("diff(sum(where(z>0, sqrt(z), 0)), z)", at: [("z", [0, 4])], [0, 0.25])
  try expect("diff(sum(where(z, 1/z, 0)), z)", at: [("z", [0, 4])], [0, -0.0625])
}

@Test func unitsThatAreExponentialOnOneSideHaveDerivativesOnBoth() throws {
  for unit in ["elu", "selu"] {
    for text in ["diff(diff(\(unit)(x), x), x)", "diff(diff(diff(\(unit)(x), x), x), x)"] {
      try expect(text, at: [("x", [800])], [0])
    }
  }
  try expect("diff(diff(elu(x), x), x)", at: [("x", [-1])], [0.36787944117144233])
}

@Test func aLogarithmOfExponentialsIsSmooth() throws {
  try expect(
    "hessian(log(exp(x[0]) + exp(x[1])), x)", at: [("x", [1, 1])], [0.25, -0.25, -0.25, 0.25])
  try expect("diff(diff(log(exp(x) + exp(-x)), x), x)", at: [("x", [0])], [1])
  try expect(
    "hessian(log(exp(x[0]) + exp(x[1]) + exp(x[2])), x)", at: [("x", [1, 1, 1])],
    [2.0 / 9, -1.0 / 9, -1.0 / 9, -1.0 / 9, 2.0 / 9, -1.0 / 9, -1.0 / 9, -1.0 / 9, 2.0 / 9])
  try expect("log(exp(x) + exp(y))", at: [("x", [infinity]), ("y", [infinity])], [infinity])
  try expect("log(exp(x) + exp(y))", at: [("x", [-infinity]), ("y", [-infinity])], [-infinity])
  try expect("log(exp(x) + exp(y))", at: [("x", [-infinity]), ("y", [3])], [3])
  try expect("logsumexp(x)", at: [("x", [-infinity, -infinity, 1.5])], [1.5])
  try expect("logsumexp(x)", at: [("x", [-infinity, -infinity, 1.5, -infinity])], [1.5])
}

/// As PyTorch has it: where all are −∞, e^z is 0 and its share of 0 no number.
@Test func aLogarithmOfNoExponentialIsMinusInfinity() throws {
  for text in ["logsumexp(x)", "log(sum(exp(x)))"] {
    try expect(text, at: [("x", [-infinity, -infinity, -infinity])], [-infinity])
    try expect(text, at: [("x", [infinity, 0, 1])], [infinity])
    try expect(text, at: [("x", [.nan, 0, 1])], [.nan])
    try expect("diff(\(text), x)", at: [("x", [-infinity, -infinity])], [.nan, .nan])
    try expect("diff(\(text), x)", at: [("x", [infinity, 0, 1])], [.nan, 0, 0])
    try expect("diff(\(text), x)", at: [("x", [-infinity, 1.5])], [0, 1])
    // What is subtracted for safety leaves no trace in numbers.
    try expect(text, at: [("x", [800, 800])], [800.6931471805599])
    try expect(text, at: [("x", [-1e300, -1e300])], [-1e300])
  }
}

@Test func powersHaveTheDerivativesOfPowersAtWholeExponents() throws {
  let ln2 = 0.6931471805599453
  try expect("hessian(z[0]^z[1], z)", at: [("z", [2, 0])], [0, 0.5, 0.5, ln2 * ln2])
  try expect("diff(diff((x+1.3)^x, x), x)", at: [("x", [0])], [1.607297], within: 1e-6)
  try expect("diff(diff(diff((x+0.3)^x, x), x), x)", at: [("x", [1])], [4.112], within: 1e-3)
  try expect("diff(x^y, x)", at: [("x", [0]), ("y", [0])], [0])
  try expect("diff(x^y, x)", at: [("x", [0]), ("y", [1])], [1])
  try expect("diff(x^y, y)", at: [("x", [0]), ("y", [2])], [0])
}

@Test func kinksHaveSubgradients() throws {
  try expect("diff(norm(x), x)", at: [("x", [0, 0])], [0, 0])
  try expect("diff(norm(x), x)", at: [("x", [3, 4])], [0.6, 0.8])
  try expect("hessian(norm(x), x)", at: [("x", [0, 0])], [0, 0, 0, 0])
  // −ln y has the slope −1 on either side of 1, where the target is 1.
  try expect("diff(bce(y, t), y)", at: [("y", [1]), ("t", [1])], [-1])
  try expect("diff(bce(y, t), y)", at: [("y", [0]), ("t", [0])], [1])
  try expect("diff(bce(y, t), y)", at: [("y", [0]), ("t", [1])], [0])
  try expect("diff(max(x), x)", at: [("x", [1, 1, 0])], [0.5, 0.5, 0])
  try expect("diff(max(x, y), x)", at: [("x", [1]), ("y", [1])], [0.5])
  try expect("diff(abs(x), x)", at: [("x", [0])], [0])
}

@Test func sigmoidsAndTheirMirrorsDoNotCancel() throws {
  for text in ["1 - sigmoid(x)", "sigmoid(-x)", "1/(1+exp(x))"] {
    try expect("diff(\(text), x)", at: [("x", [-40])], [-4.248354255291589e-18])
    try expect("diff(\(text), x)", at: [("x", [40])], [-4.248354255291589e-18])
    try expect("diff(\(text), x)", at: [("x", [-20])], [-2.0611536139418493e-09])
  }
  for x in [-40.0, 40] {
    try expect("diff(diff(logsigmoid(x), x), x)", at: [("x", [x])], [-4.248354255291589e-18])
  }
  try expect(
    "diff(x/(1+exp(-x)), x)", at: [("x", [-711])], [-1.169180909409602e-306], within: 1e-13)
  try expect("diff(x/(1+exp(-x)), x)", at: [("x", [-1000])], [0])
  for x in [-100.0, -1000] {
    let f = try Compiled(["diff(x/(1+exp(-x)), x)"], [("x", [])], precision: .f32)
    let slope = try f([x])[0]
    #expect(abs(slope) < 1e-37, "at f32, \(x): \(slope)")
  }
}

/// Also where the sigmoid stands in other functions, and its rest is multiplied with nothing that is its own.
@Test func theRestOfASigmoidDoesNotCancelInsideOfOthers() throws {
  let tail = 4.248354255291589e-18
  for x in [-40.0, 40] {
    try expect("diff(diff(min(logsigmoid(x), 1), x), x)", at: [("x", [x])], [-tail])
    try expect("diff(relu(sigmoid(x)), x)", at: [("x", [x])], [tail])
    try expect("diff(diff(relu(sigmoid(x)), x), x)", at: [("x", [x])], [x < 0 ? tail : -tail])
    try expect("diff(diff(diff(relu(sigmoid(x)), x), x), x)", at: [("x", [x])], [tail])
  }
  try expect("diff(cos(logsigmoid(sigmoid(x))), x)", at: [("x", [40])], [3.5209448856188223e-19])
}

/// tanh and its slope are of one exponential, and the slope keeps its digits as far as there are numbers.
@Test func theSlopeOfATanhKeepsItsTail() throws {
  for (x, slope) in [
    (0, 1), (1e-9, 1), (0.5, 0.7864477329659274), (0.5625, 0.7400733978811076),
    (20, 1.6993417021166356e-17), (300, 1.0601586212017243e-260), (354, 1.3230212014553632e-307),
    (1000, 0), (infinity, 0),
  ] {
    for sign in [1.0, -1] {
      try expect("diff(tanh(x), x)", at: [("x", [sign * x])], [slope])
      try expect("1 - tanh(x)^2", at: [("x", [sign * x])], [slope])
      try expect("tanh(x)^2 - 1", at: [("x", [sign * x])], [-slope])
    }
  }
}

/// 2x is out of range where its logarithm is not.
@Test func anInverseHyperbolicSineGoesAsFarAsNumbers() throws {
  try expect("asinh(x)", at: [("x", [1.7e308])], [710.4199840737881])
  try expect("asinh(x)", at: [("x", [-1e308])], [-709.889355822726])
  try expect("log(x + sqrt(x^2 + 1))", at: [("x", [1.7e308])], [710.4199840737881])
  try expect("diff(asinh(x), x)", at: [("x", [1e150])], [1e-150])
}

/// However many layers there are, tanh and its slope are of one exponential in each.
@Test func aSlopeOfATanhHasTheExponentialOfTheTanh() throws {
  var graph = Graph()
  let w = graph.symbol(Symbol(name: "w", shape: [], role: .parameter))
  var h = w
  for _ in 0..<40 { h = graph.map(Operation("tanh")!, h) }
  let slope = graph.diff(h, by: w)
  var simplifier = Simplifier(phase: .simplify)
  var specializer = Simplifier(phase: .specialize)
  let roots = specializer.run(&graph, simplifier.run(&graph, [h, slope]))
  let counts = graph.operationCounts(of: roots)
  #expect(counts["tanh_rest"] == 40)
  #expect(counts["tanh_from_rest"] == 40)
  #expect(counts["tanh"] == nil && counts["tanh_slope"] == nil)
  let alone = specializer.run(&graph, [h])
  #expect(graph.operationCounts(of: alone)["tanh"] == 40)
}

@Test func aCrossEntropyOfOneLogitKeepsItsTails() throws {
  try expect("bce_logits(y, t)", at: [("y", [-36]), ("t", [0])], [2.319522830243569e-16])
  try expect("bce_logits(y, t)", at: [("y", [36]), ("t", [1])], [2.319522830243569e-16])
}

/// What cannot be has a logarithm of −∞; a target of 0 does not ask for it.
@Test func aCrossEntropyCountsNoClassThatIsNotAskedFor() throws {
  for loss in ["cross_entropy", "nll"] {
    let text = "\(loss)(y, t)"
    let point = [(name: "y", values: [0, -infinity]), (name: "t", values: [1.0, 0])]
    try expect(text, at: point, [0])
    try expect("diff(\(text), y)", at: point, loss == "nll" ? [-1, 0] : [0, 0])
    try expect(text, at: [point[0], ("t", [0.5, 0.5])], [infinity])
  }
}

/// The logits of a network trained with `bce` of a softmax may lie far apart, at f32 too: no derivative is NaN.
@Test func aSaturatedSoftmaxHasDerivativesAtBothPrecisions() throws {
  for precision in [Precision.f64, .f32] {
    for logits in [[37.0, 0], [17, 0], [0, 37], [200, 0]] {
      for target in [[1.0, 0], [0, 1]] {
        let f = try Compiled(
          ["diff(bce(softmax(x), t), x)"], [("x", [2]), ("t", [2])], precision: precision)
        let found = try f(logits + target)
        #expect(found.allSatisfy { !$0.isNaN }, "\(logits), \(target): \(found)")
      }
    }
  }
}

/// Constants are joined and quotients formed so that no intermediate result leaves the range of f32 where the result and the
/// steps that the user wrote do not.
@Test func simplifiedFormulasStayInTheRangeOfSinglePrecision() throws {
  func check(_ text: String, _ values: [(String, [Double])], _ expected: [Double]) throws {
    let f = try Compiled(
      [text], values.map { ($0.0, $0.1.count > 1 ? [$0.1.count] : []) }, precision: .f32)
    for (a, b) in zip(try f(values.flatMap(\.1)), expected) {
      #expect(abs(a - b) <= 1e-6 * abs(b), "\(text): \(a), \(b)")
    }
  }
  try check("(1e-25*x)^2", [("x", [1e25])], [1])
  try check("1e25*(1e20*x)", [("x", [1e-30])], [1e15])
  try check("v[0]/v[1]/v[2]", [("v", [1e30, 1e20, 1e20])], [1e-10])
  try check("v[0]/(v[1]/v[2])", [("v", [1e20, 1e20, 1e20])], [1e20])
  try check("[v[0]/v[2], v[1]/v[2]]", [("v", [1e-39, 2e-39, 1e-39])], [1, 2])
  // Beyond f32's 3.4e38 the exact result is none of its numbers.
  for (x, second) in [(1e-11, 2e33), (1e-12, 2e36), (1e10, 2e-30)] {
    try check("diff(diff(1/x, x), x)", [("x", [x])], [second])
  }
}

@Test func quotientsOfTheLeastNumbersHaveDerivatives() throws {
  try expect("diff(x/y, y)", at: [("x", [1e-200]), ("y", [1e-200])], [-1e200])
  try expect("diff(x/y, x)", at: [("x", [1e-200]), ("y", [1e-200])], [1e200])
}
