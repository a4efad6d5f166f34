import NNCAlgebra
import NNCGraph

extension Graph {
  /// The chain rule through a formula, for operations whose row states a definition and no slope: what the formula's
  /// adjoint adds to the adjoint of one of its symbols, or nil for nothing.
  mutating func chain(
    _ formula: Formula, to symbol: String, adjoint: NodeID, _ bindings: [String: NodeID]
  ) -> NodeID? {
    var adjoints = [ObjectIdentifier(formula): adjoint]
    var result: NodeID?
    for part in formula.subformulas.reversed() {
      guard let adjoint = adjoints[ObjectIdentifier(part)] else { continue }
      switch part.kind {
      case .number, .bits: break
      case .symbol(let name) where name == symbol:
        result = result.map { map(.add, $0, adjoint) } ?? adjoint
      case .symbol: break
      case .apply(let name, let arguments):
        let id = instantiate(part, bindings)
        for (place, argument) in arguments.enumerated() {
          guard
            let addend = mapContribution(
              Operation(name)!, of: id, adjoint: adjoint, to: place, bound: arguments, bindings)
          else { continue }
          let key = ObjectIdentifier(argument)
          adjoints[key] = adjoints[key].map { map(.add, $0, addend) } ?? addend
        }
      }
    }
    return result
  }
}

extension Formula {
  /// The formula's distinct parts, each after the parts it is made from.
  var subformulas: [Formula] {
    var seen: Set<ObjectIdentifier> = []
    var result: [Formula] = []
    func visit(_ formula: Formula) {
      guard seen.insert(ObjectIdentifier(formula)).inserted else { return }
      if case .apply(_, let arguments) = formula.kind { arguments.forEach(visit) }
      result.append(formula)
    }
    visit(self)
    return result
  }
}
