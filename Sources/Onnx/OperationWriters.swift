typealias OperationWriter = @Sendable (inout OnnxGraphWriter, [String]) -> String

private func one(_ kind: String) -> OperationWriter {
  { file, operands in file.node(kind, operands) }
}

/// A comparison, which is true or false in ONNX, as 1 or 0.
private func truth(_ kind: String) -> OperationWriter {
  { file, operands in
    let result = file.node(kind, operands)
    return file.node("Cast", [result], [("to", .whole(file.realCode))])
  }
}

/// What is true where a number is not 0.
private func truth(of name: String, _ file: inout OnnxGraphWriter) -> String {
  file.node("Cast", [name], [("to", .whole(OnnxType.truth.code))])
}

private func logical(_ kind: String) -> OperationWriter {
  { file, operands in
    let result = file.node(kind, operands.map { truth(of: $0, &file) })
    return file.node("Cast", [result], [("to", .whole(file.realCode))])
  }
}

/// The scalar operations that ONNX has, and how they are said; all others are written as what they are defined by.
let operationWriters: [String: OperationWriter] = [
  "add": one("Add"), "sub": one("Sub"), "mul": one("Mul"), "div": one("Div"), "pow": one("Pow"),
  "neg": one("Neg"), "abs": one("Abs"), "sqrt": one("Sqrt"), "length": one("Sqrt"),
  "square": { file, operands in file.node("Mul", [operands[0], operands[0]]) },
  "sign": one("Sign"), "detach": one("Identity"),
  "shift": { file, operands in
    // 0 for what is not finite.
    let x = operands[0]
    let difference = file.node("Sub", [x, x])
    let isFinite = file.node("Equal", [difference, file.number(0)])
    return file.node("Where", [isFinite, x, file.number(0)])
  },
  "floor": one("Floor"), "ceil": one("Ceil"), "round": one("Round"),
  "trunc": { file, operands in
    let size = file.node("Floor", [file.node("Abs", operands)])
    return file.node("Mul", [file.node("Sign", operands), size])
  },
  "lt": truth("Less"), "le": truth("LessOrEqual"), "eq": truth("Equal"),
  "ne": { file, operands in
    let isSame = file.node("Equal", operands)
    let differs = file.node("Not", [isSame])
    return file.node("Cast", [differs], [("to", .whole(file.realCode))])
  },
  "and": logical("And"), "or": logical("Or"), "not": logical("Not"),
  "select": { file, operands in
    file.node("Where", [truth(of: operands[0], &file), operands[1], operands[2]])
  },
  "max": one("Max"), "min": one("Min"), "first_max": one("Max"), "exp": one("Exp"),
  "log": one("Log"),
  "expm1": { file, operands in file.node("Sub", [file.node("Exp", operands), file.number(1)]) },
  "log1p": { file, operands in file.node("Log", [file.node("Add", [operands[0], file.number(1)])])
  },
  "sin": one("Sin"), "cos": one("Cos"), "tan": one("Tan"), "asin": one("Asin"),
  "acos": one("Acos"), "atan": one("Atan"), "sinh": one("Sinh"), "cosh": one("Cosh"),
  "asinh": one("Asinh"), "acosh": one("Acosh"), "atanh": one("Atanh"), "tanh": one("Tanh"),
  "erf": one("Erf"), "sigmoid": one("Sigmoid"), "softplus": one("Softplus"),
  "softsign": one("Softsign"), "relu": one("Relu"), "selu": one("Selu"), "mish": one("Mish"),
  "hardswish": one("HardSwish"),
  "hardsigmoid": { file, operands in
    file.node("HardSigmoid", operands, [("alpha", .real(1.0 / 6)), ("beta", .real(0.5))])
  },
  "relu6": { file, operands in
    file.node("Clip", [operands[0], file.number(0), file.number(6)])
  },
  "logsigmoid": { file, operands in
    file.node("Neg", [file.node("Softplus", [file.node("Neg", operands)])])
  },
]
