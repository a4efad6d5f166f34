/// A function of one value that the network language has too.
private func function(_ name: String, _ own: String) -> OperatorRow {
  OperatorRow(name, "consumed_inputs", "`\(own)`") { (node) throws(ImportProblem) in
    [try node.importer.function(own, try node.input(0))]
  }
}

/// A function of one value with settings.
private func function(
  _ name: String, _ attributes: String, _ becomes: String,
  _ read: @escaping @Sendable (NodeReading, ImportValue) throws(ImportProblem) -> ImportValue
) -> OperatorRow {
  OperatorRow(name, attributes + " consumed_inputs", becomes) { (node) throws(ImportProblem) in
    [try read(node, try node.input(0))]
  }
}

/// Two values with a sign between; older versions say which axes of the first the second belongs to.
private func infix(
  _ name: String, _ own: String, isMirrored: Bool = false, type: OnnxType? = nil
) -> OperatorRow {
  OperatorRow(name, "axis broadcast consumed_inputs", "`\(own)`") { (node) throws(ImportProblem) in
    let importer = node.importer
    let (a, b) = try node.pair()
    let result = try importer.infix(
      own, isMirrored ? b : a, isMirrored ? a : b, type: type ?? a.type)
    return [type == nil ? try importer.wrapped(result) : result]
  }
}

/// One of any number of values, two by two.
private func variadic(
  _ name: String, _ becomes: String,
  _ join:
    @escaping @Sendable (Importer, ImportValue, ImportValue) throws(ImportProblem) ->
    ImportValue
) -> OperatorRow {
  OperatorRow(name, "consumed_inputs", becomes) { (node) throws(ImportProblem) in
    var result = try node.input(0)
    for place in node.inputs.indices.dropFirst() {
      result = try join(node.importer, result, try node.input(place))
    }
    if name == "Mean" {
      let count = node.importer.number(Double(node.inputs.count), result.type)
      result = try node.importer.infix("div", result, count)
    }
    return [result]
  }
}

private func logical(_ name: String, _ own: String) -> OperatorRow {
  OperatorRow(name, "axis broadcast", "`\(own)`") { (node) throws(ImportProblem) in
    let (a, b) = try node.pair()
    if own == "ne" { return [try node.importer.infix("ne", a, b, type: .truth)] }
    return [
      try node.importer.elementwise(own, [a, b], type: .truth) { .call(own, $0, []) }
    ]
  }
}

/// The operators that work element by element.
let elementwiseOperators: [OperatorRow] = [
  function("Relu", "relu"), function("Sigmoid", "sigmoid"), function("Tanh", "tanh"),
  function("Exp", "exp"), function("Log", "log"), function("Sqrt", "sqrt"),
  function("Floor", "floor"), function("Ceil", "ceil"), function("Round", "round"),
  function("Sin", "sin"), function("Cos", "cos"), function("Tan", "tan"),
  function("Asin", "asin"), function("Acos", "acos"), function("Atan", "atan"),
  function("Sinh", "sinh"), function("Cosh", "cosh"), function("Asinh", "asinh"),
  function("Acosh", "acosh"), function("Atanh", "atanh"), function("Erf", "erf"),
  function("Softplus", "softplus"), function("Softsign", "softsign"),
  function("HardSwish", "hardswish"), function("Mish", "mish"), function("Abs", "abs"),
  function("Sign", "sign"),
  function("Neg", "", "`-x`") { (node, x) throws(ImportProblem) in
    try node.importer.elementwise("neg", [x]) { .negative($0[0]) }
  },
  function("Reciprocal", "", "`1/x`") { (node, x) throws(ImportProblem) in
    try node.importer.infix("div", node.importer.number(1, x.type), x, type: x.type)
  },
  function("Not", "", "`not`") { (node, x) throws(ImportProblem) in
    try node.importer.function("not", x, type: .truth)
  },
  function("LeakyRelu", "alpha", "`leaky_relu`") { (node, x) throws(ImportProblem) in
    try node.importer.keyed("leaky_relu", x, ("slope", node.real("alpha", 0.01)), standard: 0.01)
  },
  function("Elu", "alpha", "`elu`") { (node, x) throws(ImportProblem) in
    try node.importer.keyed("elu", x, ("alpha", node.real("alpha", 1)), standard: 1)
  },
  function("Celu", "alpha", "`celu`") { (node, x) throws(ImportProblem) in
    try node.importer.keyed("celu", x, ("alpha", node.real("alpha", 1)), standard: 1)
  },
  function("ThresholdedRelu", "alpha", "`threshold`") { (node, x) throws(ImportProblem) in
    let alpha = node.real("alpha", 1)
    return try node.importer.elementwise("relu", [x].unknown()) {
      .call(
        "threshold", $0, [(key: "threshold", value: numberText(alpha)), (key: "value", value: "0")])
    }
  },
  function("Selu", "alpha gamma", "`selu`") { (node, x) throws(ImportProblem) in
    let (alpha, gamma) = (node.real("alpha", 1.6732632), node.real("gamma", 1.0507010))
    if abs(alpha - 1.6732632) < 1e-6, abs(gamma - 1.0507010) < 1e-6 {
      return try node.importer.function("selu", x)
    }
    let inner = try node.importer.keyed("elu", x, ("alpha", alpha), standard: 1)
    return try node.importer.infix("mul", node.importer.number(gamma), inner, type: x.type)
  },
  function("Gelu", "approximate", "`gelu`") { (node, x) throws(ImportProblem) in
    let isTanh = node.text("approximate", "none") == "tanh"
    return try node.importer.function(isTanh ? "gelu_tanh" : "gelu", x)
  },
  function("Swish", "alpha", "`silu`") { (node, x) throws(ImportProblem) in
    let alpha = node.real("alpha", 1)
    if alpha == 1 { return try node.importer.function("silu", x) }
    let scaled = try node.importer.infix("mul", node.importer.number(alpha), x, type: x.type)
    return try node.importer.infix("mul", x, try node.importer.function("sigmoid", scaled))
  },
  function("HardSigmoid", "alpha beta", "`hardsigmoid`, or a formula") {
    (node, x) throws(ImportProblem) in
    let importer = node.importer
    let (alpha, beta) = (node.real("alpha", 0.2), node.real("beta", 0.5))
    if Float(alpha) == Float(1) / 6, beta == 0.5 { return try importer.function("hardsigmoid", x) }
    let scaled = try importer.infix("mul", importer.number(alpha), x, type: x.type)
    return try importer.clamped(
      try importer.infix("add", scaled, importer.number(beta)), importer.number(0),
      importer.number(1))
  },
  function("Shrink", "lambd bias", "`hardshrink`, `softshrink`, or a formula") {
    (node, x) throws(ImportProblem) in
    let importer = node.importer
    let (lambd, bias) = (node.real("lambd", 0.5), node.real("bias", 0))
    let key = [(key: "lambd", value: numberText(lambd))]
    if lambd >= 0, x.type.isReal, bias == 0 {
      return try importer.elementwise("relu", [x].unknown()) { .call("hardshrink", $0, key) }
    }
    if lambd >= 0, x.type.isReal, bias == lambd {
      return try importer.elementwise("relu", [x].unknown()) { .call("softshrink", $0, key) }
    }
    let below = try importer.infix("lt", x, importer.number(-lambd), type: .truth)
    let above = try importer.infix("lt", importer.number(lambd), x, type: .truth)
    let less = try importer.infix("sub", x, importer.number(bias))
    let more = try importer.infix("add", x, importer.number(bias))
    let outside = try importer.chosen(above, less, importer.number(0, x.type))
    return try importer.chosen(below, more, outside)
  },
  function("IsNaN", "", "`x != x`") { (node, x) throws(ImportProblem) in
    try node.importer.infix("ne", x, x, type: .truth)
  },
  function("IsInf", "detect_negative detect_positive", "`x == inf`") {
    (node, x) throws(ImportProblem) in
    let importer = node.importer
    let isPositive = node.whole("detect_positive", 1) != 0
    let isNegative = node.whole("detect_negative", 1) != 0
    if !isPositive, !isNegative { throw .unsupported("neither of both infinities") }
    let value = isPositive && isNegative ? try importer.function("abs", x) : x
    return try importer.infix(
      "eq", value, importer.number(isPositive ? .infinity : -.infinity), type: .truth)
  },
  OperatorRow("Add", "axis broadcast consumed_inputs", "`+`, `add`, a bias, `positions`") {
    (node) throws(ImportProblem) in
    let (a, b) = try node.pair()
    return [try node.importer.wrapped(try node.importer.sum(a, b))]
  },
  infix("Sub", "sub"), infix("Mul", "mul"),
  infix("Less", "lt", type: .truth), infix("LessOrEqual", "le", type: .truth),
  infix("Greater", "lt", isMirrored: true, type: .truth),
  infix("GreaterOrEqual", "le", isMirrored: true, type: .truth),
  infix("Equal", "eq", type: .truth),
  logical("And", "and"), logical("Or", "or"), logical("Xor", "ne"),
  OperatorRow("Div", "axis broadcast consumed_inputs", "`/`") { (node) throws(ImportProblem) in
    let (a, b) = try node.pair()
    let quotient = try node.importer.infix("div", a, b)
    if !a.type.isWhole { return [quotient] }
    return [try node.importer.wrapped(try node.importer.function("trunc", quotient))]
  },
  OperatorRow("Pow", "axis broadcast", "`^`") { (node) throws(ImportProblem) in
    let (a, b) = try node.pair()
    let importer = node.importer
    if let exponent = b.constant, exponent.count == 1, try exponent.numbers()[0] == 2 {
      guard let shape = commonShape([a.shape, b.shape]) else { throw .wrong("shapes") }
      return [
        try importer.wrapped(
          try importer.elementwise("square", [try importer.reshape(a, to: shape)]) {
            .infix("^", 40, $0[0], .number(2))
          })
      ]
    }
    let power = try importer.elementwise("pow", [a, b]) { .call("pow", $0, []) }
    if !a.type.isWhole { return [power] }
    return [try importer.wrapped(try importer.function("trunc", power))]
  },
  OperatorRow("Mod", "fmod", "`mod`") { (node) throws(ImportProblem) in
    let (a, b) = try node.pair()
    let importer = node.importer
    if node.whole("fmod", 0) == 0 {
      return [try importer.elementwise("mod", [a, b]) { .call("mod", $0, []) }]
    }
    // The sign of a: a - b trunc(a/b), which is exact as sign(a) mod(|a|, |b|).
    let size = try importer.elementwise(
      "mod", [try importer.function("abs", a), try importer.function("abs", b)]
    ) { .call("mod", $0, []) }
    return [
      try importer.chosen(
        try importer.infix("lt", a, importer.number(0, a.type), type: .truth),
        try importer.elementwise("neg", [size]) { .negative($0[0]) }, size)
    ]
  },
  OperatorRow("Where", "", "`where`") { (node) throws(ImportProblem) in
    [try node.importer.chosen(try node.input(0), try node.input(1), try node.input(2))]
  },
  OperatorRow("PRelu", "consumed_inputs", "`prelu`") { (node) throws(ImportProblem) in
    try node.prelu()
  },
  OperatorRow("Clip", "min max consumed_inputs", "`clamp`, `relu6`") {
    (node) throws(ImportProblem) in
    try node.clip()
  },
  variadic("Sum", "`+`") { (importer, a, b) throws(ImportProblem) in try importer.infix("add", a, b)
  },
  variadic("Mean", "`+`") { (importer, a, b) throws(ImportProblem) in
    try importer.infix("add", a, b)
  },
  variadic("Max", "`max`") { (importer, a, b) throws(ImportProblem) in
    try importer.elementwise("max", [a, b]) { .call("max", $0, []) }
  },
  variadic("Min", "`min`") { (importer, a, b) throws(ImportProblem) in
    try importer.elementwise("min", [a, b]) { .call("min", $0, []) }
  },
]
