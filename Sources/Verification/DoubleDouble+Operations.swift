import NNCAlgebra
import NNCExplanation

extension DoubleDouble: GraphNumber {
  /// The operation by its definition; what is taken as known, by the functions above.
  static func function(of operation: Operation) -> @Sendable ([DoubleDouble]) -> DoubleDouble {
    { value(of: operation, $0) }
  }

  private static func value(of operation: Operation, _ x: [DoubleDouble]) -> DoubleDouble {
    let row = operation.row
    guard let definition = row.definition else { return known(operation.name, x) }
    var symbols: [String: DoubleDouble] = [:]
    for (place, argument) in row.arguments.enumerated() {
      symbols[argument.name] = place < x.count ? x[place] : DoubleDouble(argument.standard ?? .nan)
    }
    return value(of: definition, symbols)
  }

  /// Rows' formulas are shallow.
  private static func value(
    of formula: Formula, _ symbols: [String: DoubleDouble]
  ) -> DoubleDouble {
    switch formula.kind {
    case .symbol(let name): symbols[name] ?? DoubleDouble(.nan)
    case .number(let number): DoubleDouble(number)
    case .bits: DoubleDouble(.nan)
    case .apply(let name, let arguments):
      Operation(name).map { value(of: $0, arguments.map { value(of: $0, symbols) }) }
        ?? DoubleDouble(.nan)
    }
  }

  private static func truth(_ holds: Bool) -> DoubleDouble { DoubleDouble(holds ? 1 : 0) }

  /// The operations without a definition.
  private static func known(_ name: String, _ x: [DoubleDouble]) -> DoubleDouble {
    switch name {
    case "add": x[0] + x[1]
    case "sub": x[0] - x[1]
    case "mul": x[0] * x[1]
    case "div": x[0] / x[1]
    case "pow": x[0].raised(to: x[1])
    case "neg": -x[0]
    case "abs": x[0].magnitude
    case "sqrt": x[0].squareRoot
    case "lt": truth(x[0] < x[1])
    case "le": truth(x[0] < x[1] || x[0] == x[1])
    case "eq": truth(x[0] == x[1])
    case "ne": truth(x[0] != x[1])
    case "and": truth(x[0].high != 0 && x[1].high != 0)
    case "or": truth(x[0].high != 0 || x[1].high != 0)
    case "not": truth(x[0].high == 0)
    case "select": x[0].high != 0 ? x[1] : x[2]
    case "exp": x[0].exponential
    case "log": x[0].logarithm
    case "expm1": x[0].exponentialMinusOne
    case "log1p": x[0].logarithmOfOnePlus
    case "sin": x[0].sine
    case "cos": x[0].cosine
    case "tanh": x[0].hyperbolicTangent
    case "erf": x[0].errorFunction
    case "floor": x[0].rounded(.down)
    case "ceil": x[0].rounded(.up)
    case "round": x[0].rounded(.toNearestOrEven)
    case "trunc": x[0].rounded(.towardZero)
    case "asin": x[0].arcsine
    case "acos": x[0].arccosine
    case "atan": x[0].arctangent
    case "atan2": x[0].angle(with: x[1])
    case "lgamma": x[0].logGamma
    case "digamma": x[0].digamma
    case "polygamma": x[1].polygamma(x[0])
    default: DoubleDouble(.nan)
    }
  }
}
